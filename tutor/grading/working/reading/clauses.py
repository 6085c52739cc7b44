"""The lexemes of a line, and where their clauses end."""

from __future__ import annotations

from tutor.grading.parsing.units import read_unit
from tutor.grading.working.reading.lexer import Lex, Lexeme
from tutor.grading.working.reading.phrases import Cue

_CUTTING = (
    Cue.SO, Cue.BECAUSE, Cue.BUT, Cue.SUPPOSE, Cue.WITH, Cue.AT, Cue.CASE, Cue.CHECK, Cue.ANSWER,
    Cue.NOTHING, Cue.REJECTED, Cue.TICKED,
)  # fmt: skip
_UNKNOWNS = ("x", "y", "z", "t")
MAX_FACTORIAL = 20  # that a line ends with
_COMPARING = frozenset(["than", "als", "que", "于", "大于", "小于", "等于"])  # greater than 0: …


class Clauses:
    """lexemes: those of the whole text, in its order."""

    def __init__(self, text: str, lexemes: list[Lexeme]) -> None:
        self.text = text
        self.lexemes = lexemes
        self._ends: list[int] | None = None

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
        if before is None or following is None:
            return False
        if before.lex not in operands and before.text not in ("²", "³"):
            return False
        if following.lex not in operands and following.text not in ("√", "-"):
            return False
        if colon.spaced != following.spaced:
            return False
        if self._heads_equation(index) or self._heads_calculation(index):
            return False
        return index < 2 or self.lexemes[index - 2].text.lower() not in _COMPARING

    def _heads_equation(self, index: int) -> bool:
        """Whether x² - 2x = 3 stands behind f'(x) = 0 : or z = 1 :, which is no division."""
        if index < 2 or self.lexemes[index - 2].lex is not Lex.RELATION:
            return False
        has_name = False
        for lexeme in self.lexemes[index + 1 :]:
            if lexeme.lex is Lex.RELATION:
                return has_name and self.lexemes[index - 1].lex is Lex.NUMBER
            has_name |= lexeme.lex is Lex.NAME and lexeme.text[0].isalpha() and not lexeme.is_unit
            if not lexeme.in_formula and lexeme.lex not in (Lex.GROUP, Lex.BAR):
                return False
        return False

    def _heads_calculation(self, index: int) -> bool:
        """Whether only a name, a factor or a unit stands before it: T : y = 2x, ×2 : 5×2 = 10.

        Also en cm² : π × 4² = 16π, and +15% : 80 × 1.15 = 92.
        """
        start = index
        while start and not self._begins_clause(start - 1):
            start -= 1
        head, following = self.lexemes[start:index], self.lexemes[index + 1 : index + 20]
        if not head or not any(x.lex is Lex.RELATION for x in following):
            return False
        text = "".join(x.text for x in head)
        if len(text.strip("()")) == 1 and text.strip("()").isalpha():
            return [x.text for x in following[:2]] == ["y", "="]
        has_number = any(x.lex is Lex.NUMBER for x in head)
        unit = read_unit(text) if start > 0 and not has_number else None
        is_change = text[0] in "+-−" and text[-1] == "%"
        return is_change or text[0] in "×*·⋅" or (unit is not None and unit.is_known)

    def _begins_clause(self, index: int) -> bool:
        lexeme = self.lexemes[index]
        gaps = (Lex.STOP, Lex.COMMA, Lex.SEMICOLON, Lex.COLON, Lex.RELATION, Lex.CUE, Lex.WORD)
        return lexeme.lex in gaps

    def is_factorial(self, index: int) -> bool:
        lexeme = self.lexemes[index]
        if lexeme.text != "!" or lexeme.spaced or index == 0:
            return False
        is_behind_term = self.lexemes[index - 1].lex in (Lex.NUMBER, Lex.NAME, Lex.GROUP)
        return is_behind_term and not self._exclaims(index)

    def _exclaims(self, index: int) -> bool:
        """Whether it only ends the line: 84 + 5 = 89!, = 0.2048!, x = 4!!"""
        before, last = self.lexemes[: index - 1], self.lexemes[index - 1]
        after = self.lexemes[index + 1 :]
        if any(lexeme.text != "!" for lexeme in after) or "!" in (x.text for x in before):
            return False
        if last.lex is Lex.NAME and last.text.endswith(_UNKNOWNS):
            return any(lexeme.lex is Lex.RELATION for lexeme in before)
        if after or last.lex is not Lex.NUMBER or not last.text.isdecimal():
            return bool(after) or last.lex is Lex.NUMBER
        is_result = bool(before) and before[-1].lex is Lex.RELATION
        is_of_letter = len(before) > 1 and before[-2].text in _UNKNOWNS
        return is_result and (is_of_letter or int(last.text) > MAX_FACTORIAL)
