"""Writes tutor/countries.csv from Unicode's CLDR and the list of time zones.

python -m tests.courses.country_table > tutor/countries.csv
"""

import csv
import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global

_ZONES = Path("/usr/share/zoneinfo")
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
_MAIN_ZONES = {  # where most people live; of other countries the first in the list
    "AR": "America/Argentina/Buenos_Aires", "AU": "Australia/Sydney", "BR": "America/Sao_Paulo",
    "CA": "America/Toronto", "CD": "Africa/Kinshasa", "CL": "America/Santiago",
    "CN": "Asia/Shanghai", "CY": "Asia/Nicosia", "DE": "Europe/Berlin", "EC": "America/Guayaquil",
    "ES": "Europe/Madrid", "FM": "Pacific/Pohnpei", "GL": "America/Nuuk", "ID": "Asia/Jakarta",
    "KI": "Pacific/Tarawa", "KZ": "Asia/Almaty", "MH": "Pacific/Majuro",
    "MN": "Asia/Ulaanbaatar", "MX": "America/Mexico_City", "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland", "PF": "Pacific/Tahiti", "PG": "Pacific/Port_Moresby",
    "PS": "Asia/Hebron", "PT": "Europe/Lisbon", "RU": "Europe/Moscow", "UA": "Europe/Kyiv",
    "US": "America/New_York", "UZ": "Asia/Tashkent", "XK": "Europe/Belgrade",
}  # fmt: skip
HEAD = ("code", "decimal", "clock", "order", "languages", "zones", "English", "Chinese")


def rows() -> Iterator[tuple[str, ...]]:
    """Sorted by the English name; without islands where nobody lives."""
    english, chinese = Locale("en").territories, Locale("zh").territories
    codes = [c for c in english if len(c) == 2 and c.isalpha() and c not in _NO_COUNTRIES]
    for code in sorted(codes, key=lambda code: _folded(english[code])):
        if zones := _zones(code):
            names = english[code], chinese[code]
            yield (code, *_writing(code), " ".join(_languages(code)), " ".join(zones), *names)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()


def _writing(code: str) -> tuple[str, str, str]:
    """Of the language that most people write there; the order is that of English dates."""
    local, english = _locale(f"und_{code}", "en_001"), _locale(f"en_{code}", "en_001")
    symbols = local.number_symbols.get("latn", local.number_symbols)
    decimal = "," if symbols["decimal"] in ",٫" else "."
    clock = "12" if "h" in local.time_formats["short"].pattern else "24"
    order = "month" if english.date_formats["long"].pattern.startswith("M") else "day"
    return decimal, clock, order


def _locale(identifier: str, other: str) -> Locale:
    try:
        return Locale.parse(identifier)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(other)


def _languages(code: str) -> list[str]:
    """Those whose country it is where nothing else is known, such as de for Germany."""
    likely = get_global("likely_subtags").items()
    return sorted(tag for tag, whole in likely if len(tag) == 2 and whole.endswith(f"_{code}"))


def _zones(code: str) -> list[str]:
    """The main one first; with former names, which some browsers still send."""
    zones = [zone for zone, owner in _zone_owners().items() if owner == code]
    former = [old for new, old in _renamed() if new in zones and old not in _zone_owners()]
    main = _MAIN_ZONES.get(code)
    return list(dict.fromkeys([*([main] if main else []), *zones, *former]))


@cache
def _zone_owners() -> dict[str, str]:
    lines = (_ZONES / "zone.tab").read_text().splitlines()
    fields = [line.split("\t") for line in lines if not line.startswith("#")]
    return {zone.strip(): code for code, _position, zone, *_comment in fields}


@cache
def _renamed() -> list[tuple[str, str]]:
    """Pairs of a zone and a former name of it, such as Asia/Calcutta."""
    lines = (_ZONES / "tzdata.zi").read_text().splitlines()
    links = [line.split()[1:] for line in lines if line.startswith("L ")]
    return [(new, old) for new, old in links if re.fullmatch(r"[A-Z][a-z]+(?:/[A-Za-z_]+)+", old)]


if __name__ == "__main__":
    csv.writer(sys.stdout, lineterminator="\n").writerows([HEAD, *rows()])
