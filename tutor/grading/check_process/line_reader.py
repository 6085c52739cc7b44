"""Reading lines of mathematics for a page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from tutor.grading.check_process.worded_lines import WordedLine, read_worded_line
from tutor.grading.comparison.decimal_commas import latex_with_commas, with_decimal_points
from tutor.grading.comparison.echo import understood_line
from tutor.grading.numeric import operation_work
from tutor.grading.processes.work_budget import WorkBudget, note_work

# "add 7: 3x = 15", where a word is no product of letters
_WORDS_BEFORE_COLON = re.compile(r"[^:=<>\\]{0,60}[^\W\d_]{3}[^:=<>\\]{0,60}[:：]")
MAX_READING_WORK_S = 0.1  # for all lines of one page
MAX_TYPESET = 6_000  # characters of LaTeX on one page; more take a browser too long


class LineReader:
    """Reads the lines of one page, each text once, until its budget of work is used up.

    readings: LaTeX of each line that is one formula; empty for all others, whose formulas are in
    `worded`. room: how much more LaTeX the page may show. has_child: False once no child answered,
    so that a page waits for none twice. All readers that a page makes before it reads share one
    budget: each counts what its thread does.
    """

    def __init__(self, *, decimal_comma: bool, max_work_s: float = MAX_READING_WORK_S) -> None:
        self.decimal_comma, self.max_work_s = decimal_comma, max_work_s
        self.budget = WorkBudget(max_work_s)
        self.readings: dict[str, str] = {}
        self.worded: dict[str, WordedLine] = {}
        self.room = MAX_TYPESET
        self.has_child = True

    def read(self, line: str) -> str:
        """LaTeX; empty for lines with words, and for those beyond the budget."""
        if line not in self.readings and self.budget.left_s:
            note_work(operation_work.READING * len(line))
            is_headed = _WORDS_BEFORE_COLON.match(line) is not None
            latex = "" if is_headed else understood_line(line, decimal_comma=self.decimal_comma)
            self.readings[line] = self._shown(latex)
            if not latex:
                self.worded[line] = self._read_worded(line)
        return self.readings.get(line, "")

    def _read_worded(self, line: str) -> WordedLine:
        note_work(2 * operation_work.READING * len(line))
        worded = read_worded_line(with_decimal_points(line) if self.decimal_comma else line)
        return worded._replace(formulas=self._shown(worded.formulas))

    def _shown(self, latex: str) -> str:
        return latex_with_commas(latex) if self.decimal_comma else latex

    def read_all(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.read(line)

    @property
    def spent_s(self) -> float:
        """How much of its work it has done."""
        return self.max_work_s - self.budget.left_s

    def to_dict(self) -> dict[str, object]:
        """What another reader may take over."""
        worded = {line: list(parts) for line, parts in self.worded.items()}
        return {"readings": self.readings, "worded": worded, "spent_s": self.spent_s}

    def take(self, fields: Mapping[str, Any], lines: Collection[str]) -> None:
        """Take over what another reader made of these lines, from its `to_dict`.

        The budget is used up if some lack. Raises KeyError, TypeError or ValueError for anything
        else.
        """
        readings = dict(fields["readings"])
        worded = {line: _worded(*parts) for line, parts in fields["worded"].items()}
        note_work(1e6 * fields["spent_s"])
        self.readings.update(readings)
        self.worded.update(worded)
        if not all(line in readings for line in lines):
            self.budget = WorkBudget(0)


def _worded(formulas: str, unread: Iterable[str], is_read: bool) -> WordedLine:
    return WordedLine(formulas, tuple(unread), is_read)
