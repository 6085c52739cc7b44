"""Measured things in LaTeX and in words: each line with its mark, or its mistake."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import assert_marks

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
        "Ein Zug fährt 168 km in 1 h 20 min. Wie groß ist seine Durchschnittsgeschwindigkeit?",
        [
            ""
            "v=\\frac{s}{t}=\\frac{168\\,\\text{km}}{\\frac{4}{3}\\,\\text{h}}=126\\,\\frac{\\text{km}}{\\text{h}}",
        ],
    ),
    (
        "Ein Zug fährt 168 km in 1 h 20 min. Wie groß ist seine Durchschnittsgeschwindigkeit?",
        [
            ("v=\\frac{168}{1.2}=140\\,\\text{km/h}", "…"),
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
            ("x = 300·4/6 = 200 g", "inverse_ratio"),
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
            ("S = 4π·10² = 400π", "diameter_for_radius"),
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
            ("S=3.14×8²=200.96（平方厘米）", "diameter_for_radius"),
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
    (
        "A triangle has sides 3 cm, 4 cm and 5 cm. Find its perimeter and its area.",
        [
            "P = 3+4+5 = 12 cm",
            ("A = 3·4/2 = 6 cm²", "…"),
        ],
    ),
    (
        "A rectangle is 4 cm wide and 4 cm long. Find area and perimeter.",
        [
            "A = 4·4 = 16",
            "P = 4·4 = 16",
        ],
    ),
    (
        "A circle has radius 2 cm. Find area and circumference.",
        [
            "A = π·2² = 4π",
            "C = 2·π·2 = 4π",
        ],
    ),
    (
        "A cone and a cylinder have radius 3 cm and height 4 cm. Compare their volumes.",
        [
            "V1 = π·9·4 = 36π",
            "V2 = 1/3·36π = 12π",
            ("36π : 12π = 3", "…"),
        ],
    ),
    (
        "A triangle has base b = 6 and height h = 4. A rectangle has the same base and "
        "height. Compare the areas.",
        [
            "A = 6·4/2 = 12",
            ("A = 6·4 = 24", "…"),
        ],
    ),
    (
        "The side of a square is doubled from 3 cm to 6 cm. How do area and perimeter change?",
        [
            "A1 = 9",
            ("A2 = 36", "…"),
            "36/9 = 4",
        ],
    ),
    (
        "The radius of a sphere is halved. How does the volume change?",
        [
            "V = 4/3 π r³",
            ("V' = 4/3 π (r/2)³ = 1/8 · 4/3 π r³", "…"),
        ],
    ),
    (
        "A jacket costs 120 €. First it is reduced by 10 %, then by another 20 %. What "
        "is the final price?",
        [
            "120·0.9 = 108",
            "108·0.8 = 86.4",
            "price = 86.40 €",
        ],
    ),
    (
        "A jacket costs 120 €. First it is reduced by 10 %, then by another 20 %. What "
        "is the final price?",
        [
            ("x = 120·0.9 = 108", "…"),
            ("x = 108·0.8 = 86.4", "…"),
        ],
    ),
    (
        "A jacket costs 120 €. First it is reduced by 10 %, then by another 20 %. What "
        "is the final price?",
        [
            ("final price = 120·0.7 = 84", "percent_base"),
        ],
    ),
    (
        "Ein Kapital von 4000 € wird mit 3 % verzinst. Wie hoch sind die Zinsen nach einem Jahr?",
        [
            "Z = 4000·0.03 = 120 €",
        ],
    ),
    (
        "Ein Kapital von 4000 € wird mit 3 % verzinst. Wie hoch sind die Zinsen nach 5 Monaten?",
        [
            "Z = 4000·0.03·5/12 = 50 €",
        ],
    ),
    (
        "Lea trinkt 3/4 l Saft, Tom 0.5 l. Wie viel trinken sie zusammen?",
        [
            "3/4 l + 0.5 l = 1.25 l",
        ],
    ),
    (
        "Lisa is 3 times as old as Tom. Together they are 48. How old is Tom?",
        [
            "x + 3x = 48",
            "4x = 48",
            "x = 12",
        ],
    ),
    (
        "A train leaves at 8:15 and arrives at 10:40. How long does it take?",
        [
            "10:40 - 8:15 = 2 h 25 min",
        ],
    ),
    (
        "The temperature falls from 4 °C to -7 °C. By how much?",
        [
            "4 - (-7) = 11",
            "11 °C",
        ],
    ),
    (
        "A die is thrown 60 times; a six appears 12 times. Find the relative frequency.",
        [
            "12/60 = 0.2 = 20%",
        ],
    ),
    (
        "Mix 2 l of juice at 3 €/l with 3 l at 4 €/l. What does a litre of the mix cost?",
        [
            "2·3 + 3·4 = 18 €",
            "18 € : 5 l = 3.60 €/l",
        ],
    ),
    (
        "A lift carries 8 people of 75 kg each. What is their total mass?",
        [
            ("m = 8·75 = 600 kg", "…"),
        ],
    ),
    (
        "A pool is 25 m long, 10 m wide and 2 m deep. How many litres does it hold?",
        [
            "V = 25·10·2 = 500 m³",
            "500 m³ = 500000 l",
        ],
    ),
    (
        "A pool is 25 m long, 10 m wide and 2 m deep. How many litres does it hold?",
        [
            "V = 25·10·2 = 500 m³",
            ("500 m³ = 5000 l", "unit_conversion"),
        ],
    ),
    (
        "A body falls 45 m. Use s = 1/2 g t² with g = 10 m/s² to find the time.",
        [
            ("45 = 5t²", "…"),
            "t² = 9",
            "t = 3 s",
        ],
    ),
    (
        "A stone falls for 3 s. With g = 10 m/s², how far does it fall?",
        [
            ("s = 1/2·g·t²", "…"),
            ("s = 1/2·10·9 = 45 m", "…"),
        ],
    ),
    (
        "A car accelerates from 0 to 20 m/s in 5 s. Find its acceleration.",
        [
            "a = v/t = 20/5 = 4 m/s²",
        ],
    ),
    (
        "A lamp of 60 W burns for 5 hours. How much energy in kWh?",
        [
            "E = P·t",
            "E = 60 W · 5 h = 300 Wh = 0.3 kWh",
        ],
    ),
    (
        "Die Spannung beträgt 230 V, der Widerstand 46 Ω. Berechne die Stromstärke.",
        [
            "I = U/R",
            "I = 230/46 = 5 A",
        ],
    ),
    (
        "Die Spannung beträgt 230 V, der Widerstand 46 Ω. Berechne die Stromstärke.",
        [
            ("I = R/U", "inverse_ratio"),
        ],
    ),
    (
        "A pressure of 200 kPa acts on 0.5 m². Find the force.",
        [
            "F = p·A",
            "F = 200000 · 0.5 = 100000 N",
        ],
    ),
    (
        "Find the mean of 12, 15, 18 and the range.",
        [
            "45/3 = 15",
            "range: 18 - 12 = 6",
        ],
    ),
    (
        "Find the variance of 2, 4, 6.",
        [
            "mean = 4",
            "variance = (4+0+4)/3 = 8/3",
        ],
    ),
    (
        "Find the standard deviation of 2, 4, 6.",
        [
            "mean = 4",
            "s² = 8/2 = 4",
            "s = 2",
        ],
    ),
    (
        "In triangle ABC, AB = 8 cm, AC = 6 cm and angle A = 90°. Find BC.",
        [
            "BC² = 8² + 6² = 100",
            "BC = 10 cm",
        ],
    ),
    (
        "ABCD is a rectangle with AB = 8 cm and BC = 6 cm. Find AC.",
        [
            ("AC² = AB² + BC²", "…"),
            ("AC² = 64 + 36 = 100", "…"),
            "AC = 10 cm",
        ],
    ),
    (
        "The price of petrol rises from 1.60 € to 1.76 €. By what percentage?",
        [
            "1.76 - 1.60 = 0.16",
            "0.16/1.60 = 0.1 = 10%",
        ],
    ),
    (
        "A town has 24000 people. 35 % of them are under 20. How many are that?",
        [
            "24000·35/100 = 8400",
        ],
    ),
    (
        "A town has 24000 people. 35 % of them are under 20. How many are that?",
        [
            ("24000·0.35 = 840", "decimal_place"),
        ],
    ),
    (
        "Express 250 g as a percentage of 2 kg.",
        [
            "250/2000 = 0.125 = 12.5%",
        ],
    ),
    (
        "Decrease 80 by 15%.",
        [
            "80·0.85 = 68",
        ],
    ),
    (
        "Decrease 80 by 15%.",
        [
            ("80 - 15 = 65", "…"),
        ],
    ),
]


@pytest.mark.parametrize(("statement", "lines"), WORKINGS)
def test_each_line_has_its_mark(statement: str, lines: list[str | tuple[str, str]]) -> None:
    assert_marks(statement, lines)
