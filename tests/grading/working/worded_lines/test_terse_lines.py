"""Short lines of chats, as pupils type them in five languages."""

import pytest

from tests.grading.working.marking import marks

INTEGRAL = r"Evaluate \(\int_1^2\left(2x+\frac{1}{x^2}\right)dx\)."


@pytest.mark.parametrize(
    "line",
    [
        "2x的原函数:x²",
        "1/x²的原函数是-1/x",
        "the antiderivative of 2x is x^2",
        "Stammfunktion von 2x ist x² + C",
        "primitive de 2x : x²",
        "la primitiva de 2x es x²",
        "antideriv x^2 - 1/x",
        "d/dx of x^2 is 2x",
        "Ableitung von x² ist 2x",
        "la dérivée de x² est 2x",
        "la derivada de sen x es cos x",
        "x²的导数是2x",
    ],
)
def test_functions_and_their_derivatives_in_words_are_proved(line: str) -> None:
    assert marks([line], INTEGRAL) == "p"


@pytest.mark.parametrize(
    "line",
    [
        "1/x²的原函数:1/x",
        "an antiderivative of 2x is x²/2",
        "the derivative of sin x is -cos x",
        "x²的导数是x",
    ],
)
def test_wrong_functions_in_words_are_refuted(line: str) -> None:
    assert marks([line], INTEGRAL) == "r"


@pytest.mark.parametrize(
    "line",
    ["derivative of y is 0", "derivative of the cost is 5", "the derivative of 3x is not 3x",
     "原函数 x²+1/x"],
)  # fmt: skip
def test_other_words_of_derivatives_are_open(line: str) -> None:
    assert marks([line], INTEGRAL) == "u"


def test_an_antiderivative_in_the_letter_that_was_put_in() -> None:
    statement = r"Evaluate \(\int_0^1 2x(x^2+1)^3\,dx\)."
    assert marks(["u=x^2+1, du=2x dx", "antideriv u^4/4"], statement) == "pp"
    assert marks(["u=x^2+1, du=2x dx", "antideriv u^4"], statement) == "pu"


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("suma 11: (5,6) (6,5)", "p"),
        ("和为11：(5,6)，(6,5)", "p"),
        ("sum of 11: (5,6),(6,5) → 2", "p"),
        ("Summe 12: (6|6)", "p"),
        ("suma 11: (5,6)", "u"),
        ("suma 11: (5,6) (6,5) (6,6)", "u"),
    ],
)
def test_the_outcomes_of_one_sum(line: str, mark: str) -> None:
    statement = "Two dice are thrown. Find the probability that the sum is 10 or more."
    assert marks([line], statement) == mark


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("sortiert: 4 4 6 7 9 12", "p"),
        ("6 Werte → Median in der Mitte von 6 und 7, also 6.5", "p"),
        ("median between 6 and 7, so 6.5", "p"),
        ("mediana entre 6 y 7 → 6.5", "p"),
        ("sortiert: 4 6 7 9 12", "u"),
        ("sortiert: 4 4 6 7 12 9", "u"),
        ("median between 6 and 7 so 8", "u"),
    ],
)
def test_sorted_data_and_their_median(line: str, mark: str) -> None:
    statement = r"Bestimme den Median der Werte \(4,\ 9,\ 6,\ 7,\ 4,\ 12\)."
    assert marks([line], statement) == mark


def test_deviations_by_their_short_name() -> None:
    statement = r"Calcula la varianza de \(2,\ 4,\ 4,\ 6,\ 9\)."
    assert marks(["desv: −3, −1, −1, 1, 4"], statement) == "p"
    assert marks(["desv: −3, −1, −1, 1, 5"], statement) == "r"


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("4, 7, 10, 13...", "p"),
        ("4 7 10 13 …", "p"),
        ("4; 7; 10; 13; etc.", "p"),
        ("4, 7, 10, 14...", "u"),
    ],
)
def test_the_first_members_of_a_sequence(line: str, mark: str) -> None:
    statement = r"En una progresión aritmética \(a_1=4\) y \(d=3\). Halla \(a_{20}\)."
    assert marks([line], statement) == mark


