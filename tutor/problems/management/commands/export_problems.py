"""manage.py export_problems: write problems, stored answers included, as JSON Lines."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tutor.problems.exchange import write_records
from tutor.problems.models import Problem


class Command(BaseCommand):
    help = "Export problems as JSON Lines that import_problems reads back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", type=Path, metavar="FILE", help="instead of the terminal")
        parser.add_argument("--skill", help="only problems of this skill and those below it")

    def handle(self, *, output: Path | None, skill: str | None, **options: Any) -> None:
        problems = Problem.objects.with_content().filter(current__isnull=False)
        if skill:
            problems = problems.filter(skills__name__startswith=skill).distinct()
        lines = write_records(problems)
        if output is None:
            sys.stdout.writelines(lines)
            return
        try:
            with output.open("w", encoding="utf-8") as file:
                file.writelines(lines)
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
