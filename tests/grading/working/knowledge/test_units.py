"""Lines with units: conversions are proved exactly, and wrong ones are refuted by name."""

from __future__ import annotations

import pytest

from tutor.grading.steps.checks import Mark, StepCheck
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.checker import check_working

TRAIN = "Ein Zug fährt 168 km in 1 h 20 min. Wie groß ist seine Durchschnittsgeschwindigkeit?"
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
        "168 km : (4/3 h) = 126 km/h",
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
    lines = ["t = 1 h 20 min = 80 min = 4/3 h", "v = s : t = 168 km : (4/3 h)", "v = 126 km/h"]
    marks = [check.mark for check in check_working(lines, TRAIN)]
    assert marks == [Mark.PROVED] * 3


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        ("Ein Bus fährt 1 h 24 min lang.", ["t = 1.24 h"]),
        ("A ride lasts 2 hours 15 minutes.", ["time = 2.15 h"]),
        ("Un ciclista tarda 1 hora y 20 minutos.", ["t = 1.2 h"]),
        ("一辆汽车行驶了1小时30分钟。", ["1小时30分=1.3小时"]),
        (
            "From 9:40 to 11:25. Speed in km/h?",
            ["Time: 1 h 45 min", "= 1.45 h"],
        ),
        ("Un train met 2 h 30 min.", ["2h30 = 2.3 h"]),
        ("Ein Film dauert 110 min.", ["1 h 50 min = 150 min"]),
    ],
)
def test_minutes_are_no_decimals(statement, lines):
    last = check_working(lines, statement)[-1]
    assert last.mark == Mark.REFUTED
    assert last.refuted.slip == Slip.MINUTES_AS_DECIMALS


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        ("Ein Bus fährt 1 h 24 min lang.", ["t = 1.4 h"]),
        (
            "From 9:40 to 11:25. Speed in km/h?",
            ["Time: 1 h 45 min", "= 1.75 h"],
        ),
        ("Un train met 2h30.", ["2h30 = 2.5 h"]),
        ("Zinsen nach 8 Monaten", ["8 Monate = 2/3 Jahr"]),
        ("A ride of 1 h 30 min, then one of 1.3 h", ["t = 1.3 h"]),
    ],
)
def test_a_right_time_is_never_refuted(statement, lines):
    assert check_working(lines, statement)[-1].mark != Mark.REFUTED


@pytest.mark.parametrize(
    "line", ["1 litre = 100 cm³", "8 Monate = 0.8 Jahre", "2.5 m3 = 250 litros", "1 km² = 1000 m²"]
)
def test_units_in_words_are_converted_too(line):
    assert check(line, "A pool of 3 m by 2 m, a jug of 30 cm³.").mark == Mark.REFUTED


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("一辆车以15米/秒的速度行驶36千米,需要多少分钟?", "2/3小时=66.7分钟"),
        ("Wie lange fährt der Bus? Er hat 18 km vor sich.", "3/4 Stunde = 75 Minuten"),
        ("A cake needs 300 g of flour. How much do 6 cakes need?", "2/5 kg = 40 g"),
    ],
)
def test_a_fraction_of_a_unit_is_converted_and_no_share(statement: str, line: str) -> None:
    assert check(line, statement).mark == Mark.REFUTED


@pytest.mark.parametrize(
    ("statement", "lines", "last"),
    [
        ("How many litres fit in?", ["150*80*40 = 480000 cm^3", "480000 ÷ 100 = 4800 litres"], "r"),
        ("How many litres fit in?", ["150*80*40 = 480000 cm^3", "480000 ÷ 1000 = 480 litres"], "p"),
        (
            "Ein Kasten ist 20 cm breit. Wie viele l?",
            ["20*30*50 = 30000 cm³", "30000 : 100 = 300 l"],
            "r",
        ),
        (
            "Una vuelta dura 30 s. ¿Cuántos min son 120?",
            ["120 * 30 = 3600 s", "3600 / 100 = 36 min"],
            "r",
        ),
        (
            "Una vuelta dura 30 s. ¿Cuántos min son 120?",
            ["120 * 30 = 3600 s", "3600 / 60 = 60 min"],
            "p",
        ),
        ("水池能装多少升水?", ["40×30×20=24000 cm³", "24000÷100=240升"], "r"),
        ("Combien de mètres ?", ["12 * 25 = 300 cm", "300 * 100 = 30000 mètres"], "r"),
    ],
)
def test_a_number_keeps_its_unit_in_the_next_line(
    statement: str, lines: list[str], last: str
) -> None:
    mark = check_working(lines, statement)[-1].mark
    assert mark == {"r": Mark.REFUTED, "p": Mark.PROVED}[last]


def test_a_factor_of_the_statement_may_count_something() -> None:
    statement = "36000 cm³ of juice are shared by 100 children. How many millilitres each?"
    lines = ["40*30*30 = 36000 cm³", "36000 / 100 = 360 ml"]
    assert check_working(lines, statement)[-1].mark != Mark.REFUTED


@pytest.mark.parametrize(
    ("line", "slip"),
    [("0.85 = 8.5 %", Slip.DECIMAL_PLACE), ("0.85 = 850 %", Slip.DECIMAL_PLACE)],
)
def test_a_point_that_moved_on_the_way_to_per_cent_is_refuted(line, slip):
    assert (refuted := check(line, "Write 34/40 as a percentage.").refuted)
    assert refuted.slip == slip
    for other in ("0.85 = 85 %", "0.5 = 0.5 %"):
        assert check(other, "Write 34/40 as a percentage.").refuted is None