TANGENT = (
    r"Soit \(f(x)=x^3-3x+2\). Donner l'équation de la tangente à la courbe de \(f\) au point"
    r" d'abscisse \(2\)."
)


@pytest.mark.parametrize("line", ["T : y = 9(x−2) + 4", "(T) : y = 9(x-2)+4", "y = 4 + 9(x-2)"])
def test_the_tangent_that_is_asked_for(line: str) -> None:
    assert marks(["f'(2)=9", "f(2)=4", line], TANGENT) == "ppp"


@pytest.mark.parametrize("line", ["T: y = 9(x−2) + 3", "y=8(x-2)+4", "tangente: y = 9(x+2)+4"])
def test_another_line_is_no_tangent(line: str) -> None:
    assert marks(["f'(2)=9", "f(2)=4", line], TANGENT)[-1] in "ug"


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("x²−9 = (x−3)(x+3) y x²−3x = x(x−3)", "p"),
        ("x²−9 = (x−3)(x+3) y x²−3x = x(x−2)", "r"),
    ],
)
def test_two_equations_joined_by_a_spanish_y(line: str, mark: str) -> None:
    assert marks([line], r"Calcula \(\lim_{x\to 3}\frac{x^2-9}{x^2-3x}\).") == mark


@pytest.mark.parametrize(
    ("statement", "line", "mark"),
    [
        ("Find the area of a circle of radius 4 cm.", "aire en cm² : π × 4² = 16π", "p"),
        ("A coat of 80 € gets 15% dearer.", "+15% → ×1.15 : 80×1.15 = 92", "p"),
        ("A coat of 80 € gets 15% dearer.", "+15% : 80×1.15 = 92", "p"),
        ("A coat of 80 € gets 15% dearer.", "+15% : 80×1.15 = 93", "r"),
        ("Two cars meet at 90 km/h and 110 km/h.", "se acercan a 90 + 110 = 200 km/h", "p"),
        ("Two cars meet at 90 km/h and 110 km/h.", "se acercan a 90 + 110 = 210 km/h", "r"),
    ],
)
def test_a_calculation_behind_a_label(statement: str, line: str, mark: str) -> None:
    assert marks([line], statement) == mark


def test_an_integral_in_a_chain_without_blanks() -> None:
    statement = r"计算 \(\int_0^1 xe^x\,dx\)。"
    assert marks(["∫xe^x dx=xe^x-∫e^x dx=xe^x-e^x+C"], statement) == "p"
    assert marks(["∫xe^x dx=xe^x+∫e^x dx=xe^x+e^x+C"], statement) == "r"


DRAWS = {
    "en": "A bag holds 5 red and 3 blue counters. Two are taken without replacement. Find the"
    " probability that both are red.",
    "zh": "袋中有5个红球和3个白球,不放回地依次取出2个球,求两个都是红球的概率。",
    "fr": "Une urne contient 5 boules rouges et 3 boules blanches. On en tire deux sans remise.",
    "de": "In einer Urne sind 5 rote und 3 blaue Kugeln. Zwei werden ohne Zurücklegen gezogen.",
    "es": "Una urna tiene 5 bolas rojas y 3 azules. Se sacan dos sin reemplazo.",
}


@pytest.mark.parametrize(
    ("language", "line", "mark"),
    [
        ("en", "P(first red) = 5/8", "p"),
        ("en", "8 counters in total, 5 red", "p"),
        ("zh", "第一次红:5/8", "p"),
        ("zh", "共8个球,红5个", "p"),
        ("fr", "P(1ère rouge) = 5/8", "p"),
        ("fr", "8 boules dont 5 rouges", "p"),
        ("de", "1. Kugel rot: 5/8", "p"),
        ("de", "insgesamt 8 Kugeln, davon 5 rot", "p"),
        ("es", "P(1ª roja) = 5/8", "p"),
        ("en", "P(first red) = 3/8", "u"),
        ("en", "P(first not red) = 5/8", "u"),
        ("en", "second red: 5/8", "u"),
        ("zh", "第一次红:3/8", "u"),
        ("zh", "共9个球,红5个", "u"),
    ],
)
def test_counted_balls_and_the_first_draw(language: str, line: str, mark: str) -> None:
    assert marks([line], DRAWS[language]) == mark


