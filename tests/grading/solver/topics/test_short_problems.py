"""Short problems in words, from the statement to the answer."""

import pytest

from tutor.grading.solver.solve import next_steps, solve

SOLUTIONS = [
    (
        r"Find the general term of the arithmetic sequence with \(a_2 = 5\) and \(a_6 = 17\).",
        ["d = (17 - 5)/(6 - 2)", "d = 3", "a_n = 5 + (n - 2)*3", "a_n = 3n - 1"],
    ),
    (
        r"An arithmetic sequence has \(a_1 = 9\) and \(d = -2\). Give a formula for the n-th term.",
        ["a_n = 9 + (n - 1)(-2)", "a_n = -2n + 11"],
    ),
    (
        r"等比数列 \(\{a_n\}\) 中，\(a_1 = 3\)，公比 \(q = 2\)，求通项公式 \(a_n\)。",
        ["a_n = 3*2^(n - 1)"],
    ),
    (
        r"Find an equation of the circle with centre \((-3, 0)\) and radius \(5\).",
        ["(x + 3)^2 + y^2 = 5^2", "(x + 3)^2 + y^2 = 25"],
    ),
    (
        r"求以点 \((0, 2)\) 为圆心、半径为 \(4\) 的圆的方程。",
        ["x^2 + (y - 2)^2 = 4^2", "x^2 + (y - 2)^2 = 16"],
    ),
    (
        r"Let \(\vec{u} = (2, 5)\) and \(\vec{v} = (-1, 3)\). Find \(3\vec{u} + 2\vec{v}\).",
        ["3u + 2v = (3*2 + 2(-1), 3*5 + 2*3)", "3u + 2v = (4, 21)"],
    ),
    (
        "A colony of 800 cells halves every 3 days. How many cells are left after 9 days?",
        ["9/3 = 3", "800(1/2)^3", "800*1/8", "800/8", "100"],
    ),
    (
        "A box holds 6 green and 4 yellow balls. Two balls are drawn at once. What is the"
        " probability that both are green?",
        ["6/10*5/9", "30/90", "1/3"],
    ),
    (
        "袋中有 5 个白球和 3 个红球，从中同时摸出 2 个球，两个球都是红球的概率是多少？",
        ["3/8*2/7", "6/56", "3/28"],
    ),
    (
        "Lena has the marks 12, 15 and 9 in three tests. Which mark does she need in the fourth"
        " test for an average of 13?",
        ["4*13 = 52", "52 - 12 - 15 - 9", "16"],
    ),
    (
        "Three bags weigh 3 kg, 5 kg and 10 kg. What is the mean weight?",
        ["(3 + 5 + 10)/3", "18/3", "6"],
    ),
    (
        "四个包裹分别重 4 千克、7 千克、9 千克和 12 千克，平均重多少千克？",
        ["(4 + 7 + 9 + 12)/4", "32/4", "8"],
    ),
    (
        "A round cake has a diameter of 24 cm. Find the area of its top.",
        ["r = 24/2", "pi*12^2", "pi*144", "144pi"],
    ),
    (
        r"A rope is \(\frac{7}{8}\) m long. \(\frac{1}{4}\) m is used. How many metres are left?",
        ["7/8 - 1/4", "7/8 - 2/8", "5/8"],
    ),
    (
        "A tower is seen from 50 m away at an angle of elevation of 28°. How high is it? Give"
        " metres, with the unit (m). Answers within 0.1 metres of the exact value are accepted.",
        ["h/50 = tan(28°)", "h = 50tan(28°)", "h ≈ 26.6", "26.6 m"],
    ),
    (
        r"Calculate \(\int_0^{\pi} x\sin x \, dx\).",
        [
            "[-x*cos(x) + sin(x)]_0^pi",
            "(-pi*cos(pi) + sin(pi)) - (-0cos(0) + sin(0))",
        ],
    ),
    (
        r"A tin has the shape of a cylinder with a radius of \(3\) centimetres and a height of"
        r" \(10\) centimetres. What is its volume? Give it with the unit (cm^3).",
        ["pi*3^2*10", "pi*9*10", "90pi", "90pi cm³"],
    ),
    (
        r"In triangle \(ABC\), \(AB = 6\), \(AC = 4\) and \(\angle A = 30^\circ\). Find its area.",
        ["1/2*6*4*sin(30°)"],
    ),
]


