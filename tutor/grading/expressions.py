"""Reads an expression by precedence; answers.py's lists and sets are read in statements.py."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tutor.grading.names import (
    CONSTANTS,
    FUNCTIONS,
    GREEK,
    ROOTS,
    SHORT_PROSE,
    USUAL_FUNCTIONS,
    split_word,
)
from tutor.grading.terms import (
    TERM_TYPES,
    Add,
    Call,
    Const,
    Div,
    Fold,
    Group,
    Matrix,
    Mul,
    Neg,
    Num,
    PlusMinus,
    Pow,
    Root,
    SetBuilder,
    Sym,
    Term,
    Unreadable,
    Value,
    Words,
)
from tutor.grading.tokens import Token

MAX_DEPTH = 36  # brackets within brackets, and signs, and powers of powers
MAX_EXPONENT = 4_000  # of ten, in 1e4000
MAX_DIGITS = 3_000
_PAIRS = {"(": ")]", "[": ")]", "{": "}", "{set": "set}", "⟨": "⟩"}
_OPENINGS = {*_PAIRS, "⌊", "⌈", "l|"}
_FRACTIONS = {r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\rac"}
_FOLDS = {r"\sum": "sum", r"\prod": "prod", r"\int": "int", r"\lim": "lim"}
_INDICES = {*"nkijm"}
_DETERMINANTS = {"vmatrix", "Vmatrix"}
_MATRICES = {"matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "array", *_DETERMINANTS}
_IGNORED = {r"\displaystyle", r"\limits", r"\ ", r"\cdots ", r"\tiny", r"\large", r"\Large"}
# \cotx lost its space on the way.
_GLUED = sorted({*FUNCTIONS, *GREEK, *CONSTANTS}, key=len, reverse=True)
_INVERSES = {"sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh"}


class Prose(Unreadable):
    """A word that is no mathematics: the answer may be a text."""


class ExpressionReader:
    def __init__(self, tokens: list[Token], functions: frozenset[str], depth: int = 0) -> None:
        self.tokens = tokens
        self.at = 0
        self.functions = functions | USUAL_FUNCTIONS
        self.depth = depth
        self.bars = 0
        self.in_set = False
        self.in_braces = False

    # Tokens

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
        return self.take().text if self.sees(*ops) else None

    def expect(self, ops: str | tuple[str, ...]) -> str:
        if not self.sees(*ops):
            raise self.failure()
        return self.take().text

    def failure(self) -> Unreadable:
        token = self.next
        if token.kind == "text":
            return Prose(f"We could not read the word {token.text.strip()}.")
        if token.kind == "end":
            return Unreadable("The answer breaks off: something is missing at its end.")
        return Unreadable(f"We could not read the answer at {token.text!r}.")

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable("The answer is nested too deeply.")

    def sub_reader(self, tokens: list[Token]) -> ExpressionReader:
        return type(self)([*tokens, Token("end", "")], self.functions, self.depth + 1)

    def inside(self, closing: str) -> list[Value]:
        """The values up to the closing bracket; a reader of answers knows more of them."""
        raise NotImplementedError

    def whole(self) -> Value:
        raise NotImplementedError

    def assembled(self, parts: list[tuple[str, Value]]) -> Value:
        raise NotImplementedError

    # Sums and products

    def sum(self) -> Value:
        self.deeper()
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
        self.deeper()
        part = self.signed_product()
        self.depth -= 1
        return part if op == "+" else _signed(op, self.term(part))

    def product(self) -> Value:
        value = self.factor()
        length = 0
        while True:
            if op := self.accept("*", "/"):
                other = self.term(self.signed_factor())
            elif self.starts_factor():
                op, other = self.juxtaposed(self.term(value))
            else:
                return value
            length += op == "/"
            if length > MAX_DEPTH:
                raise Unreadable("The answer has too many divisions in a row.")
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
        fraction = self.next.text in _FRACTIONS
        other = self.term(self.factor())
        return "and" if fraction and _is_mixed(left, other) else "", other

    def mixed_fraction(self, whole: Num) -> Term:
        following = self.tokens[self.at : self.at + 3]
        kinds = [token.kind for token in following]
        digits = all(text.isdigit() for text in (whole.text, following[0].text))
        if following[0].spaced and digits and kinds == ["num", "op", "num"]:
            top, slash, bottom = (token.text for token in following)
            if slash == "/":
                self.at += 3
                return Div(self.number(top), self.number(bottom))
        raise Unreadable("Two numbers stand side by side without a sign between them.")

    def signed_factor(self) -> Value:
        if op := self.accept("+", "-", "±", "∓"):
            self.deeper()
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
        """Whether the letters join answers (and, or, the U between two intervals)."""
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
        self.deeper()
        value = self.postfixed(self.atom())
        self.depth -= 1
        return value

    def postfixed(self, value: Value) -> Value:
        while True:
            if self.accept("!"):
                value = Call("factorial", (self.term(value),))
            elif self.accept("%"):
                value = Call("percent", (self.term(value),))
            elif self.sees("^"):
                value = self.raised(self.term(value))
            else:
                return value

    def raised(self, base: Term) -> Term:
        self.take()
        if self.degree_sign():
            return Call("degrees", (base,))
        return Pow(base, self.exponent())

    def degree_sign(self) -> bool:
        start = self.at
        braced = self.accept("{")
        found = self.next.kind == "command" and self.next.text in (r"\circ", r"\degree")
        if found:
            self.take()
            if braced:
                self.expect("}")
        else:
            self.at = start
        return found

    def exponent(self) -> Term:
        if self.sees("{"):
            return self.braced()
        if op := self.accept("-", "+"):
            self.deeper()
            part = self.exponent()
            self.depth -= 1
            return Neg(part) if op == "-" else part
        value = self.atom()
        while self.accept("!"):
            value = Call("factorial", (self.term(value),))
        if self.sees("^"):
            self.deeper()
            value = self.raised(self.term(value))
            self.depth -= 1
        return self.term(value)

    def braced(self) -> Term:
        """{…}, or the one token that LaTeX takes without braces."""
        if not self.sees("{"):
            return self.one_token()
        self.take()
        values = self.inside("}")
        if len(values) != 1:
            raise self.failure()
        return self.term(values[0])

    def one_token(self) -> Term:
        token = self.next
        if token.kind in ("num", "name") and len(token.text) > 1 and token.text.isalnum():
            token.text, first = token.text[1:], token.text[0]
            return self.number(first) if token.kind == "num" else self.term(self.named(first))
        return self.term(self.atom())

    # Atoms

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
            case "op" if token.text in _PAIRS:
                return self.bracket()
            case "op" if token.text in ("|", "l|"):
                return self.absolute()
            case "op" if token.text in ("⌊", "⌈"):
                return self.rounded()
        raise self.failure()

    def term(self, value: Value) -> Term:
        if isinstance(value, Group) and len(value.parts) == 1:
            return self.term(value.parts[0])
        if isinstance(value, Group) and (number := _thousands(value)):
            return number
        if isinstance(value, TERM_TYPES):
            return value
        if isinstance(value, Words):
            raise Prose(f"We could not read the word {value.text}.")
        raise Unreadable("A list, a set or a comparison cannot be added or multiplied.")

    def literal(self, text: str) -> Term:
        if not self.sees("_"):
            return self.number(text)
        self.take()
        base = self.braced()
        if not isinstance(base, Num) or not base.text.isdigit():
            raise Unreadable("A number's base is a number, as in 204_5.")
        return _in_base(text, int(base.text))

    def number(self, text: str) -> Num:
        mantissa, _, exponent = text.lower().partition("e")
        if (
            len(mantissa) > MAX_DIGITS
            or len(exponent) > 6
            or abs(int(exponent or 0)) > MAX_EXPONENT
        ):
            raise Unreadable("The number is too long to read.")
        return Num(Fraction(text), text)

    def name(self) -> Value:
        token = self.take()
        if self.is_word(token):
            self.at -= 1
            raise self.failure()
        pieces = split_word(token.text)
        if pieces is None or self.stands_alone(token):
            raise Prose(f"We could not read the word {token.text}.")
        if len(pieces) > 1:
            self.at -= 1
            self.tokens[self.at : self.at + 1] = [
                Token("name", piece, token.spaced and not index)
                for index, piece in enumerate(pieces)
            ]
            self.take()
        return self.named(pieces[0])

    def stands_alone(self, token: Token) -> bool:
        """Whether "it" or "is" is the word, and not a product as in e^{it}."""
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
            raise Unreadable("A degree sign needs a number before it.")
        if name in ("e", "i", "I") and not self.sees("_"):
            return Const(name.lower())
        return self.subscripted(name)

    def subscripted(self, name: str) -> Value:
        while self.sees("'"):
            name += self.take().text
        index = self.subscript() if self.sees("_") else None
        if name in ("C", "A", "P") and index is not None and self.sees("^"):
            return self.counted(name, index)
        if isinstance(index, Num | Words):
            name = f"{name}_{index.text}"
        elif index is not None:
            return Call(name + "_", (index,))
        if name == "C" and index is None and self.sees("(") and self.holds_pair():
            return Call("binomial", self.arguments())
        if name.rstrip("'") in self.functions and self.sees("("):
            return Call(name, self.arguments())
        return Sym(name)

    def holds_pair(self) -> bool:
        """Whether the bracket ahead is (n, k)."""
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

    def counted(self, name: str, below: Term | Words) -> Term:
        """C_{10}^{3}, the way schools in China write a number of combinations."""
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
        """What a function without brackets takes: sin 2x, but sin x of sin x cos x."""
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
        if text in _FRACTIONS:
            top = self.braced()
            return Div(top, self.braced())
        if name in FUNCTIONS or name in ROOTS or name in CONSTANTS:
            return self.named(name)
        if name in GREEK:
            return self.subscripted(name.removeprefix("var"))
        special = self.specials().get(text)
        if special is not None:
            return special()
        if text in _FOLDS:
            return self.folded(text)
        if text in _IGNORED:
            return self.atom()
        if known := next((known for known in _GLUED if name.startswith(known)), None):
            self.at -= 1
            self.next.text = "\\" + known
            self.tokens.insert(self.at + 1, Token("name", name[len(known) :]))
            return self.command()
        raise Unreadable(f"We could not read {text}.")

    def specials(self) -> dict[str, Callable[[], Value]]:
        return {
            r"\binom": self.binomial,
            r"\dbinom": self.binomial,
            r"\tbinom": self.binomial,
            r"\begin": self.environment,
            r"\angle": self.geometric,
            r"\triangle": self.geometric,
            r"\overline": self.geometric,
            r"\overrightarrow": self.geometric,
            r"\boxed": lambda: self.braced(),
            r"\mathrm": lambda: self.braced(),
            r"\bar": self.geometric,
            r"\hat": self.geometric,
        }

    def binomial(self) -> Term:
        above = self.braced()
        return Call("binomial", (above, self.braced()))

    def geometric(self) -> Term:
        """∠ABC or AB under a line: a name, whatever letters it has."""
        braced = self.accept("{")
        letters = ""
        while self.next.kind in ("name", "num"):
            letters += self.take().text
        if braced:
            self.expect("}")
        if not letters:
            raise self.failure()
        return Sym("line " + letters)

    # Brackets

    def bracket(self) -> Value:
        opening = self.take().text
        before = self.bars, self.in_braces
        self.bars, self.in_braces = 0, opening in ("{", "{set")
        values = self.inside("" if opening in ("(", "[") else _PAIRS[opening])
        closing = self.tokens[self.at - 1].text
        self.bars, self.in_braces = before
        if closing not in _PAIRS[opening] and closing != _PAIRS[opening]:
            raise self.failure()
        if len(values) == 1 and self.needs_no_bracket(opening, closing, values[0]):
            return values[0]
        return Group(opening, tuple(values), closing)

    def needs_no_bracket(self, opening: str, closing: str, value: Value) -> bool:
        if isinstance(value, SetBuilder | Matrix):
            return True
        # {{2}, 1} holds the set of 2, while braces alone only group.
        return (opening, closing) == ("(", ")") or (opening == "{" and not self.in_braces)

    def absolute(self) -> Term:
        closing = "r|" if self.take().text == "l|" else "|"
        bars, self.bars = self.bars, self.bars + 1
        part = self.term(self.sum())
        self.bars = bars
        self.expect((closing,))
        if isinstance(part, Matrix):
            return Call("det", (part,))
        return Call("abs", (part,))

    def rounded(self) -> Term:
        name, closing = ("floor", "⌋") if self.take().text == "⌊" else ("ceil", "⌉")
        part = self.term(self.sum())
        self.expect((closing,))
        return Call(name, (part,))

    # Sums, integrals, limits, matrices

    def folded(self, command: str) -> Term:
        kind = _FOLDS[command]
        name, low, high = "", None, None
        while self.sees("_", "^"):
            if self.take().text == "^":
                high = self.braced()
            elif kind == "int":
                low = self.braced()
            else:
                name, low = self.bound_variable()
        if kind == "int":
            body, name = self.integrand()
        else:
            body = self.term(self.product())
        return Fold(kind, body, name, low, high)  # type: ignore[arg-type]

    def bound_variable(self) -> tuple[str, Term]:
        """k=1 below a sum, x→0 below a limit."""
        self.expect("{")
        token = self.take()
        name = token.text.lstrip("\\")
        if token.kind not in ("name", "command") or not self.accept("=", "→"):
            raise self.failure()
        low = self.term(self.sum())
        self.expect("}")
        return name, low

    def integrand(self) -> tuple[Term, str]:
        for end in range(self.at, len(self.tokens)):
            token = self.tokens[end]
            following = self.tokens[end + 1] if end + 1 < len(self.tokens) else token
            if token.kind == "name" and len(token.text) == 2 and token.text[0] == "d":
                name, after = token.text[1], end + 1
            elif token.text == "d" and following.kind == "name":
                name, after = following.text, end + 2
            else:
                continue
            part = self.tokens[self.at : end] or [Token("num", "1")]
            self.at = after
            return self.term(self.sub_reader(part).whole()), name
        raise Unreadable("An integral needs its dx.")

    def environment(self) -> Value:
        self.expect("{")
        name = self.take().text.rstrip("*")
        self.accept("*")
        self.expect("}")
        if name == "array" and self.accept("{"):
            while not self.accept("}"):
                if self.take().kind == "end":
                    raise self.failure()
        if name not in _MATRICES and name != "cases":
            raise Unreadable(f"We could not read {name}.")
        rows = self.rows()
        if name == "cases":
            return self.system(rows)
        matrix = Matrix(tuple(tuple(row) for row in rows if row))
        if not matrix.rows or len({len(row) for row in matrix.rows}) != 1:
            raise Unreadable("The rows of the matrix have different lengths.")
        return Call("det", (matrix,)) if name in _DETERMINANTS else matrix

    def system(self, rows: list[list[Value]]) -> Value:
        """Equations below one another, joined by a brace."""
        if any(len(row) > 1 for row in rows):
            raise Unreadable("A value that depends on cases cannot be compared.")
        return self.assembled([(",", row[0]) for row in rows if row])

    def rows(self) -> list[list[Value]]:
        """Up to the \\end that closes this environment."""
        rows: list[list[Value]] = [[]]
        start, depth = self.at, 0
        while True:
            token = self.next
            if token.kind == "end":
                raise self.failure()
            ends = token.text == r"\end" and depth == 0
            if depth == 0 and (token.text in ("&", r"\\") or ends):
                if cell := self.tokens[start : self.at]:
                    rows[-1].append(self.sub_reader(cell).whole())
                if token.text == r"\\":
                    rows.append([])
                start = self.at + 1
            depth += {r"\begin": 1, r"\end": -1}.get(token.text, 0)
            self.take()
            if ends:
                self.expect("{")
                self.take()
                self.expect("}")
                return rows


def _signed(op: str, part: Term) -> Term:
    return Neg(part) if op == "-" else PlusMinus(part, 1 if op == "±" else -1)


def _is_mixed(left: Term, right: Term) -> bool:
    if not (isinstance(left, Num) and left.text.isdigit() and isinstance(right, Div)):
        return False
    parts = (right.top, right.bottom)
    return all(isinstance(part, Num) and part.text.isdigit() for part in parts)


def _thousands(group: Group) -> Num | None:
    """(58,500) in a sum or a product cannot be a point."""
    texts = [part.text for part in group.parts if isinstance(part, Num)]
    digits = len(texts) == len(group.parts) > 1 and all(text.isdigit() for text in texts)
    if not digits or not 1 <= len(texts[0]) <= 3 or any(len(text) != 3 for text in texts[1:]):
        return None
    return Num(Fraction("".join(texts)), "".join(texts))


def _is_minus_one(term: Term) -> bool:
    return isinstance(term, Neg) and term.part == Num(Fraction(1))


def _in_base(text: str, base: int) -> Num:
    if not 2 <= base <= 36 or len(text) > MAX_DIGITS:
        raise Unreadable("A base lies between 2 and 36.")
    try:
        return Num(Fraction(int(text, base)), f"{text}_{base}")
    except ValueError:
        raise Unreadable(f"{text} is no number in base {base}.") from None
