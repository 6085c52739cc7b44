"""The text of a formula, from its lexemes."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.grading.working.reading.lexer import Lex, Lexeme
from tutor.grading.working.reading.phrases import Cue

_CONNECTIVES = {Cue.OR: " or ", Cue.AND: " and ", Cue.REMAINDER: " remainder "}
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


def is_point(formula: Sequence[Lexeme]) -> bool:
    """H(1|4)."""
    inside = formula[-1].inside
    return len(formula) < 4 and any(x.lex in (Lex.BAR, Lex.COMMA, Lex.SEMICOLON) for x in inside)


def has_name(formula: Sequence[Lexeme]) -> bool:
    """Whether it has a variable or a function."""
    return any(x.lex is Lex.NAME and not x.is_unit and x.text[0].isalpha() for x in formula)


def tends(formula: Sequence[Lexeme]) -> bool:
    """x → 0, which tells where; not lim x→0 f(x)."""
    has_arrow = any(x.text in ("→", "->", " →") for x in formula)
    return (
        has_arrow
        and not any(x.text in ("lim", r"\lim") for x in formula)
        and (relation_in(formula) is None)
    )


def without_ends(formula: list[Lexeme]) -> list[Lexeme]:
    """Without "or" and separators at its end."""
    end = len(formula)
    while end and (formula[end - 1].cue or formula[end - 1].lex in (Lex.COMMA, Lex.SEMICOLON)):
        end -= 1
    is_open = end > 0 and formula[0].lex is Lex.SIGN and formula[0].text in ("{", "(", "[")
    return formula[1:end] if is_open else formula[:end]
