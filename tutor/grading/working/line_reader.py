"""Goes through the lexemes of a line, and does what its words and signs say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tutor.grading.working.formula_text import OF, begins_formula, left_side, relation_in
from tutor.grading.working.labels import Combination, combination, label_of
from tutor.grading.working.lexer import Lex, Lexeme
from tutor.grading.working.notes import CROSSES, Note, NoteKind, read_note
from tutor.grading.working.operations import operation_text, trailing_operation
from tutor.grading.working.phrases import SIGNS, Cue
from tutor.grading.working.statement import NO_SOLUTION, Role, Statement
from tutor.grading.working.statement_maker import Expected, StatementMaker

_TO_BE = frozenset(["be", "sein", "être", "ser"])
_OPERANDS = (Lex.NUMBER, Lex.NAME, Lex.GROUP)


class LineReader(StatementMaker):
    """Each method takes one kind of lexeme; it returns where to go on if not at the next one."""

    def __init__(self, text: str, lexemes: list[Lexeme]) -> None:
        super().__init__(text, lexemes)
        self.takers: dict[str, Callable[[Lexeme, int], int | None]] = {
            Lex.WORD: self._word, Lex.GROUP: self._group, Lex.COMMA: self._comma,
            Lex.SEMICOLON: self._semicolon, Lex.COLON: self._colon, Lex.STOP: self._stop,
            Lex.MARK: self._sign_of_truth, Lex.CUE: self._cue,
        }  # fmt: skip
        self.cue_takers: dict[str, Callable[[Lexeme, int], int | None]] = {
            Cue.SO: self._so, Cue.BECAUSE: self._because, Cue.BUT: self._but,
            Cue.SUPPOSE: self._suppose, Cue.CASE: self._suppose, Cue.CHECK: self._announce,
            Cue.ANSWER: self._announce, Cue.NOTHING: self._nothing, Cue.REJECTED: self._truth,
            Cue.TICKED: self._truth, Cue.WITH: self._condition, Cue.AT: self._condition,
            Cue.OR: self._join, Cue.AND: self._join, Cue.IS: self._copula, Cue.SIDE: self._side,
            Cue.INSERT: self._insert, Cue.METHOD: self._method, Cue.BOTH_SIDES: self._both_sides,
            Cue.OPERATION: self._operation, Cue.EQUATION: self._reference,
            Cue.FROM: self._reference, Cue.STEP: self._step, Cue.OF: self._of,
            Cue.FILLER: self._filler,
        }  # fmt: skip

    def read(self, start: int) -> None:
        index = start
        end = self._before_last_sign()
        while index < end:
            lexeme = self.lexemes[index]
            if lexeme.in_formula:
                self.formula.append(lexeme)
                index += 1
                continue
            taker = self.takers.get(lexeme.lex, self._part)
            index = max(taker(lexeme, index) or 0, index + 1, self.resume_at)
        if end < len(self.lexemes):
            self._mark(is_cross=self.lexemes[end].text == "×")
        self.end_clause()
        self.finish()

    def _before_last_sign(self) -> int:
        """The end of the line, before a √ or × that marks it as right or wrong."""
        is_marked = len(self.lexemes) > 1 and self.lexemes[-1].text in ("√", "×")
        return len(self.lexemes) - is_marked

    def _part(self, lexeme: Lexeme, index: int) -> int | None:
        """A bar of an absolute value or a circled number."""
        if lexeme.lex is Lex.LABEL and relation_in(self.formula) is not None:
            self._strip_dots()
            self.end_formula()
            self.amend(label=label_of(lexeme))
        else:
            self.formula.append(lexeme)
        return None

    def _strip_dots(self) -> None:
        while self.formula and self.formula[-1].text[0] in ".…⋯·":
            self.formula.pop()

    # Words

    def _cue(self, lexeme: Lexeme, index: int) -> int | None:
        assert lexeme.cue is not None  # noqa: S101 - for the type checker
        return self.cue_takers[lexeme.cue](lexeme, index)

    def _so(self, lexeme: Lexeme, index: int) -> int | None:
        self.conclude()
        return None

    def _because(self, lexeme: Lexeme, index: int) -> int | None:
        self.end_clause()
        if self.statements:
            self.expected = Expected.REASON
        return None

    def _but(self, lexeme: Lexeme, index: int) -> int | None:
        self.end_clause()
        return None

    def _suppose(self, lexeme: Lexeme, index: int) -> int | None:
        if lexeme.text == "soit" and self.formula:  # 2x = 8 soit x = 4
            self.conclude()
            return None
        if lexeme.text.lower() in ("sei", "sea") and len(self.formula) == 1:  # x sei die Zahl
            self.role = Role.SUPPOSE
            return None
        self.end_clause()
        self.role = Role.SUPPOSE
        return None

    def _announce(self, lexeme: Lexeme, index: int) -> int | None:
        """A check or an answer; 2 solutions only counts them."""
        if lexeme.cue is Cue.ANSWER and len(self.formula) == 1:
            self.formula.clear()
        self.end_clause()
        self.role = Role.CHECK if lexeme.cue is Cue.CHECK else Role.ANSWER
        return None

    def _nothing(self, lexeme: Lexeme, index: int) -> int | None:
        self.end_clause()
        self.statements.append(Statement(NO_SOLUTION, lexeme.start, Role.ANSWER))
        return None

    def _truth(self, lexeme: Lexeme, index: int) -> int | None:
        self._mark(is_cross=lexeme.cue is Cue.REJECTED)
        return None

    def _sign_of_truth(self, lexeme: Lexeme, index: int) -> int | None:
        self._mark(is_cross=lexeme.text in CROSSES)
        return None

    def _condition(self, lexeme: Lexeme, index: int) -> int | None:
        """with s = sin x, when x = 2, at (3, 4); in (1) and mit I mention equations."""
        if index + 1 < len(self.lexemes) and self._mentions_label(index + 1):
            return self._reference(lexeme, index)
        clause = self.clause(index + 1)
        begins = bool(clause) and begins_formula(clause[0])
        is_point = begins and clause[0].lex is Lex.GROUP and len(clause) < 3
        if relation_in(clause) is None and not (is_point and lexeme.cue is Cue.AT):
            return self._preposition(lexeme, index)
        trails = bool(self.formula)
        self.end_formula()
        if lexeme.cue is Cue.WITH and trails:
            self.end_clause()
            self.role = Role.SUPPOSE
        elif not (self.has_unknown_words() and self.clause_end(index + 1) == len(self.lexemes)):
            self.words.clear()
            self.expected = Expected.TRAILING_CONDITION if trails else Expected.CONDITION
        return None

    def _preposition(self, lexeme: Lexeme, index: int) -> int | None:
        """x² ≥ 0 for all x; 120 km in 2 hours."""
        if lexeme.text.lower() in OF or self.expected is Expected.INSERTION:
            return self._of(lexeme, index)  # 10% of 600, replace x by 4
        if relation_in(self.formula) is not None and lexeme.cue in (Cue.AT, Cue.WITH):
            self.end_formula()
            self.has_words |= any(x.lex is Lex.WORD for x in self.clause(index + 1))
            return self.clause_end(index + 1)
        return self._word(lexeme, index)

    def _mentions_label(self, index: int) -> bool:
        lexeme = self.lexemes[index]
        return bool(label_of(lexeme)) or lexeme.cue is Cue.EQUATION

    def _join(self, lexeme: Lexeme, index: int) -> int | None:
        following = self.following(index)
        while following is not None and following.text == "\t":
            index += 1
            following = self.following(index)
        if self.formula and following is not None and begins_formula(following):
            if lexeme.cue is Cue.AND and self.are_alternatives(self.clause(index + 1)):
                lexeme.cue = Cue.OR
            self.formula.append(lexeme)
            return index + 1
        self.end_formula()
        return None

    def _copula(self, lexeme: Lexeme, index: int) -> int | None:
        """x is 5 is an equation, the width is 5 names a value, n² is odd is neither."""
        if not self.formula or relation_in(self.formula) is not None:
            self.end_formula()
            self.has_copula = True
            return None
        clause = self.clause(index + 1)
        begins = next((x for x in clause if x.cue not in (Cue.FILLER, Cue.IS)), None)
        if begins is not None and begins_formula(begins):
            self._equate(lexeme)
        elif self.is_name(self.formula):
            self.declare(self.formula[0], index + 1)
        else:
            self.formula.clear()
            self.has_words = True
        return None

    def _equate(self, lexeme: Lexeme) -> None:
        equals = Lexeme(Lex.RELATION, " = ", lexeme.start, lexeme.end, True)
        self.formula.append(equals)

    def _filler(self, lexeme: Lexeme, index: int) -> int | None:
        following = self.following(index)
        if not self.formula or following is None or not begins_formula(following):
            return None
        if self.role is Role.SUPPOSE and lexeme.text.lower() in _TO_BE:
            self._equate(lexeme)
        elif self.formula[-1].lex not in (Lex.RELATION, Lex.SIGN):
            self.end_formula()
        return None

    def _step(self, lexeme: Lexeme, index: int) -> int | None:
        return self._word(lexeme, index)

    def _side(self, lexeme: Lexeme, index: int) -> int | None:
        if self.formula and self.formula[-1].lex is Lex.RELATION:
            self.formula.pop()
        self.end_formula()
        self.words = [lexeme]
        return None

    def _of(self, lexeme: Lexeme, index: int) -> int | None:
        """10% of 600 is one term; the sum of 3 and 4 is no formula."""
        following = self.following(index)
        if self.formula and following is not None and following.lex in _OPERANDS:
            self.formula.append(lexeme)
            return None
        return self._word(lexeme, index)

    def _word(self, lexeme: Lexeme, index: int) -> int | None:
        if self.formula:
            following = self.following(index)
            goes_on = following is not None and following.lex in (Lex.RELATION, Lex.SIGN)
            if goes_on and self.formula[-1].lex is Lex.NUMBER:
                self.formula.append(lexeme)  # 3 apples + 2 apples
                return None
            self.end_formula(lexeme, index)
        if self.resume_at <= index:
            self.words.append(lexeme)
        return None

    # What is done

    def _operation(self, lexeme: Lexeme, index: int) -> int | None:
        """Subtract 3 from both sides, adding (1) and (2); 3 plus 4 is a sum."""
        if self.formula:
            return self._of(lexeme, index)
        start = index + 1
        skipped = (Cue.FILLER, Cue.BOTH_SIDES, Cue.FROM, Cue.OF, Cue.IS, Cue.EQUATION)
        while start < len(self.lexemes) and self.lexemes[start].cue in skipped:
            start += 1
        end = start
        while end < len(self.lexemes) and begins_formula(self.lexemes[end]):
            end += 1
        if relation_in(self.lexemes[start:end]) is not None:
            end = start + 1
            while not self.lexemes[end].spaced and self.lexemes[end].lex is not Lex.RELATION:
                end += 1
        if end == start:
            return self._word(lexeme, index)
        if label_of(self.lexemes[start]):
            return self._combine(lexeme, start)
        self.add_operation(operation_text([lexeme, *self.lexemes[start:end]]))
        self.words.clear()
        return end

    def _combine(self, lexeme: Lexeme, start: int) -> int:
        """Adding (1) and (2); subtract (1) from (2)."""
        sign = SIGNS.get(lexeme.text.lower(), "")
        labels: list[str] = []
        index = start
        joining = (Cue.AND, Cue.FROM, Cue.AT, Cue.FILLER, Cue.EQUATION, Cue.WITH)
        is_from = False
        while index < len(self.lexemes):
            part = self.lexemes[index]
            if label := label_of(part):
                labels.append(label)
            elif part.cue not in joining:
                break
            is_from |= part.cue in (Cue.FROM, Cue.AT)
            index += 1
        self.refers_to = (*self.refers_to, *labels)
        if sign and len(labels) > 1:
            order = reversed(labels) if is_from and sign == "-" else labels
            self.operation = sign.join(f"({label})" for label in order)
        self.words.clear()
        return index

    def _insert(self, lexeme: Lexeme, index: int) -> int | None:
        """Substitute x = 4, and x = 4 einsetzen."""
        following = self.following(index)
        if self.formula:
            self.put_in()
        elif following is not None and label_of(following):
            return self._reference(lexeme, index)
        elif following is not None and begins_formula(following):
            self.expected = Expected.INSERTION
        elif not self.operation:
            self.operation = lexeme.text
        self.words.clear()
        return None

    def _method(self, lexeme: Lexeme, index: int) -> int | None:
        self.end_formula(lexeme, index)
        self.add_operation(lexeme.text)
        return None

    def _both_sides(self, lexeme: Lexeme, index: int) -> int | None:
        """-5x on both sides; 2x - 1 = 3 +1 on both sides."""
        if not self.formula:
            return None
        at = 0 if relation_in(self.formula) is None else trailing_operation(self.formula)
        if at is not None:
            operation = operation_text(self.formula[at:])
            del self.formula[at:]
            self.end_formula()
            self.operation = operation
        return None

    def _reference(self, lexeme: Lexeme, index: int) -> int | None:
        """in (1), from II, 由①: the labels, and the index after them."""
        start = index + 1
        between = (Cue.EQUATION, Cue.FILLER, Cue.FROM)
        while start < len(self.lexemes) and (
            self.lexemes[start].cue in between or self.lexemes[start].lex is Lex.STOP
        ):
            start += 1
        end = start
        while end < len(self.lexemes) and self._is_of_label(end, start):
            end += 1
        combined = combination(self.lexemes[start:end]) if end > start else None
        if end > start and combined is None and self.lexemes[start].lex is Lex.NUMBER:
            combined = Combination("", (self.lexemes[start].text,))
        if combined is None:
            return None if lexeme.cue is Cue.EQUATION else self._preposition(lexeme, index)
        following = self.lexemes[end] if end < len(self.lexemes) else None
        if following is not None and (following.lex is Lex.COLON or following.cue is Cue.INSERT):
            self.put_in()
        self.end_formula()
        self.words.clear()
        self.refers_to = (*self.refers_to, *combined.labels)
        self.operation = combined.operation or self.operation
        return end

    def _is_of_label(self, at: int, start: int) -> bool:
        lexeme = self.lexemes[at]
        after_equation = at == start and self.lexemes[at - 1].cue in (Cue.EQUATION, Cue.FILLER)
        if lexeme.lex is Lex.NUMBER:
            return at > start or (after_equation and len(lexeme.text) == 1)
        if lexeme.lex is Lex.COMMA:
            following = self.following(at)
            return at > start and following is not None and bool(label_of(following))
        if lexeme.text in ("+", "-", "*", "·", "×") or lexeme.cue is Cue.AND:
            return at > start or lexeme.cue is None
        return bool(label_of(lexeme)) and not (
            at > start and lexeme.spaced and label_of(self.lexemes[at - 1])
        )

    # Signs

    def _group(self, group: Lexeme, index: int) -> int | None:
        rest = self.lexemes[index + 1 :]
        is_last = all(x.lex in (Lex.MARK, Lex.STOP, Lex.GROUP) for x in rest)
        note = read_note(group, self.formula, is_last)
        if note.kind is NoteKind.FORMULA:
            self.formula.append(group)
        elif note.kind is NoteKind.UNIT:
            unit = Lexeme(Lex.NAME, note.text, group.start + 1, group.end - 1, True)
            unit.is_unit = True
            self.formula.append(unit)
        else:
            self._note(note)
        return None

    def _note(self, note: Note) -> None:
        if note.kind is NoteKind.COMMENT:
            return
        if note.kind in (NoteKind.REJECTED, NoteKind.TICKED):
            self._mark(is_cross=note.kind is NoteKind.REJECTED)
            return
        if note.kind is NoteKind.LABEL:
            self._strip_dots()
        self.end_formula()
        if note.kind is NoteKind.REFERENCE:
            self.refers_to = (*self.refers_to, note.text)
        elif self.statements and note.kind is NoteKind.OPERATION:
            self.amend(operation=note.text)
        elif self.statements and note.kind is NoteKind.REASON:
            self.amend(reason=note.text)
        elif self.statements:
            self.amend(label=note.text)

    def _mark(self, is_cross: bool) -> None:
        """✓ and ✗, for the statement before; of alternatives the last alone is crossed out."""
        self.end_formula()
        if not self.statements:
            return
        last = self.statements[-1]
        if not is_cross:
            self.amend(ticked=last.role is not Role.SUPPOSE)
            return
        _, alternative, tail = last.text.rpartition(" or ")
        if alternative and last.role is not Role.CHECK:
            start = max(self.text.rfind(tail[:6].rstrip()), last.start)
            self.statements.append(replace(last, text=tail, start=start, rejected=True))
            return
        self.statements[-1] = replace(last, rejected=True)
        if last.role is Role.CHECK:  # √4 = 2 but -3+1 = -2 ✗
            self.statements = [
                replace(
                    s, rejected=s.rejected or (s.role, s.supposed) == (Role.CHECK, last.supposed)
                )
                for s in self.statements
            ]

    def _semicolon(self, lexeme: Lexeme, index: int) -> int | None:
        following = self.following(index)
        if following is None or following.cue not in (Cue.OR, Cue.AND):
            self.end_clause()
        return None

    def _comma(self, lexeme: Lexeme, index: int) -> int | None:
        clause = self.clause(index + 1)
        if not self.formula:
            if self.words and not self.has_copula:
                self.end_clause()
        elif self.are_alternatives(clause) and self.role is not Role.SUPPOSE:
            alternative = Lexeme(Lex.CUE, "or", lexeme.start, lexeme.end, True)
            alternative.cue = Cue.OR
            self.formula.append(alternative)
        elif self._lists(clause):
            self.formula.append(lexeme)
        else:
            self.end_clause()
        return None

    def _lists(self, clause: Sequence[Lexeme]) -> bool:
        """Whether the formula goes on after the comma: x = 2, 3; 9, 8, 7."""
        if self.expected is not Expected.CLAIM or self.role is Role.SUPPOSE:
            return False
        if not clause or not begins_formula(clause[0]):
            return False
        if relation_in(clause) is None:
            return not any(x.lex is Lex.WORD or x.cue is Cue.IS for x in clause[:-1])
        same = bool(left_side(self.formula)) and left_side(self.formula) == left_side(clause)
        return same and any(x.cue is Cue.OR for x in (*self.formula, *clause))

    def _colon(self, lexeme: Lexeme, index: int) -> int | None:
        is_head = self.expected is not Expected.CLAIM or bool(self.operation)
        if self.formula and self.divides(index) and not is_head and not self._heads(lexeme):
            self.formula.append(lexeme)
            return None
        if not self.formula:
            self.is_named = bool(self.words)
            return None
        if combined := combination(self.formula):
            self.refers_to = (*self.refers_to, *combined.labels)
            self.operation = combined.operation
            self.formula.clear()
            self.words.clear()
        elif any(x.lex in (Lex.NUMBER, Lex.NAME) for x in self.clause(index + 1)):
            self.head_statement()
        elif self.is_name(self.formula) and index + 1 < len(self.lexemes):
            self.declare(self.formula[0], index + 1)
        else:
            if index + 1 == len(self.lexemes) and self.role is Role.STEP and not self.words:
                self.role = Role.SUPPOSE  # n = 1:
            self.end_formula()
        self.is_named = bool(self.words)
        return None

    def _heads(self, colon: Lexeme) -> bool:
        """L1 + L2 : 2x = 8, with blanks on both sides as in France."""
        return colon.spaced and combination(self.formula) is not None and len(self.formula) > 1

    def _stop(self, lexeme: Lexeme, index: int) -> int | None:
        if self.is_factorial(index):
            self.formula.append(lexeme)
        else:
            self.conclude()
        return None
