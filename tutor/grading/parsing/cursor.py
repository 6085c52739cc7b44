"""The position in the tokens, and the methods that the parts of the parser call in one another."""

from __future__ import annotations

from abc import ABC, abstractmethod

from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.names import USUAL_FUNCTIONS
from tutor.grading.parsing.tokens import Token
from tutor.grading.parsing.tree import Term, Unreadable, Value

MAX_DEPTH = 36  # of nested brackets, signs and powers together


class UnknownWord(Unreadable):
    """A word that is not mathematics, so that the answer may be a text."""


class Cursor(ABC):
    def __init__(self, tokens: list[Token], functions: frozenset[str], depth: int = 0) -> None:
        self.tokens = tokens
        self.at = 0
        self.functions = functions | USUAL_FUNCTIONS
        self.depth = depth
        self.bars = 0
        self.in_set = False
        self.in_braces = False
        self.brackets: dict[int, tuple[Value, int]] = {}  # by where they begin: value and end

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def sees(self, *ops: str) -> bool:
        token = self.tokens[self.at]
        return token.kind == "op" and token.text in ops

    def accept(self, *ops: str) -> str | None:
        token = self.tokens[self.at]
        if token.kind != "op" or token.text not in ops:
            return None
        self.at += 1
        return token.text

    def expect(self, ops: str | tuple[str, ...]) -> str:
        if not self.sees(*ops):
            raise self.failure()
        return self.take().text

    def failure(self) -> Unreadable:
        token = self.next
        if token.kind == "text":
            return UnknownWord(FeedbackCode.UNREAD_WORD, text=token.text.strip())
        if token.kind == "end":
            return Unreadable(FeedbackCode.BREAKS_OFF)
        return Unreadable(FeedbackCode.UNREAD_AT, text=repr(token.text))

    def descend(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable(FeedbackCode.NESTED_TOO_DEEPLY)

    def sub_reader(self, tokens: list[Token]) -> Cursor:
        return type(self)([*tokens, Token("end", "")], self.functions, self.depth + 1)

    @abstractmethod
    def inside(self, closing: str) -> list[Value]:
        """The values up to the closing bracket."""

    @abstractmethod
    def whole(self) -> Value: ...

    @abstractmethod
    def assembled(self, parts: list[tuple[str, Value]]) -> Value: ...

    @abstractmethod
    def term(self, value: Value) -> Term: ...

    @abstractmethod
    def sum(self) -> Value: ...

    @abstractmethod
    def product(self) -> Value: ...

    @abstractmethod
    def factor(self) -> Value: ...

    @abstractmethod
    def juxtaposed(self, left: Term) -> tuple[str, Term]: ...

    @abstractmethod
    def joined(self, left: Term, op: str, right: Term) -> Term: ...

    @abstractmethod
    def starts_factor(self) -> bool: ...

    @abstractmethod
    def is_word(self, token: Token) -> bool: ...

    @abstractmethod
    def exponent(self) -> Term: ...

    @abstractmethod
    def braced(self) -> Term: ...
