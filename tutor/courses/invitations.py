"""A person takes, or declines, the place in a section that a teacher's list keeps for them.

The place is held by an account of the list, with a one-time password on a slip of paper. While
nobody has signed in with it, the person who is invited may take the place with their own account,
and the account of the list goes.
"""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower

from accounts.models import User
from tutor.courses.models import Enrollment, Invitation, SectionEvent


def invitations_of(user: User) -> QuerySet[Invitation]:
    """Those that `user` may answer now, the newest first."""
    return (
        Invitation.objects.filter(
            user=user,
            enrollment__user__last_login=None,
            enrollment__section__archived_at=None,
        )
        .exclude(enrollment__role=Enrollment.Role.FORMER)
        .exclude(
            enrollment__section__in=Enrollment.objects.present().filter(user=user).values("section")
        )
        .select_related("enrollment__section__course", "invited_by")
        .order_by("-pk")
    )


def people_called(usernames: set[str], emails: set[str]) -> tuple[dict[str, User], dict[str, User]]:
    """Who has these user names, and who has shown that these addresses are theirs; two queries.

    All in small letters. An address that nobody has confirmed invites nobody: anybody may type it.
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
    """The place, which is the person's from now on; None where somebody has it already."""
    place = Enrollment.objects.select_for_update().filter(pk=invitation.enrollment_id).first()
    if place is None:
        return None
    holder = User.objects.select_for_update().get(pk=place.user_id)
    person = invitation.user
    if holder.last_login is not None or not invitations_of(person).contains(invitation):
        return None
    former = Enrollment.objects.filter(section=place.section_id, user=person).first()
    if former is not None:
        former.take_role(place.role)
        place.delete()
        place = former
    place.user = person
    if place.origin != Enrollment.Origin.ROLE:
        place.origin = Enrollment.Origin.INVITATION
    place.save(update_fields=["user", "role", "origin"])
    place.section.note(SectionEvent.Act.ACCEPTED, author=person, about=person)
    if not holder.enrollments.exists():
        holder.delete()
    Invitation.objects.filter(pk=invitation.pk).delete()
    return place


def decline(invitation: Invitation) -> None:
    """Nobody is told: the place stays what it is."""
    invitation.delete()
