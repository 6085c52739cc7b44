"""Two neighbouring sides of a chain: do they have the same value?"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import (
    LOG_BASES,
    has_plain_log,
    same_value,
    with_log_base,
)
from tutor.grading.numeric.power_limits import with_power_limits
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.shapes import expand_plus_minus
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Call,
    Comparison,
    Const,
    Div,
    Listing,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.parsing.units import NO_UNIT
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.inequalities import holds
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.complex_values import compare_complex, has_imaginary
from tutor.grading.steps.definitions import Unresolved, calls_unknown
from tutor.grading.steps.equal_terms import equal_terms, is_indefinite
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.expression_slips import slip_backwards
from tutor.grading.steps.matrices import compare_matrices, has_matrix
from tutor.grading.steps.rounding import compare_numbers
from tutor.grading.steps.slips import slip_between
from tutor.grading.steps.witnesses import failing_at, value_at, where_they_differ
from tutor.grading.working.claim_reader import has_plus_minus
from tutor.grading.working.facts import Facts
from tutor.grading.working.judges.stated_ranges import compare_in_range
from tutor.grading.working.knowledge.percents import tells_percent
from tutor.grading.working.quantities.calculations import slip_in_calculation
from tutor.grading.working.quantities.conversions import compare_measures

ROUNDED_ON_THE_WAY = 0.002  # of a value: digits that may get lost in between
_TWO = Num(Fraction(2))
INEQUALITIES = ("<", "<=", ">", ">=", "!=")


def compare_sides(
    left: EquationSide, right: EquationSide, operator: str, facts: Facts, budget: WorkBudget
) -> ClaimResult:
    """Whether the relation holds for all values of the variables, or for those that are known.

    Refuted only where both sides have the same variables, or none. Raises WorkBudgetSpent.
    """
    first, second = left.term, right.term
    if first is None or second is None:
        return unchecked(ClaimRelation.EQUAL)
    if has_plus_minus(first) or has_plus_minus(second):
        return _both_signs(first, second, operator, budget)
    if operator == "=" and _is_other_multiple(first, second):
        witness = Witness({}, latex(first), latex(second))
        return refuted(ClaimRelation.EQUAL, witness, Slip.ARITHMETIC)
    try:
        first, second = _resolved(first, facts), _resolved(second, facts)
    except Unresolved:
        return _unresolved(first, second, facts, budget)
    if has_matrix(first) or has_matrix(second):
        return compare_matrices(first, second, budget)
    if (integrals := _same_integrals(first, second, facts, budget)) is not None:
        return integrals
    first, second = with_power_limits(first), with_power_limits(second)
    if not free_names(first) | free_names(second) and not calls_unknown([first, second]):
        if has_imaginary(first) or has_imaginary(second):
            return compare_complex(first, second, budget)
        if _integrated(first) or _integrated(second):
            return unchecked(ClaimRelation.EQUAL)  # ∫cos x dx, without its bounds
        sides = (_with_term(left, first), _with_term(right, second))
        result = _numbers(*sides, operator, facts, budget)
        if not result.is_decided and operator == "=" and _is_endless(first, second, budget):
            witness = Witness({}, latex(first), latex(second))
            return refuted(ClaimRelation.EQUAL, witness)
        return result
    if operator not in ("=", "≈"):
        return unchecked(ClaimRelation.EQUAL)
    if variable := _integrated(first) or _integrated(second):
        return _antiderivatives(first, second, variable, budget)
    parts = (*walk(first), *walk(second))
    result = equal_terms(first, second, ClaimRelation.EQUAL, budget)
    if result.verdict == StepVerdict.PROVED or not any(map(_needs_sign, parts)):
        return result
    in_range = _compare_in_range(first, second, facts, budget)
    if in_range is not None and in_range.verdict == StepVerdict.PROVED:
        return in_range
    if in_range is not None:
        is_false = in_range.verdict == result.verdict == StepVerdict.REFUTED
        return in_range if is_false else unchecked(ClaimRelation.EQUAL)
    where_positive = _where_positive(first, second, budget)
    if facts.task.tends_to_infinity and where_positive.verdict == StepVerdict.PROVED:
        return where_positive
    is_refuted = result.verdict == where_positive.verdict == StepVerdict.REFUTED
    return result if is_refuted else unchecked(ClaimRelation.EQUAL)


def _compare_in_range(
    left: Term, right: Term, facts: Facts, budget: WorkBudget
) -> ClaimResult | None:
    """In the range that the problem states, or else in one that a line before has opened."""
    result = compare_in_range(left, right, facts.task.equations, budget)
    if result is None or result.verdict != StepVerdict.PROVED:
        for condition in facts.opened_ranges:
            in_case = compare_in_range(left, right, [condition], budget)
            if in_case is not None:
                return in_case if in_case.verdict == StepVerdict.PROVED else result
    return result


def _is_endless(left: Term, right: Term, budget: WorkBudget) -> bool:
    """Whether the left side is a limit that grows or falls without end, and the right a number."""
    if not isinstance(left, BigOperator) or left.kind != "lim" or rational_value(right) is None:
        return False
    ends = (Const("oo"), Neg(Const("oo")))
    return any(same_value(left, end, budget).equal is True for end in ends)


def _where_positive(left: Term, right: Term, budget: WorkBudget) -> ClaimResult:
    """The result for positive values: √(x²) = x may be meant for these."""
    for name in free_names(left) | free_names(right):
        square = Pow(Sym(name), _TWO)
        left, right = (substitute(side, Sym(name), square) for side in (left, right))
    return equal_terms(left, right, ClaimRelation.EQUAL, budget)


def _needs_sign(part: Value) -> bool:
    """A root, a logarithm or an absolute value."""
    match part:
        case Root(inner):
            return bool(free_names(inner))
        case Call("ln" | "lg" | "log" | "lb" | "abs", (inner, *_)):
            return bool(free_names(inner))
        case Pow(_, exponent):
            power = rational_value(exponent)
            return power is not None and power.denominator > 1
    return False


def with_slip_between_sides(
    result: ClaimResult, left: Value, right: Value, budget: WorkBudget
) -> ClaimResult:
    """The result with a slip that explains it better than `arithmetic` does."""
    is_named = result.slip not in (Slip.NONE, Slip.ARITHMETIC)
    if result.verdict != StepVerdict.REFUTED or is_named or result.witness is None:
        return result
    left, right = (with_power_limits(side) if is_term(side) else side for side in (left, right))
    slip = slip_between(left, right, budget)
    if slip in (Slip.NONE, Slip.ARITHMETIC) and is_term(left) and is_term(right):
        slip = slip_backwards(left, right, budget) or slip
        slip = slip_in_calculation(left, right, (), budget) or slip
    slip = slip or result.slip
    return refuted(result.relation, result.witness, slip)


def _integrated(term: Term) -> str:
    """The variable of an indefinite integral in the term; "" without one."""
    folds = (part for part in walk(term) if isinstance(part, BigOperator))
    return next((fold.name for fold in folds if is_indefinite(fold)), "")


def _antiderivatives(left: Term, right: Term, variable: str, budget: WorkBudget) -> ClaimResult:
    """∫x eˣ dx = x eˣ - ∫eˣ dx: both sides have the same derivative."""
    try:
        before, after = (_derivative(term, variable) for term in (left, right))
    except NotDifferentiable:
        return unchecked(ClaimRelation.EVALUATE)
    result = equal_terms(before, after, ClaimRelation.EVALUATE, budget)
    if result.witness is not None:
        is_negative = same_value(before, Neg(after), budget).equal
        slip = Slip.LOST_SIGN if is_negative else Slip.INTEGRAL_RULE
        return refuted(ClaimRelation.EVALUATE, result.witness, slip)
    return result


def _derivative(term: Term, variable: str) -> Term:
    """Where an indefinite integral stands as a summand, its derivative is what it integrates."""
    match term:
        case BigOperator(_, body, name) if is_indefinite(term) and name == variable:
            return body
        case Add(parts):
            return Add(tuple(_derivative(part, variable) for part in parts))
        case Neg(part):
            return Neg(_derivative(part, variable))
        case Mul(parts) if sum(bool(_integrated(part)) for part in parts) == 1:
            if any(variable in free_names(part) for part in parts if not _integrated(part)):
                raise NotDifferentiable
            changed = (_derivative(p, variable) if _integrated(p) else p for p in parts)
            return Mul(tuple(changed))
    if _integrated(term):
        raise NotDifferentiable
    return differentiate(term, variable)


def _resolved(term: Term, facts: Facts) -> Term:
    value = facts.definitions.resolved(term)
    assert is_term(value)  # noqa: S101 - functions written out leave a term a term
    return value


def _is_other_multiple(left: Term, right: Term) -> bool:
    """lcm(16, 20) = 320, and gcd(16, 20) = 2."""
    if not isinstance(left, Call) or left.name not in ("gcd", "lcm"):
        return False
    value, other = rational_value(left), rational_value(right)
    return value is not None and other is not None and value != other


def _with_term(side: EquationSide, term: Term) -> EquationSide:
    return replace(side, term=term)


def _unresolved(left: Term, right: Term, facts: Facts, budget: WorkBudget) -> ClaimResult:
    """With an unknown function: proved only where it holds for every function."""
    if same_value(left, right, budget).equal:
        return proved(ClaimRelation.EQUAL)
    before, after = facts.with_values(left), facts.with_values(right)
    if is_term(before) and is_term(after) and same_value(before, after, budget).equal:
        return proved(ClaimRelation.SUBSTITUTE)
    return unchecked(ClaimRelation.EQUAL)


def _numbers(
    left: EquationSide, right: EquationSide, operator: str, facts: Facts, budget: WorkBudget
) -> ClaimResult:
    if operator not in INEQUALITIES:
        if isinstance(right.term, Call) and right.term.name == "degrees" and left.term is not None:
            return _degrees(left, left.term, right.term.args[0], operator, facts, budget)
        result = compare_measures(left, right, operator, budget, facts.rounded)
        if result is not None:
            return _with_slip_in_numbers(result, left, right, facts, budget)
        result = compare_numbers(left, right, operator, budget, facts.rounded)
        if result.verdict == StepVerdict.PROVED:
            return result
        in_other_base = result.is_decided and _in_other_base(left, right, operator, facts, budget)
        if in_other_base:
            return in_other_base
        if result.is_decided or left.words or right.words:
            return _with_slip_in_numbers(result, left, right, facts, budget)
        return _different(left.term, right.term, budget, result)
    assert left.term is not None  # noqa: S101 - only readable sides come here
    assert right.term is not None  # noqa: S101
    claim = Comparison(operator, left.term, right.term)
    does_hold = holds(claim, {}, budget)
    if does_hold:
        return proved(ClaimRelation.EQUAL)
    if does_hold is None:
        return unchecked(ClaimRelation.EQUAL)
    failing = failing_at(claim, {}, budget, FailingStatement.CLAIM)
    return (
        unchecked(ClaimRelation.EQUAL) if failing is None else refuted(ClaimRelation.EQUAL, failing)
    )


def _in_other_base(
    left: EquationSide, right: EquationSide, operator: str, facts: Facts, budget: WorkBudget
) -> ClaimResult | None:
    """log 2 + log 10 ≈ 0.3010 + 1, with the base that a plain logarithm has in the book.

    None where it is wrong in each base, and without such a logarithm.
    """
    terms = [side.term for side in (left, right) if side.term is not None]
    if len(terms) < 2 or not any(map(has_plain_log, terms)):
        return None
    for base in LOG_BASES:
        first, last = (with_log_base(term, base) for term in terms)
        sides = replace(left, term=first), replace(right, term=last)
        result = compare_numbers(*sides, operator, budget, facts.rounded)
        if result.verdict != StepVerdict.REFUTED:
            return result
    return None


def _different(
    left: Term | None, right: Term | None, budget: WorkBudget, otherwise: ClaimResult
) -> ClaimResult:
    """33 - 7 = 26 + 12, a running equals sign, and limits or integrals with other values.

    No equals sign runs in 1 + ln 1 = 1 + 1, where the first summand stays as it is.
    """
    assert left is not None  # noqa: S101 - only readable sides come here
    assert right is not None  # noqa: S101
    first = right.parts[0] if isinstance(right, Add | Mul) else right
    first = right.top if isinstance(right, Div) else first
    is_running = first != right and bool(same_value(left, first, budget).equal)
    is_limit = any(isinstance(part, BigOperator) for term in (left, right) for part in walk(term))
    if not (is_running or is_limit) or same_value(left, right, budget).equal is not False:
        return otherwise
    witness = where_they_differ(left, right, budget)
    if witness is None:
        witness = Witness({}, latex(left), latex(right))
    rewritten = left.parts if isinstance(left, Add | Mul) else ()
    is_named = is_running and isinstance(first, Num) and first not in rewritten
    return refuted(ClaimRelation.EQUAL, witness, Slip.RUNNING_EQUALS if is_named else Slip.NONE)


def _degrees(
    left: EquationSide,
    angle: Term,
    degrees: Term,
    operator: str,
    facts: Facts,
    budget: WorkBudget,
) -> ClaimResult:
    """arctan 0.75 ≈ 36.87°; 0.64° is its number of radians."""
    in_degrees = Div(Mul((angle, Num(Fraction(180)))), Const("pi"))
    right = EquationSide("", degrees)
    if rational_value(angle) is not None and same_value(angle, degrees, budget).equal:
        return proved(ClaimRelation.EQUAL)  # 180 - 120 = 60°
    sides = _with_term(left, in_degrees), right
    result = compare_numbers(*sides, operator, budget, facts.rounded)
    if result.verdict == StepVerdict.REFUTED:
        as_radians = compare_numbers(_with_term(left, angle), right, operator, budget, {})
        if as_radians.verdict == StepVerdict.PROVED:
            return replace(result, slip=Slip.DEGREES_RADIANS)
    return result


def _with_slip_in_numbers(
    result: ClaimResult,
    left: EquationSide,
    right: EquationSide,
    facts: Facts,
    budget: WorkBudget,
) -> ClaimResult:
    is_named = result.slip not in (Slip.NONE, Slip.ARITHMETIC)
    if result.verdict != StepVerdict.REFUTED or is_named or left.term is None:
        return result
    if right.term is None or (left.unit != right.unit and left.unit != NO_UNIT):
        return result
    numbers = facts.task.numbers if tells_percent(facts.task.text) else ()
    slip = slip_in_calculation(left.term, right.term, numbers, budget)
    if not slip and _is_in_radians(left.term, right, facts, budget):
        slip = Slip.DEGREES_RADIANS
    return replace(result, slip=slip or result.slip)


def _is_in_radians(left: Term, right: EquationSide, facts: Facts, budget: WorkBudget) -> bool:
    """6·sin 70° = 4.64: the sine of 70 in radians."""
    in_radians = left
    for part in walk(left):
        match part:
            case Call("degrees", (inner,)):
                in_radians = substitute(in_radians, part, inner)
    if in_radians == left:
        return False
    result = compare_numbers(EquationSide("", in_radians), right, "=", budget, facts.rounded)
    return result.verdict == StepVerdict.PROVED


def are_close(left: Term, right: Term, budget: WorkBudget) -> bool:
    """h ≈ 6 · 0.9397 for h = 6 sin 70°: equal but for numbers that were rounded on the way."""
    before, after = value_at(left, {}, budget), value_at(right, {}, budget)
    if not (isinstance(before, arb) and isinstance(after, arb)):
        return False
    return bool(abs(before - after) < abs(before) * ROUNDED_ON_THE_WAY)


def _same_integrals(
    first: Term, second: Term, facts: Facts, budget: WorkBudget
) -> ClaimResult | None:
    """∫ 6/x² dx = ∫ 6x⁻² dx, which differ by the constant alone; None for anything else."""
    match first, second:
        case BigOperator("int", body, name, None), BigOperator("int", other, same, None):
            if name == same and body != other:
                sides = EquationSide("", body), EquationSide("", other)
                return compare_sides(*sides, "=", facts, budget)
    return None


def _both_signs(left: Term, right: Term, operator: str, budget: WorkBudget) -> ClaimResult:
    """(4 ± √44)/2 = 2 ± √11: the same two values."""
    if operator != "=":
        return unchecked(ClaimRelation.EQUAL)
    before, after = (_values(expand_plus_minus(term)) for term in (left, right))
    remaining = list(after)
    for value in before:
        match = next((o for o in remaining if same_value(value, o, budget).equal), None)
        if match is None:
            break
        remaining.remove(match)
    else:
        return proved(ClaimRelation.EQUAL) if not remaining else unchecked(ClaimRelation.EQUAL)
    for value in before:
        results = [equal_terms(value, o, ClaimRelation.EQUAL, budget) for o in after]
        if all(result.verdict == StepVerdict.REFUTED for result in results):
            return with_slip_between_sides(results[0], value, after[0], budget)
    return unchecked(ClaimRelation.EQUAL)


def _values(value: Value) -> tuple[Term, ...]:
    parts = value.parts if isinstance(value, Listing) else (value,)
    return tuple(part for part in parts if is_term(part))
