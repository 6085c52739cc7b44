"""Values for which a claim fails, found at easy numbers first, and written down."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product

from flint import acb, arb

from tutor.grading.numeric.equivalence import meet
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Ball, Undefined, ball, precision
from tutor.grading.numeric.rationals import exact
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    Div,
    Neg,
    Num,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    replace,
)
from tutor.grading.parsing.tree import Relation as Comparison
from tutor.grading.processes.deadline import Deadline
from tutor.grading.steps.claim_results import Witness

_HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_EASY = (2, 3, 1, 5, 0, -1, 4, -2, 7, 10, -3)
SHOWN_DIGITS = 6
MAX_EXACT_DIGITS = 12  # digits above or below a fraction that is written in full


def number(value: Fraction) -> Term:
    size = abs(value)
    top = Num(Fraction(size.numerator))
    term: Term = top if size.denominator == 1 else Div(top, Num(Fraction(size.denominator)))
    return Neg(term) if value < 0 else term


def written(value: Ball | Fraction) -> str:
    """LaTeX: a fraction in full where it is short, else a few digits and dots."""
    if isinstance(value, Fraction):
        if max(abs(value.numerator), value.denominator) < 10**MAX_EXACT_DIGITS:
            return latex(number(value))
        value = ball(value)
    if isinstance(value, acb):
        sign = "-" if value.imag < 0 else "+"
        return rf"{written(value.real)} {sign} {written(abs(value.imag))}\,i"
    is_short = value.is_exact() and abs(value) < 10**12
    if is_short and (whole := value.unique_fmpz()) is not None:
        return str(int(whole))
    return _cut(value)


def _cut(value: arb) -> str:
    if value.contains(0):
        return rf"{0.0:.{SHOWN_DIGITS}f}\ldots"
    power = int(float((abs(value).log() / arb(10).log()).floor().mid()))
    if -4 <= power < MAX_EXACT_DIGITS:
        return rf"{float(value.mid()):.{SHOWN_DIGITS}f}\ldots"
    mantissa = float((value / arb(10) ** power).mid())
    return rf"{mantissa:.{SHOWN_DIGITS}f}\ldots \cdot 10^{{{power}}}"


def value_at(term: Term, point: Mapping[str, Ball], deadline: Deadline) -> Ball | None:
    """The real value; None where there is none."""
    rational = exact(term) if not free_names(term) else None
    if rational is not None:
        return ball(rational)
    try:
        return Evaluator(point, deadline, real=True).value(term)
    except (Undefined, KeyError, OverflowError):
        return None


def exact_at(term: Term, point: Mapping[str, Fraction]) -> Fraction | None:
    """The rational value where there is one, for showing it in full."""
    for name, value in point.items():
        term = replace(term, Sym(name), number(value))
    return exact(term)


def easy_points(names: list[str]) -> Iterator[dict[str, Fraction]]:
    """Small whole numbers: every choice of a few for few letters, some choices for many."""
    count = len(names)
    if count <= 1:
        choices: Iterable[tuple[int, ...]] = ((value,) for value in _EASY)
    elif count <= 3:
        choices = product(_EASY[:4], repeat=count)
    else:
        turned = range(len(_EASY))
        choices = (tuple(_EASY[(t + i) % len(_EASY)] for i in range(count)) for t in turned)
    for values in choices:
        yield {name: Fraction(value) for name, value in zip(names, values, strict=True)}


def where_they_differ(left: Term, right: Term, deadline: Deadline) -> Witness | None:
    """Easy values at which two expressions are both defined and proven to differ."""
    names = sorted(free_names(left) | free_names(right))
    with precision(BASE_BITS):
        for point in easy_points(names) if names else [{}]:
            deadline.check()
            balls = {name: ball(value) for name, value in point.items()}
            ours, theirs = (value_at(term, balls, deadline) for term in (left, right))
            if ours is None or theirs is None or meet(ours, theirs):
                continue
            return Witness(
                {name: written(value) for name, value in point.items()},
                shown(left, point, ours),
                shown(right, point, theirs),
            )
    return None


def shown(term: Term, point: Mapping[str, Fraction], value: Ball) -> str:
    rational = exact_at(term, point)
    return written(value if rational is None else rational)


def failing_at(
    statement: Value, values: Mapping[str, Ball | Fraction], deadline: Deadline, failing: str
) -> Witness | None:
    """A witness of the statement's failing there: of the first comparison that fails.

    None where no comparison of it is proven to fail.
    """
    with precision(BASE_BITS):
        for part in comparisons(statement):
            if not (is_term(part.left) and is_term(part.right)):
                continue
            sides = _sides_at(part, values, deadline)
            if sides is None or not fails(part.op, *sides):
                continue
            letters = {name: written(value) for name, value in values.items()}
            return Witness(letters, written(sides[0]), written(sides[1]), failing)
    return None


def _sides_at(
    comparison: Comparison, values: Mapping[str, Ball | Fraction], deadline: Deadline
) -> tuple[Ball | Fraction, Ball | Fraction] | None:
    """Both exactly where that can be, else both within bounds; None where one is undefined."""
    sides = (comparison.left, comparison.right)
    point = {name: value for name, value in values.items() if isinstance(value, Fraction)}
    if len(point) == len(values):
        exactly = [exact_at(side, point) for side in sides]  # type: ignore[arg-type]
        if exactly[0] is not None and exactly[1] is not None:
            return exactly[0], exactly[1]
    balls = {name: as_ball(value) for name, value in values.items()}
    ours, theirs = (value_at(side, balls, deadline) for side in sides)  # type: ignore[arg-type]
    return None if ours is None or theirs is None else (ours, theirs)


def as_ball(value: Ball | Fraction) -> Ball:
    return ball(value) if isinstance(value, Fraction) else value


def comparisons(statement: Value) -> Iterator[Comparison]:
    """Those that must hold, or of several joined by "or" all that may."""
    if isinstance(statement, Comparison):
        yield statement
    else:
        for part in getattr(statement, "parts", ()):
            yield from comparisons(part)


def fails(op: str, ours: Ball | Fraction, theirs: Ball | Fraction) -> bool:
    """Whether the comparison is proven not to hold."""
    if isinstance(ours, Fraction) and isinstance(theirs, Fraction):
        return not _HOLDS[op](ours, theirs) if op in _HOLDS else False
    ours, theirs = as_ball(ours), as_ball(theirs)
    if op == "=":
        return not meet(ours, theirs)
    if isinstance(ours, acb) or isinstance(theirs, acb):
        return False
    return bool(
        {
            "<": ours >= theirs,
            "<=": ours > theirs,
            ">": ours <= theirs,
            ">=": ours < theirs,
        }.get(op, False)
    )
