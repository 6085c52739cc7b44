"""Factoring: a common factor, the binomial formulas, a trinomial, grouping."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.parsing.tree import Add, Mul, Pow, Term, free_names
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.expressions.monomials import Monomial, monomial
from tutor.grading.solver.expressions.polynomial_ring import Ring, rational_root
from tutor.grading.solver.expressions.rewrite_rules import Rewrite
from tutor.grading.solver.expressions.terms import (
    factors,
    negated,
    number,
    power,
    product,
    summands,
    total,
    without_sign,
)
from tutor.grading.solver.expressions.written_shapes import same_shape, shape
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move


def factor(term: Term) -> Iterator[Rewrite]:
    """A sum as a product, a step at a time."""
    if not isinstance(term, Add):
        return
    for rule in (
        _turn_bracket,
        common_factor,
        difference_of_squares,
        _cubes,
        _perfect_square,
        _trinomial,
        _grouping,
        _any,
    ):
        rewrite = rule(term)
        if rewrite is not None:
            yield rewrite


def write_as_power(term: Term) -> Iterator[Rewrite]:
    """(x + 1)(x + 1) as (x + 1)^2."""
    whole = monomial(term) if isinstance(term, Mul) else None
    parts = factors(term)
    if whole is not None and sum(isinstance(part, Add) for part in parts) > 1:
        joined = whole.term()
        if len(factors(joined)) < len(parts):
            yield Rewrite(joined, Move(MoveName.WRITE_AS_POWER))


# The largest factor that all summands have


def common_factor(term: Add) -> Rewrite | None:
    parts = [monomial(part) for part in summands(term)]
    monomials = [part for part in parts if part is not None]
    if len(monomials) != len(parts) or len(parts) < 2:
        return None
    common = greatest_common(monomials)
    if abs(common.coefficient) == 1 and not common.powers:
        return None
    quotients = [part.over(common).term() for part in monomials]
    rest = total(summand for quotient in quotients for summand in summands(quotient))
    common_term = common.term()
    whole = _in_order(common_term, rest)
    return Rewrite(whole, Move(MoveName.FACTOR_OUT, (typed(common_term),)))


def _in_order(common: Term, rest: Term) -> Term:
    """6x(x - 4), but (a + b)(x + y) with the new bracket first."""
    if isinstance(common, Add):
        return product([rest, common])
    return product([common, rest])


def _turn_bracket(term: Add) -> Rewrite | None:
    """5(x - 1) + y(1 - x) as 5(x - 1) - y(x - 1)."""
    parts = summands(term)
    brackets = [part for part in factors(without_sign(parts[0])[1]) if isinstance(part, Add)]
    for bracket in brackets:
        turned = total(negated(part) for part in summands(bracket))
        changed = [_with_bracket(part, turned, bracket) for part in parts[1:]]
        if changed != parts[1:]:
            return Rewrite(total([parts[0], *changed]), Move(MoveName.TURN_BRACKET))
    return None


def _with_bracket(part: Term, turned: Term, bracket: Term) -> Term:
    """The summand with the opposite bracket in place of the turned one."""
    sign, core = without_sign(part)
    members = factors(core)
    rest = [member for member in members if not same_shape(member, turned)]
    if len(members) - len(rest) != 1:
        return part
    return product([number(-sign), *rest, bracket])


def greatest_common(monomials: Sequence[Monomial]) -> Monomial:
    """Positive, unless all are negative."""
    tops = [abs(part.coefficient.numerator) for part in monomials]
    bottoms = [part.coefficient.denominator for part in monomials]
    size = Fraction(math.gcd(*tops)) if all(bottom == 1 for bottom in bottoms) else Fraction(1)
    sign = -1 if all(part.coefficient < 0 for part in monomials) else 1
    first, *others = monomials
    powers = []
    for base, exponent in first.powers:
        least = exponent
        for other in others:
            exponents = {shape(b): e for b, e in other.powers}
            least = min(least, exponents.get(shape(base), Fraction(0)))
        if least > 0:
            powers.append((base, least))
    return Monomial(sign * size, tuple(powers))


# Binomial formulas


def root_of(term: Term, index: int) -> Term | None:
    """3y for 9y^2; None where the root has no such form."""
    part = monomial(term)
    if part is None:
        return None
    coefficient = rational_root(part.coefficient, index) if part.coefficient > 0 else None
    if coefficient is None or any(exponent % index for _, exponent in part.powers):
        return None
    return Monomial(coefficient, tuple((b, e / index) for b, e in part.powers)).term()


def _two_parts(term: Add) -> tuple[Term, Term] | None:
    parts = summands(term)
    return (parts[0], parts[1]) if len(parts) == 2 else None


def difference_of_squares(term: Add) -> Rewrite | None:
    """a^2 - b^2, in either order."""
    parts = _two_parts(term)
    if parts is None:
        return None
    (sign, first), (other_sign, second) = map(without_sign, parts)
    if sign == other_sign:
        return None
    if sign < 0:
        first, second = second, first
    a, b = root_of(first, 2), root_of(second, 2)
    if a is None or b is None or not free_names(term):
        return None
    whole = product([_difference(a, b), _sum(a, b)])
    return Rewrite(whole, Move(MoveName.USE_DIFFERENCE_OF_SQUARES))


def _sum(a: Term, b: Term) -> Term:
    return total([*summands(a), *summands(b)])


def _difference(a: Term, b: Term) -> Term:
    return total([*summands(a), *(negated(part) for part in summands(b))])


def _cubes(term: Add) -> Rewrite | None:
    parts = _two_parts(term)
    if parts is None or not free_names(term):
        return None
    (sign, first), (other_sign, second) = map(without_sign, parts)
    a, b = root_of(first, 3), root_of(second, 3)
    if a is None or b is None or (sign, other_sign) == (-1, -1):
        return None
    if sign < 0:
        a, b = b, a
    is_sum = sign == other_sign
    middle = _multiplied(a, b)
    bracket = total([_squared(a), negated(middle) if is_sum else middle, _squared(b)])
    name = MoveName.SUM_OF_CUBES if is_sum else MoveName.DIFFERENCE_OF_CUBES
    return Rewrite(product([_sum(a, b) if is_sum else _difference(a, b), bracket]), Move(name))


def _squared(term: Term) -> Term:
    return _multiplied(term, term)


def _multiplied(first: Term, second: Term) -> Term:
    whole = monomial(product([first, second]))
    return product([first, second]) if whole is None else whole.term()


def _perfect_square(term: Add) -> Rewrite | None:
    parts = summands(term)
    if len(parts) != 3:
        return None
    for first, second in ((0, 2), (0, 1), (1, 2)):
        middle = parts[3 - first - second]
        a, b = root_of(parts[first], 2), root_of(parts[second], 2)
        if a is None or b is None:
            continue
        sign, size = without_sign(middle)
        doubled, wanted = monomial(product([number(2), a, b])), monomial(size)
        if doubled is None or wanted is None or (doubled != wanted and not _same(doubled, wanted)):
            continue
        base = _sum(a, b) if sign > 0 else _difference(a, b)
        name = MoveName.SQUARE_OF_SUM if sign > 0 else MoveName.SQUARE_OF_DIFFERENCE
        return Rewrite(power(base, 2), Move(name))
    return None


def _same(left: Monomial, right: Monomial) -> bool:
    return left.coefficient == right.coefficient and left.kind == right.kind


# Trinomials, grouping, and anything else that has factors


def _trinomial(term: Add) -> Rewrite | None:
    if len(summands(term)) != 3:
        return None
    return _by_primes(term, MoveName.FACTOR_QUADRATIC)


def _any(term: Add) -> Rewrite | None:
    return _by_primes(term, MoveName.FACTOR)


def _by_primes(term: Add, name: MoveName) -> Rewrite | None:
    factored = factored_by_primes(term)
    return None if factored is None else Rewrite(factored, Move(name))


def factored_by_primes(term: Term) -> Term | None:
    """None where it is prime, up to a number."""
    ring = Ring.of(term)
    polynomial = None if ring is None else ring.polynomial(term)
    if ring is None or polynomial is None or polynomial.is_constant():
        return None
    primes = ring.factored(polynomial)
    if len(primes) == 1 and primes[0][1] == 1:
        return None
    whole = ring.context.constant(1)
    for prime, exponent in primes:
        whole *= prime**exponent
    content = Fraction(int(polynomial.coeffs()[0]), int(whole.coeffs()[0]))
    if content.denominator != 1:
        return None
    parts = [power(ring.term(prime), exponent) for prime, exponent in primes]
    parts.sort(key=lambda part: isinstance(part, Add | Pow))
    return product([number(content), *parts])


def _grouping(term: Add) -> Rewrite | None:
    """ax + ay + bx + by: two pairs with a common bracket."""
    parts = summands(term)
    if len(parts) != 4:
        return None
    for partner in (1, 2, 3):
        pairs = (
            [parts[0], parts[partner]],
            [p for i, p in enumerate(parts) if i not in (0, partner)],
        )
        halves = [_taken_out(pair) for pair in pairs]
        first, second = halves
        if first is None or second is None:
            continue
        bracket, other = first[1], second[1]
        if same_shape(bracket, other):
            whole = [product(first), product(second)]
        elif same_shape(bracket, total(negated(part) for part in summands(other))):
            whole = [product(first), product([negated(second[0]), bracket])]
        else:
            continue
        return Rewrite(total(whole), Move(MoveName.GROUPING))
    return None


def _taken_out(pair: Sequence[Term]) -> tuple[Term, Term] | None:
    """The common factor of two terms, and the bracket that is left."""
    monomials = [part for term in pair if (part := monomial(term)) is not None]
    if len(monomials) != len(pair):
        return None
    common = greatest_common(monomials)
    rest = total(part.over(common).term() for part in monomials)
    return common.term(), rest
