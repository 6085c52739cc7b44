"""Exercises on the lines of a solution, made and proved by calculation alone.

Web processes import this package, so it does not load `line_exercises`, which loads the solver.
"""

from tutor.grading.exercises.results import LineExercises, ProvedSolution, WrongSolution

__all__ = ["LineExercises", "ProvedSolution", "WrongSolution"]
