from tutor.assignments.models.assignment import (
    Assignment,
    AssignmentQuerySet,
    parallel_assignments,
)
from tutor.assignments.models.calendar_feed import CalendarFeed
from tutor.assignments.models.help_levels import (
    CHECK,
    ExerciseKind,
    HelpLevel,
    HelpPolicy,
    VerdictPolicy,
)
from tutor.assignments.models.override import Override, Sitting, overridden_terms
from tutor.assignments.models.problem_set import (
    Item,
    ItemQuerySet,
    ProblemSet,
    ProblemSetQuerySet,
)

__all__ = [
    "CHECK",
    "Assignment",
    "AssignmentQuerySet",
    "CalendarFeed",
    "ExerciseKind",
    "HelpLevel",
    "HelpPolicy",
    "Item",
    "ItemQuerySet",
    "Override",
    "ProblemSet",
    "ProblemSetQuerySet",
    "Sitting",
    "VerdictPolicy",
    "overridden_terms",
    "parallel_assignments",
]
