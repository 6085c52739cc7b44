"""Does a quantity come to what is expected, or to what a usual mistake makes of it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Sym, Term, free_names, substitute
from tutor.grading.processes.deadline import Deadline
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.rounding import compare_numbers
from tutor.grading.working.knowledge.expected import ExpectedQuantity

MAX_LETTERS = 5  # of a formula whose letters a working may have renamed

_UNKNOWN = unchecked(ClaimRelation.EVALUATE)


@dataclass(frozen=True)
class Recall:
    expected: tuple[ExpectedQuantity, ...]

    def judge(self, name: str, side: EquationSide, deadline: Deadline) -> ClaimResult:
        """`name` = side, where the name is a letter or a word. Raises DeadlinePassed."""
        if side.term is None:
            return _UNKNOWN
        candidates = [quantity for quantity in self.expected if name in quantity.names]
        for quantity in candidates:
            if self._is(quantity.formula, quantity.value, side, deadline):
                return proved(ClaimRelation.EVALUATE)
        for quantity in candidates:
            for mistake in quantity.mistakes:
                if self._is(mistake.formula, mistake.value, side, deadline):
                    return _wrong(quantity, side.term, mistake.slip)
        return _UNKNOWN

    def _is(
        self, formula: Term | None, value: Term | None, side: EquationSide, deadline: Deadline
    ) -> bool:
        assert side.term is not None  # noqa: S101 - `judge` asks
        if free_names(side.term):
            return formula is not None and is_renamed(formula, side.term, deadline)
        if value is None:
            return False
        result = compare_numbers(EquationSide("", value), side, "=", deadline, {})
        return result.verdict == StepVerdict.PROVED


def is_renamed(formula: Term, term: Term, deadline: Deadline) -> bool:
    """Whether the term is the formula, perhaps with other letters."""
    letters, names = sorted(free_names(formula)), sorted(free_names(term))
    if len(letters) != len(names) or len(letters) > MAX_LETTERS:
        return False
    if letters == names and same_value(formula, term, deadline).equal:
        return True
    fresh = [f"{name}\x00" for name in names]
    apart = _renamed(term, names, fresh)
    for order in permutations(fresh):
        deadline.check()
        if same_value(_renamed(formula, letters, order), apart, deadline).equal:
            return True
    return False


def _renamed(term: Term, old: Sequence[str], new: Iterable[str]) -> Term:
    for before, after in zip(old, new, strict=True):
        term = substitute(term, Sym(before), Sym(after))
    return term


def _wrong(quantity: ExpectedQuantity, term: Term, slip: Slip) -> ClaimResult:
    right = quantity.formula if free_names(term) else quantity.value
    texts = [latex(part) if part is not None else "" for part in (right, term)]
    return refuted(ClaimRelation.EVALUATE, Witness({}, texts[1], texts[0]), slip)
