"""manage.py load_demo: a small school to try Lemma with.

What is there already stays as it is, so that trying things out survives the next start.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

import tutor.problems
from accounts.models import User
from tutor.assignments.models import Assignment, Item, ProblemSet
from tutor.courses.models import Course, Enrollment, Section, StudentGroup
from tutor.problems.bank.topic_files import read_topic, topic_files
from tutor.problems.interchange.jsonl import read_records, store_records
from tutor.problems.models import Problem

STARTER_BANK = Path(tutor.problems.__file__).parent / "starter"
COURSE = "Mathematics, a demonstration"

# name, password, what is said of them, columns of the row
PEOPLE: list[tuple[str, str, str, dict[str, Any]]] = [
    ("admin", "lemma-admin", "administrator", {"is_superuser": True, "is_staff": True}),
    ("carol", "lemma-carol", "teacher", {"first_name": "Carol"}),
    ("alice", "lemma-alice", "student", {"first_name": "Alice"}),
    ("bob", "lemma-bob", "student, pages in Chinese", {"language": "zh-hans"}),
]
WARMING_UP = [
    "half-of-sixteen",
    "times-before-plus",
    "twenty-percent-of-fifty",
    "half-plus-quarter",
    "one-step-equation-addition",
    "linear-equation-own-numbers",
    "unknown-on-both-sides",
    "quadratic-equation-integers",
    "cubic-extrema-closed-interval",
]
LAST_WEEK = [
    "expand-two-brackets",
    "cube-of-a-binomial",
    "linear-inequality-sign",
    "two-dice-sum-seven",
]
FUNCTIONS = [
    "evaluate-a-quadratic-function",
    "a-train-own-numbers",
    "vertex-of-a-parabola",
    "domain-root-and-fraction",
    "derivative-of-a-polynomial",
    "tangent-to-a-cubic",
    "definite-integral-of-a-polynomial",
    "decreasing-on-which-interval",
]


class Command(BaseCommand):
    help = "Load demonstration accounts, problems and assignments; for this machine only."

    def handle(self, **options: Any) -> None:
        if not settings.IS_LOCAL:
            raise CommandError(
                "load_demo makes accounts with published passwords, so it runs only where "
                f"TUTOR_ORIGINS names this machine alone; it names {' '.join(settings.ORIGINS)}"
            )
        with transaction.atomic():
            load_problems()
            load_people()
            if not Course.objects.filter(title=COURSE).exists():
                load_course()
        self.stdout.write("Sign in as")
        for name, password, role, _ in PEOPLE:
            self.stdout.write(f"  {name:<6} {shown_password(name, password):<12} {role}")


def load_problems() -> None:
    known = set(Problem.objects.values_list("slug", flat=True))
    for file in sorted(STARTER_BANK.glob("*.jsonl")):
        with file.open("rb") as lines:
            records, rejections = read_records(lines)
        if rejections:
            first = rejections[0]
            raise CommandError(f"{file.name}, line {first.line}: {first.reason}")
        new = (record for record in records if record.slug not in known)
        store_records(new, is_public=True)
    for topic in topic_files():
        store_records(read_topic(topic, without=known), is_public=True)


def load_people() -> None:
    known = set(User.objects.values_list("username", flat=True))
    for name, password, _, columns in PEOPLE:
        if name not in known:
            User.objects.create_user(name, f"{name}@example.org", password, **columns)


def load_course() -> None:
    section = Section.objects.create(course=Course.objects.create(title=COURSE), name="Class 10b")
    role = Enrollment.Role
    for name, its_role in (("carol", role.TEACHER), ("alice", role.STUDENT), ("bob", role.STUDENT)):
        Enrollment.objects.create(
            section=section, user=User.objects.get(username=name), role=its_role
        )
    section.renew_join_code()
    Enrollment.objects.filter(user__username="bob").update(extra_days=2, extra_attempts=1)
    group = StudentGroup.objects.create(section=section, name="Extra practice")
    group.members.set(Enrollment.objects.filter(section=section, user__username="alice"))
    load_last_year(section.course)
    policy = Assignment.HelpPolicy
    assign(section, "Warming up", WARMING_UP, days=3, help_policy=policy.ALWAYS)
    assign(section, "Functions and slopes", FUNCTIONS, days=7, help_policy=policy.AFTER_DUE)
    assign(section, "Brackets and chances", LAST_WEEK, days=-5, help_policy=policy.NEVER)
    call_command("load_demo_answers", section.pk)


def load_last_year(course: Course) -> None:
    """A section in the archive, whose assignment can be copied with shifted dates."""
    section = Section.objects.create(course=course, name="Class 10b, last year")
    section.archive()
    carol = User.objects.get(username="carol")
    Enrollment.objects.create(section=section, user=carol, role=Enrollment.Role.TEACHER)
    never = Assignment.HelpPolicy.NEVER
    assign(section, "Numbers to begin with", WARMING_UP[:4], days=-364, help_policy=never)


def assign(section: Section, title: str, slugs: list[str], *, days: int, help_policy: str) -> None:
    policy = Assignment.HelpPolicy
    owner = User.objects.get(username="carol")
    problem_set = ProblemSet.objects.create(title=title, owner=owner)
    problems = {problem.slug: problem for problem in Problem.objects.filter(slug__in=slugs)}
    Item.objects.bulk_create(
        Item(problem_set=problem_set, problem=problems[slug], position=position)
        for position, slug in enumerate(slugs, start=1)
    )
    today = timezone.now().astimezone(section.zone).replace(second=0, microsecond=0)
    Assignment.objects.create(
        problem_set=problem_set,
        section=section,
        opens_at=today.replace(hour=0, minute=0) + timedelta(days=min(0, days - 7)),
        due_at=today.replace(hour=23, minute=59) + timedelta(days=days),
        help_policy=help_policy,
        step_policy=policy.ALWAYS if help_policy == policy.ALWAYS else policy.AFTER_ATTEMPTS,
    )


def shown_password(name: str, password: str) -> str:
    user = User.objects.filter(username=name).first()
    if user is None:
        return "(was removed)"
    return password if user.check_password(password) else "(was changed)"
