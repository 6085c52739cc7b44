"""The two numbers that are sought to factor a quadratic: "product -24, sum 5: 8 and -3"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Neg,
    Pow,
    Term,
    free_names,
    has_part,
    is_term,
)
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_SEEKS = words(
    r"two (?:numbers|integers|factors)|(?:pair|factors) of|zwei zahlen|deux nombres|dos números"
    r"|(?:need|want|brauche|gesucht|suche|cherche|busco)[\w\s]{1,12}(?:sum|product|summe|produkt|somme|produit)",
    "两个?数",
)
_INTEGER = r"([-−]?\d{1,4})"
PAIR = re.compile(
    rf"(?<![\d.^+*/x]){_INTEGER}\s{{0,2}}(?:and|und|et|y|&|,|和|与)\s{{0,2}}\+?{_INTEGER}(?![\d.]|\s?[=x*·^])"
)
PRODUCT = re.compile(
    r"(?:product|produkt|produit|producto|multipl[a-z]{0,10}|mal|乘积|积)[^\d−-]{0,12}" + _INTEGER,
    re.IGNORECASE,
)
SUM = re.compile(
    r"(?:sum[a-z]{0,5}|add|adds|adding|summe|somme|suma|和)[^\d−-]{0,12}" + _INTEGER, re.IGNORECASE
)


def judge_factor_pair(text: str, before: str, task: Task) -> ClaimResult | None:
    """before: the line before. None for a line that names no such numbers."""
    if not (_SEEKS.search(text) or _SEEKS.search(before)):
        return None
    wanted = next(wanted_pairs(task), None)
    if wanted is None:
        return None
    pairs = [tuple(map(integer_of, match.groups())) for match in PAIR.finditer(text)]
    if not pairs:
        return proved(ClaimRelation.SUBSTITUTE) if _says(wanted, text) else None
    first, second = pairs[-1]
    product, total = wanted
    if (first * second, first + second) == wanted:
        return proved(ClaimRelation.SOLVE)
    if first * second == product and first + second == -total and _says((product, -total), text):
        return proved(ClaimRelation.SOLVE)  # 4 and 9 of x² - 13x + 36, told without the signs
    if abs(first * second) != abs(product) and first + second != total:
        return None
    witness = Witness({}, str(first * second), str(product))
    if first * second == product:
        witness = Witness({}, str(first + second), str(total))
    return refuted(ClaimRelation.SOLVE, witness, Slip.FACTOR_SIGN)


def _says(wanted: tuple[int, int], text: str) -> bool:
    product, total = PRODUCT.search(text), SUM.search(text)
    if product is None or total is None:
        return False
    return (integer_of(product[1]), integer_of(total[1])) == wanted


def integer_of(text: str) -> int:
    return int(text.replace("−", "-"))


def wanted_pairs(task: Task) -> Iterator[tuple[int, int]]:
    """The product and the sum of the two numbers."""
    yield from pairs_in(_quadratics(task))


def pairs_in(terms: Iterable[Term]) -> Iterator[tuple[int, int]]:
    """The same for each of these terms that is a quadratic with whole coefficients."""
    for term in terms:
        names = free_names(term)
        function = rational_function(term, *names) if len(names) == 1 else None
        if function is None or function.bottom.degree() > 0 or function.top.degree() != 2:
            continue
        top = function.top / function.bottom[0]
        c, b, a = (Fraction(int(top[n].p), int(top[n].q)) for n in range(3))
        if a.denominator == b.denominator == c.denominator == 1:
            yield int(a * c), int(b)


def _quadratics(task: Task) -> Iterator[Term]:
    yield from (term for term in task.expressions if has_part(term, Pow))
    for equation in task.equations:
        match equation:
            case Comparison("=", left, right) if is_term(left) and is_term(right):
                yield Add((left, Neg(right)))
