"""Runs most short faults once; `python -m tests.faults` runs each any number of times."""

import re
import subprocess
import sys

import pytest

from tests.faults.deployment import ROOT
from tests.faults.faults import late_openings
from tests.faults.proxy import NGINX
from tutor.solutions.dispatch.lifecycle import SEND_AGAIN_AFTER


@pytest.mark.slow
@pytest.mark.alone
def test_faults_cost_a_pause_and_no_text(tmp_path):
    """All in one deployment, since its start takes as long as some of them."""
    faults = ["worker", "engine", "redis", "postgresql", "early", "server", "disk"]
    faults += ["stop", "sockets"] if NGINX else []
    command = [sys.executable, "-m", "tests.faults", *faults, "--runs", "1"]
    ended = subprocess.run(
        [*command, "--logs", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=1_500,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    for fault in faults:
        assert f"{fault}: 1 runs, 0 broken" in ended.stdout
    if not NGINX:
        pytest.skip("nginx is not installed: a web server that stops and 300 sockets are left out")


def test_sockets_that_open_late_are_a_fault():
    assert late_openings([0.2, 0.9, 7.0], 1) == []
    assert late_openings([2.5] * 3, 3) == []  # a slow processor, or other work
    [sentence] = late_openings([0.2, 1.2, 1.3], 1)
    assert "after 1.2 s" in sentence


@pytest.mark.slow
@pytest.mark.alone
def test_the_worker_with_the_right_model_starts_before_a_sweep(tmp_path):
    command = [sys.executable, "-m", "tests.faults.two_models", "--wishes", "6"]
    ended = subprocess.run(
        [*command, "--logs", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    [longest_s] = re.findall(r"at most (\S+) s,", ended.stdout)
    assert float(longest_s) < SEND_AGAIN_AFTER.total_seconds(), ended.stdout
    [sent] = re.findall(r"20 wait, (\d+) messages", ended.stdout)
    assert 20 <= int(sent) < 40, ended.stdout  # one for each, and few again
