"""What a line of working says: its statements, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NO_SOLUTION = "∅"
DIVISIBLE = "divisible by"  # before a number: what the words say of the value before them


class Role(StrEnum):
    STEP = "step"  # a claim that should follow
    SUPPOSE = "suppose"  # names or supposes something
    CHECK = "check"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of a line.

    text: the formula as written, without labels, notes, words and final punctuation; "and", "or"
    and "of" between its parts are in English, and alternatives such as x = 1, x = 2 are joined by
    "or". ∅ where words say that there is no solution.
    start: where the formula begins in the line, in characters.
    label: of this equation, 1 for (1), ①, I: and Gl. 1. Mere numbers of lines are labels too.
    refers_to: the labels of earlier equations that the line mentions.
    operation: what the line says it does: -2x, :3, 2*(1)-(2), 移项, or x=3 that is put in. Several
    are separated by "; "; those behind a bar, which lead to the next line, come last.
    supposed: the formula that tells where the statement holds. reason: one that justifies it.
    rejected: crossed out by its writer. Of alternatives of which the last is crossed out, that
    one follows as a statement of its own.
    words: what the formula is the value of, such as "larger share"; "LHS", 原式 and the like come
    with a formula that continues; of a name that is supposed, what it stands for.
    continues: whether the formula begins with a relation sign.
    """

    text: str
    start: int
    role: Role
    label: str = ""
    refers_to: tuple[str, ...] = ()
    operation: str = ""
    supposed: str = ""
    reason: str = ""
    rejected: bool = False
    ticked: bool = False
    words: str = ""
    continues: bool = False


@dataclass(frozen=True, slots=True)
class ReadLine:
    """has_words: whether words remain that were not understood."""

    statements: tuple[Statement, ...]
    has_words: bool
