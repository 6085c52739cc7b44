"""The filters of dates. `date`, in place of Django's, follows the convention of the page."""

from datetime import date

from django import template
from django.template.defaultfilters import date as django_date

from tutor.courses.clock import day_in_words
from tutor.courses.conventions import convention_of_page, date_language, date_text

register = template.Library()
register.simple_tag(date_language)
register.filter("in_words", day_in_words)


@register.filter("date", expects_localtime=True)
def dated(value: date | str | None, name: str = "DATE_FORMAT") -> str:
    if isinstance(value, date) and name.endswith("_FORMAT"):
        return date_text(value, name)
    return str(django_date(value, name))


@register.simple_tag
def has_half_days() -> bool:
    """Whether the page writes 8 pm for 20:00."""
    return convention_of_page().writes_half_days
