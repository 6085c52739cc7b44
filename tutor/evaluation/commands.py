"""The commands of `python -m tutor.evaluation`."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from tutor.engine.completion import Engine, EngineConfig, EngineFailed, EngineKind, ServerConfig
from tutor.engine.model_folder import find_loaded
from tutor.engine.prompts import CHAT, DEMO, R1_DISTILL, SolutionRecipe, recipe_for
from tutor.engine.shipped import SHIPPED, model_path
from tutor.evaluation import comparing, report
from tutor.evaluation.conditions import Conditions, RunPlan, count_parameters, weights_digest
from tutor.evaluation.engine_log import engine_log, with_cause
from tutor.evaluation.metrics import metrics_of
from tutor.evaluation.problems import ProblemFile, read_problems
from tutor.evaluation.running import SampleDrawer
from tutor.evaluation.samples import SampleLog, UnusableRun, begin_run, check_conditions, read_run
from tutor.evaluation.summary import Summary, store_summary, stored_summary, summary_of
from tutor.grading import GRADER_VERSION
from tutor.grading.check_process import client
from tutor.grading.numeric import sympy_client
from tutor.grading.steps.checks import CHECKER_VERSION
from tutor.plurals import count_noun
from tutor.tools import second_pass
from tutor.tools.calling import tools

DEMO_MODEL = Path(__file__).parents[1] / "demo" / "lemma-demo-3m"
LOG = "engine.log"  # in a run's folder
# Recipes for families of models, and shipped ones, each with its model.
RECIPES = {"r1": R1_DISTILL, "chat": CHAT, "demo": DEMO} | {
    recipe.name: recipe for recipe in SHIPPED
}
MAX_REJECTIONS = 20  # that are listed
Config = EngineConfig | ServerConfig
Start = Callable[[Config], Awaitable[Engine]]


class RunStopped(Exception):
    """Somebody stopped the run. Says what is stored and how to continue."""


def run(options: argparse.Namespace, start: Start) -> None:
    """Take what is missing, then print the table. Raises RunStopped, and what the engine raises."""
    file = read_problems(options.file)
    _report_rejections(file)
    if not file.problems:
        raise UnusableRun(f"{options.file} holds no problem that can be taken")
    config = config_of(options)
    folder: Path = options.out or _runs() / f"{options.file.stem}-{Path(config.model).name}"
    asyncio.run(_Evaluation(options, file, config, folder, start).run())
    _finish(folder)


class _Evaluation:
    """One call of the command `run`."""

    def __init__(
        self,
        options: argparse.Namespace,
        file: ProblemFile,
        config: Config,
        folder: Path,
        start: Start,
    ) -> None:
        self.options, self.file, self.config, self.folder = options, file, config, folder
        self.start = start
        self.recipe = recipe_of(options, config.model)
        count = min(options.limit or len(file.problems), len(file.problems))
        self.plan = RunPlan(count, options.samples, options.runs)
        self._digest = ""

    async def run(self) -> None:
        this = asyncio.current_task()
        assert this is not None  # noqa: S101 - for the type checker
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
        # Check the folder first: a model takes minutes to load.
        check_conditions(self.folder, self._conditions())
        self.folder.mkdir(parents=True, exist_ok=True)
        log = SampleLog.open(self.folder)
        for note in log.notes:
            _write_message(f"{note}\n")
        try:
            if not self._is_whole(log):
                await self._take(log)
        except asyncio.CancelledError:
            raise RunStopped(self._progress(log)) from None
        except EngineFailed as error:
            if this.cancelling():  # Ctrl-C reaches the engine's processes too, sometimes sooner
                raise RunStopped(self._progress(log)) from None
            message = with_cause(str(error), self.folder / LOG)
            raise EngineFailed(f"{message}. {self._progress(log)}") from error
        finally:
            log.close()

    async def _take(self, log: SampleLog) -> None:
        if log.taken:
            _write_message(f"Already in {self.folder}: {count_noun(len(log.taken), 'sample')}.\n")
        with engine_log(self.folder / LOG) as terminal:
            await self._draw_by(await self.start(self.config), log, terminal)

    async def _draw_by(self, engine: Engine, log: SampleLog, terminal: TextIO) -> None:
        try:
            if self.options.corrections and not engine.continues:
                raise UnusableRun(f"{engine.name} cannot go on from a text, as --corrections needs")
            conditions = self._conditions(engine)
            self.plan = begin_run(self.folder, self.file, conditions, self.plan, self._parameters())
            sympy_client.warm_up()  # else the first answer that needs algebra stays undecided,
            client.warm_up()  # and the first step unchecked
            drawer = SampleDrawer(
                engine,
                self.recipe,
                conditions,
                log,
                terminal,
                corrections=self.options.corrections,
            )
            await drawer.run(self.file.problems, self.plan, self.options.at_once)
        finally:
            await engine.close()

    def _is_whole(self, log: SampleLog) -> bool:
        codes = [problem.code for problem in self.file.problems]
        return log.taken >= set(self.plan.sample_ids(codes)) and (self.folder / "run.json").exists()

    def _conditions(self, engine: Engine | None = None) -> Conditions:
        """The engine's version, and perhaps the model, are unknown before the engine started."""
        name, _, sampling = self.recipe.code.partition(" ")
        return Conditions(
            model=Path(self.config.model).name,
            weights=self._weights(),
            engine=f"{engine.name} {engine.version}" if engine else "",
            options=_options(self.config),
            recipe=name,
            sampling=sampling + _second_pass(self.options.corrections),
            grader=f"{GRADER_VERSION}, steps {CHECKER_VERSION}",
            data=self.file.digest,
            seed=self.options.seed,
        )

    def _weights(self) -> str:
        """Read once, since it takes long; a model may be downloaded while its engine starts."""
        if not self._digest and (folder := _model_folder(self.config)):
            self._digest = weights_digest(folder)
        return self._digest

    def _parameters(self) -> int | None:
        folder = _model_folder(self.config)
        return count_parameters(folder) if folder else None

    def _progress(self, log: SampleLog) -> str:
        return (
            f"{len(log.taken)} of {self.plan.size} samples are kept in {self.folder};"
            " the same command goes on"
        )


