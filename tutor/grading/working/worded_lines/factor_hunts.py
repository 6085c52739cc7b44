"""Two numbers sought and factors found: "2+3=5, 2*3=6 so (x+2)(x+3)", "product -24, sum 5"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Term, Unreadable, free_names, is_term, walk
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.task import Task
from tutor.grading.working.worded_lines.factor_pairs import (
    PAIR,
    PRODUCT,
    SUM,
    integer_of,
    pairs_in,
    wanted_pairs,
)

MAX_LINES = 4  # in which the quadratic is looked for
_QUADRATIC = re.compile(
    r"\d{0,4}[a-z](?:²|\^2)\s?[-+−]\s?\d{0,4}\s?[a-z](?:\s?[-+−]\s?\d{1,4})(?![\d.^²a-z])"
)
_INTEGER = r"\(?([-−]?\d{1,4})\)?"
_TRUE_SUM = re.compile(
    rf"(?<![\d*·×.]){_INTEGER}\s?\+\s?{_INTEGER}\s?=\s?([-−]?\d{{1,4}})(?![\d.])"
)
_TRUE_PRODUCT = re.compile(
    rf"(?<![\d+.]){_INTEGER}\s?[*·×]\s?{_INTEGER}\s?=\s?([-−]?\d{{1,4}})(?![\d.])"
)
_FACTORS = re.compile(r"(?:\([^()]{1,14}\)\s?){2}")


def judge_factor_hunt(
    text: str, before: Sequence[str], task: Task, budget: WorkBudget
) -> ClaimResult | None:
    """Proved where the numbers fit a quadratic of the statement or of a line, and the factors too.

    before: the lines before it. None for anything else.
    """
    hunted = _calculated(text) or _told(text)
    if hunted is None:
        return None
    pair, product, total = hunted
    parts = list(_quadratics(before))
    wanted = {*wanted_pairs(task), *pairs_in(parts)}
    fits = any(product == p and abs(total) == abs(s) for p, s in wanted)
    is_true = pair[0] * pair[1] == product and pair[0] + pair[1] == total
    if not (fits and is_true):
        return None
    factors = _FACTORS.search(text)
    if factors is not None and not _is_known(factors[0], parts, task, budget):
        return None
    return proved(ClaimRelation.SOLVE)


def _quadratics(lines: Sequence[str]) -> Iterator[Term]:
    """2x² - 5x - 12 in 3x(2x² - 5x - 12)."""
    for text in lines[-MAX_LINES:]:
        for match in _QUADRATIC.finditer(text):
            with suppress(Unreadable, RecursionError):
                term = read_expression(match[0])
                if is_term(term):
                    yield term


def _calculated(text: str) -> tuple[tuple[int, int], int, int] | None:
    """The two numbers with their product and sum, as calculated in the line."""
    total, product = _TRUE_SUM.search(text), _TRUE_PRODUCT.search(text)
    if total is None or product is None:
        return None
    pairs = [tuple(sorted(map(integer_of, match.groups()[:2]))) for match in (total, product)]
    if pairs[0] != pairs[1]:
        return None
    return (pairs[0][0], pairs[0][1]), integer_of(product[3]), integer_of(total[3])


def _told(text: str) -> tuple[tuple[int, int], int, int] | None:
    total, product, pairs = SUM.search(text), PRODUCT.search(text), list(PAIR.finditer(text))
    if total is None or product is None or not pairs:
        return None
    pair = (integer_of(pairs[-1][1]), integer_of(pairs[-1][2]))
    return pair, integer_of(product[1]), integer_of(total[1])


def _is_known(text: str, parts: Sequence[Term], task: Task, budget: WorkBudget) -> bool:
    with suppress(Unreadable, RecursionError):
        factors = read_expression(text.strip())
        stated = [part for value in (*task.expressions, *task.equations) for part in walk(value)]
        others = [part for part in (*parts, *stated) if is_term(part)]
        return is_term(factors) and any(
            free_names(part) == free_names(factors)
            and same_value(factors, part, budget).equal is True
            for part in others
        )
    return False
