"""Numbers that a text writes in another base, with signs or words for its digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.leaks.digits import CHINESE_DIGITS, with_units_in_digits

_BASES = {
    2: r"binary|binär|binaire|binario|base[\s-]?2\b|base (?:two|deux|dos)|basis (?:2"
    r"|zwei)|dual|zweiersystem|powers? of (?:two|2)|二进制",
    8: r"octal|oktal|achtersystem|base[\s-]?8\b|base (?:eight|huit|ocho)|basis (?:8|acht)|八进制",
    16: r"hex|sechzehnersystem|base[\s-]?16\b|base (?:sixteen|seize)|basis 16|十六进制",
}
_PREFIXED = re.compile(r"\b0(?:[bB]([01]{1,64})|[oO]([0-7]{1,20})|[xX]([\da-fA-F]{1,16}))\b")
_SUFFIXED = re.compile(
    r"(?<!\w)(?:([01]{2,64})(?:b|_\{?2\}?)|([0-7]{2,20})(?:o|_\{?8\}?)"
    r"|([\da-fA-F]{1,16})(?:[hH]|_\{?16\}?))(?!\w)"
)
_BASED = re.compile(r"(?<!\w)([\da-zA-Z]{1,16})_\{?([3-9]|1\d|2\d|3[0-6])\}?(?!\w)")
_IN_BASE = re.compile(
    r"base[\s-]([3-9]|1\d|2\d|3[0-6])\b|([3-9三四五六七八九])进制|basis ([3-9])\b", re.IGNORECASE
)
_LONG_BINARY = re.compile(r"(?<![\d.,])1[01]{4,63}(?![\d.,]\d|\d)")
_SPELLED = {2: "[01]{1,64}", 8: "[0-7]{1,20}", 16: r"[\da-fA-F]{1,16}"}
_WHOLE_HEX = re.compile(r"\W{0,9}#?(?=\d{0,7}[A-F])([\dA-F]{2,8})\W{0,9}")
_COLOUR = re.compile(r"#([\da-fA-F]{2})([\da-fA-F]{2})([\da-fA-F]{2})\b")
_WHOLE_BINARY = re.compile(r"\W{0,9}(1[01]{2,20})\W{0,9}")
_ALONE = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_ON = frozenset({"on", "yes", "true", "high", "black", "heads", "an", "ja"})
_SWITCH = rf"(?:{'|'.join(sorted(_ON))}|off|no|false|low|white|tails|aus|nein)"
_SWITCHED = re.compile(rf"\b{_SWITCH}(?:[\s,;-]{{1,3}}{_SWITCH}){{1,60}}\b", re.IGNORECASE)
_LAMPS = re.compile(r"([●⚫■⬛🔴🟥◼▪])|([○⚪□⬜🔵🟦◻▫])")
_SWAPPED = str.maketrans("01", "10")


def in_other_bases(text: str) -> Iterator[Fraction]:
    text = re.sub(
        r"\b0 x ((?:[\dA-F] ?){1,8})", lambda run: "0x" + run[1].replace(" ", "") + " ", text
    )
    for pattern in (_PREFIXED, _SUFFIXED):
        for match in pattern.finditer(text):
            for base, digits in zip((2, 8, 16), match.groups(), strict=True):
                if digits:
                    yield Fraction(int(digits, base))
    for match in _BASED.finditer(text):
        yield from _in_base(match[1], int(match[2]))
    with_units = with_units_in_digits(text)
    for match in _IN_BASE.finditer(with_units):
        for digits in re.findall(r"(?<![\da-zA-Z])[\da-zA-Z]{1,16}(?![\da-zA-Z])", text):
            yield from _in_base(digits, _base_of(match))
    yield from _by_cue(text)
    for colour in _COLOUR.findall(text):
        yield from (Fraction(int(byte, 16)) for byte in colour)
    if alone := _WHOLE_HEX.fullmatch(text):
        yield Fraction(int(alone[1], 16))
    if alone := _WHOLE_BINARY.fullmatch(text):
        yield Fraction(int(alone[1], 2))
    for match in _LONG_BINARY.finditer(text):
        if not match[0].endswith("00"):  # a round decimal number
            yield Fraction(int(match[0], 2))


def _base_of(match: re.Match[str]) -> int:
    digits = match[1] or match[2] or match[3]
    return int(digits) if digits.isdigit() else CHINESE_DIGITS.index(digits) - 1


def _by_cue(text: str) -> Iterator[Fraction]:
    with_units = with_units_in_digits(text)
    joined = re.sub(r"(?<=\b[0-9a-fA-F])[ ,.-]{1,2}(?=[0-9a-fA-F]\b)", "", with_units)
    switched = _SWITCHED.sub(
        lambda run: "".join("01"[word in _ON] for word in re.findall(r"\w+", run[0].lower())), text
    )
    for base, cue in _BASES.items():
        if not re.search(cue, text, re.IGNORECASE):
            continue
        in_groups = re.sub(r"(?<=[01]) (?=[01])", "", text)
        for reading in dict.fromkeys([in_groups, with_units, joined, switched]):
            for digits in re.findall(rf"{_ALONE[0]}{_SPELLED[base]}{_ALONE[1]}", reading):
                yield Fraction(int(digits, base))
        if base == 2:
            lamps = "".join("10"[bool(lamp[1])] for lamp in _LAMPS.findall(text))
            yield from (
                Fraction(int(bits, 2)) for bits in (lamps, lamps.translate(_SWAPPED)) if bits
            )


def _in_base(digits: str, base: int) -> Iterator[Fraction]:
    try:
        yield Fraction(int(digits, base))
    except ValueError:
        return
