"""A hint that gives the stored answer away is found; others pass. One row of the table per case."""

import csv
import json
from pathlib import Path

import pytest

from tests.grading.hostile import SHORT
from tutor.grading import AnswerKey, read_key
from tutor.grading.leaks.hints import MAX_HINT_WORK_S, leak_in
from tutor.grading.processes.work_budget import cpu_time_s

STARTER = Path(__file__).parents[3] / "tutor" / "problems" / "starter"
TABLE = Path(__file__).parents[2] / "data" / "hints.csv"
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))

VALUES = {"number": "7", "set": "{3, 5}", "text": "even", "choice": "B"}
KEYS = [read_key({"kind": kind, "value": value}) for kind, value in VALUES.items()]


def key_of(row: dict[str, str]) -> AnswerKey:
    return read_key({"kind": row["kind"], "value": row["answer"]})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['answer']}: {row['hint']}"[:60])
def test_a_hint(row):
    choices = row["choices"].split("|") if row["choices"] else []
    leak = leak_in(row["hint"], key_of(row), row["statement"], choices, max_work_s=10)
    assert bool(leak) == (row["leaks"] == "yes"), leak


def test_the_same_hint_is_judged_by_the_numbers_of_each_variant():
    hint = "You need two numbers: sixteen, and five more than seventeen."
    told = "The numbers 16, 17 and 5 are given."
    keys = [read_key({"kind": "number", "value": value}) for value in ("16", "22", "31", "22")]
    assert [bool(leak_in(hint, key)) for key in keys] == [True, True, False, True]
    assert not leak_in(hint, keys[1], told)
    assert leak_in(hint, keys[1])


def test_the_table_has_enough_of_both():
    assert {row["leaks"] for row in ROWS} == {"yes", "no"}
    chinese = [row for row in ROWS if any("\u4e00" <= char <= "\u9fff" for char in row["hint"])]
    assert len(ROWS) >= 60
    assert len(chinese) >= 20
    for rows in (ROWS, chinese):
        assert sum(row["leaks"] == "no" for row in rows) * 3 >= len(rows)


def test_in_the_starter_bank_solutions_are_found_and_hints_pass():
    """Each reference solution says its answer; of the authors' hints next to none may be lost."""
    lines = [line for file in STARTER.glob("*.jsonl") for line in file.read_text().splitlines()]
    every = [json.loads(line) for line in lines if line.strip()]
    records = [record for record in every if not {"parameters", "parts"} & set(record)]
    hints, lost = 0, []
    for record in records:
        key, problem = read_key(record["key"]), [record["statement"]]
        problem.append(record.get("choices", []))
        assert leak_in(record["solution"], key, *problem, max_work_s=10), record["slug"]
        hints += len(record["hints"])
        lost += [hint for hint in record["hints"] if leak_in(hint, key, *problem, max_work_s=10)]
    assert len(records) > 100
    assert len(lost) <= 0.03 * hints, lost


@pytest.mark.parametrize("turn", range(len(KEYS)), ids=[key.kind for key in KEYS])
def test_what_is_hostile_neither_raises_nor_hangs(turn):
    """Each text with one of the keys."""
    key = KEYS[turn]
    for text in SHORT[turn :: len(KEYS)]:
        before_s = cpu_time_s()
        leak_in(f"{text} and \\({text}\\)", key, "Which?", ["one", "two"])
        assert cpu_time_s() - before_s < 2 * MAX_HINT_WORK_S + 1, text[:80]


def test_a_text_too_long_to_be_looked_through_is_withheld():
    key = read_key({"kind": "number", "value": "7"})
    assert leak_in("Look again. " * 2_000, key)


def test_without_time_nothing_passes():
    key = read_key({"kind": "number", "value": "7"})
    assert leak_in("Bring the 3 to the other side.", key, max_work_s=0)
