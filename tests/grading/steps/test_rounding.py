"""Numbers that are equal, equal as rounded, or different."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED, check_last, verdicts


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["3x=7", "x=2.33", "x≈2.3"], "upp"),
        (["3x=7", "x=2.4"], "ur"),
    ],
)
def test_a_solution_may_be_rounded(lines, expected):
    assert verdicts(lines) == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"\sqrt{15} \approx 4", PROVED),
        (r"\sqrt{15} = 4", UNCHECKED),
        (r"\sqrt{15} = 3", REFUTED),
        (r"\sqrt{15} = 3.87", PROVED),
        (r"2/3 \approx 0.66", PROVED),  # cut off
        (r"2/3 = 0.6", REFUTED),
        (r"20/3 = 6", UNCHECKED),  # with a remainder
        (r"\sin 45° = 0", REFUTED),
        (r"1.05^{10} = 1", REFUTED),
    ],
)
def test_a_rounded_number_has_to_be_near(claim, expected):
    assert check_last(rf"\({claim}\)").verdict == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("2/4 * 100 = 50%", PROVED),
        ("40 + 35 = 75%", PROVED),
        ("100% - 30 = 70%", PROVED),
        ("100% - 20% = 80", PROVED),
        ("0.8 * 100% = 80", PROVED),
        ("200 * 10% = 20", PROVED),
        ("200 * 10% = 2000", UNCHECKED),
        ("200 + 10% = 220", UNCHECKED),  # as shops say it
        ("200 + 10% = 210", REFUTED),
        ("1/4 = 0.25%", UNCHECKED),
        (r"\(20\% \cdot 20\% = 400\%\)", REFUTED),
        (r"\(20\% \cdot 20\% = 4\%\)", PROVED),
    ],
)
def test_a_per_cent_sign_is_a_hundredth_or_a_unit(claim, expected):
    assert check_last(claim).verdict == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("2 hours + 30 minutes = 32 minutes", UNCHECKED),
        ("3 dozen = 36 eggs", PROVED),
        ("120 minutes / 60 = 2 hours", PROVED),
        ("2 feet + 1 foot = 3 feet", PROVED),
        ("4 checks/month * 12 months/year + 3 checks/year = 48 + 3", PROVED),
        ("$5 + 3 dollars = $8", PROVED),
        ("$4/person * 3 = $12", PROVED),
        (r"\(1/a + 1/b = 1/6\)", UNCHECKED),  # a letter is no unit
        (r"\(2/x \cdot 3/x = 6/x\)", UNCHECKED),
    ],
)
def test_equal_numbers_of_different_units_prove_nothing(claim, expected):
    assert check_last(claim).verdict == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("50/2π ≈ 7.96", PROVED),
        ("50/2π ≈ 8.96", REFUTED),
        (r"\(\pi \cdot 5^2 = 78.5\)", PROVED),  # with 3.14
        (r"\(\pi \cdot 7^2 = \frac{22}{7} \cdot 49\)", PROVED),
        (r"\(\log 1000 = 3\)", PROVED),
        (r"\(\log 8 = 0.903\)", PROVED),
        (r"\(\log 8 = 2.079\)", PROVED),
        (r"\(\log 8 = 1.5\)", REFUTED),
        (r"\(180^\circ - 48^\circ - 67^\circ = 65\)", PROVED),
        (r"\(180^\circ - 48^\circ - 67^\circ = 75\)", REFUTED),
        ("3/4 ÷ 1/2 = 3/2", PROVED),
        ("1 1/2 / 1/2 = 3", PROVED),
        ("14 + 9 = 23 + 46 = 69", UNCHECKED),  # a running total
        (r"\(0.333\ldots = \frac13\)", PROVED),
    ],
)
def test_what_else_people_mean_is_considered(claim, expected):
    assert check_last(claim).verdict == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("1 m² = 100 cm²", REFUTED),
        ("1 foot = 30 cm", UNCHECKED),  # about
        ("5 km = 500 m", REFUTED),
        ("2 hours 35 minutes = 2 × 60 + 35 = 155 minutes", UNCHECKED),
        ("1 h 30 min = 1.5 h", PROVED),
        (r"\(1\,\text{h}\;30\,\text{min} = 1.5\,\text{h}\)", PROVED),
        ("On the map, 1 cm = 5 km.", UNCHECKED),
        ("3 m + 5 = 20", UNCHECKED),
        ("3.33 m/s × 3.6 = 12 km/h", UNCHECKED),  # the factor is that of the units
        ("速度：120÷2＝60（千米/时）", PROVED),
    ],
)
def test_units_are_converted(claim, expected):
    assert check_last(claim).verdict == expected
