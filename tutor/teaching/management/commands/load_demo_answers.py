"""manage.py load_demo_answers: add students who have answered, so that teachers' pages have data.

`load_demo` calls it. The grader judges the answers like any others.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tutor.assignments.models import Assignment, HelpLevel, Item
from tutor.attempts.help import give, highest_help
from tutor.attempts.judging.judge import judge
from tutor.attempts.judging.repeating import note_repetition
from tutor.attempts.models import Attempt, Practice
from tutor.attempts.responses import entry_of
from tutor.attempts.tasks import THOROUGH_WORK_S
from tutor.attempts.variants import VARIANTS, variant_for
from tutor.courses.models import Enrollment, Section
from tutor.problems.models import ProblemVersion

# Nobody signs in as one of these: they have no password.
CLASSMATES = [
    *(("chen", "Wei", "Chen"), ("dana", "Dana", "Okafor"), ("elif", "Elif", "Yılmaz")),
    *(("finn", "Finn", "Larsen"), ("grace", "Grace", "Mbeki"), ("hugo", "Hugo", "Martin")),
    *(("ines", "Inês", "Costa"), ("jonas", "Jonas", "Weber"), ("kavya", "Kavya", "Rao")),
    *(("liam", "Liam", "O’Brien"), ("mei", "Mei", "Lin"), ("noor", "Noor", "Haddad")),
]
# Wrong answers to each problem, the usual mistake first, written in several ways.
WRONG = {
    "half-of-sixteen": ["6", "4"],
    "times-before-plus": ["35", "7*5", "35", "27"],
    "twenty-percent-of-fifty": ["20", "40", "20%"],
    "half-plus-quarter": ["2/6", "1/3", "\\frac{2}{6}", "6/8"],
    "one-step-equation-addition": ["14", "-6"],
    "unknown-on-both-sides": ["15/7", "2.5", "x = 15/7", "1/3", "-5"],
    "quadratic-equation-integers": ["{3, -5}", "{5, -3", "-5, 3", "x=3 or x=-5", "{5}", "5"],
    "expand-two-brackets": ["2x^2-12", "2*x^2 - 12", "2x^2+11x-12", "-12+2x^2"],
    "cube-of-a-binomial": ["x^3-8", "x^3 - 2^3", "x^3-6x^2+12x+8"],
    "linear-inequality-sign": ["(-inf, -2)", "x < -2", "x > 2"],
    "two-dice-sum-seven": ["1/12", "6/36", "7/36"],
}
STUCK = {
    ("noor", "unknown-on-both-sides"): ["15/7", "x = 15/7", "15/7"],
    ("liam", "unknown-on-both-sides"): ["2.5", "30/14", "1/3", "15/7"],
}
PRACTISED = "linear-equation-own-numbers"
REVIEWS = ["I only slipped in the last line.", "Is it not the same as in our book?"]


class Command(BaseCommand):
    help = "Add classmates who have answered to a section of `load_demo`."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("section", type=int, help="primary key of the section")

    def handle(self, *, section: int, **options: Any) -> None:
        row = Section.objects.filter(pk=section).first()
        if row is None:
            raise CommandError(f"there is no section {section}")
        if Attempt.objects.filter(enrollment__section=row).exists():
            raise CommandError(f"section {section} has answers already; load_demo added them")
        with transaction.atomic():
            load_answers(row)


def load_answers(section: Section) -> None:
    dice = random.Random(10)  # noqa: S311  # the same class each time
    enrollments = [enroll(section, *names) for names in CLASSMATES]
    alice = Enrollment.objects.filter(section=section, user__username="alice")
    for assignment in Assignment.objects.filter(section=section).select_related("problem_set"):
        is_over = assignment.due_at < timezone.now()
        began_at = assignment.due_at - timedelta(days=2) if is_over else timezone.now()
        for enrollment in [*enrollments, *(alice if is_over else ())]:
            skill = dice.uniform(0.3, 0.9)
            for item in items_of(assignment):
                if (enrollment.user.username, item.problem.slug) in STUCK:
                    continue
                if is_over or dice.random() < skill:
                    answer(enrollment, item, skill, dice, began_at - timedelta(hours=3))
    get_stuck(section)
    ask_for_reviews(section)
    practise(section, enrollments)


def get_stuck(section: Section) -> None:
    """Students who got stuck, an hour ago."""
    at = timezone.now() - timedelta(hours=1)
    for (username, slug), wrong in STUCK.items():
        enrollment = Enrollment.objects.get(section=section, user__username=username)
        items = Item.objects.filter(problem_set__assignments__section=section)
        item = items.select_related("problem__current__stored_key").get(problem__slug=slug)
        for number, response in enumerate(wrong, start=1):
            submit(enrollment, item, response, number, at + timedelta(minutes=number))


def practise(section: Section, enrollments: list[Enrollment]) -> None:
    """Most students have solved the problem with variants, and practised further ones."""
    dice = random.Random(11)  # noqa: S311
    items = Item.objects.filter(problem_set__assignments__section=section)
    item = items.select_related("problem__current").get(problem__slug=PRACTISED)
    for enrollment in enrollments[:9]:
        skill, at = dice.uniform(0.2, 1.0), timezone.now() - timedelta(hours=2)
        submit(enrollment, item, right_answer(variant_for(item, enrollment)), 1, at)
        for number in range(1, dice.randint(3, 6)):
            practise_once(enrollment, item, number, skill, dice, at + timedelta(minutes=5 * number))


def practise_once(
    enrollment: Enrollment, item: Item, number: int, skill: float, dice: random.Random, at: datetime
) -> None:
    """Without help first; after a wrong answer, with a hint."""
    assert item.version is not None  # noqa: S101
    version = item.version.variant(VARIANTS + number)
    practice = Practice.objects.create(
        enrollment=enrollment, item=item, version=version, number=number, begun_at=at
    )
    right = right_answer(version)
    if dice.random() < skill:
        submit(enrollment, item, right, 1, at, practice)
        return
    submit(enrollment, item, str(dice.randint(10, 40)), 1, at, practice)
    give(enrollment, item, version, HelpLevel.HINT, 1, version.hints[0])
    submit(enrollment, item, right, 2, at + timedelta(minutes=2), practice)


def ask_for_reviews(section: Section) -> None:
    """Two students ask for a review of their newest wrong answers."""
    wrong = Attempt.objects.filter(enrollment__section=section, grade__verdict="incorrect")
    for attempt, message in zip(wrong.order_by("-submitted_at", "pk")[:2], REVIEWS, strict=False):
        attempt.ask_for_review(message)


def enroll(section: Section, username: str, first_name: str, last_name: str) -> Enrollment:
    user, is_new = User.objects.get_or_create(
        username=username, defaults={"first_name": first_name, "last_name": last_name}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return Enrollment.objects.get_or_create(section=section, user=user)[0]


def items_of(assignment: Assignment) -> list[Item]:
    items = Item.objects.filter(problem_set=assignment.problem_set, problem__slug__in=WRONG)
    return list(items.select_related("problem__current__stored_key"))


def answer(
    enrollment: Enrollment, item: Item, skill: float, dice: random.Random, at: datetime
) -> None:
    for number, response in enumerate(responses(item, skill, dice), start=1):
        at += timedelta(seconds=dice.randrange(20, 400))
        submit(enrollment, item, response, number, at)


def responses(item: Item, skill: float, dice: random.Random) -> Iterator[str]:
    """Wrong answers until the right one, or until the student gives up."""
    wrong = WRONG[item.problem.slug]
    for _ in range(dice.randint(1, 4)):
        if dice.random() < skill:
            yield right_answer(item.version)
            return
        yield wrong[min(int(dice.expovariate(0.7)), len(wrong) - 1)]


def right_answer(version: ProblemVersion | None) -> str:
    assert version is not None  # noqa: S101  # problems of the starter bank have one
    key = version.stored_key
    return f"{key.value} {key.options.get('unit', '')}".strip()


def submit(
    enrollment: Enrollment,
    item: Item,
    response: str,
    number: int,
    at: datetime,
    practice: Practice | None = None,
) -> None:
    version = practice.version if practice else variant_for(item, enrollment)
    attempt = Attempt.with_practice.create(
        enrollment=enrollment,
        item=item,
        practice=practice,
        version=version,
        number=number,
        action=uuid4(),
        response=response,
        reading=entry_of(version).reading(response),
        language="en",
        submitted_at=at,
        helped_by=highest_help(enrollment, item, version),
    )
    attempt.record(judge(attempt, THOROUGH_WORK_S))
    note_repetition(attempt)
