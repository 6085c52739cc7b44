"""Countries and regions, with how most people write numbers and times there.

The table is from Unicode's CLDR; tests/courses/country_table.py writes it.
"""

import csv
import unicodedata
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

_TABLE = Path(__file__).with_name("countries.csv")


class Country(NamedTuple):
    """order: of day and month in English dates. zones: its time zones, the main one first.

    languages: codes of those for which it is the likely country, such as de for Germany.
    """

    code: str
    decimal: str
    clock: str
    order: str
    languages: tuple[str, ...]
    zones: tuple[str, ...]
    english: str
    chinese: str

    def name(self, language: str) -> str:
        return self.chinese if language.startswith("zh") else self.english


@cache
def countries() -> dict[str, Country]:
    """By their codes in ISO 3166, such as DE."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        _head, *rows = csv.reader(file)
    read = [
        Country(code, decimal, clock, order, tuple(languages.split()), tuple(zones.split()), *names)
        for code, decimal, clock, order, languages, zones, *names in rows
    ]
    return {country.code: country for country in read}


def by_name(language: str) -> list[Country]:
    """As a reader of the language looks for them: Chinese names by their pronunciation."""

    def key(country: Country) -> bytes:
        if language.startswith("zh"):
            return country.chinese.encode("gb18030")  # its usual characters are in this order
        letters = unicodedata.normalize("NFKD", country.english).encode("ascii", "ignore")
        return letters.lower()

    return sorted(countries().values(), key=key)


@cache
def _code_by_zone() -> dict[str, str]:
    return {zone: country.code for country in countries().values() for zone in country.zones}


@cache
def _code_by_language() -> dict[str, str]:
    return {
        language: country.code for country in countries().values() for language in country.languages
    }


def usual_zone(code: str) -> str:
    """Of the country with this code; UTC where there is none."""
    country = countries().get(code)
    return country.zones[0] if country else "UTC"


def country_of_zone(zone: str) -> Country | None:
    return countries().get(_code_by_zone().get(zone, ""))


def country_of_language(tag: str) -> Country | None:
    """tag: as browsers send it: de-AT, zh-Hans-CN, or de, for which Germany is likely."""
    language, *subtags = tag.replace("_", "-").split("-")
    regions = [part.upper() for part in subtags if part.upper() in countries()]
    return countries().get((regions or [_code_by_language().get(language.lower(), "")])[0])


def zone_names(language: str) -> dict[str, str]:
    """Time zones with the names of their countries, of which each has one zone for each clock."""
    names = {"UTC": "UTC"}
    for country in by_name(language):
        zones = [zone for zone in country.zones if zone in zones_alike()]
        name = country.name(language)
        for zone in zones:
            names.setdefault(zone, name if len(zones) == 1 else f"{name} · {_city(zone)}")
    return names


@cache
def zones_alike() -> dict[str, list[str]]:
    """For the first zone of a country with some clock, the others of it that show the same."""
    alike: dict[str, list[str]] = {}
    for country in countries().values():
        first_zones: dict[tuple[timedelta | None, ...], str] = {}
        for zone in country.zones:
            first = first_zones.setdefault(_clock(zone), zone)
            others = alike.setdefault(first, [])
            if zone not in (first, *others):
                others.append(zone)
    return alike


def _clock(zone: str) -> tuple[timedelta | None, ...]:
    """How far it is from UTC, in winter and in summer."""
    year = datetime.now(UTC).year
    days = (datetime(year, month, 15, tzinfo=ZoneInfo(zone)) for month in (1, 7))
    return tuple(day.utcoffset() for day in days)


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
