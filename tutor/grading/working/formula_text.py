"""The text of a formula, from its lexemes."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.grading.working.lexer import Lex, Lexeme
from tutor.grading.working.phrases import Cue

_CONNECTIVES = {Cue.OR: " or ", Cue.AND: " and "}
OF = frozenset(["of", "von", "vom", "de", "du", "del", "的"])


def formula_text(lexemes: Sequence[Lexeme]) -> str:
    """As written, with single blanks; "or", "and" and "of" between its parts are in English."""
    pieces: list[str] = []
    for lexeme in lexemes:
        if lexeme.cue is not None:
            word = "of" if lexeme.text in OF else lexeme.text
            pieces.append(_CONNECTIVES.get(lexeme.cue, f" {word} "))
        elif lexeme.spaced:
            pieces.append(" " + lexeme.text)
        else:
            pieces.append(lexeme.text)
    return " ".join("".join(pieces).split())


def relation_in(lexemes: Sequence[Lexeme]) -> int | None:
    """The index of the first relation sign."""
    for index, lexeme in enumerate(lexemes):
        if lexeme.lex is Lex.RELATION:
            return index
    return None


def left_side(lexemes: Sequence[Lexeme]) -> str:
    """What is left of the first relation sign."""
    return formula_text(lexemes[: relation_in(lexemes) or 0])


def begins_formula(lexeme: Lexeme) -> bool:
    return lexeme.in_formula or lexeme.lex in (Lex.GROUP, Lex.BAR, Lex.LABEL)
