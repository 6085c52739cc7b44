"""Names of numbers: in all languages of Unicode's CLDR, and back to digits in some of them."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache

from tutor.grading.leaks.plain_text import INVISIBLE, plain, with_letters

_UNCUT = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff]")
_FOLDED_ALREADY = {"en", "en_IN", "zh", "zh_Hant", "yue", "yue_Hans"}  # by mentioned_values
_MIN_NAME = 3  # characters
# Names of numbers in some language that are everyday words in an English hint.
_EVERYDAY = frozenset(
    {"bin", "cent", "fire", "hat", "mil", "mile", "nau", "once", "opt", "pet", "sep", "sept", "set"}
    | {"sex", "sis", "six", "tri", "try"}
)
_SPOKEN = ("en", "de", "fr", "es", "it", "pt", "nl")  # whose names are looked for in codes
READ_LANGUAGES = ("de", "fr", "es")  # whose numbers are read as digits


@lru_cache(maxsize=1)
def _languages() -> list[tuple[str, object]]:
    from unicode_rbnf import RbnfEngine  # reads a file for each language: a second, once

    names = sorted(RbnfEngine.get_supported_languages())
    return [(name, RbnfEngine.for_language(name)) for name in names]


def prepare() -> None:
    """Loads the languages, before a budget is opened."""
    for language in READ_LANGUAGES:
        _values_by_name(language)


# From a number to its names


def names_number(text: str, number: Fraction) -> bool:
    """Whether the text has the number's name in some language."""
    names = _names_of(number)
    return bool(names) and any(_has_name(reading, names) for reading in _spellings(text))


@lru_cache(maxsize=256)
def _spellings(text: str) -> frozenset[str]:
    shown = plain(text)
    readings = {
        _spelled(reading) for reading in (shown, with_letters(shown), _APOSTROPHE.sub(" ", shown))
    }
    return frozenset(readings | {_UMLAUT.sub(r"\1", reading) for reading in readings})


def _has_name(reading: str, names: tuple[str, ...]) -> bool:
    joined = reading.replace(" ", "")
    return any(_core(name) in joined and _pattern(name).search(reading) for name in names)


def _core(name: str) -> str:
    """What a text has of the name in any case, without its spaces."""
    return "rty" if "forty" in name else name.replace(" ", "")


@lru_cache(maxsize=512)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_bounded(name))


_APOSTROPHE = re.compile("['’ʼ]")
_UMLAUT = re.compile("([aou])e")  # fuenf for fünf


@lru_cache(maxsize=512)
def spoken_names(number: Fraction) -> frozenset[str]:
    """Its names in the languages of Western Europe, in small letters without spaces."""
    if number.denominator != 1 or not 2 < abs(number) < 10**9:
        return frozenset()
    forms = {
        re.sub(r"\W", "", form)
        for language, engine in _languages()
        if language in _SPOKEN
        for form in _forms(engine, abs(int(number)))
    }
    return frozenset(form for form in forms if len(form) >= _MIN_NAME)


def is_name_of(letters: str, number: Fraction) -> bool:
    """Whether decoded letters are a name of the number in a language of Western Europe."""
    return _joined(letters) in spoken_names(number)


@lru_cache(maxsize=512)
def _joined(letters: str) -> str:
    return re.sub(r"\W", "", _spelled(letters))


@lru_cache(maxsize=512)
def _names_of(number: Fraction) -> tuple[str, ...]:
    """Its names in all languages of Unicode's CLDR, spelled as by `_spelled`."""
    if number.denominator != 1 or not 2 < abs(number) < 10**9:
        return ()
    forms: set[str] = set()
    for language, engine in _languages():
        names = _forms(engine, abs(int(number)))
        if language == "en":  # for those who write it as one word
            names = {name for name in names if " " in name}
            names |= {name.replace("hundred ", "hundred and ") for name in names}
            forms |= names
        elif language not in _FOLDED_ALREADY:
            forms |= names
    return tuple(filter(_is_telling, forms))


def _forms(engine: object, number: int) -> set[str]:
    try:
        spelled = engine.format_number(number).text_by_ruleset  # type: ignore[attr-defined]
    except (ValueError, KeyError, ZeroDivisionError, RecursionError):
        return set()  # a rule that the library cannot follow
    return {_spelled(form) for form in spelled.values()}


