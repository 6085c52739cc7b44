"""Asks any server by OpenAI's chat completions: sends one message, and streams the reply.

This way the beginning of a reply cannot be forced, and a completion cannot be continued: servers
send texts and no token ids. The server's own chat template makes a reasoning model think.

Where tools are offered, a completion consists of rounds: the model calls some tools, gets the
results, and writes on. A completion that broke off begins anew with all its calls.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

import openai

from tutor.engine.completion import (
    Delta,
    EngineFailed,
    Outcome,
    Prompt,
    Sampling,
    Tool,
    ToolCall,
)
from tutor.engine.markers import defuse
from tutor.engine.reasoning import ReasoningSplitter
from tutor.engine.silence import Silence

_OUTCOMES = {
    "stop": Outcome.FINISHED,
    "length": Outcome.BUDGET_EXHAUSTED,
    "repetition": Outcome.LOOPING,
}
MAX_ROUNDS = 6  # of calls; then the model has to answer without
MAX_CALLS = 4  # at once
Chunks = openai.AsyncStream[Any]
# Servers' names for the reasoning part of a message.
_REASONING = ("reasoning_content", "reasoning")


def outcome_of(finish_reason: str) -> Outcome:
    """Raises EngineFailed for ends that are not the completion's own, such as an abort."""
    if finish_reason not in _OUTCOMES:
        raise EngineFailed(f"the server ended the completion with {finish_reason!r}")
    return _OUTCOMES[finish_reason]


class ChatServer:
    continues = False

    def __init__(
        self, client: openai.AsyncOpenAI, model: str, silence: Silence, tools: Sequence[Tool] = ()
    ) -> None:
        self._client = client
        self._silence = silence
        self._model = model
        self._tools = {tool.name: tool for tool in tools}
        self._limit = "max_tokens"

    async def stream(
        self, prompt: Prompt, sampling: Sampling, so_far: Sequence[int]
    ) -> AsyncGenerator[Delta, None]:
        if so_far:
            raise ValueError("a completion cannot be gone on with at this server")
        messages: list[Any] = [{"role": "user", "content": defuse(prompt.user)}]
        is_begun = False  # whether there is an answer that the next round goes on with
        left = sampling
        for number in range(MAX_ROUNDS + 1):
            reader = _Reader(
                thinking=bool(prompt.forced), may_call=bool(self._tools), goes_on=is_begun
            )
            async with (
                await self._ask(messages, left, number < MAX_ROUNDS) as response,
                aclosing(self._deltas(reader, response)) as deltas,
            ):
                async for delta in deltas:
                    yield delta
            last = reader.last()
            if last.outcome is not Outcome.FINISHED or not reader.calls:
                yield last
                return
            yield replace(last, outcome=None)
            messages.append(reader.message())
            for index, call in enumerate(reader.calls):
                answered = await self._call_tool(call, index)
                yield Delta(call=answered)
                result = {"role": "tool", "tool_call_id": call.id, "content": answered.result}
                messages.append(result)
            is_begun = is_begun or bool(reader.answer)
            left = replace(left, max_tokens=left.max_tokens - reader.tokens)
            if left.max_tokens < 1:
                yield Delta(outcome=Outcome.BUDGET_EXHAUSTED)
                return
        yield Delta(outcome=Outcome.LOOPING)  # it still calls tools although none is offered

    async def _call_tool(self, call: "_Call", index: int) -> ToolCall:
        """The call with its result, which explains to the model why a call is not possible."""
        tool = self._tools.get(call.name)
        if tool is None:
            result = f"There is no tool {call.name[:40]!r}; there are {', '.join(self._tools)}."
        elif index >= MAX_CALLS:
            result = f"At most {MAX_CALLS} calls at once are answered."
        else:
            result = await asyncio.to_thread(tool.call, call.arguments)
        return ToolCall(call.name, call.arguments, result)

    async def _ask(self, messages: list[Any], sampling: Sampling, may_call: bool) -> Chunks:
        async with self._silence.before_it_begins():
            try:
                return await self._create(messages, sampling, may_call)
            except openai.BadRequestError as error:
                if self._limit not in str(error) or "max_completion_tokens" not in str(error):
                    raise
                self._limit = "max_completion_tokens"  # the name for OpenAI's own reasoning models
                return await self._create(messages, sampling, may_call)

    async def _create(self, messages: list[Any], sampling: Sampling, may_call: bool) -> Chunks:
        options: dict[str, Any] = {self._limit: sampling.max_tokens}
        if sampling.seed is not None:
            options["seed"] = sampling.seed
        if self._tools:
            options["tools"] = [_described(tool) for tool in self._tools.values()]
            options["tool_choice"] = "auto" if may_call else "none"
        chunks: Chunks = await self._client.chat.completions.create(
            model=self._model,
            messages=messages,
            temperature=sampling.temperature,
            top_p=sampling.top_p,
            stream=True,
            stream_options={"include_usage": True},
            timeout=self._silence.timeout,
            **options,
        )
        return chunks

    async def _deltas(self, reader: "_Reader", response: Chunks) -> AsyncGenerator[Delta, None]:
        if "event-stream" not in response.response.headers.get("content-type", ""):
            # It does not stream: the whole completion comes at once.
            async with self._silence.before_it_begins():
                body = await response.response.aread()
            yield reader.whole(json.loads(body))
            return
        async with aclosing(self._silence.between(response)) as chunks:
            async for chunk in chunks:
                if delta := reader.read(chunk.model_dump(exclude_unset=True, warnings=False)):
                    yield delta


