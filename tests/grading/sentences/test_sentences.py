"""Right answers at the end of a sentence, however it leads to them; and wrong ones beside them."""

from dataclasses import replace
from itertools import permutations

import pytest

from tutor.grading import Verdict, grade_response, infer_key, read_key


def verdict_on(value, response, *, decimal_comma=False, **options):
    key = read_key({"value": value, **options}) if options else infer_key(value)
    return grade_response(response, replace(key, decimal_comma=decimal_comma)).verdict


@pytest.mark.parametrize(
    ("value", "response"),
    [
        ("2/3", "its 2/3 becuse both divide by 42 😊"),
        ("10", "its 10 cos thats half way between 8 and 12"),
        ("x=7 or x=-7", "7 and -7 bc (-7)*(-7) is also 49"),
        ("5", "5 beacuse 2^5 = 32"),
        ("1/6", "6 out of 36 which is 1/6"),
        ("3n+2", "goes up in 3s so 3n, then add 2: 3n + 2"),
        ("y=6x-9", "y' = 2x so slope is 6, y = 6x - 9"),
        ("3n+2", "d = 3, a = 5 so 3n + 2"),
        ("x<-4 or x>2", "(x+4)(x-2) > 0, so x < -4 or x > 2"),
        ("x<-4 or x>2", "(x+4)(x-2)>0，所以x<-4或x>2"),
        ("x_1=3, x_2=-2", "(x-3)(x+2)=0，故x=3或x=-2"),
        ("x=4 or x=-3", "2x-1=7 gives x=4 and 2x-1=-7 gives x=-3"),
        ("x=4 or x=-3", "2x-1=7得x=4，2x-1=-7得x=-3"),
        (r"(-\infty,1)\cup(1,+\infty)", "分母不能为0，所以x≠1"),
        (r"(-\infty,1)\cup(1,+\infty)", "denominator cant be 0 so x ≠ 1"),
        ("24", "3*8 = 24, alsoo 24"),
        ("15", "3*5 = 15, we need 15"),
        ("6", "in order: 1, 3, 4, 8, 9, 12. The middle two are 4 and 8, so the median is 6"),
        ("5/4", "20 cookies is 5/3 of 12 cookies, so 3/4 × 5/3 = 15/12 = 1 1/4 cups"),
        ("10", "F(x) = x²+x, F(3)-F(1) = 12 - 2 = 10"),
        ("(-1,-5)", "2a-b=(2,-4)-(3,1)=(-1,-5)"),
        ("S(-1\\mid 4)", "S(-1|4)"),
        ("0.3", "P(red) = 3/10"),
    ],
)
def test_what_leads_to_an_answer_leaves_it_right(value, response):
    assert verdict_on(value, response) == Verdict.CORRECT


@pytest.mark.parametrize(
    ("value", "response", "options"),
    [
        ("x>-3", "-2x < 6 so x > -3 (flip the sign!!)", {"kind": "inequality"}),
        ("2x^3+C", "2x^3 + c (dont forget the +c lol)", {"kind": "antiderivative"}),
        (r"\emptyset", "a square cant be -4 so there is no solution", {"kind": "set"}),
        (r"\emptyset", "x^2 = -4, so no solution", {"kind": "set"}),
        ("C", "C, because 7 is not a perfect square", {"kind": "choice"}),
        ("11011_2", "16+8+2+1 = 27, alsoo 11011", {"kind": "based_number"}),
        ("25平方厘米", "5×5=25（平方厘米）😄", {"kind": "quantity"}),
        ("37.5元", "12.5×3=37.5，一共要付37.5元", {"kind": "quantity"}),
        (
            "282.7 cm^3",
            "V = pi*9*10 = 282.74 cm³ approx 282.7 cm³",
            {"kind": "quantity", "tolerance": 0.001},
        ),
        ("25.13 cm", "u = 2·π·4 ≈ 25.13 cm", {"kind": "quantity", "tolerance": 0.001}),
        ("8 r 3", "each gets 8 and 3 are left", {"kind": "division"}),
        ("8 r 3", "a cada niño le tocan 8 y sobran 3", {"kind": "division"}),
        ("7 r 5", "le quotien est 7 et le reste est 5", {"kind": "division"}),
        ("8 r 3", "每人8个，还剩3个", {"kind": "division"}),
    ],
)
def test_words_around_an_answer_of_a_certain_kind_leave_it_right(value, response, options):
    assert verdict_on(value, response, **options) == Verdict.CORRECT


@pytest.mark.parametrize(
    ("value", "response"),
    [
        ("48", "20% von 60 sind 12, also 60-12 = 48"),
        ("1/2", "3 de 6, es decir el 50%"),
        ("24", "múltiplos de 8: 8, 16, 24 y 24 también es de 6, así que 24"),
        ("-1/12", "3/4 = 9/12 und 5/6 = 10/12, also kommt -1/12 raus"),
        ("(1,4)", "der Scheitel liegt bei (1|4) glaub ich"),
    ],
)
def test_what_leads_to_an_answer_with_a_decimal_comma_leaves_it_right(value, response):
    assert verdict_on(value, response, decimal_comma=True) == Verdict.CORRECT


