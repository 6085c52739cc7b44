"""How far data are from their mean, in a list: "deviations -4, -1, -1, 2, 4"."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MIN_RIGHT = 3  # numbers of a list in which one is wrong
_NUMBER = r"[-−]?\d{1,6}(?:\.\d{1,4})?"
_LIST = re.compile(rf"{_NUMBER}(?:\s{{0,2}}[,，、;+|]\s{{0,2}}{_NUMBER}){{2,60}}")
_SPACED = re.compile(rf"(?<![\d.,]){_NUMBER}(?:\s{{1,2}}{_NUMBER}){{3,60}}(?![\d,])")
_MINUS = re.compile(r"\s[-−]\s(?=\d)")  # 16 - 1 - 1 + 25, of squares
_DEVIATIONS = words(
    r"deviations?|devs?|differences?|abw(?:eichung\w{0,2})?|écarts?|desv(?:iaci\w{1,4})?|diferencias?|différences?|differenz\w{0,2}|x\s?[-−]\s?(?:x̄|mean)",
    "偏差|差",
)
_SQUARES = words(r"squares?|squared|quadrate?|quadrier\w{1,2}|carrés?|cuadrados?", "平方")
_SUM = words(
    r"sum\w{0,2}|add(?:s|ed)?(?: up)?(?: to)?|total|together|summe|zusammen|somme|suma", "和|="
)
_MEDIAN = words(r"median|zentralwert|médiane|mediana", "中位数")
_SORTED = words(
    r"sort(?:ed)?|in order|(?:in )?ascending|ordered|geordnet|sortiere?t?|der größe nach|rangés?"
    r"|triés?|trie|ordre|croissant|ordenad\w{1,2}|ordeno|order",
    "排列|排序|排好|排成|从小到大",
)


def judge_data_list(text: str, task: Task) -> ClaimResult | None:
    """Proved for deviations from the mean, their squares and sorted data.

    Refuted for squares of which some have a minus, and where one of all is wrong; None for
    anything else.
    """
    text = _MINUS.sub(" + -", text) if _SQUARES.search(text) else text
    stated = _LIST.search(task.text) or _LIST.search(plain_text(task.text))
    own = _LIST.search(text) or _SPACED.search(text)
    if stated is None or own is None:
        return None
    data, listed = _values(stated[0]), _values(own[0])
    beside = _values(text.replace(own[0], ""))
    if beside and (beside != [sum(listed)] or not _SUM.search(text.replace(own[0], ""))):
        return None
    mean = sum(data, Fraction(0)) / len(data)
    deviations = [value - mean for value in data]
    squares = [deviation**2 for deviation in deviations]
    if _SQUARES.search(text) and sorted(map(abs, listed)) == sorted(squares) != sorted(listed):
        negative = min(listed)
        witness = Witness({}, str(negative), str(-negative))
        return refuted(ClaimRelation.EVALUATE, witness, Slip.NEGATIVE_SQUARE)
    wanted = squares if _SQUARES.search(text) else deviations
    is_named = bool(_DEVIATIONS.search(text))
    if is_named and (wrong := _only_difference(listed, wanted)) is not None:
        return refuted(ClaimRelation.EVALUATE, wrong, Slip.ARITHMETIC)
    is_right = (
        (_SQUARES.search(text) is not None and sorted(listed) == sorted(squares))
        or (_DEVIATIONS.search(text) is not None and _are_deviations(listed, deviations))
        or (_is_sorted(text, own[0], task) and listed == sorted(data))
    )
    return proved(ClaimRelation.EVALUATE) if is_right else None


def _only_difference(listed: list[Fraction], right: list[Fraction]) -> Witness | None:
    """Of two lists in the same order, with three right numbers at least."""
    if len(listed) != len(right) or sorted(map(abs, listed)) == sorted(map(abs, right)):
        return None
    pairs = [(a, b) for a, b in zip(listed, right, strict=True) if abs(a) != abs(b)]
    if len(pairs) != 1 or len(right) <= MIN_RIGHT:
        return None
    [(written, known)] = pairs
    return Witness({}, str(written), str(known))


def _is_sorted(text: str, listed: str, task: Task) -> bool:
    """Whether it says so, or has the list alone where the median is asked for."""
    is_bare = text.strip() == listed and _MEDIAN.search(task.text)
    return bool(_SORTED.search(text) or is_bare)


def _are_deviations(listed: list[Fraction], deviations: list[Fraction]) -> bool:
    return sorted(listed) in (sorted(deviations), sorted(map(abs, deviations)))


def _values(text: str) -> list[Fraction]:
    return [Fraction(number.replace("−", "-")) for number in re.findall(_NUMBER, text)]
