"""Measured things in LaTeX and in words: each line with its mark, or its mistake."""

from __future__ import annotations

import pytest

from tutor.grading.steps.checks import Mark
from tutor.grading.working.checker import check_working

# A line without a mistake is right; "…" stands for a line that rests on a wrong one.
WORKINGS: list[tuple[str, list[str | tuple[str, str]]]] = [
    (
        "A triangle has base \\(8\\) cm and height \\(5\\) cm. Find its area.",
        [
            "A=\\frac{1}{2}\\cdot b\\cdot h",
            "A=\\frac{1}{2}\\cdot 8\\cdot 5=20\\,\\text{cm}^2",
        ],
    ),
    (
        "A triangle has base \\(8\\,\\text{cm}\\) and height \\(5\\,\\text{cm}\\). Find its area.",
        [
            ("A=8\\cdot 5=40\\,\\mathrm{cm}^2", "half_forgotten"),
        ],
    ),
    (
        "Ein Zug fährt 156 km in 1 h 20 min. Wie groß ist seine Durchschnittsgeschwindigkeit?",
        [
            ""
            "v=\\frac{s}{t}=\\frac{156\\,\\text{km}}{\\frac{4}{3}\\,\\text{h}}=117\\,\\frac{\\text{km}}{\\text{h}}",
        ],
    ),
    (
        "Ein Zug fährt 156 km in 1 h 20 min. Wie groß ist seine Durchschnittsgeschwindigkeit?",
        [
            ("v=\\frac{156}{1.2}=130\\,\\text{km/h}", "…"),
        ],
    ),
    (
        "A cylinder has radius \\(r=3\\) cm and height \\(h=10\\) cm. Find \\(V\\).",
        [
            "V=\\pi r^2h=\\pi\\cdot 3^2\\cdot 10=90\\pi\\approx 282.7",
        ],
    ),
    (
        "A cylinder has radius \\(r=3\\) cm and height \\(h=10\\) cm. Find \\(V\\).",
        [
            ("V=\\pi\\cdot 3\\cdot 10=30\\pi", "square_forgotten"),
        ],
    ),
    (
        "Convert \\(2.5\\ \\mathrm{h}\\) to minutes.",
        [
            "2.5\\,\\text{h}=2.5\\cdot 60\\,\\text{min}=150\\,\\text{min}",
        ],
    ),
    (
        "A sum of \\$1200 is invested at 5\\% compound interest for 3 years. Find the amount.",
        [
            "A=1200(1.05)^3",
            "A=1389.15",
        ],
    ),
    (
        "A sum of \\$1200 is invested at 5\\% compound interest for 3 years. Find the amount.",
        [
            ("A=1200(1+0.05\\cdot 3)=1380", "wrong_formula"),
        ],
    ),
    (
        "A shirt costs \\$40. It is on sale for 15% off. Find the sale price.",
        [
            "40 \\cdot 0.15 = 6",
            "40 - 6 = 34",
            "sale price: $34",
        ],
    ),
    (
        "A shirt costs \\$40. It is on sale for 15% off. Find the sale price.",
        [
            "x = 0.15*40 = 6",
            "40 - x = 34",
        ],
    ),
    (
        "In \\(\\triangle ABC\\), \\(\\angle C=90^\\circ\\), \\(a=6\\), \\(b=8\\). Find \\(c\\).",
        [
            "c^2=a^2+b^2=36+64=100",
            "c=10",
        ],
    ),
    (
        "In \\(\\triangle ABC\\), \\(\\angle C=90^\\circ\\), \\(a=6\\), \\(b=8\\). Find \\(c\\).",
        [
            ("c=\\sqrt{6^2+8^2}=6+8=14", "split_root"),
        ],
    ),
    (
        "In a right triangle \\(c=10\\) and \\(\\alpha=30^\\circ\\). Find \\(a\\).",
        [
            ("\\sin\\alpha=\\frac{a}{c}", "…"),
            "a=10\\cdot\\sin 30^\\circ=5",
        ],
    ),
    (
        "A car travels at 60 km/h for 2 hours, then at 80 km/h for 3 hours. Find the "
        "average speed.",
        [
            "60·2 = 120 km",
            "80·3 = 240 km",
            "360 km : 5 h = 72 km/h",
        ],
    ),
    (
        "A car travels 120 km in 2 h and then 80 km in 1 h. Find its average speed.",
        [
            "120 + 80 = 200",
            "2 + 1 = 3",
            ("v = 200/3 ≈ 66.7 km/h", "…"),
        ],
    ),
    (
        "Water flows at 12 litres per minute. How long does it take to fill 300 litres?",
        [
            "300 : 12 = 25 min",
        ],
    ),
    (
        "A recipe for 4 people needs 300 g of flour. How much is needed for 6 people?",
        [
            "300 : 4 = 75 g",
            "75 · 6 = 450 g",
        ],
    ),
    (
        "A recipe for 4 people needs 300 g of flour. How much flour x is needed for 6 people?",
        [
            ("x = 300·4/6 = 200 g", "…"),
        ],
    ),
    (
        "Find the surface area of a sphere with diameter 10 cm.",
        [
            "r = 5",
            "S = 4π·25 = 100π ≈ 314.2 cm²",
        ],
    ),
    (
        "Find the surface area of a sphere with diameter 10 cm.",
        [
            ("S = 4π·10² = 400π", "wrong_formula"),
        ],
    ),
    (
        "Ein Rechteck hat den Umfang 30 cm und die Länge 9 cm. Berechne die Breite.",
        [
            "2·9 + 2b = 30",
            "2b = 12",
            "b = 6 cm",
        ],
    ),
    (
        "Ein Würfel hat die Oberfläche 150 cm². Berechne die Kantenlänge a.",
        [
            "6a² = 150",
            "a² = 25",
            "a = 5 cm",
        ],
    ),
    (
        "Ein Kreis hat den Flächeninhalt 50 cm². Berechne den Radius.",
        [
            "π·r² = 50",
            "r² = 50/π",
            "r ≈ 3.99 cm",
        ],
    ),
    (
        "Eine Kugel hat den Radius 2 cm. Berechne die Oberfläche.",
        [
            "O = 4·π·r² = 16π ≈ 50.27 cm²",
        ],
    ),
    (
        "一个三角形的三个角分别是x、2x、3x，求x。",
        [
            "x+2x+3x=180°",
            "6x=180°",
            "x=30°",
        ],
    ),
    (
        "一个圆的直径是8厘米，求面积。",
        [
            "r=8÷2=4（厘米）",
            "S=3.14×4²=50.24（平方厘米）",
        ],
    ),
    (
        "一个圆的直径是8厘米，求面积。",
        [
            ("S=3.14×8²=200.96（平方厘米）", "wrong_formula"),
        ],
    ),
    (
        "甲、乙两地相距240千米，汽车每小时行60千米，几小时到达？",
        [
            "240÷60=4（小时）",
            "答：4小时到达。",
        ],
    ),
    (
        "一批零件，5个工人8天完成，10个工人几天完成？",
        [
            "5×8=40",
            "40÷10=4（天）",
        ],
    ),
    (
        "Der Maßstab einer Karte ist 1:50000. Wie lang sind 4 cm in Wirklichkeit?",
        [
            "4·50000 = 200000 cm",
            "200000 cm = 2000 m = 2 km",
        ],
    ),
    (
        "Der Maßstab einer Karte ist 1:50000. Wie lang sind 4 cm in Wirklichkeit?",
        [
            ("200000 cm = 20 km", "unit_conversion"),
        ],
    ),
]


@pytest.mark.parametrize(("statement", "lines"), WORKINGS)
def test_each_line_has_its_mark(statement: str, lines: list[str | tuple[str, str]]) -> None:
    pairs = [(line, "") if isinstance(line, str) else line for line in lines]
    checks = check_working([line for line, _ in pairs], statement)
    for (line, mistake), check in zip(pairs, checks, strict=True):
        if mistake == "…":
            continue
        if mistake:
            assert check.refuted is not None, line
            assert (check.mark, check.refuted.slip) == (Mark.REFUTED, mistake), line
        else:
            assert check.mark in (Mark.PROVED, Mark.GIVEN), line
