"""Numbers that a reader gets by counting: signs, letters, words, dots of dice, years cut short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

_SIGN_RUN = re.compile(r"(?![\w.,;:()\[\]{}$\\=<>+*/#\"'’–—…~^-])(\S)(?:\s?\1){2,200}")
_STAR_RUN = re.compile(r"(?<![*\w])([*+.#=~_-])(?:\s?\1){2,200}(?![*\w])")
_BARS = re.compile(r"(?<!\|)\|(?:[\s/\\]{0,2}\|){2,199}")
_PUNCTUATION = frozenset("!?%&|@")
_LETTER_RUN = re.compile(r"\b([^\W\d_])\1{3,200}\b")
_WORD_RUN = re.compile(r"\b([^\W\d_]{2,12})(?:[\s,;.!-]{1,2}\1\b){2,60}", re.IGNORECASE)
_STROKES = re.compile("[正𝍷𝍸]")
_PIPS = re.compile("[⚀-⚅]")
_LETTERS_OF = re.compile(
    r"(?:letters?|characters|buchstaben|lettres|letras)\b[^.!?;\n]{0,30}?(?<![^\W\d_])"
    r"(?:word|as|in|of|wort|wie|in|von|hat|que|mot|dans|de|palabra|tiene"
    r"|has)\s+[\"'“„«‘]?\s?([^\W\d_]{2,40})",
    re.IGNORECASE,
)
_AFTER_WORD = re.compile(
    r"\b(?:word|wort|mot|palabra)\s[\"'“„«‘]?\s?([^\W\d_]{2,40})", re.IGNORECASE
)
_HAS_LETTERS = re.compile(r"[\"'“„«‘]([^\W\d_]{2,40})[\"'”“»’]|\b([A-Z]{3,40})\b")
_LETTER_CUE = re.compile(r"letters?|characters|buchstaben|lettres|letras|字母", re.IGNORECASE)
_WORD_CUE = re.compile(
    r"words|wörter|worte|mots|palabras|(?:多少|几)个字|字数|syllables", re.IGNORECASE
)
_COUNT_CUE = re.compile(
    r"count|number of|how many|as many|zähl|anzahl|so viele|compte|nombre|autant"
    r"|cuenta|tant[ao]s|数一?数|有几|多少|length",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?:;\n。！？；：]+")
_FEW = {"one": 1, "two": 2, "three": 3, "four": 4}
_STROKES_MORE = re.compile(
    r"\b(one|two|three|four|[1-4])\s+(?:more\s+)?strokes?\b|[一丁上止](?=\W|$)"
)


def counted(text: str) -> Iterator[Fraction]:
    """By tallies and dots, by letters of a word, by words of a sentence."""
    for run in _SIGN_RUN.finditer(text):
        count = run[0].count(run[1])
        if count > 3 or run[1] not in _PUNCTUATION:
            yield Fraction(count)
    for run in (*_BARS.finditer(text), *_STAR_RUN.finditer(text)):
        yield Fraction(len(re.sub(r"[\s/\\]", "", run[0])))
    for run in _LETTER_RUN.finditer(text):
        yield Fraction(len(run[0]))
    for run in _WORD_RUN.finditer(text):
        yield Fraction(len(re.findall(r"[^\W\d_]+", run[0])))
    yield from _pictures(text)
    yield from _strokes(text)
    yield from _dots(text)
    if _LETTER_CUE.search(text):
        yield from (Fraction(len(match[1])) for match in _AFTER_WORD.finditer(text))
        yield from (Fraction(len(match[1])) for match in _LETTERS_OF.finditer(text))
        yield from (Fraction(len(match[1] or match[2])) for match in _HAS_LETTERS.finditer(text))
    if _COUNT_CUE.search(text) and _WORD_CUE.search(text):
        for sentence in (*_SENTENCE_END.split(text), text):
            yield Fraction(len(re.findall(r"[\w'’]+", sentence)))
    if _LETTER_CUE.search(text) or _COUNT_CUE.search(text):
        yield from _lengths(text)


def _pictures(text: str) -> Iterator[Fraction]:
    """Emoji of several kinds in a row."""
    for run in re.finditer(
        r"[\U0001f300-\U0001faff★☆⭐](?:\s?[\U0001f300-\U0001faff★☆⭐]){2,99}", text
    ):
        yield Fraction(len(re.sub(r"\s", "", run[0])))


def _strokes(text: str) -> Iterator[Fraction]:
    """正 has five strokes."""
    if full := len(_STROKES.findall(text)):
        yield Fraction(5 * full)
        for match in _STROKES_MORE.finditer(text.lower()):
            more = (
                _FEW.get(match[1]) or int(match[1]) if match[1] else "一丁上止".index(match[0]) + 1
            )
            yield Fraction(5 * full + more)


def _dots(text: str) -> Iterator[Fraction]:
    """The faces of dice, added and as digits."""
    pips = [ord(face) - ord("⚀") + 1 for face in _PIPS.findall(text)]
    if pips:
        yield Fraction(sum(pips))
        yield Fraction("".join(map(str, pips[:20])))


def _lengths(text: str) -> Iterator[Fraction]:
    """The lengths of words as digits."""
    for sentence in _SENTENCE_END.split(text):
        lengths = [len(word) for word in re.findall(r"[^\W\d_]+", sentence)][:12]
        if len(lengths) > 1 and max(lengths) < 10:
            yield Fraction("".join(map(str, lengths)))
