"""Degrees, radians and percent that a statement asks for in words."""

import pytest

from tutor.grading import FeedbackCode, Verdict, by_statement, grade_response, read_key

DEGREES = {"kind": "quantity", "value": "90", "unit": "°", "unit_optional": True}
PERCENT = {"kind": "quantity", "value": "70", "unit": "%", "unit_optional": True}
RADIANS = {"kind": "set", "value": "{pi/6, 5pi/6}"}
ONE_ANGLE = {"kind": "number", "value": "pi/6"}


def judged(response, statement, fields):
    key = read_key(fields)
    return by_statement(grade_response(response, key), response, key, statement)


@pytest.mark.parametrize(
    ("statement", "fields", "response", "code"),
    [
        ("Answer in degrees.", DEGREES, "1/2 pi", FeedbackCode.NOT_IN_DEGREES),
        ("Answer in degrees.", DEGREES, "0.5π rad", FeedbackCode.NOT_IN_DEGREES),
        ("Gib ihn in Grad an.", DEGREES, "π/2", FeedbackCode.NOT_IN_DEGREES),
        ("用度作答。", DEGREES, "π/2", FeedbackCode.NOT_IN_DEGREES),
        ("Give exact values in radians.", RADIANS, "30°, 150°", FeedbackCode.NOT_IN_RADIANS),
        ("In radians?", RADIANS, "x = 30 deg or x = 150 deg", FeedbackCode.NOT_IN_RADIANS),
        ("Gib sie im Bogenmaß an.", RADIANS, "{30°; 150°}", FeedbackCode.NOT_IN_RADIANS),
        ("Donne-le en radians.", ONE_ANGLE, "30°", FeedbackCode.NOT_IN_RADIANS),
        ("用弧度表示。", ONE_ANGLE, "30度", FeedbackCode.NOT_IN_RADIANS),
        ("Answer in per cent.", PERCENT, "7/10", FeedbackCode.NOT_IN_PERCENT),
        ("What percentage is it?", PERCENT, "0.7", FeedbackCode.NOT_IN_PERCENT),
        ("降价百分之几？", PERCENT, "0.7", FeedbackCode.NOT_IN_PERCENT),
        ("Wie viel Prozent sind es?", PERCENT, "70/100", FeedbackCode.NOT_IN_PERCENT),
        ("¿Qué tanto por ciento es?", PERCENT, "0.7", FeedbackCode.NOT_IN_PERCENT),
    ],
)
def test_the_right_value_in_another_measure_is_not_finished(statement, fields, response, code):
    grade = judged(response, statement, fields)
    assert grade.is_unfinished
    assert grade.feedback.code == code


@pytest.mark.parametrize(
    ("statement", "fields", "response"),
    [
        ("Answer in degrees.", DEGREES, "90°"),
        ("Answer in degrees.", DEGREES, "90"),
        ("How large is the angle?", DEGREES, "π/2"),
        ("In radians it is π/2. How large is it in degrees?", DEGREES, "π/2"),  # both are named
        ("Give exact values in radians.", RADIANS, "pi/6, 5pi/6"),
        ("Find all angles.", RADIANS, "30°, 150°"),
        ("Answer in per cent.", PERCENT, "70%"),
        ("Answer in per cent.", PERCENT, "70"),
        ("Answer in per cent.", PERCENT, "70 percent"),
        ("Which share is it?", PERCENT, "7/10"),
    ],
)
def test_the_measure_that_is_asked_for_is_right_and_any_where_none_is(statement, fields, response):
    assert judged(response, statement, fields).verdict == Verdict.CORRECT


@pytest.mark.parametrize(
    ("statement", "fields", "response"),
    [
        ("Answer in degrees.", DEGREES, "π/3"),
        ("Give exact values in radians.", RADIANS, "40°, 140°"),
        ("Answer in per cent.", PERCENT, "0.6"),
        ("Answer in per cent.", PERCENT, "0.7%"),
    ],
)
def test_a_wrong_value_stays_wrong(statement, fields, response):
    grade = judged(response, statement, fields)
    assert grade.verdict == Verdict.INCORRECT
    assert not grade.is_unfinished
