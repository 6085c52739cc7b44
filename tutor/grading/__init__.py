"""Is this answer right? Plain Python: no Django, no Celery, and no SymPy in this process."""

from tutor.grading.answer_key import (
    GRADER_VERSION,
    AnswerKey,
    Form,
    Grade,
    InvalidKey,
    Kind,
    Rule,
    Verdict,
)
from tutor.grading.comparison.echo import (
    is_lone_number,
    understood,
    understood_beginning,
    understood_line,
)
from tutor.grading.comparison.grouping import Grouping, group_answers, same_answer
from tutor.grading.comparison.keys import infer_key, read_key, worked_out
from tutor.grading.comparison.quantities import lacks_unit
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.grade import by_statement, grade_completion, grade_response
from tutor.grading.kinds.table import ANSWER_KINDS
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.sentences.bare_answers import understood_sentence

__all__ = [
    "ANSWER_KINDS",
    "GRADER_VERSION",
    "AnswerKey",
    "Feedback",
    "FeedbackCode",
    "Form",
    "Grade",
    "Grouping",
    "InvalidKey",
    "Kind",
    "Rule",
    "Unreadable",
    "Verdict",
    "by_statement",
    "grade_completion",
    "grade_response",
    "group_answers",
    "infer_key",
    "is_lone_number",
    "lacks_unit",
    "read_key",
    "same_answer",
    "understood",
    "understood_beginning",
    "understood_line",
    "understood_sentence",
    "worked_out",
]
