"""Prepares solutions before a class needs them, at times when nobody waits.

For each problem, or each variant that students will be handed, as many are prepared as make a
vote. They do not count against the section's tokens.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from tutor.assignments.models import Assignment, AssignmentQuerySet, Item
from tutor.attempts.variants import VARIANTS, variant_from
from tutor.courses.models import Enrollment
from tutor.problems.models import ProblemVersion
from tutor.queueing import queue_on_commit
from tutor.solutions.dispatch.model_choice import recipe_code, recipe_in_force, tries_wanted
from tutor.solutions.dispatch.queues import PREPARE_SOLUTIONS
from tutor.solutions.dispatch.voting import Vote
from tutor.solutions.models import Preparation, Solution, State
from tutor.solutions.requests.find_or_queue import begin_solution

logger = logging.getLogger(__name__)

AT_ONCE = 8  # solutions, with those that somebody waits for
_COUNTED = ("version", "number", "state", "outcome", "verdict", "final_answer", "answers_like")


@dataclass
class Prepared:
    """How far one item is. votes: by the variant's seed; a plain problem has one vote, under 1."""

    item: Item
    votes: dict[int, Vote]

    @property
    def total(self) -> int:
        return len(self.votes)

    @property
    def right(self) -> int:
        return sum(vote.is_right for vote in self.votes.values())

    @property
    def failed(self) -> int:
        """Votes that show none as right, and begin no more."""
        return sum(vote.is_over and not vote.is_right for vote in self.votes.values())

    @property
    def running(self) -> int:
        return sum(bool(vote.running) and not vote.is_over for vote in self.votes.values())

    @property
    def to_come(self) -> int:
        return self.total - self.right - self.running - self.failed

    def version(self, seed: int) -> ProblemVersion:
        template = self.item.problem.current
        assert template is not None  # noqa: S101 - else it would have no votes
        return variant_from(template, seed) if template.is_template else template


def uses_solutions(assignment: Assignment) -> bool:
    """Whether its students are ever offered a whole one or steps of one."""
    never = Assignment.HelpPolicy.NEVER
    return not (assignment.help_policy == assignment.step_policy == never)


def prepared_items(assignment: Assignment) -> list[Prepared]:
    """As many queries for one item as for many."""
    items = assignment.problem_set.items.filter(has_model_help=True, problem__current__isnull=False)
    in_section = Enrollment.objects.filter(section=assignment.section_id)
    students = Assignment.objects.filter(pk=assignment.pk).for_students(in_section).count()
    seeds = range(1, min(VARIANTS, students) + 1)
    current = [
        (item, item.problem.current)
        for item in items.select_related("problem__current")
        if item.problem.current
    ]
    recipe = recipe_in_force()
    tries = _tries([version.pk for _, version in current], seeds, recipe_code(recipe))
    vote_size = tries_wanted(recipe)
    return [
        Prepared(
            item,
            {
                seed: Vote(tries[version.pk, seed], vote_size)
                for seed in (seeds if version.is_template else seeds[:1])
            },
        )
        for item, version in current
    ]


def _tries(
    versions: Collection[int], seeds: Collection[int], recipe: str
) -> dict[tuple[int, int], list[Solution]]:
    """By version and seed, in their order; a version without parameters has the seed 1."""
    handed = Q(pk__in=versions, template=None) | Q(template__in=versions, seed__in=seeds)
    rows = ProblemVersion.objects.filter(handed).values_list("pk", "template", "seed")
    keys = {pk: (template or pk, seed if template else 1) for pk, template, seed in rows}
    tries: dict[tuple[int, int], list[Solution]] = defaultdict(list)
    solutions = Solution.objects.filter(version__in=keys, recipe=recipe)
    for solution in solutions.only(*_COUNTED).order_by("number"):
        tries[keys[solution.version_id]].append(solution)
    return tries


def due_for_preparing() -> AssignmentQuerySet:
    """Assignments that open soon, and those that a teacher wants prepared and that are not over."""
    now = timezone.now()
    soon = Q(opens_at__gt=now, opens_at__lt=now + timedelta(hours=settings.PREPARE_HOURS))
    requested = Q(preparation__isnull=False) & (Q(due_at__gt=now) | Q(closes_at__gt=now))
    current = Assignment.objects.filter(soon | requested, section__archived_at=None)
    return current.select_related("problem_set").order_by("opens_at", "pk")


def prepare_solutions() -> None:
    """Begin the next few, unless somebody waits: a class that arrives finds an idle engine."""
    unfinished = Solution.objects.exclude(state=State.ENDED)
    if unfinished.filter(state=State.QUEUED).exists():
        return
    room = AT_ONCE - unfinished.count()
    for assignment in due_for_preparing():
        if room <= 0:
            return
        for version, number in _lacking(assignment):
            begin_solution(version, number)
            room -= 1
            if room <= 0:
                return


def _lacking(assignment: Assignment) -> Iterator[tuple[ProblemVersion, int]]:
    """What to begin: the first try at each version, then the second at each."""
    if not uses_solutions(assignment):
        return
    rows = prepared_items(assignment)
    for index in range(tries_wanted()):
        for row in rows:
            for seed, vote in row.votes.items():
                begun = vote.needed - vote.missing
                if not vote.missing or index < begun:
                    continue
                version = row.version(seed)
                if version.template_id is None or version.seed == seed:  # else it has no values
                    yield version, vote.next_number + index - begun


def ask_to_prepare(assignment: Assignment) -> None:
    Preparation.objects.get_or_create(assignment=assignment)
    logger.info("preparation asked for assignment=%s", assignment.pk)
    queue_on_commit(PREPARE_SOLUTIONS)
