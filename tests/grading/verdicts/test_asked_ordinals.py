"""Where a problem asks which quadrant or term it is, its ordinal is its number."""

import pytest

from tutor.grading import FeedbackCode, Verdict, by_statement, grade_response, read_key

QUADRANT = "An angle of 705° starts at the x-axis. In which quadrant does it end?"


def judged(response, statement=QUADRANT, value="4"):
    key = read_key({"kind": "number", "value": value, "form": "worked_out"})
    return by_statement(grade_response(response, key), response, key, statement)


@pytest.mark.parametrize(
    "response",
    [
        *("4", "4th", "4 th", "IV", "iv", "Q4", "Q IV", "QIV", "fourth", "Fourth quadrant"),
        *("quadrant IV", "the 4th quadrant", "It is in the 4th quadrant.", "4. Quadrant"),
        *("im vierten Quadranten", "vierter", "4e quadrant", "quatrième", "cuarto cuadrante"),
        *("第四象限", "第4象限", "四", "第四"),
    ],
)
def test_an_ordinal_is_its_number(response):
    assert judged(response).verdict == Verdict.CORRECT


@pytest.mark.parametrize(
    "response", ["3rd", "III", "second", "第一象限", "Q2", "first quadrant", "3. Quadrant"]
)
def test_another_ordinal_is_as_wrong_as_its_number(response):
    """Else the right one could be tried out without cost."""
    assert judged(response).verdict == Verdict.INCORRECT


@pytest.mark.parametrize(
    ("statement", "response", "value"),
    [
        ("Which term of the sequence is 100?", "the 7th term", "7"),
        ("它是第几项（首项为第一项）？", "第七项", "7"),
        ("Das wievielte Glied ist 100?", "7. Glied", "7"),
    ],
)
def test_terms_have_ordinals_too(statement, response, value):
    assert judged(response, statement, value).verdict == Verdict.CORRECT


@pytest.mark.parametrize("response", ["4th", "4 th", "3rd"])
def test_elsewhere_it_asks_whether_the_number_is_meant(response):
    grade = judged(response, "How many sides has it?")
    assert grade.verdict == Verdict.UNREADABLE
    assert (grade.feedback.code, grade.feedback.params["text"]) == (
        FeedbackCode.ONLY_ANSWER,
        response[0],
    )


def test_roman_numbers_and_words_are_not_guessed_elsewhere():
    assert judged("IV", "How many sides has it?").verdict == Verdict.UNREADABLE
    assert judged("fourth", "How many sides has it?").verdict == Verdict.UNREADABLE


def test_a_key_that_is_no_whole_number_has_no_ordinal():
    assert judged("third", "Which part is in the first quadrant?", "1/3").verdict == (
        judged("third", "Which part is it?", "1/3").verdict
    )
