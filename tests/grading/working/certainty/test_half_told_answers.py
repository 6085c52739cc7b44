"""Right workings whose last line is read in part, and lines that are cut out of longer ones."""

import pytest

from tests.grading.working.marking import marks
from tutor.grading.comparison.decimal_commas import with_decimal_points
from tutor.grading.comparison.keys import infer_key
from tutor.grading.steps.checks import Mark
from tutor.grading.steps.claim_results import Slip
from tutor.grading.weighing.weigh import weigh
from tutor.grading.working.checker import check_working


def weighed(statement, lines, answer):
    key = infer_key(answer)
    checks = check_working(lines, statement)
    return weigh(lines, checks, statement, key, is_finished=True)


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("lado: l² = 12² + 5² = 169", "p"),
        ("lado: l = √(12² + 5²) = 13", "p"),
        ("lado: l² = 24² + 10² = 676", "r"),
        ("lado: l = 12 + 5 = 17", "r"),
    ],
)
def test_words_name_the_letter_and_not_its_square(line, mark):
    statement = "Las diagonales de un rombo miden 10 cm y 24 cm. Calcula su perímetro."
    assert marks([line], statement) == mark


@pytest.mark.parametrize(
    ("statement", "lines", "answer"),
    [
        (
            "Green paint is mixed from blue and yellow in the ratio 3 : 5. How much blue paint is "
            "in 2.4 litres of green?",
            ["8 parts → 2.4 L", "1 part → 0.3 L", "3 parts → 0.9 L blue"],
            "0.9 litres",
        ),
        (
            "El largo de un rectángulo mide 5 cm más que el ancho y su área es de 84 cm². "
            "Halla las dimensiones.",
            ["x(x+5) = 84", "x = 7  ó  x = -12 (no vale)", "ancho 7 cm, largo 12 cm"],
            "7 cm y 12 cm",
        ),
        (
            r"Resuelve \(2\sin^2x-\sin x-1=0\) en \([0,2\pi)\).",
            ["t = 1 , t = -1/2", "sen x = 1 → x = π/2", "sen x = -1/2 → x = 7π/6 , 11π/6"],
            "x = π/2, 7π/6, 11π/6",
        ),
        (
            "From a point 20 m from the foot of a tree the angle of elevation of its top is 35°. "
            "The observer's eyes are 1.6 m above the ground. How tall is the tree?",
            ["tan35° = h/20", "h = 20 tan35 = 14.0 m (1dp)", "14.0 + 1.6 = 15.6"],
            "15.6 m",
        ),
    ],
)
def test_a_right_answer_that_is_half_read_refutes_no_line(statement, lines, answer):
    checks = weighed(statement, lines, answer)
    assert Mark.REFUTED not in [check.mark for check in checks]


@pytest.mark.parametrize(
    ("statement", "lines", "answer"),
    [
        (
            "5 Maler streichen ein Haus in 12 Tagen. Wie lange brauchen 8 Maler?",
            ["5 Maler → 12 Tage", "1 Maler → 60 Tage", "8 Maler → 60 : 8 = 7.5 Tage"],
            "7.5 Tage",
        ),
        (
            r"Bestimme die Hoch- und Tiefpunkte von \(f(x)=x^3-6x^2+9x+2\).",
            [
                "f'(x) = 3x² - 12x + 9 = 0 → x = 1 oder x = 3",
                "f(1) = 6, f(3) = 2",
                "H(1|6)  T(3|2)",
            ],
            "H(1|6), T(3|2)",
        ),
        (
            r"Resuelve \(2\sin^2x-\sin x-1=0\) en \([0,2\pi)\).",
            ["sen x = 1 → x = π/2", "sen x = -1/2 → x = 7π/6 , 11π/6"],
            "x = π/2, 7π/6, 11π/6",
        ),
    ],
)
def test_a_right_answer_proves_the_last_lines(statement, lines, answer):
    checks = weighed(statement, lines, answer)
    assert all(check.mark in (Mark.PROVED, Mark.GIVEN) for check in checks[-2:])


