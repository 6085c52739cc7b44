"""Workings in `tests/data/workings.jsonl`, written by people who had not seen the checker.

Half of them have one mistake. Each third is checked here, and all by `python -m tests.bench.working
tests/data/workings.jsonl`. The shares are what holds today, misses included: raise a bound when the
checker gets better, and never lower one for right workings.
"""

import json
from itertools import islice
from pathlib import Path

import pytest

from tests.bench.working import check, figures, is_refuted_while_written, miss
from tutor.grading.numeric.sympy_client import warm_up

EVERY = 3
EVERY_UNFINISHED = 11  # each is checked once for each of its lines
DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="module")
def workings():
    warm_up()
    with (DATA / "workings.jsonl").open(encoding="utf-8") as lines:
        return [check(json.loads(line)) for line in islice(lines, 0, None, EVERY)]


def test_a_right_working_is_hardly_ever_refuted(workings):
    refuted = [working.row["lines"] for working in workings if _is_refuted_though_right(working)]
    assert len(refuted) <= 1, refuted


def _is_refuted_though_right(working):
    described = miss(working)
    return described is not None and described["miss"] == "right_refuted"


def test_mistakes_and_right_lines_are_recognised(workings):
    shares = figures(workings)
    assert shares["found"] >= 0.88
    assert shares["ok_decided"] >= 0.895
    assert shares["wrong_given"] <= 0.012
    assert shares["slip_right"] >= 0.82


def test_no_line_of_a_right_working_is_refuted_while_it_grows():
    warm_up()
    with (DATA / "workings.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, 0, None, EVERY_UNFINISHED)]
    right = [row for row in rows if row["first_wrong"] is None]
    assert [row["lines"] for row in right if is_refuted_while_written(row)] == []
