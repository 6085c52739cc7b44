"""Cuts one line of working, as people write it, into statements. No mathematics is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tutor.grading.parsing.units import CHINESE_UNIT
from tutor.grading.working.labels import combination, label_of, leading_label
from tutor.grading.working.lexer import FORMULA, Lex, Lexeme, cut_lexemes, fold_line
from tutor.grading.working.notes import (
    CROSSES,
    Note,
    NoteKind,
    cut_operation,
    formula_text,
    operation_text,
    read_note,
)
from tutor.grading.working.phrases import Cue

__all__ = ["ReadLine", "Role", "Statement", "read_line"]

_CUTTING = frozenset(
    [Cue.SO, Cue.BECAUSE, Cue.BUT, Cue.SUPPOSE, Cue.WITH, Cue.CASE, Cue.CHECK, Cue.ANSWER]
)
_SEPARATORS = frozenset([Lex.COMMA, Lex.SEMICOLON, Lex.STOP])
_NO_SOLUTION = "∅"
_UNDETERMINED = frozenset(["0/0", "∞/∞", "0*∞", "0·∞", "∞-∞", "1^∞"])


class Role(StrEnum):
    STEP = "step"  # a claim that should follow
    SUPPOSE = "suppose"  # names or supposes something
    CHECK = "check"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of a line.

    text: the formula as written, without labels, notes, words and final punctuation; ∅ for "no
    solution". start: where it begins in the line, in characters. label: of this equation, 1 for
    (1), ①, I: and Gl. 1; mere numbers of lines are labels too. refers_to: the labels of earlier
    equations that it mentions. operation: what the line says it does, such as -2x, :3, 2*(1)-(2)
    or 移项; several are separated by "; ". supposed: the formula that says where it holds.
    reason: the formula that justifies it. rejected: crossed out by its writer. words: what the
    formula is the value of, such as "larger share". continues: goes on from the line before.
    """

    text: str
    start: int
    role: Role
    label: str = ""
    refers_to: tuple[str, ...] = ()
    operation: str = ""
    supposed: str = ""
    reason: str = ""
    rejected: bool = False
    ticked: bool = False
    words: str = ""
    continues: bool = False


@dataclass(frozen=True, slots=True)
class ReadLine:
    """has_words: whether words remain that were not understood."""

    statements: tuple[Statement, ...]
    has_words: bool


def read_line(line: str) -> ReadLine:
    """Never raises."""
    text = fold_line(line)
    lexemes, operation = cut_operation(cut_lexemes(text))
    label, length = leading_label(lexemes)
    reader = _LineReader(text, lexemes[length:])
    reader.read()
    statements = reader.statements
    if statements:
        if label:
            statements[0] = replace(statements[0], label=label)
        if operation:
            last = statements[-1]
            both = f"{last.operation}; {operation}" if last.operation else operation
            statements[-1] = replace(last, operation=both)
    return ReadLine(tuple(statements), reader.has_words)


