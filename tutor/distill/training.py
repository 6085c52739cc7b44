"""Trains the student: draws lessons as they are needed, with methods proven for small models.

A line a minute says how far it is; a checkpoint holds all that a later run needs to go on.
"""

import json
import logging
import time
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from tutor.distill.drills import drill
from tutor.distill.lessons import DECLINES, EVERYTHING, FAMILIES, Scope, lessons
from tutor.distill.muon import Muon
from tutor.distill.student import Shape, StudentModel, load_student, save_student, write_json
from tutor.distill.tokenizer import (
    END,
    PAD,
    TOKENIZER,
    chat_prompt,
    save_tokenizer,
    train_tokenizer,
)

logger = logging.getLogger(__name__)

CHECKPOINT = "checkpoint.pt"
SCOPE = "scope.json"  # beside a model's weights: what it was taught
_PROGRESS = "progress.jsonl"
_TEXTS_PER_FAMILY = 1_500  # from which the tokenizer learns its words
_LESSONS_SORTED = 200
_BATCH_TOKENS = 900
_WEIGHT_OUT_OF_SCOPE = 0.07
Lesson = tuple[list[int], list[bool]]  # ids, and whether each is learned
Batch = tuple[Tensor, Tensor]  # ids and whether each is learned, both (rows, tokens)


@dataclass(frozen=True)
class TrainingPlan:
    """steps: all of them. decay: how many of the last ones lower the learning rate to 0.

    tokens: of a step, with what fills rows up. weights: how often a family is drawn, against 1.
    The rates suit small steps: at three times as much, single digits were still added wrongly
    after three million tokens, and most of them were right a tenth of that later.
    """

    steps: int = 3_000
    decay: int = 700
    warmup: int = 60
    tokens: int = 2_000
    seed: int = 1
    matrix_rate: float = 0.006
    other_rate: float = 0.0015
    check_every: int = 200
    save_every: int = 100
    checked: int = 24  # held-out lessons of each family
    weights: dict[str, float] = field(default_factory=dict)
    scope: Scope = EVERYTHING
    drills: float = 0.3  # lines of bare facts for each lesson

    def weight(self, family: str) -> float:
        if family in self.scope.families or family == DECLINES:
            return self.weights.get(family, 1.0)
        return _WEIGHT_OUT_OF_SCOPE

    def rate(self, step: int) -> float:
        """Share of the full learning rates, 0..1: a ramp, a plain, a slope to 0."""
        return min(1.0, (step + 1) / self.warmup, (self.steps - step) / max(1, self.decay))


def _optimizers(student: StudentModel, plan: TrainingPlan) -> list[torch.optim.Optimizer]:
    """One for the matrices of the layers, and one for all other parameters."""
    matrices = [p for p in student.layers.parameters() if p.ndim == 2]
    chosen = {id(p) for p in matrices}
    other_parameters = [p for p in student.parameters() if id(p) not in chosen]
    return [
        Muon(matrices, lr=plan.matrix_rate),
        torch.optim.AdamW(
            other_parameters, lr=plan.other_rate, betas=(0.9, 0.95), weight_decay=0.0
        ),
    ]


