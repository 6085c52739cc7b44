"""Answers that say in words how many solutions there are, also as the end of a sentence."""

from __future__ import annotations

import re

from tutor.grading.parsing.normalize import PlainText
from tutor.grading.sentences.answer_shapes import DEFINITION, number_in
from tutor.grading.sentences.clauses import CONCLUDES, TypedStatement, statements_of
from tutor.grading.sentences.concepts import meaning_of
from tutor.grading.sentences.doubts import leaves_open

_EMPTY_SIGN = re.compile(r"\\(?:emptyset|varnothing)")
_DISCRIMINANT = re.compile(  # Δ = -3 < 0
    r"\s?(?:the |la |le |el |die )?(?:D|\\Delta|Δ|b\^\{?2\}? ?- ?4ac|[dD]is[ck]riminant\w?)"
    r"(?: {0,2}=[^<>,;=A-Za-z]{1,40}){0,3} {0,2}(?:<|\\lt(?![a-z])) ?0 ?[,;:.]? ?",
)
_STATED = {
    "no_solution": "no solution",
    "infinitely_many": "infinitely many solutions",
    "all_reals": "all real numbers",
}


def solutions_in_words(text: str) -> str:
    """No solution, for words in any language that say so; "" for anything else."""
    if _EMPTY_SIGN.search(text):
        return ""
    return _stated(text) or _concluded(text)


def _stated(text: str) -> str:
    return _STATED.get(" ".join(meaning_of(PlainText(text))), "")


def _concluded(text: str) -> str:
    """No solution, for "a square cant be -4, so there is no solution"."""
    if no_root := _DISCRIMINANT.match(text):
        return _stated(text[no_root.end() :])
    signs = list(CONCLUDES.finditer(text))
    stated = _stated(text[signs[-1].end() :]) if signs else ""
    before = text[: signs[-1].start()] if stated else ""
    is_open = leaves_open(before) or any(map(_is_solved, statements_of(before)))
    return "" if is_open or _stated(before) not in ("", stated) else stated


def _is_solved(statement: TypedStatement) -> bool:
    """Whether it gives a value to an unknown, as x = 2 does; D = -16 is said on the way."""
    named = DEFINITION.fullmatch(statement.text)
    return named is not None and named[1][0].islower() and number_in(named[2]) is not None
