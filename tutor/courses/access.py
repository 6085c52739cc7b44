"""Who may look into a section, and who may change it."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.requests import AuthedRequest
from tutor.courses.clock import read_by_clock_of
from tutor.courses.models import Section, SectionQuerySet


def require_staff(user: User) -> None:
    """Raises Http404 for students."""
    if not user.has_classes:
        raise Http404


def visible_section(request: AuthedRequest, code: UUID) -> Section:
    """For everybody who looks after it; `may_manage` tells whether they may change it too."""
    return section_or_404(Section.objects.visible_to(request.user), code)


def managed_section(request: AuthedRequest, code: UUID) -> Section:
    return section_or_404(Section.objects.managed_by(request.user), code)


def section_or_404(sections: SectionQuerySet, code: UUID) -> Section:
    """Sets the clock of the page to the section's, too."""
    section = get_object_or_404(sections.select_related("course"), code=code)
    read_by_clock_of(section)
    return section


def may_manage(user: User, section: Section) -> bool:
    return Section.objects.managed_by(user).contains(section)