class Training:
    """One student with its optimisers, from the checkpoint in the folder or new.

    start: a trained model of the same tokenizer, whose weights a new one begins with.
    """

    def __init__(
        self,
        folder: Path,
        tokenizer: Any,
        plan: TrainingPlan,
        device: str,
        start: Path | None = None,
    ) -> None:
        self.folder, self.tokenizer, self.plan = folder, tokenizer, plan
        self.device = torch.device(device)
        torch.manual_seed(plan.seed)
        self.student = StudentModel(Shape(tokenizer.get_vocab_size())).to(self.device)
        self.optimizers = _optimizers(self.student, plan)
        self.step = self.tokens = 0
        self.seconds = 0.0
        if (folder / CHECKPOINT).exists():
            self._load()
        elif start is not None:
            load_student(self.student, start)
        rates = (plan.matrix_rate, plan.other_rate)
        for optimizer, rate in zip(self.optimizers, rates, strict=True):
            for group in optimizer.param_groups:
                group["full_rate"] = rate
        # A run that goes on draws other lessons than the one before it drew.
        self.batches = mixed_batches(tokenizer, plan, plan.seed * 100_000 + self.step)

    def run(self) -> None:
        while self.step < self.plan.steps:
            began_at = time.monotonic()
            loss = self._learn()
            self.seconds += time.monotonic() - began_at
            if self.step % 20 == 0:
                self._report(loss)
            if self.step % self.plan.save_every == 0 or self.step == self.plan.steps:
                self.save()
            if self.step % self.plan.check_every == 0 or self.step == self.plan.steps:
                self._check()

    def _learn(self) -> float:
        rate = self.plan.rate(self.step)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["full_rate"] * rate
            optimizer.zero_grad(set_to_none=True)
        batches = self._some_batches()
        learned = sum(int(is_learned.sum()) for _ids, is_learned in batches)
        loss = 0.0
        for ids, is_learned in batches:
            part = self._loss(ids.to(self.device), is_learned.to(self.device)) / learned
            part.backward()
            loss += float(part.detach())
            self.tokens += ids.numel()
        for optimizer in self.optimizers:
            optimizer.step()
        self.step += 1
        return loss

    def _some_batches(self) -> list[Batch]:
        chosen: list[Batch] = []
        while sum(ids.numel() for ids, _is_learned in chosen) < self.plan.tokens:
            chosen.append(next(self.batches))
        return chosen

    def _loss(self, ids: Tensor, is_learned: Tensor) -> Tensor:
        """Sum over the tokens of the solutions, of minus the log of their probability."""
        with halved(self.device):
            hidden = self.student(ids)[:, :-1][is_learned[:, 1:]]
            logits = self.student.logits(hidden)
        return functional.cross_entropy(
            logits.float(), ids[:, 1:][is_learned[:, 1:]], reduction="sum"
        )

    def _report(self, loss: float) -> None:
        logger.info(
            "step=%d of %d loss=%.4f tokens=%.2fM tokens_per_s=%.0f hours=%.2f",
            self.step, self.plan.steps, loss, self.tokens / 1e6,
            self.tokens / max(self.seconds, 1e-9), self.seconds / 3600,
        )  # fmt: skip

    def _check(self) -> None:
        shares = {
            family: exact_share(
                self.student, self.tokenizer, family, self.plan.checked, self.plan.scope
            )
            for family in FAMILIES
        }
        logger.info("held out: %s", " ".join(f"{k}={v:.0%}" for k, v in shares.items()))
        mean = sum(shares.values()) / len(shares)
        logger.info("held out mean=%.3f step=%d", mean, self.step)
        line = {"step": self.step, "tokens": self.tokens, "seconds": round(self.seconds)}
        with (self.folder / _PROGRESS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line | {"mean": round(mean, 4), "exact": shares}) + "\n")

    def export(self, folder: Path) -> None:
        """Write the current student as a folder that an engine loads."""
        end, pad = (self.tokenizer.token_to_id(token) for token in (END, PAD))
        save_student(self.student, folder, end, pad)
        write_json(folder / SCOPE, self.plan.scope.to_dict())

    def save(self) -> None:
        state = {
            "student": self.student.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "step": self.step,
            "tokens": self.tokens,
            "seconds": self.seconds,
        }
        unfinished = self.folder / f".{CHECKPOINT}"
        torch.save(state, unfinished)
        unfinished.rename(self.folder / CHECKPOINT)

    def _load(self) -> None:
        state = torch.load(self.folder / CHECKPOINT, map_location=self.device, weights_only=True)
        self.student.load_state_dict(state["student"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        self.step, self.tokens, self.seconds = state["step"], state["tokens"], state["seconds"]


def student_tokenizer(folder: Path, seed: int, start: Path | None = None) -> Any:
    """The folder's tokenizer; without one, that of `start` or a new one is stored there."""
    from tokenizers import Tokenizer

    file = folder / TOKENIZER
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        taken = Tokenizer.from_file(str(start / TOKENIZER)) if start else None
        save_tokenizer(taken or train_tokenizer(_texts(seed)), folder)
    return Tokenizer.from_file(str(file))


def _texts(seed: int) -> Iterator[str]:
    for family in FAMILIES:
        for exercise, language, completion in islice(lessons(family, -seed), _TEXTS_PER_FAMILY):
            yield f"user\n{exercise.statements[language]}\nassistant\n"
            yield completion


def mixed_batches(tokenizer: Any, plan: TrainingPlan, seed: int) -> Iterator[Batch]:
    """Small batches of lessons of like lengths, in random order, without end."""
    rng = Random(seed)  # noqa: S311  # the same seed, the same training
    drawn = {family: lessons(family, seed, plan.scope) for family in FAMILIES}
    shares = [plan.weight(family) for family in FAMILIES]
    while True:
        chosen = []
        for family in rng.choices(list(FAMILIES), shares, k=_LESSONS_SORTED):
            exercise, language, completion = next(drawn[family])
            chosen.append(encode(tokenizer, exercise.statements[language], completion))
        for _drill in range(round(_LESSONS_SORTED * plan.drills)):
            chosen.append(encode_drill(tokenizer, drill(rng, min(plan.scope.largest, 999))))
        batches = _padded(chosen)
        rng.shuffle(batches)
        yield from batches


def encode(tokenizer: Any, statement: str, completion: str) -> Lesson:
    prompt: list[int] = tokenizer.encode(chat_prompt(statement)).ids
    written: list[int] = tokenizer.encode(f"{completion}{END}").ids
    return prompt + written, [False] * len(prompt) + [True] * len(written)


def encode_drill(tokenizer: Any, line: str) -> Lesson:
    """Only right sides are learned: the left sides are random."""
    encoded = tokenizer.encode(line)
    learned, is_right_side = [], False
    for token in encoded.tokens:
        learned.append(is_right_side)
        is_right_side = token == "=" or (is_right_side and not token.startswith("\\)"))  # noqa: S105
    return encoded.ids, learned


def halved(device: torch.device) -> torch.autocast:
    """bfloat16 on a GPU only: on the CPUs tried, products in float32 were 1.6 times as fast."""
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda")


def exact_share(
    student: StudentModel, tokenizer: Any, family: str, count: int, scope: Scope = EVERYTHING
) -> float:
    """How many held-out solutions the student would write exactly as the teacher, 0..1.

    Read in one pass, without generating: each token must be the likeliest after those before.
    """
    drawn = lessons(family, 0, scope, held_out=True)
    chosen = []
    for _lesson in range(count):
        exercise, language, completion = next(drawn)
        chosen.append(encode(tokenizer, exercise.statements[language], completion))
    device = student.embed_tokens.weight.device
    exact = 0
    with torch.no_grad(), halved(device):
        for ids, is_learned in _padded(chosen):
            likeliest = student.logits(student(ids.to(device))).argmax(-1).cpu()
            wrong = (likeliest[:, :-1] != ids[:, 1:]) & is_learned[:, 1:]
            exact += int((~wrong.any(dim=1)).sum())
    return exact / count


def _padded(chosen: list[Lesson]) -> list[Batch]:
    """Rows that hardly need to be filled up."""
    batches = []
    for group in _alike(sorted(chosen, key=lambda lesson: len(lesson[0]))):
        ids = torch.zeros(len(group), len(group[-1][0]), dtype=torch.int64)
        is_learned = torch.zeros_like(ids, dtype=torch.bool)
        for row, (tokens, learned) in enumerate(group):
            ids[row, : len(tokens)] = torch.tensor(tokens)
            is_learned[row, : len(tokens)] = torch.tensor(learned)
        batches.append((ids, is_learned))
    return batches


def _alike(by_length: list[Lesson]) -> Iterator[list[Lesson]]:
    """Lessons of nearly one length together, as many as make a batch; the longest first."""
    while by_length:
        longest = len(by_length[-1][0])
        most = max(1, _BATCH_TOKENS // longest)
        nearly = bisect_left(by_length, 0.8 * longest, key=lambda lesson: len(lesson[0]))
        start = max(len(by_length) - most, nearly)
        yield by_length[start:]
        del by_length[start:]
