"""manage.py restore FILE: restore the installation from a backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from tutor.operations.backups.archive import BackupUnusable
from tutor.operations.backups.backup import restore_backup


class Command(BaseCommand):
    help = "Restore a backup into an empty database, and bring it up to date with this version."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="replace what is in the database"
        )

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        try:
            restored = restore_backup(file, replaces=replace)
        except (BackupUnusable, DatabaseError, OSError) as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        made_at, lemma = restored.manifest.made_at, restored.manifest.lemma
        self.stdout.write(f"Restored: what Lemma {lemma} had at {made_at}.")
        for note in restored.notes:
            self.stdout.write(f"- {note}")
        self.stdout.write("Now start the web server, the workers and beat.")
