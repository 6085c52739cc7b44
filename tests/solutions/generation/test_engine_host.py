import asyncio
from concurrent.futures import CancelledError

import pytest

from tests.scripted_engine import ScriptedEngine
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
