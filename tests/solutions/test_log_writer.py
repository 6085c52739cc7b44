"""How many entries a text becomes."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync

from tutor.engine.completion import Delta, Outcome
from tutor.solutions import log_writer
from tutor.solutions.log_writer import LogWriter


class MemoryLog:
    """A log that keeps nothing but what was appended, call by call."""

    def __init__(self):
        self.calls = []

    async def append(self, fence, records, after=""):
        self.calls.append(records)
        return [
            replace(record, id=f"{fence}-{len(self.calls)}{n}") for n, record in enumerate(records)
        ]


@pytest.mark.parametrize(("writers", "calls"), [(1, 25), (12, 25), (60, 5)])
def test_many_writers_of_a_worker_write_longer_entries(writers, calls, monkeypatch):
    clock = iter(range(1, 101))
    monkeypatch.setattr(log_writer, "time", SimpleNamespace(monotonic=lambda: 0.0101 * next(clock)))
    log = MemoryLog()
    writer = LogWriter(log, 1, None, lambda: writers)
    monkeypatch.setattr(writer, "_insist", lambda act: act())

    @async_to_sync
    async def write():
        for number in range(100):
            await writer.take(Delta(reasoning=f"{number} ", token_ids=(number,)))
        assert len(log.calls) == calls
        await writer.close(Outcome.FINISHED)

    write()
    assert writer.transcript.reasoning == "".join(f"{number} " for number in range(100))
    assert writer.transcript.token_ids == list(range(100))
