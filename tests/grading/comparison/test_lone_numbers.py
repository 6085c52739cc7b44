"""Answers that give one quantity in several units or forms."""

import pytest

from tutor.grading import (
    FeedbackCode,
    Kind,
    Unreadable,
    Verdict,
    grade_response,
    read_key,
    understood_sentence,
)


def _verdict(response, value, kind, *, decimal_comma=False, **options):
    key = read_key({"value": value, "kind": kind, "decimal_comma": decimal_comma, **options})
    return grade_response(response, key).verdict


@pytest.mark.parametrize(
    ("response", "value", "kind", "decimal_comma"),
    [
        ("2.5 h = 150 min", "150 min", "quantity", False),
        ("0,75 horas = 45 minutos", "45 min", "quantity", True),
        ("0.35 = 35 %", "35%", "number", False),
        ("1 m = 10 dm = 100 cm", "100 cm", "quantity", False),
    ],
)
def test_the_last_of_equal_quantities_is_the_answer(response, value, kind, decimal_comma):
    assert _verdict(response, value, kind, decimal_comma=decimal_comma) == Verdict.CORRECT


@pytest.mark.parametrize(
    ("response", "value", "kind"),
    [
        ("2.5 h = 145 min", "145 min", "quantity"),
        ("2.5 h = 150 kg", "150 min", "quantity"),
        ("0.35 = 36 %", "36%", "number"),
    ],
)
def test_different_quantities_are_no_answer(response, value, kind):
    assert _verdict(response, value, kind) != Verdict.CORRECT


def test_the_form_of_the_last_one_counts():
    form = {"form": "scientific"}
    assert _verdict("0.0091 = 91*10^-4", "9.1*10^-3", "number", **form) == Verdict.INCORRECT
    assert _verdict("0.0091 = 9.1*10^-3", "9.1*10^-3", "number", **form) == Verdict.CORRECT


SHARES = [
    *("1 in 6", "1 out of 6", "1 of 6", "1-in-6", "one in six", "1 in 6 chance", "1 in every 6"),
    *("1 von 6", "1 aus 6", "1 auf 6", "1 sur 6", "1 de 6", "1 sobre 6", "1 de cada 6"),
    *("6分之1", "六分之一"),
]


@pytest.mark.parametrize("response", SHARES)
def test_a_share_is_a_fraction_to_the_echo_and_to_the_judge(response):
    assert _verdict(response, "1/6", "number", form="lowest_terms") == Verdict.CORRECT
    assert understood_sentence(response, Kind.NUMBER) == r"\frac{1}{6}"


@pytest.mark.parametrize("response", ["P = 1 in 6", "P(A) = 1 out of 6"])
def test_a_share_may_have_a_name(response):
    assert _verdict(response, "1/6", "number") == Verdict.CORRECT
    assert understood_sentence(response, Kind.NUMBER).endswith(r"= \frac{1}{6}")


@pytest.mark.parametrize(
    "response", ["2 in 12", "the chance is 2 in 12", "It is 2 out of 12.", "about 2 in 12"]
)
@pytest.mark.parametrize("value", ["1/6", "12", "2"])
def test_no_question_offers_another_value_than_the_share(response, value):
    """3 of 4 for the number 3 costs nothing, and 4 is never offered."""
    grade = grade_response(response, read_key({"value": value, "kind": "number"}))
    assert grade.verdict in (Verdict.CORRECT, Verdict.UNREADABLE)
    assert grade.verdict == Verdict.CORRECT or grade.feedback.params == {"text": "2/12"}
    assert _shown_or_offered(response) in (r"\frac{2}{12}", "2/12")


def _shown_or_offered(response):
    """What the echo shows, or asks about."""
    try:
        return understood_sentence(response, Kind.NUMBER)
    except Unreadable as error:
        return error.feedback.params.get("text")


@pytest.mark.parametrize("response", ["1 in 6 dice", "four out of six people"])
def test_what_is_no_share_is_asked_for_no_number(response):
    grade = grade_response(response, read_key({"value": "6", "kind": "number"}))
    assert grade.verdict == Verdict.UNREADABLE
    assert grade.feedback.code != FeedbackCode.ONLY_ANSWER


@pytest.mark.parametrize(
    ("response", "code"),
    [
        ("28 m", FeedbackCode.UNIT_MISFITS),
        ("28", FeedbackCode.UNIT_MISSING),
        ("27 m", FeedbackCode.OTHER_DIMENSION),
    ],
)
def test_a_right_number_with_an_odd_unit_is_no_worse_than_without(response, code):
    grade = grade_response(response, read_key({"value": "28 m^2", "kind": "quantity"}))
    assert grade.feedback.code == code
    assert grade.is_unfinished == (code != FeedbackCode.OTHER_DIMENSION)
