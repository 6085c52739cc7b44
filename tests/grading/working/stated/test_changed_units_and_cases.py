"""Right lines that were taken for wrong: with cut decimals, other units, names and bases."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (
            r"把循环小数 \(0.1\dot{6}\) 化成分数。",
            ["设x=0.1666…", "10x=1.666…  ①", "100x=16.666…  ②", "②-①得 90x=15", "x=15/90=1/6"],
        ),
        (
            r"解方程 \(|x-1|+|x+2|=5\)。",
            ["①当x<-2时", "1-x-x-2=5", "-2x=6,x=-3", "②当-2≤x≤1时", "1-x+x+2=3≠5,无解",
             "③当x>1时", "x-1+x+2=5", "2x=4,x=2", "综上,x=-3或x=2"],
        ),
        (
            "The region under y = e^x between 0 and ln 3 is rotated about the x-axis.",
            ["V = π ∫ y^2 dx = π ∫ e^(2x) dx from 0 to ln3", "= π [ e^(2x)/2 ]"],
        ),
        (
            "Ein Rad hat 70 cm Durchmesser. Wie oft dreht es sich auf 1.1 km?",
            ["geg: d=70cm=0.7m, s=1.1km=1100m", "u=pi*d=pi*0.7≈2.199m"],
        ),
        (
            "Eine quadratische Pyramide hat a = 6 cm und h = 4 cm. Berechne ihre Mantelfläche.",
            ["h1²=h²+(a/2)²=16+9=25, h1=5cm", "M=4*a*h1/2=4*6*5/2=60cm²"],
        ),
        (
            r"已知 \(\log 2\approx0.3010\)、\(\log 3\approx0.4771\),解 \(3^x=20\)。",
            ["log20=log2+log10≈0.3010+1=1.3010", "x≈1.3010/0.4771≈2.73"],
        ),
        (r"Löse \(x^2-6x+5=0\).", ["x1/2 = 3 ± √(9-5)", "x1/2 = 3 ± 2", "x1 = 5, x2 = 1"]),
    ],
)  # fmt: skip
def test_right_lines_are_not_refuted(statement, lines):
    assert "r" not in marks(lines, statement)


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        ("Calculate log 2 + log 10.", ["log2+log10≈0.3010+2"]),
        ("A wheel has a diameter of 70 cm. How far is one turn?", ["u=pi*70=2199"]),
        (r"Solve \(3x = 20\).", ["x=20/4=5"]),
    ],
)
def test_wrong_ones_are(statement, lines):
    assert marks(lines, statement)[-1] == "r"
