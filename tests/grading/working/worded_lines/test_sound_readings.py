"""What is taken as known: only what the statement says, where it says it."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks
from tutor.grading.working.task import read_task, values_in_cases

INVERSE = "y is inversely proportional to x, and y = 12 when x = 5. Find y when x = 8."
COSINE = r"Solve \(2\cos x = 1\) for \(0°\le x<360°\)."
CIRCLE = r"Find the centre and radius of \(x^2+y^2-6x+4y-3=0\)."
POLAR = r"Write \(1+i\) in polar form."
EIGENVALUES = r"Find the eigenvalues of \(\begin{pmatrix}2&1\\1&2\end{pmatrix}\)."
FILM = "A film starts at 19:45 and ends at 21:35. How long is it?"
WHEEL = "Ein Glücksrad zeigt Rot mit Wahrscheinlichkeit 0.5. Es wird zweimal gedreht. "
WHEEL += "Wie groß ist die Wahrscheinlichkeit für mindestens einmal Rot?"
SHARE = "Ann and Ben share $240 in the ratio 3 : 5. How much does each get?"
SALARY = "After a rise of 25 % a salary is $1500. What was it before?"
OLD_PRICE = "A coat has an original price of $50. What is its price after a discount of 20 %?"
CHEAPER = "A $50 coat is reduced by 20 % after Christmas. How much cheaper is it than before?"
LIMIT = r"Calculer \(\lim_{x\to+\infty}\left(\sqrt{x^2+4x}-x\right)\)."
TURNING = r"Classify the stationary point of \(f(x)=x^2-4x\)."


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (INVERSE, ["k = 12*5 = 60", "y=60/8=7.5"], "pp"),
        (INVERSE, ["k = 12/5 = 2.4"], "r"),
        ("y与x成反比例，当x=5时，y=12。求x=8时y的值。", ["k=12×5=60", "y=60/8=7.5"], "pp"),
        (COSINE, ["x=60°", "other solution 180-60=120°"], "pr"),
        (COSINE, ["x=60°", "other solution 360-60=300°"], "pp"),
        (r"Löse \(x^2-5x+6=0\).", ["zweite Lösung: (5+1)/2 = 3"], "p"),
        (r"Solve \(2x+1=7\).", ["Solution: 2x = 6", "x = 3"], "pp"),
        (r"Solve \(2x+1=7\).", ["Solution: 7 - 1 = 6", "6/2 = 3"], "pp"),
        (OLD_PRICE, ["50*0.2 = 10", "50-10=40"], "pp"),
        (CHEAPER, ["50*0.2 = 10"], "p"),
        (CIRCLE, ["(x-3)²+(y+2)² = 10"], "r"),
        (CIRCLE, ["(x-3)²+(y+2)² = 16"], "p"),
        (POLAR, ["r = 1+1 = 2"], "r"),
        (POLAR, ["r = √(1²+1²) = √2", "θ = 45°"], "pp"),
        (EIGENVALUES, ["det(A - kI) = (2-k)^2 - 1", "(2-k)^2 = -1"], "pr"),
        (EIGENVALUES, ["k²-4k+3 = 0", "k=1 or k=3"], "pp"),
        (FILM, ["21.35 - 19.45 = 1.90"], "r"),
        (FILM, ["21.35 - 19.45 = 1.50"], "p"),
        (WHEEL, ["P = 0.5*0.5"], "u"),
        (WHEEL, ["P(kein Rot) = 0.5*0.5 = 0.25", "P = 1 - 0.25 = 0.75"], "pp"),
        (SHARE, ["ann gets 3/5 of it = 240 × 3/5 = $144"], "r"),
        (SHARE, ["Ann: 3/8 × 240 = 90", "Ben: 5/8*240=150"], "pp"),
        (SALARY, ["25% of 1500 = 375"], "r"),
        (SALARY, ["125% = 1500", "1500/1.25=1200"], "pp"),
        (LIMIT, ["= 4x/(√(x²+4x)+x)", "= 4/(√(1+4/x)+1)"], "pp"),
        (r"Find \(\lim_{x\to 2}\frac{x-2}{4-x^2}\).", ["(x-2)/((2-x)(2+x)) = 1/(2+x)"], "r"),
        (r"Find \(\lim_{x\to 0}\frac{e^x-1}{x}\).", ["(e^x-1)/x = e^x/1"], "u"),
        (TURNING, ["f''>0 so it's a maximum"], "r"),
        (TURNING, ["f''>0 so it's a minimum"], "g"),
        ("Find the median of 9, 4, 12, 7, 3.", ["middle number is 12"], "r"),
        ("Find the median of 9, 4, 12, 7, 3.", ["the middle one is 7"], "p"),
        (r"Solve \(x^2-x-2=0\).", ["(x-2)(x+1)", "x=2 or x=-1"], "pp"),
        (r"Solve \(x^2-x-2=0\).", ["(x+2)(x-1)"], "r"),
        ("已知a=(1,2)，b=(3,-2)，求a·b。", ["a·b=1×3+2×(-2)", "=3-4=-1"], "pp"),
        ("已知a=(1,2)，b=(3,-2)，求a·b。", ["a·b=1×3+2×2=7"], "r"),
        (r"Rationalise \(\frac{1}{2-\sqrt3}\).", ["times (2+√3)/(2+√3)", "(2+√3)/(4+3)"], "pr"),
        (r"Développer \((x+3)^2-5(x-1)\).", ["on a x² + 6x + 9 - 5x - 5"], "r"),
        (r"Calcula \(\int_0^3x^2dx\)", ["x³/3", "27/3 - 0 = 9"], "pp"),
        (r"计算 \(\int_0^{\pi/2}\cos x\,dx\)。", ["=[sin x]_0^(π/2)"], "p"),
        ("In triangle ABC, A = 30°, B = 45° and a = 5. Find b.", ["a/sinA = b/sinB"], "g"),
        ("In triangle ABC, A = 30°, B = 45° and a = 5. Find b.", ["a/sinB = b/sinA"], "u"),
    ],
)
def test_lines_are_judged_by_what_is_known(statement, lines, expected):
    assert marks(lines, statement) == expected


def test_values_of_one_case_are_told_from_given_values():
    assert values_in_cases("y is proportional to x, and y = 12 when x = 5") == [{"y": 12, "x": 5}]
    assert values_in_cases("Evaluate 2x + 3y when x = 3, y = 2.") == []


@pytest.mark.parametrize(
    ("statement", "proves"),
    [
        ("Ein Glücksrad zeigt Rot.", False),
        ("Zeige, dass n gerade ist.", True),
        ("Une montre coûte 5 €.", False),
        ("Montrer que n est pair.", True),
    ],
)
def test_a_wheel_that_shows_red_asks_for_no_proof(statement, proves):
    assert read_task(statement).proves is proves
