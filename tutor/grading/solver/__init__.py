"""Works a problem out, a line at a time: the next line, the move that leads to it, and the end.

Web processes import this package, so it loads neither `solve` nor `naming`, which load the check
of working.
"""

from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Step

__all__ = ["Move", "MoveName", "Step"]
