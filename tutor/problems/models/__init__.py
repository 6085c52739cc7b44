from tutor.problems.models.problem import Problem, ProblemQuerySet
from tutor.problems.models.skill import Skill
from tutor.problems.models.stored_key import ReferenceSolution, StoredKey
from tutor.problems.models.version import ProblemVersion, VersionQuerySet

__all__ = [
    "Problem",
    "ProblemQuerySet",
    "ProblemVersion",
    "ReferenceSolution",
    "Skill",
    "StoredKey",
    "VersionQuerySet",
]
