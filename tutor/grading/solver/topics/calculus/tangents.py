"""Derivatives, their values at a point, and tangents and normals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from tutor.grading.numeric.derivatives import NotDifferentiable
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.parsing.tree import (
    ONE,
    Comparison,
    Neg,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import (
    difference,
    is_plain,
    number,
    numeral,
    product,
    quotient,
    total,
)
from tutor.grading.solver.topics.calculus.curve import (
    ASKS_DERIVATIVE,
    Curve,
    curves_of,
    places_in,
    points_given,
)
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import words

_SLOPE = words(
    r"slopes?|gradient|rate of change|steig(?:t|ung)\w{0,4}|änderungsrate|pente|coefficient"
    r" directeur|pendiente|tasa de cambio",
    "斜率|变化率",
)
_TANGENT = words(r"tangent(?:s|e|en|es)?(?: lines?)?|rectas? tangentes?", "切线")
_NORMAL = words(r"normals?|normale[n]?|rectas? normal(?:es)?", "法线")
_LINE = words(
    r"equations?|gleichung\w{0,4}|équations?|ecuaci\w{1,5}|find the (?:tangent|normal)|bestimme die"
    r"|tangent(?:e)? (?:line )?(?:to|an|à)",
    "方程",
)
_AVERAGE = words(
    r"average (?:rate|slope|speed)|mean rate|(?:durchschnittliche|mittlere) \w{0,25}"
    r"|taux (?:de variation )?moyen|tasa (?:de cambio )?(?:media|promedio)"
    r"|(?:rate of change|slope|gradient) [^.]{0,40}?between",
    "平均变化率",
)
_SECOND = words(
    r"second derivative|zweite[nr]? ableitung|dérivée seconde|segunda derivada", "二阶导"
)
_OTHER_AIMS = words(
    r"extrem\w{0,6}|maxim\w{0,4}|minim\w{0,4}|critical|stationary|turning points?|hochpunkte?\w?"
    r"|tiefpunkte?\w?|inflection|inflexion|inflexión|wendepunkte?\w?|wendestellen?|monoton\w{0,4}"
    r"|increas\w{1,4}|decreas\w{1,4}|point critique|points critiques|puntos? críticos?|largest"
    r"|greatest|smallest|integral|area|antiderivative|stammfunktion\w{0,2}|primitive|primitiva",
    "极值|极大|极小|最大|最小|驻点|拐点|单调|积分|面积",
)


def differentiate(position: Position) -> Iterator[Step]:
    """f'(x), then f'(4)."""
    text = position.goal.task.text
    if _OTHER_AIMS.search(text) or _AVERAGE.search(text):
        return
    asks_slope = bool(_SLOPE.search(text) or _TANGENT.search(text) or _NORMAL.search(text))
    if not asks_slope and not ASKS_DERIVATIVE.search(text):
        return
    for curve in curves_of(position):
        if not ASKS_DERIVATIVE.search(text) and _is_line(curve):
            return  # its slope can be read off
        places = places_in(text, curve.variable)
        if len(curve.bodies) == 1:
            with suppress(NotDifferentiable):
                yield curve.derived()
        elif places:
            yield from _at_place(position, curve, places[0])
        elif _asks_second(text) and len(curve.bodies) == 2:
            with suppress(NotDifferentiable):
                yield curve.derived()
        return


def _is_line(curve: Curve) -> bool:
    rational = rational_function(curve.bodies[0], curve.variable)
    return rational is not None and rational.bottom.degree() == 0 and rational.top.degree() < 2


def _asks_second(text: str) -> bool:
    return bool(_SECOND.search(text)) or "''" in text or "′′" in text


def _at_place(position: Position, curve: Curve, point: Term) -> Iterator[Step]:
    """f'(4) = 2·4 - 3, and after its value the tangent."""
    text = position.goal.task.text
    slope = _known_slope(position, curve, point)
    if slope is None:
        if curve.value_at(point, 1) is None:
            line = Comparison("=", curve.at(point, 1), curve.body_at(point, 1))
            yield Step(line, Move(MoveName.PUT_IN_VALUE, (curve.variable, typed(point))))
        return
    is_normal = bool(_NORMAL.search(text))
    if not (is_normal or (_TANGENT.search(text) and (_LINE.search(text) or not _asks_slope(text)))):
        return
    if _states_line(position):
        return
    yield from _line(position, curve, point, slope, is_normal)


def _asks_slope(text: str) -> bool:
    return bool(_SLOPE.search(text))


def _line(
    position: Position, curve: Curve, point: Term, slope: Term, is_normal: bool
) -> Iterator[Step]:
    height = next((y for x, y in points_given(position.goal.task.text) if x == point), None)
    height = height or curve.value_at(point)
    if height is None:
        line = Comparison("=", curve.at(point), curve.body_at(point))
        yield Step(line, Move(MoveName.FIND_POINT_OF_CONTACT))
        return
    if not is_plain(height):
        return  # it is being worked out
    steepness = _turned(slope) if is_normal else slope
    run = difference(Sym(curve.variable), point)
    value = numeral(point)
    if value is not None and value < 0:
        run = total([Sym(curve.variable), number(-value)])
    right = total([product(steepness, run), height])
    yield Step(Comparison("=", Sym("y"), right), Move(MoveName.PUT_INTO_LINE))


def _turned(slope: Term) -> Term:
    """The slope at right angles."""
    value = numeral(slope)
    return number(-1 / value) if value else Neg(quotient(ONE, slope))


def _known_slope(position: Position, curve: Curve, point: Term) -> Term | None:
    """Of f'(4) = 5 or m = 5."""
    value = curve.value_at(point, 1)
    if value is not None:
        return value if is_plain(value) else None
    for line in written_lines(position):
        match line:
            case Comparison("=", Sym("m" | "k" | "a"), slope) if is_term(slope):
                if is_plain(slope):
                    return slope
    return None


def _states_line(position: Position) -> bool:
    return any(_is_line_equation(line) for line in written_lines(position))


def _is_line_equation(line: Value) -> bool:
    match line:
        case Comparison("=", Sym("y"), right):
            return bool(free_names(right))
    return False
