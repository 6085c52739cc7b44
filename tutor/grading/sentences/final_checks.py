"""Checks behind an answer: x = 6. Check: 2·6 + 7 = 19 ✓"""

from __future__ import annotations

import re

from tutor.grading.comparison.shown_working import are_equal, worked_out
from tutor.grading.parsing.answers import decimal_points
from tutor.grading.sentences.answer_shapes import EQUALS

_SIGN = r"(?:[^=<>,;:\\A-Za-z\u4e00-\u9fff]|,(?=\d)|\\(?:cdot|times|div|frac|sqrt)(?![a-z]))"
_LEFT, _SIDE = _SIGN + "{1,60}+", _SIGN + "{1,60}"
_CHECKED = (
    r"(?:works?(?: out)?|fits?|ok|okay|right|yes|correct|true|stimmt|passt|richtig|wahr|vrai|juste"
    r"|ça marche|funciona|cumple|correcto|verdadero|正确|成立|对)"
)
_CALLED = (
    r"(?:(?:to )?check(?:ing)?|proof|test|probe|kontrolle|vérification|je vérifie|comprobación"
    r"|compruebo|prueba|检验|验算|验证)"
)
_CHECK = re.compile(
    rf"(?<=[\w)}}°%])(?:\s?[.;,!(，。；]{{1,2}}\s{{0,2}}|\s{{1,3}})(?:(?:and|und|et|y) )?"
    rf"(?:{_CALLED}\s?[:,：]?\s{{0,2}}(?P<called>{_LEFT}={_SIDE})"
    rf"|(?P<works>{_LEFT}={_SIDE}?)\s?(?:,\s?)?(?:✓|✔|\\checkmark|{_CHECKED}))"
    rf"\s?(?:✓|✔|\\checkmark|{_CHECKED})?[\s.!)]{{0,4}}\Z",
    re.IGNORECASE,
)
_STARTS = re.compile(r"=")
MAX_CHARACTERS = 130  # of a check


def without_final_check(text: str, decimal_comma: bool) -> str:
    """The text before a check that is true; "" where none stands at its end."""
    start = max(0, len(text) - MAX_CHARACTERS)
    check = _CHECK.search(text, start) if _STARTS.search(text, start) else None
    if check is None:
        return ""
    calculation = check["called"] or check["works"]
    plain = decimal_points(calculation) if decimal_comma else calculation
    sides = [side.strip(" .") for side in EQUALS.split(plain)]
    is_true = worked_out(sides[:-1], sides[-1]) or are_equal(sides)
    return text[: check.start()].rstrip(" ,;.(") if is_true else ""
