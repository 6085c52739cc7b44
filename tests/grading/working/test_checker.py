"""What each line of a working does, and what is known after it."""

import pytest

from tests.grading.working.marking import marks, refuted_check
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.checker import check_working

SYSTEM = r"Solve the system \(x+2y=11\), \(3x-y=5\)."
PEOPLE = "Tickets cost 9 € for adults and 4 € for children. 15 visitors paid 95 €."


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (r"Solve \(4x-7=2x+5\).", ["4x-7=2x+5", "2x=12", "x=6"], "gpp"),
        (r"Solve \(4x-7=2x+5\).", ["2x=12", "x=6"], "pp"),
        (r"Solve \(4x-7=2x+5\).", ["2x=2", "x=1"], "rs"),  # the statement's equation says otherwise
        (r"Factor \(x^2-5x+6\).", ["x^2-5x+6=(x-2)(x-3)"], "p"),
        (r"Factor \(x^2-5x+6\).", ["x^2-5x+6=(x-1)(x-6)"], "r"),
        (r"Factor \(x^2-5x+6\).", ["(x-1)(x-6)"], "r"),
        (r"Simplify \(3(a+2)-a\).", ["=3a+6-a", "=2a+6"], "pp"),
        (r"Simplify \(3(a+2)-a\).", ["=3a+2-a", "=2a+2"], "rs"),
        # A calculation on the side is no form of the expression.
        (r"Factor \(2x^2+7x+3\).", ["2*3=6", "2x^2+6x+x+3", "(2x+1)(x+3)"], "ppp"),
    ],
)
def test_the_statement_is_known(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (SYSTEM, ["6x-2y=10", "7x=21", "x=3", "y=4"], "pppp"),
        (SYSTEM, ["y=3x-5", "x+2(3x-5)=11", "7x=21", "x=3", "y=3*3-5=4"], "ppppp"),
        (SYSTEM, ["y=3x-5", "x+2(3x-5)=11", "7x=1"], "ppr"),
        (PEOPLE, ["a+c=15", "9a+4c=95", "c=15-a", "9a+4(15-a)=95", "5a=35", "a=7"], "uupppp"),
        (PEOPLE, ["a+c=15", "c=15+a"], "ur"),
    ],
)
def test_a_second_equation_does_not_contradict_the_first(statement, lines, expected):
    letters = marks(lines, statement).replace("g", "u")  # set up in the statement's numbers
    assert letters == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (r"Solve \(x^2-2x-15=0\).", ["x1=5", "x2=-3"], "pp"),
        (r"Solve \(x^2-2x-15=0\).", ["x=5", "x=-3"], "pp"),
        (r"Solve \(x^2-2x-15=0\).", ["x=5 or x=-3"], "p"),
        (r"Solve \(x^2-2x-15=0\).", ["x=5"], "r"),
        (r"Solve \(x^2-2x-15=0\).", ["x1=5", "x2=3"], "rs"),
        (r"Solve \(x^2-2x-15=0\).", ["L={5;-3}"], "p"),
        (r"Solve \(x^2-2x-15=0\) for \(x>0\).", ["(x-5)(x+3)=0", "x=5 (x>0)"], "pp"),
        ("A square has an area of 49 cm².", ["a^2=49", "a=7"], "pp"),
        ("The square of a negative number is 49.", ["x^2=49", "x=-7"], "gu"),
        ("A negative number times 3 more than itself is 0.", ["x(x+3)=0", "x=-3"], "gu"),
        ("The square of a negative number is 49.", ["x^2=49", "x=7"], "gu"),
        ("The square of a number is 49.", ["x^2=49", "x=6"], "gr"),
        (r"Find the larger solution of \(x^2-2x-15=0\).", ["(x-5)(x+3)=0", "x=5"], "pu"),
        (r"Find the larger solution of \(x^2-2x-15=0\).", ["x=3"], "r"),
        (r"求方程 \(x^2-2x-15=0\) 的负数解。", ["x=-3"], "u"),
        (r"Gib eine Lösung von \(x^2-2x-15=0\) an.", ["x=5"], "u"),
        (r"Quelle est la plus petite solution de \(x^2-2x-15=0\) ?", ["x=-3"], "u"),
        (r"When has \(x^2+kx+9=0\) exactly one solution?", ["k^2-36=0", "k=6"], "pr"),
        (r"Halla la raíz mayor de \(x^2-2x-15=0\).", ["x=5"], "u"),
        (r"Solve \(a^2=49\).", ["a=7"], "r"),
    ],
)
def test_solutions_may_be_listed_and_chosen(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (r"Solve \(4^x-5\cdot 2^x+4=0\).", ["u=2^x", "u^2-5u+4=0", "u=1 or u=4"], "gpp"),
        (r"Solve \(4^x-5\cdot 2^x+4=0\).", ["u=2^x", "u^2-5u-4=0"], "gr"),
        (r"Find \(A\) and \(B\) with \(x+7=A(x+1)+B(x-2)\).", ["x=2: 9=3A", "A=3"], "pp"),
        (r"Find \(A\) and \(B\) with \(x+7=A(x+1)+B(x-2)\).", ["x=2: 9=A"], "r"),
        (r"Solve \(\sqrt{x+6}=x\).", ["x+6=x^2", "x=3 or x=-2", "check x=3: √9=3 ✓"], "ppp"),
    ],
)
def test_names_and_cases(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (r"Solve \(2\sin x=1\).", ["sin x = 1/2"], "p"),
        (r"Solve \(2\sin x=1\).", ["sin x = 2"], "r"),
        (r"Solve \(2\cos^2x+3\sin x=3\).", ["2(1-sin^2 x)+3 sin x=3"], "p"),
        (r"Solve \(3\cdot 2^x=24\).", ["2^x=8", "x=3"], "pp"),
        (r"Solve \(3\cdot 2^x=24\).", ["6^x=24"], "r"),
        ("x is acute and sin x = 5/13.", ["cos^2 x = 1-25/169 = 144/169", "cos x = 12/13"], "pp"),
    ],
)
def test_functions_of_the_unknown_are_unknowns_themselves(statement, lines, expected):
    assert marks(lines, statement)[-1] == expected[-1]


