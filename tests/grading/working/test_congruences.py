"""Congruences and Euclid's algorithm in students' working."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks, refuted_check

LINEAR = r"Solve \(5x\equiv 3\pmod{11}\)."
SYSTEM = r"Löse \(x\equiv 1\pmod 4\), \(x\equiv 2\pmod 7\)."
POWER = r"Find the remainder of \(3^{20}\) on division by 7."
GCD = r"Find \(\gcd(198,84)\)."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (LINEAR, ["5*9=45≡1 (mod 11)", "x≡9*3=27≡5 (mod 11)"]),
        (LINEAR, [r"5x \equiv 3 \pmod{11}", r"5x \equiv 25 \pmod{11}", r"x \equiv 5 \pmod{11}"]),
        (LINEAR, ["45x≡27 (mod 11)", "x≡27≡5 mod 11"]),
        (SYSTEM, ["x=7k+2", "7k+2≡1 (mod 4)", "7k≡-1 (mod 4)", "3k≡3 (mod 4)", "k≡1 (mod 4)"]),
        (POWER, ["3^6≡1 (mod 7)", "3^20=3^18*3^2≡9≡2 (mod 7)"]),
        (POWER, ["3^2=9≡2 (mod 7)", "3^3≡6≡-1 (mod 7)"]),
        (GCD, ["198=2*84+30", "84=2*30+24", "30=1*24+6", "24=4*6+0"]),
    ],
)
def test_right_workings_are_proved(statement: str, lines: list[str]) -> None:
    assert set(marks(lines, statement)) <= {"p", "g"}


@pytest.mark.parametrize(
    ("statement", "line", "slip"),
    [
        (LINEAR, "5*9=45≡2 (mod 11)", "arithmetic"),
        (LINEAR, "x≡6 (mod 11)", "lost_sign"),
        (LINEAR, "x≡4 (mod 11)", ""),
        (POWER, "3^3=27≡1 (mod 7)", "lost_sign"),
        (GCD, "84=2*30+14", "arithmetic"),
    ],
)
def test_wrong_lines_are_refuted(statement: str, line: str, slip: str) -> None:
    assert refuted_check([line], statement).refuted.slip == slip


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (r"Solve \(x^2\equiv 1\pmod 8\).", "x≡3 (mod 8)"),  # one of four solutions
        (r"Solve \(2x\equiv 4\pmod 6\).", "x≡2 (mod 3)"),
        (r"Solve \(2x\equiv 4\pmod 6\).", "x≡5 (mod 6)"),
        (LINEAR, "y≡3 (mod 11)"),
    ],
)
def test_lines_that_may_be_right_are_not_refuted(statement: str, line: str) -> None:
    assert marks([line], statement) != "r"


def test_a_second_solution_is_not_refuted() -> None:
    statement = r"Solve \(x^2\equiv 1\pmod 8\)."
    assert "r" not in marks(["x≡3 (mod 8)", "x≡5 (mod 8)", "x≡7 (mod 8)"], statement)
    statement = "Solve x² = 9 modulo 10."
    assert "r" not in marks(["x≡3 (mod 10)", "x≡7 (mod 10)"], statement)
