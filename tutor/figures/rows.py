"""The data of a chart: lines such as “Monday: 3” or “A: 2, 4, 5”."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.figures.lines import FigureLine, split_at_commas
from tutor.figures.phrases import gettext_noop

MAX_ROWS = 24
MAX_CELLS = 24

NEED_ROW = gettext_noop("need a line such as Monday: 3, got “%(text)s”")


@dataclass(frozen=True)
class Row:
    line: FigureLine
    name: str
    cells: tuple[str, ...]

    def numbers(self) -> tuple[float, ...]:
        return tuple(self.line.number_in(cell) for cell in self.cells)

    def number(self) -> float:
        if len(self.cells) != 1:
            raise self.line.error(NEED_ROW, text=self.line.text)
        return self.numbers()[0]


def read_row(line: FigureLine) -> Row:
    name, colon, rest = line.text.partition(":")
    separated = rest.split("|") if "|" in rest else split_at_commas(rest)
    cells = tuple(cell.strip() for cell in separated)
    if not colon or not rest.strip():
        raise line.error(NEED_ROW, text=line.text)
    if len(cells) > MAX_CELLS:
        raise line.error(gettext_noop("need at most %(count)d values in a line"), count=MAX_CELLS)
    return Row(line, name.strip(), cells)


def check_count(rows: list[Row], line: FigureLine) -> None:
    if not rows:
        raise line.error(gettext_noop("the figure has no data; need lines such as Monday: 3"))
    if len(rows) > MAX_ROWS:
        raise rows[MAX_ROWS].line.error(
            gettext_noop("need at most %(count)d lines here"), count=MAX_ROWS
        )
