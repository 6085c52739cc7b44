"""manage.py export_problems: write problems, stored answers included, as JSON Lines."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tutor.problems.content import InvalidRecord
from tutor.problems.interchange.jsonl import write_lines
from tutor.problems.models import Problem


class Command(BaseCommand):
    help = "Export problems as JSON Lines that import_problems reads back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", type=Path, metavar="FILE", help="write to this file")
        parser.add_argument("--skill", help="only problems of this skill and those below it")

        parser.add_argument(
            "--variant",
            type=int,
            metavar="SEED",
            help="fill in the parameters with this seed, for `tutor.evaluation`",
        )

    def handle(
        self,
        *,
        output: Path | None,
        skill: str | None,
        variant: int | None = None,
        **options: Any,
    ) -> None:
        problems = Problem.objects.with_content().filter(current__isnull=False)
        if skill:
            problems = problems.filter(skills__name__startswith=skill).distinct()
        records = (problem.record() for problem in problems)
        if variant is not None:
            records = (record.variant(variant) for record in records)
        lines = write_lines(records)
        try:
            if output is None:
                sys.stdout.writelines(lines)
                return
            with output.open("w", encoding="utf-8") as file:
                file.writelines(lines)
        except InvalidRecord as error:  # a template without values
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