CYLINDER = (
    r"Ein Zylinder hat den Radius \(r=3\) cm und die Höhe \(h=8\) cm. Berechne Volumen und"
    r" Oberfläche."
)
SAVINGS = (
    r"Se depositan 2000 € al \(5\,\%\) anual de interés compuesto. ¿Cuánto dinero hay a los 3 años?"
)
COMMITTEES = "¿Cuántos comités de 3 personas se pueden formar con 8 personas?"
TRIANGLE = (
    r"In einem rechtwinkligen Dreieck ist die Hypotenuse \(12\) cm lang, ein Winkel beträgt"
    r" \(35^\circ\). Wie lang ist die Gegenkathete dieses Winkels?"
)


@pytest.mark.parametrize(
    ("statement", "line", "mark"),
    [
        (SAVINGS, "C=2000, r=0.05, t=3", "g"),
        (SAVINGS, "C = 2000, i = 0.05, n = 3", "g"),
        (SAVINGS, "i = 0.05", "g"),
        (SAVINGS, "K=2000€, p=5%, n=3", "g"),
        (SAVINGS, "C=2000, r=0.5, t=3", "u"),
        (SAVINGS, "C=2000, r=1.05, t=3", "u"),
        (COMMITTEES, "n=8, cojo 3", "g"),
        (COMMITTEES, "n = 8 y k = 3", "g"),
        (COMMITTEES, "n=8, k=4", "u"),
        (TRIANGLE, "Hyp = 12cm, α = 35°, GK = x gesucht", "g"),
        (TRIANGLE, "Hyp = 13cm, α = 35°, GK = x gesucht", "u"),
        (TRIANGLE, "Hyp = 12cm, α = 53°, GK = x", "u"),
    ],
)
def test_letters_for_what_the_statement_gives(statement: str, line: str, mark: str) -> None:
    assert marks([line], statement) == mark


@pytest.mark.parametrize(
    ("statement", "line", "mark"),
    [
        ("Differentiate x²·e^x.", "Produktregel: (uv)' = u'v + uv'", "g"),
        ("Differentiate x²·e^x.", "(uv)' = u'v - uv'", "u"),
        ("Differentiate x²·e^x.", "(uv)' = u'v'", "u"),
        ("A car drives 3 h at 80 km/h. How far?", "distance = speed x time", "g"),
        ("A car drives 3 h at 80 km/h. How far?", "distance = speed/time", "u"),
        ("La luz viaja a 300000 km/s. ¿Cuánto tarda?", "t = e/v", "g"),
        ("La luz viaja a 300000 km/s. ¿Cuánto tarda?", "t = v/e", "u"),
        (CYLINDER, "O = 2·Grundfläche + Mantel", "g"),
        (CYLINDER, "O = Grundfläche + Mantel", "u"),
    ],
)
def test_rules_in_letters_and_words(statement: str, line: str, mark: str) -> None:
    assert marks([line], statement) == mark


