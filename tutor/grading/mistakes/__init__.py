"""What probably went wrong, from a final answer alone."""

from tutor.grading.mistakes.explain import explain
from tutor.grading.mistakes.explanation import Explanation
from tutor.grading.mistakes.names import MistakeFamily, MistakeName

__all__ = ["Explanation", "MistakeFamily", "MistakeName", "explain"]
