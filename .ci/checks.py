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
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest"]
SIDE_BY_SIDE = 2  # of one stage


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

    def __str__(self) -> str:
        return f"{'ok  ' if self.passed else 'FAIL'} {self.name:<19} {self.seconds:6.1f} s"


def lint_checks() -> list[Check]:
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    manage = [sys.executable, "manage.py"]
    return [
        Check("ruff format", [str(BIN / "ruff"), "format", "--check", "."]),
        Check("ruff check", [str(BIN / "ruff"), "check", "."]),
        Check("mypy", [sys.executable, "-m", "mypy"]),
        Check("import contracts", [str(BIN / "lint-imports")]),
        Check("templates", [str(BIN / "djade"), "--check", *templates]),
        Check("migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check("settings", [*manage, "check", "--fail-level", "WARNING"]),
    ]


def test_stages() -> list[list[Check]]:
    # An engine beside another busy process is many times slower, so its tests run alone, and so
    # do those that wait for servers which they kill.
    # Tests that need a GPU say in the summary that they were skipped where there is none.
    # Browsers, engines and killed servers on a busy machine can be late for once. What failed is
    # tried once more, and the summary shows how it failed at first.
    tests = [*PYTEST, "--reruns", "1", "--rerun-show-tracebacks", "-m"]
    plain = [*tests, "not vllm and not browser and not slow"]
    return [
        [
            Check("on PostgreSQL", plain, {"TUTOR_TEST_POSTGRESQL": "1"}),
            Check("other tests", [*plain, "--ignore", "tests/grading"]),
            Check("tests of grading", [*plain, "tests/grading"]),
            Check("scripts", ["node", "--test", "tests/js/"]),
        ],
        [Check("engine, slow tests", [*tests, "(vllm or slow) and not browser"])],
        [Check("browser tests", [*tests, "browser"])],
    ]


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


def results(stages: list[list[Check]]) -> Iterator[Result]:
    """Stage after stage; what a check printed comes whole, when it has ended."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        for stage in stages:
            for ended in as_completed([pool.submit(run, check) for check in stage]):
                result = ended.result()
                print(f"\n== {result.name}\n{result.output}", flush=True)
                yield result


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the repository's checks.")
    parser.add_argument("--only", choices=["lint"], help="only the quick ones")
    only = parser.parse_args().only
    finished = list(results([lint_checks()] + ([] if only else test_stages())))
    print("\n" + "\n".join(map(str, finished)))
    failed = [result.name for result in finished if not result.passed]
    if failed:
        sys.exit(f"{len(failed)} of {len(finished)} checks failed: {', '.join(failed)}")
    print(f"All {len(finished)} checks passed.")


if __name__ == "__main__":
    main()
