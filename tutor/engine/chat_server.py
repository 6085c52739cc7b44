"""Asking any server by OpenAI's chat completions: one message, and what comes back as it comes.

The beginning of a reply cannot be forced this way, and nothing can be gone on with: servers
tell texts and no token ids. Where a reasoning model is served, the server's own chat template
makes it think.
"""

import json
import re
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import openai

from tutor.engine.completion import Delta, EngineFailed, Outcome, Prompt, Sampling
from tutor.engine.reasoning import ReasoningSplitter

_OUTCOMES = {
    "stop": Outcome.FINISHED,
    "length": Outcome.BUDGET_EXHAUSTED,
    "repetition": Outcome.LOOPING,
}
Chunks = openai.AsyncStream[Any]
# What servers call the part of a message that is thought and not said.
_REASONING = ("reasoning_content", "reasoning")
# Markers of the usual chat templates, in a problem's text.
_MARKER = re.compile(
    r"<[|｜][^<>|｜\n]{1,40}[|｜]>|</?think>|</?s>|\[/?(?:INST|SYSTEM_PROMPT)\]"
    r"|<(?:start|end)_of_turn>|<(?:bos|eos|pad|unk)>"
)


def defuse(text: str) -> str:
    """Take markers such as <|im_end|> apart, lest a problem speak for the tutor."""
    return _MARKER.sub(lambda found: f"{found[0][0]} {found[0][1:]}", text)


def outcome_of(finish_reason: str) -> Outcome:
    """Raises EngineFailed for ends that are not the completion's own, such as an abort."""
    if finish_reason not in _OUTCOMES:
        raise EngineFailed(f"the server ended the completion with {finish_reason!r}")
    return _OUTCOMES[finish_reason]


class ChatServer:
    continues = False

    def __init__(self, client: openai.AsyncOpenAI, model: str) -> None:
        self._client = client
        self._model = model
        self._limit = "max_tokens"

    async def stream(
        self, prompt: Prompt, sampling: Sampling, so_far: Sequence[int]
    ) -> AsyncGenerator[Delta, None]:
        if so_far:
            raise ValueError("a completion cannot be gone on with at this server")
        reader = _Reader(thinking=bool(prompt.forced))
        async with await self._ask(prompt, sampling) as response:
            if "event-stream" not in response.response.headers.get("content-type", ""):
                # It does not stream: the whole completion comes at once.
                yield reader.whole(json.loads(await response.response.aread()))
            else:
                async for chunk in response:
                    if delta := reader.read(chunk.model_dump(exclude_unset=True)):
                        yield delta
        yield reader.last()

    async def _ask(self, prompt: Prompt, sampling: Sampling) -> Chunks:
        try:
            return await self._create(prompt, sampling)
        except openai.BadRequestError as error:
            if self._limit not in str(error) or "max_completion_tokens" not in str(error):
                raise
            self._limit = "max_completion_tokens"  # what OpenAI's own reasoning models call it
            return await self._create(prompt, sampling)

    async def _create(self, prompt: Prompt, sampling: Sampling) -> Chunks:
        options: dict[str, Any] = {self._limit: sampling.max_tokens}
        if sampling.seed is not None:
            options["seed"] = sampling.seed
        chunks: Chunks = await self._client.chat.completions.create(
            model=self._model,
            messages=[{"role": "user", "content": defuse(prompt.user)}],
            temperature=sampling.temperature,
            top_p=sampling.top_p,
            stream=True,
            stream_options={"include_usage": True},
            **options,
        )
        return chunks


class _Reader:
    """Reads the chunks of one completion, whichever way the server tells thought from answer."""

    def __init__(self, *, thinking: bool) -> None:
        self._splitter = ReasoningSplitter(thinking=thinking)
        self._has_fields = False
        self._counted = 0
        self._used = 0
        self._outcome: Outcome | None = None

    def read(self, chunk: dict[str, Any]) -> Delta | None:
        """What is new in one chunk; most hold one token, so each counts as one."""
        self._note_usage(chunk)
        for choice in chunk.get("choices") or []:
            if choice.get("finish_reason"):
                self._outcome = outcome_of(choice["finish_reason"])
            reasoning, answer = self._texts(choice.get("delta") or {})
            if reasoning or answer:
                self._counted += 1
                return Delta(reasoning, answer, tokens=1)
        return None

    def whole(self, body: dict[str, Any]) -> Delta:
        """Raises LookupError where it is no completion."""
        self._note_usage(body)
        choice = body["choices"][0]
        self._outcome = outcome_of(choice["finish_reason"])
        reasoning, answer = self._texts(choice["message"])
        self._counted = self._used
        return Delta(reasoning, answer, tokens=self._used)

    def last(self) -> Delta:
        """What was held back, the outcome, and the tokens that no chunk was counted for."""
        reasoning, answer = self._splitter.finish()
        uncounted = max(0, self._used - self._counted)
        return Delta(reasoning, answer, outcome=self._outcome, tokens=uncounted)

    def _texts(self, message: dict[str, Any]) -> tuple[str, str]:
        thought = next((message[name] for name in _REASONING if message.get(name)), "")
        if thought and not self._has_fields:
            self._has_fields = True
            self._splitter = ReasoningSplitter(thinking=False)
        reasoning, answer = self._splitter.feed(message.get("content") or "")
        return thought + reasoning, answer

    def _note_usage(self, chunk: dict[str, Any]) -> None:
        if usage := chunk.get("usage"):
            self._used = usage.get("completion_tokens") or self._used
