"""python -m tutor.distill, from a terminal."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.demo.install import ROOT
from tutor.distill.lessons import SCOPES
from tutor.distill.training import CHECKPOINT
from tutor.evaluation.problems import read_problems

NAME = "lemma-demo-3m"
DEMO_MODEL = ROOT / "tutor" / "demo" / NAME


def distill(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tutor.distill", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=600)


def test_show_prints_lessons():
    shown = distill("show", "derivatives", "--count", "2")
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.count("</think>") == 2
    assert shown.stdout.count("\\boxed{") == 2


def test_it_names_the_families_that_there_are():
    refused = distill("show", "topology")
    assert refused.returncode == 2
    assert "'linear_equations'" in refused.stderr


def test_it_writes_held_out_problems_that_can_be_asked(tmp_path: Path):
    written = distill("problems", "--scope", "small-numbers", "--count", "2")
    assert written.returncode == 0, written.stderr
    path = tmp_path / "held-out.jsonl"
    path.write_text(written.stdout, encoding="utf-8")
    file = read_problems(path)
    assert file.rejections == []
    families = SCOPES["small-numbers"].families
    assert [p.code for p in file.problems] == [f"{f}-{n}" for f in sorted(families) for n in (0, 1)]
    assert {problem.subject for problem in file.problems} == families


@pytest.mark.slow
def test_it_trains_a_model_that_an_engine_may_load(tmp_path: Path):
    from tutor.engine.chat_tokenizer import ChatTokenizer
    from tutor.engine.model_folder import find_model

    options = ["--folder", str(tmp_path), "--steps", "1", "--decay", "1", "--scope", "basics"]
    trained = distill("train", *options, "--start", str(DEMO_MODEL))  # whose tokenizer it takes
    assert trained.returncode == 0, trained.stderr
    assert (tmp_path / CHECKPOINT).exists()
    folder = tmp_path / NAME
    assert find_model(str(folder)) == folder
    assert ChatTokenizer(str(folder)).has_thinking_tags
    assert json.loads((folder / "scope.json").read_text()) == SCOPES["basics"].to_dict()
