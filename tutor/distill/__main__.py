"""`python -m tutor.distill`: train a student; `evaluate` it; `show` what the teacher writes.

`problems` writes held-out problems for `python -m tutor.evaluation`.

    python -m tutor.distill train --device cuda --folder var/distill
    python -m tutor.distill evaluate var/distill/lemma-demo-3m --count 200
    python -m tutor.distill show cubic_extrema
    python -m tutor.distill problems --scope small-numbers --count 24 > held-out.jsonl

A run that was interrupted goes on from its last checkpoint.
"""

import argparse
import asyncio
import json
import logging
import sys
from itertools import islice
from pathlib import Path

from tutor.distill.exercise import Exercise
from tutor.distill.lessons import FAMILIES, SCOPES, Scope, lessons

NAME = "lemma-demo-3m"


def train(options: argparse.Namespace) -> None:
    import torch

    from tutor.distill.training import Training, TrainingPlan, student_tokenizer

    torch.set_num_threads(options.threads)
    folder: Path = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    scope = SCOPES[options.scope]
    plan = TrainingPlan(
        steps=options.steps,
        decay=options.decay,
        seed=options.seed,
        weights=dict(options.weights),
        scope=scope,
    )
    tokenizer = student_tokenizer(folder / NAME, plan.seed, options.start)
    training = Training(folder, tokenizer, plan, options.device, options.start)
    training.run()
    training.export(folder / NAME)


def evaluate(options: argparse.Namespace) -> None:
    results = asyncio.run(_evaluated(options))
    text = json.dumps(results, indent=2, ensure_ascii=False)
    print(text)  # noqa: T201


async def _evaluated(options: argparse.Namespace) -> dict[str, object]:
    from tutor.distill.evaluation import evaluate, summarize
    from tutor.distill.training import SCOPE
    from tutor.engine.completion import EngineConfig
    from tutor.engine.prompts import recipe_for
    from tutor.engine.vllm_engine import VllmEngine

    model = str(options.model)
    scope = Scope.from_dict(json.loads((options.model / SCOPE).read_text("utf-8")))
    engine = await VllmEngine.start(
        EngineConfig(model=model, max_model_len=2_048, cpu_kv_cache_gb=0.5)
    )
    try:
        scores = await evaluate(
            engine, recipe_for(model), scope, options.count, options.samples, options.sampled
        )
    finally:
        await engine.close()
    return summarize(scores, scope)


def show(options: argparse.Namespace) -> None:
    drawn = lessons(options.family, options.seed)
    for _lesson in range(options.count):
        exercise, language, completion = next(drawn)
        print(f"{exercise.statements[language]}\n\n{completion}\n\n{'-' * 60}\n")  # noqa: T201


def problems(options: argparse.Namespace) -> None:
    scope = SCOPES[options.scope]
    for family in sorted(scope.families):
        drawn = lessons(family, options.seed, scope, held_out=True)
        taught = (
            (exercise, language) for exercise, language, _ in drawn if exercise.key is not None
        )
        for number, (exercise, language) in enumerate(islice(taught, options.count)):
            print(json.dumps(_row(f"{family}-{number}", exercise, language), ensure_ascii=False))  # noqa: T201


def _row(slug: str, exercise: Exercise, language: str) -> dict[str, object]:
    """As Lemma exports problems."""
    assert exercise.key is not None  # noqa: S101 - for the type checker
    return {
        "slug": slug,
        "statement": exercise.statements[language],
        "language": language,
        "skills": [slug.rpartition("-")[0]],
        "key": exercise.key.to_dict(),
    }


def weight(text: str) -> tuple[str, float]:
    family, _equals, number = text.partition("=")
    if family not in FAMILIES:
        raise argparse.ArgumentTypeError(f"no family {family!r}; there are {', '.join(FAMILIES)}")
    return family, float(number)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tutor.distill",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    add_training(commands.add_parser("train", help="train a student model, or continue"))
    command = commands.add_parser("evaluate", help="measure a student on held-out problems")
    command.add_argument("model", type=Path)
    command.add_argument("--count", type=int, default=200, help="problems of each family")
    command.add_argument("--samples", type=int, default=5)
    command.add_argument("--sampled", type=int, default=40, help="problems answered several times")
    command.set_defaults(act=evaluate)
    command = commands.add_parser("show", help="show what the teacher writes")
    command.add_argument("family", choices=FAMILIES, metavar="FAMILY", help=", ".join(FAMILIES))
    command.add_argument("--count", type=int, default=3)
    command.add_argument("--seed", type=int, default=1)
    command.set_defaults(act=show)
    command = commands.add_parser("problems", help="write held-out problems as JSON Lines")
    command.add_argument("--scope", choices=SCOPES, default="everything")
    command.add_argument("--count", type=int, default=24, help="problems of each family")
    command.add_argument("--seed", type=int, default=1)
    command.set_defaults(act=problems)
    return parser


def add_training(command: argparse.ArgumentParser) -> None:
    command.add_argument("--folder", type=Path, default=Path("var/distill"))
    command.add_argument("--device", default="cpu", help="cpu or cuda")
    command.add_argument("--threads", type=int, default=1)
    command.add_argument("--steps", type=int, default=3_000)
    command.add_argument("--decay", type=int, default=700)
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--start", type=Path, help="a model whose weights a new run starts from")
    command.add_argument("--scope", choices=SCOPES, default="everything")
    command.add_argument(
        "--weights",
        type=weight,
        nargs="*",
        default=[],
        metavar="FAMILY=WEIGHT",
        help="weight of a family; others have 1",
    )
    command.set_defaults(act=train)


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    options = arguments().parse_args(sys.argv[1:] or ["train"])
    options.act(options)


if __name__ == "__main__":
    main()
