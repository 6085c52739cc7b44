"""Find the person that a command is about."""

from django.core.management.base import CommandError

from accounts.models import User


def user_named(username: str) -> User:
    """Raises CommandError."""
    try:
        return User.objects.get(username=username)
    except User.DoesNotExist as error:
        raise CommandError(f"nobody has the user name {username!r}") from error
