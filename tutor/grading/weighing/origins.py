"""Where a refuted line comes from: what contradicts it contradicts the line that it repeats."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    BigOperator,
    Call,
    Comparison,
    Mul,
    Num,
    Pow,
    Sym,
    Term,
    free_names,
    has_part,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.steps.claim_results import ClaimRelation, Slip, StepVerdict
from tutor.grading.steps.statements import NO_SOLUTIONS
from tutor.grading.weighing.calculations import Calculation, constants
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.numbers import are_close, is_name, may_be_same
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine

_COMPARISON_S = 0.005  # of work, for two terms


def origin(refuted: WeighedLine, evidence: Evidence) -> tuple[WeighedLine, WeighedClaim] | None:
    """The first claim that nobody decided and that says what the refuted line says.

    Else the first calculation, right as it may be, of the value that no answer can have.
    """
    if any(map(evidence.is_false_between_numbers, refuted.claims)):
        return None
    sources = [
        (line, claim)
        for line in evidence.lines[: refuted.number]
        for number, claim in enumerate(line.claims)
        if is_undecided(claim)
        and any(
            _says_same(line, number, refuted, index, evidence)
            for index in range(len(refuted.claims))
        )
    ]
    sources = sources or _calculated(refuted, evidence) or _substituted(refuted, evidence)
    if not sources:
        return None
    check = refuted.check.refuted
    is_second = check is not None and check.slip == Slip.WITH_REPLACEMENT
    return sources[-1 if is_second else 0]  # of two equal chances the second is wrong


def _calculated(refuted: WeighedLine, evidence: Evidence) -> list[tuple[WeighedLine, WeighedClaim]]:
    answers = [
        result
        for index, claim in enumerate(refuted.claims)
        if claim.check is not None
        and claim.check.relation == ClaimRelation.EVALUATE
        and (result := evidence.calculation_of(refuted.number, index)) is not None
        and result.formula is None
    ]
    return [
        (line, claim)
        for line in evidence.lines[: refuted.number]
        for index, claim in enumerate(line.claims)
        if (own := evidence.calculation_of(line.number, index)) is not None
        and own.formula is not None
        and any(result.gives(own.result) for result in answers)
    ]


def _substituted(
    refuted: WeighedLine, evidence: Evidence
) -> list[tuple[WeighedLine, WeighedClaim]]:
    """∫u² du = u³/3, which is right, and where a factor was lost: (x² + 1)³/3 + C is refuted."""
    earlier = [(line, c) for line in evidence.lines[: refuted.number] for c in line.claims]
    meanings = {c.name: c.terms[-1] for _, c in earlier if c.name and free_names(c.terms[-1])}
    sides = [
        substitute(substitute(side, Sym("C"), ZERO), Sym("c"), ZERO)
        for claim in refuted.claims
        for side in claim.terms
    ]
    return [
        (line, claim)
        for line, claim in earlier
        if len(claim.terms) > 1
        and isinstance(claim.terms[0], BigOperator)
        and claim.terms[0].name in meanings
        and any(_is_same(_put_back(claim, meanings), side, evidence.budget) for side in sides)
    ]


def _put_back(claim: WeighedClaim, meanings: Mapping[str, Term]) -> Term:
    term = claim.terms[-1]
    for name in free_names(term) & meanings.keys():
        term = substitute(term, Sym(name), meanings[name])
    bare: Term = substitute(substitute(term, Sym("C"), ZERO), Sym("c"), ZERO)
    return bare


def is_undecided(claim: WeighedClaim) -> bool:
    return (
        claim.check is not None
        and claim.check.verdict == StepVerdict.UNCHECKED
        and not claim.check.is_definition
    )


def _says_same(
    line: WeighedLine, number: int, refuted: WeighedLine, index: int, evidence: Evidence
) -> bool:
    earlier, later = line.claims[number], refuted.claims[index]
    own = evidence.calculation_of(line.number, number)
    result = evidence.calculation_of(refuted.number, index)
    if later.claim.value == NO_SOLUTIONS:
        return own is not None and own.result < 0
    if own is not None and result is not None:
        return _is_same_number(own, result, later)
    return shares_term(earlier, later, evidence)


def _is_same_number(own: Calculation, result: Calculation, refuted: WeighedClaim) -> bool:
    if any(may_be_same(a, b) for a in own.values for b in result.values):
        return True
    slip = refuted.check.slip if refuted.check else Slip.NONE
    if slip == Slip.WITH_REPLACEMENT and result.formula is not None:
        return _is_repeated(own.result, result.formula)
    return result.formula is None and not own.restates and result.gives(own.result)


def _is_repeated(value: float, formula: Term) -> bool:
    """Whether it is a factor twice: 5/12 · 5/12."""
    if isinstance(formula, Pow):
        return any(are_close(value, other) for other in constants(formula.base))
    factors = formula.parts if isinstance(formula, Mul) else ()
    return sum(any(are_close(value, c) for c in constants(factor)[:1]) for factor in factors) > 1


def shares_term(earlier: WeighedClaim, refuted: WeighedClaim, evidence: Evidence) -> bool:
    """Whether a term with letters in one is equal to a term in the other, and not the problem's."""
    stated = {part for value in evidence.task.expressions for part in walk(value)}
    stated |= {part for value in evidence.task.equations for part in walk(value)}
    own = [term for term in earlier.terms if _is_telling(term) and term not in stated]
    return any(
        _is_same(term, side, evidence.budget)
        for term in own
        for side in refuted.terms
        if _is_telling(side)
    )


def _is_telling(term: Term) -> bool:
    """Whether it has letters, and is no mere name and no unknown function such as f'(x)."""
    if is_name(term) or isinstance(term, Num | Comparison):
        return False
    if isinstance(term, Call) and all(isinstance(part, Sym | Num) for part in term.args):
        return False
    return bool(free_names(term)) and has_part(term, (Num, Call, Add))


def _is_same(term: Term, part: Term, budget: WorkBudget) -> bool:
    if free_names(term) != free_names(part):
        return False
    try:
        with WorkBudget(_COMPARISON_S) as small:
            return same_value(term, part, small).equal is True
    except WorkBudgetSpent:
        budget.check()
        return False
