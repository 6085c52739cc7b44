"""How many pages one web process makes at a time."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import psutil
import pytest
from django.conf import settings
from django.db import connection

from accounts.models import User
from tests.door import draft_of, running_door, writers_waiting
from tutor.courses.models import Enrollment

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.alone,
]
AT_ONCE = 2
PUPILS = 8
SCHOOL = 300
WEB_PROCESSES = 5
POSTGRESQL_TAKES = 97  # three of its hundred are the administrator's


def test_a_rush_waits_in_line_and_all_are_served(tmp_path, section, item):
    pupils = [User.objects.create(username=f"pupil-{n}") for n in range(PUPILS)]
    for pupil in pupils:
        Enrollment.objects.create(section=section, user=pupil, role=Enrollment.Role.STUDENT)
    drafts = [draft_of(pupil, item) for pupil in pupils]
    with (
        running_door(tmp_path, TUTOR_PAGES_AT_ONCE=str(AT_ONCE)) as door,
        ThreadPoolExecutor(PUPILS) as pool,
    ):
        process = psutil.Process(door.process.pid)
        assert door.status_of(drafts[0]) == 200
        before = process.num_threads()
        with writers_waiting():
            answers = [pool.submit(door.status_of, draft) for draft in drafts]
            door.wait_for_clients(PUPILS)
            time.sleep(1.5)  # until it has read what they ask for
            assert 0 < process.num_threads() - before <= AT_ONCE
        assert [answer.result() for answer in answers] == [200] * PUPILS


def test_a_whole_school_may_wait_to_be_accepted(tmp_path):
    with running_door(tmp_path) as door, ExitStack() as clients:
        door.process.send_signal(signal.SIGSTOP)
        try:
            for _ in range(SCHOOL):
                clients.enter_context(door.connect())
        finally:
            door.process.send_signal(signal.SIGCONT)
        door.wait_for_clients(SCHOOL)


def test_five_processes_leave_room_for_workers():
    if connection.vendor == "postgresql":
        assert settings.PAGES_AT_ONCE < settings.DATABASE_CONNECTIONS
    assert WEB_PROCESSES * settings.DATABASE_CONNECTIONS <= POSTGRESQL_TAKES - 20
