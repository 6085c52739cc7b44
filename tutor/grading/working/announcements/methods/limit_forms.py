"""The form ∞ - ∞ of a limit, and the conjugate that it calls for."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Const,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    free_names,
    has_constant,
    substitute,
    walk,
)
from tutor.grading.working.task import Task

MAX_LENGTH = 80
_INFINITE = r"\+?\s?(?:∞|\\infty|inf(?:in\w{2,4})?|oo)"
_LINE = re.compile(
    rf"(?:(?:it is|it's|this is|es ist|das ist|c'est|on a|es|sale|queda|form[ea]?|la forme|是|为)"
    rf"\s?:?\s?){{0,4}}{_INFINITE}\s?[-−–]\s?{_INFINITE}(?P<rest>[^\d=]{{0,60}})",
    re.IGNORECASE,
)
_CONJUGATE = re.compile(
    r"conjug\w{2,4}|qté conjug\w{2,4}|konjugier\w{1,4}|rationali[sz]\w{1,3}|共轭|有理化",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_BESIDE = frozenset(  # words that may stand behind the form
    [
        *("fi", "f", "i", "ind", "indet", "indeterminada", "indeterminado", "indeterminate"),
        *("undetermined", "unbestimmt", "form", "forma", "forme", "so", "also", "donc"),
        *("así", "asi", "que", "lo", "luego", "por", "el", "par"),
        *("la", "le", "l", "the", "by", "use", "mit", "dem"),
        *(
            "multiply",
            "multiplying",
            "multiplie",
            "multiplico",
            "multiplicar",
            "on",
            "expression",
            "quantité",
        ),
        *("qté", "erweitern", "型", "未定式", "不定式", "所以", "用"),
    ]
)
_FAR = Num(Fraction(10**6))


def is_difference_of_infinities(text: str, task: Task) -> bool:
    """Of √(x² + 4x) - x as x grows; a conjugate fits where there is a root."""
    line = _LINE.fullmatch(text) if len(text) <= MAX_LENGTH else None
    limits = [t for t in task.expressions if isinstance(t, BigOperator) and t.kind == "lim"]
    if line is None or len(limits) != 1 or not _is_beside(line["rest"]):
        return False
    [limit] = limits
    low, body = limit.low, limit.body
    if low is None or not has_constant(low, "oo") or isinstance(low, Neg):
        return False
    match body:
        case Add((first, Neg(second))):
            grow = _grows(first, limit.name) and _grows(second, limit.name)
            has_root = any(isinstance(part, Root) for part in walk(body))
            return grow and (has_root or not _CONJUGATE.search(text))
    return False


def _is_beside(rest: str) -> bool:
    """FI → quantité conjuguée, of words that change nothing."""
    others = _WORD.findall(_CONJUGATE.sub(" ", rest).casefold())
    return all(word in _BESIDE for word in others)


def _grows(term: Term, name: str) -> bool:
    """A power, or the root of a term that is large where x is."""
    inner = term.inner if isinstance(term, Root) else term
    if free_names(inner) != {name} or any(isinstance(p, Const) for p in walk(inner)):
        return False
    if any(isinstance(p, Pow) and not isinstance(p.exponent, Num) for p in walk(inner)):
        return False
    value = rational_value(substitute(inner, Sym(name), _FAR))
    return value is not None and value > 10**5
