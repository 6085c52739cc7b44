"""Does a statement follow from the statements before it? Decided by their sets of solutions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.equivalence import LOG_BASES, has_plain_log, with_log_base
from tutor.grading.numeric.intervals import ball
from tutor.grading.parsing.tree import (
    Comparison,
    Logic,
    NamedSet,
    Neg,
    Num,
    Sym,
    Value,
    free_names,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import vanishing_term
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    unchecked,
)
from tutor.grading.steps.multivariate import implies_multivariate
from tutor.grading.steps.statements import as_statement
from tutor.grading.steps.univariate import implies_univariate, real_solutions

_COMPARING_WORK = 400.0  # microseconds: two statements, before anything is computed of them


def implies(premises: Sequence[Value], claim: Value, budget: WorkBudget) -> ClaimResult:
    """Whether `claim` follows from the last premise, the earlier ones being true as well.

    The claim may leave out a root that an earlier premise excludes. Raises WorkBudgetSpent.
    """
    result = _implies(premises, claim, budget)
    if result.verdict == StepVerdict.REFUTED and any(map(has_plain_log, (*premises, claim))):
        # Failing for one base refutes nothing: a book may mean another.
        for base in LOG_BASES:
            own = [with_log_base(value, base) for value in (*premises, claim)]
            if _implies(own[:-1], own[-1], budget).verdict != StepVerdict.REFUTED:
                return unchecked(result.relation)
    return result


def _implies(premises: Sequence[Value], claim: Value, budget: WorkBudget) -> ClaimResult:
    budget.step(_COMPARING_WORK)
    statements = [as_statement(premise) for premise in premises]
    names = sorted(free_names(statements[-1]) | free_names(claim))
    claim = as_statement(claim, names[0] if len(names) == 1 else "")
    if not names or not isinstance(statements[-1], Comparison | Logic | NamedSet):
        return unchecked(ClaimRelation.IMPLIES)
    if len(names) == 1:
        return implies_univariate(statements, claim, names[0], budget)
    return implies_multivariate(statements, claim, budget)


def is_rounded_solution(premise: Value, claim: Value, budget: WorkBudget) -> bool:
    """x = 2.33 for 3x = 7: a solution rounded to the decimals that are written."""
    if not (isinstance(claim, Comparison) and isinstance(claim.left, Sym)):
        return False
    variable, side = claim.left.name, vanishing_term(premise)
    number = claim.right.part if isinstance(claim.right, Neg) else claim.right
    if not isinstance(number, Num) or "." not in number.text or side is None:
        return False
    decimals = len(number.text.partition(".")[2])
    value = number.value if number is claim.right else -number.value
    half_unit = ball(Fraction(1, 2 * 10**decimals))
    solutions = real_solutions(premise, side, variable, budget) or ()
    gaps = [solution.value - ball(value) for solution in solutions]
    return any(isinstance(gap, arb) and abs(gap) <= half_unit for gap in gaps)
