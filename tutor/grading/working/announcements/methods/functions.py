"""The function of a problem, beside letters that lines put in for parts of it."""

from __future__ import annotations

from tutor.grading.parsing.tree import Comparison
from tutor.grading.steps.definitions import Function
from tutor.grading.working.task import Task

_NAMES = ("f", "y", "g", "h")


def function_in(task: Task) -> Function | None:
    """The only one in the equations of the statement; None where there are several, or none."""
    functions = task.definitions.functions
    bodies = [e.right for e in task.equations if isinstance(e, Comparison) and e.op == "="]
    own = {functions[name] for name in _NAMES if name in functions}
    own = own if len(own) < 2 else {function for function in own if function.body in bodies}
    return own.pop() if len(own) == 1 else None
