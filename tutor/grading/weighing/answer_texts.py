"""Which texts of a line may be an answer: its values, alone, with their names or together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress

from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.comparison.keys import key_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.currencies import without_rare_signs
from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.grading.parsing.shapes import definition, expand_plus_minus, solutions
from tutor.grading.parsing.tree import (
    Add,
    Bracketed,
    Call,
    Comparison,
    Listing,
    Logic,
    Mul,
    Neg,
    Pow,
    Quantity,
    TimeOfDay,
    Unreadable,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.solving.inequalities import is_solved
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine, last_side
from tutor.grading.working.bare_values import is_bare_value

_ARROW = re.compile(r"-{1,2}>|→|⟶|≙")
_AMOUNT = re.compile(
    r"\s?([$€£]?\d{1,9}(?:\.\d{1,9})?(?:\s?[^\W\d_]{1,12}[²³]?|\s?[%€$])?)(?![\w.])"
)
_LOWERED = str.maketrans("₁₂", "12")
_NUMBERED = re.compile(
    r"(?<![A-Za-z])([a-z])_?1\s?=\s?([^\s,;=]{1,20})\s?(?:[,;]|\b(?:and|or|und|oder|et|ou|y|o)\b|和|或)"
    r"\s?\1_?2\s?=\s?([^\s,;=]{1,20})\s*\Z"
)
_POINT = re.compile(r"\(.{1,80}[,;|].{1,80}\)")  # no (4 ± 6i)/2
_LISTING = re.compile(r"\\?[^\W\d_]{1,6}\s?=")
_COORDINATES = frozenset("xyz")
_CONSTANTS = frozenset("CcKk")  # of integration
_OF_ORDER = (Kind.INEQUALITY, Kind.INTERVAL)
MAX_BOUNDS = 4  # that are one answer together
_SEVERAL = (Kind.LIST, Kind.SET, Kind.TUPLE, Kind.EQUATION)


def two_solutions(line: WeighedLine) -> str:
    """x = 9 or x = 2 for "Solutions: x1 = 9, x2 = 2" """
    match = _NUMBERED.search(line.text.translate(_LOWERED))
    return f"{match[1]} = {match[2]} or {match[1]} = {match[3]}" if match else ""


def names_above(lines: Sequence[WeighedLine], key: AnswerKey) -> dict[int, str]:
    """By line: f'(x), which "= 2x - 5" gives a value that an equation above it begins with."""
    names: dict[int, str] = {}
    name = ""
    if key.kind != Kind.EQUATION or definition(key_value(key)) is None:
        return names
    for line in lines:
        texts = [claim.statement.text for claim in line.results]
        if texts and all(text.startswith("=") for text in texts):
            names[line.number] = name
        elif texts:
            name = texts[-1].partition("=")[0].strip() if "=" in texts[-1] else ""
    return names


def values_of(line: WeighedLine) -> Iterator[str]:
    """What the claims of a line end with, the last one first, alone and with its name."""
    rejected = {compact(c.statement.text) for c in line.results if c.statement.rejected}
    for claim in reversed([c for c in line.results if not c.statement.rejected]):
        if _is_assigned(claim, line) or _leads_to_bound(claim, line):
            continue
        text = _ARROW.split(claim.statement.text)[-1].lstrip("=≈ ")
        if remaining := _without(rejected, text):
            yield from remaining
            continue
        if _is_unsolved(claim) or _lists_solutions(claim):
            yield text
            continue
        sides = (last_side(claim), text) if claim.claim.operators else (text, last_side(claim))
        yield from dict.fromkeys(sides)


def behind_arrow(line: WeighedLine) -> Iterator[str]:
    """0.9 L of "3 parts -> 0.9 L blue", read or not."""
    *_, last = _ARROW.split(line.text)
    amount = _AMOUNT.match(last) if last != line.text else None
    if amount is not None:
        yield amount[1]


def _lists_solutions(claim: WeighedClaim) -> bool:
    """x = -π/6 + 2kπ or x = 7π/6 + 2kπ, whose last side alone is no answer."""
    return len(claim.alternatives) > 1 and all(part.operators for part in claim.alternatives)


def _is_assigned(claim: WeighedClaim, line: WeighedLine) -> bool:
    """6 in "6 pumps -> 13.5 h", whose answer is 13.5 h, read or not."""
    arrow = _ARROW.search(line.text)
    if arrow is None or not any(map(str.isdigit, line.text[arrow.end() :])):
        return False
    is_bare = not claim.claim.operators and bool(claim.terms) and not free_names(claim.terms[0])
    return is_bare and claim.statement.start < arrow.start()


def _leads_to_bound(claim: WeighedClaim, line: WeighedLine) -> bool:
    """2x - 2 > 0 in "2x - 2 > 0 so x > 2", whose answer is x > 2."""
    is_step = claim.inequality is not None and not is_solved(claim.inequality)
    return is_step and any(map(_is_bound, line.results))


def _without(rejected: Collection[str], text: str) -> tuple[str, ...]:
    """What is left of x = 8 or x = -2 where x = -2 is out; empty where nothing is crossed out."""
    parts = text.split(" or ")
    left = [part for part in parts if compact(part) not in rejected]
    return (" or ".join(left),) if left and len(left) < len(parts) else ()


def _is_bound(claim: WeighedClaim) -> bool:
    """x < 5"""
    bound = claim.inequality
    return bound is not None and is_solved(bound) and not _has_function(bound)


