"""The author is told what Lemma refutes: the stored answer, or a line of the stored solution."""

import pytest

from tests.factories import make_content
from tutor.grading import read_key
from tutor.grading.check_process import client as check_client
from tutor.grading.mistakes import client as mistakes_client
from tutor.problems.advising.key_doubts import key_doubts
from tutor.problems.editing.preview import preview_content

NOT_RIGHT = "The statement contradicts the right answer."


@pytest.fixture(scope="module", autouse=True)
def _child():
    check_client.warm_up()
    mistakes_client.warm_up()


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """A child may start slowly beside other tests."""
    monkeypatch.setattr(mistakes_client, "MAX_WAIT_S", 60.0)


def doubts(statement, kind, value, solution="", **key):
    content = make_content(
        statement=statement,
        key=read_key({"kind": kind, "value": value, **key}),
        solution=solution or rf"\boxed{{{value}}}",
    )
    return key_doubts(content)


@pytest.mark.parametrize(
    ("statement", "kind", "value"),
    [
        (r"Expand \(2x(x+3)\).", "expression", "2x^2+3x"),
        ("Expand 2x(x+3)", "expression", "2x^2+3x"),
        (r"Solve \(3x - 7 = 8\).", "number", "4"),
        (r"Solve \(x^2 - 5x + 6 = 0\).", "list", "2, 4"),
        (r"化简 \(2x+3x\)。", "expression", "6x"),
        (r"Calculate \(\frac34 + \frac14\).", "number", "5/4"),
        (r"Solve \(3x+4=19\). Give the value of \(x\).", "number", "6"),
        (r"Solve \(5x-7=2x+8\) for \(x\). Give the value of \(x\).", "number", "4"),
        ("Solve 3x+4=19 for x. Give the value of x.", "number", "6"),
        (r"Find the value of $x$ if $3x+4=19$.", "number", "6"),
        (r"Löse \(3x+4=19\) nach \(x\) auf. Gib den Wert von \(x\) an.", "number", "6"),
        (r"Résous l’équation \(3x+4=19\). Donne la valeur de \(x\).", "number", "6"),
        (r"Resuelve la ecuación \(3x+4=19\). Da el valor de \(x\).", "number", "6"),
        (r"Calculate \(7 - 2 \times (-4)^2\). Give a whole number.", "number", "-24"),
        (r"解方程 \(3x+4=19\)，求 \(x\) 的值。", "number", "6"),
    ],
)
def test_an_answer_that_the_statement_refutes_is_doubted(statement, kind, value):
    [sentence] = doubts(statement, kind, value)
    assert sentence.startswith(NOT_RIGHT)


@pytest.mark.parametrize(
    ("statement", "kind", "value"),
    [
        (r"Expand \(2x(x+3)\).", "expression", "2x^2+6x"),
        (r"What is the last digit of \(3^{98}\)?", "number", "9"),
        (r"Find the sum of the solutions of \(x^2 - 5x + 6 = 0\).", "number", "5"),
        (r"Solve \(2x > 6\).", "inequality", "x > 3"),
        (r"Solve \(3x+4=19\). Give the value of \(x\).", "number", "5"),
        (r"Solve \(3x+4=19\). Give the value of \(2x\).", "number", "10"),
        (r"Give the number of solutions of \(x^2=9\).", "number", "2"),
        (r"Solve \(x^2-5x+6=0\). Give the larger value of \(x\).", "number", "3"),
        (r"Löse \(x^2=9\). Gib die Anzahl der Lösungen an.", "number", "2"),
        (r"求方程 \(x^2-5x+6=0\) 的两根之和。", "number", "5"),
    ],
)
def test_what_may_be_right_is_not(statement, kind, value):
    assert doubts(statement, kind, value) == []


def test_a_line_of_the_solution_that_is_refuted_is_named():
    solution = "\\(7 \\cdot 8 = 54\\)\n\nSo it is \\(\\boxed{9}\\)."
    content = make_content(statement="How much is it?", final_answer="9", solution=solution)
    [sentence] = preview_content(content).advice
    assert r"7 \cdot 8 = 54" in sentence
    assert "9" not in sentence
