"""Cuts an answer into formulas and the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.grading.parsing.units import read_unit
from tutor.grading.sentences.words import FORMULA_WORDS, is_number_word

MAX_SPANS = 12
_COMMAND = re.compile(r"\\(?:text|mathrm|mbox|textbf)\s?\{([^{}\\]{0,80})\}")
_WORD = re.compile(
    r"(?<![\w\\^_{])[a-zA-Z]-[^\W\d_\u4e00-\u9fff]{3,20}"
    r"|(?<![\\^_{A-Za-z])(?:(?:[cdjlmnstCDJLMNST]|[Qq]u)['’])?[^\W\d_\u4e00-\u9fff]{2,}(?:['’-][^\W\d_\u4e00-\u9fff]+)*"
    r"|(?<![\\^_{])[\u4e00-\u9fff]+"
    r"|(?<![\w\\^_'.+*/=<>{-])(?<![+*/=<>-] )[AIaàéÀÉ](?= [^\W\d_]{2})"
    r"|(?<=[\d)}$€%] )[yYoO](?= [^\W\d_]{2})"
)
_AROUND = " \t\n,;:?"
_MEANS_SOMETHING = re.compile(r"\d|[=<>∞π]|\\(?:infty|pi|sqrt|emptyset|mathbb|frac)")
_NAME = re.compile(r"\\?[A-Za-z]{1,7}(?:_\{?\d\}?|\([a-z]\))?'{0,2}")
_CAPITALS = re.compile(r"[A-Z]{2,4}")
_WORD_NEXT = re.compile(r"\s([^\W\d_]{2,})")


@dataclass(frozen=True, slots=True)
class SentencePart:
    """A word, or a formula with nothing but signs in it."""

    text: str
    start: int
    end: int
    is_word: bool

    @property
    def is_value(self) -> bool:
        """Whether it says more than a name does."""
        return not self.is_word and (
            bool(_MEANS_SOMETHING.search(self.text)) or any(map(is_number_word, self.text.split()))
        )

    @property
    def is_name(self) -> bool:
        return not self.is_word and bool(_NAME.fullmatch(self.text))


def without_commands(text: str) -> str:
    r"""The words in \\text{…} as plain words."""
    return _COMMAND.sub(r" \1 ", text) if "\\" in text else text


def pieces_of(text: str) -> list[SentencePart]:
    """The words and formulas in their order; none where there are too many."""
    pieces: list[SentencePart] = []
    position = 0
    for word in _WORD.finditer(text):
        if _is_in_formula(word, text):
            continue
        _add_formula(pieces, text, position, word.start())
        pieces.append(SentencePart(word[0], word.start(), word.end(), True))
        position = word.end()
    _add_formula(pieces, text, position, len(text))
    formulas = sum(not piece.is_word for piece in pieces)
    return pieces if formulas <= MAX_SPANS else []


def _is_in_formula(word: re.Match[str], text: str) -> bool:
    plain = word[0].lower()
    if plain == "cos" and _is_because(text[word.end() :]):
        return False
    if plain in FORMULA_WORDS or is_number_word(plain) or _is_joint(word, text):
        return True
    if _CAPITALS.fullmatch(word[0]) and not read_unit(word[0]):
        return len(word[0]) == 2 or text[word.end() : word.end() + 2].lstrip()[:1] == "="
    before, behind = text[: word.start()][-1:], text[word.end() : word.end() + 1]
    is_factor = before.isdigit() or before in tuple("/*+^=)") or behind in tuple("/*+^=(")
    return len(word[0]) == 2 and word[0].isascii() and is_factor


def _is_because(rest: str) -> bool:
    """Whether "cos" begins a reason, as in "10 cos thats the middle", and is no cosine."""
    word = _WORD_NEXT.match(rest)
    return word is not None and word[1].lower() not in FORMULA_WORDS


_JOINTS = frozenset(["and", "und", "et", "y", "or", "oder", "ou"])


def _is_joint(word: re.Match[str], text: str) -> bool:
    """Whether "and" or "or" stands between two formulas."""
    if word[0].lower() not in _JOINTS:
        return False
    before = text[: word.start()].rstrip()[-1:]
    behind = text[word.end() :].lstrip()[:2]
    is_formula = (
        behind[:1].isdigit() or behind[:1] in tuple("-+($\\√") or behind[1:] in tuple("= -+^<>*/(")
    )
    return is_formula and (before.isdigit() or before in tuple(")}%°"))


def _add_formula(pieces: list[SentencePart], text: str, start: int, end: int) -> None:
    inner = text[start:end].strip(_AROUND)
    inner = inner.rstrip(".").strip(_AROUND) if not inner.endswith("...") else inner
    inner = _without_open_brackets(inner)
    if inner.strip("().[]{}|-\"'*–!?") or inner in ("{}",):
        at = text.find(inner, start)
        pieces.append(SentencePart(inner, at, at + len(inner), False))


def _without_open_brackets(text: str) -> str:
    """Without a bracket at its end or beginning that closes or opens nothing."""
    surplus = sum(map(text.count, "([{")) - sum(map(text.count, ")]}"))
    if surplus > 0 and text[-1] in "([{":
        return text[:-1].rstrip(" ,;:")
    if surplus > 0 and text[0] in "([{":
        return text[1:].lstrip()
    return text[:-1].rstrip(" ,;:.") if surplus < 0 and text[-1] in ")]}" else text
