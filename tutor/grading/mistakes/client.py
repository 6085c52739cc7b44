"""Explains wrong answers in a child process, so that no answer can hold up the one that asks.

The process that checks lines of working must not know the stored answer, so this is another one.
"""

from __future__ import annotations

from tutor.grading.answer_key import AnswerKey
from tutor.grading.mistakes.explanation import Explanation
from tutor.grading.processes.pool import ChildPool
from tutor.grading.processes.timeout import TimedOut, Timeout

MAX_WORK_S = 0.3
MAX_WAIT_S = 4.0  # on the clock, with the start of the child
MAX_CHARACTERS = 20_000  # of the statement and the response together

_children = ChildPool("from tutor.grading.mistakes.child import serve; serve()", 1)

# During an update the child may run another version than the process that asks it.
_FAILURES = (TimedOut, OSError, ValueError, TypeError, KeyError)


def warm_up() -> None:
    """Start the child before the first answer arrives."""
    _children.warm_up(1)


def explain_answer(
    response: str, key: AnswerKey, statement: str, max_work_s: float = MAX_WORK_S
) -> Explanation | None:
    """`explain` in a child. None also where it could not be asked. Never raises."""
    if len(statement) + len(response) > MAX_CHARACTERS:
        return None
    timeout = Timeout(MAX_WAIT_S)
    question = {
        "response": response,
        "key": key.to_dict(),
        "statement": statement,
        "max_work_s": max_work_s,
    }
    try:
        with _children.child(timeout) as child:
            timeout.check()  # the child may have taken a while to start
            fields = child.ask(question, timeout)
        return Explanation.from_dict(fields) if fields else None
    except _FAILURES:
        return None
