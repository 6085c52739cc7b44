"""The dates of a section are in its own time zone, on every page and for everybody in it.

A page of one section is read by that section's clock, which its gate sets; `other_zone` has the
page say so to whoever lives by another one. A page of several names the zone beside each date.
"""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from tutor.courses.models import Section


def read_by_clock_of(section: Section) -> None:
    """For the rest of the request: `accounts.middleware` takes it back."""
    timezone.activate(section.zone)


def on_clock_of(section: Section, instant: datetime) -> str:
    """As a sentence says it; the zone is named where the page has another one."""
    text = date_format(timezone.localtime(instant, section.zone), "DATETIME_FORMAT")
    is_other = str(timezone.get_current_timezone()) != section.time_zone
    return f"{text} ({section.time_zone})" if is_other else text


def other_zone(request: HttpRequest) -> dict[str, str]:
    """For templates: the zone of the page's dates, where it is not the reader's; else empty."""
    zone = str(timezone.get_current_timezone())
    own = getattr(request, "own_zone", zone)  # of nobody who is signed in
    return {"other_zone": "" if zone == own else zone, "own_zone": own}
