import json
import re
from dataclasses import asdict

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from tutor.grading.steps.checks import ClaimRelation
from tutor.solutions.dispatch.shown_steps import ShownStep, Tally, shown_steps, tally
from tutor.solutions.models import Solution

CASES = json.loads((settings.BASE_DIR / "tests" / "data" / "shown_checks.json").read_text("utf-8"))
CHECKS = [case["check"] for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["note"])
def test_a_check_is_shown_as_the_script_shows_it(case):
    [step] = shown_steps(Solution(steps=["x"], checks=[case["check"]]))
    fields = asdict(step)
    assert fields.pop("text") == "x"
    assert {**fields, "claims": list(fields["claims"])} == case["shown"]


def test_a_solution_without_checks_shows_none():
    steps = shown_steps(Solution(steps=["a", "b"]))
    assert steps == [ShownStep("a"), ShownStep("b")]
    assert tally(steps) is None
    assert tally([]) is None


def test_the_tally_counts_marks_and_a_step_that_has_no_check_is_unchecked():
    steps = shown_steps(Solution(steps=["x"] * 6, checks=[*CHECKS, None]))
    assert tally(steps) == Tally(steps=6, proved=1, refuted=2, resting=1, unchecked=2)


def visible(template, **context):
    """What a reader sees of a fragment."""
    page = render_to_string(template, context)
    page = re.sub(r"<(li|span|p|ul)\b[^>]* hidden>.*?</\1>", "", page, flags=re.DOTALL)
    return re.findall(r"\S.*", re.sub(r"<[^>]*>", "", page))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((12, 9, 0, 0, 3), ["9 of 12 steps proved", "3 not checkable"]),
        ((3, 1, 2, 0, 0), ["1 of 3 steps proved", "2 steps refuted"]),
        ((3, 0, 1, 2, 0), ["0 of 3 steps proved", "1 step refuted", "2 resting on a mistake"]),
        ((1, 1, 0, 0, 0), ["1 of 1 step proved"]),
    ],
)
def test_the_tally_in_words(counts, said):
    assert visible("solutions/_tally.html", tally=Tally(*counts)) == said


@pytest.mark.parametrize("relation", ClaimRelation)
def test_every_relation_has_its_sentence(relation):
    assert len(visible("steps/_relation.html", relation=relation)) == 1


def test_a_slip_without_a_sentence_gets_a_general_one():
    [general] = visible("steps/_slip.html", slip="a-new-slip")
    [known] = visible("steps/_slip.html", slip="moved_sign")
    assert "usual mistake" in general
    assert known != general


SLIPS = re.findall(r'data-slip="(\w+)"', render_to_string("steps/_slip.html"))


@pytest.mark.parametrize("slip", SLIPS)
def test_a_known_slip_gets_its_own_sentence_and_no_other(slip):
    assert len(visible("steps/_slip.html", slip=slip)) == 1


def test_a_witness_is_said_plainly():
    words = {"sentence": "sides_at", "at": "x = 2", "left": "4", "right": "5"}
    said = visible("steps/_witness.html", **words)
    assert said == ["For x = 2 the left side is 4 and the right side 5."]


def test_scripts_find_every_sentence_in_the_page():
    claim = render_to_string("solutions/_claim.html", {"claim": ""})
    assert set(re.findall(r'data-relation="(\w+)"', claim)) == set(ClaimRelation)
    shown = {claim["sentence"] for case in CASES for claim in case["shown"]["claims"]}
    assert set(re.findall(r'data-sentence="(\w+)"', claim)) == shown - {""}
    assert set(re.findall(r'data-value="(\w+)"', claim)) == {"text", "at", "left", "right"}
    assert 'data-slip=""' in claim
    assert visible("solutions/_claim.html", claim="") == []
