"""A file of problems comes in, what is in it goes out as a pickle. Run by `reading` alone.

    python -m tutor.problems.interchange.child LANGUAGE INTERFACE LOCALE

LANGUAGE is that of problems that do not say theirs, INTERFACE that of the sentences, which are in
the folder LOCALE. A file that leads its reader in circles ends this process only. It knows no
database, no Redis and no secret: of Django it has what reading needs.
"""

import os
import pickle
import resource
import sys

import django
from django.conf import settings
from django.utils import translation

UNUSABLE, TOO_HARD = 3, 4  # exit statuses; with the first a sentence comes out
MOST_CPU_S = 30
MOST_MEMORY = 1024**3  # bytes
_APPS = [
    *("django.contrib.contenttypes", "django.contrib.auth", "accounts"),
    *("tutor.assignments", "tutor.courses", "tutor.problems"),
]


def main(language: str, interface: str, locale: str) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    os.nice(5)  # pages come first
    settings.configure(
        INSTALLED_APPS=_APPS,
        AUTH_USER_MODEL="accounts.User",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LOCALE_PATHS=[locale],
    )
    django.setup()
    # It imports models, which are known from here on.
    from tutor.problems.interchange.imported import UnusableFile, read_file

    try:
        with translation.override(interface):
            found: object = read_file(sys.stdin.buffer.read(), language)
        status = 0
    except UnusableFile as error:
        found, status = str(error), UNUSABLE
    except (MemoryError, RecursionError):
        return TOO_HARD
    sys.stdout.buffer.write(pickle.dumps(found))
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
