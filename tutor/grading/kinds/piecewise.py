"""Functions in pieces, compared piece by piece, at the borders as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tutor.grading.answer_key import AnswerKey, InvalidKey, Rule
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.kinds.answer_kind import AnswerKind
from tutor.grading.kinds.calculus import real_value
from tutor.grading.kinds.piecewise_reader import Piece, read_pieces
from tutor.grading.numeric.equivalence import Equality, same_value
from tutor.grading.numeric.intervals import BASE_BITS, precision
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import (
    Sym,
    Term,
    free_names,
    signed,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.real_sets import (
    ALL_REALS,
    EMPTY_SET,
    RealSet,
    Undecidable,
    equal_sets,
    intersection,
    midpoint,
    minus,
    union,
)
from tutor.grading.solving.set_notation import real_set

SAMPLES = tuple(Fraction(k, 997) for k in (61, 179, 331, 449, 587, 743, 911))
BORDERS_ONLY = 0.5  # the share for an answer that is wrong at borders alone
FAR = Fraction(1_000)


@dataclass(frozen=True, slots=True)
class Piecewise:
    """variable: the letter of the conditions; empty where there are none."""

    pieces: tuple[Piece, ...]
    variable: str


class _Agreement(StrEnum):
    """Of two functions on one piece, or at some of its numbers."""

    RIGHT = "right"
    BORDER = "border"  # they differ at the ends of the piece alone
    UNSURE = "unsure"
    WRONG = "wrong"


_WORST_FIRST = (_Agreement.WRONG, _Agreement.UNSURE, _Agreement.BORDER, _Agreement.RIGHT)


@dataclass(frozen=True, slots=True)
class _Part:
    term: Term
    numbers: RealSet


class PiecewiseKind(AnswerKind[Piecewise]):
    def read(self, text: PlainText, key: AnswerKey) -> Piecewise:
        pieces = read_pieces(text, key)
        names = frozenset[str]().union(
            *(free_names(piece.condition) for piece in pieces if piece.condition is not None)
        )
        return Piecewise(tuple(pieces), next(iter(names)) if len(names) == 1 else "")

    def check(self, right: Piecewise, key: AnswerKey) -> None:
        if not right.variable:
            raise InvalidKey(
                "Every piece needs a condition in one letter, such as x^2 if x < 0; x if x >= 0."
            )
        result = self.compare(right, right, key, WorkBudget(1.0))
        if not result:
            raise InvalidKey(
                "The conditions must be intervals, and where two hold, both pieces must agree."
            )

    def compare(
        self, right: Piecewise, given: Piecewise, key: AnswerKey, budget: WorkBudget
    ) -> Equality:
        variable = right.variable
        if given.variable not in ("", variable):
            return Equality(False, Rule.NAMES, Feedback(FeedbackCode.OTHER_VARIABLE))
        try:
            return _compared(_parts(right, budget), _parts(given, budget), variable, budget)
        except Undecidable:
            return Equality(None, Rule.PIECES)

    def shown(self, answer: Piecewise) -> str:
        rows = [f"{latex(piece.term)} & {_condition(piece)}" for piece in answer.pieces]
        if answer.pieces[0].condition is None:
            return latex(answer.pieces[0].term)
        return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"


def _condition(piece: Piece) -> str:
    return r"\text{otherwise}" if piece.condition is None else latex(piece.condition)


def _parts(function: Piecewise, budget: WorkBudget) -> list[_Part]:
    """The terms with the numbers for which they hold. Raises Undecidable."""
    parts: list[_Part] = []
    before = EMPTY_SET
    for piece in function.pieces:
        if piece.condition is None:
            numbers = minus(ALL_REALS, before, budget)
        else:
            numbers = real_set(piece.condition, budget)
        parts.append(_Part(piece.term, numbers))
        before = union(before, numbers, budget)
    return parts


def _compared(
    right: Sequence[_Part], given: Sequence[_Part], variable: str, budget: WorkBudget
) -> Equality:
    covered = [_all_numbers(parts, budget) for parts in (right, given)]
    extra = minus(covered[1], covered[0], budget)
    for gap in _gaps_of(given, extra, variable, budget):
        covered[1] = minus(covered[1], gap, budget)
    is_everywhere = equal_sets(covered[0], covered[1], budget)
    pieces = [_agreement(part, given, covered[1], variable, budget) for part in right]
    right_count = pieces.count(_Agreement.RIGHT)
    if is_everywhere and right_count == len(pieces):
        return Equality(True, Rule.PIECES)
    if _Agreement.UNSURE in pieces:
        return Equality(None, Rule.PIECES)
    share = right_count / len(pieces)
    inner = _inner_numbers(covered[0]), _inner_numbers(covered[1])
    if _Agreement.WRONG not in pieces and inner[0] == inner[1]:
        feedback = Feedback(FeedbackCode.PIECES_BORDER)
        return Equality(False, Rule.PIECES, feedback, max(share, BORDERS_ONLY))
    if share and not is_everywhere:
        return Equality(False, Rule.PIECES, Feedback(FeedbackCode.PIECES_DOMAIN), share / 2)
    feedback = Feedback(
        FeedbackCode.PIECES_PARTLY,
        {"right": right_count, "asked": len(pieces)},
    )
    return Equality(False, Rule.PIECES, feedback if share else None, share)


def _gaps_of(
    given: Sequence[_Part], extra: RealSet, variable: str, budget: WorkBudget
) -> Iterator[RealSet]:
    """The single numbers of a set for which no piece has a value, as x/|x| has none for 0."""
    for index, endpoint in enumerate(extra.endpoints):
        before, at, after = extra.inside[2 * index : 2 * index + 3]
        if not at or before or after:
            continue
        point = endpoint.term or signed(midpoint(endpoint.value))
        values = [substitute(part.term, Sym(variable), point) for part in given]
        with precision(BASE_BITS):
            if all(real_value(value, {}, budget) is None for value in values):
                yield RealSet((endpoint,), (False, True, False))


def _all_numbers(parts: Sequence[_Part], budget: WorkBudget) -> RealSet:
    result = EMPTY_SET
    for part in parts:
        result = union(result, part.numbers, budget)
    return result


def _inner_numbers(numbers: RealSet) -> tuple[bool, ...]:
    """Which gaps between the endpoints belong to the set, without the endpoints."""
    inner = numbers.inside[::2]
    return tuple(value for n, value in enumerate(inner) if not n or inner[n - 1] != value)


def _agreement(
    part: _Part, given: Sequence[_Part], covered: RealSet, variable: str, budget: WorkBudget
) -> _Agreement:
    """Whether the response agrees on one piece of the key."""
    missing = minus(part.numbers, covered, budget)
    results = {_Agreement.RIGHT}
    if missing.inside != EMPTY_SET.inside:
        results.add(_Agreement.WRONG if any(missing.inside[::2]) else _Agreement.BORDER)
    for other in given:
        common = intersection(part.numbers, other.numbers, budget)
        results |= set(_results(part.term, other.term, common, variable, budget))
    return next(agreement for agreement in _WORST_FIRST if agreement in results)


def _results(
    term: Term, other: Term, numbers: RealSet, variable: str, budget: WorkBudget
) -> Iterator[_Agreement]:
    """For each gap and each single number of the set, whether the terms agree there."""
    if same_value(term, other, budget):
        return
    for index, is_inside in enumerate(numbers.inside):
        budget.check()
        if not is_inside:
            continue
        points = _points_in_gap(numbers, index // 2) if index % 2 == 0 else None
        if points is None:
            endpoint = numbers.endpoints[index // 2]
            points = [endpoint.term or signed(midpoint(endpoint.value))]
        values = [
            [substitute(side, Sym(variable), point) for side in (term, other)] for point in points
        ]
        equal = [same_value(left, right, budget).equal for left, right in values]
        if False in equal:
            yield _Agreement.WRONG if index % 2 == 0 else _Agreement.BORDER
        elif None in equal:
            yield _Agreement.UNSURE


def _points_in_gap(numbers: RealSet, index: int) -> list[Term]:
    """Fractions strictly between two endpoints, and far out where there is only one."""
    ends = numbers.endpoints
    low = midpoint(ends[index - 1].value.upper()) if index else None
    high = midpoint(ends[index].value.lower()) if index < len(ends) else None
    if low is None:
        low = high - FAR if high is not None else -FAR
    if high is None:
        high = low + FAR
    width = high - low
    points = [low + width * sample for sample in SAMPLES]
    near = [low + width * sample / 200 for sample in SAMPLES[:3]]
    near += [high - width * sample / 200 for sample in SAMPLES[:3]]
    return [signed(point) for point in (*points, *near)]
