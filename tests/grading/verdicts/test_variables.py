"""A unit right behind its number: 6h is 6 h, unless h is a letter of the problem."""

import pytest

from tutor.grading import (
    FeedbackCode,
    Kind,
    Unreadable,
    Verdict,
    by_statement,
    grade_response,
    read_key,
    understood,
)
from tutor.grading.multipart import PartKey, grade_parts
from tutor.grading.verdicts.given_names import require_no_variable

SOLVE = r"Solve \(5t - 3 = 12\) for \(t\)."


def judged(response, statement="How large is it?", value="6"):
    key = read_key({"value": value, "kind": "number"})
    return by_statement(grade_response(response, key), response, key, statement)


@pytest.mark.parametrize(
    "unit", ["h", "cm", "kg", "min", "km/h", "m²", "l", "L", "g", "s", "m", "t", "°"]
)
def test_what_was_shown_as_a_unit_is_graded_as_one(unit):
    shown = [understood(f"6{space}{unit}", Kind.NUMBER) for space in ("", " ")]
    verdicts = [judged(f"6{space}{unit}").verdict for space in ("", " ")]
    assert shown[0] == shown[1]
    assert verdicts == [Verdict.CORRECT] * 2


def test_a_wrong_number_with_a_unit_is_wrong_and_not_unread():
    assert judged("7h").verdict == Verdict.INCORRECT


@pytest.mark.parametrize("response", ["25k", "3M"])
def test_thousands_and_millions_are_not_guessed(response):
    assert judged(response, value=response[:-1]).verdict == Verdict.UNREADABLE


def test_a_variable_of_the_problem_is_no_unit():
    grade = judged("3t", SOLVE, "3")
    assert (grade.verdict, grade.feedback.code) == (Verdict.UNREADABLE, FeedbackCode.UNREAD_AT)
    with pytest.raises(Unreadable):
        require_no_variable("3t", SOLVE)


def test_neither_is_it_in_a_part():
    key = read_key({"value": "3", "kind": "number"})
    parts = [PartKey(key, prompt=r"Find \(t\)."), PartKey(key, prompt="How many hours is that?")]
    grade = grade_parts(["3t", "3h"], parts)
    assert [part.rule for part in grade.parts] == ["parse", "unjudged"]
    assert grade_parts(["3", "3h"], parts).verdict == Verdict.CORRECT


@pytest.mark.parametrize("statement", [r"It is \(5\,\mathrm{t}\) heavy.", r"It is \(5\ t\) heavy."])
def test_a_unit_of_the_problem_is_no_variable(statement):
    assert judged("6t", statement).verdict == Verdict.CORRECT
