"""Decodes what a text says in disguise: in code, digit by digit, backwards, in any language.

A hint is withheld if a decoder finds the stored answer in it. Other modules compare the readings
with the answer; most readings are nonsense.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from urllib.parse import unquote

from tutor.grading.leaks.descriptions import described, sums_of_known

MAX_LENGTH = 8_000  # characters of a text that are decoded
MAX_CODE = 60  # characters of a decoded text; a longer one is a whole hint, turned around
_INVISIBLE = {"Cf", "Cc", "Mn", "Me"}  # format and control characters, marks on a character
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"  # exponents, which say no digit of a number
_CHEQUE_NUMERALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_LATIN_TWINS = str.maketrans("аеорсухіјѕкмтοιαν", "aeopcyxijskmtoiav")  # Cyrillic and Greek
_MIXED_WORD = re.compile(r"\b(?=\w*[a-zA-Z])(?=\w*[а-яіјѕα-ω])\w{2,40}\b")


def plain(text: str) -> str:
    """Without invisible characters, in ordinary letters and digits: ４２, ٤٢, ④② and 4️⃣2️⃣ are 42.

    A word that mixes scripts is in Latin letters.
    """
    visible = (char for char in text[:MAX_LENGTH] if char in "\n\t" or not _is_invisible(char))
    ordinary = "".join(map(_ordinary, visible)).translate(_CHEQUE_NUMERALS)
    ordinary = _MIXED_WORD.sub(lambda word: word[0].translate(_LATIN_TWINS), ordinary)
    ordinary = re.sub(r"\bper cent\b", "percent", ordinary)
    return re.sub(r"[^\S\n]+", " ", re.sub(r"\n\s*", "\n", ordinary))


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in _INVISIBLE


def _ordinary(char: str) -> str:
    if char.isascii() or char in _RAISED:
        return char
    digit = unicodedata.digit(char, None)
    return unicodedata.normalize("NFKC", char) if digit is None else str(digit)


# Numbers


def numbers_in(text: str, known: str = "") -> set[Fraction]:
    """Numbers that are written digit by digit, backwards, in another base, as tallies or as a sum.

    known: what the reader knows already; a sum of its numbers is no news.
    """
    shown, told = plain(text), plain(known)
    numbers = {*_digit_by_digit(shown), *_backwards(shown), *_in_other_bases(shown)}
    numbers |= {*_roman(shown), *_tallied(shown)}
    numbers |= {*described(shown)} - {*described(told)}
    return numbers - sums_of_known(shown, told)


_LONE_DIGIT = re.compile(r"(?<!\w)\d(?!\w|\.\d\d)")
_THEN = r",?\s{1,9}(?:and\s{1,9})?(?:then|followed\s{1,9}by)\s{1,9}(?:an?\s{1,9})?"
_GAP = re.compile(
    rf"\s{{0,9}}[-–—./_|,;:·*+&~]\s{{0,9}}|{_THEN}|\s{{1,9}}(?:and\s{{1,9}}|再|然后)?"
)
_MAX_GAP = 60  # characters between two digits
_TWO_APART = re.compile(rf"\s+|{_THEN}|\s*[_|·~–—-]\s*|\s*\.\s+")  # 3/5, 3 - 5 say else
_OF_DIGITS = re.compile(r"digits?\b|ziffer|chiffre|cifra|dígito|数字|[位]", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<!\d)[.!?;\n]|(?<=\d)[.!?;\n](?=\s|$)|[。！？；]")
_BACKWARDS = re.compile(
    r"backwards?|revers|right to left|from the (?:end|right)|mirror|other way (?:a)?round|flip"
    r"|rückwärts|umgekehrt|à l['’]envers|al revés|倒|反过来|从右",
    re.IGNORECASE,
)


_UNITS = dict(
    zip(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
        "0123456789",
        strict=True,
    )
)
_UNIT = re.compile(rf"\b(?:{'|'.join(_UNITS)})\b", re.IGNORECASE)


_CHINESE_DIGITS = "〇零一二三四五六七八九"
_CHINESE_RUN = re.compile(
    rf"(?<![{_CHINESE_DIGITS}十百千万亿])[{_CHINESE_DIGITS}]"
    rf"(?: ?[{_CHINESE_DIGITS}])+(?![十百千万亿])"
)


def _digit_by_digit(text: str) -> Iterator[Fraction]:
    folded = _UNIT.sub(lambda word: _UNITS[word[0].lower()], text)
    for digits in (*_digits_apart(text), *_digits_apart(folded)):
        yield from _of_digits(digits)
        yield from _of_digits(digits[::-1] if len(digits) > 2 else "")
    for run in _CHINESE_RUN.finditer(text):
        digits = run[0].replace(" ", "").replace("〇", "零")
        yield from _of_digits("".join(str(_CHINESE_DIGITS.index(digit) - 1) for digit in digits))
    for sentence in _SENTENCE.split(folded):
        if _OF_DIGITS.search(sentence):
            digits = "".join(re.findall(r"(?<!\d)\d(?!\d)", sentence))
            yield from _of_digits(digits)
            yield from _of_digits(digits[::-1])


def _digits_apart(text: str) -> Iterator[str]:
    """Runs of single digits with nothing but signs and the like between them."""
    digits, gap = "", ""
    end = 0
    for digit in _LONE_DIGIT.finditer(text):
        between = text[end : digit.start()]
        if digits and len(between) <= _MAX_GAP and _GAP.fullmatch(between):
            digits, gap = digits + digit[0], between
        else:
            yield from _complete(digits, gap)
            digits = "" if text[digit.start() - 1 : digit.start()] == "." else digit[0]
        end = digit.end()
    yield from _complete(digits, gap)


def _complete(digits: str, gap: str) -> Iterator[str]:
    if len(digits) > 2 or (len(digits) == 2 and _TWO_APART.fullmatch(gap)):
        yield digits


def _backwards(text: str) -> Iterator[Fraction]:
    is_announced = bool(_BACKWARDS.search(text))
    for run in re.finditer(r"\d+(?:\.\d+)?", text):
        if is_announced or len(run[0]) > 2:
            yield from _of_digits(run[0][::-1])


def _of_digits(digits: str) -> Iterator[Fraction]:
    if re.fullmatch(r"\d{1,40}(?:\.\d{1,40})?", digits):
        yield Fraction(digits)


_BASES = {
    2: r"binary|base[\s-]?2\b|base two|dual|二进制",
    8: r"octal|base[\s-]?8\b|base eight|八进制",
    16: r"hex|base[\s-]?16\b|base sixteen|十六进制",
}
_PREFIXED = re.compile(r"\b0(?:[bB]([01]{1,64})|[oO]([0-7]{1,20})|[xX]([\da-fA-F]{1,16}))\b")
_LONG_BINARY = re.compile(r"(?<![\d.,])1[01]{4,63}(?![\d.,]\d|\d)")
_SPELLED = {2: "[01]{1,64}", 8: "[0-7]{1,20}", 16: r"[\da-fA-F]{1,16}"}


def _in_other_bases(text: str) -> Iterator[Fraction]:
    for match in _PREFIXED.finditer(text):
        for base, digits in zip((2, 8, 16), match.groups(), strict=True):
            if digits:
                yield Fraction(int(digits, base))
    for base, cue in _BASES.items():
        if re.search(cue, text, re.IGNORECASE):
            for digits in re.findall(
                rf"\b{_SPELLED[base]}\b", re.sub(r"(?<=[01]) (?=[01])", "", text)
            ):
                yield Fraction(int(digits, base))
    for match in _LONG_BINARY.finditer(text):
        if not match[0].endswith("00"):  # a round decimal number
            yield Fraction(int(match[0], 2))


_ROMAN = re.compile(r"\bM{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def _roman(text: str) -> Iterator[Fraction]:
    is_announced = bool(re.search(r"roman|römisch|romain|罗马", text, re.IGNORECASE))
    for match in _ROMAN.finditer(text.upper() if is_announced else text):
        if len(match[0]) > (0 if is_announced else 1):
            values = [_ROMAN_VALUES[letter] for letter in match[0]]
            pairs = zip(values, [*values[1:], 0], strict=True)
            yield Fraction(sum(-value if value < after else value for value, after in pairs))


def _tallied(text: str) -> Iterator[Fraction]:
    """By tallies and dots."""
    for match in re.finditer(r"([•●○★☆▪■✦✓✔🍎⭐🔵])(?:\s?\1){2,99}|(?<!\|)\|(?:\s?\|){2,99}", text):
        yield Fraction(len(re.sub(r"\s", "", match[0])))


# Words of all languages

_UNCUT = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff]")
_FOLDED_ALREADY = {"en", "en_IN", "zh", "zh_Hant", "yue", "yue_Hans"}  # by mentioned_values
_MIN_NAME = 3  # characters
# Names of numbers in some language that are everyday words in an English hint.
_EVERYDAY = frozenset(
    {"bin", "cent", "fire", "hat", "mil", "mile", "nau", "once", "opt", "pet", "sep", "sept", "set"}
    | {"sex", "sis", "six", "tri", "try"}
)


@lru_cache(maxsize=1)
def _languages() -> list[tuple[str, object]]:
    from unicode_rbnf import RbnfEngine  # reads a file for each language: a second, once

    names = sorted(RbnfEngine.get_supported_languages())
    return [(name, RbnfEngine.for_language(name)) for name in names if name not in _FOLDED_ALREADY]


def prepare() -> None:
    """Loads the languages, before a budget is opened."""
    _languages()


@lru_cache(maxsize=512)
def _names_of(number: Fraction) -> re.Pattern[str] | None:
    """A pattern for its names in all languages of Unicode's CLDR, spelled as by `_spelled`."""
    if number.denominator != 1 or not 2 < abs(number) < 10**9:
        return None
    forms: set[str] = set()
    for _language, engine in _languages():
        try:
            spelled = engine.format_number(abs(int(number))).text_by_ruleset  # type: ignore[attr-defined]
        except (ValueError, KeyError, ZeroDivisionError, RecursionError):
            continue  # a rule that the library cannot follow
        forms |= {_spelled(form) for form in spelled.values()}
    if " " in (english := _spelled(_english(abs(int(number))))):
        forms.add(english)  # for those who write it as one word
    words = sorted(filter(_is_telling, forms), key=len, reverse=True)
    if not words:
        return None
    return re.compile("|".join(map(_bounded, words)))


