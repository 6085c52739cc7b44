"""Lines that are offered, and lines that a teacher would never offer."""

import pytest

from tutor.grading.solver.solve import next_steps

INVERSE = r"Find the inverse function of \(f(x) = \frac{3x + 1}{x - 2}\)."
FORWARD = [
    (
        "A patient takes 60 mg of a drug. Every 4 hours half of what is in the body is broken down."
        " How much is left after 12 hours?",
        ["12/4 = 3"],
        "60(1/2)^3",
    ),
    (INVERSE, ["x = (3y + 1)/(y - 2)"], "x(y - 2) = 3y + 1"),
    (INVERSE, ["x(y - 2) = 3y + 1"], "xy - 2x = 3y + 1"),
    (INVERSE, ["xy - 2x = 3y + 1"], "xy - 2x - 3y = 1"),
    (INVERSE, ["x*y - 3y = 2x + 1"], "y(x - 3) = 2x + 1"),
    (INVERSE, ["y*x - 3x = 2y + 1"], "x(y - 3) = 2y + 1"),
    (r"Bestimme die Umkehrfunktion von \(f(x) = 5x - 2\).", ["x = 5y - 2"], "x + 2 = 5y"),
    (r"Bestimme die Umkehrfunktion von \(f(x) = 5x - 2\).", ["x = (y + 2)/5"], "y = (x + 2)/5"),
    (r"Solve \(3^x = 50\).", [r"\log 3^x = \log 50"], "x*log(3) = log(50)"),
    (r"Solve \(5^{2x} = 9\).", [r"\ln 5^{2x} = \ln 9"], "2x*ln(5) = ln(9)"),
    (r"Solve \(\ln(3x) = \ln 12\).", [], "3x = 12"),
    (
        "A ladder stands 7 feet from a wall and touches it 24 feet above the ground."
        " How long is the ladder?",
        ["625 = c^2"],
        "c = 25",
    ),
    ("A right triangle has legs 5 cm and 8 cm. Find its area.", [], "5*8/2"),
]


@pytest.mark.parametrize(("statement", "lines", "line"), FORWARD)
def test_it_goes_on_from_where_the_student_is(statement, lines, line):
    assert next_steps(statement, lines)[0].line == line


@pytest.mark.parametrize(
    "statement",
    [
        "A car costs 18000 euros and loses a third of its value every 3 years."
        " What does it cost after 9 years?",
        "Une bactérie triple en 4 heures. Combien en faut-il au bout de 12 heures, si on en a 50 ?",
        "8 shirts take 3 hours to dry in the sun. How long do 16 shirts take to dry?",
        "From P a tangent touches a circle with radius 8 cm. P is 17 cm from the centre."
        " How long is the tangent?",
        "A ladder has 12 rungs that are 30 cm apart. How long is the ladder?",
        r"Solve the initial value problem \(y' = 3xy\), \(y(0) = 2\).",
    ],
)
def test_it_says_nothing_that_the_words_do_not(statement):
    assert next_steps(statement) == ()


@pytest.mark.parametrize(
    ("statement", "lines", "line"),
    [
        (r"Find the tangent to \(y = x^3 - 4x\) at \(x = 2\).", [], "x^2 + 2^2 = 4^2"),
        (r"求曲线 \(y = x^2\) 在点 \((1, 1)\) 处的切线方程。", [], "x^2 + 1^2 = 1^2"),
        (r"求直线的解析式，请写成 \(y = kx + b\) 的形式，直线过 \((0, 1)\)。", [], "y - b = k*x"),
        (INVERSE, ["x = (3y + 1)/(y - 2)"], "y = (3x + 1)/(x - 2)"),
        ("A ladder leans on a wall. It stands 6 m away and reaches 8 m up. How long is the ladder?",
         ["c^2 = 36 + 64"], "c = 10 or c = -10"),
    ],
)  # fmt: skip
def test_it_offers_no_line_of_another_kind(statement, lines, line):
    assert line not in [step.line for step in next_steps(statement, lines)]


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (r"Solve \(x^2 - 7x + 10 = 0\).", ["(x - 2)(x - 5) = 0"]),
        (r"Solve \(x^2 + x - 12 > 0\).", ["(x + 4)(x - 3) > 0"]),
        (r"Find the area between \(y = x^2\) and \(y = x + 6\).", ["(x - 3)(x + 2) = 0"]),
        (r"Factor \(3x^2 + 10x + 3\).", ["3x^2 + 9x + x + 3"]),
        (r"Write \(\frac{6}{4 - \sqrt{7}}\) without a root in the denominator.",
         [r"\frac{6}{4 - \sqrt{7}} \cdot \frac{4 + \sqrt{7}}{4 + \sqrt{7}}"]),
        (r"Find the tangent to \(y = x^3 - 5x\) at \(x = 1\).", ["y'(1) = -2"]),
        (r"Find where \(f(x) = x^3 - 6x^2 + 5\) is decreasing.", ["3x^2 - 12x < 0"]),
    ],
)  # fmt: skip
def test_it_never_undoes_what_was_done(statement, lines):
    offered = [step.line for step in next_steps(statement, lines)]
    backwards = {
        *("x^2 - 2x - 5x + 10 = 0", "x^2 - 5x - 2x + 10 = 0", "x^2 - 7x + 10 = 0"),
        *("x^2 - 3x + 4x - 12 > 0", "x^2 + x - 12 > 0", "x^2 + 2x - 3x - 6 = 0"),
        *(
            "3x^2 + 10x + 3",
            "6/(4 - sqrt(7))",
            "6/(4 - sqrt(7))*1",
            "f'(x) = 3x^2 - 12x",
            "y' = 3x^2 - 5",
        ),
    }
    assert not backwards & set(offered)
