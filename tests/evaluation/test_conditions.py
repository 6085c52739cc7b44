"""What a figure depends on, and which samples a plan wants."""

import json
from collections import Counter
from pathlib import Path

import pytest

from tutor.evaluation.conditions import RunPlan, SampleId, count_parameters, weights_digest


def write_weights(path: Path, **tensors: tuple[str, list[int]]) -> None:
    header = {
        name: {"dtype": dtype, "shape": shape, "data_offsets": [0, 0]}
        for name, (dtype, shape) in tensors.items()
    }
    text = json.dumps({"__metadata__": {"format": "pt"}, **header}).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text)


def test_a_model_is_known_by_what_an_engine_reads_of_it(tmp_path: Path):
    write_weights(tmp_path / "model.safetensors", weight=("F32", [3, 2]))
    (tmp_path / "config.json").write_text("{}")
    before = weights_digest(tmp_path)
    (tmp_path / "README.md").write_text("What nothing reads.")
    assert weights_digest(tmp_path) == before
    (tmp_path / "chat_template.jinja").write_text("{{ messages }}")
    assert weights_digest(tmp_path) != before


def test_parameters_are_counted_over_all_files(tmp_path: Path):
    write_weights(tmp_path / "a.safetensors", one=("BF16", [30, 20]), bias=("BF16", [20]))
    write_weights(tmp_path / "b.safetensors", two=("F32", [5, 2, 2]), scale=("F32", []))
    assert count_parameters(tmp_path) == 600 + 20 + 20 + 1


def test_packed_weights_say_no_count(tmp_path: Path):
    write_weights(tmp_path / "a.safetensors", packed=("I32", [30, 20]), scales=("F16", [20]))
    assert count_parameters(tmp_path) is None


def test_a_plan_asks_each_problem_once_before_any_twice():
    plan = RunPlan(problems=3, samples=2, runs=2)
    sample_ids = list(plan.sample_ids(["a", "b", "c", "d"]))
    assert len(sample_ids) == len(set(sample_ids)) == plan.size == 12
    assert [sample_id.problem for sample_id in sample_ids[:6]] == ["a", "b", "c", "a", "b", "c"]
    assert Counter(sample_id.run for sample_id in sample_ids) == {1: 6, 2: 6}


def test_seeds_are_the_places_own_and_fit_every_server():
    sample_ids = [SampleId(code, run, n) for code in "abc" for run in (1, 2) for n in range(1, 200)]
    seeds = [sample_id.seed(1) for sample_id in sample_ids]
    assert len(set(seeds)) > 0.99 * len(seeds)
    assert all(0 <= seed < 2**31 for seed in seeds)
    assert seeds == [sample_id.seed(1) for sample_id in sample_ids]
    assert sample_ids[0].seed(1) != sample_ids[0].seed(2)


@pytest.mark.parametrize(
    ("more", "grown"), [(RunPlan(5, 1, 1), RunPlan(5, 2, 3)), (RunPlan(1, 4, 4), RunPlan(3, 4, 4))]
)
def test_a_plan_only_grows(more, grown):
    assert RunPlan(3, 2, 3).merged(more) == grown