@pytest.mark.parametrize(
    ("statement", "lines", "expected"),
    [
        (r"Find \(\int x\cos x\,dx\).", ["u=x, dv=cos x dx", "du=dx, v=sin x"], "gp"),
        (r"Find \(\int x\cos x\,dx\).", ["u=x, dv=cos x dx", "du=dx, v=-sin x"], "gr"),
        (r"Find \(\int x\cos x\,dx\).", ["∫x cos x dx = x sin x - ∫sin x dx"], "p"),
        (r"Find \(\int x\cos x\,dx\).", ["∫x cos x dx = x sin x + ∫sin x dx"], "r"),
        (r"Calculate \(\int_0^2 3x^2\,dx\).", ["= [x^3]_0^2", "= 8 - 0", "= 8"], "ppp"),
        (r"Calculate \(\int_0^2 3x^2\,dx\).", ["= [x^3]_0^2", "= 6 - 0"], "pr"),
        (r"Find \(\lim_{x\to 3}\frac{x^2-9}{x-3}\).", ["= lim x→3 (x+3)", "= 6"], "pp"),
        (r"Find \(\lim_{x\to 3}\frac{x^2-9}{x-3}\).", ["= lim x→3 (x-3)"], "r"),
        (r"Find the extrema of \(f(x)=x^3-12x\).", ["f'(x)=3x^2-12", "f'(x)=0: x=2 or x=-2"], "pp"),
        (r"Find the extrema of \(f(x)=x^3-12x\).", ["f'(x)=3x^2-12", "f'(x)=0: x=4"], "pr"),
        (r"Find the slope of \(x^2+3y^2=12\).", ["2x+6y*y'=0", "y'=-x/(3y)"], "pp"),
        (r"Find the slope of \(x^2+3y^2=12\).", ["2x+6y*y'=0", "y'=x/(3y)"], "pr"),
        (r"Find the tangent to \(y=x^3\) at \(x=1\).", ["m=3", "y-1=3(x-1)", "y=3x-2"], "ppp"),
        (r"Find the partial derivatives of \(f(x,y)=xy^2\).", ["f_x=y^2", "f_y=2xy"], "pp"),
    ],
)
def test_calculus(statement, lines, expected):
    assert marks(lines, statement) == expected


@pytest.mark.parametrize(
    ("statement", "lines", "slip"),
    [
        ("Add 17, 8 and 5.", ["17+8=25+5=30"], Slip.RUNNING_EQUALS),
        ("", ["3x-(x-4)", "3x-x-4"], Slip.MINUS_BRACKET),
        ("", ["2+3*4", "20"], Slip.ORDER_OF_OPERATIONS),
        ("", ["(2x)^3", "2x^3"], Slip.POWER_OF_PRODUCT),
        ("", ["x^2*x^3", "x^6"], Slip.EXPONENT_RULE),
        ("", ["(x^2)^3", "x^5"], Slip.POWER_OF_POWER),
        ("", ["√50-√2", "√48"], Slip.SPLIT_ROOT),
        ("", ["r^3=27", "r=9"], Slip.ROOT_AS_DIVISION),
        ("", ["√(x-1)=5", "x-1=10"], Slip.DOUBLED_FOR_SQUARED),
        ("", ["3^x=81", "x=27"], Slip.DIVIDED_FOR_LOG),
        (r"Find \(\int\sin x\,dx\).", ["∫sin x dx = cos x + C"], Slip.LOST_SIGN),
        (r"Solve \(x^2-x-6=0\).", ["D=1-24=-23"], Slip.LOST_SIGN),
        (r"Find the derivatives of \(f(x,y)=x^2y\).", ["f_y=2x"], Slip.OTHER_LETTER_NOT_CONSTANT),
    ],
)
def test_a_mistake_is_named(statement, lines, slip):
    assert refuted_check(lines, statement).refuted.slip == slip


def test_a_limit_that_takes_too_long_ends_no_check():
    """Its line is read as a limit, and could not be read again as it stands."""
    statement = r"Find \(\lim_{n\to\infty}\left(1+\frac3n\right)^n\)."
    lines = ["3/n -> 0", "so 1 + 3/n -> 1", "and then (1+3/n)^n -> 1 because 1^n = 1"]
    assert len(check_working(lines, statement)) == 3
