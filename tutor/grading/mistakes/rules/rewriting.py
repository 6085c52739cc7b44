"""Makes a mistake in one part of a term, in each part in turn, or in all parts at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tutor.grading.parsing.tree import Neg, Term, children, is_term, rebuild

MAX_VARIANTS = 40  # of one term by one mistake
Change = Callable[[Term], Iterator[Term]]


def variants(term: Term, change: Change) -> Iterator[Term]:
    for variant, _ in zip(_all_variants(term, change), range(MAX_VARIANTS), strict=False):
        yield variant


def _all_variants(term: Term, change: Change) -> Iterator[Term]:
    count = 0
    for variant in _in_one_part(term, change):
        count += 1
        yield variant
    if count > 1:
        everywhere = _in_all_parts(term, change)
        if everywhere != term:
            yield everywhere


def _in_one_part(term: Term, change: Change) -> Iterator[Term]:
    yield from change(term)
    for index, part in enumerate(children(term)):
        if is_term(part):
            for variant in _in_one_part(part, change):
                yield with_part(term, index, variant)


def _in_all_parts(term: Term, change: Change) -> Term:
    inner: Term = rebuild(term, lambda part: _in_all_parts(part, change) if is_term(part) else part)
    return next(iter(change(inner)), inner)


def with_part(term: Term, number: int, part: Term) -> Term:
    """The term with another part at this place."""
    indices = iter(range(len(children(term))))
    changed: Term = rebuild(term, lambda old: part if next(indices) == number else old)
    return changed


def negated(term: Term) -> Term:
    return term.part if isinstance(term, Neg) else Neg(term)
