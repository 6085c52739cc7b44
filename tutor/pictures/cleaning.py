"""Cleans files in a child process that has limits on time and memory."""

import pickle
import subprocess
import sys
from collections.abc import Sequence

from tutor.grading.processes import environment
from tutor.pictures.clean_picture import (
    MAX_PICTURE_BYTES,
    CleanPicture,
    PictureFault,
    RefusedPicture,
)

MAX_CLEANING_S = 60  # on the clock, for all files together


def clean_pictures(files: Sequence[bytes]) -> list[CleanPicture | RefusedPicture]:
    """For each file its picture, or why it has none."""
    data = [file if len(file) <= MAX_PICTURE_BYTES else None for file in files]
    cleaned = iter(_in_child([file for file in data if file is not None]))
    return [
        RefusedPicture(PictureFault.TOO_LARGE) if file is None else next(cleaned) for file in data
    ]


def clean_picture(data: bytes) -> CleanPicture:
    """Raises RefusedPicture."""
    [result] = clean_pictures([data])
    if isinstance(result, RefusedPicture):
        raise result
    return result


def _in_child(files: list[bytes]) -> list[CleanPicture | RefusedPicture]:
    if not files:
        return []
    try:
        done = subprocess.run(  # our own module
            [sys.executable, "-m", "tutor.pictures.child"],
            input=pickle.dumps(files),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MAX_CLEANING_S,
            check=False,
            env=environment.BARE,
        )
    except subprocess.TimeoutExpired:
        return [RefusedPicture(PictureFault.TOO_HARD) for _ in files]
    if done.returncode:
        return [RefusedPicture(PictureFault.TOO_HARD) for _ in files]
    results: list[CleanPicture | tuple[PictureFault, str]] = pickle.loads(done.stdout)  # noqa: S301
    return [
        result if isinstance(result, CleanPicture) else RefusedPicture(*result)
        for result in results
    ]
