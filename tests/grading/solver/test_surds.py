import pytest

from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.surds import simplified


@pytest.mark.parametrize(
    ("term", "simplest"),
    [
        ("(4 + sqrt(20))/2", "2 + sqrt(5)"),
        ("(1 - sqrt(45))/6", "(1 - 3sqrt(5))/6"),
        ("6/sqrt(2)", "3sqrt(2)"),
        ("1/(sqrt(3) - 1)", "(1 + sqrt(3))/2"),
        ("sqrt(8)*sqrt(2) - 1", "3"),
        ("sqrt(1/2)", "sqrt(2)/2"),
        ("sqrt(2) + pi", "sqrt(2) + pi"),
    ],
)
def test_numbers_with_roots_are_simplified(term, simplest):
    assert typed(simplified(read_expression(term))) == simplest
