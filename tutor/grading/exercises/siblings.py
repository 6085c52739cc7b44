"""The same problem with other numbers: statements that may have a solution of the same shape."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterator

_FORMULA = re.compile(r"\\\((?:[^\\]|\\[^()\[\]])*+\\\)|\\\[(?:[^\\]|\\[^()\[\]])*+\\\]")
# Exponents, indices and commands keep what they are.
_NUMBER = re.compile(
    r"[\^_]\s?(?:\{[^{}]*+\}|\w)|\\[A-Za-z]++|\\.|(?P<number>\d++(?:\.\d++)?)", re.DOTALL
)
_INSTRUCTION = re.compile(
    r"\b(?:[Gg]ive|[Ss]uch as|[Ww]rite your|[Ee]nter)\b|请|例如|形如|保留|误差"
)
_LISTED = re.compile(r"(?<=\d),\s?(?=\d)")  # whose count a problem may state
_PLACES = re.compile(r"\s*(?:decimal|significant|位)")
_FIXED = frozenset({"0", "1", "10", "100", "1000", "180", "360"})
MAX_NUMBERS = 8  # of one statement that are changed
ALL_CHANGED = 60  # siblings; later ones keep some of the numbers
_PART = 0.5  # of the numbers that later ones change
_SMALL, _SPREAD = 12, 0.4


def siblings(statement: str, seed: int = 0) -> Iterator[str]:
    """Endlessly; always the same ones for one seed. None at all where no number can be changed.

    Equal numbers stay equal. What is asked for (a form, a number of places) stays.
    """
    end = _end_of_task(statement)
    numbers = _numbers(statement, end)
    if not 0 < len(numbers) <= MAX_NUMBERS:
        return
    chance = random.Random(f"{seed}/{statement}")  # noqa: S311  # the same for all students
    for count in itertools.count():
        share = 1.0 if count < ALL_CHANGED else _PART
        values = {n: _other(n, chance) if chance.random() < share else n for n in numbers}
        if len({*values.values()}) == len(values) and any(n != values[n] for n in numbers):
            yield _with_numbers(statement, end, values)


def _end_of_task(statement: str) -> int:
    """Where the problem ends and the words about the form of the answer begin."""
    match = _INSTRUCTION.search(statement)
    return match.start() if match and match.start() else len(statement)


def _numbers(statement: str, end: int) -> list[str]:
    """Those that may be changed, each once, in their order."""
    formulas = [formula[0] for formula in _formulas(statement, end)]
    numbers = (match["number"] for formula in formulas for match in _NUMBER.finditer(formula))
    fixed = _FIXED | {str(len(_LISTED.split(formula))) for formula in formulas}
    return [number for number in dict.fromkeys(numbers) if number and number not in fixed]


def _formulas(statement: str, end: int) -> Iterator[re.Match[str]]:
    for formula in _FORMULA.finditer(statement, 0, end):
        if not _PLACES.match(statement, formula.end()):
            yield formula


def _with_numbers(statement: str, end: int, values: dict[str, str]) -> str:
    texts, at = [], 0
    for formula in _formulas(statement, end):
        texts += [statement[at : formula.start()], _NUMBER.sub(_changed(values), formula[0])]
        at = formula.end()
    return "".join([*texts, statement[at:]])


def _changed(values: dict[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda match: values.get(match["number"], match[0])


def _other(number: str, chance: random.Random) -> str:
    """A number of the same size, with as many decimals and no fewer zeros at its end."""
    whole, _, decimals = number.partition(".")
    if decimals:
        return f"{_near(int(whole + decimals), chance) / 10 ** len(decimals):.{len(decimals)}f}"
    zeros = len(whole) - len(whole.rstrip("0"))
    if zeros and (digits := int(whole) // 10**zeros) <= _SMALL:
        return str(chance.randint(2, digits + 2) * 10**zeros)
    return str(_near(int(whole) // 10**zeros, chance) * 10**zeros)


def _near(number: int, chance: random.Random) -> int:
    if number <= _SMALL:
        return chance.randint(2, max(9, number + 3))
    return chance.randint(round(number * (1 - _SPREAD)), round(number * (1 + _SPREAD)))
