"""Vectors of which only the direction counts: normals, eigenvectors, directions of lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tutor.grading.answer_key import AnswerKey, InvalidKey, Rule
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.kinds.answer_kind import AnswerKind
from tutor.grading.kinds.reading import in_terms_of, read_tree, split_declaration, with_points
from tutor.grading.kinds.vectors import Vector, entries_of, rank, with_columns
from tutor.grading.numeric.equivalence import Equality
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import ZERO, Comparison, Matrix, Unreadable, Value, is_term
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent
from tutor.grading.solving.real_sets import Undecidable

MAX_READING_WORK_S = 0.3
_UNEQUAL = re.compile(r"[,;(]? {0,3}[a-z] {0,3}\\neq? {0,3}0\)?\Z")  # (t ≠ 0)


@dataclass(frozen=True, slots=True)
class Direction:
    """source: as it was written."""

    entries: Vector
    source: Value


class DirectionKind(AnswerKind[Direction]):
    def read(self, text: PlainText, key: AnswerKey) -> Direction:
        text, key = with_points(text, key)
        body, _ = split_declaration(PlainText(_UNEQUAL.sub("", text)))
        try:
            value = read_tree(with_columns(body), key)
        except Unreadable as error:
            raise in_terms_of(FeedbackCode.UNREAD_VECTOR, error) from error
        if isinstance(value, Comparison) and value.op == "=":
            value = value.right
        try:
            entries = entries_of(value, WorkBudget(MAX_READING_WORK_S))
        except WorkBudgetSpent:
            raise Unreadable(FeedbackCode.TOO_LONG) from None
        if entries is None:
            raise Unreadable(FeedbackCode.UNREAD_VECTOR)
        return Direction(entries, value)

    def check(self, right: Direction, key: AnswerKey) -> None:
        try:
            if rank([right.entries], WorkBudget(MAX_READING_WORK_S)) == 0:
                raise InvalidKey("A direction is a vector other than the zero vector.")
        except Undecidable:
            raise InvalidKey("The entries of the vector must be numbers.") from None

    def compare(
        self, right: Direction, given: Direction, key: AnswerKey, budget: WorkBudget
    ) -> Equality:
        right, given = _in_space(right, given), _in_space(given, right)
        if len(right.entries) != len(given.entries):
            feedback = Feedback(FeedbackCode.OTHER_LENGTH, {"n": len(right.entries)})
            return Equality(False, Rule.LENGTHS, feedback)
        try:
            if rank([given.entries], budget) == 0:
                return Equality(False, Rule.DIRECTIONS, Feedback(FeedbackCode.ZERO_VECTOR))
            is_multiple = rank([right.entries, given.entries], budget) == 1
            return Equality(is_multiple, Rule.DIRECTIONS)
        except Undecidable:
            return Equality(None, Rule.DIRECTIONS)

    def shown(self, answer: Direction) -> str:
        return latex(answer.source)


def _in_space(direction: Direction, other: Direction) -> Direction:
    """i + j as (1, 1, 0), where the other vector has three entries."""
    is_sum = is_term(direction.source) and not isinstance(direction.source, Matrix)
    if not is_sum or len(direction.entries) != 2 or len(other.entries) != 3:
        return direction
    return replace(direction, entries=(*direction.entries, ZERO))
