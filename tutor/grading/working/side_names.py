"""The name by which a working calls what it calculates: the left side of a chain, as a text."""

from __future__ import annotations

import re

from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Call,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    has_part,
)
from tutor.grading.working.notation import OUTCOME_NUMBERS

_ARROW = "bold "  # before the letter of a vector
_EVENT = re.compile(r"P_(\d{4,6})")  # P(no six) and P(HHT), as `notation` rewrites them
_CORNERS = frozenset("ABCDEFGHKLMNOPQRSTUVWXYZ")
OF_OUTCOME = "P of outcome"
OF_EVENT = "P of event"


def name_of(term: Term | None) -> str:
    """A letter, p%, z^2, A^-1, |a|, a·b, |a·b|, det, cos, cos B; "" for anything else."""
    match term:
        case Sym(name):
            if name.endswith("_nth"):
                return name.removesuffix("th")  # the general member of a sequence
            return _event(name) or name.removeprefix(_ARROW)
        case Call(name, (Sym(index),)) if name.endswith("_"):
            return name + index  # m_n, the slope of a normal
        case Call("percent", (Sym(name),)):
            return f"{name}%"
        case Call("abs", (Sym(name),)):
            return f"|{name.removeprefix(_ARROW)}|"
        case Call("P", _):
            return OF_EVENT
        case Call("cos" | "sin" | "tan" as name, (Sym(corner),)) if corner in _CORNERS:
            return f"{name} {corner}"
        case Call("det" | "cos" | "sin" | "tan" as name, _):
            return name
        case Pow(Sym(name), Num(exponent)):
            return f"{name}^{exponent}"
        case Pow(Sym(name), Neg(Num(exponent))):
            return f"{name}^-{exponent}"
        case Call("abs", (Mul((Sym(first), Sym(second))),)):
            return f"|{first.removeprefix(_ARROW)}·{second.removeprefix(_ARROW)}|"
        case Mul((Sym(first), Sym(second))):
            return f"{first.removeprefix(_ARROW)}·{second.removeprefix(_ARROW)}"
    return ""


def _event(name: str) -> str:
    event = _EVENT.fullmatch(name)
    if event is None:
        return ""
    return OF_OUTCOME if int(event[1]) in OUTCOME_NUMBERS else OF_EVENT


def is_another_event(left: Term | None, right: Term | None) -> bool:
    """P = 3·1/8 after P = 7/8: a letter that is used again, with a calculation of its own."""
    is_calculation = has_part(right or ZERO, (Mul, Add, Pow))
    return left == Sym("P") and is_calculation
