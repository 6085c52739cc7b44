"""A person accepts or declines the enrollment that a teacher's list reserves for them.

The list made an account for the enrollment, with a one-time password on a slip of paper. Until
somebody signs in with it, the invited person may take over the enrollment with their own account;
the account of the list is then deleted.
"""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower

from accounts.models import User
from tutor.courses.models import Enrollment, Invitation, SectionEvent


def invitations_of(user: User) -> QuerySet[Invitation]:
    """The invitations that `user` may answer now, newest first."""
    return invitations_to(user.pk)


def invitations_to(user_pk: int) -> QuerySet[Invitation]:
    """The same, by the key of the person."""
    return (
        Invitation.objects.filter(
            user=user_pk,
            enrollment__user__last_login=None,
            enrollment__section__archived_at=None,
        )
        .exclude(enrollment__role=Enrollment.Role.FORMER)
        .exclude(
            enrollment__section__in=Enrollment.objects.present()
            .filter(user=user_pk)
            .values("section")
        )
        .select_related("enrollment__section__course", "invited_by")
        .order_by("-pk")
    )


def users_by_login(
    usernames: set[str], emails: set[str]
) -> tuple[dict[str, User], dict[str, User]]:
    """Active people by user name, and by confirmed address; two queries, all in small letters.

    Addresses that nobody has confirmed are left out: anybody may type one.
    """
    active = User.objects.filter(is_active=True)
    named = active.annotate(login=Lower("username")).filter(login__in=usernames)
    confirmed = (
        EmailAddress.objects.filter(verified=True, user__is_active=True)
        .annotate(address=Lower("email"))
        .filter(address__in=emails)
        .select_related("user")
    )
    return {user.login: user for user in named}, {row.address: row.user for row in confirmed}


@transaction.atomic
def accept(invitation: Invitation) -> Enrollment | None:
    """The enrollment, which is now the person's; None if somebody else has it already."""
    reserved = Enrollment.objects.select_for_update().filter(pk=invitation.enrollment_id).first()
    if reserved is None:
        return None
    holder = User.objects.select_for_update().get(pk=reserved.user_id)
    person = invitation.user
    if holder.last_login is not None or not invitations_of(person).contains(invitation):
        return None
    enrollment = reserved
    former = Enrollment.objects.filter(section=reserved.section_id, user=person).first()
    if former is not None:
        former.take_role(reserved.role)
        reserved.delete()
        enrollment = former
    enrollment.user = person
    if enrollment.origin != Enrollment.Origin.ROLE:
        enrollment.origin = Enrollment.Origin.INVITATION
    enrollment.save(update_fields=["user", "role", "origin"])
    enrollment.section.note(SectionEvent.Act.ACCEPTED, author=person, about=person)
    if not holder.enrollments.exists():
        holder.delete()
    Invitation.objects.filter(pk=invitation.pk).delete()
    return enrollment


def decline(invitation: Invitation) -> None:
    """Tell nobody, and leave the reserved enrollment as it is."""
    invitation.delete()
