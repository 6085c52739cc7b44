"""For whom may a teacher make a new one-time password? It opens the account, so for few.

For students of theirs whose account a list of the section made: it was theirs from the start. For
other students of theirs where the administration says so, but not for those whose account another
class made, whose teachers decide. Never for people who look after a section, may make courses, or
belong to the administration.
"""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_noop

from accounts.models import Mail, User
from accounts.one_time_passwords import give_one_time_password, note_handed_out
from accounts.tasks import send_later
from tutor.courses.models import Enrollment, EnrollmentQuerySet, Section, SectionEvent

NOTE = gettext_noop("One-time password given by a teacher.")


def may_get_passwords(section: Section, giver: User) -> EnrollmentQuerySet:
    """Those of `section` for whom `giver`, who may change its people, may make new ones."""
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
        return students  # the administration has all of them in its hands anyway
    made_here = Q(origin=origin.LIST)
    if not settings.TEACHERS_GIVE_PASSWORDS:
        return students.filter(made_here)
    elsewhere = Enrollment.objects.students().filter(user=OuterRef("user"), origin=origin.LIST)
    others = ~Exists(elsewhere.exclude(section=section))
    return students.filter(made_here | ~Q(origin=origin.ROLE) & others)


def give_passwords(
    section: Section, places: Iterable[Enrollment], author: User
) -> list[tuple[User, str]]:
    """New ones for these people, each noted wherever the person is, so that no teacher of theirs
    misses it. Runs in a transaction of the caller.
    """
    people = [place.user for place in places]
    made = [(user, give_one_time_password(user)) for user in people]
    User.objects.bulk_update(people, ["password", "has_one_time_password"])
    note_handed_out(people, author)
    for user in people:
        if user.email:
            send_later(Mail.Kind.PASSWORD_GIVEN, user.email, user, author.shown_name[:200])
    everywhere = Enrollment.objects.present().filter(user__in=people)
    SectionEvent.objects.bulk_create(
        SectionEvent(
            section_id=section_pk,
            act=SectionEvent.Act.PASSWORD,
            author=author,
            about_id=user_pk,
            detail=str(section),
        )
        for section_pk, user_pk in everywhere.values_list("section", "user")
    )
    if people:
        LogEntry.objects.log_actions(
            author.pk, people, CHANGE, NOTE
        )  # in the administration's history
    return made
