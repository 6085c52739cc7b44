"""Where the value of the unknown is answered, and another named quantity is asked for.

"width w, length w + 3", then w = 5 and "the garden is 5 m long": all but the answer is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.key_numbers import key_numbers, value_of
from tutor.grading.weighing.numbers import EXACT, are_close
from tutor.grading.weighing.weighed_lines import WeighedLine, last_side

_PIECES = re.compile(r"[,;，；、]|(?<=[^\W\d_])\s(?:and|und|et|y|e)\s(?=[^\W\d_])")
_CONSTANT = r"([-+−])\s?(\d{1,6}(?:\.\d{1,4})?)"
_LINEAR = (
    rf"(?<![A-Za-z\d_^.)])(\d{{0,4}})\s?[*·×]?\s?%s(?:\s?{_CONSTANT})?(?![A-Za-z\d_^²³(.*·×/])"
)
_BRACKETED = rf"(?<![A-Za-z\d_)^])\(\s?()%s\s?{_CONSTANT}\s?\)(?![\^²³])"


def answers_other_quantity(evidence: Evidence) -> WeighedLine | None:
    """The line that states the value of the unknown, where a term before it gives the answer."""
    right, own = key_numbers(evidence.key), value_of(evidence.answer.text)
    number = evidence.answer.line
    if own is None or number is None or len(right.values) != 1:
        return None
    before = evidence.lines[:number]
    for name in _names_of(own, evidence.lines[: number + 1]):
        values = (_value(match, own) for line in before for match in _terms(line.text, name))
        if any(are_close(value, right.values[0], EXACT) for value in values):
            return evidence.lines[number] if evidence.lines[number].claims else None
    return None


def _names_of(value: float, lines: Sequence[WeighedLine]) -> Iterator[str]:
    """The unknowns that have come out so."""
    for line in lines:
        for claim in line.claims:
            result = value_of(last_side(claim)) if len(claim.name) == 1 else None
            if result is not None and are_close(result, value, EXACT):
                yield claim.name


def _terms(text: str, name: str) -> Iterator[re.Match[str]]:
    """w + 3 and 2w where they are no side of an equation of w, and (w + 3) anywhere."""
    yield from re.finditer(_BRACKETED % re.escape(name), text)
    for piece in _PIECES.split(text):
        *names, term = re.split("[=:：]", piece)
        is_told = not any(
            re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", n) for n in names
        )
        if is_told and not any(re.search(r"\d", n) for n in names):
            yield from re.finditer(_LINEAR % re.escape(name), term)


def _value(match: re.Match[str], at: float) -> float:
    factor, sign, constant = match.groups()
    return float(factor or 1) * at + (-1 if sign in ("-", "−") else 1) * float(constant or 0)
