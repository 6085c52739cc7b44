"""The vector that runs the other way is not the one that is asked for."""

import pytest

from tutor.grading import Verdict, by_statement, grade_response, read_key


def _verdict(response, statement):
    key = read_key({"value": "(3, -4)", "kind": "tuple"})
    return by_statement(grade_response(response, key), response, key, statement).verdict


ASKED = r"On donne \(A(1,2)\) et \(B(4,-2)\). Calculer \(\overrightarrow{AB}\)."


@pytest.mark.parametrize(
    ("response", "statement"),
    [
        ("BA(3, -4)", ASKED),
        ("BA = (3, -4)", ASKED),
        ("BA = (3, -4)", r"Calculate \(\vec{AB}\) for A(1, 2) and B(4, -2)."),
        ("BA = (3, -4)", "Bestimme den Vektor AB für A(1, 2) und B(4, -2)."),
        ("向量BA=(3,-4)", "已知A(1,2)，B(4,-2)，求向量AB的坐标。"),
    ],
)
def test_a_turned_vector_is_undecided(response, statement):
    assert _verdict(response, statement) == Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("response", "statement"),
    [
        ("AB(3, -4)", ASKED),
        ("AB = (3, -4)", ASKED),
        ("(3, -4)", ASKED),
        ("BA = (3, -4)", r"Calculate \(\overrightarrow{BA}\) for A(4, -2) and B(1, 2)."),
        ("BA = (3, -4)", r"Given \(\overrightarrow{AB}=(-3,4)\), find \(\overrightarrow{BA}\)."),
    ],
)
def test_the_vector_asked_for_is_right_by_any_name_of_it(response, statement):
    assert _verdict(response, statement) == Verdict.CORRECT
