"""Django's database sessions, which also know when they were last saved."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from tutor.prepared import prepared


class SessionStore(db.SessionStore):
    saved_at: datetime | None = None  # None before it has been read

    def _get_session_from_db(self) -> Any:
        row = next(iter(_alive(self.session_key or "", timezone.now())), None)
        if row is None:
            self._session_key = None
            return None
        own_age = self.decode(row.session_data).get("_session_expiry")
        self.saved_at = row.expire_date - timedelta(seconds=self.get_expiry_age(expiry=own_age))
        return row


@prepared
def _alive(session_key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=session_key, expire_date__gt=now)
