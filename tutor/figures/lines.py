"""The lines of a figure: splits them, and reads the numbers, points and labels in them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from flint import arb

from tutor.figures.phrases import FigureError, gettext_noop
from tutor.figures.placement import Point
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import Undefined
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import Sym, Term, Unreadable, is_term, walk
from tutor.grading.processes.work_budget import WorkBudget

MAX_LENGTH = 4_000  # characters of one figure
MAX_LINES = 120
MAX_LINE = 300  # characters
LARGEST = 1e9  # of numbers


NEED_NUMBER = gettext_noop("need a number such as 3, -1/2 or sqrt(2), got “%(text)s”")
NOT_DECLARED = gettext_noop("%(text)s is not declared as a parameter")
NEED_POINT = gettext_noop("need a point such as (2, 3), got “%(text)s”")

_WIDE = str.maketrans("（），：；＝【】", "(),:;=[]")
_QUOTES = str.maketrans("“”", '""')
_PLACEHOLDER = re.compile(r"\[\[[^\[\]]*\]\]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_QUOTED = re.compile(r'["“]([^"“”]*)["”]')  # curly, too: a page or a word processor may write them


@dataclass(frozen=True)
class FigureLine:
    """number: from 1. text: without what is quoted, which is in `quoted`."""

    number: int
    text: str
    quoted: str | None
    indent: int

    def error(self, sentence: str, **values: object) -> FigureError:
        return FigureError(sentence, self.number, **values)

    def match(self, pattern: str) -> re.Match[str] | None:
        return re.fullmatch(pattern, self.text, re.IGNORECASE)

    def number_in(self, text: str) -> float:
        """Raises FigureError unless it is a number of a size that can be drawn."""
        expression = Expression(self, text)
        if expression.letters and _WORD.fullmatch(text.strip()):
            raise self.error(NEED_NUMBER, text=text.strip())
        value = expression.at({})
        if value is None or not abs(value) <= LARGEST:
            raise self.error(NEED_NUMBER, text=text.strip())
        return value

    def positive(self, text: str) -> float:
        value = self.number_in(text)
        if value <= 0:
            raise self.error(gettext_noop("need a number above 0, got %(text)s"), text=text.strip())
        return value

    def point(self, text: str) -> Point:
        pieces = coordinates(text)
        if len(pieces) != 2:
            raise self.error(NEED_POINT, text=text.strip())
        return self.number_in(pieces[0]), self.number_in(pieces[1])


@dataclass(frozen=True)
class FigureSource:
    """first: what follows the kind in its line. rest: the lines below it."""

    first: FigureLine
    rest: list[FigureLine]


class Expression:
    """An expression, which may hold letters, and its values as floats."""

    def __init__(self, line: FigureLine, text: str) -> None:
        if placeholder := _PLACEHOLDER.search(text):
            raise line.error(NOT_DECLARED, text=placeholder[0])
        try:
            value = read_answer(text.strip())
        except Unreadable as error:
            raise line.error(NEED_NUMBER, text=text.strip()) from error
        if not is_term(value):
            raise line.error(NEED_NUMBER, text=text.strip())
        self.term: Term = value
        self.line = line
        self.letters = {part.name for part in walk(value) if isinstance(part, Sym)}
        self._evaluator = Evaluator({}, WorkBudget(60), real=True)

    def at(self, names: dict[str, float]) -> float | None:
        """None where it has no value. Raises FigureError for a letter without one."""
        if missing := sorted(self.letters - names.keys()):
            unknown = gettext_noop(
                "%(name)s is not known here; a parameter is written [[%(name)s]]"
            )
            raise self.line.error(unknown, name=missing[0])
        evaluator = self._evaluator
        evaluator.names = {name: arb(value) for name, value in names.items()}
        try:
            value = float(evaluator.value(self.term).real)
        except (Undefined, OverflowError, TypeError, ValueError):
            return None
        return value if math.isfinite(value) else None


def coordinates(text: str) -> list[str]:
    """What stands between the commas of “(2, 3)”; empty for anything else."""
    text = text.strip()
    if not (text.startswith("(") and text.endswith(")")):
        return []
    return split_at_commas(text[1:-1])


def split_at_commas(text: str) -> list[str]:
    """Cut at the commas that stand in no brackets."""
    pieces, depth, start = [], 0, 0
    for position, character in enumerate(text):
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == "," and depth == 0:
            pieces.append(text[start:position])
            start = position + 1
    return [*pieces, text[start:]]


def read_lines(text: str) -> Iterator[FigureLine]:
    """The lines that say something. Raises FigureError for too many of them."""
    lines = text.splitlines()
    if len(text) > MAX_LENGTH or len(lines) > MAX_LINES:
        too_long = gettext_noop("need at most %(lines)d lines and %(characters)d characters")
        raise FigureError(too_long, lines=MAX_LINES, characters=MAX_LENGTH)
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE:
            too_long = gettext_noop("need at most %(characters)d characters in a line")
            raise FigureError(too_long, number, characters=MAX_LINE)
        if line.strip() and not line.lstrip().startswith("#"):
            yield _line(number, line)


def _line(number: int, line: str) -> FigureLine:
    plain = line.translate(_QUOTES)
    quoted = _QUOTED.search(plain)
    if quoted:
        plain = plain[: quoted.start()] + plain[quoted.end() :]
    indent = len(line) - len(line.lstrip())
    words = " ".join(plain.translate(_WIDE).split())
    return FigureLine(number, words, quoted[1] if quoted else None, indent)
