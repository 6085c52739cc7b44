from tutor.attempts.models.attempt import (
    AnsweredPart,
    Attempt,
    AttemptQuerySet,
    next_number,
    part_rows,
)
from tutor.attempts.models.help import GivenHelp, WithheldHelp, WorkingCheck
from tutor.attempts.models.judgements import FREE, Advice, GradeChange, ReviewRequest
from tutor.attempts.models.practice import (
    Draft,
    Handout,
    Practice,
    PracticeQuerySet,
    Terms,
)

__all__ = [
    "FREE",
    "Advice",
    "AnsweredPart",
    "Attempt",
    "AttemptQuerySet",
    "Draft",
    "GivenHelp",
    "GradeChange",
    "Handout",
    "Practice",
    "PracticeQuerySet",
    "ReviewRequest",
    "Terms",
    "WithheldHelp",
    "WorkingCheck",
    "next_number",
    "part_rows",
]
