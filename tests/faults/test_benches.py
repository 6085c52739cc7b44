"""Runs a benchmark of the whole deployment once; its figures need a quiet machine."""

import subprocess
import sys

import pytest

from tests.faults.deployment import ROOT


@pytest.mark.slow
@pytest.mark.alone
def test_every_answer_is_kept():
    command = [sys.executable, "-m", "tests.bench.submissions", "--students", "5", "--within", "1"]
    ended = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "statuses {200: 15, 302: 5}; 5 of 5 answers are kept" in ended.stdout
