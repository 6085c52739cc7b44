"""Collects a formula and the words before it, and makes a statement of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from tutor.grading.working.formula_text import begins_formula, formula_text, left_side, relation_in
from tutor.grading.working.labels import combination
from tutor.grading.working.lexer import Lex, Lexeme
from tutor.grading.working.phrases import ARTICLES, Cue
from tutor.grading.working.statement import Role, Statement

_CUTTING = (
    Cue.SO, Cue.BECAUSE, Cue.BUT, Cue.SUPPOSE, Cue.WITH, Cue.AT, Cue.CASE, Cue.CHECK, Cue.ANSWER,
    Cue.NOTHING, Cue.REJECTED, Cue.TICKED,
)  # fmt: skip
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
_NAMING = ("=", "≈", ":=", "≃")


class Expected(StrEnum):
    """What the next formula is."""

    CLAIM = "claim"
    REASON = "reason"
    CONDITION = "condition"  # of the statements after it
    TRAILING_CONDITION = "trailing condition"  # of the statement before it
    INSERTION = "insertion"  # something that is put in


class StatementMaker:
    def __init__(self, text: str, lexemes: list[Lexeme]) -> None:
        self.text = text
        self.lexemes = lexemes
        self.statements: list[Statement] = []
        self.has_words = False
        self.role = Role.STEP
        self.expected = Expected.CLAIM
        self.supposed = ""
        self.is_under_condition = False  # a statement followed `supposed`
        self.operation = ""
        self.refers_to: tuple[str, ...] = ()
        self.words: list[Lexeme] = []
        self.has_copula = False
        self.is_named = False  # by words before a colon
        self.formula: list[Lexeme] = []
        self.resume_at = 0
        self._ends: list[int] | None = None

    # What follows

    def following(self, index: int) -> Lexeme | None:
        return self.lexemes[index + 1] if index + 1 < len(self.lexemes) else None

    def clause(self, index: int) -> list[Lexeme]:
        """The lexemes from this index up to the end of their clause."""
        return self.lexemes[index : self.clause_end(index)]

    def clause_end(self, index: int) -> int:
        """The index of the next separator, or of the next phrase that begins something else."""
        if self._ends is None:
            end = len(self.lexemes)
            self._ends = [end] * (end + 1)
            for at in range(len(self.lexemes) - 1, -1, -1):
                if not self.lexemes[at].in_formula and self._ends_clause(at):
                    end = at
                self._ends[at] = end
        return self._ends[index]

    def _ends_clause(self, index: int) -> bool:
        lexeme = self.lexemes[index]
        if lexeme.lex is Lex.STOP:
            return not self.is_factorial(index)
        if lexeme.lex is Lex.COLON:
            return not self.divides(index)
        return lexeme.lex in (Lex.COMMA, Lex.SEMICOLON) or lexeme.cue in _CUTTING

    def divides(self, index: int) -> bool:
        """Whether a colon is a sign of division, as in 38:2; not in f'(x)=0:x=2."""
        colon, following = self.lexemes[index], self.following(index)
        before = self.lexemes[index - 1] if index else None
        operands = (Lex.NUMBER, Lex.NAME, Lex.GROUP)
        if before is None or following is None or before.lex not in operands:
            return False
        if following.lex not in operands and following.text not in ("√", "-"):
            return False
        if colon.spaced != following.spaced:
            return False
        after = self.lexemes[index + 2] if index + 2 < len(self.lexemes) else None
        begins = following.lex is Lex.NAME and after is not None and after.lex is Lex.RELATION
        return not (begins and not colon.spaced and before.text == "0")

    def is_factorial(self, index: int) -> bool:
        lexeme = self.lexemes[index]
        if lexeme.text != "!" or lexeme.spaced or index == 0:
            return False
        return self.lexemes[index - 1].lex in (Lex.NUMBER, Lex.NAME, Lex.GROUP)

    # Ends

    def conclude(self) -> None:
        """What follows is a conclusion, no longer a supposition or a reason."""
        self.end_clause()
        self.expected = Expected.CLAIM
        if self.is_under_condition:
            self.supposed = ""
            self.is_under_condition = False
        if self.role is Role.SUPPOSE and self.statements:
            self.role = Role.STEP

    def end_clause(self) -> None:
        self.end_formula()
        if self.has_unknown_words() and not self.is_named and self.expected is Expected.CLAIM:
            self.has_words = True
        self.words.clear()
        self.is_named = self.has_copula = False

    def has_unknown_words(self) -> bool:
        return any(word.lex is Lex.WORD for word in self.words)

    def end_formula(self, next_word: Lexeme | None = None, index: int = 0) -> None:
        """Take the formula so far for what it is expected to be.

        next_word: the one that ends it, at this index of the line.
        """
        formula, self.formula = _stripped(self.formula), []
        if not formula:
            return
        expected = self.expected
        if expected is not Expected.REASON:
            self.expected = Expected.CLAIM
        if expected is Expected.CONDITION:
            self._tell_where(formula)
        elif expected is Expected.TRAILING_CONDITION:
            self.amend(supposed=formula_text(formula))
        elif expected is Expected.INSERTION:
            self.formula = formula
            self.put_in()
        elif expected is Expected.REASON:
            if relation_in(formula) is not None:
                self.amend(reason=formula_text(formula))
        elif _mentions_labels(formula) and (combined := combination(formula)):
            self.refers_to = (*self.refers_to, *combined.labels)
            self.operation = combined.operation or self.operation
        elif formula[-1].lex is Lex.RELATION:
            self._unfinished(formula, index)
        elif _tends(formula):
            self._tell_where(formula)
        else:
            self._add(formula, next_word, index)

    def finish(self) -> None:
        """What was announced, but not followed by a statement, belongs to the last one."""
        if self.statements and self.refers_to:
            self.amend(refers_to=(*self.statements[-1].refers_to, *self.refers_to))
        if self.statements and self.operation:
            self.amend(operation=self.operation)

    def amend(self, **changes: object) -> None:
        """Change the last statement."""
        if self.statements:
            self.statements[-1] = replace(self.statements[-1], **changes)  # type: ignore[arg-type]

    # Parts of statements

    def add_operation(self, text: str) -> None:
        self.operation = f"{self.operation}; {text}" if self.operation else text

    def put_in(self) -> None:
        """The formula so far is put into another; in a check it tells where that holds."""
        formula, self.formula = _stripped(self.formula), []
        self.expected = Expected.CLAIM
        if not formula:
            return
        if relation_in(formula) is not None and self.role is Role.CHECK:
            self._tell_where(formula)
        else:
            equals = Lexeme(Lex.RELATION, "=", 0, 0, False)
            self.operation = formula_text([equals if x.cue else x for x in formula])  # x by 4
            if self.role is Role.SUPPOSE:
                self.role = Role.STEP

    def head_statement(self) -> None:
        """The formula before a colon: where the statement after it holds, or its name."""
        formula, self.formula = self.formula, []
        is_point = formula[-1].lex is Lex.GROUP and len(formula) < 3
        if self.expected is Expected.INSERTION:
            self.formula = formula
            self.put_in()
        elif (
            relation_in(formula) is not None
            or is_point
            or _tends(formula)
            or (self.expected is Expected.CONDITION)
        ):
            self._tell_where(formula)
            self.words.clear()
        else:
            self.words += formula
        self.expected = Expected.CLAIM

    def _tell_where(self, formula: Sequence[Lexeme]) -> None:
        self.supposed = formula_text(formula)
        self.is_under_condition = False
        if self.role is Role.SUPPOSE:
            self.role = Role.STEP

    def declare(self, name: Lexeme, index: int) -> None:
        """x is the number of adults: the description begins at this index."""
        self.formula = []
        end = self.clause_end(index)
        words = self._written(_described(self.lexemes[index:end]))
        self.statements.append(Statement(name.text, name.start, Role.SUPPOSE, words=words))
        self.words.clear()
        self.resume_at = end

    def _unfinished(self, formula: list[Lexeme], index: int) -> None:
        """x = Lisa's age."""
        if index and self.is_name(formula[:-1]):
            self.declare(formula[0], index)
        else:
            self.has_words = True

    def is_name(self, formula: Sequence[Lexeme]) -> bool:
        return len(formula) == 1 and formula[0].lex is Lex.NAME and formula[0].text[0].isalpha()

    def are_alternatives(self, clause: Sequence[Lexeme]) -> bool:
        """Whether x = 3 follows x = 2, both of which only alternatives can be."""
        relation = relation_in(clause)
        if relation is None or relation > 3 or self.expected is not Expected.CLAIM:
            return False
        name = left_side(clause)
        is_equation = clause[relation].text == "=" and relation_in(clause[relation + 1 :]) is None
        if not is_equation or not name or left_side(self.formula) != name:
            return False
        last = max((i for i, x in enumerate(self.formula) if x.cue is Cue.OR), default=-1)
        own = [x for x in self.formula[last + 1 :] if x.lex is Lex.RELATION]
        is_pure = all(begins_formula(x) or x.cue is Cue.OR for x in clause)
        return len(own) == 1 and own[0].text == "=" and is_pure

    # Statements

    def _add(self, formula: list[Lexeme], next_word: Lexeme | None, index: int) -> None:
        words = _described(self.words)
        relation = relation_in(formula)
        role = self.role
        if words and words[-1].cue in (Cue.OF, Cue.OPERATION, Cue.FROM) and relation != 0:
            formula, words = [*words, *formula], []  # the sum of 3 and 4 is 7
            self.has_words = True
        elif words and relation == 0 and len(formula) > 1 and words[-1].cue is not Cue.SIDE:
            formula = formula[1:] if formula[0].text in _NAMING else formula
        elif relation is None:
            if not self._is_claimed(formula, next_word, index):
                return
            if role is Role.STEP and self.has_copula:
                role = Role.ANSWER
        elif words and words[-1].lex is Lex.WORD and not self._is_introduced(formula, relation):
            self.has_words = True
        formula = self._without_nouns(formula, next_word)
        if relation is not None and _is_solution_set(formula, relation):
            role = Role.ANSWER
        self._append(formula, role, words)
        if role is Role.SUPPOSE and relation is None and next_word is not None:
            self._describe_name(index)
        elif next_word is not None and next_word.lex is Lex.WORD and formula[-1].lex is Lex.NUMBER:
            self._skip_noun(index)

    def _append(self, formula: Sequence[Lexeme], role: Role, words: Sequence[Lexeme]) -> None:
        self.statements.append(
            Statement(
                formula_text(formula),
                formula[0].start,
                role,
                refers_to=self.refers_to,
                operation=self.operation,
                supposed=self.supposed,
                words=self._written(words),
                continues=formula[0].lex is Lex.RELATION,
            )
        )
        self.refers_to, self.operation = (), ""
        self.words.clear()
        self.is_named = self.has_copula = False
        self.is_under_condition = bool(self.supposed)

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
            self.operation = self._written([*formula, next_word])
            return False
        if self.role is Role.SUPPOSE:
            while len(formula) > 1 and formula[-1].is_unit:
                formula.pop()  # 设宽为x米
            return next_word is None or self.is_name(formula)
        has_name = any(x.lex is Lex.NAME and not x.is_unit and x.text[0].isalpha() for x in formula)
        if next_word is not None and has_name:
            self.has_words = True
            return False
        return True

    def _without_nouns(self, formula: list[Lexeme], next_word: Lexeme | None) -> list[Lexeme]:
        """3 + 2 = 5 for 3 apples + 2 apples = 5 apples; with different nouns all of them stay."""
        nouns = [x for x in formula if x.lex is Lex.WORD]
        if not nouns or formula[0] is nouns[0]:
            return formula
        if next_word is not None and formula[-1].lex is Lex.NUMBER:
            nouns.append(next_word)
        if len({_stem(noun.text) for noun in nouns}) == 1:
            return [x for x in formula if x.lex is not Lex.WORD]
        self.has_words = True
        return [*formula, next_word] if nouns[-1] is next_word else formula

    def _describe_name(self, index: int) -> None:
        """Let x be Lisa's age: what x stands for."""
        end = self.clause_end(index)
        described = _described(self.lexemes[index:end])
        if any(x.lex in (Lex.NUMBER, Lex.GROUP, Lex.RELATION) for x in described):
            return
        if not self.statements[-1].words:
            self.amend(words=self._written(described))
        self.resume_at = end

    def _skip_noun(self, index: int) -> None:
        """19 passengers, 32 more girls: at most two words that say what was counted."""
        clause = self.clause(index)
        if len(clause) < 3 and all(x.lex is Lex.WORD or x.cue is Cue.FILLER for x in clause):
            self.resume_at = index + len(clause)

    def _written(self, lexemes: Sequence[Lexeme]) -> str:
        if not lexemes:
            return ""
        return " ".join(self.text[lexemes[0].start : lexemes[-1].end].split())


