"""The benchmark of checking runs; its figures need a quiet machine and nobody's test."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

from tests.bench.streaming import STEPS


@pytest.mark.slow
def test_it_measures_in_turns_and_prints_the_ratio():
    command = [sys.executable, "-m", "tests.bench.streaming", "--solutions", "2", "--rounds", "1"]
    printed = subprocess.check_output(command, text=True, cwd=settings.BASE_DIR)
    verdicts = re.findall(r"checking (on|off) +\d+ tokens/s +(\d+) verdicts", printed)
    assert verdicts == [("off", "0"), ("on", str(2 * 5 * len(STEPS)))]
    assert re.search(r"on / off: median \d\.\d{3} of 1 rounds", printed)
