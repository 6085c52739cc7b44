"""A line that names what it works out is proved only where that has this value."""

import pytest

from tests.grading.working.marking import marks

_SINE = "Löse \\(\\sin x=-0.5\\) für \\(0^\\circ\\le x\\le 360^\\circ\\)."
_MONTHS = "Ein Kapital von 9000 € wird zu 2 % verzinst. Berechne den Zins für 4 Monate."
_INTERVAL = "求函数 \\(y=x^2-4x+9\\)（\\(3\\le x\\le 6\\)）的最小值。"


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("2. Lsg: 180° - 30° = 150°", "r"),
        ("2. Lösung: 180° + 30° = 210°", "p"),
        ("2nd solution: 360 - 30 = 330", "p"),
        ("solution 1: 180 - 30 = 150", "r"),
        ("Lösung: 180° - 30° = 150°", "u"),  # it may be the heading of all that follows
        ("180° - 30° = 150°", "p"),
    ],
)
def test_a_solution(line: str, mark: str) -> None:
    assert marks([line], _SINE) == mark


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("Zins: 180 : 4 = 45 €", "r"),
        ("Zinsen: 9000·0.02·4 = 720 €", "r"),
        ("Zins für 4 Monate: 180 : 4 = 45 €", "u"),
        ("Zins für 4 Monate: 180·4/12 = 60 €", "p"),
        ("Jahreszins: 9000·0.02 = 180 €", "p"),
        ("Zinsen: 60 €", "p"),
    ],
)
def test_interest_of_some_months(line: str, mark: str) -> None:
    assert marks([line], _MONTHS) == mark


def test_interest_on_interest_within_a_year() -> None:
    statement = (
        "€1000 earns 1% interest per month, compounded monthly. Find the amount after 6 months."
    )
    assert marks(["A = 1000·1.01^6 = 1061.52"], statement) == "p"


def test_an_amount_with_an_apostrophe() -> None:
    statement = "Ein Kapital von Fr. 14'400.– wird zu 1.5 % pro Jahr angelegt. Zins nach 5 Monaten?"
    assert marks(["Der Zins beträgt Fr. 90.–"], statement) == "p"


def test_the_smallest_value_on_an_interval() -> None:
    assert marks(["y=(x-2)²+5", "最小值是5"], _INTERVAL) == "pr"
    assert marks(["y=(x-2)²+5", "当x=2时取最小值"], _INTERVAL) == "pu"
    assert marks(["y=(x-2)²+5", "最小值是6"], _INTERVAL) == "pp"


def test_the_smallest_value_of_another_letter() -> None:
    statement = "求函数 \\( y = 9^x - 4\\cdot 3^x + 7 \\)（\\( 1 \\le x \\le 2 \\)）的最小值。"
    assert marks(["令t=3^x，则y=t²-4t+7=(t-2)²+3", "当t=2时y取最小值"], statement)[1] == "u"


def test_a_place_that_is_called_the_greatest_value() -> None:
    statement = "Find the maximum value of \\(8x-x^2\\)."
    assert marks(["8-2x=0", "x=4", "maximum value = 4"], statement) == "gpu"
    assert marks(["8-2x=0", "x=4", "x=4 gives 16"], statement)[:2] == "gp"


def test_a_new_letter_for_a_calculation_is_not_given() -> None:
    statement = (
        "Ein Kreis mit dem Flächeninhalt 5 cm² wird mit dem Faktor 4 vergrößert. Neue Fläche?"
    )
    assert marks(["A' = 4·5 = 20 cm²"], statement) == "u"
    assert marks(["u = 3x, u' = 3"], "Differentiate \\(y = 3x e^x\\).") in "gp"
