"""Conditions that only say where a term of the statement has a value: x > 1 for ln(x - 1) < 2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    ZERO,
    Call,
    Comparison,
    Div,
    Neg,
    Num,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.implication import implies
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_LOGARITHMS = frozenset(["ln", "lg", "lb", "log"])
_DOMAIN = words(
    r"domain|definitions(?:bereich|menge)\w{0,2}|(?:ensemble|domaine) de définition|dominio",
    "定义域",
)
_WEAK = {"<": "<=", "<=": "<=", ">": ">=", ">=": ">="}
_TURNED = {"<=": ">=", ">=": "<="}


def tells_domain(value: Value, task: Task, budget: WorkBudget) -> bool:
    """Whether it is the condition of a root or a logarithm of the statement. x ≥ 2, x - 2 ≥ 0."""
    names = free_names(value)
    if not isinstance(value, Comparison) or value.op not in _WEAK:
        return False
    return any(
        free_names(condition) == names
        and implies([condition], value, budget).verdict == StepVerdict.PROVED
        and implies([value], condition, budget).verdict == StepVerdict.PROVED
        for condition in _conditions(task)
    )


def judge_exclusion(
    value: Value, task: Task, known: Sequence[Value], budget: WorkBudget
) -> ClaimResult | None:
    """x - 5 ≠ 0 and x ≠ 5, where the statement divides by x - 5; None for anything else.

    known: what other statements say, those of lines before first. x ≠ -5 below x - 5 ≠ 0 has lost
    a sign, and x ≠ 3 alone is not all of x² ≠ 9.
    """
    if not isinstance(value, Comparison) or value.op != "!=" or len(free_names(value)) != 1:
        return None
    bottoms = [bottom for bottom in denominators(task) if free_names(bottom) == free_names(value)]
    conditions = [Comparison("!=", bottom, ZERO) for bottom in bottoms]
    stated = [
        k
        for k in known
        if isinstance(k, Comparison) and k.op == "!=" and free_names(k) == free_names(value)
    ]
    for condition in conditions:
        if implies([condition], value, budget).verdict == StepVerdict.PROVED:
            excluded = [value, *(k for k in stated if isinstance(k.left, Sym))]
            is_all = implies(excluded, condition, budget).verdict == StepVerdict.PROVED
            return proved(ClaimRelation.SOLVE) if is_all else unchecked(ClaimRelation.SOLVE)
    match value:
        case Comparison(_, Sym(name), right) if is_term(right) and not free_names(right):
            opposite = Comparison("!=", value.left, Neg(right))
            before = [k for k in stated if not isinstance(k.left, Sym)][-1:]
            is_excluded = any(_vanishes(bottom, name, right) for bottom in bottoms)
            if before and not is_excluded and _are_same(before[0], opposite, budget):
                witness = Witness({name: latex(right)}, "", "")
                return refuted(ClaimRelation.SOLVE, witness, Slip.LOST_SIGN)
    return None


def judge_strictness(value: Value, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Refuted for x + 3 ≥ 0, where the domain of ln(x + 3) is sought; None for anything else."""
    if not isinstance(value, Comparison) or value.op not in ("<=", ">="):
        return None
    if not _DOMAIN.search(task.text):
        return None
    conditions = [c for c in _conditions(task) if free_names(c) == free_names(value)]
    weak = [Comparison(">=", c.left, ZERO) for c in conditions if c.op == ">"]
    is_of_root = any(_are_same(value, c, budget) for c in conditions if c.op == ">=")
    if is_of_root or not any(_are_same(value, condition, budget) for condition in weak):
        return None
    return refuted(ClaimRelation.SOLVE, Witness({}, "", ""), Slip.STRICT_CHANGED)


def _are_same(first: Value, second: Value, budget: WorkBudget) -> bool:
    there, back = implies([first], second, budget), implies([second], first, budget)
    return there.verdict == back.verdict == StepVerdict.PROVED


def _vanishes(bottom: Term, name: str, value: Term) -> bool:
    written = substitute(bottom, Sym(name), value)
    return is_term(written) and rational_value(written) in (0, None)


def denominators(task: Task) -> Iterator[Term]:
    """With letters, of the statement."""
    for value in (*task.expressions, *task.equations):
        for part in walk(value):
            if isinstance(part, Div) and not isinstance(part.bottom, Num):
                yield from [part.bottom] if free_names(part.bottom) else []


def is_turned(condition: Value, claim: Value, budget: WorkBudget) -> bool:
    """Whether the claim holds exactly where the condition does not: x ≥ 4 after 4 - x ≥ 0."""
    match condition, claim:
        case Comparison(op, left, right), Comparison(other, first, second) if (
            op in _WEAK and other in _WEAK
        ):
            turned = Comparison(_TURNED[_WEAK[op]], left, right)
            claimed = Comparison(_WEAK[other], first, second)
            there, back = implies([turned], claimed, budget), implies([claimed], turned, budget)
            return there.verdict == back.verdict == StepVerdict.PROVED
    return False


def _conditions(task: Task) -> Iterator[Comparison]:
    for equation in task.equations:
        for part in walk(equation):
            match part:
                case Root(inner, index) if _is_even(index) and free_names(inner):
                    yield Comparison(">=", inner, ZERO)
                case Call(name, arguments) if name in _LOGARITHMS and free_names(arguments[-1]):
                    yield Comparison(">", arguments[-1], ZERO)


def _is_even(index: Value) -> bool:
    value = rational_value(index)  # type: ignore[arg-type]
    return value is not None and value % 2 == 0
