"""Shows students what the checker reads in a line that has more than one formula, or words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from typing import NamedTuple

from tutor.grading.comparison.echo import understood_line
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Quantity, Unreadable, Value, Words
from tutor.grading.parsing.units import NO_UNIT
from tutor.grading.prose.formulas import TextSpan, parse_chain
from tutor.grading.working.claim_reader import Claim, read_claim
from tutor.grading.working.reading import ReadLine, Statement, read_line
from tutor.grading.working.reading.folding import fold_line
from tutor.grading.working.reading.lexer import Lex, cut_lexemes
from tutor.grading.working.reading.naming import name_words

_BETWEEN = r";\quad "
_RELATIONS = {"=": "=", "<": "<", ">": ">", "<=": r"\le", ">=": r"\ge", "!=": r"\ne",
              "≈": r"\approx", "≡": r"\equiv", "~": r"\sim"}  # fmt: skip
_PLAIN = re.compile(r"[\w\s.,%°€$∅-]*")  # 32, x or 5 euros: nothing to be shown as a formula
_STAND_IN = re.compile(r"_\{?\d{3,}")  # in a name that the checker made up
_CONTINUED = "{} ="  # a formula that begins with its relation sign


class WordedLine(NamedTuple):
    """What the checker reads in a line.

    formulas: LaTeX of those that look different from what was typed. unread: the parts that were
    not read, as typed. is_read: whether anything was read.
    """

    formulas: str = ""
    unread: tuple[str, ...] = ()
    is_read: bool = False


def read_worded_line(line: str) -> WordedLine:
    """The formulas of a line, as the checker cuts them out of it. Never raises."""
    read = read_line(line)
    formulas = [(statement, _formula(statement, line)) for statement in read.statements]
    shown = [formula for statement, formula in formulas if formula and not _is_plain(formula)]
    unread = [_typed(statement, line) for statement, formula in formulas if not formula]
    is_read = len(unread) < len(formulas)
    if read.has_words and is_read:
        unread += _unread_words(line, read)
    return WordedLine(_BETWEEN.join(shown), tuple(unread), is_read)


def _is_plain(formula: str) -> bool:
    return bool(_PLAIN.fullmatch(formula))


def _typed(statement: Statement, line: str) -> str:
    return statement.text if statement.text in line else line.strip()


def _formula(statement: Statement, line: str) -> str:
    """LaTeX, or the statement itself where it is plain; empty where it is not read."""
    text = statement.text.strip()
    formula = text if _is_plain(text) else _as_read(text)
    is_value = line[: statement.start].rstrip().endswith("=")
    if formula and statement.words and (statement.continues or is_value):
        name = latex(Words(statement.words))
        return f"{name} = {formula.removeprefix(_CONTINUED).strip()}"
    return formula


def _as_read(text: str) -> str:
    try:
        claim = read_claim(text, frozenset(), frozenset())
    except (Unreadable, RecursionError):
        return understood_line(text)
    chain = parse_chain(TextSpan(text, 0))
    if chain is not None and _has_units(claim):
        return _chain([side.text for side in chain.sides], chain.operators)
    if shown := understood_line(text):
        return shown
    if chain is not None and claim.sides:
        return _chain([side.text for side in chain.sides], chain.operators)
    if claim.value is None or isinstance(claim.value, Words):
        return ""
    return _without_stand_in(claim.value)


def _chain(sides: Sequence[str], operators: Sequence[str]) -> str:
    """Each side as it was read; one with words, or with units in it, is shown as it was typed."""
    relations = [_RELATIONS.get(operator, "") for operator in operators]
    if not all(relations):
        return ""
    first, *others = [_side(text) if text else "{}" for text in sides]
    pairs = zip(relations, others, strict=True)
    return " ".join([first, *(f"{relation} {side}" for relation, side in pairs)])


def _side(text: str) -> str:
    with suppress(Unreadable, RecursionError):
        claim = read_claim(text, frozenset(), frozenset())
        value = read_answer(text)
        if isinstance(value, Quantity):
            return latex(value)
        read = claim.value if isinstance(value, Words) else value
        if read is not None and not _has_units(claim) and (shown := _without_stand_in(read)):
            return shown
    return latex(Words(text))


def _has_units(claim: Claim) -> bool:
    return any(side.unit != NO_UNIT for side in claim.sides)


def _without_stand_in(value: Value) -> str:
    shown = latex(value)
    return "" if _STAND_IN.search(shown) else shown


def _unread_words(line: str, read: ReadLine) -> Iterator[str]:
    """The words that no statement is about."""
    statements = read.statements
    taken = " ".join(f"{s.text} {s.words} {s.operation} {s.reason}" for s in statements).split()
    lexemes = name_words(cut_lexemes(fold_line(line)))
    for is_unread, run in groupby(lexemes, lambda x: x.lex is Lex.WORD and x.text not in taken):
        if is_unread:
            words = list(run)
            yield line[words[0].start : words[-1].end].strip()
