"""Vectors and matrices that a statement names: products, lengths, angles, determinants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice, permutations
from types import MappingProxyType

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Call,
    Comparison,
    Const,
    Div,
    Matrix,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    Unreadable,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.solving.linear_systems import rows_of
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.matrices import as_column, evaluate
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import term_of, words
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.side_names import OF_EVENT
from tutor.grading.working.task import Task

MAX_VECTORS = 3
_BOLD = "bold "
_UNITS = ("i", "j", "k")
MAX_MATRICES = 3
_TWO = Num(Fraction(2))
_VECTOR = words(r"vectors?|vektor\w*|vecteurs?|vector(?:es)?", r"向量|\\vec|\\overrightarrow")
_ANGLE_BETWEEN = words(
    r"angle between|winkel zwischen|angle entre|ángulo entre|ángulo que forman", "夹角"
)
_BARRED = re.compile(
    r"\\(?:vec|overrightarrow)\{?([a-z])\}?=\(([-−]?\d{1,4}(?:\|[-−]?\d{1,4}){1,2})\)"
)
_PERPENDICULAR = words(
    r"perpendicular|orthogonal\w*|senkrecht\w*|perpendiculaires?|perpendicular(?:es)?",
    r"\\perp|⊥|垂直",
)
_MATRIX = re.compile(
    r"(?:([A-Z])\s*=\s*)?(\\begin\s*\{[pbv]matrix\}.{1,400}?\\end\s*\{[pbv]matrix\})", re.DOTALL
)
_EIGENVALUES = words(
    r"eigen\w*|valeurs? propres?|(?:auto|valor(?:es)? pro)\w*|characteristic polynomial", "特征"
)
_EIGENVALUE_LETTERS = frozenset(["lambda", "k", "L", "mu"])  # x and t are of eigenvectors
_DETERMINANT = words(r"det\w*", r"行列式|\\det|\\begin\{vmatrix\}")
_CRAMER = words(r"cramer\w{0,3}|det\w*", "行列式|克[莱拉][姆默]")
_CROSS = words(r"cross product|vector product|kreuzprodukt|vektorprodukt", r"叉积|向量积|\\times")
_POINT = re.compile(
    r"(?:(?<![A-Za-z\d])|(?<=\\times))\(([^()|,;]{1,12}(?:[,|;][^()|,;]{1,12}){1,2})\)"
)
_NAMED = re.compile(r"(?<![A-Za-z\\])([a-z])\s?=\s?(\([^()]{1,40}\))")
_PRODUCT = words(
    r"dot product|scalar product|projection|projektion|skalarprodukt|produit scalaire"
    r"|producto escalar|proyección",
    r"数量积|点积|投影|(?<![A-Za-z])[a-z]\s?[·⋅]\s?[a-z](?![A-Za-z])",
)
INVERSE = words(r"invers\w*|inverted", r"逆矩阵|\^\{-1\}")
_INVERSE_NAMES = frozenset(["inverse", "inverse matrix", "inversa", "逆矩阵"])
_UNIT_VECTOR = words(
    r"unit vectors?|einheitsvektor\w*|vecteurs? unitaires?|vector(?:es)? unitarios?", "单位向量"
)
_LENGTHS = frozenset(
    [
        *("|a|", "|u|", "|v|", "length", "magnitude", "norm", "betrag", "länge", "norme"),
        *("longueur", "longitud", "módulo", "模", "长度"),
    ]
)
_DOT_NAMES = frozenset(
    [
        *("dot product", "scalar product", "skalarprodukt", "produit scalaire"),
        *("producto escalar", "数量积", "点积"),
    ]
)
_ANGLES = frozenset(["theta", "phi", "alpha", "beta", "gamma", "angle", "winkel", "夹角", "ángulo"])


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    vectors = vectors_in(task)
    for name, entries in vectors.items():
        yield length_of(name, entries)
    if not vectors and _UNIT_VECTOR.search(task.text):
        for _, entries in islice(_numbered_vectors(task.text), 1):
            yield length_of("v", entries, _LENGTHS)
    for (first, a), (second, b) in permutations(vectors.items(), 2):
        if len(a) != len(b):
            continue
        yield from _pair(first, second, a, b)
        if _PERPENDICULAR.search(task.text) and free_names(_dot(a, b)):
            yield ExpectedQuantity(frozenset([f"{first}·{second}"]), value=ZERO)
    if len(vectors) == 2 and _CROSS.search(task.text):
        a, b = vectors.values()
        if len(a) == len(b) == 3:
            yield from _components(_cross(a, b))
    matrices = matrices_in(task.text)
    if _EIGENVALUES.search(task.text):
        for matrix in list(matrices.values())[:1]:
            yield from _characteristic(matrix)
    elif _DETERMINANT.search(task.text) or len(matrices) == 1:
        for name, matrix in matrices.items():
            yield from _determinants(name, matrix)
    if _CRAMER.search(task.text):
        yield from _cramers_determinants(task)
    yield from _products(matrices)
    if len(matrices) == 1 and INVERSE.search(task.text):
        yield from _inverse(*next(iter(matrices.items())))


def _cramers_determinants(task: Task) -> Iterator[ExpectedQuantity]:
    """D, Dx and Dy of two linear equations."""
    unknowns = sorted(frozenset[str]().union(*map(free_names, task.equations)))
    if len(unknowns) != 2 or len(task.equations) != 2:
        return
    rows = rows_of(task.equations, unknowns)
    if rows is None:
        return
    (a, b, e), (c, d, f) = rows
    letters = ["D", "Δ", "Delta", "det"]
    yield _cramers_determinant(frozenset(letters), a * d, b * c)
    for name, products in zip(unknowns, ((e * d, b * f), (a * f, e * c)), strict=True):
        called = (form for x in letters for form in (f"{x}_{name}", f"{x}·{name}"))
        yield _cramers_determinant(frozenset(called), *products)


def _cramers_determinant(
    names: frozenset[str], product: Fraction, other: Fraction
) -> ExpectedQuantity:
    """other: the product that is taken away, and easily loses its sign."""
    value, wrong = product - other, product + other
    is_other = abs(wrong) != abs(value)
    mistakes = (Mistake(Slip.LOST_SIGN, value=number_term(wrong)),) if is_other else ()
    return ExpectedQuantity(names, value=number_term(value), mistakes=mistakes)


_COMBINED = re.compile(  # (a - b) ⊥ a
    r"[)\]]\s{0,3}(?:\\perp|⊥)|(?:\\perp|⊥)\s{0,3}(?:\\left)?[(\[]"
    r"|(?:vec|bf|arrow)\s?\{?\s?[a-zA-Z]\s?\}?\s?[+−-]|(?<![A-Za-z])[a-z]\s?[+−-]\s?\d?[a-z](?![a-z])"
)


def equations_of(task: Task) -> Iterator[Comparison]:
    """What the words say of an unknown: a·b = 0 for perpendicular vectors, det(A - λI) = 0."""
    vectors = list(vectors_in(task).values())
    if len(vectors) == 2 and len(vectors[0]) == len(vectors[1]):
        names = frozenset[str]().union(*(free_names(entry) for v in vectors for entry in v))
        is_plain = not _COMBINED.search(task.text)
        if len(names) == 1 and is_plain and _PERPENDICULAR.search(task.text):
            yield Comparison("=", _dot(*vectors), ZERO)
    if _EIGENVALUES.search(task.text):
        for matrix in list(matrices_in(task.text).values())[:1]:
            polynomial = determinant(_minus_lambda(matrix))
            for name in sorted(_EIGENVALUE_LETTERS - task.names) if polynomial is not None else ():
                renamed = substitute(polynomial, Sym("lambda"), Sym(name))
                yield Comparison("=", renamed, ZERO)


def vectors_in(task: Task) -> dict[str, tuple[Term, ...]]:
    """By name, without arrows."""
    vectors: dict[str, tuple[Term, ...]] = dict(_barred_vectors(task.text))
    is_topic = bool(_VECTOR.search(task.text) or _ANGLE_BETWEEN.search(task.text))
    for equation in task.equations:
        match equation:
            case Comparison("=", Sym(name), value):
                column = value if isinstance(value, Matrix) else as_column(value)
                is_vector = name.startswith("bold ") or is_topic
                if column and is_vector and all(len(row) == 1 for row in column.rows):
                    entries = [row[0] for row in column.rows if is_term(row[0])]
                    vectors[name.removeprefix("bold ")] = tuple(entries)
    vectors = {**dict(_unit_combinations(task, is_topic=is_topic)), **vectors}
    if is_topic or _PRODUCT.search(task.text):
        vectors = {**dict(_named_vectors(task.text)), **vectors}
    is_pair = _PERPENDICULAR, _CROSS, _PRODUCT, _ANGLE_BETWEEN
    if not vectors and any(topic.search(task.text) for topic in is_pair):
        vectors = dict(_numbered_vectors(task.text))
    return dict(list(vectors.items())[:MAX_VECTORS])


def _unit_combinations(task: Task, *, is_topic: bool) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """a = i + 2j + 2k and b = 4i + 3k, in as many dimensions as all of them have.

    is_topic: whether the statement is about vectors, so that plain letters may stand for them.
    """
    combinations = [
        (equation.left.name, tuple(map(_worked_out, entries)))
        for equation in task.equations
        if isinstance(equation, Comparison) and equation.op == "="
        if isinstance(equation.left, Sym) and is_term(equation.right)
        if is_topic or equation.left.name.startswith(_BOLD)
        if (entries := components_of(equation.right)) is not None
    ]
    is_flat = all(rational_value(entries[2]) == 0 for _, entries in combinations)
    for name, entries in combinations:
        yield name.removeprefix(_BOLD), entries[:2] if is_flat else entries


def _worked_out(term: Term) -> Term:
    number = rational_value(term)
    return term if number is None else number_term(number)


def components_of(
    term: Term, vectors: Mapping[str, tuple[Term, ...]] = MappingProxyType({})
) -> tuple[Term, ...] | None:
    """2, -1 and 3 of 2i - j + 3k; None for what is no sum of multiples of vectors.

    vectors: those that letters stand for, with as many entries each.
    """
    size = len(next(iter(vectors.values()), _UNITS))
    match term:
        case Sym() | Const():
            name = term.name.removeprefix(_BOLD)
            if name in vectors:
                return vectors[name]
            return _unit(_UNITS.index(name), size) if name in _UNITS[:size] else None
        case Neg(part):
            entries = components_of(part, vectors)
            return entries and tuple(Neg(entry) for entry in entries)
        case Add(parts):
            summands = [components_of(part, vectors) for part in parts]
            known = [entries for entries in summands if entries is not None]
            rows = zip(*known, strict=True)
            return tuple(map(Add, rows)) if len(known) == len(parts) else None
        case Mul(parts):
            columns = [(n, entries) for n, part in enumerate(parts)
                     if (entries := components_of(part, vectors)) is not None]  # fmt: skip
            if len(columns) != 1:
                return None
            [(at, entries)] = columns
            factors = (*parts[:at], *parts[at + 1 :])
            return tuple(Mul((*factors, entry)) for entry in entries)
    return None


def _unit(at: int, size: int) -> tuple[Term, ...]:
    return tuple(Num(Fraction(int(n == at))) for n in range(size))


def _barred_vectors(text: str) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """a = (2|-3|6), with an arrow over the name."""
    for match in _BARRED.finditer(text.replace(r"\,", "").replace(r"\mid", "|").replace(" ", "")):
        yield match[1], tuple(term_of(part) for part in match[2].split("|"))


def _named_vectors(text: str) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """a = (1, 2) and b = (3, -2), typed without LaTeX."""
    for match in _NAMED.finditer(plain_text(text)):
        for _, entries in _numbered_vectors(match[2]):
            yield match[1], entries


def _numbered_vectors(text: str) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """(4, -1, 2) and (k, 3, -5), by the number of their appearance."""
    for number, match in enumerate(_POINT.finditer(plain_text(text))):
        try:
            parts = [read_expression(part) for part in re.split(r"[,|;]", match[1])]
        except (Unreadable, RecursionError):
            continue
        entries = tuple(part for part in parts if is_term(part))
        if len(entries) == len(parts):
            yield str(number), entries


def matrices_in(text: str) -> dict[str, Matrix]:
    """By name, or by the number of its appearance."""
    matrices: dict[str, Matrix] = {}
    for number, match in enumerate(_MATRIX.finditer(text)):
        try:
            value = read_expression(match[2].replace("vmatrix", "pmatrix"))
        except (Unreadable, RecursionError):
            continue
        if isinstance(value, Matrix) and evaluate(value, {}) is not None:
            matrices[match[1] or str(number)] = value
    return dict(list(matrices.items())[:MAX_MATRICES])


def length_of(
    name: str, entries: tuple[Term, ...], also: frozenset[str] = frozenset()
) -> ExpectedQuantity:
    squares = Add(tuple(Pow(entry, _TWO) for entry in entries))
    mistakes = [Mistake(Slip.ROOT_FORGOTTEN, value=squares)]
    numbers = [rational_value(entry) for entry in entries]
    if sum(bool(number) for number in numbers) > 1 and None not in numbers:
        sizes = Add(tuple(number_term(abs(number)) for number in numbers if number is not None))
        mistakes.append(Mistake(Slip.SPLIT_ROOT, value=sizes))
    known = [number for number in numbers if number is not None]
    for doubled in {sum(map(abs, known), Fraction(0)) * 2, sum(known, Fraction(0)) * 2}:
        if len(known) == len(numbers) and doubled > 0:
            wrong = Root(number_term(doubled), _TWO)
            mistakes.append(Mistake(Slip.DOUBLED_FOR_SQUARED, value=wrong))
    signed = [n * abs(n) for n in known]
    if signed != [abs(n) for n in signed] and sum(signed, Fraction(0)) > 0:
        wrong = Root(number_term(sum(signed, Fraction(0))), _TWO)
        mistakes.append(Mistake(Slip.NEGATIVE_SQUARE, value=wrong))
    names = frozenset([f"|{name}|"]) | also
    is_only = not also and None not in numbers
    return ExpectedQuantity(
        names, value=Root(squares, _TWO), mistakes=tuple(mistakes), is_only=is_only
    )


def _dot(a: tuple[Term, ...], b: tuple[Term, ...]) -> Add:
    return Add(tuple(Mul(pair) for pair in zip(a, b, strict=True)))


def _pair(
    first: str, second: str, a: tuple[Term, ...], b: tuple[Term, ...]
) -> Iterator[ExpectedQuantity]:
    names = frozenset([f"{first}·{second}"])
    dot = _dot(a, b)
    yield ExpectedQuantity(names | _DOT_NAMES, value=dot, mistakes=tuple(_signs_lost(dot)))
    if len(a) == 3:
        cross, middle = _cross(a, b), _cross(a, b, sign=-1)
        wrong = (Mistake(Slip.LOST_SIGN, value=middle),)
        yield ExpectedQuantity(names, value=cross, mistakes=wrong)
        yield ExpectedQuantity(frozenset([f"|{first}·{second}|"]), value=Call("abs", (dot,)))
        yield length_of(f"{first}·{second}", tuple(row[0] for row in cross.rows if is_term(row[0])))
    lengths = [Root(_dot(v, v), _TWO) for v in (a, b)]
    cosine = Div(dot, Mul(tuple(lengths)))
    if not free_names(cosine):
        yield ExpectedQuantity(frozenset(["cos"]), value=cosine)
        yield ExpectedQuantity(_ANGLES, value=Call("acos", (cosine,)))


_COMPONENT = ("component", "entry", "komponente", "composante", "componente", "coordonnée")
_ORDINALS = (
    "first 1st erste première primera 1.",
    "second 2nd middle zweite mittlere deuxième seconde segunda 2.",
    "third 3rd last dritte troisième tercera 3.",
)


def _components(cross: Matrix) -> Iterator[ExpectedQuantity]:
    """The second one is often taken with the wrong sign."""
    for axis, ordinals, (entry,) in zip("xyz", _ORDINALS, cross.rows, strict=True):
        assert is_term(entry)  # noqa: S101 - `_cross` makes terms
        names = frozenset([f"{axis}{word}" for word in ("", "分量", "-component", " component")])
        names |= {f"{ordinal} {word}" for ordinal in ordinals.split() for word in _COMPONENT}
        wrong = (Mistake(Slip.LOST_SIGN, value=Neg(entry)),) if axis == "y" else ()
        yield ExpectedQuantity(names, value=entry, mistakes=wrong)


def _signs_lost(total: Add) -> Iterator[Mistake]:
    for index, part in enumerate(total.parts):
        if rational_value(part) != 0:
            parts = (*total.parts[:index], Neg(part), *total.parts[index + 1 :])
            yield Mistake(Slip.LOST_SIGN, value=Add(parts))


def _cross(a: tuple[Term, ...], b: tuple[Term, ...], sign: int = 1) -> Matrix:
    """sign: of the middle entry."""
    entries: list[Term] = []
    for i, j in ((1, 2), (2, 0), (0, 1)):
        entries.append(Add((Mul((a[i], b[j])), Neg(Mul((a[j], b[i]))))))
    entries[1] = entries[1] if sign > 0 else Neg(entries[1])
    return Matrix(tuple((entry,) for entry in entries))


def determinant(matrix: Matrix, signs: tuple[int, ...] = (1, -1, 1, -1)) -> Term | None:
    """By the first row; None for what is not square or larger than 4. signs: of its summands."""
    rows = matrix.rows
    size = len(rows)
    if size > 4 or any(len(row) != size for row in rows):
        return None
    if size == 1:
        return rows[0][0] if is_term(rows[0][0]) else None
    parts: list[Term] = []
    for column, entry in enumerate(rows[0]):
        minor = Matrix(tuple(row[:column] + row[column + 1 :] for row in rows[1:]))
        inner = determinant(minor)
        if inner is None or not is_term(entry):
            return None
        part = Mul((entry, inner))
        parts.append(part if signs[column] > 0 else Neg(part))
    return Add(tuple(parts))


def _determinants(name: str, matrix: Matrix) -> Iterator[ExpectedQuantity]:
    value = determinant(matrix)
    if value is None:
        return
    names = frozenset(["det", "determinant", "determinante", "déterminant", "行列式", f"|{name}|"])
    wrong = determinant(matrix, (1, 1, 1, 1))
    mistakes = (Mistake(Slip.LOST_SIGN, value=wrong),) if wrong is not None else ()
    yield ExpectedQuantity(names, value=value, mistakes=mistakes)
    if len(matrix.rows) == 2:
        plus = Mistake(Slip.LOST_SIGN, term_of("a*d+b*c"))
        yield ExpectedQuantity(names, term_of("a*d-b*c"), mistakes=(plus,))
        (a, b), (c, d) = matrix.rows
        for name, pair in (("ad", (a, d)), ("bc", (b, c))):
            if is_term(pair[0]) and is_term(pair[1]):
                called = frozenset([name, "·".join(name)])
                yield ExpectedQuantity(called, value=Mul((pair[0], pair[1])))


def _minus_lambda(matrix: Matrix) -> Matrix:
    rows = [
        tuple(
            Add((entry, Neg(Sym("lambda")))) if i == j and is_term(entry) else entry
            for j, entry in enumerate(row)
        )
        for i, row in enumerate(matrix.rows)
    ]
    return Matrix(tuple(rows))


def _characteristic(matrix: Matrix) -> Iterator[ExpectedQuantity]:
    shifted = _minus_lambda(matrix)
    polynomial = determinant(shifted)
    if polynomial is None:
        return
    wrong = determinant(shifted, (1, 1, 1, 1))
    mistakes = (Mistake(Slip.LOST_SIGN, value=wrong),) if wrong is not None else ()
    names = frozenset(["det", "p", "P", OF_EVENT, "chi", "χ"])
    yield ExpectedQuantity(names, polynomial, value=polynomial, mistakes=mistakes)
    if len(matrix.rows) % 2:
        yield ExpectedQuantity(names, value=Neg(polynomial))


def _products(matrices: dict[str, Matrix]) -> Iterator[ExpectedQuantity]:
    for (first, a), (second, b) in permutations(matrices.items(), 2):
        yield from _product(first, second, a, b)
    for name, matrix in matrices.items():
        square = evaluate(Mul((matrix, matrix)), {})
        if square is not None and name.isalpha():
            mistakes = _entry_by_entry(matrix, matrix)
            yield ExpectedQuantity(frozenset([f"{name}^2"]), value=square, mistakes=mistakes)


def _product(first: str, second: str, a: Matrix, b: Matrix) -> Iterator[ExpectedQuantity]:
    product = evaluate(Mul((a, b)), {})
    if product is None:
        return
    if not first.isalpha():  # the matrices have no names
        first, second = ("A", "B") if first < second else ("B", "A")
    names = frozenset([f"{first}·{second}", f"{first}_{second}"])
    yield ExpectedQuantity(names, value=product, mistakes=_entry_by_entry(a, b))


def _entry_by_entry(a: Matrix, b: Matrix) -> tuple[Mistake, ...]:
    if [len(row) for row in a.rows] != [len(row) for row in b.rows]:
        return ()
    pairs = [zip(*rows, strict=True) for rows in zip(a.rows, b.rows, strict=True)]
    entries = tuple(tuple(Mul(pair) for pair in row) for row in pairs)  # type: ignore[arg-type]
    return (Mistake(Slip.ENTRY_BY_ENTRY, value=Matrix(entries)),)


def _inverse(name: str, matrix: Matrix) -> Iterator[ExpectedQuantity]:
    """Of a matrix of two rows."""
    if [len(row) for row in matrix.rows] != [2, 2]:
        return
    (a, b), (c, d) = matrix.rows
    size = determinant(matrix)
    entries = [entry for entry in (a, b, c, d) if is_term(entry)]
    if size is None or len(entries) < 4 or rational_value(size) in (0, None):
        return
    adjoint = Matrix(((entries[3], Neg(entries[1])), (Neg(entries[2]), entries[0])))
    signs_kept = Matrix(((entries[3], entries[1]), (entries[2], entries[0])))
    not_swapped = Matrix(((entries[0], Neg(entries[1])), (Neg(entries[2]), entries[3])))
    mistakes = (
        Mistake(Slip.LOST_SIGN, value=Div(signs_kept, size)),
        Mistake(Slip.WRONG_FORMULA, value=Div(not_swapped, size)),
        Mistake(Slip.WRONG_FORMULA, value=adjoint),
    )
    own = [name] if name.isalpha() else ["A", "B", "M"]
    names = _INVERSE_NAMES | {f"{letter}^-1" for letter in own}
    yield ExpectedQuantity(names, value=Div(adjoint, size), mistakes=mistakes)
