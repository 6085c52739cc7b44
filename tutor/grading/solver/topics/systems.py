"""Systems of two or three equations: substitution, and elimination by adding or subtracting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.parsing.tree import (
    Comparison,
    Logic,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.linear_equations import LinearEquation, are_independent, say_the_same
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.relations import Relation
from tutor.grading.solver.step import GoalKind, Position, RankedStep, Step, by_rank
from tutor.grading.solver.sums import (
    Sum,
    collected,
    negated,
)
from tutor.grading.solver.topics.cases import is_value
from tutor.grading.solver.topics.elimination import (
    eliminating,
    multiplying,
    pool_of,
    solving_for,
)


def steps(position: Position) -> Iterator[Step]:
    goal = position.goal
    if goal.kind != GoalKind.SOLVE or len(goal.unknowns) < 2 or position.current is None:
        return
    known = _comparisons(position.known)
    if pairs := _pairs_of_values(position, known):
        yield Step(pairs, Move(MoveName.SUBSTITUTE_EACH))
    if isinstance(position.current, Logic) and position.current.op == "or":
        return
    values = _values(known, goal.unknowns)
    open_names = [name for name in goal.unknowns if name not in values]
    if not open_names or (position.unknown and position.unknown not in values):
        return
    if values:
        yield from _with_values(known, values)
    yield from _substituting(position, known, open_names)
    yield from _by_elimination(position, known, open_names)


def _by_elimination(
    position: Position, known: Sequence[Comparison], open_names: Sequence[str]
) -> Iterator[Step]:
    goal = position.goal
    stated = _comparisons(() if goal.start is None else (goal.start,))
    equations = [
        equation
        for value in known
        if (equation := LinearEquation.of(value, _position(value, stated))) is not None
        and equation.names <= set(open_names)
    ]
    pool = pool_of(equations, len(open_names))
    yield from eliminating(pool)
    if pool and pool[-1].position is None and pool[-1].is_ordered:
        yield from multiplying(pool)  # as the student has begun
    yield from solving_for(pool)
    yield from multiplying(pool)


def _position(value: Value, stated: Sequence[Comparison]) -> int | None:
    return next((number for number, other in enumerate(stated) if other == value), None)


def _comparisons(values: Sequence[Value]) -> list[Comparison]:
    """All equations, the later ones last; those joined by "and" one by one."""
    parts = [
        part
        for value in values
        for part in (value.parts if isinstance(value, Logic) and value.op == "and" else (value,))
    ]
    equations = [part for part in parts if isinstance(part, Comparison) and part.op == "="]
    return list(dict.fromkeys(equations))


def _values(known: Sequence[Comparison], unknowns: Sequence[str]) -> dict[str, Term]:
    values: dict[str, Term] = {}
    for equation in known:
        match equation:
            case Comparison("=", Sym(name), right) if name in unknowns and is_term(right):
                if not free_names(right):
                    values[name] = right
    return values


def _with_values(known: Sequence[Comparison], values: dict[str, Term]) -> Iterator[Step]:
    """The equation that gets one unknown with the values put in, the simplest first."""
    offers = [_with_values_in(equation, known, values) for equation in known]
    yield from by_rank(offer for offer in offers if offer is not None)


def _with_values_in(
    equation: Comparison, known: Sequence[Comparison], values: dict[str, Term]
) -> RankedStep | None:
    """None where no value can be put in, or nothing new comes of it."""
    names = sorted(free_names(equation) & values.keys())
    count = len(free_names(equation) - values.keys())
    if not names or not count:
        return None
    changed: Value = equation
    for name in names:
        changed = substitute(changed, Sym(name), values[name])
    relation, before = Relation.of(changed), Relation.of(equation)
    if relation is None or before is None:
        return None
    relation = relation.changed(_with_numbers_added)
    if count > 1:
        relation = _with_numbers_on_the_right(relation)
    if _is_known(relation, known):
        return None
    is_solved = isinstance(equation.left, Sym) and equation.left.name not in values
    size = sum((abs(p.coefficient) for side in before.sides for p in side), Fraction(0))
    terms = [text for name in names for text in (name, typed(values[name]))]
    name_of_move = (MoveName.SUBSTITUTE, MoveName.SUBSTITUTE_TWO)[len(names) > 1]
    step = Step(relation.value, Move(name_of_move, tuple(terms)))
    return RankedStep((count, not is_solved, size), step)


def _pairs_of_values(position: Position, known: Sequence[Comparison]) -> Value | None:
    """x = 1 and y = 3 or x = 2 and y = 6, after x = 1 or x = 2, where y = 3x."""
    current = position.current
    if not isinstance(current, Logic) or current.op != "or" or len(position.goal.unknowns) != 2:
        return None
    cases = [case for case in current.parts if isinstance(case, Comparison) and is_value(case)]
    definition = next((d for d in known if _defines_by(d, position, current)), None)
    if len(cases) < len(current.parts) or definition is None:
        return None
    pairs: list[Value] = []
    for case in cases:
        partner = Relation.of(substitute(definition, case.left, case.right))
        if partner is None:
            return None
        pairs.append(Logic("and", (case, partner.changed(collected).value)))
    return Logic("or", tuple(pairs))


def _defines_by(definition: Comparison, position: Position, current: Value) -> bool:
    """Whether it gives the other letter by the one that has values."""
    match definition:
        case Comparison("=", Sym(name), right):
            is_other = name in position.goal.unknowns and name not in free_names(current)
            return is_other and free_names(right) == free_names(current)
    return False


def _is_known(relation: Relation, known: Sequence[Comparison]) -> bool:
    """Whether an equation in the same letters says the same."""
    result = LinearEquation.of(relation.value)
    others = [LinearEquation.of(value) for value in known]
    return result is not None and any(
        other.names == result.names and not are_independent(result, other)
        for other in others
        if other is not None
    )


def _with_numbers_on_the_right(relation: Relation) -> Relation:
    numbers = [part for part in relation.left if part.is_number]
    return relation.plus(*negated(numbers))


def _with_numbers_added(side: Sum) -> Sum:
    """1 + 2y - 3 as 2y - 2."""
    if sum(part.is_number for part in side) < 2:
        return side
    return sorted(collected(side), key=lambda part: part.is_number)


def _substituting(
    position: Position, known: Sequence[Comparison], open_names: Sequence[str]
) -> Iterator[Step]:
    """y = 2x + 1 put into another equation."""
    latest = [position.current] if position.current in known else known
    for definition in reversed(latest):
        match definition:
            case Comparison("=", Sym(name), expression) if name in open_names:
                pass
            case _:
                continue
        if not is_term(expression) or name in free_names(expression):
            continue
        others = [
            equation
            for equation in known
            if equation != definition
            and name in free_names(equation)
            and not say_the_same(equation, definition, open_names)
        ]
        for equation in sorted(others, key=_size):
            value = substitute(equation, Sym(name), expression)
            yield Step(value, Move(MoveName.SUBSTITUTE_FOR, (typed(expression), name)))


def _size(equation: Comparison) -> Fraction:
    linear = LinearEquation.of(equation)
    return Fraction(1000) if linear is None else linear.size
