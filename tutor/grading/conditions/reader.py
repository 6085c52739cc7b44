"""Reads a condition: tests joined by and, or, not, and brackets."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from tutor.grading.conditions.expressions import (
    mentions_answer,
    read_expression,
    read_point,
    read_subject,
)
from tutor.grading.conditions.faults import ConditionFault, InvalidCondition
from tutor.grading.conditions.pieces import (
    ConditionPiece,
    inside_brackets,
    pieces_of,
    split_at_signs,
)
from tutor.grading.conditions.properties import (
    first_roots,
    is_polynomial,
    read_property,
    with_roots,
)
from tutor.grading.conditions.syntax import (
    AllHold,
    AnyHolds,
    Compared,
    DiffersByConstant,
    HasProperty,
    HoldsAt,
    LiesOn,
    Negated,
    Point,
    PolynomialIn,
    TestTree,
    WithNames,
    WrittenExpression,
    symbol_of,
)
from tutor.grading.parsing.tree import (
    Bracketed,
    Comparison,
    Listing,
    Logic,
    Sym,
    Value,
    free_names,
)

LIMIT = 500  # characters
MAX_TESTS = 20
_MAX_NAMES = 6
_MAX_DEPTH = 10
_BY_CONSTANT = " by a constant"


@lru_cache(maxsize=256)
def read_condition(text: str) -> TestTree:
    """Raises InvalidCondition."""
    if len(text) > LIMIT:
        raise InvalidCondition(ConditionFault.TOO_LONG, limit=LIMIT)
    if not text.strip():
        raise InvalidCondition(ConditionFault.EMPTY)
    if sum(bool(piece.word) for piece in pieces_of(text)) > 3 * MAX_TESTS:
        raise InvalidCondition(ConditionFault.TOO_MANY_TESTS, limit=MAX_TESTS)
    return _ConditionReader(text, (), 0).read()


class _ConditionReader:
    """names: of entries of the answer, which `with` gave them."""

    def __init__(self, text: str, names: tuple[str, ...], depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise InvalidCondition(ConditionFault.TOO_MANY_TESTS, limit=MAX_TESTS)
        self.text = text
        self.names = names
        self.depth = depth
        self.pieces = pieces_of(" ".join(text.split()))
        self.at = 0

    def read(self) -> TestTree:
        tree = self._any_holds()
        if self.at < len(self.pieces):
            raise self._incomplete(self.at)
        return tree

    def _any_holds(self) -> TestTree:
        return self._joined("or", self._all_hold, AnyHolds)

    def _all_hold(self) -> TestTree:
        return self._joined("and", self._negated, AllHold)

    def _joined(
        self,
        word: str,
        read: Callable[[], TestTree],
        join: Callable[[tuple[TestTree, ...]], TestTree],
    ) -> TestTree:
        parts = [read()]
        while self._takes(word):
            parts.append(read())
        if len(parts) > MAX_TESTS:
            raise InvalidCondition(ConditionFault.TOO_MANY_TESTS, limit=MAX_TESTS)
        return parts[0] if len(parts) == 1 else join(tuple(parts))

    def _negated(self) -> TestTree:
        start, negations = self.at, 0
        while self._takes("not"):
            negations += 1
        test = self._test()
        return Negated(self._text_from(start), test) if negations % 2 else test

    def _test(self) -> TestTree:
        start = self.at
        text = self._between()
        inner = inside_brackets(text)
        if inner and self._next_word() in ("", "and", "or") and _is_condition(inner):
            return _ConditionReader(inner, self.names, self.depth + 1).read()
        return self._test_of(text, start)

    def _test_of(self, text: str, start: int) -> TestTree:
        if self._takes("holds", "at"):
            return self._holds_at(text, start)
        if self._takes("does", "not", "hold", "at"):
            holds = self._holds_at(text, start)
            return Negated(holds.text, holds)
        if self._takes("at"):
            point, rest = self._point()
            subject = read_subject(text, point)
            if rest:
                return self._compared(rest, start, subject)
        elif self._next_word() in ("is", "differs", "lies", "solves"):
            subject = self._subject(text)
        else:
            return self._compared(text, start)
        return self._about(subject, start)

    def _about(self, subject: WrittenExpression, start: int) -> TestTree:
        """What follows the subject: is …, differs from …, lies on …"""
        if self._takes("is"):
            return self._is(subject, start)
        if self._takes("differs"):
            return self._differs(subject, start)
        if self._takes("lies") or self._takes("solves"):
            relation = self._relation(self._between().removeprefix("on "))
            return LiesOn(self._text_from(start), subject, relation)
        raise self._incomplete(start)

    def _is(self, subject: WrittenExpression, start: int) -> TestTree:
        is_negated = self._takes("not")
        text = self._between()
        if self._next_word() == "with" and not is_polynomial(text):
            return self._with_names(text, subject, start)
        prop = read_property(text)
        if isinstance(prop, PolynomialIn) and self._takes("with"):
            prop = with_roots(prop, self._roots(start))
        test = HasProperty(self._text_from(start), subject, prop)
        return Negated(test.text, test) if is_negated else test

    def _roots(self, start: int) -> list[str]:
        """The texts after "with roots", joined by "and", up to the next test."""
        texts = [first_roots(self._between())]
        if not texts[0]:
            raise self._incomplete(start)
        while self._next_word() == "and" and self._is_value(self.at + 1):
            self.at += 1
            texts.append(self._between())
        return texts

    def _is_value(self, at: int) -> bool:
        """Whether no test begins at this piece, but a value stands there."""
        after = self.pieces[at + 1].word if at + 1 < len(self.pieces) else ""
        text = self.pieces[at].text if at < len(self.pieces) else ""
        if not text or self.pieces[at].word or after not in ("", "and", "or"):
            return False
        is_bracketed = inside_brackets(text) and _is_condition(inside_brackets(text))
        return not (split_at_signs(text)[1] or is_bracketed)

    def _with_names(self, text: str, subject: WrittenExpression, start: int) -> TestTree:
        names = _names_in(read_expression(text).value)
        is_answer = subject.text.lower() in ("answer", "the answer")
        if not self._takes("with") or not names or not is_answer:
            raise self._incomplete(start)
        rest = " ".join(piece.text for piece in self.pieces[self.at :])
        self.at = len(self.pieces)
        if not rest:
            raise self._incomplete(start)
        condition = _ConditionReader(rest, (*self.names, *names), self.depth + 1).read()
        return WithNames(self._text_from(start), names, condition)

    def _differs(self, subject: WrittenExpression, start: int) -> TestTree:
        text = self._between()
        if not (text.startswith("from ") and text.endswith(_BY_CONSTANT)):
            raise InvalidCondition(ConditionFault.BY_WHAT, text=self._text_from(start))
        function = read_expression(text.removeprefix("from ").removesuffix(_BY_CONSTANT))
        return DiffersByConstant(self._text_from(start), subject, function)

    def _holds_at(self, text: str, start: int) -> HoldsAt:
        if text.lower() not in ("answer", "the answer"):
            raise self._incomplete(start)
        point, rest = self._point()
        if rest:
            raise self._incomplete(start)
        return HoldsAt(self._text_from(start), point)

    def _point(self) -> tuple[Point, str]:
        """x = 1, y = 2 or x = 1 and y = 2."""
        point, rest = read_point(self._between())
        while not rest and self._next_word() == "and" and self._is_letter_with_value(self.at + 1):
            self.at += 1
            more, rest = read_point(self._between())
            point += more
        return point, rest

    def _is_letter_with_value(self, at: int) -> bool:
        text = self.pieces[at].text if at < len(self.pieces) else ""
        sides, signs = split_at_signs(text)
        name = sides[0]
        return signs[:1] == ["="] and len(name) == 1 and name.isalpha() and name not in self.names

    def _relation(self, text: str) -> WrittenExpression:
        relation = read_expression(text)
        if not isinstance(relation.value, Comparison | Logic):
            raise InvalidCondition(ConditionFault.NO_RELATION, text=relation.text)
        return relation

    def _compared(self, text: str, start: int, first: WrittenExpression | None = None) -> TestTree:
        """A chain such as 1 < answer < 5; `first` stands before the first sign."""
        sides, signs = split_at_signs(text)
        if not signs or not all(sides[1 if first else 0 :]):
            raise self._incomplete(start)
        terms = [first or self._side(sides[0], text), *map(read_expression, sides[1:])]
        whole = self._text_from(start)
        self._check_letters(terms, signs, whole)
        links = zip(signs, terms, terms[1:], strict=False)
        tests: list[TestTree] = [Compared(whole, *link) for link in links]
        return tests[0] if len(tests) == 1 else AllHold(tuple(tests))

    def _check_letters(self, terms: list[WrittenExpression], signs: list[str], text: str) -> None:
        """A number is compared with a number; x^2 can be equal to the answer, but not greater."""
        is_about_answer = any(mentions_answer(term, self.names) for term in terms)
        if is_about_answer and set(signs) <= {"=", "!="}:
            return
        letters = sorted(frozenset[str]().union(*map(_letters_in, terms)) - set(self.names))
        if letters:
            fault = ConditionFault.LETTER_WITHOUT_VALUE
            raise InvalidCondition(fault, letter=letters[0], text=text)

    def _side(self, text: str, whole: str) -> WrittenExpression:
        if not text:
            raise InvalidCondition(ConditionFault.INCOMPLETE, text=whole)
        return read_expression(text)

    def _subject(self, text: str) -> WrittenExpression:
        subject = read_expression(text)
        if not mentions_answer(subject, self.names):
            raise InvalidCondition(ConditionFault.WITHOUT_ANSWER, text=text)
        return subject

    def _takes(self, *words: str) -> bool:
        pieces = self.pieces[self.at : self.at + len(words)]
        if tuple(piece.word for piece in pieces) != words:
            return False
        self.at += len(words)
        return True

    def _next_word(self) -> str:
        return self.pieces[self.at].word if self.at < len(self.pieces) else ""

    def _between(self) -> str:
        """What stands before the next word. Raises InvalidCondition where nothing does."""
        if self.at >= len(self.pieces) or self.pieces[self.at].word:
            raise self._incomplete(max(0, self.at - 1))
        self.at += 1
        return self.pieces[self.at - 1].text

    def _text_from(self, start: int) -> str:
        return _joined_text(self.pieces[start : self.at])

    def _incomplete(self, start: int) -> InvalidCondition:
        text = _joined_text(self.pieces[start : max(self.at, start + 1)]) or self.text
        return InvalidCondition(ConditionFault.INCOMPLETE, text=text)


def _joined_text(pieces: list[ConditionPiece]) -> str:
    return " ".join(piece.text for piece in pieces)


def _is_condition(text: str) -> bool:
    """Whether what is in brackets is a test of its own, and not a value."""
    while inner := inside_brackets(text):
        text = inner
    return bool(split_at_signs(text)[1]) or any(piece.word for piece in pieces_of(text))


def _letters_in(expression: WrittenExpression) -> frozenset[str]:
    symbols = {symbol_of(index).name for index in range(len(expression.subjects))}
    return free_names(expression.value) - symbols


def _names_in(value: Value) -> tuple[str, ...]:
    """The letters of (a, b), of a, b or of a alone; () for anything else."""
    parts = value.parts if isinstance(value, Bracketed | Listing) else (value,)
    names = tuple(part.name for part in parts if isinstance(part, Sym))
    is_usable = len(names) == len(parts) == len(set(names)) <= _MAX_NAMES
    return names if is_usable else ()
