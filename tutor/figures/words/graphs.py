"""Says what somebody sees who looks at a graph: where it begins, rises and falls."""

from __future__ import annotations

from tutor.figures.axes import Axes, Window, tick_label
from tutor.figures.curves import Graph, HalfPlane
from tutor.figures.labels import number_label, read_label
from tutor.figures.phrases import Phrase, gettext_noop
from tutor.figures.placement import Point

_MAX_CROSSINGS = 5
_MAX_TURNS = 4

_STRAIGHT = gettext_noop("%(graph)s is a straight line.")
_LEVEL = gettext_noop("%(graph)s is a horizontal line.")
_COURSE = gettext_noop("%(graph)s, from left to right: %(course)s.")
_SEVERAL = gettext_noop("%(graph)s has %(count)d branches.")
_WAVES = gettext_noop("%(graph)s goes up and down in waves.")
_THROUGH = gettext_noop("It goes through %(points)s.")
_NOTHING = gettext_noop("%(graph)s does not appear in this window.")
_NAMED = gettext_noop("The graph %(name)s")
_UNNAMED = gettext_noop("The graph")
_THEN = gettext_noop("%(first)s, then %(rest)s")
_RISES, _FALLS = Phrase(gettext_noop("it rises")), Phrase(gettext_noop("it falls"))


def graph_in_words(graph: Graph, window: Window, axes: Axes) -> list[Phrase]:
    name = read_label(graph.written).spoken
    subject = Phrase(_NAMED, {"name": name}) if name else Phrase(_UNNAMED)
    pieces = graph.pieces(window)
    if not pieces:
        return [Phrase(_NOTHING, {"graph": subject})]
    words = [_shape(subject, pieces, window)]
    if crossings := _crossings(graph, window, axes):
        points = tuple(
            f"({tick_label(x, window.x)}, {tick_label(y, window.y)})" for x, y in crossings
        )
        words.append(Phrase(_THROUGH, {"points": points}))
    return words


_UPRIGHT = gettext_noop("A vertical line at %(value)s.")
_UPRIGHT_ALONE = gettext_noop("A vertical line.")
_SIDES = {
    (True, True): gettext_noop("The part to the right of it is shaded."),
    (True, False): gettext_noop("The part to the left of it is shaded."),
    (False, True): gettext_noop("The part above it is shaded."),
    (False, False): gettext_noop("The part below it is shaded."),
}
_SOLID = gettext_noop("Its border is solid.")
_DASHED = gettext_noop("Its border is dashed.")


def upright_in_words(x: float, axes: Axes) -> Phrase:
    sentence = _UPRIGHT if axes.has_numbers else _UPRIGHT_ALONE
    return Phrase(sentence, {"value": number_label(x)})


def half_plane_in_words(half_plane: HalfPlane, window: Window, axes: Axes) -> list[Phrase]:
    border = half_plane.border
    if border:
        line = graph_in_words(border, window, axes)
    else:
        line = [upright_in_words(half_plane.x, axes)]
    side = _SIDES[border is None, half_plane.is_greater]
    return [*line, Phrase(side), Phrase(_SOLID if half_plane.is_closed else _DASHED)]


def _shape(subject: Phrase, pieces: list[list[Point]], window: Window) -> Phrase:
    branches = sum(1 for piece in pieces if piece[-1][0] - piece[0][0] > window.x.size / 200)
    if branches > 1:
        return Phrase(_SEVERAL, {"graph": subject, "count": branches})
    piece, small = pieces[0], window.y.size / 400
    if all(abs(y - piece[0][1]) < small / 100 for _x, y in piece):
        return Phrase(_LEVEL, {"graph": subject})
    if _is_straight(piece, small):
        return Phrase(_STRAIGHT, {"graph": subject})
    course = _course(piece, small)
    if len(course) > _MAX_TURNS:
        return Phrase(_WAVES, {"graph": subject})
    return Phrase(_COURSE, {"graph": subject, "course": _in_turn(course)})


def _is_straight(piece: list[Point], small: float) -> bool:
    (x0, y0), (x1, y1) = piece[0], piece[-1]
    slope = (y1 - y0) / (x1 - x0) if x1 != x0 else 0.0
    return all(abs(y0 + slope * (x - x0) - y) < small / 10 for x, y in piece)


def _in_turn(course: list[Phrase]) -> Phrase:
    first, *rest = course
    return Phrase(_THEN, {"first": first, "rest": _in_turn(rest)}) if rest else first


def _course(piece: list[Point], small: float) -> list[Phrase]:
    course: list[Phrase] = []
    turned_at = piece[0][1]
    for _x, y in piece:
        direction = _RISES if y > turned_at else _FALLS
        if course and direction == course[-1]:
            turned_at = y
        elif abs(y - turned_at) > small:
            course.append(direction)
            turned_at = y
    return course


def _crossings(graph: Graph, window: Window, axes: Axes) -> list[Point]:
    """Points of the graph that are read off: crossings of the grid, or ticks of the axes."""
    if not axes.has_numbers:
        return []
    domain = graph.within(window.x.first, window.x.last)
    points = []
    for x in window.x.ticks(window.x_step):
        y = graph.at(x) if domain.first <= x <= domain.last else None
        if y is not None and window.y.has(y) and _is_multiple(y, window.y_step):
            points.append((x, round(y, 9)))
    if not axes.has_grid:
        points = [point for point in points if _is_on_axis(point, window.origin)]
    return sorted(points, key=lambda point: abs(point[0]) + abs(point[1]))[:_MAX_CROSSINGS]


def _is_on_axis(point: Point, origin: Point) -> bool:
    return any(abs(value - axis) < 1e-9 for value, axis in zip(point, origin, strict=True))


def _is_multiple(value: float, step: float) -> bool:
    return abs(value / step - round(value / step)) < 1e-9
