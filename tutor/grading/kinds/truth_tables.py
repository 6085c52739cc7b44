"""The values of an expression of logic for all values of its letters."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.grading.kinds.logic_reader import Connection, Formula, Letter, Negation, Truth
from tutor.grading.processes.work_budget import WorkBudget


class TruthTable:
    """Columns as whole numbers: the bit n of a column is its value in row n.

    The bit m of a row's number is the value of the letter m there.
    """

    def __init__(self, letters: Sequence[str], budget: WorkBudget) -> None:
        self.budget = budget
        rows = 1 << len(letters)
        self.all_rows = (1 << rows) - 1
        self.columns = {
            letter: sum(1 << row for row in range(rows) if row >> index & 1)
            for index, letter in enumerate(letters)
        }

    def column(self, formula: Formula) -> int:
        """Raises KeyError for a letter that the table does not have."""
        self.budget.step()
        match formula:
            case Letter(name):
                return self.columns[name]
            case Truth(value):
                return self.all_rows if value else 0
            case Negation(part):
                return self.all_rows & ~self.column(part)
            case Connection(op, left, right):
                return self._joined(op, self.column(left), self.column(right))
        raise TypeError(f"not a formula: {formula!r}")

    def _joined(self, op: str, left: int, right: int) -> int:
        match op:
            case "and":
                return left & right
            case "or":
                return left | right
            case "xor":
                return left ^ right
            case "minus":
                return left & ~right
            case "implies":
                return (self.all_rows & ~left) | right
        return self.all_rows & ~(left ^ right)
