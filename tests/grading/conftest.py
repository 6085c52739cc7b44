"""What grades asks no server for anything."""

import pytest


@pytest.fixture(autouse=True)
def _empty_redis() -> None:
    """As it is: thousands of cases would wait for it."""
