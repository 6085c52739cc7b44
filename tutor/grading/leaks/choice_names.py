"""The names that a hint has for a choice: its place, its letter as it is spoken, its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator

ORDINALS = [
    ("first", "1st", "one", "erste", "premi", "primer", "第一", "一"),
    ("second", "2nd", "two", "zweite", "deuxième", "segund", "第二", "二"),
    ("third", "3rd", "three", "dritte", "troisième", "tercer", "第三", "三"),
    ("fourth", "4th", "four", "vierte", "quatrième", "cuart", "第四", "四"),
    ("fifth", "5th", "five", "fünfte", "cinquième", "quint", "第五", "五"),
    ("sixth", "6th", "six", "sechste", "sixième", "sext", "第六", "六"),
]
_CALLED = [  # in the alphabets that are spoken over the radio, and in Greek
    ("alpha", "alfa", "able"), ("bravo", "beta", "baker"), ("charlie", "gamma"),
    ("delta", "dog"), ("echo", "epsilon", "easy"), ("foxtrot", "zeta", "fox"),
]  # fmt: skip
_OPTION = (
    r"(?:options?|choices?|answers?|alternatives?|possibilit\w+|statements?"
    r"|möglichkeit|antwort|réponse|opción|respuesta|选项|个|项)"
)
_SPOKEN_LETTERS = [
    ("ay", "eh", "aleph", "alef"), ("bee", "bé", "beth"),
    ("cee", "sea", "see", "cé", "tse"), ("dee", "dé"), ("ee",),
    ("eff", "ef"),
]  # fmt: skip
_LETTERS_IN_SPANISH = "a", "be", "ce", "de", "e", "efe"
_GREEK, _STEMS = "αβγδεφ", "甲乙丙丁戊己"
_CHINESE = "一二三四五六"
_HAN = "\u4e00-\u9fff"
_TAKE = (
    r"(?:\b(?:take|choose|pick|select|tick|it is|it's|only|except)\s+the"
    r"|\b(?:all|everything|none)\s+but\s+the"
    r"|\b(?:la|le|el)|\b(?:nimm|wähle)\s+(?:die|das|den))"
)


def names_choice(hint: str, index: int, count: int) -> bool:
    """index: of the choice, from 0. count: of all choices."""
    ways = (_by_place(index, count), _by_letter(index, count), _by_neighbours(index, count))
    return any(re.search(way, hint, re.IGNORECASE) for group in ways for way in group)


def _by_place(index: int, count: int) -> list[str]:
    """The second option, option number 2, the last one."""
    ordinal = _ordinal(index, count)
    return [
        rf"(?<![^\W{_HAN}])(?<!最后)(?<!倒数第)(?:{ordinal})\w{{0,3}}\s*"
        rf"(?:of the\s+)?(?:\w+\s+)?{_OPTION}",
        rf"{_OPTION}\s*(?:number|no\.?|nr\.?|nummer|#|号)?\s*"
        rf"(?:{index + 1}(?!\d)|(?:{ordinal})(?!\w))",
        rf"\bthe\s+(?:{ordinal})\s+(?:one\b|of\s+(?:them|these|those|all"
        rf"|the\s+(?:\w+\s+)?{_OPTION}))"
        rf"|#\s*{index + 1}\b",
        rf"\b(?:letter|buchstabe|lettre|letra)\s+(?:number|no\.?|nummer|numéro|número)?\s*"
        rf"(?:{index + 1}(?!\d)|(?:{ordinal})(?!\w))",
        rf"\b(?:{ordinal})\w{{0,3}}\s+(?:letter|buchstabe|lettre|letra)\b|第{_CHINESE[index]}个字母",
        rf"\A\W*(?:number|no\.?|nr\.?|nummer|numéro|número)\s*(?:{index + 1}|{ordinal})\W*\Z",
        rf"\A\W*(?:the\s+)?(?:{ordinal})\W*\Z",
        rf"(?:{ordinal})\w{{0,3}}\s+(?:von\s+oben|en partant du haut|desde arriba)",
        rf"\bcount\s+(?:{ordinal})\s+down\b",
        rf"{_TAKE}\s+(?:{ordinal})\w{{0,3}}\s*(?:[.!?,;]|\Z)",
        rf"(?<!\w)(?:{ordinal})\s+(?:lines?\s+)?from\s+(?:the\s+)?(?:top|left)\b",
        rf"(?<!\w){index + 1}(?:st|nd|rd|th)\s+(?:one|from)\b",
    ]


def _ordinal(index: int, count: int) -> str:
    ordinal = "|".join(ORDINALS[index])
    if index == 0:
        ordinal += "|top|topmost|uppermost|oberste|最上面"
    if index == count - 1:
        ordinal += "|bottom|lowest one|unterste|last|letzte|derni|últim|最后"
    if index == count - 2:
        ordinal += "|last but one|second[- ]to[- ]last|penultimate|倒数第二"
    return ordinal


def _by_letter(index: int, count: int) -> list[str]:
    """Option bee, letter B, B as in Berlin, the only vowel."""
    letter = chr(ord("A") + index)
    spoken = "|".join((*_SPOKEN_LETTERS[index], _GREEK[index], _STEMS[index]))
    ways = [
        rf"\b(?:letter|option|choice|answer)\s+(?:{spoken})(?!\w)",
        rf"\A\W*(?:{spoken})\W*\Z",
        rf"\b(?:letter|buchstabe|lettre|letra)\s+(?-i:{letter})\b",
        rf"\b(?:letra|opción|respuesta)\s+(?:{_LETTERS_IN_SPANISH[index]})\b",
        rf"(?:starts|begins|start|begin)\s+(?:with|of)\s+[\"'“]?(?:{letter})\b",
        rf"(?:first letter|initial|anfangsbuchstabe|première lettre"
        rf"|primera letra)\s+(?:of|in|von|de)\s+"
        rf"(?:the\s+word\s+)?[\"'“„«]?{letter}\w",
        rf"letter\s+(?:that|which|with which)?\s*[\"'“]?{letter}\w+[\"'”]?\s+(?:begins|starts)",
        rf"(?<!\w)(?:{'|'.join(_CALLED[index])})(?!\w)",
        rf"(?-i:\b{letter})\s+(?:as in|for|like in|wie|comme)\s+\w+",
    ]
    if index == 0 and count < 5:  # of A to D
        ways.append(r"\b(?:only|the)\s+vowel\b|voyelle|唯一的元音")
    return ways


def _by_neighbours(index: int, count: int) -> Iterator[str]:
    """The letter after A, between A and C; the last three are wrong, of four."""
    before, after = chr(ord("A") + index - 1), chr(ord("A") + index + 1)
    if count > 2 and index in (0, count - 1):
        others = rf"(?:{count - 1}|{ORDINALS[count - 2][2]})"
        yield rf"\b{'last' if index == 0 else 'first'}\s+{others}\s+(?:\w+\s+)?(?:are|can)\b"
    if index:
        yield rf"(?:after|follows|following|next to|behind)\s+\(?(?-i:{before})\b"
    if index < count - 1:
        yield rf"(?:before|precedes|preceding)\s+\(?(?-i:{after})\b"
    if 0 < index < count - 1:
        yield rf"between\s+\(?(?-i:{before})\)?\s+and\s+\(?(?-i:{after})\b"
