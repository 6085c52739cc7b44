"""What lines conclude about a parabola: its axis, where it meets an axis, its extreme value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ZERO,
    Call,
    Comparison,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.quadratics import coefficients_of
from tutor.grading.working.task import Task

MAX_FACTS = 6  # the latest
_NUMBER = r"[-−]?\d{1,6}(?:\.\d{1,6})?(?:/\d{1,4})?"
_AXIS = re.compile(
    r"(?:(?:so|also|donc|∴|所以)\s?,?\s?)?(?:the |die |l'|el )?(?:axis of symmetry|line of "
    r"symmetry|axis|symmetrieachse"
    r"|axe de symétrie|eje de simetría|(?:抛物线的?|图象的?)?对称轴)"
    r"(?: is| ist| est| es|是|为)?\s?[:：]?\s?(?:the (?:line )?|die gerade |la droite "
    r"(?:d'équation )?|la recta |(?:直线|方程为)?\s?)?"
    rf"[a-z]\s?=\s?({_NUMBER})",
    re.IGNORECASE,
)
_X_AXIS = words(
    r"x-?\s?axis|x-?\s?achse|axe des (?:x|abscisses)|eje (?:de (?:las )?)?(?:x|abscisas)|eje OX"
    r"|x-?\s?intercepts?",
    "[xX]\\s?轴",
)
_MEETS = words(
    r"cuts?|cross\w{0,2}|meets?|intersect\w{0,4}|touch\w{0,2}|schneidet|schnittpunkte?|nullstellen"
    r"|coupe|rencontre|corta|cortes?|intersections?|intercepts?",
    "交",
)
_POINT = re.compile(rf"\(\s?({_NUMBER})\s?[,;|，]\s?({_NUMBER})\s?\)")
_GREATEST = words(
    r"max\w{0,7}|greatest|largest|größte\w{0,2}|höchst\w{0,3}|plus grande?|máxim\w{1,2}",
    "最大|最高",
)
_SMALLEST = words(
    r"min\w{0,7}|smallest|least|lowest|kleinste\w{0,2}|plus petite?|mínim\w{1,2}", "最小|最低"
)
_REASON = re.compile(rf"(?:[aA]\s?=\s?)?({_NUMBER})\s?(<|>)\s?0")
_VALUE = re.compile(
    rf"(?<![\w.,/])(?<!\d\s)({_NUMBER})(?![\d/])|(?<=[\u4e00-\u9fff=])({_NUMBER})(?![\d/])"
)
_OPEN = words(r"not|no|nicht|kein\w{0,2}|pas|or|oder|ou|if|wenn|si", "不|没|或|若|如果")
Coefficients = tuple[Fraction, Fraction, Fraction]


def judge_parabola(
    text: str, task: Task, facts: Sequence[Value], results: Sequence[Term]
) -> ClaimResult | None:
    """Proved where it follows from the latest quadratic function; None for anything else.

    facts: what was said, the latest last. results: numbers that lines came to.
    """
    if _OPEN.search(text):
        return None
    text = text.strip(" .。!").replace("−", "-")
    is_about = _AXIS.fullmatch(text) or (_X_AXIS.search(text) and _MEETS.search(text))
    if not is_about and bool(_GREATEST.search(text)) == bool(_SMALLEST.search(text)):
        return None
    for coefficients in _quadratics(task, facts):
        if _follows(text, coefficients, results, task):
            return proved(ClaimRelation.EVALUATE)
    return None


def _follows(text: str, coefficients: Coefficients, results: Sequence[Term], task: Task) -> bool:
    _, b, a = coefficients
    turning = -b / (2 * a)
    if (axis := _AXIS.fullmatch(text)) is not None:
        return Fraction(axis[1]) == turning
    if _X_AXIS.search(text) and _MEETS.search(text):
        return _meets_axis(text, coefficients)
    return _has_extreme(text, coefficients, results, task)


def _meets_axis(text: str, coefficients: Coefficients) -> bool:
    """Whether it lists all points in which the curve meets the x-axis, and nothing else."""
    points = [(Fraction(x), Fraction(y)) for x, y in _POINT.findall(text)]
    c, b, a = coefficients
    square = b * b - 4 * a * c
    if not points or any(y or a * x * x + b * x + c for x, y in points):
        return False
    rest = re.sub(r"[A-Z]_?[12₁₂]?(?=\s)", "", _POINT.sub(" ", text))
    return len({x for x, _ in points}) == (2 if square > 0 else 1) and not re.search(r"\d", rest)


def _has_extreme(
    text: str, coefficients: Coefficients, results: Sequence[Term], task: Task
) -> bool:
    """∵ -2 < 0 ∴ for x = 15 the greatest value is 2450."""
    c, b, a = coefficients
    turning = -b / (2 * a)
    extreme = c - b * b / (4 * a)
    if (a < 0) is not bool(_GREATEST.search(text)):
        return False
    for number, sign in _REASON.findall(text):
        if Fraction(number) != a or (a < 0) is not (sign == "<"):
            return False
    numbers = [Fraction(x or y) for x, y in _VALUE.findall(_REASON.sub(" ", text))]
    told = [rational_value(term) for term in results[-3:]]
    known = {turning, extreme, *(number for number in told if number is not None)}
    is_whole = not re.search(r"[+*·×÷^²]|\d\s?[-:/]\s?\d", _REASON.sub(" ", text))
    is_named = len(numbers) > 1 or extreme in known - {turning}
    return is_whole and is_named and extreme in numbers and set(numbers) <= known


def _quadratics(task: Task, facts: Sequence[Value]) -> Iterator[Coefficients]:
    """c, b and a of the functions that lines give, the latest first, then of the statement's."""
    for fact in reversed(facts[-MAX_FACTS:]):
        match fact:
            case Comparison("=", Sym() | Call(), right) if is_term(right):
                if (coefficients := _coefficients(right)) is not None:
                    yield coefficients
    for function in task.definitions.functions.values():
        if (coefficients := _coefficients(function.body)) is not None:
            yield coefficients


def _coefficients(term: Term) -> Coefficients | None:
    if len(free_names(term)) != 1:
        return None
    coefficients = coefficients_of(Comparison("=", term, ZERO))
    return None if coefficients is None else coefficients[1]
