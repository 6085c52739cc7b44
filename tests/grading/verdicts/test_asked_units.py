"""A number with another unit than the statement asks for is not right."""

import pytest

from tutor.grading import FeedbackCode, Verdict, by_statement, grade_response, read_key


def judged(statement, response, value="90", **fields):
    key = read_key({"kind": "number", "value": value, **fields})
    return by_statement(grade_response(response, key), response, key, statement)


@pytest.mark.parametrize(
    ("statement", "response"),
    [
        ("How fast is it, in km/h?", "90 m/s"),
        ("How fast is it, in km/h?", "v = 90 km"),
        (r"Give the length in \(\text{cm}\).", "90 m"),
        ("Wie lang ist sie in cm?", "90 mm"),
        ("Donne sa masse (en kg).", "90 g"),
        ("面积是多少？（单位：cm²）", "90 m²"),
        ("How fast is it, in kilometres per hour?", "90 m/s"),
        ("Answer in square metres (m^2).", "90 m"),
        ("How many dollars does she pay?", "90 euros"),
        ("How many dollars does she pay?", "90 cents"),
        (r"A book costs \$30. What do three books cost?", "€90"),
        ("她付了多少元？", "90 euros"),
    ],
)
def test_another_unit_is_not_right(statement, response):
    grade = judged(statement, response)
    assert grade.verdict == Verdict.INCORRECT
    assert grade.feedback.code == FeedbackCode.OTHER_UNIT


@pytest.mark.parametrize(
    ("statement", "response"),
    [
        ("How fast is it, in km/h?", "90 km/h"),
        ("How fast is it, in km/h?", "90"),
        ("How fast is it, in km/h?", "90 kilometres per hour"),
        ("It runs 90 m in a second. How fast is it?", "90 m/s"),
        ("How many apples are in the box?", "90 apples"),
        ("Give the length in cm or in m.", "90 m"),
        ("Call the time x, in hours. How far does it get?", "90 km"),
        ("How fast is it, in kilometres per hour?", "90 km/h"),
        ("How many dollars does she pay?", "$90"),
        ("How many dollars does she pay?", "90 apples"),
        ("How many dollars and cents does she pay?", "90 cents"),
        ("What does it cost, in pounds?", "£90"),
    ],
)
def test_the_unit_asked_for_and_none_are_right(statement, response):
    assert judged(statement, response).verdict == Verdict.CORRECT


def test_a_wrong_number_stays_wrong_for_its_own_reason():
    assert judged("How fast is it, in km/h?", "80 m/s").feedback is None


def test_millions_of_a_unit_are_in_that_unit():
    grade = judged("How many dollars did it cost?", "2 million dollars", "2000000")
    assert grade.verdict == Verdict.CORRECT


@pytest.mark.parametrize(
    ("statement", "value", "response", "is_right"),
    [
        (r"Convert \(3.2\) kg to grams.", "3200 g", "3.2 kg", False),
        (r"Convert \(3.2\) kg to grams.", "3200 g", "3200000 mg", False),
        (r"Convert \(3.2\) kg to grams.", "3200 g", "3200 grams", True),
        (r"Rechne 2,4 h in Minuten um.", "144 min", "2 h 24 min", False),
        ("How fast is it, in km/h?", "90 km/h", "25 m/s", False),
        ("How fast is it?", "90 km/h", "25 m/s", True),
        ("How many metres are in 3.2 km?", "3200 m", "3.2 km", False),
        ("How many hours does it take? How far does it get?", "90 km", "90000 m", True),
        ("Pasa 45 minutos a horas.", "3/4 h", "45 min", False),
        ("Find the volume of a cube of 10 cm.", "1000 cm^3", "1 L", True),
    ],
)
def test_a_quantity_is_in_the_unit_asked_for(statement, value, response, is_right):
    grade = judged(statement, response, value, kind="quantity")
    assert (grade.verdict == Verdict.CORRECT) == is_right
    assert is_right or (grade.is_unfinished and grade.feedback.code == FeedbackCode.OTHER_UNIT)


@pytest.mark.parametrize(
    ("statement", "value", "response", "is_right"),
    [
        ("Write 9/20 as a percentage.", "45%", "0.45", False),
        ("Schreibe 9/20 als Prozentsatz.", "45%", "9/20", False),
        ("把 0.45 化成百分数。", "45%", "45%", True),
        ("What is the chance?", "45%", "0.45", True),
        ("Find the angle in radians.", "pi/6", "30°", False),
        ("Rechne 30° ins Bogenmaß um.", "pi/6", "π/6 rad", True),
        ("Convert π/6 radians to degrees.", "30", "30 rad", False),
        ("Convert π/6 radians to degrees.", "30", "30°", True),
        ("把 π/6 弧度化成角度。", "30", "30弧度", False),
    ],
)
def test_percent_radians_and_degrees_are_units_too(statement, value, response, is_right):
    assert (judged(statement, response, value).verdict == Verdict.CORRECT) == is_right


@pytest.mark.parametrize(
    ("statement", "response"),
    [
        ("A book has 250 pages. How many pages are left?", "90 km"),
        ("How many divisors does it have?", "90 kg"),
        (r"Calculate \(45 + 45\).", "90 m"),
        (r"A rectangle is \(9\text{ cm}\) wide and \(10\text{ cm}\) long. Find its area.", "90 m²"),
        ("A car drives 180 km in 2 h. How fast is it?", "90 m/s"),
        ("Wie viele Schüler sind es?", "90 cm"),
        ("Combien d'élèves sont absents ?", "90 kg"),
        ("¿Cuántas páginas quedan?", "90 km"),
        ("教室里有多少人？", "90 千克"),
    ],
)
def test_a_unit_in_which_nothing_is_measured_is_not_finished(statement, response):
    grade = judged(statement, response)
    assert (grade.verdict, grade.is_unfinished) == (Verdict.INCORRECT, True)
    assert grade.feedback.code == FeedbackCode.NO_SUCH_UNIT


@pytest.mark.parametrize(
    ("statement", "response"),
    [
        (
            r"A rectangle is \(9\text{ cm}\) wide and \(10\text{ cm}\) long. Find its area.",
            "90 cm²",
        ),
        ("A car drives 180 km in 2 h. How fast is it?", "90 km/h"),
        ("How old is her grandmother?", "90 years"),
        ("How large is the angle?", "90°"),
        ("How many more metres does he run?", "90 m"),
        ("How many square centimetres is that?", "90 cm^2"),
        ("How many square centimetres is that?", "90 square centimetres"),
        ("Ein Würfel hat die Kante 3 dm. Wie groß ist das Volumen?", "90 Liter"),
        ("What does it cost?", "90 €"),
        ("How many apples are there?", "90 apples"),
        ("一个长方形长9厘米，宽10厘米，面积是多少？", "90 平方厘米"),
        ("一辆车2小时行驶180千米，平均速度是多少？", "90 千米/小时"),
        ("How far is it?", "90 km"),
    ],
)
def test_a_unit_that_fits_is_right(statement, response):
    assert judged(statement, response).verdict == Verdict.CORRECT


def test_square_units_that_are_asked_for_are_not_their_multiples():
    grade = judged("How many square centimetres is that?", "90 m^2")
    assert grade.feedback.code == FeedbackCode.OTHER_UNIT
    grade = judged(
        "How high is it in metres, with the unit (m)?", "1400 cm", "14", kind="quantity", unit="m"
    )
    assert grade.feedback.code == FeedbackCode.OTHER_UNIT
