"""The process that reads a file of strangers: what takes too much ends it, and nothing else."""

import signal
import subprocess
import sys

import pytest
from django.conf import settings

from tutor.materials import pdf_child
from tutor.problems.interchange import child

PROGRAM = f"""
import time
from tutor.problems.interchange import child
child.MAX_CPU_S["read"] = {{max_cpu_s}}

def read(language):
    {{act}}
    return 0

child._read = read
raise SystemExit(child.main("read", "en", "en", {str(settings.LOCALE_PATHS[0])!r}))
"""


@pytest.mark.parametrize(
    ("act", "max_cpu_s", "statuses"),
    [
        ("pass", 30, {0}),
        ("bytearray(2 * 1024**3)", 30, {child.TOO_HARD}),
        ("read(language)", 30, {child.TOO_HARD}),
        ("while time.process_time() < 20: pass", 1, {-signal.SIGXCPU, -signal.SIGKILL}),
    ],
    ids=["nothing", "two gigabytes", "too deep", "too long"],
)
def test_a_file_that_takes_too_much_ends_its_reader(act, max_cpu_s, statuses):
    program = PROGRAM.format(act=act, max_cpu_s=max_cpu_s)
    ended = subprocess.run([sys.executable, "-c", program], cwd=settings.BASE_DIR, check=False)
    assert ended.returncode in statuses


def test_as_much_as_for_a_pdf_is_allowed():
    assert (child.MAX_CPU_S["read"], child.MAX_MEMORY) == (
        pdf_child.MAX_CPU_S,
        pdf_child.MAX_MEMORY,
    )
