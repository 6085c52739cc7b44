"""Rules that one would like to be true, such as (a + b)^2 = a^2 + b^2, applied to a term.

Each yields what comes out of a term by the mistake that it is named for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from tutor.grading.numeric.rationals import exact
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Term,
    children,
    is_term,
    rebuild,
)

_TWO = Num(Fraction(2))


def _everywhere(change: Callable[[Term], Iterator[Term]]) -> Callable[[Term], Iterator[Term]]:
    """The change made at one place of a term, at each place that takes it, and at all at once."""

    def variants(term: Term) -> Iterator[Term]:
        yield from _at_one_place(term, change)
        everywhere = _at_all_places(term, change)
        if everywhere != term:
            yield everywhere

    return variants


def _at_one_place(term: Term, change: Callable[[Term], Iterator[Term]]) -> Iterator[Term]:
    yield from change(term)
    for index, part in enumerate(children(term)):
        if not is_term(part):
            continue
        for variant in _at_one_place(part, change):
            yield _with_part(term, index, variant)


def _at_all_places(term: Term, change: Callable[[Term], Iterator[Term]]) -> Term:
    inner: Term = rebuild(
        term, lambda part: _at_all_places(part, change) if is_term(part) else part
    )
    return next(iter(change(inner)), inner)


def _with_part(term: Term, index: int, part: Term) -> Term:
    place = -1

    def exchange(old: Term) -> Term:
        nonlocal place
        place += 1
        return part if place == index else old

    changed: Term = rebuild(term, exchange)
    return changed


def split_square(term: Term) -> Iterator[Term]:
    """(a + b)^2 as a^2 + b^2"""
    if isinstance(term, Pow) and isinstance(term.base, Add):
        yield Add(tuple(Pow(part, term.exponent) for part in term.base.parts))
        # A square of a difference that keeps its minus: (a - b)^2 as a^2 - b^2.
        kept = [Neg(Pow(p.part, term.exponent)) if isinstance(p, Neg) else Pow(p, term.exponent)
                for p in term.base.parts]  # fmt: skip
        yield Add(tuple(kept))


def _middle_term(term: Term) -> Iterator[Term]:
    """(a + b)^2 as a^2 + ab + b^2"""
    if isinstance(term, Pow) and isinstance(term.base, Add) and exact(term.exponent) == 2:
        parts = term.base.parts
        if len(parts) == 2:
            a, b = parts
            yield Add((Pow(a, _TWO), Mul((a, b)), Pow(b, _TWO)))
            yield Add((Pow(a, _TWO), Neg(Mul((_TWO, a, b))), Pow(b, _TWO)))


def _split_root(term: Term) -> Iterator[Term]:
    if isinstance(term, Root) and isinstance(term.inner, Add):
        yield Add(tuple(_root_of(part, term.index) for part in term.inner.parts))


def _root_of(part: Term, index: Term) -> Term:
    return Neg(Root(part.part, index)) if isinstance(part, Neg) else Root(part, index)


def _half_distributed(term: Term) -> Iterator[Term]:
    """k(a + b) as ka + b"""
    if not isinstance(term, Mul):
        return
    for index, part in enumerate(term.parts):
        if isinstance(part, Add):
            others = term.parts[:index] + term.parts[index + 1 :]
            if any(isinstance(other, Add) for other in others):
                continue  # a product of brackets is multiplied out otherwise
            for kept in range(len(part.parts)):
                yield Add(
                    tuple(
                        Mul((*others, p)) if place == kept else p
                        for place, p in enumerate(part.parts)
                    )
                )


def _minus_bracket(term: Term) -> Iterator[Term]:
    """-(a + b + c) as -a + b + c, or with only some of the signs turned"""
    if isinstance(term, Neg):
        inner = term.part
        parts = inner.parts if isinstance(inner, Add) else ()
        for turned in range(1, len(parts)):
            yield Add(tuple(Neg(p) if i < turned else p for i, p in enumerate(parts)))


def _added_denominators(term: Term) -> Iterator[Term]:
    """a/b + c/d as (a + c)/(b + d)"""
    if isinstance(term, Add) and all(isinstance(part, Div) for part in term.parts):
        tops = tuple(part.top for part in term.parts if isinstance(part, Div))
        bottoms = tuple(part.bottom for part in term.parts if isinstance(part, Div))
        yield Div(Add(tops), Add(bottoms))


def _log_of_sum(term: Term) -> Iterator[Term]:
    """ln a + ln b as ln(a + b), and the other way round"""
    logs = ("ln", "log", "lg")
    if isinstance(term, Add) and all(
        isinstance(part, Call) and part.name in logs for part in term.parts
    ):
        calls = [part for part in term.parts if isinstance(part, Call)]
        yield Call(calls[0].name, (Add(tuple(call.args[0] for call in calls)), *calls[0].args[1:]))
    if isinstance(term, Call) and term.name in logs and isinstance(term.args[0], Add):
        yield Add(tuple(Call(term.name, (part, *term.args[1:])) for part in term.args[0].parts))


def _power_of_log(term: Term) -> Iterator[Term]:
    """k ln a as ln(ka)"""
    if isinstance(term, Mul) and len(term.parts) == 2:
        factor, log = term.parts
        if isinstance(log, Call) and log.name in ("ln", "log", "lg"):
            yield Call(log.name, (Mul((factor, log.args[0])), *log.args[1:]))


WRONG_RULES: list[tuple[str, Callable[[Term], Iterator[Term]]]] = [
    ("added_denominators", _everywhere(_added_denominators)),
    ("log_of_sum", _everywhere(_log_of_sum)),
    ("power_of_log", _everywhere(_power_of_log)),
    ("split_square", _everywhere(split_square)),
    ("middle_term", _everywhere(_middle_term)),
    ("split_root", _everywhere(_split_root)),
    ("minus_bracket", _everywhere(_minus_bracket)),
    ("half_distributed", _everywhere(_half_distributed)),
]
