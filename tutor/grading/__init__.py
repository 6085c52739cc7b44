"""Is this answer right? Plain Python: no Django, no Celery, and no SymPy in this process."""

from tutor.grading.answers import GRADER_VERSION, AnswerKey, Form, Grade, InvalidKey, Kind, Verdict
from tutor.grading.echo import understood
from tutor.grading.grade import grade_completion, grade_response
from tutor.grading.keys import infer_key
from tutor.grading.terms import Unreadable

__all__ = [
    "GRADER_VERSION",
    "AnswerKey",
    "Form",
    "Grade",
    "InvalidKey",
    "Kind",
    "Unreadable",
    "Verdict",
    "grade_completion",
    "grade_response",
    "infer_key",
    "understood",
]
