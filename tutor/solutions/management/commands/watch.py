"""manage.py watch PROBLEM: ask for a solution and see it written, to try an installation.

It asks as a student does: by the same row, queue, worker, engine and log. Its priority is that of a
solution that a teacher shows to a class.
"""

import asyncio
import re
from itertools import zip_longest
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from tutor.grading import Feedback
from tutor.grading.check_process.client import UNCHECKED
from tutor.plurals import count_noun
from tutor.problems.labels import feedback_sentence
from tutor.problems.models import Problem, ProblemVersion
from tutor.redis_client import open_redis
from tutor.solutions.dispatch.queue_status import waiting_for
from tutor.solutions.log.protocol import (
    START_OF_LOG,
    Entry,
    ReasoningDelta,
    SolutionEnd,
    StepChecked,
    StepDelta,
    decode,
    position_of,
)
from tutor.solutions.log.token_log import TokenLog
from tutor.solutions.models import Solution, State
from tutor.solutions.requests.find_or_queue import request_solution

# C0 but for tab and line feed, DEL, C1, and characters that change the direction of writing.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

WAITING = {
    "worker": "No generation worker is running. The request is kept; waiting …",
    "model": "The worker is loading the model …",
    "server": "The model's server is away. Waiting; it goes on by itself …",
    "turn": "Queued …",
    "resume": "The worker was lost. Waiting for another one to go on …",
}


def printable(text: str) -> str:
    """The text with control characters made visible, but for line feeds and tabs."""
    return _CONTROLS.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def verdict_line(step: int, check: dict[str, Any] | None) -> str:
    fields: dict[str, Any] = check or UNCHECKED.to_dict()
    words = [f"step {step + 1}", fields["verdict"]]
    refuted = [claim["claim"] for claim in fields["claims"] if claim["verdict"] == "refuted"]
    for claim in refuted[:1]:
        words += claim.split()  # on one line
    return f"    [{' '.join(words)}]"


class Command(BaseCommand):
    help = "Ask for a worked solution of a problem and print it as it is written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("problem", help="the problem's slug or code")
        parser.add_argument("--timeout", type=float, default=600, help="seconds (600)")

    def handle(self, *, problem: str, timeout: float, **options: Any) -> None:
        self.verdicts: list[str] = []  # to be printed after the present line
        solution = request_solution(self.find(problem), user=None)
        if solution is None:
            raise CommandError("the model has had all its tries, and none of them is shown")
        try:
            end = asyncio.run(asyncio.wait_for(self.follow(solution), timeout))
        except TimeoutError as error:
            raise CommandError(
                f"no end after {timeout:g} s; `{settings.COMMAND} doctor` may tell"
            ) from error
        self.report(end)

    def find(self, name: str) -> ProblemVersion:
        try:
            named = Q(code=UUID(name))
        except ValueError:
            named = Q(slug=name)
        problem = Problem.objects.filter(named).select_related("current").first()
        if problem is None or problem.current is None:
            raise CommandError(f"there is no problem {name!r}")
        return problem.current.variant(1)

    async def follow(self, solution: Solution) -> SolutionEnd:
        after, shown = START_OF_LOG, None
        async with open_redis() as client:
            log = TokenLog(client, solution.pk)
            while True:
                for entry_id, encoded, _ in await log.read(after, count=256, block_ms=1000):
                    if position_of(entry_id) != position_of(after) + 1:
                        self.stderr.write("The last seconds were lost. It goes on before them:")
                    after, entry = entry_id, decode(encoded)
                    self.show(entry)
                    if isinstance(entry, SolutionEnd):
                        return entry
                row = await database_sync_to_async(Solution.objects.get)(pk=solution.pk)
                if row.state == State.ENDED and not await log.holds_more(after):
                    self.show_record(row, from_the_start=after == START_OF_LOG)
                    return row.end()
                reason = await database_sync_to_async(waiting_for)(row)
                if reason and reason != shown:
                    self.stderr.write(WAITING[reason])
                shown = reason

    def show(self, entry: Entry) -> None:
        match entry:
            case ReasoningDelta(text) | StepDelta(_, text):
                self.show_text(text)
            case StepChecked(step, check):
                self.verdicts.append(verdict_line(step, check))

    def show_text(self, text: str) -> None:
        """Verdicts are printed between two lines, though they may arrive in the middle of one."""
        line, end_of_line, rest = text.partition("\n")
        if self.verdicts and end_of_line:
            text = "\n".join([line, *self.verdicts, rest])
            self.verdicts.clear()
        self.stdout.write(printable(text), ending="")
        self.stdout.flush()

    def show_record(self, row: Solution, *, from_the_start: bool) -> None:
        if not from_the_start:
            return
        self.show_text(row.reasoning)
        for step, (text, check) in enumerate(zip_longest(row.steps, row.checks)):
            self.show_text(text)
            if row.checks:
                self.verdicts.append(verdict_line(step, check))

    def report(self, end: SolutionEnd) -> None:
        self.show_text("\n")
        seconds = f", {end.seconds:.1f} s" if end.seconds is not None else ""
        model = printable(end.model)
        self.stdout.write(f"\n{end.outcome}: {count_noun(end.tokens, 'token')}{seconds}, {model}")
        answer = f" for {printable(end.answer)!r}" if end.answer else ""
        if end.verdict:
            self.stdout.write(f"verdict: {end.verdict}{answer} (rule: {end.rule})")
        if feedback := Feedback.from_json(end.feedback):
            self.stdout.write(printable(feedback_sentence(feedback)))
