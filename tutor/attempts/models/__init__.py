from tutor.attempts.models.answered_part import AnsweredPart, part_rows
from tutor.attempts.models.attempt import Attempt
from tutor.attempts.models.attempt_queries import AttemptQuerySet, next_number
from tutor.attempts.models.help import GivenHelp, WithheldHelp, WorkingCheck
from tutor.attempts.models.judgements import Advice, GradeChange, ReviewRequest
from tutor.attempts.models.practice import (
    Draft,
    Practice,
    PracticeQuerySet,
    StudentVariant,
    Terms,
)

__all__ = [
    "Advice",
    "AnsweredPart",
    "Attempt",
    "AttemptQuerySet",
    "Draft",
    "GivenHelp",
    "GradeChange",
    "Practice",
    "PracticeQuerySet",
    "ReviewRequest",
    "StudentVariant",
    "Terms",
    "WithheldHelp",
    "WorkingCheck",
    "next_number",
    "part_rows",
]
