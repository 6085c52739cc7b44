"""Asks vLLM's own server, by token ids.

The server has the tokenizer and turns messages into ids and ids into text. So the beginning of the
reply can be forced, and a completion that broke off goes on from its ids.
"""

import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

import openai

from tutor.engine.chat_server import Chunks, outcome_of
from tutor.engine.completion import Delta, Outcome, Prompt, PromptTooLong, Sampling
from tutor.engine.markers import defuse
from tutor.engine.reasoning import CLOSING, OPENING, ReasoningSplitter
from tutor.engine.repetition import MAX_PATTERN, MIN_PATTERN, TIMES
from tutor.engine.silence import Silence

logger = logging.getLogger(__name__)

# Like the in-process engine's, but checked at each token, in the text of this request alone.
_REPETITION = {"min_pattern_size": MIN_PATTERN, "max_pattern_size": MAX_PATTERN, "min_count": TIMES}
_TAIL = 16  # tokens at the end of a prompt that are enough to recognise its ending


class VllmServer:
    continues = True

    def __init__(self, client: openai.AsyncOpenAI, model: str, silence: Silence, root: str) -> None:
        self._client = client
        self._silence = silence
        self._model = model
        self._root = root
        self._has_budgets = True

    async def stream(
        self, prompt: Prompt, sampling: Sampling, so_far: Sequence[int]
    ) -> AsyncGenerator[Delta, None]:
        async with self._silence.before_it_begins():
            prompt_ids, limit, thinking = await self._encode(prompt)
            splitter = ReasoningSplitter(thinking=thinking)
            if so_far:
                splitter.feed(await self._text(so_far))
        if len(prompt_ids) >= limit:
            raise PromptTooLong(len(prompt_ids), limit)
        room = min(sampling.max_tokens, limit - len(prompt_ids)) - len(so_far)
        if room < 1:
            yield Delta(*splitter.finish(), outcome=Outcome.BUDGET_EXHAUSTED)
            return
        options = self._options(sampling, room)
        reader = _Reader(splitter)
        async with (
            await self._ask([*prompt_ids, *so_far], options) as response,
            aclosing(self._silence.between(response)) as chunks,
        ):
            async for chunk in chunks:
                if delta := reader.read(chunk.model_dump(exclude_unset=True)):
                    yield delta
        yield reader.last()

    async def _encode(self, prompt: Prompt) -> tuple[list[int], int, bool]:
        """The prompt's ids, the model's limit, and whether the reply begins with reasoning."""
        message = {"role": "user", "content": defuse(prompt.user)}
        tokenized = await self._post("tokenize", {"messages": [message]})
        ids: list[int] = tokenized["tokens"]
        end = await self._text(ids[-_TAIL:])
        if not end.endswith(prompt.forced):  # some templates force the same beginning
            forced = {"prompt": prompt.forced, "add_special_tokens": False}
            ids += (await self._post("tokenize", forced))["tokens"]
            end += prompt.forced
        return ids, tokenized["max_model_len"], end.rfind(OPENING) > end.rfind(CLOSING)

    async def _text(self, ids: Sequence[int]) -> str:
        text: str = (await self._post("detokenize", {"tokens": list(ids)}))["prompt"]
        return text

    async def _post(self, page: str, body: dict[str, Any]) -> Any:
        body = {"model": self._model, **body}
        return await self._client.post(f"{self._root}/{page}", body=body, cast_to=object)

    def _options(self, sampling: Sampling, room: int) -> dict[str, Any]:
        extra: dict[str, Any] = {
            "return_token_ids": True,
            "skip_special_tokens": False,  # where thinking tags are such, they must be seen
            "repetition_detection": _REPETITION,
        }
        if sampling.thinking_budget is not None and self._has_budgets:
            extra["thinking_token_budget"] = sampling.thinking_budget
        return {
            "max_tokens": room,
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
            "seed": sampling.seed,
            "extra_body": extra,
        }

    async def _ask(self, ids: list[int], options: dict[str, Any]) -> Chunks:
        async with self._silence.before_it_begins():
            try:
                return await self._create(ids, options)
            except openai.BadRequestError as error:
                if "reasoning_config" not in str(error):
                    raise
                self._has_budgets = False
                logger.warning("the server keeps no budget of reasoning: start it with a parser")
                del options["extra_body"]["thinking_token_budget"]
                return await self._create(ids, options)

    async def _create(self, ids: list[int], options: dict[str, Any]) -> Chunks:
        chunks: Chunks = await self._client.completions.create(
            model=self._model,
            prompt=ids,
            stream=True,
            timeout=self._silence.timeout,
            **options,
        )
        return chunks


class _Reader:
    """Reads the chunks of one completion; ids wait for the text that they are part of.

    So whatever ids a log holds end with a whole character, and can be gone on from.
    """

    def __init__(self, splitter: ReasoningSplitter) -> None:
        self._splitter = splitter
        self._ids: list[int] = []
        self._end_id = 0  # how many tokens only said that the completion is over
        self._outcome: Outcome | None = None

    def read(self, chunk: dict[str, Any]) -> Delta | None:
        for choice in chunk["choices"]:
            self._ids += choice.get("token_ids") or []
            if reason := choice.get("finish_reason"):
                self._outcome = outcome_of(reason)
                self._drop_end(choice)
            if text := choice.get("text"):
                ids, self._ids = tuple(self._ids), []
                return Delta(*self._splitter.feed(text), ids)
        return None

    def _drop_end(self, choice: dict[str, Any]) -> None:
        """Leave out the id that ended the text: one that goes on from there samples it again."""
        by_end_token = self._outcome is Outcome.FINISHED and choice.get("stop_reason") is None
        if by_end_token and self._ids:
            self._ids.pop()
            self._end_id = 1

    def last(self) -> Delta:
        ids = tuple(self._ids)
        tokens = len(ids) + self._end_id
        return Delta(*self._splitter.finish(), ids, outcome=self._outcome, tokens=tokens)
