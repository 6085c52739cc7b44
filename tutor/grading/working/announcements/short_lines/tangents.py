"""The tangent that a problem asks for: "T : y = 9(x − 2) + 4" of y = x³ − 3x + 2 at x = 2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction

from tutor.grading.numeric.derivatives import NotDifferentiable
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import (
    Comparison,
    Num,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.steps.definitions import Function, Unresolved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task, read_task

MAX_LENGTH = 60
STEPS = (0, 1, 2, -3)  # along the line, in x
_TANGENTS = words(r"tangente?s?|tangent line", "切线")
_LABEL = re.compile(
    r"\s?(?:(?:so|also|donc|luego|the|die|la)\s)?(?:\(?[A-Za-z]\)?|tangente?|gleichung|equation"
    r"|équation|ecuación|切线(?:方程)?)\s?(?:[:：是为]|is|ist|est|es)\s?",
    re.IGNORECASE,
)
_NUMBER = r"[-−]?\d{1,3}(?:\.\d{1,3}|/\d{1,3})?"
_PLACE = re.compile(
    rf"(?<![A-Za-z])x(?:_?0|₀)?\s?=\s?(?P<equal>{_NUMBER})(?![\d.]*[a-z+*^(²³])"
    rf"|(?:abs[cz]iss[ea]n?|abscisa|横坐标)\s?(?:是|为)?\s?(?P<called>{_NUMBER})"
    rf"|\(\s?(?P<point>{_NUMBER})\s?[,;|，；]\s?{_NUMBER}\s?\)"
)


def judge_tangent(text: str, task: Task) -> ClaimResult | None:
    """Proved for the tangent at the one place that the statement names; None otherwise."""
    if len(text) > MAX_LENGTH or not _TANGENTS.search(task.text):
        return None
    line = _equation(_LABEL.sub("", text.strip(" .。"), count=1))
    places = set(_places(plain_text(task.text)))
    functions = _stated(task) if line is not None else []
    if line is None or len(places) != 1 or [f.variable for f in functions] != ["x"]:
        return None
    with suppress(NotDifferentiable, Unresolved, RecursionError):
        is_right = _is_tangent(line, functions[0], places.pop())
        return proved(ClaimRelation.EVALUATE) if is_right else None
    return None


def _stated(task: Task) -> list[Function]:
    """Those of the statement, and not the line that a student has defined as y."""
    own = read_task(task.text).definitions.functions
    return [function for name, function in own.items() if "'" not in name]


def _places(story: str) -> Iterator[Fraction]:
    for match in _PLACE.finditer(story):
        number = match["equal"] or match["called"] or match["point"]
        with suppress(ZeroDivisionError):
            yield Fraction(number.replace("−", "-"))


def _equation(text: str) -> Comparison | None:
    with suppress(Unreadable, RecursionError):
        value = read_answer(text)
        if isinstance(value, Comparison) and free_names(value) == {"x", "y"}:
            return value if value.op == "=" and is_term(value.left) else None
    return None


def _is_tangent(line: Comparison, function: Function, abscissa: Fraction) -> bool:
    """Whether its points, and no other one above the first, are those of the line."""
    height, slope = (rational_value(f.at(Num(abscissa))) for f in (function, function.derived()))
    if height is None or slope is None:
        return False
    points = [(abscissa + step, height + slope * step) for step in STEPS]
    return all(_holds(line, x, y) for x, y in points) and not _holds(line, abscissa, height + 1)


def _holds(line: Comparison, x: Fraction, y: Fraction) -> bool:
    sides: list[Value] = [line.left, line.right]
    values = [_at(side, x, y) for side in sides if is_term(side)]
    return len(values) == 2 and values[0] is not None and values[0] == values[1]


def _at(side: Term, x: Fraction, y: Fraction) -> Fraction | None:
    with suppress(ArithmeticError):
        put_in: Term = substitute(substitute(side, Sym("x"), Num(x)), Sym("y"), Num(y))
        return rational_value(put_in)
    return None
