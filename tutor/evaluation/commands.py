"""What each command of `python -m tutor.evaluation` does."""

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
from tutor.engine.prompts import CHAT, DEMO, R1_DISTILL, Recipe, recipe_for
from tutor.engine.shipped import SHIPPED, where_it_lies
from tutor.evaluation import comparing, report
from tutor.evaluation.conditions import Conditions, Plan, count_parameters, weights_digest
from tutor.evaluation.engine_log import engine_log, with_cause
from tutor.evaluation.figures import figures_of
from tutor.evaluation.problems import ProblemFile, read_problems
from tutor.evaluation.running import Drawing
from tutor.evaluation.samples import SampleLog, Unusable, begin, check_conditions, read_run
from tutor.evaluation.summary import Summary, keep, kept_summary, summary_of
from tutor.grading import GRADER_VERSION
from tutor.grading.answer_key import counted
from tutor.grading.numeric import sympy_client
from tutor.grading.steps import client
from tutor.grading.steps.checks import CHECKER_VERSION
from tutor.tools import second_pass
from tutor.tools.calling import tools

DEMO_MODEL = Path(__file__).parents[1] / "demo" / "lemma-demo-3m"
LOG = "engine.log"  # in a run's folder
# By families of models, whichever is asked; and whole ones, each with its model.
RECIPES = {"r1": R1_DISTILL, "chat": CHAT, "demo": DEMO} | {one.name: one for one in SHIPPED}
MOST_REJECTIONS = 20  # that are listed
Config = EngineConfig | ServerConfig
Start = Callable[[Config], Awaitable[Engine]]


class Stopped(Exception):
    """Somebody stopped the run; says what is kept and how to go on."""


def run(options: argparse.Namespace, start: Start) -> None:
    """Draw what is missing, then print the table. Raises Stopped, and what the engine raises."""
    file = read_problems(options.file)
    _say_rejections(file)
    if not file.problems:
        raise Unusable(f"{options.file} holds no problem that can be taken")
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
        wanted = min(options.limit or len(file.problems), len(file.problems))
        self.plan = Plan(wanted, options.samples, options.runs)
        self._digest = ""

    async def run(self) -> None:
        this = asyncio.current_task()
        assert this is not None  # noqa: S101 - for the type checker
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
        # What is wrong with the folder is told before the minutes that a model takes to load.
        check_conditions(self.folder, self._conditions())
        self.folder.mkdir(parents=True, exist_ok=True)
        log = SampleLog.open(self.folder)
        for note in log.notes:
            _say(f"{note}\n")
        try:
            if not self._is_whole(log):
                await self._draw(log)
        except asyncio.CancelledError:
            raise Stopped(self._kept(log)) from None
        except EngineFailed as error:
            if this.cancelling():  # Ctrl-C reaches the engine's processes too, sometimes sooner
                raise Stopped(self._kept(log)) from None
            said = with_cause(str(error), self.folder / LOG)
            raise EngineFailed(f"{said}. {self._kept(log)}") from error
        finally:
            log.close()

    async def _draw(self, log: SampleLog) -> None:
        if log.drawn:
            _say(f"Already in {self.folder}: {counted(len(log.drawn), 'sample')}.\n")
        with engine_log(self.folder / LOG) as terminal:
            await self._draw_by(await self.start(self.config), log, terminal)

    async def _draw_by(self, engine: Engine, log: SampleLog, terminal: TextIO) -> None:
        try:
            if self.options.corrections and not engine.continues:
                raise Unusable(f"{engine.name} cannot go on from a text, as --corrections needs")
            conditions = self._conditions(engine)
            self.plan = begin(self.folder, self.file, conditions, self.plan, self._parameters())
            sympy_client.warm_up()  # else the first answer that needs algebra stays undecided,
            client.warm_up()  # and the first step unchecked
            drawing = Drawing(
                *(engine, self.recipe, conditions, log, terminal),
                corrections=self.options.corrections,
            )
            await drawing.run(self.file.problems, self.plan, self.options.at_once)
        finally:
            await engine.close()

    def _is_whole(self, log: SampleLog) -> bool:
        codes = [problem.code for problem in self.file.problems]
        return log.drawn >= set(self.plan.places(codes)) and (self.folder / "run.json").exists()

    def _conditions(self, engine: Engine | None = None) -> Conditions:
        """Before there is an engine its version is not known, nor a hub's model elsewhere."""
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
        """Gigabytes are read once only; a hub's model may come while its engine starts."""
        if not self._digest and (folder := _model_folder(self.config)):
            self._digest = weights_digest(folder)
        return self._digest

    def _parameters(self) -> int | None:
        folder = _model_folder(self.config)
        return count_parameters(folder) if folder else None

    def _kept(self, log: SampleLog) -> str:
        return (
            f"{len(log.drawn)} of {self.plan.size} samples are kept in {self.folder};"
            " the same command goes on"
        )


def _runs() -> Path:
    """Where the pages of the product look for runs."""
    return Path(os.environ.get("TUTOR_DATA_DIR") or "var") / "evaluation"


def config_of(options: argparse.Namespace) -> Config:
    """Raises Unusable where the recipe's model is at a server, and none is named."""
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
        raise Unusable(f"{recipe.name} is asked at a server: give its address by --server")
    model = where_it_lies(recipe.model) if recipe and recipe.model else str(DEMO_MODEL)
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
    """None where it is a server's, or the hub's and not here yet. Raises ModelUnusable."""
    return None if isinstance(config, ServerConfig) else find_loaded(config.model)


def recipe_of(options: argparse.Namespace, model: str) -> Recipe:
    recipe = RECIPES[options.recipe] if options.recipe else recipe_for(model)
    names = ("temperature", "top_p", "max_tokens", "thinking_budget")
    chosen = {name: getattr(options, name) for name in names}
    given = {name: value for name, value in chosen.items() if value is not None}
    return replace(recipe, sampling=replace(recipe.sampling, **given))


def _finish(folder: Path) -> None:
    summary = _summary(folder)
    keep(summary, folder)
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
    _print(report.compared(comparison).rstrip("\n"))


def show(options: argparse.Namespace) -> None:
    run = read_run(options.folder)
    _say_notes(run.notes)
    asked = figures_of(run).asked
    found = next((one for one in asked if one.problem.code == options.problem), None)
    if found is None:
        raise Unusable(f"{options.folder} has no samples of a problem {options.problem}")
    _print(report.shown_problem(found).rstrip("\n"))


def _summary(folder: Path) -> Summary:
    found = kept_summary(folder) or summary_of(folder)
    _say_notes(found.notes)
    return found


def _say_notes(notes: Sequence[str]) -> None:
    for note in notes:
        _say(f"{note}\n")


def _say_rejections(file: ProblemFile) -> None:
    for rejection in file.rejections[:MOST_REJECTIONS]:
        _say(f"{file.name} line {rejection.line} is left out: {rejection.reason}\n")
    if (more := len(file.rejections) - MOST_REJECTIONS) > 0:
        _say(f"{file.name}: {more} more lines are left out.\n")


def _say(text: str) -> None:
    """What is not the result goes to the other stream."""
    sys.stderr.write(text)
    sys.stderr.flush()


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
