"""Venn diagrams of two or three sets, with regions shaded."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tutor.figures.canvas import Canvas, written
from tutor.figures.labels import read_label
from tutor.figures.lines import FigureLine, FigureSource
from tutor.figures.phrases import Phrase, gettext_noop
from tutor.figures.placement import Frame, Point
from tutor.figures.regions.picture import Region
from tutor.grading.kinds.logic_reader import letters_in, read_formula
from tutor.grading.kinds.truth_tables import TruthTable
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.processes.work_budget import WorkBudget

WIDTH = 320.0
_RADIUS = 78.0
_HEIGHTS = {2: 208.0, 3: 292.0}
_CENTERS: dict[int, list[Point]] = {
    2: [(115, 104), (205, 104)],
    3: [(115, 104), (205, 104), (160, 182)],
}
_NAMES_AT: dict[int, list[Point]] = {
    2: [(46, 38), (274, 38)],
    3: [(46, 38), (274, 38), (248, 244)],
}
_LABEL_REACH = 22.0  # pixels on the way from the middle of a region outwards

NEED_SETS = gettext_noop("need a first line such as venn A, B or venn A, B, C, with other letters")
NEED_LINE = gettext_noop('need a line such as shade A ∩ B or "7" in A ∖ B; got “%(text)s”')
NEED_SET = gettext_noop("need sets such as A ∩ B, A ∪ B, A ∖ B or A', got “%(text)s”")
NEED_REGION = gettext_noop("need one single region, such as A ∖ B, got “%(text)s”")


@dataclass
class Venn:
    """shaded: regions, as the bits of a number; the bit m of a region's own number is of set m."""

    sets: tuple[str, ...]
    shaded: int = 0
    labels: dict[int, str] = field(default_factory=dict)

    @classmethod
    def read(cls, source: FigureSource) -> Venn:
        figure = cls(_sets(source.first))
        for line in source.rest:
            figure._take(line)
        return figure

    def _take(self, line: FigureLine) -> None:
        shade, inside = line.match(r"shade (?P<sets>.+)"), line.match(r"in (?P<sets>.+)")
        if shade:
            self.shaded |= self._column(line, shade["sets"])
        elif inside and line.quoted:
            self.labels[self._region(line, inside["sets"])] = line.quoted
        else:
            raise line.error(NEED_LINE, text=line.text)

    def _column(self, line: FigureLine, text: str) -> int:
        try:
            formula = read_formula(normalize_text(text), frozenset(self.sets))
        except Unreadable as error:
            raise line.error(NEED_SET, text=text) from error
        if letters_in(formula) - set(self.sets):
            raise line.error(NEED_SET, text=text)
        return TruthTable(self.sets, WorkBudget(1)).column(formula)

    def _region(self, line: FigureLine, text: str) -> int:
        column = self._column(line, text)
        if column.bit_count() != 1:
            raise line.error(NEED_REGION, text=text)
        return column.bit_length() - 1

    @property
    def _centers(self) -> list[Point]:
        return _CENTERS[len(self.sets)]

    @property
    def _frame(self) -> Frame:
        return Frame(2, 2, WIDTH - 2, _HEIGHTS[len(self.sets)] - 2)

    def draw(self) -> Canvas:
        canvas = Canvas(WIDTH, _HEIGHTS[len(self.sets)])
        for number, region in enumerate(self.regions()):
            if self.shaded >> number & 1:
                canvas.path("slice", region.outline, 1)
        canvas.rectangle("thin", self._frame)
        for center in self._centers:
            canvas.circle("line", center, _RADIUS)
        for name, position in zip(self.sets, _NAMES_AT[len(self.sets)], strict=True):
            canvas.text(name, position)
        for number, label in self.labels.items():
            canvas.text(label, self._middle(number))
        return canvas

    def _middle(self, number: int) -> Point:
        """Where a region is widest."""
        if not number:
            return (26, self._frame.bottom - 18)
        inside = [center for m, center in enumerate(self._centers) if number >> m & 1]
        x, y = _mean(inside)
        if len(inside) == len(self.sets):
            return x, y
        middle = _mean(self._centers)
        way = math.hypot(x - middle[0], y - middle[1])
        reach = _LABEL_REACH / way
        return x + (x - middle[0]) * reach, y + (y - middle[1]) * reach

    def in_words(self) -> list[Phrase]:
        words = [Phrase(_WORDS[len(self.sets)], _named("abc", self.sets))]
        names = [self.region_name(number) for number in range(1 << len(self.sets))]
        shaded = tuple(name for number, name in enumerate(names) if self.shaded >> number & 1)
        words += [Phrase(_SHADED, {"region": name}) for name in shaded]
        for number, label in self.labels.items():
            values = {"label": read_label(label).spoken, "region": names[number]}
            words.append(Phrase(_LABELLED, values))
        return words

    def regions(self) -> list[Region]:
        """The one outside of all sets first; then each in the order of its number."""
        count = 1 << len(self.sets)
        return [Region(self._outline(number), self.region_name(number)) for number in range(count)]

    def region_name(self, number: int) -> Phrase:
        inside = [name for m, name in enumerate(self.sets) if number >> m & 1]
        outside = [name for m, name in enumerate(self.sets) if not number >> m & 1]
        return Phrase(_REGIONS[len(inside), len(outside)], _named("abc", inside + outside))

    def _outline(self, number: int) -> str:
        outline = _chained(list(self._arcs_around(number)))
        box = self._frame
        around = f"M{box.left:g} {box.top:g}H{box.right:g}V{box.bottom:g}H{box.left:g}Z"
        return outline if number else around + outline

    def _arcs_around(self, number: int) -> Iterator[Arc]:
        """The arcs between this region and another one, with the region on their right."""
        for m, center in enumerate(self._centers):
            others = [other for other in self._centers if other != center]
            for arc in _arcs(center, others):
                bits = sum(
                    1 << n
                    for n, other in enumerate(self._centers)
                    if n != m and math.dist(other, arc.middle) < _RADIUS
                )
                if bits == number & ~(1 << m):
                    yield arc if number >> m & 1 else arc.turned()


