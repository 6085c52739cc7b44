"""A person's one email address. It can reset the password, so changing it takes the password."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from accounts.models import Mail, User
from accounts.tasks import send_later


def is_confirmed(user: User) -> bool:
    """Whether they have proved that the address is theirs: anybody may type one."""
    rows = EmailAddress.objects.filter(user=user, email=user.email.lower(), verified=True)
    is_verified: bool = rows.exists()  # allauth is untyped
    return is_verified


def unconfirmed_of(user: User) -> list[str]:
    """New addresses that wait for their owner to open the link, and then replace the old one."""
    rows = EmailAddress.objects.filter(user=user, verified=False)
    return [row.email for row in rows.order_by("pk") if row.email != user.email.lower()]


def ask_for_address(user: User, address: str) -> bool:
    """True if the address is theirs at once; otherwise they must open the link sent to it.

    It does not matter who else has the address: only the owner of the mailbox can confirm it.
    """
    if not (address and settings.EMAIL_HOST):
        set_address(user, address)
        return True
    with transaction.atomic():
        _keep_only(user, user.email, address)  # keep the old one too: its owner is told
        send_later(Mail.Kind.CONFIRM_ADDRESS, address, user)
    return False


def set_address(user: User, address: str) -> None:
    """Change the address at once, and send a notice to the old one."""
    before = user.email
    with transaction.atomic():
        user.email = address
        user.save(update_fields=["email"])
        _keep_only(user, address)
        if before and before != address:
            send_later(Mail.Kind.ADDRESS_CHANGED, before, user, address)


def _keep_only(user: User, *addresses: str) -> None:
    """Forget all other addresses in allauth, which would still open the account."""
    lowered = [address.lower() for address in addresses if address]
    EmailAddress.objects.filter(user=user).exclude(email__in=lowered).delete()
    for address in lowered:
        EmailAddress.objects.get_or_create(user=user, email=address)
