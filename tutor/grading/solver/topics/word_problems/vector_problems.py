"""Vectors and small matrices: products, lengths, right angles, determinants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Bracketed,
    Call,
    Comparison,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Unreadable,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import TWO, number, square_root
from tutor.grading.solver.topics.word_problems.plan import Waypoint, answer, follow
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.vectors import determinant, matrices_in, vectors_in
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

_VECTOR = words(
    r"vectors?|vektor(?:en|s)?|vecteurs?|vector(?:es)?|dot product|scalar product|skalarprodukt"
    r"|produit scalaire|producto escalar",
    r"向量|\\vec|\\overrightarrow|数量积|点积",
)
_DOT = words(
    r"dot product|scalar product|inner product|skalarprodukt|produit scalaire|producto escalar",
    r"数量积|点积|内积|\\cdot",
)
_PERPENDICULAR = words(
    r"perpendicular(?:es)?|orthogonal\w{0,3}|senkrecht\w{0,3}|perpendiculaires?|ortogonal(?:es)?"
    r"|right angle",
    r"\\perp|⊥|垂直",
)
_LENGTH = words(
    r"lengths?|magnitude|norm|betrag|länge|norme|longueur|módulo|longitud|norma", "模|长度|大小"
)
_ANGLE = words(r"angles?|winkel|ángulo", "夹角")
_DETERMINANT = words(
    r"determinants?|determinante|déterminant|det", r"行列式|\\det|\\begin\{vmatrix\}"
)
_BRACKET = re.compile(r"\(\s*([^()\s,;|][^()]{0,40}?)\s*\)")
_COLUMN = re.compile(r"\\begin\{[pb]matrix\}(.{1,80}?)\\end\{[pb]matrix\}", re.DOTALL)
_LETTER = r"(?:\\(?:vec|overrightarrow|mathbf) ?\{? ?)?(?<![a-zA-Z])[abuv]\}?"
_COMBINED = re.compile(rf"{_LETTER} ?[-+] ?\d?{_LETTER}(?![a-zA-Z])")
MAX_VECTORS = 3


def work_with_vectors(position: Position) -> Iterator[Step]:
    task = position.goal.task
    vectors = list(vectors_in(task).values()) or _typed_vectors(task)
    text = task.text
    if _COMBINED.search(text):
        return  # a - b, of which nothing is known here
    if len(vectors) == 2 and len(vectors[0]) == len(vectors[1]):
        yield from _pair(position, vectors[0], vectors[1])
    elif len(vectors) == 1 and _LENGTH.search(text) and _VECTOR.search(text):
        yield from follow([_length(vectors[0])], position)


def _typed_vectors(task: Task) -> list[tuple[Term, ...]]:
    """(k, 3) and (2, -4), in the order of the statement."""
    vectors: list[tuple[Term, ...]] = []
    if not _VECTOR.search(task.text) and not _PERPENDICULAR.search(task.text):
        return []
    for match in _COLUMN.finditer(task.text):
        vectors.append(_entries(re.split(r"\\\\", match[1])))
    for match in () if vectors else _BRACKET.finditer(plain_text(task.text)):
        parts = re.split(r"[,;|]", match[1])
        if len(parts) in (2, 3):
            vectors.append(_entries(parts))
    return [entries for entries in vectors if entries][:MAX_VECTORS]


def _entries(parts: Sequence[str]) -> tuple[Term, ...]:
    entries: list[Term] = []
    for part in parts:
        try:
            term = read_expression(part.strip())
        except (Unreadable, RecursionError):
            return ()
        if not is_term(term):
            return ()
        entries.append(term)
    return tuple(entries)


def _dot(first: Sequence[Term], second: Sequence[Term]) -> Term:
    return Add(tuple(Mul(pair) for pair in zip(first, second, strict=True)))


def _pair(position: Position, first: tuple[Term, ...], second: tuple[Term, ...]) -> Iterator[Step]:
    text = position.goal.task.text
    dot = _dot(first, second)
    names = free_names(dot)
    if _PERPENDICULAR.search(text) and len(names) == 1:
        if not written_lines(position):
            yield Step(Comparison("=", dot, ZERO), Move(MoveName.SET_DOT_PRODUCT_TO_ZERO))
    elif _ANGLE.search(text) and not names:
        yield from follow(_angle(first, second), position)
    elif (_DOT.search(text) or _PERPENDICULAR.search(text)) and not names:
        yield from follow([answer(dot, MoveName.USE_DOT_PRODUCT)], position)


def _length(entries: Sequence[Term]) -> Waypoint:
    squares = Add(tuple(Pow(entry, TWO) for entry in entries))
    return answer(square_root(squares), MoveName.USE_LENGTH_FORMULA, name="d")


def _angle(first: Sequence[Term], second: Sequence[Term]) -> list[Waypoint]:
    """cos(α) = a·b/(|a|·|b|)"""
    lengths = [square_root(Add(tuple(Pow(e, TWO) for e in v))) for v in (first, second)]
    cosine = Div(_dot(first, second), Mul(tuple(lengths)))
    line = Comparison("=", Call("cos", (Sym("alpha"),)), cosine)
    return [Waypoint((Step(line, Move(MoveName.PUT_INTO_FORMULA)),), cosine, "alpha")]


def combine_vectors(position: Position) -> Iterator[Step]:
    """2a - b = (2·1 - 3, 2·(-2) - 4), then (-1, -8)"""
    vectors = vectors_in(position.goal.task)
    sizes = {len(entries) for entries in vectors.values()}
    term = _combination(position.goal.task, vectors)
    if term is None or len(sizes) != 1:
        return
    entries = tuple(_entry_of(term, vectors, index) for index in range(sizes.pop()))
    values = [rational_value(entry) for entry in entries]
    start = Comparison("=", term, Bracketed("(", entries, ")"))
    lines = written_lines(position)
    if not lines:
        yield Step(start, Move(MoveName.PUT_INTO_FORMULA))
    elif lines[-1] == start and None not in values:
        point = tuple(number(value) for value in values if value is not None)
        line = Comparison("=", term, Bracketed("(", point, ")"))
        yield Step(line, Move(MoveName.WORK_OUT))


def _combination(task: Task, vectors: Mapping[str, tuple[Term, ...]]) -> Term | None:
    """The only sum of multiples of vectors that the statement asks for."""
    terms = [_with_plain_names(term) for term in task.expressions if isinstance(term, Add)]
    sums = [term for term in terms if free_names(term) and free_names(term) <= vectors.keys()]
    if len(sums) != 1 or not all(map(_is_multiple, sums[0].parts)):
        return None
    return sums[0]


def _with_plain_names(term: Add) -> Add:
    plain: Add = term
    for name in free_names(term):
        plain = substitute(plain, Sym(name), Sym(name.removeprefix("bold ")))
    return plain


def _is_multiple(part: Term) -> bool:
    match part:
        case Neg(inner):
            return _is_multiple(inner)
        case Sym() | Mul((Num(), Sym())):
            return True
    return False


def _entry_of(term: Term, vectors: Mapping[str, tuple[Term, ...]], index: int) -> Term:
    for name, entries in vectors.items():
        term = substitute(term, Sym(name), entries[index])
    return term


def find_determinant(position: Position) -> Iterator[Step]:
    """3·4 - 1·2"""
    text = position.goal.task.text
    if not _DETERMINANT.search(text):
        return
    matrices = list(matrices_in(text).values())
    if len(matrices) != 1 or len(matrices[0].rows) not in (2, 3):
        return
    term = determinant(matrices[0])
    if term is None:
        return
    rows = matrices[0].rows
    entries = [entry for row in rows for entry in row if is_term(entry)]
    if len(entries) == 4:
        a, b, c, d = entries
        term = Add((Mul((a, d)), Neg(Mul((b, c)))))
        yield from follow([answer(term, MoveName.PUT_INTO_FORMULA, name="D")], position)
    elif len(entries) == 9:
        term = _by_first_row(entries)
        yield from follow([answer(term, MoveName.PUT_INTO_FORMULA, name="D")], position)


def _by_first_row(entries: Sequence[Term]) -> Term:
    """a(ei - fh) - b(di - fg) + c(dh - eg)"""
    a, b, c, d, e, f, g, h, i = entries
    minors = [
        Add((Mul((first, last)), Neg(Mul((second, third)))))
        for first, last, second, third in ((e, i, f, h), (d, i, f, g), (d, h, e, g))
    ]
    products = [Mul((entry, minor)) for entry, minor in zip((a, b, c), minors, strict=True)]
    return Add((products[0], Neg(products[1]), products[2]))
