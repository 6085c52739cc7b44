"""The command line: the table, what is named plainly, and the way from a figure to its samples."""

import asyncio
import csv
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.engine.scripted_server import Reply, ScriptedServer, chat, refused, scripted_server
from tests.evaluation.conftest import taken
from tests.evaluation.scripted_run import ChancyEngine
from tests.scripted_engine import ScriptedEngine
from tutor.engine.completion import Delta, EngineConfig, EngineFailed, Outcome
from tutor.evaluation.__main__ import main
from tutor.evaluation.samples import read_run
from tutor.grading import GRADER_VERSION
from tutor.grading.steps.checks import CHECKER_VERSION


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return tmp_path / "run"


def test_the_command_may_be_left_out(evaluate, run, sums, model):
    assert evaluate("--runs", "1") == 0

    async def start(config: object) -> ChancyEngine:
        return ChancyEngine()

    other = run.with_name("other")
    given = [str(sums), "--model", str(model), "--out", str(other), "--runs", "1"]
    assert main(["run", *given], start) == 0
    assert taken(run) == taken(other)


def test_the_table_has_the_score_and_what_it_cost(evaluate, run, capsys):
    assert evaluate("--samples", "4") == 0
    names, _, cells = capsys.readouterr().out.splitlines()[:3]
    shown = dict(zip(names.split(" | "), cells.split(" | "), strict=True))
    samples = read_run(run).samples
    right = sum(sample.is_right for sample in samples)
    assert 0 < right < len(samples) == 60
    assert shown["pass@1 (95 %)"].startswith(f"{100 * right / 60:.1f}% (")
    assert shown["problems × samples × runs"] == "5 × 4 × 3"
    assert (shown["streaming"], shown["memory"]) == ("yes", "–")
    assert shown["parameters"] == "0 M"
    assert "(k = 12)" in shown["maj@k"]


def test_csv_carries_all_that_a_figure_depends_on(evaluate, run, model, capsys):
    assert evaluate("--samples", "2", "--temperature", "0.7") == 0
    capsys.readouterr()
    assert main(["report", str(run), "--csv"]) == 0
    [row] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["model"] == model.name
    assert row["weights"].startswith("sha256:")
    assert (row["engine"], row["recipe"]) == ("scripted 1", "chat-mathematics-1")
    assert (row["sampling"], row["seed"]) == ("t0.7 p0.9 n1024", "1")
    assert row["grader"] == f"{GRADER_VERSION}, steps {CHECKER_VERSION}"
    assert len(row["data"]) == 64
    assert float(row["low"]) <= float(row["pass@1"]) <= float(row["high"])
    assert float(row["pass@6"]) >= float(row["pass@2"]) >= float(row["pass@1"])
    assert int(row["steps proved"]) >= 30


def test_a_wrong_answer_leads_to_its_samples(evaluate, run, capsys):
    assert evaluate("--samples", "3") == 0
    wrong = next(sample for sample in read_run(run).samples if sample.verdict == "incorrect")
    rows = csv.DictReader(io.StringIO((run / "problems.csv").read_text("utf-8")))
    [row] = [row for row in rows if row["problem"] == wrong.problem]
    assert row["verdicts"].split().count("incorrect") >= 1
    assert f"| {wrong.problem} | {row['right']} of 9 |" in (run / "report.md").read_text("utf-8")
    capsys.readouterr()
    assert main(["show", str(run), wrong.problem]) == 0
    output = capsys.readouterr().out
    assert wrong.text.strip() in output
    assert f"run {wrong.run}, sample {wrong.sample}; finished; incorrect by" in output
    assert main(["show", str(run), "77"]) == 2
    assert "has no samples of a problem 77" in capsys.readouterr().err


