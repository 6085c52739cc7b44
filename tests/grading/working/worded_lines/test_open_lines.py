"""Lines that formulas leave open, decided by what their words say of the statement."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks

PATIO = "A rectangular patio is 3 m longer than it is wide and covers 46.75 m². Find its width."
AGES = (
    "Nadia is four times as old as her nephew. In 6 years she will be two and a half times as old."
)
EVEN = "Das Produkt zweier aufeinanderfolgender gerader Zahlen ist 528. Bestimme sie."
ZH_AGES = "甲的年龄是乙的3倍,甲比乙大24岁。求两人的年龄。"
TICKETS = "Tickets cost $12 for adults and $7 for children. 90 people paid $830. How many adults?"
PRODUCT = r"Prove that \(n^3 - n\) is divisible by 6 for every integer \(n\)."
SUM = "Prove that the sum of two odd integers is even."
ZH_PRODUCT = r"证明：对任意整数 \(n\)，\(n^2 + n\) 是偶数。"
FRACTIONS = r"Write \(\frac{2}{x-1} + \frac{3}{x+2}\) as a single fraction."
NUMBERS = r"Calcula \(\frac56 - \frac38\)."
QUADRATIC = r"Zerlege in Faktoren: \(x^2 - 5x - 24\)."
COMPLEX = r"Write \(\frac{3+2i}{1-4i}\) in the form \(a+bi\)."
LIMIT = r"Find \(\lim_{x\to 4} \frac{x-4}{\sqrt{x+5}-3}\)."
AT_INFINITY = r"Find \(\lim_{x\to\infty} \frac{3x^2 - x}{5 - 2x^2}\)."
BEADS = "A bag has 5 red, 3 green and 4 white beads. Two are drawn without putting the first back."
SPEED = "一辆汽车以每秒22.5米的速度匀速行驶,2小时20分钟能行驶多少千米?"
CURVES = r"Where does \(y = 2x - 1\) meet \(y = x^2 - 4\)?"
ABSOLUTE = r"Solve \(|3 - x| = 2x\)."
MATRICES = r"Let \(A = \begin{pmatrix}1&2\\3&4\end{pmatrix}\). Compute 2A."
RESIDUES = r"Solve \(6x \equiv 4 \pmod{10}\)."


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (PATIO, ["width w, length w+3"], "g"),
        (PATIO, ["width w, length w-3"], "u"),
        (AGES, ["nephew n, Nadia 4n", "later: 4n + 6 = 2.5(n + 6)"], "gg"),
        (AGES, ["Nadia n, nephew 4n"], "u"),
        (EVEN, ["Zahlen: n und n+2", "n(n+2) = 528"], "gg"),
        (EVEN, ["Zahlen: n und n+1"], "r"),
        (ZH_AGES, ["设乙x岁,则甲3x岁", "甲x岁,乙3x岁"], "gu"),
        (TICKETS, ["a adults, c children", "a + c = 90", "12a + 7c = 830"], "ggg"),
        (TICKETS, ["a + c = 90", "7a + 12c = 830"], "gu"),
    ],
)
def test_names_of_quantities_are_given(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (PRODUCT, ["n^3 - n = (n-1)n(n+1)", "one of them is divisible by 3"], "pp"),
        (PRODUCT, ["n^3 - n = (n-1)n(n+1)", "so the product is divisible by 6"], "pp"),
        (PRODUCT, ["n^3 - n = (n-1)n(n+1)", "so the product is divisible by 12"], "pu"),
        (SUM, ["2a+1 + 2b+1 = 2(a+b+1)", "this is a multiple of 2, so it is even"], "pp"),
        (SUM, ["even + odd = odd", "odd + odd = odd"], "pu"),
        (ZH_PRODUCT, ["n²+n=n(n+1)", "所以n(n+1)是偶数"], "pp"),
    ],
)
def test_divisibility_is_proved_by_remainders(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (FRACTIONS, ["LCD (x-1)(x+2)", "LCD = (x-1)(x-2)"], "pu"),
        (NUMBERS, ["m.c.m.(6, 8) = 24", "LCD 48"], "pu"),
        (QUADRATIC, ["Suche zwei Zahlen: Produkt -24, Summe -5"], "p"),
        (COMPLEX, ["bottom: 1 + 16 = 17", "top: 3 + 12i + 2i + 8i² = -5 + 14i"], "pp"),
        (LIMIT, ["0/0, so use the conjugate", "(x-4)(sqrt(x+5)+3) / (x+5-9)"], "pp"),
        (AT_INFINITY, ["top becomes 3 - 1/x", "bottom becomes 5 - 2/x²"], "pu"),
    ],
)
def test_parts_of_fractions(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (BEADS, ["RR: 5/12 * 4/11 = 20/132", "GG: 3/12 * 2/11 = 6/132", "sum 26/132"], "ppp"),
        (SPEED, ["22.5米/秒=22.5×3.6=81千米/时"], "p"),
        (SPEED, ["22.5米/秒=22.5×3=67.5千米/时"], "r"),
        ("It starts at 8 am.", ["8 am + 15 h = 23:00", "8 am + 14 h = 23:00"], "pu"),
        ("Today is Monday.", ["Mon + 4 days = Friday", "Tue Wed Thu Fri"], "pp"),
        (CURVES, ["x^2 - 2x - 3 = 0", "x=3 → y=5; x=-1 → y=-3"], "pp"),
        (CURVES, ["x^2 - 2x - 3 = 0", "x=3 → y=7; x=-1 → y=-3"], "pr"),
        (ABSOLUTE, ["case A: 3 - x = 2x -> 3 = 3x -> x = 1"], "p"),
        (MATRICES, ["2A = [[2,4],[6,8]]", "2A = [[2,4],[6,4]]"], "pr"),
        (RESIDUES, ["divide by 2: 3x ≡ 2 (mod 5)", "3·2 = 6 ≡ 1", "x ≡ 4 or 9 (mod 10)"], "ppp"),
        (RESIDUES, ["x ≡ 4 or 8 (mod 10)"], "u"),
        (r"Solve \(4^x - 3 \cdot 2^x + 2 = 0\).", ["sub t = 2^x", "t^2 - 3t + 2 = 0"], "gp"),
    ],
)
def test_forms_of_lines(statement, lines, expected):
    assert marks(lines, statement) == expected


KITE = "A kite is on 26 m of string, 10 m from a girl whose hand is 1.5 m high. How high is it?"
YOGHURT = "A tub costs $5.40. Shop A offers three for the price of two, shop B gives 30% off."
TAXI = "A taxi costs 4.20 € and 2.10 € per km. Mia has 25 €. How many whole km can she go at most?"
POWERS = r"Differentiate \(y = 5x^4 - 3x^2 + 7\)."
SHOTS = "某射手每次射击命中的概率为0.7。他射击3次,求恰好命中两次的概率。"
QUIZ = "A quiz has 3 questions with 4 options each, one of them right. Tim guesses everything."
DATA = "Find the (population) variance of 2, 5, 5, 8, 10."
TEAMS = "How many different teams of 3 can be chosen from 11 players?"
LEVEL = "How many arrangements are there of the letters of the word LEVEL?"
MEMBERS = (
    "In an arithmetic sequence the 4th term is 19 and the 11th term is 54. Find the 20th term."
)
CHICKENS = "笼子里有鸡和兔共22个头，58只脚。鸡和兔各有多少只？"
DECIMALS = r"Löse die Gleichung \(0{,}4x - 1{,}7 = 2{,}3 - 0{,}6x\)."
GARDEN = "A round garden has a diameter of 14 m. Find its area."
LEGS = "The legs of a right triangle are 9 cm and 40 cm. Find the hypotenuse."
EVENTS = r"\(P(A) = 0.5\), \(P(B) = 0.4\), \(P(A \cap B) = 0.2\). Find \(P(A \cup B)\)."
EXTREMA = r"Find the local extrema of \(f(x)=x^3-6x^2+9x+2\)."
FACTORS = r"Solve \(x^2 - 3x - 40 = 0\)."
POWER_LIMIT = r"Find \(\lim_{n\to\infty}\left(1+\frac{3}{n}\right)^n\)."
INDUCTION = r"Prove by induction that \(7^n - 1\) is divisible by 6 for all \(n \ge 1\)."


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (KITE, ["24 + 1.5 = 25.5", "the kite is 25.5m up", "the kite is 24m up"], "ppu"),
        (YOGHURT, ["11.34 - 10.80 = 0.54", "Shop A wins by 54 cents"], "pp"),
        (YOGHURT, ["30% off leaves 70%", "30% off leaves 60%"], "pu"),
        (TAXI, ["4.20 + 2.10x ≤ 25", "x ≤ 9.90...", "at most 9 whole km"], "gpp"),
        (TAXI, ["4.20 + 2.10x ≤ 25", "at most 10 whole km"], "gu"),
        (POWER_LIMIT, ["1 + 3/n -> 1", "so the limit is 1"], "pr"),
        (POWERS, ["5x^4 --> 20x^3", "-3x^2 --> -6x, and 7 --> 0"], "pp"),
        (SHOTS, ["命中概率0.7,没中的概率是0.3"], "p"),
        (QUIZ, ["right: 1/4   wrong: 3/4"], "p"),
        (DATA, ["deviations -4, -1, -1, 2, 4", "deviations -4, -1, 1, 2, 4"], "pu"),
        (TEAMS, ["11 choices for the first, 10 for the second, 9 for the third"], "p"),
        (LEVEL, ["5 letters, so 5!", "number of words: 5!"], "pu"),
        (LEVEL, ["5 letters, L appears twice and E appears twice", "L twice, E three times"], "pu"),
    ],
)
def test_sentences_with_numbers(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (MEMBERS, ["7d = 54 - 19 = 35", "8d = 54 - 19 = 35"], "pr"),
        (CHICKENS, ["x+y=22 ①, 2x+4y=58 ②"], "g"),
        (DECIMALS, ["x = 4", "Probe: links 0.4·4 - 1.7 = -0.1 rechts 2.3 - 2.4 = -0.1"], "pp"),
        (GARDEN, ["A = pi*r^2", "A = pi*14^2"], "pr"),
        (LEGS, ["a^2+b^2=c^2"], "p"),
        (EVENTS, ["P(A or B) = P(A) + P(B) - P(A and B)", "P(A or B) = 0.5 + 0.4 - 0.2"], "pp"),
        (INDUCTION, ["base case 7^1 - 1 = 6 ok"], "p"),
        (DATA, ["squares: 16, 1, 1, 4, 16; sum 38", "squares: 16, 1, 1, 4, 16; sum 37"], "pu"),
        (EXTREMA, ["f''(1)=-6 <0 MAX; f''(3)=6 >0 MIN", "VZW von - nach + bei x=3: Minimum"], "pp"),
        (EXTREMA, ["left of 1 f' > 0, right of 1 f' < 0 -> max"], "p"),
        (FACTORS, ["5·(-8)=-40, 5+(-8)=-3"], "p"),
        (FACTORS, ["product -40, sum -3 → -8 and 5"], "p"),
    ],
)
def test_what_statements_tell(statement, lines, expected):
    assert marks(lines, statement) == expected
