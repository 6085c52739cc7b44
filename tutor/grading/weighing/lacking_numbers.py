"""Whether a working cannot have come to the stored answer: a number of it is written nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.comparison.keys import key_text
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.weighing.key_numbers import value_of
from tutor.grading.weighing.numbers import EXACT, are_close
from tutor.grading.weighing.weighed_lines import WeighedLine, last_side
from tutor.grading.working.quantities.counting_words import with_decimal_points, with_digits

_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,15})?(?:/\d{1,15})?")
_MINUS = re.compile(r"[-−]\s?(\d{1,15}(?:\.\d{1,15})?(?:/\d{1,15})?)")
_OF_LIST = re.compile(
    r"(?<![^\W_\u4e00-\u9fff])[-−]?\d{1,6}(?:/\d{1,6})?(?!\s*[.,]?\d)(?![^\W_°\u4e00-\u9fff])"
)
# Roots, powers, functions and products of letters, which can be written in many ways.
_FORMULA = re.compile(
    r"[√^²³π*·+≈~±%]|\d[.,]\d|\\|(?<!\w)(?:sqrt|ln|log|e)(?!\w)|\d[a-zA-Z(](?!\w)"
)
# 13 and 7: who writes one of them may have the other in mind.
_OF_STORY = re.compile(r"[^=(){}|°]*")
_LETTERS = re.compile(r"(?<![^\W\d])[a-zA-Z](?![^\W\d])")  # of 3y - 4
_NAME = re.compile(r"\s?[A-Za-z](?:_\w)?\s?")
_DEGREES = re.compile(r"\^?\{?\\circ\}?|\\degree")
_UNIT = re.compile(r"\d\s?[a-zA-Z€$]")
# π/4 for 45°, and 45° + k·180°
_OTHER_ANGLE = re.compile(r"π|\\pi|(?<![a-zA-Z])(?:pi|[kn])(?![a-zA-Z])")
_OR = re.compile(r",|;|\s(?:or|oder|ou|o|und|and|et|y)\s|或")
_PI_TERM = re.compile(r"(?:\d{1,4}\s?)?(?:π|\\pi|(?<![a-zA-Z])pi)(?:\s?/\s?\d{1,4})?")
_OTHER_WRITING = re.compile(r"[±°…]|(?<![a-zA-Z])[kn](?![a-zA-Z])|ℤ|\.\.\.")
# Breite 10 cm, Länge 13 cm
_QUANTITIES = re.compile(
    r"(?:[^\W\d_]{1,20} |[\u4e00-\u9fff]{1,6}){0,2}\d{1,6} ?[^\W\d_€$]{0,10}[€$]?"
    r"(?:(?:[,;] ?| and | und | et | y )(?:[^\W\d_]{1,20} |[\u4e00-\u9fff]{1,6}){0,2}"
    r"\d{1,6} ?[^\W\d_€$]{0,10}[€$]?){1,3}"
)
_SHARES = re.compile(r"\s?\d{1,3} ?%(?: ?[,;、，] ?\d{1,3} ?%){1,3}\s?")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s?\\?%")
_SEVERAL = (Kind.LIST, Kind.SET, Kind.TUPLE)
_IN_WORDS = re.compile(
    r"(?<!\w)(?:zero|one|once|null|eins?|zéro|une?|cero|uno?)(?!\w)|[零一]", re.IGNORECASE
)


def lacks_numbers(lines: Sequence[WeighedLine], key: AnswerKey) -> bool:
    """Of an answer of several whole numbers or fractions: x = 1 or x = 4, and 4 is nowhere."""
    text = _DEGREES.sub("°", normalize_text(key_text(key)))
    is_of_shares = bool(_SHARES.fullmatch(text))
    text = "; ".join(_NUMBER.findall(text)) if is_of_shares else text
    is_several = key.kind in _SEVERAL or (
        key.kind == Kind.TEXT and _QUANTITIES.fullmatch(text) is not None
    )
    if not is_several or _FORMULA.search(text):
        return is_several and _lacks_angle(lines, text)
    right = [_value(part) for part in _OF_LIST.findall(text)]
    if len(right) < 2 or ("°" in text and any(_OTHER_ANGLE.search(line.text) for line in lines)):
        return False
    is_story = bool(_OF_STORY.fullmatch(text))
    claims = [claim for line in lines for claim in line.claims]
    sides = [last_side(claim) for claim in claims]
    turned = [c.statement.text.split("=")[0] for c in claims if _NAME.fullmatch(last_side(c))]
    sides += turned  # 9 of 9 = x
    written = [value for side in sides if (value := value_of(side)) is not None]
    written += [value for side in sides if not _LETTERS.search(side) for value in numerals(side)]
    told = lines[-1:] if is_story else lines  # x = 3y + 4 of a story is not its 4
    written += [value for line in told for value in numerals(line.text)]
    if any(_IN_WORDS.search(line.text) for line in lines):
        written += [0.0, 1.0]
    if is_of_shares:  # 20 g are no 20 %, and 0.2 may be
        written = [100 * value for value in written if value <= 1]
        written += [float(number) for line in lines for number in _SHARE.findall(line.text)]
    if _UNIT.search(text):  # 5 cm may be 50 mm
        written += [value * 10.0**places for value in written for places in range(-3, 4)]
    lacking = [value for value in right if not _is_among(value, written)]
    return len(lacking) == len(right) if is_story else bool(lacking)


def _lacks_angle(lines: Sequence[WeighedLine], text: str) -> bool:
    """Of x = 2π/3 or x = 4π/3, where the working gives one of them and the other is nowhere."""
    right = [value for part in _OR.split(text) if (value := value_of(part)) is not None]
    listed = [_PI_TERM.search(part) for part in _OR.split(text)]
    if len(right) < 2 or len(right) < len(listed) or None in listed or not lines:
        return False
    if any(_OTHER_WRITING.search(line.text) for line in lines):
        return False
    last = [value_of(last_side(claim)) for claim in lines[-1].claims]
    written = [value_of(term) for line in lines for term in _PI_TERM.findall(line.text)]
    known = [value for value in written if value is not None]
    lacking = [value for value in right if not any(are_close(value, n, EXACT) for n in known)]
    return 0 < len(lacking) < len(right) and len(last) == 1 and last[0] in known


def numerals(text: str) -> list[float]:
    """Of 3/4: 0.75, 3 and 4; of - 5: 5 and -5. Small numbers in words, too."""
    with suppress(Unreadable):
        text = normalize_text(text)
    text = with_decimal_points(with_digits(text))
    fractions = _NUMBER.findall(text)
    parts = [part for fraction in fractions for part in fraction.split("/")]
    turned = [f"-{number}" for number in _MINUS.findall(text)]
    return [*map(_value, fractions), *map(_value, parts), *map(_value, turned)]


def _value(text: str) -> float:
    top, _, bottom = text.replace("−", "-").partition("/")
    divisor = float(bottom) if bottom else 1.0
    return float(top) / divisor if divisor else 0.0


def _is_among(value: float, others: Sequence[float]) -> bool:
    """Also a whole number that another one is rounded to: 067° for 67.4°."""
    return any(are_close(value, other) or value == round(other) for other in others)
