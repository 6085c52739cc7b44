"""Whether a line that was typed in an exercise has anything to do with it.

A statement that is true or false by itself, such as 5*5 - 7 = 2*5 + 8, may be of another problem,
whose answer nobody may confirm. Its form alone decides, so that this tells nothing of its truth.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from tutor.grading.parsing.tree import Add, Neg, Num, Pow, Sym, Term, Unreadable, walk
from tutor.grading.prose.claims import cut_claims
from tutor.grading.steps.equation_side import read_side

MAX_SIDES = 24  # of all claims of a line
_BETWEEN_CLAIMS = re.compile(
    r"\b(?:or|and|if|then|so|oder|und)\b|[;,∨∧或且⇒⟹⇔→]|<?=>|->"
    r"|\\(?:lor|land|vee|wedge|implies|iff|q?quad|(?:Left)?[Rr]ightarrow)(?![A-Za-z])"
)
_RELATION = re.compile(r"[<>]=?|[=≤≥≠≈]|\\(?:leq?|geq?|neq?|approx)(?![A-Za-z])")
_LETTER = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")


def is_detached(line: str, is_shared: Callable[[list[str]], bool]) -> bool:
    """Whether a claim of the line may be decided by itself and is about something else.

    is_shared: whether one of these sides is of the exercise.
    """
    claims = [_RELATION.split(text) for text in _BETWEEN_CLAIMS.split(line)]
    claims = [sides for sides in claims if len(sides) > 1]
    return sum(map(len, claims)) > MAX_SIDES or any(
        sides[0].strip() and _may_hold_alone(sides) and not is_shared(sides) for sides in claims
    )


def parts_of(statement: str, lines: Iterable[str]) -> set[Term]:
    """The sides of these formulas, and what is added in them, without signs."""
    chains = [[side.text for side in chain.sides] for chain in cut_claims(statement)]
    claims = (claim for line in lines for claim in _BETWEEN_CLAIMS.split(line))
    chains += [_RELATION.split(claim) for claim in claims]
    return {part for sides in chains for side in sides for part in _parts(side)}


def is_made_of(side: str, parts: set[Term]) -> bool:
    """Whether it is one of these, or all that is added in it is.

    Numbers, letters and their powers alone are too common to tell.
    """
    own = list(_parts(side))
    added = own[1:] or own
    is_whole = bool(own) and own[0] in parts and _is_particular(own[0])
    return is_whole or (all(part in parts for part in added) and any(map(_is_particular, added)))


def _parts(side: str) -> Iterator[Term]:
    """The side itself, then what is added in it."""
    term = _term(side)
    if term is not None:
        parts = term.parts if isinstance(term, Add) else ()
        yield from map(_unsigned, (term, *parts))


def _may_hold_alone(sides: list[str]) -> bool:
    """A letter that stands there once cannot cancel: whether 4x = 20 holds depends on x."""
    counts = Counter(name for side in sides for name in _letters(side))
    return 1 not in counts.values()


def _letters(side: str) -> list[str]:
    term = _term(side)
    if term is None:
        return _LETTER.findall(side)
    return [part.name for part in walk(term) if isinstance(part, Sym)]


def _term(side: str) -> Term | None:
    try:
        return read_side(side).term
    except (Unreadable, RecursionError):
        return None


def _unsigned(term: Term) -> Term:
    return term.part if isinstance(term, Neg) else term


def _is_particular(term: Term) -> bool:
    is_power = isinstance(term, Pow) and isinstance(term.base, Sym)
    return not (is_power or isinstance(term, Num | Sym))