def _described(tool: Tool) -> dict[str, Any]:
    described = {
        "name": tool.name,
        "description": tool.description,
        "parameters": dict(tool.parameters),
    }
    return {"type": "function", "function": described}


@dataclass
class _Call:
    """A call while it arrives in pieces."""

    id: str
    name: str = ""
    arguments: str = ""

    def to_dict(self) -> dict[str, Any]:
        """For the next round. vLLM's server refuses arguments that it cannot read."""
        arguments = self.arguments if _is_object(self.arguments) else "{}"
        function = {"name": self.name, "arguments": arguments}
        return {"id": self.id, "type": "function", "function": function}


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


class _Reader:
    """Reads the chunks of one completion, however the server separates reasoning from answer."""

    def __init__(self, *, thinking: bool, may_call: bool, goes_on: bool) -> None:
        self._splitter = ReasoningSplitter(thinking=thinking)
        self._has_fields = False
        self._counted = 0
        self._used = 0
        self._outcome: Outcome | None = None
        self._calls: dict[int, _Call] = {}
        self._may_call = may_call
        self._goes_on = goes_on
        self.answer = ""

    @property
    def calls(self) -> list[_Call]:
        return list(self._calls.values())

    @property
    def tokens(self) -> int:
        return max(self._counted, self._used)

    def message(self) -> dict[str, Any]:
        """The model's text and calls of this round, for the next one."""
        calls = [call.to_dict() for call in self.calls]
        return {"role": "assistant", "content": self.answer or None, "tool_calls": calls}

    def read(self, chunk: dict[str, Any]) -> Delta | None:
        """The new text of one chunk; most chunks hold one token, so each counts as one."""
        self._note_usage(chunk)
        for choice in chunk.get("choices") or []:
            message = choice.get("delta") or {}
            self._note_calls(message)
            if choice.get("finish_reason"):
                self._note_end(choice["finish_reason"])
            reasoning, answer = self._texts(message)
            if reasoning or answer:
                self._counted += 1
                return Delta(reasoning, answer, tokens=1)
        return None

    def whole(self, body: dict[str, Any]) -> Delta:
        """A completion that came as a whole. Raises LookupError where `body` is none."""
        self._note_usage(body)
        choice = body["choices"][0]
        self._note_calls(choice["message"])
        self._note_end(choice["finish_reason"])
        reasoning, answer = self._texts(choice["message"])
        self._counted = self._used
        return Delta(reasoning, answer, tokens=self._used)

    def last(self) -> Delta:
        """The text that was held back, the outcome, and tokens that no chunk has counted."""
        reasoning, answer = self._splitter.finish()
        uncounted = max(0, self._used - self._counted)
        return Delta(reasoning, self._joined(answer), outcome=self._outcome, tokens=uncounted)

    def _texts(self, message: dict[str, Any]) -> tuple[str, str]:
        thought = next((message[name] for name in _REASONING if message.get(name)), "")
        if thought and not self._has_fields:
            self._has_fields = True
            self._splitter = ReasoningSplitter(thinking=False)
        reasoning, answer = self._splitter.feed(message.get("content") or "")
        return thought + reasoning, self._joined(answer)

    def _joined(self, answer: str) -> str:
        """The same text; where it continues an earlier round's answer, in a new paragraph."""
        begins = bool(answer) and not self.answer
        self.answer += answer
        return f"\n\n{answer}" if begins and self._goes_on else answer

    def _note_calls(self, message: dict[str, Any]) -> None:
        if not self._may_call:
            return
        for position, piece in enumerate(message.get("tool_calls") or []):
            index = piece.get("index", position)
            call = self._calls.setdefault(index, _Call(f"call-{index}"))
            function = piece.get("function") or {}
            call.id = piece.get("id") or call.id
            call.name += function.get("name") or ""
            call.arguments += function.get("arguments") or ""

    def _note_end(self, reason: str) -> None:
        """Servers end a round of calls with "tool_calls" or with "stop"."""
        is_round = reason == "tool_calls" and self._may_call
        self._outcome = Outcome.FINISHED if is_round else outcome_of(reason)

    def _note_usage(self, chunk: dict[str, Any]) -> None:
        if usage := chunk.get("usage"):
            self._used = usage.get("completion_tokens") or self._used
