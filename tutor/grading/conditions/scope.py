"""What the words and letters of a condition stand for, for one answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tutor.grading.answer_key import AnswerKey
from tutor.grading.conditions.syntax import Point, Subject, WrittenExpression, symbol_of
from tutor.grading.kinds.vectors import Vector, entries_of
from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.parsing.shapes import as_matrix, definition
from tutor.grading.parsing.tree import (
    BigOperator,
    PlusMinus,
    Sym,
    Term,
    Value,
    children,
    free_names,
    has_part,
    is_term,
    rebuild,
)
from tutor.grading.processes.work_budget import WorkBudget


class UnfitAnswer(Exception):
    """The answer is no such thing as the condition is about."""


class UndecidedValue(Exception):
    """What the condition is about cannot be worked out."""


@dataclass(frozen=True, slots=True)
class AnswerScope:
    """whole: the answer as an equation or an inequality, if it is one. names: given by `with`."""

    whole: Value
    key: AnswerKey
    budget: WorkBudget
    names: Mapping[str, Term] = field(default_factory=dict)

    @property
    def answer(self) -> Value:
        """Without its name: the 4 in x = 4."""
        named = definition(self.whole)
        return named[1] if named else self.whole

    def value_of(self, expression: WrittenExpression) -> Value:
        """Raises UnfitAnswer, UndecidedValue."""
        if expression.subjects and expression.value == symbol_of(0):
            return self._value_of_subject(expression.subjects[0])
        values = dict(self.names)
        for index, subject in enumerate(expression.subjects):
            values[symbol_of(index).name] = _as_term(self._value_of_subject(subject))
        return put_in(expression.value, values)

    def term_of(self, expression: WrittenExpression) -> Term:
        """Raises UnfitAnswer, UndecidedValue."""
        return _as_term(self.value_of(expression))

    def vector_of(self, expression: WrittenExpression) -> Vector:
        """The entries of a vector, or of a matrix row by row. Raises UnfitAnswer."""
        value = self.value_of(expression)
        entries = entries_of(value, self.budget)
        if entries is None and (matrix := as_matrix(value)) is not None:
            entries = tuple(entry for row in matrix.rows for entry in row if is_term(entry))
        if entries is None:
            raise UnfitAnswer
        return entries

    def point_of(self, point: Point) -> dict[str, Term]:
        return {name: self.term_of(value) for name, value in point}

    def _value_of_subject(self, subject: Subject) -> Value:
        value = self.answer
        if not subject.derivatives and not subject.point:
            return value
        term = _as_term(value)
        for _ in range(subject.derivatives):
            term = _derivative(term)
        return put_in(term, self.point_of(subject.point))


def put_in(value: Value, terms: Mapping[str, Term]) -> Value:
    """Puts all terms in at once, so that none is put into another. Raises UndecidedValue."""
    if isinstance(value, Sym):
        return terms.get(value.name, value)
    if isinstance(value, BigOperator):
        taken = {*terms, *(name for term in terms.values() for name in free_names(term))}
        if value.name in taken:
            raise UndecidedValue
    if not children(value):
        return value
    result: Value = rebuild(value, lambda part: put_in(part, terms))
    return result


def only_letter(term: Term, usual: str = "x") -> str:
    """The letter of a function; the usual one for a constant. Raises UnfitAnswer for several."""
    names = free_names(term)
    if len(names) > 1 and usual not in names:
        raise UnfitAnswer
    return usual if usual in names or not names else next(iter(names))


def _derivative(term: Term) -> Term:
    try:
        return differentiate(term, only_letter(term))
    except NotDifferentiable:
        raise UndecidedValue from None


def _as_term(value: Value) -> Term:
    if not is_term(value):
        raise UnfitAnswer
    if has_part(value, PlusMinus):
        raise UnfitAnswer  # two values
    return value
