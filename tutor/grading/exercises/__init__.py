"""Exercises on the lines of a solution, made and proved by calculation alone."""

from tutor.grading.exercises.line_exercises import LineExercises, line_exercises
from tutor.grading.exercises.proved_solution import ProvedSolution
from tutor.grading.exercises.wrong_line import WrongSolution

__all__ = ["LineExercises", "ProvedSolution", "WrongSolution", "line_exercises"]
