"""The student and its training: the checkpoint's model is the trained one, and training learns."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tutor.distill import training
from tutor.distill.muon import orthogonal
from tutor.distill.student import Shape, StudentModel, save_student
from tutor.distill.tokenizer import save_tokenizer, train_tokenizer
from tutor.distill.training import (
    CHECKPOINT,
    Training,
    TrainingPlan,
    encode,
    exact_share,
    student_tokenizer,
)

PLAN = TrainingPlan(
    steps=4, decay=1, warmup=2, tokens=400, check_every=100, save_every=2, checked=2
)


@pytest.fixture(scope="module")
def tokenizer():
    return train_tokenizer(["Calculate \\(12+34=46\\). Answer: 计算"] * 3)


@pytest.fixture(autouse=True)
def _one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def small(tokenizer) -> StudentModel:
    torch.manual_seed(3)
    return StudentModel(Shape(tokenizer.get_vocab_size(), hidden=64, layers=2, heads=2, inner=96))


def test_the_saved_student_is_the_one_that_transformers_loads(tokenizer, tmp_path):
    from transformers import Qwen2ForCausalLM

    student = small(tokenizer).to(torch.bfloat16).float()  # as precise as it is saved
    save_tokenizer(tokenizer, tmp_path)
    save_student(student, tmp_path, end_id=2, pad_id=0)
    loaded = Qwen2ForCausalLM.from_pretrained(tmp_path, dtype=torch.float32)
    ids = torch.arange(40).view(2, 20)
    with torch.no_grad():
        library_logits, own_logits = loaded(ids).logits, student.logits(student(ids))
    assert torch.allclose(library_logits, own_logits, atol=1e-4)


def test_the_past_does_not_see_the_future(tokenizer):
    student, ids = small(tokenizer), torch.arange(30).view(1, 30)
    changed = ids.clone()
    changed[0, 20:] = 7
    with torch.no_grad():
        assert torch.allclose(student(ids)[:, :20], student(changed)[:, :20], atol=1e-5)
        assert not torch.allclose(student(ids)[:, 20:], student(changed)[:, 20:], atol=1e-2)


def test_only_the_solution_is_learned(tokenizer):
    ids, learned = encode(tokenizer, "Calculate \\(1+2\\).", "Add.\n</think>\n\n3")
    chosen = [token for token, is_learned in zip(ids, learned, strict=True) if is_learned]
    assert tokenizer.decode(chosen, skip_special_tokens=False) == "Add.\n</think>\n\n3<|im_end|>"


def test_training_lowers_the_loss(tokenizer, tmp_path):
    training = Training(tmp_path, tokenizer, replace(PLAN, steps=30, tokens=600), "cpu")
    losses = [training._learn() for _ in range(25)]
    assert sum(losses[-5:]) < 0.7 * sum(losses[:5])


def test_a_new_run_begins_with_another_models_weights(tokenizer, tmp_path):
    first = Training(tmp_path / "first", tokenizer, PLAN, "cpu")
    (tmp_path / "first").mkdir()
    first.export(tmp_path / "first")
    save_tokenizer(tokenizer, tmp_path / "first")
    taken = student_tokenizer(tmp_path / "second", 1, start=tmp_path / "first")
    assert taken.get_vocab() == tokenizer.get_vocab()
    second = Training(
        tmp_path / "second", taken, replace(PLAN, seed=7), "cpu", start=tmp_path / "first"
    )
    assert second.step == 0
    for name, value in first.student.state_dict().items():
        saved = value.to(torch.bfloat16).float()
        assert torch.equal(second.student.state_dict()[name], saved), name


def test_a_first_run_trains_a_tokenizer_and_stores_it(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "_TEXTS_PER_FAMILY", 20)
    trained = student_tokenizer(tmp_path / "student", 1)
    text = "Calculate \\(12+34=46\\). 答案：46"
    assert trained.decode(trained.encode(text).ids) == text
    monkeypatch.setattr(training, "_TEXTS_PER_FAMILY", 0)  # it is not trained again
    assert student_tokenizer(tmp_path / "student", 1).get_vocab() == trained.get_vocab()


def test_a_run_goes_on_where_the_last_one_stopped(tokenizer, tmp_path):
    first = Training(tmp_path, tokenizer, PLAN, "cpu")
    first.run()
    assert (tmp_path / CHECKPOINT).exists()
    second = Training(tmp_path, tokenizer, replace(PLAN, steps=6), "cpu")
    assert (second.step, second.tokens) == (4, first.tokens)
    for name, value in first.student.state_dict().items():
        assert torch.equal(second.student.state_dict()[name], value)
    second.run()
    assert second.step == 6


def test_the_rates_are_those_of_the_plan_that_goes_on(tokenizer, tmp_path):
    Training(tmp_path, tokenizer, PLAN, "cpu").save()
    again = Training(tmp_path, tokenizer, replace(PLAN, matrix_rate=0.5, other_rate=0.25), "cpu")
    rates = [group["full_rate"] for part in again.optimizers for group in part.param_groups]
    assert rates == [0.5, 0.25]


def test_the_same_seed_trains_the_same_student(tokenizer, tmp_path):
    students = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        training = Training(Path(tmp_path, name), tokenizer, PLAN, "cpu")
        training._learn()
        students.append(training.student.state_dict())
    assert all(torch.equal(value, students[1][name]) for name, value in students[0].items())


def test_an_untrained_student_writes_nothing_exactly(tokenizer):
    assert exact_share(small(tokenizer), tokenizer, "addition", 5) == 0


@pytest.mark.parametrize(("step", "rate"), [(0, 0.5), (1, 1.0), (5, 1.0), (8, 0.5), (10, 0.0)])
def test_the_rate_rises_and_stays_and_falls(step, rate):
    assert TrainingPlan(steps=10, decay=4, warmup=2).rate(step) == rate


@pytest.mark.parametrize("shape", [(64, 64), (96, 32), (32, 96)])
def test_a_direction_becomes_nearly_orthogonal(shape):
    torch.manual_seed(1)
    values = torch.linalg.svdvals(orthogonal(torch.randn(shape)))
    assert values.min() > 0.5
    assert values.max() < 1.4
