"""Names moves between equations that are more than the same done to both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import alternatives
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Call,
    Comparison,
    Const,
    Logic,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.parsing.typed import typed
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solver.linear_equations import LinearEquation
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.polynomials import Polynomial
from tutor.grading.solver.relations import Relation
from tutor.grading.solver.sums import polynomial
from tutor.grading.solver.topics.cases import is_value
from tutor.grading.solver.topics.logarithms import LOGARITHMS
from tutor.grading.solver.topics.trigonometric import ANGLE_MOVES
from tutor.grading.working.solution_lists.periodic_solutions import PeriodicEquation

MAX_COMPARISON_WORK_S = 0.05
_BASES = {"log": 10, "lg": 10, "lb": 2}


def name_equation_move(before: Value, after: Value) -> Iterator[Move]:
    for naming in (
        *(_combined, _put_in, _substituted_back, _zero_factors, _by_formula),
        *(_squared, _rooted, _angles, _as_power, _with_logarithms, _with_same_base),
    ):
        yield from naming(before, after)


def are_equal(first: Term, second: Term) -> bool:
    if first == second:
        return True
    with WorkBudget(MAX_COMPARISON_WORK_S) as budget:
        return same_value(first, second, budget).equal is True


def _sides(value: Value) -> tuple[Term, Term] | None:
    match value:
        case Comparison("=", left, right) if is_term(left) and is_term(right):
            return left, right
    return None


def _pairs(before: Value, after: Value) -> Iterator[tuple[tuple[Term, Term], tuple[Term, Term]]]:
    """The sides of two equations, in both orders of the second."""
    first, second = _sides(before), _sides(after)
    if first is not None and second is not None:
        yield first, second
        yield first, (second[1], second[0])


def _equations_of(value: Value) -> Sequence[Value]:
    return value.parts if isinstance(value, Logic) and value.op == "and" else ()


def _combined(before: Value, after: Value) -> Iterator[Move]:
    """Two equations, and their sum or difference."""
    pair = [LinearEquation.of(value) for value in _equations_of(before)]
    result = LinearEquation.of(after)
    if len(pair) != 2 or result is None or pair[0] is None or pair[1] is None:
        return
    first, second = pair[0].whole, pair[1].whole
    for sign, move in ((1, MoveName.ADD_EQUATIONS), (-1, MoveName.SUBTRACT_EQUATIONS)):
        sums = [
            _coefficients(_plus(first, second, sign)),
            _coefficients(_plus(second, first, sign)),
        ]
        if sums[0] and _coefficients(result.whole) in sums:
            yield Move(move)
            return


def _coefficients(term: Term) -> dict[object, Fraction]:
    return {part.key: part.coefficient for part in polynomial(term)}


def _plus(first: Term, second: Term, sign: int) -> Term:
    return Add((first, second if sign > 0 else Neg(second)))


def _put_in(before: Value, after: Value) -> Iterator[Move]:
    """y = 2x + 1 or x = 3, put into the other equation."""
    equations = _equations_of(before)
    for definition in equations:
        match definition:
            case Comparison("=", Sym(name), term) if is_term(term) and name not in free_names(term):
                pass
            case _:
                continue
        for other in equations:
            if other == definition or name not in free_names(other):
                continue
            if _say_the_same(substitute(other, Sym(name), term), after):
                if free_names(term):
                    yield Move(MoveName.SUBSTITUTE_FOR, (typed(term), name))
                else:
                    yield Move(MoveName.SUBSTITUTE, (name, typed(term)))
                return


def _say_the_same(first: Value, second: Value) -> bool:
    """Side by side."""
    return any(
        are_equal(left, other_left) and are_equal(right, other_right)
        for (left, right), (other_left, other_right) in _pairs(first, second)
    )


def _substituted_back(before: Value, after: Value) -> Iterator[Move]:
    """2^x = 2 or 2^x = 4, after u = 2 or u = 4."""
    olds, news = alternatives(before), alternatives(after)
    if len(olds) != len(news) or not all(map(is_value, olds)) or any(map(is_value, news)):
        return
    meanings: set[Term] = set()
    for old, new in zip(olds, news, strict=True):
        sides, known = _sides(new), _sides(old)
        if sides is None or known is None or not are_equal(sides[1], known[1]):
            return
        if free_names(sides[0]) & free_names(old) or not isinstance(sides[0], Pow | Root | Call):
            return
        meanings.add(sides[0])
    if len(meanings) == 1:
        yield Move(MoveName.SUBSTITUTE_BACK)


def _zero_factors(before: Value, after: Value) -> Iterator[Move]:
    """x = 1/2 or x = -3, after (2x - 1)(x + 3) = 0."""
    sides = _sides(before)
    if sides is None or ZERO not in sides:
        return
    product = sides[1] if sides[0] == ZERO else sides[0]
    parts = product.parts if isinstance(product, Mul) else ()
    factors = [part for part in parts if free_names(part)]
    cases = alternatives(after)
    values = [case for case in cases if is_value(case)]
    if len(factors) < 2 or len(values) != len(cases) or len(cases) != len(factors):
        return
    waiting = list(factors)
    for case in values:
        assert isinstance(case, Comparison)  # noqa: S101 - a value is an equation
        zeros = (f for f in waiting if are_equal(substitute(f, case.left, case.right), ZERO))
        factor = next(zeros, None)
        if factor is None:
            return
        waiting.remove(factor)
    yield Move(MoveName.SET_FACTORS_TO_ZERO)


def _by_formula(before: Value, after: Value) -> Iterator[Move]:
    """x = (4 ± √20)/2, after x² - 4x - 1 = 0."""
    relation, names = Relation.of(before), sorted(free_names(before))
    cases = alternatives(after)
    if relation is None or not relation.is_equation or len(names) != 1 or len(cases) != 2:
        return
    whole = Polynomial.of_difference(relation, names[0])
    is_product = any(part.brackets for side in relation.sides for part in side)
    if whole is None or whole.degree != 2 or whole.coefficients[1] == 0 or is_product:
        return
    if not all(is_value(case) and free_names(case) == set(names) for case in cases):
        return
    rights = [case.right for case in cases if isinstance(case, Comparison) and is_term(case.right)]
    are_zeros = (are_equal(substitute(whole.term, Sym(names[0]), r), ZERO) for r in rights)
    if all(are_zeros) and not are_equal(rights[0], rights[1]):
        yield Move(MoveName.APPLY_QUADRATIC_FORMULA)


def _squared(before: Value, after: Value) -> Iterator[Move]:
    if not any(isinstance(part, Root) and free_names(part) for part in walk(before)):
        return
    for (left, right), (new_left, new_right) in _pairs(before, after):
        if are_equal(_square(left), new_left) and are_equal(_square(right), new_right):
            yield Move(MoveName.SQUARE_BOTH)
            return


def _square(term: Term) -> Term:
    return Pow(term, Num(Fraction(2)))


def _rooted(before: Value, after: Value) -> Iterator[Move]:
    """x + 3 = ±4, c = 5: what squared gives the line before; and x = 1 or x = -7 at once."""
    cases = alternatives(after)
    if len(cases) > 2:
        return
    if len(cases) == 2 and _are_zeros_of_square(before, cases):
        yield Move(MoveName.TAKE_SQUARE_ROOT)
        return
    for case in cases:
        if not any(
            are_equal(left, _square(new_left)) and are_equal(right, _square(new_right))
            for (left, right), (new_left, new_right) in _pairs(before, case)
        ):
            return
    yield Move(MoveName.TAKE_SQUARE_ROOT)


def _are_zeros_of_square(before: Value, cases: Sequence[Value]) -> bool:
    """x = 1 and x = -7, for (x + 3)² = 16."""
    sides = _sides(before)
    if sides is None or not isinstance(sides[0], Pow) or free_names(sides[1]):
        return False
    if len(free_names(sides[0])) != 1 or any(free_names(c) != free_names(before) for c in cases):
        return False
    if sides[0].exponent != Num(Fraction(2)) or not all(map(is_value, cases)):
        return False
    name = Sym(next(iter(free_names(sides[0]))))
    values = [case.right for case in cases if isinstance(case, Comparison) and is_term(case.right)]
    if are_equal(values[0], values[1]):
        return False
    return all(are_equal(substitute(sides[0], name, value), sides[1]) for value in values)


def _angles(before: Value, after: Value) -> Iterator[Move]:
    """x = π/6 or x = 5π/6, after sin x = 1/2."""
    cases, names = alternatives(after), sorted(free_names(before))
    equation = PeriodicEquation.of(before, names[0]) if len(names) == 1 else None
    if equation is None or not all(map(is_value, cases)) or free_names(after) != set(names):
        return
    values = [case.right for case in cases if isinstance(case, Comparison) and is_term(case.right)]
    with WorkBudget(MAX_COMPARISON_WORK_S) as budget:
        are_solutions = all(equation.holds_at(names[0], value, budget) for value in values)
    if are_solutions:
        yield Move(ANGLE_MOVES[equation.function])


def _as_power(before: Value, after: Value) -> Iterator[Move]:
    """x = 2^6, after log_2(x) = 6."""
    for (left, right), (new_left, new_right) in _pairs(before, after):
        for logarithm, exponent in ((left, right), (right, left)):
            match logarithm:
                case Call(name, (argument, *bases)) if name in LOGARITHMS:
                    base = bases[0] if bases else _base_of(name)
                    is_argument = free_names(argument) and are_equal(argument, new_left)
                    if is_argument and are_equal(Pow(base, exponent), new_right):
                        yield Move(MoveName.REWRITE_AS_POWER)
                        return


def _base_of(name: str) -> Term:
    return Const("e") if name == "ln" else Num(Fraction(_BASES[name]))


def _with_logarithms(before: Value, after: Value) -> Iterator[Move]:
    """x = ln 12/ln 5, after 5^x = 12: both sides are logarithms to one base."""
    if _has_logarithm(before) or not _has_logarithm(after):
        return
    for (left, right), (new_left, new_right) in _pairs(before, after):
        if not any(isinstance(p, Pow) and free_names(p.exponent) for p in walk(before)):
            return
        logs = Call("ln", (left,)), Call("ln", (right,))
        if are_equal(Mul((new_left, logs[1])), Mul((new_right, logs[0]))):
            yield Move(MoveName.TAKE_LOGARITHMS)
            return


def _has_logarithm(value: Value) -> bool:
    return any(isinstance(part, Call) and part.name in LOGARITHMS for part in walk(value))


def _with_same_base(before: Value, after: Value) -> Iterator[Move]:
    """(2^2)^x = 2^3, after 4^x = 8."""
    first, second = _sides(before), _sides(after)
    if first is None or second is None or first == second:
        return
    bases = [_innermost_base(side) for side in second]
    if None in bases or bases[0] != bases[1]:
        return
    if are_equal(first[0], second[0]) and are_equal(first[1], second[1]):
        yield Move(MoveName.WRITE_WITH_SAME_BASE)


def _innermost_base(term: Term) -> Term | None:
    if not isinstance(term, Pow):
        return None
    inner = _innermost_base(term.base)
    if inner is not None:
        return inner
    return term.base if rational_value(term.base) is not None or term.base == Const("e") else None
