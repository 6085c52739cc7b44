"""Join a section by its code."""

import unicodedata
from enum import StrEnum

from django.db import transaction

from accounts.models import User
from tutor.courses.models import Enrollment, Section, SectionEvent


class NoEntry(StrEnum):
    """Why a code does not let this person in."""

    UNKNOWN = "unknown"
    OVER = "over"
    ALREADY_IN = "already_in"
    REMOVED = "removed"


def as_join_code(typed: str) -> str:
    """A typed code in its stored form: hyphens, spaces and small letters do not matter."""
    wide = unicodedata.normalize("NFKC", typed[:100]).upper()
    return "".join(letter for letter in wide if letter.isalnum())


def section_of(code: str, user: User) -> Section | NoEntry:
    """The section that `user` could join with `code`, or why they cannot."""
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
    """Make `user` a student; a second click changes nothing.

    A person who was removed cannot join again: a teacher takes them back on their page.
    """
    section = section_of(code, user)
    if isinstance(section, Section):
        _enrollment, is_new = Enrollment.objects.get_or_create(
            section=section, user=user, defaults={"origin": Enrollment.Origin.CODE}
        )
        if is_new:
            section.note(SectionEvent.Act.JOINED, author=user, about=user)
    return section
