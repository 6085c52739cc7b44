"""What a run leaves behind for pages, and records that were damaged."""

import json
from dataclasses import replace

import pytest

from tutor.evaluation.__main__ import main
from tutor.evaluation.checked_json import Mistyped, read_as
from tutor.evaluation.estimators import Estimate
from tutor.evaluation.samples import SampleRecord, UnusableRun, read_run
from tutor.evaluation.summary import LengthBin, lengths, stored_summary, summary_of


@pytest.fixture
def run(evaluate, tmp_path):
    assert evaluate("--samples", "2", "--runs", "2") == 0
    return tmp_path / "run"


def test_what_was_kept_is_what_the_samples_say(run):
    summary = stored_summary(run)
    assert summary == summary_of(run)
    assert summary.samples == 20
    assert [entry.k for entry in summary.many] == [2, 4]
    assert sum(bar.right + bar.others for bar in summary.lengths) == 20
    assert sum(row.right for row in summary.problems) == summary.score.value * 20


def test_without_comparing_answers_there_are_no_votes(run):
    quick, whole = summary_of(run, compares=False), summary_of(run)
    assert (quick.score, quick.agreement) == (whole.score, None)
    assert {entry.majority for entry in quick.many} == {None}
    assert {row.answer for row in quick.problems} == {""}


def test_samples_that_came_later_make_it_another_summary(run):
    lines = (run / "samples.jsonl").read_bytes().splitlines(keepends=True)
    (run / "samples.jsonl").write_bytes(b"".join(lines[:-1]))
    assert stored_summary(run) is None
    assert summary_of(run).samples == 19


def test_a_plan_that_grew_makes_it_another_one_too(run):
    described = json.loads((run / "run.json").read_text())
    described["plan"]["runs"] = 3
    (run / "run.json").write_text(json.dumps(described))
    assert stored_summary(run) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: "{torn",
        lambda data: "[" * 100_000,
        lambda data: json.dumps([]),
        lambda data: json.dumps(data | {"score": 0.5}),
        lambda data: json.dumps(data | {"problems": []}),
        lambda data: json.dumps(data | {"ends": {}}),
        lambda data: json.dumps(data | {"form": 0}),
        lambda data: json.dumps(data | {"tokens": float("nan")}),
    ],
)
def test_a_damaged_summary_is_none(run, damage):
    path = run / "summary.json"
    path.write_text(damage(json.loads(path.read_text())))
    assert stored_summary(run) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.json", "[]"),
        ("run.json", "[" * 100_000),
        ("run.json", '{"file": "a"}'),
        ("problems.jsonl", '{"code": 1}\n'),
        ("problems.jsonl", '{"code": "1", "key": {"value": "'),
        ("problems.jsonl", None),
    ],
)
def test_a_damaged_run_is_named_in_a_sentence(run, capsys, name, content):
    if content is None:
        (run / name).unlink()
    else:
        (run / name).write_text(content)
    capsys.readouterr()
    assert main(["report", str(run), "--csv"]) == (0 if name == "problems.jsonl" else 2)
    with pytest.raises(UnusableRun, match=name):
        read_run(run)


@pytest.mark.parametrize(
    "change",
    [{"tokens": "many"}, {"steps": 5}, {"seconds": None}, {"run": True}, {"extra": 1}, {"text": 2}],
)
def test_a_sample_of_other_types_does_not_count(run, change):
    path = run / "samples.jsonl"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:-1], json.dumps(json.loads(lines[-1]) | change)]))
    stored = read_run(run)
    assert len(stored.samples) == 19
    assert stored.notes == ["Line 20 of samples.jsonl cannot be read and does not count."]


def test_steps_are_kept_with_their_checks(run):
    sample = read_run(run).samples[0]
    verdicts = [check["verdict"] for check in sample.checks]
    assert {name: verdicts.count(name) for name in verdicts} == sample.steps
    assert "proved" in verdicts


def test_bars_are_of_a_round_width(run):
    sample = read_run(run).samples[0]
    of = [replace(sample, tokens=n, verdict=v) for n, v in [(0, ""), (9, "correct"), (60, "")]]
    assert lengths(of)[:2] == [LengthBin(0, 4, 0, 1), LengthBin(5, 9, 1, 0)]
    assert lengths(of)[-1] == LengthBin(60, 64, 0, 1)
    assert len(lengths([replace(sample, tokens=2_000_000)])) <= 16
    assert len(lengths([replace(sample, tokens=0)])) == 1


@pytest.mark.parametrize("low", ["0.1", None, True, 10**400, float("inf")])
def test_another_type_is_refused(low):
    with pytest.raises(Mistyped, match="low"):
        read_as(Estimate, {"value": 0.5, "low": low, "high": 1})


def test_a_record_is_the_same_after_json(run):
    lines = (run / "samples.jsonl").read_bytes().splitlines()
    assert SampleRecord.from_line(lines[0]).sample_id in {
        sample.sample_id for sample in read_run(run).samples
    }
    with pytest.raises(Mistyped, match="missing"):
        SampleRecord.from_line(b"{}")
