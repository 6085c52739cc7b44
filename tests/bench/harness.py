"""Compares an evaluation's figures with those of lm-eval for the same GSM8K outputs.

    python -m tests.bench.harness gsm8k_test.jsonl OUTPUTS --harness PYTHON

OUTPUTS is one of: the folder of a run of `python -m tutor.evaluation`; a file of ProcessBench,
which has a label for each final answer; the file of GSM8K, whose worked answers are then graded for
their own problem and for the previous one. PYTHON belongs to a separate virtual environment with
lm-eval (`pip install lm-eval`); nothing else is downloaded. Prints each output on which the two
disagree.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from tutor.evaluation import report
from tutor.evaluation.estimators import clustered
from tutor.evaluation.problems import read_problems
from tutor.evaluation.samples import read_samples
from tutor.grading import grade_completion

CHILD = Path(__file__).with_name("harness_child.py")
FILTERS = ("strict-match", "flexible-extract")


@dataclass(frozen=True)
class Output:
    """One completion. problem: the number of its line, or the question.

    label: whether its final answer is right; None if the file does not tell.
    """

    name: str
    problem: str
    gold: str
    text: str
    label: bool | None


@dataclass(frozen=True)
class JudgedOutput:
    """library: by filter, the extracted answer and whether the library counts it as right."""

    output: Output
    answer: str
    verdict: str
    library: Mapping[str, Mapping[str, Any]]

    @property
    def is_right(self) -> bool:
        return self.verdict == "correct"

    @property
    def differs(self) -> bool:
        return len({self.is_right, self.library_is_right} | {self.output.label} - {None}) > 1

    @property
    def library_is_right(self) -> bool:
        return bool(self.library["flexible-extract"]["right"])

    @property
    def extracted(self) -> str:
        return str(self.library["flexible-extract"]["answer"])


def read_gold(path: Path) -> dict[str, str]:
    """GSM8K's worked answers by line and by question."""
    gold = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        row = json.loads(line)
        gold[str(number)] = gold[" ".join(row["question"].split())] = row["answer"]
    return gold


def read_outputs(path: Path, gold: Mapping[str, str]) -> list[Output]:
    if path.is_dir():
        return _of_run(path, gold)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return _of_process_bench(rows, gold) if "steps" in rows[0] else _of_gold(rows)


def _of_gold(rows: Sequence[Mapping[str, Any]]) -> list[Output]:
    outputs = []
    for number, row in enumerate(rows, start=1):
        following = rows[number % len(rows)]["answer"]
        value, other = (_value(text) for text in (row["answer"], following))
        for name, text, label in (
            ("own", row["answer"], True),
            ("next", following, value == other),
        ):
            outputs.append(Output(f"{number}-{name}", str(number), row["answer"], text, label))
    return outputs


def _value(worked: str) -> str:
    return worked.rpartition("####")[2].strip().replace(",", "")


def _of_run(folder: Path, gold: Mapping[str, str]) -> list[Output]:
    with (folder / "samples.jsonl").open("rb") as lines:
        samples, _ = read_samples(lines)
    return [
        Output(
            name=f"{sample.problem}/{sample.run}/{sample.sample}",
            problem=sample.problem,
            gold=gold[sample.problem],
            text=sample.text,
            label=None,
        )
        for sample in samples
    ]


def _of_process_bench(rows: Sequence[Mapping[str, Any]], gold: Mapping[str, str]) -> list[Output]:
    """Only problems that are in the file of GSM8K."""
    outputs = []
    for row in rows:
        question = " ".join(row["problem"].split())
        if question in gold:
            text = "\n\n".join(row["steps"])
            label = bool(row["final_answer_correct"])
            outputs.append(Output(row["id"], question, gold[question], text, label))
    return outputs


def judge(
    outputs: Sequence[Output], file: Path, harness: str
) -> tuple[list[JudgedOutput], str, dict]:
    """The judged outputs, lm-eval's version and its figures."""
    keys = {problem.code: problem.key for problem in read_problems(file).problems}
    by_question = {
        " ".join(json.loads(line)["question"].split()): keys[str(number)]
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if str(number) in keys
    }
    rows = [
        {"question": output.name, "answer": output.gold, "text": output.text} for output in outputs
    ]
    offline = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}
    output_text = subprocess.run(
        [harness, str(CHILD)], input=json.dumps(rows), capture_output=True, text=True, check=True,
        env=os.environ | offline,
    ).stdout  # fmt: skip
    library = json.loads(output_text.splitlines()[-1])
    judged = []
    for output, row in zip(outputs, library["rows"], strict=True):
        grade = grade_completion(output.text, (keys | by_question)[output.problem])
        judged.append(JudgedOutput(output, grade.answer, str(grade.verdict), row))
    return judged, f"{library['version']}, task {library['task']}", library["results"]


def summed_up(judged: Sequence[JudgedOutput], version: str, results: Mapping[str, Any]) -> str:
    shares: dict[str, list[bool]] = defaultdict(list)
    for item in judged:
        shares[item.output.problem].append(item.is_right)
    score = clustered([fmean(rights) for rights in shares.values()], len(judged))
    rows = [{"by": "Lemma", "right": report.estimate(score), "as labelled": _agreement(
        judged, [item.is_right for item in judged])}]  # fmt: skip
    for name in FILTERS:
        value, error = results[f"exact_match,{name}"], results[f"exact_match_stderr,{name}"]
        reach = f" ({100 * (value - 1.96 * error):.1f} to {100 * (value + 1.96 * error):.1f})"
        rights = [bool(item.library[name]["right"]) for item in judged]
        rows.append(
            {"by": f"lm-eval {version}, {name}", "right": report.percent(value) + reach,
             "as labelled": _agreement(judged, rights)}
        )  # fmt: skip
    return report.markdown(rows)


def _agreement(judged: Sequence[JudgedOutput], rights: Sequence[bool]) -> str:
    labelled = [
        item.output.label is right
        for item, right in zip(judged, rights, strict=True)
        if item.output.label is not None
    ]
    return f"{sum(labelled)} of {len(labelled)}" if labelled else "–"


def differences(judged: Sequence[JudgedOutput]) -> str:
    """Each output on which Lemma disagrees with the lenient filter or with the label."""
    rows = [
        {
            "output": item.output.name,
            "gold": item.output.gold.rpartition("####")[2].strip(),
            "Lemma": f"{item.answer or '–'}: {item.verdict}",
            "flexible-extract": f"{item.extracted}: {_word(item.library_is_right)}",
            "label": "–" if item.output.label is None else _word(item.output.label),
            "it ends": item.output.text.strip()[-70:],
        }
        for item in judged
        if item.differs
    ]
    return report.markdown(rows) if rows else "None is judged differently."


def _word(is_right: bool) -> str:
    return "right" if is_right else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("outputs", type=Path)
    parser.add_argument("--harness", required=True)
    options = parser.parse_args()
    outputs = read_outputs(options.outputs, read_gold(options.file))
    judged, version, results = judge(outputs, options.file, options.harness)
    print(f"{len(judged)} outputs to {len({item.output.problem for item in judged})} problems\n")
    print(summed_up(judged, version, results), end="\n\n")
    pairs = Counter((item.is_right, item.library_is_right) for item in judged)
    print(f"Both right {pairs[True, True]}, both wrong {pairs[False, False]}, only Lemma"
          f" {pairs[True, False]}, only flexible-extract {pairs[False, True]}\n")  # fmt: skip
    print(differences(judged))


if __name__ == "__main__":
    main()
