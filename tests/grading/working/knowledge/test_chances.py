"""Probabilities and counts in students' working."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks, refuted_check

URN = "A bag has 4 red and 6 blue balls. Two balls are drawn without replacement. Both are red?"
URNE = "In einer Urne sind 4 rote und 6 blaue Kugeln. Es werden zwei Kugeln ohne Zurücklegen"
URNE += " gezogen. Mit welcher Wahrscheinlichkeit sind beide rot?"
SIX = "A fair die is thrown three times. Find the probability of at least one six."
COIN = "Eine Münze wird viermal geworfen. Wie wahrscheinlich ist jedes Mal Kopf?"
TEST = "2 % of people are ill. A test is positive for 90 % of the ill and 5 % of the healthy."
SPECIFIC = (
    "1 % are ill. A test is positive for 95 % of the ill and negative for 90 % of the healthy."
)
WORD = "How many ways are there to arrange the letters of BANANA?"
TEAM = "How many teams of 3 can be chosen from 8 players?"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (URN, ["P(RR) = 4/10 * 3/9 = 12/90 = 2/15"]),
        (URN, ["P = C(4,2)/C(10,2) = 6/45"]),
        (URNE, ["P(rot, rot) = 4/10 * 3/9"]),
        (SIX, ["P(no six) = (5/6)^3 = 125/216", "P(at least one six) = 1 - 125/216 = 91/216"]),
        (COIN, ["P = (1/2)^4 = 1/16"]),
        (TEST, ["P(+) = 0.02*0.9 + 0.98*0.05", "= 0.067", "P(ill|+) = 0.018/0.067 = 0.2687"]),
        (WORD, ["number of ways = 6!/(3!*2!) = 60"]),
        (TEAM, ["number of teams = 8*7*6/6 = 56"]),
    ],
)
def test_right_workings_are_not_refuted(statement: str, lines: list[str]) -> None:
    assert "r" not in marks(lines, statement)
    assert marks(lines, statement)[0] == "p"


@pytest.mark.parametrize(
    ("statement", "line", "slip"),
    [
        (URN, "P(RR) = 4/10 * 4/10", "with_replacement"),
        (URNE, "P = (4/10)^2", "with_replacement"),
        (URN, "P = 4/10 + 3/9", "added_probabilities"),
        (SIX, "P = 3*1/6", "added_probabilities"),
        (COIN, "P = 1/2+1/2+1/2+1/2", "sum_for_product"),
        (TEST, "P(+) = 0.02*0.9 + 0.98*0.95", "wrong_branch"),
        (WORD, "number of ways = 6!", "repetition_forgotten"),
        (TEAM, "number of teams = 8*7*6", "order_counted"),
    ],
)
def test_usual_mistakes_are_named(statement: str, line: str, slip: str) -> None:
    assert refuted_check([line], statement).refuted.slip == slip


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (SPECIFIC, "P(+) = 0.01*0.95 + 0.99*0.1"),
        (SIX, "P(no 1, no 2, no 3) = 1/2"),
        (URN, "P(first red) = 4/10"),
        ("A captain and a deputy are chosen from 7 players. How many ways?", "ways = 7*6"),
        ("How many ways can 8 players stand in a row?", "ways = 8!"),
    ],
)
def test_other_events_are_not_refuted(statement: str, line: str) -> None:
    assert marks([line], statement) != "r"


def test_another_probability_may_have_the_same_letter() -> None:
    statement = "A fair coin is thrown three times. Find the probability of heads at least once."
    lines = ["P = 1-(1/2)^3 = 7/8", "P = 3*1/2*1/2*1/2 = 3/8"]
    assert "r" not in marks(lines, statement)


CARDS = "Of 12 cards, 5 are red. Two cards are taken without putting the first one back."
CARDS += " What is the probability that both are red?"
KUGELN = "In einer Urne sind 12 Kugeln, davon 5 rote. Es werden 2 Kugeln ohne Zurücklegen gezogen."
KUGELN += " Wie groß ist die Wahrscheinlichkeit, dass beide rot sind?"
BOULES = "Une urne contient 12 boules dont 5 rouges. On tire 2 boules sans remise. Quelle est la"
BOULES += " probabilité que les deux soient rouges ?"
BOLAS = "De 12 bolas, 5 son rojas. Se sacan 2 sin reposición. ¿Cuál es la probabilidad de que"
BOLAS += " ambas sean rojas?"
BALLS = "袋中有12个球，其中5个红球。不放回地取出两个球，求两个都是红球的概率。"
DIE = "A fair die is thrown 4 times. Find the probability of at least one six."


@pytest.mark.parametrize("statement", [CARDS, KUGELN, BOULES, BOLAS, BALLS])
def test_a_part_of_a_total_is_read(statement: str) -> None:
    assert marks(["P = 5/12 · 4/11 = 5/33"], statement) == "p"
    assert marks(["P = 5/12 · 5/12 = 25/144"], statement) == "r"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (CARDS, "P(both red) = 5/12 · 5/12"),
        (DIE, "at least one: 1/6 + 1/6 + 1/6 + 1/6"),
        (DIE, "at least one six: 1/6 + 1/6 + 1/6 + 1/6 = 2/3"),
        (DIE, "1/6 + 1/6 + 1/6 + 1/6 = 4/6"),
        ("一枚骰子掷4次，求至少一次六点的概率。", "1/6+1/6+1/6+1/6=2/3"),
    ],
)
def test_each_time_the_same_chance_is_refuted(statement: str, line: str) -> None:
    assert marks([line], statement) == "r"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (CARDS, ["P(first red) = 5/12", "P(second red) = 4/11", "P(both red) = 20/132"]),
        (CARDS, ["7/12 · 6/11 = 42/132", "5/12 · 7/11 = 35/132"]),
        (CARDS.replace("without putting the first one back", "with replacement"), ["(5/12)²"]),
        ("Of 12 cards, 5 are red. One is taken at random. Is it red?", ["P = 5/12"]),
        ("A bag of 12 marbles and 5 red buttons. Two are taken without replacement.", ["5/17"]),
        (DIE, ["P(no six) = (5/6)^4", "P(at least one six) = 1 - 625/1296"]),
        (DIE, ["not at least one: 5/6 · 5/6 · 5/6 · 5/6"]),
        (DIE, ["1/6 + 5/36 + 25/216 + 125/1296"]),
        ("Two dice are thrown. P(at least one six)?", ["1/6 + 1/6 = 1/3", "1/3 - 1/36 = 11/36"]),
        ("A die is thrown 4 times. How many sixes on average?", ["1/6 + 1/6 + 1/6 + 1/6 = 2/3"]),
    ],
)
def test_right_chances_that_look_alike_are_not_refuted(statement: str, lines: list[str]) -> None:
    assert "r" not in marks(lines, statement)


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (
            "X is binomial with n = 6 and p = 0.25. Find P(X = 4).",
            ["P(X=4) = C(6,4) * 0.25^4 * 0.75^2", "= 15 * 0.25^4 * 0.75^2"],
            "pp",
        ),
        (
            "X ist binomialverteilt mit n = 7 und p = 0.3. Berechne P(X = 3).",
            ["P(X=3) = (7 über 3) · 0.3^3 · 0.7^4"],
            "p",
        ),
        ("X ~ B(8, 1/4). 二项分布，求 P(X=2)。", ["P(X=2) = C(8,2)·(1/4)^2·(3/4)^6"], "p"),
        (
            "X is binomial with n = 6 and p = 0.25. Find P(X = 4).",
            ["P(X=4) = 0.25^4 * 0.75^2"],
            "r",
        ),
    ],
)
def test_chances_of_hits(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "line", "mark"),
    [
        ("同时抛掷3枚均匀硬币，恰好有2枚正面朝上的概率是多少？", "总共有 3×2=6 种情况", "r"),
        ("Three coins are tossed. Find P(exactly 2 heads).", "total: 3·2 = 6 outcomes", "r"),
        ("Three coins are tossed. Find P(exactly 2 heads).", "so 3·2 = 6", "p"),
        ("同时掷两枚质地均匀的骰子，点数之和为8的概率是多少？", "一共6×6=36种等可能结果", "p"),
        ("Two dice are thrown. How likely is a double?", "possible outcomes: 6·6 = 36", "p"),
    ],
)
def test_all_outcomes_of_coins_and_dice_are_a_power(statement: str, line: str, mark: str) -> None:
    assert marks([line], statement) == mark


def test_a_law_is_not_expected_of_what_the_statement_gives() -> None:
    statement = r"\(v_0=3\,\mathrm{m/s}\), \(a=2\,\mathrm{m/s^2}\). Find the way in 6 s."
    lines = ["v₀=3, a=2, t=6", "s=v₀t+½at²", "s=3×6+½×2×6²", "s=18+36=54 m"]
    assert "r" not in marks(lines, statement)
    assert marks([*lines[:2], "s=3×6+½×2×6"], statement)[2] == "r"
