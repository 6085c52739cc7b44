"""A number that is put into a function where what comes out is told, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine
from tutor.grading.working.knowledge.formulas import words

_NUMBER = r"([-−]?\d{1,6}(?:\.\d{1,4})?)"
_SOUGHT = re.compile(  # the x with f(x) = 5
    rf"(?:pre-?images? of|urbild\w{{0,3}} (?:von|zu|der)|antécédents? (?:éventuels )?de"
    rf"|(?:anti|pre)im[aá]gen(?:es)? de|[fgh]\s?\(\s?[xt]\s?\)\s?=|valeur|valor|value|wert)"
    rf"\s(?:{_NUMBER}(?![\d.a-zA-Z]|\s?[-+*/^]))|{_NUMBER}\s?的原[像象]",
    re.IGNORECASE,
)
_X_AXIS = re.compile(
    r"\bx\s?-?\s?ax[ie]s|\bx-?achse|axe des (?:abscisses|x)|eje (?:de las )?(?:x|abscisas)"
    r"|\bx-?intercept|nullstelle|x\s?[轴軸]|零点|\bzeros?\b|\bzéros?\b|\bceros\b",
    re.IGNORECASE,
)
_Y_AXIS = re.compile(
    r"\by\s?-?\s?ax[ie]s|\by-?achse|axe des (?:ordonnées|y)|eje (?:de las )?(?:y|ordenadas)"
    r"|\by-?intercept|\by-?achsenabschnitt|y\s?[轴軸]",
    re.IGNORECASE,
)
_OTHER = words(r"axes|achsen|ejes|tangent\w*|area|fläche|aire|área", "坐标轴|面积|切线")
_X_IS_ZERO = re.compile(r"(?<![A-Za-z\d.])x\s?=\s?0(?![\d.])|\b[fgh]\s?\(\s?0\s?\)")
_Y_IS_ZERO = re.compile(r"(?<![A-Za-z\d.])y\s?=\s?0(?![\d.])")


def where_value_was_put_in(evidence: Evidence) -> tuple[WeighedLine, WeighedClaim] | None:
    """The first line with f(5) for the x with f(x) = 5, or with x = 0 for the x-axis."""
    for wrong in _wrong_places(evidence.statement):
        for line in evidence.lines:
            claims = [claim for claim in line.claims if claim.check is not None]
            if claims and wrong.search(line.text):
                return line, claims[0]
    return None


def _wrong_places(statement: str) -> Iterator[re.Pattern[str]]:
    """What a line has that puts the wrong number in."""
    sought = _SOUGHT.search(statement)
    if sought is not None:
        value = re.escape(sought[1] or sought[2])
        yield re.compile(rf"\b[fgh]\s?\(\s?{value}\s?\)")
    if _OTHER.search(statement):
        return
    axes = bool(_X_AXIS.search(statement)), bool(_Y_AXIS.search(statement))
    if axes == (True, False):
        yield _X_IS_ZERO
    elif axes == (False, True):
        yield _Y_IS_ZERO
