"""Inequalities and equations of a term that a statement puts into words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.mistakes.explanation import Question
from tutor.grading.parsing.tree import Comparison, Num, free_names

_WORDS = (
    ("<=", r"at most|no more than|not more than|not greater than|less than or equal to|höchstens"
           r"|au plus|como máximo|不大于|不超过|至多|小于等于|小于或等于"),
    (">=", r"at least|no less than|not less than|not smaller than|greater than or equal to"
           r"|mindestens|au moins|al menos|不小于|不少于|至少|大于等于|大于或等于"),
    ("<", r"less than|smaller than|below|kleiner als|weniger als|inférieure? à|menor que|小于"),
    (">", r"greater than|more than|larger than|bigger than|above|größer als|mehr als"
          r"|supérieure? à|mayor que|大于"),
    ("=", r"equal to|equals|等于"),
)  # fmt: skip
_RELATION = re.compile(
    r"(?:" + "|".join(f"({words})" for _, words in _WORDS) + r")"
    r"\s{0,2}\\?\(?\s?(-?\d{1,6}(?:\.\d{1,4})?)(?![\d.]*[A-Za-z%])",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"\\[()]|\$")


def worded_relations(question: Question) -> Iterator[Comparison]:
    """7 - 2x <= 15 for the only term with a letter and the only "is at most 15"."""
    terms = [term for term in question.task.expressions if len(free_names(term)) == 1]
    matches = list(_RELATION.finditer(_MARKUP.sub("", question.statement)))
    if len(terms) != 1 or len(matches) != 1:
        return
    op = next(op for (op, _), words in zip(_WORDS, matches[0].groups(), strict=False) if words)
    yield Comparison(op, terms[0], Num(Fraction(matches[0][len(_WORDS) + 1])))
