"""Reading lines of mathematics for a page."""

from tutor.grading import understood_line
from tutor.grading.comparison.decimal_commas import latex_with_commas
from tutor.grading.numeric import operation_work
from tutor.grading.processes.work_budget import WorkBudget, note_work

MAX_READING_WORK_S = 0.1  # for all lines of one page


class LineReader:
    """Reads the lines of one page, each text once, until its budget of work is used up."""

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
