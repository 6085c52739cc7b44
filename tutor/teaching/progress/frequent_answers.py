"""Wrong answers that several students of a section gave, whether or not Lemma knows the mistake."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet

from tutor.assignments.models import Assignment, Item
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment, Section
from tutor.grading import Verdict
from tutor.teaching.answer_groups import grouped_answers

MIN_STUDENTS = 2
MAX_SHOWN = 5


@dataclass(frozen=True)
class FrequentAnswer:
    """text: as one of the students typed it; reading: in LaTeX, where it was understood.

    letter: of the part that it answers, if any. newest: of each student, by name, on the page of
    one assignment.
    """

    assignment: Assignment
    item: Item
    text: str
    students: int
    letter: str = ""
    newest: Sequence[Attempt] = ()
    reading: str = ""

    @property
    def formula(self) -> str:
        return rf"\({self.reading}\)" if self.reading else ""


def frequent_answers(assignment: Assignment, items: Iterable[Item]) -> list[FrequentAnswer]:
    """Of one assignment, most students first, grouped as on the page of all wrong answers."""
    by_pk = {item.pk: item for item in items}
    groups, _is_whole = grouped_answers(assignment, by_pk, MIN_STUDENTS)
    groups.sort(key=lambda group: -group.students)
    return [
        FrequentAnswer(
            assignment,
            by_pk[group.item_pk],
            group.answer,
            group.students,
            group.letter,
            group.newest,
            group.reading,
        )
        for group in groups[:MAX_SHOWN]
    ]


def recent_in(
    sections: list[Section], assignments: dict[int, list[Assignment]], since: datetime
) -> dict[int, list[FrequentAnswer]]:
    """By section, most students first. Two queries. assignments: by section."""
    every = [assignment for rows in assignments.values() for assignment in rows]
    by_set = {(row.section_id, row.problem_set_id): row for row in every}
    rows = list(_rows(Attempt.objects.filter(submitted_at__gte=since), sections))
    items = Item.objects.select_related("problem__current").in_bulk({row["item"] for row in rows})
    recent: dict[int, list[FrequentAnswer]] = defaultdict(list)
    for row in rows:
        section, item = row["enrollment__section"], items[row["item"]]
        assignment = by_set.get((section, item.problem_set_id))
        if assignment and len(recent[section]) < MAX_SHOWN:
            answer = FrequentAnswer(
                assignment, item, row["text"], row["students"], reading=row["reading"]
            )
            recent[section].append(answer)
    return recent


def _rows(attempts: QuerySet[Attempt], sections: list[Section]) -> QuerySet[Any, Any]:
    """Answers to one variant that are read alike count together; not those to parts."""
    of_students = {
        "enrollment__section__in": sections,
        "enrollment__role": Enrollment.Role.STUDENT,
    }
    wrong = attempts.filter(**of_students, grade__verdict=Verdict.INCORRECT)
    alike = wrong.exclude(reading="").order_by()
    counted = alike.values("enrollment__section", "item", "version", "reading").annotate(
        students=Count("enrollment", distinct=True), text=Min("response"), first=Min("pk")
    )
    return counted.filter(students__gte=MIN_STUDENTS).order_by("-students", "first")
