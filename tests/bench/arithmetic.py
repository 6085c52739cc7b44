"""A step checker that evaluates equations between plain numbers, and nothing else."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from tutor.grading.steps.claim_results import StepVerdict

_CALCULATION = re.compile(r"[-+*/()\d.,\s=]+")
_SIGNS = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "$": None, "\\": None})
_OPERATIONS: dict[type, Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def check(step: str) -> tuple[StepVerdict, str]:
    """The verdict, and the first calculation that is wrong beyond its rounding."""
    text = re.sub(r"\\(?:times|cdot)", "*", step).translate(_SIGNS)
    is_decided = False
    for calculation in _CALCULATION.findall(text):
        sides = [side.strip(" .,\n") for side in calculation.split("=")]
        for left, right in pairwise(sides):
            is_right = _is_right(left, right)
            if is_right is False:
                return StepVerdict.REFUTED, f"{left} = {right}"
            is_decided = is_decided or bool(is_right)
    return (StepVerdict.PROVED if is_decided else StepVerdict.UNCHECKED), ""


def _is_right(left: str, right: str) -> bool | None:
    """None for a side that is no calculation."""
    values = [_value(side) for side in (left, right)]
    if values[0] is None or values[1] is None:
        return None
    places = len(right.partition(".")[2]) if re.fullmatch(r"[\d,]+\.?\d*", right) else 9
    return abs(values[0] - values[1]) <= Fraction(1, 2 * 10**places) * bool("." in right)


def _value(text: str) -> Fraction | None:
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    try:
        return _evaluate(ast.parse(plain.strip(), mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError, RecursionError, MemoryError):
        return None


def _evaluate(node: ast.expr) -> Fraction:
    match node:
        case ast.Constant(int() | float() as value):
            return Fraction(str(value))
        case ast.UnaryOp(ast.USub(), inner):
            return -_evaluate(inner)
        case ast.BinOp(left, sign, right) if type(sign) in _OPERATIONS:
            return _OPERATIONS[type(sign)](_evaluate(left), _evaluate(right))
    raise ValueError(node)
