"""Quadratic equations: the discriminant, the formula for the solutions, the vertex."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Comparison,
    Div,
    Matrix,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.statements import comparisons
from tutor.grading.steps.witnesses import number
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

DISCRIMINANT = frozenset(
    [
        "D",
        "Delta",
        "delta",
        "Δ",
        "disc",
        "discr",
        "disk",
        "discriminant",
        "diskriminante",
        "discriminante",
        "判别式",
    ]
)


_VERTEX = words(
    r"vert(?:ex|ices)|turning points?|scheitel\w{0,10}|sommets?|vértices?|hochpunkt|tiefpunkt"
    r"|axis of symmetry|symmetrieachse|axe de symétrie|eje de simetría",
    "顶点|对称轴",
)
_MOVED = words(
    r"reflect\w{0,5}|mirror\w{0,3}|shift\w{0,3}|translat\w{0,4}|images?|\w{0,3}gespiegelt|verschoben"
    r"|symétriques?|translatée?|simétric[ao]|reflejad[ao]|desplaz\w{1,5}|traslad\w{1,3}",
    "关于|平移|翻折|旋转",
)
_VERTEX_NAMES = frozenset(
    ["vertex", "turning point", "scheitel", "scheitelpunkt", "sommet", "vértice", "顶点", "S", "V"]
)
_AXIS_NAMES = frozenset(["x_s", "x_S", "x_v", "x_V"])
_HEIGHT_NAMES = frozenset(["y_s", "y_S", "y_v", "y_V", "ys", "yv"])
_SAMPLES = (Fraction(3), Fraction(7))  # of a parameter
_PLACES = (Fraction(0), Fraction(1), Fraction(-1))
_NUMBERS_OF_SOLUTIONS = (
    (
        words(
            r"no (?:real )?(?:solutions?|roots?)|keine (?:reelle\w* )?(?:lösung\w*|nullstelle\w*)"
            r"|aucune solution|pas de (?:solution|racine)|ninguna solución|no tiene soluci\w+",
            "没有实数根|无实数根|无实根|没有实根",
        ),
        "<",
    ),
    (
        words(
            r"(?:exactly |only |just )one (?:real )?(?:solution|root)|equal (?:real )?roots"
            r"|(?:double|repeated) (?:real )?root|genau eine (?:reelle )?(?:lösung|nullstelle)"
            r"|doppelte (?:lösung|nullstelle)|une (?:seule|unique) solution|solution unique"
            r"|racine double|una (?:única|sola) solución|raíz doble",
            "两个相等的实数根|两个相等的实根|有两个相等",
        ),
        "=",
    ),
    (
        words(
            r"two (?:distinct|different|unequal) (?:real )?(?:solutions|roots)"
            r"|zwei verschiedene (?:reelle )?(?:lösungen|nullstellen)"
            r"|deux (?:solutions|racines)(?: réelles)? distinctes"
            r"|dos (?:soluciones|raíces)(?: reales)? (?:distintas|diferentes)",
            "两个不相等的实数根|两个不相等的实根|两个不等实根",
        ),
        ">",
    ),
)


def _formula(text: str) -> Term:
    term = read_answer(text)
    assert is_term(term)  # noqa: S101 - the texts are this module's own
    return term


_DISCRIMINANT = _formula("b^2-4*a*c")
_SOLUTION = _formula(r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}")
_AXIS = _formula(r"\frac{-b}{2a}")
_WRONG_AXIS = _formula(r"\frac{b}{2a}")


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    yield from _vertex(task)
    yield from _discriminants(task)
    for equation in task.equations:
        coefficients = coefficients_of(equation)
        if coefficients is None:
            yield from _with_parameter(equation)
            continue
        name, (c, b, a) = coefficients
        for letter, value in (("a", a), ("b", b), ("c", c)):
            yield ExpectedQuantity(frozenset([letter]), value=number(value))
        yield ExpectedQuantity(
            DISCRIMINANT,
            _DISCRIMINANT,
            number(b * b - 4 * a * c),
            (
                Mistake(Slip.LOST_SIGN, _formula("b^2+4*a*c"), number(b * b + 4 * a * c)),
                Mistake(Slip.NEGATIVE_SQUARE, None, number(-b * b - 4 * a * c)),
            ),
        )
        yield ExpectedQuantity(
            frozenset([name]),
            _SOLUTION,
            None,
            (Mistake(Slip.LOST_SIGN, _formula(r"\frac{b\pm\sqrt{b^2-4ac}}{2a}")),),
        )


def _discriminants(task: Task) -> Iterator[ExpectedQuantity]:
    """Where the two sides of an inequality are equal, or the one quadratic of the task is zero."""
    terms = [f.body for name, f in task.definitions.functions.items() if "'" not in name]
    terms += task.expressions if not task.equations else ()
    conditions = [Comparison("=", term, ZERO) for term in dict.fromkeys(terms)]
    conditions += [
        Comparison("=", part.left, part.right)
        for value in task.equations
        for part in comparisons(value)
        if part.op != "="
    ]
    read = [own for condition in conditions if (own := coefficients_of(condition))]
    for _, (c, b, a) in read if len(read) == 1 else ():
        yield ExpectedQuantity(DISCRIMINANT, value=number(b * b - 4 * a * c))


def _vertex(task: Task) -> Iterator[ExpectedQuantity]:
    """Of the only parabola of the statement, y = ax² + bx + c."""
    functions = {f for name, f in task.definitions.functions.items() if "'" not in name}
    if len(functions) != 1 or _MOVED.search(task.text) or not _VERTEX.search(task.text):
        return
    coefficients = coefficients_of(Comparison("=", functions.pop().body, ZERO))
    if coefficients is not None:
        _, (c, b, a) = coefficients
        x, y = -b / (2 * a), c - b * b / (4 * a)
        wrong = [(-x, y), (x, -y), (-x, -y), (y, x)]
        yield ExpectedQuantity(
            _VERTEX_NAMES,
            value=_point(x, y),
            mistakes=tuple(Mistake(Slip.LOST_SIGN, None, _point(*at)) for at in wrong),
        )
        yield ExpectedQuantity(_HEIGHT_NAMES, value=number(y))
        yield from _axis(a, b, c)


def _axis(a: Fraction, b: Fraction, c: Fraction) -> Iterator[ExpectedQuantity]:
    """x = -b/(2a), and the letters in it."""
    for letter, value in (("a", a), ("b", b), ("c", c)):
        yield ExpectedQuantity(frozenset([letter]), value=number(value))
    x = -b / (2 * a)
    lost_sign = Mistake(Slip.LOST_SIGN, _WRONG_AXIS, number(-x))
    yield ExpectedQuantity(_AXIS_NAMES, _AXIS, number(x), (lost_sign,))
    is_root = a * x * x - b * x + c == 0  # -x, which a working may well find
    quotient = Mistake(Slip.LOST_SIGN, None, number(-x), partial(_is_over, bottom=2 * a))
    yield ExpectedQuantity(frozenset("x"), _AXIS, number(x), () if is_root else (quotient,))


def _is_over(term: Term, bottom: Fraction) -> bool:
    """Whether it is a number over this one, as -8/4 over 4."""
    term = term.part if isinstance(term, Neg) else term
    if not isinstance(term, Div):
        return False
    top, below = rational_value(term.top), rational_value(term.bottom)
    return top is not None and not isinstance(term.top, Add) and below in (bottom, -bottom)


def _point(x: Fraction, y: Fraction) -> Matrix:
    return Matrix(((number(x),), (number(y),)))


def _with_parameter(equation: Value) -> Iterator[ExpectedQuantity]:
    """Coefficients and discriminant of x² - (k + 1)x + 9 = 0, in terms of k."""
    terms = terms_of(equation)
    if terms is not None:
        for letter, value in zip("abc", terms, strict=True):
            if letter not in free_names(equation):
                yield ExpectedQuantity(frozenset([letter]), value=value)
        yield ExpectedQuantity(DISCRIMINANT, _DISCRIMINANT, discriminant(terms))


def terms_of(equation: Value) -> tuple[Term, Term, Term] | None:
    """a, b and c of a quadratic equation in x with a parameter; None for others."""
    match equation:
        case Comparison("=", left, right) if is_term(left) and is_term(right):
            side = Add((left, Neg(right)))
        case _:
            return None
    names = free_names(equation)
    if "x" not in names or len(names) != 2:
        return None
    [parameter] = names - {"x"}
    for sample in _SAMPLES:
        at = Comparison("=", substitute(side, Sym(parameter), Num(sample)), ZERO)
        if coefficients_of(at) is None:
            return None
    at_zero, at_one, at_minus = (substitute(side, Sym("x"), number(x)) for x in _PLACES)
    half = Num(Fraction(1, 2))
    a = Add((Mul((half, Add((at_one, at_minus)))), Neg(at_zero)))
    return a, Mul((half, Add((at_one, Neg(at_minus))))), at_zero


def discriminant(terms: tuple[Term, Term, Term]) -> Term:
    """b² - 4ac"""
    a, b, c = terms
    return Add((Pow(b, Num(Fraction(2))), Neg(Mul((Num(Fraction(4)), a, c)))))


def equations_of(task: Task) -> Iterator[Comparison]:
    """What the words say of the discriminant: how many solutions an equation has."""
    signs = [sign for pattern, sign in _NUMBERS_OF_SOLUTIONS if pattern.search(task.text)]
    terms = [terms for equation in task.equations if (terms := terms_of(equation)) is not None]
    if signs and len(terms) == 1:
        yield Comparison(signs[0], discriminant(terms[0]), ZERO)


def coefficients_of(equation: Value) -> tuple[str, tuple[Fraction, Fraction, Fraction]] | None:
    """The unknown of a quadratic equation, and c, b and a of ax² + bx + c = 0."""
    if not isinstance(equation, Comparison) or equation.op != "=":
        return None
    left, right = equation.left, equation.right
    names = free_names(equation)
    if len(names) != 1 or not is_term(left) or not is_term(right):
        return None
    [name] = names
    quotient = rational_function(Add((left, Neg(right))), name)
    if quotient is None or quotient.bottom.degree() > 0 or quotient.top.degree() != 2:
        return None
    c, b, a = (
        Fraction(int(x.p), int(x.q))
        / Fraction(int(quotient.bottom[0].p), int(quotient.bottom[0].q))
        for x in (quotient.top[0], quotient.top[1], quotient.top[2])
    )
    return name, (c, b, a)
