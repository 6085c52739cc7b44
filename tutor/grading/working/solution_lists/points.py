"""Points that a line gives as the solution of a system, such as S(5|4)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    Comparison,
    Matrix,
    Sym,
    Term,
    Unreadable,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    StepVerdict,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.facts import Facts
from tutor.grading.working.reading import Statement

_POINT = re.compile(
    r"(?:[A-Z](?:_\{?\w\}?)?\s?=?\s?|L\s?=\s?\\?\{\s?)?\(([^()|;,/]{1,24})[|;,]([^()|;,/]{1,24})(?:[|;,]([^()|;,/]{1,24}))?\)\s?(?:\\?\})?"
)


_BETWEEN = re.compile(r" (?:and|or) ")
MAX_POINTS = 6
_NAMED = re.compile(
    r"(?:([A-Z](?:_\{?\w\}?)?)\s?(?:=|:)?\s?|=\s?)?"
    r"\(([^()|;,]{1,24}(?:[|;,][^()|;,]{1,24}){1,2})\)"
)
_PLANE, _SPACE = frozenset("xy"), frozenset("xyz")


def judge_point(text: str, facts: Facts, budget: WorkBudget) -> ClaimResult | None:
    """Proved where all equations hold there, refuted where they hold with x and y swapped.

    None for anything else, such as a point of a graph. Raises WorkBudgetSpent.
    """
    if " and " in text or " or " in text:
        return _judge_each(_BETWEEN.split(text)[:MAX_POINTS], facts, budget)
    match = _POINT.fullmatch(text.strip())
    if match is not None and match[3]:
        return _judge_triple(match, facts, budget)
    equations = _system(facts, _PLANE)
    names = frozenset().union(*map(free_names, equations))
    if match is None or len(equations) < 2 or names != _PLANE:
        return None  # (0, 1) may be an interval
    try:
        first, second = (read_expression(match[number]) for number in (1, 2))
    except (Unreadable, RecursionError):
        return None
    if not is_term(first) or not is_term(second) or free_names(first) | free_names(second):
        return None
    failing = _failing(equations, {"x": first, "y": second}, budget)
    if failing is None:
        return proved(ClaimRelation.SOLVE)
    if _failing(equations, {"x": second, "y": first}, budget) is not None:
        return None
    point = {"x": first, "y": second}
    left, right = (latex(side) for side in _sides(failing, point))
    values = {name: latex(value) for name, value in point.items()}
    return refuted(ClaimRelation.SOLVE, Witness(values, left, right, FailingStatement.CLAIM))


def _judge_each(points: list[str], facts: Facts, budget: WorkBudget) -> ClaimResult | None:
    """(3, 9) and (-2, 4)"""
    results = [judge_point(point, facts, budget) for point in points]
    wrong = [r for r in results if r is not None and r.verdict == StepVerdict.REFUTED]
    if wrong:
        return wrong[0]
    return results[0] if all(result is not None for result in results) else None


def named_point(statement: Statement) -> tuple[str, Matrix] | None:
    """M(3|-2), C = (3, -2), centre (3, -2): the name and the point; None for anything else."""
    match = _NAMED.fullmatch(statement.text.strip())
    name = (match[1] or statement.words.casefold()) if match else ""
    if match is None or not name:
        return None
    try:
        parts = [read_expression(part) for part in re.split(r"[|;,]", match[2])]
    except (Unreadable, RecursionError):
        return None
    entries = [part for part in parts if is_term(part)]
    is_point = len(entries) == len(parts) and not any(free_names(part) for part in entries)
    return (name, Matrix(tuple((entry,) for entry in entries))) if is_point else None


def _judge_triple(match: re.Match[str], facts: Facts, budget: WorkBudget) -> ClaimResult | None:
    """(3, -1, 2) of a system in x, y and z: proved where all equations hold there."""
    equations = _system(facts, _SPACE)
    if len(equations) < 3 or not any("z" in free_names(equation) for equation in equations):
        return None
    try:
        parts = [read_expression(match[number]) for number in (1, 2, 3)]
    except (Unreadable, RecursionError):
        return None
    values = [part for part in parts if is_term(part) and not free_names(part)]
    if len(values) < 3:
        return None
    point = dict(zip("xyz", values, strict=True))
    return None if _failing(equations, point, budget) else proved(ClaimRelation.SOLVE)


def _system(facts: Facts, names: frozenset[str]) -> list[Comparison]:
    """The statement's equations in these variables, or those that the first lines set up."""
    stated = [value for value in facts.task.equations if isinstance(value, Comparison)]
    equations = [e for e in stated if e.op == "="] if len(stated) > 1 else list(facts.equations())
    return [e for e in equations if free_names(e) <= names and _has_terms(e)]


def _has_terms(equation: Comparison) -> bool:
    return is_term(equation.left) and is_term(equation.right)


def _failing(
    equations: list[Comparison], point: Mapping[str, Term], budget: WorkBudget
) -> Comparison | None:
    """The first equation that does not hold there."""
    for equation in equations:
        if not same_value(*_sides(equation, point), budget).equal:
            return equation
    return None


def _sides(equation: Comparison, point: Mapping[str, Term]) -> tuple[Term, Term]:
    left, right = equation.left, equation.right
    assert is_term(left)  # noqa: S101 - `_system` asks
    assert is_term(right)  # noqa: S101
    return _put_in(left, point), _put_in(right, point)


def _put_in(term: Term, point: Mapping[str, Term]) -> Term:
    for name, value in point.items():
        term = substitute(term, Sym(name), value)
    return term