def test_two_runs_are_compared_on_common_problems(evaluate, run, sums, model, capsys):
    assert evaluate("--samples", "2") == 0

    async def start(config: object) -> ScriptedEngine:
        return ScriptedEngine(["\\boxed{1}"], pause_s=0)

    other = run.with_name("other")
    given = [str(sums), "--model", str(model), "--out", str(other), "--recipe", "r1"]
    assert main([*given, "--limit", "4"], start) == 0
    capsys.readouterr()
    assert main(["compare", str(run), str(other)]) == 0
    output = capsys.readouterr().out
    assert "on 4 common problems" in output
    assert "paired bootstrap" in output
    assert "- recipe was chat-mathematics-1 and is r1-mathematics-1" in output
    assert "asked in only one of the runs: 1" in output
    assert main(["report", str(run), str(other)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_runs_on_other_problems_are_not_compared(evaluate, run, sums, model, capsys):
    assert evaluate() == 0
    sums.write_bytes(sums.read_bytes() + b"\n")

    async def start(config: object) -> ChancyEngine:
        return ChancyEngine()

    other = str(run.with_name("other"))
    assert main([str(sums), "--model", str(model), "--out", other], start) == 0
    assert main(["compare", str(run), other]) == 2
    assert "the runs have other problems: sums.jsonl (" in capsys.readouterr().err


def test_a_run_that_is_not_finished_says_so(evaluate, run, capsys):
    assert evaluate() == 0
    lines = (run / "samples.jsonl").read_bytes().splitlines(keepends=True)
    (run / "samples.jsonl").write_bytes(b"".join(lines[:7]))
    capsys.readouterr()
    assert main(["report", str(run)]) == 0
    assert "Not finished: 7 of 15 samples are there" in capsys.readouterr().out
    (run / "samples.jsonl").write_bytes(b"")
    assert main(["report", str(run)]) == 2
    assert "holds no samples yet" in capsys.readouterr().err


def test_broken_lines_are_listed_and_the_run_goes_on(evaluate, run, sums, capsys):
    rows = sums.read_bytes().splitlines(keepends=True)
    sums.write_bytes(rows[0] + b'{"question": "torn\n' + rows[1] + b"\xff\n")
    assert evaluate("--runs", "1") == 0
    output = capsys.readouterr().err
    assert "sums.jsonl line 2 is left out: not JSON" in output
    assert "sums.jsonl line 4 is left out: not UTF-8" in output
    assert sorted(sample.problem for sample in read_run(run).samples) == ["1", "3"]


class Endless(ScriptedEngine):
    """Repeats the same text for ever, whatever its limit."""

    def __init__(self, *pieces: str) -> None:
        super().__init__([])
        self.pieces = pieces
        self.count = 0

    async def stream(self, *given, **named):
        while True:
            self.count += 1
            yield Delta(answer=self.pieces[self.count % len(self.pieces)], token_ids=(1,))


def test_a_model_that_repeats_itself_for_ever_is_stopped_and_counted(evaluate, run, capsys):
    engine = Endless("so ", "it ", "is ", "four, ")
    assert evaluate("--runs", "1", "--limit", "2", engine=engine) == 0
    assert {sample.outcome for sample in read_run(run).samples} == {Outcome.LOOPING}
    assert engine.count < 2_000
    assert "| looping | 2 | 100.0% |" in (run / "report.md").read_text("utf-8")


def test_a_model_that_knows_no_end_is_stopped_at_its_budget(evaluate, run):
    engine = Endless(*(f"{n} " for n in range(1_000)))
    assert evaluate("--runs", "1", "--limit", "1", "--max-tokens", "300", engine=engine) == 0
    [sample] = read_run(run).samples
    assert sample.outcome == Outcome.BUDGET_EXHAUSTED
    assert 300 < sample.tokens < 340
    assert len(sample.text) > 500  # kept in full


def test_a_prompt_that_is_too_long_is_counted_and_the_run_goes_on(evaluate, run, sums):
    rows = sums.read_bytes()
    long = json.dumps({"question": "1 + 1 = ?" + "!" * 500, "answer": "#### 2"}).encode()
    sums.write_bytes(rows + long + b"\n")
    engine = ScriptedEngine(["\\boxed{1}"], longest_prompt=400, pause_s=0)
    assert evaluate("--runs", "1", engine=engine) == 0
    outcomes = [sample.outcome for sample in read_run(run).samples]
    assert outcomes.count("prompt_too_long") == 1
    assert "| prompt too long | 1 | 16.7% |" in (run / "report.md").read_text("utf-8")


def test_a_failure_of_one_sample_is_tried_again(evaluate, run):
    engine = ScriptedEngine(["\\boxed{1}"], fail_at=0, pause_s=0)
    assert evaluate("--runs", "1", engine=engine) == 0
    assert {sample.outcome for sample in read_run(run).samples} == {Outcome.FINISHED}


def test_a_sample_that_always_fails_is_counted_where_the_engine_lives(evaluate, run, capsys):
    class Picky(ScriptedEngine):
        async def stream(self, prompt, *given, **named):
            if prompt.user.startswith("2 + 3"):
                raise EngineFailed("it does not take the request")
            async for delta in super().stream(prompt, *given, **named):
                yield delta

    assert evaluate("--runs", "1", engine=Picky(["\\boxed{1}"], pause_s=0)) == 0
    failed = [sample for sample in read_run(run).samples if sample.outcome == "engine_failed"]
    assert [(s.problem, s.error, s.verdict) for s in failed] == [
        ("3", "it does not take the request", "unreadable")
    ]
    assert "| engine failed | 1 | 20.0% |" in (run / "report.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["nothing.jsonl"], "No such file or directory: 'nothing.jsonl'"),
        (["{sums}", "--model", "no-such-folder"], "no-such-folder does not exist"),
        (
            ["{sums}", "--server", "http://127.0.0.1:9/v1", "--served-name", "m"],
            "cannot be reached",
        ),
        (["report", "{sums}"], "holds no run"),
    ],
)
def test_what_is_not_there_is_named_in_a_sentence(given, sentence, sums, tmp_path, capsys):
    given = [text.format(sums=sums) for text in given]
    if "--model" in given or "--server" in given:
        given += ["--out", str(tmp_path / "run")]
    assert main(given) == 2
    output = capsys.readouterr().err
    assert sentence in output
    assert (output.count("\n"), output.count("Traceback")) == (1, 0)


@pytest.mark.parametrize(
    "given",
    [
        ["x.jsonl", "--samples", "0"],
        ["x.jsonl", "--server", "http://127.0.0.1:9/v1"],
        ["x.jsonl", "--served-name", "m"],
        ["x.jsonl", "--server", "http://h/v1", "--served-name", "m", "--model", "f"],
        ["x.jsonl", "--temperature", "-1"],
        ["report"],
        [],
    ],
)
def test_options_that_cannot_be_are_refused(given, capsys):
    with pytest.raises(SystemExit) as ended:
        main(given)
    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_an_engine_without_memory_is_said_in_a_sentence(sums, model, tmp_path, capsys):
    async def start(config: EngineConfig) -> ScriptedEngine:
        raise EngineFailed(f"vLLM could not load {config.model}: CUDA out of memory. Tried 2 GiB")

    given = [str(sums), "--model", str(model), "--out", str(tmp_path / "run")]
    assert main(given, start) == 2
    output = capsys.readouterr().err
    assert "out of memory" in output
    assert "0 of 15 samples are kept" in output
    assert (output.count("\n"), output.count("Traceback")) == (1, 0)


def test_a_file_without_problems_is_no_run(evaluate, sums, run, capsys):
    sums.write_bytes(b'{"a": 1}\n')
    assert evaluate() == 2
    assert "holds no problem that can be taken" in capsys.readouterr().err
    assert not run.exists()


@contextmanager
def server(*replies: Reply) -> Iterator[ScriptedServer]:
    """Beside the test, since the command has a loop of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    serving = scripted_server(*replies)
    try:
        yield asyncio.run_coroutine_threadsafe(serving.__aenter__(), loop).result(10)
    finally:
        asyncio.run_coroutine_threadsafe(serving.__aexit__(None, None, None), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def at(server: ScriptedServer) -> list[str]:
    return ["--server", server.base_url, "--served-name", "some-model"]


def test_a_server_is_asked_by_seed_and_counted_as_one(sums, tmp_path):
    given = [str(sums), "--out", str(tmp_path / "run"), "--runs", "2", "--limit", "1"]
    reply = chat({"content": "It is "}, {"content": "\\boxed{1}"}, used=5)
    with server(reply) as requests:
        assert main([*given, *at(requests)]) == 0
        bodies = requests.bodies("/v1/chat/completions")
    run = read_run(tmp_path / "run")
    assert (run.conditions.model, run.conditions.weights) == ("some-model", "")
    assert {body["seed"] for body in bodies} == {sample.seed for sample in run.samples}
    assert len({sample.seed for sample in run.samples}) == 2
    assert [(s.tokens, s.verdict) for s in run.samples] == [(5, "correct")] * 2


def test_a_servers_model_may_call_the_calculator(sums, tmp_path, capsys):
    given = [str(sums), "--out", str(tmp_path / "run"), "--runs", "1", "--limit", "1", "--tools"]
    function = {"name": "calculate", "arguments": '{"expression": "0 + 1"}'}
    calls = [{"index": 0, "id": "a", "type": "function", "function": function}]
    rounds = [chat({"tool_calls": calls}, finish="tool_calls"), chat({"content": "\\boxed{1}"})]
    with server(*rounds) as requests:
        assert main([*given, *at(requests)]) == 0
    run = read_run(tmp_path / "run")
    [sample] = run.samples
    assert (sample.verdict, sample.calls) == ("correct", [{**function, "result": "1"}])
    assert run.conditions.options == "tools calculate, algebra"
    capsys.readouterr()
    assert main(["show", str(tmp_path / "run"), "1"]) == 0
    assert 'Called calculate {"expression": "0 + 1"}: 1' in capsys.readouterr().out


def test_tools_are_for_a_servers_model(evaluate, capsys):
    with pytest.raises(SystemExit):
        evaluate("--tools")
    assert "--tools are offered to the model of a --server" in capsys.readouterr().err


def test_a_server_that_refuses_stops_the_run_plainly(sums, tmp_path, capsys):
    with server(refused(401, "no such key")) as requests:
        assert main([str(sums), "--out", str(tmp_path / "run"), *at(requests)]) == 2
    assert "refuses the key: " in capsys.readouterr().err
