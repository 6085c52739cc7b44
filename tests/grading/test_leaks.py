"""Hints that say the stored answer are found; others pass. A row of the table for each case."""

import csv
import json
import time
from pathlib import Path

import pytest

from tests.grading.hostile import SHORT
from tutor.grading import AnswerKey, read_key
from tutor.grading.leaks import disguises
from tutor.grading.leaks.hints import WITHIN_S, leak_in

STARTER = Path(__file__).parents[2] / "tutor" / "problems" / "starter"
TABLE = Path(__file__).parents[1] / "data" / "hints.csv"
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def key_of(row: dict[str, str]) -> AnswerKey:
    return read_key({"kind": row["kind"], "value": row["answer"]})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['answer']}: {row['hint']}"[:60])
def test_a_hint(row):
    choices = row["choices"].split("|") if row["choices"] else []
    leak = leak_in(row["hint"], key_of(row), row["statement"], choices, within_s=10)
    assert bool(leak) == (row["leaks"] == "yes"), leak


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
        assert leak_in(record["solution"], key, *problem, within_s=10), record["slug"]
        hints += len(record["hints"])
        lost += [hint for hint in record["hints"] if leak_in(hint, key, *problem, within_s=10)]
    assert len(records) > 100
    assert len(lost) <= 0.03 * hints, lost


@pytest.mark.parametrize("kind", ["number", "set", "text", "choice"])
def test_what_is_hostile_neither_raises_nor_hangs(kind):
    value = {"number": "7", "set": "{3, 5}", "text": "even", "choice": "B"}[kind]
    key = read_key({"kind": kind, "value": value})
    for text in SHORT:
        began_at = time.monotonic()
        leak_in(f"{text} and \\({text}\\)", key, "Which?", ["one", "two"])
        assert time.monotonic() - began_at < 2 * WITHIN_S + 1, text[:80]


def test_a_text_too_long_to_be_looked_through_is_withheld():
    key = read_key({"kind": "number", "value": "7"})
    assert leak_in("Look again. " * 2_000, key)


def test_without_time_nothing_passes():
    key = read_key({"kind": "number", "value": "7"})
    assert leak_in("Bring the 3 to the other side.", key, within_s=0)


HIDDEN = Path(__file__).parents[1] / "data" / "disguises.csv"
HONEST = Path(__file__).parents[1] / "data" / "honest_hints.csv"
with HIDDEN.open(encoding="utf-8", newline="") as file:
    DISGUISED = list(csv.DictReader(file))
with HONEST.open(encoding="utf-8", newline="") as file:
    HONEST_HINTS = list(csv.DictReader(file))
NO_DECODER_READS = {"multiplication by repeated doubling", "clue by a date", "price of a thing"}


def leak_of(row: dict[str, str]) -> str:
    key = {"kind": row["kind"], "value": row["answer"]}
    if row["kind"] == "quantity":
        key["value"], _, key["unit"] = row["answer"].partition(" ")
    choices = row["choices"].split("|") if row["choices"] else []
    return leak_in(row["hint"], read_key(key), row["statement"], choices, within_s=20)


@pytest.mark.parametrize("row", DISGUISED, ids=lambda row: row["way"])
def test_an_answer_in_disguise_is_found(row):
    assert bool(leak_of(row)) == (row["way"] not in NO_DECODER_READS)


def test_at_most_one_way_in_ten_passes():
    assert len(DISGUISED) >= 60
    assert len({row["way"] for row in DISGUISED}) == len(DISGUISED)
    assert {row["way"] for row in DISGUISED} > NO_DECODER_READS
    assert len(NO_DECODER_READS) <= 4


def test_an_honest_hint_passes_as_before():
    """One of them went beyond the mark before anybody looked for disguises: it is still found."""
    found = [row["hint"] for row in HONEST_HINTS if leak_of(row)]
    assert len(HONEST_HINTS) >= 100
    assert [hint[:13] for hint in found] == ["Write it out:"]


@pytest.mark.parametrize(
    "hint", ["1 " * 4_000, "IVXLCDM" * 1_000, "." * 8_000, "a-" * 4_000, "=" * 8_000, "%3" * 4_000]
)
@pytest.mark.parametrize("kind", ["number", "choice", "text"])
def test_no_decoder_takes_long(hint, kind):
    value = {"number": "42", "choice": "B", "text": "scalene"}[kind]
    key = read_key({"kind": kind, "value": value})
    disguises.prepare()
    began_s = time.process_time()
    leak_in(hint, key, "Which?", ["one", "two"])
    assert time.process_time() - began_s < 2 * WITHIN_S + 1
