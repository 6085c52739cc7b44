"""Expressions of logic, switching algebra and sets, compared by their truth tables."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.grading.answer_key import AnswerKey, InvalidKey, Rule
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.kinds.answer_kind import AnswerKind
from tutor.grading.kinds.logic_reader import (
    Connection,
    Formula,
    Letter,
    Negation,
    Truth,
    is_of_sets,
    letters_in,
    read_formula,
)
from tutor.grading.kinds.truth_tables import TruthTable
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
    "minus": r"\setminus",
}
_SET_SIGNS = {**_SIGNS, "and": r"\cap", "or": r"\cup", "xor": r"\triangle"}


@dataclass(frozen=True, slots=True)
class LogicAnswer:
    """in_sets: written in the signs of sets, such as A ∩ B."""

    formula: Formula
    in_sets: bool


class LogicKind(AnswerKind[LogicAnswer]):
    def read(self, text: PlainText, key: AnswerKey) -> LogicAnswer:
        return LogicAnswer(read_formula(text, _letters_of(key)), is_of_sets(text))

    def check(self, right: LogicAnswer, key: AnswerKey) -> None:
        if len(letters_in(right.formula)) > MAX_LETTERS:
            raise InvalidKey(f"The answer has more than {MAX_LETTERS} letters.")

    def compare(
        self, right: LogicAnswer, given: LogicAnswer, key: AnswerKey, budget: WorkBudget
    ) -> Equality:
        in_sets = right.in_sets or given.in_sets
        code = FeedbackCode.SETS_COMPLEMENT if in_sets else FeedbackCode.LOGIC_NEGATED
        return self._compared(right.formula, given.formula, budget, code)

    def _compared(
        self, right: Formula, given: Formula, budget: WorkBudget, negated: FeedbackCode
    ) -> Equality:
        given = _in_letters_of(right, given)
        letters = sorted(letters_in(right) | letters_in(given))
        if len(letters) > MAX_LETTERS:
            return Equality(None, Rule.TRUTH_TABLES)
        table = TruthTable(letters, budget)
        wanted, column = table.column(right), table.column(given)
        if wanted == column:
            return Equality(True, Rule.TRUTH_TABLES)
        if column == table.all_rows & ~wanted:
            return Equality(False, Rule.TRUTH_TABLES, Feedback(negated))
        if isinstance(given, Connection) and given.op == "implies":
            turned = Connection("implies", given.right, given.left)
            if table.column(turned) == wanted:
                return Equality(False, Rule.TRUTH_TABLES, Feedback(FeedbackCode.LOGIC_CONVERSE))
        return Equality(False, Rule.TRUTH_TABLES)

    def shown(self, answer: LogicAnswer) -> str:
        return _latex(answer.formula, answer.in_sets)


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


def _latex(formula: Formula, in_sets: bool) -> str:
    match formula:
        case Letter(name):
            letter, _, index = name.partition("_")
            return f"{letter}_{{{index}}}" if index else letter
        case Truth(value) if in_sets:
            return r"U " if value else r"\emptyset "
        case Truth(value):
            return r"\top " if value else r"\bot "
        case Negation(part) if in_sets:
            return rf"\overline{{{_latex(part, in_sets)}}}"
        case Negation(part):
            return rf"\lnot {_within(part)}"
        case Connection(op, left, right):
            sign = (_SET_SIGNS if in_sets else _SIGNS)[op]
            return rf"{_within(left, op, in_sets)} {sign} {_within(right, op, in_sets)}"
    raise TypeError(f"not a formula: {formula!r}")


def _within(part: Formula, op: str = "", in_sets: bool = False) -> str:
    is_alike = isinstance(part, Connection) and part.op == op and op in ("and", "or", "xor")
    needs_brackets = isinstance(part, Connection) and not is_alike
    latex = _latex(part, in_sets)
    return f"({latex})" if needs_brackets else latex
