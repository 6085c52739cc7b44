"""Check passwords, with exactly one slow hash for each try, whether or not the account exists."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.lookup import account_called
from accounts.models import User, people_with_key


class PasswordBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """Replaces allauth's lookup, which tries user name and address and may hash several times.

    Whoever has looked the account up hands it on as a credential of its own, `account`.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User:
        user: User | None = super().authenticate(request, **credentials)
        if user is None:
            # Stops here: later backends exist only for the sessions that they began.
            raise PermissionDenied
        return user

    def get_user(self, user_id: int) -> User | None:
        """As Django's, which composes its query anew for every page."""
        user = next(iter(people_with_key(user_id)), None)
        return user if user and self.user_can_authenticate(user) else None

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        user: User | None
        if "account" in credentials:
            user = credentials["account"]
        else:
            user = account_called(credentials.get("username") or credentials.get("email") or "")
        password = credentials["password"]
        checked: User | None = self._check_password(user, password)
        if user and not checked and user.has_one_time_password:
            self._mitigate_timing_attack(password)  # a one-time password has a quick hash
        return checked
