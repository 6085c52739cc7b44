"""Wrong answers in `tests/data/tutor/`, written by people who had not seen the code."""

from pathlib import Path
from typing import Any

import pytest

from tests.bench.tutor import explained, read_rows

DATA = Path(__file__).resolve().parents[2] / "data" / "tutor"
ROWS = read_rows(DATA / "wrong_answers.jsonl")
SILENT = ("arbitrary", "right")


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_an_explanation_fits_what_went_wrong(row: dict[str, Any]) -> None:
    answer = explained(row)
    assert not answer.leak
    if row["truth"] in SILENT:
        assert answer.explanation is None
    else:
        assert answer.fits
