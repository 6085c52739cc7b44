"""How much of each price an answer takes: "20 L at 4 €/L and 10 L at 7 €/L"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Comparison, Term, Value, free_names
from tutor.grading.solving.linear_systems import rows_of
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved, unchecked

_PAIR = re.compile(
    r"(?<![\w.,])(\d{1,6}(?:\.\d{1,3})?)\s?(?:[^\W\d_]{1,20}\s?){0,3}?\s?"
    r"(?:de|à|a|at|zu|je|für|for|of|@)\s(?:[$€£¥₹¤]\s?)?(\d{1,6}(?:\.\d{1,3})?)(?![\d.,])",
    re.IGNORECASE,
)


def judge_priced_pairs(
    text: str, facts: Sequence[Value], values: dict[str, Term]
) -> ClaimResult | None:
    """Proved where each amount is the unknown that an equation multiplies by its price.

    Undecided where the amounts are mixed up; None without such an equation.
    """
    pairs = [(Fraction(a), Fraction(p)) for a, p in _PAIR.findall(text)]
    rest = _PAIR.sub(" ", text)
    if len(pairs) != 2 or re.search(r"\d|[=+*×·]", rest):
        return None
    for fact in reversed(facts):
        names = sorted(free_names(fact))
        if not isinstance(fact, Comparison) or fact.op != "=" or len(names) != 2:
            continue
        rows = rows_of([fact], names)
        known = [rational_value(values[name]) if name in values else None for name in names]
        if rows is None or None in known:
            continue
        prices = list(rows[0][:-1])
        if sorted(map(abs, prices)) != sorted(price for _, price in pairs):
            continue
        right = set(zip(known, map(abs, prices), strict=True))
        is_right = right == set(pairs)
        return proved(ClaimRelation.SOLVE) if is_right else unchecked(ClaimRelation.SOLVE)
    return None
