"""What words around a formula say about it, in the languages of `languages/`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from importlib.resources import files


class Cue(StrEnum):
    """What a phrase says of the formula after it, or of the one before it.

    A phrase with several meanings, also in different languages, has the first of these.
    """

    SO = "so"
    BECAUSE = "because"
    BUT = "but"
    SUPPOSE = "suppose"
    CHECK = "check"
    ANSWER = "answer"
    NOTHING = "nothing"  # there is no solution
    REJECTED = "rejected"
    TICKED = "ticked"
    WITH = "with"  # supposes after a statement, and tells where one holds before it
    AT = "at"  # tells where a statement holds
    CASE = "case"
    OR = "or"
    AND = "and"
    IS = "is"
    SIDE = "side"  # the left side, the whole expression
    INSERT = "insert"  # what is put in
    METHOD = "method"  # what is done, by a name of its own
    BOTH_SIDES = "both_sides"
    OPERATION = "operation"  # is followed by what is added, subtracted, …
    EQUATION = "equation"  # the word before the label of an equation
    FROM = "from"  # before a label: out of that equation
    STEP = "step"
    OF = "of"  # makes one thing of what is before and after it
    REMAINDER = "remainder"
    TENDS = "tends"
    FILLER = "filler"
    WORD = "word"  # nothing, though parts of it would


_SIGNS = {"add": "+", "subtract": "-", "multiply": "*", "divide": ":"}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W\d_]\.(?:[^\W\d_]\.)++|[^\W\d_]+(?:['’-][^\W\d_]+)*+['’]?|\S")


def _phrases() -> Iterator[tuple[str, str]]:
    """Every phrase with its key."""
    for language in sorted(files(__package__).joinpath("languages").iterdir(), key=str):
        if language.name.endswith(".toml"):
            for key, phrases in tomllib.loads(language.read_text("utf-8")).items():
                yield from ((phrase.strip(), key) for phrase in phrases.split(";"))


def _cues(phrases: list[tuple[str, str]]) -> dict[str, Cue]:
    cues: dict[str, Cue] = {}
    order = list(Cue)
    for phrase, key in phrases:
        if key not in ("article", "denial"):
            cue = Cue.OPERATION if key in _SIGNS else Cue(key)
            cues[phrase] = min(cue, cues.get(phrase, cue), key=order.index)
    return cues


def _by_first_word(cues: dict[str, Cue]) -> dict[str, list[tuple[tuple[str, ...], Cue]]]:
    by_first: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    for phrase, cue in cues.items():
        if not _CHINESE.match(phrase):
            first, *further = _WORD.findall(phrase)
            by_first.setdefault(first, []).append((tuple(further), cue))
    return {
        first: sorted(phrases, key=lambda phrase: -len(phrase[0]))
        for first, phrases in by_first.items()
    }


def _by_first_character(cues: dict[str, Cue]) -> dict[str, list[str]]:
    by_first: dict[str, list[str]] = {}
    for phrase in sorted(filter(_CHINESE.match, cues), key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    return by_first


_ALL = list(_phrases())
CUES = _cues(_ALL)
# What is done to both sides, and the sign for it.
SIGNS = {phrase: _SIGNS[key] for phrase, key in _ALL if key in _SIGNS}
ARTICLES = frozenset(phrase for phrase, key in _ALL if key == "article")
# Words by which a formula may be denied, tried or imagined.
DENIALS = frozenset(phrase for phrase, key in _ALL if key == "denial")
# Phrases by their first words, each as its further words, the longest first.
PHRASES = _by_first_word(CUES)
# Chinese phrases by their first characters, the longest first.
CHINESE_PHRASES = _by_first_character(CUES)
