"""Find the account that a typed user name or address means."""

from allauth.account.models import EmailAddress

from accounts.models import User


def account_called(login: str) -> User | None:
    """None if `login` means nobody, or several people."""
    if "@" not in login:
        return _named(login)
    # A confirmed address comes before a user name that looks like it.
    return _confirmed(login) or _named(login) or _given(login)


def account_at(address: str) -> User | None:
    """Who gets mail for `address`: whoever confirmed it, or else whoever entered it first."""
    return _confirmed(address) or _given(address)


def _named(username: str) -> User | None:
    username = User.normalize_username(username)  # an ü may be typed as one sign or as two
    people = [
        user
        for user in User.objects.filter(username__iexact=username)[:3]
        if user.username.lower() == username.lower()  # a database may fold more than that
    ]
    exact = [user for user in people if user.username == username]
    meant = exact or people
    return meant[0] if len(meant) == 1 else None


def _confirmed(address: str) -> User | None:
    confirmed = EmailAddress.objects.filter(email=address.lower(), verified=True)
    row = confirmed.select_related("user").first()
    return row.user if row else None


def _given(address: str) -> User | None:
    people = User.objects.filter(email__iexact=address).order_by("pk")[:3]
    return next((user for user in people if user.email.lower() == address.lower()), None)
