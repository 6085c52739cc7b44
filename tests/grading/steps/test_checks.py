"""Checks of steps: their claims, their stored form, and no exceptions."""

import json

import pytest

from tests.grading.hostile import GROWING, RUNNING
from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED, check_last
from tutor.grading.steps.checks import ClaimCheck, ClaimRelation, Slip, StepCheck, Witness
from tutor.grading.steps.worked.step_checker import StepChecker
from tutor.grading.working.checker import check_working

CLAIM = ClaimCheck(REFUTED, ClaimRelation.EQUAL, "1=2", 0, 3, Witness({}, "1", "2"))


def test_a_claim_has_its_position_in_the_step():
    step = r"First \(2 + 2 = 4\), then \(3 \cdot 3 = 8\)."
    first, second = check_last(step).claims
    assert step[first.start : first.end] == first.claim == "2 + 2 = 4"
    assert step[second.start : second.end] == second.claim == r"3 \cdot 3 = 8"


def test_a_check_survives_json():
    witness = Witness({"x": "2"}, "4", "5")
    claims = (
        ClaimCheck(REFUTED, ClaimRelation.EQUAL, "x^2=x+3", 3, 10, witness, Slip.MOVED_SIGN, 0.25),
        ClaimCheck(PROVED, ClaimRelation.DEFINE, "y=1", 12, 15),
    )
    for check in (StepCheck(REFUTED, claims, 4), StepCheck(UNCHECKED)):
        assert StepCheck.from_dict(json.loads(json.dumps(check.to_dict()))) == check


def test_a_slip_of_a_later_version_is_read_as_another_one():
    fields = json.loads(json.dumps(StepCheck(REFUTED, (CLAIM,)).to_dict()))
    fields["claims"][0]["slip"] = "a_new_slip"
    assert StepCheck.from_dict(fields).claims[0].slip == Slip.OTHER


def test_a_witness_of_an_earlier_version_refutes_the_claim():
    fields = json.loads(json.dumps(StepCheck(REFUTED, (CLAIM,)).to_dict()))
    del fields["claims"][0]["witness"]["failing"]
    assert StepCheck.from_dict(fields) == StepCheck(REFUTED, (CLAIM,))


@pytest.mark.parametrize("fields", [{}, {"verdict": "perhaps", "claims": []}, {"claims": [5]}])
def test_what_is_no_check_is_refused(fields):
    with pytest.raises((AttributeError, KeyError, TypeError, ValueError)):
        StepCheck.from_dict(fields)


@pytest.mark.parametrize("text", [*RUNNING, *GROWING])
def test_no_text_makes_the_checker_raise(text):
    checker = StepChecker(text)
    for step in (
        text,
        rf"\({text}\)",
        f"{text} = {text}",
        rf"So \({text} = 1\) or \(x = {text}\).",
    ):
        checker.check(step)
    assert len(checker.checks) == 4
    assert len(check_working([text, f"{text}=1", f"x={text}"], text)) == 3
