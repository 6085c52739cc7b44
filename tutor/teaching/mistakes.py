"""The mistakes of a class in an assignment, by what probably went wrong."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db.models import Q
from django.utils.functional import cached_property

from tutor.assignments.models import Assignment, Item
from tutor.attempts.mistake_names import NAMES
from tutor.attempts.mistake_sentences.sentences import mistake_sentence
from tutor.attempts.models import Attempt, AttemptQuerySet
from tutor.attempts.models.answered_part import stored_explanation
from tutor.attempts.working.check_sentences import slip_sentence
from tutor.attempts.working.checking import stored_checks
from tutor.courses.models import Enrollment, Section
from tutor.grading import Verdict
from tutor.grading.mistakes import Explanation, kind_of_slip
from tutor.grading.steps.claim_results import Slip
from tutor.problems.models import ProblemVersion
from tutor.teaching.students import name_of

MAX_EXAMPLES = 3  # of one group, in the table of all
MAX_ATTEMPTS = 5_000  # the newest ones of an assignment
MAX_RECENT = 500  # the newest ones of a section


@dataclass(frozen=True)
class MadeMistake:
    """One mistake that was made.

    kind: the name of the mistake; a slip in a line of working has the same one as the mistake that
    it is. sentence: what the student was told. text: the answer, or the first line that does not
    follow. is_line: whether it is a line.
    """

    kind: str
    sentence: str
    text: str
    attempt: Attempt
    is_line: bool = False

    @property
    def item(self) -> Item:
        return self.attempt.item

    @property
    def name(self) -> str:
        return name_of(self.attempt.enrollment)


@dataclass
class MistakeGroup:
    """Everybody who made one mistake, in whatever problem and with whatever numbers.

    mistakes: the newest first.
    """

    kind: str
    mistakes: list[MadeMistake] = field(default_factory=list)

    @property
    def title(self) -> str:
        """For teachers, who did not make it."""
        return str(NAMES.get(self.kind) or self.sentence)

    @property
    def sentence(self) -> str:
        """What its students read; about an answer where there is one, which needs no line."""
        return min(self.mistakes, key=lambda mistake: mistake.is_line).sentence

    @cached_property
    def newest(self) -> dict[Enrollment, MadeMistake]:
        """Of each student, sorted as a register is."""
        newest: dict[Enrollment, MadeMistake] = {}
        for mistake in self.mistakes:
            newest.setdefault(mistake.attempt.enrollment, mistake)
        return dict(sorted(newest.items(), key=lambda entry: entry[1].name.casefold()))

    @property
    def is_in_answers(self) -> bool:
        return not all(mistake.is_line for mistake in self.newest.values())

    @property
    def is_in_lines(self) -> bool:
        return any(mistake.is_line for mistake in self.newest.values())

    @property
    def items(self) -> dict[Enrollment, Item]:
        """For each student the problem in which they made it last."""
        return {enrollment: mistake.item for enrollment, mistake in self.newest.items()}

    @property
    def by_version(self) -> dict[ProblemVersion, list[MadeMistake]]:
        """By what was asked: the newest mistake of each student."""
        by_version: dict[ProblemVersion, list[MadeMistake]] = defaultdict(list)
        for mistake in self.newest.values():
            by_version[mistake.attempt.version].append(mistake)
        return by_version

    @property
    def attempts(self) -> list[Attempt]:
        """The newest of each student, by name."""
        return [mistake.attempt for mistake in self.newest.values()]

    @property
    def examples(self) -> list[MadeMistake]:
        """With different texts."""
        by_text = {mistake.text: mistake for mistake in reversed(self.mistakes)}
        return list(islice(reversed(by_text.values()), MAX_EXAMPLES))


def mistakes_in(assignment: Assignment) -> list[MistakeGroup]:
    """From answers and lines of working, practice too; those of most students come first.

    One query.
    """
    attempts = _attempts_in(assignment.section_id)
    return _grouped(attempts.filter(item__problem_set=assignment.problem_set_id)[:MAX_ATTEMPTS])


def recent_mistakes_in(section: Section, since: datetime) -> dict[int, list[MistakeGroup]]:
    """By problem set, as `mistakes_in`, from attempts since then. One query."""
    by_set: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in _attempts_in(section.pk).filter(submitted_at__gte=since)[:MAX_RECENT]:
        by_set[attempt.item.problem_set_id].append(attempt)
    return {problem_set: _grouped(attempts) for problem_set, attempts in by_set.items()}


def group_in(assignment: Assignment, kind: str) -> MistakeGroup:
    """Those who made this mistake; an empty group where nobody did."""
    groups = {group.kind: group for group in mistakes_in(assignment)}
    return groups.get(kind, MistakeGroup(kind))


def _attempts_in(section: int) -> AttemptQuerySet:
    """Those of its students that may show a mistake, the newest first."""
    return (
        Attempt.with_practice.filter(
            ~Q(checks=[]) | ~Q(mistake={}) | ~Q(parts=[]),
            enrollment__section=section,
            enrollment__role=Enrollment.Role.STUDENT,
        )
        .select_related("enrollment__user", "item__problem__current", "version", "grade")
        .order_by("-pk")
    )


def _grouped(attempts: Iterable[Attempt]) -> list[MistakeGroup]:
    groups: dict[str, MistakeGroup] = {}
    for attempt in attempts:
        for mistake in _mistakes_of(attempt):
            groups.setdefault(mistake.kind, MistakeGroup(mistake.kind)).mistakes.append(mistake)
    return sorted(groups.values(), key=lambda group: -len(group.newest))


def _mistakes_of(attempt: Attempt) -> Iterator[MadeMistake]:
    if explanation := attempt.shown_mistake:
        yield _of_answer(attempt, explanation, attempt.response)
    grades = attempt.grade.parts if attempt.grade else []
    for row, grade in zip(attempt.parts, grades, strict=False):
        explanation = stored_explanation(row.get("mistake"))
        if explanation and grade["verdict"] != Verdict.CORRECT:
            yield _of_answer(attempt, explanation, row["response"])
    for line, check in zip(attempt.working, stored_checks(attempt) or (), strict=False):
        if check.refuted and check.rests_on is None:
            slip = check.refuted.slip
            if slip not in (Slip.NONE, Slip.OTHER):
                yield MadeMistake(
                    kind_of_slip(slip), slip_sentence(slip), line, attempt, is_line=True
                )
            break


def _of_answer(attempt: Attempt, explanation: Explanation, text: str) -> MadeMistake:
    return MadeMistake(str(explanation.name), mistake_sentence(explanation), text, attempt)
