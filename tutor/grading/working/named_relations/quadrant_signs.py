"""Where a sine, cosine or tangent is negative: "sin is negative in the 3rd and 4th quadrants"."""

from __future__ import annotations

import re

from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.knowledge.formulas import words

MAX_LENGTH = 120
_FUNCTIONS = {
    "sin": words(r"sin(?:e|us|o)?", "正弦"),
    "cos": words(r"cos(?:ine|inus|eno)?", "余弦"),
    "tan": words(r"tan(?:gent|gente|gens)?", "正切"),
}
_SIGNS = {"sin": (1, 1, -1, -1), "cos": (1, -1, -1, 1), "tan": (1, -1, 1, -1)}
_NEGATIVE = re.compile(
    r"neg(?:ati[vf]\w{0,2})?(?![^\W\d_])|négati\w{1,3}|[<＜]\s?0|(?:is|ist|est|es)\s?[-−](?=\s)|为负|是负|负值|负数",
    re.IGNORECASE,
)
_POSITIVE = re.compile(
    r"pos(?:iti[vf]\w{0,2})?(?![^\W\d_])|[>＞]\s?0|(?:is|ist|est|es)\s?\+(?=\s)|为正|是正|正值|正数",
    re.IGNORECASE,
)
_QUADRANT = re.compile(r"quadrant\w{0,3}|(?<!\w)Q[1-4](?!\w)|cuadrantes?|象限", re.IGNORECASE)
_DENIED = words(r"not|no|never|nicht|kein\w{0,2}|pas|ni|if|wenn|si|sinon", "不|如果|若")
_ORDINALS = (
    r"1st|first|erste[nmr]?|1er|premier|primero?|第?一|Q1|I",
    r"2nd|second|zweite[nmr]?|2e|2ème|deuxième|2º|segundo|第?二|Q2|II",
    r"3rd|third|dritte[nmr]?|3e|3ème|troisième|3º|tercero?|第?三|Q3|III",
    r"4th|fourth|vierte[nmr]?|4e|4ème|quatrième|4º|cuarto|第?四|Q4|IV",
)
_NUMBERED = re.compile(
    r"(?<![\w.°])([1-4])(?:\.|º|°)?(?=\s?(?:,|and|und|et|y|e|&|quadrant|cuadrante|$))"
)


_QUADRANT_NUMBER = re.compile(
    r"Q[1-4]|(?<![\w.])[1-4](?:st|nd|rd|th|\.?º|ème|er|e|\.|°)?(?![\w.°])|[<>＜＞]\s?0",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d")


def judge_quadrant_signs(text: str) -> ClaimResult | None:
    """Refuted where it has another sign in one of the quadrants; None for anything else."""
    if len(text) > MAX_LENGTH or not _QUADRANT.search(text) or _DENIED.search(text):
        return None
    named = [name for name, pattern in _FUNCTIONS.items() if pattern.search(text)]
    signs = [bool(_NEGATIVE.search(text)), bool(_POSITIVE.search(text))]
    quadrants = _quadrants(text)
    if len(named) != 1 or sum(signs) != 1 or not quadrants:
        return None
    sign = -1 if signs[0] else 1
    right = {number for number, own in enumerate(_SIGNS[named[0]]) if own == sign}
    if quadrants <= right:
        if _NUMBER.search(_QUADRANT_NUMBER.sub("", text)):
            return None  # x = 60°, which it tells beside
        return proved(ClaimRelation.EVALUATE)
    return refuted(ClaimRelation.EVALUATE, Witness({}, "", ""), Slip.WRONG_BRANCH)


def _quadrants(text: str) -> set[int]:
    """0 to 3"""
    told = {
        number
        for number, names in enumerate(_ORDINALS)
        if re.search(rf"(?<![A-Za-z\d])(?:{names})(?![A-Za-z\d])", text)
    }
    return told | {int(number) - 1 for number in _NUMBERED.findall(text)}
