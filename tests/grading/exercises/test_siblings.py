"""Problems with other numbers."""

from itertools import islice

import pytest

from tutor.grading.exercises.siblings import siblings


def first(statement, count=20):
    return list(islice(siblings(statement), count))


def test_numbers_change_and_words_stay():
    for sibling in first(r"Solve \(5x - 7 = 2x + 8\) for \(x\)."):
        assert sibling.startswith(r"Solve \(")
        assert sibling.endswith(r"\) for \(x\).")
        assert sibling != r"Solve \(5x - 7 = 2x + 8\) for \(x\)."


def test_siblings_are_the_same_for_everybody():
    statement = r"Calculate \(3 + 4 \times 5\)."
    assert first(statement) == first(statement)


@pytest.mark.parametrize(
    ("statement", "constant"),
    [
        (r"Expand \((x - 2)^3\).", "^3"),
        (r"Find \(a_7\), where \(a_n = 3n + 5\).", "a_7"),
        (r"Solve \(2^x = 20\). Give \(3\) decimal places, such as \(1.234\).", r"\(3\)"),
        (r"Round \(7.4683\) to \(2\) decimal places.", r"\(2\) decimal"),
        (r"Find the mean of \(4, 7, 9, 12\) in \(4\) tests.", r"\(4\) tests"),
        (r"解方程 \(3x + 5 = 20\)。请填 \(x\) 的值，例如 \(12\)。", r"例如 \(12\)"),
    ],
)
def test_exponents_indices_counts_and_the_form_of_the_answer_stay(statement, constant):
    assert all(constant in sibling for sibling in first(statement))


def test_equal_numbers_stay_equal_and_different_ones_different():
    for sibling in first(r"\(7\) boxes of \(4\) eggs, and \(7\) more."):
        a, b, c = (part.partition(r"\)")[0] for part in sibling.split(r"\(")[1:])
        assert a == c != b


def test_decimals_keep_their_places():
    for sibling in first(r"A ball has a radius of \(2.50\) cm."):
        assert len(sibling.partition(r"\(")[2].partition(r"\)")[0]) == 4


@pytest.mark.parametrize("statement", ["No formula 12.", r"Solve \(x = y\).", r"\(1 + 10\)"])
def test_without_a_number_to_change_there_are_none(statement):
    assert first(statement) == []