def _runs() -> Path:
    """The folder in which the tutor's pages look for runs."""
    return Path(os.environ.get("TUTOR_DATA_DIR") or "var") / "evaluation"


def config_of(options: argparse.Namespace) -> Config:
    """Raises UnusableRun where the recipe's model is at a server, and none is named."""
    recipe = RECIPES.get(options.recipe)
    if options.server:
        key = os.environ.get("TUTOR_OPENAI_KEY", "")
        return ServerConfig(
            base_url=options.server,
            model=options.served_name,
            api_key=key,
            tools=tools() if options.tools else (),
        )
    if recipe and recipe.engine is EngineKind.OPENAI and not options.model:
        raise UnusableRun(f"{recipe.name} is asked at a server: give its address by --server")
    model = model_path(recipe.model) if recipe and recipe.model else str(DEMO_MODEL)
    return EngineConfig(
        model=options.model or model,
        dtype=options.dtype,
        quantization=options.quantization or (recipe.quantization if recipe else None),
        max_model_len=options.max_model_len,
        max_num_seqs=options.at_once,
        seeded=True,
        tensor_parallel_size=options.tensor_parallel_size,
        gpu_memory_utilization=options.gpu_memory_utilization,
    )


def _options(config: Config) -> str:
    if isinstance(config, ServerConfig):
        return f"tools {', '.join(tool.name for tool in config.tools)}" if config.tools else ""
    length = config.max_model_len or "the model's"
    return (
        f"dtype {config.dtype}, weights as {config.quantization or 'stored'}, length {length},"
        f" GPUs {config.tensor_parallel_size}"
    )


def _second_pass(corrections: int) -> str:
    return f" corrections {corrections}, version {second_pass.VERSION}" if corrections else ""


def _model_folder(config: Config) -> Path | None:
    """None for a server, or if the model is not downloaded yet. Raises ModelUnusable."""
    return None if isinstance(config, ServerConfig) else find_loaded(config.model)


def recipe_of(options: argparse.Namespace, model: str) -> SolutionRecipe:
    recipe = RECIPES[options.recipe] if options.recipe else recipe_for(model)
    names = ("temperature", "top_p", "max_tokens", "thinking_budget")
    chosen = {name: getattr(options, name) for name in names}
    given = {name: value for name, value in chosen.items() if value is not None}
    return replace(recipe, sampling=replace(recipe.sampling, **given))


def _finish(folder: Path) -> None:
    summary = _summary(folder)
    store_summary(summary, folder)
    for name, text in (
        ("report.md", report.report(summary)),
        ("report.csv", report.table_csv([summary])),
        ("problems.csv", report.problems_csv(summary.problems)),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    _print(report.table([summary]))
    _print(f"\nAll of it, problem by problem: {folder / 'report.md'}")


def report_runs(options: argparse.Namespace) -> None:
    summaries = [_summary(folder) for folder in options.folders]
    if options.csv:
        _print(report.table_csv(summaries).rstrip("\n"))
    elif len(summaries) == 1:
        _print(report.report(summaries[0]).rstrip("\n"))
    else:
        _print(report.table(summaries))


def compare(options: argparse.Namespace) -> None:
    comparison = comparing.compare(_summary(options.first), _summary(options.second))
    _print(report.comparison_report(comparison).rstrip("\n"))


def show(options: argparse.Namespace) -> None:
    run = read_run(options.folder)
    _report_notes(run.notes)
    asked_problems = metrics_of(run).problems
    selected = next((item for item in asked_problems if item.problem.code == options.problem), None)
    if selected is None:
        raise UnusableRun(f"{options.folder} has no samples of a problem {options.problem}")
    _print(report.problem_report(selected).rstrip("\n"))


def _summary(folder: Path) -> Summary:
    summary = stored_summary(folder) or summary_of(folder)
    _report_notes(summary.notes)
    return summary


def _report_notes(notes: Sequence[str]) -> None:
    for note in notes:
        _write_message(f"{note}\n")


def _report_rejections(file: ProblemFile) -> None:
    for rejection in file.rejections[:MAX_REJECTIONS]:
        _write_message(f"{file.name} line {rejection.line} is left out: {rejection.reason}\n")
    if (more := len(file.rejections) - MAX_REJECTIONS) > 0:
        _write_message(f"{file.name}: {more} more lines are left out.\n")


def _write_message(text: str) -> None:
    """Messages go to standard error; results go to standard output."""
    sys.stderr.write(text)
    sys.stderr.flush()


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
