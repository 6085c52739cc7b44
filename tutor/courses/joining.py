"""Join a section by its code."""

import unicodedata
from enum import StrEnum

from django.db import transaction

from accounts.models import User
from tutor.courses.models import Enrollment, Section, SectionEvent


class JoinRefusal(StrEnum):
    """Why a code does not let this person in."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    ALREADY_IN = "already_in"
    REMOVED = "removed"


def as_join_code(typed: str) -> str:
    """A typed code in its stored form: hyphens, spaces and small letters do not matter."""
    wide = unicodedata.normalize("NFKC", typed[:100]).upper()
    return "".join(letter for letter in wide if letter.isalnum())


def joinable_section(code: str, user: User) -> Section | JoinRefusal:
    """The section that `user` could join with `code`, or why they cannot."""
    section = (
        Section.objects.current()
        .filter(join_code=as_join_code(code))
        .select_related("course")
        .first()
    )
    if section is None:
        return JoinRefusal.UNKNOWN
    role = section.enrollments.filter(user=user).values_list("role", flat=True).first()
    if role == Enrollment.Role.FORMER:
        return JoinRefusal.REMOVED
    if role is not None:
        return JoinRefusal.ALREADY_IN
    return section if section.is_open_to_join else JoinRefusal.EXPIRED


@transaction.atomic
def join(code: str, user: User) -> Section | JoinRefusal:
    """Make `user` a student; a second click changes nothing.

    A person who was removed cannot join again: a teacher takes them back on their page.
    """
    section = joinable_section(code, user)
    if isinstance(section, Section):
        _enrollment, is_new = Enrollment.objects.get_or_create(
            section=section, user=user, defaults={"origin": Enrollment.Origin.CODE}
        )
        if is_new:
            section.note(SectionEvent.Act.JOINED, author=user, about=user)
    return section
