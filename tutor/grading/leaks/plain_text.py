"""A text in ordinary characters, and as it looks to a reader."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

MAX_LENGTH = 8_000  # characters of a text that are decoded
INVISIBLE = {"Cf", "Cc", "Mn", "Me"}  # format and control characters, marks on a character
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"  # exponents, which say no digit of a number
_CHEQUE_NUMERALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_LATIN_TWINS = str.maketrans("аеорсухіјѕкмтοιανε", "aeopcyxijskmtoiave")  # Cyrillic and Greek
_MIXED_WORD = re.compile(r"\b(?=\w*[a-zA-Z])(?=\w*[а-яіјѕα-ω])\w{2,40}\b")
_CYRILLIC_TWINS = re.compile(r"\b[аеорсухіјѕ]{2,40}\b")
_CAPITAL_TWINS = str.maketrans("АВСЕНКМОРТХІΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABCEHKMOPTXIABEZHIKMNOPTYX")
_MIXED_CAPITALS = re.compile("(?<!\\w)[A-ZА-ЯІΑ-Ω]{2,40}(?!\\w)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡᴢʏ", "abcdefghijklmnopqrstuvwzy", strict=True))
_FRAMED = {
    chr(first + index): _LETTERS[index].upper()
    for first in (0x1F150, 0x1F170, 0x1F1E6)  # in black circles, in black squares, as flags
    for index in range(26)
}
_BRAILLE = dict(zip("⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵", _LETTERS, strict=True))
_BRAILLE_NUMBER = re.compile("⠼([⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚]{1,40})")
_SUBSCRIPT = re.compile(r"(?<=[0-9A-Za-z)])([₀-₉]{1,40})")
_TURNED = dict(zip("ɐqɔpǝɟƃɥᴉɾʞןɯuodbɹsʇnʌʍxʎz", _LETTERS, strict=True))
_IS_TURNED = re.compile("[ɐɔǝɟƃɥᴉɾʞןɯɹʇʌʍʎ]")
_RIGHT_TO_LEFT = re.compile("\u202e([^\u202c\u202e]{1,200})")
_LIKE_DIGITS = re.compile(r"(?<!\w)(?=[\dlIOo]{2,9}(?!\w))[lIOo]*+\d[\dlIOo]*+")
_DIGIT_TWINS = str.maketrans("lIOo", "1100")
_LETTER_DIGITS = str.maketrans("0134578", "oieastb")
_MIXED_WITH_DIGITS = re.compile(r"\b(?=[0-9]*[A-Za-z])(?=[A-Za-z]*[0-9])\w{2,40}\b")
_UNSEEN = re.compile(
    r"(?<=\d)(?:\\[!,;: ]|\\[hv]space\{[^{}]{0,9}\}|\\(?:phantom|text|mbox)\{\s?\}"
    r"|\{\}|<!--.{0,40}?-->"
    r"|</?[a-z][^<>]{0,30}>)+(?=\d)"
)
_TAGS = {0xE0000 + code: chr(code) for code in range(32, 127)}


def plain(text: str) -> str:
    """Without invisible characters, in ordinary letters and digits: ４２, ٤٢, ④② and 4️⃣2️⃣ are 42.

    A word that mixes scripts is in Latin letters. Runs of blanks become one blank.
    """
    text = _SUBSCRIPT.sub(r"_\1", text[:MAX_LENGTH])
    text = _BRAILLE_NUMBER.sub(lambda run: "".join(map(_braille_digit, run[1])), text)
    visible = (char for char in text if char in "\n\t" or not _is_invisible(char))
    ordinary = "".join(map(_ordinary, visible)).translate(_CHEQUE_NUMERALS)
    ordinary = _MIXED_CAPITALS.sub(lambda word: word[0].translate(_CAPITAL_TWINS), ordinary)
    for twins in (_MIXED_WORD, _CYRILLIC_TWINS):
        ordinary = twins.sub(lambda word: word[0].translate(_LATIN_TWINS), ordinary)
    ordinary = re.sub(r"\bper cent\b", "percent", ordinary)
    return re.sub(r"[^\S\n]+", " ", re.sub(r"\n\s*", "\n", ordinary))


def looks(text: str) -> Iterator[str]:
    """How else a reader may see it: turned around by a control character or by its letters."""
    turned = _RIGHT_TO_LEFT.sub(lambda run: run[1][::-1], text)
    if turned != text:
        yield plain(turned)
    if _IS_TURNED.search(text):
        yield "".join(_TURNED.get(char, char) for char in reversed(text[:MAX_LENGTH]))
    shown = plain(text)
    with_digits = _LIKE_DIGITS.sub(lambda word: word[0].translate(_DIGIT_TWINS), shown)
    tagged = plain(text.translate(_TAGS))
    for reading in (with_digits, with_letters(shown), _UNSEEN.sub("", shown), tagged):
        if reading != shown:
            yield reading


def with_letters(text: str) -> str:
    """f0rty as forty."""
    return _MIXED_WITH_DIGITS.sub(lambda word: word[0].translate(_LETTER_DIGITS), text)


def _braille_digit(char: str) -> str:
    return str((_LETTERS.index(_BRAILLE[char]) + 1) % 10)


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in INVISIBLE


def _ordinary(char: str) -> str:
    if char.isascii() or char in _RAISED:
        return char
    if letter := _SMALL_CAPITALS.get(char) or _FRAMED.get(char) or _BRAILLE.get(char):
        return letter
    digit = unicodedata.digit(char, None)
    return _composed(char) if digit is None else str(digit)


def _composed(char: str) -> str:
    composed = unicodedata.normalize("NFKC", char)
    if composed != char or unicodedata.category(char) not in ("No", "Nl"):
        return composed
    value = unicodedata.numeric(char, None)
    return str(int(value)) if value is not None and value == int(value) else char
