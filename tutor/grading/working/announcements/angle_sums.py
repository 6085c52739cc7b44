"""Sums of angles that a line names: "angles in a quadrilateral add to 360"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words

_ANGLES = words(
    r"angles?|ang|(?:innen|außen)?winkel\w{0,8}|ángulos?|ext|int|interior|exterior", "角"
)
_OUTER = words(r"ext(?:erior|érieurs?|eriores)?|outer|außen\w{0,12}|externos", "外角")
_SUM = words(
    r"sums?|add|total|make|is|are|=|summe|\w{0,10}winkelsumme|zusammen|somme|font|vaut|suma\w{0,2}",
    "和|=|是|为",
)
_FIGURES = (
    (180, words(r"triangles?|dreiecks?|triángulos?|tri", "三角形")),
    (360, words(r"quad\w{0,12}|vierecks?|cuadriláteros?", "四边形")),
    (540, words(r"pentagons?|fünfecks?|pentagones?|pentágonos?", "五边形")),
    (720, words(r"hexagons?|sechsecks?|hexagones?|hexágonos?", "六边形")),
)
_FULL_TURN = 360
_NUMBER = re.compile(r"\d{1,5}")


def judge_angle_sum(text: str) -> ClaimResult | None:
    """Proved where the only number of the line is the sum of these angles."""
    numbers = [int(number) for number in _NUMBER.findall(text)]
    if len(numbers) != 1 or not _ANGLES.search(text) or not _SUM.search(text):
        return None
    return proved(ClaimRelation.EVALUATE) if numbers[0] in set(_sums(text)) else None


def _sums(text: str) -> Iterator[int]:
    if _OUTER.search(text):
        yield _FULL_TURN
        return
    yield from (total for total, figure in _FIGURES if figure.search(text))