def _spelled(text: str) -> str:
    """In small letters without accents; hyphens and the like become spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if unicodedata.category(char) not in _INVISIBLE)
    return re.sub(r"[\W_]+", " ", bare).strip()


def _is_telling(form: str) -> bool:
    if not form or re.search(r"\d", form) or form in _EVERYDAY:
        return False
    return len(form) > 1 if _UNCUT.search(form) else len(form) >= _MIN_NAME


def _bounded(form: str) -> str:
    if _UNCUT.search(form):
        return re.escape(form)
    end = "" if len(form) >= 9 else r"(?!\w)"  # long ones may be inflected
    words = re.escape(form).replace(r"\ ", " ?")  # a hyphen that nobody sees was between them
    words = words.replace("forty", "fou?rty")
    return rf"(?<!\w){words}{end}"


def names_number(text: str, number: Fraction) -> bool:
    """Whether the text has the number's name in some language."""
    names = _names_of(number)
    shown = plain(text)
    return bool(names and any(map(names.search, {_spelled(shown), _spelled(_with_letters(shown))})))


_LETTER_DIGITS = str.maketrans("013457", "oieast")


def _with_letters(text: str) -> str:
    """f0rty as forty."""
    return re.sub(
        r"\b(?=[0-9]*[A-Za-z])(?=[A-Za-z]*[0-9])\w{2,40}\b",
        lambda word: word[0].translate(_LETTER_DIGITS),
        text,
    )


