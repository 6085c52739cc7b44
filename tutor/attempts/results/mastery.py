"""How well a student is at a skill, by one formula that the page explains.

Only first answers without help say anything of what somebody can do alone, so these are what
counts: of each problem with the skill, and of each further variant that was practised. See
`first_answers`, where a right second try counts in part. What was first answered after help is
counted apart. The estimate is their mean score, in which the newest has the weight 1 and each one
before it DECAY times the weight of the next, as in SOURCE.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from accounts.models import User
from tutor.attempts.models import AttemptQuerySet
from tutor.attempts.results.first_answers import (
    SECOND_TRY,
    FirstAnswer,
    first_answers,
    first_answers_of,
)
from tutor.problems.models import Problem, Skill

MIN_ANSWERS = 4  # first answers without help, below which nothing is claimed
DECAY = 0.8
SECURE, ON_THE_WAY = 80, 50  # percent
FORMULA = (
    rf"\[m = \frac{{s_1 + {DECAY}\,s_2 + {DECAY}^2 s_3 + \dots}}"
    rf"{{1 + {DECAY} + {DECAY}^2 + \dots}}\]"
)

SOURCE = (
    "A. Galyardt and I. Goldin: Move your lamp post: Recent data reflects learner knowledge better "
    "than older data. Journal of Educational Data Mining 7 (2), 2015."
)


class Level(StrEnum):
    UNKNOWN = "unknown"
    SECURE = "secure"
    ON_THE_WAY = "on_the_way"
    BEGINNING = "beginning"


@dataclass
class Mastery:
    """scores: of first answers without help, 0 to 1, oldest first. after_help: other first ones.

    right_second: how many of `scores` are of a right second try.
    """

    scores: list[float] = field(default_factory=list)
    after_help: list[float] = field(default_factory=list)
    right_second: int = 0

    @property
    def so_far(self) -> int:
        """The estimate in percent, from the first answer on; 0 where there is none."""
        return round(100 * weighted(self.scores)) if self.scores else 0

    @property
    def percent(self) -> int | None:
        """None where there is too little to claim anything."""
        return self.so_far if len(self.scores) >= MIN_ANSWERS else None

    @property
    def level(self) -> Level:
        if self.percent is None:
            return Level.UNKNOWN
        if self.percent >= SECURE:
            return Level.SECURE
        return Level.ON_THE_WAY if self.percent >= ON_THE_WAY else Level.BEGINNING

    @property
    def right(self) -> int:
        return self.scores.count(1.0)

    @property
    def right_after_help(self) -> int:
        return self.after_help.count(1.0)

    @property
    def missing(self) -> int:
        """How many more first answers it takes before something is claimed."""
        return max(0, MIN_ANSWERS - len(self.scores))


def weighted(scores: Sequence[float]) -> float:
    """The mean of at min_answers one score, oldest first, in which newer ones weigh more."""
    weights = [DECAY**age for age in range(len(scores))]
    newest_first = zip(weights, reversed(scores), strict=True)
    return sum(weight * score for weight, score in newest_first) / sum(weights)


Masteries = dict[int, dict[Skill, Mastery]]


def mastery_of(attempts: AttemptQuerySet) -> Masteries:
    """By person and skill, from all attempts that are given, with practice; two queries."""
    return _by_person(first_answers(attempts))


def masteries_of(user: User) -> dict[Skill, Mastery]:
    """Over all classes of `user`."""
    return _by_person(first_answers_of(user)).get(user.pk, {})


def _by_person(answers: Collection[FirstAnswer]) -> Masteries:
    skills = skills_of({answer.problem for answer in answers})
    masteries: Masteries = defaultdict(lambda: defaultdict(Mastery))
    for answer in answers:
        for skill in skills[answer.problem]:
            mastery = masteries[answer.user][skill]
            (mastery.after_help if answer.helped_by else mastery.scores).append(answer.score)
            mastery.right_second += answer.is_second
    return masteries


def skills_of(problems: Collection[int]) -> dict[int, list[Skill]]:
    """By problem, in the order of their paths; one query."""
    rows = Problem.skills.through._default_manager.filter(problem__in=problems)
    skills: dict[int, list[Skill]] = defaultdict(list)
    for row in rows.select_related("skill").order_by("skill__name"):
        skills[row.problem_id].append(row.skill)
    return skills


def explained() -> dict[str, object]:
    """What the explanation of the formula says."""
    return {
        "formula": FORMULA,
        "least": MIN_ANSWERS,
        "secure": SECURE,
        "on_the_way": ON_THE_WAY,
        "decay_percent": round(100 * DECAY),
        "second_percent": round(100 * SECOND_TRY),
        "source": SOURCE,
    }
