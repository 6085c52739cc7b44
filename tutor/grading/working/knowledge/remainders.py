"""Remainders and last digits of powers that a statement asks for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Num, Pow
from tutor.grading.working.congruences import Congruences
from tutor.grading.working.knowledge.expected import ExpectedQuantity
from tutor.grading.working.task import Task

_NAMES = frozenset(
    name
    for names in (
        "remainder|rest|reste|resto|余数|last digit|units digit|ones digit|letzte ziffer",
        "einerziffer|dernier chiffre|última cifra|个位数字|个位数",
    )
    for name in names.split("|")
)


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    modulus = Congruences.of(task.text).modulus
    powers = [term for term in task.expressions if isinstance(term, Pow)]
    if modulus < 2 or len(powers) != 1 or len(task.expressions) != 1:
        return
    base, exponent = (rational_value(part) for part in (powers[0].base, powers[0].exponent))
    if base is None or exponent is None or exponent < 0:
        return
    if base.denominator == exponent.denominator == 1:
        rest = pow(int(base), int(exponent), modulus)
        yield ExpectedQuantity(_NAMES, value=Num(Fraction(rest)))
