"""Like terms: 3x + 4x, and likewise 2√5 + 3√5 or ln(2) + ln(2)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from fractions import Fraction

from tutor.grading.parsing.tree import Add, Mul, Pow, Term
from tutor.grading.solver.expressions.changes import Change
from tutor.grading.solver.expressions.monomials import Monomial, is_plain, monomial
from tutor.grading.solver.expressions.rewrite_rules import Rewrite
from tutor.grading.solver.expressions.terms import has_decimals, summands, total, without_sign
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move

_COLLECT = Move(MoveName.COLLECT_LIKE_TERMS)


def collect(term: Term) -> Iterator[Rewrite]:
    """All like terms of a sum, each where its first stands."""
    if not isinstance(term, Add):
        return
    monomials = _plain_summands(term)
    if monomials is None:
        return
    collected = _collected(monomials)
    if len(collected) < len(monomials) and any(part.powers for part in monomials):
        decimal = has_decimals(term)
        yield Rewrite(total(part.term(decimal=decimal) for part in collected), _COLLECT)


def collect_around_brackets(term: Term) -> Iterator[Rewrite]:
    """(x + 2)^2 - 4 - 1 as (x + 2)^2 - 5: what is not multiplied out stays."""
    if not isinstance(term, Add):
        return
    parts = summands(term)
    plain = [part for part in parts if _may_collect(part)]
    others = [part for part in parts if part not in plain]
    monomials = [part for summand in plain if (part := monomial(summand)) is not None]
    collected = _collected(monomials)
    is_open = bool(others) or any(part.powers for part in monomials)
    if is_open and len(collected) < len(monomials) == len(plain):
        decimal = has_decimals(term)
        rest = [part.term(decimal=decimal) for part in collected]
        whole = [*others, *rest] if parts[0] in others else [*rest, *others]
        yield Rewrite(total(whole), _COLLECT)


def _plain_summands(term: Term) -> list[Monomial] | None:
    """None where a summand is still to be multiplied out."""
    parts = [monomial(part) if _may_collect(part) else None for part in summands(term)]
    return [part for part in parts if part is not None] if None not in parts else None


def _may_collect(part: Term) -> bool:
    _, core = without_sign(part)
    if isinstance(core, Mul) and any(isinstance(factor, Add) for factor in core.parts):
        return False
    return is_plain(core) and not (isinstance(core, Pow) and isinstance(core.base, Add))


def _collected(monomials: list[Monomial]) -> list[Monomial]:
    """In the order of their first terms, without those that cancel out."""
    sums: dict[Hashable, Fraction] = {}
    first: dict[Hashable, Monomial] = {}
    for part in monomials:
        first.setdefault(part.kind, part)
        sums[part.kind] = sums.get(part.kind, Fraction(0)) + part.coefficient
    return [first[kind].with_coefficient(value) for kind, value in sums.items() if value]


def name_collecting(change: Change) -> Iterator[Move]:
    """Some or all like terms were put together, or one was split, as before grouping."""
    before, after = _plain_summands(change.before), _plain_summands(change.after)
    if before is None or after is None or not any(part.powers for part in before):
        return
    if _coefficients(before) == _coefficients(after):
        if len(after) < len(before):
            yield _COLLECT
        elif len(after) > len(before) == 1 and before[0].powers:
            yield Move(MoveName.SPLIT_TERM)


def _coefficients(monomials: list[Monomial]) -> dict[Hashable, Fraction]:
    return {part.kind: part.coefficient for part in _collected(monomials)}
