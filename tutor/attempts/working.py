"""A student's own lines of working: which are accepted, and how a page shows their checks."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tutor.attempts.models import Attempt
from tutor.attempts.responses import entry_of
from tutor.courses.models import Section
from tutor.grading import understood_line
from tutor.grading.check_process.client import UNCHECKED, check_lines
from tutor.grading.comparison.decimal_commas import latex_with_commas
from tutor.grading.comparison.decimal_commas import with_decimal_points as in_points
from tutor.grading.mistakes.client import weigh_lines
from tutor.grading.numeric import operation_work
from tutor.grading.processes.work_budget import WorkBudget, note_work
from tutor.grading.steps.checks import (
    ClaimCheck,
    Mark,
    Slip,
    StepCheck,
    Witness,
)
from tutor.grading.steps.claim_results import RELATIONS_OF_SIDES, WitnessReason
from tutor.grading.working.bare_values import before_value
from tutor.problems.models import ProblemVersion
from tutor.text_gate import UnacceptableText, accept_text

MAX_LINES = 40
MAX_LINE_CHARACTERS = 500
MAX_TYPESET = 6_000  # characters of LaTeX for all lines; more take a browser too long
MAX_READING_WORK_S = 0.1  # for all lines of one page
MAX_DRAFT_CHARACTERS = (
    2 * MAX_LINES * MAX_LINE_CHARACTERS
)  # a draft may be longer than what may be submitted

_LINE_END = re.compile(r"\r\n|\r|\n")
_EQUALS = re.compile(r"[=≈]|\\approx")
_REASONS_OF_LINES: dict[WitnessReason | None, WitnessReason] = {
    WitnessReason.SIDES: WitnessReason.LINES,
    WitnessReason.SIDES_AT: WitnessReason.LINES_AT,
}

Shows = Callable[[Witness], bool]  # whether a reader may see these values


@dataclass(frozen=True)
class CheckVisibility:
    """What a reader may see of a check.

    shows: which witnesses. marks: whether any marks; if not, `when` tells the student from when on,
    empty for never. bare_values: whether also the marks of lines that only state a value, which
    would reveal a right answer.
    """

    shows: Shows
    marks: bool = True
    when: str = ""
    bare_values: bool = True


def accept_lines(text: str) -> list[str]:
    """As typed, with blank lines. Raises UnacceptableText for text that a database cannot store."""
    try:
        accepted = accept_text(text, limit=MAX_DRAFT_CHARACTERS)
    except UnacceptableText as error:
        raise UnacceptableText(
            _("Your working cannot be taken: %(reason)s.") % {"reason": error}
        ) from None
    return _LINE_END.split(accepted) if accepted else []


def accept_working(text: str) -> tuple[str, ...]:
    """The lines without blank ones. Raises UnacceptableText where they are too many or too long."""
    lines = accept_lines(text)
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE_CHARACTERS:
            message = _(
                "Line %(number)s of your working has %(length)s characters; a line may have "
                "%(most)s. Nothing is lost: shorten it, and try again."
            )
            values = {"number": number, "length": len(line), "most": MAX_LINE_CHARACTERS}
            raise UnacceptableText(message % values)
    working = tuple(line for line in lines if line.strip())
    if len(working) > MAX_LINES:
        message = _(
            "Your working has %(lines)s lines; %(most)s are taken. Nothing is lost: leave some "
            "out, and try again."
        )
        raise UnacceptableText(message % {"lines": len(working), "most": MAX_LINES})
    return working


def is_checkable(working: Sequence[str]) -> bool:
    """Whether there are lines, and no more than may be submitted."""
    return 0 < len(working) <= MAX_LINES and max(map(len, working)) <= MAX_LINE_CHARACTERS


def check_working(
    working: Sequence[str], version: ProblemVersion, max_work_s: float, *, decimal_comma: bool
) -> list[StepCheck]:
    """Check each line against those before it, in a process that does not know the answer.

    max_work_s: for all lines; where it does not suffice, no line is checked. decimal_comma: of the
    lines, see `has_decimal_comma`.
    """
    statement, *lines = with_decimal_points(working, version, decimal_comma=decimal_comma)
    return check_lines(lines, statement, max_work_s)


def check_in_part(
    working: Sequence[str],
    version: ProblemVersion,
    max_work_s: float,
    wait_s: float,
    *,
    decimal_comma: bool,
) -> list[StepCheck]:
    """As `check_working`, but the lines that were checked in time keep their checks.

    wait_s: on the clock, after which no line is checked.
    """
    statement, *lines = with_decimal_points(working, version, decimal_comma=decimal_comma)
    return check_lines(lines, statement, max_work_s, wait_s=wait_s, in_part=True)


def weigh_checks(
    working: Sequence[str],
    checks: Sequence[StepCheck],
    version: ProblemVersion,
    *,
    is_finished: bool,
    decimal_comma: bool,
) -> list[StepCheck]:
    """The checks, changed where the stored answer tells more, in a process that knows it.

    Only for readers who may know whether an answer is right. is_finished: whether the student
    answers with what the lines come to.
    """
    key = version.checked_key
    if not key.is_usable or key.parts:
        return list(checks)
    statement, *lines = with_decimal_points(working, version, decimal_comma=decimal_comma)
    return weigh_lines(lines, checks, statement, key.whole, is_finished=is_finished)


def has_decimal_comma(version: ProblemVersion, section: Section) -> bool:
    """Whether students of the class write 2,5 in lines on this problem."""
    return entry_of(version, section).types_comma


def with_decimal_points(
    working: Sequence[str], version: ProblemVersion, *, decimal_comma: bool
) -> list[str]:
    """The statement and the lines, with decimal points. decimal_comma: of the lines."""
    statement = [version.statement_without_figures]
    return [
        *with_points(statement, decimal_comma=entry_of(version).decimal_comma),
        *with_points(working, decimal_comma=decimal_comma),
    ]


def with_points(texts: Sequence[str], *, decimal_comma: bool) -> list[str]:
    return [in_points(text) if decimal_comma else text for text in texts]


def visible_mark_count(
    working: Sequence[str],
    version: ProblemVersion,
    visibility: CheckVisibility,
    *,
    decimal_comma: bool,
) -> int:
    """How many lines, from the first, have marks that the reader may see.

    Decided before anything is checked, so that the number reveals nothing about what is true.
    """
    if not visibility.marks:
        return 0
    if visibility.bare_values:
        return len(working)
    statement, *lines = with_decimal_points(working, version, decimal_comma=decimal_comma)
    return before_value(lines, statement)


def ran_out_of_time(working: Sequence[str], checks: Sequence[StepCheck]) -> bool:
    """Whether no line was checked in time, though some are mathematics."""
    read = LineReader(decimal_comma=False).read
    return all(check == UNCHECKED for check in checks) and any(map(read, working))


class LineReader:
    """Reads the lines of one page, each text once, until its budget of work is used up."""

    def __init__(self, *, decimal_comma: bool) -> None:
        self.decimal_comma = decimal_comma
        self.budget = WorkBudget(MAX_READING_WORK_S)
        self.readings: dict[str, str] = {}

    def read(self, line: str) -> str:
        """LaTeX; empty for words, and for lines beyond the budget."""
        if line not in self.readings and self.budget.left_s:
            note_work(operation_work.READING * len(line))
            latex = understood_line(line, decimal_comma=self.decimal_comma)
            self.readings[line] = latex_with_commas(latex) if self.decimal_comma else latex
        return self.readings.get(line, "")


@dataclass(frozen=True)
class LineFailure:
    """Why a line does not follow. witness: None where there is none, or it is withheld."""

    claim: ClaimCheck
    witness: Witness | None
    is_first_line: bool

    @property
    def slip(self) -> Slip:
        return self.claim.slip

    @property
    def is_withheld(self) -> bool:
        """Whether there are values for which the line fails, and this reader may not see them."""
        witness = self.claim.witness
        return self.witness is None and witness is not None and bool(witness.values)

    @property
    def is_within_line(self) -> bool:
        """Whether both sides are in this line, and not one of them in the line before."""
        sides = _EQUALS.split(self.claim.claim, maxsplit=1)
        return self._is_of_sides and len(sides) == 2 and all(map(str.strip, sides))

    @property
    def is_compared_with_line(self) -> bool:
        """Whether this line is one side, and the line above it is the other."""
        sides = _EQUALS.split(self.claim.claim)
        is_one_side = len(list(filter(str.strip, sides))) == 1
        return self._is_of_sides and is_one_side and not self.is_first_line

    @property
    def _is_of_sides(self) -> bool:
        return self.claim.relation in RELATIONS_OF_SIDES

    @property
    def reason(self) -> WitnessReason | None:
        """What the witness shows; None where it shows nothing, or is withheld."""
        reason = self.witness.reason(self.claim.relation) if self.witness else None
        return _REASONS_OF_LINES.get(reason, reason) if self.is_compared_with_line else reason


@dataclass(frozen=True)
class Line:
    """One line as a page shows it.

    reading: LaTeX; empty for words, and for a line that was not read. is_heavy: whether a line of
    mathematics is shown as text because there is too much to typeset. mark: None before a check.
    failure: only of the first line that does not follow. is_withheld: whether the reader may not
    see its mark.
    """

    text: str
    reading: str
    is_heavy: bool = False
    mark: Mark | None = None
    failure: LineFailure | None = None
    is_withheld: bool = False


def _lines(texts: Iterable[str], reader: LineReader) -> Iterator[Line]:
    room = MAX_TYPESET
    for text in texts:
        reading = reader.read(text)
        is_heavy = len(reading) > room or text not in reader.readings
        if not is_heavy:
            room -= len(reading)
        yield Line(text, "" if is_heavy else reading, is_heavy)


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
        self.lines = list(_lines(texts, reader))
        self.failing_number = 0  # from 1, of the first line that does not follow
        checks = checks or ()
        for index in range(visible_mark_count, len(checks)):
            self.lines[index] = replace(self.lines[index], is_withheld=True)
        for index, check in enumerate(checks[:visible_mark_count]):
            failure = None if self.failing_number else _failure(check, index, visibility.shows)
            if failure:
                self.failing_number = index + 1
            line = self.lines[index]
            self.lines[index] = replace(line, mark=_mark(check, line), failure=failure)

    @property
    def proved_count(self) -> int:
        return sum(line.mark == Mark.PROVED for line in self.lines)

    @property
    def unchecked_count(self) -> int:
        return sum(line.mark == Mark.UNCHECKED for line in self.lines)

    @property
    def has_withheld(self) -> bool:
        return any(line.is_withheld for line in self.lines)


def _mark(check: StepCheck, line: Line) -> Mark:
    is_read = line.reading or line.is_heavy
    return Mark.UNCHECKED if check.mark == Mark.GIVEN and not is_read else check.mark


def _failure(check: StepCheck, index: int, shows: Shows) -> LineFailure | None:
    claim = check.refuted
    if claim is None or check.rests_on is not None:
        return None
    is_visible = claim.witness is not None and shows(claim.witness)
    return LineFailure(claim, claim.witness if is_visible else None, is_first_line=index == 0)


def stored_checks(attempt: Attempt) -> list[StepCheck] | None:
    """None before the check, and where another version stored what cannot be read."""
    try:
        checks = [StepCheck.from_dict(fields) for fields in attempt.checks]
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return checks if len(checks) == len(attempt.working) else None


def working_of(attempt: Attempt, visibility: CheckVisibility, reader: LineReader) -> Working | None:
    """None for an attempt without working."""
    if not attempt.working:
        return None
    checks = stored_checks(attempt)
    count = visible_mark_count(
        attempt.working, attempt.version, visibility, decimal_comma=reader.decimal_comma
    )
    return Working(
        attempt.working, checks, reader=reader, visibility=visibility, visible_mark_count=count
    )
