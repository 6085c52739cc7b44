"""Fractions as parts of bars and circles."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.figures.canvas import Canvas, arc_points, path_through
from tutor.figures.labels import read_label
from tutor.figures.lines import FigureLine, FigureSource
from tutor.figures.phrases import Phrase, gettext_noop
from tutor.figures.placement import Frame
from tutor.figures.regions.picture import Region

MAX_PARTS = 40  # of one whole
MAX_WHOLES = 12
_BAR = (300.0, 34.0)
_RADIUS = 46.0

NEED_FRACTION = gettext_noop("need a fraction such as 3/4, got “%(text)s”")


@dataclass(frozen=True)
class Fraction:
    shaded: int
    parts: int
    label: str

    @property
    def wholes(self) -> int:
        return max(1, -(-self.shaded // self.parts))

    def shaded_of(self, whole: int) -> int:
        return min(self.parts, max(0, self.shaded - whole * self.parts))


@dataclass
class FractionBar:
    fractions: list[Fraction]

    @classmethod
    def read(cls, source: FigureSource) -> FractionBar:
        return cls(_fractions(source))

    @property
    def _left(self) -> float:
        room = max(read_label(fraction.label).width for fraction in self.fractions)
        return 6 + (room + 10 if room else 0)

    def draw(self) -> Canvas:
        left = self._left
        wholes = sum(fraction.wholes for fraction in self.fractions)
        canvas = Canvas(left + _BAR[0] + 6, 8 + (_BAR[1] + 10) * wholes)
        top = 6.0
        for fraction in self.fractions:
            if fraction.label:
                canvas.text(fraction.label, (4, top + _BAR[1] / 2), -1)
            for whole in range(fraction.wholes):
                _draw_bar(canvas, fraction, whole, (left, top))
                top += _BAR[1] + 10
        return canvas

    def regions(self) -> list[Region]:
        """The parts of the first bar."""
        parts, left = self.fractions[0].parts, self._left
        boxes = [_part_of_bar(part, parts, (left, 6.0)) for part in range(parts)]
        outlines = [
            f"M{box.left:.2f} {box.top:g}H{box.right:.2f}V{box.bottom:g}H{box.left:.2f}Z"
            for box in boxes
        ]
        return _parts_with_names(outlines)

    def in_words(self) -> list[Phrase]:
        sentence = gettext_noop("A bar in %(parts)d equal parts, %(shaded)d of them shaded.")
        return [phrase for fraction in self.fractions for phrase in _words(fraction, sentence)]


@dataclass
class FractionCircle:
    fractions: list[Fraction]

    @classmethod
    def read(cls, source: FigureSource) -> FractionCircle:
        return cls(_fractions(source))

    def draw(self) -> Canvas:
        circles = [
            (fraction, whole) for fraction in self.fractions for whole in range(fraction.wholes)
        ]
        row, apart = 3, 2 * _RADIUS + 20
        rows = -(-len(circles) // row)
        below = 24 if any(fraction.label for fraction in self.fractions) else 0
        canvas = Canvas(apart * min(row, len(circles)), (apart + below) * rows)
        for number, (fraction, whole) in enumerate(circles):
            center = (
                apart * (number % row + 0.5),
                (apart + below) * (number // row) + apart / 2,
            )
            _draw_circle(canvas, fraction, whole, center)
            if fraction.label and whole == fraction.wholes - 1:
                canvas.text(fraction.label, (center[0], center[1] + _RADIUS + 16))
        return canvas

    def regions(self) -> list[Region]:
        """The parts of the first circle."""
        parts, center = self.fractions[0].parts, (_RADIUS + 10, _RADIUS + 10)
        return _parts_with_names([_part_of_circle(part, parts, center) for part in range(parts)])

    def in_words(self) -> list[Phrase]:
        sentence = gettext_noop("A circle in %(parts)d equal parts, %(shaded)d of them shaded.")
        return [phrase for fraction in self.fractions for phrase in _words(fraction, sentence)]


def _fractions(source: FigureSource) -> list[Fraction]:
    fractions = [_fraction(line) for line in source.rest]
    if not fractions:
        raise source.first.error(NEED_FRACTION, text="")
    if sum(fraction.wholes for fraction in fractions) > MAX_WHOLES:
        most = gettext_noop("need at most %(count)d bars or circles")
        raise source.first.error(most, count=MAX_WHOLES)
    return fractions


def _fraction(line: FigureLine) -> Fraction:
    match = line.match(r"(?P<top>\d{1,3}) ?/ ?(?P<bottom>\d{1,3})") or line.match(
        r"\\frac ?\{(?P<top>\d{1,3})\} ?\{(?P<bottom>\d{1,3})\}"
    )
    if not match or not 0 < int(match["bottom"]) <= MAX_PARTS:
        raise line.error(NEED_FRACTION, text=line.text)
    return Fraction(int(match["top"]), int(match["bottom"]), line.quoted or "")


def _draw_bar(canvas: Canvas, fraction: Fraction, whole: int, corner: tuple[float, float]) -> None:
    for part in range(fraction.parts):
        box = _part_of_bar(part, fraction.parts, corner)
        if part < fraction.shaded_of(whole):
            canvas.rectangle("bar", box, 1)
        else:
            canvas.rectangle("thin", box)


def _part_of_bar(part: int, parts: int, corner: tuple[float, float]) -> Frame:
    (left, top), width = corner, _BAR[0] / parts
    return Frame(left + part * width, top, left + (part + 1) * width, top + _BAR[1])


def _parts_with_names(outlines: list[str]) -> list[Region]:
    name = gettext_noop("part %(part)d of %(parts)d")
    values = [{"part": part, "parts": len(outlines)} for part in range(1, len(outlines) + 1)]
    return [
        Region(outline, Phrase(name, numbers))
        for outline, numbers in zip(outlines, values, strict=True)
    ]


def _part_of_circle(part: int, parts: int, center: tuple[float, float]) -> str:
    turns = (90 - 360 * part / parts, 90 - 360 * (part + 1) / parts)
    rim = arc_points(center, (_RADIUS, _RADIUS), turns)
    return path_through([center, *rim]) + "Z"


def _draw_circle(
    canvas: Canvas, fraction: Fraction, whole: int, center: tuple[float, float]
) -> None:
    if fraction.parts == 1:
        canvas.circle("bar" if fraction.shaded_of(whole) else "thin", center, _RADIUS, 1)
        return
    for part in range(fraction.parts):
        is_shaded = part < fraction.shaded_of(whole)
        outline = _part_of_circle(part, fraction.parts, center)
        canvas.path("bar" if is_shaded else "thin", outline, 1 if is_shaded else 0)


def _words(fraction: Fraction, sentence: str) -> list[Phrase]:
    phrases = [
        Phrase(sentence, {"parts": fraction.parts, "shaded": fraction.shaded_of(whole)})
        for whole in range(fraction.wholes)
    ]
    if fraction.label:
        labelled = gettext_noop("It is labelled %(label)s.")
        phrases.append(Phrase(labelled, {"label": read_label(fraction.label).spoken}))
    return phrases
