"""One read for all logs that are followed."""

import asyncio
from contextlib import asynccontextmanager

import pytest
import redis.asyncio
from redis.exceptions import ConnectionError as AwayError

from tutor.redis_client import MAX_CONNECTIONS, open_redis
from tutor.solutions.log import reader as module
from tutor.solutions.log.pipelined_scripts import PipelinedScripts
from tutor.solutions.log.protocol import START_OF_LOG, StepDelta, decode
from tutor.solutions.log.reader import LogFeed, log_feed
from tutor.solutions.log.token_log import LogRecord, TokenLog


@pytest.fixture
def reads(monkeypatch):
    """The places of each read, by key."""
    calls = []
    xread = redis.asyncio.Redis.xread

    async def counted(client, streams, **kwargs):
        calls.append(dict(streams))
        return await xread(client, streams, **kwargs)

    monkeypatch.setattr(redis.asyncio.Redis, "xread", counted)
    return calls


@asynccontextmanager
async def logs(count, entries):
    """Logs of as many entries, and a feed that somebody uses."""
    feed = LogFeed()
    async with open_redis() as writing, feed.client():
        made = [TokenLog(writing, pk) for pk in range(1, count + 1)]
        for log in made:
            await write(log, *(f"{log.pk}.{n}" for n in range(1, entries + 1)))
        yield feed, made


async def write(log, *texts):
    await log.append(1, [LogRecord(StepDelta(0, text, 1)) for text in texts])


def texts(logged):
    return [decode(entry.encoded).text for entry in logged]


async def test_all_followed_logs_are_read_at_once(reads):
    async with logs(20, 2) as (feed, made):
        following = [feed.read(log.key, START_OF_LOG, count=9) for log in made]
        entries = await asyncio.gather(*following)
    assert [texts(logged) for logged in entries] == [[f"{pk}.1", f"{pk}.2"] for pk in range(1, 21)]
    assert [entry.id for entry in entries[0]] == ["1-1", "1-2"]
    assert reads == [{log.key: START_OF_LOG for log in made}]


async def test_a_waiting_reader_is_woken_only_by_its_own_log():
    async with logs(2, 0) as (feed, [busy, silent]):
        waiting, other = (
            asyncio.create_task(feed.read(log.key, START_OF_LOG, count=9)) for log in (busy, silent)
        )
        await asyncio.sleep(0.02)
        await write(busy, "at last")
        assert texts(await waiting) == ["at last"]
        assert not other.done()
        await write(silent, "too")
        assert texts(await other) == ["too"]


@pytest.fixture
def patient(monkeypatch):
    """No read ends by itself before something is written."""
    monkeypatch.setattr(module, "BLOCK_MS", 60_000)
    monkeypatch.setattr(module, "HANGS_S", 60.0)


async def test_a_new_reader_does_not_wait_behind_silent_ones(patient):
    async with logs(2, 1) as (feed, [full, read_already]), asyncio.timeout(5):
        silent = asyncio.create_task(feed.read(read_already.key, "1-1", count=9))
        await asyncio.sleep(0.05)
        assert texts(await feed.read(full.key, START_OF_LOG, count=9)) == ["1.1"]
        await asyncio.sleep(0.05)
        assert texts(await feed.read(full.key, START_OF_LOG, count=9)) == ["1.1"]
        assert not silent.done()
        silent.cancel()


async def readers(client):
    """The ids of the connections that wait for entries."""
    return [row["id"] for row in await client.client_list() if row["cmd"] == "xread"]


async def test_a_new_reader_does_not_wait_after_a_lost_connection(patient):
    async with logs(2, 1) as (feed, [full, read_already]), asyncio.timeout(5):
        silent = asyncio.create_task(feed.read(read_already.key, "1-1", count=9))
        await asyncio.sleep(0.05)
        [first] = await readers(full.client)
        await full.client.client_kill_filter(_id=first)
        while await readers(full.client) in ([], [first]):
            pass
        assert texts(await feed.read(full.key, START_OF_LOG, count=9)) == ["1.1"]
        silent.cancel()


async def test_each_viewer_continues_from_its_own_position(reads):
    async with logs(1, 12) as (feed, [log]):
        places = {"1-2": 3, START_OF_LOG: 4, "1-10": 9, "1-9": 1, "1-12": 5}
        following = {
            after: asyncio.create_task(feed.read(log.key, after, count=count))
            for after, count in places.items()
        }
        await write(log, "1.13")
        entries = {after: texts(await task) for after, task in following.items()}
    assert entries == {
        START_OF_LOG: ["1.1", "1.2", "1.3", "1.4"],
        "1-2": ["1.3", "1.4", "1.5"],
        "1-9": ["1.10"],
        "1-10": entries["1-10"],
        "1-12": ["1.13"],
    }
    assert entries["1-10"][:2] == ["1.11", "1.12"]
    assert reads[0] == {log.key: START_OF_LOG}


async def test_silence_is_told_after_a_while(monkeypatch):
    monkeypatch.setattr(module, "SILENCE_S", 0.1)
    async with logs(1, 0) as (feed, [log]):
        async with asyncio.timeout(5):
            assert not await feed.read(log.key, START_OF_LOG, count=9)


