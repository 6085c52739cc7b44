"""An engine's own words stay apart, and the cause among them is found."""

import subprocess
import sys
from pathlib import Path

import pytest

from tutor.evaluation.engine_log import cause_in, with_cause

SCRIPT = """
import subprocess, sys
from pathlib import Path
from tutor.evaluation.engine_log import engine_log
with engine_log(Path(sys.argv[1])) as terminal:
    subprocess.run([sys.executable, "-c", "import sys; print('a child', file=sys.stderr)"])
    print("ourselves", file=sys.stderr)
    terminal.write("to the terminal\\n")
print("afterwards", file=sys.stderr)
"""


def test_all_that_an_engine_writes_goes_to_the_file(tmp_path: Path):
    log = tmp_path / "engine.log"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(log)], capture_output=True, text=True, check=True
    )
    assert done.stderr == "to the terminal\nafterwards\n"
    assert sorted(log.read_text().split("\n")) == ["", "a child", "ourselves"]


# As vLLM wrote them, on a CPU and by its source on a card.
@pytest.mark.parametrize(
    ("log", "cause"),
    [
        (
            "RuntimeError: Worker failed with error '[enforce fail at alloc_cpu.cpp:127] err == 0."
            " DefaultCPUAllocator: can't allocate memory: you tried to allocate 107347 bytes.'\n"
            "RuntimeError: Engine core initialization failed. See root cause above.\n",
            "there was not enough memory: Worker failed with error '[enforce fail",
        ),
        (
            "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.\n"
            "ValueError: something after it\n",
            "there was not enough memory: CUDA out of memory. Tried to allocate 2.00 GiB.",
        ),
        (
            "ValueError: Free memory on device (1.2/14.6 GiB) on startup is less than desired",
            "there was not enough memory: Free memory on device (1.2/14.6 GiB)",
        ),
        ("RuntimeError: CPU Generator does not use offset\n", "CPU Generator does not use offset"),
        ("vllm.v1.engine.exceptions.EngineDeadError: EngineCore encountered an issue.\n", ""),
        ("concurrent.futures._base.CancelledError: cancelled\n", ""),
        ("all is well\n", ""),
    ],
)
def test_the_cause_is_the_error_that_explains_most(tmp_path: Path, log, cause):
    (tmp_path / "engine.log").write_text(log)
    text = cause_in(tmp_path / "engine.log")
    assert text.startswith(cause) if cause else text == ""


def test_an_error_that_only_points_gets_its_cause(tmp_path: Path):
    log = tmp_path / "engine.log"
    log.write_text("torch.OutOfMemoryError: CUDA out of memory.\n")
    error = "vLLM could not load M: Engine core initialization failed. See root cause above. {}"
    assert with_cause(error, log) == (
        "vLLM could not load M: there was not enough memory: CUDA out of memory."
        f" (its log is {log})"
    )
    log.write_text("")
    assert with_cause(error, log) == error


def test_without_a_log_there_is_no_cause(tmp_path: Path):
    assert cause_in(tmp_path / "engine.log") == ""
