"""The engine that is a server: any that speaks OpenAI's chat completions.

It needs neither a GPU nor vllm in this process. vLLM's own server is asked with token ids, so that
its completions are forced, stopped and continued like the in-process engine's. Other servers are
asked by messages alone, and so is vLLM's where tools are offered.
"""

import logging
import re
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing, contextmanager
from typing import Any
from urllib.parse import urlsplit

import openai
from openai.types import Model

from tutor.engine.chat_server import ChatServer
from tutor.engine.completion import (
    CompletionFailed,
    Delta,
    EngineAway,
    EngineFailed,
    ModelUnusable,
    Outcome,
    Prompt,
    PromptTooLong,
    Sampling,
    ServerConfig,
)
from tutor.engine.silence import AWAY, CONNECT_S, Silence
from tutor.engine.vllm_server import VllmServer

logger = logging.getLogger(__name__)

# Raised while reading an answer that does not follow the interface.
_NOT_AS_PROMISED = (ValueError, LookupError, TypeError, AttributeError)
MAX_TOKEN_LENGTH = 16  # characters on the average of a text; even English has only four
_TOKENS = re.compile(r"(?<!\d)(\d+) (?:input )?tokens")
RETRIES = 2  # of a request without an answer, or to a server that is too busy


class OpenAIEngine:
    """One server's model. Belongs to the event loop that started it."""

    name = "openai"

    def __init__(
        self,
        client: openai.AsyncOpenAI,
        config: ServerConfig,
        server: ChatServer | VllmServer,
        version: str,
    ) -> None:
        self.model = config.model
        self.version = version
        self.continues = server.continues
        self._client = client
        self._config = config
        self._server = server
        self._closed = False

    @classmethod
    async def start(cls, config: ServerConfig) -> "OpenAIEngine":
        """Find the model at the server.

        Raises ModelUnusable if the server lacks the model or refuses the key, EngineAway if it
        does not answer, EngineFailed if it is no such server.
        """
        client = openai.AsyncOpenAI(
            base_url=config.base_url,
            api_key=config.api_key or "none",
            timeout=openai.Timeout(config.silence_s, connect=CONNECT_S),
            max_retries=RETRIES,
        )
        try:
            with _named(config):
                model = await _find(client, config)
                server, version = await _recognise(client, config, Silence(client, config), model)
        except BaseException:
            await client.close()
            raise
        return cls(client, config, server, version)

    async def stream(
        self,
        prompt: Prompt,
        sampling: Sampling,
        *,
        request_id: str,
        so_far: Sequence[int] = (),
    ) -> AsyncGenerator[Delta, None]:
        """See `Engine.stream`."""
        if self._closed:
            raise EngineFailed("the engine is closed")
        deltas = self._server.stream(prompt, sampling, so_far)
        left = sampling.max_tokens - len(so_far)
        ended = False
        try:
            with _named(self._config):
                async with aclosing(deltas):
                    async for delta in deltas:
                        ended = delta.outcome is not None
                        if left < 1 and not ended:  # a server that keeps no limit
                            yield Delta(outcome=Outcome.BUDGET_EXHAUSTED)
                            return
                        left -= _min_tokens(delta)
                        yield delta
        except ModelUnusable as error:  # it was there when the engine started
            raise EngineFailed(str(error)) from error
        except EngineAway:
            raise
        except EngineFailed as error:
            raise CompletionFailed(str(error)) from error
        if not ended:
            raise EngineAway(f"{self._config.base_url} broke off within the completion")

    async def check(self) -> None:
        """See `Engine.check`."""
        if self._closed:
            raise EngineFailed("the engine is closed")
        try:
            with _named(self._config):
                await _find(self._client, self._config)
        except ModelUnusable as error:
            raise EngineFailed(str(error)) from error

    async def close(self) -> None:
        """See `Engine.close`."""
        self._closed = True
        await self._client.close()


