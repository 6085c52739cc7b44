"""Tree diagrams: what can follow what, with probabilities at the branches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tutor.figures.canvas import Canvas
from tutor.figures.labels import read_label
from tutor.figures.lines import Expression, FigureLine, FigureSource
from tutor.figures.phrases import FigureError, Phrase, gettext_noop
from tutor.figures.placement import Point
from tutor.figures.vectors import between
from tutor.grading.processes.once import cached_property

MAX_LEAVES = 24
MAX_DEPTH = 5
_APART = 36.0  # between leaves, at least
_ALONG = 0.5  # of a branch, where its probability stands
_GAP = 2.0  # between the probability and its branch

NO_PROBABILITY = gettext_noop("need a probability from 0 to 1, got %(text)s")
NOT_ONE = gettext_noop("the probabilities of these branches add up to %(sum)s, not to 1")


@dataclass
class Branch:
    """depth: from 1. probability: as written; empty without one."""

    line: FigureLine
    name: str
    probability: str
    depth: int
    branches: list[Branch] = field(default_factory=list)

    def leaves(self) -> int:
        return sum(branch.leaves() for branch in self.branches) or 1


@dataclass
class Tree:
    branches: list[Branch]

    @classmethod
    def read(cls, source: FigureSource) -> Tree:
        tree = cls([])
        path: list[tuple[int, list[Branch]]] = [(-1, tree.branches)]
        for line in source.rest:
            while line.indent <= path[-1][0]:
                path.pop()
            if len(path) > MAX_DEPTH:
                raise line.error(gettext_noop("need at most %(count)d levels"), count=MAX_DEPTH)
            name, _space, probability = line.text.rpartition(" ")
            if line.quoted is not None:
                name, probability = line.quoted, line.text
            if not name:
                name, probability = probability, ""
            branch = Branch(line, name, probability, len(path))
            path[-1][1].append(branch)
            path.append((line.indent, branch.branches))
        if not tree.branches:
            raise source.first.error(gettext_noop("a tree needs branches, such as red 3/5"))
        tree._check()
        return tree

    def _check(self) -> None:
        if sum(branch.leaves() for branch in self.branches) > MAX_LEAVES:
            too_many = gettext_noop("need at most %(count)d branches at the end")
            raise self.branches[0].line.error(too_many, count=MAX_LEAVES)
        _check_sum(self.branches)

    @property
    def _depth(self) -> int:
        return max(branch.depth for branch in _all(self.branches))

    def draw(self) -> Canvas:
        height = self._apart * sum(branch.leaves() for branch in self.branches)
        lefts, right = self._columns()
        canvas = Canvas(right + 6, height + 24)
        self._draw_branches(canvas, (8.0, 12 + height / 2), self.branches, 12.0, lefts)
        return canvas

    @cached_property
    def _apart(self) -> float:
        """Between leaves: the probabilities of two that begin at one place have room."""
        heights = (read_label(branch.probability).height for branch in _all(self.branches))
        return max(_APART, (max(heights) + 3) / _ALONG)

    def _columns(self) -> tuple[list[float], float]:
        """Where the names of each level begin, and where the last ones end."""
        branches, right = list(_all(self.branches)), 8.0
        lefts = []
        for depth in range(1, self._depth + 1):
            level = [branch for branch in branches if branch.depth == depth]
            chances = max(read_label(branch.probability).width for branch in level)
            lefts.append(right + max(84.0, chances + 56))
            right = lefts[-1] + max(read_label(branch.name).width for branch in level) + 5
        return lefts, right

    def _draw_branches(
        self,
        canvas: Canvas,
        start: tuple[float, float],
        branches: list[Branch],
        top: float,
        lefts: list[float],
    ) -> None:
        """top: where the room of the first branch begins. lefts: of the names, level by level."""
        for branch in branches:
            room = self._apart * branch.leaves()
            end = (lefts[branch.depth - 1] - 5, top + room / 2)
            _draw_branch(canvas, start, end, branch.probability)
            right = canvas.text(branch.name, (end[0] + 5, end[1]), -1).right
            self._draw_branches(canvas, (right + 5, end[1]), branch.branches, top, lefts)
            top += room

    def in_words(self) -> list[Phrase]:
        first = Phrase(
            gettext_noop("A tree diagram that begins with %(branches)s."),
            {"branches": _names(self.branches)},
        )
        return [first, *_followed(self.branches, ())]


def _draw_branch(canvas: Canvas, start: Point, end: Point, probability: str) -> None:
    """A line that its probability interrupts, so that it does not strike a fraction out."""
    if not probability:
        canvas.lines("thin", [start, end])
        return
    label = canvas.text(probability, between(start, end, _ALONG))
    across, down = abs(end[0] - start[0]), max(abs(end[1] - start[1]), 1e-9)
    half = (label.right - label.left) / 2 + _GAP, (label.bottom - label.top) / 2 + _GAP
    share = min(half[0] / across, half[1] / down)
    canvas.lines("thin", [start, between(start, end, _ALONG - share)])
    if _ALONG + share < 1:
        canvas.lines("thin", [between(start, end, _ALONG + share), end])


def _all(branches: list[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from _all(branch.branches)


def _followed(branches: list[Branch], path: tuple[str, ...]) -> Iterator[Phrase]:
    for branch in branches:
        if branch.branches:
            here = (*path, read_label(branch.name).spoken)
            after = gettext_noop("After %(path)s follow %(branches)s.")
            yield Phrase(after, {"path": here, "branches": _names(branch.branches)})
            yield from _followed(branch.branches, here)


def _names(branches: list[Branch]) -> tuple[str, ...]:
    return tuple(
        f"{read_label(branch.name).spoken} {read_label(branch.probability).spoken}".strip()
        for branch in branches
    )


def _check_sum(branches: list[Branch]) -> None:
    for branch in branches:
        if branch.branches:
            _check_sum(branch.branches)
    values = [value for branch in branches if (value := _probability(branch)) is not None]
    if len(values) == len(branches) and abs(sum(values) - 1) > 0.005:
        raise branches[-1].line.error(NOT_ONE, sum=f"{sum(values):.3g}")


def _probability(branch: Branch) -> float | None:
    """None for an unknown, such as p or ?, and where none is written."""
    try:
        is_unknown = bool(Expression(branch.line, branch.probability).letters)
    except FigureError:
        is_unknown = True
    if is_unknown:
        return None
    value = branch.line.number_in(branch.probability)
    if not 0 <= value <= 1:
        raise branch.line.error(NO_PROBABILITY, text=branch.probability)
    return value
