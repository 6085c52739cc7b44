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
    REMOVED = "removed"


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
    role = section.enrollments.filter(user=user).values_list("role", flat=True).first()
    if role == Enrollment.Role.FORMER:
        return NoEntry.REMOVED
    if role is not None:
        return NoEntry.ALREADY_IN
    return section if section.takes_joiners else NoEntry.OVER


@transaction.atomic
def join(code: str, user: User) -> Section | NoEntry:
    """Make `user` a student; two clicks make one place.

    Who was removed comes back by a teacher alone: their page has a button for it.
    """
    section = section_of(code, user)
    if isinstance(section, Section):
        _place, is_new = Enrollment.objects.get_or_create(
            section=section, user=user, defaults={"origin": Enrollment.Origin.CODE}
        )
        if is_new:
            section.note(SectionEvent.Act.JOINED, author=user, about=user)
    return section
