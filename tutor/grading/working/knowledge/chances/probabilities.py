"""A probability that a line may state, with the values that usual mistakes give instead."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tutor.grading.parsing.tree import Add, Div, Mul, Num, Pow, Term, has_part
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.side_names import OF_EVENT, OF_OUTCOME

_NAMES = frozenset(
    [
        "P",
        OF_EVENT,
        OF_OUTCOME,
        "p",
        "probability",
        "wahrscheinlichkeit",
        "probabilité",
        "probabilidad",
        "概率",
    ]
)
WrittenForm = Callable[[Term], bool]


def expected_probability(
    value: Fraction,
    *wrong: tuple[Slip, Fraction, WrittenForm | None],
    is_outcome: bool = True,
    is_asked: bool = True,
) -> ExpectedQuantity:
    """is_outcome: whether HH can be all of what is asked for, as of "both heads".

    is_asked: whether P alone can be it, and not only P(no six).
    """
    mistakes = tuple(
        Mistake(slip, value=number_term(other), is_written=form)
        for slip, other, form in wrong
        if other != value
    )
    names = _NAMES if is_outcome else _NAMES - {OF_OUTCOME}
    names -= frozenset() if is_asked else {"P", "p"}
    return ExpectedQuantity(names, value=number_term(value), mistakes=mistakes)


def is_sum(term: Term) -> bool:
    return isinstance(term, Add) and len(term.parts) > 1


def is_product(term: Term) -> bool:
    return has_part(term, (Mul, Pow)) and not is_sum(term)


def is_sum_or_multiple(term: Term) -> bool:
    """1/6 + 1/6, 4·1/6: no plain fraction, which may be of another event."""
    match term:
        case Div(Mul(parts), _) | Mul(parts):
            return any(isinstance(part, Num) for part in parts)
    return is_sum(term)
