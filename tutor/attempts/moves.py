"""Moves in the reader's language."""

from django.utils.translation import gettext

from tutor.grading.solver import Move
from tutor.grading.solver.moves import PHRASES


def move_phrase(move: Move) -> str:
    """A sentence without its full stop, such as "Subtract 3x from both sides"."""
    phrase = gettext(PHRASES[move.name]).format(*move.terms)
    return phrase[:1].upper() + phrase[1:]
