"""Lines that say again in words or in a list what the statement or the lines before tell."""

import pytest

from tests.grading.working.marking import assert_marks, marks

SALE = (
    "In a sale all prices are reduced by 15%. A pair of trainers costs £68 in the sale."
    " What was the price before the sale?"
)
TAX = "Un móvil cuesta 242 € con el IVA del 21 % incluido. ¿Cuánto cuesta sin IVA?"
GERMAN = "Eine Hose kostet nach 20 % Rabatt 40 €. Was kostete sie vorher?"
TICKETS = (
    "Adult tickets cost $12 and child tickets cost $7. A school play sold 150 tickets for a total"
    " of $1270. How many adult tickets were sold?"
)
RECTANGLE = (
    "Un rectangle a un périmètre de 46 m. Sa longueur dépasse sa largeur de 3 m."
    " Quelle est sa largeur ?"
)
MIXTURE = (
    "200 ml of a 40% alcohol solution is mixed with 300 ml of a 10% alcohol solution."
    " What is the concentration of the mixture?"
)
CUBIC = r"Find the coordinates of the stationary points of \(y=x^3-6x^2+9x+2\)."
FOUND = ["dy/dx = 3x²-12x+9", "(x-1)(x-3)=0", "x=1 or x=3"]


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (SALE, "sale price is 85% of the original"), (SALE, "£68 is 85%"), (SALE, "68 = 85%"),
        (SALE, "68 is 85% of the original price"), (SALE, "new price = 85% of old price"),
        (TAX, "242 € es el 121 %"), (TAX, "242 € = 121 %"), (TAX, "242 corresponde al 121%"),
        (GERMAN, "40 € ≙ 80 %"), (GERMAN, "40 € entsprechen 80 %"),
        ("Après une baisse de 20 %, un jean coûte 40 €. Quel était son prix initial ?",
         "40 € représente 80 % du prix initial"),
        ("一件衣服降价20%后是160元，原价是多少？", "160元是原价的80%"),
    ],
)  # fmt: skip
def test_the_price_after_a_change_is_a_percentage_of_the_one_before(statement, line):
    assert_marks(statement, [line])


@pytest.mark.parametrize(
    "line",
    ["the original is 85% of 68", "original = 85% of the sale price", "£68 is 115%", "£68 is 15%"],
)
def test_other_percentages_of_a_price_are_not_proved(line):
    assert marks([line], SALE) in "ru"


@pytest.mark.parametrize(
    "line",
    ["a adults, 150 - a kids", "a adults and 150-a children", "adults a, kids 150 - a"],
)
def test_the_rest_may_have_another_name(line):
    assert marks([line], TICKETS) == "g"


def test_the_rest_is_of_the_number_told():
    assert marks(["a adults, 140 - a kids"], TICKETS) == "u"


@pytest.mark.parametrize("line", ["largeur l, longueur l+3", "largeur = x, longueur = x + 3"])
def test_what_exceeds_is_so_much_greater(line):
    assert marks([line], RECTANGLE) == "g"


def test_what_is_exceeded_is_not_the_greater():
    assert marks(["longueur l, largeur l+3"], RECTANGLE) == "u"


@pytest.mark.parametrize("line", ["total alcohol 110 ml", "alcohol total 110 ml", "total 110 ml"])
def test_a_total_of_something_is_the_sum_of_the_lines_before(line):
    assert_marks(MIXTURE, ["0.4 × 200 = 80 ml", "0.1 × 300 = 30 ml", line])


@pytest.mark.parametrize("line", ["total alcohol 120 ml", "total area 110"])
def test_another_total_is_not_proved(line):
    assert marks(["0.4 × 200 = 80 ml", "0.1 × 300 = 30 ml", line], MIXTURE)[2] in "ru"


@pytest.mark.parametrize(
    "line",
    [
        "points (1,6) and (3,2)", "stationary points are (1, 6) and (3, 2)", "(1,6), (3,2)",
        "Punkte (1|6) und (3|2)", "puntos (1,6) y (3,2)", "驻点为(1,6)和(3,2)",
    ],
)  # fmt: skip
def test_points_are_listed_at_the_end(line):
    assert_marks(CUBIC, [*FOUND, line])


@pytest.mark.parametrize(
    "line", ["points (1,6) and (3,5)", "points (0,2) and (3,2)", "minima (1,6) and (3,2)"]
)
def test_other_points_are_not_proved(line):
    assert marks([*FOUND, line], CUBIC)[3] in "ru"


def test_points_of_an_unproved_solution_are_not_proved():
    assert "p" not in marks(["x=0 or x=3", "points (0,2) and (3,2)"], CUBIC)


def test_the_perimeter_of_a_sector_has_two_radii():
    statement = "扇形的半径为6 cm，圆心角为120°，求扇形的面积和周长。"
    assert_marks(statement, ["周长=4π+6×2=4π+12 (cm)"])
    assert_marks(statement, [("周长=4π", "wrong_formula")])


@pytest.mark.parametrize("name", ["aire base", "aire de base", "aire de la base"])
def test_the_base_of_a_cone_is_called_in_short(name):
    statement = "Calcule le volume d'un cône de rayon 3 cm et de hauteur 10 cm."
    assert_marks(statement, [f"{name} = π × 3² = 9π cm²"])
