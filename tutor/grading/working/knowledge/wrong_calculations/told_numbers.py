"""The numbers of a statement, in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

NUMBER_WORDS = {
    word: number
    for number, names in enumerate(
        (
            "zwei two deux dos 两",
            "drei three trois tres 三",
            "vier four quatre cuatro 四",
            "fünf five cinq cinco 五",
            "sechs six seis 六",
            "sieben seven sept siete 七",
            "acht eight huit ocho 八",
            "neun nine neuf nueve 九",
            "zehn ten dix diez 十",
        ),
        start=2,
    )
    for word in names.split()
}
ANY_NUMBER = rf"(\d{{1,4}}(?:[.,]\d{{1,3}})?|{'|'.join(NUMBER_WORDS)})"
PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|percent|prozent)", re.IGNORECASE)


def number_of(text: str) -> Fraction:
    known = NUMBER_WORDS.get(text.casefold())
    return Fraction(text.replace(",", ".")) if known is None else Fraction(known)


def numbers_besides(text: str, other: str) -> Sequence[Fraction]:
    """All but one, such as the prices beside a percentage."""
    numbers = re.findall(r"(?<![\d.,])\d{1,6}(?:[.,]\d{1,2})?(?![\d.,]*\d)", text)
    return [Fraction(n.replace(",", ".")) for n in numbers if n != other]
