"""Is this answer right? Plain Python: no Django, no Celery, and no SymPy in this process."""

from tutor.grading.answers import GRADER_VERSION, AnswerKey, Form, Grade, InvalidKey, Kind, Verdict
from tutor.grading.grade import grade_completion, grade_response
from tutor.grading.keys import infer_key

__all__ = [
    "GRADER_VERSION",
    "AnswerKey",
    "Form",
    "Grade",
    "InvalidKey",
    "Kind",
    "Verdict",
    "grade_completion",
    "grade_response",
    "infer_key",
]
