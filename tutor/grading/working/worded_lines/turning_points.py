"""Tests of extrema in words: "f''(1) = -6 < 0 MAX", "f' changes from + to - at x = 3, so max"."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction

from flint import arb

from tutor.grading.numeric.derivatives import NotDifferentiable
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
)
from tutor.grading.steps.definitions import Function
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.solution_lists.extrema import judge_extremum
from tutor.grading.working.task import Task

STEP = Fraction(1, 1000)  # beside a zero of the derivative
_MAX = words(r"max(?:im\w{1,4})?|hochpunkt\w?|hp", "[极最]大")
_MIN = words(r"min(?:im\w{1,4})?|tiefpunkt\w?|tp", "[极最]小")
_DENIED = words(r"no|not|never|kein\w{0,2}|nicht|pas|ni|neither|or|oder|ou", "不|没|或")
_NUMBER = r"([-−]?\d{1,4}(?:\.\d{1,4})?(?:/\d{1,3})?)"
_SECOND = re.compile(
    r"(?:[a-zA-Z]\s?(?:''|″|’’)|d(?:²|\^2)\s?[a-zA-Z]\s?/\s?d\s?[a-z](?:²|\^2)"
    r"|second derivative|zweite Ableitung|dérivée seconde|segunda derivada"
    rf"|二阶导数?)\s?(?:\(\s?(?:{_NUMBER}|[a-z])\s?\))?[^<>]{{0,20}}"
    r"(?P<sign><|>|positiv\w?|negativ\w?|pos\b|neg\b|正|负)",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"(?:from|von|de|du|由|从)\s{0,2}(?P<before>[+-]|plus|minus|positive?|negative?|正|负)"
    r"\s{0,2}(?:to|nach|zu|à|au|a|变为?|到|in)\s{0,2}(?P<after>[+-]|plus|minus|positive?|negative?|正|负)",
    re.IGNORECASE,
)
_SIDES = re.compile(r"'[^<>;]{0,12}(?P<before>[<>])\s?0[^<>]{1,40}'[^<>]{0,12}(?P<after>[<>])\s?0")
_POSITION = re.compile(rf"(?:x|t)\s?=\s?{_NUMBER}|(?:left of|links von|before|vor)\s{_NUMBER}")
_COMMA_OF_POINT = re.compile(r"(?<=\()([^(),;|]{1,20})[,;](?=[^(),;|]{1,20}\))")
_PIECE = re.compile(r"[,;，；。]\s?|\s(?:and|und|et|y)\s")
_PLACE_IN_CHINESE = re.compile(
    rf"\s?(?:所以|故|即|因此|则)?[,，]?(?:当|在)?(?P<position>[a-z]\s?=\s?{_NUMBER})(?:处|时)[,，]?"
    r"(?:函数|f\(x\)|y)?(?:有|取得?|达到|为)?(?P<kind>[极最][大小])(?:值)?(?:点)?[。.]?\s?"
)
_VALUE_AT = re.compile(rf"(?<![A-Za-z'])[a-zA-Z]\s?\(\s?{_NUMBER}\s?\)\s?=\s?{_NUMBER}(?![\d./])")
_INTERVAL = re.compile(r"[\[\]∈≤]|\\in|\\le|区间")
_UP = frozenset(["+", ">", "plus", "positiv", "positive", "pos", "正"])


def judge_turning_test(text: str, task: Task, budget: WorkBudget) -> ClaimResult | None:
    """Refuted where the sign tells the other kind, proved where both are right; else None."""
    if _DENIED.search(text):
        return None
    text = _COMMA_OF_POINT.sub(r"\1|", text)
    if (match := _PLACE_IN_CHINESE.fullmatch(text)) is not None:
        is_open = match["kind"][0] == "最" and _INTERVAL.search(task.text)
        told = judge_extremum(match["kind"], match["position"], task.definitions)
        return None if is_open and told is not None and told.witness is None else told
    kinds = [kind for piece in _PIECE.split(text) if (kind := _second_test(piece)) is not None]
    if any(is_max == is_positive for _, is_positive, is_max in kinds):
        return _other_kind()
    functions = _functions(task)
    if (told := _told_values(text, task)) is not None:
        return told
    placed = [(position, is_positive) for position, is_positive, _ in kinds if position is not None]
    if placed and functions:
        holds = all(_is_sign_right(functions, *told, budget) for told in placed)
        is_whole = len(placed) == len([p for p in _PIECE.split(text) if re.search(r"\d", p)])
        return proved(ClaimRelation.SOLVE) if holds and is_whole else None
    return _first_test(text, functions, budget)


def _told_values(text: str, task: Task) -> ClaimResult | None:
    """Of "the minimum is f(-2) = 16": by the kind and the value of each that the line names."""
    pieces = [piece for piece in _PIECE.split(text) if _VALUE_AT.search(piece)]
    if not pieces or _INTERVAL.search(task.text):
        return None
    told = [_told_value(piece, task) for piece in pieces]
    wrong = next((t for t in told if t and t.verdict == StepVerdict.REFUTED), None)
    return wrong or (proved(ClaimRelation.SOLVE) if all(told) else None)


def _told_value(piece: str, task: Task) -> ClaimResult | None:
    [*others, match] = _VALUE_AT.finditer(piece)
    is_max, is_min = bool(_MAX.search(piece)), bool(_MIN.search(piece))
    functions = _functions(task)
    if others or is_max == is_min or not functions:
        return None
    kind = "maximum" if is_max else "minimum"
    position, value = match[1].replace("−", "-"), match[2].replace("−", "-")
    return judge_extremum(kind, f"({position}|{value})", task.definitions)


def _other_kind() -> ClaimResult:
    return refuted(ClaimRelation.SOLVE, Witness({}, "", ""), Slip.EXTREMUM_KIND)


def _second_test(piece: str) -> tuple[Fraction | None, bool, bool] | None:
    """The position, whether f'' is said to be positive there, and whether that is a maximum.

    The position is None where the line does not tell it.
    """
    match = _SECOND.search(piece)
    is_max, is_min = bool(_MAX.search(piece)), bool(_MIN.search(piece))
    if match is None or is_max == is_min or len(_SECOND.findall(piece)) > 1:
        return None
    position = _fraction(match[1]) if match[1] else None
    return position, match["sign"].lower().rstrip("er") in _UP, is_max


def _first_test(text: str, functions: list[Function], budget: WorkBudget) -> ClaimResult | None:
    match, is_max, is_min = _change(text), bool(_MAX.search(text)), bool(_MIN.search(text))
    if match is None or is_max == is_min:
        return None
    rises, falls = (match[side].lower() in _UP for side in ("before", "after"))
    if rises == falls:
        return None
    if rises != is_max:
        return _other_kind()
    position = _POSITION.search(text)
    if position is None or not functions:
        return None
    at = _fraction(next(filter(None, position.groups())))
    holds = all(
        _slope_is_positive(functions, at + side, budget) is expected
        for side, expected in ((-STEP, rises), (STEP, falls))
    )
    return proved(ClaimRelation.SOLVE) if holds else None


def _change(text: str) -> re.Match[str] | None:
    match = _CHANGE.search(text)
    return match or (_SIDES.search(text) if "''" not in text else None)


def _fraction(text: str) -> Fraction:
    top, _, bottom = text.replace("−", "-").partition("/")
    return Fraction(top) / (Fraction(bottom) if bottom and int(bottom) else 1)


def _functions(task: Task) -> list[Function]:
    """The one that the statement gives."""
    stated = {f for name, f in task.definitions.functions.items() if "'" not in name}
    return list(stated) if len(stated) == 1 else []


def _is_sign_right(
    functions: list[Function], position: Fraction, is_positive: bool, budget: WorkBudget
) -> bool:
    with suppress(NotDifferentiable):
        return _is_positive(functions[0].derived().derived(), position, budget) is is_positive
    return False


def _slope_is_positive(
    functions: list[Function], position: Fraction, budget: WorkBudget
) -> bool | None:
    with suppress(NotDifferentiable):
        return _is_positive(functions[0].derived(), position, budget)
    return None


def _is_positive(function: Function, position: Fraction, budget: WorkBudget) -> bool | None:
    with precision(BASE_BITS), suppress(Undefined, OverflowError):
        at = arb(position.numerator) / position.denominator
        value = Evaluator({function.variable: at}, budget, real=True).value(function.body)
        if isinstance(value, arb) and not value.contains(0):
            return bool(value > 0)
    return None
