"""Chances of one card and of one throw, named in words."""

import pytest

from tests.grading.working.marking import assert_marks

ENGLISH = "A card is drawn from a pack of 52. Find the probability that it is a king or a heart."
GERMAN = (
    "Aus einem Skatspiel mit 32 Karten wird eine Karte gezogen. Wie wahrscheinlich ist ein Ass?"
)
FRENCH = "On tire une carte dans un jeu de 32 cartes. Quelle est la probabilité d'un roi ?"
SPANISH = "Se extrae una carta de una baraja de 52 cartas. Probabilidad de as o corazón."
CHINESE = "从一副52张扑克牌中抽一张，求抽到K或红桃的概率。"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (ENGLISH, ["P(king) = 4/52", "P(heart) = 13/52 = 1/4", "P(king of hearts) = 1/52"]),
        (ENGLISH, ["P(king or heart) = 4/52 + 13/52 - 1/52 = 16/52", "= 4/13"]),
        (ENGLISH, ["P(red) = 26/52", "P(face card) = 12/52 = 3/13", "P(red king) = 2/52"]),
        (GERMAN, ["P(Ass) = 4/32", "P(Herz) = 8/32", "P(Herz-Ass) = 1/32"]),
        (FRENCH, ["P(roi) = 4/32", "P(roi ou cœur) = 11/32"]),
        (SPANISH, ["P(as) = 4/52", "P(as de corazones) = 1/52"]),
        (CHINESE, ["P(K)=4/52", "P(红桃)=13/52", "P(红桃K)=1/52"]),
        ("On lance deux dés. P(au moins un 6) ?", ["P(6) = 1/6 pour chaque dé"]),
        ("A fair die is rolled. Find the probability of a 2 or a 5.", ["P(2 or 5) = 2/6"]),
    ],
)
def test_chances_of_the_pack_are_proved(statement, lines):
    assert_marks(statement, lines)


@pytest.mark.parametrize(
    "line",
    ["P(king or heart) = 4/52 + 13/52 = 17/52", "P(heart or king) = 13/52 + 4/52"],
)
def test_a_card_counted_twice_is_named(line):
    assert_marks(ENGLISH, [(line, "counted_twice")])


@pytest.mark.parametrize("line", ["P(king) = 1/52", "P(heart) = 4/52", "P(not a king) = 4/52"])
def test_other_chances_are_not_proved(line):
    assert_marks(ENGLISH, [(line, "…")])


def test_two_drawn_cards_are_no_single_card():
    statement = "Two cards are drawn from a pack of 52 without replacement. P(two kings)?"
    assert_marks(statement, [("P(king) = 4/52 + 3/51", "…")])
