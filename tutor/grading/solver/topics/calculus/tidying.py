"""What is done to a derivative or an antiderivative once its rule is written down."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Comparison,
    Const,
    Div,
    Mul,
    Neg,
    Pow,
    Sym,
    Term,
    is_term,
)
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.shapes import same_form
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import negative, numeral, product, total
from tutor.grading.solver.topics.written_lines import written_lines


def tidy(position: Position) -> Iterator[Step]:
    """f'(x) = 2e^(2x) for e^(2x)·2, F(x) = 2x³ for 6·x³/3, and common factors taken out."""
    lines = written_lines(position)
    match lines[-1] if lines else None:
        case Comparison("=", Call(name, (Sym(),)) | Sym(name) as title, body) if is_term(body):
            is_derivative, is_antiderivative = "'" in name, len(name) == 1 and name.isupper()
            if not is_derivative and not is_antiderivative:
                return
            for changed, move in _tidied(body, is_derivative):
                yield Step(Comparison("=", title, changed), move)


def _tidied(body: Term, is_derivative: bool) -> Iterator[tuple[Term, Move]]:
    if is_derivative and (factored := _without_common_factor(body)):
        yield factored
        return
    changed = total(product(part) for part in _summands(body))
    if not same_form(changed, body):
        is_quotient = any(isinstance(part, Div) for part in _summands(body))
        name = MoveName.DIVIDE_NUMBERS if is_quotient else MoveName.WORK_OUT
        yield changed, Move(name)
    elif changed != body and isinstance(body, Mul) and numeral(body.parts[0]) is None:
        yield changed, Move(MoveName.PUT_FACTOR_IN_FRONT)


def _summands(term: Term) -> tuple[Term, ...]:
    return term.parts if isinstance(term, Add) else (term,)


def _without_common_factor(body: Term) -> tuple[Term, Move] | None:
    """(2x + 3x²)·e^(3x) for 2x·e^(3x) + x²·3e^(3x)"""
    if not isinstance(body, Add):
        return None
    factors = [_factors(part) for part in body.parts]
    common = [
        factor
        for factor in factors[0]
        if _is_worth_taking_out(factor) and all(factor in other for other in factors[1:])
    ]
    if not common:
        return None
    rests: list[Term] = []
    for part, own in zip(body.parts, factors, strict=True):
        others = [factor for factor in own if factor not in common]
        rest = product(*others) if others else ONE
        rests.append(negative(rest) if isinstance(part, Neg) else rest)
    whole = common[0] if len(common) == 1 else Mul(tuple(common))
    return Mul((total(rests), *common)), Move(MoveName.FACTOR_OUT, (typed(whole),))


def _factors(part: Term) -> list[Term]:
    inner = part.part if isinstance(part, Neg) else part
    if not isinstance(inner, Mul):
        return [inner]
    factors: list[Term] = []
    for factor in inner.parts:
        factors += factor.parts if isinstance(factor, Mul) else (factor,)
    return factors


def _is_worth_taking_out(factor: Term) -> bool:
    """An exponential: powers of x stay in the bracket, where a pupil sees them."""
    match factor:
        case Pow(Const("e"), exponent):
            return numeral(exponent) is None
        case Call("exp"):
            return True
    return False