@dataclass(frozen=True)
class Arc:
    """first, last: angles on the screen, clockwise from first to last unless it is turned."""

    center: Point
    first: float
    last: float
    is_turned: bool = False

    def at(self, angle: float) -> Point:
        x, y = self.center
        return x + _RADIUS * math.cos(angle), y + _RADIUS * math.sin(angle)

    @property
    def start(self) -> Point:
        return self.at(self.last if self.is_turned else self.first)

    @property
    def end(self) -> Point:
        return self.at(self.first if self.is_turned else self.last)

    @property
    def middle(self) -> Point:
        return self.at((self.first + self.last) / 2)

    def turned(self) -> Arc:
        return Arc(self.center, self.first, self.last, not self.is_turned)

    @property
    def path(self) -> str:
        x, y = self.end
        is_large = int(self.last - self.first > math.pi)
        radius = written(_RADIUS)
        return f"A{radius} {radius} 0 {is_large} {int(not self.is_turned)} {x:.2f} {y:.2f}"


def _arcs(center: Point, others: list[Point]) -> list[Arc]:
    """The circle, cut where it meets the others."""
    cuts = sorted(angle % math.tau for other in others for angle in _crossings(center, other))
    return [
        Arc(center, first, last)
        for first, last in zip(cuts, [*cuts[1:], cuts[0] + math.tau], strict=True)
    ]


def _crossings(center: Point, other: Point) -> tuple[float, float]:
    """The angles at which two circles of the same size meet."""
    towards = math.atan2(other[1] - center[1], other[0] - center[0])
    half = math.acos(math.dist(center, other) / (2 * _RADIUS))
    return towards - half, towards + half


def _chained(arcs: list[Arc]) -> str:
    """One outline, of arcs that follow one another."""
    rest = list(arcs)
    arc = rest.pop(0)
    x, y = arc.start
    path = f"M{x:.2f} {y:.2f}{arc.path}"
    while rest:
        arc = min(rest, key=lambda following: math.dist(arc.end, following.start))
        rest.remove(arc)
        path += arc.path
    return path + "Z"


def _mean(points: list[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _sets(line: FigureLine) -> tuple[str, ...]:
    names = tuple(name.strip() for name in line.text.split(","))
    if not are_sets(names):
        raise line.error(NEED_SETS)
    return names


def are_sets(names: tuple[str, ...]) -> bool:
    """Whether a diagram can have these; T and F are true and false in logic."""
    is_letter = all(re.fullmatch(r"[A-EG-SU-Z]", name) for name in names)
    return is_letter and len(set(names)) == len(names) and len(names) in _CENTERS


def _named(letters: str, names: tuple[str, ...] | list[str]) -> dict[str, object]:
    return dict(zip(letters, names, strict=False))


_WORDS = {
    2: gettext_noop("A Venn diagram of the sets %(a)s and %(b)s."),
    3: gettext_noop("A Venn diagram of the sets %(a)s, %(b)s and %(c)s."),
}
_SHADED = gettext_noop("This part is shaded: %(region)s.")
_LABELLED = gettext_noop("%(label)s stands %(region)s.")
_REGIONS = {
    (2, 0): gettext_noop("in %(a)s and in %(b)s"),
    (1, 1): gettext_noop("in %(a)s, not in %(b)s"),
    (0, 2): gettext_noop("neither in %(a)s nor in %(b)s"),
    (3, 0): gettext_noop("in %(a)s, in %(b)s and in %(c)s"),
    (2, 1): gettext_noop("in %(a)s and in %(b)s, not in %(c)s"),
    (1, 2): gettext_noop("in %(a)s, neither in %(b)s nor in %(c)s"),
    (0, 3): gettext_noop("in none of %(a)s, %(b)s and %(c)s"),
}
