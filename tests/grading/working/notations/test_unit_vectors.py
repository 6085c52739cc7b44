"""Vectors that a statement gives as sums of i, j and k."""

import pytest

from tests.grading.working.marking import assert_marks, marks

_BOLD = (
    "Find the angle between \\(\\mathbf a=\\mathbf i+2\\mathbf j+2\\mathbf k\\) and"
    " \\(\\mathbf b=4\\mathbf i+3\\mathbf k\\)."
)
_FLAT = (
    "Given \\(\\mathbf{p} = 2\\mathbf{i} - 3\\mathbf{j}\\) and"
    " \\(\\mathbf{q} = \\mathbf{i} + \\mathbf{j}\\), find \\(2\\mathbf p - \\mathbf q\\)."
)
_RIGHT = {
    "lengths, product and angle": (
        _BOLD,
        ["a·b = 4 + 0 + 6 = 10", "|a| = √(1+4+4) = √9 = 3", "|b| = sqrt(16+9) = 5",
         "cosθ = 10/15 = 2/3"],
    ),
    "sums": (_FLAT, ["2p = 4i - 6j", "2p - q = 4i - 6j - i - j", "p + q = 3i - 2j"]),
    "plain letters": (
        "The vectors a = 3i + 4j and b = i - 2j are given. Find a·b and |a|.",
        ["a·b = 3 - 8 = -5", "|a| = √(9+16) = 5"],
    ),
    "with arrows": (
        "On donne \\(\\vec u = 2\\vec i - \\vec j + 2\\vec k\\) et"
        " \\(\\vec v = \\vec i + \\vec j\\). Calculer \\(\\vec u\\cdot\\vec v\\).",
        ["u·v = 2 - 1 + 0 = 1", "||u|| = √(4+1+4) = 3"],
    ),
    "an open component": (
        "Dados los vectores \\(\\vec u = 3\\vec i + 4\\vec j\\) y"
        " \\(\\vec v = \\lambda\\vec i - 3\\vec j\\), halla λ para que sean perpendiculares.",
        ["u·v = 3λ - 12 = 0", "λ = 4"],
    ),
    "in Chinese": (
        "已知向量 \\(\\vec a=3\\vec i-4\\vec j\\)，求 \\(|\\vec a|\\)。",
        ["|a|=√(9+16)=5"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("statement", "lines"), _RIGHT.values(), ids=_RIGHT)
def test_it_knows_their_entries(statement, lines):
    assert_marks(statement, lines)


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (_BOLD, "a·b = 4 + 6 + 6 = 16"),
        (_BOLD, "|b| = √(16-9) = √7"),
        (_FLAT, "2p = 4i - 3j"),
        (_FLAT, "2p - q = 4i - 6j - i + j"),
        (_FLAT, "p + q = 3i + 2j"),
    ],
)
def test_it_proves_no_wrong_one(statement, line):
    assert marks([line], statement) not in ("p", "g")
