"""Expressions of logic and switching algebra, compared by their truth tables."""

from __future__ import annotations

from tutor.grading.answer_key import AnswerKey, InvalidKey, Rule
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.kinds.answer_kind import AnswerKind
from tutor.grading.kinds.logic_reader import (
    Connection,
    Formula,
    Letter,
    Negation,
    Truth,
    letters_in,
    read_formula,
)
from tutor.grading.numeric.equivalence import Equality
from tutor.grading.parsing.normalize import PlainText, normalize_text
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.processes.work_budget import WorkBudget

MAX_LETTERS = 12
_SIGNS = {
    "and": r"\land",
    "or": r"\lor",
    "xor": r"\oplus",
    "implies": r"\rightarrow",
    "iff": r"\leftrightarrow",
}


class LogicKind(AnswerKind[Formula]):
    def read(self, text: PlainText, key: AnswerKey) -> Formula:
        return read_formula(text, _letters_of(key))

    def check(self, right: Formula, key: AnswerKey) -> None:
        if len(letters_in(right)) > MAX_LETTERS:
            raise InvalidKey(f"The answer has more than {MAX_LETTERS} letters.")

    def compare(
        self, right: Formula, given: Formula, key: AnswerKey, budget: WorkBudget
    ) -> Equality:
        given = _in_letters_of(right, given)
        letters = sorted(letters_in(right) | letters_in(given))
        if len(letters) > MAX_LETTERS:
            return Equality(None, Rule.TRUTH_TABLES)
        table = _TruthTable(letters, budget)
        wanted, column = table.column(right), table.column(given)
        if wanted == column:
            return Equality(True, Rule.TRUTH_TABLES)
        if column == table.all_rows & ~wanted:
            return Equality(False, Rule.TRUTH_TABLES, Feedback(FeedbackCode.LOGIC_NEGATED))
        if isinstance(given, Connection) and given.op == "implies":
            turned = Connection("implies", given.right, given.left)
            if table.column(turned) == wanted:
                return Equality(False, Rule.TRUTH_TABLES, Feedback(FeedbackCode.LOGIC_CONVERSE))
        return Equality(False, Rule.TRUTH_TABLES)

    def shown(self, answer: Formula) -> str:
        return _latex(answer)


class _TruthTable:
    """Columns as whole numbers: the bit n of a column is its value in row n."""

    def __init__(self, letters: list[str], budget: WorkBudget) -> None:
        self.budget = budget
        rows = 1 << len(letters)
        self.all_rows = (1 << rows) - 1
        self.columns = {
            letter: sum(1 << row for row in range(rows) if row >> index & 1)
            for index, letter in enumerate(letters)
        }

    def column(self, formula: Formula) -> int:
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
            case "implies":
                return (self.all_rows & ~left) | right
        return self.all_rows & ~(left ^ right)


def _letters_of(key: AnswerKey) -> frozenset[str]:
    """The letters that the key has for certain, so that its v is no "or"."""
    try:
        return letters_in(read_formula(normalize_text(key.value)))
    except (Unreadable, RecursionError):
        return frozenset()


def _in_letters_of(right: Formula, given: Formula) -> Formula:
    """With p for P where the key has only p."""
    letters = letters_in(right)
    by_lower = {letter.lower(): letter for letter in letters}
    if len(by_lower) < len(letters):
        return given
    return _renamed(given, {name: by_lower.get(name.lower(), name) for name in letters_in(given)})


def _renamed(formula: Formula, names: dict[str, str]) -> Formula:
    match formula:
        case Letter(name):
            return Letter(names[name])
        case Negation(part):
            return Negation(_renamed(part, names))
        case Connection(op, left, right):
            return Connection(op, _renamed(left, names), _renamed(right, names))
    return formula


def _latex(formula: Formula) -> str:
    match formula:
        case Letter(name):
            letter, _, index = name.partition("_")
            return f"{letter}_{{{index}}}" if index else letter
        case Truth(value):
            return r"\top " if value else r"\bot "
        case Negation(part):
            return rf"\lnot {_within(part)}"
        case Connection(op, left, right):
            return rf"{_within(left, op)} {_SIGNS[op]} {_within(right, op)}"
    raise TypeError(f"not a formula: {formula!r}")


def _within(part: Formula, op: str = "") -> str:
    is_alike = isinstance(part, Connection) and part.op == op and op in ("and", "or", "xor")
    needs_brackets = isinstance(part, Connection) and not is_alike
    return f"({_latex(part)})" if needs_brackets else _latex(part)
