"""Names a calculation that somebody carried out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.grading.parsing.tree import (
    Add,
    Call,
    Div,
    Mul,
    Num,
    Pow,
    Root,
    Term,
    children,
    free_names,
    is_term,
)
from tutor.grading.solver.expressions.arithmetic import move_of_bracket
from tutor.grading.solver.expressions.changes import Change
from tutor.grading.solver.expressions.number_fractions import (
    is_fraction,
)
from tutor.grading.solver.expressions.number_products import (
    in_a_sum,
    move_of_sum,
)
from tutor.grading.solver.expressions.terms import (
    summands,
    without_sign,
)
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move


def name_arithmetic(change: Change) -> Iterator[Move]:
    """Of a calculation that somebody carried out."""
    if not change.is_number or not _is_worked_out(change.after):
        return
    around = change.around[-1] if change.around else None
    _, before = without_sign(change.before)
    is_simple = all(_is_simple(part) for part in children(before) if is_term(part))
    match before:
        case Add() if is_simple:
            yield _name_of_sum(change.before, change.around)
        case Pow() if is_simple:
            yield Move(MoveName.POWER if around is None else MoveName.POWER_FIRST)
        case Mul() | Div() if is_simple:
            name = MoveName.MULTIPLY if isinstance(before, Mul) else MoveName.DIVIDE
            yield in_a_sum(Move(name), summands(around)) if isinstance(around, Add) else Move(name)
        case Root():
            yield Move(MoveName.WORK_OUT_ROOT)
        case Call("factorial"):
            yield Move(MoveName.FACTORIALS)
        case Call("binomial" | "permutations"):
            yield Move(MoveName.BINOMIAL)
        case _ if _has_factorials(before):
            yield Move(MoveName.FACTORIALS)
        case Add() | Mul() | Div() | Pow() | Call():
            yield Move(MoveName.WORK_OUT)


def _name_of_sum(part: Term, around: Sequence[Term]) -> Move:
    if around:
        for index, child in enumerate(children(around[-1])):
            if is_term(child) and without_sign(child)[1] == without_sign(part)[1]:
                return move_of_bracket(around[-1], index, is_whole=len(around) == 1)
        if free_names(around[-1]):
            return Move(MoveName.COLLECT_LIKE_TERMS)  # the numbers of a sum with letters
    return move_of_sum(summands(part))


def _has_factorials(term: Term) -> bool:
    return any(
        (isinstance(part, Call) and part.name == "factorial") or _has_factorials(part)
        for part in children(term)
        if is_term(part)
    )


def _is_worked_out(term: Term) -> bool:
    _, core = without_sign(term)
    return isinstance(core, Num) or is_fraction(core)


def _is_simple(term: Term) -> bool:
    _, core = without_sign(term)
    if isinstance(core, Mul):
        return False
    return isinstance(core, Num) or is_fraction(core)
