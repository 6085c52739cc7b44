"""Bare facts: true, within their range, and learned on their right sides only."""

import re
from random import Random

import pytest

from tutor.distill.drills import FACTS_A_LINE, drill
from tutor.distill.tokenizer import train_tokenizer
from tutor.distill.training import encode_drill
from tutor.grading import AnswerKey, Kind, Verdict, grade_response


@pytest.mark.parametrize("largest", [20, 144])
def test_every_fact_is_true_and_small(largest):
    rng = Random(largest)
    for _ in range(25):
        facts = re.findall(r"\\\((.+?)=([^=]+?)\\\)", drill(rng, largest))
        assert len(facts) == FACTS_A_LINE
        for left, right in facts:
            kind = Kind.EXPRESSION if "x" in right else Kind.NUMBER
            assert grade_response(left, AnswerKey(right, kind)).verdict == Verdict.CORRECT
            assert max(int(number) for number in re.findall(r"\d+", f"{left}={right}")) <= largest


def test_only_right_sides_are_learned():
    tokenizer = train_tokenizer(["\\(12+34=46\\), \\(5\\times6=30\\)"] * 3)
    line = "\\(12+34=46\\), \\(5\\times6=30\\)"
    ids, learned = encode_drill(tokenizer, line)
    assert tokenizer.decode(ids) == line
    seen = "".join(
        tokenizer.decode([i]) for i, is_learned in zip(ids, learned, strict=True) if is_learned
    )
    assert re.fullmatch(r"46\\\),? ?30\\\)", seen)
