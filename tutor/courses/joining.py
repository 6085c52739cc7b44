"""A student comes into a section by its join code."""

from enum import StrEnum

from django.db import transaction

from accounts.models import User
from tutor.courses.models import Enrollment, Section, SectionEvent, as_join_code


class NoEntry(StrEnum):
    """Why a code let nobody in."""

    UNKNOWN = "unknown"
    OVER = "over"
    ALREADY_IN = "already_in"


def section_of(code: str, user: User) -> Section | NoEntry:
    """The section into which `code` lets `user`."""
    section = (
        Section.objects.current()
        .filter(join_code=as_join_code(code))
        .select_related("course")
        .first()
    )
    if section is None:
        return NoEntry.UNKNOWN
    if section.enrollments.present().filter(user=user).exists():
        return NoEntry.ALREADY_IN
    return section if section.takes_joiners else NoEntry.OVER


@transaction.atomic
def join(code: str, user: User) -> Section | NoEntry:
    """Make `user` a student. Two clicks make one place, and who left comes back to their work."""
    section = section_of(code, user)
    if isinstance(section, Section):
        Enrollment.objects.update_or_create(
            section=section, user=user, defaults={"role": Enrollment.Role.STUDENT}
        )
        section.note(SectionEvent.Act.JOINED, author=user, about=user)
    return section
