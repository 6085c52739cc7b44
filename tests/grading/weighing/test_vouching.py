"""What a right answer proves of the lines that lead to it, and which refutations it withdraws."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.grading.weighing.weighing import marks, refuted, weighed
from tutor.grading.comparison.keys import infer_key
from tutor.grading.steps.checks import Mark, StepCheck
from tutor.grading.steps.claim_results import StepVerdict
from tutor.grading.weighing.weigh import weigh
from tutor.grading.working.checker import check_working

SALE = "A coat costs $63 after a 30% discount. What was the price before the discount?"


@pytest.mark.parametrize(
    ("statement", "answer", "lines", "number"),
    [
        pytest.param(
            "Ada is twice as old as her brother. In 4 years they will be 35 together. How old is "
            "Ada?",
            "18",
            ("a + b = 27", "b = 9", "a = 18"),
            0,
            id="an equation that the answer fulfils",
        ),
        pytest.param(
            "The perimeter of a rectangle is 40 cm, one side is 12 cm. What is its area?",
            "96",
            ("other side = 40/2 - 12 = 8", "A = 12*8 = 96"),
            1,
            id="arithmetic that leads to the answer",
        ),
        pytest.param(
            "A rectangle has a perimeter of 34 cm and an area of 60 cm². Find its sides.",
            "12 cm, 5 cm",
            ("x(17-x)=60", "x=12 or x=5", "12 cm, 5 cm"),
            0,
            id="an equation that each of two solutions fulfils",
        ),
        pytest.param(
            "A culture starts with 800 bacteria and doubles every 3 hours. After how many hours "
            "are there 12 800 bacteria?",
            "12 hours",
            ("N = 800*2^(t/3)", "800*2^(t/3) = 12800", "t = 12"),
            0,
            id="a formula with which another equation works",
        ),
        pytest.param(
            "Two of 5 red and 3 blue balls are drawn without putting one back. What is the "
            "probability of two colours?",
            "15/28",
            ("P(one order)=5/8 * 3/7=15/56", "15/56+15/56=30/56=15/28", "so about 53.6 %"),
            0,
            id="an answer that is rounded at the end",
        ),
        pytest.param(
            "Each of four lamps lasts until Friday with a chance of four fifths. Find P(X ≥ 1).",
            "0.5904",
            (
                "P(X ≥ 1) = 1 - P(X = 0)",
                "P(X=0) = 0.8^4 = 0.4096",
                "1 - 0.4096 = 0.5904",
                "so roughly 59 %",
            ),
            0,
            id="a complement of events with signs",
        ),
        pytest.param(
            "A farmer has 60 m of fence for a pen against a wall. Find the largest area.",
            "450 m²",
            ("A = x(60-2x)=60x-2x^2", "A'=60-4x=0 ==> x=15", "A=15*30=450 m^2", "A''=-4<0 so max"),
            0,
            id="an answer before the kind of the extremum",
        ),
        pytest.param(SALE, "90", ("70% -> 63", "10% -> 9", "100% -> 90"), 1, id="a proportion"),
        pytest.param(
            "A farmer has 60 m of fence for a rectangle along a wall. What is the largest area?",
            "450",
            ("the side along the wall: 60 - 2x", "A(x) = x(60 - 2x)", "x = 15", "A = 15*30 = 450"),
            0,
            id="a term that a later line works with",
        ),
        pytest.param(
            "Bacteria triple every 4 hours, from 500. After how many hours are there 40500?",
            "16",
            ("N = 500 * 3^(t/4)", "3^(t/4) = 81", "t/4 = 4", "t = 16"),
            0,
            id="a formula that comes to a number of the statement",
        ),
        pytest.param(
            r"Given \(y=\ln(x^2+4)\), find \(y'(1)\).",
            "2/5",
            ("inner' = 2x", "y' = 1/(x²+4) · 2x", "y'(1) = 2/5"),
            0,
            id="a derivative of a part",
        ),
        pytest.param(
            "The product of two consecutive positive odd numbers is 323. Find them.",
            "17 and 19",
            ("n(n+2)=323", "(n+19)(n-17)=0", "n=17 (n=-19 isn't positive)", "numbers 17 & 19"),
            2,
            id="a value of the answer",
        ),
        pytest.param(
            "A bed is 5 m longer than wide and has the area 84 m². How long and wide is it?",
            "7 m and 12 m",
            ("w(w+5) = 84", "(w+12)(w-7) = 0", "w = 7", "width 7m, length 12m"),
            3,
            id="the answer in words",
        ),
    ],
)
def test_a_right_answer_vouches_for_what_leads_to_it(statement, answer, lines, number):
    before = check_working(lines, statement)
    assert before[number].mark == Mark.UNCHECKED
    assert marks(statement, answer, *lines)[number] == Mark.PROVED


@pytest.mark.parametrize(
    ("answer", "lines", "number"),
    [
        ("90", ("70% -> 63", "10% -> 7", "so it was 90"), 1),
        ("90", ("the other price: 60 - 3x", "x = 90"), 0),
    ],
)
def test_a_right_answer_does_not_vouch_for_what_nothing_agrees_with(answer, lines, number):
    assert marks(SALE, answer, *lines)[number] == Mark.UNCHECKED


def test_a_right_answer_does_not_vouch_for_an_identity():
    lines = ("b + b = 3b - b", "2b + 6 = 24", "b = 9")
    statement = "Twice a number and 6 are 24. Which number is it?"
    before = [check.mark for check in check_working(lines, statement)]
    assert marks(statement, "9", *lines)[0] == before[0]


@pytest.mark.parametrize(
    "line", ["12 + 30 = 42 / 2 = 21", "12 + 30 = 41"], ids=["running equals", "false arithmetic"]
)
def test_a_right_answer_does_not_save_a_line_that_is_false_in_itself(line):
    checks = weighed("What is the half of the sum of 12 and 30?", "21", line, "answer: 21")
    assert refuted(checks) is not None
    assert refuted(checks)[0] == 0


def test_a_right_answer_does_not_save_factors_with_other_roots():
    statement = "The product of two consecutive positive integers is 156. Find them."
    lines = ("n(n+1) = 156", "n^2+n-156 = 0", "(n-13)(n-12) = 0", "n = 13 or n = 12")
    checks = weighed(statement, "12 and 13", *lines)
    assert refuted(checks) is not None
    assert refuted(checks)[0] == 2


RECTANGLE = "A rectangle is 3 cm longer than wide. Its area is 40 cm². Find its width and length."
EVEN = "The product of two consecutive even integers is 168. Find the integers."
TANK = (
    "A tank of radius 0.8 m and height 1.5 m is filled to two thirds. How many litres are in it?",
    ("V = pi*0.8^2*1.5 = 0.96pi ≈ 3.016 m³", "2/3 of that is 0.64pi ≈ 2.011 m^3", "about 2011 L"),
)
POWER = (
    "Solve \\(5\\cdot 3^{x-1}=80\\) for \\(x\\).",
    ("3^(x-1) = 16", "x-1 = log16 / log3 ≈ 1.2041/0.4771 ≈ 2.524", "x ≈ 3.524"),
)
DICE = (
    "A die is thrown three times. What is the probability of at least one six?",
    ("P(no six)=(5/6)³=125/216", "1-125/216 = 91/216 ≈ 0.421, so about 42.1%"),
)
WIDTH = ("w(w+3)=40", "(w+8)(w-5)=0", "w=5", "length = 5+3 = 8 cm")
PAIRS = (
    "n(n+2)=168, try 10*12=120 too small, 12*14=168 yes! also negatives (-14)*(-12)=168",
    "to be sure: n²+2n-168=(n+14)(n-12) so n=12 or n=-14, only those two pairs: 12,14 / -14,-12",
)
BOOKS = ("x+x+7=45", "2x=38", "x=19", "19+7=26", "答：小明26本，小红19本")


@pytest.mark.parametrize(
    ("statement", "answer", "lines"),
    [
        pytest.param(POWER[0], "1+\\frac{\\ln 16}{\\ln 3} ≈ 3.524", POWER[1], id="about"),
        pytest.param(POWER[0], "1+\\log_3 16", POWER[1], id="rounded by the student"),
        pytest.param(TANK[0], "640\\pi ≈ 2011 litres", TANK[1], id="about, with a unit"),
        pytest.param(DICE[0], "91/216 ≈ 42.1 %", DICE[1], id="about, as a percentage"),
        pytest.param(RECTANGLE, "5 cm, 8 cm", WIDTH, id="two lengths, the last of them at the end"),
        pytest.param(RECTANGLE, "width 5 cm, length 8 cm", WIDTH, id="two lengths in words"),
        pytest.param(EVEN, "12 and 14, or -14 and -12", PAIRS, id="two pairs"),
        pytest.param(
            "小明和小红共有 45 本书，小明多 7 本。", "小明26本，小红19本", BOOKS, id="story"
        ),
        pytest.param("Solve 6x-22=3x+2.", "x=8", ("3x=24", "x=8, check: 3*8+2=26"), id="check"),
    ],
)
def test_no_line_of_a_working_with_the_right_numbers_is_refuted(statement, answer, lines):
    assert refuted(weighed(statement, answer, *lines)) is None


def test_the_right_numbers_withdraw_a_refutation_that_may_be_mistaken():
    lines = ("②÷2：x+2y=39 ③，③-①：y=11", "x=28-11=17", "答：鸡17只，兔11只")
    statement = "笼子里有鸡和兔共 28 只，共有 78 只脚。鸡和兔各有多少只？"
    wrong = StepVerdict.REFUTED
    checks = [StepCheck(wrong, tuple(c.claims)) for c in check_working(lines, statement)]
    weighed_checks = weigh(lines, checks, statement, infer_key("鸡17只，兔11只"), is_finished=True)
    assert wrong not in {check.verdict for check in weighed_checks}


@pytest.mark.parametrize(
    ("line", "is_withdrawn"),
    [
        ("x^2 = -3 has no solution", True),
        ("x = -3", True),
        ("x + 3 = 0 (rejected)", True),
        ("2x = 16", False),
        ("13 - 3 = 11", False),
    ],
)
def test_the_right_answer_withdraws_the_refutation_of_what_the_working_drops(line, is_withdrawn):
    lines = (line, "x = 5")
    checks = check_working(lines, "Solve 2x + 3 = 13.")
    wrong = StepVerdict.REFUTED
    claims = tuple(replace(claim, verdict=wrong) for claim in checks[0].claims)
    key = infer_key("5")
    weighed_checks = weigh(lines, [StepCheck(wrong, claims), checks[1]], "", key, is_finished=True)
    assert (weighed_checks[0].verdict != wrong) is is_withdrawn


@pytest.mark.parametrize(
    ("statement", "answer", "lines"),
    [
        pytest.param(
            "Un rectangle a un périmètre de 34 cm et une aire de 60 cm². Trouver ses dimensions.",
            "12 cm et 5 cm",
            ("10×7=70 ; 11×6=66 ; 12×5=60", "c'est 12 et 5", "verif: 2×(12+5) = 34 ok"),
            id="lengths without their units",
        ),
        pytest.param(
            r"Solve \(2\sin^2x=\sin x\) for \(0^\circ\le x<360^\circ\).",
            "{0°, 30°, 150°, 180°}",
            ("sin x (2 sin x - 1) = 0", "sin x = 0: x = 0°, 180°", "sin x = 1/2: x = 30°, 150°"),
            id="the solutions of each case on a line of its own",
        ),
    ],
)
def test_an_answer_in_parts_is_no_wrong_answer(statement, answer, lines):
    checks = weighed(statement, answer, *lines)
    assert refuted(checks) is None


def test_a_test_behind_the_answer_is_no_other_answer():
    statement = "Juan is three times as old as his son. In 12 years he will be twice as old."
    lines = ("x = 12", "the son is 12 and Juan 36", "then they are 24 and 48, 48 = 2·24")
    assert Mark.REFUTED not in marks(statement, "12, 36", *lines)
    lines = ("x = 12", "the son is 12 and Juan 36", "so 24 and 48")
    assert Mark.REFUTED in marks(statement, "12, 36", *lines)


def test_a_ticked_test_leaves_the_answer_above_it_what_it_is():
    statement = "A number is increased by 20% to give 90. What was the number?"
    lines = ("120% = 90", "10% = 7.5", "100% = 75", "75 × 1.2 = 90 ✓")
    assert marks(statement, "75", *lines) == [Mark.PROVED] * 4
