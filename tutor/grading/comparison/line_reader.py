"""Reading lines of mathematics for a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from tutor.grading.comparison.decimal_commas import latex_with_commas
from tutor.grading.comparison.echo import understood_line
from tutor.grading.numeric import operation_work
from tutor.grading.processes.work_budget import WorkBudget, note_work

MAX_READING_WORK_S = 0.1  # for all lines of one page


class LineReader:
    """Reads the lines of one page, each text once, until its budget of work is used up.

    readings: LaTeX of each line that was read; empty for words.
    """

    def __init__(self, *, decimal_comma: bool) -> None:
        self.decimal_comma = decimal_comma
        self.budget = WorkBudget(MAX_READING_WORK_S)
        self.readings: dict[str, str] = {}

    def read(self, line: str) -> str:
        """LaTeX; empty for words, and for lines beyond the budget."""
        if line not in self.readings and self.budget.left_s:
            note_work(operation_work.READING * len(line))
            latex = understood_line(line, decimal_comma=self.decimal_comma)
            self.readings[line] = latex_with_commas(latex) if self.decimal_comma else latex
        return self.readings.get(line, "")

    def read_all(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.read(line)

    def take(self, readings: Mapping[str, str], lines: Collection[str]) -> None:
        """Take over what another reader made of these lines; its budget is used up if some lack."""
        self.readings.update(readings)
        if not all(line in readings for line in lines):
            self.budget = WorkBudget(0)
