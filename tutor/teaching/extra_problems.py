"""One more problem for the students who made a mistake: what fits, and how it is given to them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.register_order import RegisterOrder
from tutor.assignments.models import Assignment, ProblemSet
from tutor.courses.models import Enrollment, Section
from tutor.problems.models import Problem
from tutor.teaching.mistakes import MistakeGroup

MAX_SUGGESTED = 3
MAX_TITLE = 200  # characters of a set's title
DAYS = 7  # until an extra is due
LAST_HOUR = 20  # of that day, by the class's clock


def suggested_problems(group: MistakeGroup, user: User) -> list[Problem]:
    """Problems of the same skills, none harder, that none of these students has been given.

    Those that share most skills come first, then those whose level is nearest. Three queries.
    """
    made_in = {item.problem_id for item in group.items.values()}
    problems = Problem.objects.filter(pk__in=made_in)
    hardest = problems.aggregate(level=Max("current__level"))["level"]
    skills = Problem.skills.through._default_manager.filter(problem__in=made_in).values("skill")
    fitting = (
        Problem.objects.visible_to(user)
        .filter(
            current__level__lte=hardest,
            current__language__in=problems.values("current__language"),
        )
        .exclude(items__problem_set__in=_sets_given_to(group.items))
        .annotate(shared=Count("skills", filter=Q(skills__in=skills), distinct=True))
        .filter(shared__gt=0)
    )
    ordered = fitting.order_by("-shared", "-current__level", RegisterOrder("current__title"), "pk")
    return list(ordered.select_related("current").prefetch_related("skills")[:MAX_SUGGESTED])


def _sets_given_to(students: Iterable[Enrollment]) -> list[int]:
    people = [student.user_id for student in students]
    given = Assignment.objects.for_students(Enrollment.objects.filter(user__in=people))
    return list(given.order_by().values_list("problem_set", flat=True).distinct())


@transaction.atomic
def give_extra(
    code: UUID, problem: Problem, section: Section, students: Iterable[Enrollment], author: User
) -> Assignment:
    """Assign the problem to these students alone, once, however often a form with this code comes.

    It is due in a week, with as many attempts and as much help as they like, and counts nothing.
    """
    if given := Assignment.objects.filter(code=code, section=section).first():
        return given
    now = timezone.now()
    extra = Assignment.objects.create(
        code=code,
        problem_set=_set_of_one(problem, author),
        section=section,
        opens_at=now,
        due_at=_due_after(now, section),
        attempts_allowed=None,
        reply_policy=Assignment.HelpPolicy.ALWAYS,
        step_policy=Assignment.HelpPolicy.ALWAYS,
        weight=0,
        for_all=False,
    )
    extra.students.set(students)
    return extra


def _set_of_one(problem: Problem, owner: User) -> ProblemSet:
    title = _("Extra: %(title)s") % {"title": problem.current.title if problem.current else ""}
    problem_set = ProblemSet.objects.create(title=title[:MAX_TITLE], owner=owner)
    problem_set.append([problem])
    return problem_set


def _due_after(now: datetime, section: Section) -> datetime:
    due_on = (now + timedelta(days=DAYS)).astimezone(section.zone)
    return due_on.replace(hour=LAST_HOUR, minute=0, second=0, microsecond=0)
