"""The table of countries, which the classes' numbers and dates follow."""

import subprocess
import sys
from zoneinfo import available_timezones

import pytest

from tests.courses.country_table import rows
from tutor.countries import (
    by_name,
    countries,
    country_of_language,
    country_of_zone,
    usual_zone,
    zone_names,
    zones_alike,
)


def test_it_is_as_cldr_has_it():
    """If Babel brings other data, run `python -m tests.courses.country_table`."""
    written = {code: (decimal, clock, order) for code, decimal, clock, order, *_rest in rows()}
    table = {c.code: (c.decimal, c.clock, c.order) for c in countries().values()}
    assert table == written


def test_all_zones_are_known():
    zones = {zone for country in countries().values() for zone in country.zones}
    assert zones <= available_timezones()


def test_each_country_is_found_by_its_zones():
    for country in countries().values():
        owner = country_of_zone(country.zones[0])
        assert owner == country or country.code == "XK", country


@pytest.mark.parametrize(
    ("code", "zone"), [("DE", "Europe/Berlin"), ("US", "America/New_York"), ("", "UTC")]
)
def test_a_country_has_a_usual_zone(code, zone):
    assert usual_zone(code) == zone


@pytest.mark.parametrize("tag", ["", "xx", "de-", "-", "i-klingon", "de-XX"])
def test_any_language_may_be_asked(tag):
    country = country_of_language(tag)
    assert country is None or country.code == "DE"


def test_names_are_in_the_order_of_their_language():
    english = [country.english for country in by_name("en")]
    assert english.index("Åland Islands") < english.index("Albania") < english.index("Zambia")
    chinese = [country.chinese for country in by_name("zh-hans")]
    assert chinese.index("德国") < chinese.index("法国") < chinese.index("中国")  # d, f, z


def test_the_schools_country_proposes_its_zone(tmp_path):
    code = "from tutor.settings import CONVENTION, TIME_ZONE; print(CONVENTION, TIME_ZONE)"
    variables = {"TUTOR_COUNTRY": "ch", "TUTOR_DATA_DIR": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["CH", "Europe/Zurich"]


def test_each_country_offers_one_time_zone_for_each_clock():
    names = zone_names("en")
    assert {names["UTC"], names["Europe/Paris"]} == {"UTC", "France"}
    assert names["America/Phoenix"] == "United States · Phoenix"  # has no summer time
    assert not {"America/Detroit", "America/Argentina/ComodRivadavia", "W-SU"} & set(names)
    assert "America/Detroit" in zones_alike()["America/New_York"]
    assert zone_names("zh-hans")["Asia/Urumqi"] == "中国 · Urumqi"
    assert {country.zones[0] for country in countries().values()} <= set(names)
