"""Sets of real numbers, cut into points and the gaps between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.numeric.rationals import MAX_BITS
from tutor.grading.parsing.tree import Const, Neg, Term
from tutor.grading.processes.work_budget import WorkBudget


class Undecidable(ArithmeticError):
    """The order of two numbers, or the numbers of a set, cannot be determined."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A number where a set begins or ends. term: None for a root of a polynomial."""

    value: arb
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class RealSet:
    """inside: for the gap before the first endpoint, that endpoint, the gap after it, and so on."""

    endpoints: tuple[Endpoint, ...]
    inside: tuple[bool, ...]

    def __post_init__(self) -> None:
        if len(self.inside) != 2 * len(self.endpoints) + 1:
            raise ValueError(f"{len(self.endpoints)} endpoints and {len(self.inside)} cells")

    @property
    def has_only_points(self) -> bool:
        """Whether no interval is in it; also true of the empty set."""
        return not any(self.inside[::2])


ALL_REALS = RealSet((), (True,))
EMPTY_SET = RealSet((), (False,))


def endpoint(term: Term, budget: WorkBudget) -> Endpoint:
    with precision(BASE_BITS):
        try:
            value = Evaluator({}, budget, real=True).value(term)
        except (Undefined, KeyError, OverflowError):
            raise Undecidable from None
    if not isinstance(value, arb):
        raise Undecidable
    return Endpoint(value, term)


def sign_of_infinity(term: Term) -> int:
    """1 for ∞, -1 for -∞, else 0."""
    if isinstance(term, Neg):
        return -sign_of_infinity(term.part)
    return 1 if term == Const("oo") else 0


def interval(low: Term, high: Term, closed: tuple[bool, bool], budget: WorkBudget) -> RealSet:
    """Raises Undecidable where low is not below high."""
    ends = [None if sign_of_infinity(term) else endpoint(term, budget) for term in (low, high)]
    if sign_of_infinity(low) > 0 or sign_of_infinity(high) < 0:
        raise Undecidable
    first, last = ends
    if first is None and last is None:
        return ALL_REALS
    if last is None and first is not None:
        return RealSet((first,), (False, closed[0], True))
    if first is None and last is not None:
        return RealSet((last,), (True, closed[1], False))
    assert first is not None  # noqa: S101 - for the type checker
    assert last is not None  # noqa: S101
    order = compare_endpoints(first, last, budget)
    if order == 0 and closed == (True, True):
        return point_set([first], budget)
    if order >= 0:
        raise Undecidable
    return RealSet((first, last), (False, closed[0], True, closed[1], False))


def point_set(numbers: Sequence[Endpoint], budget: WorkBudget) -> RealSet:
    result = EMPTY_SET
    for number in numbers:
        result = union(result, RealSet((number,), (False, True, False)), budget)
    return result


def compare_endpoints(left: Endpoint, right: Endpoint, budget: WorkBudget) -> int:
    """-1, 0 or 1. Raises Undecidable."""
    if left.value < right.value:
        return -1
    if left.value > right.value:
        return 1
    if left.term is None or right.term is None:
        return 0  # roots of polynomials: 128 bits separate all that a student could mean
    answer = same_value(left.term, right.term, budget).equal
    if answer is not True:
        raise Undecidable
    return 0


def combine(
    left: RealSet, right: RealSet, rule: Callable[[bool, bool], bool], budget: WorkBudget
) -> RealSet:
    """The numbers for which the rule holds, given whether each set contains them."""
    ends: list[Endpoint] = []
    cells = [rule(left.inside[0], right.inside[0])]
    i = j = 0
    while i < len(left.endpoints) or j < len(right.endpoints):
        budget.check()
        order = _compare_next_endpoints(left, right, i, j, budget)
        in_left = left.inside[2 * i + (1 if order <= 0 else 0)]
        in_right = right.inside[2 * j + (1 if order >= 0 else 0)]
        ends.append(left.endpoints[i] if order <= 0 else right.endpoints[j])
        i += order <= 0
        j += order >= 0
        cells.append(rule(in_left, in_right))
        cells.append(rule(left.inside[2 * i], right.inside[2 * j]))
    return _without_needless_endpoints(ends, cells)


def _compare_next_endpoints(
    left: RealSet, right: RealSet, i: int, j: int, budget: WorkBudget
) -> int:
    if i == len(left.endpoints):
        return 1
    if j == len(right.endpoints):
        return -1
    return compare_endpoints(left.endpoints[i], right.endpoints[j], budget)


def _without_needless_endpoints(ends: list[Endpoint], cells: list[bool]) -> RealSet:
    """Without endpoints at which nothing changes."""
    needed: list[Endpoint] = []
    inside = [cells[0]]
    for index, number in enumerate(ends):
        at, after = cells[2 * index + 1], cells[2 * index + 2]
        if not inside[-1] == at == after:
            needed.append(number)
            inside += [at, after]
    return RealSet(tuple(needed), tuple(inside))


def union(left: RealSet, right: RealSet, budget: WorkBudget) -> RealSet:
    return combine(left, right, lambda a, b: a or b, budget)


def intersection(left: RealSet, right: RealSet, budget: WorkBudget) -> RealSet:
    return combine(left, right, lambda a, b: a and b, budget)


def minus(left: RealSet, right: RealSet, budget: WorkBudget) -> RealSet:
    return combine(left, right, lambda a, b: a and not b, budget)


def equal_sets(left: RealSet, right: RealSet, budget: WorkBudget) -> bool:
    """Raises Undecidable."""
    if left.inside != right.inside:
        return False
    return all(
        compare_endpoints(a, b, budget) == 0
        for a, b in zip(left.endpoints, right.endpoints, strict=True)
    )


def midpoint(value: arb) -> Fraction:
    """The middle of the ball. Raises Undecidable for a number of too many digits."""
    mantissa, exponent = value.mid().man_exp()
    if abs(int(exponent)) > MAX_BITS:
        raise Undecidable
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def integers_in(numbers: RealSet, limit: int = 1_000) -> list[int] | None:
    """The whole numbers in a bounded set; None for an unbounded or a very large one."""
    if numbers.inside[0] or numbers.inside[-1]:
        return None
    whole_numbers: list[int] = []
    for index, number in enumerate(numbers.endpoints):
        if numbers.inside[2 * index + 1] and (whole := _whole(number)) is not None:
            whole_numbers.append(whole)
        if numbers.inside[2 * index + 2]:
            low, high = number.value, numbers.endpoints[index + 1].value
            if not high - low < limit:
                return None
            first = int(midpoint(low.lower())) - 1
            candidates = range(first, first + limit + 3)
            whole_numbers += [n for n in candidates if low < n and high > n]
    return whole_numbers


def _whole(number: Endpoint) -> int | None:
    nearest = round(midpoint(number.value))
    return nearest if number.value.contains(nearest) else None
