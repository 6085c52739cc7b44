"""Notes in brackets beside a formula: reasons, operations, units, labels, comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tutor.grading.parsing.units import CHINESE_UNIT, read_unit
from tutor.grading.working.reading.formula_text import (
    begins_formula,
    formula_text,
    left_side,
    relation_in,
)
from tutor.grading.working.reading.glosses import Gloss, gloss_of
from tutor.grading.working.reading.labels import label_of
from tutor.grading.working.reading.lexer import Lex, Lexeme
from tutor.grading.working.reading.naming import FUNCTIONS
from tutor.grading.working.reading.operations import OPERATION_SIGNS, operation_text
from tutor.grading.working.reading.phrases import SIGNS, Cue

CROSSES = frozenset("✗✘❌☒✕⚡↯")
_CONGRUENT = ("≡", r"\equiv")
_NO = frozenset(["no", "not", "nein", "nicht", "non", "否", "舍"])
_TRUE, _FALSE = frozenset(["(w)", "(W)", "(V)", "(wahr)"]), frozenset(["(f)", "(F)"])
_SUM = re.compile(r"(?<![\^{])[+\-−]")  # C - B is none of coulombs and bytes
_CHOICE = re.compile(r"\(\s?\d{1,3}\s(?:choose|über|ueber|sobre|parmi)\s\d{1,3}\s?\)")
_POWERS = str.maketrans({"²": "^2", "³": "^3"})


class NoteKind(StrEnum):
    FORMULA = "formula"  # no note at all
    COMMENT = "comment"
    UNIT = "unit"
    LABEL = "label"
    REFERENCE = "reference"
    REASON = "reason"
    OPERATION = "operation"
    REJECTED = "rejected"
    EXCLUDED = "excluded"  # another solution, which is rejected: x = 5 (x = 0 no)
    TICKED = "ticked"
    RESTATED = "restated"  # the value before it, which is said again


@dataclass(frozen=True, slots=True)
class Note:
    kind: NoteKind
    text: str = ""


_FORMULA = Note(NoteKind.FORMULA)


def read_note(group: Lexeme, before: Sequence[Lexeme], is_last: bool, goes_on: bool) -> Note:
    """What a bracket is: a part of the formula before it, or a note about it.

    before: the formula so far. is_last: whether nothing but notes and marks follows.
    goes_on: whether the formula does behind it.
    """
    inside = group.inside
    if not inside or group.text[0] not in "([":
        return _FORMULA
    if any(part.cue or part.lex in (Lex.WORD, Lex.MARK) for part in inside):
        return _in_words(group, before)
    if not before or before[-1].lex is Lex.RELATION or before[-1].text in OPERATION_SIGNS:
        return _FORMULA
    if before[-1].text.lower() in FUNCTIONS and not group.spaced:
        return _FORMULA  # √(l/g)
    gloss = gloss_of(group, before[_last_side(before) :])
    if gloss is Gloss.SAME or (gloss is Gloss.BESIDE and not goes_on):
        return Note(NoteKind.COMMENT)
    if gloss is Gloss.OTHER and not goes_on:
        return Note(NoteKind.RESTATED)
    if _is_unit(inside) and before[-1].lex in (Lex.NUMBER, Lex.NAME, Lex.GROUP):
        is_product = before[-1].lex is not Lex.NUMBER and len(group.text) == 3
        return _FORMULA if is_product else Note(NoteKind.UNIT, group.text[1:-1].strip())
    is_beside_amount = before[-1].lex is Lex.NUMBER or before[-1].is_unit
    is_equation = relation_in(inside) is not None
    if not group.spaced or (relation_in(before) is None and not (is_equation and is_beside_amount)):
        return _FORMULA
    if is_equation:
        return Note(NoteKind.REASON, formula_text(inside))
    return _behind_equation(group, before) if is_last else _FORMULA


def _last_side(formula: Sequence[Lexeme]) -> int:
    """Where what is behind the last relation sign begins."""
    signs = [at for at, lexeme in enumerate(formula) if lexeme.lex is Lex.RELATION]
    return signs[-1] + 1 if signs else 0


def _behind_equation(group: Lexeme, before: Sequence[Lexeme]) -> Note:
    """4x - y = 10 (2) and 3x = 12 (÷3); x = 2 (-3) is a product."""
    if group.text in _TRUE:
        return Note(NoteKind.TICKED)
    if group.text in _FALSE:
        return Note(NoteKind.REJECTED)
    if group.text[0] == "[" and any(part.text in _CONGRUENT for part in before):
        return _FORMULA  # x ≡ 3 [5]
    if label := label_of(group):
        return Note(NoteKind.LABEL, label)
    first = group.inside[0]
    is_operation = first.text in OPERATION_SIGNS or first.lex is Lex.COLON
    if is_operation and (first.text not in ("-", "+") or (relation_in(before) or 0) > 1):
        return Note(NoteKind.OPERATION, operation_text(group.inside))
    return _FORMULA


def _in_words(group: Lexeme, before: Sequence[Lexeme]) -> Note:
    inside = group.inside
    cues = [part.cue for part in inside if part.cue]
    if inside[0].text in ("mod", r"\mod"):
        return _FORMULA
    if _is_called(group, before) or _CHOICE.fullmatch(group.text):
        return _FORMULA  # P(no six), (5 choose 2)
    if cues and cues[0] is Cue.BECAUSE and relation_in(inside) is None:
        return Note(NoteKind.COMMENT)
    if excluded := _excluded(inside, before):
        return Note(NoteKind.EXCLUDED, excluded)
    if _rejects(group, cues):
        return Note(NoteKind.COMMENT if _keeps_positive(inside, before) else NoteKind.REJECTED)
    if Cue.TICKED in cues or any(part.lex is Lex.MARK for part in inside):
        return Note(NoteKind.TICKED)
    text = group.text.strip("()[] ")
    if before and (read_unit(text.translate(_POWERS)) or CHINESE_UNIT.fullmatch(text)):
        return Note(NoteKind.UNIT, text)
    if (cues and cues[0] is Cue.OPERATION) or inside[0].text.lower() in SIGNS:
        return Note(NoteKind.OPERATION, operation_text(inside))
    if label := next((label for part in inside if (label := label_of(part))), ""):
        return Note(NoteKind.REFERENCE, label)
    if relation_in(inside) is not None:
        return Note(NoteKind.REASON, formula_text(_formula_part(inside)))
    if cues and cues[0] in (Cue.METHOD, Cue.INSERT):
        return Note(NoteKind.OPERATION, text)
    return Note(NoteKind.COMMENT)


def _excluded(inside: Sequence[Lexeme], before: Sequence[Lexeme]) -> str:
    """y = 0 of y = 20 (y = 0 no); empty where nothing or the equation itself is rejected."""
    is_rejecting = any(part.cue is Cue.REJECTED for part in inside) or (
        inside[-1].text.lower() in _NO or inside[-1].text in CROSSES
    )
    formula = _formula_part(inside)
    if not is_rejecting or [x.text for x in formula if x.lex is Lex.RELATION] != ["="]:
        return ""
    is_same_name = bool(left_side(formula)) and left_side(formula) == left_side(before)
    text = formula_text(formula)
    return text if is_same_name and text.split() != formula_text(before).split() else ""


def _rejects(group: Lexeme, cues: Sequence[Cue]) -> bool:
    has_cross = any(part.text in CROSSES for part in group.inside)
    return has_cross or group.text == "(舍)" or Cue.REJECTED in cues or Cue.NOTHING in cues


def _keeps_positive(inside: Sequence[Lexeme], before: Sequence[Lexeme]) -> bool:
    """x = 5 (negative root rejected) does not reject 5."""
    is_of_negative = any(part.text.lower().startswith(("negativ", "négativ")) for part in inside)
    relations = [at for at, part in enumerate(before) if part.lex is Lex.RELATION]
    if not is_of_negative or not relations or relations[-1] + 1 >= len(before):
        return False
    return before[relations[-1] + 1].text not in ("-", "±")


def _is_called(group: Lexeme, before: Sequence[Lexeme]) -> bool:
    if not before or group.spaced:
        return False
    name = before[-1]
    is_name = name.lex is Lex.NAME and not name.is_unit and name.text.isalpha()
    return is_name and (len(name.text) < 3 or not name.text.isupper())


def _is_unit(inside: Sequence[Lexeme]) -> bool:
    text = "".join(part.text for part in inside).translate(_POWERS)
    return text[0].isalpha() and not _SUM.search(text) and bool(read_unit(text))


def _formula_part(lexemes: Sequence[Lexeme]) -> list[Lexeme]:
    """The longest part without words, of those with a relation."""
    parts: list[list[Lexeme]] = [[]]
    for lexeme in lexemes:
        if begins_formula(lexeme):
            parts[-1].append(lexeme)
        elif parts[-1]:
            parts.append([])
    with_relation = [part for part in parts if relation_in(part) is not None]
    return max(with_relation or parts, key=len)
