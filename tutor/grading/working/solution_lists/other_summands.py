"""Which summand a letter is: after x + (x + 4) = 30, x is the smaller number, and no larger one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tutor.grading.parsing.tree import Add, Comparison, Num, Sym, Value
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_LARGER = words(
    r"larger|largest|greater|bigger|older|longer|taller|größere\w?|ältere\w?|längere\w?"
    r"|plus grande?|plus âgée?|mayor",
    "较大|大的|年长",
)
_HAS_MORE = re.compile(
    r"(?<!\w)([A-ZÄÖÜÉ]\w{1,15}) (?:is|has|ist|hat|a|tiene|es) \d{1,4} (?:[^\W\d_]{1,12} ){0,2}?"
    r"(?:older|more|taller|longer|heavier|älter|mehr|größer|länger|schwerer|de plus|mayor|más)"
    r"(?: [^\W\d_]{1,12}){0,2}? (?:than|als|que) ([A-ZÄÖÜÉ]\w{1,15})"
)


def is_of_other_summand(text: str, statements: Iterable[Value], task: Task) -> bool:
    """Whether a line gives the value of x to the larger number, or to Anna, who is 4 years older.

    statements: what was said before it.
    """
    told = _HAS_MORE.search(task.text)
    names_more = told is not None and told[1] in text and told[2] not in text
    return (names_more or bool(_LARGER.search(text))) and any(map(_adds_number, statements))


def _adds_number(value: Value) -> bool:
    """x + x + 4 = 30"""
    match value:
        case Comparison("=", Add(parts), Num()):
            summands = [part for p in parts for part in (p.parts if isinstance(p, Add) else (p,))]
            letters = {part for part in summands if isinstance(part, Sym)}
            numbers = [part for part in summands if isinstance(part, Num) and part.value > 0]
            return len(summands) == 3 and len(letters) == len(numbers) == 1
    return False
