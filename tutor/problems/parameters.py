"""Parameters: names in a problem that stand for other values in each variant.

One declaration a line, in the notation of answers:

    a = 2..9                      a whole number from 2 to 9
    b = 0..1 step 1/4             one of 0, 1/4, 1/2, 3/4, 1
    n = one of 2, 3, 5            one of these
    who = one of "Anna", "Ben"    words
    d = a^2 - 4*b                 worked out exactly from those above
    require d > 0                 where it does not hold, other values are picked

Read by the grader's own reader and worked out in fractions: nothing in it is ever run.
"""

import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Self, TypeAlias

from django.utils.translation import gettext as _

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import (
    Comparison,
    Logic,
    Num,
    Sym,
    Term,
    Unreadable,
    Value,
    children,
    is_term,
    rebuild,
)
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent

ParameterValue = Fraction | str
Values = Mapping[str, ParameterValue]

LIMIT = 4_000  # characters
MAX_LINES = 40
MAX_TRIES = 1_000
MAX_VALUES_WORK_S = 2.0
LARGEST = 10**30  # of numerators and denominators
FILLED = ("value", "equation", "condition")  # texts of a key in which placeholders may stand

_NAME = r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)?"
_DECLARATION = re.compile(rf"({_NAME})\s*=\s*(\S.*)")
_STEP = re.compile(r"(?<!\s)\s+step\s+")
_RANGE_IN_WORDS = re.compile(r"\S{1,20} ?(?:\b(?:to|bis|hasta|à)\b|[到至]) ?\S{1,20}")
_ONE_OF = re.compile(r"one of\s+(.+)")
_REQUIRE = re.compile(r"require\s+(.+)")
_WORD = re.compile(rf"\\[A-Za-z]+|(?<![A-Za-z_]){_NAME}")
_QUOTED = re.compile(r'\s*"([^"]{1,100})"\s*')
_KNOWN_WORDS = {"abs", "floor", "ceil", "min", "max", "gcd", "lcm", "sqrt", "cbrt", "and", "or"}
RESERVED = _KNOWN_WORDS | {"require", "one", "step", "pi", "e", "i"}
_COMPARISONS = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


class InvalidParameters(ValueError):
    """A declaration or a placeholder that cannot be used; a sentence for the teacher."""


class NoValues(InvalidParameters):
    """The declarations can be read, but no values were found that fulfil them."""


