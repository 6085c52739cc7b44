"""Cuts one line of working, as people write it, into statements. No mathematics is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tutor.grading.working.reading.cases import under_cases
from tutor.grading.working.reading.folding import fold_line
from tutor.grading.working.reading.labels import leading_combination, leading_label, plain_label
from tutor.grading.working.reading.lexer import Lex, Lexeme, cut_lexemes, group_brackets
from tutor.grading.working.reading.line_cutter import LineCutter
from tutor.grading.working.reading.naming import name_words
from tutor.grading.working.reading.operations import cut_operation
from tutor.grading.working.reading.operator_sentences import statements_in_words
from tutor.grading.working.reading.phrases import Cue
from tutor.grading.working.reading.separating import (
    separate_at_gaps,
    separate_equations,
    separate_note,
    separate_point,
    without_named_sides,
)
from tutor.grading.working.reading.statement import ReadLine, Role
from tutor.grading.working.reading.supposed_equations import with_solutions

_OPENINGS = frozenset(["解", "证明", "证"])


def read_line(line: str) -> ReadLine:
    """Never raises."""
    text = fold_line(line)
    if statements_told := statements_in_words(text):
        return ReadLine(statements_told, False)
    lexemes = group_brackets(name_words(cut_lexemes(text)), text)
    lexemes = separate_equations(without_named_sides(lexemes))
    if "\\" not in line:
        lexemes = separate_at_gaps(lexemes)
    is_note = len(lexemes) == 1 and lexemes[0].text.startswith("(")
    if is_note and any(x.lex is Lex.RELATION for x in lexemes[0].inside):
        lexemes = list(lexemes[0].inside)  # (check: 4 + 2 = 6)
    lexemes = separate_note(lexemes)
    separate_point(lexemes)
    if _is_repeated_operation(lexemes):
        return ReadLine((), False)
    lexemes, operation = cut_operation(lexemes)
    begin = _length_of_opening(lexemes)
    label, length = leading_label(lexemes[begin:])
    length += begin
    if operation and (behind := plain_label(operation)):
        label, operation = behind, ""  # 2x + y = 7 | I
    cutter = LineCutter(text, lexemes[length:])
    combined, taken = leading_combination(cutter.lexemes)
    if combined is not None:
        cutter.operation, cutter.refers_to = combined.operation, combined.labels
    elif _names_answer(lexemes):
        cutter.role, taken = Role.ANSWER, 2
    if any(lexeme.cue is Cue.CASE for lexeme in lexemes[:length]):
        cutter.role = Role.SUPPOSE
    cutter.read(taken)
    statements = cutter.statements
    if statements and label:
        statements[0] = replace(statements[0], label=label)
    if statements and operation:
        both = "; ".join(filter(None, (statements[-1].operation, operation)))
        statements[-1] = replace(statements[-1], operation=both)
    statements = with_solutions(under_cases(text, statements))
    return ReadLine(tuple(statements), cutter.has_words)


def _length_of_opening(lexemes: Sequence[Lexeme]) -> int:
    """解： before everything else."""
    is_opening = len(lexemes) > 1 and lexemes[0].text in _OPENINGS and lexemes[1].lex is Lex.COLON
    return 2 if is_opening else 0


def _is_repeated_operation(lexemes: Sequence[Lexeme]) -> bool:
    """-3   -3 below an equation: what is done to its two sides."""
    half, odd = divmod(len(lexemes), 2)
    if odd or not 2 <= half <= 4 or lexemes[0].lex not in (Lex.SIGN, Lex.COLON):
        return False
    left, right = lexemes[:half], lexemes[half:]
    is_apart = right[0].spaced and right[0].start - left[-1].end > 1
    same = all(a.text == b.text for a, b in zip(left, right, strict=True))
    return same and (is_apart or lexemes[0].text in (":", "÷", "/", "*", "·", "×"))


def _names_answer(lexemes: Sequence[Lexeme]) -> bool:
    """A: 12 apples, R. : 12 pommes."""
    if len(lexemes) < 4 or lexemes[0].text not in ("A", "R"):
        return False
    is_short = lexemes[1].lex is Lex.STOP and lexemes[2].lex is Lex.COLON
    has_words = any(x.lex is Lex.WORD or x.cue is Cue.IS for x in lexemes)
    return is_short or (lexemes[1].lex is Lex.COLON and has_words)
