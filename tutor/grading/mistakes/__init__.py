"""What probably went wrong, from a final answer alone.

Web processes import this package, so it does not load `explain`, which loads the solver.
"""

from tutor.grading.mistakes.explanation import Explanation
from tutor.grading.mistakes.names import RIGHT_SO_FAR, MistakeFamily, MistakeName
from tutor.grading.mistakes.same_mistake import kind_of_slip

__all__ = ["RIGHT_SO_FAR", "Explanation", "MistakeFamily", "MistakeName", "kind_of_slip"]
