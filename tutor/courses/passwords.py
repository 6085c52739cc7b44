"""One-time passwords that teachers make for their students.

A one-time password opens the account, so a teacher may make one for few people: for students whose
account a list of the section made, and, if the administration allows it, for other students of the
section, but not for those whose account another class made (its teachers decide). Never for people
who look after a section, may make courses, or belong to the administration.
"""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_noop

from accounts.models import Mail, User
from accounts.one_time_passwords import give_one_time_password, note_handed_out
from accounts.tasks import send_later
from tutor.courses.models import Enrollment, EnrollmentQuerySet, Section, SectionEvent

NOTE = gettext_noop("One-time password given by a teacher.")
NOTE_OF_ADMINISTRATION = gettext_noop("One-time password given.")


def eligible_for_password(section: Section, giver: User) -> EnrollmentQuerySet:
    """The people of `section` for whom `giver` may make one; `giver` may change its people."""
    origin = Enrollment.Origin
    looks_after = Enrollment.objects.filter(
        user=OuterRef("user"), role__in=[Enrollment.Role.TEACHER, Enrollment.Role.ASSISTANT]
    )
    students = section.enrollments.students().filter(
        ~Exists(looks_after),
        user__is_active=True,
        user__is_staff=False,
        user__is_superuser=False,
        user__may_teach=False,
    )
    if giver.is_superuser:
        return students  # administrators can change every account anyway
    made_here = Q(origin=origin.LIST)
    if not settings.TEACHERS_GIVE_PASSWORDS:
        return students.filter(made_here)
    elsewhere = Enrollment.objects.students().filter(user=OuterRef("user"), origin=origin.LIST)
    not_made_elsewhere = ~Exists(elsewhere.exclude(section=section))
    return students.filter(made_here | ~Q(origin=origin.ROLE) & not_made_elsewhere)


def give_passwords(
    people: Sequence[User], author: User, section: Section | None = None
) -> list[tuple[User, str]]:
    """The people with their new passwords. Runs in the caller's transaction.

    section: whose teacher gives them; None for the administration.
    """
    slips = [(user, give_one_time_password(user)) for user in people]
    User.objects.bulk_update(people, ["password", "has_one_time_password"])
    note_handed_out(people, author)
    for user in people:
        if user.email:
            send_later(Mail.Kind.PASSWORD_GIVEN, user.email, user, author.shown_name[:200])
    _note_in_sections(people, author, str(section or ""))
    if people:
        note = NOTE if section else NOTE_OF_ADMINISTRATION
        LogEntry.objects.log_actions(author.pk, people, CHANGE, note)  # the history in /admin/
    return slips


def _note_in_sections(people: Sequence[User], author: User, detail: str) -> None:
    """In every section of each person, so that all their teachers can see it."""
    everywhere = Enrollment.objects.present().filter(user__in=people)
    SectionEvent.objects.bulk_create(
        SectionEvent(
            section_id=section_pk,
            act=SectionEvent.Act.PASSWORD,
            author=author,
            about_id=user_pk,
            detail=detail,
        )
        for section_pk, user_pk in everywhere.values_list("section", "user")
    )
