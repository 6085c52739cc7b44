"""What other systems can hold of a problem, in their formats that know no mathematics."""

import re
from collections.abc import Callable, Iterable, Mapping
from string import ascii_uppercase
from types import MappingProxyType
from typing import TypeAlias

from django.utils.translation import gettext as _

from tutor.figures import references_in
from tutor.grading import AnswerKey, Form, Kind
from tutor.grading.answer_key import IN_WORDS, NUMBERS
from tutor.problems.checks import texts_of
from tutor.problems.conditions import is_condition
from tutor.problems.content import Content
from tutor.problems.expected import FULL, Expected
from tutor.problems.interchange.figure_files import files_of_figures
from tutor.problems.labels import KIND_NAMES
from tutor.problems.printing import pictures_in
from tutor.problems.records import ProblemRecord

DECIMAL = re.compile(r"-?\d+([.,]\d+)?")
NUMBER_FORMS = (Form.ANY, Form.WORKED_OUT, Form.DECIMAL)  # which a field for numbers demands
_AS_TEXT = (  # where whoever writes the answer as it is written here is right, and few others are
    *(Kind.NUMBER, Kind.EXPRESSION, Kind.EQUATION, Kind.INEQUALITY, Kind.LIST, Kind.SET),
    *(Kind.INTERVAL, Kind.TUPLE, Kind.MATRIX, Kind.RATIO),
)

NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})

Reasons: TypeAlias = list[tuple[str, str]]  # of problems that stay here: a title and why


def left_out(records: Iterable[ProblemRecord], why_not: Callable[[ProblemRecord], str]) -> Reasons:
    """The records that a format cannot hold, without writing the others."""
    reasons = ((record.content.title, why_not(record)) for record in records)
    return [(title, reason) for title, reason in reasons if reason]


def why_never(content: Content) -> str:
    """Why no variant of a problem can go out; empty where that depends on its numbers."""
    if any(key.condition for key in (content.key, *(part.key for part in content.parts))):
        return _("other systems cannot judge an answer by a condition")
    return ""


def why_no_carrying(content: Content) -> str:
    """Why no system can hold it that judges each part alone; empty where it can."""
    is_carried = any(part.carried for part in content.parts)
    return _("a part uses the answers to earlier ones") if is_carried else ""


def why_not(record: ProblemRecord) -> str:
    """Why no other system can hold this problem; empty where it can."""
    if record.content.parameters.strip():
        return _("it has other numbers for each student")
    return why_never(record.content)


def pictures_shown(records: Iterable[ProblemRecord]) -> dict[str, bytes]:
    """By name: the stored pictures of all texts of these problems. Asks the database."""
    return pictures_in(text for record in records for text in _texts_shown(record.content))


def files_shown(content: Content, pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """By name: those of the pictures that its texts show, and the files of its figures."""
    texts = _texts_shown(content)
    names = {row.name for text in texts for row in references_in(text)}
    shown = {name: pictures[name] for name in sorted(names & pictures.keys())}
    return shown | files_of_figures(texts)


def _texts_shown(content: Content) -> list[str]:
    parts = content.parts
    keys = (content.key, *(part.key for part in parts))
    return [*texts_of(content), *(key.value for key in keys)]


def too_long() -> str:
    return _("one of its tests or answers is too long for a tag")


def is_decimal(key: AnswerKey) -> bool:
    """Whether other systems can compare numbers with it."""
    is_plain = key.kind in NUMBERS and key.form in NUMBER_FORMS and not key.relative
    has_point = key.decimal_comma or "," not in key.value  # 1,000 is a thousand
    return is_plain and has_point and bool(DECIMAL.fullmatch(key.value))


def is_as_text(key: AnswerKey) -> bool:
    """Whether other systems can only compare letters with it."""
    return key.kind not in IN_WORDS and not is_decimal(key)


def why_no_text(key: AnswerKey) -> str:
    """Why the answer cannot be compared letter by letter; empty where it can."""
    if key.relative or key.tolerance:
        return _("other systems do not know the tolerance of its answer")
    if key.kind == Kind.QUANTITY:
        return _("the answer is not a decimal")
    return why_no_kind(key)


def why_no_kind(key: AnswerKey) -> str:
    """Why nobody but a person can judge the answer there, whatever its numbers are."""
    if key.kind in (*NUMBERS, *IN_WORDS, *_AS_TEXT):
        return ""
    reason = _("other systems cannot judge an answer of the kind “%(kind)s”")
    return reason % {"kind": KIND_NAMES[key.kind]}


def why_no_shares(key: AnswerKey) -> str:
    """Why what each choice is worth cannot go out; empty where it can."""
    letters = re.findall("[A-Z]", key.value)
    shares = dict(zip(ascii_uppercase, map(float, key.shares.split()), strict=False))
    if shares and round(sum(shares[letter] for letter in letters), 2) != FULL:
        return _("the shares of its right choices are not 100 percent together")
    return ""


def why_no_row(key: AnswerKey, rows: Iterable[Expected]) -> str:
    """Why an expected answer cannot go out; empty where all can."""
    for row in rows:
        if is_condition(row.answer, key):
            return _("the expected answer “%(answer)s” is a test") % {"answer": row.answer}
        if is_decimal(key) and not (row.is_every_other or DECIMAL.fullmatch(row.answer)):
            return _("the expected answer %(answer)s is not a decimal") % {"answer": row.answer}
    return ""
