"""The values in the middle of a list: "the middle ones are 9 and 12"."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.knowledge.formulas import words

_MEDIAN = words(r"median|zentralwert|médiane|mediana", "中位数")
_MIDDLE = words(
    r"middle|central|between|mittler\w{0,3}|mitte|zwischen|milieu|entre|medio|centro|centrales",
    "中间|之间",
)
_NUMBER = r"\d{1,6}(?:\.\d{1,4})?"
_LIST = re.compile(rf"{_NUMBER}(?:\s{{0,2}}[,，、;]\s{{0,2}}{_NUMBER}){{3,60}}")
_PAIR = re.compile(
    rf"(?<![\d.,])({_NUMBER})\s{{0,2}}(?:(?:and|und|et|y|和|与)\s{{0,2}}({_NUMBER})(?!\.?\d|\s?[,，]\s?\d)"
    rf"|[,，]\s{{0,2}}({_NUMBER})(?![\d.]|\s?[,，]))"
)
_COUNTED = re.compile(  # there are 6 values
    r"(?<![\d.,])(\d{1,2})\s?(?:numbers|values|data|werte|zahlen|daten|valeurs|nombres|datos"
    r"|números|valores|个数)",
    re.IGNORECASE,
)


_ORDINALS = {
    word: number
    for number, names in enumerate(
        (
            "2nd second zweite deuxième segundo 2º 2e 第二 第2",
            "3rd third dritte troisième tercero 3º 3e 第三 第3",
            "4th fourth vierte quatrième cuarto 4º 4e 第四 第4",
            "5th fifth fünfte cinquième quinto 5º 5e 第五 第5",
            "6th sixth sechste sixième sexto 6º 6e 第六 第6",
        ),
        start=2,
    )
    for word in names.split()
} | dict.fromkeys(("middle", "mittlere", "centrale", "central", "中间", "中间的"), 0)
_AT_PLACE = re.compile(
    rf"({'|'.join(_ORDINALS)})(?:\s?(?:one|number|value|zahl|wert|valeur|nombre|número|valor|一?个数?|数))?"
    rf"(?:\s(?:in|of|von|de)\s[\d,;\s.]{{1,200}})?\s?(?:is|=|:|ist|est|es|是|为)\s?({_NUMBER})\s?[.。!]?",
    re.IGNORECASE,
)


_END = re.compile(  # also 6.5
    rf"(?:=|->|→|⇒|:|(?:so|also|donc|luego|is|ist|est|es|gives?|ergibt|所以|是|为)\s?)\s?({_NUMBER})\s?[.!。]?\s?$"
)
_BESIDE = re.compile(
    r"(?:the|der|die|das|les?|la|el|und|and|et|y|第|和|[\s,;，；、])+", re.IGNORECASE
)
_RANKS = re.compile(
    r"(?<![\d.,])(\d{1,2})\s?(?:st|nd|rd|th|er|ème|e|º|ª|°|\.º?(?!\d)|个"
    r"|(?=\s?(?:and|und|et|y|和|与)\s?\d))"
)


def judge_ranks(text: str, statement: str) -> ClaimResult | None:
    """6 values, so the middle is between the 3rd and the 4th; None for anything else."""
    stated = _LIST.search(statement)
    is_about = _MEDIAN.search(statement) and (_MIDDLE.search(text) or _MEDIAN.search(text))
    if stated is None or not is_about or not _COUNTED.search(text):
        return None
    count = len(re.findall(_NUMBER, stated[0]))
    ranks = {(count + 1) // 2, count // 2 + 1}
    numbers = [int(number) for number in re.findall(r"\d{1,4}", text)]
    told = {int(rank) for rank in _RANKS.findall(text)}
    is_right = told == ranks and sorted(numbers) == sorted([count, *ranks])
    return proved(ClaimRelation.SUBSTITUTE) if is_right else None


def judge_middle_value(text: str, statement: str) -> ClaimResult | None:
    """The third one is 9, or the middle one, of five values; None for anything else."""
    stated, at = _LIST.search(statement), _AT_PLACE.search(text)
    if stated is None or at is None or at.end() < len(text) or not _MEDIAN.search(statement):
        return None
    values = [Fraction(number) for number in re.findall(_NUMBER, stated[0])]
    rank = _ORDINALS[at[1].lower()] or (len(values) + 1) // 2
    if len(values) != 2 * rank - 1:
        return None
    value, right = Fraction(at[2]), sorted(values)[rank - 1]
    if value == right:
        return proved(ClaimRelation.SUBSTITUTE)
    if value != values[rank - 1]:
        return None
    witness = Witness({}, str(value), str(right))
    return refuted(ClaimRelation.SUBSTITUTE, witness, Slip.NOT_SORTED)


def judge_middle_ranks(text: str, statement: str) -> ClaimResult | None:
    """The 3rd one is 7 and the 4th one is 9, of six values; None for anything else."""
    stated = _LIST.search(statement)
    if stated is None or not _MEDIAN.search(statement):
        return None
    values = [Fraction(number) for number in re.findall(_NUMBER, stated[0])]
    told = {_ORDINALS[m[1].lower()]: Fraction(m[2]) for m in _AT_PLACE.finditer(text)}
    half = len(values) // 2
    if len(values) % 2 or set(told) != {half, half + 1} or _BESIDE.sub("", _AT_PLACE.sub("", text)):
        return None
    pair = told[half], told[half + 1]
    right = _middle(sorted(values))
    if pair == right:
        return proved(ClaimRelation.SUBSTITUTE)
    return _not_sorted(pair, right) if pair == _middle(values) else None


def judge_middle_values(text: str, statement: str) -> ClaimResult | None:
    """None where no two values are called those in the middle."""
    stated = _LIST.search(statement)
    middle = _MIDDLE.search(text)
    if stated is None or middle is None or not _MEDIAN.search(statement):
        return None
    values = [Fraction(number) for number in re.findall(_NUMBER, stated[0])]
    pairs = [(Fraction(m[1]), Fraction(m[2] or m[3])) for m in _PAIR.finditer(text, middle.end())]
    counted = _COUNTED.search(text)
    if not pairs or len(values) % 2 or (counted and int(counted[1]) != len(values)):
        return None
    if set(pairs[0]) == set(_middle(sorted(values))):
        return proved(ClaimRelation.SUBSTITUTE) if _has_mean(text, pairs[0]) else None
    if set(pairs[0]) != set(_middle(values)):
        return None
    return _not_sorted(pairs[0], _middle(sorted(values)))


def _has_mean(text: str, pair: tuple[Fraction, Fraction]) -> bool:
    """Whether the line ends with the number between the two, with one of them, or in words."""
    end = _END.search(text)
    return end is None or Fraction(end[1]) in (*pair, sum(pair) / 2)


def _not_sorted(pair: tuple[Fraction, Fraction], right: tuple[Fraction, Fraction]) -> ClaimResult:
    shown, wanted = (", ".join(map(str, values)) for values in (pair, right))
    witness = Witness({}, shown, wanted)
    return refuted(ClaimRelation.SUBSTITUTE, witness, Slip.NOT_SORTED)


def _middle(values: list[Fraction]) -> tuple[Fraction, Fraction]:
    half = len(values) // 2
    return values[half - 1], values[half]