def is_name_of(letters: str, number: Fraction) -> bool:
    """Whether decoded letters, without spaces, are the English name of the number."""
    if number.denominator != 1 or not 2 < number < 10**9:
        return False
    return re.sub(r"\W", "", letters).lower() == re.sub(r"\W", "", _english(int(number)))


@lru_cache(maxsize=512)
def _english(number: int) -> str:
    from unicode_rbnf import RbnfEngine

    return str(RbnfEngine.for_language("en").format_number(number).text)


# Codes, of numbers and of words


def decoded(text: str) -> Iterator[str]:
    """The text, or words in it, as decoders read them; mostly nonsense."""
    shown = plain(text)
    yield from _escapes(shown)
    for token in re.findall(r"[A-Za-z0-9+/_-]{2,}={0,6}", shown):
        yield from _of_bytes(token)
    yield from _byte_lists(shown)
    yield from _morse(shown)
    for turned in (shown[::-1], codecs.decode(shown, "rot13"), shown.translate(_ATBASH)):
        yield _WORDLESS.sub(" ", turned)  # digits and formulas are as they were
    yield from _letters_apart(shown)
    yield from _initials(shown)


_WORDLESS = re.compile(r"[^A-Za-z\s-]+")
_ATBASH = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "zyxwvutsrqponmlkjihgfedcbaZYXWVUTSRQPONMLKJIHGFEDCBA",
)


