"""Checks whether a folder holds a loadable model, before anything is loaded."""

import json
import re
from pathlib import Path

from tutor.engine.completion import ModelUnusable

_HUB_NAME = re.compile(r"[\w.-]+/[\w.-]+")
# Formats that run code when they are read, or that vLLM does not read.
_OTHER_WEIGHTS = ("*.bin", "*.pt", "*.pth", "*.pkl", "*.ckpt", "*.gguf", "*.h5", "*.msgpack")


def find_model(model: str) -> Path | None:
    """Return the folder that `model` names, or None for a name on the model hub.

    Raises ModelUnusable with what is wrong with the folder.
    """
    folder = Path(model).expanduser()
    if not folder.exists() and _HUB_NAME.fullmatch(model):
        return None
    _check(folder)
    return folder


def find_loaded(model: str) -> Path | None:
    """Like `find_model`, but for a hub name the folder to which it was downloaded, if it was."""
    if folder := find_model(model):
        return folder
    try:
        from huggingface_hub import try_to_load_from_cache
    except ImportError:  # it comes with an engine
        return None
    config = try_to_load_from_cache(model, "config.json")
    return Path(config).parent if isinstance(config, str) else None


def _check(folder: Path) -> None:
    if not folder.is_dir():
        problem = "is a file" if folder.exists() else "does not exist"
        raise ModelUnusable(f"the model must be a folder or a hub name, and {folder} {problem}")
    weights = sorted(folder.glob("*.safetensors"))
    if not weights:
        unusable = sorted(path.name for pattern in _OTHER_WEIGHTS for path in folder.glob(pattern))
        weights_there = f"only {', '.join(unusable)}" if unusable else "none"
        raise ModelUnusable(
            f"{folder} needs its weights as .safetensors files, and has {weights_there}"
        )
    for name in ("config.json", "tokenizer.json"):
        if not (folder / name).is_file():
            raise ModelUnusable(f"{folder} has no {name}")
    for file in weights:
        _check_whole(file)
    _check_shards(folder)


def _check_whole(file: Path) -> None:
    """Detect downloads that broke off, and git's small pointer texts in place of files.

    A safetensors file begins with the length of its header (8 bytes, little endian) and the
    header (JSON), which says where in the rest each tensor ends.
    """
    size = file.stat().st_size
    with file.open("rb") as content:
        length = int.from_bytes(content.read(8), "little")
        header = content.read(length) if length < size else b""
    try:
        tensors = json.loads(header)
        ends = [entry["data_offsets"][1] for name, entry in tensors.items() if name[:2] != "__"]
    except (ValueError, LookupError, TypeError, AttributeError):
        raise ModelUnusable(f"{file} is not a whole safetensors file ({size} bytes)") from None
    needed = 8 + length + max(ends, default=0)
    if size < needed:
        raise ModelUnusable(f"{file} broke off: it needs {needed} bytes and has {size}")


def _check_shards(folder: Path) -> None:
    index = folder / "model.safetensors.index.json"
    if not index.is_file():
        return
    named = set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values())
    missing = sorted(name for name in named if not (folder / name).is_file())
    if missing:
        raise ModelUnusable(f"{folder} lacks {', '.join(missing)}")
