from tutor.solutions.models.answer_hint import AnswerHint
from tutor.solutions.models.checked_reference import CheckedReference
from tutor.solutions.models.checkpoint import Checkpoint
from tutor.solutions.models.hint_draft import HintDraft
from tutor.solutions.models.preparation import Preparation
from tutor.solutions.models.readiness_sample import MAX_SAMPLES_AT_ONCE, ReadinessSample
from tutor.solutions.models.recipe import Activation, Recipe
from tutor.solutions.models.solution import (
    LEASE,
    MAX_CRASHES,
    Solution,
    SolutionQuerySet,
    State,
)
from tutor.solutions.models.view import SolutionView

__all__ = [
    "LEASE",
    "MAX_CRASHES",
    "MAX_SAMPLES_AT_ONCE",
    "Activation",
    "AnswerHint",
    "CheckedReference",
    "Checkpoint",
    "HintDraft",
    "Preparation",
    "ReadinessSample",
    "Recipe",
    "Solution",
    "SolutionQuerySet",
    "SolutionView",
    "State",
]
