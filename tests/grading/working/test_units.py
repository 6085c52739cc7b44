"""Lines with units: conversions are proved exactly, and wrong ones are refuted by name."""

from __future__ import annotations

import pytest

from tutor.grading.steps.checks import Mark, StepCheck
from tutor.grading.working.checker import check_working

TRAIN = "Ein Zug fährt 156 km in 1 h 20 min. Wie groß ist seine Durchschnittsgeschwindigkeit?"
IRON = (
    r"Iron has a density of \(7.9\ \mathrm{g/cm^3}\). What is the mass of \(250\ \mathrm{cm^3}\)?"
)


def check(line: str, statement: str = "") -> StepCheck:
    return check_working([line], statement)[-1]


@pytest.mark.parametrize(
    "line",
    [
        "15 m/s = 54 km/h",
        "72 km/h = 20 m/s",
        "1975 g = 1.975 kg",
        "3.5 m^2 = 3.5*10000 cm^2 = 35000 cm^2",
        "1 m² = 100 cm · 100 cm = 10000 cm²",
        "2 h 15 min = 2.25 h",
        "1 h 20 min = 80 min = 4/3 h",
        "40 min = 2/3 h",
        "2.5 L = 2500 mL",
        "3 m 20 cm = 320 cm",
        "24 in = 24*2.54 cm = 60.96 cm",
        "156 km : (4/3 h) = 117 km/h",
        "120 km / 2 h = 60 km/h",
        "7.9 g/cm³ · 250 cm³ = 1975 g",
        "3 kg · 2.50 €/kg = 7.50 €",
        "2.5小时=150分钟",
        "3千米=3000米",
        "15千克=15000克",
        "2 Stunden = 120 Minuten",
        "3 heures = 180 minutes",
        "2 horas = 7200 segundos",
        "8×5÷2=20（cm²）",
        "3 apples + 4 apples = 7 apples",
        "560/8 = 70 Schüler",
        "$12.50 + $3 = $15.50",
        r"2\ \mathrm{km} = 2000\ \mathrm{m}",
    ],
)
def test_it_proves_right_lines(line: str) -> None:
    assert check(line).mark == Mark.PROVED


@pytest.mark.parametrize(
    ("line", "slip"),
    [
        ("2 h = 120 s", "unit_conversion"),
        ("1 m^2 = 100 cm^2", "unit_conversion"),
        ("1975 g = 19.75 kg", "unit_conversion"),
        ("54 km/h = 194.4 m/s", "unit_conversion"),
        ("3 m³ = 3000 cm³", "unit_conversion"),
        ("1 h = 100 min", "unit_conversion"),
        ("1 h 20 min = 1.2 h", "minutes_as_decimals"),
        ("2 h 45 min = 2.45 h", "minutes_as_decimals"),
        ("2.5小时=250分钟", "unit_conversion"),
        ("3公里=300米", "unit_conversion"),
        ("24 in = 24/2.54 cm", "unit_conversion"),
        ("120 km / 2 h = 50 km/h", "arithmetic"),
        ("3 kg · 2.50 €/kg = 8 €", "arithmetic"),
    ],
)
def test_it_names_wrong_conversions(line: str, slip: str) -> None:
    result = check(line)
    assert result.mark == Mark.REFUTED
    assert result.refuted is not None
    assert result.refuted.slip == slip


@pytest.mark.parametrize(
    "line", ["3 kg = 7.50 €", "5 cm = 20 cm²", "2l + 2w = 10", "5 m + 3 n = 7", "12 parts = 360"]
)
def test_it_leaves_other_lines_alone(line: str) -> None:
    assert check(line, "A parcel of 3 kg costs 7.50 €.").mark != Mark.REFUTED


def test_letters_of_the_task_are_no_units() -> None:
    checks = check_working(["m = 2s", "2s = 10", "s = 5"], r"Solve \(2s=10\) and \(m=2s\).")
    assert Mark.REFUTED not in [check.mark for check in checks]


def test_a_mass_in_another_unit() -> None:
    lines = ["m = ρ·V", "m = 7.9 g/cm³ · 250 cm³ = 1975 g", "m = 1.975 kg"]
    assert [check.mark for check in check_working(lines, IRON)] == [Mark.PROVED] * 3


def test_a_speed_with_times_in_two_units() -> None:
    lines = ["t = 1 h 20 min = 80 min = 4/3 h", "v = s : t = 156 km : (4/3 h)", "v = 117 km/h"]
    marks = [check.mark for check in check_working(lines, TRAIN)]
    assert marks == [Mark.PROVED] * 3
