"""An inequality that is divided by a negative number: "divide by -2, FLIP the sign"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Comparison, Num, Sym, Value, free_names, is_term, substitute
from tutor.grading.working.knowledge.formulas import words

_NUMBER = r"\(?\s?(-\s?\d{1,6}(?:\.\d{1,4}|/\d{1,4})?)\s?\)?"
_DIVIDES = re.compile(
    r"(?:divid\w{1,5}|divis\w{1,4}|diviser|teil\w{1,3}|geteilt|除以|÷|/|:)\s?"
    r"(?:(?:both sides|everything|beide seiten|todo|tout|ambos (?:lados|miembros)"
    rf"|les deux membres)\s)?(?:by|durch|par|por|entre)?\s?{_NUMBER}(?![\d.])"
    rf"|(?:durch|par|por|entre)\s?{_NUMBER}\s(?:teil\w{{1,3}}|geteilt|dividier\w{{1,2}}|on divise)",
    re.IGNORECASE,
)
_TURNS = words(
    r"(?:flip|turn|swap|revers|chang|invert|switch)\w{0,3}|dreh\w{1,2}|umdreh\w{1,2}|umkehren"
    r"|(?:on )?(?:inverse|retourne)|cambi[aoe]\w{0,3}|invier\w{1,3}|giro|gira|volteo",
    "改变方向|变向|反向|变号|方向改变|方向要变",
)
_DENIED = words(
    r"not|don'?t|no|never|keep|stays?|same|nicht|bleibt|kein|pas|garde|reste|mismo|queda",
    "不变|不改|不用|不要",
)
_OTHER = re.compile(r"\d|[=<>≤≥]")


def turns_sign(text: str, known: Sequence[Value]) -> bool:
    """Whether it divides the latest inequality by its negative factor and turns the sign.

    known: what was said, the latest last.
    """
    divided = _DIVIDES.search(text)
    if divided is None or not _TURNS.search(text) or _DENIED.search(text):
        return False
    if _OTHER.search(text[: divided.start()] + text[divided.end() :]):
        return False
    divisor = Fraction((divided[1] or divided[2]).replace(" ", ""))
    latest = next((v for v in reversed(known) if _is_inequality(v)), None)
    return isinstance(latest, Comparison) and _factor(latest) == divisor


def _is_inequality(value: Value) -> bool:
    return isinstance(value, Comparison) and value.op in ("<", ">", "<=", ">=")


def _factor(inequality: Comparison) -> Fraction | None:
    """-2 of -2x > 6 and of 6 < -2x."""
    names = free_names(inequality)
    sides = [side for side in (inequality.left, inequality.right) if free_names(side)]
    if len(names) != 1 or len(sides) != 1 or not is_term(sides[0]):
        return None
    [name], [side] = names, sides
    values = [rational_value(substitute(side, Sym(name), Num(Fraction(at)))) for at in (0, 1, 2, 5)]
    if None in values or values[0] != 0:
        return None
    first = values[1]
    assert first is not None  # noqa: S101 - None was excluded
    return first if values[2:] == [2 * first, 5 * first] else None
