"""manage.py import_problems FILE …: take JSON Lines files, each whole or not at all."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tutor.problems.exchange import read_records, store_records


class Command(BaseCommand):
    help = "Import problems from JSON Lines files; a file with an unusable line is refused whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *, files: list[Path], **options: Any) -> None:
        refused = [file for file in files if not self.take(file)]
        if refused:
            raise CommandError(f"Nothing was taken from {', '.join(map(str, refused))}.")

    def take(self, file: Path) -> bool:
        try:
            lines = file.read_bytes().splitlines()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        records, rejections = read_records(lines)
        for rejection in rejections:
            self.stderr.write(f"{file}:{rejection.line}: {rejection.reason}")
        if rejections:
            return False
        changed = store_records(records)
        self.stdout.write(f"{file}: {len(records)} problems, {changed} new or changed")
        return True
