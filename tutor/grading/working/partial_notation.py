r"""Rewrites partial derivatives as symbols: ∂f/∂x as f_x, and f_x(1, 2) as a call."""

from __future__ import annotations

import re
from contextlib import suppress

from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Call, Term, Unreadable, is_term

MAX_CALLS = 4  # of derivatives at a point, in one statement
FIRST_INDEX = 9200  # of the symbols for calls
_SIGN = r"(?:∂|\\partial(?![A-Za-z])\s?)"
_POWER = r"(?:²|\^\s?\{?\s?2\s?\}?)"
_ABOVE = rf"{_SIGN}\s?(?P<twice>{_POWER})?\s?(?P<name>[A-Za-z])"
_BELOW = rf"{_SIGN}\s?(?P<first>[a-z])\s?(?:{_POWER}|{_SIGN}\s?(?P<second>[a-z]))?"
_QUOTIENT = re.compile(rf"{_ABOVE}\s?/\s?{_BELOW}")
_FRACTION = re.compile(rf"\\[dt]?frac\s?\{{\s?{_ABOVE}\s?\}}\s?\{{\s?{_BELOW}\s?\}}")
_OPERATOR = re.compile(rf"{_SIGN}\s?_\s?\{{?\s?(?P<first>[a-z])\s?\}}?\s?(?P<name>[A-Za-z])")
_PRIMED = re.compile(r"(?<![A-Za-z\\])([a-zA-Z])(?:['′]_\{?([a-z])\}?|_\{?([a-z])\}?['′])")
_AT_POINT = re.compile(
    r"(?<![A-Za-z\\])([A-Za-z]_\{?[r-z]{1,2}\}?)\s?(?:\|\s?_?\s?)?\{?"
    r"\(([^()]{1,30}[,;|][^()]{1,30})\)\}?"
)


def with_partial_derivatives(text: str) -> tuple[str, dict[str, Term]]:
    """The text with symbols, and the calls that some of them stand for."""
    if "_" not in text and "∂" not in text and "partial" not in text:
        return text, {}
    for pattern in (_FRACTION, _QUOTIENT, _OPERATOR):
        text = pattern.sub(_as_symbol, text)
    text = _PRIMED.sub(lambda match: f"{match[1]}_{{{match[2] or match[3]}}}", text)
    calls: dict[str, Term] = {}
    for match in tuple(_AT_POINT.finditer(text))[:MAX_CALLS]:
        with suppress(Unreadable, RecursionError):
            places = [read_expression(part) for part in re.split(r"[,;|]", match[2])]
            if all(map(is_term, places)):
                symbol = f"B_{FIRST_INDEX + len(calls)}"
                name = re.sub(r"[{}]", "", match[1])
                calls[symbol] = Call(name, tuple(places))  # type: ignore[arg-type]
                text = text.replace(match[0], f"({symbol})", 1)
    return text, calls


def _as_symbol(match: re.Match[str]) -> str:
    """f_{xx} for ∂²f/∂x², f_{yx} for ∂²f/∂x∂y; the text itself where the orders differ."""
    parts = match.groupdict()
    name, first, second = parts["name"], parts["first"], parts.get("second")
    is_twice = bool(parts.get("twice"))
    if is_twice != (bool(second) or bool(re.search(rf"{_POWER}\s?\}}?\Z", match[0]))):
        return match[0]
    if not is_twice:
        return f"{name}_{{{first}}}"
    return f"{name}_{{{second or first}{first}}}"
