"""First and further lines of problems in words."""

import pytest

from tutor.grading.solver.solve import next_steps, solve

LINES = [
    (
        "A jacket costs 80 euros and is reduced by 15 %. What is the new price?",
        [],
        "0.15*80 = 12",
        "work out 15 percent of 80",
    ),
    (
        "A jacket costs 80 euros and is reduced by 15 %. What is the new price?",
        ["0.15*80 = 12"],
        "80 - 12",
        "subtract the reduction",
    ),
    (
        "Nach einer Preissenkung um 20 % kostet ein Rad 240 Euro. Wie teuer war es vorher?",
        [],
        "0.8p = 240",
        "set up the equation",
    ),
    (
        "Share 84 euros in the ratio 3 : 4. How much is the smaller share?",
        ["3 + 4 = 7", "84/7 = 12"],
        "3*12 = 36",
        "multiply by the smaller part",
    ),
    ("Convert 2.5 square metres to square centimetres.", [], "2.5*100^2", None),
    (
        "A ladder 10 m long stands 6 m from a wall. How high does it reach?",
        [],
        "h^2 + 6^2 = 10^2",
        "apply Pythagoras",
    ),
    ("Find the area of a circle with diameter 10 cm.", [], "r = 10/2", "halve the diameter"),
    (
        "Find the area of a circle with diameter 10 cm.",
        ["r = 5"],
        "pi*5^2",
        "put the radius into the formula",
    ),
    (
        "Find the mean of 3, 8, 10 and 15.",
        [],
        "(3 + 8 + 10 + 15)/4",
        "add the values and divide by their number",
    ),
    (
        "A fair coin is tossed 3 times. What is the probability of at least one tail?",
        [],
        "1 - (1/2)^3",
        "use the complement",
    ),
    (
        "Find the sum of the first 6 terms of the geometric sequence 5, 10, 20, ….",
        [],
        "5(2^6 - 1)/(2 - 1)",
        "put the values into the sum formula",
    ),
    (
        r"Find the line through \((2, 5)\) and \((4, 11)\).",
        [],
        "m = (11 - 5)/(4 - 2)",
        "find the slope",
    ),
    (
        r"Find the line through \((2, 5)\) and \((4, 11)\).",
        ["m = 3"],
        "5 = 3*2 + b",
        "put in a point",
    ),
    (
        r"For which \(t\) are the vectors \((t, 2)\) and \((3, -6)\) perpendicular?",
        [],
        "t*3 + 2(-6) = 0",
        "set the dot product to zero",
    ),
]


@pytest.mark.parametrize(("statement", "lines", "line", "phrase"), LINES)
def test_it_brings_the_formula_in(statement, lines, line, phrase):
    step = next_steps(statement, lines)[0]
    assert step.line == line
    assert phrase is None or step.move.phrase == phrase


@pytest.mark.parametrize(
    "statement",
    [
        "A shop sells 30 apples and 45 pears. How are you?",
        "The ratio of boys to girls is 3 : 4 and there are 12 teachers.",
        "A shop has 12 red, 15 blue and 20 green shirts. How many are there?",
        "A train leaves at 8 o'clock and arrives at 11 o'clock.",
        "A box without a lid is 4 cm long, 3 cm wide and 2 cm high. Find its surface area.",
        "A right triangle has a leg 5 cm longer than the other and a hypotenuse of 25 cm.",
        "The probability of rain is 0.25 on each of three days. What happens?",
        r"Find the rate of change of \(f(x) = x^2\) between \(x = 1\) and \(x = 4\).",
        "Tom is 12 years old and his sister is 9.",
    ],
)
def test_it_is_silent_where_the_words_do_not_tell(statement):
    assert next_steps(statement) == ()


WHOLE = [
    (
        r"Find the tangent to \(f(x) = x^2 - 3\) at the point \((2, 1)\).",
        [
            *("f'(x) = 2x", "f'(2) = 2*2", "f'(2) = 4", "y = 4(x - 2) + 1"),
            *("y = 4x - 8 + 1", "y = 4x - 7"),
        ],
    ),
    (
        r"Find \(\int x e^{x^2}\,dx\).",
        ["u = x^2", "∫ (e^u/2) du", "e^u/2 + C", "e^(x^2)/2 + C"],
    ),
    (
        "Einem Rechteck stehen 24 m Zaun zur Verfügung. Wie groß ist die größte Fläche?",
        [
            *("2x + 2y = 24", "y = 12 - x", "A(x) = x(12 - x)", "A(x) = -x^2 + 12x"),
            *("A'(x) = -2x + 12", "-2x + 12 = 0", "-2x = -12", "x = 6", "A''(x) = -2"),
            *("A(6) = -6^2 + 12*6", "A(6) = -36 + 12*6", "A(6) = -36 + 72", "A(6) = 36"),
        ],
    ),
    (
        "Un robinet remplit 15 litres en 5 minutes. Combien de litres en 8 minutes ?",
        ["15/5 = 3", "8*3", "24"],
    ),
    ("6 workers need 8 days. How long do 4 workers need?", ["6*8 = 48", "48/4", "12"]),
    (
        "Two angles of a triangle are 50° and 70°. Find the third angle.",
        ["180 - 50 - 70", "60"],
    ),
    (
        "A bike costs 250 dollars before tax. The tax is 8 %. What is the total price?",
        ["0.08*250 = 20", "250 + 20", "270"],
    ),
    ("一辆车以每小时 60 千米的速度行驶 2.5 小时，行驶了多少千米？", ["60*2.5", "150"]),
    (
        "Ein Zug fährt 300 km in 2,5 Stunden. Berechne die Durchschnittsgeschwindigkeit.",
        ["300/2.5", "120"],
    ),
    (
        "On lance un dé deux fois. Quelle est la probabilité d'obtenir deux six ?",
        ["1/6*1/6", "1/36"],
    ),
    ("A number is increased by 20 % to 60. Find the number.", ["1.2x = 60", "x = 50"]),
    (
        "The mean of 4 numbers is 8. Three of them are 6, 7 and 9. Find the fourth.",
        ["4*8 = 32", "32 - 6 - 7 - 9", "10"],
    ),
    (
        "A ladder's foot is 5 m from a wall and its top is 12 m high. How long is the ladder?",
        ["c^2 = 5^2 + 12^2", "c^2 = 169", "c = 13"],
    ),
    ("In a school of 600 pupils 45 % are boys. How many boys are there?", ["0.45*600", "270"]),
    ("Von 800 Losen gewinnen 5 %. Wie viele gewinnen?", ["0.05*800", "40"]),
    (
        "The ratio of boys to girls is 4 : 5. There are 12 boys. How many girls are there?",
        ["12/4 = 3", "5*3 = 15"],
    ),
    ("18 of 24 students passed. What percentage is that?", ["18/24", "75%"]),
    (
        "A bag contains 4 red, 5 blue and 6 green balls. One ball is drawn at random."
        " What is the probability that it is blue?",
        ["5/(4 + 5 + 6)", "5/15", "1/3"],
    ),
]


@pytest.mark.parametrize(("statement", "lines"), WHOLE, ids=[row[0][:40] for row in WHOLE])
def test_it_works_a_problem_out(statement, lines):
    assert [step.line for step in solve(statement).steps] == lines
