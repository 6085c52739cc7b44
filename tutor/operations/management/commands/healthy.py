"""manage.py healthy KIND: check whether that process of this machine works.

`tutor.commands` runs it without starting Django; this one serves `call_command` and `help`.
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tutor.operations import healthy


class Command(BaseCommand):
    help = "Check whether a process of this machine works; status 1, and the reason, if not."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        healthy.add_arguments(parser)

    def handle(self, **options: Any) -> None:
        if status := healthy.report(options["kind"], options["node"], options["address"]):
            sys.exit(status)
