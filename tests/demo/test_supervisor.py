import os
import sys
import time

import pytest

from tests.demo.test_processes import STUBBORN, wait_until
from tutor.demo.install import last_lines
from tutor.demo.processes import members
from tutor.demo.supervisor import MAX_RESTARTS, Service, ServiceLost, StopRequested, Supervisor


@pytest.fixture
def supervisor(tmp_path):
    supervisor = Supervisor(tmp_path, tmp_path, os.environ)
    yield supervisor
    supervisor.stop()
    assert members(supervisor.sessions) == []


def look_after_until(supervisor, condition, within_s=10.0):
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        supervisor.look_after()
        time.sleep(0.05)


def test_it_tells_once_when_a_service_is_up(supervisor, capsys):
    service = Service(
        "model", ["sh", "-c", "echo so; echo engine ready; sleep 60"], False, "engine ready", "Up."
    )
    supervisor.add(service)
    look_after_until(supervisor, lambda: service.read_to < 0)
    supervisor.look_after()
    assert capsys.readouterr().out == "Up.\n"


def test_it_reports_a_service_that_ends_and_starts_it_again(supervisor, capsys, tmp_path):
    # It ends the first time only.
    script = "[ -e again ] && exec sleep 60; touch again; echo the reason; exit 7"
    service = Service("web", ["sh", "-c", script])
    supervisor.add(service)
    look_after_until(supervisor, lambda: service.restarts == 1)
    output = capsys.readouterr().out
    assert "web ended (status 7)" in output
    assert "the reason" in output
    assert service.process is None
    look_after_until(supervisor, lambda: service.process is not None)
    assert service.process.poll() is None
    assert last_lines(service.log, 9) == ["the reason"]
    assert last_lines(service.log, 9, service.log_begins_at) == []


def test_it_gives_up_a_service_that_always_ends(supervisor, capsys):
    service = Service("beat", ["false"], restarts=MAX_RESTARTS)
    supervisor.add(service)
    look_after_until(supervisor, lambda: service.process is None)
    assert "is given up" in capsys.readouterr().out
    supervisor.look_after()
    assert service.process is None


def test_the_demonstration_ends_with_a_service_that_it_needs(supervisor):
    service = Service("web", ["false"], is_vital=True, restarts=MAX_RESTARTS)
    supervisor.add(service)
    with pytest.raises(ServiceLost, match="web"):
        look_after_until(supervisor, lambda: False)


def test_it_ends_services_that_do_not_listen(supervisor):
    service = Service("stubborn", [sys.executable, "-c", STUBBORN])
    supervisor.add(Service("store", ["sleep", "600"]))
    supervisor.add(service)
    wait_until(lambda: "up" in service.log.read_text())
    supervisor.requests_to_stop = 1
    with pytest.raises(StopRequested):
        supervisor.watch()
    began_at = time.monotonic()
    supervisor.stop()
    assert time.monotonic() - began_at < 30
    assert members([service.process.pid]) == []
    assert not supervisor.record.path.exists()


def test_a_later_start_ends_what_an_earlier_one_left(supervisor, tmp_path):
    service = Service("stubborn", [sys.executable, "-c", STUBBORN])
    supervisor.add(service)
    wait_until(lambda: "up" in service.log.read_text())
    later = Supervisor(tmp_path, tmp_path, os.environ)
    assert later.end_leftovers()
    assert members([service.process.pid]) == []
    assert not later.end_leftovers()
