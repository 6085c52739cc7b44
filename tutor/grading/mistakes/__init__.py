"""What probably went wrong, from a final answer alone."""

from tutor.grading.mistakes.explain import explain
from tutor.grading.mistakes.explanation import Explanation
from tutor.grading.mistakes.names import MistakeFamily, MistakeName
from tutor.grading.mistakes.same_mistake import kind_of_slip

__all__ = ["Explanation", "MistakeFamily", "MistakeName", "explain", "kind_of_slip"]
