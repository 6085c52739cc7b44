from tutor.attempts.models.answered_part import AnsweredPart, part_rows
from tutor.attempts.models.attempt import Attempt
from tutor.attempts.models.attempt_queries import (
    AttemptQuerySet,
    count_attempts,
    is_sealed_at,
    next_number,
)
from tutor.attempts.models.exercise import ExerciseResult
from tutor.attempts.models.help import GivenHelp, WithheldHelp, WorkingCheck
from tutor.attempts.models.judgements import Advice, GradeChange, ReviewRequest
from tutor.attempts.models.practice import (
    Draft,
    Practice,
    PracticeQuerySet,
    StudentVariant,
    Terms,
)
from tutor.attempts.models.teacher_message import (
    MAX_MESSAGE_LENGTH,
    MessageReceipt,
    TeacherMessage,
)
from tutor.attempts.models.weekly_review import ReviewProblem, WeeklyReview

__all__ = [
    "MAX_MESSAGE_LENGTH",
    "Advice",
    "AnsweredPart",
    "Attempt",
    "AttemptQuerySet",
    "Draft",
    "ExerciseResult",
    "GivenHelp",
    "GradeChange",
    "MessageReceipt",
    "Practice",
    "PracticeQuerySet",
    "ReviewProblem",
    "ReviewRequest",
    "StudentVariant",
    "TeacherMessage",
    "Terms",
    "WeeklyReview",
    "WithheldHelp",
    "WorkingCheck",
    "count_attempts",
    "is_sealed_at",
    "next_number",
    "part_rows",
]
