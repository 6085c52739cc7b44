"""What the words of a line say of where its statements hold, and which signs nobody read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.grading.working.reading.folding import fold_line
from tutor.grading.working.reading.labels import leading_label
from tutor.grading.working.reading.lexer import Lex, Lexeme, cut_lexemes, group_brackets
from tutor.grading.working.reading.naming import name_words
from tutor.grading.working.reading.operator_sentences import statements_in_words
from tutor.grading.working.reading.phrases import DENIALS, Cue
from tutor.grading.working.reading.separating import (
    separate_at_gaps,
    separate_equations,
    without_named_sides,
)
from tutor.grading.working.reading.statement import NO_SOLUTION, Role, Statement
from tutor.grading.working.reading.supposed_equations import unknown_of

_LIMITING = frozenset(
    [Cue.SUPPOSE, Cue.CASE, Cue.CHECK, Cue.AT, Cue.BUT, Cue.REJECTED, Cue.NOTHING, Cue.TENDS]
)
_ENDS = (Lex.COMMA, Lex.SEMICOLON, Lex.COLON, Lex.STOP, Lex.MARK, Lex.LABEL)
_OF_FORMULAS = (Lex.NUMBER, Lex.RELATION)
_OF_STATEMENTS = (Lex.RELATION, Lex.WORD, Lex.CUE)
_BEFORE_AIMS = frozenset(["to", "zu", "de", "para"])
MAX_HEAD = 6  # lexemes up to the colon behind a case
_ALONE = frozenset(["only", "unique", "einzige", "seule", "única", "唯", "只"])
# What a number behind which they stand is, whatever it counts.
_OF_SIGNS = frozenset(
    ["positive", "negative", "positiv", "negativ", "positif", "négatif", "positivo", "negativo"]
)
_NUMBER_SYSTEM = re.compile(r"base|bin[aä]|dual|o[kc]t|hex|mod|rest|[二八进模]", re.IGNORECASE)
_LABEL = re.compile(  # of an equation, with an end: I:, (2), equation 1,
    r"\s{0,3}(?:(?:eq\w{0,6}|gl(?:eichung|\.)?|équation|ecuación|方程)\s{0,2})?"
    r"(?:(?:(?:the|die|la)\s)?(?:first|second|erste|zweite|première|deuxième|primera|segunda)\s"
    r"(?:equation|gleichung|équation|ecuación)"
    r"|\((?:I{1,3}V?|[1-9])\)|(?:I{1,3}V?|[①②③④]|[1-9](?=\s{0,2}:))(?![\w=]))\s{0,2}[:：,，]?",
    re.IGNORECASE,
)
_BOUNDS = frozenset(["<", ">", "≤", "≥", "≠", "<=", ">=", "!=", r"\le", r"\ge", r"\ne"])


@dataclass(frozen=True)
class LineScope:
    """lexemes: of the line, without a label at its beginning. label: that one.

    is_sentence: whether it was read as one: the antiderivative of 2x is x².
    """

    text: str
    lexemes: Sequence[Lexeme]
    label: Sequence[Lexeme] = ()
    is_sentence: bool = False

    @classmethod
    def of(cls, line: str) -> LineScope:
        text = fold_line(line)
        lexemes = group_brackets(name_words(cut_lexemes(text)), text)
        lexemes = separate_equations(without_named_sides(lexemes))
        if "\\" not in line:
            lexemes = separate_at_gaps(lexemes)
        length = leading_label(lexemes)[1]
        is_sentence = bool(statements_in_words(text))
        return cls(text, lexemes[length:], lexemes[:length], is_sentence)

    @property
    def opens_case(self) -> bool:
        """Case 2: x < 3; if x > 0; suppose x ≠ 0."""
        begin = [*self.label, *self.lexemes[:2]]
        is_case = any(lexeme.cue is Cue.CASE for lexeme in (*begin, *self.lexemes[2:3]))
        is_condition = any(x.cue in (Cue.SUPPOSE, Cue.AT) for x in begin)
        has_bound = any(x.lex is Lex.RELATION and x.text in _BOUNDS for x in self.lexemes)
        return is_case or (is_condition and has_bound)

    @property
    def has_case_head(self) -> bool:
        """x < 0: dividing turns the sign, x > 5; not t < 12 : 5, a quotient."""
        colons = [at for at, x in enumerate(self.lexemes[:MAX_HEAD]) if x.lex is Lex.COLON]
        head = self.lexemes[: colons[0]] if colons else ()
        if head and not any(x.lex in _OF_STATEMENTS for x in self.lexemes[len(head) :]):
            return False
        is_named = bool(head) and head[0].lex is Lex.NAME
        return is_named and any(x.lex is Lex.RELATION and x.text in _BOUNDS for x in head)

    @property
    def denies(self) -> bool:
        """False; contradiction; no solution: it may be about the line before."""
        return any(
            lexeme.cue in (Cue.REJECTED, Cue.NOTHING) for lexeme in self.lexemes
        ) and not any(lexeme.lex is Lex.RELATION for lexeme in self.lexemes)

    @property
    def has_denial(self) -> bool:
        return any(
            x.cue in (Cue.REJECTED, Cue.NOTHING) or x.text.casefold() in DENIALS
            for x in self.lexemes
        )

    def limits(self, statement: Statement, *, is_of_numbers: bool) -> bool:
        """Whether words before a statement, or in its clause, say that it holds somewhere only.

        What was read as its condition is known, and numbers are what they are in any check.
        """
        cues = _LIMITING - ({Cue.AT} if statement.supposed else set())
        cues -= {Cue.CHECK} if is_of_numbers else set()
        cues -= {Cue.AT} if is_of_numbers and self._tells_place(statement) else set()
        cues -= {Cue.NOTHING} if statement.text == NO_SOLUTION else set()
        end = self._end_of_clause(statement)
        before = [lexeme for lexeme in self.lexemes if lexeme.start < end]
        told = [
            x
            for x, last in zip(before, (None, *before), strict=False)
            if not (_is_aim(x, last) or self._is_to_solve(x) or self._names_equation(x))
        ]
        return any(x.cue in cues or x.text.casefold() in DENIALS for x in told)

    def _names_equation(self, lexeme: Lexeme) -> bool:
        """in I: 9 + 2y = 16, and in (2): the equation into which something is put."""
        return lexeme.cue is Cue.AT and _LABEL.match(self.text, lexeme.end) is not None

    def _is_to_solve(self, lexeme: Lexeme) -> bool:
        """set f'(x) = 0, whose solutions are what they are."""
        if lexeme.cue is not Cue.SUPPOSE:
            return False
        end = min(
            (x.start for x in self.lexemes if self._is_end(x) and x.start > lexeme.start),
            default=len(self.text),
        )
        return unknown_of(self.text[lexeme.end : end]) is not None

    def _tells_place(self, statement: Statement) -> bool:
        """in the jug: 2/3 + 3/5, which is what it is anywhere; not in base 5: 3 + 4"""
        head = [lexeme for lexeme in self.lexemes if lexeme.start < statement.start]
        is_headed = len(head) > 2 and head[-1].lex is Lex.COLON
        has_words = all(lexeme.lex in (Lex.WORD, Lex.CUE) for lexeme in head[:-1])
        is_system = any(_NUMBER_SYSTEM.match(lexeme.text) for lexeme in head)
        return is_headed and has_words and not is_system

    def has_unread(self, statement: Statement, *, names_behind: bool = False) -> bool:
        """Whether its clause has a number, a relation or a word that the statement is without.

        names_behind: whether words behind it may say what its number counts: 74 eggs.
        """
        if self.is_sentence:
            return False
        clause = _before_next_equation(self._clause(statement), statement)
        rest = " ".join((statement.text, statement.operation, statement.reason, statement.label))
        for lexeme in clause:
            if lexeme.lex in _OF_FORMULAS and lexeme.start >= statement.start:
                before, taken, after = rest.partition(lexeme.text)
                if not taken and lexeme.lex is Lex.NUMBER:
                    return True
                rest = after if taken else before
        words = f"{statement.words} {statement.operation}".casefold()
        known = _OF_SIGNS if not any(map(str.isalpha, statement.text)) else frozenset()
        return statement.role is Role.STEP and any(
            lexeme.lex is Lex.WORD
            and (word := lexeme.text.casefold()) not in words
            and word not in known
            for lexeme in clause
            if lexeme.start < statement.start
            or (lexeme.start > statement.start + len(statement.text) and not names_behind)
        )

    def is_described(self, statement: Statement) -> bool:
        """x = 1 is a root: the clause tells of one value, and not that there is no other."""
        reach = statement.start + len(statement.text)
        after = [lexeme for lexeme in self._clause(statement) if lexeme.start >= reach]
        is_alone = any(lexeme.text.casefold() in _ALONE for lexeme in after)
        return bool(after) and after[0].cue is Cue.IS and not is_alone

    def is_head(self, statement: Statement) -> bool:
        """Whether a colon follows, with something that was not read: x > 2: +"""
        reach = statement.start + len(statement.text)
        after = [lexeme for lexeme in self.lexemes if lexeme.start >= reach]
        return len(after) > 1 and after[0].lex is Lex.COLON

    def _clause(self, statement: Statement) -> list[Lexeme]:
        ends = [x.end for x in self.lexemes if self._is_end(x) and x.end <= statement.start]
        begin, end = max(ends, default=0), self._end_of_clause(statement)
        return [lexeme for lexeme in self.lexemes if begin <= lexeme.start < end]

    def _end_of_clause(self, statement: Statement) -> int:
        reach = statement.start + len(statement.text) - 2
        ends = (x.start for x in self.lexemes if self._is_end(x) and x.start >= reach)
        return min(ends, default=len(self.text))

    def _is_end(self, lexeme: Lexeme) -> bool:
        return lexeme.lex in _ENDS or lexeme.cue is Cue.SO


def _before_next_equation(clause: list[Lexeme], statement: Statement) -> list[Lexeme]:
    """Without the 80·0.5 = 40 behind cos 60° = 0.5 and, which is a statement of its own."""
    reach = statement.start + len(statement.text)
    for at, lexeme in enumerate(clause):
        if lexeme.cue is Cue.AND and lexeme.start >= reach - 1:
            is_equation = any(x.lex is Lex.RELATION for x in clause[at:])
            return clause[:at] if is_equation else clause
    return clause


def _is_aim(lexeme: Lexeme, before: Lexeme | None) -> bool:
    """72 ways to choose them, which supposes nothing."""
    if before is None or lexeme.cue is not Cue.SUPPOSE:
        return False
    return before.text.casefold() in _BEFORE_AIMS
