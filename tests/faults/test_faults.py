"""One run of each fault that is soon over; `python -m tests.faults` has as many as one likes."""

import subprocess
import sys

import pytest

from tests.faults.deployment import ROOT


@pytest.mark.slow
def test_faults_cost_a_pause_and_no_text(tmp_path):
    faults = ["worker", "engine", "redis", "postgresql", "triple"]
    command = [sys.executable, "-m", "tests.faults", *faults, "--runs", "1", "--logs"]
    ended = subprocess.run(
        [*command, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    for fault in faults:
        assert f"{fault}: 1 runs, 0 broken" in ended.stdout
