"""Runs every check of the repository, all of them to their end, and sums them up.

`python .ci/checks.py [--only lint]`, within the virtual environment that `make test` makes.
"""
# ruff: noqa: T201  (it talks to a terminal)

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest"]


@dataclass(frozen=True)
class Check:
    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)


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


def test_checks() -> list[Check]:
    # An engine beside another busy process is many times slower, so its tests run alone.
    # Tests that need a GPU say in the summary that they were skipped where there is none.
    return [
        Check("scripts", ["node", "--test", "tests/js/"]),
        Check("tests", [*PYTEST, "-m", "not vllm and not browser"]),
        Check(
            "on PostgreSQL",
            [*PYTEST, "-m", "not vllm and not browser", *map(str, folders_with_database_tests())],
            {"TUTOR_TEST_POSTGRESQL": "1"},
        ),
        Check("engine tests", [*PYTEST, "-m", "vllm and not browser"]),
        Check("browser tests", [*PYTEST, "-m", "browser"]),
    ]


def folders_with_database_tests() -> list[Path]:
    plain = {"bench", "browser", "data", "demo", "engine", "gpu", "grading", "js"}
    folders = [path.parent for path in (ROOT / "tests").glob("*/test_*.py")]
    return sorted({folder for folder in folders if folder.name not in plain})


def run(check: Check) -> bool:
    print(f"\n== {check.name}", flush=True)
    env = {**os.environ, **check.env}
    ended = subprocess.run(check.command, cwd=ROOT, env=env, check=False)  # noqa: S603
    return ended.returncode == 0


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the repository's checks.")
    parser.add_argument("--only", choices=["lint"], help="only the quick ones")
    only = parser.parse_args().only
    checks = lint_checks() + ([] if only else test_checks())
    lines, failed = [], []
    for check in checks:
        began_at = time.monotonic()
        passed = run(check)
        failed += [] if passed else [check.name]
        mark = "ok  " if passed else "FAIL"
        lines.append(f"{mark} {check.name:<18} {time.monotonic() - began_at:6.1f} s")
    print("\n" + "\n".join(lines))
    if failed:
        sys.exit(f"{len(failed)} of {len(checks)} checks failed: {', '.join(failed)}")
    print(f"All {len(checks)} checks passed.")


if __name__ == "__main__":
    main()
