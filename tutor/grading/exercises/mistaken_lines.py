"""Lines that come out of a line by one usual mistake, in place of the right one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.parsing.tree import Comparison, Term, Value, free_names, is_term
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.solve import solve
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.inverse_slips import inverse_slips
from tutor.grading.steps.rule_slips import RULE_SLIPS

MAX_NUMBERS = 8  # of one line that take part
MAX_TIMES = 10  # the right number
_NUMBER = re.compile(r"(?<![\w.^])\d++(?:\.\d++)?(?![\w.]*\d)")
_SIGN = re.compile(r" [+-] ")
_RELATION = re.compile(r" [<>≤≥] ")
_TURNED = {" < ": " > ", " > ": " < ", " ≤ ": " ≥ ", " ≥ ": " ≤ "}
_STRICT = {" < ": " ≤ ", " > ": " ≥ ", " ≤ ": " < ", " ≥ ": " > "}
# Whose sentence speaks of something else; and rules that people get wrong with plain numbers only.
_NEVER = frozenset({Slip.HALF_FORGOTTEN})
_NOT_WITH_LETTERS = _NEVER | {
    Slip.DOUBLED_FOR_SQUARED,
    Slip.POWER_AS_PRODUCT,
    Slip.ORDER_OF_OPERATIONS,
    Slip.ROOT_AS_DIVISION,
}
# What nobody writes: 2·1(x - 3), (3/4)/1, x + (-2)^2.
_ODD = re.compile(r"/1(?!\d)|(?<![\d.])1[(*a-z]|\*1(?!\d)|[+*(-] ?\(-|\+ -|- -|0/|\b0[*(a-z]")


@dataclass(frozen=True, slots=True)
class MistakenLine:
    """text: as a student types it. slip: the wrong rule behind it; NONE where a sign, a relation or
    a number is another.
    """

    text: str
    slip: Slip = Slip.NONE


def mistaken_lines(before: Value, right: str) -> Iterator[MistakenLine]:
    """Each text once; some of them may be right all the same.

    before: the line above, or the start of the problem. right: the line that should follow.
    """
    seen = {right}
    for line in (*_by_wrong_rules(before), *_by_other_numbers(typed(before), right)):
        if line.text not in seen and not _ODD.search(line.text):
            seen.add(line.text)
            yield line


def _by_wrong_rules(before: Value) -> Iterator[MistakenLine]:
    for slip, value in _wrongly_rewritten(before):
        with suppress(OverflowError):
            for text in (*_worked_out(value), typed(value)):
                yield MistakenLine(text, slip)


def _wrongly_rewritten(before: Value) -> Iterator[tuple[Slip, Value]]:
    if isinstance(before, Comparison):
        for slip, term in _wrong_terms(before.left):
            yield slip, Comparison(before.op, term, before.right)
        for slip, term in _wrong_terms(before.right):
            yield slip, Comparison(before.op, before.left, term)
        yield from inverse_slips(before)
    else:
        yield from _wrong_terms(before)


def _wrong_terms(term: Value) -> Iterator[tuple[Slip, Term]]:
    if is_term(term):
        for slip, variants in RULE_SLIPS:
            if slip not in (_NOT_WITH_LETTERS if free_names(term) else _NEVER):
                for variant in variants(term):
                    yield slip, variant


def _worked_out(value: Value) -> Iterator[str]:
    """(2x)^2 + 9 and 4x^2 + 9 for (2x)^2 + (-3)^2"""
    if is_term(value):
        steps = solve(f"Simplify \\({typed(value)}\\).").steps
        yield from dict.fromkeys(step.line for step in (*steps[:1], *steps[-1:]))


def _by_other_numbers(before: str, right: str) -> Iterator[MistakenLine]:
    yield from map(MistakenLine, _texts_with_changes(before, right))


def _texts_with_changes(before: str, right: str) -> Iterator[str]:
    """With a sign changed, a relation turned, a solution lost, or a number worked out wrongly."""
    for relations in (_TURNED, _STRICT):
        if _RELATION.search(right):
            yield _RELATION.sub(lambda match: relations[match[0]], right)  # noqa: B023
    if " or " in right:
        yield right.partition(" or ")[0]
    for sign in _SIGN.finditer(right):
        other = " + " if sign[0] == " - " else " - "
        yield right[: sign.start()] + other + right[sign.end() :]
    yield from _with_wrong_numbers(before, right)


def _with_wrong_numbers(before: str, right: str) -> Iterator[str]:
    numbers = [Fraction(text) for text in _NUMBER.findall(before)[:MAX_NUMBERS]]
    for number in [*_NUMBER.finditer(right)][-MAX_NUMBERS:]:
        if Fraction(number[0]) in numbers:
            continue  # nothing was worked out here
        for other in _wrong_numbers(Fraction(number[0]), numbers):
            yield right[: number.start()] + other + right[number.end() :]


def _wrong_numbers(right: Fraction, numbers: list[Fraction]) -> Iterator[str]:
    """What two numbers of the line above come to by another operation, or one next to it."""
    results = [
        result
        for index, a in enumerate(numbers)
        for b in numbers[index + 1 :]
        for result in (a + b, abs(a - b), a * b, a / b if b else a, b / a if a else b)
    ]
    for result in dict.fromkeys([right + 1, right - 1, *results]):
        if result != right and 0 < result < MAX_TIMES * right and (text := _decimal(result)):
            yield text


def _decimal(number: Fraction) -> str:
    """Without a fraction; empty where that is no short number."""
    text = f"{float(number):.10g}"
    return text if len(text) <= 6 and Fraction(text) == number else ""
