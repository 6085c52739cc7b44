"""Reads an uploaded file, or writes one, in a child process that has limits on time and memory."""

import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tutor.grading.processes import environment
from tutor.problems.interchange import child
from tutor.problems.interchange.imported import (
    MAX_BYTES,
    ImportedProblem,
    UnusableFile,
    too_large,
)
from tutor.problems.records import ProblemRecord

MAX_CHILD_S = 60  # on the clock, to read or write one file


class TooMuchToWrite(Exception):
    """The child hit a limit: there are too many problems for one file."""


def read_in_child(
    data: bytes, language: str, *, writes_commas: bool = False
) -> list[ImportedProblem]:
    """`read_file` in a child process. Raises UnusableFile, also where the child hits a limit."""
    if len(data) > MAX_BYTES:
        raise too_large()
    done = _run("read", f"{language}," if writes_commas else language, data)
    if done is None or done.returncode not in (0, child.UNUSABLE):
        raise UnusableFile(_("Reading this file takes too long. Split it and import the parts."))
    # Our own child wrote it; checking each record again would cost this process as much.
    problems: list[ImportedProblem] | str = pickle.loads(done.stdout)  # noqa: S301
    if isinstance(problems, str):
        raise UnusableFile(problems)
    return problems


def write_in_child(
    kind: str, records: Sequence[ProblemRecord], pictures: Mapping[str, bytes]
) -> bytes:
    """`write_file` in a child process. Raises TooMuchToWrite."""
    done = _run("write", kind, pickle.dumps((records, pictures)))
    if done is None or done.returncode:
        raise TooMuchToWrite
    return done.stdout


def _run(act: str, detail: str, data: bytes) -> "subprocess.CompletedProcess[bytes] | None":
    """None where it takes too long."""
    interface = get_language() or settings.LANGUAGE_CODE
    arguments = [act, detail, interface, str(settings.LOCALE_PATHS[0])]
    try:
        return subprocess.run(  # noqa: S603  # our own module
            [sys.executable, "-m", "tutor.problems.interchange.child", *arguments],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MAX_CHILD_S,
            check=False,
            env=environment.BARE,
        )
    except subprocess.TimeoutExpired:
        return None
