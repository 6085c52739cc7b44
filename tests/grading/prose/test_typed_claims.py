"""Formulas that are typed within sentences."""

import pytest

from tutor.grading.prose.claims import cut_claims


def whole_sides(text):
    chains = [chain for chain in cut_claims(text) if "\x00" not in {s.text for s in chain.sides}]
    return [[side.text for side in chain.sides] for chain in chains]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 km = 1000 m and 1 h = 3600 s.", [["1 km", "1000 m"], ["1 h", "3600 s"]]),
        ("2 hours 35 minutes = 155 minutes", [["2 hours 35 minutes", "155 minutes"]]),
        ("Speed = 210 km / 3.5 h = 60 km/h", [["Speed", "210 km / 3.5 h", "60 km/h"]]),
        ("2 1/3 = 7/3 and 1 3/4 = 7/4", [["2 1/3", "7/3"], ["1 3/4", "7/4"]]),
        ("117 l ÷ 9 l per minute = 13 minutes", [["117 l ÷ 9 l per minute", "13 minutes"]]),
        ("Let x = 0.333…", [["x", "0.333…"]]),
        ("－2x ＝ －46", [["-2x", "-46"]]),
        ("80×50＝4000（平方米）", [["80×50", "4000(平方米)"]]),
        ("4000平方米＝0.4公顷", [["4000平方米", "0.4公顷"]]),
        ("3x = 15 => x = 5", [["3x", "15"], ["x", "5"]]),
        ("10/13 ≈ 0.77 (rounded to 2 decimals)", [["10/13", "0.77"]]),
        ("5 + 4 = 9, because 5 = 3 + 2", [["5 + 4", "9"], ["5", "3 + 2"]]),
        ("F = ma", [["F", "ma"]]),
        ("x = (4 ± √36)/2", [["x", "(4 ± √36)/2"]]),
        ("Δ = 36 > 0", [["Δ", "36", "0"]]),
        ("25 °C = 77 °F", []),  # C is no variable here
    ],
)
def test_whole_formulas_are_claims(text, expected):
    assert whole_sides(text) == expected
