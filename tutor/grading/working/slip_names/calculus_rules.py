"""Mistakes in derivatives and antiderivatives that only what came before shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Call,
    Comparison,
    Div,
    Neg,
    Sym,
    Term,
    free_names,
    has_part,
    is_term,
    walk,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.derivative_slips import slip_in_derivative
from tutor.grading.steps.equation_slips import summands
from tutor.grading.steps.expression_slips import are_same
from tutor.grading.working.slip_names.scene import Scene

MAX_SOURCES = 8
_DERIVATIVE = re.compile(
    r"['′’]|\bd\w?\s?/\s?d[a-z]|derivative|differentiat|slope|gradient|ableit|dériv|deriva|导|斜率",
    re.IGNORECASE,
)


def wrong_derivative(scene: Scene) -> Slip:
    """dy/dx = 1/2·√(1 - 4x)·(-4) for y = √(1 - 4x)"""
    if not _DERIVATIVE.search(scene.text) and not _DERIVATIVE.search(scene.statement):
        return Slip.NONE
    for side in scene.sides[-2:]:
        for source in _sources(side, scene):
            name = next(iter(free_names(source)))
            if scene.are_same(source, side):
                continue
            slip = slip_in_derivative(source, side, name, scene.budget)
            if slip != Slip.NONE:
                return slip
    return Slip.NONE


def wrong_rule_of_lhopital(scene: Scene) -> Slip:
    """lim cos 3x/1 for lim sin 3x/x"""
    for before, after in scene.pairs:
        match before, after:
            case BigOperator("lim", Div(f, g), name), BigOperator("lim", Div(a, b)):
                for (function, claimed), (other, right) in (((f, a), (g, b)), ((g, b), (f, a))):
                    slip = slip_in_derivative(function, claimed, name, scene.budget)
                    if slip != Slip.NONE and _is_derivative(other, right, name, scene):
                        return slip
    return Slip.NONE


def _is_derivative(function: Term, claimed: Term, name: str, scene: Scene) -> bool:
    try:
        return scene.are_same(differentiate(function, name), claimed)
    except NotDifferentiable:
        return False


def constant_of_integration(scene: Scene) -> Slip:
    """s = 3t² - 4t for v = 6t - 4 and s = 3 at the beginning"""
    for side in scene.sides:
        if len(free_names(side)) != 1 or isinstance(side, Sym):
            continue
        name = next(iter(free_names(side)))
        try:
            derived = differentiate(side, name)
        except NotDifferentiable:
            continue
        if any(scene.are_same(derived, source) for source in _sources(side, scene)):
            return Slip.CONSTANT_FORGOTTEN
    return Slip.NONE


def _sources(side: Term, scene: Scene) -> Iterator[Term]:
    """Functions of the same letter that were known, the latest first."""
    names = free_names(side)
    if len(names) != 1:
        return
    candidates = [*scene.terms, *_right_sides(scene)]
    candidates += [function.body for function in scene.definitions.functions.values()]
    functions = (term for term in candidates if free_names(term) == names and _is_function(term))
    yield from list(dict.fromkeys(functions))[:MAX_SOURCES]


def _right_sides(scene: Scene) -> Iterator[Term]:
    for premise in scene.premises:
        match premise:
            case Comparison("=", Sym() | Call(), right) if is_term(right):
                yield right


def _is_function(term: Term) -> bool:
    return not has_part(term, BigOperator)


def sign_of_integral(scene: Scene) -> Slip:
    """∫x eˣ dx = x eˣ + ∫eˣ dx, and x sin x - ∫sin x dx = x sin x - cos x"""
    for before, after in scene.pairs:
        integrals = [p for p in walk(before) if isinstance(p, BigOperator) and p.kind == "int"]
        parts = after.parts if isinstance(after, Add) else ()
        right = _derivative(summands(before), integrals[0].name) if integrals else None
        for index, part in enumerate(parts if right is not None else ()):
            if isinstance(before, BigOperator) and not has_part(part, BigOperator):
                continue
            turned = part.part if isinstance(part, Neg) else Neg(part)
            own = _derivative((*parts[:index], turned, *parts[index + 1 :]), integrals[0].name)
            if own is not None and right is not None and are_same(own, right, scene.budget):
                return Slip.LOST_SIGN
    return Slip.NONE


def _derivative(parts: Iterable[Term], variable: str) -> Term | None:
    """Of the sum of these parts, of which some may be integrals."""
    derived: list[Term] = []
    for part in parts:
        inner = part.part if isinstance(part, Neg) else part
        match inner:
            case BigOperator("int", body, name, None, None) if name == variable:
                value: Term = body
            case _:
                try:
                    value = differentiate(inner, variable)
                except NotDifferentiable:
                    return None
        derived.append(Neg(value) if isinstance(part, Neg) else value)
    return Add(tuple(derived))
