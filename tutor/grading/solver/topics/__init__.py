"""One module for each topic: the next lines that it knows, the best first."""

from tutor.grading.solver.step import Naming, Topic
from tutor.grading.solver.topics import linear

TOPICS: tuple[Topic, ...] = (linear.steps,)
NAMINGS: tuple[Naming, ...] = ()
