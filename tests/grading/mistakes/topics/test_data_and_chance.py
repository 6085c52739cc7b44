"""Averages, numbers of ways, probabilities."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName as N

MEDIAN = r"Find the median of \(4, 15, 1, 9, 6, 20\)."
ODD_MEDIAN = "Bestimme den Median der Werte 8, 3, 12, 5, 7."
MEAN = "Calculer la moyenne de 4, 9, 11, 16."
RANGE = r"What is the range of \(7, 2, 19, 4\)?"
TABLE = (
    "In a shop 4 pens cost 1 euro, 3 pens cost 2 euros and 1 pen costs 6 euros. Find "
    "the mean price."
)
CHINESE_TABLE = (
    "某班同学：13 岁的有 2 人，14 岁的有 6 人，15 岁的有 2 人，17 岁的有 2 人。求平均年龄。"
)
FIFTH = (
    "Nach vier Klausuren mit 11, 8, 9 und 12 Punkten will Eva einen Durchschnitt von "
    "11. Wie viele Punkte braucht sie in der fünften?"
)
JOINS = "The mean height of 5 players is 180 cm. A player of 192 cm joins. What is the new mean?"


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        (MEDIAN, "7.5", "5", N.NOT_SORTED),
        (MEDIAN, "7.5", "6", N.MIDDLE_VALUE_ALONE),
        (MEDIAN, "7.5", "9", N.MIDDLE_VALUE_ALONE),
        (MEDIAN, "7.5", "55/6", N.OTHER_STATISTIC),
        (MEDIAN, "7.5", "19", N.OTHER_STATISTIC),
        (MEDIAN, "7.5", "8", None),
        (ODD_MEDIAN, "7", "12", N.NOT_SORTED),
        (ODD_MEDIAN, "7", "3", N.POSITION_FOR_VALUE),
        (MEAN, "10", "40", N.STOPPED_EARLY),
        (MEAN, "10", "12", N.OTHER_STATISTIC),
        (RANGE, "17", "3", N.NOT_SORTED),
        (RANGE, "17", "19", N.STOPPED_EARLY),
        (TABLE, "2", "3", N.FREQUENCIES_IGNORED),
        (TABLE, "2", "16", N.STOPPED_EARLY),
        (TABLE, "2", "1", N.OTHER_STATISTIC),
        (CHINESE_TABLE, "14.5", "14.75", N.FREQUENCIES_IGNORED),
        (CHINESE_TABLE, "14.5", "14", N.OTHER_STATISTIC),
        (FIFTH, "15", "12", N.DIFFERENCE_NOT_MULTIPLIED),
        (FIFTH, "15", "10", N.STOPPED_EARLY),
        (FIFTH, "15", "18", None),
        (JOINS, "182", "186", N.FREQUENCIES_IGNORED),
    ],
)
def test_averages(statement: str, value: str, response: str, name: N | None) -> None:
    assert mistake(statement, value, response) == name


TEAM = "How many teams of 4 can be chosen from 9 players?"
MEDALS = "Auf wie viele Arten können 10 Läufer die ersten 3 Plätze belegen?"
HANDSHAKES = "Seven friends shake hands, each with each other. How many handshakes are there?"
SHELF = "In wie vielen Reihenfolgen können 5 Kinder in einer Reihe stehen?"
WORD = r"How many arrangements are there of the letters of the word LEVEL?"
MENU = "A menu has 3 starters, 5 main courses and 2 desserts. How many menus are there?"
PIN = "How many PIN codes of 4 digits are there?"
OFFICERS = "In how many ways can 9 people choose a president and a secretary?"
THREE_DIGITS = (
    "Wie viele dreistellige Zahlen kann man aus den Ziffern 1 bis 6 ohne Wiederholung bilden?"
)
CLUBS = "Of 40 pupils 20 sing, 17 dance and 6 do both. How many do neither?"
MIXED = "2 of 5 boys and 2 of 6 girls are chosen. In how many ways?"
TABLE_SEATS = "In how many ways can 6 people sit around a round table?"


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        (TEAM, "126", "3024", N.PERMUTATIONS_FOR_COMBINATIONS),
        (TEAM, "126", "6561", N.WITH_FOR_WITHOUT_REPLACEMENT),
        (TEAM, "126", "36", N.COUNTING_FORMULA),
        (TEAM, "126", "140", None),
        (MEDALS, "720", "120", N.PERMUTATIONS_FOR_COMBINATIONS),
        (MEDALS, "720", "1000", N.WITH_FOR_WITHOUT_REPLACEMENT),
        (HANDSHAKES, "21", "42", N.PERMUTATIONS_FOR_COMBINATIONS),
        (HANDSHAKES, "21", "49", N.WITH_FOR_WITHOUT_REPLACEMENT),
        (HANDSHAKES, "21", "14", N.COUNTING_FORMULA),
        (SHELF, "120", "25", N.COUNTING_FORMULA),
        (SHELF, "120", "3125", N.WITH_FOR_WITHOUT_REPLACEMENT),
        (WORD, "30", "120", N.COUNTING_FORMULA),
        (MENU, "30", "10", N.ADDED_INSTEAD_OF_MULTIPLIED),
        (MENU, "30", "15", N.STOPPED_EARLY),
        (PIN, "10000", "5040", N.WITH_FOR_WITHOUT_REPLACEMENT),
        (PIN, "10000", "40", N.COUNTING_FORMULA),
        (PIN, "10000", "1048576", N.BASE_AND_EXPONENT_SWAPPED),
        (OFFICERS, "72", "36", N.PERMUTATIONS_FOR_COMBINATIONS),
        (THREE_DIGITS, "120", "216", N.WITH_FOR_WITHOUT_REPLACEMENT),
        (CLUBS, "9", "31", N.STOPPED_EARLY),
        (CLUBS, "9", "3", N.INTERSECTION_NOT_SUBTRACTED),
        (MIXED, "150", "25", N.ADDED_INSTEAD_OF_MULTIPLIED),
        (MIXED, "150", "330", N.CONDITION_NOT_USED),
        (TABLE_SEATS, "120", "720", N.COUNTING_FORMULA),
    ],
)
def test_numbers_of_ways(statement: str, value: str, response: str, name: N | None) -> None:
    assert mistake(statement, value, response) == name


BALLS = (
    "A bag holds 6 red and 4 green balls. Two are drawn without replacement. Find the"
    " probability that both are green."
)
BACK = (
    "Aus einer Urne mit 3 weißen und 2 schwarzen Kugeln wird zweimal mit Zurücklegen "
    "gezogen. Wie groß ist die Wahrscheinlichkeit für zwei weiße?"
)
ONE_EACH = "袋中有 4 个红球和 6 个白球，一次摸出两个球，一红一白的概率是多少？"
SINGLE = (
    "Une urne contient 5 boules rouges et 7 boules bleues. Probabilité de tirer une boule rouge ?"
)
HEADS = "A coin is tossed four times. What is the probability of at least one tail?"
TWO_HEADS = "A coin is tossed 3 times. What is the probability of exactly 2 heads?"
DICE = "Two dice are thrown. What is the probability that the sum is 5?"
ALL_SIX = (
    "Ein Würfel wird dreimal geworfen. Wie groß ist die Wahrscheinlichkeit, dass "
    "immer eine Sechs fällt?"
)
UNION = r"\(P(A) = 0.5\), \(P(B) = 0.4\), \(P(A \cap B) = 0.2\). Find \(P(A \cup B)\)."
IN_FRENCH = (
    r"On sait que \(P(A) = 0{,}35\) et \(P(B) = 0{,}4\), indépendants. Probabilité de A et B ?"
)
GIVEN = (
    r"\(P(A \cap B) = 0.12\), \(P(A) = 0.4\) and \(P(B) = 0.3\). Find the probability of B given A."
)
MACHINES = (
    "Machine A makes 60 % of the parts and 5 % of its parts are faulty; of the parts "
    "of machine B, 10 % are faulty. What is the probability that a part is faulty?"
)
PUPILS = (
    "Of 30 pupils 18 are girls; 12 of the girls play tennis. A girl is chosen. What "
    "is the probability that she plays tennis?"
)


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        (BALLS, "2/15", "4/25", N.WITH_FOR_WITHOUT_REPLACEMENT),
        (BALLS, "2/15", "2/5", N.STOPPED_EARLY),
        (BALLS, "2/15", "1/15", N.PERMUTATIONS_FOR_COMBINATIONS),
        (BALLS, "2/15", "3/17", None),
        (BACK, "9/25", "3/10", N.WITH_FOR_WITHOUT_REPLACEMENT),
        (BACK, "9/25", "6/5", N.ADDED_INSTEAD_OF_MULTIPLIED),
        (ONE_EACH, "8/15", "4/15", N.ORDER_IGNORED),
        (ONE_EACH, "8/15", "1/3", N.OUTCOMES_NOT_EQUALLY_LIKELY),
        (ONE_EACH, "8/15", "12/25", N.WITH_FOR_WITHOUT_REPLACEMENT),
        (SINGLE, "5/12", "5/7", N.PART_FOR_WHOLE_RATIO),
        (SINGLE, "5/12", "7/12", N.COMPLEMENT_FORGOTTEN),
        (SINGLE, "5/12", "1/2", N.OUTCOMES_NOT_EQUALLY_LIKELY),
        (HEADS, "15/16", "1/16", N.COMPLEMENT_FORGOTTEN),
        (HEADS, "15/16", "1/4", N.EXACTLY_FOR_AT_LEAST),
        (HEADS, "15/16", "2", N.INTERSECTION_NOT_SUBTRACTED),
        (TWO_HEADS, "3/8", "1/8", N.ORDER_IGNORED),
        (TWO_HEADS, "3/8", "1/2", N.EXACTLY_FOR_AT_LEAST),
        (DICE, "1/9", "1/11", N.OUTCOMES_NOT_EQUALLY_LIKELY),
        (DICE, "1/9", "2/21", N.ORDER_IGNORED),
        (DICE, "1/9", "1/18", N.ORDER_IGNORED),
        (ALL_SIX, "1/216", "1/2", N.ADDED_INSTEAD_OF_MULTIPLIED),
        (UNION, "0.7", "0.9", N.INTERSECTION_NOT_SUBTRACTED),
        (UNION, "0.7", "0.3", N.COMPLEMENT_FORGOTTEN),
        (IN_FRENCH, "0.14", "0,75", N.ADDED_INSTEAD_OF_MULTIPLIED),
        (GIVEN, "0.3", "0.4", N.WRONG_CONDITION),
        (GIVEN, "0.3", "0.12", N.WRONG_CONDITION),
        (MACHINES, "0.07", "0.15", N.FREQUENCIES_IGNORED),
        (MACHINES, "0.07", "0.03", N.STOPPED_EARLY),
        (MACHINES, "0.07", "0.08", N.WRONG_CONDITION),
        (PUPILS, "2/3", "2/5", N.WRONG_CONDITION),
    ],
)
def test_probabilities(statement: str, value: str, response: str, name: N | None) -> None:
    assert mistake(statement, value, response) == name
