"""Solutions that were lost, or that do not fit the first equation."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Bracketed,
    Call,
    Comparison,
    Div,
    Listing,
    Logic,
    Mul,
    Neg,
    Num,
    Root,
    Sym,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.statements import comparisons, is_solved
from tutor.grading.working.judges.contradiction_judge import agrees
from tutor.grading.working.slip_names.scene import MAX_PREMISES, Scene

_LOGS = ("ln", "log", "lg")


def lost_solution(scene: Scene) -> Slip:
    """x² = 14x to x = 14"""
    claim = scene.claim.value or scene.comparison
    is_lost = (
        claim is not None
        and is_solved(claim)
        and any(
            agrees(claim, premise, scene.budget)
            for premise in _sources(claim, scene)
            if not _has_one_solution(premise)
        )
    )
    return Slip.LOST_ROOT if is_lost else Slip.NONE


def _has_one_solution(equation: Value) -> bool:
    """3x = 6, and 2πr = 20π"""
    names = sorted(free_names(equation))
    match equation:
        case Comparison("=", left, right) if is_term(left) and is_term(right) and len(names) == 1:
            line = linear_coefficients(Add((left, Neg(right))), names[0])
            return line is not None and not free_names(line[0])
    return False


def extraneous_solution(scene: Scene) -> Slip:
    """x = 8 or x = -2 from (x - 8)(x + 2) = 0, for an equation with logarithms."""
    claim = _solutions(scene)
    if claim is None:
        return Slip.NONE
    sources = list(_sources(claim, scene))
    if not sources:
        return Slip.NONE
    latest, first = sources[0], sources[-1]
    parts = list(comparisons(claim))
    fits = all(agrees(part, latest, scene.budget) for part in parts)
    fails = not all(agrees(part, first, scene.budget) for part in parts) or any(
        _leaves_domain(part, first) for part in parts
    )
    return Slip.EXTRANEOUS_ROOT if fits and fails else Slip.NONE


def opposite_solutions(scene: Scene) -> Slip:
    """x = -7 or x = 2 from (x - 7)(x + 2) = 0"""
    claim = _solutions(scene)
    if claim is None:
        return Slip.NONE
    name = Sym(next(iter(free_names(claim))))
    parts = list(comparisons(substitute(claim, name, Neg(name))))
    is_opposite = any(
        all(agrees(part, source, scene.budget) for part in parts)
        and not all(agrees(part, source, scene.budget) for part in comparisons(claim))
        for source in _sources(claim, scene)
    )
    return Slip.LOST_SIGN if is_opposite and not _is_zero(claim) else Slip.NONE


def solved_wrongly(scene: Scene) -> Slip:
    """r = 20 from 2πr = 20π: the formula was right."""
    claim = scene.comparison
    if claim is None or not is_solved(claim) or free_names(claim.right):
        return Slip.NONE
    is_wrong = any(
        _has_one_solution(source) and not agrees(claim, source, scene.budget)
        for source in _sources(claim, scene)
    )
    return Slip.ARITHMETIC if is_wrong else Slip.NONE


def wrong_denominator(scene: Scene) -> Slip:
    """x = (4 ± 16)/4 and x = (4 ± 16)/2 for 4x² - 4x - 15 = 0, where 2a is 8"""
    claim = _solutions(scene)
    if claim is None or not isinstance(claim, Logic):
        return Slip.NONE
    name = Sym(next(iter(free_names(claim))))
    for source in _sources(claim, scene):
        for leading in _leading_coefficient(source, name.name):
            for factor in {Fraction(2), leading} - {Fraction(1)}:
                scaled = substitute(claim, name, Mul((Num(factor), name)))
                if all(agrees(part, source, scene.budget) for part in comparisons(scaled)):
                    return Slip.WRONG_FORMULA
    return Slip.NONE


def _leading_coefficient(equation: Value, name: str) -> Iterator[Fraction]:
    """Of a quadratic equation."""
    match equation:
        case Comparison("=", left, right) if is_term(left) and is_term(right):
            function = rational_function(Add((left, Neg(right))), name)
            if function is not None and function.top.degree() == 2:
                top = function.top / function.bottom[0]
                yield abs(Fraction(int(top[2].p), int(top[2].q)))


def _is_zero(claim: Value) -> bool:
    return all(rational_value(part.right) == 0 for part in comparisons(claim))  # type: ignore[arg-type]


def not_put_back(scene: Scene) -> Slip:
    """x = 2 or x = 3 for u = 2 or u = 3, where u stands for e^x"""
    claim = _solutions(scene)
    if claim is None:
        return Slip.NONE
    name = Sym(next(iter(free_names(claim))))
    values = _values(claim)
    for premise in scene.premises:
        match premise:
            case Comparison("=", Sym() as helper, term) if free_names(term) == {name.name}:
                others = [
                    other
                    for other in scene.premises
                    if free_names(other) == {helper.name} and is_solved(other)
                ]
                if helper != name and any(_values(other) == values for other in others):
                    return Slip.NOT_PUT_BACK
    return Slip.NONE


def _values(solutions: Value) -> frozenset[Value | Fraction]:
    """Numbers as such: 2 for (3 + 1)/2."""
    sides = [part.right for part in comparisons(solutions)]
    numbers = [rational_value(side) if is_term(side) else None for side in sides]
    pairs = zip(numbers, sides, strict=True)
    return frozenset(side if number is None else number for number, side in pairs)


def _solutions(scene: Scene) -> Value | None:
    """The values that the claim gives one unknown; also 8 and -2, of the latest equation's."""
    claim = scene.claim.value or scene.comparison
    if isinstance(claim, Listing | Bracketed) and all(map(is_term, claim.parts)):
        names = next((free_names(p) for p in scene.comparisons if free_names(p)), frozenset())
        if len(names) != 1:
            return None
        name = Sym(next(iter(names)))
        return Logic("or", tuple(Comparison("=", name, part) for part in claim.parts))
    is_of_one = claim is not None and is_solved(claim) and len(free_names(claim)) == 1
    return claim if is_of_one else None


def _sources(claim: Value, scene: Scene) -> Iterator[Value]:
    """The equations to be solved, the latest first."""
    names = free_names(claim)
    for premise in scene.premises[: 2 * MAX_PREMISES]:
        is_open = free_names(premise) == names and not is_solved(premise)
        if is_open and isinstance(premise, Comparison) and premise.op == "=":
            yield premise


def _leaves_domain(solution: Comparison, equation: Value) -> bool:
    """x = -2 for ln x, and x = 3 below a line as x - 3."""
    value = substitute(equation, solution.left, solution.right)
    for part in walk(value):
        match part:
            case Call(name, (inner, *_)) if name in _LOGS and is_term(inner):
                number = rational_value(inner)
                if number is not None and number <= 0:
                    return True
            case Div(_, bottom) if rational_value(bottom) == 0:
                return True
    return False


def wrong_strictness(scene: Scene) -> Slip:
    """x - 2 > 0 below the root of √(x - 2)"""
    claim = scene.comparison
    if claim is None or claim.op not in (">", "<"):
        return Slip.NONE
    bodies = [function.body for function in scene.definitions.functions.values()]
    inner = [p.inner for body in (*bodies, *scene.terms) for p in walk(body) if isinstance(p, Root)]
    is_below_root = claim.left in inner or claim.right in inner
    return Slip.STRICT_CHANGED if is_below_root else Slip.NONE
