"""Reads an uploaded file of problems: within bounds, or not at all."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tutor.problems.interchange import child
from tutor.problems.interchange.imported import MOST_BYTES, Found, UnusableFile, too_large

LONGEST_S = 60  # on the clock
_ROOT = Path(__file__).parents[2]


def read_apart(data: bytes, language: str) -> list[Found]:
    """As `read_file`, in a process of its own with bounds. Raises UnusableFile."""
    if len(data) > MOST_BYTES:
        raise too_large()
    interface = get_language() or settings.LANGUAGE_CODE
    words = [language, interface, str(settings.LOCALE_PATHS[0])]
    try:
        done = subprocess.run(  # noqa: S603  # our own module
            [sys.executable, "-m", "tutor.problems.interchange.child", *words],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_S,
            check=False,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as error:
        raise _too_hard() from error
    if done.returncode not in (0, child.UNUSABLE):
        raise _too_hard()
    # It is of our own making, and to judge each record again would cost this process as much.
    found: list[Found] | str = pickle.loads(done.stdout)  # noqa: S301
    if isinstance(found, str):
        raise UnusableFile(found)
    return found


def _too_hard() -> UnusableFile:
    return UnusableFile(_("Reading this file takes too long. Bring the questions in parts."))
