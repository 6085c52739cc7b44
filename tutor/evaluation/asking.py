"""`python -m tutor.evaluation ask`: send a model one text and print its reply."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

from tutor.engine.completion import EngineFailed, Prompt, Sampling
from tutor.engine.prompts import SolutionRecipe
from tutor.engine.templates import TEMPLATES
from tutor.evaluation.commands import LOG, Config, Start, config_of, recipe_of
from tutor.evaluation.engine_log import engine_log, with_cause
from tutor.evaluation.sampling import ReceivedCompletion
from tutor.plurals import count_noun

NO_KEY = "not judged, since no answer is stored for it"
NOT_CHECKABLE = "not checkable, since Lemma checks mathematics"


def ask(options: argparse.Namespace, start: Start) -> None:
    """Print the reasoning, the answer and how it ended. Raises what the engine raises."""
    config = config_of(options)
    recipe = recipe_of(options, config.model)
    if options.template:
        recipe = replace(recipe, template=TEMPLATES[options.template])
    prompt = recipe.prompt(options.text, [], options.language)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / LOG
        try:
            with engine_log(log):
                received = asyncio.run(_receive(prompt, recipe.sampling, config, start))
        except EngineFailed as error:
            raise EngineFailed(with_cause(str(error), log)) from error
    sys.stdout.write(_shown(prompt, received))
    sys.stderr.write(f"{_ending(recipe, received)}\n")


async def _receive(
    prompt: Prompt, sampling: Sampling, config: Config, start: Start
) -> ReceivedCompletion:
    engine = await start(config)
    received = ReceivedCompletion()
    try:
        async with aclosing(engine.stream(prompt, sampling, request_id="ask")) as deltas:
            async for delta in deltas:
                received.add(delta)
    finally:
        await engine.close()
    return received


def _shown(prompt: Prompt, received: ReceivedCompletion) -> str:
    reasoning = "".join(received.reasoning).strip()
    thought = f"{prompt.forced}{reasoning}\n</think>\n\n" if reasoning else ""
    called = "".join(f"Called {c.name} {c.arguments}: {c.result}\n\n" for c in received.calls)
    return f"{thought}{called}{''.join(received.answer).strip()}\n"


def _ending(recipe: SolutionRecipe, received: ReceivedCompletion) -> str:
    judged = NO_KEY if recipe.template.is_judged else NOT_CHECKABLE
    origin = f"{recipe.name} version {recipe.version}, template {recipe.template.name}"
    return f"{received.outcome}: {count_noun(received.tokens, 'token')} by {origin}; {judged}."
