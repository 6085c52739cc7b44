"""Notes beside a formula: in brackets, behind a bar, and marks of right and wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tutor.grading.parsing.units import CHINESE_UNIT, read_unit
from tutor.grading.working.labels import label_of
from tutor.grading.working.lexer import FORMULA, Lex, Lexeme
from tutor.grading.working.phrases import SIGNS, Cue

CROSSES = frozenset("✗✘❌☒✕⚡↯")
_SIGNS = frozenset(
    ["+", "-", "*", "·", "×", "⋅", ":", "/", "÷", "^", "±", "•", "\\cdot", "\\times", "\\div"]
)
_DONE = frozenset(
    ["√", "²", "³", "( )²", "()²", "ln", "log", "lg", "exp", "sin", "cos", "tan", "arcsin",
     "arccos", "arctan", "\\sqrt", "e^", "T", "HN", "pq", "d/dx", "'"]
)  # fmt: skip
_SQUARED = re.compile(r"\(\s*(?:\.{2,3}|…)?\s*\)\s*(?:\^\s*2|²)|²|\^\s*\{?2\}?|\^2")


class NoteKind(StrEnum):
    FORMULA = "formula"  # no note at all
    COMMENT = "comment"
    UNIT = "unit"
    LABEL = "label"
    REFERENCE = "reference"
    REASON = "reason"
    OPERATION = "operation"
    REJECTED = "rejected"
    TICKED = "ticked"


@dataclass(frozen=True, slots=True)
class Note:
    kind: NoteKind
    text: str = ""


_FORMULA = Note(NoteKind.FORMULA)


def read_note(group: Lexeme, before: Sequence[Lexeme], is_last: bool) -> Note:
    """What a bracket is: a part of the formula before it, or a note about it.

    before: the formula so far. is_last: whether nothing but notes and marks follows.
    """
    inside = group.inside
    if not inside or group.text[0] not in "([":
        return _FORMULA
    cues = [lexeme.cue for lexeme in inside if lexeme.cue]
    has_words = bool(cues) or any(lexeme.lex in (Lex.WORD, Lex.MARK) for lexeme in inside)
    previous = before[-1] if before else None
    if has_words:
        return _in_words(group, inside, cues, previous)
    if previous is None:
        return _FORMULA
    has_relation = any(lexeme.lex == Lex.RELATION for lexeme in before)
    if is_last and has_relation and (label := label_of(group)):
        # x = 2(3) is a product, 4x - y = 10 (2) has a label.
        return Note(NoteKind.LABEL, label) if group.spaced else _FORMULA
    if _is_unit(inside) and previous.lex in (Lex.NUMBER, Lex.NAME, Lex.GROUP):
        return Note(NoteKind.UNIT, " ".join(lexeme.text for lexeme in inside))
    if not group.spaced:
        return _FORMULA
    if has_relation and any(lexeme.lex == Lex.RELATION for lexeme in inside):
        return Note(NoteKind.REASON, formula_text(inside))
    if has_relation and is_last and inside[0].text in _SIGNS and _changes_equation(before, inside):
        return Note(NoteKind.OPERATION, formula_text(inside))
    return _FORMULA


def _in_words(
    group: Lexeme, inside: list[Lexeme], cues: list[Cue], previous: Lexeme | None
) -> Note:
    if Cue.REJECTED in cues or Cue.NOTHING in cues or any(x.text in CROSSES for x in inside):
        return Note(NoteKind.REJECTED)
    if inside[0].text == "mod":
        return _FORMULA
    if Cue.TICKED in cues or any(x.lex == Lex.MARK for x in inside):
        return Note(NoteKind.TICKED)
    is_called = previous is not None and not group.spaced and previous.lex == Lex.NAME
    if is_called and not previous.is_unit and previous.text.isalpha():  # type: ignore[union-attr]
        return _FORMULA  # P(no six)
    unit = group.text.strip("()[] ")
    if previous is not None and (read_unit(unit) or CHINESE_UNIT.fullmatch(unit)):
        return Note(NoteKind.UNIT, unit)
    if (cues and cues[0] == Cue.OPERATION) or inside[0].text.lower() in SIGNS:
        return Note(NoteKind.OPERATION, operation_text(inside))
    if label := next((label for x in inside if (label := label_of(x))), ""):
        return Note(NoteKind.REFERENCE, label)
    if any(lexeme.lex == Lex.RELATION for lexeme in inside):
        return Note(NoteKind.REASON, formula_text(formula_part(inside)))
    if cues and cues[0] == Cue.METHOD:
        return Note(NoteKind.OPERATION, unit)
    return Note(NoteKind.COMMENT)


def _is_unit(inside: Sequence[Lexeme]) -> bool:
    text = "".join(lexeme.text for lexeme in inside)
    return not text[0].isdigit() and len(text) > 1 and bool(read_unit(text))


def _changes_equation(before: Sequence[Lexeme], inside: Sequence[Lexeme]) -> bool:
    """Whether (-3) after an equation is subtracted, not multiplied: an equation still to solve."""
    if inside[0].text not in ("-", "+"):
        return True
    relation = next(i for i, lexeme in enumerate(before) if lexeme.lex == Lex.RELATION)
    return relation > 1


def formula_part(lexemes: Sequence[Lexeme]) -> list[Lexeme]:
    """The longest part without words."""
    parts: list[list[Lexeme]] = [[]]
    for lexeme in lexemes:
        if lexeme.lex in FORMULA or lexeme.lex in (Lex.GROUP, Lex.BAR):
            parts[-1].append(lexeme)
        elif parts[-1]:
            parts.append([])
    with_relation = [part for part in parts if any(x.lex == Lex.RELATION for x in part)]
    return max(with_relation or parts, key=len)


def formula_text(lexemes: Iterable[Lexeme]) -> str:
    """The formula as written, with single blanks, and with and/or in English."""
    pieces: list[str] = []
    for lexeme in lexemes:
        if lexeme.cue in (Cue.OR, Cue.AND):
            pieces.append(f" {lexeme.cue} ")
            continue
        pieces.append(f" {lexeme.text}" if lexeme.spaced else lexeme.text)
    return " ".join("".join(pieces).split())


def operation_text(lexemes: Sequence[Lexeme]) -> str:
    """-2x from subtract 2x; without the words about both sides."""
    pieces: list[Lexeme] = []
    sign = ""
    for lexeme in lexemes:
        if not pieces and (named := SIGNS.get(lexeme.text.lower())):
            sign = named
        elif lexeme.lex in FORMULA or lexeme.lex in (
            Lex.GROUP,
            Lex.COLON,
            Lex.BAR,
        ):
            pieces.append(lexeme)
    return sign + formula_text(pieces)


def cut_operation(lexemes: list[Lexeme]) -> tuple[list[Lexeme], str]:
    """The line without what follows its bar, and the operation that stands there."""
    bars = [i for i, lexeme in enumerate(lexemes) if lexeme.lex == Lex.BAR]
    if bars and (at := _operation_bar(lexemes, bars)) is not None:
        return lexemes[:at], _after_bar(lexemes[at + 1 :])
    if (at := _operation_slash(lexemes)) is not None:
        return lexemes[:at], _after_bar(lexemes[at + 1 :])
    return lexemes, ""


def _operation_bar(lexemes: list[Lexeme], bars: list[int]) -> int | None:
    """The index of the first bar that is no sign of an absolute value."""
    relations = [i for i, lexeme in enumerate(lexemes) if lexeme.lex == Lex.RELATION]
    is_open = False
    for number, at in enumerate(bars):
        after = lexemes[at + 1 :]
        is_doubled = len(lexemes[at].text) > 1
        if is_open and not is_doubled:
            is_open = False
            continue
        if relations and relations[0] < at and (is_doubled or _is_operation(after)):
            closes = any(not lexemes[other].spaced for other in bars[number + 1 :])
            if is_doubled or not closes:
                return at
        is_open = True
    return None


def _is_operation(after: Sequence[Lexeme]) -> bool:
    if not after:
        return False
    first = after[0]
    whole = formula_text(after)
    if first.text in _SIGNS or first.text in _DONE or whole in _DONE or _SQUARED.match(whole):
        return True
    return (
        first.cue in (Cue.OPERATION, Cue.METHOD, Cue.OF)
        or first.lex == Lex.WORD
        or first.text == "√"
    )


def _operation_slash(lexemes: list[Lexeme]) -> int | None:
    """The index of a slash that stands for the bar: 3x + 3 = 6 / -3."""
    relation = next((i for i, x in enumerate(lexemes) if x.lex == Lex.RELATION), None)
    if relation is None:
        return None
    for at in range(len(lexemes) - 2, relation, -1):
        slash, sign = lexemes[at], lexemes[at + 1]
        if slash.text == "/" and slash.spaced and sign.text in _SIGNS:
            solved = relation < 2 and sign.text == "-"
            return None if solved else at
    return None


def _after_bar(lexemes: list[Lexeme]) -> str:
    whole = formula_text(lexemes).strip("| ")
    if _SQUARED.fullmatch(whole):
        return "^2"
    if lexemes and lexemes[0].text.lower() in SIGNS:
        return operation_text(lexemes)
    return whole.replace("| ", "; ").replace("|", "; ")


def marks(lexemes: Sequence[Lexeme]) -> Iterator[bool]:
    """For each mark whether it is a tick."""
    for lexeme in lexemes:
        if lexeme.lex == Lex.MARK:
            yield lexeme.text not in CROSSES
