"""Takes the words of a line that connect, suppose, name, check and answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tutor.grading.working.reading.formula_text import (
    begins_formula,
    has_name,
    left_side,
    relation_in,
    tends,
)
from tutor.grading.working.reading.lexer import Lex, Lexeme
from tutor.grading.working.reading.line_state import NextFormula
from tutor.grading.working.reading.operation_reader import OperationReader
from tutor.grading.working.reading.phrases import ARTICLES, Cue
from tutor.grading.working.reading.statement import NO_SOLUTION, Role, Statement

_WHEN = frozenset(["时", "时候", "的时候"])  # n=1时
_INFINITIVES = frozenset(["be", "sein", "être", "ser"])
_TO_BE = frozenset(
    ["is", "are", "was", "were", "equals", "is equal to", "are equal to", "must be", "has to be",
     "can only be", "should be", "equal", "would be", "will be", "ist", "sind", "ist gleich",
     "gleich", "war", "waren", "beträgt", "est", "sont", "est égal à", "est égale à", "vaut",
     "valent", "doit être", "doit", "muss", "müssen",
      "es", "son", "es igual a", "igual a", "vale", "valen", "debe ser",
     "tiene que ser", "是", "为", "等于", "应为", "约为", "约是"]
)  # fmt: skip


class WordReader(OperationReader):
    def _strip_dots(self) -> None:
        while self.formula and self.formula[-1].text[0] in ".…⋯·":
            self.formula.pop()

    def _so(self, lexeme: Lexeme, index: int) -> int | None:
        if not lexeme.text[0].isalnum() and self._corresponds(index):
            lexeme.become(Lex.RELATION)  # 3 kg → 6 €
            self.formula.append(lexeme)
            return None
        words = list(self.words) if self._names_value(index) else []
        self.conclude()
        self.words += words
        return None

    def _names_value(self, index: int) -> bool:
        """the slope is the negative reciprocal, so -3/2: what the number is stands before."""
        clause = self.clause(index + 1)
        is_first = not self.formula and not self.statements
        is_value = bool(clause) and all(lexeme.in_formula for lexeme in clause)
        return is_first and is_value and relation_in(clause) is None

    def _corresponds(self, index: int) -> bool:
        clause = self.clause(index + 1)
        both = [*self.formula, *clause]
        if not self.formula or not clause or relation_in(both) is not None:
            return False
        has_unit = any(x.is_unit or x.text in ("%", "€", "$") for x in both)
        return has_unit and self.formula[0].lex is Lex.NUMBER and clause[0].lex is Lex.NUMBER

    def _because(self, lexeme: Lexeme, index: int) -> int | None:
        self.end_clause()
        if self.statements:
            self.expected = NextFormula.REASON
        return None

    def _but(self, lexeme: Lexeme, index: int) -> int | None:
        self.end_clause()
        return None

    def _suppose(self, lexeme: Lexeme, index: int) -> int | None:
        if self.is_either(lexeme):
            return self._alternative(lexeme, index)
        if index and self.lexemes[index - 1].cue is Cue.FROM:
            return self._word(lexeme, index)  # by the induction hypothesis
        if lexeme.text == "choose" and self.formula:
            return self._of(lexeme, index)  # 5 choose 2
        if lexeme.text == "soit" and (self.formula or self.statements):  # 2x = 8 soit x = 4
            self.conclude()
            return None
        if lexeme.text.lower() in ("sei", "sea") and len(self.formula) == 1:  # x sei die Zahl
            self.role = Role.SUPPOSE
            return None
        self.end_clause()
        self.role = Role.SUPPOSE
        return None

    def is_either(self, lexeme: Lexeme) -> bool:
        """soit x = 0 soit x = 2."""
        if lexeme.text.lower() != "soit":
            return False
        return sum(part.text.lower() == "soit" for part in self.lexemes) > 1

    def _alternative(self, lexeme: Lexeme, index: int) -> int | None:
        lexeme.cue = Cue.OR
        return self._join(lexeme, index) if self.formula else None

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
        following = self.following(index)
        begins = following is not None and following.in_formula
        if lexeme.cue is Cue.REJECTED and not self.formula and begins:
            self.rejects_next = True  # reject x = -3
            return None
        self._mark(is_cross=lexeme.cue is Cue.REJECTED)
        return None

    def _condition(self, lexeme: Lexeme, index: int) -> int | None:
        """with s = sin x, when x = 2, at (3, 4); in (1) and mit I mention equations."""
        if index + 1 < len(self.lexemes) and self._mentions_label(index + 1):
            return self._reference(lexeme, index)
        clause = self.clause(index + 1)
        begins = bool(clause) and begins_formula(clause[0])
        is_point = begins and clause[0].lex is Lex.GROUP and len(clause) < 3
        if lexeme.text == "in" and is_point and self.is_name(self.formula):
            self.formula.append(Lexeme(Lex.RELATION, " ∈", lexeme.start, lexeme.end, True))
            return None
        is_place = (is_point or tends(clause)) and lexeme.cue is Cue.AT
        is_place = is_place or self._is_number_headed(clause, index)
        if relation_in(clause) is None and not is_place:
            return self._preposition(lexeme, index)
        if self.has_name_only():
            self.words += self.formula
            self.formula = []
        trails = bool(self.formula)
        self.end_formula()
        if lexeme.cue is Cue.WITH and trails and self._is_headed(index):
            self.expected = NextFormula.INSERTION  # y = mx + b with m = 6: …
        elif lexeme.cue is Cue.WITH and trails:
            self.end_clause()
            self.role = Role.SUPPOSE
        elif not (self.has_unknown_words() and self.clause_end(index + 1) == len(self.lexemes)):
            self.words.clear()
            self.expected = NextFormula.TRAILING_CONDITION if trails else NextFormula.CONDITION
        return None

    def _is_number_headed(self, clause: Sequence[Lexeme], index: int) -> bool:
        """at 9: 1/6."""
        is_number = len(clause) in (1, 2) and clause[-1].lex is Lex.NUMBER and not self.formula
        return is_number and all(x.in_formula for x in clause) and self._is_headed(index)

    def _is_headed(self, index: int) -> bool:
        """Whether a colon and a statement follow the clause."""
        end = self.clause_end(index + 1)
        return end + 1 < len(self.lexemes) and self.lexemes[end].lex is Lex.COLON

    def _join(self, lexeme: Lexeme, index: int) -> int | None:
        following = self.following(index)
        while following is not None and following.text == "\t":
            index += 1
            following = self.following(index)
        if self.formula and following is not None and begins_formula(following):
            begins_another = self._begins_another(self.clause(index + 1))
            begins_another = begins_another or self._ends_sentence(self.clause(index + 1))
            if lexeme.cue is Cue.AND and (begins_another or self._begins_case(index)):
                self.end_formula()
                return index + 1
            if lexeme.cue is Cue.AND and self.are_alternatives(self.clause(index + 1)):
                lexeme.cue = Cue.OR
            self.formula.append(lexeme)
            return index + 1
        self.end_formula()
        return None

    def _begins_another(self, clause: Sequence[Lexeme]) -> bool:
        """a + c = 40 and 9a + 5c = 288; x = 3 and y = 4 and 2 < x and x < 5 are one statement."""
        if self.expected is not NextFormula.CLAIM or any(x.cue is Cue.OR for x in self.lexemes):
            return False
        if all(map(_is_named_point, (self.formula, clause))):
            return True
        return all(map(_is_equation_with_terms, (self.formula, clause))) and left_side(
            self.formula
        ) != left_side(clause)

    def _ends_sentence(self, clause: Sequence[Lexeme]) -> bool:
        """The longest side is 25 and 25² = 625; not x = 25 and y = 3."""
        is_told = self.has_copula and [x.lex for x in self.formula] == [Lex.NUMBER]
        return is_told and relation_in(clause) is not None and clause[0].lex is Lex.NUMBER

    def _begins_case(self, index: int) -> bool:
        """x - 2 = 0 so x = 2 and x - 3 = 0 so x = 3, which hold apart from each other."""
        end = self.clause_end(index + 1)
        is_led_on = end < len(self.lexemes) and self.lexemes[end].cue is Cue.SO
        was_led_on = any(lexeme.cue is Cue.SO for lexeme in self.lexemes[:index])
        sides = (self.formula, self.lexemes[index + 1 : end])
        return is_led_on and was_led_on and all(relation_in(side) is not None for side in sides)

    def _copula(self, lexeme: Lexeme, index: int) -> int | None:
        """x is 5 is an equation, the width is 5 names a value, n² is odd is neither."""
        if self.formula and lexeme.text.lower() not in _TO_BE and not self._is_solved():
            self.words += self.formula  # y has a maximum
            self.formula = []
        if not self.formula or relation_in(self.formula) is not None:
            self.end_formula()
            self.has_copula = True
            return None
        clause = self.clause(index + 1)
        if clause and clause[0].lex is Lex.RELATION:
            return None  # x must be > 5
        if _is_value(clause):
            self._equate(lexeme)
        elif self.is_name(self.formula):
            self.declare(self.formula[0], index + 1)
        else:
            self.formula.clear()
            self.has_words = True
        return None

    def _is_solved(self) -> bool:
        return relation_in(self.formula) is not None

    def _equate(self, lexeme: Lexeme) -> None:
        equals = Lexeme(Lex.RELATION, " = ", lexeme.start, lexeme.end, True)
        self.formula.append(equals)

    def _filler(self, lexeme: Lexeme, index: int) -> int | None:
        if lexeme.text in _WHEN and self._is_condition():
            formula, self.formula = self.formula, []
            self.tell_where(formula)
            return None
        following = self.following(index)
        if self._describes(lexeme, index):
            self.declare(self.formula[0], index)
            return None
        if not self.formula or following is None or not begins_formula(following):
            return None
        if self.is_part():
            return self._of(lexeme, index)
        if self.role is Role.SUPPOSE and lexeme.text.lower() in _INFINITIVES:
            self._equate(lexeme)
        elif self.formula[-1].lex not in (Lex.RELATION, Lex.SIGN):
            self.end_formula()
        return None

    def _is_condition(self) -> bool:
        """Whether a word after the formula makes it tell where the next one holds."""
        is_free = self.role is Role.STEP and self.expected is NextFormula.CLAIM
        return is_free and bool(relation_in(self.formula))

    def _describes(self, lexeme: Lexeme, index: int) -> bool:
        """x = the 2 sides going away from the wall."""
        is_name = len(self.formula) == 2 and self.is_name(self.formula[:1])
        if not is_name or self.formula[1].text != "=" or lexeme.text.lower() not in ARTICLES:
            return False
        return sum(x.lex is Lex.WORD for x in self.clause(index + 1)) > 1

    def _tends(self, lexeme: Lexeme, index: int) -> int | None:
        """x approaches 2, f(x) tends to 4."""
        if not self.has_name_only():
            return self._word(lexeme, index)
        lex = Lex.SIGN if self.is_name(self.formula) else Lex.RELATION
        self.formula.append(Lexeme(lex, " →", lexeme.start, lexeme.end, True))
        return None

    def _step(self, lexeme: Lexeme, index: int) -> int | None:
        return self._word(lexeme, index)

    def _side(self, lexeme: Lexeme, index: int) -> int | None:
        if self.formula and self.formula[-1].lex is Lex.RELATION:
            self.formula.pop()
        self.end_formula()
        self.words = [lexeme]
        return None

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


def _is_named_point(formula: Sequence[Lexeme]) -> bool:
    """H(1|4)"""
    is_named = len(formula) == 2 and formula[0].lex is Lex.NAME and formula[0].text.isupper()
    return is_named and any(x.lex is Lex.BAR for x in formula[1].inside)


def _is_equation_with_terms(formula: Sequence[Lexeme]) -> bool:
    """x + y = 3 or a = 2m, and not x = 3."""
    relation = relation_in(formula)
    if not relation or any(x.lex is Lex.RELATION and x.text not in "=≈" for x in formula):
        return False
    first, *index = formula[:relation]
    if sum(x.lex is Lex.RELATION for x in formula) > 1:
        return True
    is_of_name = first.lex is Lex.NAME and all(x.text.isalnum() or x.text == "_" for x in index)
    return not is_of_name or has_name(formula[relation:])


def _is_value(clause: Sequence[Lexeme]) -> bool:
    """Whether a formula follows, perhaps with the noun that it counts, and no description."""
    value = [x for x in clause if x.cue not in (Cue.FILLER, Cue.IS)]
    if not value or not begins_formula(value[0]):
        return False
    return all(begins_formula(x) or x.cue in (Cue.OR, Cue.AND) for x in value[:-1]) and (
        begins_formula(value[-1]) or value[0].lex in (Lex.NUMBER, Lex.SIGN)
    )
