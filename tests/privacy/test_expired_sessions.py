"""Expired sessions are deleted."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from tutor.privacy.tasks import clear_expired_sessions


def test_expired_ones_go_and_others_stay(db):
    now = timezone.now()
    for key, days in [("old", -1), ("new", 1)]:
        Session.objects.create(
            session_key=key, session_data="", expire_date=now + timedelta(days=days)
        )
    clear_expired_sessions()
    assert Session.objects.get().session_key == "new"


def test_beat_asks_for_it():
    tasks = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    assert clear_expired_sessions.name in tasks
