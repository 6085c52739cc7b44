"""Texts with decimal points, as a class with a decimal comma reads them."""

import json

import pytest
from django.conf import settings

from tutor.problems.class_numbers import with_class_commas


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A rope of 2.5 m costs $1.20.", "A rope of 2,5 m costs $1,20."),
        (r"Solve \(0.5x + 1.25 = -3\).", r"Solve \(0{,}5x + 1{,}25 = -3\)."),
        (r"\(A(2, -5)\) and \((x, y)\)", r"\(A(2; -5)\) and \((x, y)\)"),
        (r"\(\{1, 2, \ldots, 9\}\)", r"\(\{1; 2; \ldots; 9\}\)"),
        (r"\([-\infty, \frac{1}{2}]\)", r"\([-\infty; \frac{1}{2}]\)"),
        (r"\(x_{1}, x_{2}\) and \(\gcd(12,18)\)", r"\(x_{1}, x_{2}\) and \(\gcd(12;18)\)"),
        ("1,250 people", "1\u202f250 people"),
        (r"\(1{,}250 + 2,000\)", r"\(1\,250 + 2\,000\)"),
        ("On 12.04.2026, see `1.5` and 3.2.1", "On 12.04.2026, see `1.5` and 3.2.1"),
        ("![2](picture:1.5) https://x.org/1.5", "![2](picture:1.5) https://x.org/1.5"),
        (r"\[a \\[0.5em] 1.5\]", r"\[a \\[0.5em] 1{,}5\]"),
        (
            "```figure\nplot\nx -1.5..1.5\n```\n1.5",
            "```figure\nplot\nx -1.5..1.5\ndecimal comma\n```\n1,5",
        ),
    ],
)
def test_numbers_are_written_as_the_class_does(text, written):
    assert with_class_commas(text) == written


def test_prose_is_written_as_the_browser_writes_that_of_a_model():
    file = settings.BASE_DIR / "tests/data/decimal_commas_in_prose.json"
    rows = json.loads(file.read_text("utf-8"))
    assert [with_class_commas(text) for text, _written in rows] == [row[1] for row in rows]


def test_a_formula_is_written_as_the_browser_writes_one_of_a_model():
    rows = json.loads((settings.BASE_DIR / "tests/data/decimal_commas.json").read_text("utf-8"))
    assert [with_class_commas(rf"\({tex}\)") for tex, _written in rows] == [
        rf"\({written}\)" for _tex, written in rows
    ]
