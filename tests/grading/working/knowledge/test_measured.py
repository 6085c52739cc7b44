"""Workings of measured things: each line with its mark, or the mistake that it makes."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import assert_marks

# A line without a mistake is right; "…" stands for a line that rests on a wrong one.
WORKINGS: list[tuple[str, list[str | tuple[str, str]]]] = [
    (
        "Ein Rechteck ist 8 cm lang und 5 cm breit. Berechne Umfang und Flächeninhalt.",
        [
            "U = 2·(a+b)",
            "U = 2·(8 cm + 5 cm) = 26 cm",
            "A = a·b = 8 cm · 5 cm = 40 cm²",
        ],
    ),
    (
        "Ein Rechteck ist 8 cm lang und 5 cm breit. Berechne den Umfang.",
        [
            ("U = 8+5 = 13 cm", "wrong_formula"),
        ],
    ),
    (
        "A rectangle is 12 m long and 7 m wide. Find its area.",
        [
            "Area = l × w",
            "= 12 × 7",
            "= 84 m²",
        ],
    ),
    (
        "A rectangle is 12 m long and 7 m wide. Find its area.",
        [
            ("A = 2(12+7) = 38", "wrong_formula"),
        ],
    ),
    (
        "Un triángulo tiene base 14 cm y altura 9 cm. Un paralelogramo de base 7 cm tiene la misma "
        "área. ¿Cuánto mide su altura?",
        [
            "área del triángulo: 14·9/2 = 63 cm²",
        ],
    ),
    (
        "A triangle has base 14 cm and height 9 cm. A parallelogram with base 7 cm has the same "
        "area. What is its height?",
        [
            ("area of the triangle: 14 * 9 = 126 cm²", "half_forgotten"),
        ],
    ),
    (
        "An equilateral triangle has sides of 6 cm. Find its area.",
        [
            "area of the triangle = √3/4 · 36 = 9√3",
        ],
    ),
    (
        "A triangle has a base of 10 cm and a height of 6 cm. What is its area?",
        [
            "area = 0.5 × 10 × 6 = 30 cm²",
        ],
    ),
    (
        "A triangle has a base of 10 cm and a height of 6 cm. What is its area?",
        [
            ("Area = 10 × 6 = 60 cm²", "half_forgotten"),
        ],
    ),
    (
        "三角形的底是8厘米，高是5厘米，求面积。",
        [
            "S=ah÷2",
            "=8×5÷2",
            "=20（平方厘米）",
            "答：面积是20平方厘米。",
        ],
    ),
    (
        "三角形的底是8厘米，高是5厘米，求面积。",
        [
            ("S=8×5=40（平方厘米）", "half_forgotten"),
        ],
    ),
    (
        "Calcule el área de un círculo de radio 4 cm.",
        [
            "A = π·r²",
            "A = π·4² = 16π",
            "A ≈ 50.27 cm²",
        ],
    ),
    (
        "Calcule el área de un círculo de radio 4 cm.",
        [
            ("A = 2·π·r", "wrong_formula"),
        ],
    ),
    (
        "Calculer l'aire d'un disque de rayon 5 cm.",
        [
            "A = π × r²",
            "A = π × 25",
            "A ≈ 78.5 cm²",
        ],
    ),
    (
        "A circle has diameter 10 cm. Find its area.",
        [
            "r = 5 cm",
            "A = π·5² = 25π",
            "A ≈ 78.54 cm²",
        ],
    ),
    (
        "A circle has diameter 10 cm. Find its area.",
        [
            ("A = π·10² = 100π", "diameter_for_radius"),
        ],
    ),
    (
        "Ein Kreis hat den Radius r = 3 cm. Berechne den Umfang.",
        [
            "U = 2·π·r",
            "U = 2·π·3 cm",
            "U ≈ 18.85 cm",
        ],
    ),
    (
        "Ein Kreis hat den Radius r = 3 cm. Berechne den Umfang.",
        [
            ("U = π·r² = 28.27 cm", "wrong_formula"),
        ],
    ),
    (
        "Find the volume of a cone with radius 3 cm and height 7 cm.",
        [
            "V = 1/3 πr²h",
            "V = 1/3 × π × 9 × 7",
            "V = 21π ≈ 65.97 cm³",
        ],
    ),
    (
        "Find the volume of a cone with radius 3 cm and height 7 cm.",
        [
            ("V = π × 3² × 7 = 63π", "wrong_formula"),
        ],
    ),
    (
        "A sphere has radius 6 cm. Find its volume.",
        [
            "V = 4/3 π r^3",
            "V = 4/3 π * 216",
            "V = 288π",
            "V = 904.8 cm³",
        ],
    ),
    (
        "A sphere has radius 6 cm. Find its volume.",
        [
            "V = 4/3 π r^3",
            ("V = 4/3 π * 18 = 24π", "power_as_product"),
        ],
    ),
    (
        "Ein Würfel hat die Kantenlänge 4 cm. Berechne Volumen und Oberfläche.",
        [
            "V = a³ = 4³ = 64 cm³",
            "O = 6·a² = 6·16 = 96 cm²",
        ],
    ),
    (
        "Ein Würfel hat die Kantenlänge 4 cm. Berechne das Volumen.",
        [
            ("V = 4³ = 12 cm³", "power_as_product"),
        ],
    ),
    (
        "A box measures 4 cm by 5 cm by 6 cm. Find its volume and its surface area.",
        [
            "V = 4·5·6 = 120 cm³",
            "surface area = 2(20+24+30) = 148 cm²",
        ],
    ),
    (
        "In a right triangle the legs are 6 cm and 8 cm long. Find the hypotenuse.",
        [
            "c² = a² + b²",
            "c² = 36 + 64 = 100",
            "c = 10 cm",
        ],
    ),
    (
        "In a right triangle the legs are 6 cm and 8 cm long. Find the hypotenuse.",
        [
            "c² = 36 + 64 = 100",
            ("c = 50", "root_as_division"),
        ],
    ),
    (
        "In a right triangle the legs are 6 cm and 8 cm long. Find the hypotenuse.",
        [
            ("c = 6² + 8² = 100", "root_forgotten"),
        ],
    ),
    (
        "In a right triangle the legs are 6 cm and 8 cm long. Find the hypotenuse.",
        [
            ("c = √(6²+8²) = 6+8 = 14", "split_root"),
        ],
    ),
    (
        "Eine 5 m lange Leiter lehnt an einer Wand. Ihr Fuß steht 3 m von der Wand "
        "entfernt. Wie hoch reicht sie?",
        [
            "h² + 3² = 5²",
            "h² = 25 - 9 = 16",
            "h = 4 m",
        ],
    ),
    (
        "Eine 5 m lange Leiter lehnt an einer Wand. Ihr Fuß steht 3 m von der Wand "
        "entfernt. Wie hoch reicht sie?",
        [
            ("h² = 5² + 3²", "hypotenuse"),
        ],
    ),
    (
        "From a point 30 m from a tower its top is seen at an angle of 40°. Find the "
        "height of the tower.",
        [
            "tan 40° = h/30",
            "h = 30·tan 40°",
            "h = 25.2 m",
        ],
    ),
    (
        "From a point 30 m from a tower its top is seen at an angle of 40°. Find the "
        "height of the tower.",
        [
            ("sin 40° = h/30", "wrong_ratio"),
        ],
    ),
    (
        "Two angles of a triangle are 50° and 60°. Find the third.",
        [
            "180° - 50° - 60° = 70°",
        ],
    ),
    (
        "Two angles of a triangle are 50° and 60°. Find the third angle x.",
        [
            "x = 180 - 50 - 60",
            "x = 70",
        ],
    ),
    (
        "Two angles of a triangle are 50° and 60°. Find the third angle x.",
        [
            ("x = 360 - 50 - 60 = 250", "wrong_formula"),
        ],
    ),
    (
        "A car drives at 80 km/h for 2.5 hours. How far does it go?",
        [
            "s = v·t",
            "s = 80·2.5 = 200 km",
        ],
    ),
    (
        "A car drives at 80 km/h for 2.5 hours. How far does it go?",
        [
            ("s = v/t", "wrong_formula"),
        ],
    ),
    (
        "A car drives at 80 km/h for 2.5 hours. How far does it go?",
        [
            ("distance = 80 ÷ 2.5 = 32 km", "wrong_formula"),
        ],
    ),
    (
        "Un coureur parcourt 100 m en 12.5 s. Calculer sa vitesse en m/s puis en km/h.",
        [
            "v = d/t = 100/12.5 = 8 m/s",
            "8 m/s = 28.8 km/h",
        ],
    ),
    (
        "Un coureur parcourt 100 m en 12.5 s. Calculer sa vitesse.",
        [
            ("v = 12.5/100 = 0.125 m/s", "inverse_ratio"),
        ],
    ),
    (
        "一列火车2小时行驶180千米，求速度。",
        [
            "v=s÷t",
            "180÷2=90（千米/时）",
        ],
    ),
    (
        "A body of mass 5 kg is accelerated at 3 m/s². Find the force.",
        [
            "F = m·a",
            "F = 5 kg · 3 m/s² = 15 N",
        ],
    ),
    (
        "A body of mass 5 kg is accelerated at 3 m/s². Find the force.",
        [
            ("F = m/a = 5/3", "wrong_formula"),
        ],
    ),
    (
        "Ein Stein hat die Masse 540 g und das Volumen 200 cm³. Berechne seine Dichte.",
        [
            "ρ = m : V",
            "ρ = 540 g : 200 cm³ = 2.7 g/cm³",
        ],
    ),
    (
        "A jacket costs 80 €. It is reduced by 25 %. What is the new price?",
        [
            "25% of 80 = 20",
            "80 - 20 = 60",
            "new price: 60 €",
        ],
    ),
    (
        "A jacket costs 80 €. It is reduced by 25 %. What is the new price?",
        [
            "80 * 0.75 = 60",
        ],
    ),
    (
        "A jacket costs 80 €. It is reduced by 25 %. What is the new price?",
        [
            "0.25 · 80 = 20",
            ("new price = 80 + 20 = 100", "lost_sign"),
        ],
    ),
    (
        "Der Preis von 250 € steigt um 12 %. Berechne den neuen Preis.",
        [
            "12 % von 250 € = 30 €",
            "250 € + 30 € = 280 €",
        ],
    ),
    (
        "Der Preis von 250 € steigt um 12 %. Berechne den neuen Preis.",
        [
            "250 · 1.12 = 280",
            "Der neue Preis beträgt 280 €.",
        ],
    ),
    (
        "Der Preis von 250 € steigt um 12 %. Berechne den neuen Preis.",
        [
            ("12 % von 250 = 3", "decimal_place"),
        ],
    ),
    (
        "30 % of a number is 45. Find the number x.",
        [
            "0.3x = 45",
            "x = 45/0.3 = 150",
        ],
    ),
    (
        "15 of 60 students are absent. What percentage is that?",
        [
            "15/60 = 0.25",
            "0.25 = 25%",
        ],
    ),
    (
        "15 of 60 students are absent. What percentage is that?",
        [
            "15/60 × 100 = 25%",
        ],
    ),
    (
        "15 of 60 students are absent. What percentage is that?",
        [
            ("percentage = 60/15 = 4", "inverse_ratio"),
        ],
    ),
    (
        "5000 € are invested at 2 % compound interest per year for 3 years. Find the balance.",
        [
            "5000·1.02³ = 5306.04",
        ],
    ),
    (
        "5000 € are invested at 2 % compound interest per year for 3 years. Find the balance.",
        [
            "K = 5000·(1+0.02)^3",
            "K = 5306.04 €",
        ],
    ),
    (
        "5000 € are invested at 2 % compound interest per year for 3 years. Find the balance.",
        [
            ("K = 5000·(1+3·0.02) = 5300", "wrong_formula"),
        ],
    ),
    (
        "5000 € are invested at 2 % compound interest per year for 3 years. Find the balance.",
        [
            ("K = 5000·1.2^3 = 8640", "decimal_place"),
        ],
    ),
    (
        "将5000元存入银行，年利率2%，复利，3年后本利和是多少？",
        [
            "5000×(1+2%)³≈5306.04（元）",
        ],
    ),
    (
        "Share 120 in the ratio 2:3. Find the larger share.",
        [
            "2+3=5",
            "120÷5=24",
            "24×3=72",
            "larger share = 72",
        ],
    ),
    (
        "Share 120 in the ratio 2:3. Find the larger share.",
        [
            ("larger share = 120 × 2/3 = 80", "part_for_whole"),
        ],
    ),
    (
        "3 kg of apples cost 7.50 €. How much do 5 kg cost?",
        [
            "7.50 : 3 = 2.50",
            "2.50 · 5 = 12.50",
            "5 kg cost 12.50 €",
        ],
    ),
    (
        "3 kg of apples cost 7.50 €. How much do 5 kg cost?",
        [
            ("x = 7.5*3/5 = 4.5", "inverse_ratio"),
        ],
    ),
    (
        "Find the mean of 3, 5, 8, 12.",
        [
            "(3+5+8+12)/4 = 28/4 = 7",
            "mean = 7",
        ],
    ),
    (
        "Find the mean of 3, 5, 8, 12.",
        [
            "3+5+8+12 = 28",
            ("mean = 28/3 = 9.33", "wrong_count"),
        ],
    ),
    (
        "Find the median of 7, 3, 9, 5, 1.",
        [
            "1, 3, 5, 7, 9",
            "median = 5",
        ],
    ),
    (
        "Find the median of 7, 3, 9, 5, 1.",
        [
            ("median = 9", "not_sorted"),
        ],
    ),
    (
        "求数据3，5，8，12的平均数。",
        [
            "平均数=(3+5+8+12)÷4=7",
        ],
    ),
    (
        "Calcula la media de 4, 6, 8, 10.",
        [
            "media = (4+6+8+10)/4 = 7",
        ],
    ),
    (
        "Calcule la moyenne de 10, 12, 17.",
        [
            "moyenne = 39/3 = 13",
        ],
    ),
    (
        "Calculate 3 + 4·5.",
        [
            "3 + 4·5",
            ("= 7·5", "order_of_operations"),
        ],
    ),
    (
        "Berechne 20 - 12 : 4.",
        [
            ("20 - 12 : 4 = 8 : 4 = 2", "order_of_operations"),
        ],
    ),
    (
        "Calculate 1.5 - 0.75 : 0.5.",
        [
            "1.5-0.75:0.5",
            ("=0.75:0.5", "order_of_operations"),
            ("=1.5", "…"),
        ],
    ),
    (
        "Tom has 35 stickers and buys 3 packs of 12. How many has he?",
        [
            "3·12=36",
            "36+35=71",
            "He has 71 stickers.",
        ],
    ),
    (
        "Tom has 35 stickers and buys 3 packs of 12. How many has he?",
        [
            ("3·12=36+35=71", "running_equals"),
        ],
    ),
    (
        "小明有35张贴纸，又买了3包，每包12张。现在有多少张？",
        [
            "3×12=36（张）",
            "36+35=71（张）",
            "答：现在有71张。",
        ],
    ),
    (
        "Wandle 2 h 30 min in Stunden um.",
        [
            "2 h 30 min = 2.5 h",
        ],
    ),
    (
        "Wandle 2 h 30 min in Stunden um.",
        [
            ("2 h 30 min = 2.3 h", "minutes_as_decimals"),
        ],
    ),
    (
        "Convert 72 km/h to m/s.",
        [
            "72 km/h = 72000 m / 3600 s = 20 m/s",
        ],
    ),
    (
        "Convert 72 km/h to m/s.",
        [
            "72 km/h = 72/3.6 m/s = 20 m/s",
        ],
    ),
    (
        "Convert 72 km/h to m/s.",
        [
            "72 : 3.6 = 20",
            "72 km/h = 20 m/s",
        ],
    ),
    (
        "Convert 72 km/h to m/s.",
        [
            ("72·3.6 = 259.2 m/s", "unit_conversion"),
        ],
    ),
    (
        "Convertir 3.2 m en cm.",
        [
            "3.2 × 100 = 320",
            "3.2 m = 320 cm",
        ],
    ),
    (
        "Ein Trapez hat die parallelen Seiten a = 8 cm und c = 4 cm und die Höhe h = 5 "
        "cm. Berechne die Fläche.",
        [
            "A = (a+c)/2 · h",
            "A = (8+4)/2 · 5",
            "A = 6 · 5 = 30 cm²",
        ],
    ),
    (
        "Ein Trapez hat die parallelen Seiten a = 8 cm und c = 4 cm und die Höhe h = 5 "
        "cm. Berechne die Fläche.",
        [
            ("A = (8+4)·5 = 60 cm²", "half_forgotten"),
        ],
    ),
    (
        "Find the arc length of a sector with radius 9 cm and angle 40°.",
        [
            "40/360 = 1/9",
            "s = 1/9 · 2π · 9 = 2π",
            "s ≈ 6.28 cm",
        ],
    ),
    (
        "The sides of two similar rectangles are in the ratio 2:3. The smaller one has "
        "area 20 cm². Find the area of the larger one.",
        [
            "k = 3/2",
            "20·(3/2)² = 45",
        ],
    ),
    (
        "The sides of two similar rectangles are in the ratio 2:3. The smaller one has "
        "area 20 cm². Find the area of the larger one.",
        [
            ("area = 20·3/2 = 30 cm²", "square_forgotten"),
        ],
    ),
    (
        "Cobalt has a half-life of 5 years. 80 g are stored. How much is left after 15 years?",
        [
            "80·(1/2)^(15/5) = 80/8 = 10 g",
        ],
    ),
    (
        "Cobalt has a half-life of 5 years. 80 g are stored. How much is left after 15 years?",
        [
            ("N = 80·(1/2)^(5/15) = 63.5 g", "inverse_ratio"),
        ],
    ),
    (
        "A water tank is 2 m long, 1 m wide and 80 cm high. Find its volume in litres.",
        [
            "V = 2·1·0.8 = 1.6 m³",
            "1.6 m³ = 1600 l",
        ],
    ),
    (
        "A water tank is 2 m long, 1 m wide and 80 cm high. Find its volume in m³.",
        [
            "80 cm = 0.8 m",
            "V = 2 m · 1 m · 0.8 m = 1.6 m³",
        ],
    ),
    (
        "4 workers need 6 days. How long do 3 workers need?",
        [
            "4·6 = 24",
            "24/3 = 8 days",
        ],
    ),
    (
        "4 workers need 6 days. How long do 3 workers need?",
        [
            ("x = 6·3/4 = 4.5", "inverse_ratio"),
        ],
    ),
    (
        "In triangle ABC, a = 7, b = 9 and C = 50°. Find c.",
        [
            "c² = a² + b² - 2ab cos C",
            "c² = 49 + 81 - 126 cos 50°",
            "c² ≈ 49.01",
            "c ≈ 7.00",
        ],
    ),
    (
        "In triangle ABC, a = 7, b = 9 and C = 50°. Find c.",
        [
            ("c² = a² + b² + 2ab cos C", "lost_sign"),
        ],
    ),
]


@pytest.mark.parametrize(("statement", "lines"), WORKINGS)
def test_each_line_has_its_mark(statement: str, lines: list[str | tuple[str, str]]) -> None:
    assert_marks(statement, lines)
