"""Reads a file of problems, or writes one, apart from the web server. Run by `child_client`.

    python -m tutor.problems.interchange.child read LANGUAGE INTERFACE LOCALE
    python -m tutor.problems.interchange.child write KIND INTERFACE LOCALE

LANGUAGE is given to problems that do not name theirs, with a comma behind it where the file writes
2,5 for two and a half. KIND is that of the file to write, INTERFACE
is the language of messages, whose translations are in the folder LOCALE. What takes too much time
or memory ends this process only. It has no database, no Redis and no secret: it loads the part of
Django it needs.
"""

import os
import pickle
import resource
import sys

import django
from django.conf import settings
from django.utils import translation

UNUSABLE, TOO_HARD = 3, 4  # exit statuses; UNUSABLE writes the reason instead of the problems
MAX_CPU_S = {"read": 30, "write": 60}
MAX_MEMORY = 1024**3  # bytes
_APPS = [
    *("django.contrib.contenttypes", "django.contrib.auth", "accounts"),
    *("tutor.assignments", "tutor.courses", "tutor.pictures", "tutor.problems"),
]


def main(act: str, detail: str, interface: str, locale: str) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_S[act], MAX_CPU_S[act]))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    os.nice(5)  # pages come first
    settings.configure(
        INSTALLED_APPS=_APPS,
        AUTH_USER_MODEL="accounts.User",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LOCALE_PATHS=[locale],
    )
    django.setup()
    try:
        with translation.override(interface):
            return _read(detail) if act == "read" else _write(detail)
    except (MemoryError, RecursionError):
        return TOO_HARD


# Models can be imported only after `django.setup`.


def _read(detail: str) -> int:
    """Writes a pickle of the problems that are in its input."""
    from tutor.problems.interchange.file_reader import read_file
    from tutor.problems.interchange.imported import UnusableFile

    language, comma, _rest = detail.partition(",")
    try:
        data = sys.stdin.buffer.read()
        result: object = read_file(data, language, writes_commas=bool(comma))
        status = 0
    except UnusableFile as error:
        result, status = str(error), UNUSABLE
    sys.stdout.buffer.write(pickle.dumps(result))
    return status


def _write(kind: str) -> int:
    """Writes a file of the records and pictures of which its input is a pickle."""
    from tutor.problems.interchange.file_writer import write_file

    records, pictures = pickle.load(sys.stdin.buffer)  # noqa: S301  # our own parent wrote it
    sys.stdout.buffer.write(write_file(kind, records, pictures))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
