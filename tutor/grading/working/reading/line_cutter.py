"""Goes through the lexemes of a line, and does what its words and signs say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile

from tutor.grading.working.reading.formula_text import (
    begins_formula,
    has_name,
    left_side,
    relation_in,
    tends,
)
from tutor.grading.working.reading.labels import combination, label_of
from tutor.grading.working.reading.lexer import Lex, Lexeme
from tutor.grading.working.reading.line_state import NextFormula
from tutor.grading.working.reading.notes import CROSSES, Note, NoteKind, read_note
from tutor.grading.working.reading.phrases import Cue
from tutor.grading.working.reading.statement import Role, Statement
from tutor.grading.working.reading.word_reader import WordReader

# After what a colon between two numbers divides.
_DIVIDED = (NextFormula.CLAIM, NextFormula.REASON)
MAX_COUNT = 9  # of parts that are numbered: time 2 : 30/60
_PERIODS = frozenset(
    ["year", "month", "day", "année", "mois", "jour", "jahr", "monat", "tag", "año"]
)


class LineCutter(WordReader):
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
            Cue.FILLER: self._filler, Cue.REMAINDER: self._of, Cue.TENDS: self._tends,
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

    def _cue(self, lexeme: Lexeme, index: int) -> int | None:
        assert lexeme.cue is not None  # noqa: S101 - for the type checker
        return self.cue_takers[lexeme.cue](lexeme, index)

    def _sign_of_truth(self, lexeme: Lexeme, index: int) -> int | None:
        self._mark(is_cross=lexeme.text in CROSSES)
        return None

    def _group(self, group: Lexeme, index: int) -> int | None:
        rest = self.lexemes[index + 1 :]
        is_last = all(x.lex in (Lex.MARK, Lex.STOP, Lex.GROUP) for x in rest)
        goes_on = bool(rest) and begins_formula(rest[0])
        note = read_note(group, self.formula, is_last, goes_on)
        if note.kind is NoteKind.FORMULA:
            self.formula.append(group)
        elif note.kind is NoteKind.RESTATED:
            equals = Lexeme(Lex.RELATION, " =", group.start, group.start + 1, True)
            self.formula += [equals, *group.inside]
        elif note.kind is NoteKind.UNIT:
            unit = Lexeme(Lex.NAME, note.text, group.start + 1, group.end - 1, True)
            unit.is_unit = True
            self.formula.append(unit)
        else:
            self._note(note, group)
        return None

    def _note(self, note: Note, group: Lexeme) -> None:
        if note.kind is NoteKind.COMMENT:
            return
        if note.kind is NoteKind.EXCLUDED:
            self.end_formula()
            self.statements.append(
                Statement(note.text, group.inside[0].start, Role.STEP, rejected=True)
            )
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

    def _semicolon(self, lexeme: Lexeme, index: int) -> int | None:
        following = self.following(index)
        if following is not None and following.cue in (Cue.OR, Cue.AND):
            return None
        if lexeme.text in (";", "；") and self._lists(self.clause(index + 1)):
            self.formula.append(lexeme)
        else:
            self.end_clause()
        return None

    def _comma(self, lexeme: Lexeme, index: int) -> int | None:
        clause = self.clause(index + 1)
        following = self.following(index)
        if self.formula and following is not None and following.cue is Cue.OR:
            return None  # x = 2, 3, or 4
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
        if self.expected is not NextFormula.CLAIM or self.role is Role.SUPPOSE:
            return False
        if not clause or not begins_formula(clause[0]) or tends(self.formula):
            return False
        own = relation_in(self.formula)
        if relation_in(clause) is None:
            if not clause[0].spaced:
                clause = _without_words_behind(clause)  # 3,-3,2 四个根
            is_pure = all(begins_formula(x) or x.cue in (Cue.OR, Cue.AND) for x in clause[:-1])
            is_last = begins_formula(clause[-1]) or clause[-1].lex in (Lex.WORD, Lex.CUE)
            return is_pure and is_last and (own is None or self.is_name(self.formula[:own]))
        same = bool(left_side(self.formula)) and left_side(self.formula) == left_side(clause)
        return same and any(x.cue is Cue.OR for x in (*self.formula, *clause))

    def _colon(self, lexeme: Lexeme, index: int) -> int | None:
        is_head = self.expected not in _DIVIDED or bool(self.operation)
        is_head = is_head or (self._has_circled() and combination(self.formula) is not None)
        is_head = (
            is_head or self._is_headed_by_words(lexeme, index) or self._is_headed_by_count(index)
        )
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
        elif self._maps(index):
            return index + 3
        elif any(x.lex in (Lex.NUMBER, Lex.NAME, Lex.GROUP) for x in self.clause(index + 1)):
            self.head_statement()
        elif self.is_name(self.formula) and index + 1 < len(self.lexemes):
            self.declare(self.formula[0], index + 1)
        else:
            if index + 1 == len(self.lexemes) and self.role is Role.STEP and not self.words:
                self.role = Role.SUPPOSE  # n = 1:
            self.end_formula()
        self.is_named = bool(self.words)
        return None

    def _is_headed_by_words(self, colon: Lexeme, index: int) -> bool:
        """je double la 2e : 4m + 10a = 35, with blanks as in France, and 设鸡x只:x + y = 28."""
        has_word = colon.spaced and any(lexeme.cue is Cue.OF for lexeme in self.formula)
        is_counted = self.role is Role.SUPPOSE and self.formula[-1:] and self.formula[-1].is_unit
        is_open = bool(has_word or is_counted) and relation_in(self.formula) is None
        return is_open and relation_in(self.clause(index + 1)) is not None

    def _is_headed_by_count(self, index: int) -> bool:
        """time 1 : 30/60 = 0.5; not the ratio 1 : 2 = 3 : 6."""
        following = self.clause(index + 1)
        left = list(takewhile(lambda x: x.lex is not Lex.RELATION, following))
        is_count = len(self.formula) == 1 and self.formula[0].lex is Lex.NUMBER and self.words
        is_calculated = len(left) < len(following) and any(x.text in "+-*/×·÷" for x in left)
        if not is_count or self.is_named or not is_calculated or self._is_quotient(index):
            return False
        return not any(x.lex is Lex.COLON for x in left)

    def _is_quotient(self, index: int) -> bool:
        """Zins 4000 : 100 · 1.5 = 60, Anteil 3 : 4 · 100 = 75: only what is divided is so large.

        No period of time is divided in année 1 : 5000 · 1.02 = 5100.
        """
        number = self.formula[0]
        if self.words[-1].text.casefold() in _PERIODS:
            return False
        following = self.lexemes[index + 2 : index + 3]
        is_multiplied = bool(following) and following[0].text in "*×·"
        return is_multiplied or not number.text.isdecimal() or int(number.text) > MAX_COUNT

    def _has_circled(self) -> bool:
        return any(lexeme.lex is Lex.LABEL for lexeme in self.formula)

    def _maps(self, index: int) -> bool:
        """f: x → 2x + 3, which defines f(x)."""
        following, arrow = self.lexemes[index + 1 : index + 2], self.lexemes[index + 2 : index + 3]
        if not arrow or not self.is_name(self.formula) or not self.is_name(following):
            return False
        if arrow[0].cue is not Cue.SO or arrow[0].text not in ("→", "->", "↦", "-->"):
            return False
        [name] = following
        self.formula += [
            Lexeme(Lex.GROUP, f"({name.text})", name.start, name.end, False),
            Lexeme(Lex.RELATION, " =", arrow[0].start, arrow[0].end, True),
        ]
        self.role = Role.SUPPOSE
        return True

    def _heads(self, colon: Lexeme) -> bool:
        """L1 + L2 : 2x = 8, with blanks as in France, ②÷2：x + 2y = 39, and x→3 : 6/4 = 3/2."""
        if tends(self.formula) and has_name(self.formula[:1]):
            return True
        is_apart = colon.spaced or any(lexeme.lex is Lex.LABEL for lexeme in self.formula)
        return is_apart and combination(self.formula) is not None and len(self.formula) > 1

    def _stop(self, lexeme: Lexeme, index: int) -> int | None:
        if self.is_factorial(index):
            self.formula.append(lexeme)
        else:
            self.conclude()
        return None


def _without_words_behind(clause: Sequence[Lexeme]) -> Sequence[Lexeme]:
    end = len(clause)
    while end > 1 and clause[end - 1].lex is Lex.WORD:
        end -= 1
    return clause[:end]