async def _find(client: openai.AsyncOpenAI, config: ServerConfig) -> Model:
    try:
        models = [model async for model in client.models.list()]
    except openai.InternalServerError as error:  # it is starting, or will be started again
        raise EngineAway(f"{config.base_url} failed: {_sentence(error)}") from error
    for model in models:
        if model.id == config.model:
            return model
    offered = ", ".join(model.id for model in models[:10]) or "none"
    raise ModelUnusable(f"{config.base_url} has no model {config.model}; it offers {offered}")


async def _recognise(
    client: openai.AsyncOpenAI, config: ServerConfig, silence: Silence, model: Model
) -> tuple[ChatServer | VllmServer, str]:
    """How to ask this server, and its version."""
    if config.tools:  # which are called by messages alone
        return ChatServer(client, config.model, silence, config.tools), f"at {client.base_url.host}"
    if model.owned_by == "vllm":
        root = config.base_url.rstrip("/").removesuffix("/v1")
        try:
            answer: Any = await client.get(f"{root}/version", cast_to=object)
        except openai.APIStatusError:
            logger.warning("%s hides what lies beside /v1: asked as any other server", root)
        else:
            return VllmServer(client, config.model, silence, root), f"vllm {answer['version']}"
    return ChatServer(client, config.model, silence), f"at {client.base_url.host}"


def _min_tokens(delta: Delta) -> int:
    """The lowest possible number of tokens: servers may put many into one piece."""
    length = len(delta.reasoning) + len(delta.answer)
    return max(delta.tokens, length // MAX_TOKEN_LENGTH)


@contextmanager
def _named(config: ServerConfig) -> Iterator[None]:
    """Turn the client's errors into this package's, in words that help an administrator."""
    url = config.base_url
    try:
        yield
    except openai.APITimeoutError as error:
        raise EngineAway(f"{url} said nothing for {config.silence_s:g} s") from error
    except openai.APIConnectionError as error:
        reason = _sentence(error.__cause__ or error)
        raise EngineAway(f"{_place(config, error)} cannot be reached: {reason}") from error
    except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
        raise ModelUnusable(f"{url} refuses the key: {_sentence(error)}") from error
    except openai.NotFoundError as error:
        raise ModelUnusable(
            f"{_place(config, error)} has no such page or model (does the address end in /v1?): "
            f"{_sentence(error)}"
        ) from error
    except openai.BadRequestError as error:
        if (too_long := _too_long(error)) is not None:
            raise too_long from error
        raise EngineFailed(f"{url} does not take the request: {_sentence(error)}") from error
    except openai.RateLimitError as error:
        raise EngineAway(f"{url} allows no more requests now: {_sentence(error)}") from error
    except openai.InternalServerError as error:
        failed = EngineAway if error.status_code in AWAY else EngineFailed
        raise failed(f"{url} failed: {_sentence(error)}") from error
    except (ModelUnusable, PromptTooLong):
        raise
    except (openai.OpenAIError, *_NOT_AS_PROMISED) as error:
        raise EngineFailed(f"{url} failed: {_sentence(error)}") from error


def _place(config: ServerConfig, error: openai.APIError) -> str:
    """The server's address, and where it sends on to if that did not answer as it has to."""
    last = getattr(error, "response", error.__cause__)
    asked = urlsplit(str(getattr(last, "request", error.request).url))
    if asked[:2] == urlsplit(str(error.request.url))[:2] and not getattr(last, "history", ()):
        return config.base_url
    return f"{config.base_url} sends on to {asked.geturl()}, which"


def _sentence(error: BaseException) -> str:
    text = str(getattr(error, "message", "") or error or type(error).__name__)
    return " ".join(text.split())[:300]


def _too_long(error: openai.BadRequestError) -> PromptTooLong | None:
    """Recognise a prompt that leaves no room: servers use different words, but both numbers."""
    text = _sentence(error)
    if "context" not in text and error.code != "context_length_exceeded":
        return None
    numbers = sorted(int(number) for number in _TOKENS.findall(text))
    return PromptTooLong(numbers[-1], numbers[0]) if len(numbers) == 2 else None
