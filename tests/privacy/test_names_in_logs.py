"""What the web server writes down has no names: they stand in addresses."""

import logging
import re

import pytest
from django.conf import settings

from tutor.logs import RequestFilter


@pytest.fixture
def lines(caplog):
    """All that is logged, as it is written."""
    caplog.handler.addFilter(RequestFilter())
    caplog.set_level(logging.INFO, "django")
    yield lambda: [record.getMessage() for record in caplog.records]
    caplog.handler.filters.clear()


def test_an_address_is_logged_by_its_pattern(client, dan, section, lines):
    client.force_login(dan)
    place = section.enrollments.get(user__username="alice")
    for address in (place.get_absolute_url(), "/people/émile/"):
        assert client.get(address).status_code == 404
    assert lines() == [
        "Not Found: sections/<uuid:code>/people/<username:username>/",
        "Not Found: -",  # no page of ours
    ]


@pytest.mark.parametrize("file", ["Dockerfile", "README.md", "tutor/demo/run.py"])
def test_the_web_server_keeps_no_record_of_addresses(file):
    text = (settings.BASE_DIR / file).read_text("utf-8")
    [started] = [line for line in text.splitlines() if "daphne" in line and "tutor.asgi" in line]
    assert re.search(r"-v\W+0\b", started)
