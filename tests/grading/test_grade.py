import pytest

from tutor.grading import AnswerKey, Kind, Verdict, grade_completion, grade_response, infer_key


@pytest.mark.parametrize(
    ("gold", "response", "verdict"),
    [
        ("3/4", "\\frac{3}{4}", Verdict.CORRECT),
        ("3/4", "0.75", Verdict.CORRECT),
        ("3/4", "4/3", Verdict.INCORRECT),
        ("\\text{odd}", "odd", Verdict.CORRECT),
        ("7", "", Verdict.UNREADABLE),
    ],
)
def test_it_grades_a_response(gold, response, verdict):
    assert grade_response(response, infer_key(gold)).verdict == verdict


def test_it_grades_the_last_box_and_not_the_thoughts():
    key = AnswerKey("6", Kind.NUMBER)
    grade = grade_completion("<think>\\boxed{5}</think> So it is \\boxed{6}.", key)
    assert (grade.verdict, grade.answer) == (Verdict.CORRECT, "6")


def test_it_says_when_there_is_no_answer():
    grade = grade_completion("I do not know.", AnswerKey("6", Kind.NUMBER))
    assert (grade.verdict, grade.rule, grade.answer) == (Verdict.UNREADABLE, "no_answer", "")
