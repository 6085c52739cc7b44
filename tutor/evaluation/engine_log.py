"""Redirects the output of an engine and its processes to a file of the run."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

_MAX_BYTES = 200_000  # read from the end of a log
_ERROR = re.compile(r"\b(?!Cancelled)(?=\w*?(?:Error|Exception|OOM))\w++: (\S.*)")
_MEMORY = re.compile(r"out of memory|allocate memory|MemoryError|(?:free|available) memory", re.I)
# Messages that only refer to the cause.
_REFERENCE = re.compile(r"(?:: )?Engine ?[Cc]ore (?:initialization failed|encountered an issue).*")


@contextmanager
def engine_log(path: Path) -> Iterator[TextIO]:
    """Redirect standard error to the file, also that of processes started meanwhile.

    Yields the former standard error.
    """
    if not _is_standard(sys.stderr):  # a test captures it
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
    """The engine's error with the cause from its log, instead of a reference to the log."""
    cause = cause_in(path)
    return f"{_REFERENCE.sub('', error)}: {cause} (its log is {path})" if cause else error


def cause_in(path: Path) -> str:
    """The last error in the log, or the last one about memory; "" if there is none."""
    if not path.exists():
        return ""
    text = path.read_bytes()[-_MAX_BYTES:].decode(errors="replace")
    errors = [match[1].strip() for match in _ERROR.finditer(text)]
    causes = [error for error in errors if not _REFERENCE.search(error)]
    of_memory = [cause for cause in causes if _MEMORY.search(cause)]
    if of_memory:
        return f"there was not enough memory: {of_memory[-1]:.300}"
    return f"{causes[-1]:.300}" if causes else ""


def _is_standard(stream: TextIO) -> bool:
    try:
        return stream.fileno() == 2
    except (io.UnsupportedOperation, ValueError):
        return False
