"""Right triangles, diagonals, other triangles and polygons, found again in the right number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.mistakes.real_values import real_number
from tutor.grading.parsing.tree import Add, Call, Const, Div, Mul, Neg, Num, Root, Term, substitute
from tutor.grading.processes.work_budget import WorkBudget

MAX_NUMBERS = 5
MAX_WORK_S = 0.01  # of one value
_N = MistakeName
_TWO = Num(Fraction(2))
_ANGLE = re.compile(
    r"(\d{1,3}(?:\.\d{1,4})?)\s{0,3}+(?:\^\s{0,3}+\{?\s{0,3}+\\circ|°|\\degree|degrees?\b|度)"
)
_OTHER_TOPIC = re.compile(
    r"probab|wahrscheinlich|\bP\s*\(\s*[A-Z]|概率|\\int|\\log|\\lim|median|\bmean\b|%",
    re.IGNORECASE,
)
_RATIO = re.compile(
    r"\b(?:co)?sin|\bcos|\btan|Sinus|Kosinus|Tangens|seno|正弦|余弦|正切", re.IGNORECASE
)
_POLYGON = re.compile(
    r"polygon|gon\b|[nfhsa]eck\b|eck[sen]?\b|interior|exterior|innenwinkel|außenwinkel|angle"
    r"|polygone|pol[ií]gono|边形|内角|外角",
    re.IGNORECASE,
)
_SIDES = {
    3: r"triang|dreieck|三角",
    5: r"pentag|fünfeck|pentág|五边",
    6: r"hexag|sechseck|hexág|六边",
    7: r"heptag|siebeneck|七边",
    8: r"octag|achteck|octóg|八边",
    9: r"nonag|neuneck|九边",
    10: r"decag|décag|decág|zehneck|十边",
    12: r"dodecag|zwölfeck|十二边",
}
_FUNCTIONS = ("sin", "cos", "tan")
_SPECIAL = tuple(
    Div(top, _TWO) for top in (Num(Fraction(1)), Root(_TWO, _TWO), Root(Num(Fraction(3)), _TWO))
)


def triangle_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    if question.amount is None or len(question.numbers) > MAX_NUMBERS:
        return
    if question.mentions(_OTHER_TOPIC):
        return
    angles = [Fraction(angle) for angle in _ANGLE.findall(question.statement)]
    lengths = [number for number in question.numbers if number > 0]
    for angle in angles:
        if angle in lengths:
            lengths.remove(angle)
    if not angles and question.mentions(_RATIO):
        yield from _ratios(lengths, question)
    if not angles:
        yield from _right_triangles(lengths, question)
        yield from _diagonals(lengths, question)
    if len(angles) == 1 and lengths:
        for length in dict.fromkeys(lengths):
            yield from _trigonometry(length, angles[0], question)
    if len(angles) == 1 and len(lengths) == 2:
        yield from _two_sides(lengths[0], lengths[1], angles[0], question)
    yield from _angle_sums(angles, question)
    if question.mentions(_POLYGON):
        yield from _polygon(question)


Pairs = Iterator[tuple[Term, MistakeName]]


def _answers(pairs: Pairs) -> Iterator[MistakenAnswer]:
    for value, name in pairs:
        yield MistakenAnswer(value, name)


def _root(value: Fraction) -> Term:
    return Root(Num(value), _TWO)


def _right_triangles(lengths: list[Fraction], question: Question) -> Iterator[MistakenAnswer]:
    for a, b in combinations(dict.fromkeys(lengths), 2):
        total, rest = a * a + b * b, abs(a * a - b * b)
        if question.is_right(_root(total)):
            yield from _answers(_of_hypotenuse(a, b))
        elif question.is_right(_root(rest)):
            yield from _answers(_of_leg(max(a, b), min(a, b)))
    doubled = [a for a in dict.fromkeys(lengths) if question.is_right(_root(2 * a * a))]
    for a in doubled:
        yield MistakenAnswer(Num(2 * a), _N.ADDED_WITHOUT_SQUARING)
        yield MistakenAnswer(Num(2 * a * a), _N.ROOT_FORGOTTEN)
        yield MistakenAnswer(Mul((Num(a), _root(Fraction(3)))), _N.FACE_DIAGONAL)


def _of_hypotenuse(a: Fraction, b: Fraction) -> Pairs:
    total = a * a + b * b
    yield Num(a + b), _N.ADDED_WITHOUT_SQUARING
    yield Num(total), _N.ROOT_FORGOTTEN
    yield _root(abs(a * a - b * b)), _N.HYPOTENUSE_AS_LEG
    yield Num(total / 2), _N.ROOT_AS_HALF
    yield _root(2 * a + 2 * b), _N.POWER_AS_PRODUCT
    yield _root(a + b), _N.ADDED_WITHOUT_SQUARING
    yield Num(a * b), _N.MULTIPLIED_INSTEAD_OF_ADDED


def _of_leg(hypotenuse: Fraction, leg: Fraction) -> Pairs:
    rest = hypotenuse * hypotenuse - leg * leg
    yield _root(hypotenuse * hypotenuse + leg * leg), _N.HYPOTENUSE_AS_LEG
    yield Num(hypotenuse - leg), _N.ADDED_WITHOUT_SQUARING
    yield Num(rest), _N.ROOT_FORGOTTEN
    yield Num(rest / 2), _N.ROOT_AS_HALF
    yield Num(hypotenuse + leg), _N.ADDED_WITHOUT_SQUARING
    yield _root(2 * hypotenuse - 2 * leg), _N.POWER_AS_PRODUCT


def _diagonals(lengths: list[Fraction], question: Question) -> Iterator[MistakenAnswer]:
    """Of a cuboid, and of a cube"""
    if len(lengths) == 3:
        sizes = lengths
    elif len(lengths) == 1:
        sizes = lengths * 3
    else:
        return
    total = sum((size * size for size in sizes), Fraction(0))
    if not question.is_right(_root(total)):
        return
    for a, b in combinations(sizes, 2):
        yield MistakenAnswer(_root(a * a + b * b), _N.FACE_DIAGONAL)
    added = sum(sizes, Fraction(0))
    yield MistakenAnswer(Num(added), _N.ADDED_WITHOUT_SQUARING)
    yield MistakenAnswer(Num(total), _N.ROOT_FORGOTTEN)
    yield MistakenAnswer(_root(2 * added), _N.POWER_AS_PRODUCT)
    yield MistakenAnswer(_root(added), _N.ADDED_WITHOUT_SQUARING)
    yield MistakenAnswer(Num(total / 2), _N.ROOT_AS_HALF)


def _ratios(lengths: list[Fraction], question: Question) -> Iterator[MistakenAnswer]:
    """4/5 for the sine 3/5"""
    for a, b in combinations(dict.fromkeys(lengths), 2):
        for third in (_root(a * a + b * b), _root(abs(a * a - b * b))):
            sides = (Num(a), Num(b), third)
            quotients = [Div(top, bottom) for top, bottom in permutations(sides, 2)]
            if any(question.is_right(quotient) for quotient in quotients):
                for quotient in quotients:
                    yield MistakenAnswer(quotient, _N.WRONG_TRIGONOMETRIC_FUNCTION)
                return


def _degrees(angle: Fraction) -> Term:
    return Mul((Num(angle / 180), Const("pi")))


def _call(function: str, angle: Fraction) -> Term:
    return Call(function, (_degrees(angle),))


def _trigonometry(
    length: Fraction, angle: Fraction, question: Question
) -> Iterator[MistakenAnswer]:
    if not 0 < angle < 90:
        return
    size = Num(length)
    for function in _FUNCTIONS:
        value = _call(function, angle)
        in_radians = Call(function, (Num(angle),))
        for right, turned, radians in (
            (Mul((size, value)), Div(size, value), Mul((size, in_radians))),
            (Div(size, value), Mul((size, value)), Div(size, in_radians)),
        ):
            if not question.is_right(right):
                continue
            is_product = isinstance(right, Mul)
            for other in _FUNCTIONS:
                wrong = _call(other, angle)
                if other != function:
                    name = _N.WRONG_TRIGONOMETRIC_FUNCTION
                    yield MistakenAnswer(
                        Mul((size, wrong)) if is_product else Div(size, wrong), name
                    )
            yield from _rounded_before(right, value, question)
            yield MistakenAnswer(turned, _N.QUOTIENT_UPSIDE_DOWN)
            yield MistakenAnswer(radians, _N.DEGREES_FOR_RADIANS)
            for special in _SPECIAL:
                exact = Mul((size, special)) if is_product else Div(size, special)
                yield MistakenAnswer(exact, _N.WRONG_TRIGONOMETRIC_VALUE)
            for other in _FUNCTIONS:
                wrong = _call(other, angle)
                name = _N.WRONG_TRIGONOMETRIC_FUNCTION
                yield MistakenAnswer(Div(size, wrong) if is_product else Mul((size, wrong)), name)
            return


def _rounded_before(right: Term, value: Term, question: Question) -> Iterator[MistakenAnswer]:
    """28.5 for 28.7, with 0.57 for the sine of 35°"""
    with WorkBudget(MAX_WORK_S) as budget:
        number = real_number(value, budget)
    if number is None:
        return
    for places in (2, 1):
        rounded = Num(Fraction(round(float(number), places)).limit_denominator(10**places))
        wrong: Term = substitute(right, value, rounded)
        if not question.is_right(wrong):
            yield MistakenAnswer(wrong, _N.ROUNDED_TOO_EARLY)


def _two_sides(
    a: Fraction, b: Fraction, angle: Fraction, question: Question
) -> Iterator[MistakenAnswer]:
    """The third side by the law of cosines, and the area"""
    sine, cosine = _call("sin", angle), _call("cos", angle)
    squares = Num(a * a + b * b)

    def side(product: Term, sign: int = -1) -> Term:
        return Add((squares, Neg(product) if sign < 0 else product))

    product = Mul((Num(2 * a * b), cosine))
    if question.is_right(Root(side(product), _TWO)):
        yield MistakenAnswer(Root(squares, _TWO), _N.PYTHAGORAS_WITHOUT_RIGHT_ANGLE)
        yield MistakenAnswer(Root(side(product, 1), _TWO), _N.SIGN_ERROR)
        yield MistakenAnswer(side(product), _N.ROOT_FORGOTTEN)
        half = Mul((Num(a * b), cosine))
        yield MistakenAnswer(Root(side(half), _TWO), _N.FACTOR_FORGOTTEN)
        by_sine = Mul((Num(2 * a * b), sine))
        yield MistakenAnswer(Root(side(by_sine), _TWO), _N.WRONG_TRIGONOMETRIC_FUNCTION)
        yield MistakenAnswer(Num(a + b), _N.ADDED_WITHOUT_SQUARING)
        return
    area = Mul((Num(a * b / 2), sine))
    if question.is_right(area):
        yield MistakenAnswer(Mul((Num(a * b), sine)), _N.HALF_FORGOTTEN)
        by_cosine = Mul((Num(a * b / 2), cosine))
        yield MistakenAnswer(by_cosine, _N.WRONG_TRIGONOMETRIC_FUNCTION)
        yield MistakenAnswer(Neg(by_cosine), _N.WRONG_TRIGONOMETRIC_VALUE)
        yield MistakenAnswer(Num(a * b / 2), _N.FACTOR_FORGOTTEN)
        for special in _SPECIAL:
            wrong = Mul((Num(a * b / 2), special))
            yield MistakenAnswer(wrong, _N.WRONG_TRIGONOMETRIC_VALUE)


def _angle_sums(angles: list[Fraction], question: Question) -> Iterator[MistakenAnswer]:
    """The third angle of a triangle, and an angle beside another"""
    right = question.number
    if right is None or not 1 <= len(angles) <= 3:
        return
    total = sum(angles, Fraction(0))
    for whole in (180, 360, 90):
        if right != whole - total:
            continue
        for other in (90, 180, 360):
            if other != whole and other > total:
                yield MistakenAnswer(Num(other - total), _N.WRONG_ANGLE_SUM)
        if len(angles) > 1:
            yield MistakenAnswer(Num(total), _N.STOPPED_EARLY)
            for angle in angles:
                yield MistakenAnswer(Num(whole - angle), _N.STOPPED_EARLY)


def _polygon(question: Question) -> Iterator[MistakenAnswer]:
    right = question.number
    counts = [n for n, words in _SIDES.items() if question.mentions(re.compile(words, re.I))]
    counts += [int(n) for n in question.numbers if n.denominator == 1 and 3 <= n <= 60]
    for n in dict.fromkeys(counts):
        whole = Fraction((n - 2) * 180)
        if right == whole / n:
            yield MistakenAnswer(Num(Fraction(360, n)), _N.EXTERIOR_ANGLE)
            yield MistakenAnswer(Num(whole), _N.STOPPED_EARLY)
            yield MistakenAnswer(Num(Fraction(180)), _N.WRONG_ANGLE_SUM)
            yield MistakenAnswer(Num(Fraction((n - 1) * 180, n)), _N.WRONG_ANGLE_SUM)
            yield MistakenAnswer(Num(Fraction(180, n)), _N.WRONG_ANGLE_SUM)
        elif right == whole:
            for factor in (n, n - 1, n - 3):
                yield MistakenAnswer(Num(Fraction(factor * 180)), _N.WRONG_ANGLE_SUM)
            yield MistakenAnswer(Num(Fraction(360)), _N.EXTERIOR_ANGLE)
            yield MistakenAnswer(Num(whole / n), _N.OTHER_PART_ANSWERED)
        elif right == Fraction(360, n):
            yield MistakenAnswer(Num(whole / n), _N.EXTERIOR_ANGLE)
            yield MistakenAnswer(Num(Fraction(180, n)), _N.WRONG_ANGLE_SUM)
        elif right == Fraction(n * (n - 3), 2):
            yield MistakenAnswer(Num(Fraction(n * (n - 3))), _N.HALF_FORGOTTEN)
            yield MistakenAnswer(Num(Fraction(n * (n - 1), 2)), _N.COUNTING_FORMULA)
