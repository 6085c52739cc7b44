"""How a class writes numbers and dates, the same for everybody in it and whatever their language.

`read_by_clock_of` sets the convention of a page. English dates follow it; other languages write
dates in one way only. Dates in figures such as 04/12/2026 mean two days, so months have names.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format, get_format
from django.utils.translation import check_for_language, get_language
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header


class Convention(models.TextChoices):
    """Named for where it is usual. OF_PROBLEM: numbers as each problem has them."""

    OF_PROBLEM = "", _("as each problem has them · April 12, 2026, 8 p.m.")
    US = "us", _("2.5 · (1, 2) · April 12, 2026, 8 p.m. – United States")
    UK = "uk", _("2.5 · (1, 2) · 12 April 2026, 20:00 – United Kingdom, Australia, China")
    COMMA = "comma", _("2,5 · (1; 2) · 12 April 2026, 20:00 – Germany, France, Spain, Brazil")


_MONTH_FIRST = {
    "DATE_FORMAT": "N j, Y",
    "DATETIME_FORMAT": "N j, Y, P",
    "MONTH_DAY_FORMAT": "F j",
    "SHORT_DATE_FORMAT": "M j, Y",
    "SHORT_DATETIME_FORMAT": "M j, Y, P",
    "TIME_FORMAT": "P",
}
_DAY_FIRST = {
    "DATE_FORMAT": "j F Y",
    "DATETIME_FORMAT": "j F Y, H:i",
    "MONTH_DAY_FORMAT": "j F",
    "SHORT_DATE_FORMAT": "j M Y",
    "SHORT_DATETIME_FORMAT": "j M Y, H:i",
    "TIME_FORMAT": "H:i",
}
_ENGLISH = {Convention.UK: _DAY_FIRST, Convention.COMMA: _DAY_FIRST}
_MONTH_FIRST_LANGUAGES = ("en", "en-us", "en-ca", "en-ph")
_of_page: ContextVar[Convention] = ContextVar("convention of the page")
_has_dates: ContextVar[bool] = ContextVar("whether the page has dates", default=False)


def convention_of_page() -> Convention:
    return _of_page.get(default_convention())


def has_class_comma() -> bool:
    """Whether the page writes 2,5 for two and a half."""
    return convention_of_page() == Convention.COMMA


def default_convention() -> Convention:
    """The site's, for new classes and for pages of no class."""
    return Convention(settings.CONVENTION)


def use_convention(convention: str) -> None:
    """For the rest of the request."""
    _of_page.set(Convention(convention))


def use_common_convention(conventions: Iterable[str]) -> None:
    """For a page of several classes that write alike; else the page keeps the site's."""
    common = set(conventions)
    if len(common) == 1:
        use_convention(common.pop())


@contextmanager
def convention_kept() -> Iterator[None]:
    """Undoes at its end what was set inside."""
    token, dates = _of_page.set(default_convention()), _has_dates.set(False)
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
    if (get_language() or "en").startswith("en"):
        formats = _ENGLISH.get(convention_of_page() if convention is None else convention)
        name = (formats or _MONTH_FIRST).get(name, name)
    return date_format(value, name)


def convention_of_browser(request: HttpRequest) -> Convention:
    """The site's convention if it has one, else what is usual where the browser's language is."""
    if settings.CONVENTION:
        return default_convention()
    languages = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    language = languages[0][0] if languages else ""
    if language in ("", "*"):
        return Convention.OF_PROBLEM
    if language in _MONTH_FIRST_LANGUAGES:
        return Convention.US
    return Convention.COMMA if _decimal_separator(language) == "," else Convention.UK


def _decimal_separator(language: str) -> str:
    """Of de-AT, or of de where nothing is known of Austria."""
    codes = (language, language.partition("-")[0])
    known = next(filter(check_for_language, codes), "en")
    return str(get_format("DECIMAL_SEPARATOR", known, use_l10n=True))
