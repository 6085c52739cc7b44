"""manage.py doctor: is everything there that an installation needs, and if not, what to do?"""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tutor.operations.doctor import examine
from tutor.operations.findings import Finding


class Command(BaseCommand):
    help = "Check everything that this installation needs; status 1 when something is not well."
    # The checks of Django's own would end the command where the database is down.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object for a program")
        parser.add_argument("--mail", metavar="ADDRESS", help="send a mail there too")

    def handle(self, *, json: bool, mail: str | None, **options: Any) -> None:
        findings = []
        for finding in examine(mail_to=mail):
            findings.append(finding)
            if not json:
                self.show(finding)
        all_well = all(finding.is_well for finding in findings)
        if json:
            self.stdout.write(as_json(findings, all_well=all_well))
        if not all_well:
            sys.exit(1)

    def show(self, finding: Finding) -> None:
        style = self.style.SUCCESS if finding.is_well else self.style.ERROR
        mark = style("ok  " if finding.is_well else "FAIL")
        remedy = f" -> {finding.remedy}" if finding.remedy else ""
        self.stdout.write(f"{mark} {finding.name:<18} {finding.detail}{remedy}")


def as_json(findings: list[Finding], *, all_well: bool) -> str:
    return json.dumps(
        {"is_well": all_well, "findings": [asdict(finding) for finding in findings]},
        ensure_ascii=False,
        indent=2,
    )
