"""Straight lines: slope, intercept, equation; the distance of two points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Call,
    Comparison,
    Matrix,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.statement_numbers import NUMBER, number_term, read_number
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_POINTS = 4
Point = tuple[Fraction, Fraction]
_POINT = re.compile(
    rf"\(\s*({NUMBER})\s*(?:[,;|/]|\\mid|\\vert|\\,)\s*({NUMBER})\s*(?:\\right\s*)?\)"
)
LINE = words(
    r"(?:straight )?lines?|slope|gradient|gerade[n]?|steigung|droites?|pente|rectas?|pendiente"
    r"|linear functions?|lineare\w? funktion|fonctions? affines?|función (?:lineal|afín)",
    "直线|斜率|一次函数",
)
OTHER_CURVE = words(
    r"circles?|parabolas?|tangents?|kreis\w*|parabel\w*|tangente\w*|cercle|parabole|círculo|parábola",
    "圆|抛物线|切线",
)
SLOPE_IS = re.compile(
    r"(?:slope|gradient|steigung|pente|coefficient directeur|pendiente|斜率)"
    rf"(?:\s*(?:of|is|ist|est|es|von|de|=|:|m|k|a|为|是)){{0,3}}\s*({NUMBER})(?![\d/])",
    re.IGNORECASE,
)
DISTANCE = words(
    r"distance|length|far|how long is the (?:flight|way|path|route|line|trip)"
    r"|abstand|entfernung|länge|longueur|distancia|longitud",
    "距离|长度|航程|路程",
)
MIDPOINT = words(r"mid-?points?|middle|mittelpunkte?|mitte|milieu|punto medio", "中点")
PERPENDICULAR = words(
    r"perpendicular|orthogonal|normal|senkrechte?|orthogonale|lotgerade|lot|perpendiculaire"
    r"|bisector|mittelsenkrechte|médiatrice|mediatriz",
    "垂直|垂线|中垂线",
)
PARALLEL = words(r"parallel|parallele|parallèle|paralela|paralelo", "平行")
_SLOPES = frozenset(
    name
    for names in ("m|k|a|m_1|m_2|k_1|k_2", "slope|grad|gradient|steigung|pente|pendiente|斜率")
    for name in names.split("|")
)
_TURNED_SLOPES = frozenset(  # of a line that is perpendicular to a given one
    name
    for names in ("m k a m_2 k_2 m_N k_N m_n m_perp m_p m_s m_g m_h m' k' a'",
                  "slope gradient steigung pente pendiente 斜率")
    for name in names.split()
)  # fmt: skip
_ASKED = words(
    r"slope|gradient|steigung|pente|coefficient directeur|pendiente|(?:y-)?intercepts?"
    r"|(?:y-)?achsenabschnitt\w{0,2}|ordonnée|ordenada",
    "斜率|截距",
)
_SLOPE_WORDS = frozenset(["slope", "gradient", "grad", "steigung", "pente", "pendiente", "斜率"])
_INTERCEPTS = frozenset(["b", "c", "n", "t", "q", "p", "d", "intercept", "截距"])
_Y_INTERCEPTS = frozenset(
    ["y-intercept", "y-achsenabschnitt", "ordonnée à l'origine", "ordenada en el origen"]
)


def points_in(text: str) -> list[Point]:
    """In the order of the statement, each once."""
    points: list[Point] = []
    for match in _POINT.finditer(plain_text(text)):
        first, second = read_number(match[1]), read_number(match[2])
        if first is not None and second is not None and (first, second) not in points:
            points.append((first, second))
    return points[:MAX_POINTS]


def values_in(task: Task) -> list[Point]:
    """(2, 5) for f(2) = 5, where the statement tells no more of the only function."""
    points: dict[str, list[Point]] = {}
    for equation in task.equations:
        match equation:
            case Comparison("=", Call(name, (position,)), value) if is_term(value):
                at = rational_value(position) if is_term(position) else None
                height = rational_value(value)
                if at is not None and height is not None:
                    points.setdefault(name, []).append((at, height))
    is_only = len(points) == 1 and not points.keys() & task.definitions.functions.keys()
    return next(iter(points.values()))[:MAX_POINTS] if is_only else []


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    points = points_in(task.text) or values_in(task)
    if not points:
        yield from _of_given_line(task)
        return
    if DISTANCE.search(task.text):
        for pair in combinations(points, 2):
            yield _distance(*pair)
    if MIDPOINT.search(task.text):
        for pair in combinations(points, 2):
            yield _midpoint(*pair)
            yield from _middles(*pair)
    if not LINE.search(task.text) or OTHER_CURVE.search(task.text):
        return
    is_turned = bool(PERPENDICULAR.search(task.text))
    known = known_slopes(task)
    if len(points) == 2:
        yield from _through(points[0], points[1], mistakes=not is_turned and not known)
    elif len(points) == 1:
        for slope in known[:1]:
            yield ExpectedQuantity(_SLOPES - {"m_2", "k_2"}, value=number_term(slope))
            yield from _related(slope, points[0], task.text, is_turned)
        stated = None if known else SLOPE_IS.search(plain_text(task.text))
        if stated and (number := read_number(stated[1])) is not None:
            yield from _line(number, points[0], ())


def _of_given_line(task: Task) -> Iterator[ExpectedQuantity]:
    """Slope and intercept of the only line that the statement gives, and asks about."""
    lines = dict.fromkeys(line for e in _graphs(task) if (line := _line_of(e)) is not None)
    has_other = any(p.search(task.text) for p in (PERPENDICULAR, PARALLEL, OTHER_CURVE))
    if len(lines) != 1 or has_other or not _ASKED.search(task.text):
        return
    [(slope, intercept)] = lines
    for names, value in ((_SLOPES, slope), (_INTERCEPTS, intercept)):
        wrong = (Mistake(Slip.LOST_SIGN, value=number_term(-value)),) if value else ()
        yield ExpectedQuantity(names, value=number_term(value), mistakes=wrong)
    yield ExpectedQuantity(_SLOPE_WORDS, value=number_term(slope), is_only=True)
    yield ExpectedQuantity(_Y_INTERCEPTS, value=number_term(intercept), is_only=True)


def known_slopes(task: Task) -> list[Fraction]:
    """Of the lines y = 2x + 1 or f(x) = 2x + 1 that the statement gives."""
    return [slope for graph in _graphs(task) if (slope := slope_of(graph)) is not None]


def _graphs(task: Task) -> list[Value]:
    functions = dict.fromkeys(task.definitions.functions.values())
    return [*task.equations, *(Comparison("=", Sym("y"), f.body) for f in functions)]


def slope_of(equation: Value) -> Fraction | None:
    """Of y = mx + b or px + qy = r."""
    line = _line_of(equation)
    return None if line is None else line[0]


def _line_of(equation: Value) -> tuple[Fraction, Fraction] | None:
    """Slope and intercept of y = mx + b or px + qy = r."""
    if not isinstance(equation, Comparison) or equation.op != "=":
        return None
    left, right = equation.left, equation.right
    if not is_term(left) or not is_term(right) or free_names(equation) != {"x", "y"}:
        return None
    side = Add((left, Neg(right)))
    at = {point: _value_at(side, *point) for point in ((0, 0), (1, 0), (0, 1), (1, 1), (2, 3))}
    if None in at.values():
        return None
    base, by_x, by_y, both, far = (value or Fraction(0) for value in at.values())
    across, up = by_x - base, by_y - base
    is_linear = both == base + across + up and far == base + 2 * across + 3 * up
    return (-across / up, -base / up) if is_linear and up else None


def _value_at(side: Term, x: int, y: int) -> Fraction | None:
    at_x = substitute(side, Sym("x"), Num(Fraction(x)))
    return rational_value(substitute(at_x, Sym("y"), Num(Fraction(y))))


def _through(first: Point, second: Point, mistakes: bool) -> Iterator[ExpectedQuantity]:
    run, rise = second[0] - first[0], second[1] - first[1]
    if not run:
        return
    slope = rise / run
    wrong = [(Slip.LOST_SIGN, -slope)] if slope else []
    wrong += [(Slip.LOST_SIGN, other) for other in _with_lost_sign(first, second) - {slope, -slope}]
    if rise and run / rise not in (slope, -slope):
        wrong.insert(0, (Slip.SLOPE_INVERTED, 1 / slope))
    yield from _line(slope, first, tuple(wrong) if mistakes else ())


def _with_lost_sign(first: Point, second: Point) -> set[Fraction]:
    """(-9 - 5)/(4 - 3) for (-3, 5) and (4, -9): slopes where a minus of a coordinate was lost."""
    rises = {second[1] - first[1], second[1] + first[1]}
    runs = {second[0] - first[0], second[0] + first[0]}
    return {rise / run for rise in rises for run in runs if run}


def _related(
    slope: Fraction, point: Point, text: str, is_turned: bool
) -> Iterator[ExpectedQuantity]:
    if is_turned and slope:
        wrong = ((Slip.LOST_SIGN, 1 / slope), (Slip.LOST_SIGN, -slope))
        others = tuple((slip, other) for slip, other in wrong if other not in (-1 / slope, slope))
        yield from _line(-1 / slope, point, others, _TURNED_SLOPES)
        yield ExpectedQuantity(_SLOPE_WORDS, value=number_term(-1 / slope), is_only=True)
    elif PARALLEL.search(text):
        yield ExpectedQuantity(_SLOPE_WORDS | {"m", "k"}, value=number_term(slope), is_only=True)
        yield from _line(slope, point, ())


def _line(
    slope: Fraction,
    point: Point,
    wrong: tuple[tuple[Slip, Fraction], ...],
    slope_names: frozenset[str] = _SLOPES,
) -> Iterator[ExpectedQuantity]:
    """Through the point: its slope, its equation, and its intercept."""
    x, y = point
    yield ExpectedQuantity(
        slope_names,
        value=number_term(slope),
        mistakes=tuple(Mistake(slip, value=number_term(other)) for slip, other in wrong),
    )
    yield ExpectedQuantity(
        frozenset(["y"]),
        value=_height(slope, point),
        mistakes=tuple(Mistake(slip, value=_height(other, point)) for slip, other in wrong),
    )
    swapped = x - slope * y
    intercept = y - slope * x
    mistakes = [
        Mistake(slip, value=number_term(value))
        for slip, value in ((Slip.LOST_SIGN, y + slope * x), (Slip.NONE, swapped))
        if value != intercept
    ]
    yield ExpectedQuantity(_INTERCEPTS, value=number_term(intercept), mistakes=tuple(mistakes))
    yield ExpectedQuantity(_Y_INTERCEPTS, value=number_term(intercept), is_only=True)


def _height(slope: Fraction, point: Point) -> Term:
    """The y of a line, in x."""
    run = Add((Sym("x"), Neg(number_term(point[0]))))
    return Add((Mul((number_term(slope), run)), number_term(point[1])))


def _middles(first: Point, second: Point) -> Iterator[ExpectedQuantity]:
    for name, a, b in zip("xy", first, second, strict=True):
        half = Mistake(Slip.WRONG_FORMULA, value=number_term((b - a) / 2))
        names = frozenset([name, f"{name}_M", f"{name}_m"])
        yield ExpectedQuantity(names, value=number_term((a + b) / 2), mistakes=(half,))


def _midpoint(first: Point, second: Point) -> ExpectedQuantity:
    pairs = list(zip(first, second, strict=True))
    middle = Matrix(tuple((number_term((a + b) / 2),) for a, b in pairs))
    half = Matrix(tuple((number_term((b - a) / 2),) for a, b in pairs))
    names = frozenset(["M", "m", "A_B", "M_A_B", "midpoint", "mittelpunkt", "milieu", "中点"])
    mistakes = (Mistake(Slip.WRONG_FORMULA, value=half),)
    return ExpectedQuantity(names, value=middle, mistakes=mistakes)


def _distance(first: Point, second: Point) -> ExpectedQuantity:
    steps = [number_term(b - a) for a, b in zip(first, second, strict=True)]
    squares = Add(tuple(Pow(step, Num(Fraction(2))) for step in steps))
    sizes = Add(tuple(number_term(abs(b - a)) for a, b in zip(first, second, strict=True)))
    mistakes = [Mistake(Slip.ROOT_FORGOTTEN, value=squares)]
    if ZERO not in steps:
        mistakes.append(Mistake(Slip.SPLIT_ROOT, value=sizes))
    names = frozenset(["d", "s", "l", "A_B", "|AB|", "distance", "abstand", "distancia", "距离"])
    return ExpectedQuantity(names, value=Root(squares, Num(Fraction(2))), mistakes=tuple(mistakes))
