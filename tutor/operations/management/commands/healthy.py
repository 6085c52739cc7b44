"""manage.py healthy KIND: does that process of this machine live and work?

`tutor.commands` runs it without starting Django; this is for `call_command` and the list of all.
"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tutor.operations import healthy


class Command(BaseCommand):
    help = "Whether a process of this machine works; status 1, and why, where it does not."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        healthy.add_arguments(parser)

    def handle(self, **options: Any) -> None:
        if status := healthy.report(options["kind"], options["node"], options["address"]):
            sys.exit(status)
