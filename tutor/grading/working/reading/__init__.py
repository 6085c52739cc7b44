"""Cuts one line of working, as people write it, into statements. No mathematics is judged."""

from tutor.grading.working.reading.read_line import read_line
from tutor.grading.working.reading.statement import ReadLine, Role, Statement

__all__ = ["ReadLine", "Role", "Statement", "read_line"]
