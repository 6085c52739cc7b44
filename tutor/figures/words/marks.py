"""Says what stands in a plot beside its graphs: points, areas and asymptotes.

Where they are is seen only with numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.figures.labels import number_label, read_label
from tutor.figures.phrases import Phrase, gettext_noop

if TYPE_CHECKING:
    from tutor.figures.plot import Area, Asymptote, MarkedPoint

_DASHED = gettext_noop("The line %(axis)s = %(value)s is dashed.")
_DASHED_LEVEL = gettext_noop("A horizontal line is dashed.")
_DASHED_UPRIGHT = gettext_noop("A vertical line is dashed.")


def asymptote_in_words(line: Asymptote, has_numbers: bool) -> Phrase:
    if has_numbers:
        return Phrase(_DASHED, {"axis": line.axis, "value": number_label(line.value)})
    return Phrase(_DASHED_LEVEL if line.is_level else _DASHED_UPRIGHT)


_RING_AT = gettext_noop("An open circle at (%(x)s, %(y)s).")
_RING = gettext_noop("An open circle.")
_NAMED_AT = gettext_noop("The point %(name)s at (%(x)s, %(y)s).")
_NAMED = gettext_noop("The point %(name)s.")
_POINT_AT = gettext_noop("A point at (%(x)s, %(y)s).")
_POINT = gettext_noop("A point.")


def mark_in_words(mark: MarkedPoint, has_numbers: bool) -> Phrase:
    values = {
        "name": read_label(mark.label).spoken,
        "x": number_label(round(mark.point[0], 6)),
        "y": number_label(round(mark.point[1], 6)),
    }
    if mark.is_open:
        return Phrase(_RING_AT if has_numbers else _RING, values)
    if mark.label:
        return Phrase(_NAMED_AT if has_numbers else _NAMED, values)
    return Phrase(_POINT_AT if has_numbers else _POINT, values)


_UNDER_FROM = gettext_noop(
    "The area between %(upper)s and the axis from %(first)s to %(last)s is shaded."
)
_UNDER = gettext_noop("The area between %(upper)s and the axis is shaded.")
_BETWEEN_FROM = gettext_noop(
    "The area between %(upper)s and %(lower)s from %(first)s to %(last)s is shaded."
)
_BETWEEN = gettext_noop("The area between %(upper)s and %(lower)s is shaded.")


def area_in_words(area: Area, has_numbers: bool) -> Phrase:
    values = {
        "upper": area.upper.name or "y",
        "lower": (area.lower.name or "y") if area.lower else "",
        "first": number_label(area.first),
        "last": number_label(area.last),
    }
    if area.lower is None:
        return Phrase(_UNDER_FROM if has_numbers else _UNDER, values)
    return Phrase(_BETWEEN_FROM if has_numbers else _BETWEEN, values)
