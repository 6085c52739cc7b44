"""The engine that this process runs itself: vLLM, on CUDA or on a CPU.

vllm is imported when an engine starts: it reads its environment at import, and importing this
module must stay fast.
"""

import asyncio
import gc
import logging
import os
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing, contextmanager
from typing import TYPE_CHECKING, Any

import psutil

from tutor.engine.chat_tokenizer import ChatTokenizer, CompletionReader
from tutor.engine.completion import (
    Delta,
    EngineConfig,
    EngineFailed,
    ModelUnusable,
    Outcome,
    Prompt,
    PromptTooLong,
    Quantization,
    Sampling,
)
from tutor.engine.cores import keep_to_cores, model_threads
from tutor.engine.model_folder import find_model
from tutor.engine.orphans import end_orphans, marked_as_own, own_processes
from tutor.engine.reasoning import CLOSING, OPENING
from tutor.engine.repetition import RepetitionDetector

if TYPE_CHECKING:
    from vllm import SamplingParams
    from vllm.v1.engine.async_llm import AsyncLLM

logger = logging.getLogger(__name__)

# An output costs the same whether it holds one token or eight. So a completion's tokens of OUTPUT_S
# come as one output, and with many completions at once the interval grows until all of them
# together have about MAX_OUTPUTS_PER_S.
OUTPUT_S = 0.02
MAX_OUTPUTS_PER_S = 500
MAX_INTERVAL = 8  # tokens; a completion slower than the one before must still flow

_UNQUANTIZED = "unquantized"
_STORED_AS = {
    Quantization.NONE: _UNQUANTIZED,
    Quantization.AWQ: "awq",
    Quantization.INT8: "compressed-tensors",
    Quantization.FP8: "fp8",
}
_OUTCOMES = {
    "stop": Outcome.FINISHED,
    "length": Outcome.BUDGET_EXHAUSTED,
}


