"""Match the rows of a class list with the people who are in the section already."""

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from accounts.models import User
from tutor.courses.models import Section
from tutor.courses.roster.plan import RosterPlan, RosterRow, RowStatus
from tutor.courses.roster.table import read_table


def plan_for(section: Section, text: str) -> RosterPlan:
    """What adding the list to `section` would do. Raises BadTable; two queries."""
    plan = read_table(text)
    rows = [row for row in plan.rows if row.status != RowStatus.BAD]
    _find_members(section, rows)
    _refuse_duplicates(rows)
    return plan


def _find_members(section: Section, rows: list[RosterRow]) -> None:
    """Mark rows of people who are enrolled, using only what the section's own page shows.

    An address counts if a teacher typed it or its owner confirmed it: anybody may claim one.
    """
    by_username: dict[str, User] = {}
    by_email: dict[str, User] = {}
    by_name: dict[str, User] = {}
    enrollments = section.enrollments.present().select_related("user")
    for enrollment in enrollments:
        by_username[enrollment.typed_username.lower()] = enrollment.user
        by_email[enrollment.typed_email.lower()] = enrollment.user
        by_name[enrollment.user.get_full_name()] = enrollment.user
    by_username |= {enrollment.user.username.lower(): enrollment.user for enrollment in enrollments}
    confirmed = EmailAddress.objects.filter(verified=True, user__in=enrollments.values("user"))
    by_email |= {row.email.lower(): row.user for row in confirmed.select_related("user")}
    for row in rows:
        if row.username or row.email:
            user = by_username.get(row.username.lower()) if row.username else None
            user = user or (by_email.get(row.email.lower()) if row.email else None)
        else:
            user = by_name.get(row.name)
        if user is not None:
            row.status = RowStatus.ENROLLED
            row.member = f"{user.get_full_name()} ({user.username})".strip()


def _refuse_duplicates(rows: list[RosterRow]) -> None:
    """Nobody is on the list twice. Namesakes need a user name or an address each."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        signs = [("username", row.username.lower()), ("email", row.email.lower())]
        if not (row.username or row.email):
            signs.append(("name", row.name))
        signs = [sign for sign in signs if sign[1]]
        first = next((seen[sign] for sign in signs if sign in seen), None)
        if first is None:
            seen |= dict.fromkeys(signs, row.line)
        elif row.status != RowStatus.BAD:
            row.is_repeated = True
            row.refuse(
                _(
                    "The same person is on line %(line)d. If two people "
                    "have the same name, give each a user name or an email "
                    "address."
                )
                % {"line": first}
            )
