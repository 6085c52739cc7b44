"""The student model: a Qwen2 of a few million parameters, with a checkpoint's names."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

CONTEXT = 2_048  # tokens of prompt and solution; lessons have at most 500


@dataclass(frozen=True)
class Shape:
    """head: a size that vLLM's attention supports on a CPU too (32, 64, 80, 96, 112, 128)."""

    vocabulary: int
    hidden: int = 256
    layers: int = 4
    heads: int = 4
    key_heads: int = 2
    head: int = 64
    inner: int = 704
    rope_theta: float = 10_000.0
    norm_epsilon: float = 1e-6


class Attention(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.q_proj = nn.Linear(shape.hidden, shape.heads * shape.head)
        self.k_proj = nn.Linear(shape.hidden, shape.key_heads * shape.head)
        self.v_proj = nn.Linear(shape.hidden, shape.key_heads * shape.head)
        self.o_proj = nn.Linear(shape.heads * shape.head, shape.hidden, bias=False)

    def forward(self, x: Tensor, rotation: tuple[Tensor, Tensor]) -> Tensor:
        """x: (rows, tokens, hidden), read from left to right."""
        rows, tokens, _hidden = x.shape
        query, key, value = (
            projected.view(rows, tokens, -1, self.shape.head).transpose(1, 2)
            for projected in (self.q_proj(x), self.k_proj(x), self.v_proj(x))
        )
        mixed = functional.scaled_dot_product_attention(
            _rotated(query, rotation), _rotated(key, rotation), value, is_causal=True,
            enable_gqa=True,
        )  # fmt: skip
        out: Tensor = self.o_proj(mixed.transpose(1, 2).reshape(rows, tokens, -1))
        return out


class Mlp(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(shape.hidden, shape.inner, bias=False)
        self.up_proj = nn.Linear(shape.hidden, shape.inner, bias=False)
        self.down_proj = nn.Linear(shape.inner, shape.hidden, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.down_proj(functional.silu(self.gate_proj(x)) * self.up_proj(x))
        return out


class Layer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.input_layernorm = nn.RMSNorm(shape.hidden, shape.norm_epsilon)
        self.self_attn = Attention(shape)
        self.post_attention_layernorm = nn.RMSNorm(shape.hidden, shape.norm_epsilon)
        self.mlp = Mlp(shape)

    def forward(self, x: Tensor, rotation: tuple[Tensor, Tensor]) -> Tensor:
        x = x + self.self_attn(self.input_layernorm(x), rotation)
        out: Tensor = x + self.mlp(self.post_attention_layernorm(x))
        return out


class StudentModel(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embed_tokens = nn.Embedding(shape.vocabulary, shape.hidden)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = nn.RMSNorm(shape.hidden, shape.norm_epsilon)
        for parameter in self.parameters():
            if parameter.ndim == 2:
                nn.init.normal_(parameter, std=0.02)

    def forward(self, ids: Tensor) -> Tensor:
        """ids: (rows, tokens) int64. Returns the last hidden states, (rows, tokens, hidden)."""
        x = self.embed_tokens(ids)
        rotation = _rotation(self.shape, ids.shape[1], ids.device)
        for layer in self.layers:
            x = layer(x, rotation)
        out: Tensor = self.norm(x)
        return out

    def logits(self, hidden: Tensor) -> Tensor:
        return functional.linear(hidden, self.embed_tokens.weight)


def save_student(student: StudentModel, folder: Path, end_id: int, pad_id: int) -> None:
    """Write the checkpoint of a Qwen2ForCausalLM in bfloat16."""
    from safetensors.torch import save_file

    weights = {
        f"model.{name}": value.detach().to("cpu", torch.bfloat16).contiguous()
        for name, value in student.state_dict().items()
    }
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    write_json(folder / "config.json", _configuration(student.shape, end_id, pad_id))
    generation: dict[str, Any] = {"eos_token_id": end_id, "pad_token_id": pad_id, "do_sample": True}
    generation |= {"temperature": 0.6, "top_p": 0.95}
    write_json(folder / "generation_config.json", generation)


def load_student(student: StudentModel, folder: Path) -> None:
    """Load the weights that `save_student` wrote into a student of the same shape."""
    from safetensors.torch import load_file

    saved = load_file(folder / "model.safetensors")
    state = {name.removeprefix("model."): value.float() for name, value in saved.items()}
    student.load_state_dict(state)


def write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _configuration(shape: Shape, end_id: int, pad_id: int) -> dict[str, Any]:
    return {
        "architectures": ["Qwen2ForCausalLM"],
        "model_type": "qwen2",
        "vocab_size": shape.vocabulary,
        "hidden_size": shape.hidden,
        "intermediate_size": shape.inner,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "num_key_value_heads": shape.key_heads,
        "head_dim": shape.head,
        "hidden_act": "silu",
        "max_position_embeddings": CONTEXT,
        "rms_norm_eps": shape.norm_epsilon,
        "rope_theta": shape.rope_theta,
        "tie_word_embeddings": True,
        "attention_dropout": 0.0,
        "use_sliding_window": False,
        "eos_token_id": end_id,
        "pad_token_id": pad_id,
        "torch_dtype": "bfloat16",
    }


def _rotation(shape: Shape, tokens: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Cosine and sine of each position's angles, (tokens, head)."""
    powers = torch.arange(0, shape.head, 2, device=device) / shape.head
    angles = torch.outer(torch.arange(tokens, device=device), shape.rope_theta**-powers)
    angles = torch.cat([angles, angles], dim=-1)
    return angles.cos(), angles.sin()


def _rotated(x: Tensor, rotation: tuple[Tensor, Tensor]) -> Tensor:
    cosine, sine = (part.to(x.dtype) for part in rotation)
    first, second = x.chunk(2, dim=-1)
    return x * cosine + torch.cat([-second, first], dim=-1) * sine
