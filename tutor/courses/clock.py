"""Show the dates of a section in its own time zone, on every page and for everybody in it.

`section_or_404` and its like set the clock for a page of one section, and `other_zone` lets the
page tell readers from another time zone. A page of several sections names the zone at each date.
"""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy, ngettext

from tutor.courses.conventions import convention_named, date_text, has_dates, use_convention
from tutor.courses.models import Section

DAYS_OF_A_WEEK = 7
_NEAR = {
    0: gettext_lazy("today, %(time)s"),
    1: gettext_lazy("tomorrow, %(day)s, %(time)s"),
    -1: gettext_lazy("yesterday, %(day)s"),
}


def read_by_clock_of(section: Section) -> None:
    """Use the section's time zone and convention for the rest of the request.

    Self-study is no class: its pages keep the reader's own clock.
    """
    if not section.is_self_study:
        timezone.activate(section.zone)
    use_convention(section.convention)


def on_clock_of(section: Section, instant: datetime) -> str:
    """The date and time as text, with the zone if the page uses another one."""
    text = date_in(section, instant)
    is_other = str(timezone.get_current_timezone()) != section.time_zone
    return f"{text} ({section.time_zone})" if is_other else text


def date_in(section: Section, instant: datetime, name: str = "DATETIME_FORMAT") -> str:
    """As the section writes it, by its clock. name: that of one of Django's formats."""
    local = timezone.localtime(instant, section.zone)
    return date_text(local, name, convention_named(section.convention))


def other_zone(request: HttpRequest) -> dict[str, object]:
    """For templates: the zone of the page's dates if it is not the reader's; otherwise empty.

    A page asks for it below its dates: it is empty on a page that has none.
    """
    zone = str(timezone.get_current_timezone())
    own = getattr(request, "own_zone", zone)  # missing if nobody is signed in
    named = SimpleLazyObject(lambda: zone if zone != own and has_dates() else "")
    return {"other_zone": named, "own_zone": own}


def in_full(instant: datetime) -> str:
    """Date and time by the clock of the page."""
    return date_text(timezone.localtime(instant), "DATETIME_FORMAT")


def day_in_words(
    instant: datetime, section: Section | None = None, now: datetime | None = None
) -> str:
    """Such as "in 3 days, Friday, 8 pm"; a date and time if it is far away.

    section: whose calendar counts; None for that of the page.
    """
    zone = section.zone if section else None
    convention = convention_named(section.convention) if section else None
    local = timezone.localtime(instant, zone)
    today = timezone.localtime(now, zone).date() if now else timezone.localdate(timezone=zone)
    days = (local.date() - today).days
    values = {
        "day": date_text(local, "l"),
        "time": date_text(local, "TIME_FORMAT", convention),
        "n": abs(days),
    }
    if days in _NEAR:
        return _NEAR[days] % values
    if abs(days) < DAYS_OF_A_WEEK:
        return _days_from_today(days) % values
    return date_text(local, "DATETIME_FORMAT", convention)


def _days_from_today(days: int) -> str:
    if days > 0:
        return ngettext("in %(n)s day, %(day)s, %(time)s", "in %(n)s days, %(day)s, %(time)s", days)
    return ngettext("%(n)s day ago, %(day)s", "%(n)s days ago, %(day)s", -days)
