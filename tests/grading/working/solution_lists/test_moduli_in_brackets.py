"""French moduli in brackets: θ = π/4 [2π], x ≡ 3 [5]."""

from __future__ import annotations

import pytest

from tests.grading.weighing.weighing import marks as weighed_marks
from tests.grading.working.marking import marks
from tutor.grading import Kind, Verdict, grade_response, infer_key
from tutor.grading.steps.checks import Mark

POLAR = r"Déterminer le module et un argument de \(z=1+i\sqrt3\)."


@pytest.mark.parametrize("angle", ["θ = π/3 [2π]", "θ ≡ π/3 [2pi]", "donc arg(z) = π/3 [ 2π ]"])
def test_an_angle_is_given_by_whole_turns(angle: str) -> None:
    lines = ["|z| = √(1 + 3) = 2", "cos θ = 1/2 et sin θ = √3/2", angle, "z = 2e^(iπ/3)"]
    assert Mark.REFUTED not in weighed_marks(POLAR, "|z| = 2, arg z = π/3", *lines)
    assert marks(lines[:3], POLAR)[-1] == "p"


@pytest.mark.parametrize(
    ("statement", "answer", "lines"),
    [
        ("Résoudre tan x = 1.", "x = π/4 + kπ", ["x = π/4 [π]"]),
        (
            "Résoudre cos 2x = 1/2.",
            "x = π/6 + kπ ou x = -π/6 + kπ",
            ["2x = π/3 [2π] ou 2x = -π/3 [2π]", "x = π/6 [π] ou x = -π/6 [π]"],
        ),
        (
            "Résoudre sin x = 1/2.",
            "x = π/6 [2π] ou x = 5π/6 [2π]",
            ["sin x = sin π/6", "x = π/6 [2π] ou x = 5π/6 [2π]"],
        ),
    ],
)
def test_families_are_no_products(statement: str, answer: str, lines: list[str]) -> None:
    assert Mark.REFUTED not in weighed_marks(statement, answer, *lines)
    assert "r" not in marks(lines, statement)


def test_integers_are_congruent_modulo_brackets() -> None:
    statement = "Quel est le reste de 3^20 modulo 7 ?"
    assert marks(["3^6 ≡ 1 [7]", "3^20 ≡ 3^2 [7]", "3^20 ≡ 2 [7]"], statement) == "ppp"
    assert marks(["3^6 ≡ 2 [7]"], statement) == "r"
    assert marks(["x ≡ 4 [5]"], "On sait que x ≡ 3 [5].") == "r"


@pytest.mark.parametrize("line", ["sin π/6 = 1/2", "cos 2π/3 = -1/2", "tan pi/4 = 1"])
def test_the_sine_is_taken_of_the_whole_angle(line: str) -> None:
    assert marks([line]) == "p"


def test_the_sine_of_a_whole_angle_can_be_wrong() -> None:
    assert marks(["sin π/6 = √3/2"]) == "r"


@pytest.mark.parametrize(
    ("gold", "response", "verdict"),
    [
        ("x = π/4 [π]", "x = π/4 + kπ, k ∈ Z", Verdict.CORRECT),
        ("x = π/4 [π]", "x = 5π/4 [pi]", Verdict.CORRECT),
        ("x = π/4 [π]", "x = π/4 [2π]", Verdict.INCORRECT),
        ("π/4 + kπ, k ∈ Z", "π/4 [π]", Verdict.CORRECT),
        ("x ≡ 3 [5]", "x ≡ 8 mod 5", Verdict.CORRECT),
        ("x ≡ 3 [5]", "x ≡ 4 [5]", Verdict.INCORRECT),
        ("2π/3", "θ = 2π/3 [2π]", Verdict.CORRECT),
        ("2π/3", "π/3 [2π]", Verdict.INCORRECT),
    ],
)
def test_answers_have_moduli_in_brackets(gold: str, response: str, verdict: Verdict) -> None:
    assert grade_response(response, infer_key(gold)).verdict == verdict


@pytest.mark.parametrize("gold", ["x = π/4 [π]", "x ≡ 3 [5]", "θ = π/3 [2pi]"])
def test_a_key_with_a_modulus_is_a_family(gold: str) -> None:
    assert infer_key(gold).kind == Kind.FAMILY
