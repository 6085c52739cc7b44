"""Reads sin 37 as sin 37° where the statement has an angle of 37°."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from tutor.grading.parsing.tree import Call, Comparison, Num, Sym, Value, substitute, walk
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.quantities.stated import StatedQuantity

_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma"}
_V = TypeVar("_V", bound=Value)


def has_plain_degrees(values: Iterable[Value]) -> bool:
    """Whether there are degree signs, and no function for which they matter."""
    calls = {p.name for value in values for p in walk(value) if isinstance(p, Call)}
    return calls == {"degrees"}


def without_degrees(value: _V) -> _V:
    for part in tuple(walk(value)):
        match part:
            case Call("degrees", (angle,)):
                value = substitute(value, part, angle)
    return value


@dataclass(frozen=True)
class StatedAngles:
    """numbers: of degrees. equations: those that give a Greek letter its angle."""

    numbers: frozenset[Fraction]
    equations: tuple[Comparison, ...] = ()

    @classmethod
    def of(cls, quantities: Iterable[StatedQuantity]) -> StatedAngles:
        angles = [q for q in quantities if q.sign == "°" and q.number]
        named = [(_GREEK[q.name], q.number) for q in angles if q.name in _GREEK]
        equations = (
            Comparison("=", Sym(name), Call("degrees", (Num(number),))) for name, number in named
        )
        is_plain = len(dict(named)) == len(named)
        return cls(frozenset(q.number for q in angles), tuple(equations) if is_plain else ())

    def in_degrees(self, claim: Claim) -> Claim:
        """The claim with the degree signs that its writer left out."""
        if not self.numbers:
            return claim
        sides = tuple(
            side if side.term is None else replace(side, term=self._with_signs(side.term))
            for side in claim.sides
        )
        value = claim.value if claim.value is None else self._with_signs(claim.value)
        return replace(claim, sides=sides, value=value)

    def _with_signs(self, value: _V) -> _V:
        for part in tuple(walk(value)):
            match part:
                case Call("sin" | "cos" | "tan" as name, (Num(number) as angle,)):
                    if number in self.numbers:
                        with_sign = Call(name, (Call("degrees", (angle,)),))
                        value = substitute(value, part, with_sign)
        return value
