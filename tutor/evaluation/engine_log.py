"""What an engine and its processes write, in a file of the run and not between our own lines."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

_LOOKED_AT = 200_000  # bytes at the end of a log
_ERROR = re.compile(r"\b(?!Cancelled)(?=\w*?(?:Error|Exception|OOM))\w++: (\S.*)")
_MEMORY = re.compile(r"out of memory|allocate memory|MemoryError|(?:free|available) memory", re.I)
# Which only point to the cause.
_POINTS = re.compile(r"(?:: )?Engine ?[Cc]ore (?:initialization failed|encountered an issue).*")


@contextmanager
def engine_log(path: Path) -> Iterator[TextIO]:
    """Inside, standard error is the file, for every process that starts there too.

    Yields what standard error was before.
    """
    if not _is_standard(sys.stderr):  # a test listens
        yield sys.stderr
        return
    sys.stderr.flush()
    terminal = os.fdopen(os.dup(2), "w", encoding="utf-8")
    try:
        with path.open("wb") as log:
            os.dup2(log.fileno(), 2)
        yield terminal
    finally:
        sys.stderr.flush()
        terminal.flush()
        os.dup2(terminal.fileno(), 2)
        terminal.close()


def with_cause(error: str, path: Path) -> str:
    """An engine's error with what its log says of it, in place of where it says to look."""
    cause = cause_in(path)
    return f"{_POINTS.sub('', error)}: {cause} (its log is {path})" if cause else error


def cause_in(path: Path) -> str:
    """The error that a log ends with, one of memory before others; "" where none is in it."""
    if not path.exists():
        return ""
    text = path.read_bytes()[-_LOOKED_AT:].decode(errors="replace")
    errors = [found[1].strip() for found in _ERROR.finditer(text)]
    causes = [error for error in errors if not _POINTS.search(error)]
    of_memory = [cause for cause in causes if _MEMORY.search(cause)]
    if of_memory:
        return f"there was not enough memory: {of_memory[-1]:.300}"
    return f"{causes[-1]:.300}" if causes else ""


def _is_standard(stream: TextIO) -> bool:
    try:
        return stream.fileno() == 2
    except (io.UnsupportedOperation, ValueError):
        return False
