"""Says what somebody sees who looks at a figure of geometry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tutor.figures.labels import number_label, read_label
from tutor.figures.phrases import Phrase, gettext_noop

if TYPE_CHECKING:
    from tutor.figures.geometry import Angle, DrawnCircle, Geometry, Straight

_STRAIGHTS = {
    "segment": gettext_noop("The segment %(names)s."),
    "dashed": gettext_noop("The dashed segment %(names)s."),
    "line": gettext_noop("The straight line through %(start)s and %(end)s."),
    "ray": gettext_noop("The ray from %(start)s through %(end)s."),
    "vector": gettext_noop("An arrow from %(start)s to %(end)s."),
}
_LABELLED = gettext_noop("%(names)s is labelled %(label)s.")
_POLYGONS = {
    3: gettext_noop("The triangle %(names)s."),
    4: gettext_noop("The quadrilateral %(names)s."),
}


def geometry_in_words(figure: Geometry) -> list[Phrase]:
    return list(_words(figure))


def _words(figure: Geometry) -> Iterator[Phrase]:
    for polygon in figure.polygons:
        sentence = _POLYGONS.get(len(polygon.names), gettext_noop("The polygon %(names)s."))
        yield Phrase(sentence, {"names": "".join(polygon.names)})
    for circle in figure.circles:
        yield _circle(circle, figure)
    for straight in figure.straights:
        yield from _straight(straight)
    for length in figure.lengths:
        if length.label:
            yield _labelled(length.start + length.end, length.label)
    for angle in figure.angles:
        yield _angle(angle)
    for pairs in figure.equals:
        names = tuple(start + end for start, end in pairs)
        yield Phrase(
            gettext_noop("%(names)s have the same mark for equal length."), {"names": names}
        )
    yield from _points(figure)


def _points(figure: Geometry) -> Iterator[Phrase]:
    """Where they are is seen only with axes."""
    shown = {name: point for name, point in figure.points.items() if name not in figure.hidden}
    if figure.axes:
        for name, (x, y) in shown.items():
            values = {"name": name, "x": number_label(x), "y": number_label(y)}
            yield Phrase(gettext_noop("The point %(name)s at (%(x)s, %(y)s)."), values)
    elif shown:
        yield Phrase(gettext_noop("Points: %(names)s."), {"names": tuple(shown)})


def _circle(circle: DrawnCircle, figure: Geometry) -> Phrase:
    values = {"center": circle.center, "through": circle.through}
    if circle.through:
        return Phrase(gettext_noop("A circle around %(center)s through %(through)s."), values)
    if figure.axes:
        sized = gettext_noop("A circle around %(center)s with the radius %(radius)s.")
        return Phrase(sized, {**values, "radius": number_label(circle.radius)})
    return Phrase(gettext_noop("A circle around %(center)s."), values)


def _straight(straight: Straight) -> Iterator[Phrase]:
    names = straight.start + straight.end
    values = {"names": names, "start": straight.start, "end": straight.end}
    yield Phrase(_STRAIGHTS[straight.way.value], values)
    if straight.label:
        yield _labelled(names, straight.label)


def _angle(angle: Angle) -> Phrase:
    values = {"names": "".join(angle.names), "vertex": angle.names[1]}
    if angle.is_right:
        return Phrase(gettext_noop("There is a right angle at %(vertex)s."), values)
    if angle.label:
        values["label"] = read_label(angle.label).spoken
        return Phrase(gettext_noop("The angle %(names)s is labelled %(label)s."), values)
    return Phrase(gettext_noop("The angle %(names)s is marked."), values)


def _labelled(names: str, label: str) -> Phrase:
    return Phrase(_LABELLED, {"names": names, "label": read_label(label).spoken})
