from tutor.solutions.models.checked_reference import CheckedReference
from tutor.solutions.models.checkpoint import Checkpoint
from tutor.solutions.models.preparation import Preparation
from tutor.solutions.models.reply import Reply
from tutor.solutions.models.sample import MOST_SAMPLES_AT_ONCE, Sample
from tutor.solutions.models.solution import (
    LEASE,
    MOST_CRASHES,
    Solution,
    SolutionQuerySet,
    State,
)
from tutor.solutions.models.view import SolutionView
from tutor.solutions.recipes import Activation, Recipe

__all__ = [
    "LEASE",
    "MOST_CRASHES",
    "MOST_SAMPLES_AT_ONCE",
    "Activation",
    "CheckedReference",
    "Checkpoint",
    "Preparation",
    "Recipe",
    "Reply",
    "Sample",
    "Solution",
    "SolutionQuerySet",
    "SolutionView",
    "State",
]
