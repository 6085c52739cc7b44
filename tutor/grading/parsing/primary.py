"""Parses numbers, names, functions and LaTeX commands."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.big_operators import BIG_OPERATORS, BigOperatorReader
from tutor.grading.parsing.brackets import PAIRS, BracketReader
from tutor.grading.parsing.cursor import UnknownWord
from tutor.grading.parsing.names import (
    CONSTANTS,
    FUNCTIONS,
    GREEK,
    ROOTS,
    SHORT_PROSE,
    split_word,
)
from tutor.grading.parsing.tokens import Token
from tutor.grading.parsing.tree import (
    TERM_TYPES,
    Bracketed,
    Call,
    Const,
    Div,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    Unreadable,
    Value,
    Words,
)

MAX_EXPONENT = 4_000  # of ten, in 1e4000
MAX_DIGITS = 3_000
FRACTION_COMMANDS = {r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\rac"}
_INDICES = {*"nkijm"}
_IGNORED = {r"\displaystyle", r"\limits", r"\ ", r"\cdots ", r"\tiny", r"\large", r"\Large"}
# For \cotx, whose space was lost.
_GLUED = sorted({*FUNCTIONS, *GREEK, *CONSTANTS}, key=len, reverse=True)
_OF_EVENTS = frozenset(
    ["∩", "∪", "|", "=", "<", ">", "<=", ">=", "!=", r"\overline", r"\bar", r"\neg", "'"]
)
_LETTERS_OR_FUNCTION = ("lg", "lb", "sh", "ch", "th")
_OF_TWO = ("binomial", "permutations")
_INVERSES = {"sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh"}


class PrimaryReader(BracketReader, BigOperatorReader):
    def atom(self) -> Value:
        token = self.next
        match token.kind:
            case "num":
                return self.literal(self.take().text)
            case "name":
                return self.name()
            case "bold":
                return self.subscripted("bold " + self.take().text)
            case "command":
                return self.command()
            case "op" if token.text in PAIRS:
                return self.bracket()
            case "op" if token.text in ("|", "l|"):
                return self.absolute_value()
            case "op" if token.text in ("⌊", "⌈"):
                return self.floor_or_ceiling()
        raise self.failure()

    def term(self, value: Value) -> Term:
        if isinstance(value, Bracketed) and len(value.parts) == 1:
            return self.term(value.parts[0])
        if isinstance(value, Bracketed) and (number := _thousands(value)):
            return number
        if isinstance(value, TERM_TYPES):
            return value
        if isinstance(value, Words):
            raise UnknownWord(FeedbackCode.UNREAD_WORD, text=value.text)
        raise Unreadable(FeedbackCode.OPERATION_ON_LIST)

    def literal(self, text: str) -> Term:
        if not self.sees("_"):
            return self.number(text)
        self.take()
        base = self.braced()
        if not isinstance(base, Num) or not base.text.isdigit():
            raise Unreadable(FeedbackCode.BASE_NOT_A_NUMBER)
        return _in_base(text, int(base.text))

    def number(self, text: str) -> Num:
        mantissa, _, exponent = text.lower().partition("e")
        is_large = exponent and (len(exponent) > 6 or abs(int(exponent)) > MAX_EXPONENT)
        if len(mantissa) > MAX_DIGITS or is_large:
            raise Unreadable(FeedbackCode.NUMBER_TOO_LONG)
        return Num(Fraction(int(text) if text.isdecimal() else text), text)

    def name(self) -> Value:
        token = self.take()
        if self.is_word(token):
            self.at -= 1
            raise self.failure()
        pieces = split_word(token.text)
        if pieces is None and self.sees("^") and not self.next.spaced and len(token.text) < 5:
            pieces = tuple(token.text)  # ate^{t}
        if token.text in _LETTERS_OR_FUNCTION and not self.starts_factor():
            pieces = tuple(token.text)  # √(lg)
        if pieces is None or self.stands_alone(token):
            raise UnknownWord(FeedbackCode.UNREAD_WORD, text=token.text)
        if len(pieces) > 1:
            self.at -= 1
            self.tokens[self.at : self.at + 1] = [
                Token("name", piece, token.spaced and not index)
                for index, piece in enumerate(pieces)
            ]
            self.take()
        return self.named(pieces[0])

    def stands_alone(self, token: Token) -> bool:
        """Whether "it" or "is" is a word and not a product, as it is in e^{it}."""
        if self.at == 1 and self.sees("="):  # at = v - u
            return False
        if self.at > 1 and self.tokens[self.at - 2].text in ("+", "-", "*", "/"):
            return False  # v = u + at, ax + by
        following = self.next.spaced or self.next.kind == "end"
        return token.text.lower() in SHORT_PROSE and following and (token.spaced or self.at == 1)

    def named(self, name: str) -> Value:
        if name in FUNCTIONS:
            return self.function(FUNCTIONS[name])
        if name in ROOTS or name in ("nthRoot", "root"):
            return self.root(ROOTS.get(name, 2), name in ("nthRoot", "root"))
        if name in CONSTANTS:
            return Const(CONSTANTS[name])
        if name in ("deg", "degree", "degrees"):
            raise Unreadable(FeedbackCode.DEGREE_WITHOUT_NUMBER)
        if name in ("e", "i", "I") and not self.sees("_") and not self.is_defined_here():
            return Const(name.lower())
        return self.subscripted(name)

    def is_defined_here(self) -> bool:
        """Whether the letter before is a name, as in I = 5 and in U = 2, I = 5."""
        before = self.tokens[self.at - 2].text if self.at > 1 else ""
        return self.sees("=") and before in ("", ",", ";", "and", "or")

    def subscripted(self, name: str) -> Value:
        while self.sees("'"):
            name += self.take().text
        index = self.subscript() if self.sees("_") else None
        if name in ("C", "A", "P") and index is not None and self.sees("^"):
            return self.combinations(name, index)
        if isinstance(index, Num | Words):
            name = f"{name}_{index.text}"
        elif index is not None:
            return Call(name + "_", (index,))
        if name == "C" and index is None and self.sees("(") and self.holds_pair():
            return Call("binomial", self.arguments())
        if name in ("P", "p") and index is None and self.sees("(") and (event := self.event()):
            return Call("P", (Sym("event " + event),))
        if (name.endswith("'") or name in self.functions) and self.sees("("):
            return Call(name, self.arguments())
        if name in ("f", "g", "h") and index is None and self.skips_inverse():
            return Call(f"{name}^-1", self.arguments())
        return Sym(name)

    def skips_inverse(self) -> bool:
        """Whether it is the name of an inverse function, as in f^{-1}(x); moves to the bracket."""
        ahead = [token.text for token in self.tokens[self.at : self.at + 6]]
        for sign in (
            ["^", "{", "-", "1", "}", "("],
            ["^", "(", "-", "1", ")", "("],
            ["^", "-", "1", "("],
        ):
            if ahead[: len(sign)] == sign:
                self.at += len(sign) - 1
                return True
        return False

    def event(self) -> str | None:
        """The event in P(A), P(A∩B) or P(X = 2), and moves behind it; None for a product P(1+r)."""
        end, depth, text, is_event = self.at + 1, 1, "", False
        while self.tokens[end].kind != "end":
            token = self.tokens[end]
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if not depth:
                break
            is_event = is_event or token.text in _OF_EVENTS
            text += token.text
            end += 1
        if depth or not (is_event or (len(text) == 1 and text.isupper())):
            return None
        self.at = end + 1
        return text

    def holds_pair(self) -> bool:
        """Whether the next bracket is one such as (n, k)."""
        ahead = [token.text for token in self.tokens[self.at : self.at + 5]]
        return len(ahead) == 5 and ahead[2] == "," and ahead[4] == ")"

    def subscript(self) -> Term | Words:
        self.take()
        start = self.at
        braced = self.accept("{")
        token = self.take()
        if not braced or self.accept("}"):
            if token.kind == "num":
                return self.number(token.text)
            if token.kind in ("name", "text") and token.text not in _INDICES:
                return Words(token.text)
            if token.kind == "command" and token.text[1:] in GREEK:
                return Words(token.text[1:])
        self.at = start
        return self.braced()

    def combinations(self, name: str, below: Term | Words) -> Term:
        """C_{10}^{3}, as schools in China write a number of combinations."""
        self.take()
        above = self.exponent()
        if isinstance(below, Words):
            below = Sym(below.text)
        if name == "C":
            return Call("binomial", (below, above))
        return Call("permutations", (below, above))

    def function(self, name: str) -> Term:
        power: Term | None = None
        base: Term | None = None
        while self.sees("^", "_"):
            if self.take().text == "^":
                power = self.exponent()
            else:
                base = self.braced()
        if name == "log" and base is None and self.next.kind == "num" and self.attached_base():
            base = self.number(self.take().text)
        args = self.arguments() if self.sees("(", "{") else (self.argument(),)
        if name in _OF_TWO and len(args) != 2:
            raise self.failure()
        if base is not None:
            args = (*args, base)
        if power is not None and _is_minus_one(power) and name in _INVERSES:
            return Call("a" + name, args)
        call = Call(name, args)
        return call if power is None else Pow(call, power)

    def attached_base(self) -> bool:
        following = self.tokens[self.at + 1]
        return not self.next.spaced and following.kind == "op" and following.text == "("

    def arguments(self) -> tuple[Term, ...]:
        opening = self.take().text
        values = self.inside("}" if opening == "{" else ")")
        if not values:
            raise self.failure()
        return tuple(self.term(value) for value in values)

    def argument(self) -> Term:
        """The argument of a function without brackets: 2x in sin 2x, but x in sin x cos x."""
        if self.accept("-"):
            return Neg(self.argument())
        value = self.term(self.factor())
        while self.starts_factor() and not self.starts_function() and not self.sees("(", "["):
            value = self.joined(value, *self.juxtaposed(value))
        return value

    def starts_function(self) -> bool:
        token = self.next
        if token.kind == "command":
            return token.text[1:] in FUNCTIONS
        pieces = split_word(token.text) if token.kind == "name" else None
        return bool(pieces) and pieces[0] in FUNCTIONS  # type: ignore[index]

    def root(self, index: int, two_arguments: bool = False) -> Term:
        degree: Term = Num(Fraction(index), str(index))
        if self.accept("["):
            inside = self.inside("]")
            if len(inside) != 1:
                raise self.failure()
            degree = self.term(inside[0])
            if not self.starts_factor():  # sqrt[2]
                return Root(degree, Num(Fraction(index), str(index)))
        if self.sees("(", "{"):
            args = self.arguments()
            if two_arguments and self.sees("("):  # root(3)(2), the third root of 2
                return Root(self.arguments()[0], args[0])
            if len(args) == 2 and two_arguments:
                return Root(*args)
            if len(args) != 1:
                raise self.failure()
            return Root(args[0], degree)
        return Root(self.term(self.atom()), degree)

    def command(self) -> Value:
        text = self.take().text
        name = text[1:]
        if text in FRACTION_COMMANDS:
            top = self.braced()
            return Div(top, self.braced())
        if text == r"\binom":
            return self.binomial()
        if name in FUNCTIONS or name in ROOTS or name in CONSTANTS:
            return self.named(name)
        if name in GREEK:
            return self.subscripted(name.removeprefix("var"))
        special = self.specials().get(text)
        if special is not None:
            return special()
        if text in BIG_OPERATORS:
            return self.big_operator(text)
        if text in _IGNORED:
            return self.atom()
        if known := next((known for known in _GLUED if name.startswith(known)), None):
            self.at -= 1
            self.next.text = "\\" + known
            self.tokens.insert(self.at + 1, Token("name", name[len(known) :]))
            return self.command()
        raise Unreadable(FeedbackCode.UNREAD_PIECE, text=text)

    def specials(self) -> dict[str, Callable[[], Value]]:
        return {
            r"\dbinom": self.binomial,
            r"\tbinom": self.binomial,
            r"\begin": self.environment,
            r"\angle": self.geometric_name,
            r"\triangle": self.geometric_name,
            r"\overline": self.geometric_name,
            r"\overrightarrow": self.geometric_name,
            r"\boxed": lambda: self.braced(),
            r"\mathrm": lambda: self.braced(),
            r"\bar": self.geometric_name,
            r"\hat": self.geometric_name,
            r"\derivative": self.derivative,
        }

    def derivative(self) -> Term:
        """dy/dx, which is one name."""
        above, below = self.braced(), self.braced()
        if not isinstance(above, Sym) or not isinstance(below, Sym):
            raise self.failure()
        return Sym(f"d{above.name}/d{below.name}")

    def binomial(self) -> Term:
        above = self.braced()
        return Call("binomial", (above, self.braced()))

    def geometric_name(self) -> Term:
        """∠ABC, or AB under a line: one name of several letters."""
        braced = self.accept("{")
        letters = ""
        while self.next.kind in ("name", "num"):
            letters += self.take().text
        if braced:
            self.expect("}")
        if not letters:
            raise self.failure()
        return Sym("line " + letters)


def _thousands(group: Bracketed) -> Num | None:
    """(58,500) as one number, since a point cannot be added or multiplied."""
    texts = [part.text for part in group.parts if isinstance(part, Num)]
    digits = len(texts) == len(group.parts) > 1 and all(text.isdigit() for text in texts)
    if not digits or not 1 <= len(texts[0]) <= 3 or any(len(text) != 3 for text in texts[1:]):
        return None
    return Num(Fraction("".join(texts)), "".join(texts))


def _is_minus_one(term: Term) -> bool:
    return isinstance(term, Neg) and term.part == Num(Fraction(1))


def _in_base(text: str, base: int) -> Num:
    if not 2 <= base <= 36 or len(text) > MAX_DIGITS:
        raise Unreadable(FeedbackCode.BASE_OUT_OF_RANGE)
    try:
        return Num(Fraction(int(text, base)), f"{text}_{base}")
    except ValueError:
        raise Unreadable(FeedbackCode.NOT_IN_BASE, text=text, base=base) from None
