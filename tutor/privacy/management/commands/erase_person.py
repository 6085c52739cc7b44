"""manage.py erase_person NAME: erase a person, after saying what goes and what stays."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from tutor.privacy.erasing import erase, left_alone
from tutor.privacy.people import named
from tutor.privacy.policy import kept_counts, own_counts


class Command(BaseCommand):
    help = "Erase a person: their rows go, what others need stays without them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--yes", action="store_true", help="do it without asking")

    def handle(self, *, username: str, yes: bool, **options: Any) -> None:
        person = named(username)
        others = User.objects.filter(is_active=True, is_superuser=True).exclude(pk=person.pk)
        if person.is_active and person.is_superuser and not others.exists():
            raise CommandError(f"{username} is the last active administrator: make another first")
        if not yes:
            self.show("What goes:", own_counts(person.pk))
            self.show("What stays, without the person:", kept_counts(person.pk))
            for section in left_alone([person]):
                self.stdout.write(f"Nobody else teaches {section}.")
            if input("It cannot be undone. The user name once more, to go on: ") != username:
                raise CommandError("nothing was erased")
        erasure = erase(person, by=None)
        self.show("Erased:", erasure.gone)

    def show(self, title: str, counts: dict[str, int]) -> None:
        self.stdout.write(title)
        for name, count in counts.items():
            self.stdout.write(f"  {name}: {count}")
