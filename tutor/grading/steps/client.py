"""Checks steps in child processes: whatever a step makes the checker do, it holds up nobody.

The caller gives a solution from its beginning each time. The child remembers how far it has come
with it and checks only what is new; where it had to be killed, another one goes through the
earlier steps again.
"""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Any

from tutor.grading.processes.deadline import DeadlinePassed, Timeout, add_help
from tutor.grading.processes.pool import Child, Children
from tutor.grading.steps.checks import ClaimCheck, ClaimRelation, StepCheck, StepVerdict, Witness

CHILDREN = min(4, os.cpu_count() or 1)
MAX_S = 2.0  # of one step, the start of the child apart
WITHIN_S = 2.0
MAX_CHARACTERS = 100_000  # of all that is given at once
UNCHECKED = StepCheck(StepVerdict.UNCHECKED)

# Each has one place: a solution always goes to the same one, which knows it already.
_START = "from tutor.grading.steps.child import serve; serve()"
_children = [Children(_START, 1) for _ in range(CHILDREN)]

# Where a step ended the child that checked it. The newest of them; a dictionary keeps the order.
_fatal: OrderedDict[str, None] = OrderedDict()
_MAX_FATAL = 1_000

# After an update a child may be of another version than the process that asks it.
_NOT_CHECKED = (DeadlinePassed, OSError, ValueError, TypeError, KeyError)


def warm_up() -> None:
    """Starts the children, so that the first step finds them loaded: for a worker's start."""
    for children in _children:
        children.warm_up(1)


def check_step(statement: str, steps: Sequence[str], within_s: float = WITHIN_S) -> StepCheck:
    """The verdict on the last of `steps`; it may rest on the earlier ones.

    within_s: seconds, with those in which the child is busy for others. Never raises: what was
    not checked by then is unchecked.
    """
    if not steps or _characters(statement, *steps) > MAX_CHARACTERS:
        return UNCHECKED
    timeout = Timeout(within_s)
    try:
        with _children_for(statement).child(timeout) as child:
            return read_check(_last_of(child, statement, steps, timeout))
    except _NOT_CHECKED:
        return UNCHECKED


def check_lines(
    lines: Sequence[str], context: str = "", within_s: float = WITHIN_S
) -> list[StepCheck]:
    """What `steps.check_derivation` says; never raises.

    within_s: seconds of all lines together, after which all of them are unchecked.
    """
    unchecked = [UNCHECKED for _ in lines]
    if _characters(context, *lines) > MAX_CHARACTERS:
        return unchecked
    timeout = Timeout(within_s)
    try:
        with _children_for(context).child(timeout) as child:
            timeout.check()  # the child may have taken a while to start
            began_at = time.monotonic()
            try:
                found = child.ask({"lines": list(lines), "context": context}, timeout)
            finally:
                add_help(time.monotonic() - began_at)
        checks = [read_check(fields) for fields in found]
    except _NOT_CHECKED:
        return unchecked
    return checks if len(checks) == len(lines) else unchecked


def read_check(fields: dict[str, Any]) -> StepCheck:
    """A check from its `to_dict`, which may have been JSON meanwhile."""
    claims = tuple(_read_claim(claim) for claim in fields["claims"])
    return StepCheck(**{**fields, "verdict": StepVerdict(fields["verdict"]), "claims": claims})


def _read_claim(fields: dict[str, Any]) -> ClaimCheck:
    witness = fields["witness"]
    typed = {
        "verdict": StepVerdict(fields["verdict"]),
        "relation": ClaimRelation(fields["relation"]),
        "witness": None if witness is None else Witness(**witness),
    }
    return ClaimCheck(**{**fields, **typed})


def _last_of(child: Child, statement: str, steps: Sequence[str], timeout: Timeout) -> Any:
    """Have the child check the steps that it does not know yet; what it says of the last one.

    Most often it knows all but that one, and is asked once.
    """
    places = list(_places(statement, steps))
    begin = {"statement": statement} if len(steps) == 1 else {}
    timeout.check()  # the child may have been busy, or have taken a while to start
    found = _ask(child, {**begin, "places": places, "step": steps[-1]}, timeout)
    if found is None or "known" not in found:
        return found
    for number in range(found["known"], len(steps)):
        timeout.check()
        # What ended an earlier child must not end this one, which is asked for a later step.
        is_passed_over = places[number + 1] in _fatal and number < len(steps) - 1
        step = "" if is_passed_over else steps[number]
        begin = {"statement": statement} if number == 0 else {}
        question = {**begin, "places": places[number : number + 2], "step": step}
        found = _ask(child, question, timeout)
        if found is None:
            break
    return found


def _ask(child: Child, question: dict[str, Any], timeout: Timeout) -> Any:
    found = None
    try:
        found = child.ask(question, _soon(timeout))
    finally:
        if found is None:
            _note_fatal(question["places"][-1])
    return found


def _note_fatal(place: str) -> None:
    _fatal[place] = None
    if len(_fatal) > _MAX_FATAL:
        _fatal.popitem(last=False)


def _soon(timeout: Timeout) -> Timeout:
    return Timeout(min(MAX_S, timeout.left_s))


def _children_for(statement: str) -> Children:
    digest = _digest(statement.encode("utf-8", "surrogatepass"))
    return _children[int.from_bytes(digest[:4]) % CHILDREN]


def _places(statement: str, steps: Sequence[str]) -> Iterator[str]:
    """A name for each place of a solution, before its first step and after each of them."""
    place = b""
    for text in (statement, *steps):
        place = _digest(place + text.encode("utf-8", "surrogatepass"))
        yield place.hex()


def _digest(text: bytes) -> bytes:
    return blake2b(text, digest_size=16).digest()


def _characters(*texts: str) -> int:
    return sum(map(len, texts))
