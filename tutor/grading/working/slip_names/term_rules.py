"""Wrong rules by which one expression is made of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise, permutations

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Comparison,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    PlusMinus,
    Pow,
    Root,
    Sym,
    Term,
    free_names,
    is_term,
    rebuild,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.equation_slips import summands
from tutor.grading.steps.expression_slips import slip_backwards
from tutor.grading.steps.power_slips import exponent_rule, lost_sign, order_of_operations
from tutor.grading.steps.rule_slips import RULE_SLIPS, everywhere
from tutor.grading.working.slip_names.scene import Probe, Scene, are_proportional

MAX_VARIANTS = 60  # of a term
Variants = Callable[[Term], Iterator[Term]]
Rules = Sequence[tuple[Slip, Variants]]
_LOGS = ("ln", "log", "lg")
_TWO = Num(Fraction(2))
# Those that the check of steps does not try out where the stored answer alone tells.
_USUAL = frozenset(
    [
        Slip.MINUS_BRACKET,
        Slip.HALF_DISTRIBUTED,
        Slip.SPLIT_SQUARE,
        Slip.CANCELLED_TERM,
        Slip.ADDED_DENOMINATORS,
        Slip.COMMON_DENOMINATOR,
        Slip.POWER_OF_PRODUCT,
        Slip.POWER_OF_LOG,
    ]
)
# A number can come out of these by chance.
_OF_LETTERS = frozenset(
    [
        Slip.SPLIT_SQUARE,
        Slip.HALF_DISTRIBUTED,
        Slip.UNLIKE_TERMS,
        Slip.LOST_SIGN,
        Slip.TERM_LOST,
        Slip.EXPONENT_RULE,
    ]
)


def wrong_rule(scene: Scene) -> Slip:
    """The rule that makes the claim of a term or an equation before it."""
    return _slip_of(_RULES, scene)


def wrong_rule_backwards(scene: Scene) -> Slip:
    """a² + b² = (a + b)² - ab"""
    slips = (slip_backwards(*pair, scene.budget) for pair in pairwise(scene.sides))
    return next((slip for slip in slips if slip != Slip.NONE), Slip.NONE)


def log_of_each(scene: Scene) -> Slip:
    """log(x + x + 3) = 1 for log x + log(x + 3) = 1"""
    return _slip_of([rule for rule in _RULES if rule[0] == Slip.LOG_OF_SUM], scene)


def bracket_lost(scene: Scene) -> Slip:
    return _slip_of([rule for rule in _RULES if rule[0] == Slip.MINUS_BRACKET], scene)


def wrong_order(scene: Scene) -> Slip:
    return _slip_of([rule for rule in _RULES if rule[0] == Slip.ORDER_OF_OPERATIONS], scene)


def wrong_order_of_numbers(scene: Scene) -> Slip:
    """7 - 3·2 + 5 as 4·2 + 5"""
    return _slip_of(_ORDERS, scene) if not any(map(free_names, scene.sides)) else Slip.NONE


def lost_term(scene: Scene) -> Slip:
    return _slip_of(_LOSSES, scene)


def _slip_of(rules: Rules, scene: Scene) -> Slip:
    pairs = [_Pair.of(before, after) for before, after in scene.pairs]
    claim = scene.comparison
    links = [
        _Link.of(premise, claim)
        for premise in (scene.comparisons if claim else ())
        if claim is not None and (premise.op == "=") == (claim.op == "=")
    ]
    for slip, variants in rules:
        for pair in pairs:
            if (pair.has_letters or slip not in _OF_LETTERS) and pair.is_explained(variants, scene):
                return slip
        if any(link.is_explained(variants, scene) for link in links):
            return slip
    return Slip.NONE


@dataclass(frozen=True, slots=True)
class _Pair:
    """A term, and what the line makes of it. value: of the latter, at the probe."""

    before: Term
    after: Term
    has_letters: bool
    probe: Probe | None
    value: Fraction | None

    @classmethod
    def of(cls, before: Term, after: Term) -> _Pair:
        before = plain(before)
        probe = Probe.of(before, after)
        return cls(
            before, after, bool(free_names(after)), probe, probe.value(after) if probe else None
        )

    def is_explained(self, variants: Variants, scene: Scene) -> bool:
        return any(
            self._may_be(variant) and scene.are_same(variant, self.after)
            for variant in _some(variants(self.before))
        )

    def _may_be(self, variant: Term) -> bool:
        value = self.probe.value(variant) if self.probe and self.value is not None else None
        return value is None or value == self.value


@dataclass(frozen=True, slots=True)
class _Link:
    """An equation, and the one that the line makes of it.

    values: at each of two probes those of the sides of both; None where one has none.
    """

    premise: tuple[Term, Term]
    claim: tuple[Term, Term]
    probes: tuple[Probe | None, ...]
    values: tuple[tuple[Fraction | None, ...], ...]

    @classmethod
    def of(cls, premise: Comparison, claim: Comparison) -> _Link:
        left, right = premise.left, premise.right
        sides = (plain(claim.left), plain(claim.right))  # type: ignore[arg-type]
        assert is_term(left)  # noqa: S101 - comparisons of terms only
        assert is_term(right)  # noqa: S101
        terms = (plain(left), plain(right), *sides)
        probes = tuple(Probe.of(*terms, point=point) for point in range(2))
        values = tuple(tuple(map(probe.value, terms)) if probe else () for probe in probes)
        return cls((terms[0], terms[1]), sides, probes, values)

    def is_explained(self, variants: Variants, scene: Scene) -> bool:
        left, right = self.premise
        changed = [(variant, right, 0) for variant in _some(variants(left))]
        changed += [(left, variant, 1) for variant in _some(variants(right))]
        return any(
            self._may_be((a, b)[side], side) and _is_claim((a, b), self.claim, scene)
            for a, b, side in changed
        )

    def _may_be(self, variant: Term, side: int) -> bool:
        """Whether both sides, or their differences in the same ratio, are those of the claim."""
        differences = []
        are_sides = True
        for probe, values in zip(self.probes, self.values, strict=True):
            value = probe.value(variant) if probe and None not in values else None
            if value is None:
                return True
            left, right, *claimed = values
            own = [value, right] if side == 0 else [left, value]
            are_sides = are_sides and own == claimed
            differences.append((own[0] - own[1], claimed[0] - claimed[1]))  # type: ignore[operator]
        (a, b), (c, d) = differences
        return are_sides or a * d == b * c


def _is_claim(pair: tuple[Term, Term], sides: tuple[Term, Term], scene: Scene) -> bool:
    if are_proportional(Add((pair[0], Neg(pair[1]))), Add((sides[0], Neg(sides[1])))):
        return True
    return all(scene.are_same(a, b) for a, b in zip(pair, sides, strict=True))


def _some(terms: Iterator[Term]) -> Iterator[Term]:
    for _, term in zip(range(MAX_VARIANTS), terms, strict=False):
        yield term


def plain(term: Term) -> Term:
    """With + for ±."""

    def bare(part: object) -> object:
        inner = part.part if isinstance(part, PlusMinus) else part
        return rebuild(inner, bare)

    changed: Term = bare(term)  # type: ignore[assignment]
    return changed


def _unlike_terms(term: Term) -> Iterator[Term]:
    """3 + 2x as 5x, and x² + x as 2x³ or 2x²"""
    if not isinstance(term, Add):
        return
    for earlier, later in combinations(range(len(term.parts)), 2):
        (a, first), (b, second) = (_split(term.parts[index]) for index in (earlier, later))
        if first == second:
            continue
        rest = tuple(p for index, p in enumerate(term.parts) if index not in (earlier, later))
        for letters in ((*first, *second), first, second):
            if any(map(free_names, letters)):
                yield Add((*rest, Mul((Num(a + b), *letters))))


def _split(term: Term) -> tuple[Fraction, tuple[Term, ...]]:
    """The number before a product, and its other factors."""
    match term:
        case Neg(part):
            number, factors = _split(part)
            return -number, factors
        case Mul(parts):
            number, factors = Fraction(1), ()
            for part in parts:
                value = rational_value(part)
                if value is None:
                    factors += (part,)
                else:
                    number *= value
            return number, factors
    value = rational_value(term)
    return (Fraction(1), (term,)) if value is None else (value, ())


def _added_exponents(term: Term) -> Iterator[Term]:
    """2^x + 2^(x+1) as 2^(2x+1), 2^k + 2^k as 4^k, and 2x² + x² as 3x⁴"""
    if not isinstance(term, Add):
        return
    for earlier, later in combinations(range(len(term.parts)), 2):
        (a, first), (b, second) = (_split(term.parts[index]) for index in (earlier, later))
        rest = tuple(p for index, p in enumerate(term.parts) if index not in (earlier, later))
        if len(first) != 1 or len(second) != 1:
            continue
        (base, exponent), (same, power) = map(_power, (first[0], second[0]))
        if base == same:
            yield Add((*rest, Mul((Num(a + b), Pow(base, Add((exponent, power)))))))
            yield Add((*rest, Pow(base, Add((exponent, power)))))
        if exponent == power != ONE:
            yield Add((*rest, Pow(Add((base, same)), exponent)))


def _power(term: Term) -> tuple[Term, Term]:
    return (term.base, term.exponent) if isinstance(term, Pow) else (term, ONE)


def _multiplied_bases(term: Term) -> Iterator[Term]:
    """2^x·2^3 as 4^(x+3), and 2^(k+1) as 2^k + 2"""
    match term:
        case Mul((Pow(base, exponent), Pow(other, power))):
            yield Pow(Mul((base, other)), Add((exponent, power)))
            yield Pow(Mul((base, other)), Mul((exponent, power)))
        case Pow(base, Add(parts)):
            yield Add(tuple(Pow(base, part) for part in parts))
            yield Add((Pow(base, parts[0]), *parts[1:]))


def _logarithms(term: Term) -> Iterator[Term]:
    """ln a - ln b as ln(a - b), and ln a/ln b as ln(a/b) or ln(a - b)"""
    match term:
        case Add((Call(name, (a, *base)), Neg(Call(other, (b, *_))))) if _are_logs(name, other):
            yield Call(name, (Add((a, Neg(b))), *base))
            yield Div(Call(name, (a, *base)), Call(name, (b, *base)))
        case Div(Call(name, (a, *base)), Call(other, (b, *_))) if _are_logs(name, other):
            yield Call(name, (Div(a, b), *base))
            yield Add((Call(name, (a, *base)), Neg(Call(name, (b, *base)))))
        case Add((Call(name, (a, *base)), Call(other, (b, *_)))) if _are_logs(name, other):
            yield Call(name, (Add((a, b)), *base))
        case Call(name, (Add((a, Neg(b))), *base)) if name in _LOGS:
            yield Add((Call(name, (a, *base)), Neg(Call(name, (b, *base)))))
            yield Div(Call(name, (a, *base)), Call(name, (b, *base)))


def _are_logs(name: str, other: str) -> bool:
    return name == other and name in _LOGS


def _cancelled_in_one_term(term: Term) -> Iterator[Term]:
    """(3x + 6)/3 as x + 6, and (x² + 3x)/x as x² + 3"""
    match term:
        case Div(Add(parts), bottom):
            for index, part in enumerate(parts):
                if _contains_factor(part, bottom):
                    yield Add((*parts[:index], Div(part, bottom), *parts[index + 1 :]))


def _contains_factor(part: Term, bottom: Term) -> bool:
    number, factors = _split(part)
    divisor = rational_value(bottom)
    if divisor is not None:
        return bool(divisor) and (number / divisor).denominator == 1
    return bottom in (_power(factor)[0] for factor in factors)


def _divided_one_term(term: Term) -> Iterator[Term]:
    """(4 + 5y)/3 as 4/3 + 5y"""
    match term:
        case Div(Add(parts), bottom):
            for index, part in enumerate(parts):
                yield Add((*parts[:index], Div(part, bottom), *parts[index + 1 :]))


def _root_of_squares(term: Term) -> Iterator[Term]:
    """√(x² + 16) as x + 4"""
    if isinstance(term, Root) and isinstance(term.inner, Add) and rational_value(term.index) == 2:
        yield Add(tuple(_rooted(part) for part in term.inner.parts))


def _rooted(part: Term) -> Term:
    match part:
        case Neg(inner):
            return Neg(_rooted(inner))
        case Pow(base, exponent) if rational_value(exponent) == 2:
            return base
    return Root(part, _TWO)


def _square_of_difference(term: Term) -> Iterator[Term]:
    """9x² - 49 as (3x - 7)²"""
    match term:
        case Add((a, Neg(b))):
            first, second = _square_root(a), _square_root(b)
            if first is not None and second is not None:
                yield Pow(Add((first, Neg(second))), _TWO)


def _square_root(term: Term) -> Term | None:
    match term:
        case Pow(base, exponent) if rational_value(exponent) == 2:
            return base
        case Mul(parts):
            roots = [_square_root(part) for part in parts]
            return None if None in roots else Mul(tuple(roots))  # type: ignore[arg-type]
    value = rational_value(term)
    return None if value is None or value < 0 else Root(term, _TWO)


def _factor_before_sum(term: Term) -> Iterator[Term]:
    """4·4^k - 1 as 4(4^k - 1)"""
    if not isinstance(term, Add):
        return
    for index, part in enumerate(term.parts):
        if isinstance(part, Mul) and len(part.parts) > 1:
            factor, *others = part.parts
            rest = others[0] if len(others) == 1 else Mul(tuple(others))
            yield Mul((factor, Add((*term.parts[:index], rest, *term.parts[index + 1 :]))))


def _taken_before_bracket(term: Term) -> Iterator[Term]:
    """7 - 2(x - 5) as 5(x - 5)"""
    if not isinstance(term, Add):
        return
    for number, product in permutations(term.parts, 2):
        is_negative = isinstance(product, Neg)
        inner = product.part if isinstance(product, Neg) else product
        match number, inner:
            case Num(), Mul((Num(factor), *rest)) if any(isinstance(r, Add) for r in rest):
                others = tuple(p for p in term.parts if p not in (number, product))
                begun = Add((number, Num(-factor if is_negative else factor)))
                yield Add((Mul((begun, *rest)), *others))


def _distributed_but_for_one(term: Term) -> Iterator[Term]:
    """2(x² - 4x + 4 - 4) as 2(x² - 4x + 4) - 4"""
    match term:
        case Mul((*factors, Add(parts))) if len(parts) > 2:
            for index, last in enumerate(parts):
                others = parts[:index] + parts[index + 1 :]
                yield Add((*(Mul((*factors, part)) for part in others), last))


def _one_square(term: Term) -> Iterator[Term]:
    """i² as 1, and (1 + 2i)(1 - 2i) as 1 - 4"""
    match term:
        case Mul((Add((a, b)), Add((c, Neg(d))))) if (a, b) == (c, d):
            yield from (Add((Pow(a, _TWO), Neg(square))) for square in _one_square(Pow(b, _TWO)))
        case Pow(Const("i"), exponent) if rational_value(exponent) == 2:
            yield ONE
        case Pow(Mul(parts), exponent) if rational_value(exponent) == 2 and Const("i") in parts:
            others = [part for part in parts if part != Const("i")]
            yield Mul(tuple(Pow(part, _TWO) for part in others))


def _lost_term(term: Term) -> Iterator[Term]:
    """12ab - 18a² + 6a as 12ab - 18a²"""
    parts = summands(term)
    if len(parts) > 1 and free_names(term):
        for index in range(len(parts)):
            rest = parts[:index] + parts[index + 1 :]
            yield Add(tuple(rest)) if len(rest) > 1 else rest[0]


def _split_denominator(term: Term) -> Iterator[Term]:
    """1/(a + b) as 1/a + 1/b"""
    match term:
        case Div(top, Add(parts)):
            yield Add(tuple(Div(top, part) for part in parts))


_RULES: Rules = (
    (Slip.LOG_OF_SUM, everywhere(_logarithms)),
    (Slip.SPLIT_ROOT, everywhere(_root_of_squares)),
    (Slip.SPLIT_SQUARE, everywhere(_square_of_difference)),
    (Slip.CANCELLED_TERM, everywhere(_cancelled_in_one_term)),
    (Slip.EXPONENT_RULE, everywhere(_added_exponents)),
    (Slip.EXPONENT_RULE, everywhere(_multiplied_bases)),
    (Slip.EXPONENT_RULE, everywhere(exponent_rule)),
    (Slip.ORDER_OF_OPERATIONS, everywhere(_taken_before_bracket)),
    (Slip.UNLIKE_TERMS, everywhere(_unlike_terms)),
    (Slip.HALF_DISTRIBUTED, everywhere(_factor_before_sum)),
    (Slip.HALF_DISTRIBUTED, everywhere(_distributed_but_for_one)),
    (Slip.ONE_SIDE, everywhere(_divided_one_term)),
    (Slip.NEGATIVE_SQUARE, everywhere(_one_square)),
    (Slip.ADDED_DENOMINATORS, everywhere(_split_denominator)),
    *((slip, variants) for slip, variants in RULE_SLIPS if slip in _USUAL),
    (Slip.LOST_SIGN, everywhere(lost_sign)),
)
_ORDERS = ((Slip.ORDER_OF_OPERATIONS, everywhere(order_of_operations)),)
_LOSSES = ((Slip.TERM_LOST, _lost_term),)


def argument_put_in_wrongly(scene: Scene) -> Slip:
    """f(x + 1) = 3x - 2 + 1 for f(x) = 3x - 2"""
    for call, after in scene.pairs:
        match call:
            case Call(name, (argument,)) if name in scene.definitions.functions:
                function = scene.definitions.functions[name]
                letter = Sym(function.variable)
                if _is_half_put_in(function.body, letter, argument, after, scene):
                    return Slip.BACK_SUBSTITUTION
    return Slip.NONE


def _is_half_put_in(body: Term, letter: Term, argument: Term, after: Term, scene: Scene) -> bool:
    wrong = [Add((body, Add((argument, Neg(letter)))))]
    parts = summands(body)
    for index, part in enumerate(parts):
        put_in = _put_in(part, letter, argument)
        wrong.append(Add((*parts[:index], put_in, *parts[index + 1 :])))
    return any(scene.are_same(term, after) for term in wrong)


def _put_in(term: Term, letter: Term, argument: Term) -> Term:
    if term == letter:
        return argument
    changed: Term = rebuild(term, lambda part: _put_in(part, letter, argument))
    return changed
