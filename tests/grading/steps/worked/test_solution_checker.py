"""The claims of a worked solution."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED, check_last, check_steps


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (r"So she needs \(4 \times 3 = 12\) eggs.", PROVED),
        (r"So she needs \(4 \times 3 = 13\) eggs.", REFUTED),
        ("The total is $5 * 3 = $15.", PROVED),
        ("The total is $5 * 3 = $16.", REFUTED),
        ("3 people * 3 eggs/person/day = 10 eggs/day.", REFUTED),
        (r"\[ \frac{48 \text{ hours}}{1.5 \text{ hours/recipe}} = 32 \text{ recipes} \]", PROVED),
        (r"\[ \frac{2}{4} \times 100 = 50\% \]", PROVED),
        (r"\(7 / 3 = 2.33\)", PROVED),  # as rounded
        (r"\(7 / 3 = 2.43\)", REFUTED),
        ("2 hours = 120 minutes.", PROVED),
        ("2 hours = 90 minutes.", REFUTED),
        ("5 quarters = 5 * 25 cents", UNCHECKED),
        ("24 x 1/6 = 4", PROVED),
        ("one sixth of 24 = 4", PROVED),
        ("the graph of 24 = 4", UNCHECKED),  # the words belong to the left side
        (r"of which \(\frac16\) of \(24 = 4\)", UNCHECKED),
        (r"\(17 \equiv 2 \pmod{5}\)", PROVED),
        (r"\(17 \equiv 3 \pmod{5}\)", REFUTED),
        (r"\(\binom{5}{2} = 10\)", PROVED),
        (r"\(\sum_{k=1}^{10} k = 55\)", PROVED),
        (r"The height is \(10 \cdot \sin 30 = 5\).", UNCHECKED),  # in degrees, perhaps
        (r"The height is \(10 \cdot \sin 30 = 6\).", REFUTED),
        (r"The angle is \(\arcsin 0.5 = 30\).", UNCHECKED),
        (r"\(\tan 45 = 1\)", UNCHECKED),
        (r"\(\tan 45° = 1\)", PROVED),
        (r"\(\int_0^1 2x\,dx = 1\)", PROVED),
        (r"\((x+1)^2 = x^2+2x+1\)", PROVED),
        (r"\((x+1)^2 = x^2+1\)", UNCHECKED),  # an equation, for all we know
        (r"Expanding: \(y = (x+1)^2 = x^2+1\).", REFUTED),
        (r"It is not true that \(2 + 2 = 5\).", UNCHECKED),
        (r"There are 5 apples.", UNCHECKED),
        (r"Let \(x\) be the number of apples, \(x = 2y\).", UNCHECKED),
    ],
)
def test_a_step_of_prose_is_judged_by_its_formulas(step, expected):
    assert check_last(step).verdict == expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("The hypotenuse is sqrt(9 + 16) = 5.", PROVED),
        ("The hypotenuse is sqrt(9 + 16) = 25.", REFUTED),
        ("The hypotenuse is √(9 + 16) = 5", PROVED),
        ("√16 + 9 = 25", REFUTED),
        ("2√9 + 1 = 7", PROVED),
        ("log_2(8) + 1 = 4", PROVED),
        ("cos(0) + 1 = 1", REFUTED),
        ("2 * 8 = 4²", PROVED),
        ("3² + 4² = 25", PROVED),
        ("1 + 1.5 = 2½", PROVED),
        ("3 ⋅ 4 + 1 = 13", PROVED),
        ("30° + 60° = 91°", REFUTED),
        ("5! / 3! = 20", PROVED),
        ("2 + 3 = 5!", UNCHECKED),  # somebody is glad
        ("Great! 3 + 4 = 8", REFUTED),
        ("|3 - 5| + 1 = 3", UNCHECKED),
        ("sin 30 + 1 = 1.5", UNCHECKED),
        ("rate(3 + 4) = 8", UNCHECKED),
        ("20 : 5 + 5 = 10", UNCHECKED),
        ("1:2 = 2:3", UNCHECKED),
        ("Step 1: 3 + 4 = 8", REFUTED),
        ("得3 + 4 = 8", REFUTED),
        ("So → 3 + 4 = 8", REFUTED),
        ("3 + 4 = 2 mod 5", PROVED),
        ("3 + 4 = 3 mod 5", REFUTED),
        ("17 mod 5 = 2", PROVED),
        ("17 mod 5 = 3", REFUTED),
    ],
)
def test_a_formula_without_delimiters_is_read_as_a_whole(step, expected):
    assert check_last(step).verdict == expected


def test_a_case_is_no_contradiction():
    steps = [
        r"\(|x - 8| = 12\)",
        r"So \(x - 8 = 12\) or \(x - 8 = -12\).",
        r"If \(x = 1\), it fails.",
    ]
    assert all(check.verdict != REFUTED for check in check_steps(*steps))


def test_steps_in_chinese_are_checked():
    checks = check_steps(r"移项得 \(3x = 12\)。", "所以 $x = 5$。", statement="解方程 $3x+2=14$。")
    assert [check.verdict for check in checks] == [PROVED, REFUTED]


def test_a_function_that_is_given_for_some_values_only_is_not_known():
    statement = (
        r"A polynomial \(p\) has \[p(n) = \frac{n}{n^2 - 1}\] for \(n = 2, 3, 4\). Find p(8)."
    )
    assert check_last(r"\(p(8) = \frac{1}{56}\)", statement=statement).verdict == UNCHECKED


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (r"\((x + 5)^2 - x^2 = x^2 + 25 - x^2 = 25\)", REFUTED),
        (r"\((x + 5)^2 - x^2 = x^2 + 10x + 25 - x^2 = 10x + 25\)", PROVED),
    ],
)
def test_an_expression_of_the_problem_keeps_its_value(step, expected):
    assert check_last(step, statement=r"Expand \((x + 5)^2 - x^2\).").verdict == expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (r"\(\frac{x^2 - 1}{x - 1} = \frac{(x-1)(x+1)}{x-1} = x - 1\)", REFUTED),
        (r"\(z^3 = z \cdot z^2 = z(z + 1)\)", UNCHECKED),  # z may be a special number
        (r"\(x^2 = x \cdot x = x + 2\)", UNCHECKED),
        (r"\((\frac{-1+2}{2}, \frac{0+4}{2}) = (0.5, 2)\)", PROVED),
        (r"each digit appears \(120/5 = 24\) times", PROVED),
        (r"\(56 \equiv \boxed{6} \pmod{17}\)", REFUTED),
        ("Difference = time by car - time by bus = 30 - 21 = 9 minutes", PROVED),
        (r"\(a_n = 3 + 4(n-1) = 4n - 1\)", PROVED),
    ],
)
def test_chains_of_other_kinds(step, expected):
    statement = r"Let \(x^2 = x + 2\)." if "x + 2" in step else ""
    assert check_last(step, statement=statement).verdict == expected


def test_typed_indices_are_no_factors():
    steps = ["x1=3, x2=1/2"]
    checks = check_steps(*steps, statement=r"Solve \(2x^2-7x+3=0\) with the quadratic formula.")
    assert [check.verdict for check in checks] == [PROVED]


def test_x_alone_in_a_problem_is_no_function():
    statement = r"Here \(x^2 f(x) + f(1 - x) = 2x\) for all values of $x,$ except two."
    step = r"\((1 + x^2) f(x) = x^2 f(x) + x\)"
    assert check_last(step, statement=statement).verdict != PROVED


@pytest.mark.parametrize(
    ("step", "is_refuted"),
    [
        (r"We have \(f(-x) = -(7x^7 - 4x^4 + 1)\).", True),
        (r"We have \(f(-x) = -7x^7 - 4x^4 + 1\).", False),
        (r"For an odd function we need \(f(-x) = -(7x^7 - 4x^4 + 1)\).", False),
        (r"Solving the equation \(f(2x) = x^2\) is hard.", False),
    ],
)
def test_the_value_of_a_function_at_another_place_is_a_form(step, is_refuted):
    check = check_last(step, statement="Is $f(x) = 7x^7 - 4x^4 + 1$ an even function?")
    assert (check.verdict == REFUTED) == is_refuted


@pytest.mark.parametrize(
    ("step", "is_refuted"),
    [
        (r"We can rewrite the equation of the given line as \(y = -3x + 5\).", True),
        (r"We can rewrite the equation of the given line as \(y = 3x - 5\).", False),
        (r"The parallel line is \(y = 3x + 5\).", False),
    ],
)
def test_the_equation_of_the_problem_is_rewritten(step, is_refuted):
    statement = r"What is the slope of a line perpendicular to $6x - 2y = 10$?"
    assert (check_last(step, statement=statement).verdict == REFUTED) == is_refuted


def test_both_values_of_a_system_are_checked():
    steps = [r"We get \(a - 1 + 2c = 0\).", r"Also \(2a + 4 + c = 0\)."]
    wrong = r"Solving this system, we obtain \(a = -6\) and \(c = \frac{5}{2}\)."
    right = r"Solving this system, we obtain \(a = -3\) and \(c = 2\)."
    assert check_last(*steps, wrong).verdict == REFUTED
    assert check_last(*steps, right).verdict != REFUTED
