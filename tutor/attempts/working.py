"""A student's own lines of working: which are taken, and what a check says of them."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tutor.attempts.models import Attempt
from tutor.attempts.responses import entry_of
from tutor.grading import Unreadable, understood_line
from tutor.grading.processes.deadline import Deadline
from tutor.grading.steps.bare_values import before_value
from tutor.grading.steps.checks import ClaimCheck, ClaimRelation, StepCheck, StepVerdict, Witness
from tutor.grading.steps.client import UNCHECKED, check_lines
from tutor.problems.models import ProblemVersion
from tutor.text_gate import UnacceptableText, accept_text

MOST_LINES = 40
LONGEST_LINE = 500  # characters
MOST_TYPESET = 6_000  # characters of LaTeX; a browser takes long for more
READ_WITHIN_S = 0.1  # of work: all lines of one page
LONGEST_DRAFT = 2 * MOST_LINES * LONGEST_LINE  # with room for what has to be shortened yet

_LINE_END = re.compile(r"\r\n|\r|\n")
_DECIMAL_COMMA = re.compile(r"(?<=\d)(?:,|\{,\})(?=\d)")
_EQUALS = re.compile(r"[=≈]|\\approx")

_OF_TWO_SIDES = {
    ClaimRelation.EQUAL,
    ClaimRelation.SUBSTITUTE,
    ClaimRelation.EVALUATE,
    ClaimRelation.APPROXIMATE,
}

Shows = Callable[[Witness], bool]  # whether a reader may see these values


@dataclass(frozen=True)
class WitnessVisibility:
    """What a reader may know of a check.

    shows: which values. marks: whether what it says of any line; if not, `when` is for the student:
    from when on, empty where that will never be. bare_values: whether also what it says of lines
    that only state a value, and so of an answer.
    """

    shows: Shows
    marks: bool = True
    when: str = ""
    bare_values: bool = True


def accept_lines(text: str) -> list[str]:
    """As typed, blank ones as well. Raises Unreadable for what no database keeps."""
    try:
        accepted = accept_text(text, limit=LONGEST_DRAFT)
    except UnacceptableText as error:
        raise Unreadable(
            _("Your working cannot be taken: %(reason)s.") % {"reason": error}
        ) from None
    return _LINE_END.split(accepted) if accepted else []


def accept_working(text: str) -> tuple[str, ...]:
    """The lines without blank ones. Raises Unreadable where they are too many or too long."""
    lines = accept_lines(text)
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            said = _(
                "Line %(number)s of your working has %(length)s characters; a line may have "
                "%(most)s. Nothing is lost: shorten it, and try again."
            )
            raise Unreadable(said % {"number": number, "length": len(line), "most": LONGEST_LINE})
    working = tuple(line for line in lines if line.strip())
    if len(working) > MOST_LINES:
        said = _(
            "Your working has %(lines)s lines; %(most)s are taken. Nothing is lost: leave some "
            "out, and try again."
        )
        raise Unreadable(said % {"lines": len(working), "most": MOST_LINES})
    return working


def is_checkable(working: Sequence[str]) -> bool:
    """Whether there are lines, and no more than may be handed in."""
    return 0 < len(working) <= MOST_LINES and max(map(len, working)) <= LONGEST_LINE


def check_working(
    working: Sequence[str], version: ProblemVersion, within_s: float
) -> list[StepCheck]:
    """Each line against those before it, in a process that knows the statement and no answer."""
    statement, *lines = _with_points(working, version)
    return check_lines(lines, statement, within_s)


def _with_points(working: Sequence[str], version: ProblemVersion) -> list[str]:
    """The statement and the lines, without decimal commas."""
    said = [version.statement, *working]
    if entry_of(version).decimal_comma:
        said = [_DECIMAL_COMMA.sub(".", text) for text in said]
    return said


def said_count(
    working: Sequence[str], version: ProblemVersion, visibility: WitnessVisibility
) -> int:
    """Of how many lines, from the first, a reader may know what the check says.

    Decided before anything is judged, so that it tells nothing of what is true.
    """
    if not visibility.marks:
        return 0
    if visibility.bare_values:
        return len(working)
    statement, *lines = _with_points(working, version)
    return before_value(lines, statement)


def is_in_vain(working: Sequence[str], checks: Sequence[StepCheck]) -> bool:
    """Whether the time was over before anything was found, though there is mathematics."""
    read = LineReader(decimal_comma=False).read
    return all(check == UNCHECKED for check in checks) and any(map(read, working))


class LineReader:
    """Reads the lines of one page: each text once, and none once that has taken too long."""

    def __init__(self, *, decimal_comma: bool) -> None:
        self.decimal_comma = decimal_comma
        self.deadline = Deadline.within(READ_WITHIN_S)
        self.readings: dict[str, str] = {}

    def read(self, line: str) -> str:
        """LaTeX; empty for words, and for what there was no time to read."""
        if line not in self.readings and self.deadline.left_s:
            self.readings[line] = understood_line(line, decimal_comma=self.decimal_comma)
        return self.readings.get(line, "")


@dataclass(frozen=True)
class LineFailure:
    """Why a line does not follow. witness: None where there is none, or it is withheld."""

    claim: ClaimCheck
    witness: Witness | None
    is_first_line: bool

    @property
    def slip(self) -> str:
        """The usual mistake that explains it; empty where none was recognised."""
        return self.claim.slip

    @property
    def is_withheld(self) -> bool:
        """Whether there are values for which it fails, and they are not for this reader."""
        witness = self.claim.witness
        return self.witness is None and witness is not None and bool(witness.values)

    @property
    def is_of_two_sides(self) -> bool:
        """Whether two expressions were compared, and not two statements."""
        return self.claim.relation in _OF_TWO_SIDES

    @property
    def is_within_line(self) -> bool:
        """Whether both sides stand in this line, and not one of them in the line before."""
        sides = _EQUALS.split(self.claim.claim, maxsplit=1)
        return self.is_of_two_sides and len(sides) == 2 and all(map(str.strip, sides))

    @property
    def sentence(self) -> str:
        """The one of steps/_witness.html that tells how it fails; empty where none may."""
        if self.witness is None:
            return ""
        has_sides = bool(self.witness.left and self.witness.right)
        if not self.witness.values:
            return "sides" if has_sides else ""
        if self.is_of_two_sides:
            return "sides_at" if has_sides else ""
        fails = "premise_fails" if self.witness.failing == "premise" else "claim_fails"
        return f"{fails}_sides" if has_sides else fails

    @property
    def values(self) -> str:
        """LaTeX of the values for which it fails; empty where no letter needs one."""
        values = self.witness.values if self.witness else {}
        return r",\; ".join(f"{name} = {value}" for name, value in values.items())


@dataclass(frozen=True)
class Line:
    """One line as a page shows it.

    reading: LaTeX; empty where it is words, or was not read. mark: proved, refuted, resting (on a
    refuted line), given (what is worked on, a definition) or unchecked; empty before a check.
    failure: only of the first line that does not follow. is_unsaid: whether nothing is said of it.
    is_heavy: whether it is mathematics that is shown as text all the same.
    """

    text: str
    reading: str
    is_heavy: bool = False
    mark: str = ""
    failure: LineFailure | None = None
    is_unsaid: bool = False


def _lines(texts: Iterable[str], reader: LineReader) -> Iterator[Line]:
    room = MOST_TYPESET
    for text in texts:
        reading = reader.read(text)
        is_heavy = len(reading) > room or text not in reader.readings
        if not is_heavy:
            room -= len(reading)
        yield Line(text, "" if is_heavy else reading, is_heavy)


class Working:
    """Lines of working for a page, with what is known of them.

    checks: None while there are none, or where nobody got to them. is_kept_back: whether there may
    be some, which are not for this reader before `when`.
    """

    def __init__(
        self,
        texts: Sequence[str],
        checks: Sequence[StepCheck] | None,
        *,
        reader: LineReader,
        visibility: WitnessVisibility,
        said: int = 0,
    ) -> None:
        self.is_kept_back, self.when = not visibility.marks, visibility.when
        if self.is_kept_back:
            checks = None
        self.is_checked = checks is not None
        self.lines = list(_lines(texts, reader))
        self.failing_number = 0  # from 1, of the first line that does not follow
        checks = checks or ()
        for index in range(said, len(checks)):
            self.lines[index] = replace(self.lines[index], is_unsaid=True)
        for index, check in enumerate(checks[:said]):
            failure = None if self.failing_number else _failure(check, index, visibility.shows)
            if failure:
                self.failing_number = index + 1
            line = self.lines[index]
            self.lines[index] = replace(line, mark=_mark(check, line), failure=failure)

    @property
    def proved_count(self) -> int:
        return sum(line.mark == "proved" for line in self.lines)

    @property
    def has_unsaid(self) -> bool:
        return any(line.is_unsaid for line in self.lines)

    @property
    def unchecked_count(self) -> int:
        return sum(line.mark == "unchecked" for line in self.lines)


def _mark(check: StepCheck, line: Line) -> str:
    is_unchecked = check.verdict == StepVerdict.UNCHECKED
    if check.rests_on is not None and not is_unchecked:
        return "resting"
    is_given = is_unchecked and all(
        claim.relation == ClaimRelation.DEFINE for claim in check.claims
    )
    is_read = line.reading or line.is_heavy
    return "given" if is_given and check.claims and is_read else check.verdict


def _failure(check: StepCheck, index: int, shows: Shows) -> LineFailure | None:
    claim = check.refuted
    if claim is None or check.rests_on is not None:
        return None
    may_be_seen = claim.witness is not None and shows(claim.witness)
    return LineFailure(claim, claim.witness if may_be_seen else None, is_first_line=index == 0)


def stored_checks(attempt: Attempt) -> list[StepCheck] | None:
    """None while they are due, and where what an older checker stored is not understood."""
    try:
        checks = [StepCheck.from_dict(fields) for fields in attempt.checks]
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return checks if len(checks) == len(attempt.working) else None


def working_of(
    attempt: Attempt, visibility: WitnessVisibility, reader: LineReader
) -> Working | None:
    """None where an attempt came without working."""
    if not attempt.working:
        return None
    said = said_count(attempt.working, attempt.version, visibility)
    checks = stored_checks(attempt)
    return Working(attempt.working, checks, reader=reader, visibility=visibility, said=said)
