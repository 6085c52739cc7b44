"""Straight lines: slope, intercept, and where they meet the axes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Bracketed,
    Call,
    Comparison,
    Div,
    Matrix,
    Mul,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import (
    TWO,
    number,
    numeral,
    product,
    put_in,
    square_root,
    total,
    unworked_difference,
)
from tutor.grading.solver.topics.word_problems.plan import Waypoint, answer, follow
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.lines import (
    DISTANCE,
    LINE,
    MIDPOINT,
    OTHER_CURVE,
    PARALLEL,
    PERPENDICULAR,
    SLOPE_IS,
    Point,
    known_slopes,
    points_in,
)
from tutor.grading.working.knowledge.statement_numbers import read_number
from tutor.grading.working.quantities.stated import plain_text

_SLOPE_ASKED = words(r"slope|gradient|steigung|pente|coefficient directeur|pendiente", "斜率")
_EQUATION_ASKED = words(
    r"equations?|gleichung\w{0,2}|funktionsgleichung|équations?|ecuaci\w{1,5}|(?:find|determine)"
    r" the line|intercept|y-achsenabschnitt|ordonnée|ordenada",
    "方程|解析式|截距",
)
_X_AXIS = words(
    r"x[- ]?axis|x[- ]intercepts?|x-achse|nullstellen?|zeros?|roots? of|axe des (?:abscisses|x)"
    r"|eje (?:x|de abscisas)",
    r"[xX]\s?轴|零点",
)
_Y_AXIS = words(
    r"y[- ]?axis|y[- ]intercepts?|y-achse|y-achsenabschnitt|axe des (?:ordonnées|y)"
    r"|ordonnée à l.origine|eje (?:y|de ordenadas)",
    r"[yY]\s?轴",
)
_INTERCEPTS = ("b", "c", "n", "t", "q")
EQUALLY_FAR = words(r"equally far|equidistant|same distance from|gleich weit", "距离相等")
MIDDLE_GIVEN = words(r"is the mid-?point|ist der mittelpunkt|est le milieu", "中点(?:为|是)")


def find_line(position: Position) -> Iterator[Step]:
    """The slope, then the intercept, then the equation."""
    text = position.goal.task.text
    points = points_in(text)
    if not points or not LINE.search(text) or OTHER_CURVE.search(text):
        return
    if EQUALLY_FAR.search(text):
        return
    slope = _slope(position, points)
    if slope is None:
        return
    lines = written_lines(position)
    is_turned = len(points) == 1 and bool(PERPENDICULAR.search(text))
    if _stated_slope(lines, slope) is None and (len(points) == 2 or is_turned):
        if not lines and is_turned:
            line = Comparison("=", Sym("m"), number(slope))
            yield Step(line, Move(MoveName.FIND_SLOPE))
        elif not lines:
            yield _slope_line(points[0], points[1])
        return
    if _EQUATION_ASKED.search(text) or not _SLOPE_ASKED.search(text):
        yield from _equation(lines, slope, points[0])


def _slope(position: Position, points: Sequence[Point]) -> Fraction | None:
    """Of the line that is sought."""
    task = position.goal.task
    if len(points) == 2:
        (x, y), (other_x, other_y) = points
        return (other_y - y) / (other_x - x) if other_x != x else None
    if len(points) != 1:
        return None
    known = known_slopes(task)
    if known and PERPENDICULAR.search(task.text):
        return -1 / known[0] if known[0] else None
    if known and PARALLEL.search(task.text):
        return known[0]
    stated = SLOPE_IS.search(plain_text(task.text))
    return read_number(stated[1]) if stated and not known else None


def _slope_line(first: Point, second: Point) -> Step:
    (x, y), (other_x, other_y) = first, second
    rise, run = unworked_difference(other_y, y), unworked_difference(other_x, x)
    return Step(Comparison("=", Sym("m"), Div(rise, run)), Move(MoveName.FIND_SLOPE))


def _stated_slope(lines: Sequence[Value], slope: Fraction) -> Term | None:
    """Of m = 2, or of (9 - 3)/(4 - 1) = 2; also of y = 2x + c."""
    for line in lines:
        match line:
            case Comparison("=", left, right) if is_term(left) and is_term(right):
                if free_names(right) or not (isinstance(left, Sym) or not free_names(left)):
                    if left == Sym("y") and "x" in free_names(right):
                        return number(slope)
                    continue
                if numeral(right) == slope:
                    return right
    return None


def _equation(lines: Sequence[Value], slope: Fraction, point: Point) -> Iterator[Step]:
    x, y = point
    if _has_intercept(lines, y - slope * x):
        if not any(map(_is_line, lines)):
            whole = total([product(number(slope), Sym("x")), number(y - slope * x)])
            yield Step(Comparison("=", Sym("y"), whole), Move(MoveName.PUT_INTO_LINE))
        return
    letter = _letter_of_intercept(lines[-1] if lines else None)
    if letter is None:
        return
    right = Add((Mul((number(slope), number(x))), Sym(letter)))
    yield Step(Comparison("=", number(y), right), Move(MoveName.PUT_IN_POINT))
    run = total([Sym("x"), number(-x)])
    line = total([product(number(slope), run), number(y)])
    yield Step(Comparison("=", Sym("y"), line), Move(MoveName.PUT_INTO_LINE))


def _has_intercept(lines: Sequence[Value], intercept: Fraction) -> bool:
    for line in lines:
        match line:
            case Comparison("=", Sym(name), right) if name in _INTERCEPTS and is_term(right):
                if numeral(right) == intercept:
                    return True
    return False


def _letter_of_intercept(last: Value | None) -> str | None:
    """As the last line has it; None where nothing can follow that line."""
    match last:
        case Comparison("=", Sym("y"), right):
            letters = free_names(right) - {"x"}
            return next(iter(letters)) if len(letters) == 1 else None
        case Comparison("=", left, right) if not free_names(left) | free_names(right) <= {"m", "k"}:
            return None
        case None | Comparison("="):
            return "b"
    return None


def _is_line(line: Value) -> bool:
    match line:
        case Comparison("=", Sym("y"), right):
            return free_names(right) == {"x"}
    return False


def meet_axis(position: Position) -> Iterator[Step]:
    """0 = 3x - 12 for the x-axis, y = 3·0 - 12 for the y-axis."""
    text = position.goal.task.text
    meets_x, meets_y = bool(_X_AXIS.search(text)), bool(_Y_AXIS.search(text))
    if meets_x == meets_y or written_lines(position):
        return
    for equation in position.goal.task.equations:
        graph = _graph(equation)
        if graph is None:
            continue
        name, body = graph
        if meets_x:
            line = Comparison("=", body, ZERO)
            yield Step(line, Move(MoveName.SET_TO_ZERO, ("y",)))
        else:
            title = Sym("y") if name == "y" else Call(name, (ZERO,))
            line = Comparison("=", title, put_in(body, "x", ZERO))
            yield Step(line, Move(MoveName.PUT_IN_VALUE, ("x", "0")))
        return


def _graph(equation: Value) -> tuple[str, Term] | None:
    """y = … or f(x) = …"""
    match equation:
        case Comparison("=", Sym("y"), body) if is_term(body) and free_names(body) == {"x"}:
            return "y", body
        case Comparison("=", Call(name, (Sym("x"),)), body) if is_term(body):
            return (name, body) if free_names(body) == {"x"} else None
    return None


def measure_segment(position: Position) -> Iterator[Step]:
    """√((4 - 1)² + (6 - 2)²), and the middle."""
    text = position.goal.task.text
    points = points_in(text)
    if len(points) != 2 or EQUALLY_FAR.search(text) or MIDDLE_GIVEN.search(text):
        return
    if MIDPOINT.search(text):
        yield from _middle(position, points)
    elif DISTANCE.search(text) and not OTHER_CURVE.search(text):
        yield from _of_vector(position)
        yield from follow([_distance(points[0], points[1])], position)


def _of_vector(position: Position) -> Iterator[Step]:
    """√(3² + 4²) after AB = (3; 4)."""
    lines = written_lines(position)
    match lines[-1] if lines else None:
        case Comparison("=", Sym(), Bracketed(_, parts)) | Bracketed(_, parts):
            entries = [part for part in parts if is_term(part)]
        case Comparison("=", Sym(), Matrix(rows)) | Matrix(rows):
            entries = [row[0] for row in rows if is_term(row[0])]
        case _:
            return
    length = square_root(Add(tuple(Pow(entry, TWO) for entry in entries)))
    for line in (length, Comparison("=", Sym("d"), length)):
        yield Step(line, Move(MoveName.USE_LENGTH_FORMULA))


def _distance(first: Point, second: Point) -> Waypoint:
    runs = [Pow(unworked_difference(b, a), TWO) for a, b in zip(first, second, strict=True)]
    return answer(square_root(Add(tuple(runs))), MoveName.USE_DISTANCE_FORMULA, name="d")


def _middle(position: Position, points: Sequence[Point]) -> Iterator[Step]:
    lines = written_lines(position)
    middle = [
        Div(Add((number(a), number(b))), TWO) for a, b in zip(points[0], points[1], strict=True)
    ]
    for name, term in zip(("x", "y"), middle, strict=True):
        done = any(
            isinstance(line, Comparison)
            and line.left == Sym(name)
            and is_term(line.right)
            and rational_value(line.right) == rational_value(term)
            for line in lines
        )
        if not done:
            line = Comparison("=", Sym(name), term)
            yield Step(line, Move(MoveName.TAKE_MEAN_OF_COORDINATES))
            return
