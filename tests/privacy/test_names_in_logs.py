"""Logs have no names, although addresses of pages do."""

import logging

import pytest

from tutor.logs import RequestFilter
from tutor.web.server import Server


@pytest.fixture
def lines(caplog):
    """Everything that is logged, in its written form."""
    caplog.handler.addFilter(RequestFilter())
    caplog.set_level(logging.INFO, "django")
    yield lambda: [record.getMessage() for record in caplog.records]
    caplog.handler.filters.clear()


def test_an_address_is_logged_by_its_pattern(client, dan, section, lines):
    client.force_login(dan)
    enrollment = section.enrollments.get(user__username="alice")
    for address in (enrollment.get_absolute_url(), "/people/émile/"):
        assert client.get(address).status_code == 404
    assert lines() == [
        "Not Found: sections/<uuid:code>/people/<username:username>/",
        "Not Found: -",  # no page of ours
    ]


def test_the_web_server_keeps_no_record_of_addresses():
    # As daphne's own command asks for by itself.
    server = Server(None, endpoints=["tcp:port=0"], action_logger=print, verbosity=1)
    server.log_action("http", "complete", {"path": "/people/alice/"})
    assert server.action_logger is None