def _escapes(text: str) -> Iterator[str]:
    for reading in (html.unescape(text), unquote(text)):
        if reading != text:
            yield reading
    written = re.sub(
        r"\\u([\da-fA-F]{4})|\\x([\da-fA-F]{2})|U\+([\da-fA-F]{4})\s?",
        lambda match: chr(int(match[1] or match[2] or match[3], 16)),
        text,
    )
    if written != text:
        yield written


def _of_bytes(token: str) -> Iterator[str]:
    body = token.rstrip("=")
    padded = body + "=" * (-len(body) % 8)
    decoders: tuple[Callable[[], bytes], ...] = (
        lambda: base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True),
        lambda: base64.b64decode(body + "=" * (-len(body) % 4), validate=True),
        lambda: base64.b32decode(padded),
        lambda: bytes.fromhex(body),
    )
    for decode in decoders:
        try:
            decoded = decode().decode("ascii")
        except (ValueError, binascii.Error):
            continue
        if decoded and decoded.isprintable():
            yield decoded


def _byte_lists(text: str) -> Iterator[str]:
    """52 50 and 0x34 0x32 and 00110100 00110010 as characters."""
    patterns = (
        (10, r"\d{2,3}"),
        (16, r"(?:0x)?[\da-fA-F]{2}"),
        (2, "[01]{7,8}"),
        (8, "0?[0-7]{2,3}"),
    )
    for base, byte in patterns:
        for run in re.finditer(rf"(?<![\w.]){byte}(?:[\s,;:-]+{byte})*(?![\w])", text):
            codes = [int(code, base) for code in re.findall(byte, run[0])]
            if all(32 <= code < 127 for code in codes):
                yield "".join(map(chr, codes))


_MORSE = {
    ".-": "a", "-...": "b", "-.-.": "c", "-..": "d", ".": "e", "..-.": "f", "--.": "g", "....": "h",
    "..": "i", ".---": "j", "-.-": "k", ".-..": "l", "--": "m", "-.": "n", "---": "o", ".--.": "p",
    "--.-": "q", ".-.": "r", "...": "s", "-": "t", "..-": "u", "...-": "v", ".--": "w", "-..-": "x",
    "-.--": "y", "--..": "z", "-----": "0", ".----": "1", "..---": "2", "...--": "3", "....-": "4",
    ".....": "5", "-....": "6", "--...": "7", "---..": "8", "----.": "9",
}  # fmt: skip


def _morse(text: str) -> Iterator[str]:
    dotted = text.translate(str.maketrans("·•−–—", "..---"))
    for run in re.finditer(r"(?<![.\w-])[.-]{1,5}(?:[ /]+[.-]{1,5})*(?![.\w-])", dotted):
        signs = re.split(r"[ /]+", run[0])
        if all(sign in _MORSE for sign in signs) and len(run[0]) > 3:
            yield "".join(_MORSE[sign] for sign in signs)


def _letters_apart(text: str) -> Iterator[str]:
    """f-o-r-t-y as forty."""
    joined = re.sub(
        r"(?<![^\W\d_])[^\W\d_](?:[\s.\-_,*·/|]+[^\W\d_](?![^\W\d_])){2,}",
        lambda run: re.sub(r"[\W_]", "", run[0]),
        text,
    )
    if joined != text:
        yield joined


def _initials(text: str) -> Iterator[str]:
    """The first letters of lines, of sentences, and of words that all begin with capitals."""
    for pieces in (text.split("\n"), re.split(r"(?<=[.!?:;])\s+|\n", text), text.split()):
        starts = [match[0] for piece in pieces if (match := re.search(r"[^\W\d_]", piece))]
        if len(starts) > 2:
            yield "".join(starts)
