"""How many summands a sum has that goes on to a last one: 3 + 7 + 11 + … + 83."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from tutor.grading.parsing.tree import Num
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.task import Task

_SUM = re.compile(
    r"(\d{1,6}(?:\s?\+\s?\d{1,6}){1,5})\s?\+\s?(?:\\l?dots|\\cdots|…|⋯|\.{3})\s?\+\s?(\d{1,9})(?!\d|\.\d|\^)"
)
_NAMES = frozenset(
    name
    for names in (
        "n|number of terms|terms|how many terms|anzahl|anzahl der glieder|anzahl glieder|glieder",
        "anzahl der summanden|nombre de termes|número de términos|项数|共有|一共有",
    )
    for name in names.split("|")
)


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    match = _SUM.search(re.sub(r"\\[()]", "", task.text))
    if match is None:
        return
    listed, last = [int(text) for text in match[1].split("+")], int(match[2])
    steps = {b - a for a, b in pairwise(listed)}
    step = steps.pop()
    if steps or step <= 0 or (last - listed[0]) % step:
        return
    gaps = (last - listed[0]) // step
    right, wrong = Num(Fraction(gaps + 1)), Num(Fraction(gaps))
    mistakes = (Mistake(Slip.OFF_BY_ONE, value=wrong),)
    yield ExpectedQuantity(_NAMES, value=right, mistakes=mistakes)