class _LineReader:
    """Goes through the lexemes of a line once, and collects a formula and the words before it."""

    def __init__(self, text: str, lexemes: list[Lexeme]) -> None:
        self.text = text
        self.lexemes = lexemes
        self.statements: list[Statement] = []
        self.has_words = False
        self.role = Role.STEP
        self.supposed = ""
        self.operation = ""
        self.refers_to: tuple[str, ...] = ()
        self.gives_reason = False
        self.tells_where = False
        self.has_copula = False
        self.is_named = False  # by a colon after words
        self.from_label = False
        self.words: list[Lexeme] = []
        self.formula: list[Lexeme] = []
        self.since_conclusion = 0  # statements since the last "so"

    def read(self) -> None:
        index = 0
        while index < len(self.lexemes):
            lexeme = self.lexemes[index]
            index = self._take(lexeme, index) or index + 1
        self._end_clause()
        if self.statements and (self.refers_to or self.operation):
            self._amend(refers_to=self.refers_to, operation=self.operation)

    def _take(self, lexeme: Lexeme, index: int) -> int | None:
        """Take one lexeme. The index of the next one, where that is not the following one."""
        match lexeme.lex:
            case Lex.CUE:
                return self._cue(lexeme, index)
            case Lex.WORD:
                self._word(lexeme, index)
            case Lex.GROUP:
                self._group(lexeme, index)
            case Lex.COMMA:
                self._comma(lexeme, index)
            case Lex.SEMICOLON:
                self._end_clause()
            case Lex.COLON:
                self._colon(lexeme, index)
            case Lex.STOP:
                self._stop(lexeme, index)
            case Lex.MARK:
                self._mark(lexeme.text in CROSSES)
            case Lex.LABEL:
                self.formula.append(lexeme)
            case _:
                if lexeme.text == "√" and index + 1 == len(self.lexemes) and lexeme.spaced:
                    self._mark(is_cross=False)
                elif lexeme.text == "×" and index + 1 == len(self.lexemes):
                    self._mark(is_cross=True)
                else:
                    self.formula.append(lexeme)
        return None

    # Words

    def _cue(self, lexeme: Lexeme, index: int) -> int | None:
        cue = lexeme.cue
        if cue in (Cue.OR, Cue.AND):
            self._joined(lexeme, index)
        elif cue == Cue.SO or (cue == Cue.SUPPOSE and lexeme.text == "soit" and self.formula):
            self._conclude()
        elif cue == Cue.BECAUSE:
            self._end_clause()
            self.gives_reason = bool(self.statements)
        elif cue == Cue.BUT:
            self._end_clause()
        elif cue in (Cue.SUPPOSE, Cue.CASE):
            self._end_clause()
            self.role = Role.SUPPOSE
        elif cue in (Cue.WITH, Cue.AT):
            self._condition(lexeme, index)
        elif cue == Cue.CHECK:
            self._end_clause()
            self.role = Role.CHECK
        elif cue == Cue.ANSWER:
            self._end_clause()
            self.role = Role.ANSWER
        elif cue == Cue.NOTHING:
            self._nothing(lexeme)
        elif cue in (Cue.REJECTED, Cue.TICKED):
            self._mark(is_cross=cue == Cue.REJECTED)
        elif cue == Cue.OPERATION and not self.formula:
            return self._operation(index)
        elif cue == Cue.METHOD:
            self._method(lexeme)
        elif cue == Cue.IS:
            self._copula(lexeme, index)
        elif cue == Cue.FROM or cue == Cue.EQUATION:
            return self._reference(lexeme, index)
        elif cue == Cue.SIDE:
            self._side(lexeme)
        elif cue == Cue.OF:
            self._of(lexeme, index)
        elif cue == Cue.BOTH_SIDES:
            self._both_sides()
        return None

    def _following(self, index: int) -> Lexeme | None:
        return self.lexemes[index + 1] if index + 1 < len(self.lexemes) else None

    def _word(self, lexeme: Lexeme, index: int) -> None:
        if self.formula:
            following = self._following(index)
            is_unit = self.formula[-1].lex == Lex.NUMBER and following is not None
            if is_unit and following and (following.lex in (Lex.RELATION, Lex.SIGN)):
                self.formula.append(lexeme)
                return
            if CHINESE_UNIT.fullmatch(lexeme.text) and self.formula[-1].lex in (
                Lex.NUMBER,
                Lex.GROUP,
            ):
                self.formula.append(lexeme)
                return
            self._end_formula(lexeme)
        self.words.append(lexeme)

    def _of(self, lexeme: Lexeme, index: int) -> None:
        """10% of 600 is one term; the sum of 3 and 4 is no formula."""
        following = self._following(index)
        goes_on = following is not None and following.lex in (
            Lex.NUMBER,
            Lex.NAME,
            Lex.GROUP,
        )
        if self.formula and goes_on:
            self.formula.append(lexeme)
        else:
            self._word(lexeme, index)

    def _joined(self, lexeme: Lexeme, index: int) -> None:
        following = self._following(index)
        begins = following is not None and (
            following.lex in FORMULA or following.lex in (Lex.GROUP, Lex.BAR, Lex.LABEL)
        )
        if self.formula and begins:
            self.formula.append(lexeme)
        elif self.formula:
            self._end_formula()

    def _conclude(self) -> None:
        self._end_clause()
        self.gives_reason = False
        if self.since_conclusion:
            self.supposed = ""
        if self.role == Role.SUPPOSE and self.statements:
            self.role = Role.STEP
        self.since_conclusion = 0

    def _condition(self, lexeme: Lexeme, index: int) -> None:
        """with s = sin x, when x = 2."""
        end = self._clause_end(index + 1)
        clause = self.lexemes[index + 1 : end]
        has_relation = any(part.lex == Lex.RELATION for part in clause)
        begins = bool(clause) and (clause[0].lex in FORMULA or clause[0].lex == Lex.GROUP)
        is_point = bool(clause) and clause[0].lex == Lex.GROUP
        if not has_relation and not (is_point and lexeme.cue == Cue.AT):
            if begins and label_of(clause[0]):
                self._reference(lexeme, index)
                self.from_label = True
                return
            self._word(lexeme, index)
            return
        self._end_formula()
        if lexeme.cue == Cue.WITH and self.statements:
            self._end_clause()
            self.role = Role.SUPPOSE
            return
        self.words.clear()
        self.tells_where = True

    def _clause_end(self, index: int) -> int:
        """The index of the next separator or phrase that begins something else."""
        while index < len(self.lexemes):
            lexeme = self.lexemes[index]
            is_stop = lexeme.lex == Lex.STOP and not self._is_factorial(lexeme, index)
            is_colon = lexeme.lex == Lex.COLON and not self._divides(index)
            if is_stop or is_colon or lexeme.lex in (Lex.COMMA, Lex.SEMICOLON):
                return index
            if lexeme.cue in _CUTTING:
                return index
            index += 1
        return index

    def _nothing(self, lexeme: Lexeme) -> None:
        self._end_clause()
        self.statements.append(Statement(_NO_SOLUTION, lexeme.start, Role.ANSWER))
        self.words.clear()

    def _operation(self, index: int) -> int:
        """Subtract 3 from both sides: what it names, up to the next separator."""
        end = self._clause_end(index + 1)
        clause = self.lexemes[index + 1 : end]
        if any(part.lex == Lex.RELATION for part in clause):
            end = index + 2
            while end < len(self.lexemes) and not self.lexemes[end].spaced:
                end += 1
        self.operation = operation_text(self.lexemes[index:end])
        self.words.clear()
        return end

    def _method(self, lexeme: Lexeme) -> None:
        self._end_formula()
        self.operation = f"{self.operation}; {lexeme.text}" if self.operation else lexeme.text

    def _both_sides(self) -> None:
        """-5x on both sides."""
        if self.formula and not any(x.lex == Lex.RELATION for x in self.formula):
            self.operation = formula_text(self.formula)
            self.formula.clear()
        elif len(self.formula) > 1:
            self._trailing_operation()

    def _trailing_operation(self) -> None:
        """3x = 6 -3x auf beiden Seiten: the last part, after a blank, is no part of it."""
        for at in range(len(self.formula) - 1, 0, -1):
            lexeme = self.formula[at]
            if lexeme.spaced and lexeme.lex == Lex.SIGN:
                following = self.formula[at + 1] if at + 1 < len(self.formula) else None
                if following is not None and not following.spaced:
                    operation = formula_text(self.formula[at:])
                    del self.formula[at:]
                    self.operation = operation
                    self._end_formula()
                return

    def _copula(self, lexeme: Lexeme, index: int) -> None:
        if self.formula and not any(x.lex == Lex.RELATION for x in self.formula):
            clause = self.lexemes[index + 1 : self._clause_end(index + 1)]
            begins = next((x for x in clause if x.cue not in (Cue.FILLER, Cue.IS)), None)
            if begins is not None and (begins.lex in FORMULA or begins.lex == Lex.GROUP):
                equals = replace(lexeme, lex=Lex.RELATION, text="=", cue=None)
                self.formula.append(equals)
            elif len(self.formula) == 1 and self.formula[0].lex == Lex.NAME:
                self._declaration(clause)
            else:
                self.formula.clear()
                self.has_words = True
            return
        self._end_formula()
        self.has_copula = True

    def _declaration(self, clause: Sequence[Lexeme]) -> None:
        """x is the number of adults."""
        [name] = self.formula
        self.formula.clear()
        described = _without_fillers(clause)
        words = self._written(described)
        self.statements.append(Statement(name.text, name.start, Role.SUPPOSE, words=words))
        self.words.clear()

    def _reference(self, lexeme: Lexeme, index: int) -> int | None:
        """in (1), from II, 由①: the labels, and the index after them."""
        end = index + 1
        while end < len(self.lexemes) and (
            self.lexemes[end].cue in (Cue.EQUATION, Cue.FILLER, Cue.FROM)
            or self.lexemes[end].lex == Lex.STOP
        ):
            end += 1
        start = end
        while end < len(self.lexemes) and (
            label_of(self.lexemes[end])
            or self.lexemes[end].text in ("+", "-", "*", "·", "×", ",", "、", "，")
            or self.lexemes[end].cue == Cue.AND
            or (self.lexemes[end].lex == Lex.NUMBER and end > start)
        ):
            end += 1
        combined = combination(self.lexemes[start:end])
        if combined is None or end == start:
            if lexeme.cue in (Cue.FROM, Cue.AT, Cue.WITH):
                self._word(lexeme, index)
            return None
        self._end_formula()
        self.words.clear()
        self.refers_to = (*self.refers_to, *combined.labels)
        self.operation = combined.operation or self.operation
        return end

    def _side(self, lexeme: Lexeme) -> None:
        if self.formula and self.formula[-1].lex == Lex.RELATION:
            self.formula.pop()
            self._end_formula()
        elif self.formula:
            self._end_formula()
        self.words = [lexeme]

    # Signs

    def _group(self, group: Lexeme, index: int) -> None:
        rest = self.lexemes[index + 1 :]
        is_last = all(x.lex in (Lex.MARK, Lex.STOP, Lex.GROUP) for x in rest)
        note = read_note(group, self.formula, is_last)
        if note.kind == NoteKind.FORMULA:
            self.formula.append(group)
        elif note.kind == NoteKind.UNIT:
            self.formula.append(
                replace(
                    group,
                    lex=Lex.NAME,
                    text=note.text,
                    spaced=True,
                    is_unit=True,
                    inside=[],
                )
            )
        else:
            self._note(note)

    def _note(self, note: Note) -> None:
        if note.kind in (NoteKind.REJECTED, NoteKind.TICKED):
            self._mark(is_cross=note.kind == NoteKind.REJECTED)
            return
        if note.kind == NoteKind.COMMENT:
            return
        self._end_formula()
        if not self.statements:
            if note.kind == NoteKind.REFERENCE:
                self.refers_to = (*self.refers_to, note.text)
            return
        match note.kind:
            case NoteKind.LABEL:
                self._amend(label=note.text)
            case NoteKind.REFERENCE:
                self._amend(refers_to=(*self.statements[-1].refers_to, note.text))
            case NoteKind.REASON:
                self._amend(reason=note.text)
            case NoteKind.OPERATION:
                self._amend(operation=note.text)

    def _amend(self, **changes: object) -> None:
        self.statements[-1] = replace(self.statements[-1], **changes)  # type: ignore[arg-type]

    def _mark(self, is_cross: bool) -> None:
        """✓ and ✗, for the statement before; of alternatives the last alone is crossed out."""
        self._end_formula()
        if not self.statements:
            return
        last = self.statements[-1]
        if not is_cross:
            self._amend(ticked=True)
            return
        _, sign, tail = last.text.rpartition(" or ")
        if not sign:
            _, sign, tail = last.text.rpartition("或")
        if sign and last.role != Role.CHECK:
            start = last.start + max(self.text[last.start :].rfind(tail.strip()[:6]), 0)
            self.statements.append(replace(last, text=tail.strip(), start=start, rejected=True))
            return
        self._amend(rejected=True)
        if last.role == Role.CHECK:
            self.statements = [
                replace(s, rejected=True) if s.role == Role.CHECK and s.supposed == last.supposed
                else s for s in self.statements
            ]  # fmt: skip

    def _comma(self, lexeme: Lexeme, index: int) -> None:
        if not self.formula:
            if self.words and not self.has_copula:
                self._end_clause()
            return
        if self._goes_on_after(index):
            self.formula.append(lexeme)
        else:
            self._end_formula()
            self._end_words()

    def _goes_on_after(self, index: int) -> bool:
        """Whether the comma at this index belongs to the formula before it."""
        if self.tells_where or self.role == Role.SUPPOSE:
            return False
        clause = self.lexemes[index + 1 : self._clause_end(index + 1)]
        if not clause or clause[0].lex not in FORMULA | {
            Lex.GROUP,
            Lex.BAR,
            Lex.LABEL,
        }:
            return False
        relation = _relation_in(clause)
        own = _relation_in(self.formula)
        if relation is None:
            return not any(x.lex == Lex.WORD or x.cue == Cue.IS for x in clause[:-1])
        if own is None:
            return False
        same = _name_of(self.formula) == _name_of(clause)
        return same and any(x.cue == Cue.OR for x in (*self.formula, *clause))

    def _colon(self, lexeme: Lexeme, index: int) -> None:
        if self._divides(index):
            self.formula.append(lexeme)
            return
        if self.formula and (combined := combination(self.formula)):
            self.refers_to = (*self.refers_to, *combined.labels)
            self.operation = combined.operation
            self.formula.clear()
            self.words.clear()
        elif self.formula and self._has_statement_after(index):
            self._head()
        elif self.formula:
            self._end_formula()
        self.is_named = bool(self.words)
        if not self.words:
            self.has_copula = False

    def _head(self) -> None:
        """A formula before a colon: where the statement after it holds, or its name."""
        text = formula_text(self.formula)
        is_point = self.formula[-1].lex == Lex.GROUP and len(self.formula) < 3
        if _relation_in(self.formula) is not None or self.tells_where or is_point:
            self.supposed = text
            self.tells_where = False
            if self.role == Role.SUPPOSE:
                self.role = Role.STEP
            self.words.clear()
        else:
            self.words += self.formula
        self.formula.clear()
        self.since_conclusion = 0

    def _has_statement_after(self, index: int) -> bool:
        clause = self.lexemes[index + 1 : self._clause_end(index + 1)]
        return any(x.lex in (Lex.NUMBER, Lex.NAME) for x in clause)

    def _divides(self, index: int) -> bool:
        """Whether a colon is a sign of division, as in 38:2."""
        colon = self.lexemes[index]
        before = self.lexemes[index - 1] if index else None
        following = self._following(index)
        operands = (Lex.NUMBER, Lex.NAME, Lex.GROUP)
        if before is None or following is None or before.lex not in operands:
            return False
        if following.lex not in operands and following.text not in ("\\", "√", "-"):
            return False
        if self.text[colon.start] == ":" and colon.spaced == following.spaced:
            after = self.lexemes[index + 2] if index + 2 < len(self.lexemes) else None
            begins = following.lex == Lex.NAME and after is not None and after.lex == Lex.RELATION
            supposes = not colon.spaced and begins and _relation_in(self.formula) is not None
            return not supposes
        return False

    def _is_factorial(self, lexeme: Lexeme, index: int) -> bool:
        if lexeme.text != "!" or lexeme.spaced or index == 0:
            return False
        return self.lexemes[index - 1].lex in (
            Lex.NUMBER,
            Lex.NAME,
            Lex.GROUP,
        )

    def _stop(self, lexeme: Lexeme, index: int) -> None:
        if self._is_factorial(lexeme, index):
            self.formula.append(lexeme)
        else:
            self._conclude()

    # Statements

    def _end_clause(self) -> None:
        self._end_formula()
        self._end_words()

    def _end_words(self) -> None:
        if any(word.lex == Lex.WORD for word in self.words) and not self.is_named:
            self.has_words = True
        self.words.clear()
        self.is_named = self.has_copula = False

    def _end_formula(self, next_word: Lexeme | None = None) -> None:
        """Make a statement of the formula so far."""
        formula = _stripped(self.formula)
        self.formula = []
        if not formula:
            return
        if combined := self._combination(formula):
            self.refers_to = (*self.refers_to, *combined[1])
            self.operation = combined[0] or self.operation
            return
        if self.tells_where:
            self._tell_where(formula_text(formula))
            return
        if self.gives_reason and self.statements:
            self._amend(reason=formula_text(formula))
            self.gives_reason = False
            return
        if formula[-1].lex == Lex.RELATION:
            self._unfinished(formula, next_word)
            return
        self._add(formula, next_word)

    def _combination(self, formula: list[Lexeme]) -> tuple[str, tuple[str, ...]] | None:
        if not any(x.lex == Lex.LABEL for x in formula) and not (
            self.from_label or len(formula) > 2
        ):
            return None
        self.from_label = False
        combined = combination(formula)
        return (combined.operation, combined.labels) if combined else None

    def _tell_where(self, text: str) -> None:
        """When x = 2: of the statement before it, or of those that follow."""
        self.tells_where = False
        if self.statements and not self.since_conclusion_is_open():
            self._amend(supposed=text)
        else:
            self.supposed = text
            self.since_conclusion = 0

    def since_conclusion_is_open(self) -> bool:
        return self.since_conclusion == 0

    def _unfinished(self, formula: list[Lexeme], next_word: Lexeme | None) -> None:
        """x = Lisa's age."""
        name = formula[:-1]
        if len(name) == 1 and name[0].lex == Lex.NAME and next_word is not None:
            at = self.lexemes.index(next_word)
            described = _without_fillers(self.lexemes[at : self._clause_end(at)])
            words = self._written(described)
            self.statements.append(
                Statement(name[0].text, name[0].start, Role.SUPPOSE, words=words)
            )
        else:
            self.has_words = True

    def _add(self, formula: list[Lexeme], next_word: Lexeme | None) -> None:
        words = _without_fillers(self.words)
        has_side = any(word.cue == Cue.SIDE for word in words)
        is_part = bool(words) and words[-1].cue == Cue.OF and formula[0].lex != Lex.RELATION
        is_term = _relation_in(formula) is None
        role = self.role
        if is_part:
            formula = [*words, *formula]
            self.has_words = True
            words = []
        elif words and not has_side and formula[0].text in ("=", "≈", ":=") and len(formula) > 1:
            formula = formula[1:]
        elif is_term:
            if role != Role.SUPPOSE and not self._is_claimed(formula, words, next_word):
                self.has_words = True
                self.words.clear()
                return
            if role == Role.STEP and (self.has_copula or (next_word and words)):
                role = Role.ANSWER
        elif (
            words
            and not self.is_named
            and not self.has_copula
            and not _is_equation_of_name(formula)
        ):
            self.has_words = True
        if not is_term and _is_solution_set(formula):
            role = Role.ANSWER
        text = formula_text(formula)
        self.statements.append(
            Statement(
                text,
                formula[0].start,
                role,
                refers_to=self.refers_to,
                operation=self.operation,
                supposed=self.supposed,
                words=self._written(words),
                continues=formula[0].lex == Lex.RELATION,
            )
        )
        self.refers_to, self.operation = (), ""
        self.words.clear()
        self.is_named = self.has_copula = False
        self.since_conclusion += 1

    def _is_claimed(
        self, formula: list[Lexeme], words: list[Lexeme], next_word: Lexeme | None
    ) -> bool:
        """Whether a term among words is claimed to be the value of something."""
        if formula_text(formula) in _UNDETERMINED:
            return False
        is_number = formula[0].lex in (Lex.NUMBER, Lex.SIGN) and not any(
            x.lex == Lex.NAME and not x.is_unit and x.text.isalpha() for x in formula
        )
        return next_word is None or is_number

    def _written(self, lexemes: Sequence[Lexeme]) -> str:
        if not lexemes:
            return ""
        return " ".join(self.text[lexemes[0].start : lexemes[-1].end].split())


