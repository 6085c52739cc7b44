"""What `doctor` says of the connections that the database has left."""

import pytest
from django.db import connection

from tutor.operations.check_result import FailedCheck
from tutor.operations.checks import stores
from tutor.operations.checks.stores import check_connections, database_connections


def test_few_remaining_connections_are_reported(db, monkeypatch):
    if connection.vendor == "sqlite":
        assert check_connections() == "not limited: the database is a file"
        return
    used, most = database_connections()
    assert 1 <= used < most
    assert check_connections() == f"{used} of {most} are used"
    monkeypatch.setattr(stores, "MIN_CONNECTIONS_LEFT", most)
    with pytest.raises(FailedCheck) as failure:
        check_connections()
    assert "PgBouncer" in failure.value.remedy
