"""Show the dates of a section in its own time zone, on every page and for everybody in it.

`section_or_404` and its like set the clock for a page of one section, and `other_zone` lets the
page tell readers from another time zone. A page of several sections names the zone at each date.
"""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from tutor.courses.models import Section


def read_by_clock_of(section: Section) -> None:
    """Use the section's time zone for the rest of the request; `accounts.middleware` resets it."""
    timezone.activate(section.zone)


def on_clock_of(section: Section, instant: datetime) -> str:
    """The date and time as text, with the zone if the page uses another one."""
    text = date_format(timezone.localtime(instant, section.zone), "DATETIME_FORMAT")
    is_other = str(timezone.get_current_timezone()) != section.time_zone
    return f"{text} ({section.time_zone})" if is_other else text


def other_zone(request: HttpRequest) -> dict[str, str]:
    """For templates: the zone of the page's dates if it is not the reader's; otherwise empty."""
    zone = str(timezone.get_current_timezone())
    own = getattr(request, "own_zone", zone)  # missing if nobody is signed in
    return {"other_zone": "" if zone == own else zone, "own_zone": own}
