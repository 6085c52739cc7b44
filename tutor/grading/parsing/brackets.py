"""Parses brackets, bars and what is between them."""

from __future__ import annotations

from tutor.grading.parsing.cursor import Cursor
from tutor.grading.parsing.tree import Bracketed, Call, Matrix, NamedSet, SetBuilder, Term, Value

PAIRS = {"(": ")]", "[": ")]", "{": "}", "{set": "set}", "⟨": "⟩"}


class BracketReader(Cursor):
    def bracket(self) -> Value:
        """Read once, though it may first be tried as a set or a point and then as a factor."""
        start = self.at
        if start not in self.brackets:
            self.brackets[start] = self.new_bracket(), self.at
        value, self.at = self.brackets[start]
        return value

    def new_bracket(self) -> Value:
        opening = self.take().text
        before = self.bars, self.in_braces
        self.bars, self.in_braces = 0, opening in ("{", "{set")
        values = self.inside("" if opening in ("(", "[") else PAIRS[opening])
        closing = self.tokens[self.at - 1].text
        self.bars, self.in_braces = before
        if closing not in PAIRS[opening] and closing != PAIRS[opening]:
            raise self.failure()
        if len(values) == 1 and self.needs_no_bracket(opening, closing, values[0]):
            return values[0]
        return Bracketed(opening, tuple(values), closing)

    def needs_no_bracket(self, opening: str, closing: str, value: Value) -> bool:
        if isinstance(value, SetBuilder | Matrix):
            return True
        if value == NamedSet("empty"):  # {∅} holds something
            return opening == "("
        if isinstance(value, Bracketed) and value.opening == "{":
            return False  # {{1, 2}} was typed, and holds a set
        # {{2}, 1} holds the set of 2, while braces alone only group.
        return (opening, closing) == ("(", ")") or (opening == "{" and not self.in_braces)

    def absolute_value(self) -> Term:
        closing = "r|" if self.take().text == "l|" else "|"
        bars, self.bars = self.bars, self.bars + 1
        part = self.term(self.sum())
        self.bars = bars
        self.expect((closing,))
        if isinstance(part, Matrix):
            return Call("det", (part,))
        return Call("abs", (part,))

    def floor_or_ceiling(self) -> Term:
        name, closing = ("floor", "⌋") if self.take().text == "⌊" else ("ceil", "⌉")
        part = self.term(self.sum())
        self.expect((closing,))
        return Call(name, (part,))
