"""How a page shows lines of working and their checks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from accounts.models import User
from tutor.attempts.models import Attempt
from tutor.attempts.working.check_visibility import (
    EVERYTHING,
    CheckVisibility,
    Shows,
    visibility_for_author,
    visible_mark_count,
)
from tutor.attempts.working.checking import stored_checks
from tutor.attempts.working.decimal_commas import has_decimal_comma_in
from tutor.attempts.working.line_failure import LineFailure
from tutor.grading.check_process.client import read_lines
from tutor.grading.check_process.line_reader import LineReader
from tutor.grading.check_process.worded_lines import WordedLine
from tutor.grading.processes.work_budget import WorkBudgetSpent
from tutor.grading.steps.checks import Mark, StepCheck, StepVerdict
from tutor.grading.steps.claim_results import RELATIONS_OF_STATEMENTS
from tutor.grading.steps.unfinished import lacks_solutions


@dataclass(frozen=True)
class Line:
    """One line as a page shows it.

    reading: LaTeX of a line that is one formula. formulas: LaTeX of those in any other line, as far
    as they look different from what was typed. is_read: whether anything was read. unread: the
    parts that were not. is_heavy: whether a line of mathematics is shown as text because there is
    too much to typeset. mark: None before a check. failure: only of the first line that does not
    follow. is_withheld: whether the reader may not see its mark. follows_from_wrong: whether it
    follows from the lines above it, of which one is wrong. lacks_solutions: whether it has some of
    several solutions, and the others may come below.
    """

    text: str
    reading: str
    formulas: str = ""
    is_read: bool = True
    unread: tuple[str, ...] = ()
    is_heavy: bool = False
    mark: Mark | None = None
    failure: LineFailure | None = None
    is_withheld: bool = False
    follows_from_wrong: bool = False
    lacks_solutions: bool = False

    @property
    def shown(self) -> str:
        """LaTeX of what was read."""
        return self.reading or self.formulas

    @property
    def missed(self) -> tuple[str, ...]:
        """Parts whose lack may be why the line is not checked, though the rest was read."""
        return self.unread if self.is_read and self.mark == Mark.UNCHECKED else ()


def _lines(texts: Iterable[str], reader: LineReader) -> Iterator[Line]:
    for text in texts:
        reading = reader.read(text)
        worded = reader.worded.get(text, WordedLine())
        length = len(reading or worded.formulas)
        if length > reader.room or text not in reader.readings:
            yield Line(text, "", is_heavy=True)
            continue
        reader.room -= length
        is_read = bool(reading) or worded.is_read
        yield Line(text, reading, worded.formulas, is_read, worded.unread)


class Working:
    """Lines of working for a page, with their marks.

    checks: None before the check, and where the check failed. is_withheld: whether the reader may
    not see the marks before `when`. visible_mark_count: how many lines have marks that may be seen.
    """

    def __init__(
        self,
        texts: Sequence[str],
        checks: Sequence[StepCheck] | None,
        *,
        reader: LineReader,
        visibility: CheckVisibility,
        visible_mark_count: int = 0,
    ) -> None:
        self.is_withheld, self.when = not visibility.marks, visibility.when
        if self.is_withheld:
            checks = None
        self.is_checked = checks is not None
        read_lines(texts, reader)
        self.lines = list(_lines(texts, reader))
        self.failing_number = 0  # from 1, of the first line that does not follow
        checks = checks or ()
        for index in range(visible_mark_count, len(checks)):
            self.lines[index] = replace(self.lines[index], is_withheld=True)
        for index, check in enumerate(checks[:visible_mark_count]):
            above = texts[index - 1] if index else ""
            failure = None if self.failing_number else _failure(check, above, visibility.shows)
            if failure:
                self.failing_number = index + 1
            line = self.lines[index]
            self.lines[index] = replace(
                line,
                mark=_mark(check, line),
                failure=failure,
                follows_from_wrong=_follows_from_wrong(check),
                lacks_solutions=lacks_solutions(check),
            )

    @property
    def lacks_solutions(self) -> bool:
        return any(line.lacks_solutions for line in self.lines)

    @property
    def proved_count(self) -> int:
        return sum(line.mark == Mark.PROVED for line in self.lines)

    @property
    def unchecked_count(self) -> int:
        return sum(line.mark == Mark.UNCHECKED for line in self.lines)

    @property
    def is_wholly_shown(self) -> bool:
        """Whether the reader sees the marks of all lines."""
        return self.is_checked and not self.has_withheld

    @property
    def has_withheld(self) -> bool:
        return self.first_withheld_number > 0

    @property
    def first_withheld_number(self) -> int:
        """From 1; 0 where the reader sees all marks. No line after it is shown with its mark."""
        return next((n for n, line in enumerate(self.lines, 1) if line.is_withheld), 0)


def _mark(check: StepCheck, line: Line) -> Mark | None:
    if lacks_solutions(check):
        return None
    is_read = line.shown or line.is_heavy
    return Mark.UNCHECKED if check.mark == Mark.GIVEN and not is_read else check.mark


def _follows_from_wrong(check: StepCheck) -> bool:
    """Not a calculation, which may be right whatever the wrong line says."""
    is_of_statements = all(
        claim.relation in RELATIONS_OF_STATEMENTS or claim.is_definition for claim in check.claims
    )
    return check.mark == Mark.RESTING and check.verdict == StepVerdict.PROVED and is_of_statements


def _failure(check: StepCheck, above: str, shows: Shows) -> LineFailure | None:
    claim = check.refuted
    if claim is None or check.rests_on is not None:
        return None
    is_visible = claim.witness is not None and shows(claim.witness)
    witness = claim.witness if is_visible else None
    return LineFailure(claim, witness, is_first_line=not above, above=above)


def working_of(attempt: Attempt, visibility: CheckVisibility, reader: LineReader) -> Working | None:
    """None for an attempt without working."""
    if not attempt.working:
        return None
    checks = stored_checks(attempt)
    try:
        with reader.budget:
            count = visible_mark_count(
                attempt.working, attempt.version, visibility, decimal_comma=reader.decimal_comma
            )
    except WorkBudgetSpent:
        count = 0
    return Working(
        attempt.working, checks, reader=reader, visibility=visibility, visible_mark_count=count
    )


def workings_seen_by(user: User, attempts: Sequence[Attempt]) -> list[Working | None]:
    """The working of each attempt on a page, with as much of its check as `user` may know."""
    readers = {comma: LineReader(decimal_comma=comma) for comma in (False, True)}
    return [_seen_by(user, attempt, readers[has_decimal_comma_in(attempt)]) for attempt in attempts]


def working_seen_by(user: User, attempt: Attempt) -> Working | None:
    return workings_seen_by(user, [attempt])[0]


def _seen_by(user: User, attempt: Attempt, reader: LineReader) -> Working | None:
    is_own = attempt.enrollment.user_id == user.pk
    return working_of(attempt, visibility_for_author(attempt) if is_own else EVERYTHING, reader)
