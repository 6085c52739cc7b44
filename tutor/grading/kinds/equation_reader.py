"""Reads differential equations, with derivatives as y', dy/dx or with dots."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.grading.answer_key import AnswerKey
from tutor.grading.feedback import FeedbackCode
from tutor.grading.kinds.reading import natural_logarithms, read_tree
from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.numeric.equivalence import difference
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    rebuild,
)

MAX_ORDER = 4
_POWER = r"(?:\^\{?([1-4])\}?)?"
_BY = r"d ?([a-zA-Z]) ?(?:\^\{?[1-4]\}?)?"
_LEIBNIZ = re.compile(
    rf"\\[dt]?frac ?\{{ ?d{_POWER} ?([a-zA-Z]) ?\}} ?\{{ ?{_BY} ?\}}"
    rf"|(?<![A-Za-z])d{_POWER} ?([a-zA-Z]) ?/ ?\(? ?{_BY}(?![A-Za-z]) ?\)?"
)
_DOTS = re.compile(r"\\(d{1,3})ot ?\{? ?([a-zA-Z]) ?\}?")
_RAISED = re.compile(r"([a-zA-Z]) ?\^ ?\{? ?\(([1-4])\) ?\}?")
_PRIME = "'"
_PRIMED = re.compile(r"([a-zA-Z])('{1,4})")


@dataclass(frozen=True, slots=True)
class DifferentialEquation:
    """left = right in the variable, and in function, function', function'' as letters."""

    left: Term
    right: Term
    function: str
    variable: str
    order: int

    @property
    def derivatives(self) -> tuple[str, ...]:
        return tuple(self.function + "'" * n for n in range(self.order + 1))

    @property
    def parameters(self) -> frozenset[str]:
        names = free_names(self.left) | free_names(self.right)
        return names - {self.variable, *self.derivatives}

    def is_linear(self) -> bool:
        """Whether the derivatives of both sides by y, y', … have none of these in them."""
        unknown = set(self.derivatives)
        try:
            slopes = [
                differentiate(difference(self.left, self.right), name) for name in self.derivatives
            ]
        except NotDifferentiable:
            return False
        return not any(free_names(slope) & unknown for slope in slopes)


def read_equation(key: AnswerKey) -> DifferentialEquation:
    """The equation of the key. Raises Unreadable."""
    text, variable = _with_primes(normalize_text(key.equation))
    functions = {name for name, _ in _PRIMED.findall(text)}
    value = natural_logarithms(read_tree(text, key))
    if len(functions) != 1 or not isinstance(value, Comparison) or value.op != "=":
        raise Unreadable(FeedbackCode.UNREAD)
    function = functions.pop()
    left, right = without_arguments(value.left), without_arguments(value.right)
    order = max(len(primes) for _, primes in _PRIMED.findall(text))
    if not is_term(left) or not is_term(right) or order > MAX_ORDER:
        raise Unreadable(FeedbackCode.UNREAD)
    names = free_names(left) | free_names(right)
    if not variable:
        argument = re.search(rf"{function}'*\(([a-zA-Z])\)", text)
        usual = "t" if function == "x" or ("t" in names and "x" not in names) else "x"
        variable = argument[1] if argument else usual
    return DifferentialEquation(left, right, function, variable, order)


def _with_primes(text: str) -> tuple[str, str]:
    """The text with y'' for every notation of a derivative, and the variable if it is written."""
    variable = ""

    def primed(match: re.Match[str]) -> str:
        nonlocal variable
        count, function, by = match.groups()[:3] if match[3] else match.groups()[3:]
        variable = by
        return f"{function}{_PRIME * int(count or 1)} "

    text = _LEIBNIZ.sub(primed, text)
    text = _DOTS.sub(lambda match: match[2] + "'" * len(match[1]), text)
    return _RAISED.sub(lambda match: match[1] + "'" * int(match[2]), text), variable


def without_arguments(value: Value) -> Value:
    """y for y(x), and y' for y'(x)."""
    match value:
        case Call(name, (Sym(),)) if len(name.rstrip("'")) == 1:
            return Sym(name)
    changed: Value = rebuild(value, without_arguments)
    return changed
