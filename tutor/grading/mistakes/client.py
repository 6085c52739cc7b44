"""Explains wrong answers and weighs workings in a child process, so that none holds up who asks.

The process that checks lines of working must not know the stored answer, so this is another one.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.grading.answer_key import AnswerKey
from tutor.grading.mistakes.explanation import Explanation
from tutor.grading.processes.pool import ChildPool
from tutor.grading.processes.timeout import TimedOut, Timeout
from tutor.grading.steps.checks import StepCheck

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


def refutes_key(statement: str, key: AnswerKey) -> bool:
    """`refuted_key.is_key_refuted` in a child. False where it could not be asked."""
    if len(statement) > MAX_CHARACTERS:
        return False
    timeout = Timeout(MAX_WAIT_S)
    try:
        with _children.child(timeout) as child:
            timeout.check()
            answer = child.ask({"refuted": key.to_dict(), "statement": statement}, timeout)
        return bool(answer["is_refuted"])
    except _FAILURES:
        return False


def weigh_lines(
    lines: Sequence[str],
    checks: Sequence[StepCheck],
    statement: str,
    key: AnswerKey,
    *,
    is_finished: bool,
) -> list[StepCheck]:
    """`weighing.weigh` in a child. The checks as they are where it could not be asked."""
    if len(statement) + sum(map(len, lines)) > MAX_CHARACTERS:
        return list(checks)
    timeout = Timeout(MAX_WAIT_S)
    question = {
        "lines": list(lines),
        "checks": [check.to_dict() for check in checks],
        "statement": statement,
        "key": key.to_dict(),
        "is_finished": is_finished,
    }
    try:
        with _children.child(timeout) as child:
            timeout.check()
            answer = child.ask(question, timeout)
        weighed = [StepCheck.from_dict(fields) for fields in answer["checks"]]
    except _FAILURES:
        return list(checks)
    return weighed if len(weighed) == len(checks) else list(checks)
