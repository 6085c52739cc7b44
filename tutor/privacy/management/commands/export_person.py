"""manage.py export_person NAME [FILE]: everything stored about a person, as a ZIP."""

import os
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tutor.privacy.exporting import personal_data
from tutor.privacy.people import user_named


class Command(BaseCommand):
    help = "Write everything stored about a person into a ZIP of JSON Lines."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("file", nargs="?", type=Path, help="file to write (lemma-USERNAME.zip)")

    def handle(self, *, username: str, file: Path | None, **options: Any) -> None:
        data = personal_data(user_named(username))
        file = file or Path(f"lemma-{username}.zip")
        try:
            with open(file, "xb", opener=partial(os.open, mode=0o600)) as written:
                written.write(data)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        self.stdout.write(f"{file}: {len(data)} bytes")
