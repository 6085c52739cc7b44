"""Stories that set up an equation, and figures with names, from the statement to the answer."""

import pytest

from tutor.grading.solver.solve import next_steps, solve

SOLUTIONS = [
    (
        r"A taxi ride costs a basic fee of \(9\) euros and \(2\) euros for each kilometre."
        r" Grandma pays \(21\) euros. How many kilometres did she ride?",
        ["9 + 2x = 21", "2x = 12", "x = 6"],
    ),
    (
        r"Hire by the bridge: a basic fee of \(8\) euros and \(4\) euros for each hour. By the mill"
        r" the basic fee is \(14\) euros and each hour costs \(2\) euros."
        " For how many hours do both cost the same?",
        ["8 + 4x = 14 + 2x", "8 + 2x = 14", "2x = 6", "x = 3"],
    ),
    (
        r"一支蜡烛长 \(14\) cm，点燃后每小时缩短 \(0.5\) cm。点燃多少小时后，蜡烛还剩 \(12\) cm？",
        ["14 - 0.5x = 12", "-0.5x = -2", "x = 4"],
    ),
    (
        r"Zoe is \(13\) years old, and her father is \(53\). In how many years will her father be"
        r" exactly \(3\) times as old as Zoe?",
        ["53 + x = 3(13 + x)", "53 + x = 39 + 3x", "53 = 39 + 2x", "14 = 2x", "x = 7"],
    ),
    (
        r"Which number must stand in the box, so that \(-15 + \square = -10\)?",
        ["-15 + x = -10", "x = 5"],
    ),
    (
        r"\(\frac{2}{3}\) of the members of a club are girls. There are \(6\) girls."
        " How many members does the club have?",
        ["2/3*x = 6", "x = 9"],
    ),
    (
        r"A book has \(42\) pages. Amir has read \(\frac{1}{3}\) of it."
        " How many pages does he still have to read?",
        ["1/3*42 = 14", "42 - 14 = 28"],
    ),
    (
        r"For a party, \(12\) litres of juice are poured. Each glass holds \(\frac{2}{7}\) of a"
        " litre. How many glasses can be filled?",
        ["12/(2/7) = 42"],
    ),
    (
        r"Order the fractions \(\frac{8}{9}\), \(\frac{15}{16}\) and \(\frac{7}{8}\) from the"
        " smallest to the largest.",
        ["7/8, 8/9, 15/16"],
    ),
    (r"Which number lies exactly halfway between \(-7\) and \(3\)?", ["(-7 + 3)/2 = -2"]),
    (
        r"A triangle has a right angle at \(C\). The side \(AB\) is \(10\) cm long, and the side"
        r" \(BC\) is \(6\) cm long. How long is the side \(AC\)?",
        ["x^2 + 6^2 = 10^2", "x^2 + 36 = 100", "x^2 = 64", "x = 8"],
    ),
    (
        "A rectangular field is 20 m long and 21 m wide. How long is the straight path from one"
        " corner to the opposite corner?",
        ["c^2 = 20^2 + 21^2", "c^2 = 841", "c = 29"],
    ),
    (
        r"The sides of a parallelogram are \(11\) cm and \(5\) cm long. The height on the side of"
        r" \(11\) cm is \(4\) cm. What is its area?",
        ["11*4", "44"],
    ),
    (
        r"一个梯形的面积是 \(35\,\text{cm}^2\)，高是 \(5\) cm，上底是 \(4\) cm，下底是多少厘米？",
        ["5(4 + x)/2 = 35", "5(4 + x) = 70", "20 + 5x = 70", "5x = 50", "x = 10"],
    ),
    (
        r"Let \(f(x) = x^2 - 7\) and \(g(x) = 2x - 5\). Find \(f(g(x))\).",
        [
            "f(g(x)) = (2x - 5)^2 - 7",
            "f(g(x)) = 4x^2 - 20x + 25 - 7",
            "f(g(x)) = 4x^2 - 20x + 18",
        ],
    ),
    (
        r"The line \(g\) is the graph of \(f(x) = -4x - 7\). The line \(h\) is parallel to \(g\)"
        r" and goes through \(P(-4, 2)\). Give the equation of \(h\).",
        ["2 = (-4)(-4) + b", "2 = 16 + b", "b = -14", "y = -4x - 14"],
    ),
    (
        r"Ben stirs \(50\) g of sugar into \(150\) g of water."
        " What percentage of the syrup is sugar?",
        ["50/(50 + 150)", "50/200", "25%"],
    ),
    (
        r"Mika has sorted \(25\) of his cards. These are \(10\,\%\) of all his cards."
        " How many cards does he have?",
        ["0.1x = 25", "x = 250"],
    ),
]


@pytest.mark.parametrize(("statement", "lines"), SOLUTIONS, ids=[row[0][:40] for row in SOLUTIONS])
def test_it_works_a_story_out(statement, lines):
    solution = solve(statement)
    assert [step.line for step in solution.steps] == lines
    assert solution.is_complete


@pytest.mark.parametrize(
    "statement",
    [
        # A limit on the money asks for an inequality.
        r"A taxi costs a basic fee of \(7\) euros and \(4\) euros for each kilometre."
        r" Lena wants to spend at most \(69\) euros. How many full kilometres can she go?",
        # How much shorter the way is, is another question than how long it is.
        "A lawn is 12 m long and 9 m wide, a rectangle. From one corner to the opposite corner,"
        " how many metres does one save?",
        r"Rotate \(y = \sqrt{3x}\) about the \(x\)-axis. What is the volume?",
    ],
)
def test_it_says_nothing_of_another_question(statement):
    assert next_steps(statement) == ()


def test_it_goes_on_from_the_last_member_to_the_sum():
    statement = (
        "An arithmetic sequence has first term 5 and common difference 4."
        " Find the sum of its first 12 terms."
    )
    steps = next_steps(statement, ["a_12 = 5 + 11*4", "a_12 = 49"])
    assert steps[0].line == "12(5 + 49)/2"
