"""One web server for all who send it what no browser does."""

import pytest

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
