"""Products of vectors and matrices, and eigenvalues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, product

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.shapes import as_matrix
from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Add,
    Bracketed,
    Matrix,
    Mul,
    Neg,
    Root,
    Term,
    Unreadable,
    Value,
    is_term,
)
from tutor.grading.prose.formulas import find_formulas
from tutor.grading.steps.matrices import evaluate
from tutor.grading.working.knowledge.vectors import determinant

MAX_SIZE = 4
_TURN = re.compile(
    r"rotat|reflect|dreh|spiegel|réflexion|symétri|giro|simetr|reflex|旋转|反射|对称", re.I
)
_TUPLE = re.compile(r"\(\s*-?[\d.]+(?:\s*[,;|]\s*-?[\d.]+){1,3}\s*\)")
_MATRIX = re.compile(r"\\begin\s*\{[pbv]matrix\}.{1,400}?\\end\s*\{[pbv]matrix\}", re.DOTALL)
_TRANSPOSE = re.compile(
    r"\^\s{0,3}+\{?\s{0,3}+(?:\\mathrm\s{0,3}+\{?\s{0,3}+T|\\top|T\b|t\b)|transpos|转置", re.I
)
_EIGENVALUES = re.compile(r"\beigen|valeurs? propres?|autovalor|valor(?:es)? propi|特征值", re.I)
Vector = tuple[Term, ...]


def matrix_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    yield from _turned_matrices(question)
    matrices = _matrices(question)
    if question.mentions(_EIGENVALUES) and len(matrices) == 1:
        yield from _diagonal(matrices[0], question)
    if len(matrices) == 1:
        value = determinant(matrices[0])
        if value is not None and _is_same(value, question.amount):
            yield from _determinant_mistakes(matrices[0])
    for left, right in _factors(matrices, question):
        yield from _product_mistakes(left, right, question)
    vectors = _vectors(question)
    if len(vectors) == 2 and len(vectors[0]) == len(vectors[1]):
        yield from _vector_mistakes(vectors[0], vectors[1], question)


def _turned_matrices(question: Question) -> Iterator[MistakenAnswer]:
    """The matrix of a rotation or a reflection with other signs."""
    right = as_matrix(question.right)
    if right is None or len(right.rows) != 2 or not question.mentions(_TURN):
        return
    for signs in product((1, -1), repeat=4):
        entries = [
            entry if sign > 0 else Neg(entry)
            for sign, entry in zip(signs, (e for row in right.rows for e in row), strict=True)
            if is_term(entry)
        ]
        if len(entries) == 4:
            rows = (tuple(entries[:2]), tuple(entries[2:]))
            yield MistakenAnswer(Matrix(rows), MistakeName.REFLECTED_WRONGLY)


def _is_same(value: Term, right: Term | None) -> bool:
    number = rational_value(value)
    return number is not None and right is not None and number == rational_value(right)


def _read(text: str) -> Value | None:
    try:
        return read_expression(text)
    except (Unreadable, RecursionError):
        return None


def _matrices(question: Question) -> list[Matrix]:
    texts = [
        match[0].replace("vmatrix", "pmatrix") for match in _MATRIX.finditer(question.statement)
    ]
    values = (_read(text) for text in texts[:3])
    matrices = [matrix for value in values if value and (matrix := as_matrix(value))]
    return [m for m in matrices if len(m.rows) <= MAX_SIZE and evaluate(m, {}) is not None]


def _vectors(question: Question) -> list[Vector]:
    """Written in a row, or as a matrix of one column."""
    vectors: list[Vector] = []
    for formula, _ in find_formulas(question.statement):
        for match in _TUPLE.finditer(formula.text):
            value = _read(re.sub(r"[;|]", ",", match[0]))
            if isinstance(value, Bracketed):
                vectors.append(tuple(part for part in value.parts if is_term(part)))
    columns = [m for m in _matrices(question) if len(m.rows[0]) == 1]
    vectors += [tuple(row[0] for row in m.rows if is_term(row[0])) for m in columns]
    return vectors


def _diagonal(matrix: Matrix, question: Question) -> Iterator[MistakenAnswer]:
    entries = [row[i] for i, row in enumerate(matrix.rows) if i < len(row)]
    members = tuple(entry for entry in entries if is_term(entry))
    value = Bracketed("{", members, "}")
    yield MistakenAnswer(value, MistakeName.DIAGONAL_AS_EIGENVALUES)


def _determinant_mistakes(matrix: Matrix) -> Iterator[MistakenAnswer]:
    if len(matrix.rows) == 2:
        (a, b), (c, d) = matrix.rows
        if is_term(a) and is_term(b) and is_term(c) and is_term(d):
            added = Add((Mul((a, d)), Mul((b, c))))
            yield MistakenAnswer(added, MistakeName.PRODUCTS_ADDED_IN_DETERMINANT)
            other = Add((Mul((a, b)), Neg(Mul((c, d)))))
            yield MistakenAnswer(other, MistakeName.COLUMNS_FOR_ROWS)
            turned = Add((Mul((b, c)), Neg(Mul((a, d)))))
            yield MistakenAnswer(turned, MistakeName.SUBTRACTED_IN_WRONG_ORDER)
        return
    wrong = determinant(matrix, (1, 1, 1, 1))
    if wrong is not None:
        yield MistakenAnswer(wrong, MistakeName.SIGN_ERROR)


def _factors(matrices: list[Matrix], question: Question) -> Iterator[tuple[Matrix, Matrix]]:
    """The pairs whose product is the right answer."""
    right = as_matrix(question.right)
    if right is None:
        return
    pairs = list(pairwise(matrices))
    if len(matrices) == 1:
        [only] = matrices
        turned = _transposed(only)
        pairs = [(only, only)]
        if question.mentions(_TRANSPOSE):
            pairs = [(only, turned), (turned, only)]
    for left, other in pairs:
        result = evaluate(Mul((left, other)), {})
        if result is not None and _entries_agree(result, right):
            yield left, other


def _transposed(matrix: Matrix) -> Matrix:
    return Matrix(tuple(zip(*matrix.rows, strict=True)))


def _entries_agree(left: Matrix, right: Matrix) -> bool:
    numbers = [
        [rational_value(entry) for row in matrix.rows for entry in row if is_term(entry)]
        for matrix in (left, right)
    ]
    return None not in numbers[0] and numbers[0] == numbers[1]


def _product_mistakes(left: Matrix, right: Matrix, question: Question) -> Iterator[MistakenAnswer]:
    yield from _made((right, left), MistakeName.FACTORS_IN_WRONG_ORDER)
    if len(left.rows) == len(left.rows[0]):
        yield from _made((_transposed(left), right), MistakeName.COLUMNS_FOR_ROWS)
        if question.mentions(_TRANSPOSE):
            yield from _made((left, left), MistakeName.TRANSPOSED)
            yield from _by_entries(left, left, MistakeName.ENTRY_BY_ENTRY)
    yield from _by_entries(left, right, MistakeName.ENTRY_BY_ENTRY)
    if len(right.rows[0]) == 1:
        factors = [row[0] for row in right.rows]
        scaled = tuple(
            tuple(
                Mul((a, b)) for a, b in zip(row, factors, strict=True) if is_term(a) and is_term(b)
            )
            for row in left.rows
        )
        yield MistakenAnswer(Matrix(scaled), MistakeName.PRODUCTS_NOT_ADDED)


def _made(factors: tuple[Matrix, Matrix], name: MistakeName) -> Iterator[MistakenAnswer]:
    result = evaluate(Mul(factors), {})
    if result is not None and result.rows:
        yield MistakenAnswer(result, name)


def _by_entries(left: Matrix, right: Matrix, name: MistakeName) -> Iterator[MistakenAnswer]:
    if [len(row) for row in left.rows] != [len(row) for row in right.rows]:
        return
    rows = [
        tuple(Mul((a, b)) for a, b in zip(*pair, strict=True) if is_term(a) and is_term(b))
        for pair in zip(left.rows, right.rows, strict=True)
    ]
    yield MistakenAnswer(Matrix(tuple(rows)), name)


def _vector_mistakes(a: Vector, b: Vector, question: Question) -> Iterator[MistakenAnswer]:
    dot = Add(tuple(Mul(pair) for pair in zip(a, b, strict=True)))
    products = tuple(Mul(pair) for pair in zip(a, b, strict=True))
    if _is_same(dot, question.amount):
        yield MistakenAnswer(Bracketed("(", products, ")"), MistakeName.PRODUCTS_NOT_ADDED)
        if len(a) == 3:
            yield MistakenAnswer(_cross(a, b), MistakeName.DOT_FOR_CROSS_PRODUCT)
        if len(a) == 2:
            area = Add((Mul((a[0], b[1])), Neg(Mul((a[1], b[0])))))
            yield MistakenAnswer(area, MistakeName.DOT_FOR_CROSS_PRODUCT)
        yield from _wrong_dots(a, b)
    elif isinstance(question.right, Bracketed) and len(a) == 3:
        yield MistakenAnswer(dot, MistakeName.DOT_FOR_CROSS_PRODUCT)
        yield MistakenAnswer(Bracketed("(", products, ")"), MistakeName.ENTRY_BY_ENTRY)


def _wrong_dots(a: Vector, b: Vector) -> Iterator[MistakenAnswer]:
    for index in range(len(a)):
        signs = [Neg(ONE) if i == index else ONE for i in range(len(a))]
        parts = tuple(Mul((s, x, y)) for s, x, y in zip(signs, a, b, strict=True))
        yield MistakenAnswer(Add(parts), MistakeName.SIGN_ERROR)
    with_zero = tuple(
        _other(x, y) if ZERO in (x, y) else Mul((x, y)) for x, y in zip(a, b, strict=True)
    )
    yield MistakenAnswer(Add(with_zero), MistakeName.PRODUCT_WITH_ZERO)
    length = [Root(Add(tuple(Mul((x, x)) for x in vector)), Add((ONE, ONE))) for vector in (a, b)]
    yield MistakenAnswer(Mul(tuple(length)), MistakeName.WRONG_TRIGONOMETRIC_FUNCTION)


def _other(left: Term, right: Term) -> Term:
    return right if left == ZERO else left


def _cross(a: Vector, b: Vector) -> Bracketed:
    entries = tuple(
        Add((Mul((a[i], b[j])), Neg(Mul((a[j], b[i]))))) for i, j in ((1, 2), (2, 0), (0, 1))
    )
    return Bracketed("(", entries, ")")
