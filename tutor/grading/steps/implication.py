"""Does a statement follow from the statements before it? By the sets of their solutions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from flint import arb, fmpq

from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Ball, Undefined, ball, precision
from tutor.grading.numeric.roots import Zero, consequence_of, polynomial_of, zeros_of
from tutor.grading.parsing.shapes import expand
from tutor.grading.parsing.tree import (
    Call,
    Div,
    Group,
    Listing,
    Logic,
    NamedSet,
    Neg,
    Num,
    Root,
    Sym,
    Term,
    Value,
    Words,
    free_names,
    is_term,
    walk,
)
from tutor.grading.parsing.tree import Relation as Comparison
from tutor.grading.processes.deadline import Deadline
from tutor.grading.solving.equations import one_side, same_equation
from tutor.grading.solving.injective import has_one_solution_at_most
from tutor.grading.solving.real_sets import EMPTY, RealSet, Undecidable, middle, minus
from tutor.grading.solving.set_notation import real_set
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.multivariate import implies_multivariate
from tutor.grading.steps.witnesses import comparisons, exact_at, failing_at, value_at, written

_NO_SOLUTION = re.compile(
    r"\bno (?:real )?solutions?\b|无(?:实数)?解|没有(?:实数)?解", re.IGNORECASE
)


def implies(premises: Sequence[Value], claim: Value, deadline: Deadline) -> ClaimResult:
    """Whether `claim` follows from the last premise, the earlier ones being true as well.

    A root that an earlier premise excludes may be left out. Raises DeadlinePassed.
    """
    found = _follows(premises, claim, deadline)
    plain_log = any(_has_plain_log(value) for value in (*premises, claim))
    # Its base may be ten or e: what fails for one of them is not refuted.
    return unchecked(found.relation) if found.verdict == "refuted" and plain_log else found


def _has_plain_log(value: Value) -> bool:
    return any(isinstance(p, Call) and p.name == "log" and len(p.args) == 1 for p in walk(value))


def _follows(premises: Sequence[Value], claim: Value, deadline: Deadline) -> ClaimResult:
    stated = [statement(premise) for premise in premises]
    names = sorted(free_names(stated[-1]) | free_names(claim))
    claim = statement(claim, names[0] if len(names) == 1 else "")
    if not stated or not isinstance(stated[-1], Comparison | Logic | NamedSet):
        return unchecked(ClaimRelation.IMPLIES)
    if len(names) == 1:
        return _in_one_letter(stated, claim, names[0], deadline)
    if not names:
        return unchecked(ClaimRelation.IMPLIES)
    return implies_multivariate(stated, claim, is_solved(claim, names), deadline)


def statement(value: Value, name: str = "") -> Value:
    """± and a set of solutions as statements joined by "or"."""
    value = expand(value)
    if isinstance(value, Words) and _NO_SOLUTION.search(value.text):
        return NamedSet("empty")
    braces = isinstance(value, Group) and value.opening in ("{", "{set")
    if name and (braces or isinstance(value, Listing)):
        parts: tuple[Value, ...] = value.parts  # type: ignore[union-attr]
        if not parts:
            return NamedSet("empty")
        cases = tuple(Comparison("=", Sym(name), part) for part in parts if is_term(part))
        if len(cases) == len(parts):
            return cases[0] if len(cases) == 1 else Logic("or", cases)
    return value


def is_solved(value: Value, names: Sequence[str]) -> bool:
    """Whether every comparison has one of the letters alone on one side, a number opposite."""
    match value:
        case Logic(_, parts):
            return all(is_solved(part, names) for part in parts)
        case Comparison(_, left, right):
            sides = ((left, right), (right, left))
            return any(isinstance(a, Sym) and not free_names(b) for a, b in sides)
        case NamedSet("empty"):
            return True
    return False


def is_rounded_solution(premise: Value, claim: Value, deadline: Deadline) -> bool:
    """x = 2.33 for 3x = 7: a decimal to which a solution rounds, as it is written."""
    if not (isinstance(claim, Comparison) and isinstance(claim.left, Sym)):
        return False
    name, side = claim.left.name, one_side(premise)
    number = claim.right.part if isinstance(claim.right, Neg) else claim.right
    if not isinstance(number, Num) or "." not in number.text or side is None:
        return False
    places = len(number.text.partition(".")[2])
    said = number.value if number is claim.right else -number.value
    half = ball(Fraction(1, 2 * 10**places))
    gaps = [zero.value - ball(said) for zero in _solutions(premise, side, name, deadline) or ()]
    return any(isinstance(gap, arb) and abs(gap) <= half for gap in gaps)


# One letter


def _in_one_letter(
    premises: list[Value], claim: Value, name: str, deadline: Deadline
) -> ClaimResult:
    relation = ClaimRelation.SOLVE if is_solved(claim, [name]) else ClaimRelation.EQUIVALENT
    ours, theirs = _side(premises[-1]), _side(claim)
    if ours is not None and theirs is not None:
        return _equations(premises, claim, (ours, theirs), name, relation, deadline)
    try:
        before = real_set(premises[-1], deadline)
        after = real_set(claim, deadline)
        return _sets(premises[-1], claim, before, after, name, relation, deadline)
    except Undecidable:
        return unchecked(relation)


def _side(value: Value) -> Term | None:
    if value == NamedSet("empty"):
        return Num(Fraction(1))  # 1 = 0 has no solutions
    return one_side(value)


def _equations(
    premises: list[Value],
    claim: Value,
    sides: tuple[Term, Term],
    name: str,
    relation: ClaimRelation,
    deadline: Deadline,
) -> ClaimResult:
    ours, theirs = (polynomial_of(side, name) for side in sides)
    if ours is not None and theirs is not None:
        if not ours or not theirs:  # one of them holds for every number
            return proved(relation) if ours == theirs else unchecked(relation)
        if ours == theirs:
            return proved(relation)
    before = _solutions(premises[-1], sides[0], name, deadline)
    after = _solutions(claim, sides[1], name, deadline)
    if before is None or after is None:
        return _beyond_polynomials(premises[-1], claim, name, relation, deadline)
    lost = _failing(before, claim, name, "claim", deadline)
    gained = _failing(after, premises[-1], name, "premise", deadline)
    excluded = [z for z, _ in lost if _is_excluded(z, premises[:-1], name, deadline)]
    lost = [(zero, witness) for zero, witness in lost if zero not in excluded]
    if lost:
        return refuted(relation, lost[0][1])
    if relation == ClaimRelation.SOLVE and not before and gained:
        return refuted(relation, gained[0][1])
    if not before and not excluded:
        return _without_solutions(sides, name, relation, deadline, claim)
    if not gained:
        return proved(ClaimRelation.SOLVE if excluded else relation)
    if excluded or relation == ClaimRelation.SOLVE:
        return refuted(relation, gained[0][1])
    return proved(ClaimRelation.IMPLIES, gained[0][1])


def _solutions(value: Value, side: Term, name: str, deadline: Deadline) -> list[Zero] | None:
    """The real ones; None where they cannot all be found."""
    polynomial = polynomial_of(side, name)
    exactly = polynomial is not None
    if polynomial is None:
        polynomial = consequence_of(side, name)
    if not polynomial:
        return None
    found = [zero for zero in zeros_of(polynomial) if zero.is_real]
    if exactly:
        return found
    return [z for z in found if _failing([z], value, name, "premise", deadline) == []]


def _failing(
    numbers: list[Zero], value: Value, name: str, failing: str, deadline: Deadline
) -> list[tuple[Zero, Witness]]:
    """Those of the numbers for which the statement is proven not to hold."""
    found: list[tuple[Zero, Witness]] = []
    for zero in numbers:
        if _may_hold(value, zero, name, deadline):
            continue
        at = {name: zero.value if zero.exact is None else zero.exact}
        witness = failing_at(value, at, deadline, failing)
        if witness is None and (value == NamedSet("empty") or _is_surely_undefined(value, at)):
            witness = Witness({name: written(next(iter(at.values())))}, "", "", failing)
        if witness is not None:
            found.append((zero, witness))
    return found


def _may_hold(value: Value, zero: Zero, name: str, deadline: Deadline) -> bool:
    """Whether nothing disproves the statement for this number."""
    if value == NamedSet("empty"):
        return False
    if isinstance(value, Logic):
        parts = [_may_hold(part, zero, name, deadline) for part in value.parts]
        return all(parts) if value.op == "and" else any(parts)
    at = zero.value if zero.exact is None else zero.exact
    return failing_at(value, {name: at}, deadline, "claim") is None and _is_defined(
        value, zero.value, name, deadline
    )


def _is_surely_undefined(value: Value, at: Mapping[str, Ball | Fraction]) -> bool:
    """Whether it is divided by zero there, or has a root or logarithm of too little."""
    point = {name: number for name, number in at.items() if isinstance(number, Fraction)}
    if not isinstance(value, Comparison) or len(point) < len(at):
        return False
    for part in walk(value):
        match part:
            case Div(_, bottom) if exact_at(bottom, point) == 0:
                return True
            case Root(inner, Num(index)) if index == 2:
                number = exact_at(inner, point)
                if number is not None and number < 0:
                    return True
            case Call("ln" | "lg" | "lb" | "log", (inner, *_)):
                number = exact_at(inner, point)
                if number is not None and number <= 0:
                    return True
    return False


def _is_defined(value: Value, at: Ball, name: str, deadline: Deadline) -> bool:
    if not isinstance(value, Comparison):
        return True
    with precision(BASE_BITS):
        return all(
            value_at(side, {name: at}, deadline) is not None
            for side in (value.left, value.right)
            if is_term(side)
        )


def _is_excluded(zero: Zero, earlier: Sequence[Value], name: str, deadline: Deadline) -> bool:
    """Whether an earlier premise in this letter is proven not to hold there."""
    return any(
        free_names(premise) == {name}
        and isinstance(premise, Comparison | Logic)
        and not _may_hold(premise, zero, name, deadline)
        for premise in earlier
    )


def _without_solutions(
    sides: tuple[Term, Term], name: str, relation: ClaimRelation, deadline: Deadline, claim: Value
) -> ClaimResult:
    """From a premise that no real number fulfils, all would follow: complex ones decide."""
    if claim == NamedSet("empty"):
        return proved(ClaimRelation.SOLVE)
    ours, theirs = (polynomial_of(side, name) for side in sides)
    if ours is None and theirs is not None:
        consequence = consequence_of(sides[0], name)
        return proved(ClaimRelation.IMPLIES) if consequence == theirs else unchecked(relation)
    if not ours or theirs is None:
        return unchecked(relation)
    for zero in zeros_of(ours // ours.gcd(theirs)):
        point: dict[str, Ball] = {name: zero.value}
        if (witness := _complex_witness(sides[1], point, deadline)) is not None:
            return refuted(relation, witness)
    return unchecked(relation)


def _complex_witness(side: Term, point: dict[str, Ball], deadline: Deadline) -> Witness | None:
    with precision(BASE_BITS):
        try:
            value = Evaluator(point, deadline, real=False).value(side)
        except (Undefined, KeyError, OverflowError):
            return None
        if value.contains(0):
            return None
        return Witness({n: written(v) for n, v in point.items()}, written(value), "0")


def _beyond_polynomials(
    premise: Value, claim: Value, name: str, relation: ClaimRelation, deadline: Deadline
) -> ClaimResult:
    """Absolute values, exponentials, logarithms, sines."""
    try:
        sets = real_set(premise, deadline), real_set(claim, deadline)
        return _sets(premise, claim, *sets, name, relation, deadline)
    except Undecidable:
        pass
    side = one_side(claim)
    said = None if side is None else _solutions(claim, side, name, deadline)
    if relation != ClaimRelation.SOLVE or not said:
        same = same_equation(premise, claim, deadline).equal
        return proved(relation) if same and relation != ClaimRelation.SOLVE else unchecked(relation)
    wrong = _failing(said, premise, name, "premise", deadline)
    if wrong:
        return refuted(relation, wrong[0][1])
    alone = len(said) == 1 and has_one_solution_at_most(premise, name)
    return proved(relation) if alone else unchecked(relation)


def _sets(
    premise: Value,
    claim: Value,
    before: RealSet,
    after: RealSet,
    name: str,
    relation: ClaimRelation,
    deadline: Deadline,
) -> ClaimResult:
    lost, gained = minus(before, after, deadline), minus(after, before, deadline)
    if lost == EMPTY and gained == EMPTY:
        return proved(relation)
    for difference, failing, value in ((lost, "claim", claim), (gained, "premise", premise)):
        if difference == EMPTY:
            continue
        witness = failing_at(value, {name: member(difference)}, deadline, failing)
        if witness is None:
            return unchecked(relation)
        is_list = relation == ClaimRelation.SOLVE and all(c.op == "=" for c in comparisons(claim))
        if failing == "premise" and before != EMPTY and not is_list:
            # All that fulfils the premise fulfils the claim, so it is implied, if too weak.
            return proved(ClaimRelation.IMPLIES, witness)
        return refuted(relation, witness)
    return unchecked(relation)


def member(numbers: RealSet) -> Ball | Fraction:
    """An easy element of a set that is not empty."""
    ends = [number.value for number in numbers.ends]
    for index in range(0, len(numbers.inside), 2):
        if not numbers.inside[index]:
            continue
        gap = index // 2
        low = middle(ends[gap - 1]) if gap > 0 else None
        high = middle(ends[gap]) if gap < len(ends) else None
        return _between(low, high)
    return _easy(next(ends[i // 2] for i, inside in enumerate(numbers.inside) if inside))


def _easy(value: arb) -> Ball | Fraction:
    is_short = value.is_exact() and abs(value) < 2**256
    if is_short and (whole := value.unique_fmpz()) is not None:
        return Fraction(int(whole))
    near = middle(value).limit_denominator(1000)
    return near if value.overlaps(arb(fmpq(near.numerator, near.denominator))) else value


def _between(low: Fraction | None, high: Fraction | None) -> Fraction:
    if low is None and high is None:
        return Fraction(0)
    if low is None or high is None:
        end = high if low is None else low
        assert end is not None  # noqa: S101 - for the type checker
        whole = Fraction(round(end))
        return whole - 1 if low is None else whole + 1
    middle = (low + high) / 2
    for denominator in (1, 2, 4, 10, 100, 1000):
        easy = Fraction(round(middle * denominator), denominator)
        if low < easy < high:
            return easy
    return middle
