"""Reads an uploaded file in a child process that has limits on time and memory."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tutor.problems.interchange import reader_child
from tutor.problems.interchange.imported import (
    MAX_BYTES,
    ImportedProblem,
    UnusableFile,
    too_large,
)

MAX_S = 60  # wall clock
_ROOT = Path(__file__).parents[3]


def read_in_child(data: bytes, language: str) -> list[ImportedProblem]:
    """`read_file` in a child process. Raises UnusableFile, also where the child hits a limit."""
    if len(data) > MAX_BYTES:
        raise too_large()
    interface = get_language() or settings.LANGUAGE_CODE
    arguments = [language, interface, str(settings.LOCALE_PATHS[0])]
    try:
        child = subprocess.run(  # noqa: S603  # our own module
            [sys.executable, "-m", "tutor.problems.interchange.reader_child", *arguments],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MAX_S,
            check=False,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as error:
        raise _too_hard() from error
    if child.returncode not in (0, reader_child.UNUSABLE):
        raise _too_hard()
    # Our own child wrote it; checking each record again would cost this process as much.
    problems: list[ImportedProblem] | str = pickle.loads(child.stdout)  # noqa: S301
    if isinstance(problems, str):
        raise UnusableFile(problems)
    return problems


def _too_hard() -> UnusableFile:
    return UnusableFile(_("Reading this file takes too long. Split it and import the parts."))
