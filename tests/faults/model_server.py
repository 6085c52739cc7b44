"""Replaces vLLM's own server: serves what `SteadyEngine` writes, for prompts of token ids.

    python -m tests.faults.model_server PORT RATE [MODEL]

A prompt's ids are those of its characters. A completion's ids are positions in its text, so any
process can continue one that broke off.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

from tests.faults.steady_engine import SteadyEngine
from tutor.engine.completion import Outcome, Prompt, Sampling

MODEL = "scripted-model"
FIRST_POSITION = 0x110000  # above all characters
LIMIT = 1_000_000


def encoded(text: str) -> list[int]:
    return [ord(character) for character in text]


def decoded(ids: list[int]) -> str:
    return "".join(chr(i) for i in ids if i < FIRST_POSITION)


def answer(model: str, page: str, body: Any) -> Any:
    """Handle the requests that are not streamed."""
    match page:
        case "/v1/models":
            card = {"id": model, "object": "model", "created": 1, "owned_by": "vllm"}
            return {"object": "list", "data": [card]}
        case "/version":
            return {"version": "0"}
        case "/tokenize" if "messages" in body:
            [message] = body["messages"]
            return {"tokens": encoded(message["content"]), "max_model_len": LIMIT}
        case "/tokenize":
            return {"tokens": encoded(body["prompt"]), "max_model_len": LIMIT}
        case "/detokenize":
            return {"prompt": decoded(body["tokens"])}
    return None


async def completion(engine: SteadyEngine, body: Any) -> AsyncIterator[Any]:
    ids = body["prompt"]
    so_far = [i - FIRST_POSITION for i in ids if i >= FIRST_POSITION]
    sampling, kind = Sampling(body["max_tokens"]), "text_completion"
    common = {"id": "1", "object": kind, "created": 1, "model": MODEL}
    deltas = engine.stream(Prompt(decoded(ids)), sampling, request_id="1", so_far=so_far)
    async for delta in deltas:
        choice: dict[str, Any] = {"index": 0, "text": delta.answer, "finish_reason": None}
        choice["token_ids"] = [position + FIRST_POSITION for position in delta.token_ids]
        if delta.outcome is Outcome.FINISHED:
            choice |= {"finish_reason": "stop", "token_ids": [0], "stop_reason": None}
        yield {**common, "choices": [choice]}


class ModelServer:
    def __init__(self, rate: float, model: str = MODEL) -> None:
        self.engine = SteadyEngine(rate)
        self.model = model

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._answer(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client has left
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines) if k}
        content = await reader.readexactly(int(headers.get("content-length", 0)))
        page, body = first.split()[1], json.loads(content) if content else None
        if body and body.get("model", self.model) != self.model:
            error = json.dumps({"error": {"message": "no such model", "code": 404}}).encode()
            writer.write(_head("application/json", f"Content-Length: {len(error)}", 404) + error)
        elif page == "/v1/completions":
            writer.write(_head("text/event-stream", "Transfer-Encoding: chunked"))
            async for chunk in completion(self.engine, body):
                writer.write(_chunked(f"data: {json.dumps(chunk)}\n\n"))
                await writer.drain()
            writer.write(_chunked("data: [DONE]\n\n") + _chunked(""))
        else:
            text = json.dumps(answer(self.model, page, body)).encode()
            writer.write(_head("application/json", f"Content-Length: {len(text)}") + text)
        await writer.drain()
        return True


def _head(kind: str, length: str, status: int = 200) -> bytes:
    return f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n{length}\r\n\r\n".encode()


def _chunked(text: str) -> bytes:
    data = text.encode()
    return b"%x\r\n%s\r\n" % (len(data), data)


async def main(port: str, rate: str, *model: str) -> None:
    serve = ModelServer(float(rate), *model).serve
    server = await asyncio.start_server(serve, "127.0.0.1", int(port))
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
