"""Problems that come in from a file: what it is, what is in it, and what would become of it.

Every reader gives a `Found` for each problem of the file, usable or not, with its place there.
Nothing is stored before somebody has seen the plan, and then all of it in one transaction.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from accounts.models import User
from tutor.problems.content import InvalidRecord, ProblemRecord
from tutor.problems.interchange.jsonl import read_records
from tutor.problems.labels import field_name
from tutor.problems.models import Problem

MOST_BYTES = 8 * 1024 * 1024
MOST_PROBLEMS = 1_000


class UnusableFile(ValueError):
    """Says why nothing of a file can be read, to the person who sent it."""


@dataclass(frozen=True)
class Found:
    """One problem of a file.

    place: where it stands there, in words. reason: why it cannot be taken, else empty.
    left_out: what it has there and will not have here. is_named: its slug comes from the file.
    """

    place: str
    title: str = ""
    record: ProblemRecord | None = None
    reason: str = ""
    left_out: tuple[str, ...] = ()
    is_named: bool = True


def on_line(number: int) -> str:
    return _("line %(n)d") % {"n": number}


def in_words(error: InvalidRecord) -> str:
    return f"{field_name(error.name)}: {error.reason}"


def read_file(data: bytes, language: str) -> list[Found]:
    """`language` is that of problems that do not say theirs. Raises UnusableFile."""
    if len(data) > MOST_BYTES:
        raise too_large()
    found = _reader_of(data)(data, language)
    if not found:
        raise UnusableFile(_("There is no problem in this file."))
    if len(found) > MOST_PROBLEMS:
        raise too_many()
    return found


def too_large() -> UnusableFile:
    return UnusableFile(_("The file is too large: at most 8 MB are read."))


def too_many() -> UnusableFile:
    problem = _("The file has more than %(n)s problems. Bring them in parts.")
    return UnusableFile(problem % {"n": f"{MOST_PROBLEMS:,}"})


def _reader_of(data: bytes) -> Callable[[bytes, str], list[Found]]:
    # They import what is defined above.
    from tutor.problems.interchange.csv_table import read_table
    from tutor.problems.interchange.moodle_reader import read_moodle

    start = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if start.startswith((b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z")):
        raise UnusableFile(_("This is a packed file. Unpack it, and choose a file that was in it."))
    if start.startswith(b"<"):
        return read_moodle
    return _read_lines if start.startswith((b"{", b"[")) else read_table


def _read_lines(data: bytes, language: str) -> list[Found]:
    lines = data.splitlines()
    if sum(1 for line in lines if line.strip()) > MOST_PROBLEMS:
        raise too_many()
    found: list[Found] = []
    for number, line in enumerate(lines, start=1):
        records, rejections = read_records([line])
        found += [Found(on_line(number), one.content.title, one) for one in records]
        found += [Found(on_line(number), reason=one.reason) for one in rejections]
    return found


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"  # one's own problem of this slug says this from now on
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Row:
    found: Found
    fate: Fate


@dataclass(frozen=True)
class Plan:
    """What would become of every problem of a file."""

    rows: list[Row]

    def of(self, *fates: Fate) -> list[Row]:
        return [row for row in self.rows if row.fate in fates]

    @property
    def new(self) -> list[Row]:
        return self.of(Fate.NEW)

    @property
    def changed(self) -> list[Row]:
        return self.of(Fate.CHANGED)

    @property
    def same(self) -> list[Row]:
        return self.of(Fate.SAME)

    @property
    def refused(self) -> list[Row]:
        return self.of(Fate.REFUSED)

    @property
    def records(self) -> list[ProblemRecord]:
        """What would be stored."""
        rows = self.of(Fate.NEW, Fate.CHANGED)
        return [row.found.record for row in rows if row.found.record]


def plan_for(user: User, found: Iterable[Found]) -> Plan:
    """As many queries, however many problems come in.

    A colleague's problem is never touched: where theirs has the slug, one gets a problem beside it.
    """
    found = list(found)
    slugs = {one.record.slug for one in found if one.record}
    mine = Problem.objects.editable_by(user).filter(slug__in=slugs, current__isnull=False)
    own = {problem.slug: problem.record() for problem in mine.with_content()}
    taken = set(Problem.objects.values_list("slug", flat=True))
    places: dict[str, str] = {}
    rows = []
    for one in found:
        one = _placed_once(one, places)
        record = one.record
        if record is None:
            rows.append(Row(one, Fate.REFUSED))
        elif record.slug in own and record.slug not in places:
            places[record.slug] = one.place
            rows.append(Row(one, Fate.SAME if own[record.slug] == record else Fate.CHANGED))
        else:
            slug = _free(record.slug, taken | set(places))
            places |= {record.slug: one.place, slug: one.place}
            rows.append(Row(replace(one, record=replace(record, slug=slug)), Fate.NEW))
    return Plan(rows)


def _placed_once(found: Found, places: dict[str, str]) -> Found:
    """Two problems that a file gives one name are a mistake of its author."""
    if found.record is None or not found.is_named or found.record.slug not in places:
        return found
    problem = _("%(place)s has the slug %(slug)s too")
    said = {"place": places[found.record.slug], "slug": found.record.slug}
    return replace(found, record=None, reason=problem % said)


def _free(slug: str, taken: set[str]) -> str:
    free, number = slug, 1
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
