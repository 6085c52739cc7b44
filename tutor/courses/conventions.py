"""How a class writes numbers and dates, the same for everybody in it and whatever their language.

A class has the convention of its country. `read_by_clock_of` sets that of a page. The order of day
and month is followed in English alone; other languages have one order. Dates in figures such as
04/12/2026 mean two days, so months have names.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format, get_format
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header

from tutor.countries import (
    Country,
    by_name,
    countries,
    country_of_language,
    country_of_zone,
)


@dataclass(frozen=True)
class Convention:
    """has_decimal_comma: numbers are written as 2,5 and lists as (1; 2), whatever a problem does.

    has_month_first: in English. has_half_days: 8 pm for 20:00; None for what is usual in the
    reader's language.
    """

    has_decimal_comma: bool = False
    has_month_first: bool = True
    has_half_days: bool | None = None

    @classmethod
    def of(cls, country: Country) -> "Convention":
        return cls(country.decimal == ",", country.order == "month", country.clock == "12")

    @property
    def writes_half_days(self) -> bool:
        """In the reader's language."""
        return _is_english() if self.has_half_days is None else self.has_half_days


OF_PROBLEM = ""
OLDER = {  # what classes chose before they had countries
    OF_PROBLEM: Convention(),
    "us": Convention(has_half_days=True),
    "uk": Convention(has_month_first=False, has_half_days=False),
    "comma": Convention(has_decimal_comma=True, has_month_first=False, has_half_days=False),
}
_OLDER_NAMES = {
    OF_PROBLEM: _("Numbers as each problem has them"),
    "us": _("United States"),
    "uk": _("United Kingdom, Australia, China"),
    "comma": _("Germany, France, Spain, Brazil"),
}
_MONTH_FIRST = {
    "DATE_FORMAT": "M j, Y",
    "DATETIME_FORMAT": "M j, Y, {time}",
    "MONTH_DAY_FORMAT": "M j",
    "SHORT_DATE_FORMAT": "M j, Y",
    "SHORT_DATETIME_FORMAT": "M j, Y, {time}",
    "TIME_FORMAT": "{time}",
}
_DAY_FIRST = {
    "DATE_FORMAT": "j M Y",
    "DATETIME_FORMAT": "j M Y, {time}",
    "MONTH_DAY_FORMAT": "j M",
    "SHORT_DATE_FORMAT": "j M Y",
    "SHORT_DATETIME_FORMAT": "j M Y, {time}",
    "TIME_FORMAT": "{time}",
}
_HALVES_OF_DAY = (pgettext_lazy("half of a day", "a.m."), pgettext_lazy("half of a day", "p.m."))
_of_page: ContextVar[Convention] = ContextVar("convention of the page")
_has_dates: ContextVar[bool] = ContextVar("whether the page has dates", default=False)
_SAMPLE = datetime(2026, 4, 12, 20)  # noqa: DTZ001 (an example of a date)


def convention_named(name: str) -> Convention:
    """name: as a class stores it, the code of a country or an older name."""
    country = countries().get(name)
    return Convention.of(country) if country else OLDER[name]


def names_with_comma() -> list[str]:
    """The names of conventions with a decimal comma."""
    return [name for name in (*OLDER, *countries()) if convention_named(name).has_decimal_comma]


def convention_choices() -> list[tuple[str, str]]:
    """All names that a class may store, with labels in the reader's language."""
    return [*map(older_choice, OLDER), *country_choices()]


def country_choices() -> list[tuple[str, str]]:
    """Codes of countries, with their names."""
    language = get_language() or "en"
    return [(country.code, country.name(language)) for country in by_name(language)]


def older_choice(name: str) -> tuple[str, str]:
    return name, str(_OLDER_NAMES[name])


def sample(name: str) -> str:
    """Numbers and a date as a class with this convention reads them."""
    convention = convention_named(name)
    date = _sample_date(convention, get_language() or "en")
    if name == OF_PROBLEM:
        numbers = gettext("2.5 or 2,5, as in each problem")
    else:
        numbers = "2,5 · (1; 2)" if convention.has_decimal_comma else "2.5 · (1, 2)"
    return f"{numbers} · {date}"


@cache
def _sample_date(convention: Convention, _language: str) -> str:
    return _written(_SAMPLE, "DATETIME_FORMAT", convention)


def convention_of_page() -> Convention:
    return _of_page.get(None) or convention_named(default_convention())


def has_class_comma() -> bool:
    """Whether the page writes 2,5 for two and a half."""
    return convention_of_page().has_decimal_comma


def default_convention() -> str:
    """The site's name of one, for new classes and for pages of no class."""
    return str(settings.CONVENTION)


def use_convention(name: str) -> None:
    """For the rest of the request."""
    _of_page.set(convention_named(name))


def use_common_convention(names: Iterable[str]) -> None:
    """For a page of several classes that write alike; else the page keeps the site's."""
    common = {convention_named(name) for name in names}
    if len(common) == 1:
        _of_page.set(common.pop())


@contextmanager
def convention_kept() -> Iterator[None]:
    """Undoes at its end what was set inside."""
    token = _of_page.set(convention_named(default_convention()))
    dates = _has_dates.set(False)
    try:
        yield
    finally:
        _of_page.reset(token)
        _has_dates.reset(dates)


def has_dates() -> bool:
    """Whether a date has been written on the page so far."""
    return _has_dates.get()


class ConventionMiddleware:
    """A page does not change the convention of the next one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with convention_kept():
            return self.get_response(request)


def date_text(value: date | datetime, name: str, convention: Convention | None = None) -> str:
    """name: that of one of Django's formats, or a format. convention: None for that of the page."""
    _has_dates.set(True)
    return _written(value, name, convention or convention_of_page())


def _written(value: date | datetime, name: str, convention: Convention) -> str:
    if _is_english():
        formats = _MONTH_FIRST if convention.has_month_first else _DAY_FIRST
        time = "P" if convention.writes_half_days else "H:i"
        return date_format(value, formats.get(name, name).format(time=time))
    pattern = get_format(name) if name.endswith("_FORMAT") else name
    if convention.writes_half_days and isinstance(value, datetime):
        half = _HALVES_OF_DAY[value.hour // 12]
        pattern = pattern.replace("H:i", f"{_escaped(half)}g:i")  # as in Chinese: 下午8:00
    return date_format(value, pattern)


def _is_english() -> bool:
    return (get_language() or "en").startswith("en")


def _escaped(text: object) -> str:
    """For a format of dates."""
    return "".join(f"\\{character}" for character in str(text))


def date_language() -> str:
    """The language of the page as browsers name it, with the order of its dates in English."""
    language = get_language() or "en"
    if not language.startswith("en"):
        return language
    return "en-US" if convention_of_page().has_month_first else "en-GB"


def usual_convention(request: HttpRequest, zone: str) -> str:
    """The name of the site's convention, else that of where a person is.

    zone: the person's, which comes from a browser and knows more of countries than a language.
    """
    if settings.CONVENTION:
        return default_convention()
    country = country_of_zone(zone) or _country_of_browser(request)
    return country.code if country else OF_PROBLEM


def _country_of_browser(request: HttpRequest) -> Country | None:
    languages = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return country_of_language(languages[0][0]) if languages else None
