"""All solutions that an equation or a congruence has, as families."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

from flint import arb

from tutor.grading.kinds.progressions import Progression, rational_ratio
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.numeric.number_readings import PI
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import alternatives
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Comparison,
    Div,
    Mul,
    Neg,
    Num,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.solving.real_sets import Undecidable
from tutor.grading.steps.claim_results import FailingStatement
from tutor.grading.steps.witnesses import failing_at
from tutor.grading.working.congruences import MAX_MODULUS, Congruence
from tutor.grading.working.facts import Facts
from tutor.grading.working.solution_lists.periodic_solutions import PeriodicEquation

Members = tuple[Progression, ...]
MAX_NEAR = 0.03  # radians: a rounded angle may be as far from the right one
_FUNCTIONS = ("sin", "cos", "tan")
_CALLED = Sym("function value")
_TURN = Mul((Num(Fraction(2)), PI))


def known_families(
    name: str, facts: Facts, congruences: Sequence[Congruence], budget: WorkBudget
) -> list[Members]:
    """What is known of a variable, the latest first. Raises Undecidable."""
    known = [
        members
        for fact in reversed(facts.facts)
        if fact.names == {name} and (members := _solutions(fact.value, name, budget))
    ]
    about = [other for other in congruences if other.names == {name}]
    return known or _of_congruences(about, name, budget)


def neat(number: Term, budget: WorkBudget) -> Term:
    """5π/6 for π - π/6."""
    if (plain := rational_value(number)) is not None:
        return Num(plain)
    share = rational_ratio(number, PI, budget)
    if share is None:
        return number
    top = Mul((Num(Fraction(abs(share.numerator))), PI)) if abs(share.numerator) != 1 else PI
    positive = Div(top, Num(Fraction(share.denominator))) if share.denominator != 1 else top
    return Neg(positive) if share < 0 else positive


def is_far_from(parts: Members, number: Term, budget: WorkBudget) -> bool:
    """Whether no member lies so near that the number may be it, rounded. Raises Undecidable."""
    with precision(BASE_BITS):
        at = _real(number, budget)
        for part in parts:
            step = abs(_real(part.step or ONE, budget))
            turns = float(((at - _real(part.offset, budget)) / step).mid())
            if abs(turns - round(turns)) * float(step.mid()) < MAX_NEAR:
                return False
    return True


def solves_all(number: Term, name: str, facts: Facts, budget: WorkBudget) -> bool:
    """Whether all that is known of the variable alone holds there."""
    with precision(BASE_BITS):
        at = {name: _real(number, budget)}
        known = (fact.value for fact in facts.facts if fact.names == {name})
        return all(failing_at(v, at, budget, FailingStatement.CLAIM) is None for v in known)


def _real(term: Term, budget: WorkBudget) -> arb:
    try:
        value = Evaluator({}, budget, real=True).value(term)
    except (Undefined, KeyError, OverflowError):
        raise Undecidable from None
    if not isinstance(value, arb):
        raise Undecidable
    return value


def _solutions(value: Value, name: str, budget: WorkBudget) -> Members:
    """Empty where they are not known. One of several equations may have none: sin x = 2."""
    members: list[Progression] = []
    for part in alternatives(value):
        own = _of_equation(part, name, budget)
        if own is None:
            return ()
        members += own
    return tuple(members)


def _of_equation(equation: Value, name: str, budget: WorkBudget) -> list[Progression] | None:
    isolated = _isolated(equation)
    known = PeriodicEquation.of(isolated, name) if isolated is not None else None
    if known is None:
        return None
    slope = Num(known.slope)
    return [
        Progression(Div(Add((angle, Neg(known.shift))), slope), Div(period, slope))
        for angle, period in _angles(known.function, known.value, budget)
    ]


def _isolated(equation: Value) -> Comparison | None:
    """sin x = 1/2 for 2 sin x - 1 = 0."""
    match equation:
        case Comparison("=", left, right) if is_term(left) and is_term(right):
            whole = Add((left, Neg(right)))
        case _:
            return None
    calls = {part for part in walk(whole) if isinstance(part, Call) and part.name in _FUNCTIONS}
    calls = {call for call in calls if free_names(call)}
    if len(calls) != 1:
        return None
    [call] = calls
    line = linear_coefficients(substitute(whole, call, _CALLED), _CALLED.name)
    if line is None or any(map(free_names, line)) or rational_value(line[0]) == 0:
        return None
    return Comparison("=", call, Div(Neg(line[1]), line[0]))


def _angles(function: str, value: Term, budget: WorkBudget) -> Iterator[tuple[Term, Term]]:
    """With their periods. Raises Undecidable."""
    if function == "tan":
        yield neat(Call("atan", (value,)), budget), PI
        return
    exact = rational_value(value)
    if exact is not None and abs(exact) > 1:
        return
    angle = neat(Call("asin" if function == "sin" else "acos", (value,)), budget)
    yield angle, _TURN
    if exact is None or abs(exact) != 1:
        yield (Add((PI, Neg(angle))) if function == "sin" else Neg(angle)), _TURN


def _of_congruences(
    congruences: Sequence[Congruence], name: str, budget: WorkBudget
) -> list[Members]:
    """Those that fulfil all congruences, and those of each one."""
    sets = (congruences, *([congruence] for congruence in reversed(congruences)))
    families = (_residues(known, name, budget) for known in sets if known)
    return [members for members in families if members]


def _residues(known: Sequence[Congruence], name: str, budget: WorkBudget) -> Members:
    whole = lcm(*(congruence.modulus for congruence in known))
    if whole > MAX_MODULUS:
        return ()
    members: list[Progression] = []
    for value in range(whole):
        budget.check()
        if all(congruence.holds(name, value) for congruence in known):
            members.append(Progression(Num(Fraction(value)), Num(Fraction(whole))))
    return tuple(members)
