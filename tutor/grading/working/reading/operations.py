"""What a line says is done to both sides: behind a bar, in brackets, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.grading.working.reading.formula_text import formula_text, relation_in
from tutor.grading.working.reading.lexer import Lex, Lexeme
from tutor.grading.working.reading.phrases import SIGNS, Cue

OPERATION_SIGNS = frozenset(
    ["+", "-", "*", "·", "×", "⋅", ":", "/", "÷", "^", "±", "•", r"\cdot", r"\times", r"\div"]
)
_DONE = frozenset(
    ["√", "²", "³", "( )²", "()²", "ln", "log", "lg", "exp", "sin", "cos", "tan", "arcsin",
     "arccos", "arctan", r"\sqrt", r"\ln", r"\log", "e^", "T", "HN", "pq", "d/dx", "'"]
)  # fmt: skip
_SQUARED = re.compile(r"\(\s*+(?:(?:\.{2,3}|…)\s*+)?\)\s*+(?:\^\s*+2|²)|²|\^\s*+\{?2\}?")


def cut_operation(lexemes: list[Lexeme]) -> tuple[list[Lexeme], str]:
    """The line without what follows its bar, and the operation that stands there."""
    relation = relation_in(lexemes)
    if relation is None:
        return lexemes, ""
    at = _operation_bar(lexemes, relation)
    if at is None:
        at = _operation_slash(lexemes, relation)
    if at is None and (gap := _operation_behind_gap(lexemes, relation)) is not None:
        return lexemes[:gap], operation_text(lexemes[gap:])
    if at is None:
        return lexemes, ""
    end = next((n for n in range(at, len(lexemes)) if _concludes(lexemes, n)), len(lexemes))
    return [*lexemes[:at], *lexemes[end:]], _after_bar(lexemes[at + 1 : end])


def _concludes(lexemes: Sequence[Lexeme], index: int) -> bool:
    """Whether an arrow with an equation follows the operation: | :3 ⇒ x = 2."""
    is_arrow = lexemes[index].cue is Cue.SO and not lexemes[index].text[0].isalnum()
    return is_arrow and relation_in(lexemes[index:]) is not None


def _operation_bar(lexemes: Sequence[Lexeme], relation: int) -> int | None:
    """The index of the first bar that is no sign of an absolute value."""
    bars = [index for index, lexeme in enumerate(lexemes) if lexeme.lex is Lex.BAR]
    # A bar that closes an absolute value stands directly after it.
    last_closing = max((at for at in bars if not lexemes[at].spaced), default=-1)
    is_open = False
    for at in bars:
        is_doubled = len(lexemes[at].text) > 1 and lexemes[at].spaced
        if len(lexemes[at].text) > 1 and not is_doubled:
            continue  # |a||b|
        if is_open and not is_doubled:
            is_open = False
            continue
        if at > relation and (
            is_doubled or (at >= last_closing and _is_operation(lexemes[at + 1 :]))
        ):
            return at
        is_open = True
    return None


def _is_operation(after: Sequence[Lexeme]) -> bool:
    if not after:
        return False
    first = after[0]
    if first.text in OPERATION_SIGNS or first.text in _DONE or first.lex is Lex.WORD:
        return True
    if first.cue in (Cue.OPERATION, Cue.METHOD, Cue.OF, Cue.INSERT):
        return True
    return bool(_SQUARED.match(formula_text(after[:6])))


def _operation_slash(lexemes: Sequence[Lexeme], relation: int) -> int | None:
    """The index of a slash that stands for the bar: 3x + 3 = 6 / -3."""
    for at in range(len(lexemes) - 2, relation, -1):
        slash, sign = lexemes[at], lexemes[at + 1]
        if (
            slash.text == "/"
            and slash.spaced
            and (sign.text in OPERATION_SIGNS or sign.lex is Lex.COLON)
        ):
            is_quotient = relation < 2 and sign.text == "-"  # x = 12 / -4
            return None if is_quotient else at
    return None


def _operation_behind_gap(lexemes: Sequence[Lexeme], relation: int) -> int | None:
    """The index of the sign at the end of 4x = 28   ÷4."""
    at = len(lexemes) - 2
    if at < relation + 2:
        return None
    before, sign, last = lexemes[at - 1 :]
    is_gap = sign.start - before.end > 1 and not last.spaced and before.lex is not Lex.RELATION
    is_sign = sign.text in OPERATION_SIGNS or sign.lex is Lex.COLON
    return at if is_gap and is_sign and last.lex in (Lex.NUMBER, Lex.NAME) else None


def _after_bar(lexemes: Sequence[Lexeme]) -> str:
    parts: list[list[Lexeme]] = [[]]
    for lexeme in lexemes:
        if lexeme.lex is Lex.BAR and lexeme.spaced:
            parts.append([])
        elif lexeme.lex is not Lex.STOP:
            parts[-1].append(lexeme)
    return "; ".join(text for part in parts if (text := operation_text(part)))


def operation_text(lexemes: Sequence[Lexeme]) -> str:
    """-2x from subtract 2x and from - 2x; without the words about both sides."""
    whole = formula_text(lexemes)
    if _SQUARED.fullmatch(whole):
        return "^2"
    sign = ""
    pieces: list[Lexeme] = []
    for lexeme in lexemes:
        if not pieces and (named := SIGNS.get(lexeme.text.lower())):
            sign = named
        elif lexeme.in_formula or lexeme.lex in (Lex.GROUP, Lex.COLON, Lex.BAR, Lex.LABEL):
            pieces.append(lexeme)
    text = sign + formula_text(pieces)
    if not pieces or not (sign or pieces[0].text in OPERATION_SIGNS):
        return whole
    return text[0] + text[1:].lstrip()


def trailing_operation(formula: Sequence[Lexeme]) -> int | None:
    """The index where the operation begins in 2x - 1 = 3 +1 before "on both sides"."""
    for at in range(len(formula) - 2, 0, -1):
        is_sign = formula[at].lex is Lex.SIGN or formula[at].lex is Lex.COLON
        if is_sign and formula[at].spaced and not formula[at + 1].spaced:
            return at
    return None
