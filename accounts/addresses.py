"""A person's one email address. Who has it can set the password, so it changes only with that."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from accounts.models import Mail, User
from accounts.tasks import send_later


def is_confirmed(user: User) -> bool:
    """Whether they have shown that their address is theirs: anybody may type one."""
    rows = EmailAddress.objects.filter(user=user, email=user.email.lower(), verified=True)
    found: bool = rows.exists()  # allauth is untyped
    return found


def unconfirmed_of(user: User) -> list[str]:
    """New ones to which a link has gone, and that take the place of theirs once it is opened."""
    rows = EmailAddress.objects.filter(user=user, verified=False)
    return [row.email for row in rows.order_by("pk") if row.email != user.email.lower()]


def ask_for_address(user: User, address: str) -> bool:
    """Whether it is theirs now; otherwise it will be when they open the link that goes there.

    Who else has it makes no difference: only the owner of the mailbox can confirm it.
    """
    if not (address and settings.EMAIL_HOST):
        set_address(user, address)
        return True
    with transaction.atomic():
        _keep_only(user, user.email, address)  # the old one too: its owner is told
        send_later(Mail.Kind.CONFIRM_ADDRESS, address, user)
    return False


def set_address(user: User, address: str) -> None:
    """Make it theirs at once, and tell the old one."""
    before = user.email
    with transaction.atomic():
        user.email = address
        user.save(update_fields=["email"])
        _keep_only(user, address)
        if before and before != address:
            send_later(Mail.Kind.ADDRESS_CHANGED, before, user, address)


def _keep_only(user: User, *addresses: str) -> None:
    """Of what allauth knows of their addresses; any other would still open the account."""
    wanted = [address.lower() for address in addresses if address]
    EmailAddress.objects.filter(user=user).exclude(email__in=wanted).delete()
    for address in wanted:
        EmailAddress.objects.get_or_create(user=user, email=address)
