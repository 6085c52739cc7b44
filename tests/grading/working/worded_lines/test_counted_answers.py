"""Lines that tell a number of teams, words or numbers of several digits."""

import pytest

from tests.grading.working.marking import assert_marks, marks

ANAGRAMS = "Combien d'anagrammes le mot BANANE a-t-il ?"
COACH = "A coach picks a team of 3 from 9 players. How many different teams are possible?"
COMMITTEE = "In how many ways can a committee of 3 be chosen from 8 people?"
ZERO = "用数字0,1,2,3,4,5可以组成多少个没有重复数字的三位数？"
DIGITS = "Wie viele dreistellige Zahlen mit lauter verschiedenen Ziffern gibt es?"
LETTERS = "¿Cuántas palabras distintas se pueden formar con todas las letras de CASA?"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (ANAGRAMS, ["6! = 720", ("720 anagrammes", "repetition_forgotten")]),
        (ANAGRAMS, [("il y a 720 anagrammes", "repetition_forgotten")]),
        (COACH, ["9·8·7 = 504", ("so there are 504 different teams", "order_counted")]),
        (COMMITTEE, ["8*7*6 = 336", ("so 336 different committees", "order_counted")]),
        (LETTERS, ["4! = 24", ("se pueden formar 24 palabras", "repetition_forgotten")]),
        (ZERO, [("百位有6种选法", "leading_zero")]),
        (ZERO, [("答：120个", "leading_zero")]),
        (DIGITS, [("1. Ziffer: 10 Möglichkeiten, 2. Ziffer: 9", "leading_zero")]),
        (DIGITS, [("also 720 Zahlen", "leading_zero")]),
    ],
)
def test_a_wrong_number_is_named(statement, lines):
    assert_marks(statement, lines)


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (ANAGRAMS, ["720/(2!·2!) = 180", "il y a 180 anagrammes"]),
        (COACH, ["9·8·7 = 504", "504/6 = 84", "so there are 84 teams"]),
        (LETTERS, ["4!/2! = 12", "se pueden formar 12 palabras"]),
        (DIGITS, ["9 · 9 · 8 = 648", "also 648 Zahlen"]),
        (ZERO, ["5×5×4=100", "答：100个"]),
        ("¿Cuántos números de tres cifras distintas hay con 1, 2, 3, 4 y 5?", ["60 números"]),
    ],
)
def test_a_right_number_is_proved(statement, lines):
    assert_marks(statement, lines)


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (ANAGRAMS, ["720 anagrammes si les lettres étaient différentes", "720 : 4 = 180"]),
        (ANAGRAMS, ["6! = 720", "720 permutations"]),
        (ANAGRAMS, ["d'abord 720 anagrammes en distinguant les A et les N"]),
        (COACH, ["504 teams if the order counts", "504 : 6 = 84"]),
        (COACH, ["504 teams, but each is counted 6 times"]),
        (COACH, ["there are not 504 teams"]),
        (COMMITTEE, ["336 ways to pick one after the other", "336 : 6 = 56"]),
        (ZERO, ["百位不能是0，有5种选法", "6×5×4=120", "120-20=100"]),
        (DIGITS, ["1. Ziffer: 10 Möglichkeiten, aber nicht 0, also 9"]),
        ("How many 4-digit PINs with different digits are there?", ["1st digit: 10 choices"]),
        ("How many three-digit numbers with different digits are even?", ["first digit: 10"]),
        ("How many three-digit numbers are there?", ["9·10·10 = 900", "900 numbers"]),
    ],
)
def test_lines_that_look_alike_are_not_refuted(statement, lines):
    assert "r" not in marks(lines, statement)
