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
        (EVEN, ["Zahlen: n und n+1"], "u"),
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
        (SPEED, ["22.5米/秒=22.5×3=67.5千米/时"], "u"),
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
