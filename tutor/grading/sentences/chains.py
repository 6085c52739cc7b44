"""The last of several statements, where all before it are calculations that lead to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.comparison.shown_working import holds, value_of, worked_out
from tutor.grading.parsing.answers import decimal_points
from tutor.grading.parsing.units import read_unit

MAX_STATEMENTS = 8
_SEPARATORS = re.compile(
    r"\|\s?(?:[:*/+-]|\\cdot|\\times|\\div)\s{0,2}[\w.,]{1,8}|[;；\n]|,(?!\d{3}(?!\d))|[,;]?\s?(?:=>|⇒|⟹|∴|->|→|\\(?:Rightarrow|implies|therefore|to)(?![a-z])"
    r"|\b(?:so|thus|hence|therefore|then|also|daher|dann|donc|alors|luego|entonces)\b|所以|因此|得)"
    r"[,:]?"
)
_NAMED = re.compile(r"\s?(\\?[A-Za-z]{1,7})(?:_?\{?\d\}?)?\s?=(?!=)([^=<>]{1,60})")
_DEFINED = re.compile(
    r"(\\?[A-Za-z]{1,7}(?:_?\{?\d\}?)?'{0,3}(?:\([a-z]\))?)\s?=(?!=)([^=<>]{1,80})"
)
_EQUALS = re.compile(r"(?<![<>!=~])=(?!=)")
_DONE_TO_BOTH = re.compile(
    "解?:?(?:移项|化简|合并同类项|系数化为1|去括号|去分母|两边同除以?.{0,4})"
)
_RATIO = re.compile(r"\s*\d{1,9}(?:\.\d{1,9})?(?:\s?:\s?\d{1,9}(?:\.\d{1,9})?){1,4}\s*")
_LETTER = re.compile(r"[a-zA-Z]")
_TENDS_TO = re.compile(
    r"([^→=]{1,60}?)(?:→|->|\\(?:to|rightarrow)(?![a-z]))\s{0,3}([-+]?[\w./√π∞\\]{1,20})"
)
_ROUNDED_BEHIND = re.compile(
    r"(.*[\w)}°%]) ?\((?:\\approx|~|=|about|approx\.?|roughly|etwa|rund|ca\.?|environ|aprox\.?|约)"
    r" ?([^()]{1,30})\)",
    re.DOTALL,
)
_REJECTED = re.compile(
    r"[,;]? ?(?:\b(?:and|but|und|aber|et|mais|y|pero) )?\(?(\\?[A-Za-z]{1,7})(?:_?\{?\d\}?)? ?="
    r" ?([^=<>()A-Za-z]{1,40}?) ?\(?(?:is |ist |est |es )?"
    r"(?:(?:does ?n['’]?t|does not) work|extraneous|reject(?:ed)?|invalid|not valid|impossible"
    r"|not a solution|no solution|entfällt|keine lösung|ne convient pas|rejetée?|à rejeter"
    r"|no (?:sirve|vale)|no es solución|舍去?|不合题意)\)?",
    re.IGNORECASE,
)
_REMARK_BEHIND = re.compile(  # words alone, or with the +c of an antiderivative
    r"(.*\S) ?\(([^()=<>\\\d]{0,60}[^\W\d_]{2}[ ,'’][^()=<>\\\d]{1,80})\)\W{0,5}"
)
_AGAIN_BEHIND = re.compile(r"([^()]*[\w)}°%]) \(([^()=]{1,30})\)", re.DOTALL)
_CHECK_BEHIND = re.compile(r"([^()]*[\w)}°%$€]) ?\(([^()=]{1,60})=([^()=]{1,60})\)", re.DOTALL)


def without_check(text: str, decimal_comma: bool) -> str:
    """17 for "17 (17 + 18 = 35)"; "" where no true calculation stands in brackets behind it."""
    if not text.endswith(")"):
        return ""
    if again := _ROUNDED_BEHIND.fullmatch(text) or _AGAIN_BEHIND.fullmatch(text):
        first, second = (value_of(part) for part in again.groups())
        return again[1] if _are_near(first, second) else ""
    checked = _CHECK_BEHIND.fullmatch(text)
    if checked is None:
        return ""
    sides = [decimal_points(side) if decimal_comma else side for side in checked.groups()[1:]]
    return checked[1] if worked_out(sides[:1], sides[1]) else ""


def without_remark(text: str) -> str:
    """x > -3 for "x > -3 (flip the sign!!)"; "" where its brackets hold a formula or a unit."""
    remarked = _REMARK_BEHIND.fullmatch(text)
    is_unit = remarked is not None and read_unit(remarked[2]) is not None
    return "" if remarked is None or is_unit else remarked[1].strip()


def without_rejected(text: str) -> str:
    """x = 3 for "x = 3 (x = -2 doesn't work)"; "" where no solution is struck out."""
    rejected = list(_REJECTED.finditer(text))
    if len(rejected) != 1:
        return ""
    rest = text[: rejected[0].start()] + text[rejected[0].end() :]
    named = _NAMED.fullmatch(rest.strip(" ,;."))
    is_other = named and named[1] == rejected[0][1] and named[2].strip() != rejected[0][2].strip()
    return named[0].strip() if named and is_other else ""


def _are_near(first: float | None, second: float | None) -> bool:
    """Whether one may be the other, rounded to two or three figures."""
    if first is None or second is None:
        return False
    return abs(first - second) <= 0.005 * max(abs(first), abs(second))


def last_of_chain(text: str, decimal_comma: bool) -> str:
    """x = 15 for "x + 1 = 16, x = 15", and 7 for "15 - 1 = 14, 14/2 = 7"; "" for anything else."""
    if "=" not in text:
        return ""
    read = decimal_points(text) if decimal_comma else text
    parts = [part.strip() for part in _SEPARATORS.split(read) if part.strip()]
    if parts and _DONE_TO_BOTH.fullmatch(parts[0]):
        parts = parts[1:]
    if not 1 < len(parts) <= MAX_STATEMENTS or not all(map(_EQUALS.search, parts)):
        return ""
    chain = next(_solutions(parts), "") or _last_calculation(parts)
    return chain.replace(".", ",") if decimal_comma else chain


def last_of_names(text: str, decimal_comma: bool) -> str:
    """21 for "k = 3, y = 21", where another value may be the answer as well."""
    read = decimal_points(text) if decimal_comma else text
    parts = [part.strip() for part in _SEPARATORS.split(read) if part.strip()]
    named = [_DEFINED.fullmatch(part) for part in parts]
    if not 1 < len(parts) <= MAX_STATEMENTS or None in named:
        return ""
    names = [match[1] for match in named if match]
    last = named[-1][2].strip() if len(set(names)) == len(names) and named[-1] else ""
    return last.replace(".", ",") if decimal_comma else last


def last_of_ratios(text: str, decimal_comma: bool) -> str:
    """2:3 for 0.6 : 0.9 = 6:9 = 2:3; "" where the ratios differ."""
    sides = _EQUALS.split(decimal_points(text) if decimal_comma else text)
    ratios = [_RATIO.fullmatch(side) and side.split(":") for side in sides]
    if not 1 < len(sides) <= MAX_STATEMENTS or not all(ratios):
        return ""
    first, *others = [[Fraction(number.strip()) for number in ratio or ()] for ratio in ratios]
    is_same = all(_are_proportional(first, other) for other in others)
    return _EQUALS.split(text)[-1].strip() if is_same else ""


def _are_proportional(first: Sequence[Fraction], other: Sequence[Fraction]) -> bool:
    if len(first) != len(other):
        return False
    return all(a * other[0] == b * first[0] for a, b in zip(first, other, strict=True))


def last_of_arrow(text: str) -> str:
    """4 for "x + 2 -> 4", the limit of a term; "" for x -> 4, which says where x goes."""
    match = _TENDS_TO.fullmatch(text)
    return match[2] if match and not _LETTER.fullmatch(match[1].strip()) else ""


def _solutions(parts: Sequence[str]) -> Iterator[str]:
    """The values at the end that fulfil every equation before them."""
    for start in range(1, len(parts)):
        if all(_fulfils(solution, parts[:start]) for solution in parts[start:]):
            yield ", ".join(parts[start:])


def _fulfils(solution: str, equations: Sequence[str]) -> bool:
    named = _NAMED.fullmatch(solution)
    values = [value_of(side) for side in _both_signs(named[2])] if named else []
    if named is None or None in values:
        return False
    return all(
        holds(equation, named[1], value) is True
        for equation in equations
        for value in values
        if value is not None
    )


def _both_signs(value: str) -> list[str]:
    """2 and -2 for ±2."""
    if value.count(r"\pm") != 1:
        return [value]
    return [value.replace(r"\pm", sign) for sign in "+-"]


def _last_calculation(parts: Sequence[str]) -> str:
    sides = [_EQUALS.split(part) for part in parts]
    if all(worked_out(first, last) for *first, last in sides):
        return sides[-1][-1].strip()
    return ""
