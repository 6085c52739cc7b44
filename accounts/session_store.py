"""Django's database sessions, which also know when they were last saved."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    saved_at: datetime | None = None  # None before it has been read

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]  # not in its stubs
        if row is not None:
            own_age = self.decode(row.session_data).get("_session_expiry")
            self.saved_at = row.expire_date - timedelta(seconds=self.get_expiry_age(expiry=own_age))
        return row
