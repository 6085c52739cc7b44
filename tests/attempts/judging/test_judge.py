"""An answer is judged by its problem: by the stored answer, and by what the statement gives."""

from tests.factories import make_problem
from tutor.attempts.judging.judge import judge_by
from tutor.attempts.models import Attempt
from tutor.grading import FeedbackCode, Rule, Verdict


def test_the_formula_of_the_statement_is_no_answer(db):
    version = make_problem(statement=r"Calculate \(2 + 2\).").current
    copied = judge_by(version, Attempt(response="2+2"), 1)
    assert (copied.verdict, copied.rule) == (Verdict.INCORRECT, Rule.FORM)
    assert copied.feedback.code == FeedbackCode.COPIED_FORMULA
    assert judge_by(version, Attempt(response="4"), 1).verdict == Verdict.CORRECT