@dataclass(frozen=True)
class Range:
    first: Fraction
    last: Fraction
    step: Fraction

    def pick(self, chance: random.Random) -> Fraction:
        return self.first + self.step * chance.randrange((self.last - self.first) // self.step + 1)


@dataclass(frozen=True)
class Options:
    options: tuple[ParameterValue, ...]

    def pick(self, chance: random.Random) -> ParameterValue:
        return chance.choice(self.options)


Source: TypeAlias = "Range | Options | Term"


@dataclass(frozen=True)
class Condition:
    line: int  # from 1
    text: str
    value: Value


@dataclass
class Parameters:
    """All declarations of one problem. An empty text has none."""

    sources: dict[str, Source] = field(default_factory=dict)
    conditions: list[Condition] = field(default_factory=list)
    # Of expressions in all names, which many texts of one problem repeat.
    _terms: dict[str, Term] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises InvalidParameters, which names the line."""
        parameters = cls()
        lines = text.splitlines()
        if len(text) > LIMIT or len(lines) > MAX_LINES:
            too_long = _("need at most %(lines)d lines and %(characters)d characters")
            raise InvalidParameters(too_long % {"lines": MAX_LINES, "characters": LIMIT})
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                parameters._take(number, line.strip())
            except InvalidParameters as error:
                at_line = _("line %(line)d: %(reason)s") % {"line": number, "reason": error}
                raise InvalidParameters(at_line) from error
        return parameters

    def values_of(self, seed: int) -> dict[str, ParameterValue]:
        """The values that belong to `seed`. Raises NoValues."""
        chance = random.Random(seed)  # noqa: S311  # the same seed must give the same values
        budget = WorkBudget(MAX_VALUES_WORK_S)
        failures: Counter[str] = Counter()
        try:
            for _try in range(MAX_TRIES):
                budget.check()
                values: dict[str, ParameterValue] = {}
                failure = self._try(chance, values)
                if not failure:
                    return values
                failures[failure] += 1
        except WorkBudgetSpent:
            failures[_("working them out takes too long")] += MAX_TRIES
        reason, _count = failures.most_common(1)[0]
        raise NoValues(
            _("no values were found in many tries, mostly because %(reason)s") % {"reason": reason}
        )

    def work_out(self, expression: str, values: Values) -> ParameterValue:
        """What an expression in these names comes to. Raises InvalidParameters."""
        text = expression.strip()
        if text in values:
            return values[text]
        if text not in self._terms:
            self._terms[text] = self._term(text)
        value = self._number(self._terms[text], values)
        if value is None:
            reason = _("%(expression)s has no exact value for %(values)s")
            raise InvalidParameters(reason % {"expression": text, "values": in_words(values)})
        return value

    def term(self, expression: str) -> Term:
        """An expression in these names, which it has as its symbols. Raises InvalidParameters."""
        return _named(self._term(expression.strip()), list(self.sources))

    def _take(self, number: int, line: str) -> None:
        if match := _REQUIRE.fullmatch(line):
            self.conditions.append(Condition(number, match[1], self._condition(match[1])))
            return
        if not (match := _DECLARATION.fullmatch(line)):
            raise InvalidParameters(_("need a line such as a = 2..9, d = a + 1 or require a > 2"))
        name, source = match.groups()
        if name in self.sources:
            raise InvalidParameters(_("%(name)s is already declared") % {"name": name})
        if name in RESERVED:
            raise InvalidParameters(
                _("%(name)s has a fixed meaning, so it cannot be a parameter") % {"name": name}
            )
        self.sources[name] = self._source(source)

    def _source(self, text: str) -> Source:
        if match := _ONE_OF.fullmatch(text):
            return Options(tuple(self._option(part) for part in match[1].split(",")))
        if _RANGE_IN_WORDS.fullmatch(text):
            raise InvalidParameters(_("a range is written with two points, as in 3..8"))
        start, dots, rest = text.partition("..")
        if start and dots and rest:
            end, *by = _STEP.split(rest, maxsplit=1)
            first, last, step = (self._constant(part or "1") for part in (start, end, *by, "")[:3])
            if step <= 0 or last < first:
                raise InvalidParameters(_("need a range from small to large, with a positive step"))
            return Range(first, last, step)
        return self._term(text)

    def _option(self, text: str) -> ParameterValue:
        quoted = _QUOTED.fullmatch(text)
        return quoted[1] if quoted else self._constant(text)

    def _constant(self, text: str) -> Fraction:
        value = self._number(self._term(text), {})
        if value is None:
            reason = _("need a number such as 3, -1/2 or 0.25, got %(text)s")
            raise InvalidParameters(reason % {"text": text.strip()})
        return value

    def _term(self, text: str) -> Term:
        value = self._read(text)
        if not is_term(value):
            raise InvalidParameters(_("%(text)s is not one number") % {"text": text.strip()})
        return value

    def _condition(self, text: str) -> Value:
        value = self._read(text)
        if not _compares(value):
            reason = _("need a comparison such as a > 2 or gcd(a, b) = 1, got %(text)s")
            raise InvalidParameters(reason % {"text": text})
        return value

    def _read(self, text: str) -> Value:
        """Names become x_1, x_2 … for the reader, whose own names are single letters."""
        names = list(self.sources)

        def hidden(match: re.Match[str]) -> str:
            word = match[0]
            if word in names:
                return f"x_{{{names.index(word)}}}"
            if word in _KNOWN_WORDS or word.startswith("\\"):
                return word
            reason = _("%(name)s is not declared above as a parameter. For a product, write a*b")
            raise InvalidParameters(reason % {"name": word})

        try:
            return read_answer(_WORD.sub(hidden, text))
        except Unreadable as error:
            raise InvalidParameters(str(error)) from error

    def _try(self, chance: random.Random, values: dict[str, ParameterValue]) -> str:
        """Fill `values`; what is wrong with them, or nothing."""
        for name, source in self.sources.items():
            if isinstance(source, Range | Options):
                values[name] = source.pick(chance)
                continue
            value = self._number(source, values)
            if value is None:
                reason = _("%(name)s has no exact value, such as for %(values)s")
                return reason % {"name": name, "values": in_words(values)}
            values[name] = value
        for condition in self.conditions:
            if not self._holds(condition.value, values):
                at_line = _("line %(line)d (%(text)s) does not hold")
                return at_line % {"line": condition.line, "text": condition.text}
        return ""

    def _holds(self, value: Value, values: Values) -> bool:
        if isinstance(value, Logic):
            join = all if value.op == "and" else any
            return join(self._holds(part, values) for part in value.parts)
        assert isinstance(value, Comparison)  # noqa: S101  # `_compares` asked for it
        left, right = self._number(value.left, values), self._number(value.right, values)
        return left is not None and right is not None and _COMPARISONS[value.op](left, right)

    def _number(self, value: Value, values: Values) -> Fraction | None:
        """The exact value of a term; None where it has none that is small enough."""
        names = list(self.sources)
        try:
            term = _put(value, [values.get(name) for name in names])
        except ValueError:  # words among the numbers
            return None
        number = rational_value(term)
        small = number is not None and max(abs(number.numerator), number.denominator) <= LARGEST
        return number if small else None


def in_words(values: Values) -> str:
    return ", ".join(f"{name} = {value}" for name, value in values.items())


def _compares(value: Value) -> bool:
    if isinstance(value, Logic):
        return all(_compares(part) for part in value.parts)
    if not isinstance(value, Comparison) or value.op not in _COMPARISONS:
        return False
    return is_term(value.left) and is_term(value.right)


def _named(value: Value, names: list[str]) -> Term:
    if isinstance(value, Sym) and value.name.startswith("x_"):
        return Sym(names[int(value.name[2:])])
    if not children(value):
        return value  # type: ignore[return-value]
    return rebuild(value, lambda part: _named(part, names))  # type: ignore[no-any-return]


def _put(value: Value, numbers: list[ParameterValue | None]) -> Term:
    """Raises ValueError where a name stands for words."""
    if isinstance(value, Sym) and value.name.startswith("x_"):
        number = numbers[int(value.name[2:])]
        if not isinstance(number, Fraction):
            raise ValueError(value.name)
        return Num(number)
    if not children(value):
        return value  # type: ignore[return-value]
    return rebuild(value, lambda part: _put(part, numbers))  # type: ignore[no-any-return]
