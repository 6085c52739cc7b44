"""A test double of a server: answers each page with what the test wrote, over real HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

MODEL = "some-model"


@dataclass
class Reply:
    """`chunks` are events of a stream, sent with `pause_s` between them; else `body` is sent.

    wait_s: before any of it. is_reset: after it the connection breaks. location: where it sends
    on to.
    """

    status: int = 200
    body: Any = None
    chunks: list[Any] | None = None
    pause_s: float = 0.0
    done: bool = True  # whether the stream ends with the word that it is over
    wait_s: float = 0.0
    is_reset: bool = False
    location: str = ""

    @property
    def kind(self) -> str:
        return "application/json" if self.chunks is None else "text/event-stream"


@dataclass
class ScriptedServer:
    """`replies` by page; the last reply of a page is given again for ever."""

    replies: dict[str, list[Reply]]
    received: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    left: int = 0  # clients that went away within a reply
    port: int = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def bodies(self, page: str) -> list[Any]:
        return [body for received, _, body in self.received if received == page]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.split("\r\n")
            headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines) if k}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            page = first.split()[1]
            self.received.append((page, headers, json.loads(body) if body else None))
            waiting = self.replies[page]
            await self.send(waiting.pop(0) if len(waiting) > 1 else waiting[0], writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.left += 1
        finally:
            writer.close()

    async def send(self, reply: Reply, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(reply.wait_s)
        writer.write(
            f"HTTP/1.1 {reply.status} X\r\nContent-Type: {reply.kind}\r\n"
            f"Location: {reply.location}\r\nConnection: close\r\n\r\n".encode()
        )
        if reply.chunks is None:
            writer.write(json.dumps(reply.body).encode())
        for chunk in reply.chunks or []:
            text = chunk if isinstance(chunk, str) else json.dumps(chunk)
            writer.write(f"data: {text}\n\n".encode())
            await writer.drain()
            await asyncio.sleep(reply.pause_s)
        if reply.is_reset:
            await asyncio.sleep(0.1)  # until the client has what was written
            writer.transport.abort()
            return
        if reply.chunks is not None and reply.done:
            writer.write(b"data: [DONE]\n\n")
        await writer.drain()


def models(*names: str, owned_by: str = "someone") -> Reply:
    cards = [{"id": name, "object": "model", "created": 1, "owned_by": owned_by} for name in names]
    return Reply(body={"object": "list", "data": cards})


def refused(status: int, message: str, **fields: Any) -> Reply:
    return Reply(status, body={"error": {"message": message, "type": "x", **fields}})


def chat(*deltas: dict[str, str], finish: str = "stop", used: int | None = None, **reply) -> Reply:
    """A stream of chat chunks, with the count of tokens at its end."""
    chunks: list[Any] = [chunk({"delta": delta, "index": 0}) for delta in deltas]
    chunks.append(chunk({"delta": {}, "index": 0, "finish_reason": finish}))
    if used is not None:
        usage = {"prompt_tokens": 1, "completion_tokens": used, "total_tokens": used + 1}
        chunks.append({**chunk(), "usage": usage})
    return Reply(chunks=chunks, **reply)


def chunk(*choices: dict[str, Any]) -> dict[str, Any]:
    kind = "chat.completion.chunk"
    return {"id": "1", "object": kind, "created": 1, "model": MODEL, "choices": list(choices)}


@asynccontextmanager
async def scripted_server(*chats: Reply, **pages: Reply) -> AsyncIterator[ScriptedServer]:
    replies = {"/v1/models": [pages.pop("models", models(MODEL))]}
    replies["/v1/chat/completions"] = list(chats)
    server = ScriptedServer(replies)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield server
