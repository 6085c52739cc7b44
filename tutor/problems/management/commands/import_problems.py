"""manage.py import_problems FILE … | --starter: take JSON Lines files, each whole or not at all."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tutor.problems.bank.topic_files import read_topic, topic_files
from tutor.problems.interchange.jsonl import read_records, store_records
from tutor.problems.records import ProblemRecord

STARTER_BANK = Path(__file__).resolve().parent.parent.parent / "starter"


class Command(BaseCommand):
    help = "Import problems from JSON Lines files; none of a file that has an unusable line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--starter", action="store_true", help="problems that come with Lemma")

    def handle(self, *, files: list[Path], starter: bool, **options: Any) -> None:
        bank = sorted(STARTER_BANK.glob("*.jsonl")) if starter else []
        for topic in topic_files() if starter else []:
            self.store(topic, read_topic(topic), is_public=True)
        files = [*bank, *files]
        if not files:
            raise CommandError("Name one or more files, or --starter for Lemma's own problems.")
        refused = [file for file in files if not self.take(file, is_public=file in bank)]
        if refused:
            raise CommandError(f"Nothing was taken from {', '.join(map(str, refused))}.")

    def take(self, file: Path, *, is_public: bool) -> bool:
        try:
            lines = file.read_bytes().splitlines()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        records, rejections = read_records(lines)
        for rejection in rejections:
            self.stderr.write(f"{file}:{rejection.line}: {rejection.reason}")
        if rejections:
            return False
        self.store(file, records, is_public=is_public)
        return True

    def store(self, file: Path, records: list[ProblemRecord], *, is_public: bool) -> None:
        changed = store_records(records, is_public=is_public)
        self.stdout.write(f"{file}: {len(records)} problems, {changed} new or changed")
