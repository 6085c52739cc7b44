"""Texts that a text holds in code: encoded, shifted, spelled in Morse, in initials."""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote

from tutor.grading.leaks.plain_text import plain

MAX_CODE = 60  # characters of a decoded text; a longer one is a whole hint, turned around
_DEPTH = 3  # of codes within one another
_CODE_CUE = re.compile(
    r"ascii|unicode|code|byte|char|decod|base[\s-]?(?:32|58|64|85)|hex|utf|cipher|secret|编码|字符|zeichen"
    r"|caractère|carácter",
    re.IGNORECASE,
)
_WORDLESS = re.compile(r"[^A-Za-z\s-]+")
ATBASH = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "zyxwvutsrqponmlkjihgfedcbaZYXWVUTSRQPONMLKJIHGFEDCBA",
)
_TOKEN = re.compile(r"[A-Za-z0-9+/_-]{2,}={0,6}|={1,2}[A-Za-z0-9+/_-]{2,}")
_APART = re.compile(r"(?<!\S)[A-Za-z0-9+/=](?: [A-Za-z0-9+/=]){3,80}(?!\S)")
_MORSE = {
    ".-": "a", "-...": "b", "-.-.": "c", "-..": "d", ".": "e", "..-.": "f", "--.": "g", "....": "h",
    "..": "i", ".---": "j", "-.-": "k", ".-..": "l", "--": "m", "-.": "n", "---": "o", ".--.": "p",
    "--.-": "q", ".-.": "r", "...": "s", "-": "t", "..-": "u", "...-": "v", ".--": "w", "-..-": "x",
    "-.--": "y", "--..": "z", "-----": "0", ".----": "1", "..---": "2", "...--": "3", "....-": "4",
    ".....": "5", "-....": "6", "--...": "7", "---..": "8", "----.": "9",
}  # fmt: skip
_DOT = re.compile(r"\b(?:dot|dit|di|kurz|short|punkt|point|punto)\b[ ,]?", re.IGNORECASE)
_DASH = re.compile(r"\b(?:dash|dah|lang|long|strich|trait|raya)\b[ ,]?", re.IGNORECASE)
_SHIFT_CUE = re.compile(r"keyboard|shift|keys?\b|tastatur|clavier|teclado|键", re.IGNORECASE)
_PHONE_CUE = re.compile(r"phone|keypad|telefon|téléphone|teléfono|手机|电话", re.IGNORECASE)
_ALPHABET_CUE = re.compile(
    r"alphabet|a\s?(?:=|is|:|->|→)\s?1\b|letters?|buchstabe|lettre|letra|字母", re.IGNORECASE
)
_SHIFTED = str.maketrans("!@#$%^&*()", "1234567890")
_PHONE = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_WORDS_OF_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{1,8}(?![A-Za-z])")
_LETTER_NUMBERS = re.compile(r"(?<!\d)(?:1?\d|2[0-6])(?:[\s,.-]{1,2}(?:1?\d|2[0-6])){2,20}(?!\d)")


def decoded(text: str) -> Iterator[str]:
    """The text, or words in it, as decoders read them; mostly nonsense."""
    shown = plain(text)
    yield from _unwrapped(shown, _DEPTH)
    yield from _byte_lists(shown)
    yield from _morse(shown)
    for turned in (shown[::-1], codecs.decode(shown, "rot13"), shown.translate(ATBASH)):
        yield _WORDLESS.sub(" ", turned)  # digits and formulas are as they were
    yield from letters_apart(shown)
    yield from initials(shown)
    yield from _by_keys(shown)


@lru_cache(maxsize=256)  # a hint is often the same in all variants of its problem
def all_decoded(text: str) -> tuple[str, ...]:
    """As `decoded`; for a text that is known to have few codes."""
    return tuple(decoded(text))


@lru_cache(maxsize=256)
def first_unwrapped(text: str, count: int) -> tuple[str, ...]:
    return tuple(islice(unwrapped(text), count))


def unwrapped(text: str) -> Iterator[str]:
    """What comes out of base64, of escapes and the like, also of one in another."""
    yield from _unwrapped(plain(text), _DEPTH)


def _unwrapped(text: str, depth: int) -> Iterator[str]:
    """Decoded again and again, as far as something comes out."""
    readings = dict.fromkeys([*_escapes(text), *_of_tokens(text)])
    for reading in readings:
        yield reading
        if depth > 1 and len(reading) > 1:
            yield from _unwrapped(reading, depth - 1)


def _of_tokens(text: str) -> Iterator[str]:
    tokens = _TOKEN.findall(text)
    tokens += [re.sub(" ", "", run) for run in _APART.findall(text)]
    joined = "".join(token for token in tokens if re.search(r"[A-Z0-9=+/]", token))
    for token in dict.fromkeys([*tokens, joined if len(joined) <= 200 else ""]):
        for way in (token, token[::-1]):
            for reading in _of_bytes(way):
                if len(reading) > 1 or len(token) > 3 or _CODE_CUE.search(text):
                    yield reading


