"""Does a final answer give all solutions of the statement, and only those?"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Logic,
    Mul,
    Neg,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import sign_of_constant_ratio, zeros_near
from tutor.grading.solving.real_sets import (
    EMPTY_SET,
    RealSet,
    Undecidable,
    intersection,
    minus,
    union,
)
from tutor.grading.solving.set_notation import real_set
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.steps.easy_members import easy_member
from tutor.grading.steps.slips import slip_between
from tutor.grading.steps.statements import comparisons, is_solved
from tutor.grading.steps.witnesses import failing_at, value_at, written
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_EITHER = words(r"or|either|oder|entweder|ou|soit|o", "或")


def final_result(
    answer: Value, written: Value, task: Task, budget: WorkBudget
) -> ClaimResult | None:
    """written: the solutions of this line alone; the answer may have those of earlier lines too.

    None where the statement has no equation in this variable alone, or it is hard to solve.

    Raises WorkBudgetSpent.
    """
    names = free_names(answer)
    conditions = [value for value in task.equations if free_names(value) == names]
    if len(names) != 1 or not conditions or not is_solved(answer):
        return None
    [name] = names
    try:
        sets = [real_set(condition, budget) for condition in conditions]
        return _compared(real_set(answer, budget), sets, conditions, name, answer, budget)
    except Undecidable:
        extraneous = _extraneous(written, conditions, budget)
        return extraneous or _missing(answer, conditions, name, budget)


def has_failing_solution(answer: Value, task: Task, budget: WorkBudget) -> bool:
    """Whether the statement's equation does not hold for one of the numbers: it may be sorted out.

    Raises WorkBudgetSpent.
    """
    conditions = [value for value in task.equations if free_names(value) == free_names(answer)]
    for solution in comparisons(answer):
        match solution:
            case Comparison("=", Sym(name), value) if is_term(value):
                number = value_at(value, {}, budget)
            case _:
                return False
        point = {name: number} if number is not None else {}
        if point and any(
            failing_at(c, point, budget, FailingStatement.PREMISE) for c in conditions
        ):
            return True
    return False


def ends_changed(value: Value, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """2 ≤ x ≤ 5 for 2x - 1 > 3 and x + 2 ≤ 7, with an end in that stays out; None otherwise.

    x ≥ 2 for √(x - 2) > 0 is none: it may say where the root has a value.
    """
    names = free_names(value)
    conditions = [other for other in task.equations if free_names(other) == names]
    if len(names) != 1 or not conditions or all(map(is_solved, conditions)):
        return None
    if not _has_only_bounds(value) or not all(map(_is_polynomial, conditions)):
        return None
    try:
        claimed, *sets = (real_set(v, budget) for v in (value, *conditions))
        if any(_are_same(claimed, other, budget) for other in sets):
            return None
        [name] = names
        result = _compared(claimed, sets, conditions, name, value, budget)
    except Undecidable:
        return None
    return result if result is not None and result.slip == Slip.STRICT_CHANGED else None


def _has_only_bounds(value: Value) -> bool:
    """2 ≤ x ≤ 5 or x < 3"""
    parts = tuple(comparisons(value))
    is_bounds = all(part.op in ("<", "<=", ">", ">=") for part in parts)
    return bool(parts) and is_bounds and is_solved(value)


def _is_polynomial(condition: Value) -> bool:
    is_partial = any(
        isinstance(part, Root) or (isinstance(part, Call) and part.name != "abs")
        for part in walk(condition)
    )
    return not is_partial and all(map(_is_inequality, comparisons(condition)))


def _joined(sets: Sequence[RealSet], budget: WorkBudget) -> RealSet:
    """What all of them have."""
    whole = sets[0]
    for other in sets[1:]:
        whole = intersection(whole, other, budget)
    return whole


def _differences(whole: RealSet, claimed: RealSet, budget: WorkBudget) -> tuple[RealSet, RealSet]:
    """What the claim loses, and what it gains."""
    return minus(whole, claimed, budget), minus(claimed, whole, budget)


def _compared(
    claimed: RealSet,
    sets: Sequence[RealSet],
    conditions: Sequence[Value],
    name: str,
    answer: Value,
    budget: WorkBudget,
) -> ClaimResult | None:
    whole = _joined(sets, budget)
    lost, gained = _differences(whole, claimed, budget)
    slip = _slip_in_sets(claimed, whole, sets, budget)
    if lost.has_only_points and gained.has_only_points and not whole.has_only_points:
        slip = Slip.STRICT_CHANGED
    if lost == gained == EMPTY_SET:
        return proved(ClaimRelation.SOLVE)
    is_narrower = lost != EMPTY_SET and gained == EMPTY_SET and len(conditions) == 1
    if is_narrower and slip != Slip.STRICT_CHANGED:
        return None  # the words of the statement may exclude the rest
    failing = FailingStatement.PREMISE if gained != EMPTY_SET else FailingStatement.CLAIM
    member = easy_member(gained if gained != EMPTY_SET else lost)
    if not slip:
        slip = slip_between(conditions[0], answer, budget)
    at = written(member)
    return refuted(ClaimRelation.SOLVE, Witness({name: at}, "", "", failing), slip)


def _slip_in_sets(
    claimed: RealSet, whole: RealSet, sets: Sequence[RealSet], budget: WorkBudget
) -> Slip:
    if len(sets) > 1:
        either = sets[0]
        for other in sets[1:]:
            either = union(either, other, budget)
        is_union = any(_are_same(claimed, other, budget) for other in (*sets, either))
        return Slip.UNION_FOR_INTERSECTION if is_union else Slip.NONE
    is_outside = len(whole.endpoints) == 2 and claimed.endpoints != ()
    is_outside = is_outside and intersection(claimed, whole, budget) == EMPTY_SET
    return Slip.QUADRATIC_INEQUALITY if is_outside else Slip.NONE


def joined_by_or(value: Value, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """x > 2 or x > 5 for two inequalities that both have to hold, x < 0 or x - 5 < 0 for one.

    None for anything else.
    """
    names = free_names(value)
    conditions = [other for other in task.equations if free_names(other) == names]
    parts = _alternatives(value)
    if len(conditions) == len(names) == 1 and len(parts) > 1:
        return _signs_of_factors(parts, conditions[0], budget)
    if len(conditions) != 2 or len(names) != 1 or _EITHER.search(task.text):
        return None
    [name] = names
    if len(parts) != 2 or not all(map(_is_inequality, (*parts, *conditions))):
        return None
    try:
        own, sets = ([real_set(v, budget) for v in values] for values in (parts, conditions))
        if not any(_are_each_same(own, order, budget) for order in (sets, sets[::-1])):
            return None
        claimed = union(own[0], own[1], budget)
        return _compared(claimed, sets, conditions, name, value, budget)
    except Undecidable:
        return None


def _signs_of_factors(
    parts: Sequence[Value], condition: Value, budget: WorkBudget
) -> ClaimResult | None:
    """Refuted for x < 0 or x - 5 < 0 after x(x - 5) < 0, as is right of equations alone."""
    orders = {part.op for part in (*parts, condition) if isinstance(part, Comparison)}
    sides = [_side(part) for part in (*parts, condition)]
    if len(orders) != 1 or not orders <= {"<", "<=", ">", ">="} or not _is_polynomial(condition):
        return None
    *factors, whole = (side for side in sides if side is not None)
    if len(factors) != len(parts) or not sign_of_constant_ratio(Mul(tuple(factors)), whole, budget):
        return None
    try:
        claimed, right = (real_set(v, budget) for v in (Logic("or", tuple(parts)), condition))
        gained = minus(claimed, right, budget)
    except Undecidable:
        return None
    if gained == EMPTY_SET:
        return None
    [name] = free_names(condition)
    witness = Witness({name: written(easy_member(gained))}, "", "", FailingStatement.PREMISE)
    return refuted(ClaimRelation.SOLVE, witness, Slip.QUADRATIC_INEQUALITY)


def _side(value: Value) -> Term | None:
    """x - 5 of x < 5."""
    if not isinstance(value, Comparison) or not is_term(value.left) or not is_term(value.right):
        return None
    return Add((value.left, Neg(value.right)))


def _alternatives(value: Value) -> tuple[Value, ...]:
    return value.parts if isinstance(value, Logic) and value.op == "or" else ()


def _is_inequality(value: Value) -> bool:
    return isinstance(value, Comparison) and value.op not in ("=", "≈")


def _are_each_same(own: Sequence[RealSet], sets: Sequence[RealSet], budget: WorkBudget) -> bool:
    return all(_are_same(*pair, budget) for pair in zip(own, sets, strict=True))


def _are_same(first: RealSet, other: RealSet, budget: WorkBudget) -> bool:
    return minus(first, other, budget) == minus(other, first, budget) == EMPTY_SET


def _extraneous(
    answer: Value, conditions: Sequence[Value], budget: WorkBudget
) -> ClaimResult | None:
    """Refuted where a side of the statement has no value for one of the solutions: ln(-2)."""
    for solution in comparisons(answer):
        match solution:
            case Comparison("=", Sym(name), value) if is_term(value):
                number = value_at(value, {}, budget)
            case _:
                return None
        sides = [s for c in conditions for part in comparisons(c) for s in (part.left, part.right)]
        terms = [side for side in sides if is_term(side)]
        if number is None:
            continue
        for term in terms:
            if value_at(term, {name: number}, budget) is None:
                witness = Witness({name: latex(value)}, "", "", FailingStatement.PREMISE)
                return refuted(ClaimRelation.SOLVE, witness)
    return None


def _missing(
    answer: Value, conditions: Sequence[Value], name: str, budget: WorkBudget
) -> ClaimResult | None:
    """Refuted where a solution that was found, and that no condition excludes, is missing."""
    equations = [c for c in conditions if isinstance(c, Comparison) and c.op == "="]
    if len(equations) != 1:
        return None
    solutions = _alternatives(answer) or (answer,)
    if any(map(_has_degrees, conditions)) and not _has_degrees(answer):
        solutions += tuple(map(_in_degrees, solutions))  # 210 for 210°
    for zero in zeros_near(equations[0], name, budget):
        point = {name: zero}
        excluded = (
            failing_at(condition, point, budget, FailingStatement.CLAIM)
            for condition in conditions
            if condition is not equations[0]
        )
        if len(conditions) == 1 or any(witness is not None for witness in excluded):
            continue
        witnesses = [
            failing_at(solution, point, budget, FailingStatement.CLAIM) for solution in solutions
        ]
        if witnesses[0] is not None and all(witnesses):  # x = 2 or x = 5 holds at 5
            return refuted(ClaimRelation.SOLVE, witnesses[0], Slip.LOST_ROOT)
    return None


def _has_degrees(value: Value) -> bool:
    return any(isinstance(part, Call) and part.name == "degrees" for part in walk(value))


def _in_degrees(value: Value) -> Value:
    match value:
        case Comparison(operator, left, right) if is_term(right):
            return Comparison(operator, left, Call("degrees", (right,)))
    return value
