"""Currencies with a dot behind an amount, rands and CFA francs, and names that end with a dot."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks

VELO = (
    "Ein Velo kostet Fr. 1250. Im Ausverkauf gibt es \\( 18\\,\\% \\) Rabatt."
    " Wie viel muss man noch bezahlen?"
)
INTEREST = (
    "Ein Guthaben von Fr. 4000 wird zu \\( 1.5\\,\\% \\) verzinst. Berechne den Zins für 8 Monate."
)
SHOES = "School shoes cost R480 before VAT of 15%. Calculate the price including VAT."
RENT = "Sipho buys 3 pens at R12.50 each. How much change does he get from R50?"
RICE = "50 kg de riz coûtent 20 000 FCFA et sont revendus 475 FCFA le kg. Quel est le bénéfice ?"
MARKS = "Voici les notes : \\( 12 ; 15 ; 9 ; 14 ; 10 \\). Calcule la moyenne et l'étendue."
MEAN = "Berechne das arithmetische Mittel von 4, 8, 9."
DIVISION = "Berechne \\( 112 : 20 \\) mit Rest."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (VELO, ["1% = 12.50 Fr.", "18% = 18 · 12.50 Fr. = 225 Fr."]),
        (VELO, ["1250 Fr. - 225 Fr. = 1025 Fr."]),
        (VELO, ["1250 Fr. : 100 · 18 = 225 Fr. Rabatt", "1250 - 225 = 1025 Fr. bleiben"]),
        (SHOES, ["R480 + R72 = R552"]),
        (RENT, ["3 × R12.50 = R37.50", "R50 - R37.50 = R12.50"]),
        (RICE, ["50 × 475 = 23 750 F", "23 750 F - 20 000 F = 3 750 F CFA"]),
        (MARKS, ["étendue = 15 - 9 = 6"]),
        (MEAN, ["4 + 8 + 9 = 21", "Durchschn. = 21 : 3 = 7"]),
        (DIVISION, ["112 : 20 = 5 R12"]),
    ],
)
def test_lines_with_short_names_are_proved(statement: str, lines: list[str]) -> None:
    assert set(marks(lines, statement)) <= set("pg"), lines


@pytest.mark.parametrize(
    ("statement", "lines", "letters"),
    [
        (VELO, ["18 · 12.50 Fr. = 215 Fr."], "r"),
        (RENT, ["3 × R12.50 = R36.50"], "r"),
        (RICE, ["50 × 475 = 22 750 F"], "r"),
        (MEAN, ["4 + 8 + 9 = 21", "Durchschn. = 21 : 3 = 8"], "pr"),
    ],
)
def test_wrong_arithmetic_with_short_names_is_refuted(
    statement: str, lines: list[str], letters: str
) -> None:
    assert marks(lines, statement) == letters


@pytest.mark.parametrize(
    "line",
    [
        "Jahreszins: 4000 : 100 · 1.5 = 60 Fr.",
        "Zins: 4000 : 100 · 1.5 = 60",
        "Zins 4000 : 100 · 1.5 = 60",
        "Zins für ein Jahr: 4000 : 100 · 1.5 = 60 Fr.",
    ],
)
def test_a_colon_behind_a_named_amount_divides(line: str) -> None:
    assert marks([line], INTEREST) == "p"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (MARKS, ["somme : 12 + 15 + 9 + 14 + 10 = 60", "moy. = 60/5 = 12"]),
        (MARKS, ["12 + 15 + 9 + 14 + 10 = 60", "Moyen. : 60/5 = 12"]),
        ("Wie viel Prozent sind 3 von 4?", ["Anteil 3 : 4 · 100 = 75"]),
        (SHOES, ["VAT = 15/100 x 480"]),
        (SHOES, ["VAT = 0.15 × 480 = 72"]),
    ],
)
def test_lines_that_are_right_are_not_refuted(statement: str, lines: list[str]) -> None:
    assert "r" not in marks(lines, statement)


def test_tax_of_a_price_that_has_it_is_refuted() -> None:
    statement = "A phone costs $230 including 15% tax. How much was it without the tax?"
    assert marks(["tax = 0.15 × 230 = 34.50"], statement) == "r"


def test_a_colon_behind_a_small_count_is_a_label() -> None:
    lines = ["time 1 : 30/60 = 0.5", "time 2 : 40/80 = 0.5"]
    assert marks(lines, "A car drives 30 km at 60 km/h, and 40 km at 80 km/h. How long?") == "pp"