@pytest.mark.parametrize(
    ("value", "response"),
    [
        ("5", "yesterday I had 7. 5"),
        ("10", "its 8 cos 10 is half way"),
        ("10", "10 becuse its 12 or 8"),
        ("x=4 or x=-3", "2x-1=7 gives x=4 and 2x-1=-7 gives x=-4"),
        ("x<-4 or x>2", "(x+4)(x-2) > 0, so x < -4 or x > 3"),
        ("1/6", "5 out of 36 which is 1/6"),
        ("3n+2", "3n then 3n + 2"),
        ("3n+2", "3n, 3n + 2"),
        ("y=6x-9", "i think 6, y = 6x - 9"),
        ("48", "i got 47. 60-12=48"),
        ("8", "4, check: 2*4 = 8"),
        ("0", "x cant be 0"),
        ("6", "the roots are 4 and 6, 6"),
        ("5", "so half of 5"),
        ("10", "x - 3 = 10"),
        ("10", "F(3)-F(1) = 12 - 3 = 10"),
        ("(-1,-5)", "(2,-4)-(3,2)=(-1,-5)"),
    ],
)
def test_another_answer_or_a_false_calculation_before_it_leaves_it_unread(value, response):
    assert verdict_on(value, response) != Verdict.CORRECT


@pytest.mark.parametrize(
    ("value", "response", "options"),
    [
        ("x>-3", "x > -3 or maybe x > 3", {"kind": "inequality"}),
        ("x>-3", "-2x < 6 so x > -3 (or x < 3!!)", {"kind": "inequality"}),
        (r"\emptyset", "x = 2 so no solution", {"kind": "set"}),
        (r"\emptyset", "if there is no solution", {"kind": "set"}),
        ("C", "C, because it may be not 7 or D", {"kind": "choice"}),
        ("8 r 3", "8 left and 3", {"kind": "division"}),
        ("25.13 cm", "u = 2·π·5 ≈ 25.13 cm", {"kind": "quantity", "tolerance": 0.001}),
        ("8 r 3", "a cada niño le tocan 3 y sobran 8", {"kind": "division"}),
    ],
)
def test_other_words_around_an_answer_leave_it_unread(value, response, options):
    assert verdict_on(value, response, **options) != Verdict.CORRECT


def test_no_order_of_words_makes_it_raise():
    key = read_key({"value": "12", "kind": "number"})
    words = ["只有", "是", "小明", "12", "个", "so", "there", "are", "left", "Anna", "x", "=", ","]
    for joint in ("", " "):
        for sentence in permutations(words, 3):
            assert grade_response(joint.join(sentence), key).verdict in Verdict


@pytest.mark.parametrize(
    ("value", "response"),
    [
        ("12", "10% is 8 and 5% is 4 so all together 12"),
        ("366", "normalerweise 365 aber im Schaltjahr kommt einer dazu, also 366 Tage"),
        ("9", "甲是15元，乙少6元，那么乙有9元钱"),
        ("5", "x - 1 vaut 4 donc forcément x vaut 5 ✌️"),
        ("360", "se parte en dos triángulos de 180 y en total suman 360 grados, un saludo"),
        ("60", "the car's average speed would be 60"),
    ],
)
def test_numbers_of_other_things_lead_to_a_conclusion(value, response):
    assert verdict_on(value, response, kind="number") == Verdict.CORRECT


@pytest.mark.parametrize(
    ("value", "response"),
    [
        ("6", "the biggest number that goes into both 18 and 24 is 6"),
        ("10", "le plus grand nombre qui divise à la fois 20 et 30 c'est 10"),
        ("x^2+3x+2", "i used FOIL and after collecting like terms its x^2+3x+2"),
        ("a^2+2ab+b^2", "por la identidad notable sale a^2 + 2ab + b^2"),
        ("12", "12 of them are boys, since 30 take away 18 is 12"),
        ("12", "12 rather than 18"),
        ("30", "au bout de 2 heures il a parcouru 30 km"),
        ("2:3", "化简以后是2:3"),
    ],
)
def test_the_question_may_be_repeated_around_an_answer(value, response):
    kind = "number" if value.isdigit() else "ratio" if ":" in value else "expression"
    assert verdict_on(value, response, kind=kind) == Verdict.CORRECT


@pytest.mark.parametrize(
    ("value", "kind", "response"),
    [
        ("12", "number", "the 12 apostles"),
        ("12", "number", "le 12 décembre"),
        ("12", "number", "12 March"),
        ("12", "number", "12生肖"),
        ("12", "number", "12，占位用的"),
        ("12", "number", "12 (dummy value)"),
        ("12", "number", "12 my foot"),
        ("12", "number", "Bitte 12 streichen"),
        ("12", "number", "12 milliers"),
        ("3; 7", "list", "3 ja, 7 fällt weg"),
        ("2:3", "ratio", "2 dogs for every 3 cats"),
        ("y=2x+3", "equation", "la recta perpendicular a y=2x+3"),
        ("true", "truth", "!true"),
        ("366", "number", "it is 366 but not sure, so 365"),
        ("8", "number", "the mean is 7, so 8"),
    ],
)
def test_idioms_dates_and_placeholders_answer_nothing(value, kind, response):
    assert verdict_on(value, response, kind=kind) != Verdict.CORRECT
