"""Since when students are in a section, by its history."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Min

from tutor.courses.models import Enrollment, Section, SectionEvent

Arrivals = dict[int, datetime]  # by person

_ARRIVING = (SectionEvent.Act.ADDED, SectionEvent.Act.JOINED, SectionEvent.Act.ACCEPTED)


def arrivals(section: Section) -> Arrivals:
    """The first arrival of each person; without those whose arrival was not recorded."""
    events = section.events.filter(act__in=_ARRIVING, about__isnull=False).order_by()
    return dict(events.values_list("about").annotate(Min("happened_at")))


def arrivals_by_enrollment(sections: Iterable[Section]) -> dict[int, datetime]:
    """As `arrivals`, for several sections. One query."""
    recorded = Enrollment.objects.filter(
        section__in=sections,
        section__events__act__in=_ARRIVING,
        section__events__about=F("user"),
    ).order_by()
    return dict(recorded.values_list("pk").annotate(Min("section__events__happened_at")))


def is_arrived_later(enrollment: Enrollment, due_at: datetime, by_person: Arrivals) -> bool:
    """Whether the student came when it was already due. by_person: from `arrivals`."""
    arrived_at = by_person.get(enrollment.user_id)
    return arrived_at is not None and arrived_at > due_at
