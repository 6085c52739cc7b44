"""Judges given GSM8K outputs with lm-eval, for `tests.bench.harness`.

Runs in the Python that has lm-eval, without Lemma. Uses the unchanged task `gsm8k` with its filters
and its metric; the questions and the outputs come from standard input.
"""

import json
import sys
import tempfile
from pathlib import Path

import lm_eval
import yaml
from lm_eval.api.model import LM
from lm_eval.tasks import TaskManager

TASK = Path(lm_eval.__file__).parent / "tasks" / "gsm8k" / "gsm8k.yaml"


class RecordedModel(LM):
    """Answers question n with text n."""

    def __init__(self, texts):
        super().__init__()
        self.texts = texts

    def generate_until(self, requests, disable_tqdm=False):
        return [self.texts[request.doc_id] for request in requests]

    def loglikelihood(self, requests, disable_tqdm=False):
        raise AssertionError("gsm8k asks for texts, not for likelihoods")

    loglikelihood_rolling = loglikelihood


def judged(rows):
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data.jsonl")
        data.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        config = yaml.safe_load(TASK.read_text()) | {
            "task": "told",
            "dataset_path": "json",
            "dataset_name": None,
            "dataset_kwargs": {"data_files": {"test": str(data)}, "cache_dir": folder},
            "num_fewshot": 0,
        }
        for name in ("tag", "training_split", "fewshot_split", "fewshot_config"):
            config.pop(name, None)
        Path(folder, "told.yaml").write_text(yaml.safe_dump(config))
        evaluation = lm_eval.simple_evaluate(
            model=RecordedModel([row["text"] for row in rows]),
            tasks=["told"],
            task_manager=TaskManager(include_path=folder, include_defaults=False),
            log_samples=True,
            bootstrap_iters=100,
        )
    judgements = [{} for _ in rows]
    for sample in evaluation["samples"]["told"]:
        judgements[sample["doc_id"]][sample["filter"]] = {
            "answer": sample["filtered_resps"][0],
            "right": bool(sample["exact_match"] == 1),
        }
    return {
        "version": lm_eval.__version__,
        "task": config["metadata"]["version"],
        "results": evaluation["results"]["told"],
        "rows": judgements,
    }


if __name__ == "__main__":
    print(json.dumps(judged(json.load(sys.stdin)), default=str))
