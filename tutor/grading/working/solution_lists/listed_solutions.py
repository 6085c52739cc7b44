"""Solutions that are listed one after the other: x₁ = 3, x₂ = -5, or a line for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tutor.grading.parsing.shapes import alternatives, expand_plus_minus
from tutor.grading.parsing.tree import (
    Comparison,
    Logic,
    Sym,
    Unreadable,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.reading import Role, Statement

MAX_LISTED = 12


@dataclass(frozen=True, slots=True)
class SolutionList:
    """members: one for each statement, in order; each gives one or more values of the variable."""

    variable: str
    members: tuple[Value, ...]

    @property
    def whole(self) -> Value:
        cases = [case for member in self.members for case in alternatives(member)]
        return cases[0] if len(cases) == 1 else Logic("or", tuple(cases))


def solved_value(claim: Claim) -> Value | None:
    """x = 3, x = (3 + 7)/2 = 5 or x = 2 or x = 3 as a value; None for anything else."""
    value = claim.value
    if claim.operators and set(claim.operators) <= {"=", "≈"}:
        left, right = claim.terms[0], claim.terms[-1]
        between = [term for term in claim.terms[1:-1] if term is not None]
        if isinstance(left, Sym) and right is not None and not free_names(right):
            if any(left in walk(term) for term in between):
                return None  # x = -2x = -2
            value = expand_plus_minus(Comparison("=", left, right))
    return value if value is not None and all(map(_is_value, alternatives(value))) else None


def list_from(
    claim: Claim, following: Iterable[Statement], read: Callable[[Statement], Claim]
) -> SolutionList | None:
    """The list that begins with this claim; None where it is no solution, or stands alone."""
    first = solved_value(claim)
    variable = _variable(first)
    if first is None or not variable:
        return None
    members = [first]
    for statement in following:
        if statement.role not in (Role.STEP, Role.ANSWER) or statement.supposed:
            break
        try:
            value = solved_value(read(statement))
        except (Unreadable, RecursionError):
            break
        if value is None or _variable(value) != variable or len(members) == MAX_LISTED:
            break
        if value not in members:
            members.append(value)
    return SolutionList(variable, tuple(members)) if len(members) > 1 else None


def _is_value(value: Value) -> bool:
    match value:
        case Comparison("=", Sym(), right):
            return is_term(right) and not free_names(right)
    return False


def _variable(value: Value | None) -> str:
    names = free_names(value) if value is not None else frozenset()
    return next(iter(names)) if len(names) == 1 else ""
