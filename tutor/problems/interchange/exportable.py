"""What other systems can hold of a problem, in their formats that know no mathematics."""

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from django.utils.translation import gettext as _

from tutor.grading import AnswerKey, Form, Kind
from tutor.problems.content import Content
from tutor.problems.expected import Expected
from tutor.problems.interchange.own_tags import fits
from tutor.problems.labels import KIND_NAMES
from tutor.problems.records import ProblemRecord

DECIMAL = re.compile(r"-?\d+([.,]\d+)?")
_KINDS = (Kind.NUMBER, Kind.QUANTITY, Kind.CHOICE, Kind.TEXT)
_FORMS = (Form.ANY, Form.FREE_TEXT)


Reasons: TypeAlias = list[tuple[str, str]]  # of problems that stay here: a title and why


def left_out(records: Iterable[ProblemRecord], why_not: Callable[[ProblemRecord], str]) -> Reasons:
    """The records that a format cannot hold, without writing the others."""
    reasons = ((record.content.title, why_not(record)) for record in records)
    return [(title, reason) for title, reason in reasons if reason]


def why_no_variant(content: Content) -> str:
    """Why no variant of a problem can go out; empty where that depends on its numbers."""
    if any(part.carried for part in content.parts):
        return why_not_part(content)
    keys = [part.key for part in content.parts] or [content.key]
    return next(filter(None, map(_why_not_kind, keys)), "")


def why_not(record: ProblemRecord) -> str:
    """Why no other system can hold this problem; empty where it can."""
    content = record.content
    if content.parameters.strip():
        return _("it has other numbers for each student")
    if not fits(record):
        return _("one of its tests is too long for a tag")
    return "" if content.parts else _why_not(content.key, content.expected)


def why_not_part(content: Content) -> str:
    """Why the parts of a problem cannot go out; empty where they can."""
    if any(part.carried for part in content.parts):
        return _("a part uses the answers to earlier ones")
    reasons = (_why_not(part.key, ()) for part in content.parts)
    return next(filter(None, reasons), "")


def _why_not(key: AnswerKey, expected: tuple[Expected, ...]) -> str:
    return _why_not_kind(key) or _why_not_values(key, expected)


def _why_not_kind(key: AnswerKey) -> str:
    if key.condition:
        return _("other systems cannot judge an answer by a condition")
    if key.kind not in _KINDS:
        reason = _("other systems cannot judge an answer of the kind “%(kind)s”")
        return reason % {"kind": KIND_NAMES[key.kind]}
    if key.form not in _FORMS or key.relative:
        return _("other systems do not know the form or the relative tolerance of its answer")
    return ""


def _why_not_values(key: AnswerKey, expected: tuple[Expected, ...]) -> str:
    if key.kind not in (Kind.NUMBER, Kind.QUANTITY):
        return ""
    if not DECIMAL.fullmatch(key.value):
        return _("the answer is not a decimal")
    for row in expected:
        if not row.is_every_other and not DECIMAL.fullmatch(row.answer):
            return _("the expected answer %(answer)s is not a decimal") % {"answer": row.answer}
    return ""
