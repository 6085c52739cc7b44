"""Signs of sine, cosine and tangent that the words of a statement tell: α is obtuse."""

from __future__ import annotations

import re

from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import ZERO, Call, Comparison, Sym, free_names, walk
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.task import Task

_ACUTE = re.compile(
    r"\bacute(?!\W(?:angled\W)?triangle)|\bspitz(?:e[nrs]?)?\b|\baigu\b|\bagudo\b|锐角(?!三角形)",
    re.IGNORECASE,
)
_OBTUSE = re.compile(
    r"\bobtuse(?!\W(?:angled\W)?triangle)|\bstumpf(?:e[nrs]?)?\b|\bobtus\b|\bobtuso\b"
    r"|钝角(?!三角形)",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|nor?|nicht|kein\w{0,2}|pas|neither)\b|不", re.IGNORECASE)
_ORDINALS = (
    r"(?:first|1st|1\.|erste[nmr]?|premier|primer|第一|\bI\b)",
    r"(?:second|2nd|2\.|zweite[nmr]?|deuxième|segundo|第二|\bII\b)",
    r"(?:third|3rd|3\.|dritte[nmr]?|troisième|tercer|第三|\bIII\b)",
    r"(?:fourth|4th|4\.|vierte[nmr]?|quatrième|cuarto|第四|\bIV\b)",
)
_WORD = r"\s?(?:quadrant\w{0,2}|cuadrante|象限)"
_QUADRANTS = tuple(
    re.compile(rf"{ordinal}{_WORD}|(?:quadrant|cuadrante) {ordinal}", re.IGNORECASE)
    for ordinal in _ORDINALS
)
_GREEK = frozenset(["alpha", "beta", "gamma", "theta", "phi", "A", "B", "C"])
_SIGNS = {"sin": (1, 1, -1, -1), "cos": (1, -1, -1, 1), "tan": (1, -1, 1, -1)}


def judge_sign(equation: Comparison, task: Task) -> ClaimResult | None:
    """cos α < 0 in the second quadrant; None where the words do not tell one quadrant."""
    match equation:
        case Comparison("<" | ">" as operator, Call(name, (Sym(angle),)), right) if right == ZERO:
            quadrants = set() if _DENIED.search(task.text) else _told(task.text)
        case _:
            return None
    if name not in _SIGNS or len(quadrants) != 1 or _angles(task) != {angle}:
        return None
    sign = _SIGNS[name][quadrants.pop()]
    if (sign > 0) == (operator == ">"):
        return proved(ClaimRelation.EVALUATE)
    witness = Witness({}, latex(equation.left), "0")
    return refuted(ClaimRelation.EVALUATE, witness, Slip.WRONG_BRANCH)


def _angles(task: Task) -> set[str]:
    """Those whose sine, cosine or tangent the statement gives or asks for."""
    values = (*task.equations, *task.expressions)
    calls = [part for value in values for part in walk(value) if isinstance(part, Call)]
    in_ratios = {name for call in calls if call.name in _SIGNS for name in free_names(call)}
    return in_ratios | {name for name in task.names if name in _GREEK}


def _told(text: str) -> set[int]:
    told = {number for number, pattern in enumerate(_QUADRANTS) if pattern.search(text)}
    told |= {0} if _ACUTE.search(text) else set()
    return told | ({1} if _OBTUSE.search(text) else set())
