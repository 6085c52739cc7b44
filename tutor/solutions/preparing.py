"""Solutions that are worked out before a class needs them, in hours when nobody else waits.

Of each problem one is prepared, or one of each variant that the students will be handed, and as
many tries as students could ask for until one is right. They cost the section none of its tokens.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from tutor.assignments.models import Assignment, AssignmentQuerySet, Item
from tutor.attempts.handouts import VARIANTS, drawn
from tutor.celery import app
from tutor.courses.models import Enrollment
from tutor.problems.models import ProblemVersion
from tutor.solutions.models import Preparation, Solution, State
from tutor.solutions.tasks import recipe_code, request_solution

logger = logging.getLogger(__name__)

AT_ONCE = 4  # solutions, those that somebody waits for included


@dataclass
class Prepared:
    """How far one item is. wanted: variants; each of them is right, running, failed or to come."""

    item: Item
    wanted: int
    tries: dict[int, list[Solution]] = field(default_factory=dict)  # by version, oldest first

    @property
    def right(self) -> int:
        return sum(any(one.is_right for one in tries) for tries in self.tries.values())

    @property
    def running(self) -> int:
        return sum(tries[-1].state != State.ENDED for tries in self.tries.values())

    @property
    def failed(self) -> int:
        """Versions at which the model was never right, and will not be asked again."""
        return sum(_is_in_vain(tries) for tries in self.tries.values())

    @property
    def to_come(self) -> int:
        return self.wanted - self.right - self.running - self.failed


def _is_in_vain(tries: list[Solution]) -> bool:
    if any(one.is_right or one.state != State.ENDED for one in tries):
        return False
    return len(tries) >= settings.SOLUTION_TRIES


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
    rows = [
        Prepared(item, len(seeds) if item.problem.current.is_template else min(1, students))
        for item in items.select_related("problem__current")
        if item.problem.current
    ]
    versions = [row.item.problem.current_id for row in rows]
    handed = Q(pk__in=versions, template=None) | Q(template__in=versions, seed__in=seeds)
    owners = {
        pk: template or pk
        for pk, template in ProblemVersion.objects.filter(handed).values_list("pk", "template")
    }
    tries: dict[int, dict[int, list[Solution]]] = defaultdict(lambda: defaultdict(list))
    solutions = Solution.objects.filter(version__in=owners, recipe=recipe_code())
    for solution in solutions.only("version", "state", "verdict", "number").order_by("number"):
        tries[owners[solution.version_id]][solution.version_id].append(solution)
    for row in rows:
        row.tries = dict(tries[row.item.problem.current_id or 0]) if row.wanted else {}
    return rows


def due_for_preparing() -> AssignmentQuerySet:
    """Those that open soon, and those for which a teacher has asked, while they are not over."""
    now = timezone.now()
    soon = Q(opens_at__gt=now, opens_at__lt=now + timedelta(hours=settings.PREPARE_HOURS))
    asked = Q(preparation__isnull=False) & (Q(due_at__gt=now) | Q(closes_at__gt=now))
    current = Assignment.objects.filter(soon | asked, section__archived_at=None)
    return current.select_related("problem_set").order_by("opens_at", "pk")


@app.task
def prepare_solutions() -> None:
    """Ask for the next few, unless somebody waits: so a class that comes finds an idle engine."""
    unfinished = Solution.objects.exclude(state=State.ENDED)
    if unfinished.filter(state=State.QUEUED).exists():
        return
    room = AT_ONCE - unfinished.count()
    for assignment in due_for_preparing():
        if room <= 0:
            return
        for version in _lacking(assignment):
            request_solution(version, None)
            room -= 1
            if room <= 0:
                return


def _lacking(assignment: Assignment) -> Iterator[ProblemVersion]:
    """Versions of which another solution is to be tried."""
    if not uses_solutions(assignment):
        return
    for row in prepared_items(assignment):
        template = row.item.problem.current
        if not row.to_come or template is None:
            continue
        for seed in range(1, row.wanted + 1):
            version = drawn(template, seed) if template.is_template else template
            tries = row.tries.get(version.pk, [])
            is_open = not tries or not (tries[-1].is_right or tries[-1].state != State.ENDED)
            if is_open and not _is_in_vain(tries):
                yield version


def ask_to_prepare(assignment: Assignment) -> None:
    Preparation.objects.get_or_create(assignment=assignment)
    logger.info("preparation asked for assignment=%s", assignment.pk)

    def publish() -> None:
        try:
            prepare_solutions.delay()
        except OperationalError as error:
            logger.warning("preparation not begun, beat will: %s", error)

    transaction.on_commit(publish)
