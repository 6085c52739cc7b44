"""Quadratic equations: the discriminant, the formula for the solutions, the vertex."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import Add, Comparison, Neg, Term, Value, free_names, is_term
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.witnesses import number
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.task import Task

DISCRIMINANT = frozenset(
    ["D", "Delta", "delta", "Δ", "discriminant", "Diskriminante", "discriminante", "判别式"]
)


def _formula(text: str) -> Term:
    term = read_answer(text)
    assert is_term(term)  # noqa: S101 - the texts are this module's own
    return term


_DISCRIMINANT = _formula("b^2-4*a*c")
_SOLUTION = _formula(r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}")


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    for equation in task.equations:
        coefficients = coefficients_of(equation)
        if coefficients is None:
            continue
        name, (c, b, a) = coefficients
        for letter, value in (("a", a), ("b", b), ("c", c)):
            yield ExpectedQuantity(frozenset([letter]), value=number(value))
        yield ExpectedQuantity(
            DISCRIMINANT,
            _DISCRIMINANT,
            number(b * b - 4 * a * c),
            (
                Mistake(Slip.LOST_SIGN, _formula("b^2+4*a*c"), number(b * b + 4 * a * c)),
                Mistake(Slip.NEGATIVE_SQUARE, None, number(-b * b - 4 * a * c)),
            ),
        )
        yield ExpectedQuantity(
            frozenset([name]),
            _SOLUTION,
            None,
            (Mistake(Slip.LOST_SIGN, _formula(r"\frac{b\pm\sqrt{b^2-4ac}}{2a}")),),
        )


def coefficients_of(equation: Value) -> tuple[str, tuple[Fraction, Fraction, Fraction]] | None:
    """The unknown of a quadratic equation, and c, b and a of ax² + bx + c = 0."""
    if not isinstance(equation, Comparison) or equation.op != "=":
        return None
    left, right = equation.left, equation.right
    names = free_names(equation)
    if len(names) != 1 or not is_term(left) or not is_term(right):
        return None
    [name] = names
    quotient = rational_function(Add((left, Neg(right))), name)
    if quotient is None or quotient.bottom.degree() > 0 or quotient.top.degree() != 2:
        return None
    c, b, a = (
        Fraction(int(x.p), int(x.q))
        / Fraction(int(quotient.bottom[0].p), int(quotient.bottom[0].q))
        for x in (quotient.top[0], quotient.top[1], quotient.top[2])
    )
    return name, (c, b, a)
