import pytest

from tutor.grading import (
    AnswerKey,
    Feedback,
    FeedbackCode,
    Kind,
    Verdict,
    grade_completion,
    grade_response,
    infer_key,
    read_key,
)
from tutor.grading.verdicts.values import grade_value


def test_it_says_which_text_was_graded_and_which_rule_decided():
    grade = grade_response("8/2", AnswerKey("4", Kind.NUMBER))
    assert (grade.verdict, grade.score, grade.rule, grade.answer) == (
        Verdict.CORRECT, 1, "exact", "8/2"
    )  # fmt: skip


def test_what_it_cannot_read_it_says():
    grade = grade_response("3/", AnswerKey("3/4", Kind.NUMBER))
    assert grade.verdict == Verdict.UNREADABLE
    assert grade.feedback == Feedback(FeedbackCode.BREAKS_OFF, with_examples=True)


@pytest.mark.parametrize(
    ("gold", "response", "score", "feedback"),
    [
        ("2, 3", "2", 0.5, "1 of 2 values found."),
        ("2, 3", "1, 2, 3", 0.5, "One value too many."),
        ("2, 3", "4, 5", 0, ""),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "[[1,2],[3,5]]", 0.75, ""),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "[[1,2]]", 0, "The matrix needs the size 2 × 2."),
        ("A, C", "A", 0.5, "One choice or more is missing."),
        ("A, C", "A, B", 0, ""),
        ("(1,2)", "[1,2]", 0, "The brackets differ from those asked for."),
        (
            "x=4",
            "y=4",
            0,
            "The answer gives the value of another letter, not of the letter asked for.",
        ),
        ("204_5", "54", 0, "Write the answer in base 5."),
    ],
)
def test_a_wrong_answer_gets_its_share_and_a_reason(gold, response, score, feedback):
    grade = grade_response(response, infer_key(gold))
    assert (grade.verdict, grade.score) == (Verdict.INCORRECT, score)
    assert str(grade.feedback or "") == feedback


def test_a_missing_unit_is_named():
    key = AnswerKey("5", Kind.QUANTITY, unit="cm")
    assert grade_response("5", key).feedback.code == FeedbackCode.UNIT_MISSING
    assert grade_response("5 kg", key).feedback.code == FeedbackCode.UNIT_MISFITS
    assert grade_response("6 kg", key).feedback.code == FeedbackCode.OTHER_DIMENSION


def test_the_right_value_in_the_wrong_form_is_named():
    key = read_key({"value": "6/8", "kind": "number", "form": "lowest_terms"})
    assert grade_response("6/8", key).feedback.code == FeedbackCode.NOT_IN_LOWEST_TERMS


@pytest.mark.parametrize("response", ["pass", "I give up", "no idea", "我不会"])
def test_a_student_who_gives_up_is_told_the_way_out(response):
    grade = grade_response(response, AnswerKey("7", Kind.NUMBER))
    assert (grade.verdict, grade.rule) == (Verdict.UNREADABLE, "parse")
    assert grade.feedback == Feedback(FeedbackCode.GIVES_UP)


def test_the_stored_answer_itself_gives_nothing_up():
    key = AnswerKey("pass", Kind.EXPRESSION)
    assert grade_response("pass", key).verdict == Verdict.CORRECT
    assert grade_response("skip", key).verdict == Verdict.UNREADABLE


def test_what_nobody_can_decide_is_left_to_a_teacher():
    key = infer_key("x^2+y^2=25, y=x+1")
    grade = grade_response("x^2+(x+1)^2=25, y=x+1", key)
    assert (grade.verdict, grade.score) == (Verdict.UNDECIDED, 0)


def test_thoughts_do_not_count():
    key = AnswerKey("6", Kind.NUMBER)
    grade = grade_completion("<think>\\boxed{5}</think> So it is \\boxed{6}.", key)
    assert (grade.verdict, grade.answer) == (Verdict.CORRECT, "6")
    assert grade_completion("<think>It is \\boxed{6}", key).rule == "no_answer"


def test_it_says_when_there_is_no_answer():
    grade = grade_completion("I do not know.", AnswerKey("6", Kind.NUMBER))
    assert (grade.verdict, grade.rule, grade.answer) == (Verdict.UNREADABLE, "no_answer", "")


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (r"\text{18 km/h}", Verdict.CORRECT),
        (r"\mathrm{18\ km/h}", Verdict.CORRECT),
        (r"\textbf{18 km/h}", Verdict.CORRECT),
        (r"\text{17 km/h}", Verdict.INCORRECT),
        (r"\text{18 minutes}", Verdict.INCORRECT),
    ],
)
def test_a_value_in_upright_letters_is_an_answer(answer, verdict):
    key = AnswerKey("18", Kind.QUANTITY, unit="km/h")
    assert grade_completion(rf"So it is \boxed{{{answer}}}.", key).verdict == verdict


def test_a_long_completion_is_read_from_its_end():
    key = AnswerKey("6", Kind.NUMBER)
    assert grade_completion("word " * 50_000 + "so \\boxed{6}.", key).verdict == Verdict.CORRECT


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (r"Answer: \[ x = 6 \]", "x = 6"),
        ("Final answer: $6$", "6"),
        (r"The solution is \(x=6\).", "x=6"),
        ("The solutions are $x=6$ or $x=7$.", r"x=6\text{ or }x=7"),
        (r"It is \[ x = 6. \]", "x = 6"),
    ],
)
def test_the_answer_of_a_completion_is_the_bare_formula(text, answer):
    assert grade_completion(text, infer_key("x=6")).answer == answer


def test_a_text_that_is_not_right_is_compared_once(monkeypatch):
    compared = []

    def counted(answer, *arguments):
        compared.append(str(answer))
        return grade_value(answer, *arguments)

    monkeypatch.setattr("tutor.grading.grade.grade_value", counted)
    key = AnswerKey("ia = b", Kind.EQUATION)
    assert grade_response("b = 2a", key).verdict == Verdict.INCORRECT
    assert compared == ["b = 2a"]