@pytest.mark.parametrize(("statement", "lines"), SOLUTIONS)
def test_it_is_solved_in_these_lines(statement, lines):
    solution = solve(statement)
    assert [step.line for step in solution.steps][: len(lines)] == lines
    assert solution.is_complete


def test_the_largest_area_is_followed_through_its_derivative():
    statement = (
        "A farmer has 60 m of fence for three sides of a rectangular field along a river."
        " What is the greatest possible area?"
    )
    lines = [step.line for step in solve(statement).steps]
    assert "A'(x) = -4x + 60" in lines
    assert lines[-1] == "A(15) = 450"


def test_a_derivative_is_not_cleared_of_its_denominator():
    statement = r"Let \(f(x) = \frac{\ln x}{x}\). For which \(x\) is \(f'(x) > 0\)?"
    steps = next_steps(statement, ["f'(x) = (1 - ln(x))/x^2"])
    assert all("f'(x)*" not in step.line for step in steps)


@pytest.mark.parametrize(
    "statement",
    [
        r"A bag has 4 white and 5 black marbles. Three are taken out. How likely is a black one?",
        "Lena has 12, 15 and 9 points in three games. What is the mean of the best 2?",
        r"Let \(\vec{u} = (2, 5)\) and \(\vec{v} = (-1, 3, 4)\). Find \(\vec{u} + \vec{v}\).",
        r"A rope is \(\frac{7}{8}\) m long and \(\frac{1}{4}\) cm thick. How long is half of it?",
    ],
)
def test_it_offers_nothing_where_the_words_do_not_tell(statement):
    assert next_steps(statement) == ()


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["4 + 8 + 6 + 10 = 28"], "28/4"),
        (["4 + 8 + 6 + 10", "28"], "28/4"),
        (["28/4"], "7"),
        ([], "(4 + 8 + 6 + 10)/4"),
    ],
)
def test_a_mean_goes_on_from_the_sum(lines, line):
    assert next_steps("Find the mean of 4, 8, 6, 10.", lines)[0].line == line


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("某商品原价 200 元，打八折后售价是多少？", "200*0.8"),
        ("一件衣服标价 120 元，现在打七五折出售，买这件衣服要多少元？", "120*0.75"),
        ("某商品打八折后售价为 160 元，原价是多少？", None),
        ("一件衣服标价 120 元，打八折后便宜多少元？", None),
    ],
)
def test_a_discount_in_chinese(statement, line):
    steps = next_steps(statement)
    assert (steps[0].line if steps else None) == line


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("Two dice are thrown. What is the probability of two sixes?", "1/6*1/6"),
        ("Two coins are tossed. What is the probability that both show tails?", "1/2*1/2"),
        (
            "A bag has 4 red and 6 green balls. One is drawn. How likely is a green one?",
            "6/(4 + 6)",
        ),
        ("Two coins are tossed. How likely is exactly one head?", None),
        (
            "Three coins are tossed. What is the chance that all show the same, heads or tails?",
            None,
        ),
        (
            "A coin is tossed three times. What is the probability that it shows the same side,"
            " heads or tails, each time?",
            None,
        ),
    ],
)
def test_dice_and_coins_thrown_together(statement, line):
    steps = next_steps(statement)
    assert (steps[0].line if steps else None) == line


@pytest.mark.parametrize(
    "statement",
    [
        r"Solve \(z^2 + 4z + 13 = 0\) over the complex numbers.",
        r"Find the complex solutions of \(x^2 + 4 = 0\).",
        r"在复数范围内解方程 \(x^2 + 2x + 5 = 0\)。",
    ],
)
def test_a_complex_equation_is_never_without_solutions(statement):
    assert all(step.line != "no solution" for step in next_steps(statement))
    assert all(step.line != "no solution" for step in solve(statement).steps)