def _escapes(text: str) -> Iterator[str]:
    quoted = re.sub(r"=([2-7][\dA-F])", lambda match: chr(int(match[1], 16)), text)
    written = re.sub(
        r"\\u\{?([\da-fA-F]{4})\}?|\\x([\da-fA-F]{2})|U\+([\da-fA-F]{4})\s?",
        lambda match: chr(int(match[1] or match[2] or match[3], 16)),
        text,
    )
    octal = re.sub(r"\\([0-3][0-7]{2}|0[0-7]{2})", lambda match: chr(int(match[1], 8)), text)
    of_tex = re.sub(r"\\char\s?([3-9]\d|1[01]\d)(?!\d)", lambda match: chr(int(match[1])), text)
    for reading in (html.unescape(text), unquote(text), quoted, written, octal, of_tex):
        if reading != text:
            yield reading


def _of_bytes(token: str) -> Iterator[str]:
    body = token.strip("=")
    padded = body + "=" * (-len(body) % 8)
    decoders: tuple[Callable[[], bytes], ...] = (
        lambda: base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True),
        lambda: base64.b64decode(body + "=" * (-len(body) % 4), validate=True),
        lambda: base64.b32decode(padded),
        lambda: bytes.fromhex(body),
    )
    for decode in decoders:
        try:
            reading = decode().decode("utf-8")
        except (ValueError, binascii.Error):
            continue
        if reading and reading.isprintable():
            yield reading


def _byte_lists(text: str) -> Iterator[str]:
    """52 50 and 0x34 0x32 and 00110100 00110010 as characters."""
    patterns = (
        (10, r"\d{2,3}"),
        (16, r"(?:0x|\\x|%)?[\da-fA-F]{2}"),
        (2, "[01]{7,8}"),
        (8, "0?[0-7]{2,3}"),
    )
    is_announced = bool(_CODE_CUE.search(text))
    for base, byte in patterns:
        for run in re.finditer(rf"(?<![\w.]){byte}(?:[\s,;:-]+{byte})*(?![\w])", text):
            numbers = [
                int(code, base)
                for code in re.findall(
                    rf"(?:0x)?({byte[-12:] if base != 16 else '[0-9a-fA-F]{2}'})", run[0]
                )
            ]
            is_code = len(numbers) > 1 or is_announced or base == 2 or run[0].startswith("0x")
            if is_code and all(32 <= code < 127 for code in numbers):
                yield "".join(map(chr, numbers))


def _morse(text: str) -> Iterator[str]:
    in_signs = _DASH.sub("-", _DOT.sub(".", text))
    for reading in dict.fromkeys([text, in_signs]):
        dotted = reading.translate(str.maketrans("·•−–—", "..---"))
        for run in re.finditer(r"(?<![.\w-])[.-]{1,5}(?:[ /]+[.-]{1,5})*(?![.\w-])", dotted):
            signs = re.split(r"[ /]+", run[0])
            if all(sign in _MORSE for sign in signs) and len(run[0]) > 3:
                yield "".join(_MORSE[sign] for sign in signs)


def letters_apart(text: str) -> Iterator[str]:
    """f-o-r-t-y as forty."""
    joined = re.sub(
        r"(?<![^\W\d_])[^\W\d_](?:[\s.\-_,*·/|]+[^\W\d_](?![^\W\d_])){2,}",
        lambda run: re.sub(r"[\W_]", "", run[0]),
        text,
    )
    if joined != text:
        yield joined


def initials(text: str) -> Iterator[str]:
    """The first or last letters of lines, sentences and words; those in bold; the capitals."""
    sentences = re.split(r"(?<=[.!?:;])\s+|\n", text)
    for pieces in (text.split("\n"), sentences, text.split()):
        words = [letters for piece in pieces if (letters := [*filter(str.isalpha, piece)])]
        scripts = {letters[0].isascii() for letters in words}  # 两 x x spells nothing
        if len(words) > 2 and len(scripts) == 1:
            yield "".join(letters[0] for letters in words)
            yield "".join(letters[-1] for letters in words)
            yield "".join(letters[1] for letters in words if len(letters) > 1)
    for letters in (re.findall(r"\*\*?([^\W\d_]{1,3})\*\*?", text), re.findall(r"[A-Z]", text)):
        if len(letters) > 2:
            yield "".join(letters)


def _by_keys(text: str) -> Iterator[str]:
    """By keys of a keyboard or a phone, or by places in the alphabet."""
    if _SHIFT_CUE.search(text):
        yield from (run[0].translate(_SHIFTED) for run in re.finditer(r"[!@#$%^&*()]{1,12}", text))
    capitals = _WORDS_OF_CAPITALS.findall(text)
    if _PHONE_CUE.search(text):
        yield from (word.translate(_PHONE) for word in capitals)
        yield from (word[0].translate(_PHONE) for word in capitals)
    if _ALPHABET_CUE.search(text):
        yield from ("".join(str(ord(letter) - 64) for letter in word) for word in capitals)
    for run in _LETTER_NUMBERS.finditer(text):
        numbers = [int(digits) for digits in re.findall(r"\d+", run[0])]
        if all(numbers):
            yield "".join(chr(96 + number) for number in numbers)
