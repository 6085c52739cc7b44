"""Checks steps in child processes, so that no step can hold up the process that asks.

A budget of work ends a check, in the child. The caller waits much longer, since a busy machine must
not change a verdict.

The caller passes the whole solution each time. The child remembers the solutions it has checked
and checks only the new steps; after a child was killed, another one repeats the earlier steps.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any

from tutor.grading.check_process.line_reader import LineReader
from tutor.grading.processes.pool import Child, ChildPool
from tutor.grading.processes.timeout import TimedOut, Timeout
from tutor.grading.solver.offered_line import OfferedLine
from tutor.grading.steps.checks import StepCheck, StepVerdict

CHILDREN = min(4, os.cpu_count() or 1)
MAX_S = 10.0  # on the clock, for one step, without the start of the child
MAX_WAIT_S = 10.0  # on the clock, for one step
MAX_LINES_WORK_S = 2.0
MAX_NEXT_LINE_WORK_S = 0.5
MAX_SOLVING_WORK_S = 1.0
MAX_ANSWER_WAIT_S = 4.0  # on the clock, with the start of the child
MAX_READ_HERE = 2_000  # characters, which take some 7 ms
WAIT_FACTOR = 3  # how many times as long as its work a check of lines may take
MAX_CHARACTERS = 100_000  # of the statement and all steps together
UNCHECKED = StepCheck(StepVerdict.UNCHECKED)

# Pools of one child each: a solution always goes to the same child, which knows its first steps.
_START = "from tutor.grading.check_process.child import serve; serve()"
_children = [ChildPool(_START, 1) for _ in range(CHILDREN)]
# All other questions go to any child that is free: one that is busy delays nobody else's.
_line_children = ChildPool(_START, max(2, CHILDREN))

# Keys of the latest steps that ended the child which checked them, in that order.
_fatal: OrderedDict[str, None] = OrderedDict()
_MAX_FATAL = 1_000

# During an update the child may run another version than the process that asks it.
_NOT_CHECKED = (TimedOut, OSError, ValueError, TypeError, KeyError)


def warm_up() -> None:
    """Start the children before the first step arrives; for the start of a worker."""
    for children in _children:
        children.warm_up(1)


def warm_up_for_lines() -> None:
    """Start a child before the first lines arrive; for a web process."""
    _line_children.warm_up(1)


def check_step(statement: str, steps: Sequence[str], within_s: float = MAX_WAIT_S) -> StepCheck:
    """Check the last of `steps`, which may rest on the earlier ones.

    within_s: on the clock, waiting for a busy child included; a step that takes longer is
    unchecked.
    Never raises.
    """
    if not steps or _characters(statement, *steps) > MAX_CHARACTERS:
        return UNCHECKED
    timeout = Timeout(within_s)
    try:
        with _children_for(statement).child(timeout) as child:
            return StepCheck.from_dict(_check_last(child, statement, steps, timeout))
    except _NOT_CHECKED:
        return UNCHECKED


def check_lines(
    lines: Sequence[str],
    context: str = "",
    max_work_s: float = MAX_LINES_WORK_S,
    *,
    wait_s: float | None = None,
    in_part: bool = False,
) -> list[StepCheck]:
    """`working.checker.check_working` in a child. Never raises.

    max_work_s: for all lines together; after that all of them are unchecked, or with
    `in_part` only the rest. wait_s: on the clock; after that all are unchecked.
    """
    unchecked = [UNCHECKED for _ in lines]
    if _characters(context, *lines) > MAX_CHARACTERS:
        return unchecked
    timeout = Timeout(WAIT_FACTOR * max_work_s if wait_s is None else wait_s)
    question = {"lines": list(lines), "context": context, "max_work_s": max_work_s}
    try:
        with _line_children.child(timeout) as child:
            timeout.check()  # the child may have taken a while to start
            answer = child.ask(question, timeout)
        checks = [StepCheck.from_dict(fields) for fields in answer["checks"]]
        is_usable = answer["is_whole"] or in_part
    except _NOT_CHECKED:
        return unchecked
    return checks if is_usable and len(checks) == len(lines) else unchecked


def read_lines(lines: Sequence[str], reader: LineReader) -> None:
    """Have the lines read, many characters in a child, where they delay no page. Never raises.

    The child does no more work than the reader may. The reader reads them itself where the child
    does not answer, as one that is only starting.
    """
    unread = [line for line in lines if line not in reader.readings]
    left_s = reader.budget.left_s
    answer: dict[str, Any] = {}
    if left_s and reader.has_child and _characters(*unread) > MAX_READ_HERE:
        comma = reader.decimal_comma
        question = {"read": unread, "decimal_comma": comma, "max_work_s": left_s}
        answer = _answer_about("", unread, question, MAX_ANSWER_WAIT_S)
        reader.has_child = bool(answer)
    try:
        reader.take(answer, unread)
    except _NOT_CHECKED:
        reader.read_all(unread)


def next_lines(
    statement: str, lines: Sequence[str], max_work_s: float = MAX_NEXT_LINE_WORK_S
) -> list[OfferedLine]:
    """`solver.next_steps` in a child: the best first; empty where nothing is sure. Never raises."""
    question = {"next_after": list(lines), "context": statement, "max_work_s": max_work_s}
    answer = _answer_about(statement, lines, question, MAX_ANSWER_WAIT_S)
    try:
        return [OfferedLine.from_dict(fields) for fields in answer.get("steps", ())]
    except _NOT_CHECKED:
        return []


def is_solved(
    statement: str, lines: Sequence[str], max_work_s: float = MAX_NEXT_LINE_WORK_S
) -> bool:
    """Whether the last of these lines is what the problem asks for. Never raises."""
    question = {"ended_by": list(lines), "context": statement, "max_work_s": max_work_s}
    answer = _answer_about(statement, lines, question, MAX_ANSWER_WAIT_S)
    return bool(answer.get("is_end"))


def _answer_about(
    statement: str, lines: Sequence[str], question: dict[str, Any], wait_s: float
) -> dict[str, Any]:
    """Empty where no child could be asked."""
    if _characters(statement, *lines) > MAX_CHARACTERS:
        return {}
    timeout = Timeout(wait_s)
    try:
        with _line_children.child(timeout) as child:
            timeout.check()  # the child may have taken a while to start
            return dict(child.ask(question, timeout))
    except _NOT_CHECKED:
        return {}


def solved_lines(statement: str, max_work_s: float = MAX_SOLVING_WORK_S) -> list[OfferedLine]:
    """`solver.solve` in a child: all lines to the end; empty where it does not get there.

    Never raises.
    """
    if _characters(statement) > MAX_CHARACTERS:
        return []
    timeout = Timeout(MAX_ANSWER_WAIT_S)
    try:
        with _line_children.child(timeout) as child:
            timeout.check()  # the child may have taken a while to start
            answer = child.ask({"solve": statement, "max_work_s": max_work_s}, timeout)
        lines = [OfferedLine.from_dict(fields) for fields in answer["steps"]]
        return lines if answer["is_complete"] else []
    except _NOT_CHECKED:
        return []


def _check_last(child: Child, statement: str, steps: Sequence[str], timeout: Timeout) -> Any:
    """The child's answer about the last step, after it has checked the steps new to it.

    Usually only the last step is new, and one question is enough.
    """
    keys = list(_keys(statement, steps))
    begin = {"statement": statement} if len(steps) == 1 else {}
    timeout.check()  # the child may have been busy, or have taken a while to start
    answer = _ask(child, {**begin, "keys": keys, "step": steps[-1]}, timeout)
    if answer is None or "known" not in answer:
        return answer
    for number in range(answer["known"], len(steps)):
        timeout.check()
        # An earlier step that ended a child is left out, so that this child reaches the last one.
        is_passed_over = keys[number + 1] in _fatal and number < len(steps) - 1
        step = "" if is_passed_over else steps[number]
        begin = {"statement": statement} if number == 0 else {}
        question = {**begin, "keys": keys[number : number + 2], "step": step}
        answer = _ask(child, question, timeout)
        if answer is None:
            break
    return answer


def _ask(child: Child, question: dict[str, Any], timeout: Timeout) -> Any:
    answer = None
    try:
        answer = child.ask(question, Timeout(min(MAX_S, timeout.left_s)))
    finally:
        if answer is None:
            _note_fatal(question["keys"][-1])
    return answer


def _note_fatal(key: str) -> None:
    _fatal[key] = None
    if len(_fatal) > _MAX_FATAL:
        _fatal.popitem(last=False)


def _children_for(statement: str) -> ChildPool:
    digest = _digest(statement.encode("utf-8", "surrogatepass"))
    return _children[int.from_bytes(digest[:4]) % CHILDREN]


def _keys(statement: str, steps: Sequence[str]) -> Iterator[str]:
    """One for the solution before its first step, and one after each step."""
    key = b""
    for text in (statement, *steps):
        key = _digest(key + text.encode("utf-8", "surrogatepass"))
        yield key.hex()


def _digest(text: bytes) -> bytes:
    return blake2b(text, digest_size=16).digest()


def _characters(*texts: str) -> int:
    return sum(map(len, texts))
