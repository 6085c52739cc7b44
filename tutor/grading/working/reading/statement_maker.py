"""Makes statements of a formula and the words before it."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.grading.working.reading.formula_text import (
    formula_text,
    has_name,
    is_point,
    relation_in,
    tends,
    without_ends,
)
from tutor.grading.working.reading.labels import combination
from tutor.grading.working.reading.lexer import Lex, Lexeme
from tutor.grading.working.reading.line_state import LineState, NextFormula, described
from tutor.grading.working.reading.phrases import Cue
from tutor.grading.working.reading.statement import Role, Statement

_UNDETERMINED = frozenset(["0/0", "∞/∞", "0*∞", "0·∞", "∞-∞", "1^∞", "0 / 0", "∞ - ∞"])
_SET_NAMES = frozenset(
    ["L", "S", "𝕃", "IL", "𝕊", r"\mathbb{L}", r"\mathbb L", r"\mathcal{S}", r"\mathbb{S}", "Sol"]
)
_SET_OPENINGS = (
    "{",
    r"\{",
    r"\left\{",
    "∅",
    r"\emptyset",
    r"\varnothing",
    "[",
    "]",
    "(",
    "ℝ",
    r"\mathbb",
)
_RESULTS = frozenset(
    ["sum", "difference", "product", "quotient", "summe", "differenz", "produkt", "quotient",
     "somme", "différence", "produit", "suma", "diferencia", "producto", "cociente"]
)  # fmt: skip
_POWERS = frozenset("²³")
_NAMING = ("=", "≈", ":=", "≃")


class StatementMaker(LineState):
    def conclude(self) -> None:
        """What follows is a conclusion, no longer a supposition or a reason."""
        self.end_clause()
        self.expected = NextFormula.CLAIM
        if self.is_under_condition:
            self.supposed = ""
            self.is_under_condition = False
        if self.role is Role.SUPPOSE and self.statements:
            self.role = Role.STEP

    def end_clause(self) -> None:
        self.end_formula()
        if self.has_unknown_words() and not self.is_named and self.expected is NextFormula.CLAIM:
            self.has_words = True
        self.words.clear()
        self.is_named = self.has_copula = False

    def end_formula(self, next_word: Lexeme | None = None, index: int = 0) -> None:
        """Take the formula so far for what it is expected to be.

        next_word: the one that ends it, at this index of the line.
        """
        formula, self.formula = without_ends(self.formula), []
        if not formula:
            return
        expected = self.expected
        if expected is not NextFormula.REASON:
            self.expected = NextFormula.CLAIM
        if expected is NextFormula.CONDITION:
            self.tell_where(formula)
        elif expected is NextFormula.TRAILING_CONDITION:
            self.amend(supposed=formula_text(formula))
        elif expected is NextFormula.INSERTION:
            self.formula = formula
            self.put_in()
        elif expected is NextFormula.TARGET:
            pass
        elif expected is NextFormula.REASON:
            if relation_in(formula):
                self.amend(reason=formula_text(formula))
        elif _mentions_labels(formula) and (combined := combination(formula)):
            self.refers_to = (*self.refers_to, *combined.labels)
            self.operation = combined.operation or self.operation
        elif formula[-1].lex is Lex.RELATION:
            self._unfinished(formula, index)
        elif tends(formula):
            self.tell_where(formula)
        else:
            self._add(formula, next_word, index)

    def head_statement(self) -> None:
        """The formula before a colon: where the statement after it holds, or its name."""
        formula, self.formula = self.formula, []
        is_point = formula[-1].lex is Lex.GROUP and len(formula) < 3
        if self.expected is NextFormula.INSERTION:
            self.formula = formula
            self.put_in()
        elif (
            relation_in(formula) is not None
            or is_point
            or tends(formula)
            or (self.expected is NextFormula.CONDITION)
        ):
            self.tell_where(formula)
            self.words.clear()
        else:
            self.words += formula
        self.expected = NextFormula.CLAIM

    def _unfinished(self, formula: list[Lexeme], index: int) -> None:
        """x = Lisa's age."""
        if index and self.is_name(formula[:-1]):
            self.declare(formula[0], index)
        else:
            self.has_words = True

    def _add(self, formula: list[Lexeme], next_word: Lexeme | None, index: int) -> None:
        words = described(self.words)
        relation = relation_in(formula)
        role = self.role
        is_part = bool(words) and words[-1].cue in (Cue.OF, Cue.OPERATION, Cue.FROM)
        is_part = is_part and not _is_result(words, formula)
        if is_part and not self.is_named and relation != 0:
            formula, words = [*words, *formula], []  # the sum of 3 and 4 is 7
            self.has_words = True
        elif words and relation and formula[0].text in _POWERS:
            words, formula = [*words, *formula[:relation]], formula[relation + 1 :]  # side² = 289
        elif words and relation == 0 and len(formula) > 1 and words[-1].cue is not Cue.SIDE:
            formula = formula[1:] if formula[0].text in _NAMING else formula
        elif relation is None:
            if not self._is_claimed(formula, next_word, index):
                return
            if role is Role.STEP and (self._is_in_sentence(words) or next_word is not None):
                role = Role.ANSWER
        elif words and words[-1].lex is Lex.WORD and not self._is_introduced(formula, relation):
            self.has_words = True
        formula = self._without_nouns(formula, next_word)
        if relation is not None and _is_solution_set(formula, relation):
            role = Role.ANSWER
        self._append(formula, role, words)
        if role is Role.SUPPOSE and relation is None and next_word is not None:
            self.describe_name(index)
        elif next_word is not None and next_word.lex is Lex.WORD and formula[-1].lex is Lex.NUMBER:
            self.skip_noun(index)

    def _append(self, formula: Sequence[Lexeme], role: Role, words: Sequence[Lexeme]) -> None:
        self.statements.append(
            Statement(
                formula_text(formula),
                formula[0].start,
                role,
                refers_to=self.refers_to,
                operation=self.operation,
                supposed=self.supposed,
                rejected=self.rejects_next,
                words=self.written(words),
                continues=formula[0].lex is Lex.RELATION,
            )
        )
        self.rejects_next = False
        self.refers_to, self.operation = (), ""
        self.words.clear()
        self.is_named = self.has_copula = False
        self.is_under_condition = bool(self.supposed)

    def _is_in_sentence(self, words: Sequence[Lexeme]) -> bool:
        """Whether words are around a term that neither name nor announce it."""
        has_unknown = any(word.lex is Lex.WORD for word in words) and not self.is_named
        return self.has_copula or self.has_words or has_unknown

    def _is_introduced(self, formula: Sequence[Lexeme], relation: int) -> bool:
        """Whether words before an equation name it: slope m = 2, the area: 3*4 = 12."""
        is_of_name = formula[0].lex is Lex.NAME and relation < 4
        return self.is_named or self.has_copula or is_of_name

    def _is_claimed(self, formula: list[Lexeme], next_word: Lexeme | None, index: int) -> bool:
        """Whether a term is claimed to be the value of something; not in "n² is odd"."""
        if formula_text(formula) in _UNDETERMINED:
            self.has_words = True
            return False
        if next_word is not None and next_word.cue in (Cue.METHOD, Cue.INSERT, Cue.BOTH_SIDES):
            self.operation = self.written([*formula, next_word])
            return False
        if self.role is Role.SUPPOSE:
            while len(formula) > 1 and formula[-1].is_unit:
                formula.pop()  # 设宽为x米
            names = [x for x in formula if x.cue is not Cue.AND and x.lex is not Lex.COMMA]
            return next_word is None or all(self.is_name([name]) for name in names)
        if next_word is None:
            is_place = bool(self.words) and self.words[-1].cue in (Cue.AT, Cue.WITH, Cue.FROM)
            is_beside = self.has_unknown_words() and not self.is_named and not self.has_copula
            is_whole = is_point(formula) or formula[0].lex is Lex.GROUP
            return not has_name(formula) or is_whole or not (is_place or is_beside)  # in △ABC
        clause = self.clause(index)
        if has_name(formula):
            if is_point(formula) and len(clause) < 3:
                return True  # H(1|4) Hochpunkt
        elif self._is_only_value(formula, clause) and not self._is_head(index):
            return True
        self.words += formula  # 3 pens cost 3.60
        self.has_words |= not any(x.in_formula for x in clause) and not self._is_head(index)
        return False

    def _is_only_value(self, formula: Sequence[Lexeme], clause: Sequence[Lexeme]) -> bool:
        """Whether a number is the value of its sentence, as in 8 cm lang; not in 3 pens cost 4."""
        if any(x.is_unit for x in formula):
            return not any(x.cue is Cue.IS for x in clause)
        return not any(x.in_formula or x.cue is Cue.IS for x in clause)

    def _is_head(self, index: int) -> bool:
        """Whether a colon ends the clause: 1 part: 40/5 = 8."""
        end = self.clause_end(index)
        return end + 1 < len(self.lexemes) and self.lexemes[end].lex is Lex.COLON

    def _without_nouns(self, formula: list[Lexeme], next_word: Lexeme | None) -> list[Lexeme]:
        """3 + 2 = 5 for 3 apples + 2 apples = 5 apples; with different nouns all of them stay."""
        nouns = [x for x in formula if x.lex is Lex.WORD]
        if not nouns or formula[0] is nouns[0]:
            return formula
        if next_word is not None and formula[-1].lex is Lex.NUMBER:
            nouns.append(next_word)
        last_relation = max((i for i, x in enumerate(formula) if x.lex is Lex.RELATION), default=0)
        is_on_both = nouns[-1] is next_word or nouns[-1] in formula[last_relation:]
        if is_on_both and len({_stem(noun.text) for noun in nouns}) == 1:
            return [x for x in formula if x.lex is not Lex.WORD]
        self.has_words = True
        return [*formula, next_word] if nouns[-1] is next_word else formula


def _mentions_labels(formula: Sequence[Lexeme]) -> bool:
    """Whether it may be a combination of equations; (2) alone is a number."""
    has_circled = any(x.lex is Lex.LABEL for x in formula)
    return has_circled or (len(formula) > 2 and relation_in(formula) is None)


def _is_result(words: Sequence[Lexeme], formula: Sequence[Lexeme]) -> bool:
    """sum 38/132, which gives a sum; not the sum of 3 and 4."""
    is_noun = len(words) == 1 and words[0].text.lower() in _RESULTS
    return is_noun and not any(x.cue or x.lex in (Lex.COMMA, Lex.WORD) for x in formula)


def _stem(noun: str) -> str:
    """Apples as apple, Äpfeln as äpfel: enough to see that two nouns are one."""
    stem = noun.lower().rstrip("sn")
    return stem.removesuffix("e")


def _is_solution_set(formula: Sequence[Lexeme], relation: int) -> bool:
    if relation > 3 or relation + 1 >= len(formula):
        return False
    name = formula_text(formula[:relation])
    return name in _SET_NAMES and formula_text(formula[relation + 1 :]).startswith(_SET_OPENINGS)