def _relation_in(lexemes: Sequence[Lexeme]) -> int | None:
    return next((i for i, x in enumerate(lexemes) if x.lex == Lex.RELATION), None)


def _name_of(lexemes: Sequence[Lexeme]) -> str:
    """What is left of the relation."""
    relation = _relation_in(lexemes) or 0
    return formula_text(lexemes[:relation])


def _stripped(formula: list[Lexeme]) -> list[Lexeme]:
    while (
        formula and (formula[-1].cue or formula[-1].lex in _SEPARATORS) and formula[-1].text != "!"
    ):
        formula = formula[:-1]
    return formula


def _without_fillers(lexemes: Sequence[Lexeme]) -> list[Lexeme]:
    fillers = (Cue.FILLER, Cue.IS, Cue.SO, Cue.FROM)
    start = 0
    while start < len(lexemes) and lexemes[start].cue in fillers:
        start += 1
    end = len(lexemes)
    while end > start and lexemes[end - 1].cue in fillers:
        end -= 1
    return list(lexemes[start:end])


def _is_equation_of_name(formula: Sequence[Lexeme]) -> bool:
    """A = 3*4 or f(x) = 2x, after words that name it."""
    relation = _relation_in(formula) or 0
    return formula[0].lex == Lex.NAME and relation < 4


def _is_solution_set(formula: Sequence[Lexeme]) -> bool:
    relation = _relation_in(formula) or 0
    name = formula_text(formula[:relation])
    if name not in (
        "L",
        "S",
        "𝕃",
        "IL",
        "𝕊",
        "\\mathbb{L}",
        "\\mathbb L",
        "\\mathcal{S}",
        "Sol",
        "IL_",
    ):
        return False
    value = formula_text(formula[relation + 1 :])
    return value.startswith(
        ("{", "\\{", "∅", "\\emptyset", "\\varnothing", "[", "]", "(", "ℝ", "\\left\\{")
    )
