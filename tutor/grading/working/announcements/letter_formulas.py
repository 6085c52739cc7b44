"""A general formula beside what its letters are here: "a² - b² with a = x + 4 and b = 5"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Sym, Term, Unreadable, free_names, is_term, substitute
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved

MAX_TERMS = 8  # the latest
_WITH = re.compile(
    r"(?P<formula>[ab\d(+\-−][ab\d²³^*·+\-−() ]{1,38}?[ab\d²³)])"
    r"[\s,:(]{1,3}(?:with|where|mit|wobei|avec|où|con|donde|其中|这里)\s?a\s?=\s?(?P<a>[^=,;]{1,40}?)"
    r"\s?(?:,|;|，|and|und|et|y|和)\s?b\s?=\s?(?P<b>[^=,;]{1,40}?)[\s.。)]{0,3}",
    re.IGNORECASE,
)


def judge_letter_formula(
    text: str, terms: Sequence[Term], budget: WorkBudget
) -> ClaimResult | None:
    """Proved where the formula is a term of the problem; None for anything else."""
    match = _WITH.search(text)
    if match is None or match.end() < len(text):
        return None
    formula, a, b = (_read(match[name]) for name in ("formula", "a", "b"))
    if formula is None or a is None or b is None or free_names(formula) != {"a", "b"}:
        return None
    if "b" in free_names(a):
        return None
    own = substitute(substitute(formula, Sym("a"), a), Sym("b"), b)
    names = free_names(own)
    is_known = any(
        free_names(term) == names and same_value(own, term, budget).equal is True
        for term in terms[-MAX_TERMS:]
    )
    return proved(ClaimRelation.SUBSTITUTE) if names and is_known else None


def _read(text: str) -> Term | None:
    with suppress(Unreadable, RecursionError):
        value = read_expression(text.strip())
        return value if is_term(value) else None
    return None
