"""Tables of values, with their names in the first column."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.figures.canvas import Canvas
from tutor.figures.labels import read_label
from tutor.figures.lines import FigureSource
from tutor.figures.phrases import Phrase, gettext_noop
from tutor.figures.rows import Row, check_count, read_row

_HEIGHT = 36.0
MAX_WIDTH = 700.0


@dataclass
class Table:
    rows: list[Row]

    @classmethod
    def read(cls, source: FigureSource) -> Table:
        rows = [read_row(line) for line in source.rest]
        check_count(rows, source.first)
        table = cls(rows)
        if sum(table._widths()) > MAX_WIDTH:
            raise rows[0].line.error(gettext_noop("the table is too wide"))
        return table

    def _widths(self) -> list[float]:
        columns = max(len(row.cells) for row in self.rows) + 1
        cells = [[row.name, *row.cells, *[""] * columns][:columns] for row in self.rows]
        return [
            max(34.0, max(read_label(row[column]).width for row in cells) + 18)
            for column in range(columns)
        ]

    def draw(self) -> Canvas:
        widths = self._widths()
        canvas = Canvas(sum(widths) + 4, _HEIGHT * len(self.rows) + 4)
        lefts = [2 + sum(widths[:number]) for number in range(len(widths))]
        for number, row in enumerate(self.rows):
            top = 2 + _HEIGHT * number
            for cell, left, width in zip((row.name, *row.cells), lefts, widths, strict=False):
                canvas.text(cell, (left + width / 2, top + _HEIGHT / 2))
        right, bottom = canvas.width - 2, canvas.height - 2
        edges = "".join(f"M{left:.1f} 2V{bottom:.1f}" for left in (*lefts[:1], *lefts[2:], right))
        edges += "".join(
            f"M2 {2 + _HEIGHT * number:.1f}H{right:.1f}" for number in range(len(self.rows) + 1)
        )
        canvas.path("thin", edges)
        canvas.path("line", f"M{lefts[1]:.1f} 2V{bottom:.1f}")
        return canvas

    def in_words(self) -> list[Phrase]:
        rows = "; ".join(
            f"{read_label(row.name).spoken}: "
            + ", ".join(read_label(cell).spoken or "…" for cell in row.cells)
            for row in self.rows
        )
        return [Phrase(gettext_noop("A table. %(rows)s."), {"rows": rows})]
