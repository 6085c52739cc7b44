"""Formulas over parameters in the notation of Moodle's calculated questions."""

import re
from itertools import pairwise

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Add, Call, Const, Div, Mul, Neg, Num, Pow, Root, Sym, Term
from tutor.problems.parameters import InvalidParameters, Parameters

_PLACEHOLDER = re.compile(r"\[\[([^\[\]:]{1,200})\]\]")
_TOKEN = re.compile(r"[A-Za-z]\w*|\d+(?:\.\d+)?|[-+*/^(),]")
_SIMPLE_POWER = re.compile(r"(\{\w+\}|(?<![\w.])\d+(?:\.\d+)?)\s*\^\s*(\{\w+\}|\d+)(?![\w.])")
_FUNCTIONS = ("abs", "floor", "ceil", "min", "max", "sqrt")
_MAX_FACTORS = 6  # that a power of a sum is written out with


class NoFormula(ValueError):
    """Moodle has no notation for it."""


def as_formula(text: str, parameters: Parameters) -> str:
    """A number with placeholders, such as 2*[[a + 1]], as the answer of a question.

    Raises NoFormula.
    """
    try:
        term = parameters.term(_PLACEHOLDER.sub(r"(\1)", text))
    except InvalidParameters as error:
        raise NoFormula from error
    return _inner(term)


def in_text(expression: str, names: set[str]) -> str:
    """An expression of a placeholder as Moodle works it out inside of a text. Raises NoFormula."""
    tokens = _TOKEN.findall(expression)
    if "".join(tokens) != "".join(expression.split()) or _has_silent_products(tokens):
        raise NoFormula
    pieces = re.split(r"([A-Za-z]\w*)", expression)
    written = "".join(f"{{{piece}}}" if piece in names else piece for piece in pieces)
    written = _SIMPLE_POWER.sub(r"pow(\1,\2)", written)
    if "^" in written:
        raise NoFormula
    return written


def _has_silent_products(tokens: list[str]) -> bool:
    pairs = pairwise(tokens)
    return any(
        left not in _FUNCTIONS
        and (left[0].isalnum() or left == ")")
        and (right[0].isalnum() or right == "(")
        for left, right in pairs
    )


def _closes(text: str) -> int:
    """Where the bracket closes with which a text begins."""
    depth = 0
    for position, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if not depth:
            return position
    return -1


def _formula(term: Term) -> str:
    match term:
        case Num(value):
            text = str(value)
            return text if value >= 0 and value.denominator == 1 else f"({text})"
        case Sym(name):
            return f"{{{name}}}"
        case Const("pi"):
            return "pi()"
        case Add(parts):
            return f"({_sum(parts)})"
        case Mul(parts):
            return f"({'*'.join(map(_formula, parts))})"
        case Neg(part):
            return f"(-{_formula(part)})"
        case Div(top, bottom):
            return f"({_formula(top)}/{_formula(bottom)})"
        case Pow(base, exponent):
            return _power(base, exponent)
        case Root(inner, Num(index)) if index == 2:
            return f"sqrt({_inner(inner)})"
        case Call(name, args) if name in _FUNCTIONS:
            return f"{name}({','.join(map(_inner, args))})"
    raise NoFormula


def _sum(parts: tuple[Term, ...]) -> str:
    first, *others = parts
    return _formula(first) + "".join(
        f"-{_formula(part.part)}" if isinstance(part, Neg) else f"+{_formula(part)}"
        for part in others
    )


def _inner(term: Term) -> str:
    """Without brackets around it."""
    written = _formula(term)
    is_whole = written.startswith("(") and _closes(written) == len(written) - 1
    return written[1:-1] if is_whole else written


def _power(base: Term, exponent: Term) -> str:
    if isinstance(base, Sym | Num) and isinstance(exponent, Sym | Num):
        return f"pow({_inner(base)},{_inner(exponent)})"
    count = rational_value(exponent)
    if count is None or count.denominator != 1 or not 1 <= count <= _MAX_FACTORS:
        raise NoFormula
    return f"({'*'.join([_formula(base)] * int(count))})"
