"""Checks the steps of a text, and prints a verdict for each."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tutor.grading.numeric.sympy_client import warm_up
from tutor.grading.prose.step_cutter import cut_steps
from tutor.grading.steps.checks import ClaimCheck, StepCheck, StepVerdict
from tutor.grading.steps.worked.step_checker import StepChecker
from tutor.grading.working.checker import check_working
from tutor.plurals import count_noun

MAX_CHARACTERS = 1_000_000
_MARKS = {StepVerdict.PROVED: "✓", StepVerdict.REFUTED: "✗", StepVerdict.UNCHECKED: "·"}


class Command(BaseCommand):
    help = "Check the steps of a worked solution, or the lines of a working."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a text file, or - for standard input")
        parser.add_argument(
            "--lines",
            action="store_true",
            help="check each line by the statement and all lines before it",
        )
        parser.add_argument("--statement", default="", help="the problem that is solved")

    def handle(self, *args: Any, **options: Any) -> None:
        text = _read(options["file"])
        warm_up()
        if options["lines"]:
            steps = [line for line in text.splitlines() if line.strip()]
            checks = check_working(steps, options["statement"])
        else:
            steps = cut_steps(text)
            checker = StepChecker(options["statement"])
            checks = [checker.check(step) for step in steps]
        for step, check in zip(steps, checks, strict=True):
            self._write(step, check)
        self.stdout.write(summary(checks))

    def _write(self, step: str, check: StepCheck) -> None:
        self.stdout.write(f"{_MARKS[check.verdict]} {step.strip()}")
        for claim in check.claims:
            if claim.verdict == StepVerdict.REFUTED:
                self.stdout.write(f"    {why_refuted(claim)}")
        if check.rests_on is not None:
            self.stdout.write(f"    rests on step {check.rests_on + 1}")


def why_refuted(claim: ClaimCheck) -> str:
    """Why a claim is refuted: "3x = 16 fails for x = 4: 12 is not 16 (moved sign)"."""
    witness = claim.witness
    assert witness is not None  # noqa: S101 - nothing is refuted without one
    at = ", ".join(f"{name} = {value}" for name, value in witness.values.items())
    where = f" fails for {at}" if at else " fails"
    if witness.failing == "premise":
        where = f" holds for {at}, what it should follow from does not"
    slip = f" ({claim.slip.replace('_', ' ')})" if claim.slip else ""
    return f"{claim.claim}{where}: {witness.left} against {witness.right}{slip}"


def summary(checks: list[StepCheck]) -> str:
    count = {v: sum(check.verdict == v for check in checks) for v in StepVerdict}
    return (
        f"{count_noun(len(checks), 'step')}: {count[StepVerdict.PROVED]} proved, "
        f"{count[StepVerdict.REFUTED]} refuted, {count[StepVerdict.UNCHECKED]} not checkable"
    )


def _read(name: str) -> str:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{name} cannot be read as text: {error}") from None
    if len(text) > MAX_CHARACTERS:
        raise CommandError(f"{name} has {len(text)} characters; at most {MAX_CHARACTERS} are read.")
    return text
