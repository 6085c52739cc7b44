"""Reads and closes the log of one solution outside an event loop."""

import logging

from asgiref.sync import async_to_sync

from tutor.redis_client import open_redis
from tutor.solutions.log.protocol import Entry
from tutor.solutions.log.token_log import Fenced, LogLost, LogRecord, TokenLog
from tutor.solutions.log.transcript import Transcript, transcript_of

logger = logging.getLogger(__name__)


@async_to_sync
async def read_records(pk: int) -> list[LogRecord]:
    async with open_redis() as client:
        return await TokenLog(client, pk).records()


def read_transcript(pk: int) -> Transcript:
    return transcript_of(read_records(pk))


@async_to_sync
async def close_log(pk: int, fence: int, *last: Entry, after: str = "") -> None:
    """Write the last entries of a solution that has ended: see `end_log`."""
    async with open_redis() as client:
        await end_log(TokenLog(client, pk), fence, *last, after=after)


async def end_log(log: TokenLog, fence: int, *last: Entry, after: str = "") -> None:
    """Write the last entries of a solution that has ended, after the entry `after` if it is known.

    A log that has lost entries is deleted: its viewers get the stored solution instead.
    """
    try:
        await log.append(fence, [LogRecord(entry) for entry in last], after)
    except Fenced:
        logger.info("log closed by a later claimant pk=%s", log.pk)
    except LogLost:
        await log.forget()
