"""manage.py check_bank [TOPIC …] [--draws N]: solve and grade many draws of every bank problem."""

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tutor.problems.bank.check import (
    DRAWS,
    SOLVED_DRAWS,
    ProblemCheck,
    check_problem,
)
from tutor.problems.bank.coverage import covered, has_figure, uncovered
from tutor.problems.bank.solution_steps import StepKind
from tutor.problems.bank.topic_files import InvalidTopic, read_topic, topic_files
from tutor.problems.records import ProblemRecord
from tutor.problems.skills.skill_map import skill_map

MAX_FAILURES_SHOWN = 3  # of one problem


class Command(BaseCommand):
    help = "Check the problem bank: keys, tests, hints, mistakes and solutions of many draws."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("topics", nargs="*", metavar="TOPIC", help="all by default")
        parser.add_argument("--draws", type=int, default=DRAWS, help="of each problem")
        parser.add_argument(
            "--processes", type=int, default=os.cpu_count() or 1, help="at once; one for each core"
        )

    def handle(self, *, topics: list[str], draws: int, processes: int, **options: Any) -> None:
        records = self.read(topics)
        checks = []
        for check in checked(records, draws, processes):
            for failure in check.failures[:MAX_FAILURES_SHOWN]:
                self.stderr.write(f"{check.slug}: {failure}")
            checks.append(check)
        failing = sum(bool(check.failures) for check in checks)
        self.stdout.write(summary(records, checks, draws))
        if not topics:
            self.stdout.write("no problem yet  " + ", ".join(uncovered(records)))
        if failing:
            raise CommandError(f"{failing} of {len(checks)} problems fail.")

    def read(self, topics: list[str]) -> list[ProblemRecord]:
        files = {file.stem: file for file in topic_files()}
        if unknown := [topic for topic in topics if topic not in files]:
            known = ", ".join(files)
            raise CommandError(f"There is no topic {unknown[0]}; the topics are {known}.")
        try:
            return [record for topic in topics or files for record in read_topic(files[topic])]
        except InvalidTopic as error:
            raise CommandError(str(error)) from error


def checked(records: list[ProblemRecord], draws: int, processes: int) -> Iterator[ProblemCheck]:
    """In the order of the records. Both languages of a problem go to the same process."""
    if processes < 2:
        yield from (check_problem(record, draws) for record in records)
        return
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        yield from pool.map(partial(check_problem, draws=draws), records, chunksize=2)


def summary(records: list[ProblemRecord], checks: list[ProblemCheck], draws: int) -> str:
    steps = sum((check.steps for check in checks), Counter[StepKind]())
    languages = Counter(record.content.language for record in records)
    solved = sum(check.solved for check in checks)
    return "\n".join(
        (
            f"problems        {len(records)} ({_counts(languages)})",
            f"skills          {len(covered(records))} of {len(skill_map().skills)} on the map",
            f"with a figure   {_share([has_figure(row.content) for row in records])}",
            f"in parts        {_share([bool(row.content.parts) for row in records])}",
            f"draws           {draws} of each",
            f"steps proved    {_percent(steps[StepKind.PROVED], steps.total())}",
            f"definitions     {_percent(steps[StepKind.DEFINED], steps.total())}",
            f"neither         {_percent(steps[StepKind.UNPROVED], steps.total())}",
            f"solved alone    {_percent(solved, len(checks) * min(draws, SOLVED_DRAWS))}",
        )
    )


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counter.items()))


def _share(claims: list[bool]) -> str:
    return _percent(sum(claims), len(claims))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.1f} %"