def _spelled(text: str) -> str:
    """In small letters without accents; hyphens and the like become spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if unicodedata.category(char) not in INVISIBLE)
    bare = re.sub(r"(?<=[^\W\d_])['’ʼ](?=[^\W\d_])", "", bare)
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


# From names to numbers

_WORD = re.compile(r"[^\W\d_]+")
_MAX_WORDS = 7  # of a number below a thousand
# Articles, and names that are everyday words in English.
_NO_NUMBER = frozenset(
    {"un", "une", "una", "uno", "ein", "eine", "einen", "einem", "einer", "eines", "null", "once"}
    | {"cent", "mil", "elf", "mille", "on"}
)
_THOUSAND = frozenset({"mil", "mille", "tausend"})
_PARTS = {
    2: "halbe?|demis?|medios?", 3: "drittel|tiers|tercios?", 4: "viertel|quarts?|cuartos?",
    5: "funftel|cinquiemes?|quintos?", 6: "sechstel|sixiemes?|sextos?",
    7: "siebtel|septiemes?|septimos?", 8: "achtel|huitiemes?|octavos?",
    9: "neuntel|neuviemes?|novenos?", 10: "zehntel|dixiemes?|decimos?",
    12: "zwolftel|douziemes?|doceavos?", 20: "zwanzigstel|vingtiemes?|veinteavos?",
    100: "hundertstel|centiemes?|centesimos?",
}  # fmt: skip
_PART = [
    (re.compile(rf"(?<![\w.])(\d{{1,9}}|une?|eine?)\s(?:{names})\b"), bottom)
    for bottom, names in _PARTS.items()
]
_ONE_PART = re.compile(r"\b(?:une?|eine?)/(?=\d)")
_SIGNS = [
    (re.compile(pattern), sign)
    for pattern, sign in (
        (r"(?<=\d)\s?(?:komma|virgule|coma|punto)\s?(?=\d)", "."),
        (r"\bnull\skomma\s(?=\d)", "0."),
        (r"\b(?:une?|uno|eins)\s(?:virgule|coma|komma)\s(?=\d)", "1."),
        (r"(?<=\d)\s?(?:einhalb|et\sdemie?|y\smedi[oa])\b", ".5"),
        (r"(?<=\d),\sune?\b", ", 1"),
        (r"\banderthalb\b", "1.5"),
        (r"\b(?:minus|moins|menos)\s(?=\d)", "-"),
        (r"(?<=[\dxyz])\s(?:mal|fois|veces)\s(?=[\dxyz])", " times "),
        (r"(?<=[\dxyz])\smas\s(?=[\dxyz])", " plus "),
        (r"(?<=[\dxyz])\s(?:moins|menos)\s(?=[\dxyz])", " minus "),
        (r"(?<=\d)\s(?=[xz]\b)", ""),
        (r"(?<=\d)\s(?:geteilt\sdurch|divise\spar|dividido\s(?:por|entre))\s(?=\d)", "/"),
        (r"(?<=[\dxyz])\s(?:hoch|puissance|elevado\sa)\s(?=\d)", "^"),
        (r"(?<=\d)\s(?:prozent|pour\scent|por\sciento)\b", "%"),
    )
]


@lru_cache(maxsize=256)
def in_digits(text: str) -> tuple[str, ...]:
    """The text without accents and capitals, with the numbers of each read language in digits."""
    bare = unaccented(text)
    return tuple(_with_signs(_with_digits(bare, language)) for language in READ_LANGUAGES)


def _with_signs(reading: str) -> str:
    """With fractions, decimals and spoken operators in signs."""
    for pattern, bottom in _PART:
        reading = pattern.sub(rf"\1/{bottom}", reading)
    reading = _ONE_PART.sub("1/", reading)
    for pattern, sign in _SIGNS:
        reading = pattern.sub(sign, reading)
    return reading


def unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFKC", bare).replace("ß", "ss").lower()


def _with_digits(text: str, language: str) -> str:
    words = list(_WORD.finditer(text))
    pieces, end, index = [], 0, 0
    while index < len(words):
        count, value = _number_at(text, words, index, _values_by_name(language))
        if count:
            pieces += [text[end : words[index].start()], value]
            end = words[index + count - 1].end()
        index += count or 1
    return "".join([*pieces, text[end:]])


def _number_at(
    text: str, words: list[re.Match[str]], start: int, values: dict[str, int]
) -> tuple[int, str]:
    """How many words a number from here on has, and its digits."""
    count, value = _below_thousand(text, words, start, values)
    after = start + count
    if after < len(words) and words[after][0] in _THOUSAND and _adjoin(text, words, after):
        more, rest = _below_thousand(text, words, after + 1, values)
        more = more if more and _adjoin(text, words, after + 1) else 0
        return count + 1 + more, str(1000 * (value or 1) + (rest if more else 0))
    return (count, str(value)) if count else _compound(words[start][0], values)


def _below_thousand(
    text: str, words: list[re.Match[str]], start: int, values: dict[str, int]
) -> tuple[int, int]:
    name, best = "", (0, 0)
    for count, word in enumerate(words[start : start + _MAX_WORDS], 1):
        if count > 1 and not _adjoin(text, words, start + count - 1):
            break
        name = f"{name} {word[0]}".strip()
        if name in values and name not in _NO_NUMBER:
            best = count, values[name]
    return best


def _adjoin(text: str, words: list[re.Match[str]], index: int) -> bool:
    between = text[words[index - 1].end() : words[index].start()] if index < len(words) else ""
    return index > 0 and between in (" ", "-", "\n")


def _compound(word: str, values: dict[str, int]) -> tuple[int, str]:
    """German: dreitausendzwei, dreieinhalb."""
    if word.endswith("einhalb") and (whole := values.get(word[:-7])):
        return 1, f"{whole}.5"
    before, thousand, after = word.partition("tausend")
    if thousand and (before or after):
        parts = values.get(before or "ein"), values.get(after.removeprefix("und") or "null")
        if None not in parts:
            return 1, str(1000 * (parts[0] or 0) + (parts[1] or 0))
    return 0, ""


@lru_cache(maxsize=8)
def _values_by_name(language: str) -> dict[str, int]:
    engine = dict(_languages())[language]
    values = {form: number for number in range(1000) for form in _forms(engine, number)}
    if language == "fr":
        values |= {
            f"{tens} {unit}".strip(): ten + number
            for tens, ten in (("septante", 70), ("nonante", 90))  # in Belgium and Switzerland
            for number, unit in enumerate(_FRENCH_UNITS)
        }
    return values | ({"zwo": 2} if language == "de" else {})


_FRENCH_UNITS = ("", "et un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