async def test_entries_after_a_pause_are_read_at_once(monkeypatch):
    monkeypatch.setattr(module, "PAUSE_S", 60.0)
    monkeypatch.setattr(module, "BLOCK_MS", 2000)
    async with logs(5, 0) as (feed, made), asyncio.timeout(10):
        following = [asyncio.create_task(feed.read(log.key, START_OF_LOG, count=9)) for log in made]
        await asyncio.sleep(2 * module.LULL_S)
        scripts = PipelinedScripts(made[0].client)
        together = [TokenLog(log.client, log.pk, scripts) for log in made]
        await asyncio.gather(*(write(log, "at once") for log in together))
        entries = await asyncio.gather(*following)
    assert [texts(logged) for logged in entries] == [["at once"]] * 5


async def test_a_reader_that_leaves_ends_no_other():
    async with logs(1, 0) as (feed, [log]):
        leaving, staying = (
            asyncio.create_task(feed.read(log.key, START_OF_LOG, count=9)) for _ in range(2)
        )
        await asyncio.sleep(0.02)
        leaving.cancel()
        await write(log, "on")
        assert texts(await staying) == ["on"]


async def test_where_redis_is_away_all_hear_of_it_and_may_ask_again(monkeypatch):
    async with logs(2, 1) as (feed, made):
        with monkeypatch.context() as away:

            async def fail(*args, **kwargs):
                raise AwayError("gone")

            away.setattr(redis.asyncio.Redis, "xread", fail)
            following = [feed.read(log.key, START_OF_LOG, count=9) for log in made]
            answers = await asyncio.gather(*following, return_exceptions=True)
            assert [type(error) for error in answers] == [AwayError] * 2
        assert texts(await feed.read(made[1].key, START_OF_LOG, count=9)) == ["2.1"]


async def test_a_read_that_hangs_is_begun_anew(monkeypatch):
    monkeypatch.setattr(module, "HANGS_S", 0.1)
    monkeypatch.setattr(module, "SILENCE_S", 0.05)
    async with logs(1, 1) as (feed, [log]):
        with monkeypatch.context() as hung:

            async def hang(*args, **kwargs):
                await asyncio.Event().wait()

            hung.setattr(redis.asyncio.Redis, "xread", hang)
            async with asyncio.timeout(5):
                assert not await feed.read(log.key, START_OF_LOG, count=9)
        assert texts(await feed.read(log.key, START_OF_LOG, count=9)) == ["1.1"]


async def test_it_is_read_although_others_hold_all_the_connections():
    async with logs(1, 1) as (feed, [log]), feed.client() as shared:
        holding = [
            asyncio.create_task(shared.blpop(["nothing"], timeout=5))
            for _ in range(MAX_CONNECTIONS)
        ]
        await asyncio.sleep(0.1)
        async with asyncio.timeout(3):
            assert texts(await feed.read(log.key, START_OF_LOG, count=9)) == ["1.1"]
        for connection in holding:
            connection.cancel()
        await asyncio.wait(holding)


async def test_nothing_is_kept_of_readers_that_left():
    async with logs(1, 1) as (feed, [log]):
        await feed.read(log.key, START_OF_LOG, count=9)
        await feed._reading
        assert not feed._waiting


async def test_the_client_is_shared_until_the_last_has_left(monkeypatch):
    closed = []
    aclose = redis.asyncio.Redis.aclose

    async def noted(client):
        closed.append(client)
        await aclose(client)

    monkeypatch.setattr(redis.asyncio.Redis, "aclose", noted)
    feed = log_feed()
    assert log_feed() is feed
    async with feed.client() as first:
        async with feed.client() as second:
            assert second is first
            left = asyncio.create_task(feed.read("nothing", START_OF_LOG, count=9))
            await asyncio.sleep(0.02)
        assert not closed
        left.cancel()
    assert first in closed
    async with feed.client() as third:
        await write(TokenLog(third, 1), "anew")
        assert texts(await feed.read(TokenLog(third, 1).key, START_OF_LOG, count=9)) == ["anew"]
    assert len(closed) == 4  # two with one to read by
    assert len(asyncio.all_tasks()) == 1


async def test_a_viewer_who_leaves_while_it_closes_leaves_no_connection_open():
    feed = LogFeed()

    async def view():
        async with feed.client() as shared:
            shared_clients.append(shared)
            await shared.ping()
            await feed.read("a-log", START_OF_LOG, count=9)

    shared_clients = []  # so that no connection is closed by the garbage collector
    async with open_redis() as redis_client:

        async def connections():
            return {row["id"] for row in await redis_client.client_list()}

        before = await connections()
        viewer = asyncio.create_task(view())
        await asyncio.sleep(0.05)
        assert await connections() - before
        viewer.cancel()
        await asyncio.sleep(0)  # it begins to close
        viewer.cancel()
        with pytest.raises(asyncio.CancelledError):
            await viewer
        await asyncio.sleep(0.05)
        assert await connections() - before == set()
