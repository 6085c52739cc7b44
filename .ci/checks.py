"""Runs every check of the repository, all of them to their end, and sums them up.

`python .ci/checks.py [--only lint]`, within the virtual environment that `make test` makes.
"""
# ruff: noqa: T201  (it talks to a terminal)

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
BROWSING = TESTS / "browser"
BIN = Path(sys.executable).parent
LAST_LINES = 12  # of a check that failed, at the end of everything
PYTEST = [sys.executable, "-m", "pytest"]

# In a single process: most of what either takes is Django's start.
SETTINGS_AND_MIGRATIONS = """
import os
import django
from django.core.management import call_command
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutor.settings")
django.setup()
call_command("check", fail_level="WARNING")
call_command("makemigrations", check_changes=True, dry_run=True, skip_checks=True)
"""


@dataclass(frozen=True)
class Check:
    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    name: str
    passed: bool
    seconds: float
    output: str

    @property
    def causes(self) -> str:
        """The tests that failed, or what it printed last."""
        lines = self.output.splitlines()
        tests = [line[:200] for line in lines if line.startswith(("FAILED ", "ERROR "))]
        return "\n".join((tests or lines)[-LAST_LINES:])

    def __str__(self) -> str:
        return f"{'ok  ' if self.passed else 'FAIL'} {self.name:<20} {self.seconds:6.1f} s"


def lint_checks() -> list[Check]:
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    return [
        Check("ruff format", [str(BIN / "ruff"), "format", "--check", "."]),
        Check("ruff check", [str(BIN / "ruff"), "check", "."]),
        Check("mypy", [sys.executable, "-m", "mypy"]),
        Check("import contracts", [str(BIN / "lint-imports")]),
        Check("templates", [str(BIN / "djade"), "--check", *templates]),
        Check("settings, migrations", [sys.executable, "-c", SETTINGS_AND_MIGRATIONS]),
    ]


@dataclass(frozen=True)
class Plan:
    """Those `beside` run, two at a time, where what runs at normal priority leaves a core idle.

    At first that is one of those `alone` after the other, and then those `in_pairs`, two at a time.
    The longest comes first.
    """

    alone: list[Check]
    beside: list[Check]
    in_pairs: list[Check]


def computing_tests() -> list[str]:
    """Those that wait for nothing: on a busy machine they only take longer."""
    waiting = ("check_process", "processes")
    grading = [
        path
        for path in sorted(TESTS.joinpath("grading").glob("[a-z]*"))
        if path.name not in waiting and (path.is_dir() or path.name.startswith("test_"))
    ]
    of_problems = TESTS / "problems"
    others = [TESTS / "distill", of_problems / "bank", of_problems / "test_starter_bank.py"]
    return [str(path.relative_to(ROOT)) for path in (*grading, *others)]


def waiting_tests() -> list[str]:
    """Those of the site that wait for processes, or start them."""
    of_grading = ("grading/check_process", "grading/processes")
    folders = (*of_grading, "deployment", "evaluation", "operations", "solutions", "tools")
    return [str(TESTS.joinpath(folder).relative_to(ROOT)) for folder in folders]


def files_with(*marks: str) -> list[str]:
    """Those outside of `tests/browser` with a test that is marked so: collecting all takes long."""
    files = [path for path in sorted(TESTS.rglob("test_*.py")) if path.parent != BROWSING]
    texts = [(path, path.read_text("utf-8")) for path in files]
    return [
        str(path.relative_to(ROOT))
        for path, text in texts
        if any(f"mark.{mark}" in text for mark in marks)
    ]


def all_checks() -> Plan:
    # Tests that need a GPU say in the summary that they were skipped where there is none.
    # Browsers, engines and killed servers on a busy machine can be late for once. What failed is
    # tried once more, and the summary shows how it failed at first.
    tests = [*PYTEST, "--reruns", "1", "--rerun-show-tracebacks", "-m"]
    plain = [*tests, "not vllm and not browser and not slow"]
    computing = computing_tests()
    in_browsers = str(BROWSING.relative_to(ROOT))  # all of them
    of_the_site = [f"--ignore={path}" for path in computing]
    waiting = waiting_tests()
    others = [*of_the_site, *(f"--ignore={path}" for path in waiting)]
    return Plan(
        alone=[
            Check("engine", [*tests, "vllm", *files_with("vllm")]),
            Check("browser and engine", [*tests, "browser and vllm", in_browsers]),
        ],
        beside=[
            Check("slow tests", [*tests, "slow and not alone and not vllm", *files_with("slow")]),
            Check("computing tests", [*plain, *computing]),
            *lint_checks(),
        ],
        in_pairs=[
            Check("browser tests", [*tests, "browser and not vllm", in_browsers]),
            Check("waiting tests", [*plain, *waiting]),
            Check("other tests", [*plain, *others]),
            Check("killed ones", [*tests, "alone and not vllm", *files_with("alone")]),
            Check("on PostgreSQL", [*plain, *of_the_site], {"TUTOR_TEST_POSTGRESQL": "1"}),
            Check("scripts", ["node", "--test", "tests/js/"]),
        ],
    )


def run(check: Check) -> Result:
    print(f".. {check.name}", flush=True)
    began_at = time.monotonic()
    ended = subprocess.run(  # noqa: S603
        check.command,
        cwd=ROOT,
        env={**os.environ, **check.env},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    passed = ended.returncode == 0
    return Result(check.name, passed, time.monotonic() - began_at, ended.stdout)


def results(plan: Plan) -> Iterator[Result]:
    """What a check printed comes whole, when it has ended."""
    idle = ThreadPoolExecutor(2, initializer=give_way)
    with ThreadPoolExecutor(1) as first, ThreadPoolExecutor(2) as then, idle:
        alone = [first.submit(run, check) for check in plan.alone]
        beside = [idle.submit(run, check) for check in plan.beside]
        in_pairs = [then.submit(run_after, alone, check) for check in plan.in_pairs]
        for ended in as_completed([*alone, *beside, *in_pairs]):
            result = ended.result()
            print(f"\n== {result.name}\n{result.output}", flush=True)
            yield result


def run_after(others: list[Future[Result]], check: Check) -> Result:
    wait(others)
    return run(check)


def give_way() -> None:
    """Let this thread and what it starts run only where a core has nothing else to do.

    An engine passes each token through several processes, and beside one that does not give way
    at once it is many times slower.
    """
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the repository's checks.")
    parser.add_argument("--only", choices=["lint"], help="only the quick ones")
    only = parser.parse_args().only
    finished = list(results(Plan([], [], lint_checks()) if only else all_checks()))
    print("\n" + "\n".join(map(str, finished)))
    failed = [result for result in finished if not result.passed]
    for result in failed:
        print(f"\n== {result.name}\n{result.causes}")
    if failed:
        names = ", ".join(result.name for result in failed)
        sys.exit(f"{len(failed)} of {len(finished)} checks failed: {names}")
    print(f"All {len(finished)} checks passed.")


if __name__ == "__main__":
    main()
