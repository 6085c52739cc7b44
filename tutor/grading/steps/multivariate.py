"""Does an equation in several letters, or a system, follow? Exactly where it is linear."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.numeric.intervals import Ball
from tutor.grading.numeric.polynomials import quotient, zeros
from tutor.grading.numeric.roots import zeros_of
from tutor.grading.parsing.tree import Logic, Num, Sym, Term, Value, free_names, replace
from tutor.grading.processes.deadline import Deadline
from tutor.grading.solving.equations import one_side, same_equation
from tutor.grading.solving.linear_systems import LinearSystem
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved, refuted, unchecked
from tutor.grading.steps.witnesses import failing_at

POINTS = 6  # on a curve, at which an equation in several letters must hold
_DICE = "points on a curve"


def implies_multivariate(
    premises: Sequence[Value], claim: Value, solved: bool, deadline: Deadline
) -> ClaimResult:
    """solved: the claim gives the values of letters."""
    theirs = equations(claim)
    known = [side for premise in premises for side in equations(premise) or ()]
    names = sorted(free_names(claim).union(*(free_names(side) for side in known)))
    relation = ClaimRelation.SOLVE if solved else ClaimRelation.EQUIVALENT
    if theirs is None or not known:
        return unchecked(relation)
    before, after = LinearSystem.of(known, names), LinearSystem.of(theirs, names)
    if before is not None and after is not None:
        return _linear(before, after, claim, relation, deadline)
    last = equations(premises[-1])
    if (
        last is not None
        and len(last) == len(theirs) == 1
        and free_names(claim) <= free_names(last[0])
    ):
        return _curves(
            premises[-1], claim, last[0], sorted(free_names(last[0])), relation, deadline
        )
    return _at_the_solution(before, claim, relation, deadline)


def equations(value: Value) -> list[Term] | None:
    """What each of several equations that hold together says is zero."""
    if isinstance(value, Logic) and value.op == "and":
        sides = [one_side(part) for part in value.parts]
        known = [side for side in sides if side is not None]
        return known if len(known) == len(sides) else None
    side = one_side(value)
    return None if side is None else [side]


def _linear(
    before: LinearSystem,
    after: LinearSystem,
    claim: Value,
    relation: ClaimRelation,
    deadline: Deadline,
) -> ClaimResult:
    if not before.is_consistent:
        return unchecked(relation)
    if before.implies(after):
        return proved(relation if after.implies(before) else ClaimRelation.IMPLIES)
    if not free_names(claim) <= before.determined and relation == ClaimRelation.SOLVE:
        return unchecked(relation)  # a letter of which nothing was said yet
    for free in (Fraction(0), Fraction(1), Fraction(2)):
        witness = failing_at(claim, before.solution(free), deadline, "claim")
        if witness is not None:
            return refuted(relation, witness)
    return unchecked(relation)


def _at_the_solution(
    before: LinearSystem | None, claim: Value, relation: ClaimRelation, deadline: Deadline
) -> ClaimResult:
    if before is None or not before.is_consistent or len(before.rows) < len(before.names):
        return unchecked(relation)
    witness = failing_at(claim, before.solution(Fraction(0)), deadline, "claim")
    return unchecked(relation) if witness is None else refuted(relation, witness)


def _curves(
    premise: Value,
    claim: Value,
    side: Term,
    names: list[str],
    relation: ClaimRelation,
    deadline: Deadline,
) -> ClaimResult:
    """One equation in several letters: at points that fulfil it."""
    if same_equation(premise, claim, deadline).equal:
        return proved(relation)
    agreed = 0
    for point in _points_on(side, names, deadline):
        deadline.check()
        witness = failing_at(claim, point, deadline, "claim")
        if witness is not None:
            return refuted(relation, witness)
        agreed += 1
    # A curve that meets another in so many points chosen at random lies in it.
    return proved(ClaimRelation.IMPLIES) if agreed >= POINTS else unchecked(relation)


def _points_on(
    side: Term, names: list[str], deadline: Deadline
) -> list[dict[str, Ball | Fraction]]:
    dice = random.Random(_DICE)  # noqa: S311 - repeatable, not secret
    found: list[dict[str, Ball | Fraction]] = []
    for turn in range(3 * POINTS):
        deadline.check()
        name = names[turn % len(names)]
        others = [other for other in names if other != name]
        fixed = {one: Fraction(dice.choice((-1, 1)) * dice.randrange(1, 9)) for one in others}
        line = side
        for other, value in fixed.items():
            line = replace(line, Sym(other), Num(value))
        fraction = quotient(line, name)
        if fraction is None or not fraction.top:
            continue
        real = [zero for zero in zeros_of(zeros(fraction)) if zero.is_real]
        found += [{**fixed, name: z.value if z.exact is None else z.exact} for z in real[:2]]
        if len(found) >= POINTS:
            break
    return found
