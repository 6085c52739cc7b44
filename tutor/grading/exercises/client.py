"""Makes exercises in a child process of its own, which takes longer than a check of lines may wait.

It does not know the stored answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.grading.exercises.results import LineExercises
from tutor.grading.processes.pool import ChildPool
from tutor.grading.processes.timeout import TimedOut, Timeout

MAX_WORK_S = 8.0
MAX_WAIT_S = 120.0  # on the clock, with the start of the child: only a worker waits
MAX_CHARACTERS = 20_000  # of the statements together

_children = ChildPool("from tutor.grading.exercises.child import serve; serve()", 1)

# During an update the child may run another version than the process that asks it.
_FAILURES = (TimedOut, OSError, AttributeError, ValueError, TypeError, KeyError)


def make_exercises(statement: str, siblings: Sequence[str] | None = None) -> LineExercises | None:
    """`line_exercises` in a child. None where it could not be asked, and may be later.

    Never raises.
    """
    if sum(map(len, (statement, *(siblings or ())))) > MAX_CHARACTERS:
        return LineExercises()
    timeout = Timeout(MAX_WAIT_S)
    question = {"statement": statement, "siblings": siblings, "max_work_s": MAX_WORK_S}
    try:
        with _children.child(timeout) as child:
            timeout.check()  # the child may have taken a while to start
            return LineExercises.from_dict(child.ask(question, timeout))
    except _FAILURES:
        return None