class VllmEngine:
    """One AsyncLLM. Belongs to the event loop that started it."""

    name = "vllm"
    continues = True

    def __init__(self, llm: "AsyncLLM", tokenizer: ChatTokenizer, model: str) -> None:
        from vllm import __version__

        self.llm = llm
        self.model = model
        self.version: str = __version__
        self.tokenizer = tokenizer
        self.max_model_len: int = llm.model_config.max_model_len
        self._stop_ids = _stop_ids(llm, tokenizer)
        self._running: set[str] = set()
        self._tpot_s = OUTPUT_S  # after the first completion: the last one's, with its waiting
        self._closed = False

    @classmethod
    async def start(cls, config: EngineConfig) -> "VllmEngine":
        """Load the model; takes half a minute or more, and holds the loop for most of it.

        Raises ModelUnusable if it can never be loaded, EngineFailed if it failed this time.
        """
        folder = find_model(config.model)
        model = str(folder or config.model)
        _prepare_environment(offline=folder is not None)
        await asyncio.to_thread(end_orphans)
        tokenizer = await asyncio.to_thread(ChatTokenizer, model)
        earlier = own_processes()
        engine = cls(_load(config, model, tokenizer), tokenizer, config.model)
        if _on_cpu() and config.tensor_parallel_size == 1:
            # Not awaited: if this task were cancelled meanwhile, nobody would own the engine.
            processes = [process for process in own_processes() if process not in earlier]
            keep_to_cores(processes, model_threads(config.cpu_threads))
        _freeze_what_is_loaded()
        logger.info("engine started model=%s vllm=%s", engine.model, engine.version)
        return engine

    async def stream(
        self,
        prompt: Prompt,
        sampling: Sampling,
        *,
        request_id: str,
        so_far: Sequence[int] = (),
    ) -> AsyncGenerator[Delta, None]:
        """See `Engine.stream`."""
        prompt_ids, thinking = self.tokenizer.encode(prompt)
        if len(prompt_ids) >= self.max_model_len:
            raise PromptTooLong(len(prompt_ids), self.max_model_len)
        reader = CompletionReader(self.tokenizer, prompt_ids, self._stop_ids, thinking=thinking)
        reader.read(so_far)
        detector = RepetitionDetector()
        room = min(sampling.max_tokens, self.max_model_len - len(prompt_ids)) - len(so_far)
        looped = Outcome.LOOPING if detector.has_looped(so_far) else None
        if ended := self._already_ended(so_far, room) or looped:
            yield _last(reader, ended)
            return
        params = self._params(sampling, room, self._stream_interval())
        outputs = self._generate([*prompt_ids, *so_far], params, request_id)
        began_at, written = time.monotonic(), 0
        async with aclosing(outputs):
            async for token_ids, outcome in outputs:
                for ids in self._split_at_tags(token_ids):
                    reasoning, answer = reader.read(ids)
                    yield Delta(reasoning, answer, ids)
                written += len(token_ids)
                ended = outcome
                if ended is None and detector.has_looped(token_ids):
                    ended = Outcome.LOOPING
                    break  # closing `outputs` ends it in vLLM too
        self._tpot_s = (time.monotonic() - began_at) / max(1, written)
        if ended:
            yield _last(reader, ended)

    async def check(self) -> None:
        """See `Engine.check`."""
        from vllm.v1.engine.exceptions import EngineDeadError

        if self._closed:
            raise EngineFailed("the engine is closed")
        try:
            await self.llm.check_health()
        except EngineDeadError as error:
            raise EngineFailed(f"vLLM failed: {error}") from error

    async def close(self) -> None:
        """See `Engine.close`."""
        if self._closed:
            return
        self._closed = True
        await self.llm.abort(list(self._running))
        processes = own_processes()
        # Its processes have nothing to save, and would take 8 s to end by themselves.
        self.llm.shutdown(timeout=0.1)
        # If collected at interpreter exit only, vLLM's object prints a TypeError.
        del self.llm
        gc.unfreeze()
        # Killed processes are not gone at once, and the next engine needs their memory.
        await asyncio.to_thread(psutil.wait_procs, processes, timeout=10)

    async def _generate(
        self, token_ids: list[int], params: "SamplingParams", request_id: str
    ) -> AsyncGenerator[tuple[tuple[int, ...], Outcome | None], None]:
        """Yield new token ids, with the outcome beside the last ones."""
        from vllm.inputs import TokensInput
        from vllm.v1.engine.exceptions import EngineDeadError, EngineGenerateError

        if self._closed:
            raise EngineFailed("the engine is closed")
        self._running.add(request_id)
        try:
            tokens = TokensInput(type="token", prompt_token_ids=token_ids)
            outputs = self.llm.generate(tokens, params, request_id)
            async with aclosing(outputs):
                async for output in outputs:
                    completion = output.outputs[0]
                    yield tuple(completion.token_ids), _outcome(completion.finish_reason)
        except (EngineDeadError, EngineGenerateError) as error:
            raise EngineFailed(f"vLLM failed: {error}") from error
        finally:
            self._running.discard(request_id)

    def _split_at_tags(self, token_ids: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """Split where reasoning ends, so that each token counts for its own part."""
        start = 0
        for end, id_ in enumerate(token_ids, start=1):
            if id_ in self.tokenizer.tags or end == len(token_ids):
                yield token_ids[start:end]
                start = end

    def _already_ended(self, so_far: Sequence[int], room: int) -> Outcome | None:
        """An earlier worker may have died between the last token and the outcome."""
        if so_far and so_far[-1] in self._stop_ids:
            return Outcome.FINISHED
        return Outcome.BUDGET_EXHAUSTED if room < 1 else None

    def _stream_interval(self) -> int:
        """How many tokens vLLM hands over at once, after the first."""
        output_s = max(OUTPUT_S, len(self._running) / MAX_OUTPUTS_PER_S)
        return max(1, min(MAX_INTERVAL, int(output_s / self._tpot_s)))

    def _params(self, sampling: Sampling, room: int, stream_interval: int) -> "SamplingParams":
        from vllm.sampling_params import RequestOutputKind, SamplingParams

        return SamplingParams(
            temperature=sampling.temperature,
            top_p=sampling.top_p,
            max_tokens=room,
            seed=sampling.seed,
            thinking_token_budget=(
                sampling.thinking_budget if self.tokenizer.has_thinking_tags else None
            ),
            output_kind=RequestOutputKind.DELTA,
            detokenize=False,
            stream_interval=stream_interval,
        )


def _outcome(finish_reason: str | None) -> Outcome | None:
    """Raises EngineFailed for ends that are not the completion's own.

    "abort" is one: whoever aborts a request reads no further, so a reader that sees "abort" has an
    engine that is being closed, and a text that is cut off.
    """
    if finish_reason is None:
        return None
    if finish_reason not in _OUTCOMES:
        raise EngineFailed(f"vLLM ended the request with {finish_reason!r}")
    return _OUTCOMES[finish_reason]


def _last(reader: CompletionReader, outcome: Outcome) -> Delta:
    reasoning, answer = reader.finish()
    return Delta(reasoning, answer, outcome=outcome)


def _stop_ids(llm: "AsyncLLM", tokenizer: ChatTokenizer) -> frozenset[int]:
    ids = llm.model_config.try_get_generation_config().get("eos_token_id", [])
    ids = ids if isinstance(ids, list) else [ids]
    return frozenset(ids) | ({tokenizer.eos_id} if tokenizer.eos_id is not None else set())


def _prepare_environment(*, offline: bool) -> None:
    """Set what vLLM reads from the environment only, but for what an administrator has set."""
    quiet = {
        "VLLM_NO_USAGE_STATS": "1",
        "DO_NOT_TRACK": "1",
        "VLLM_LOGGING_LEVEL": "WARNING",
        "VLLM_LOGGING_STREAM": "ext://sys.stderr",
    }
    if offline:
        quiet["HF_HUB_OFFLINE"] = "1"
    for name, value in quiet.items():
        os.environ.setdefault(name, value)


def _load(config: EngineConfig, model: str, tokenizer: ChatTokenizer) -> "AsyncLLM":
    from vllm.exceptions import VLLMError
    from vllm.v1.engine.async_llm import AsyncLLM
    from vllm.v1.executor import Executor

    if config.quantization is Quantization.FP8 and _on_cpu():
        # vLLM itself would fail in a kernel, while it loads the weights.
        raise ModelUnusable("weights are made FP8 on a CUDA device only, and there is none")
    with _environment_of_processes(config), marked_as_own():
        try:
            settings = _engine_args(config, model, tokenizer).create_engine_config()
        except (ValueError, OSError, VLLMError) as error:
            raise ModelUnusable(f"vLLM cannot use {model}: {_sentence(error)}") from error
        _check_quantization(config, settings.model_config.quantization)
        try:
            return AsyncLLM(
                settings, Executor.get_class(settings), log_stats=False, log_requests=False
            )
        except (RuntimeError, ValueError, OSError, VLLMError) as error:
            raise EngineFailed(f"vLLM could not load {model}: {error}") from error


def _engine_args(config: EngineConfig, model: str, tokenizer: ChatTokenizer) -> Any:
    from vllm.config import ReasoningConfig
    from vllm.engine.arg_utils import AsyncEngineArgs

    options: dict[str, Any] = _options_on_cpu(config) if _on_cpu() else {}
    if config.quantization is Quantization.FP8:
        options["quantization"] = _STORED_AS[Quantization.FP8]
    if tokenizer.has_thinking_tags:
        options["reasoning_config"] = ReasoningConfig(
            reasoning_start_str=OPENING, reasoning_end_str=CLOSING
        )
    return AsyncEngineArgs(
        model=model,
        load_format="safetensors",
        trust_remote_code=False,
        dtype=config.dtype,
        tensor_parallel_size=config.tensor_parallel_size,
        gpu_memory_utilization=config.gpu_memory_utilization,
        max_model_len=config.max_model_len or -1,  # vLLM finds out how much fits
        max_num_seqs=config.max_num_seqs,
        enforce_eager=_on_cpu() if config.eager is None else config.eager,
        use_tqdm_on_load=False,
        **options,
    )


def _options_on_cpu(config: EngineConfig) -> dict[str, Any]:
    from vllm.v1.executor import UniProcExecutor

    options: dict[str, Any] = {"kv_cache_memory_bytes": int(config.cpu_kv_cache_gb * 2**30)}
    if config.tensor_parallel_size == 1:
        # Given by name, vLLM takes a process of its own for the model, since it wants to pin
        # threads; the other one, which then waits in a loop, takes a whole core.
        options["distributed_executor_backend"] = UniProcExecutor
    if config.seeded:
        options["enable_chunked_prefill"] = False
    return options


@contextmanager
def _environment_of_processes(config: EngineConfig) -> Iterator[None]:
    """Set what the engine's processes inherit, and reset it for this process's other children.

    vLLM itself sets LD_PRELOAD for them, and would leave it.
    """
    settings = {"PYTHONWARNINGS": "ignore:resource_tracker"}  # about what `close` cuts short
    if _on_cpu():
        # vLLM would pin the threads of two engines to the same cores: see `keep_to_cores`.
        threads = str(model_threads(config.cpu_threads))
        settings |= {"VLLM_CPU_OMP_THREADS_BIND": "nobind", "OMP_NUM_THREADS": threads}
    before = {name: os.environ.get(name) for name in (*settings, "LD_PRELOAD")}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _freeze_what_is_loaded() -> None:
    """Hide 700,000 objects from the garbage collector.

    Otherwise it stops all streams for 0.2 to 0.5 s each time it walks them.
    """
    gc.collect()
    gc.freeze()


def _on_cpu() -> bool:
    from vllm.platforms import current_platform

    return bool(current_platform.is_cpu())


def _check_quantization(config: EngineConfig, stored_as: str | None) -> None:
    if config.quantization is None:
        return
    expected = _STORED_AS[config.quantization]
    # An AWQ checkpoint runs as awq or awq_marlin, by card.
    if not (stored_as or _UNQUANTIZED).startswith(expected):
        raise ModelUnusable(
            f"the weights of {config.model} were to be stored as {expected},"
            f" and are stored as {stored_as or _UNQUANTIZED}"
        )


def _sentence(error: Exception) -> str:
    """vLLM's advice follows the sentence, and pydantic's headings come before it."""
    details = getattr(error, "errors", None)
    text = str(details()[0]["msg"]) if details else str(error)
    return text.removeprefix("Value error, ").partition("\n")[0].partition(". ")[0]