def test_a_span_of_time_is_no_equation():
    statement = "Un train part à 14 h 35 et arrive à 17 h 20 après 220 km. Quelle est sa vitesse ?"
    lines = ["durée : de 14h35 à 17h20 = 2h45", "2h45 = 2.45 h", "v = 220 / 2.45 ≈ 89.8 km/h"]
    first, second, _ = weighed(statement, lines, "80 km/h")
    assert first.mark != Mark.REFUTED
    assert second.refuted is not None
    assert second.refuted.slip == Slip.MINUTES_AS_DECIMALS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"en \([0,2\pi)\)", r"en \([0,2\pi)\)"),
        (r"x \in (0,2\pi)", r"x \in (0,2\pi)"),
        ("auf [0,2π]", "auf [0,2π]"),
        ("sin(0,5π) = 1", "sin(0.5π) = 1"),
        ("3·(0,2π)", "3·(0.2π)"),
    ],
)
def test_the_comma_of_an_interval_to_2_pi_separates(text, expected):
    assert with_decimal_points(text) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        ("Find the values.", ["sin30° = 0.5 cos60° = 0.5"], "p"),
        (r"Solve \(4-3x>19\).", ["take 4 from both sides: -3x > 15", "x > -5"], "pr"),
        (r"Solve \(4-3x>19\).", ["take 4 away from both sides: -3x > 15", "x < -5"], "pp"),
        ("X suit B(5 ; 1/4).", ["(5 parmi 2) = 10", "(2 parmi 5) × 0.25² = 0.625"], "pp"),
        ("When do they meet?", ["LCM(16,20) = 16·20 = 320"], "r"),
        ("When do they meet?", ["lcm(16, 20) = 80", "gcd(16, 20) = 4", "ggT(16, 20) = 4"], "ppp"),
        (
            r"Calcula \(\lim_{x\to 3}\dfrac{x^2-9}{x^2-3x}\).",
            ["x=3 da 0/0", "(x+3)(x-3) / (x(x-3))", "tacho las x: queda 3"],
            "gpu",
        ),
        (
            r"Gegeben sind \(A(1|-2|4)\) und \(B(3|4|1)\). Berechne den Abstand.",
            ["AB = B - A = (3-1 | 4-2 | 1-4)"],
            "r",
        ),
        (
            r"Gegeben sind \(A(1|-2|4)\) und \(B(3|4|1)\). Berechne den Abstand.",
            ["AB = B - A = (3-1 | 4+2 | 1-4) = (2 | 6 | -3)"],
            "p",
        ),
        (
            "Berechne die Standardabweichung der Werte 4, 7, 7, 9, 13.",
            ["Abweichungen: -4 | -1 | -1 | 1 | 5", "Quadrate: 16 - 1 - 1 + 1 + 25 = 40"],
            "pr",
        ),
        (
            "Die Diagonalen einer Raute sind 16 cm und 12 cm lang. Berechne den Umfang.",
            ["Seite² = 8² + 6² = 100", "Seite = 10 cm", "U = 4·10 = 40 cm"],
            "ppp",
        ),
        (
            "Las diagonales de un rombo miden 16 cm y 12 cm. Calcula su perímetro.",
            ["lado² = 16² + 12² = 256 + 144 = 400"],
            "r",
        ),
        ("A kite has diagonals 16 cm and 12 cm. Find its side.", ["side² = 16² + 12² = 400"], "p"),
        (
            "A car drives 100 km in 2 hours. What is its speed?",
            ["v = distance / time = 100/2 = 50 km/h"],
            "p",
        ),
        (
            "Dans le triangle ABC, M est sur [AB], N sur [AC] et (MN) // (BC). AM = 3, AB = 7.5.",
            ["Thalès : AM/AB = AN/AC = MN/BC", "AM/AB = AC/AN = MN/BC"],
            "pu",
        ),
        (
            r"Racionaliza \(\frac{6}{\sqrt5-\sqrt2}\).",
            ["multiplico arriba y abajo por √5+√2"],
            "p",
        ),
    ],
)
def test_lines_are_read_whole(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "answer", "wrong"),
    [
        (
            "En un colegio hay 360 alumnos. 2/5 van en autobús y 1/3 del resto va en bici. "
            "Los demás van andando. ¿Cuántos van andando?",
            [
                "2/5 de 360 = 144",
                "360 - 144 = 216",
                "1/3 del resto = 360 : 3 = 120",
                "216-120 = 96",
            ],
            "144",
            2,
        ),
        (
            "Ein Schütze trifft mit Wahrscheinlichkeit 0.3. Er schießt viermal. Wie groß ist die "
            "Wahrscheinlichkeit für mindestens einen Treffer?",
            ["P(X=0) = 0.3^4 = 0.0081", "P(X≥1) = 1 - 0.0081 = 0.9919"],
            "0.7599",
            0,
        ),
        (
            r"Vereinfache \((3x-2)^2-(2x+1)(2x-1)\).",
            ["(3x-2)² = 9x² - 12x + 4", "zusammen: 9x² - 12x + 4 - 4x² - 1", "= 5x² - 12x + 3"],
            "5x² - 12x + 5",
            1,
        ),
        (
            r"Solve \(4-3x>19\) and write the solution as an interval.",
            ["-3x > 15", "divide by -3:  x > -5", "interval (-5, inf)"],
            "x < -5, i.e. (-inf, -5)",
            1,
        ),
    ],
)
def test_the_line_with_the_mistake_is_found(statement, lines, answer, wrong):
    refuted = [n for n, c in enumerate(weighed(statement, lines, answer)) if c.refuted]
    assert refuted[:1] == [wrong]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("S=1/2 ab sinC=1/2×5×8×√3/2=10√3", "p"),
        ("S = 1/2 ab sin C = 10√3", "p"),
        ("S = 1/2 ab sin C = 20√3", "r"),
        ("ab sin 60° = 0,866 wird gerundet", "u"),
    ],
)
def test_two_letters_before_a_sine_are_factors(line, mark):
    statement = r"In \(\triangle ABC\), \(a=5, b=8, C=60^\circ\). Find \(c\) and the area."
    assert marks([line], statement) == mark
