"""Django's commands with Lemma's settings: `manage.py` in a checkout, `lemma` elsewhere."""

import os
import sys

from django.core.management import execute_from_command_line

from tutor.environment import sentence_at_start
from tutor.operations import healthy


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutor.settings")
    with sentence_at_start():
        if sys.argv[1:2] == ["healthy"]:  # asked all day, and needs no app
            sys.exit(healthy.main(sys.argv[2:]))
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