def compact(text: str) -> str:
    return "".join(text.split())


def _is_unsolved(claim: WeighedClaim) -> bool:
    """2x = 10: its right side is no value of x. In xy² = 10, a quantity has got one."""
    if len(claim.terms) != 2:
        return False
    left, right = claim.terms
    is_worked_out = not isinstance(left, Add | Mul | Neg | Pow) or bool(free_names(right))
    return len(free_names(left)) == 1 and not is_worked_out


def may_be_answer(text: str, key: AnswerKey) -> bool:
    """Whether a text is worked out as far as an answer of the key's kind."""
    right = key_value(key)
    with suppress(Unreadable, RecursionError):
        plain = without_rare_signs(text)
        value = read_answer(plain, key.decimal_comma, key.kind == Kind.QUANTITY)
        if _has_several(right):
            return _has_several(value) and _is_point(value) == _is_point(right)
        if isinstance(right, TimeOfDay):
            return isinstance(value, TimeOfDay)
        if key.kind in _OF_ORDER and _has_function(value):
            return False
        if key.kind == Kind.EQUATION and definition(right) is None:
            names = free_names(right)
            is_curve = len(names) > 1 and names <= _COORDINATES
            return is_curve and isinstance(value, Comparison) and free_names(value) == names
        if _is_of_line(right) and not free_names(value):
            return False  # the -2 of y = 3x - 2
        if isinstance(value, Quantity) or is_bare_value(plain):
            return is_number(value) or not is_number(right)
        if key.kind == Kind.EQUATION:
            return _defines_with_names_of(right, value)
        if key.kind in _OF_ORDER:
            return is_solved(value)
        if key.kind == Kind.EXPRESSION:
            return is_term(value) and free_names(value) <= free_names(right)
        if key.kind == Kind.ANTIDERIVATIVE:
            names = free_names(value)
            return bool(names & _CONSTANTS) and names <= free_names(right) | _CONSTANTS
    return False


def _defines_with_names_of(right: Value, value: Value) -> bool:
    """Not where a letter has no value yet: P(x) = ax(x + 1), and P(x) = 2x(x + 1) is right."""
    own, stored = definition(value), definition(right)
    if own is None or stored is None:
        return own is not None
    return free_names(own[1]) <= free_names(stored[1]) | free_names(stored[0])


def _is_of_line(right: Value) -> bool:
    """y = 3x - 2"""
    named = definition(right)
    return named is not None and is_term(named[1]) and bool(free_names(named[1]))


def _has_function(value: Value) -> bool:
    """|x - 6| < 2"""
    return any(isinstance(part, Call) and free_names(part) for part in walk(value))


def _is_point(value: Value) -> bool:
    """(3, 2) and S(3, 2), but not {3, 2} and 3, 2."""
    named = definition(value)
    value = named[1] if named else value
    return isinstance(value, Bracketed) and not value.opening.startswith("{")


def is_number(value: Value) -> bool:
    named = definition(value)
    value = named[1] if named else value
    return isinstance(value, Quantity) or is_term(value)


def _has_several(value: Value) -> bool:
    """Whether it is a list, a set or a point, and not one value."""
    named = definition(value)
    value = named[1] if named else value
    listed = solutions(expand_plus_minus(value))
    if isinstance(value, Listing) or _names_several(value):
        return True
    return isinstance(value, Bracketed) or (listed is not None and len(listed.values) > 1)


def _names_several(value: Value) -> bool:
    """|z| = 2 and arg z = π/3"""
    parts = value.parts if isinstance(value, Logic) else ()
    return bool(parts) and all(isinstance(p, Comparison) and p.op == "=" for p in parts)


def _lists(claim: WeighedClaim) -> bool:
    """x = 30°, 150°, and not the sin x = 1/2 before it"""
    return _LISTING.match(claim.statement.text) is not None


def _is_of_function(claim: WeighedClaim) -> bool:
    """sin x = 1/2, which gives no value of x."""
    first = claim.terms[0] if claim.terms else None
    return isinstance(first, Call) and first.name in KNOWN_FUNCTIONS and bool(free_names(first))


def collected(ending: Sequence[WeighedLine], key: AnswerKey) -> Iterator[str]:
    """Values of several claims as one answer: x1 = 7 and x2 = 3, (6, 0) and (0, 14)."""
    claims = [claim for line in ending for claim in line.claims if not _is_unsolved(claim)]
    if key.kind in _OF_ORDER:
        bounds = [claim for claim in claims if _is_bound(claim)]
        if len({bound.claim.operators[0][0] for bound in bounds[-2:]}) == 2:  # x < 5 or x > 8
            yield " or ".join(bound.statement.text for bound in bounds[-2:])
        for count in range(2, min(len(bounds), MAX_BOUNDS) + 1):  # x ≤ 4 and x ≠ 1
            yield " and ".join(bound.statement.text for bound in bounds[-count:])
    if key.kind not in _SEVERAL:
        return
    sides = [last_side(claim) for claim in claims]
    points = [side for side in sides if _POINT.fullmatch(side)]
    values = [last_side(claim) for claim in claims if not _is_of_function(claim)]
    pairs = zip(claims, sides, strict=True)
    named = [f"{claim.name} = {side}" for claim, side in pairs if claim.name]
    listed = [side for claim, side in zip(claims, sides, strict=True) if _lists(claim)]
    for texts in (sides, named, points, values, listed):
        for count in range(2, len(texts) + 1):
            yield ", ".join(texts[-count:])
