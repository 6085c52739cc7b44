"""What probably went wrong, from a final answer alone."""

from tutor.grading.mistakes.explain import explain
from tutor.grading.mistakes.explanation import Explanation, MistakeName

__all__ = ["Explanation", "MistakeName", "explain"]
