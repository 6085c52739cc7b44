import json
import struct
from pathlib import Path

import pytest

from tutor.engine.completion import ModelUnusable
from tutor.engine.model_folder import find_model


def make_weights(file: Path, *, size: int = 8) -> None:
    tensor = {"dtype": "BF16", "shape": [4], "data_offsets": [0, 8]}
    header = json.dumps({"__metadata__": {"format": "pt"}, "a": tensor}).encode()
    file.write_bytes(struct.pack("<Q", len(header)) + header + bytes(size))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_weights(tmp_path / "model.safetensors")
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "tokenizer.json").write_text("{}")
    return tmp_path


def test_a_whole_folder_is_found(folder):
    assert find_model(str(folder)) == folder


def test_a_hub_name_is_no_folder():
    assert find_model("deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B") is None


@pytest.mark.parametrize("model", ["/nowhere/model", "model", "a/b/c", ""])
def test_what_is_neither_is_refused(model, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelUnusable):
        find_model(model)


def test_a_file_is_no_folder(folder):
    with pytest.raises(ModelUnusable, match="is a file"):
        find_model(str(folder / "config.json"))


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json"])
def test_a_folder_without_its_descriptions_is_refused(folder, name):
    (folder / name).unlink()
    with pytest.raises(ModelUnusable, match=f"has no {name}"):
        find_model(str(folder))


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "model.gguf", "model.pkl"])
def test_weights_in_another_format_are_refused_by_name(folder, name):
    (folder / "model.safetensors").rename(folder / name)
    with pytest.raises(ModelUnusable, match=rf"as \.safetensors files, and has only {name}"):
        find_model(str(folder))


def test_a_folder_without_weights_is_refused(folder):
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelUnusable, match="and has none"):
        find_model(str(folder))


def test_a_download_that_broke_off_is_refused(folder):
    make_weights(folder / "model.safetensors", size=7)
    with pytest.raises(ModelUnusable, match="broke off"):
        find_model(str(folder))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"1234",
        b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 3554214621\n",
        struct.pack("<Q", 2) + b"[]" + bytes(8),
        struct.pack("<Q", 11) + b'{"a": "bc"}' + bytes(8),
    ],
)
def test_what_only_has_the_name_of_weights_is_refused(folder, content):
    (folder / "model.safetensors").write_bytes(content)
    with pytest.raises(ModelUnusable, match="not a whole safetensors file"):
        find_model(str(folder))


def test_a_missing_part_is_named(folder):
    shards = {"a": "model.safetensors", "b": "model-00002-of-00002.safetensors"}
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": shards}))
    with pytest.raises(ModelUnusable, match=r"lacks model-00002-of-00002\.safetensors"):
        find_model(str(folder))
