"""Works a problem out, a line at a time: the next line, the move that leads to it, and the end."""

from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.naming import name_move
from tutor.grading.solver.solve import Derivation, next_steps, solve
from tutor.grading.solver.step import Step

__all__ = ["Derivation", "Move", "MoveName", "Step", "name_move", "next_steps", "solve"]
