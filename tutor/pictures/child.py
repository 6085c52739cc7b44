"""Reads a pickled list of files and writes what is left of each. Run by `cleaning`.

    python -m tutor.pictures.child

A file that unpacks to gigabytes, or finds a mistake in a decoder, ends this process only: it has
no database, no Redis and no secret.
"""

import os
import pickle
import resource
import sys

from tutor.pictures.clean_file import clean_file
from tutor.pictures.clean_picture import CleanPicture, PictureFault, RefusedPicture

MAX_CPU_S = 30
MAX_MEMORY = 1024**3  # bytes


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_S, MAX_CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    os.nice(5)  # pages come first
    files: list[bytes] = pickle.load(sys.stdin.buffer)  # noqa: S301  # our own parent wrote it
    pickle.dump([_cleaned(data) for data in files], sys.stdout.buffer)
    return 0


def _cleaned(data: bytes) -> CleanPicture | tuple[PictureFault, str]:
    try:
        return clean_file(data)
    except RefusedPicture as error:
        return error.fault, error.detail
    except (MemoryError, RecursionError):
        return PictureFault.TOO_HARD, ""


if __name__ == "__main__":
    sys.exit(main())
