"""One web server for all who send it what no browser does."""

import time

import pytest
from django.db import connection

from tests.door import running_door


@pytest.fixture(scope="session")
def door(django_db_setup, tmp_path_factory):
    with running_door(tmp_path_factory.mktemp("door")) as door:
        yield door


@pytest.fixture
def new_lines(door):
    """The lines that the server has logged since the test began."""
    before = len(door.lines())
    return lambda: door.lines()[before:]


@pytest.fixture(autouse=True)
def _server_at_rest(request):
    """Lets the server end its last queries, which PostgreSQL may not empty the tables beside."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction") or connection.vendor != "postgresql":
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    until = time.monotonic() + 20
    while _others_are_busy() and time.monotonic() < until:
        time.sleep(0.05)


def _others_are_busy():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND state <> 'idle')"
        )
        return cursor.fetchone()[0]
