"""The student's tokenizer: digits single, the lessons' words and LaTeX commands whole.

It cuts text exactly as transformers' Qwen2Tokenizer does, which for a model of the type qwen2
puts its own rules in place of the saved ones: a tokenizer with other rules would be replaced
without a word, and the model be much worse.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

END, START, PAD = "<|im_end|>", "<|im_start|>", "<|endoftext|>"
OPENING, CLOSING = "<think>", "</think>"
TOKENIZER = "tokenizer.json"
_SPECIAL = (PAD, START, END)
_TAGS = (OPENING, CLOSING)  # not special: their text is part of what a model says
VOCABULARY = 1_280
_QWEN2_SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
CHAT_TEMPLATE = (
    "{%- for message in messages -%}"
    "{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' -}}"
    "{%- endfor -%}"
    "{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n<think>\\n' -}}{%- endif -%}"
)
# Marks that may grow together. Others stay apart, so that an operator is the same token
# wherever it stands.
_WHOLE_MARKS = {
    " \\", " \\(", "\\(", "\\)", "\\[", "\\]", "\\{", "\\}", "\\\\", "\\,", "}{", "}\\", "}\\)",
    " =", " +", " -", " <", " >", " (", " $", "$.", "\n\n", ":\n\n", ")\n", ".\n", ".\n\n", ",\n",
    "\\)\n", "\\)\n\n", "}\\)\n", "}\\)\n\n", "\\).", "}\\).", "\\),", "}\\),",
    "。\n", "\\)。", "\\)，", "}\\)。", "}\\)，",
}  # fmt: skip


def train_tokenizer(texts: Iterable[str]) -> Any:
    """A tokenizers.Tokenizer whose vocabulary is what these texts use most."""
    from tokenizers import AddedToken, models, pre_tokenizers, trainers

    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=4 * VOCABULARY, show_progress=False, initial_alphabet=alphabet
    )
    tokenizer = _untrained(models.BPE())
    tokenizer.train_from_iterator(texts, trainer)
    learned = json.loads(tokenizer.to_str())["model"]
    letters = sorted(token for token in learned["vocab"] if len(token) == 1)
    merges = _allowed([tuple(pair) for pair in learned["merges"]], tokenizer.decoder)
    merges = merges[: VOCABULARY - len(letters) - len(_SPECIAL) - len(_TAGS)]
    tokens = [*letters, *("".join(pair) for pair in merges)]
    vocabulary = {token: number for number, token in enumerate(dict.fromkeys(tokens))}
    tokenizer = _untrained(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.add_special_tokens(list(_SPECIAL))
    tokenizer.add_tokens([AddedToken(tag, normalized=False) for tag in _TAGS])
    return tokenizer


def _untrained(model: Any) -> Any:
    """A tokenizer that splits texts as Qwen2 does."""
    from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers

    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_QWEN2_SPLIT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def _allowed(merges: list[tuple[str, str]], decoder: Any) -> list[tuple[str, str]]:
    """Without merges of marks that must stay apart, and without what was built on them."""
    allowed, known = [], set()
    for left, right in merges:
        if any(len(part) > 1 and part not in known for part in (left, right)):
            continue
        token = left + right
        text = decoder.decode([token])
        words = text.lstrip(" \\")
        is_word = words[:1].isalpha() or not words[:1].isascii()
        if is_word or not text.strip(" ") or text in _WHOLE_MARKS:
            allowed.append((left, right))
            known.add(token)
    return allowed


def save_tokenizer(tokenizer: Any, folder: Path) -> None:
    tokenizer.save(str(folder / TOKENIZER))
    settings = {
        "tokenizer_class": "Qwen2Tokenizer",
        "model_max_length": 2_048,
        "clean_up_tokenization_spaces": False,
        "add_prefix_space": False,
        "bos_token": None,
        "eos_token": END,
        "pad_token": PAD,
        "unk_token": None,
    }
    text = json.dumps(settings, indent=2, ensure_ascii=False)
    (folder / "tokenizer_config.json").write_text(text + "\n", encoding="utf-8")
    (folder / "chat_template.jinja").write_text(CHAT_TEMPLATE, encoding="utf-8")


def chat_prompt(statement: str) -> str:
    """What the chat template makes of one user turn."""
    return f"{START}user\n{statement}{END}\n{START}assistant\n{OPENING}\n"
