"""A request whose user is known to be signed in (for type checking)."""

from django.http import HttpRequest

from accounts.models import User


class AuthedRequest(HttpRequest):
    user: User
