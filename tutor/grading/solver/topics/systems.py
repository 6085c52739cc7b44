"""Systems of two or three equations: substitution, and elimination by adding or subtracting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from math import lcm

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
from tutor.grading.solver.moves import Move, MoveName
from tutor.grading.solver.relations import Relation
from tutor.grading.solver.step import GoalKind, Position, Step
from tutor.grading.solver.sums import (
    Sum,
    Summand,
    as_term,
    collected,
    expanded,
    negated,
    number,
    summands,
)
from tutor.grading.solver.topics.cases import is_value
from tutor.grading.solving.linear_systems import LinearSystem

_MULTIPLICATIONS = (
    MoveName.MULTIPLY_FIRST_EQUATION,
    MoveName.MULTIPLY_SECOND_EQUATION,
    MoveName.MULTIPLY_THIRD_EQUATION,
)


@dataclass(frozen=True, slots=True)
class LinearEquation:
    """position: its number among the equations of the statement; None for a later one."""

    relation: Relation
    coefficients: dict[str, Fraction]  # with everything on the left
    position: int | None = None

    @classmethod
    def of(cls, value: Value, position: int | None = None) -> LinearEquation | None:
        relation = Relation.of(value)
        if relation is None or not relation.is_equation:
            return None
        whole = [*relation.left, *negated(relation.right)]
        coefficients: dict[str, Fraction] = {}
        for part in collected(inner for outer in whole for inner in expanded(outer)):
            match part.powers:
                case ((Sym(name), 1),):
                    coefficients[name] = part.coefficient
                case ():
                    pass
                case _:
                    return None
        return cls(relation, coefficients, position)

    @property
    def value(self) -> Value:
        return self.relation.value

    @property
    def whole(self) -> Term:
        return as_term([*self.relation.left, *negated(self.relation.right)])

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.coefficients)

    @property
    def is_ordered(self) -> bool:
        """Whether its letters are on the left and a number is on the right."""
        return all(part.is_number for part in self.relation.right) and all(
            len(part.powers) == 1 and isinstance(part.powers[0][0], Sym)
            for part in self.relation.left
        )

    @property
    def size(self) -> Fraction:
        """Smaller for an equation that is easier to calculate with."""
        parts = [part for side in self.relation.sides for part in side]
        return sum((abs(part.coefficient) for part in parts), Fraction(len(parts)))


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
    stated = _comparisons(() if goal.start is None else (goal.start,))
    equations = [
        equation
        for value in known
        if (equation := LinearEquation.of(value, _position(value, stated))) is not None
        and equation.names <= set(open_names)
    ]
    pool = _pool(equations, len(open_names))
    yield from _eliminating(pool)
    if pool and pool[-1].position is None and pool[-1].is_ordered:
        yield from _multiplying(pool)  # as the student has begun
    yield from _solving_for(pool)
    yield from _multiplying(pool)


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
    offered: list[tuple[tuple[int, bool, Fraction], Step]] = []
    for equation in known:
        names = sorted(free_names(equation) & values.keys())
        count = len(free_names(equation) - values.keys())
        if not names or not count:
            continue
        changed: Value = equation
        for name in names:
            changed = substitute(changed, Sym(name), values[name])
        relation, before = Relation.of(changed), Relation.of(equation)
        if relation is None or before is None:
            continue
        relation = relation.changed(_with_numbers_added)
        if count > 1:
            relation = _with_numbers_on_the_right(relation)
        if _is_known(relation, known):
            continue
        is_solved = isinstance(equation.left, Sym) and equation.left.name not in values
        size = sum((abs(p.coefficient) for side in before.sides for p in side), Fraction(0))
        terms = [text for name in names for text in (name, typed(values[name]))]
        name_of_move = (MoveName.SUBSTITUTE, MoveName.SUBSTITUTE_TWO)[len(names) > 1]
        offered.append(
            ((count, not is_solved, size), Step(relation.value, Move(name_of_move, tuple(terms))))
        )
    for _, step in sorted(offered, key=lambda pair: pair[0]):
        yield step


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
        other.names == result.names and not _are_independent(result, other)
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
            and not _is_same(equation, definition, open_names)
        ]
        for equation in sorted(others, key=_size):
            value = substitute(equation, Sym(name), expression)
            yield Step(value, Move(MoveName.SUBSTITUTE_FOR, (typed(expression), name)))


def _size(equation: Comparison) -> Fraction:
    linear = LinearEquation.of(equation)
    return Fraction(1000) if linear is None else linear.size


def _is_same(first: Value, second: Value, names: Sequence[str]) -> bool:
    """Whether both say the same."""
    pair = [LinearEquation.of(value) for value in (first, second)]
    known = [equation for equation in pair if equation is not None]
    return len(known) == 2 and not _are_independent(known[0], known[1])


def _are_independent(first: LinearEquation, second: LinearEquation) -> bool:
    names = sorted(first.names | second.names)
    alone = LinearSystem.of([first.whole], names)
    both = LinearSystem.of([first.whole, second.whole], names)
    return alone is not None and both is not None and len(both.rows) > len(alone.rows)


def _pool(equations: list[LinearEquation], count: int) -> list[LinearEquation]:
    """Those to work with: of three unknowns first two equations in the same two letters."""
    if count == 2:
        return equations
    for equation in equations:
        alike = [other for other in equations if other.names == equation.names]
        if len(equation.names) == 2 and any(_are_independent(equation, other) for other in alike):
            return alike
    return equations


def _pairs(pool: list[LinearEquation]) -> list[tuple[LinearEquation, LinearEquation]]:
    """Independent equations; those with the latest one first."""
    pairs = list(combinations(pool, 2))
    pairs.sort(key=lambda pair: -sum(pool.index(e) for e in pair if e.position is None))
    return [pair for pair in pairs if _are_independent(*pair)]


def _wanted(pool: list[LinearEquation]) -> frozenset[str] | None:
    """The two letters that the next equation should have, where another has them already."""
    shorter = [equation.names for equation in pool if len(equation.names) == 2]
    longer = any(len(equation.names) > 2 for equation in pool)
    return shorter[-1] if shorter and longer else None


def _eliminating(pool: list[LinearEquation]) -> Iterator[Step]:
    wanted = _wanted(pool)
    existing = [equation.whole for equation in pool if equation.names == wanted]
    offered: list[tuple[MoveName, Relation]] = []
    for first, second in _pairs(pool):
        if not first.is_ordered or not second.is_ordered:
            continue
        for name in sorted(first.names & second.names):
            left, right = first.coefficients[name], second.coefficients[name]
            if left == -right:
                offered.append((MoveName.ADD_EQUATIONS, _sum(first, second, 1)))
            elif left == right:
                offered.append((MoveName.SUBTRACT_EQUATIONS, _sum(first, second, -1)))
    offered.sort(key=lambda pair: (len(pair[1].left), pair[0] != MoveName.ADD_EQUATIONS))
    for move, relation in offered:
        equation = LinearEquation.of(relation.value)
        if equation is None or not equation.names:
            continue
        if wanted and (equation.names != wanted or _follows(equation, existing)):
            continue
        yield Step(relation.value, Move(move))


def _follows(equation: LinearEquation, known: list[Term]) -> bool:
    names = sorted(equation.names)
    system = LinearSystem.of(known, names)
    own = LinearSystem.of([equation.whole], names)
    return system is not None and own is not None and system.implies(own)


def _sum(first: LinearEquation, second: LinearEquation, sign: int) -> Relation:
    """The sum or difference of the sides; of a difference with a positive first coefficient."""
    factor = Fraction(sign)

    def combined(upper: LinearEquation, lower: LinearEquation) -> Relation:
        sides = tuple(
            collected([*a, *(replace(p, coefficient=factor * p.coefficient) for p in b)])
            for a, b in zip(upper.relation.sides, lower.relation.sides, strict=True)
        )
        return replace(upper.relation, sides=sides)

    result = combined(first, second)
    if sign < 0 and result.left and result.left[0].coefficient < 0:
        return combined(second, first)
    return result


def _solving_for(pool: list[LinearEquation]) -> Iterator[Step]:
    """y = 5x - 3, where y has the coefficient 1 or -1."""
    for equation in pool:
        if equation.position is None or isinstance(_left(equation), Sym):
            continue
        for name, coefficient in reversed(equation.coefficients.items()):
            if abs(coefficient) == 1 and len(equation.names) == 2:
                whole = summands(equation.whole)
                rest = [part for part in whole if part.powers != ((Sym(name), 1),)]
                right = collected(rest if coefficient == -1 else negated(rest))
                right.sort(key=lambda part: (part.coefficient < 0, part.is_number))
                value = Comparison("=", Sym(name), as_term(right))
                yield Step(value, Move(MoveName.SOLVE_FOR, (name,)))


def _left(equation: LinearEquation) -> Value | None:
    value = equation.value
    return value.left if isinstance(value, Comparison) else None


def _multiplying(pool: list[LinearEquation]) -> Iterator[Step]:
    """One equation times a number, so that adding or subtracting eliminates a letter."""
    wanted = _wanted(pool)
    offered: list[tuple[tuple[bool, int, Fraction], Step]] = []
    for first, second in _pairs(pool):
        if not first.is_ordered or not second.is_ordered:
            continue
        for name in sorted(first.names & second.names):
            if wanted and name in wanted:
                continue
            pair = first.coefficients[name], second.coefficients[name]
            if any(c.denominator != 1 for c in pair):
                continue
            common = lcm(pair[0].numerator, pair[1].numerator)
            factors = [Fraction(common) / abs(c) for c in pair]
            needed = [k for k in (0, 1) if factors[k] != 1]
            if not needed:
                continue
            factor = factors[needed[0]]
            equation = (first, second)[needed[0]]
            move = _multiplication(equation, factor)
            product = equation.relation.times(Summand(factor))
            is_new = pool[-1].position is not None or pool[-1] in (first, second)
            rank = (not is_new, len(needed), Fraction(common))
            offered.append((rank, Step(product.value, move)))
    for _, step in sorted(offered, key=lambda pair: pair[0]):
        yield step


def _multiplication(equation: LinearEquation, factor: Fraction) -> Move:
    by = (typed(number(factor)),)
    if equation.position is None or equation.position > 2:
        return Move(MoveName.MULTIPLY_BOTH, by)
    return Move(_MULTIPLICATIONS[equation.position], by)
