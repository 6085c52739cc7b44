"""Words cut short, notes on rounding and numbers of steps, as pupils put them beside formulas."""

import pytest

from tests.grading.working.marking import assert_marks, marks
from tutor.grading.working.reading import read_line

ANGLE = (
    r"Find the angle between \( \mathbf{a} = (1, 2, 2) \) and \( \mathbf{b} = (4, 0, 3) \),"
    " to 1 decimal place."
)
SINE = (
    r"Si \(\cos\alpha=-\frac35\) y \(\alpha\) está en el segundo cuadrante,"
    r" halla \(\operatorname{sen}\alpha\)."
)
TWO_CUTS = "A jacket costs 80 €. The price is cut by 15% and then by 10%. What does it cost?"
SPEED = "Change 72 km/h into m/s."


@pytest.mark.parametrize(
    "note",
    [" (1 d.p.)", " (1dp)", " to 1 dp", " [1dp]", ", 1dp", " (to 1 decimal place)", " (auf 1 NK)"],
)
def test_a_note_on_rounding_behind_degrees_is_no_factor(note):
    assert_marks(ANGLE, ["cos θ = 10/15 = 2/3", f"θ = 48.2°{note}"])


@pytest.mark.parametrize("line", ["θ = 43.2° (1dp)", "θ = 47.2°, 1dp"])
def test_a_wrong_angle_is_not_proved_by_its_note(line):
    assert "p" not in marks(["cos θ = 10/15 = 2/3", line], ANGLE)[1:]


@pytest.mark.parametrize("because", ["pq", "xq", "porq", "pcq", "cuz", "porque"])
def test_because_may_be_cut_short(because):
    assert_marks(SINE, [f"sen α=4/5 positivo {because} es 2º cuadrante"])


def test_p_times_q_is_still_a_product():
    [statement] = read_line("pq = 12").statements
    assert statement.text == "pq = 12"


@pytest.mark.parametrize("word", ["chk", "ck", "check:", "comprob"])
def test_a_check_may_be_cut_short(word):
    statement = r"Solve \(3x+2y=16\) and \(x-y=2\)."
    assert_marks(statement, ["y=2", "x = 2+2 = 4", f"{word} 3*4+2*2 = 16"])


@pytest.mark.parametrize(
    "line",
    [
        "deriv of x^2 is 2x", "deriv x^2 = 2x", "der. of x^2 is 2x", "diff of x^2 is 2x",
        "Abl. von x^2 ist 2x", "dériv de x^2 est 2x", "la deriv de x^2 es 2x",
        "deriv of x² is 2x, deriv of sin x is cos x",
        "Abl. von x² ist 2x; Abl. von sin x ist cos x",
    ],
)  # fmt: skip
def test_derivatives_of_parts_may_be_told_in_short_words(line):
    assert_marks(r"Find \( f'(x) \) if \( f(x) = x^2 \sin x \).", [line])


@pytest.mark.parametrize(
    "line", ["deriv of x^2 is x", "deriv of x² is 2x, deriv of sin x is -cos x"]
)
def test_a_wrong_derivative_in_short_words_is_not_proved(line):
    assert marks([line], r"Find \( f'(x) \) if \( f(x) = x^2 \sin x \).") in "ru"


@pytest.mark.parametrize(
    "words", ["nach 2. Senkung ", "nach der 2. Senkung", "第2次降价", "2nd cut"]
)
def test_the_number_of_a_step_is_no_factor(words):
    assert_marks(TWO_CUTS, ["80·0.85=68 €", f"{words} 68·0.9 = 61.2"])


@pytest.mark.parametrize("name", ["alter Preis in €", "Preis vorher [€]", "Preis (in €)"])
def test_a_unit_beside_a_name_is_no_factor(name):
    statement = "Nach einer Preiserhöhung um 25 % kostet ein Fahrrad 600 €. Wie viel vorher?"
    assert_marks(statement, [f"{name} = 600 : 1.25 = 480"])
    wrong = "Erhöhung in € = 25% von 600 = 150€"
    assert_marks(statement, [(wrong, "percent_base")])


@pytest.mark.parametrize(
    "line", ["1 hour=60*60=3600s", "1h=60*60=3600s", "1 Stunde = 60·60=3600s", "1 heure=3600s"]
)
def test_seconds_stand_right_behind_their_number(line):
    assert_marks(SPEED, [line])


def test_litres_in_words_may_be_l():
    statement = "Zu 6 Litern 40-prozentigem Alkohol kommt Wasser. Wie viel reiner Alkohol ist es?"
    assert_marks(statement, ["reiner Alk. = 0.4·6 = 2.4 l (bleibt gleich!)"])


@pytest.mark.parametrize("line", ["f(e)=e·ln e=e", "f(e)=e ln e=e", "f(e) = e·ln e = e"])
def test_e_behind_a_logarithm_begins_no_equation(line):
    assert_marks(r"Find the tangent to \(f(x)=x\ln x\) at \(x=e\).", [line])


@pytest.mark.parametrize(
    "line",
    [
        "longest side is 25 and 25² = 625", "the longest is 25 so 25² = 625", "最长边是25，25²=625",
        "le plus grand coté c'est 25 et 25² = 625", "el lado mayor es 25 y 25² = 625",
        "die längste Seite ist 25 und 25² = 625",
    ],
)  # fmt: skip
def test_the_longest_side_is_told_before_its_square(line):
    assert_marks("Is the triangle with sides 7, 24 and 25 right-angled?", [line])


def test_another_side_is_not_the_longest():
    statement = "Is the triangle with sides 7, 24 and 25 right-angled?"
    assert marks(["longest side is 24 and 24² = 576"], statement) == "u"
