"""manage.py erase_person NAME: erase a person, after showing what will be deleted."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from tutor.privacy.erasing import erase, left_without_teacher
from tutor.privacy.people import user_named
from tutor.privacy.policy import detached_counts, own_counts


class Command(BaseCommand):
    help = "Erase a person: delete their rows, and remove them from rows that others need."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--yes", action="store_true", help="erase without asking")

    def handle(self, *, username: str, yes: bool, **options: Any) -> None:
        person = user_named(username)
        administrators = User.objects.filter(is_active=True, is_superuser=True)
        is_last = not administrators.exclude(pk=person.pk).exists()
        if person.is_active and person.is_superuser and is_last:
            raise CommandError(f"{username} is the last active administrator: make another first")
        if not yes:
            self.show("Will be deleted:", own_counts(person.pk))
            self.show("Will be kept without the person's name:", detached_counts(person.pk))
            for section in left_without_teacher([person]):
                self.stdout.write(f"Then nobody teaches {section}.")
            if input("This cannot be undone. Type the user name again to go on: ") != username:
                raise CommandError("nothing was erased")
        erasure = erase(person, by=None)
        self.show("Erased:", erasure.gone)

    def show(self, title: str, counts: dict[str, int]) -> None:
        self.stdout.write(title)
        for name, count in counts.items():
            self.stdout.write(f"  {name}: {count}")
