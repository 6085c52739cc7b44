"""Parses an expression by precedence: sums, products, powers."""

from __future__ import annotations

from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.brackets import PAIRS
from tutor.grading.parsing.cursor import MAX_DEPTH
from tutor.grading.parsing.primary import FRACTION_COMMANDS, PrimaryReader
from tutor.grading.parsing.tokens import Token
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Num,
    PlusMinus,
    Pow,
    Term,
    Unreadable,
    Value,
)

_OPENINGS = {*PAIRS, "⌊", "⌈", "l|"}


class ExpressionReader(PrimaryReader):
    # Sums and products

    def sum(self) -> Value:
        self.descend()
        value = self.signed_product()
        if not self.sees("+", "-", "±", "∓"):
            self.depth -= 1
            return value
        parts = [self.term(value)]
        while op := self.accept("+", "-", "±", "∓"):
            part = self.term(self.signed_product())
            parts.append(part if op == "+" else _signed(op, part))
        self.depth -= 1
        return Add(tuple(parts))

    def signed_product(self) -> Value:
        op = self.accept("+", "-", "±", "∓")
        if op is None:
            return self.product()
        self.descend()
        part = self.signed_product()
        self.depth -= 1
        return part if op == "+" else _signed(op, self.term(part))

    def product(self) -> Value:
        value = self.factor()
        length = 0
        while True:
            if op := self.accept("*", "/"):
                other = self.with_fraction(self.term(self.signed_factor()))
            elif self.starts_factor():
                op, other = self.juxtaposed(self.term(value))
            else:
                return value
            length += op == "/"
            if length > MAX_DEPTH:
                raise Unreadable(FeedbackCode.TOO_MANY_DIVISIONS)
            value = self.joined(self.term(value), op, other)

    def joined(self, left: Term, op: str, right: Term) -> Term:
        if op == "/":
            return Div(left, right)
        if op == "and":
            return Add((left, right))
        return Mul((*left.parts, right) if isinstance(left, Mul) else (left, right))

    def juxtaposed(self, left: Term) -> tuple[str, Term]:
        """A factor without a sign before it, as in 2x, or "and" a fraction, as in 3 1/2."""
        if self.next.kind == "num" and isinstance(left, Num):
            return "and", self.mixed_fraction(left)
        fraction = self.next.text in FRACTION_COMMANDS
        other = self.term(self.factor())
        return "and" if fraction and _is_mixed(left, other) else "", other

    def with_fraction(self, whole: Term) -> Term:
        """After a sign: 1 5/8 in 2 : 1 5/8 is one number."""
        if not isinstance(whole, Num) or not whole.text.isdigit():
            return whole
        start = self.at
        if self.next.kind == "num" or self.next.text in FRACTION_COMMANDS:
            op, fraction = self.juxtaposed(whole)
            if op == "and":
                return Add((whole, fraction))
            self.at = start
        return whole

    def mixed_fraction(self, whole: Num) -> Term:
        following = self.tokens[self.at : self.at + 3]
        kinds = [token.kind for token in following]
        digits = all(text.isdigit() for text in (whole.text, following[0].text))
        if following[0].spaced and digits and kinds == ["num", "op", "num"]:
            top, slash, bottom = (token.text for token in following)
            if slash == "/":
                self.at += 3
                return Div(self.number(top), self.number(bottom))
        raise Unreadable(FeedbackCode.NUMBERS_SIDE_BY_SIDE)

    def signed_factor(self) -> Value:
        if op := self.accept("+", "-", "±", "∓"):
            self.descend()
            part = self.signed_factor()
            self.depth -= 1
            return part if op == "+" else _signed(op, self.term(part))
        return self.factor()

    def starts_factor(self) -> bool:
        token = self.next
        if token.kind in ("num", "bold"):
            return True
        if token.kind == "op":
            return token.text in _OPENINGS or (
                token.text == "|" and self.bars == 0 and not self.in_set
            )
        if token.kind == "name":
            return not self.is_word(token)
        return token.kind == "command" and token.text not in (r"\end", r"\\", r"\cdots", r"\dots")

    def is_word(self, token: Token) -> bool:
        """Whether the letters are a word between answers: and, or, the U between two intervals."""
        if token.text in ("and", "or", "if", "for", "where", "when", "with"):
            return True
        before, after = (
            self.tokens[self.at - 1],
            self.tokens[min(self.at + 1, len(self.tokens) - 1)],
        )
        closed = self.at > 0 and before.text in (")", "]", "set}", "}")
        return token.text in ("U", "u") and closed and after.text in ("(", "[", "{", "{set")

    # Powers, factorials, subscripts

    def factor(self) -> Value:
        self.descend()
        value = self.postfixed(self.atom())
        self.depth -= 1
        return value

    def postfixed(self, value: Value) -> Value:
        while op := self.accept("!", "%", "^"):
            if op == "^":
                value = self.raised(self.term(value))
                continue
            if op == "!" and self.sees("!"):  # a double factorial, or joy
                raise self.failure()
            value = Call("factorial" if op == "!" else "percent", (self.term(value),))
        return value

    def raised(self, base: Term) -> Term:
        if self.degree_sign():
            return Call("degrees", (base,))
        return Pow(base, self.exponent())

    def degree_sign(self) -> bool:
        start = self.at
        braced = self.accept("{")
        is_degree = self.next.kind == "command" and self.next.text in (r"\circ", r"\degree")
        if is_degree:
            self.take()
            if braced:
                self.expect("}")
        else:
            self.at = start
        return is_degree

    def exponent(self) -> Term:
        if self.sees("{"):
            return self.braced()
        if op := self.accept("-", "+"):
            self.descend()
            part = self.exponent()
            self.depth -= 1
            return Neg(part) if op == "-" else part
        value = self.atom()
        while self.accept("!"):
            value = Call("factorial", (self.term(value),))
        if self.accept("^"):
            self.descend()
            value = self.raised(self.term(value))
            self.depth -= 1
        return self.term(value)

    def braced(self) -> Term:
        """{…}, or the one token that LaTeX takes without braces."""
        if not self.sees("{"):
            return self.single_token()
        self.take()
        values = self.inside("}")
        if len(values) != 1:
            raise self.failure()
        return self.term(values[0])

    def single_token(self) -> Term:
        token = self.next
        if token.kind in ("num", "name") and len(token.text) > 1 and token.text.isalnum():
            # Split into two tokens, so that parsing them again gives the same.
            first = token.text[0]
            parts = [Token(token.kind, first, token.spaced), Token(token.kind, token.text[1:])]
            self.tokens[self.at : self.at + 1] = parts
            self.take()
            return self.number(first) if token.kind == "num" else self.term(self.named(first))
        return self.term(self.atom())


def _signed(op: str, part: Term) -> Term:
    return Neg(part) if op == "-" else PlusMinus(part, 1 if op == "±" else -1)


def _is_mixed(left: Term, right: Term) -> bool:
    if not (isinstance(left, Num) and left.text.isdigit() and isinstance(right, Div)):
        return False
    parts = (right.top, right.bottom)
    return all(isinstance(part, Num) and part.text.isdigit() for part in parts)
