"""`python -m tutor.evaluation`: how good is a model?

    python -m tutor.evaluation problems.jsonl --model models/my-model --limit 50 --samples 4
    python -m tutor.evaluation problems.jsonl --server http://127.0.0.1:8000/v1 --served-name NAME
    python -m tutor.evaluation report FOLDER …
    python -m tutor.evaluation compare FOLDER OTHER
    python -m tutor.evaluation show FOLDER PROBLEM
    python -m tutor.evaluation ask "Which of two routes?" --recipe NAME --template decision

Problems are Lemma's own export, GSM8K or MATH, as JSON Lines. A run that was interrupted goes on
when the same command is given again. The key of a server is read from TUTOR_OPENAI_KEY.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tutor.engine.completion import EngineFailed, EngineKind, ModelUnusable, Quantization
from tutor.engine.starting import start_engine
from tutor.engine.templates import TEMPLATES
from tutor.evaluation import commands
from tutor.evaluation.asking import ask
from tutor.evaluation.comparing import Incomparable
from tutor.evaluation.conditions import OtherConditions
from tutor.evaluation.samples import UnusableRun

COMMANDS = ("run", "report", "compare", "show", "ask")
FAILED = 2  # exit status of a command that could not be done
STOPPED = 130
# Errors that are reported in a sentence; any other is a bug.
_REPORTED = (EngineFailed, Incomparable, ModelUnusable, OSError, OtherConditions, UnusableRun)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tutor.evaluation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    kinds = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_run(kinds.add_parser("run", help="take samples, or continue a run (the default command)"))
    command = kinds.add_parser(
        "report", help="one table of several runs, or the whole report of one"
    )
    command.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    command.add_argument("--csv", action="store_true", help="as CSV with unrounded figures")
    command.set_defaults(act=commands.report_runs)
    command = kinds.add_parser("compare", help="compare two runs on the same problems")
    command.add_argument("first", type=Path, metavar="FOLDER")
    command.add_argument("second", type=Path, metavar="OTHER")
    command.set_defaults(act=commands.compare)
    command = kinds.add_parser("show", help="show a problem with all its samples")
    command.add_argument("folder", type=Path, metavar="FOLDER")
    command.add_argument("problem", metavar="PROBLEM", help="its name in the report")
    command.set_defaults(act=commands.show)
    _add_ask(kinds.add_parser("ask", help="ask one text and print the output; nothing is stored"))
    return parser


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="problems as JSON Lines")
    amount = parser.add_argument_group("how much; a larger amount later continues the run")
    amount.add_argument("--limit", type=positive, help="only the first N problems")
    amount.add_argument(
        "--samples", type=positive, default=1, help="samples per problem and run (1)"
    )
    amount.add_argument("--runs", type=positive, default=3, help="number of runs (3)")
    amount.add_argument("--out", type=Path, help="output folder")
    _add_model(parser)
    asking = _add_asking(parser)
    asking.add_argument(
        "--corrections",
        type=natural,
        default=0,
        metavar="N",
        help="take back refuted steps, at most N in a sample, and let the model continue (0)",
    )
    asking.add_argument("--seed", type=int, default=1, help="seed of the sampling (1)")
    asking.add_argument("--at-once", type=positive, default=32, help="samples taken at once (32)")


def _add_ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", help="text to ask")
    parser.add_argument("--template", choices=list(TEMPLATES), help="prompt template")
    parser.add_argument(
        "--language", choices=["en", "zh-hans"], default="en", help="its language (en)"
    )
    _add_model(parser)
    _add_asking(parser)
    parser.set_defaults(at_once=1)


def _add_model(parser: argparse.ArgumentParser) -> None:
    model = parser.add_argument_group("model")
    model.add_argument("--model", help="folder or name on the hub (the recipe's model)")
    model.add_argument(
        "--dtype", default="auto", choices=["auto", "bfloat16", "float16", "float32"]
    )
    model.add_argument("--quantization", type=Quantization, choices=list(Quantization))
    model.add_argument("--max-model-len", type=positive, help="most tokens of a context")
    model.add_argument("--tensor-parallel-size", type=positive, default=1, help="GPUs (1)")
    model.add_argument(
        "--gpu-memory-utilization", type=share, default=0.9, help="of its memory (0.9)"
    )
    server = parser.add_argument_group("or a server that speaks OpenAI's chat completions")
    server.add_argument("--server", metavar="URL", help="address, such as http://host:8000/v1")
    server.add_argument("--served-name", metavar="NAME", help="name of the model on that server")
    server.add_argument("--tools", action="store_true", help="let the model use Lemma's calculator")


def _add_asking(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    asking = parser.add_argument_group("asking; by default after the model's name")
    asking.add_argument(
        "--recipe", choices=list(commands.RECIPES), metavar="NAME", help=", ".join(commands.RECIPES)
    )
    asking.add_argument("--temperature", type=not_negative)
    asking.add_argument("--top-p", type=share)
    asking.add_argument("--max-tokens", type=positive)
    asking.add_argument("--thinking-budget", type=positive, help="most tokens of reasoning")
    return asking


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def natural(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def share(text: str) -> float:
    number = float(text)
    if not 0 < number <= 1:
        raise ValueError(text)
    return number


def not_negative(text: str) -> float:
    number = float(text)
    if not 0 <= number < float("inf"):
        raise ValueError(text)
    return number


def main(given: list[str], start: commands.Start = start_engine) -> int:
    """Returns the exit status. Mistakes of the user and failures are reported in a sentence."""
    if given and given[0] not in (*COMMANDS, "-h", "--help"):
        given = ["run", *given]
    parser = arguments()
    options = parser.parse_args(given)
    try:
        if options.command in ("run", "ask"):
            _check(parser, options)
            act = commands.run if options.command == "run" else ask
            act(options, start)
        else:
            options.act(options)
    except KeyboardInterrupt:
        return STOPPED
    except commands.RunStopped as stopped:
        _report(f"Stopped: {stopped}")
        return STOPPED
    except _REPORTED as error:
        _report(str(error))
        return FAILED
    return 0


def _check(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    recipe = commands.RECIPES.get(options.recipe)
    if options.server and recipe and recipe.engine is EngineKind.OPENAI:
        options.served_name = options.served_name or recipe.model
    if bool(options.server) != bool(options.served_name):
        parser.error("--server and --served-name, the model's name there, go together")
    if options.tools and not options.server:
        parser.error("--tools are offered to the model of a --server")
    if options.server and options.model:
        parser.error("either --model or --server")


def _report(text: str) -> None:
    sys.stderr.write(f"{' '.join(text.split()).rstrip('.')}.\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
