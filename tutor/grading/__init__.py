"""Is this answer right? Plain Python: no Django, no Celery, and no SymPy in this process."""

from tutor.grading.answers import GRADER_VERSION, AnswerKey, Form, Grade, InvalidKey, Kind, Verdict
from tutor.grading.echo import understood, understood_line
from tutor.grading.grade import grade_completion, grade_response
from tutor.grading.keys import infer_key
from tutor.grading.meaning import Grouping, group_answers, same_answer
from tutor.grading.terms import Unreadable

__all__ = [
    "GRADER_VERSION",
    "AnswerKey",
    "Form",
    "Grade",
    "Grouping",
    "InvalidKey",
    "Kind",
    "Unreadable",
    "Verdict",
    "grade_completion",
    "grade_response",
    "group_answers",
    "infer_key",
    "same_answer",
    "understood",
    "understood_line",
]
