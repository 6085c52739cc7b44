"""Enroll the people of a class list, with new accounts and one-time passwords."""

from django.db import transaction

from accounts.models import User
from accounts.one_time_passwords import give_one_time_password, note_handed_out
from tutor.courses.invitations import users_by_login
from tutor.courses.models import Enrollment, Invitation, Section, SectionEvent
from tutor.courses.roster.plan import RosterPlan, RosterRow
from tutor.courses.roster.usernames import free_usernames, preferred_username


@transaction.atomic
def enroll(section: Section, plan: RosterPlan, author: User) -> list[tuple[User, str]]:
    """Carry out `plan` in one transaction; return the new people with their one-time passwords.

    Raises ValueError if a row is bad, and IntegrityError if somebody else was faster.
    """
    if plan.bad:
        raise ValueError(f"need a plan without bad rows, got {len(plan.bad)}")
    rows = plan.new
    accounts = _make_accounts(rows, section, author)
    enrollments = [
        Enrollment(
            section=section,
            user=user,
            role=row.role,
            origin=Enrollment.Origin.LIST,
            typed_username=row.username,
            typed_email=row.email,
        )
        for row, (user, _password) in zip(rows, accounts, strict=True)
    ]
    Enrollment.objects.bulk_create(enrollments)
    _invite(enrollments, author)
    note_handed_out([enrollment.user for enrollment in enrollments], author)
    _note_added(enrollments, author)
    return accounts


def _note_added(enrollments: list[Enrollment], author: User) -> None:
    SectionEvent.objects.bulk_create(
        SectionEvent(
            section=enrollment.section,
            act=SectionEvent.Act.ADDED,
            author=author,
            about=enrollment.user,
            detail=str(Enrollment.Role(enrollment.role).label),
        )
        for enrollment in enrollments
    )


def _invite(enrollments: list[Enrollment], author: User) -> None:
    """Invite people who have an account under the typed user name or, failing that, address."""
    usernames = {row.typed_username.lower() for row in enrollments if row.typed_username}
    emails = {row.typed_email.lower() for row in enrollments if row.typed_email}
    by_username, by_email = users_by_login(usernames, emails)
    invitations = []
    for enrollment in enrollments:
        username, email = enrollment.typed_username.lower(), enrollment.typed_email.lower()
        user = by_username.get(username) if username else None
        if user is None and email:
            user = by_email.get(email)
        if user is not None and user.pk != enrollment.user_id:
            invitations.append(Invitation(enrollment=enrollment, user=user, invited_by=author))
    Invitation.objects.bulk_create(invitations)


def _make_accounts(rows: list[RosterRow], section: Section, author: User) -> list[tuple[User, str]]:
    as_typed = {n for n, row in enumerate(rows) if row.username} if author.is_superuser else set()
    usernames = free_usernames([preferred_username(row) for row in rows], as_typed)
    users = [
        User(
            username=username,
            first_name=row.first_name,
            last_name=row.last_name,
            language=author.language,
            time_zone=section.time_zone,
        )
        for row, username in zip(rows, usernames, strict=True)
    ]
    accounts = [(user, give_one_time_password(user)) for user in users]
    User.objects.bulk_create(users)
    return accounts
