"""The rules of logarithms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import ONE, Add, Call, Const, Div, Mul, Num, Pow, Root, Term
from tutor.grading.solver.expressions.changes import Change
from tutor.grading.solver.expressions.monomials import monomial
from tutor.grading.solver.expressions.rewrite_rules import Rewrite, Rule, named_by
from tutor.grading.solver.expressions.terms import (
    factors,
    negated,
    number,
    product,
    quotient,
    summands,
    total,
    without_sign,
)
from tutor.grading.solver.expressions.written_shapes import same_shape, shape
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move

LOGARITHMS = ("ln", "log", "lg", "lb")
MAX_LOGARITHM = 60
_COMBINE = Move(MoveName.COMBINE_LOGARITHMS)


def is_logarithm(term: Term) -> bool:
    return isinstance(term, Call) and term.name in LOGARITHMS


def base_of(log: Call) -> Term:
    """Of a plain log ten."""
    if len(log.args) > 1:
        return log.args[1]
    if log.name == "ln":
        return Const("e")
    return Num(Fraction(2 if log.name == "lb" else 10))


def combine(term: Term) -> Iterator[Rewrite]:
    """ln(6) + ln(5) as ln(6·5), and ln(x) - ln(4) as ln(x/4)."""
    if not isinstance(term, Add):
        return
    logs: dict[object, list[tuple[int, Call]]] = {}
    for part in summands(term):
        sign, core = without_sign(part)
        if isinstance(core, Call) and is_logarithm(core):
            logs.setdefault((core.name, *core.args[1:]), []).append((sign, core))
    group = next((group for group in logs.values() if len(group) > 1), None)
    if group is None or all(sign < 0 for sign, _ in group):
        return
    first = group[0][1]
    top = _multiplied([log.args[0] for sign, log in group if sign > 0])
    bottom = _multiplied([log.args[0] for sign, log in group if sign < 0])
    joined = Call(first.name, (_divided(top, bottom), *first.args[1:]))
    members = [shape(log) for _, log in group]
    rest = [part for part in summands(term) if shape(without_sign(part)[1]) not in members]
    yield Rewrite(total([joined, *rest]), _COMBINE)


def _multiplied(parts: Sequence[Term]) -> Term:
    whole = product(parts)
    value = rational_value(whole)
    return whole if value is None else number(value)


def _divided(top: Term, bottom: Term) -> Term:
    whole = quotient(top, bottom)
    value = rational_value(whole)
    return whole if value is None else number(value)


def split(term: Term) -> Iterator[Rewrite]:
    """ln(6x) as ln(6) + ln(x), and ln(x/4) as ln(x) - ln(4)."""
    if not isinstance(term, Call) or not is_logarithm(term):
        return
    argument, rest = term.args[0], term.args[1:]
    tops = factors(argument.top if isinstance(argument, Div) else argument)
    bottoms = factors(argument.bottom) if isinstance(argument, Div) else []
    if len(tops) + len(bottoms) < 2:
        return
    parts = [Call(term.name, (part, *rest)) for part in tops if part != ONE]
    parts_below = [negated(Call(term.name, (part, *rest))) for part in bottoms]
    yield Rewrite(total([*parts, *parts_below]), Move(MoveName.SPLIT_LOG))


def factor_into_exponent(term: Term) -> Iterator[Rewrite]:
    """3·log(x) as log(x^3)."""
    sign, core = without_sign(term)
    parts = core.parts if isinstance(core, Mul) else ()
    logs = [part for part in parts if isinstance(part, Call) and is_logarithm(part)]
    if len(logs) != 1:
        return
    exponent = product(part for part in parts if part is not logs[0])
    log = logs[0]
    argument = log.args[0]
    value, power = rational_value(argument), rational_value(exponent)
    raised: Term = Pow(argument, exponent)
    if value is not None and power is not None and power.denominator == 1 and 0 < power < 8:
        raised = number(value**power.numerator)
    elif power == Fraction(1, 2):
        raised = Root(argument, number(2))
    whole = Call(log.name, (raised, *log.args[1:]))
    yield Rewrite(product([number(sign), whole]), Move(MoveName.MOVE_FACTOR_INTO_EXPONENT))


def factors_into_exponents(term: Term) -> Iterator[Rewrite]:
    """ln(a) + 2·ln(b) as ln(a) + ln(b^2), so that they can be combined."""
    if not isinstance(term, Add):
        return
    parts = summands(term)
    if not all(map(_is_of_logarithm, parts)):
        return
    changed = [next((r.term for r in factor_into_exponent(part)), part) for part in parts]
    if changed != parts:
        yield Rewrite(total(changed), Move(MoveName.MOVE_FACTOR_INTO_EXPONENT))


def exponent_in_front(term: Term) -> Iterator[Rewrite]:
    """ln(x^3) as 3·ln(x)."""
    if isinstance(term, Call) and is_logarithm(term) and isinstance(term.args[0], Pow):
        power = term.args[0]
        log = Call(term.name, (power.base, *term.args[1:]))
        yield Rewrite(product([power.exponent, log]), Move(MoveName.EXPONENT_IN_FRONT))


def root_in_front(term: Term) -> Iterator[Rewrite]:
    """ln(√x) as 1/2·ln(x)."""
    if isinstance(term, Call) and is_logarithm(term) and isinstance(term.args[0], Root):
        root = term.args[0]
        log = Call(term.name, (root.inner, *term.args[1:]))
        yield Rewrite(Mul((Div(ONE, root.index), log)), Move(MoveName.EXPONENT_IN_FRONT))


def change_base(term: Term) -> Iterator[Rewrite]:
    """log_4(x) as ln(x)/ln(4), or with logarithms to base ten."""
    if isinstance(term, Call) and term.name == "log" and len(term.args) == 2:
        for name in ("ln", "lg", "log"):
            halves = (Call(name, (term.args[0],)), Call(name, (term.args[1],)))
            yield Rewrite(Div(*halves), Move(MoveName.CHANGE_BASE))


def work_out(term: Term) -> Iterator[Rewrite]:
    """log_2(8) as 3, ln(e^x) as x, ln(1) as 0."""
    move = Move(MoveName.LOGARITHM)
    if isinstance(term, Call) and is_logarithm(term):
        value = logarithm_value(term)
        if value is not None:
            yield Rewrite(value, move)
    elif isinstance(term, Pow):
        parts = factors(term.exponent)
        logs = [part for part in parts if isinstance(part, Call) and is_logarithm(part)]
        if len(logs) == 1 and same_shape(base_of(logs[0]), term.base):
            exponent = product(part for part in parts if part is not logs[0])
            argument = logs[0].args[0]
            yield Rewrite(argument if exponent == ONE else Pow(argument, exponent), move)


def logarithm_value(log: Call) -> Term | None:
    argument, base = log.args[0], base_of(log)
    if argument == ONE:
        return number(0)
    if same_shape(argument, base):
        return ONE
    if isinstance(argument, Pow) and same_shape(argument.base, base):
        return argument.exponent
    value, of_base = rational_value(argument), rational_value(base)
    if value is None or of_base is None or of_base <= 0 or of_base == 1 or value <= 0:
        return None
    for exponent in range(1, MAX_LOGARITHM):
        if of_base**exponent == value:
            return number(exponent)
        if of_base**exponent * value == 1:
            return number(-exponent)
    return None


SIMPLIFYING: tuple[Rule, ...] = (work_out, combine, factors_into_exponents)
EXPANDING: tuple[Rule, ...] = (split, exponent_in_front)
_NAMED: tuple[Rule, ...] = (
    combine,
    split,
    factor_into_exponent,
    exponent_in_front,
    root_in_front,
    change_base,
    work_out,
)


def name_logarithms(change: Change) -> Iterator[Move]:
    yield from named_by(_NAMED, change)
    before, after = summands(change.before), summands(change.after)
    if not all(_is_of_logarithm(part) for part in (*before, *after)):
        return
    if len(before) > 1 and len(after) == 1:
        yield _COMBINE
    elif len(before) == 1 and len(after) > 1:
        yield Move(MoveName.SPLIT_LOG)


def _is_of_logarithm(part: Term) -> bool:
    _, core = without_sign(part)
    whole = monomial(core)
    return whole is not None and [is_logarithm(base) for base, _ in whole.powers] == [True]
