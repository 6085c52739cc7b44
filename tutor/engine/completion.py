"""What every engine takes and yields, and how it can fail."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


class Outcome(StrEnum):
    """How a completion ended."""

    FINISHED = "finished"  # the model ended it
    DECLINED = "declined"  # it was done, and wrote no mathematics: see `refusals`
    BUDGET_EXHAUSTED = "budget_exhausted"  # it ran into `max_tokens` or the end of its context
    LOOPING = "looping"  # it repeated itself and was stopped
    ABORTED = "aborted"  # it was cancelled
    ENGINE_FAILED = "engine_failed"  # the engine, not the model, ended it


class EngineKind(StrEnum):
    VLLM = "vllm"  # in the process
    OPENAI = "openai"  # a server


class Quantization(StrEnum):
    """How a checkpoint must store its weights; FP8 is instead made while they are loaded."""

    NONE = "none"
    AWQ = "awq"  # 4-bit
    INT8 = "int8"  # 8-bit in the compressed-tensors format
    FP8 = "fp8"  # 8-bit floating point, of weights that are stored whole


@dataclass(frozen=True, slots=True)
class Prompt:
    """user: the whole user turn. forced: the beginning of the reply.

    `forced` is part of the prompt, not of the completion.
    """

    user: str
    forced: str = ""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How to sample a completion. The limits count tokens of the whole completion.

    thinking_budget: after so many tokens of reasoning the model is made to answer; None lets it
    think for as long as `max_tokens` lasts. An engine ignores it where the model has no thinking
    tags, or the server knows no such budget. temperature: 0 takes the likeliest token each time.
    """

    max_tokens: int
    temperature: float = 0.6
    top_p: float = 0.95
    thinking_budget: int | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that a model may call while it writes.

    parameters: the JSON schema of its arguments. call: takes the JSON that the model wrote, valid
    or not, and returns a text for the model; may block for seconds.
    """

    name: str
    description: str
    parameters: Mapping[str, Any]
    call: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A call and its result. arguments: as the model wrote them. result: the tool's own text."""

    name: str
    arguments: str
    result: str


@dataclass(frozen=True, slots=True)
class Delta:
    """What is new in a completion. Only the last one has an outcome.

    Texts never end within a character. A delta may hold token ids and no text, for example when a
    character takes several tokens; an engine that knows no token ids leaves them empty.
    tokens: how many tokens it stands for. That is the number of ids where they are known, else an
    estimate, which the last delta corrects to the server's own count. call: a call of a tool, in a
    delta of its own, once its result is known.
    """

    reasoning: str = ""
    answer: str = ""
    token_ids: tuple[int, ...] = ()
    outcome: Outcome | None = None
    tokens: int = -1
    call: ToolCall | None = None

    def __post_init__(self) -> None:
        if self.tokens < 0:
            object.__setattr__(self, "tokens", len(self.token_ids))


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineConfig:
    """What an administrator chooses for the engine of one node.

    `model`: a folder with safetensors weights, or a name on the model hub.
    `dtype`: auto, bfloat16, float16 or float32 ("auto" is the checkpoint's own; cards of
    compute capability below 8.0, such as the T4, need float16).
    `max_model_len`: tokens of prompt and completion together; None is the model's own limit,
    or as many as the cache holds.
    `quantization`: refuses a checkpoint that is stored otherwise; None takes it as it is. FP8 is
    made of whole weights while they are loaded, where the device can.
    `gpu_memory_utilization`: share of a card's memory for weights and cache, 0..1.
    `cpu_kv_cache_gb`: memory for the cache without a GPU.
    `cpu_threads`: threads of the model without a GPU; None leaves a core in four free.
    `seeded`: completions are sampled by seeds, which needs whole prompts on a CPU, where vLLM dies
    of a seed whose prompt is computed in pieces.
    `eager`: neither compiles nor captures graphs: starts minutes sooner, decodes more slowly;
    None does so without a GPU only, where it costs an eighth of the speed.
    """

    model: str
    dtype: str = "auto"
    tensor_parallel_size: int = 1
    gpu_memory_utilization: float = 0.9
    max_model_len: int | None = None
    quantization: Quantization | None = None
    max_num_seqs: int = 64
    cpu_kv_cache_gb: float = 1.0
    cpu_threads: int | None = None
    eager: bool | None = None
    seeded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerConfig:
    """A server that speaks OpenAI's chat completions.

    `base_url`: with its version, such as "http://127.0.0.1:8000/v1".
    `model`: by the name under which the server offers it.
    `api_key`: "" where the server wants none.
    `silence_s`: a server from which nothing came for so many seconds is away.
    `busy_s`: so long the beginning of a completion may take, at a server that answers otherwise.
    `tools`: what the model is offered to call; a server that does not know of tools refuses then.
    """

    base_url: str
    model: str
    api_key: str = field(default="", repr=False)
    silence_s: float = 30.0
    busy_s: float = 300.0
    tools: tuple[Tool, ...] = ()


class EngineFailed(Exception):
    """The engine ended or never began; another engine may continue the completion."""


class EngineAway(EngineFailed):
    """The model's server is away, and comes back by itself. No completion is to blame."""


class CompletionFailed(EngineFailed):
    """The engine failed at this completion, and goes on with all others."""


class ModelUnusable(ValueError):
    """The model can never be loaded: something is wrong in its files or options."""


class PromptTooLong(ValueError):
    """The prompt alone leaves the model no room to answer."""

    def __init__(self, prompt_tokens: int, limit: int) -> None:
        super().__init__(
            f"the prompt takes {prompt_tokens} tokens, and the model's {limit} must hold the"
            " answer too"
        )
        self.prompt_tokens = prompt_tokens
        self.limit = limit


class Engine(Protocol):
    """Streams completions of one model, many at once.

    name, version: the engine's. model: what it serves. All three are stored with each completion.
    continues: whether it can go on from token ids; otherwise a completion that broke off must
    begin anew.
    """

    name: str
    version: str
    model: str
    continues: bool

    def stream(
        self,
        prompt: Prompt,
        sampling: Sampling,
        *,
        request_id: str,
        so_far: Sequence[int] = (),
    ) -> AsyncGenerator[Delta, None]:
        """Yield the completion of the prompt; closing the generator aborts the request.

        so_far: the token ids of this completion that another engine of the same model produced;
        only what follows them is yielded. An engine that does not continue takes none. Raises
        PromptTooLong before the first delta and EngineFailed at any time; EngineAway means that
        the same completion can be asked for again later.
        """
        ...

    async def check(self) -> None:
        """Raise EngineFailed if the engine does not answer."""
        ...

    async def close(self) -> None:
        """End the engine; every request that still runs raises EngineFailed."""
        ...
