"""Lines that are cut off, doubled or out of order: the check of a working never raises."""

import json
import random
from pathlib import Path

import pytest

from tutor.grading.working.checker import check_working

WORKINGS = Path(__file__).resolve().parents[2] / "data" / "workings.jsonl"
INSERTED = ("=", "=>", "must be", "and", "or", "<", "≈", "→", "(", ")", "±", "|", "if", "5/0")


def broken(line, rng):
    words = line.split(" ")
    index = rng.randrange(len(words))
    match rng.randrange(5):
        case 0:
            del words[index]
        case 1:
            words.insert(index, rng.choice(words))
        case 2:
            words[index] = words[index][: len(words[index]) // 2]
        case 3:
            words.insert(index, rng.choice(INSERTED))
        case _:
            rng.shuffle(words)
    return " ".join(words)


def test_no_broken_line_raises():
    rng = random.Random(2026)
    rows = [json.loads(line) for line in WORKINGS.read_text("utf-8").splitlines()]
    for row in rng.sample(rows, 200):
        lines = [broken(line, rng) if rng.random() < 0.6 else line for line in row["lines"]]
        assert len(check_working(lines, row["statement"])) == len(lines)


@pytest.mark.parametrize(
    ("lines", "statement"),
    [
        (["1.2/18 = 1/15"], "Reduce 1.2/18."),
        (["x must be > 5"], r"Solve \(x^2 = 36\)."),
        (["x = > 5", "= = 4"], r"Solve \(x^2 = 36\)."),
        (["y=mx+c, put both points ± in", "5 = -2m + c and => -7 = 4m + c"], ""),
        (["x = 2.5/0.5", "x = 5/0"], r"Solve \(0.5x + 1.2 = 3.7\)."),
        ([") 0,5x = 3,7 - 1,2", "0,5x 0,5x = 2,5", "x = 2,5/0,5"], r"\(0.5x + 1.2 = 3.7\)"),
    ],
)
def test_a_line_that_once_raised_is_checked(lines, statement):
    assert len(check_working(lines, statement)) == len(lines)


def test_words_before_a_relation_say_nothing():
    [check] = check_working(["x must be > 5"], r"Solve \(x^2 = 36\).")
    assert [claim.claim for claim in check.claims] == ["x > 5"]
