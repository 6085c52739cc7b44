"""The words "no solution": of what is known, or of the equation before them."""

from __future__ import annotations

from fractions import Fraction

from tutor.grading.numeric.roots import polynomial_of
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Div,
    Neg,
    Num,
    Value,
    Words,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import vanishing_term
from tutor.grading.solving.linear_systems import linear_row
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    proved,
    unchecked,
)
from tutor.grading.steps.implication import implies
from tutor.grading.steps.statements import NO_SOLUTIONS, comparisons, is_solved, says_no_solution
from tutor.grading.working.atoms import in_atoms
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.facts import Fact, Facts
from tutor.grading.working.judges.implication_judge import MAX_PREMISES
from tutor.grading.working.task import Task

_UNDECIDED = unchecked(ClaimRelation.SOLVE)


def judge_no_solutions(value: Value, facts: Facts, budget: WorkBudget) -> ClaimResult:
    """The words "no solution", about an equation in one variable; the latest one first."""
    known = [fact.value for fact in facts.facts if len(fact.names) == 1]
    single = [value for value in known if not is_solved(value)]  # not D = -16
    is_other = isinstance(value, Words) and not says_no_solution(value.text)
    if not single or is_other or facts.task.is_complex:
        return _UNDECIDED
    results = [implies([fact], NO_SOLUTIONS, budget) for fact in single[:-MAX_PREMISES:-1]]
    is_proved = (result for result in results if result.verdict == StepVerdict.PROVED)
    return next(is_proved, results[0])


def judge_contradiction(
    equation: Comparison, facts: Facts, budget: WorkBudget
) -> ClaimResult | None:
    """-3 = 8 after 6x - 3 = 6x + 8: proved if it is what remains; None where x has a value."""
    if not all(map(_is_plain_number, (equation.left, equation.right))):
        return None
    gap = _constant(equation)
    known = [constant for e in facts.equations() if (constant := _constant(e))]
    if gap and any(abs(gap) == abs(constant) for constant in known):
        return proved(ClaimRelation.SOLVE)
    has_none = bool(known) or not _is_consistent(facts)
    if has_none or judge_no_solutions(NO_SOLUTIONS, facts, budget).verdict == StepVerdict.PROVED:
        return _UNDECIDED
    return None


def _is_plain_number(value: Value) -> bool:
    match value:
        case Neg(part):
            return _is_plain_number(part)
        case Div(Num(), Num()):
            return True
    return isinstance(value, Num)


def _constant(equation: Comparison) -> Fraction | None:
    """What is left of the difference of its sides; None where a variable is left."""
    left, right = equation.left, equation.right
    if not is_term(left) or not is_term(right):
        return None
    names = sorted(free_names(equation))
    row = linear_row(Add((left, Neg(right))), names)
    return None if row is None or any(row[:-1]) else row[-1]


def _is_consistent(facts: Facts) -> bool:
    system = facts.linear_system(facts.task.names)
    return system is None or system.is_consistent


def is_impossible_case(claim: Claim, facts: Facts, budget: WorkBudget) -> bool:
    """Whether it is one of the cases of what is known, and without solutions."""
    equation = _equation(claim)
    if equation is None or facts.task.is_complex:
        return False
    cases: list[Value] = [equation, facts.with_definitions(equation)]  # u = -1 and x² = -1
    cases = [case for case in cases if len(free_names(case)) == 1]
    return any(_is_impossible(case, budget) for case in cases) and any(
        _is_factor(case, fact, facts) for case in cases for fact in facts.facts
    )


def is_whole(equation: Value, task: Task) -> bool:
    """Whether no words and no conditions of the statement exclude solutions."""
    names = free_names(equation)
    return any(free_names(stated) == names for stated in task.equations) and not any(
        part.op != "=" for stated in task.equations for part in comparisons(stated)
    )


def _equation(claim: Claim) -> Comparison | None:
    if isinstance(claim.value, Comparison):
        return claim.value
    if claim.operators != ("=",) or None in claim.terms:
        return None
    left, right = claim.terms
    return Comparison("=", left, right)  # type: ignore[arg-type]


def _is_impossible(equation: Value, budget: WorkBudget) -> bool:
    """As x² = -1 is, and e^x = -2, since e^x > 0."""
    changed = in_atoms([equation], equation)
    premises = [[equation], *([changed[0]] if changed is not None else [])]
    return any(
        implies(values, NO_SOLUTIONS, budget).verdict == StepVerdict.PROVED for values in premises
    )


def _is_factor(case: Value, fact: Fact, facts: Facts) -> bool:
    """Whether all complex solutions of the case are some of the fact's, in atoms or not."""
    for known in (fact.value, facts.with_definitions(fact.value)):
        changed = in_atoms([known], case)
        if changed is None and _divides(known, case):
            return True
        if changed is not None and _divides(changed[0][-1], changed[1]):
            return True
    return False


def _divides(whole: Value, part: Value) -> bool:
    names = free_names(part)
    sides = vanishing_term(whole), vanishing_term(part)
    if len(names) != 1 or free_names(whole) != names or None in sides:
        return False
    [name] = names
    product, factor = (polynomial_of(side, name) for side in sides if side is not None)
    if factor is None:
        return True  # |x - 2| = -2
    return product is not None and factor.degree() > 0 and not product % factor
