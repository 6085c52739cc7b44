"""Origins of people who joined before origins were recorded."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from tests.conftest import make_user
from tutor.courses.models import Enrollment, SectionEvent

say_origins = import_module("tutor.courses.migrations.0009_origins").say_origins


@pytest.mark.parametrize(
    ("act", "account_before", "origin"),
    [
        ("added", timedelta(seconds=2), "list"),
        ("added", timedelta(hours=1), ""),  # enrolled by name, as lists did
        ("joined", timedelta(hours=1), "code"),
        ("role", timedelta(hours=1), "role"),
    ],
)
def test_what_happened_says_how_they_came(carol, section, act, account_before, origin):
    user = make_user("zoe", date_joined=timezone.now() - account_before)
    Enrollment.objects.create(section=section, user=user)
    section.note(SectionEvent.Act(act), carol, user)
    say_origins(apps, None)
    assert section.enrollments.get(user=user).origin == origin
    assert section.enrollments.get(user=carol).origin == "role"
