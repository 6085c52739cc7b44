import asyncio
from concurrent.futures import CancelledError
from types import SimpleNamespace

import pytest

from tests.scripted_engine import ScriptedEngine
from tutor.engine.completion import EngineAway
from tutor.solutions.generation import engine_host
from tutor.solutions.generation.engine_host import EngineHost


def test_nobody_waits_for_a_loop_that_has_ended():
    host = EngineHost(ScriptedEngine([]).start)
    host.start()
    waiting = host.run(asyncio.sleep(60))
    host.stop()
    with pytest.raises(CancelledError):
        waiting.result(timeout=5)


def test_after_its_end_it_takes_nothing_more():
    host = EngineHost(ScriptedEngine([]).start)
    host.start()
    host.stop()
    with pytest.raises(CancelledError):
        host.run(asyncio.sleep(0))
    called = []
    host.call(lambda: called.append(1))
    assert not called


@pytest.fixture
def pauses(monkeypatch):
    """Those between two tries, which take no time but that of the host's clock."""
    pauses = []

    async def sleep(pause_s):
        pauses.append(pause_s)

    clock = SimpleNamespace(monotonic=lambda: sum(pauses))
    monkeypatch.setattr(engine_host, "time", clock)
    monkeypatch.setattr(engine_host, "asyncio", SimpleNamespace(**vars(asyncio) | {"sleep": sleep}))
    return pauses


def test_a_server_that_stays_away_is_asked_ever_more_rarely_and_for_ever(pauses, caplog):
    """Solutions hear after ten minutes that it has been away for long."""
    heard = []
    caplog.set_level("INFO", logger=engine_host.__name__)

    async def start():
        if sum(pauses) < 3600:
            raise EngineAway("nobody answers")
        return ScriptedEngine([])

    host = EngineHost(start, on_long_absence=lambda: heard.append(sum(pauses)))
    host.start()
    host.stop()
    [told] = [line for line in caplog.messages if "waiting" not in line]
    assert told == "the model's server is there"  # and not back: it never was there
    assert pauses == sorted(pauses)
    assert pauses[0] < 1 <= pauses[-1] <= 5
    [after_s] = heard
    assert 600 < after_s <= 600 + pauses[-1]
