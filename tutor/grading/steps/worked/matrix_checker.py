"""Matrices and vectors of a worked solution: products worked out, and names that are given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Add, Matrix, Mul, Neg, Num, Term, free_names, is_term, walk
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.matrices import compare_matrices, equal_entries, evaluate, has_matrix
from tutor.grading.steps.worked.link import Link

_NAME = re.compile(
    r"\\(?:mathbf|boldsymbol|bm|vec|overrightarrow|mathrm)\s?(?:\{\s?(\w{1,3})\s?\}|(\w))"
    r"|([A-Za-z](?:_\{?\w\}?)?)"
)
SPACE = 3  # dimensions


@dataclass
class MatrixChecker:
    """known: the matrices by the names that the solution gives them."""

    known: dict[str, Matrix] = field(default_factory=dict)

    def check(self, link: Link, budget: WorkBudget) -> ClaimResult | None:
        """None for a link without matrices. Raises WorkBudgetSpent."""
        left, right = link.left.term, link.right.term
        if right is None or link.operator != "=":
            return None
        if has_matrix(right) and (name := _NAME.fullmatch(link.left.text.strip())):
            return self._named(next(filter(None, name.groups())), right, budget)
        if left is None or not has_matrix(left):
            return None
        product = _product_of_vectors(left, right)
        if product is None:
            return _compared(left, right, budget) if has_matrix(right) else None
        return _sure(_compare_products(product, right, budget), left, right)

    def _named(self, name: str, value: Term, budget: WorkBudget) -> ClaimResult:
        matrix = evaluate(value, {})
        if not isinstance(value, Matrix) or matrix is None:
            return unchecked(ClaimRelation.EQUAL)
        before = self.known.setdefault(name, matrix)
        is_name = before is matrix or equal_entries(before, matrix, budget)
        return unchecked(ClaimRelation.DEFINE if is_name else ClaimRelation.EQUAL)


def _product_of_vectors(left: Term, right: Term) -> Term | None:
    """The dot product that a number is put equal to, or the cross product in space."""
    match left:
        case Mul((Matrix(first), Matrix(second))):
            columns = [[row[0] for row in rows if len(row) == 1] for rows in (first, second)]
        case _:
            return None
    a, b = ([entry for entry in column if is_term(entry)] for column in columns)
    if not len(first) == len(second) == len(a) == len(b):
        return None
    if not has_matrix(right):
        return Add(tuple(Mul(pair) for pair in zip(a, b, strict=True)))
    return _cross_product(a, b) if len(a) == SPACE else None


def _cross_product(a: Sequence[Term], b: Sequence[Term]) -> Matrix:
    pairs = ((1, 2), (2, 0), (0, 1))
    return Matrix(tuple((Add((Mul((a[i], b[j])), Neg(Mul((a[j], b[i]))))),) for i, j in pairs))


def _compared(left: Term, right: Term, budget: WorkBudget) -> ClaimResult:
    """A matrix that another one is put equal to, as after a change of rows, is not wrong."""
    result = compare_matrices(left, right, budget)
    if result.verdict == StepVerdict.REFUTED and isinstance(left, Matrix):
        return unchecked(ClaimRelation.EQUAL)
    return _sure(result, left, right)


def _sure(result: ClaimResult, left: Term, right: Term) -> ClaimResult:
    """Letters may stand for anything, and decimals may be rounded."""
    is_open = bool(free_names(left) or free_names(right))
    is_rounded = any(
        isinstance(part, Num) and "." in part.text for part in (*walk(left), *walk(right))
    )
    is_wrong = result.verdict == StepVerdict.REFUTED
    return unchecked(ClaimRelation.EQUAL) if is_wrong and (is_open or is_rounded) else result


def _compare_products(left: Term, right: Term, budget: WorkBudget) -> ClaimResult:
    if has_matrix(right):
        return compare_matrices(left, right, budget)
    is_equal = same_value(left, right, budget).equal
    if is_equal is None:
        return unchecked(ClaimRelation.EQUAL)
    if is_equal:
        return proved(ClaimRelation.EQUAL)
    return refuted(ClaimRelation.EQUAL, Witness({}, latex(left), latex(right)), Slip.ARITHMETIC)