@pytest.mark.parametrize(
    ("statement", "before", "line", "mark"),
    [
        ("A circle has a diameter of 6 dm. Find its area.", [], "semicírc: d=6 → r=3", "p"),
        ("A circle has a diameter of 6 dm. Find its area.", [], "d=6, also r=3", "p"),
        ("A circle has a diameter of 6 dm. Find its area.", [], "d=6 → r=4", "u"),
        (r"Solve \(x^2-x-6=0\).", ["D = 25"], "(1±5)/2 → da 3 y −2", "p"),
        (r"Solve \(x^2-x-6=0\).", [], "(1±5)/2 → 3 y 2", "u"),
        (r"Solve \(x^2-x-6=0\).", [], "(1±7)/2 → 4 y -3", "u"),
        (r"Solve \(x^2-5x+6<0\).", [], "x = (5±√(25−24))/2 = (5±1)/2 → 2 y 3", "p"),
        (r"Evaluate \(\int_0^1 2x(x^2+1)^3\,dx\).", ["u=x^2+1"], "x=0 → u=1, x=1 → u=2", "p"),
        (r"Evaluate \(\int_0^1 2x(x^2+1)^3\,dx\).", ["u=x^2+1"], "x=0 → u=1, x=1 → u=3", "u"),
        (r"Solve \(2\cos x+1=0\).", ["cos x = -1/2"], "áng. de ref. 60°", "p"),
        (r"Solve \(2\cos x+1=0\).", ["cos x = -1/2"], "basic angle π/3", "p"),
        (r"Solve \(2\cos x+1=0\).", ["cos x = -1/2"], "Bezugswinkel 30°", "u"),
        (r"Solve \(2\sin x-\sqrt{3}=0\).", ["sin x = √3/2"], "basic angle 60°", "p"),
        (r"\(\vec a=(2,-1)\)，\(\vec b=(3,k)\)，\(\vec a\perp\vec b\)", [], "因为a⊥b", "g"),
        (r"Löse \(\frac{x^2}{x-3}=\frac{9}{x-3}\).", [], "| ·(x-3) → x² = 9", "p"),
        (r"Löse \(\frac{x^2}{x-3}=\frac{9}{x-3}\).", [], "| ·(x-3) → x² = 3", "r"),
    ],
)  # fmt: skip
def test_short_steps(statement: str, before: list[str], line: str, mark: str) -> None:
    assert marks([*before, line], statement)[-1] == mark


AGES = (
    "Un padre tiene 40 años y su hijo 10. ¿Dentro de cuántos años tendrá el padre el doble de la"
    " edad del hijo?"
)
COFFEE = (
    "Se mezcla café de 8 €/kg con café de 12 €/kg para obtener 20 kg a 9 €/kg. ¿Cuántos kg de cada"
    " clase hacen falta?"
)
PUMPS = "Pumpe A leert ein Becken in 6 Stunden, Pumpe B in 3 Stunden. Wie lange brauchen beide?"
SON = "Ein Vater ist dreimal so alt wie sein Sohn. In 12 Jahren ist er doppelt so alt wie dieser."


@pytest.mark.parametrize(
    ("statement", "line", "mark"),
    [
        (AGES, "padre 40+x, hijo 10+x", "g"),
        (AGES, "padre 10+x, hijo 40+x", "u"),
        (AGES, "padre 40+x, hijo 12+x", "u"),
        (COFFEE, "x = kg del barato, 20 - x = kg del caro", "g"),
        (COFFEE, "x = kg del barato, 12 - x = kg del caro", "u"),
        (PUMPS, "A schafft pro h 1/6, B pro h 1/3", "p"),
        (PUMPS, "A: 1/6, B: 1/3", "p"),
        (PUMPS, "A schafft pro h 1/3, B pro h 1/6", "u"),
        (SON, "Sohn: s   Vater: 3s", "g"),
        (SON, "Sohn: s   Vater: 2s", "u"),
    ],
)
def test_amounts_with_the_unknown(statement: str, line: str, mark: str) -> None:
    assert marks([line], statement) == mark


ILL = (
    r"Une maladie touche \(1\,\%\) d'une population. Un test est positif pour \(95\,\%\) des"
    r" malades et pour \(10\,\%\) des non-malades. Une personne a un test positif. Quelle est la"
    r" probabilité qu'elle soit malade ?"
)


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("arbre : P(M∩T) = 0.01×0.95 = 0.0095", "p"),
        ("P_T(M) = 0.0095/0.1085 ≈ 0.088", "p"),
        ("P(M∩T) = 0.01×0.1 = 0.001", "u"),
        ("P_T(M) = 0.95", "u"),
        ("P_M(T) = 0.0095/0.1085", "u"),
    ],
)
def test_chances_of_two_branches(line: str, mark: str) -> None:
    assert marks([line], ILL) == mark


def test_the_chance_that_the_first_one_has_not_the_colour() -> None:
    assert marks(["P(first not red) = 3/8"], DRAWS["en"]) == "p"
    assert marks(["P(first not red) = 5/8"], DRAWS["en"]) == "u"
