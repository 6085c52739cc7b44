"""Fills a database with a school of any size, with few statements for each table."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import timedelta
from itertools import cycle, islice
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group as Permissions
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from tests.bench.gradebook import JUDGED, make_pupils, point_at_newest_grades
from tests.factories import make_problem
from tutor.assignments.models import (
    Assignment,
    CalendarFeed,
    HelpLevel,
    Item,
    Override,
    ProblemSet,
    Sitting,
)
from tutor.attempts.models import (
    Attempt,
    GivenHelp,
    GradeChange,
    Practice,
    StudentVariant,
    WithheldHelp,
)
from tutor.courses.models import Course, Enrollment, Section, SectionEvent, StudentGroup
from tutor.engine.completion import Outcome
from tutor.privacy.models import Erasure
from tutor.problems.models import (
    Problem,
    ProblemVersion,
    ReferenceSolution,
    Skill,
    StoredKey,
)
from tutor.solutions.models import (
    Activation,
    AnswerHint,
    ReadinessSample,
    Recipe,
    Solution,
    SolutionView,
    State,
)
from tutor.teaching.models import Exemption, Regrade

AT_ONCE = 2_000  # rows of one statement
RECIPE = "scripted-model mathematics 1"


def fill(*, people: int, classes: int, attempts: int) -> None:
    """Create people, classes with one assignment each, attempts, and other rows in proportion.

    Each table in the admin gets at least as many rows as there are classes.
    """
    pupils = make_pupils(people)
    problems = make_problems(classes)
    assignments = make_classes(classes, problems)
    places = enroll(pupils, assignments)
    answers = make_attempts(places, assignments, attempts)
    make_help(answers)
    make_solutions(answers, max(classes, attempts // 10))
    make_records(pupils, places, assignments, problems)


def stored(rows: Iterable[Model]) -> list[Any]:
    rows = list(rows)
    return type(rows[0])._base_manager.bulk_create(rows, batch_size=AT_ONCE)


def make_problems(count: int) -> list[Problem]:
    """Problems with a version each; their content is copied from a problem that was written."""
    first = Problem.objects.count()
    written = make_problem(f"as-written-{first}").current
    problems = stored(
        Problem(slug=f"bulk-{n}", source="bench") for n in range(first, first + count)
    )
    columns = ("title", "statement", "language", "level", "choices", "hints", "parts")
    content = {name: getattr(written, name) for name in columns}
    versions = stored(ProblemVersion(problem=problem, number=1, **content) for problem in problems)
    stored(StoredKey(version=version, kind="number", value="4", form="any") for version in versions)
    stored(ReferenceSolution(version=version, text="4") for version in versions)
    for problem, version in zip(problems, versions, strict=True):
        problem.current = version
    Problem.objects.bulk_update(problems, ["current"], batch_size=200)
    skills = stored(Skill(name=f"skill.{n}") for n in range(first, first + count))
    linked = Problem.skills.through
    linked.objects.bulk_create(
        (
            linked(problem=problem, skill=skill)
            for problem, skill in zip(problems, skills, strict=True)
        ),
        batch_size=AT_ONCE,
    )
    return problems


def make_classes(count: int, problems: list[Problem]) -> list[Assignment]:
    now = timezone.now()
    courses = stored(Course(title=f"Mathematics {n}") for n in range(count))
    sections = stored(Section(course=course, name="10a") for course in courses)
    stored(StudentGroup(section=section, name="late") for section in sections)
    sets = stored(ProblemSet(title=f"Week {n}") for n in range(count))
    stored(
        Item(problem_set=problem_set, problem=problem, position=1)
        for problem_set, problem in zip(sets, problems, strict=True)
    )
    return stored(
        Assignment(
            problem_set=problem_set, section=section, due_at=now, opens_at=now - timedelta(days=7)
        )
        for problem_set, section in zip(sets, sections, strict=True)
    )


def enroll(pupils: list[User], assignments: list[Assignment]) -> list[Enrollment]:
    return stored(
        Enrollment(section=assignment.section, user=pupil)
        for pupil, assignment in zip(pupils, cycle(assignments), strict=False)
    )


def make_attempts(
    places: list[Enrollment], assignments: list[Assignment], count: int
) -> list[Attempt]:
    """Equally many attempts of each student at the item of their class; the last ones fail."""
    dice = random.Random(1)
    now = timezone.now()
    items = {item.problem_set_id: item for item in Item.objects.select_related("problem__current")}
    at_work = {
        assignment.section_id: items[assignment.problem_set_id] for assignment in assignments
    }
    rows = stored(
        Attempt(
            enrollment=enrollment,
            item=at_work[enrollment.section_id],
            version=at_work[enrollment.section_id].problem.current,
            number=1 + n // len(places),
            action=uuid4(),
            response="5",
            language="en",
            submitted_at=now - timedelta(minutes=count - n),
        )
        for n, enrollment in enumerate(islice(cycle(places), count))
    )
    stored(
        GradeChange(attempt=row, number=1, source="grader", verdict=verdict, score=score)
        for row, (verdict, score) in ((row, dice.choice(JUDGED)) for row in rows)
    )
    point_at_newest_grades()
    return rows


def make_help(attempts: list[Attempt]) -> None:
    places = {
        (attempt.enrollment_id, attempt.item_id, attempt.version_id): attempt
        for attempt in attempts
    }.values()
    for model, extra in ((StudentVariant, {"seed": 1}), (Practice, {"number": 1})):
        version = ("version",) if model is Practice else ()
        stored(model(**at(attempt, "enrollment", "item", *version), **extra) for attempt in places)
    where = ("enrollment", "item", "version")
    stored(
        GivenHelp(**at(attempt, *where), level=HelpLevel.HINT, number=attempt.number)
        for attempt in attempts
    )
    stored(
        WithheldHelp(
            **at(attempt, *where),
            level=HelpLevel.ANSWER_HINT,
            number=attempt.number,
            text="It is 4.",
        )
        for attempt in attempts
    )
    stored(
        AnswerHint(
            attempt=attempt,
            state=State.ENDED,
            source=AnswerHint.Source.NONE,
            ended_at=attempt.submitted_at,
        )
        for attempt in attempts
    )


def at(attempt: Attempt, *names: str) -> dict[str, Any]:
    return {f"{name}_id": getattr(attempt, f"{name}_id") for name in names}


def make_solutions(attempts: list[Attempt], count: int) -> None:
    """Ended solutions; every tenth has failed."""
    ends = cycle([Outcome.ENGINE_FAILED, *[Outcome.FINISHED] * 9])
    tries = islice(zip(cycle(numbered(attempts)), ends, strict=False), count)
    now = timezone.now()
    rows = stored(
        Solution(
            version_id=version,
            recipe=RECIPE,
            number=number,
            state=State.ENDED,
            outcome=outcome,
            ended_at=now,
        )
        for number, ((version, _), outcome) in enumerate(tries, start=1)
    )
    people = cycle(User.objects.order_by("pk")[:1_000])
    stored(
        SolutionView(solution=solution, user=who)
        for solution, who in zip(rows, people, strict=False)
    )
    stored(
        ReadinessSample(
            version_id=row.version_id, recipe=RECIPE, number=row.number, state=State.ENDED
        )
        for row in rows
    )


def numbered(attempts: list[Attempt]) -> list[tuple[int, int]]:
    return sorted({(attempt.version_id, attempt.item_id) for attempt in attempts})


def make_records(
    pupils: list[User],
    places: list[Enrollment],
    assignments: list[Assignment],
    problems: list[Problem],
) -> None:
    """Rows about people other than their attempts and solutions."""
    section_of = {assignment.section_id: assignment for assignment in assignments}
    mine = [(enrollment, section_of[enrollment.section_id]) for enrollment in places]
    stored(
        Override(enrollment=enrollment, assignment=assignment, reason="ill")
        for enrollment, assignment in mine
    )
    stored(Sitting(enrollment=enrollment, assignment=assignment) for enrollment, assignment in mine)
    stored(
        Exemption(enrollment=enrollment, assignment=assignment, reason="ill")
        for enrollment, assignment in mine
    )
    stored(CalendarFeed(user=pupil) for pupil in pupils)
    stored(EmailAddress(user=pupil, email=f"{pupil.username}@example.org") for pupil in pupils)
    several = list(islice(cycle(pupils), len(assignments)))
    first = Permissions.objects.count()
    stored(Permissions(name=f"group {n}") for n, _ in enumerate(several, first))
    stored(
        SectionEvent(section=assignment.section, act="joined", author=who, about=who)
        for assignment, who in zip(assignments, several, strict=True)
    )
    stored(
        Regrade(
            problem=problem, version=problem.current, author=who, reason="a typing slip", total=3
        )
        for problem, who in zip(problems, several, strict=True)
    )
    stored(Erasure(by=who, gone={}, detached={}) for who in several)
    recipes = stored(
        Recipe(name=f"bulk-{n}", model="scripted-model", template="mathematics", author=who)
        for n, who in enumerate(several, first)
    )
    stored(Activation(recipe=recipe, author=recipe.author) for recipe in recipes)
    kind = ContentType.objects.get_for_model(User)
    stored(
        LogEntry(
            user=who,
            content_type=kind,
            object_id=str(who.pk),
            object_repr=str(who),
            action_flag=CHANGE,
            change_message='[{"changed": {"fields": ["Username"]}}]',
        )
        for who in several
    )
