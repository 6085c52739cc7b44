"""A rule makes another term of a term; here it is tried on the parts of a whole one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tutor.grading.parsing.tree import Term
from tutor.grading.processes.work_budget import charge
from tutor.grading.solver.expressions.changes import Change
from tutor.grading.solver.expressions.terms import parts_of, with_part
from tutor.grading.solver.expressions.written_shapes import same_shape
from tutor.grading.solver.moves import Move


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A term, and the move that leads to it."""

    term: Term
    move: Move


Rule = Callable[[Term], Iterator[Rewrite]]
Namer = Callable[[Change], Iterator[Move]]  # the moves that a change may be, the surest first


def inside_first(term: Term, rule: Rule) -> Iterator[Rewrite]:
    """The rule tried on each part, before the whole that holds it."""
    charge(5)
    for index, part in parts_of(term):
        for rewrite in inside_first(part, rule):
            yield Rewrite(with_part(term, index, rewrite.term), rewrite.move)
    yield from rule(term)


def outside_first(term: Term, rule: Rule) -> Iterator[Rewrite]:
    """The rule tried on the whole, before its parts."""
    charge(5)
    yield from rule(term)
    for index, part in parts_of(term):
        for rewrite in outside_first(part, rule):
            yield Rewrite(with_part(term, index, rewrite.term), rewrite.move)


def everywhere(term: Term, rule: Rule) -> Rewrite | None:
    """The rule used once in each part where it can be used, outermost; the move of the first."""
    charge(5)
    rewrite = next(rule(term), None)
    if rewrite is not None:
        return rewrite
    move: Move | None = None
    for index, part in parts_of(term):
        inner = everywhere(part, rule)
        if inner is not None:
            term = with_part(term, index, inner.term)
            move = move or inner.move
    return None if move is None else Rewrite(term, move)


def named_by(rules: Iterable[Rule], change: Change) -> Iterator[Move]:
    """The moves of the rules that make exactly this change, in one part or everywhere."""
    for rule in rules:
        for rewrite in outside_first(change.before, rule):
            if same_shape(rewrite.term, change.after):
                yield rewrite.move
        whole = everywhere(change.before, rule)
        if whole is not None and same_shape(whole.term, change.after):
            yield whole.move
