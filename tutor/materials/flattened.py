"""Find an answer in the text of a PDF, which has lost its powers, roots and fractions.

Text taken from a PDF has no raised digits and no bars: 1.5 × 10^8 comes as "1.5 × 108", and 3/4 as
a 3 and a 4 on two lines. A reader still recognises the answer there.
"""

import re
import unicodedata

_FALLS_FLAT = re.compile(r"[\^/√÷²³¹⁰-⁹¼-¾⅐-⅞]|\*\*|frac|sqrt")
_BETWEEN_PARTS = re.compile(r"\\(?:leq?|geq?|cup|lor|vee|pm|mp)(?![a-z])|(?<!\\)[,;]|[=<>≤≥∪±]")
_LAYOUT = re.compile(r"\\[dt]?frac|\\?sqrt|\\(?:cdot|times|div|left|right)(?![a-z])|\\[,;:! ]")
_LOST = r"[\s^{}()\[\]\\/*×·⋅∙÷⁄√$\u200b\u2061-\u2064\u2217]"
_TEN = re.compile(
    r"(?:[×·⋅∙*\u2217]|(?<=\d)\s?x)\s{0,3}10\s{0,3}([-−\u2010-\u2013]?)([1-9]\d?)(?![\d.,]\d|\d)"
)
_PI = re.compile(r"\\?\bpi\b")


def says_flattened(text: str, answer: str) -> bool:
    """Whether the text has every part of the answer that would be flattened.

    answer: LaTeX, or typed as on a calculator. False if no part of it would be.
    """
    parts = [part for part in _BETWEEN_PARTS.split(answer) if _FALLS_FLAT.search(part)]
    plain = _plain(text)
    return bool(parts) and all(_pattern(part).search(plain) for part in parts)


def with_powers_of_ten(text: str) -> str:
    """The text with 1.5 × 108 as 1.5 × 10^{8}, which it was on the page."""
    return _TEN.sub(lambda ten: f"× 10^{{{ten[1] and '-'}{ten[2]}}}", text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate({0x2212: "-", 0x2013: "-"}).casefold()


def _pattern(part: str) -> re.Pattern[str]:
    """Its letters and digits, with lost signs between them, and not inside a longer number."""
    remaining = re.sub(_LOST, "", _LAYOUT.sub("", _PI.sub("π", _plain(part))))
    return re.compile(r"(?<!\d)(?<!\d\.)" + f"{_LOST}*".join(map(re.escape, remaining)) + r"(?!\d)")
