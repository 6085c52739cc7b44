"""Finds in a line the calculations that only a usual mistake leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Div,
    Mul,
    Num,
    Pow,
    Term,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, Witness, refuted
from tutor.grading.working.knowledge.wrong_calculations.sources import wrong_calculations
from tutor.grading.working.knowledge.wrong_calculations.wrong_calculation import WrongCalculation
from tutor.grading.working.task import Task

_HUNDRED = Num(Fraction(100))
Signature = tuple[bool, tuple[Fraction, ...]]


@dataclass(frozen=True)
class WrongCalculations:
    by_signature: dict[Signature, WrongCalculation]

    @classmethod
    def of(cls, task: Task) -> WrongCalculations:
        return cls(
            {
                signature: wrong
                for wrong in reversed(wrong_calculations(task))
                if (signature := _signature(wrong.written)) and not _is_right(wrong)
            }
        )

    def judge(self, terms: Iterable[Term | None]) -> ClaimResult | None:
        """Refuted by the first of them that has such a calculation; None without one."""
        if not self.by_signature:
            return None
        for term in terms:
            for part in _calculations(term) if term is not None else ():
                signature = _signature(part)
                if signature is not None and signature in self.by_signature:
                    wrong = self.by_signature[signature]
                    witness = Witness({}, latex(part), latex(wrong.right))
                    return refuted(ClaimRelation.EVALUATE, witness, wrong.slip)
        return None


def _calculations(term: Term) -> Iterator[Term]:
    for part in walk(term):
        if is_term(part) and isinstance(part, Add | Mul | Div | Pow):
            yield part


def _signature(term: Term) -> Signature | None:
    """Of a sum its summands, in order of size; of a product its value.

    In 1.1p - 0.1p, the p is only what the shares are of.
    """
    plain = _without_percent(term)
    names = free_names(plain)
    if isinstance(plain, Add) and len(names) == 1:
        plain = _shares(plain, *names) or plain
    if isinstance(plain, Add):
        values = [rational_value(part) for part in plain.parts]
        summands = sorted(value for value in values if value is not None)
        return (True, tuple(summands)) if len(summands) == len(values) else None
    value = rational_value(plain)
    return None if value is None or value.denominator > 10**6 else (False, (value,))


def _shares(total: Add, name: str) -> Add | None:
    """1.1 - 0.1 for 1.1p - 0.1p; None where not each summand is a number of p."""
    pairs = [linear_coefficients(part, name) for part in total.parts]
    shares = [pair[0] for pair in pairs if pair is not None and rational_value(pair[1]) == 0]
    return Add(tuple(shares)) if len(shares) == len(total.parts) else None


def _without_percent(term: Term) -> Term:
    for part in tuple(walk(term)):
        match part:
            case Call("percent", (inner,)) if is_term(inner):
                term = substitute(term, part, Div(inner, _HUNDRED))
    return term


def _is_right(wrong: WrongCalculation) -> bool:
    return rational_value(wrong.written) == rational_value(wrong.right)
