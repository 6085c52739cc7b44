"""Moves in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from tutor.grading.solver import Move, MoveName
from tutor.grading.solver.move_phrases import PHRASES


def move_phrase(move: Move) -> str:
    """Such as "Subtract 3x from both sides", without a full stop."""
    return _capitalized(gettext(PHRASES[move.name]).format(*move.terms))


def move_phrases(moves: Iterable[Mapping[str, Any]]) -> str:
    """All moves of a step, as its check stores them, but those that only another version knows.

    static/js/check_view.js does the same.
    """
    known = (move for move in moves if move["name"] in set(MoveName))
    phrases = (gettext(PHRASES[move["name"]]).format(*move["terms"]) for move in known)
    return _capitalized(gettext("; ").join(phrases))


def phrases() -> dict[str, str]:
    """By the name of the move, in the reader's language; {0} and {1} stand for its terms."""
    return {name: gettext(phrase) for name, phrase in PHRASES.items()}


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]
