"""Says what somebody sees who looks at a number line."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Callable
from typing import TYPE_CHECKING

from tutor.figures.labels import number_label, read_label
from tutor.figures.phrases import Phrase, gettext_noop

if TYPE_CHECKING:
    from tutor.figures.number_line import Jump, NumberLine, Spot, Stretch

_Locator = Callable[[float], str | Phrase]

_NUMBERED = gettext_noop("A number line from %(first)s to %(last)s.")
_BARE = gettext_noop("A number line without numbers, with %(count)d ticks.")


def number_line_in_words(figure: NumberLine) -> list[Phrase]:
    ends = {"first": number_label(figure.span.first), "last": number_label(figure.span.last)}
    ticks = figure.span.ticks(figure.window().x_step)
    words = [
        Phrase(_NUMBERED, ends) if figure.has_numbers else Phrase(_BARE, {"count": len(ticks)})
    ]
    locate = number_label if figure.has_numbers else _counted(ticks)
    for stretch in figure.stretches:
        words.append(_stretch_in_words(stretch, locate))
        if label := read_label(stretch.label).spoken:
            words.append(Phrase(_LABELLED, {"label": label}))
    words += [_spot_in_words(spot, locate) for spot in figure.spots]
    words += [_jump_in_words(jump, locate) for jump in figure.jumps]
    return words


_AT_TICK = gettext_noop("tick %(tick)d")
_BEFORE = gettext_noop("a place before the first tick")
_BETWEEN = gettext_noop("a place between the ticks %(tick)d and %(next)d")
_BEYOND = gettext_noop("a place after the last tick")


def _counted(ticks: list[float]) -> _Locator:
    """Says where a number is by the ticks, counted from the left."""
    near = (ticks[1] - ticks[0]) / 1e6 if len(ticks) > 1 else 1e-9

    def locate(value: float) -> Phrase:
        before = bisect(ticks, value + near)
        if before and abs(ticks[before - 1] - value) <= near:
            return Phrase(_AT_TICK, {"tick": before})
        if before in (0, len(ticks)):
            return Phrase(_BEYOND if before else _BEFORE)
        return Phrase(_BETWEEN, {"tick": before, "next": before + 1})

    return locate


_LABELLED = gettext_noop("This mark is labelled %(label)s.")
_WHOLE = gettext_noop("The whole line is marked.")
_UP_TO = gettext_noop("A mark from the left up to %(last)s, %(is_last)s.")
_FROM = gettext_noop("A mark from %(first)s, %(is_first)s, on to the right.")
_BOTH = gettext_noop("A mark from %(first)s, %(is_first)s, to %(last)s, %(is_last)s.")
_CLOSED = Phrase(gettext_noop("a filled circle"))
_OPEN = Phrase(gettext_noop("an open circle"))


def _stretch_in_words(stretch: Stretch, locate: _Locator) -> Phrase:
    is_endless, is_beginless = math.isinf(stretch.last), math.isinf(stretch.first)
    ends = {
        "first": "" if is_beginless else locate(stretch.first),
        "last": "" if is_endless else locate(stretch.last),
        "is_first": _CLOSED if stretch.is_first_closed else _OPEN,
        "is_last": _CLOSED if stretch.is_last_closed else _OPEN,
    }
    if is_endless:
        return Phrase(_WHOLE if is_beginless else _FROM, ends)
    return Phrase(_UP_TO if is_beginless else _BOTH, ends)


def _spot_in_words(spot: Spot, locate: _Locator) -> Phrase:
    values = {"name": read_label(spot.label).spoken, "value": locate(spot.value)}
    if spot.is_open:
        return Phrase(gettext_noop("An open circle at %(value)s."), values)
    if spot.label:
        return Phrase(gettext_noop("The point %(name)s at %(value)s."), values)
    return Phrase(gettext_noop("A point at %(value)s."), values)


def _jump_in_words(jump: Jump, locate: _Locator) -> Phrase:
    values = {
        "start": locate(jump.start),
        "end": locate(jump.end),
        "label": read_label(jump.label).spoken,
    }
    if jump.label:
        labelled = gettext_noop("An arrow from %(start)s to %(end)s, labelled %(label)s.")
        return Phrase(labelled, values)
    return Phrase(gettext_noop("An arrow from %(start)s to %(end)s."), values)
