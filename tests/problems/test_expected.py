"""Answers that an author foresaw: their share, their sentence, and who gets which."""

import pytest

from tests.factories import make_content, make_problem
from tutor.grading import AnswerKey, Kind, Rule, Verdict, grade_response, read_key
from tutor.grading.multipart import PartKey, grade_parts
from tutor.problems.checks import defects
from tutor.problems.content import InvalidRecord
from tutor.problems.expected import Expected, foreseen, parts_with_foreseen, with_foreseen
from tutor.problems.records import read_expected

NUMBER = AnswerKey("4", Kind.NUMBER)
ROWS = (
    Expected("4", "Well done.", 100),
    Expected("16/3", "", 100),
    Expected("5", "Nearly.", 50, "0.5"),
    Expected("-4", "A sign."),
    Expected("*", "Count again."),
)


@pytest.mark.parametrize(
    ("response", "verdict", "score", "sentence"),
    [
        ("8/2", Verdict.CORRECT, 1, "Well done."),
        ("5 1/3", Verdict.CORRECT, 1, None),
        ("5.4", Verdict.INCORRECT, 0.5, "Nearly."),
        ("-8/2", Verdict.INCORRECT, 0, "A sign."),
        ("9", Verdict.INCORRECT, 0, "Count again."),
        ("))", Verdict.UNREADABLE, 0, None),
    ],
)
def test_an_answer_gets_the_row_that_describes_it(response, verdict, score, sentence):
    grade = with_foreseen(grade_response(response, NUMBER), response, NUMBER, ROWS)
    assert (grade.verdict, grade.score) == (verdict, score)
    if verdict != Verdict.UNREADABLE:
        assert grade.rule == Rule.EXPECTED
        assert (grade.feedback and str(grade.feedback)) == sentence


@pytest.mark.parametrize(
    ("response", "condition", "kind"),
    [
        ("x = 12", "if answer > 10", Kind.NUMBER),
        ("-3 cm", "if answer = -3 or answer > 9", Kind.QUANTITY),
        ("10", "if gcd(answer, 6) = 2", Kind.NUMBER),
        ("2 + x^2", "if answer differs from x^2 by a constant", Kind.EXPRESSION),
    ],
)
def test_a_test_of_the_author_describes_answers(response, condition, kind):
    key = AnswerKey("1", kind)
    assert foreseen(response, key, [Expected(condition, "That.")]) == Expected(condition, "That.")
    for other in ("7", "x^3", "))", "", "answer"):
        assert foreseen(other, key, [Expected(condition, "That.")]) is None


@pytest.mark.parametrize("condition", ["if answer", "if b > 2", "if import os", "if answer > ("])
def test_a_test_that_cannot_be_read_is_a_defect(condition):
    content = make_content(expected=(Expected(condition, "No."),))
    assert [defect.field for defect in defects(content)] == ["expected"]
    assert foreseen("5", NUMBER, [Expected(condition, "No.")]) is None


def test_a_part_that_counts_in_part_adds_to_the_whole():
    parts = [PartKey(NUMBER), PartKey(NUMBER)]
    rows = [Expected("b) 5", "Nearly.", 50), Expected("a) 3", "", 100)]
    grade = parts_with_foreseen(grade_parts(["3", "5"], parts), ["3", "5"], parts, rows)
    assert [part.score for part in grade.parts] == [1, 0.5]
    assert (grade.verdict, grade.score) == (Verdict.INCORRECT, 0.75)
    whole = parts_with_foreseen(grade_parts(["3", "4"], parts), ["3", "4"], parts, rows)
    assert (whole.verdict, whole.score) == (Verdict.CORRECT, 1)


@pytest.mark.parametrize(
    ("chosen", "score", "sentence"),
    [("A, B", 0.2, "Not B."), ("A, C", 1, None), ("B", 0, "Not B."), ("A", 0.6, None)],
)
def test_the_shares_of_several_choices_add_up(chosen, score, sentence):
    key = read_key({"kind": "choice", "value": "A, C", "shares": "60 -40 40"})
    rows = [Expected("B", "Not B.")]
    grade = with_foreseen(grade_response(chosen, key), chosen, key, rows)
    assert grade.score == score
    assert (str(grade.feedback) if grade.rule == Rule.EXPECTED else None) == sentence


def test_free_text_waits_for_a_teacher():
    key = read_key({"kind": "text", "value": "Because.", "form": "free_text"})
    assert grade_response("I think it is $ because …\nso", key).verdict == Verdict.UNDECIDED
    assert grade_response(" ", key).verdict == Verdict.UNREADABLE


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"answer": "4"}, "say what the student is told"),
        ({"answer": "4", "percent": 101}, "need 0 to 100"),
        ({"answer": "4", "percent": 50, "tolerance": "wide"}, "a tolerance is a decimal"),
        ({"answer": "4", "colour": "red"}, "colour: is not a field"),
        ("4", "need objects"),
    ],
)
def test_a_row_that_cannot_be_says_why(row, reason):
    with pytest.raises(InvalidRecord, match=reason):
        read_expected([row])


def test_another_right_answer_is_kept_from_students_too(db):
    problem = make_problem("two-answers")
    content = make_content(expected=(Expected("7", "", 100), Expected("5", "No.")))
    version = problem.revise(content)
    assert version.content() == content
    assert [key.value for key in version.checked_key.answers()] == ["4", "7"]
