"""manage.py doctor: check the installation, and say how to repair what fails."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tutor.operations.check_result import CheckResult
from tutor.operations.doctor import run_checks


class Command(BaseCommand):
    help = "Check everything that this installation needs; status 1 when a check fails."
    # Django's own checks would end the command where the database is down.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--mail", metavar="ADDRESS", help="also send a test email there")

    def handle(self, *, json: bool, mail: str | None, **options: Any) -> None:
        results = []
        for result in run_checks(mail_to=mail):
            results.append(result)
            if not json:
                self.show(result)
        all_well = all(result.is_well for result in results)
        if json:
            self.stdout.write(as_json(results, all_well=all_well))
        if not all_well:
            sys.exit(1)

    def show(self, result: CheckResult) -> None:
        style = self.style.SUCCESS if result.is_well else self.style.ERROR
        mark = style("ok  " if result.is_well else "FAIL")
        remedy = f" -> {result.remedy}" if result.remedy else ""
        self.stdout.write(f"{mark} {result.name:<18} {result.detail}{remedy}")


def as_json(results: list[CheckResult], *, all_well: bool) -> str:
    return json.dumps(
        {"is_well": all_well, "checks": [asdict(result) for result in results]},
        ensure_ascii=False,
        indent=2,
    )
