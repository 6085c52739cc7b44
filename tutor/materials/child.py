"""A PDF comes in, the text of its pages goes out as JSON. Run by `reading` alone.

    python -m tutor.materials.child

A file that unpacks to gigabytes, or leads the reader in circles, ends this process only.
"""

import json
import logging
import resource
import sys
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, LimitReachedError

LOCKED, TOO_LONG, TOO_HARD = 3, 4, 5  # exit statuses; any other than 0: it is damaged
MOST_CPU_S = 30
MOST_MEMORY = 1024**3  # bytes
MOST_PAGES = 500
MOST_CHARACTERS = 1_500_000


class TooLong(Exception):
    """More pages or characters than are read."""


class Locked(Exception):
    """Nothing can be read without a password."""


def pages_of(data: bytes) -> Iterator[str]:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Locked
    if len(reader.pages) > MOST_PAGES:
        raise TooLong
    left = MOST_CHARACTERS
    for page in reader.pages:
        text = page.extract_text()
        left -= len(text)
        if left < 0:
            raise TooLong
        yield text


def main() -> int:
    logging.disable()  # a broken file may be warned about at each of its bytes
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        pages = list(pages_of(sys.stdin.buffer.read()))
    except (Locked, DependencyError):  # some ways of locking need another library
        return LOCKED
    except TooLong:
        return TOO_LONG
    except (LimitReachedError, MemoryError, RecursionError):
        return TOO_HARD
    sys.stdout.write(json.dumps(pages))
    return 0


if __name__ == "__main__":
    sys.exit(main())
