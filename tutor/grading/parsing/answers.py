"""Parses a whole answer: lists, sets, intervals, comparisons, and the words between them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache

from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.boxes import unwrap
from tutor.grading.parsing.cursor import UnknownWord
from tutor.grading.parsing.expressions import ExpressionReader
from tutor.grading.parsing.names import split_word
from tutor.grading.parsing.natural.chinese import fold_numbers, fold_operations, fold_words
from tutor.grading.parsing.natural.spoken import fold_spoken
from tutor.grading.parsing.normalize import PlainText, normalize_text
from tutor.grading.parsing.notations import fold_notations
from tutor.grading.parsing.quantities import (
    in_its_unit,
    read_compound_quantity,
    read_time_of_day,
    split_letter_units,
    split_plain_quantity,
    split_unit,
)
from tutor.grading.parsing.relations import JoinedValue, assemble_value, join_comparisons
from tutor.grading.parsing.shapes import definition
from tutor.grading.parsing.shorthand import fold_repeating, fold_typed
from tutor.grading.parsing.tokens import Token, tokenize
from tutor.grading.parsing.tree import (
    Bracketed,
    Comparison,
    Mul,
    NamedSet,
    Num,
    Pow,
    Quantity,
    Ratio,
    SetBuilder,
    SetOperation,
    Sym,
    Term,
    Unreadable,
    Value,
    Words,
    is_term,
)
from tutor.grading.parsing.units import CHINESE_UNIT, split_number_words
from tutor.grading.parsing.words import means_all_reals
from tutor.grading.processes.work_budget import uncounted

_LONG_WORDS = re.compile(r"[\u4e00-\u9fff]|[^\W\d_]{3,}")
TEN = Num(Fraction(10))
MAX_CACHED = 200  # characters
_RELATIONS = ("=", "!=", "<", "<=", ">", ">=", "∈", "∉", "≈")
_ENDINGS = (")", "]", "}", "set}", ",", ";")
_SET_SIGNS = {"∪": "union", "∩": "intersection", "∖": "minus"}
_NAMED_SETS = frozenset("RQZNC")
_SET_SIGNATURES = ("+", "-", "*", "0")
_CONNECTIVES = {"and": "and", "or": "or", ",": ",", ";": ";"}
_DECLARED = re.compile(
    r"(?<![A-Za-z\\])([A-Za-z])\s*(?:\\left)?\(\s*[A-Za-z0-9]{1,2}\s*(?:\\right)?\)\s*(?:=|<|>|\\[gl]e)"
)
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,]|,)")
_GROUPED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[. ]\d{3})+(?![\d.])")  # not 0.125
_SPACED_AMOUNT = re.compile(
    r"(?:(?<=[=≈])\s?|\A)\d{1,3}(?: \d{3}){1,4}(?=\s?(?:\Z|[A-Za-z€$£°µ%]))"
)
_SPACED_NUMBER = re.compile(
    r"([-+]?\s*\$?\d{1,3}(?:(?: |\\,|\\ |~)\d{3})+(?:\.\d+)?)(?!\d)(?=\D*$)"
)
_SOFT_COMMA = re.compile(r"(?<=\d)\s*(?:\{\s*,\s*\}|,\s*\\!)\s*(?=\d{3}(?!\d))")
# A decimal comma in LaTeX; before three digits it may also separate thousands.
_BRACED_COMMA = re.compile(
    r"(?<![\d.,])(0|\d{1,15}(?=\{,\}(?:\d{1,2}|\d{4,15})(?!\d)))\{,\}(\d{1,15})(?![\d{])"
)
# One bracket whose commas are no decimal ones: three in a row, or one before a sign or a letter.
_INSIDE = r"[^()\[\]{};|=]{0,80}"
_COMMAS_SEPARATE = re.compile(
    r"\s?(?:[A-Za-z]{1,2}\d{0,3} ?=? ?)?\\?[(\[{]"
    rf"(?:{_INSIDE},[-+\\A-Za-z]|{_INSIDE}?\d,\d{{1,9}},\d){_INSIDE}\\?[)\]}}]\s?"
)
_REPEATING = re.compile(r"(?<!\d)(\d*)\.(\d*)\\(?:overline|dot|bar)\s*\{?(\d+)\}?")
_GLUED = re.compile(r"(?<=[\d)}])(or|and)(?=[A-Za-z(\\\d])")
_TIMES_TEN = re.compile(r"(\d)\s*[xX]\s*10\s*\^")
_TYPED_VECTOR = re.compile(r"\A<([^<>=][^<>=,]*+,[^<>=]++)>\Z")


def read_answer(
    text: str,
    decimal_comma: bool = False,
    units: bool = False,
    functions: frozenset[str] = frozenset(),
) -> Value:
    """Read a typed answer. Raises Unreadable.

    units: whether a letter after a number may be a unit (5 m). functions: names to read as
    functions.
    """
    return read_plain_answer(normalize_text(text), decimal_comma, units, functions)


def read_plain_answer(
    text: PlainText,
    decimal_comma: bool = False,
    units: bool = False,
    functions: frozenset[str] = frozenset(),
) -> Value:
    """As `read_answer`, for a text that has been normalized."""
    # A class's key is parsed once; long texts are not cached, since there may be many.
    read = _read_cached if len(text) <= MAX_CACHED else _read
    return read(text, decimal_comma, units, functions)


def _read(text: PlainText, decimal_comma: bool, units: bool, functions: frozenset[str]) -> Value:
    with uncounted():  # since the cache may save it
        return _new_value(text, decimal_comma, units, functions)


def _new_value(
    text: PlainText, decimal_comma: bool, units: bool, functions: frozenset[str]
) -> Value:
    plain = unwrap(fold_repeating(text, decimal_comma))
    if not plain:
        raise Unreadable(FeedbackCode.EMPTY)
    plain = fold_typed(fold_spoken(fold_notations(plain)))
    plain = fold_operations(fold_numbers(plain, CHINESE_UNIT))
    plain = decimal_points(plain) if decimal_comma else _join_thousands(plain)
    if means_all_reals(PlainText(plain)):
        return NamedSet("R")
    if value := read_time_of_day(plain) or read_compound_quantity(plain):
        return value
    for amount, unit in _quantity_splits(plain, units):
        with suppress(Unreadable):
            return _read_quantity(amount, unit)
    try:
        return _read_math(fold_words(plain), functions)
    except Unreadable as error:
        if parts := split_unit(plain):
            return _read_quantity(*parts)
        if isinstance(error, UnknownWord) or _is_language(plain, error):
            return Words(text.strip())
        raise


def _quantity_splits(plain: str, units: bool) -> Iterator[tuple[str, str]]:
    """Ways to read it as an amount with a unit."""
    if units:
        yield from split_letter_units(plain)
    if parts := split_plain_quantity(plain):
        yield parts


def read_expression(text: str, functions: frozenset[str] = frozenset()) -> Value:
    """A formula within prose, in which no letter is taken for a unit. Raises Unreadable."""
    plain = unwrap(fold_repeating(normalize_text(text)))
    if not plain:
        raise Unreadable(FeedbackCode.EMPTY)
    plain = fold_operations(fold_numbers(plain, CHINESE_UNIT))
    folded = fold_words(_join_thousands(plain))
    return _read_math(folded, functions)


def read_term(text: str) -> Term | None:
    """As `read_expression`; None where it is no term."""
    try:
        value = read_expression(text.strip())
    except (Unreadable, RecursionError):
        return None
    return value if is_term(value) else None


_read_cached = lru_cache(maxsize=1024)(_read)


def _read_quantity(amount: str, unit: str) -> Value:
    value = _read_math(_join_thousands(amount))
    if isinstance(value, Comparison) and (named := definition(value)) and is_term(named[1]):
        return Comparison("=", named[0], _with_unit(named[1], unit.strip()))
    if not is_term(value):
        raise Unreadable(FeedbackCode.UNIT_WITHOUT_NUMBER)
    return _with_unit(value, unit.strip())


def _with_unit(amount: Term, unit: str) -> Value:
    """5 million is a number without a unit, and 2 dozen eggs are 24."""
    number, unit = split_number_words(unit)
    if number != 1:
        # As a power of ten, 1.2 million keeps its two figures.
        ten = round(math.log10(number))
        is_power = Fraction(10) ** ten == number
        amount = Mul((amount, Pow(TEN, Num(Fraction(ten))) if is_power else Num(number)))
    return Quantity(in_its_unit(amount, unit), unit) if unit else amount


def _read_math(text: str, functions: frozenset[str] = frozenset()) -> Value:
    if "\\" in text:
        text = _REPEATING.sub(_as_fraction, text)
    if "or" in text or "and" in text:
        text = _GLUED.sub(r" \1 ", text)
    if text.startswith("<"):
        text = _TYPED_VECTOR.sub(r"\\langle \1\\rangle", text)
    if "10" in text:
        text = _TIMES_TEN.sub(r"\1*10^", text)
    declared = _DECLARED.findall(text) if "(" in text else []
    return AnswerReader(tokenize(text), functions.union(declared)).whole()


def _join_thousands(text: str) -> str:
    if "," in text:
        text = _SOFT_COMMA.sub("", _BRACED_COMMA.sub(r"\1.\2", text))
    # 1 234 567: only where the number stands alone, perhaps with a unit.
    if _SPACED_NUMBER.match(text.strip()) and not re.search(r"[A-Za-z^=+(]", text):
        text = re.sub(r"(?<=\d)(?: |\\,|\\ |~)(?=\d{3}(?!\d))", "", text)
    if " " in text:  # 12 000 m, and 12 km = 12 000 m
        text = _SPACED_AMOUNT.sub(lambda amount: amount[0].replace(" ", ""), text)
    if "," in text and not re.search(r"[([{]\s*\d{1,3},\d{3}|\\\{", text):
        text = _THOUSANDS.sub(lambda number: number[0].replace(",", ""), text)
    return text


def decimal_points(text: str) -> str:
    """A text with decimal commas with points instead, and without signs between thousands."""
    if _COMMAS_SEPARATE.fullmatch(text) or _has_rows(text):
        return text
    text = _GROUPED.sub(lambda number: re.sub("[. ]", "", number[0]), text)
    return re.sub(r"(?:(?<=\d)|\A)(?:,|\{,\})(?=\d)", ".", text)


def _has_rows(text: str) -> bool:
    """Whether commas part the rows of a matrix, and so its entries: [[4,1],[2,2]]."""
    return text.startswith("[[") and ";" not in text and "],[" in text.replace(" ", "")


def _as_fraction(number: re.Match[str]) -> str:
    whole, start, period = number.groups()
    all_digits, first = int((whole or "0") + start + period), int((whole or "0") + start)
    return rf"(({all_digits - first})/({'9' * len(period)}{'0' * len(start)}))"


def _is_language(text: str, error: Unreadable) -> bool:
    words = _LONG_WORDS.findall(re.sub(r"\\[A-Za-z]+", "", text))
    if error.feedback.code == FeedbackCode.BREAKS_OFF:  # sqrt(50 is a formula
        words = [word for word in words if split_word(word) is None]
    return bool(words)


class AnswerReader(ExpressionReader):
    def whole(self) -> Value:
        parts = self.parts(())
        if self.next.kind != "end":
            raise self.failure()
        return assemble_value(parts)

    def assembled(self, parts: list[JoinedValue]) -> Value:
        return assemble_value([("", parts[0][1]), *parts[1:]] if parts else [])

    def inside(self, closing: str) -> list[Value]:
        """The values up to `closing`, where "" means either end of an interval."""
        in_set, self.in_set = self.in_set, closing == "set}" or self.builds_set(closing)
        closings = (closing,) if closing else (")", "]")
        self.descend()
        parts = self.parts(closings)
        if self.in_set and len(parts) == 1 and self.accept("|", ":"):
            self.in_set = False
            parts = [("", SetBuilder(parts[0][1], assemble_value(self.parts(closings))))]
        self.in_set = in_set
        self.depth -= 1
        self.expect(closings)
        return [
            assemble_value(part) if len(part) > 1 else part[0][1] for part in _between_commas(parts)
        ]

    def builds_set(self, closing: str) -> bool:
        """Whether a typed { without backslash begins a set such as {x | x > 2}."""
        following = self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        return closing == "}" and self.next.kind == "name" and following.text in ("|", ":", "∈")

    def parts(self, closings: tuple[str, ...]) -> list[JoinedValue]:
        """The answers, each after its connective: "", comma, semicolon, and, or."""
        parts: list[JoinedValue] = []
        connective = ""
        while not self.sees(*closings) and self.next.kind != "end":
            if self.in_set and self.sees("|", ":"):
                break
            parts.append((connective, self.other_bound(parts) or self.comparison()))
            connective = self.connective()
            if not connective:
                break
        return parts

    def other_bound(self, parts: list[JoinedValue]) -> Value | None:
        """The comparison x > 3 in "x < 1 or > 3"; None where the name is there."""
        last = parts[-1][1] if parts else None
        is_bound = isinstance(last, Comparison) and isinstance(last.left, Sym)
        if not is_bound or not self.sees("<", "<=", ">", ">=", "!="):
            return None
        op = self.take().text
        return Comparison(op, last.left, self.set_expression())  # type: ignore[union-attr]

    def connective(self) -> str:
        connective = ""
        while word := _connective_of(self.next):
            self.take()
            # ", and" means "and"; "; or" means "or".
            connective = word if word in ("and", "or") or not connective else connective
        return connective

    def comparison(self) -> Value:
        if self.is_lone_number():
            return self.number(self.take().text)
        values, ops = [self.set_expression()], []
        while self.sees(*_RELATIONS):
            ops.append(self.take().text)
            values.append(self.set_expression())
            if len(ops) > 20:
                raise Unreadable(FeedbackCode.TOO_MANY_COMPARISONS)
        if self.accept("⇒", "⇔"):
            return self.comparison()
        return join_comparisons(values, ops)

    def is_lone_number(self) -> bool:
        """Whether a number comes next, and nothing that could belong to it behind it."""
        if self.next.kind != "num":
            return False
        following = self.tokens[self.at + 1]
        return following.kind == "end" or following.text in _ENDINGS

    def set_expression(self) -> Value:
        left = self.ratio()
        while True:
            if op := self.accept(*_SET_SIGNS):
                right = self.ratio()
                if op == "∖" and is_term(right):  # R \ {2}
                    right = Bracketed("{set", (right,), "set}")
                left = SetOperation(_SET_SIGNS[op], left, right)
            elif self.next.kind == "name" and self.next.text in ("U", "u"):
                self.take()
                left = SetOperation("union", left, self.ratio())
            elif _may_lose_elements(left) and self.accept("-"):
                left = SetOperation("minus", left, self.ratio())
            else:
                return left

    def ratio(self) -> Value:
        first = self.operand()
        if self.in_set or not self.sees(":"):
            return first
        parts = [self.term(first)]
        while self.accept(":"):
            parts.append(self.term(self.operand()))
        return Ratio(tuple(parts))

    def operand(self) -> Value:
        token = self.next
        if token.kind == "set" and token.text in _NAMED_SETS:
            self.take()
            return NamedSet(token.text + self.set_sign())
        if token.kind == "set":
            self.take()
            return Sym(token.text)
        if self.accept("∅"):
            return NamedSet("empty")
        if point := self.named_point():
            return point
        if token.kind == "op" and token.text in ("(", "[", "{", "{set", "⟨"):
            return self.bracketed_operand()
        return self.sum()

    def named_point(self) -> Value | None:
        """P(2, -1) and A'(0, 4), a name with its coordinates; None for anything else."""
        token, start = self.next, self.at
        is_name = token.kind == "name" and len(token.text) == 1 and token.text.isupper()
        if not is_name or token.text in self.functions | {"C"}:
            return None
        name = self.take().text + self.index_of_point()
        with suppress(Unreadable):
            value = self.bracket() if self.sees("(") else None
            ends = self.next.kind == "end" or self.sees(")", "]", "}", "set}")
            is_point = isinstance(value, Bracketed) and len(value.parts) > 1
            if value is not None and is_point and (ends or _connective_of(self.next)):
                return Comparison("=", Sym(name), value)
        self.at = start
        return None

    def index_of_point(self) -> str:
        """The ' of A'(0, 4) and the number of S_1(2, 3), or an empty text."""
        if self.sees("'"):
            return self.take().text
        start, is_below = self.at, self.accept("_")
        if self.next.kind == "num" and self.next.text.isdigit() and not self.next.spaced:
            return "_" + self.take().text
        self.at = start if is_below else self.at
        return ""

    def set_sign(self) -> str:
        """The signs of Z^+, R_+ and R^{+*}, or an empty text."""
        signs = ""
        if self.sees("^", "_"):
            self.take()
            braced = self.accept("{")
            while self.next.text in _SET_SIGNATURES and (braced or not signs):
                signs += self.take().text
            if not signs:
                raise self.failure()
            if braced:
                self.expect("}")
        return signs

    def bracketed_operand(self) -> Value:
        """A set or a point where the bracket stands alone, else the sum that begins with it."""
        start = self.at
        value = self.bracket()
        many = isinstance(value, Bracketed) and (len(value.parts) != 1 or value.opening == "{set")
        if many or (not is_term(value) and not isinstance(value, Bracketed)):
            return NamedSet("empty") if isinstance(value, Bracketed) and not value.parts else value
        self.at = start
        return self.sum()


def _may_lose_elements(value: Value) -> bool:
    """Whether a minus sign behind the value takes elements out of a set."""
    return isinstance(value, NamedSet) or (isinstance(value, Bracketed) and len(value.parts) > 1)


def _between_commas(parts: list[JoinedValue]) -> list[list[JoinedValue]]:
    """In brackets "and" and "or" bind closer than commas do."""
    segments: list[list[JoinedValue]] = []
    for connective, value in parts:
        if connective in ("and", "or"):
            segments[-1].append((connective, value))
        else:
            segments.append([("", value)])
    return segments


def _connective_of(token: Token) -> str | None:
    if token.kind == "op":
        return _CONNECTIVES.get(token.text)
    word = token.text.strip(" ,.;").lower()
    if token.kind in ("name", "text") and word in ("and", "or", "", "且", "或", "和"):
        return {"且": "and", "和": "and", "或": "or", "": ","}.get(word, word)
    return None
