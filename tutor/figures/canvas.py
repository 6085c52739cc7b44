"""Builds the SVG of one figure. Everything that an author wrote is escaped here.

Shapes have classes, and attributes that any stylesheet overrides: on paper there is none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from tutor.figures.labels import SIZE, Label, Stack, Style, TextRun, read_label
from tutor.figures.phrases import FigureError, gettext_noop
from tutor.figures.placement import Frame, Occupied, Point

MAX_OUTPUT = 200_000  # characters
_FAR = 20_000.0  # pixels
_LINE = 'fill="none" stroke="currentColor" stroke-linejoin="round" stroke-linecap="round"'
_SHAPES = {
    "grid": 'fill="none" stroke="currentColor" stroke-opacity=".15"',
    "axis": f'{_LINE} stroke-width="1.3"',
    "tip": 'fill="currentColor"',
    "line": f'{_LINE} stroke-width="1.8"',
    "thin": f'{_LINE} stroke-width="1.1"',
    "hidden": f'{_LINE} stroke-width="1.2" stroke-dasharray="5 4"',
    "curve": f'{_LINE} stroke-width="2.2"',
    "range": 'fill="none" stroke="currentColor" stroke-width="4"',
    "end": 'fill="currentColor"',
    "asymptote": f'{_LINE} stroke-width="1.2" stroke-dasharray="7 4"',
    "shade": 'fill="currentColor" fill-opacity=".13"',
    "face": 'fill="currentColor" fill-opacity=".07"',
    "bar": 'fill="currentColor" stroke="currentColor" stroke-width="1.2"',
    "slice": 'fill="currentColor" stroke="currentColor" stroke-width="1.2"',
    "cross": f'{_LINE} stroke-width="1.6"',
    "dot": 'fill="currentColor" stroke="currentColor" stroke-width="1.8"',
    "ring": 'fill="#fff" stroke="currentColor" stroke-width="1.8"',
}
DASHES = ("", "8 4", "2 4", "10 4 2 4")
FILLED = ("bar", "slice")
FILLS = (".35", ".12", ".6", ".22")  # paper shows no hue
_HALO = 'stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
_DIRECTIONS = (45.0, 135.0, 315.0, 225.0, 90.0, 270.0, 0.0, 180.0, 20.0, 70.0, 110.0, 160.0)
_ANCHORS = {-1: "start", 0: "middle", 1: "end"}
TIP = 9.0  # length of the head of an arrow


@dataclass
class Canvas:
    """A drawing in pixels, and what is taken in it when a label looks for room."""

    width: float
    height: float
    pieces: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # above all lines, which would strike them out
    occupied: Occupied = field(default_factory=Occupied)
    length: int = 0  # characters of all pieces

    def path(self, shape: str, data: str, hue: int = 0) -> None:
        """hue: from 1, where several of the kind differ."""
        dash = DASHES[(hue - 1) % len(DASHES)] if hue and shape == "curve" else ""
        telling = f' stroke-dasharray="{dash}"' if dash else ""
        if shape in FILLED:
            telling += f' fill-opacity="{FILLS[(hue - 1) % len(FILLS)]}"'
        css = f"fig-{shape}" + (f" fig-{(hue - 1) % 4 + 1}" if hue else "")
        self._add(f'<path class="{css}" {_SHAPES[shape]}{telling} d="{data}"/>')

    def lines(
        self, shape: str, points: Sequence[Point], *, closed: bool = False, hue: int = 0
    ) -> None:
        self.path(shape, path_through(points) + ("Z" if closed else ""), hue)
        if shape not in ("grid", "shade", "face"):
            around = [*points, points[0]] if closed else points
            self.occupied.add_line(around)

    def arrow(self, shape: str, start: Point, end: Point) -> None:
        """A line with a head at its end."""
        angle = math.atan2(end[1] - start[1], end[0] - start[0])
        neck = towards(end, angle, -TIP * 0.7)
        self.lines(shape, [start, neck])
        corners = [
            end,
            towards(end, angle + 0.36, -TIP),
            neck,
            towards(end, angle - 0.36, -TIP),
        ]
        self.path("tip", path_through(corners) + "Z")
        self.occupied.add_line([neck, end])

    def circle(self, shape: str, center: Point, radius: float, hue: int = 0) -> None:
        css = f"fig-{shape}" + (f" fig-{(hue - 1) % 4 + 1}" if hue else "")
        x, y = written(center[0]), written(center[1])
        self._add(
            f'<circle class="{css}" {_SHAPES[shape]} cx="{x}" cy="{y}" r="{written(radius)}"/>'
        )
        self.occupied.add_line(_round(center, radius))

    def arc(self, shape: str, center: Point, radii: Point, angles: Point) -> None:
        """angles: from and to, in degrees, counterclockwise on the screen."""
        points = arc_points(center, radii, angles)
        self.path(shape, path_through(points))
        self.occupied.add_line(points)

    def rectangle(self, shape: str, box: Frame, hue: int = 0) -> None:
        corners = [(box.left, box.top), (box.right, box.top)]
        corners += [(box.right, box.bottom), (box.left, box.bottom)]
        self.lines(shape, corners, closed=True, hue=hue)

    def text(self, text: str, position: Point, anchor: int = 0) -> Frame:
        """A label whose middle, or left (-1) or right (1) end, is at `position`."""
        label = read_label(text)
        left = position[0] - label.width * (anchor + 1) / 2
        if any(isinstance(piece, Stack) for piece in label.pieces):
            self._pieces(label, left, position[1])
        else:
            self._text(label.pieces, position, _ANCHORS[anchor])
        box = Frame(
            left, position[1] - label.height / 2, left + label.width, position[1] + label.height / 2
        )
        self.occupied.add_box(box)
        return box

    def write_beside(
        self,
        text: str,
        around: Point,
        gap: float = 6,
        prefer: float | None = None,
        rivals: Sequence[Point] = (),
    ) -> None:
        """Write a label beside a point, where least is in its way.

        prefer: the direction to begin with, in degrees counterclockwise. rivals: other points
        that it could seem to name.
        """
        directions = _DIRECTIONS if prefer is None else (prefer, *_DIRECTIONS)
        reaches = [(gap * times, turn) for times in (1.0, 2.2, 4.0) for turn in directions]
        self._write_in_room(text, [around], reaches, rivals)

    def write_along(self, text: str, line: Sequence[Point], rivals: Sequence[Point]) -> None:
        """Write the name of a line beside one of its points, the first that has room."""
        reaches = [(gap, turn) for gap in (8.0, 16.0) for turn in _DIRECTIONS]
        self._write_in_room(text, line, reaches, rivals)

    def write_between(self, text: str, vertex: Point, gap: float, turn: float) -> None:
        """Write a label into an angle, in the direction of its middle."""
        reaches = [(gap + 4 * step, turn + lean) for step in range(12) for lean in (0, 5, -5)]
        self._write_in_room(text, [vertex], reaches)

    def _write_in_room(
        self,
        text: str,
        arounds: Sequence[Point],
        reaches: Sequence[Point],
        rivals: Sequence[Point] = (),
    ) -> None:
        label, frame = read_label(text), Frame(0, 0, self.width, self.height)
        size = (label.width, label.height)
        self.text(text, self.occupied.best_middle(arounds, size, reaches, frame, rivals))

    def svg(self, alt: str) -> str:
        frame = Frame(0, 0, self.width, self.height)
        return self._svg(alt, frame, "Libertinus Serif")

    def svg_alone(self, alt: str, caption: str) -> str:
        """On white, with the caption below, and a font that is everywhere."""
        beside, below = 0.0, 0.0
        if caption:
            beside, below = max(0.0, (read_label(caption).width - self.width) / 2 + 4), 2 * SIZE
            self.text(caption, (self.width / 2, self.height + SIZE))
        frame = Frame(0 - beside, 0, self.width + beside, self.height + below)
        return self._svg(alt, frame, "Libertinus Serif, Times New Roman, serif", _paper(frame))

    def _svg(self, alt: str, frame: Frame, fonts: str, behind: str = "") -> str:
        left, top = written(frame.left), written(frame.top)
        width, height = written(frame.right - frame.left), written(frame.bottom - frame.top)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}"'
            f' width="{width}" height="{height}" role="img" aria-label="{escape(alt)}"'
            f' font-family="{fonts}" font-size="{SIZE:g}">'
            f"{behind}{''.join(self.pieces)}{''.join(self.texts)}</svg>"
        )

    def _pieces(self, label: Label, left: float, middle: float) -> None:
        """Each at its own place, as a fraction interrupts the line."""
        runs: list[TextRun] = []
        for piece in label.pieces:
            if isinstance(piece, TextRun):
                runs.append(piece)
                continue
            left = self._flush(runs, left, middle)
            self._stack(piece, left, middle)
            left += piece.width
            runs = []
        self._flush(runs, left, middle)

    def _flush(self, runs: list[TextRun], left: float, middle: float) -> float:
        if runs:
            self._text(runs, (left, middle), "start")
        return left + sum(run.width for run in runs)

    def _stack(self, stack: Stack, left: float, middle: float) -> None:
        center = left + stack.width / 2
        size = SIZE * 0.8
        for text, y in ((stack.top, middle - 4), (stack.bottom, middle + size)):
            attributes = f'text-anchor="middle" font-size="{size:g}"'
            self._write(_text_element(attributes, (center, y), escape(text)))
        bar = path_through([(left + 1, middle), (left + stack.width - 1, middle)])
        self._write(f'<path class="fig-thin" {_SHAPES["thin"]} d="{bar}"/>')

    def _text(self, runs: Iterable[TextRun | Stack], position: Point, anchor: str) -> None:
        inner, lift = "", 0.0
        for run in runs:
            assert isinstance(run, TextRun)  # noqa: S101  # stacks are written by themselves
            target = {Style.RAISED: -5.5, Style.LOWERED: 4.0}.get(run.style, 0.0)
            inner += _span(run, target - lift)
            lift = target
        base = (position[0], position[1] + SIZE * 0.34)
        self._write(_text_element(f'text-anchor="{anchor}"', base, inner))

    def _add(self, piece: str) -> None:
        self.pieces.append(piece)
        self._count(piece)

    def _write(self, piece: str) -> None:
        self.texts.append(piece)
        self._count(piece)

    def _count(self, piece: str) -> None:
        self.length += len(piece)
        if self.length > MAX_OUTPUT:
            raise FigureError(gettext_noop("there is too much in this figure to draw it"))


def _paper(frame: Frame) -> str:
    left, top = written(frame.left), written(frame.top)
    width, height = written(frame.right - frame.left), written(frame.bottom - frame.top)
    return f'<rect fill="#fff" x="{left}" y="{top}" width="{width}" height="{height}"/>'


def path_through(points: Iterable[Point]) -> str:
    steps = [f"{written(x)} {written(y)}" for x, y in points]
    return "M" + "L".join(steps)


def arc_points(center: Point, radii: Point, angles: Point) -> list[Point]:
    first, last = (math.radians(angle) for angle in angles)
    count = max(6, math.ceil(abs(last - first) * 12))
    turns = [first + (last - first) * step / count for step in range(count + 1)]
    return [
        (center[0] + radii[0] * math.cos(turn), center[1] - radii[1] * math.sin(turn))
        for turn in turns
    ]


def towards(point: Point, angle: float, distance: float) -> Point:
    """angle: in radians, clockwise on the screen."""
    return point[0] + distance * math.cos(angle), point[1] + distance * math.sin(angle)


def written(value: float) -> str:
    """A coordinate with one decimal."""
    return f"{max(-_FAR, min(_FAR, value)):.1f}".removesuffix(".0")


def _round(center: Point, radius: float) -> list[Point]:
    return arc_points(center, (radius, radius), (0, 360))


def _text_element(attributes: str, base: Point, inner: str) -> str:
    return (
        f'<text class="fig-text" {_HALO} fill="currentColor" {attributes}'
        f' x="{written(base[0])}" y="{written(base[1])}">{inner}</text>'
    )


def _span(run: TextRun, shift: float) -> str:
    css = ' class="fig-variable" font-style="italic"' if run.style == Style.VARIABLE else ""
    size = ' font-size="11.5"' if run.style in (Style.RAISED, Style.LOWERED) else ""
    dy = f' dy="{shift:g}"' if shift else ""
    text = escape(run.text)
    return f"<tspan{css}{size}{dy}>{text}</tspan>" if css or size or dy else text
