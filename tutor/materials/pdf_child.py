"""Read a PDF from standard input and write the text of its pages as JSON. Run by `reading`.

    python -m tutor.materials.pdf_child

A file that unpacks to gigabytes, or sends the reader in circles, ends only this process.
"""

import json
import logging
import resource
import sys
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, LimitReachedError

from tutor.materials.pdf_answers import LOCKED, MAX_CHARACTERS, TOO_HARD, TOO_LONG

MAX_CPU_S = 30
MAX_MEMORY = 1024**3  # bytes
MAX_PAGES = 500


class TooLong(Exception):
    """More pages or characters than are read."""


class Locked(Exception):
    """Nothing can be read without a password."""


def pages_of(data: bytes) -> Iterator[str]:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Locked
    if len(reader.pages) > MAX_PAGES:
        raise TooLong
    left = MAX_CHARACTERS
    for page in reader.pages:
        text = page.extract_text()
        left -= len(text)
        if left < 0:
            raise TooLong
        yield text


def main() -> int:
    logging.disable()  # a broken file may cause a warning for each of its bytes
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_S, MAX_CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
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
