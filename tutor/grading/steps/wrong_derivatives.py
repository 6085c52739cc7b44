"""What comes out of a derivative by the usual mistakes."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.grading.numeric.derivatives import NotDifferentiable, derivative
from tutor.grading.numeric.equivalence import same
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Pow,
    Sym,
    Term,
    free_names,
    replace,
)
from tutor.grading.processes.deadline import Deadline


def slip_in_derivative(body: Term, claim: Term, name: str, deadline: Deadline) -> str:
    for slip, wrong in _wrong_derivatives(body, name):
        deadline.check()
        if same(wrong, claim, deadline).equal:
            return slip
    return ""


def _wrong_derivatives(body: Term, name: str) -> Iterator[tuple[str, Term]]:
    parts = body.parts if isinstance(body, Mul) else (body,)
    moving = [part for part in parts if name in free_names(part)]
    fixed = tuple(part for part in parts if part not in moving)
    try:
        if len(moving) > 1:
            yield "product_rule", Mul((*fixed, *(derivative(part, name) for part in moving)))
        for index in range(len(moving)):
            for slip, wrong in _wrong_single(moving[index], name):
                if len(moving) == 1:
                    yield slip, Mul((*fixed, wrong))
                else:
                    yield slip, Mul((*fixed, _with_wrong(moving, index, wrong, name)))
        if isinstance(body, Add):
            for index, part in enumerate(body.parts):
                for slip, wrong in _wrong_derivatives(part, name):
                    others = [derivative(p, name) for i, p in enumerate(body.parts) if i != index]
                    yield slip, Add((*others, wrong))
        if isinstance(body, Neg):
            for slip, wrong in _wrong_derivatives(body.part, name):
                yield slip, Neg(wrong)
        if isinstance(body, Div):
            quotient_of = Div(derivative(body.top, name), derivative(body.bottom, name))
            yield "quotient_rule", quotient_of
    except NotDifferentiable:
        return


def _with_wrong(moving: list[Term], index: int, wrong: Term, name: str) -> Term:
    summands = []
    for place in range(len(moving)):
        inner = wrong if place == index else derivative(moving[place], name)
        summands.append(Mul((*moving[:place], inner, *moving[place + 1 :])))
    return Add(tuple(summands))


def _wrong_single(part: Term, name: str) -> Iterator[tuple[str, Term]]:
    match part:
        case Pow(base, exponent) if name not in free_names(exponent):
            inner = derivative(base, name)
            yield "power_rule", Mul((exponent, part, inner))
            yield "power_rule", Mul((exponent, Pow(base, Add((exponent, ONE))), inner))
            yield "power_rule", Mul((Pow(base, Add((exponent, Neg(ONE)))), inner))
            yield "chain_rule", Mul((exponent, Pow(base, Add((exponent, Neg(ONE))))))
        case Pow(base, exponent):
            yield "power_rule", Mul((exponent, Pow(base, Add((exponent, Neg(ONE))))))
            yield "chain_rule", part
        case Call(_, (inner,)):
            outer = derivative(Call(part.name, (Sym(name),)), name)
            yield "chain_rule", replace(outer, Sym(name), inner)
            yield "lost_sign", Neg(derivative(part, name))
