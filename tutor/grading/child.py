"""SymPy, in waiting child processes with limits, that are killed and replaced.

Nothing here imports SymPy: symbols.py does, in the child.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import select
import subprocess
import sys
from pathlib import Path

from tutor.grading.deadline import Deadline, DeadlinePassed
from tutor.grading.terms import (
    Add,
    Call,
    Const,
    Div,
    Fold,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    walk,
)

CHILDREN = 2
LONGEST_S = 1.0  # of one question, the start of the child apart
MAX_PARTS = 150  # of the two expressions together
_ROOT = Path(__file__).parents[2]
_START = "from tutor.grading.symbols import serve; serve()"


class _Child:
    """One process; says "ready" once SymPy is loaded, then one line for each question."""

    def __init__(self) -> None:
        # A bare environment: nothing of ours is a pupil's business.
        environment = {"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        self.ready = False
        self.buffer = b""

    def ask(self, question: object, deadline: Deadline) -> object:
        """Raises DeadlinePassed, or BrokenPipeError when the process died."""
        if not self.ready:
            self.line(deadline)
            self.ready = True
        deadline = Deadline.within(min(LONGEST_S, deadline.left_s))
        assert self.process.stdin is not None  # noqa: S101 - for the type checker
        self.process.stdin.write(json.dumps(question).encode() + b"\n")
        self.process.stdin.flush()
        return json.loads(self.line(deadline))

    def line(self, deadline: Deadline) -> bytes:
        assert self.process.stdout is not None  # noqa: S101 - for the type checker
        while b"\n" not in self.buffer:
            readable, _, _ = select.select([self.process.stdout], [], [], deadline.left_s)
            if not readable:
                raise DeadlinePassed
            more = os.read(self.process.stdout.fileno(), 65_536)
            if not more:
                raise BrokenPipeError
            self.buffer += more
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.close()

    def close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:  # what we had not sent yet
                    continue


class _Pool:
    """Places for children, taken in the order of asking; a child starts with its first question."""

    def __init__(self) -> None:
        self.places: queue.Queue[_Child | None] = queue.Queue()
        self.children: list[_Child] = []
        for _ in range(CHILDREN):
            self.places.put(None)

    def ask(self, question: object, deadline: Deadline) -> object:
        try:
            child = self.places.get(timeout=max(deadline.left_s, 0.001))
        except queue.Empty:
            raise DeadlinePassed from None
        try:
            if child is not None and child.process.poll() is not None:
                self.drop(child)  # it died while it waited
                child = None
            child = child or self.start()
            return child.ask(question, deadline)
        except (DeadlinePassed, OSError, ValueError) as error:
            # One that still loads SymPy may be ready for the next question.
            if child is not None and (child.ready or not isinstance(error, DeadlinePassed)):
                self.drop(child)
                child = None
            if isinstance(error, DeadlinePassed):
                raise
            return None
        finally:
            self.places.put(child)

    def start(self) -> _Child:
        child = _Child()
        self.children.append(child)
        return child

    def warm_up(self) -> None:
        for _ in range(CHILDREN):
            self.places.put(self.places.get() or self.start())

    def drop(self, child: _Child) -> None:
        child.kill()
        self.children.remove(child)

    def close(self) -> None:
        for child in self.children:
            child.kill()
        self.children.clear()


_pool = _Pool()
_inherited: list[_Pool] = []


def _after_fork() -> None:
    """The parent's children are the parent's; its pipes are closed here, or they never end."""
    global _pool
    for child in _pool.children:
        child.close()
    _inherited.append(_pool)  # kept: a collected Popen would wait for a process not its own
    _pool = _Pool()


def _at_exit() -> None:
    _pool.close()


os.register_at_fork(after_in_child=_after_fork)
atexit.register(_at_exit)


def warm_up() -> None:
    """Starts the children, so that the first question finds SymPy loaded: for a worker's start."""
    _pool.warm_up()


def same_by_symbols(left: Term, right: Term, deadline: Deadline) -> bool | None:
    """What SymPy proves; None when it proves nothing. Raises DeadlinePassed."""
    if sum(1 for term in (left, right) for _ in walk(term)) > MAX_PARTS:
        return None
    try:
        question = [_written(left), _written(right)]
    except TypeError:
        return None
    answer = _pool.ask(question, deadline)
    return answer if isinstance(answer, bool) else None


def _written(term: Term | None) -> object:
    """The tree as lists, for JSON."""
    match term:
        case None:
            return None
        case Num(value):
            return ["num", value.numerator, value.denominator]
        case Const(name) | Sym(name):
            return ["const" if isinstance(term, Const) else "sym", name]
        case Add(parts) | Mul(parts):
            return [type(term).__name__.lower(), *(_written(part) for part in parts)]
        case Neg(part):
            return ["neg", _written(part)]
        case Div(a, b) | Pow(a, b) | Root(a, b):
            return [type(term).__name__.lower(), _written(a), _written(b)]
        case Call(name, args):
            return ["call", name, *(_written(arg) for arg in args)]
        case Fold(kind, body, name, low, high):
            return [kind, _written(body), name, _written(low), _written(high)]
    raise TypeError(f"SymPy is not asked about {term!r}")
