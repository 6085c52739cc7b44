"""Next lines and moves in `tests/data/tutor/`, written by people who had not seen the code."""

from pathlib import Path
from typing import Any

import pytest

from tests.bench.tutor import NamedMove, offered, read_rows
from tutor.grading.solver.naming import name_move

DATA = Path(__file__).resolve().parents[2] / "data" / "tutor"
POSITIONS = read_rows(DATA / "next_steps.jsonl")
MOVES = read_rows(DATA / "moves.jsonl")


@pytest.mark.parametrize("row", POSITIONS, ids=[row["id"] for row in POSITIONS])
def test_the_next_line_is_one_that_a_teacher_would_write(row: dict[str, Any]) -> None:
    position = offered(row)
    assert position.is_good
    assert position.is_proved


@pytest.mark.parametrize("row", MOVES, ids=[row["id"] for row in MOVES])
def test_a_move_is_named(row: dict[str, Any]) -> None:
    assert NamedMove(row, name_move(row["before"], row["after"])).is_right