def _mentions_labels(formula: Sequence[Lexeme]) -> bool:
    """Whether it may be a combination of equations; (2) alone is a number."""
    has_circled = any(x.lex is Lex.LABEL for x in formula)
    return has_circled or (len(formula) > 2 and relation_in(formula) is None)


def _tends(formula: Sequence[Lexeme]) -> bool:
    """x → 0, which tells where; not lim x→0 f(x)."""
    has_arrow = any(x.text in ("→", "->") for x in formula)
    return (
        has_arrow
        and not any(x.text in ("lim", r"\lim") for x in formula)
        and (relation_in(formula) is None)
    )


def _stripped(formula: list[Lexeme]) -> list[Lexeme]:
    """Without "or" and separators at its end."""
    end = len(formula)
    while end and (formula[end - 1].cue or formula[end - 1].lex in (Lex.COMMA, Lex.SEMICOLON)):
        end -= 1
    return formula[:end]


def _described(lexemes: Sequence[Lexeme]) -> list[Lexeme]:
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


def _stem(noun: str) -> str:
    """Apples as apple, Äpfeln as äpfel: enough to see that two nouns are one."""
    stem = noun.lower().rstrip("sn")
    return stem.removesuffix("e")


def _is_solution_set(formula: Sequence[Lexeme], relation: int) -> bool:
    if relation > 3 or relation + 1 >= len(formula):
        return False
    name = formula_text(formula[:relation])
    return name in _SET_NAMES and formula_text(formula[relation + 1 :]).startswith(_SET_OPENINGS)
