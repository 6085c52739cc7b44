"""Reads families of solutions in a working: x = π/6 + 2kπ or x = 5π/6 + 2kπ, and 2x = π/3 [2π]."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.kinds.families import progressions_of
from tutor.grading.kinds.family_reader import Family, read_family
from tutor.grading.kinds.progressions import Progression, overlap_of
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_term
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Div,
    Neg,
    Num,
    Term,
    Unreadable,
    free_names,
    has_constant,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.solving.real_sets import Undecidable

MAX_CHARACTERS = 160
_COUNTS = re.compile(  # the k of 2kπ and 360°k, or a modulus
    r"(?<![A-Za-z\\])[jklmnpz](?![A-Za-z])|(?<![A-Za-z\\])[jklmnpz](?=pi)"
    r"|mod(?![a-z])|\[\s?\d{0,3}\s?(?:π|\\?pi|°)(?:\s?/\s?\d)?\s?\]|\(\s?(?:2\s?(?:π|\\?pi)|\d{3}\s?°)\s?\)"
)
_OR = re.compile(
    r"\s(?:or|∨|\\lor|\\vee)\s|[;；]|或者?"
    r"|,(?=[^,=≡]{1,40}[=≡])|,(?=[^,=≡∈]{1,40}(?:π|pi|°))"
)
_SIDES = re.compile(r"([^=≡∈]{1,20})(?:=|≡|\\equiv(?![a-z]))([^≡]{1,100})")
_MEMBER = re.compile(
    r"\s?([a-z])\s?(?:∈|\\in(?![a-z])|=)\s?\\?\{([^{}|:]{1,120})(?:[|:][^{}]{1,40})?\\?\}\s?"
)
_INDEX = re.compile(r"(?<=[a-z])_?\{?[\d₁-₉]\}?(?=\s*\Z)")
_DECLARES = re.compile(
    r"\s?([jklmnpz](?:\s?,\s?[jklmnpz]){0,2})\s?(?:∈|\\in(?![a-z])|in(?=\s))\s?"
    r"(?:\\math(?:bb|bf)\s?\{?Z\}?|[ZℤNℕ])\s?"
)
_DECLARED = re.compile(r",\s?[jklmnpz]\s?\Z")  # of "x = kπ, k in Z"
_LETTER = re.compile(r"(?<![A-Za-z\\])[jklmnpz](?![A-Za-z])")
_KEY = AnswerKey("", Kind.FAMILY)


@dataclass(frozen=True, slots=True)
class ClaimedFamilies:
    """members: all values of the variable. factor: of the variable on the left: 2 of 2x."""

    name: str
    members: tuple[Progression, ...]
    factor: Fraction

    @property
    def is_of_plain_numbers(self) -> bool:
        """30 + 360k, which may be degrees."""
        terms = [term for part in self.members for term in (part.offset, part.step) if term]
        return not any(has_constant(term, "pi") or has_degrees(term) for term in terms)


def may_be_family(text: str, name: str) -> bool:
    """Whether it gives values of the variable with a letter that counts, however it is written."""
    return name in text and "=" in text and bool(_LETTER.search(text))


def declares_integers(text: str) -> frozenset[str]:
    """The letters of "k ∈ Z"; none where the text says something else."""
    match = _DECLARES.fullmatch(text)
    return frozenset(re.findall("[a-z]", match[1])) if match else frozenset()


def claimed_families(text: str, budget: WorkBudget) -> ClaimedFamilies | None:
    """None for what is no family, or one with a single value beside it."""
    if len(text) > MAX_CHARACTERS or not _COUNTS.search(text):
        return None
    with suppress(Unreadable, Undecidable, RecursionError):
        parts = list(_branches(text, budget))
        names = {part.name for part in parts}
        members = _with_last_modulus([m for part in parts for m in part.members], text)
        if len(names) == 1 and all(member.step is not None for member in members):
            return ClaimedFamilies(names.pop(), members, parts[0].factor)
    return None


def _with_last_modulus(members: list[Progression], text: str) -> tuple[Progression, ...]:
    """Of x = π/6 or x = 5π/6 (mod 2π) the modulus holds for both."""
    step = members[-1].step
    if _LETTER.search(text) or step is None:
        return tuple(members)
    return tuple(Progression(member.offset, member.step or step) for member in members)


def _branches(text: str, budget: WorkBudget) -> list[ClaimedFamilies]:
    """Raises Unreadable and Undecidable."""
    if listed := _MEMBER.fullmatch(text):
        pieces = [f"{listed[1]} = {piece}" for piece in re.split("[,;]", listed[2])]
    else:
        pieces = _OR.split(text)
    parts: list[ClaimedFamilies] = []
    left = ""
    for piece in pieces:
        sides = _SIDES.fullmatch(piece.strip())
        left, right = (sides[1], sides[2]) if sides else (left, piece)
        *before, last = (_branch(left, side, budget) for side in right.split("="))
        if not all(have_same_members(side.members, last.members, budget) for side in before):
            raise Undecidable
        parts.append(last)
    return parts


def _branch(left: str, right: str, budget: WorkBudget) -> ClaimedFamilies:
    """x = (π/3 + 2kπ)/2 for 2x = π/3 + 2kπ. Raises Unreadable and Undecidable."""
    side = read_term(_INDEX.sub("", left))
    names = free_names(side) if side is not None else frozenset()
    line = linear_coefficients(side, min(names)) if side is not None and len(names) == 1 else None
    factor = rational_value(line[0]) if line else None
    if line is None or not factor:
        raise Undecidable
    family = _without_counter(
        read_family(normalize_text(f"x = {_DECLARED.sub('', right.strip())}"), _KEY), min(names)
    )
    inverse = Num(factor)
    members = tuple(
        Progression(
            Div(Add((part.offset, Neg(line[1]))), inverse), part.step and Div(part.step, inverse)
        )
        for part in progressions_of(family, budget)
    )
    return ClaimedFamilies(min(names), members, factor)


def _without_counter(family: Family, name: str) -> Family:
    """Raises Undecidable where the unknown itself counts."""
    if any(name in free_names(branch.term) for branch in family.branches):
        raise Undecidable
    return family


def have_same_members(
    parts: Sequence[Progression], others: Sequence[Progression], budget: WorkBudget
) -> bool:
    """Raises Undecidable."""
    overlap = overlap_of(parts, others, budget)
    return overlap is not None and not overlap.missing and not overlap.extra


def has_degrees(term: Term) -> bool:
    return any(isinstance(part, Call) and part.name == "degrees" for part in walk(term))
