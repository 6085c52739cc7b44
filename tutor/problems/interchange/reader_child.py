"""Reads a file of problems from its input and writes a pickle of them. Run by `reader_client`.

    python -m tutor.problems.interchange.reader_child LANGUAGE INTERFACE LOCALE

LANGUAGE is given to problems that do not name theirs, INTERFACE is the language of messages,
whose translations are in the folder LOCALE. A file that takes too much time or memory ends this
process only. It has no database, no Redis and no secret: it loads the part of Django it needs.
"""

import os
import pickle
import resource
import sys

import django
from django.conf import settings
from django.utils import translation

UNUSABLE, TOO_HARD = 3, 4  # exit statuses; UNUSABLE writes the reason instead of the problems
MAX_CPU_S = 30
MAX_MEMORY = 1024**3  # bytes
_APPS = [
    *("django.contrib.contenttypes", "django.contrib.auth", "accounts"),
    *("tutor.assignments", "tutor.courses", "tutor.pictures", "tutor.problems"),
]


def main(language: str, interface: str, locale: str) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_S, MAX_CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    os.nice(5)  # pages come first
    settings.configure(
        INSTALLED_APPS=_APPS,
        AUTH_USER_MODEL="accounts.User",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LOCALE_PATHS=[locale],
    )
    django.setup()
    # Models can be imported from here on.
    from tutor.problems.interchange.file_reader import read_file
    from tutor.problems.interchange.imported import UnusableFile

    try:
        with translation.override(interface):
            result: object = read_file(sys.stdin.buffer.read(), language)
        status = 0
    except UnusableFile as error:
        result, status = str(error), UNUSABLE
    except (MemoryError, RecursionError):
        return TOO_HARD
    sys.stdout.buffer.write(pickle.dumps(result))
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
