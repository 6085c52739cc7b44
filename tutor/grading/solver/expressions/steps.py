"""The next form of a term, by what the problem asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Pow,
    Root,
    Term,
    free_names,
    has_part,
)
from tutor.grading.solver.expressions import (
    complex_rules,
    logarithm_rules,
    power_rules,
    root_rules,
    trigonometric_rules,
)
from tutor.grading.solver.expressions.arithmetic import arithmetic
from tutor.grading.solver.expressions.common_denominators import (
    add_numerators,
    find_common_denominator,
    multiply_fractions,
)
from tutor.grading.solver.expressions.completing_square import (
    complete_square,
    complete_within,
    has_square_within,
    write_square,
)
from tutor.grading.solver.expressions.expanding import expand
from tutor.grading.solver.expressions.factoring import factor, write_as_power
from tutor.grading.solver.expressions.like_terms import collect, collect_around_brackets
from tutor.grading.solver.expressions.percent_rules import write_percents
from tutor.grading.solver.expressions.rational_expressions import (
    cancel,
    cancel_in_product,
    cancel_number,
    divide_each_term,
    factor_halves,
)
from tutor.grading.solver.expressions.rewrite_rules import (
    Rewrite,
    Rule,
    everywhere,
    inside_first,
    outside_first,
)
from tutor.grading.solver.expressions.terms import (
    factors,
    flattened,
    parts_of,
    product,
    regrouped,
    summands,
    total,
    with_part,
    without_sign,
)
from tutor.grading.solver.expressions.written_shapes import same_shape
from tutor.grading.solver.step import GoalKind

_Rewrites = Callable[[Term], Iterator[Rewrite]]


def rewrites(term: Term, kind: GoalKind, *, is_start: bool) -> Iterator[Rewrite]:
    """The next forms of a term, the best first.

    is_start: whether the problem gives it, so that a product is there to be multiplied out.
    """
    term = regrouped(term)
    for rule in _rules(kind, is_start):
        for rewrite in rule(term):
            changed = flattened(rewrite.term)
            if not same_shape(changed, term):
                yield Rewrite(changed, rewrite.move)


def _rules(kind: GoalKind, is_start: bool) -> tuple[_Rewrites, ...]:
    match kind:
        case GoalKind.EXPAND:
            return _EXPANDING
        case GoalKind.FACTOR:
            return _FACTORING
        case GoalKind.COMPLETE_SQUARE:
            return _COMPLETING
        case GoalKind.SIMPLIFY if is_start:
            return (*_SIMPLIFYING, _expand_all)
    return _SIMPLIFYING


def _anywhere(rule: Rule) -> _Rewrites:
    return lambda term: inside_first(term, rule)


def _outside(rule: Rule) -> _Rewrites:
    return lambda term: outside_first(term, rule)


def _at_once(rule: Rule) -> _Rewrites:
    """In all parts of the term in a single step."""

    def rewrites_of(term: Term) -> Iterator[Rewrite]:
        whole = everywhere(term, rule)
        if whole is not None:
            yield whole

    return rewrites_of


def _calculate(term: Term) -> Iterator[Rewrite]:
    yield from arithmetic(term)


def _collect(term: Term) -> Iterator[Rewrite]:
    yield from outside_first(term, collect)


def _expand_all(term: Term) -> Iterator[Rewrite]:
    """The brackets of all summands; those of a numerator, but not of a denominator."""
    if isinstance(term, Div):
        for rewrite in _expand_all(term.top):
            yield Rewrite(Div(rewrite.term, term.bottom), rewrite.move)
        return
    parts = summands(term)
    steps = [
        None if rational_value(part) is not None else next(expand(part), None) for part in parts
    ]
    moves = [step.move for step in steps if step is not None]
    if not moves:
        return
    changed = [step.term if step else part for part, step in zip(parts, steps, strict=True)]
    yield Rewrite(total(changed), moves[0])


def _expand_sums(term: Term) -> Iterator[Rewrite]:
    """Only where that may let terms be collected: a product alone may be as simple as it gets."""
    core = term.top if isinstance(term, Div) else term
    brackets = sum(isinstance(factor, Add) for factor in factors(core))
    is_of_roots = not free_names(term) and (core == term or brackets > 1)
    if len(summands(core)) > 1 or isinstance(core, Neg) or is_of_roots:
        yield from _expand_all(term)


def _factor(term: Term) -> Iterator[Rewrite]:
    """The first sum that has factors; the others of the product stay."""
    match term:
        case Add():
            yield from factor(term)
        case Mul() | Neg() | Div():
            for index, part in parts_of(term):
                for rewrite in _factor(part):
                    yield Rewrite(with_part(term, index, rewrite.term), rewrite.move)
        case Pow(Add()):
            for rewrite in _factor(term.base):
                yield Rewrite(with_part(term, 0, rewrite.term), rewrite.move)


def _complete(term: Term) -> Iterator[Rewrite]:
    """Where brackets are multiplied out, unless one holds the square."""
    if not has_square_within(term):
        yield from write_square(term)
        yield from complete_within(term)
        yield from complete_square(term)


def _collect_beside_square(term: Term) -> Iterator[Rewrite]:
    if has_square_within(term):
        yield from collect_around_brackets(term)


def _roots_of_numbers(term: Term) -> Iterator[Rewrite]:
    """A root alone shows its square factor first; among others all are taken at once."""
    if isinstance(term, Root):
        yield from root_rules.split_square_factor(term)
    for rewrite in _at_once(root_rules.take_square_factor)(term):
        yield Rewrite(root_rules.with_numbers_multiplied(flattened(rewrite.term)), rewrite.move)


def _has_calls(term: Term) -> bool:
    return has_part(term, Call)


def _values(term: Term) -> Iterator[Rewrite]:
    """Sines and logarithms at numbers, before all else."""
    if _has_calls(term):
        yield from _at_once(write_percents)(term)
        yield from _at_once(trigonometric_rules.put_in_value)(term)
        yield from _at_once(logarithm_rules.work_out)(term)


def _same_base(term: Term) -> Iterator[Rewrite]:
    """2^3·2^4, before the powers are worked out, and x^(-3)·x^5, before signs are."""
    for rule in (
        power_rules.multiply_exponents,
        power_rules.add_exponents,
        power_rules.subtract_exponents,
    ):
        yield from inside_first(term, rule)


def _write_out_number(term: Term) -> Iterator[Rewrite]:
    """2((x - 3)^2 - 9) + 7 as 2(x - 3)^2 - 18 + 7: the square stays."""
    if not has_square_within(term):
        return
    parts = summands(term)
    for index, part in enumerate(parts):
        _, core = without_sign(part)
        brackets = [factor for factor in factors(core) if isinstance(factor, Add)]
        if len(brackets) == 1 and not free_names(product(_without(factors(core), brackets[0]))):
            for rewrite in expand(part):
                whole = total([*parts[:index], rewrite.term, *parts[index + 1 :]])
                yield Rewrite(whole, rewrite.move)


def _without(parts: list[Term], part: Term) -> list[Term]:
    return [other for other in parts if other is not part]


_OF_POWERS: tuple[_Rewrites, ...] = tuple(_anywhere(rule) for rule in power_rules.SIMPLIFYING)
_SIMPLIFYING: tuple[_Rewrites, ...] = (
    _values,
    _at_once(complex_rules.power_of_i),
    _same_base,
    _anywhere(power_rules.turned_fraction),
    _outside(power_rules.negative_exponent),
    _calculate,
    _anywhere(power_rules.fractional_exponent),
    _anywhere(root_rules.multiply_by_extension),
    _anywhere(root_rules.square_root),
    _anywhere(root_rules.join_to_square),
    _roots_of_numbers,
    _anywhere(root_rules.join_roots),
    _anywhere(root_rules.split_quotient),
    _anywhere(find_common_denominator),
    _collect,
    _anywhere(add_numerators),
    *_OF_POWERS,
    _anywhere(cancel_in_product),
    *(_anywhere(rule) for rule in trigonometric_rules.SIMPLIFYING),
    *(_anywhere(rule) for rule in logarithm_rules.SIMPLIFYING),
    _anywhere(multiply_fractions),
    _anywhere(complex_rules.multiply_by_conjugate),
    _anywhere(root_rules.expand_conjugates),
    _anywhere(cancel),
    _anywhere(divide_each_term),
    _anywhere(cancel_number),
    _anywhere(factor_halves),
    _expand_sums,
    _anywhere(collect_around_brackets),
    _anywhere(root_rules.rationalise),
)
_EXPANDING: tuple[_Rewrites, ...] = (
    _calculate,
    _expand_all,
    _collect,
    *_OF_POWERS,
    *(_anywhere(rule) for rule in logarithm_rules.EXPANDING),
)
_FACTORING: tuple[_Rewrites, ...] = (_anywhere(write_as_power), _factor, _collect)
_COMPLETING: tuple[_Rewrites, ...] = (
    _complete,
    _write_out_number,
    _collect_beside_square,
    _calculate,
)
