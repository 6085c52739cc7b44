"""Whatever kills a run, the same command goes on to the same samples."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.evaluation.conftest import Evaluate, taken
from tests.evaluation.scripted_run import ChancyEngine
from tests.scripted_engine import ScriptedEngine
from tutor.engine.completion import EngineFailed
from tutor.evaluation.samples import SampleLog, UnusableRun, read_run

PLAN = ("--runs", "2", "--samples", "2", "--at-once", "1")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return tmp_path / "run"


@pytest.fixture
def whole(evaluate: Evaluate, run: Path) -> bytes:
    """The file of a run that nothing disturbed."""
    assert evaluate(*PLAN) == 0
    return (run / "samples.jsonl").read_bytes()


def test_a_whole_run_takes_nothing_more(evaluate, run, whole, capsys):
    engine = ChancyEngine()
    assert evaluate(*PLAN, engine=engine) == 0
    assert engine.prompts == []
    assert (run / "samples.jsonl").read_bytes() == whole


def test_killed_at_any_byte_of_a_line_it_goes_on_to_the_same_samples(evaluate, run, whole):
    expected = taken(run)
    lines = whole.splitlines(keepends=True)
    begun = len(b"".join(lines[:-2]))
    cuts = [*range(begun, len(whole), 97), begun + len(lines[-2]) - 1, len(whole) - 1]
    for cut in cuts:
        (run / "samples.jsonl").write_bytes(whole[:cut])
        assert evaluate(*PLAN) == 0
        assert taken(run) == expected
        assert (run / "samples.jsonl").read_bytes().count(b"\n") == len(expected)


def test_killed_after_any_sample_it_goes_on_to_the_same_samples(evaluate, run, whole):
    expected = taken(run)
    lines = whole.splitlines(keepends=True)
    for count in range(len(lines)):
        (run / "samples.jsonl").write_bytes(b"".join(lines[:count]))
        engine = ChancyEngine()
        assert evaluate(*PLAN, engine=engine) == 0
        assert len(engine.prompts) == len(lines) - count
        assert taken(run) == expected


@pytest.mark.parametrize("left", [0, 40])
def test_a_torn_last_line_is_cut_off_and_that_is_said(evaluate, run, whole, capsys, left):
    lines = whole.splitlines(keepends=True)
    torn = b"".join(lines[:-1]) + lines[-1][:left]
    (run / "samples.jsonl").write_bytes(torn)
    capsys.readouterr()
    assert evaluate(*PLAN) == 0
    assert ("was torn and is cut off" in capsys.readouterr().err) == (left > 0)


def test_a_whole_last_line_without_an_end_is_kept(evaluate, run, whole, capsys):
    (run / "samples.jsonl").write_bytes(whole.rstrip(b"\n"))
    engine = ChancyEngine()
    assert evaluate(*PLAN, engine=engine) == 0
    assert engine.prompts == []
    assert (run / "samples.jsonl").read_bytes() == whole
    assert "had no end, and has one now" in capsys.readouterr().err


def test_a_broken_line_in_the_middle_is_named_and_its_sample_taken_again(
    evaluate, run, whole, capsys
):
    expected = taken(run)
    lines = whole.splitlines(keepends=True)
    lines[3] = b"\0" * 200 + b"\n"
    (run / "samples.jsonl").write_bytes(b"".join(lines))
    assert evaluate(*PLAN) == 0
    assert "Line 4 of samples.jsonl cannot be read" in capsys.readouterr().err
    assert taken(run) == expected


def test_a_line_that_is_there_twice_counts_once(evaluate, run, whole):
    expected = taken(run)
    (run / "samples.jsonl").write_bytes(whole + whole.splitlines(keepends=True)[2])
    assert taken(run) == expected


def test_more_of_it_goes_on_with_what_is_there(evaluate, run, tmp_path):
    assert evaluate("--runs", "1", "--limit", "2") == 0
    first = taken(run)
    assert evaluate("--runs", "2", "--limit", "4", "--samples", "2") == 0
    assert (len(first), len(taken(run))) == (2, 16)
    assert set(first) < set(taken(run))
    assert evaluate("--runs", "1", "--limit", "2") == 0
    assert len(taken(run)) == 16  # what was taken once is never dropped


def test_many_at_once_take_the_same_as_one_after_the_other(evaluate, run, whole):
    expected = taken(run)
    (run / "samples.jsonl").unlink()
    assert evaluate("--runs", "2", "--samples", "2", "--at-once", "7") == 0
    assert taken(run) == expected


def test_two_processes_cannot_take_samples_into_one_folder(evaluate, run, capsys):
    run.mkdir()
    log = SampleLog.open(run)
    try:
        assert evaluate() == 2
    finally:
        log.close()
    assert "another process takes samples into" in capsys.readouterr().err


def test_samples_of_other_conditions_are_no_part_of_a_report(run, whole):
    line = json.loads(whole.splitlines()[0]) | {"conditions": "another", "run": 2, "sample": 2}
    lines = whole.splitlines(keepends=True)
    (run / "samples.jsonl").write_bytes(json.dumps(line).encode() + b"\n" + b"".join(lines))
    with pytest.raises(UnusableRun, match="1 samples of other conditions"):
        read_run(run)


@pytest.mark.parametrize(
    ("options", "difference"),
    [
        (["--temperature", "0.9"], "sampling was t0.2 p0.9 n1024 and is t0.9 p0.9 n1024"),
        (["--recipe", "r1"], "recipe was chat-mathematics-1 and is r1-mathematics-1"),
        (["--seed", "2"], "seed was 1 and is 2"),
        (["--dtype", "float32"], "options was dtype auto"),
    ],
)
def test_other_conditions_are_refused_with_what_differs(
    evaluate, run, whole, capsys, options, difference
):
    engine = ChancyEngine()
    assert evaluate(*PLAN, *options, engine=engine) == 2
    output = capsys.readouterr().err
    assert difference in output
    assert "name another folder with --out" in output
    assert engine.prompts == []
    assert (run / "samples.jsonl").read_bytes() == whole


def test_another_model_data_or_engine_is_refused(evaluate, run, whole, model, sums, capsys):
    (model / "config.json").write_text('{"changed": true}', encoding="utf-8")
    assert evaluate(*PLAN) == 2
    assert "weights was sha256:" in capsys.readouterr().err
    (model / "config.json").write_text("{}", encoding="utf-8")
    (model / "README.md").write_text("What nothing reads.", encoding="utf-8")
    assert evaluate(*PLAN) == 0

    (run / "samples.jsonl").write_bytes(whole.splitlines(keepends=True)[0])
    newer = ChancyEngine()
    newer.version = "2"
    assert evaluate(*PLAN, engine=newer) == 2
    assert "engine was scripted 1 and is scripted 2" in capsys.readouterr().err

    sums.write_bytes(sums.read_bytes() + b"\n")
    assert evaluate(*PLAN) == 2
    assert "data was " in capsys.readouterr().err


def process(sums: Path, model: Path, run: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.evaluation.scripted_run", str(sums)]
    command += ["--model", str(model), "--out", str(run), "--runs", "2", "--samples", "2"]
    return subprocess.Popen([*command, "--at-once", "3"], stderr=subprocess.PIPE)


def wait_for_lines(process: subprocess.Popen[bytes], log: Path, count: int) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if log.exists() and log.read_bytes().count(b"\n") >= count:
            return
        time.sleep(0.01)
    pytest.fail(f"no {count} samples came: {process.stderr.read().decode()}")  # type: ignore[union-attr]


def test_a_killed_process_loses_no_sample(evaluate, sums, model, run, whole, tmp_path):
    expected, again = taken(run), tmp_path / "again"
    for count in (2, 9):
        killed = process(sums, model, again)
        wait_for_lines(killed, again / "samples.jsonl", count)
        killed.kill()
        killed.communicate()
    last = process(sums, model, again)
    output = last.communicate(timeout=120)[1].decode()
    assert last.returncode == 0, output
    assert taken(again) == expected


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_process_says_how_to_go_on(sums, model, run, sign):
    stopped = process(sums, model, run)
    wait_for_lines(stopped, run / "samples.jsonl", 2)
    os.kill(stopped.pid, sign)
    output = stopped.communicate(timeout=60)[1].decode()
    assert stopped.returncode == 130
    assert "samples are kept in" in output
    assert "the same command goes on" in output
    assert "Traceback" not in output


def test_a_stop_that_ends_the_engine_first_is_a_stop(evaluate, run, capsys):
    class Interrupted(ChancyEngine):
        async def stream(self, *given, **named):
            if not self.prompts:
                self.prompts.append(given[0])
                os.kill(os.getpid(), signal.SIGINT)
            raise EngineFailed("ended by the terminal")
            yield

    assert evaluate(engine=Interrupted()) == 130
    assert "Stopped: 0 of 15 samples are kept" in capsys.readouterr().err


def test_an_engine_that_dies_stops_the_run_and_loses_nothing(evaluate, run, whole, capsys):
    (run / "samples.jsonl").write_bytes(b"".join(whole.splitlines(keepends=True)[:3]))

    class Dead(ScriptedEngine):
        async def stream(self, *given, **named):
            async for delta in ScriptedEngine(["x"], fail_at=0).stream(*given, **named):
                yield delta

    assert evaluate(*PLAN, engine=Dead([])) == 2
    output = capsys.readouterr().err
    assert "the scripted engine died" in output
    assert "3 of 20 samples are kept" in output
    assert evaluate(*PLAN) == 0
    assert len(taken(run)) == 20
