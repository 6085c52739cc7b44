"""Reads sin x, ln x, 2^x and √x as unknowns of their own, so that algebra decides about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Comparison,
    Const,
    Div,
    Logic,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    Value,
    children,
    free_names,
    rebuild,
    walk,
)

MAX_ATOMS = 3
_BOUNDED = frozenset(["sin", "cos"])
_ATOMIC = _BOUNDED | frozenset(["ln", "lg", "log", "lb"])


@dataclass
class Atoms:
    """conditions: what holds of the atoms whatever the variables are: -1 ≤ sin x ≤ 1, 2^x > 0."""

    keeps_cosine: bool = False  # even powers of the other one are written in this one
    names: dict[Term, str] = field(default_factory=dict)
    conditions: list[Value] = field(default_factory=list)

    def of(self, value: Value) -> Value:
        """The value with each atom as a variable, whose name is its LaTeX."""
        match value:
            case Pow(Call("sin" | "cos" as name, arguments), exponent) if free_names(value):
                is_other = (name == "sin") == self.keeps_cosine
                if is_other and (power := _even(exponent)):
                    other = self._atom(Call("cos" if name == "sin" else "sin", arguments))
                    square = Add((ONE, Neg(Pow(other, Num(Fraction(2))))))
                    return Pow(square, Num(power / 2)) if power > 2 else square
            case Call("tan", (argument,)) if free_names(argument):
                parts = (Call(name, (argument,)) for name in ("sin", "cos"))
                return Div(*map(self._atom, parts))
            case Call(name) if name in _ATOMIC and free_names(value):
                return self._atom(value)
            case Pow(base, exponent) if free_names(exponent) and not free_names(base):
                return self._atom(value)
            case Root(inner) if free_names(inner):
                return self._atom(value)
        result: Value = rebuild(value, self.of)
        return result

    def _atom(self, term: Term) -> Sym:
        if term not in self.names:
            self.names[term] = latex(term)
            self._bound(term, Sym(self.names[term]))
        return Sym(self.names[term])

    def _bound(self, term: Term, atom: Sym) -> None:
        match term:
            case Call(name) if name in _BOUNDED:
                low, high = (
                    Comparison(op, atom, end) for op, end in ((">=", Neg(ONE)), ("<=", ONE))
                )
                self.conditions.append(Logic("and", (low, high)))
            case Pow(Num(base)) if base > 0:
                self.conditions.append(Comparison(">", atom, Num(Fraction(0))))
            case Pow(Const()):
                self.conditions.append(Comparison(">", atom, Num(Fraction(0))))
            case Root(_, Num(index)) if index == 2:
                self.conditions.append(Comparison(">=", atom, Num(Fraction(0))))


def _even(exponent: Term) -> Fraction | None:
    power = rational_value(exponent)
    return power if power is not None and power > 0 and (power / 2).denominator == 1 else None


def _has_cosine(value: Value) -> bool:
    """Whether it has a cosine that is not squared."""
    match value:
        case Pow(Call("cos"), exponent) if _even(exponent):
            return False
        case Call("cos" | "tan"):
            return True
    return any(map(_has_cosine, children(value)))


def in_atoms(premises: Sequence[Value], claim: Value) -> tuple[list[Value], Value] | None:
    """Premises and claim in atoms, conditions first; None where variables are left beside them."""
    values = (*premises, claim)
    if not any(isinstance(part, Call | Pow | Root) for value in values for part in walk(value)):
        return None
    variables = frozenset[str]().union(*map(free_names, values))
    atoms = Atoms(keeps_cosine=any(map(_has_cosine, (premises[-1], claim))))
    changed = [atoms.of(value) for value in values]
    names = free_names(changed[-1])
    if (
        not 0 < len(atoms.names) <= MAX_ATOMS
        or names & variables
        or free_names(changed[-2]) != names
    ):
        return None
    related = [value for value in changed[:-1] if free_names(value) == names]
    return [*(c for c in atoms.conditions if free_names(c) <= names), *related], changed[-1]
