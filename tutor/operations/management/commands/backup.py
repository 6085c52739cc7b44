"""manage.py backup [PATH]: write everything that must not be lost to one file, while Lemma runs."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from tutor.operations.backups.archive import BackupUnusable, new_name, remove_old
from tutor.operations.backups.backup import make_backup


class Command(BaseCommand):
    help = "Write the database, the secret key and data files to one file, while Lemma runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "path", nargs="?", type=Path, default=Path(), help="folder or file to write"
        )
        parser.add_argument(
            "--keep",
            type=int,
            metavar="N",
            dest="max_backups",
            help="keep the newest N backups in the folder and delete older ones",
        )

    def handle(self, *, path: Path, max_backups: int | None, **options: Any) -> None:
        if max_backups is not None and max_backups < 1:
            raise CommandError("--keep needs a number from 1.")
        try:
            target = path / new_name() if os.path.isdir(path) else path
            if target.exists():
                raise CommandError(f"{target} is there already.")
            make_backup(target)
            old = remove_old(target.parent, max_backups) if max_backups else []
        except (BackupUnusable, DatabaseError, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(f"{target}: {target.stat().st_size / 1e6:.1f} MB")
        for removed in old:
            self.stdout.write(f"{removed} was removed")
