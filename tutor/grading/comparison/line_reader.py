"""Reading lines of mathematics for a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from tutor.grading.comparison.decimal_commas import latex_with_commas
from tutor.grading.comparison.echo import understood_line
from tutor.grading.numeric import operation_work
from tutor.grading.processes.work_budget import WorkBudget, note_work

MAX_READING_WORK_S = 0.1  # for all lines of one page
MAX_TYPESET = 6_000  # characters of LaTeX on one page; more take a browser too long


class LineReader:
    """Reads the lines of one page, each text once, until its budget of work is used up.

    readings: LaTeX of each line that was read; empty for words. room: how much more LaTeX the page
    may show. has_child: False once no child answered, so that a page waits for none twice. All
    readers that a page makes before it reads share one budget: each counts what its thread does.
    """

    def __init__(self, *, decimal_comma: bool, max_work_s: float = MAX_READING_WORK_S) -> None:
        self.decimal_comma, self.max_work_s = decimal_comma, max_work_s
        self.budget = WorkBudget(max_work_s)
        self.readings: dict[str, str] = {}
        self.room = MAX_TYPESET
        self.has_child = True

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

    @property
    def spent_s(self) -> float:
        """How much of its work it has done."""
        return self.max_work_s - self.budget.left_s

    def take(self, readings: Mapping[str, str], lines: Collection[str], spent_s: float) -> None:
        """Take over what another reader made of these lines with `spent_s` of work.

        The budget is used up if some lack.
        """
        note_work(1e6 * spent_s)
        self.readings.update(readings)
        if not all(line in readings for line in lines):
            self.budget = WorkBudget(0)
