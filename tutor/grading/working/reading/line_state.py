"""What has been read of a line so far: its statements, and what the next one is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from tutor.grading.working.reading.clauses import Clauses
from tutor.grading.working.reading.formula_text import (
    begins_formula,
    formula_text,
    has_name,
    is_point,
    left_side,
    relation_in,
    without_ends,
)
from tutor.grading.working.reading.lexer import Lex, Lexeme
from tutor.grading.working.reading.phrases import ARTICLES, Cue
from tutor.grading.working.reading.statement import Role, Statement

_BOUND = re.compile(r"[<>≤≥]")


class NextFormula(StrEnum):
    """What the next formula is."""

    CLAIM = "claim"
    REASON = "reason"
    CONDITION = "condition"  # of the statements after it
    TRAILING_CONDITION = "trailing condition"  # of the statement before it
    INSERTION = "insertion"  # something that is put in
    TARGET = "target"  # what it is put into


class LineState(Clauses):
    """operation, refers_to, supposed and words belong to the statement that comes next."""

    def __init__(self, text: str, lexemes: list[Lexeme]) -> None:
        super().__init__(text, lexemes)
        self.statements: list[Statement] = []
        self.has_words = False
        self.role = Role.STEP
        self.expected = NextFormula.CLAIM
        self.supposed = ""
        self.supposed_at = 0  # where it begins in the line
        self.is_under_condition = False  # a statement followed `supposed`
        self.operation = ""
        self.refers_to: tuple[str, ...] = ()
        self.words: list[Lexeme] = []
        self.has_copula = False
        self.is_named = False  # by words before a colon
        self.formula: list[Lexeme] = []
        self.resume_at = 0
        self.rejects_next = False

    def is_part(self) -> bool:
        """Whether the formula so far goes with the words before it, as in the sum of 3 and 4."""
        if not self.formula or not self.words or self.is_named:
            return False
        return self.words[-1].cue in (Cue.OF, Cue.OPERATION)

    def has_name_only(self) -> bool:
        """Whether the formula so far is a term with a variable."""
        if relation_in(self.formula) is not None:
            return False
        return has_name(self.formula)

    def has_unknown_words(self) -> bool:
        return any(word.lex is Lex.WORD for word in self.words)

    def is_name(self, formula: Sequence[Lexeme]) -> bool:
        return len(formula) == 1 and formula[0].lex is Lex.NAME and formula[0].text[0].isalpha()

    def are_alternatives(self, clause: Sequence[Lexeme]) -> bool:
        """Whether x = 3 follows x = 2, both of which only alternatives can be."""
        relation = relation_in(clause)
        if not relation or relation > 3 or self.expected is not NextFormula.CLAIM:
            return False
        if left_side(self.formula) != left_side(clause):
            return False
        cases = [*_cases(self.formula), *_cases(clause)]
        is_pure = all(begins_formula(x) or x.cue is Cue.OR for x in clause)
        return is_pure and all(_is_equation(case, left_side(clause)) for case in cases)

    def amend(self, **changes: object) -> None:
        """Change the last statement."""
        if self.statements:
            self.statements[-1] = replace(self.statements[-1], **changes)  # type: ignore[arg-type]

    def finish(self) -> None:
        """What was announced, but not followed by a statement, belongs to the last one.

        A range alone on its line opens a case: if x < 2.
        """
        if self.supposed and not self.statements and _BOUND.search(self.supposed):
            self.statements.append(Statement(self.supposed, self.supposed_at, Role.SUPPOSE))
        if self.statements and self.refers_to:
            self.amend(refers_to=(*self.statements[-1].refers_to, *self.refers_to))
        if self.statements and self.operation:
            self.amend(operation=self.operation)

    def add_operation(self, text: str) -> None:
        self.operation = f"{self.operation}; {text}" if self.operation else text

    def put_in(self) -> None:
        """The formula so far is put into another; in a check it tells where that holds."""
        formula, self.formula = without_ends(self.formula), []
        self.expected = NextFormula.CLAIM
        if not formula:
            return
        is_case = relation_in(formula) is not None and self.role is Role.CHECK
        if is_case or (len(formula) == 1 and is_point(formula)):
            self.tell_where(formula)
        else:
            equals = Lexeme(Lex.RELATION, "=", 0, 0, False)
            self.operation = formula_text([equals if x.cue else x for x in formula])  # x by 4
            if self.role is Role.SUPPOSE:
                self.role = Role.STEP

    def tell_where(self, formula: Sequence[Lexeme]) -> None:
        self.supposed, self.supposed_at = formula_text(formula), formula[0].start
        self.is_under_condition = False
        if self.role is Role.SUPPOSE:
            self.role = Role.STEP

    def declare(self, name: Lexeme, index: int) -> None:
        """x is the number of adults: the description begins at this index."""
        self.formula = []
        end = self.clause_end(index)
        words = self.written(described(self.lexemes[index:end]))
        self.statements.append(Statement(name.text, name.start, Role.SUPPOSE, words=words))
        self.words.clear()
        self.resume_at = end

    def describe_name(self, index: int) -> None:
        """Let x be Lisa's age: what x stands for."""
        end = self.clause_end(index)
        while end < len(self.lexemes) and self._goes_on_describing(end):
            end = self.clause_end(end + 1)
        words = described(self.lexemes[index:end])
        if any(x.lex in (Lex.NUMBER, Lex.GROUP, Lex.RELATION) for x in words):
            return
        if not self.statements[-1].words:
            self.amend(words=self.written(words))
        self.resume_at = end

    def _goes_on_describing(self, index: int) -> bool:
        """Let t be the time in hours: whether this word tells nothing but more of the time."""
        is_preposition = self.lexemes[index].cue in (Cue.AT, Cue.WITH)
        return is_preposition and relation_in(self.clause(index + 1)) is None

    def skip_noun(self, index: int) -> None:
        """19 passengers, 32 more girls: at most two words that say what was counted."""
        clause = self.clause(index)
        nouns = 0
        while nouns < len(clause) and (
            clause[nouns].lex is Lex.WORD or clause[nouns].cue is Cue.FILLER
        ):
            nouns += 1
        if nouns < 3 and (nouns == len(clause) or clause[nouns].lex in (Lex.GROUP, Lex.MARK)):
            self.resume_at = index + nouns

    def written(self, lexemes: Sequence[Lexeme]) -> str:
        if not lexemes:
            return ""
        return " ".join(self.text[lexemes[0].start : lexemes[-1].end].split())


def described(lexemes: Sequence[Lexeme]) -> list[Lexeme]:
    """The words that name something, without those around them that only connect."""
    connecting = (Cue.FILLER, Cue.IS, Cue.SO, Cue.AT, Cue.WITH, Cue.BOTH_SIDES, Cue.EQUATION)
    start, end = 0, len(lexemes)
    while start < end and (
        lexemes[start].cue in (*connecting, Cue.FROM) or lexemes[start].text.lower() in ARTICLES
    ):
        start += 1
    while end > start and lexemes[end - 1].cue in connecting:
        end -= 1
    return list(lexemes[start:end])


def _cases(formula: Sequence[Lexeme]) -> list[list[Lexeme]]:
    """What is between the ors of a formula."""
    cases: list[list[Lexeme]] = [[]]
    for lexeme in formula:
        if lexeme.cue is Cue.OR:
            cases.append([])
        else:
            cases[-1].append(lexeme)
    return cases


def _is_equation(case: Sequence[Lexeme], name: str) -> bool:
    """Whether it is an equation for this name, without further relations."""
    relations = [lexeme.text for lexeme in case if lexeme.lex is Lex.RELATION]
    return relations == ["="] and left_side(case) == name
