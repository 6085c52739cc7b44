"""Takes the words of a line that tell what is done, and which equations are meant."""

from __future__ import annotations

import re

from tutor.grading.working.reading.formula_text import (
    OF,
    begins_formula,
    has_name,
    relation_in,
)
from tutor.grading.working.reading.labels import Combination, combination, label_of
from tutor.grading.working.reading.lexer import Lex, Lexeme
from tutor.grading.working.reading.line_state import NextFormula
from tutor.grading.working.reading.operations import operation_text, trailing_operation
from tutor.grading.working.reading.phrases import SIGNS, Cue
from tutor.grading.working.reading.statement import DIVISIBLE, Role, Statement
from tutor.grading.working.reading.statement_maker import StatementMaker

_DIVISIBLE = frozenset(["divisible", "divisibles", "teilbar"])
_OF_ANGLE = re.compile(r"\\?(?:sin|cos|tan)")
_OPERANDS = (Lex.NUMBER, Lex.NAME, Lex.GROUP)


def _are_factors(word: Lexeme, following: Lexeme) -> bool:
    """Whether two letters stand before the sine of an angle, and are no word such as "ab"."""
    has_two = len(word.text) == 2 and word.text.isascii() and word.text.islower()
    return has_two and _OF_ANGLE.match(following.text) is not None


class OperationReader(StatementMaker):
    """Each method takes one lexeme; it returns where to go on if not at the next one."""

    def _word(self, lexeme: Lexeme, index: int) -> int | None:
        if self.is_part():
            self.formula.append(lexeme)
            return None
        if (number := self._divisor(index)) is not None:
            self.end_formula()
            text = f"{DIVISIBLE} {number.text}"
            self.statements.append(Statement(text, lexeme.start, Role.STEP))
            self.words.clear()
            return self.lexemes.index(number) + 1
        if self.formula:
            following = self.following(index)
            goes_on = following is not None and following.lex in (Lex.RELATION, Lex.SIGN)
            is_factor = following is not None and _are_factors(lexeme, following)
            if (goes_on or is_factor) and self.formula[-1].lex is Lex.NUMBER:
                self.formula.append(lexeme)  # 3 apples + 2 apples; 1/2 ab sin C
                return None
            self.end_formula(lexeme, index)
        if self.resume_at <= index:
            self.words.append(lexeme)
        return None

    def _divisor(self, index: int) -> Lexeme | None:
        """The 6 of divisible by 6 and 能被6整除; None for anything else."""
        ahead = self.lexemes[index : index + 5]
        if len(ahead) > 2 and ahead[0].text.lower() in _DIVISIBLE:
            return ahead[2] if ahead[2].lex is Lex.NUMBER else None
        is_chinese = [x.text for x in ahead[:2]] == ["能", "被"] and len(ahead) == 5
        return ahead[2] if is_chinese and ahead[3].text == "整" else None

    def _of(self, lexeme: Lexeme, index: int) -> int | None:
        """10% of 600 is one term; the sum of 3 and 4 is no formula."""
        following = self.following(index)
        if self.formula and following is not None and following.lex in _OPERANDS:
            self.formula.append(lexeme)
            return None
        return self._word(lexeme, index)

    def _preposition(self, lexeme: Lexeme, index: int) -> int | None:
        """x² ≥ 0 for all x; 120 km in 2 hours: what follows belongs to what is before."""
        if lexeme.text.lower() in OF or self.expected is NextFormula.INSERTION or self.is_part():
            return self._of(lexeme, index)  # 10% of 600, replace x by 4
        clause = self.clause(index + 1)
        is_for_all = bool(clause) and clause[0].cue is Cue.FILLER and lexeme.cue is Cue.AT
        if not self.formula and not (is_for_all and self.statements and not self.words):
            return self._word(lexeme, index)
        if relation_in(clause) is not None:
            return self._of(lexeme, index)
        self.end_formula()
        self.has_words |= any(x.lex is Lex.WORD for x in clause[1:])
        return self.clause_end(index + 1)

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
            end = self._end_of_word(start)
        if end == start:
            self.add_operation(lexeme.text)
            return None
        if label_of(self.lexemes[start]):
            return self._combine(lexeme, start)
        self.add_operation(operation_text([lexeme, *self.lexemes[start:end]]))
        self.words.clear()
        return end

    def _end_of_word(self, start: int) -> int:
        """Where the operand ends that stands before an equation without a space between."""
        for index in range(start + 1, len(self.lexemes)):
            if self.lexemes[index].spaced or self.lexemes[index].lex is Lex.RELATION:
                return index
        return len(self.lexemes)

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
            begins = following is not None and begins_formula(following)
            if lexeme.text[0] == "代" and begins and not self._mentions_label(index + 1):
                self.expected = NextFormula.TARGET  # 代入y=ax²
        elif following is not None and label_of(following):
            return self._reference(lexeme, index)
        elif following is not None and begins_formula(following):
            is_naming = self._gives_name(index + 1)
            self.expected = NextFormula.CLAIM if is_naming else NextFormula.INSERTION
        elif not self.operation:
            self.operation = lexeme.text
        self.words.clear()
        return None

    def _gives_name(self, index: int) -> bool:
        """Whether the rest of the line is an equation such as u = e^x, of which nothing follows."""
        clause = self.clause(index)
        if relation_in(clause) != 1 or index + len(clause) < len(self.lexemes):
            return False
        return self.is_name(clause[:1]) and has_name(clause[2:])

    def _method(self, lexeme: Lexeme, index: int) -> int | None:
        self.end_formula(lexeme, index)
        if not self.operation.endswith(lexeme.text):
            self.add_operation(lexeme.text)
        if self.role is Role.SUPPOSE and self.statements:
            self.role = Role.STEP
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
        is_put_in = following is not None and (
            following.lex is Lex.COLON or following.cue is Cue.INSERT
        )
        if is_put_in or self.role is Role.SUPPOSE:
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

    def _mentions_label(self, index: int) -> bool:
        lexeme = self.lexemes[index]
        return bool(label_of(lexeme)) or lexeme.cue is Cue.EQUATION
