"""What the words of a statement tell of an angle: α is obtuse, so its cosine is negative."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from flint import arb

from tutor.grading.numeric.intervals import BASE_BITS, precision
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import ZERO, Call, Comparison, Num, Sym, free_names, is_term, walk
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.steps.witnesses import value_at
from tutor.grading.working.quantities.stated import plain_text
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
_ANGLE = r"[∠\\]?([A-Zα-ω]|alpha|beta|gamma|theta|phi)(?![A-Za-z])"
_IS_OBTUSE = re.compile(  # the angle B is obtuse, ein stumpfer Winkel β
    rf"(?<![A-Za-z]){_ANGLE}\s{{0,3}}(?:is|ist|est|es|为|是)?\s{{0,3}}(?:(?:an?|un|ein) )?"
    rf"(?:obtuse|stumpf|obtus|obtuso|钝角)|(?:obtuse angle|stumpfer Winkel|钝角)\s{{0,3}}{_ANGLE}"
)
_GREEK_LETTERS = {"α": "alpha", "β": "beta", "γ": "gamma", "θ": "theta", "φ": "phi"}
_RIGHT_ANGLE = 90  # degrees
_WIDE = re.compile(
    r"(?<![\d.])(?:1[0-7]|9)\d(?:\.\d{1,9})?\s?(?:°|\^|deg|度)|180\s?(?:°|\^|-|−)|π|pi"
)
AXIS = 1e-9  # quarters of a turn
_DENIED = re.compile(r"\b(?:not|nor?|nicht|kein\w{0,2}|pas|neither)\b|不", re.IGNORECASE)
_EACH = re.compile(r"\b(?:both|are|beide|sind|sont|ambos|son)\b|[均都]", re.IGNORECASE)
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


_LATIN_ANGLE = re.compile(r"((?:sin|sen|cos|tan|tg)\s?(?:[²2]|\^2)?\s?\(?)a(?![A-Za-z\d_])")


def with_greek_angle(text: str, task: Task) -> str:
    """sen α for the sen a of a problem whose only angle is α."""
    if not _LATIN_ANGLE.search(text) or "a" in task.names or _angles(task) != {"alpha"}:
        return text
    return _LATIN_ANGLE.sub(r"\1α", text)


def judge_sign(equation: Comparison, task: Task) -> ClaimResult | None:
    """cos α < 0 in the second quadrant; None where the words do not tell one quadrant."""
    match equation:
        case Comparison("<" | ">" as operator, Call(name, (Sym(angle),)), right) if right == ZERO:
            quadrants = told_quadrants(task, angle)
        case _:
            return None
    if name not in _SIGNS or len(quadrants) != 1 or len(_angles(task)) != 1:
        return None
    sign = _SIGNS[name][quadrants.pop()]
    if (sign > 0) == (operator == ">"):
        return proved(ClaimRelation.EVALUATE)
    witness = Witness({}, latex(equation.left), "0")
    return refuted(ClaimRelation.EVALUATE, witness, Slip.WRONG_BRANCH)


def judge_angle(equation: Comparison, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Refuted for B = 45° where the statement calls the angle B obtuse, or has another quadrant."""
    if (elsewhere := _in_other_quadrant(equation, task, budget)) is not None:
        return elsewhere
    match equation:
        case Comparison("=", Sym(name), Call("degrees", (Num(degrees),))):
            told = _IS_OBTUSE.search(plain_text(task.text))
        case _:
            return None
    letter = next(filter(None, told.groups())) if told else ""
    if _GREEK_LETTERS.get(letter, letter) != name or degrees > _RIGHT_ANGLE:
        return None
    witness = Witness({}, rf"{latex(Num(degrees))}^\circ", rf"{_RIGHT_ANGLE}^\circ")
    return refuted(ClaimRelation.EVALUATE, witness, Slip.WRONG_BRANCH)


def _in_other_quadrant(equation: Comparison, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Refuted for θ = -π/4 in the second quadrant; None for anything else."""
    match equation:
        case Comparison("=", Sym(name), right) if is_term(right) and not free_names(right):
            quadrants = told_quadrants(task, name)
        case _:
            return None
    with precision(BASE_BITS):
        value = value_at(right, {}, budget) if quadrants else None
    if not isinstance(value, arb) or rational_value(right) is not None:
        return None  # 150 may be degrees
    quarter = float(value) / (math.pi / 2)
    is_on_axis = abs(quarter - round(quarter)) < AXIS
    if is_on_axis or math.floor(quarter) % 4 in quadrants:
        return None
    witness = Witness({}, latex(equation.left), latex(right))
    return refuted(ClaimRelation.EVALUATE, witness, Slip.WRONG_BRANCH)


def is_widened(equation: Comparison, later: Iterable[str]) -> bool:
    """Whether B = 45° is only a step: B = 180° - 45° comes later."""
    name = equation.left.name if isinstance(equation.left, Sym) else ""
    letters = (name, *(letter for letter, word in _GREEK_LETTERS.items() if word == name))
    return any(text.lstrip("∠\\").startswith(letters) and _WIDE.search(text) for text in later)


def _angles(task: Task) -> set[str]:
    """Those whose sine, cosine or tangent the statement gives or asks for."""
    values = (*task.equations, *task.expressions)
    calls = [part for value in values for part in walk(value) if isinstance(part, Call)]
    in_ratios = {name for call in calls if call.name in _SIGNS for name in free_names(call)}
    return in_ratios | {name for name in task.names if name in _GREEK}


def told_quadrants(task: Task, angle: str) -> set[int]:
    """0 to 3, in which an angle may lie; empty where no words tell it."""
    angles = _angles(task)
    is_meant = angle in angles and (len(angles) == 1 or bool(_EACH.search(task.text)))
    return _told(task.text) if is_meant and not _DENIED.search(task.text) else set()


def _told(text: str) -> set[int]:
    told = {number for number, pattern in enumerate(_QUADRANTS) if pattern.search(text)}
    told |= {0} if _ACUTE.search(text) else set()
    return told | ({1} if _OBTUSE.search(text) else set())
