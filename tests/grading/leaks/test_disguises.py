"""An answer in disguise is found: in code, backwards, in words of any language."""

import csv
import time
from base64 import b64encode
from pathlib import Path

import pytest

from tutor.grading import read_key
from tutor.grading.leaks import number_words
from tutor.grading.leaks.hints import MAX_HINT_WORK_S, leak_in

HIDDEN = Path(__file__).parents[2] / "data" / "disguises.csv"
HONEST = Path(__file__).parents[2] / "data" / "honest_hints.csv"
with HIDDEN.open(encoding="utf-8", newline="") as file:
    DISGUISED = list(csv.DictReader(file))
with HONEST.open(encoding="utf-8", newline="") as file:
    HONEST_HINTS = list(csv.DictReader(file))
FAMILIES = Path(__file__).parents[2] / "data" / "disguises_by_family.csv"
with FAMILIES.open(encoding="utf-8", newline="") as file:
    BY_FAMILY = list(csv.DictReader(file))
ENCODED = {"reversed digits", "base64", "hexadecimal", "binary", "Roman numerals"}
COMMON = ENCODED | {"number words", "spaced digits", "one more than", "choice in words"}
CODES = " ".join(b64encode(b64encode(f"{n:04}".encode())).decode() for n in range(1_000))
NO_DECODER_READS = {"price of a thing"}


def leak_of(row: dict[str, str]) -> str:
    key = {"kind": row["kind"], "value": row["answer"]}
    if row["kind"] == "quantity":
        key["value"], _, key["unit"] = row["answer"].partition(" ")
    choices = row["choices"].split("|") if row["choices"] else []
    return leak_in(row["hint"], read_key(key), row["statement"], choices, max_work_s=20)


@pytest.mark.parametrize("row", DISGUISED, ids=lambda row: row["way"])
def test_an_answer_in_disguise_is_found(row):
    assert bool(leak_of(row)) == (row["way"] not in NO_DECODER_READS)


def test_at_most_one_way_in_ten_passes():
    assert len(DISGUISED) >= 60
    assert len({row["way"] for row in DISGUISED}) == len(DISGUISED)
    assert {row["way"] for row in DISGUISED} > NO_DECODER_READS
    assert len(NO_DECODER_READS) <= 4


def test_of_each_family_of_disguises_few_pass():
    """None of the codes; two in a hundred of what is usual; five in a hundred of all."""
    assert len(BY_FAMILY) >= 650
    passed = [row["family"] for row in BY_FAMILY if not leak_of(row)]
    assert not ENCODED & set(passed)
    assert sum(family in COMMON for family in passed) <= 0.02 * sum(
        row["family"] in COMMON for row in BY_FAMILY
    )
    assert len(passed) <= 0.05 * len(BY_FAMILY)


def test_an_honest_hint_passes_as_before():
    """One of them says the answer openly, and is found as well."""
    withheld = [row["hint"] for row in HONEST_HINTS if leak_of(row)]
    assert len(HONEST_HINTS) >= 200
    assert [hint[:13] for hint in withheld] == ["Write it out:"]


@pytest.mark.parametrize(
    "hint",
    [
        CODES[:8_000],
        "one more than 2 " * 500,
        "1 " * 4_000,
        "IVXLCDM" * 1_000,
        "." * 8_000,
        "a-" * 4_000,
        "=" * 8_000,
        "%3" * 4_000,
    ],
)
@pytest.mark.parametrize("kind", ["number", "choice", "text"])
def test_no_decoder_takes_long(hint, kind):
    value = {"number": "42", "choice": "B", "text": "scalene"}[kind]
    key = read_key({"kind": kind, "value": value})
    number_words.prepare()
    began_s = time.process_time()
    leak_in(hint, key, "Which?", ["one", "two"])
    assert time.process_time() - began_s < 2 * MAX_HINT_WORK_S + 1
