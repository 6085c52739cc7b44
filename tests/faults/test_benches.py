"""Runs benchmarks of the whole deployment once; their figures need a quiet machine."""

import re
import subprocess
import sys

import pytest

from tests.faults.deployment import ROOT


def printed_by(name: str, *options: str) -> str:
    command = [sys.executable, "-m", f"tests.bench.{name}", *options]
    ended = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.mark.slow
@pytest.mark.alone
def test_every_watcher_sees_all_of_it():
    printed = printed_by("watchers", "--sockets", "1", "15", "--rate", "200")
    assert re.search(r"^ +1 sockets: 1 complete in ", printed, re.MULTILINE)
    assert re.search(r"^ +15 sockets: 15 complete in .* kB a socket$", printed, re.MULTILINE)


@pytest.mark.slow
@pytest.mark.alone
def test_every_answer_is_kept():
    printed = printed_by("submissions", "--students", "5", "--within", "1")
    assert "statuses {200: 15, 302: 5}; 5 of 5 answers are kept" in printed
