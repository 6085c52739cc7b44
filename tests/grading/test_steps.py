"""Which steps follow: lines of a derivation, and blocks of a worked solution."""

import pytest

from tests.grading.hostile import GROWING, RUNNING
from tutor.grading.numeric.sympy_client import same_by_sympy
from tutor.grading.parsing.tree import ONE
from tutor.grading.processes.deadline import Deadline
from tutor.grading.steps.checks import ClaimRelation, StepChecker, StepVerdict, check_derivation

PROVED, REFUTED, UNCHECKED = StepVerdict


def verdicts(lines, context=""):
    return "".join(check.verdict[0] for check in check_derivation(lines, context))


def solution(*steps, statement=""):
    checker = StepChecker(statement)
    return [checker.check(step) for step in steps]


def last(*steps, statement=""):
    return solution(*steps, statement=statement)[-1]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["3x+2=14", "3x=12", "x=4"], "upp"),
        (["3x+2=14", "3x=12", "x = 12/3 = 4"], "upp"),
        (["3x+2=14", "3x=12", "x = 12/4 = 4"], "upr"),
        (["3x=7", "x=2.33", "x≈2.3"], "upp"),
        (["3x=7", "x=2.4"], "ur"),
        (["x^2=4", "x=2"], "ur"),
        (["x^2=4", "x=±2"], "up"),
        (["x=2", "x^2=4"], "up"),  # implied, if not the other way round
        (["x^2+1=0", "no solution"], "up"),
        (["|x-3|=5", "x=8 or x=-2"], "up"),
        (["2^x=8", "x=3"], "up"),
        (["2^x=8", "x=4"], "ur"),
        (["sin(x)=1/2", "x=pi/6"], "uu"),  # one of many, which may be all that is asked for
        (["log x = 2", "x = 100"], "uu"),  # where the base is ten
        (["2x-1<5", "2x<6", "x<3"], "upp"),
        (["-2x<6", "x<-3"], "ur"),
        (["x>3", "x>2"], "uu"),  # true, and weaker
        (["v=d/t", "d=v*t", "t=d/v"], "upp"),
        (["v=d/t", "t=v/d"], "ur"),
        (["x+y=10, x-y=2", "2x=12", "x=6", "y=4"], "uppp"),
        (["x+y=10, x-y=2", "2x=12", "x=6", "y=5"], "uppr"),
        (["(x+1)^2", "x^2+2x+1"], "up"),
        (["1/2+1/3", "3/6+2/6", "5/6"], "upp"),
        (["f(x)=x^2-4x", "f'(x)=2x-4", "f'(x)=0", "x=2", "f(2) = 4-8 = -4"], "upupp"),
        (["y=x^3", "dy/dx=3x^2"], "up"),
        ([r"\int 2x\,dx", "x^2+C"], "up"),
        (["sqrt(x+8)=x-4", "x+8=x^2-8x+16", "x^2-9x+8=0", "x=8 or x=1", "x=8"], "upppp"),
        (["|x-3|=5", "x=8 or x=-2 or x=1"], "ur"),
        (["2^x=8", "x=3 or x=10"], "ur"),
        (["x^2>9", "x>3 or x<-3"], "up"),
        (["x^2>9", "x>3 or x<-2"], "uu"),  # true, and weaker
        (["|2x-1|<5", "2x-1<5 and 2x-1>-5"], "up"),
        (["|2x-1|<5", "2x-1<5 or 2x-1>-5"], "uu"),
        (["sqrt(x)=-2", "x=4"], "ur"),
        (["sqrt(x)=-2", "no solution"], "up"),
        (["(x^2-1)/(x-1)=0", "x=1 or x=-1"], "ur"),  # divided by nothing at 1
        (["(x^2-1)/(x-1)=0", "x^2-1=0", "x=-1"], "upp"),
        (["x/(x-1)=1/(x-1)", "x=1"], "ur"),
        (["y=x", "y=|x|"], "ur"),
        (["a=b", "a^2=b^2"], "up"),
        (["10*cos(60)", "5"], "uu"),  # in degrees, perhaps
        (["10*cos(60)", "6"], "ur"),
        (["10*cos(60°)", "5"], "up"),
        (["", "hello", "x="], "uuu"),
    ],
)
def test_each_line_is_held_against_those_before(lines, expected):
    assert verdicts(lines) == expected


def test_the_first_line_may_follow_from_the_statement():
    assert verdicts(["3x=12"], "Solve $3x+2=14$.") == "p"
    assert verdicts(["3x=16", "x=16/3"], "Solve $3x+2=14$.") == "rp"
    assert verdicts(["3x=16"]) == "u"


def test_a_refuted_line_says_for_which_values_and_why():
    line = check_derivation(["2(x+3)=10", "2x+3=10"])[1].refuted
    assert line.relation == ClaimRelation.EQUIVALENT
    assert line.slip == "half_distributed"
    assert line.witness.values == {"x": "2"}
    assert (line.witness.left, line.witness.right) == ("7", "10")


def test_after_a_wrong_line_the_next_ones_rest_on_it():
    checks = check_derivation(["3x+2=14", "3x=16", "6x=32", "x=16/3"])
    assert [check.verdict for check in checks] == [UNCHECKED, REFUTED, PROVED, PROVED]
    assert [check.rests_on for check in checks] == [None, None, 1, 1]


@pytest.mark.parametrize(
    "lines",
    [
        ["(x+1)^2-x", "x^2+x+2", "x^2+2+x"],
        ["x^2+x=7+x", "x^2=8", "x^2-8=0"],
        ["(1+1)(5)", "11", "10+1"],
    ],
)
def test_a_line_not_decided_in_time_is_the_one_that_the_next_is_judged_by(lines, monkeypatch):
    within = Deadline.within
    out_of_time = iter([5, -1, 5])
    monkeypatch.setattr(Deadline, "within", lambda _: within(next(out_of_time)))
    assert verdicts(lines) == "uup"


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
        ("one sixth of 24 = 4", UNCHECKED),  # the words belong to the left side
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
    assert last(step).verdict == expected


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
        ("17 mod 5 = 2", UNCHECKED),
    ],
)
def test_a_formula_without_signs_is_read_from_its_beginning_to_its_end(step, expected):
    assert last(step).verdict == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("2/4 * 100 = 50%", PROVED),
        ("40 + 35 = 75%", PROVED),
        ("100% - 30 = 70%", PROVED),
        ("100% - 20% = 80", PROVED),
        ("0.8 * 100% = 80", PROVED),
        ("200 * 10% = 20", PROVED),
        ("200 * 10% = 2000", UNCHECKED),
        ("200 + 10% = 220", UNCHECKED),  # as shops say it
        ("200 + 10% = 210", REFUTED),
        ("1/4 = 0.25%", UNCHECKED),
        (r"\(20\% \cdot 20\% = 400\%\)", REFUTED),
        (r"\(20\% \cdot 20\% = 4\%\)", PROVED),
    ],
)
def test_a_per_cent_sign_is_a_hundredth_unless_it_can_be_nothing_but_a_unit(claim, expected):
    assert last(claim).verdict == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"\sqrt{15} \approx 4", PROVED),
        (r"\sqrt{15} = 4", UNCHECKED),
        (r"\sqrt{15} = 3", REFUTED),
        (r"\sqrt{15} = 3.87", PROVED),
        (r"2/3 \approx 0.66", PROVED),  # cut off
        (r"2/3 = 0.6", REFUTED),
        (r"20/3 = 6", UNCHECKED),  # with a remainder
        (r"\sin 45° = 0", REFUTED),
        (r"1.05^{10} = 1", REFUTED),
    ],
)
def test_a_rounded_number_has_to_be_near(claim, expected):
    assert last(rf"\({claim}\)").verdict == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("2 hours + 30 minutes = 32 minutes", UNCHECKED),
        ("3 dozen = 3 eggs", UNCHECKED),
        ("120 minutes / 60 = 2 hours", PROVED),
        ("2 feet + 1 foot = 3 feet", PROVED),
        ("4 checks/month * 12 months/year + 3 checks/year = 48 + 3", PROVED),
        ("$5 + 3 dollars = $8", PROVED),
        ("$4/person * 3 = $12", PROVED),
        (r"\(1/a + 1/b = 1/6\)", UNCHECKED),  # a letter is no unit
        (r"\(2/x \cdot 3/x = 6/x\)", UNCHECKED),
    ],
)
def test_equal_numbers_of_different_units_prove_nothing(claim, expected):
    assert last(claim).verdict == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"\lim_{x\to 0}\frac{\sin x}{x} = 1", PROVED),
        (r"\lim_{x\to\infty}\frac{1}{x} = 0", PROVED),
        (r"\lim_{x\to 0}\frac{|x|}{x} = 1", UNCHECKED),  # from one side
        (r"\lim_{x\to 0}\frac{1}{x} = \infty", UNCHECKED),
    ],
)
def test_a_limit_is_one_from_both_sides(claim, expected):
    same_by_sympy(ONE, ONE, Deadline.within(30))  # loads SymPy
    assert last(rf"\({claim}\)").verdict == expected


def test_a_letter_below_a_number_is_divided_by():
    assert verdicts(["12/x = 3", "x = 4"]) == "up"
    assert verdicts(["12/x = 3", "x = 5"]) == "ur"
    statement = "Let $f(x) = 2/x + 1$."
    assert last(r"\(f(4) = 1.5\)", statement=statement).verdict == PROVED
    assert last(r"\(f(4) = 3\)", statement=statement).verdict == REFUTED


def test_a_solution_is_held_against_its_problem():
    statement = "Find the extrema of $f(x)=x^3-3x$ on $[0,2]$."
    checks = solution(
        r"The derivative is \(f'(x) = 3x^2 - 3\).",
        r"Setting \(f'(x) = 0\) gives \(x = 1\) or \(x = -1\).",
        r"\(f(1) = 1 - 3 = -2\) and \(f(2) = 8 - 6 = 2\).",
        r"\(f'(x) = 3x^2\)",
        statement=statement,
    )
    assert [check.verdict for check in checks] == [PROVED, PROVED, PROVED, REFUTED]
    assert checks[0].claims[0].relation == ClaimRelation.EVALUATE


def test_a_function_is_read_to_its_end_without_formula_signs():
    statement = "Find the maximum of f(x)=x^3-x+1 on [0, 2]."
    assert last(r"\(f'(x)=3x^2-1\)", statement=statement).verdict == PROVED
    assert last(r"\(f'(x)=3x^2\)", statement=statement).verdict == REFUTED


@pytest.mark.parametrize("name", "fpPvC")
def test_any_letter_may_be_a_function(name):
    checks = solution(
        rf"Let \({name}(t) = t^2 + 1\).",
        rf"\({name}(1) = 2\)",
        rf"\({name}(-1) = 2\)",
        rf"\({name}(1) + {name}(2) = 7\)",
        rf"\({name}'(t) = 2t\)",
        rf"\({name}(-2) = 6\)",
    )
    assert "".join(check.verdict[0] for check in checks) == "uppppr"
    lines = [f"{name}(t)=t^2+1", f"{name}(-1)=2", f"{name}(1)+{name}(2)=7", f"{name}(-2)=6"]
    assert verdicts(lines) == "uppr"


def test_an_unknown_function_is_no_number_that_is_multiplied():
    checks = solution(r"\(P(1) = 0.2\)", r"\(P(-1) = 0.2\)", r"\(P(1) + P(-1) = 0.4\)")
    assert [check.verdict for check in checks] == [UNCHECKED] * 3
    known = r"\(P(A) = 0.3\) and \(P(B) = 0.5\)."
    assert last(known, r"\(P(A) \cdot P(B) = 0.3 \cdot 0.5\)").verdict == UNCHECKED


def test_a_letter_before_a_bracket_with_a_sum_is_multiplied():
    assert verdicts(["x(x+1)=6", "x^2+x=6", "x=2 or x=-3"]) == "upp"
    assert last(r"We know that \(a = 4\).", r"So \(a(3 + 2) = 20\).").verdict == PROVED


def test_known_values_are_put_in():
    step = r"\(B = \frac{E}{2} = \frac{19}{2} = 9.5\)"
    assert last(r"We know that \(E = 19\).", step).claims[1].relation == ClaimRelation.SUBSTITUTE
    assert last(r"We know that \(E = 19\).", step).claims[1].verdict == PROVED


@pytest.mark.parametrize(
    ("calculation", "result", "expected"),
    [
        (r"\(2x = 41 - 25\)", r"\(2x = 36\)", REFUTED),
        (r"\(2x = 41 - 25\)", r"\(2x = 16\)", PROVED),
        (r"\(x = 36 \times 2\)", r"\(x = 62\)", REFUTED),
        (r"\(-x = 3 - 10\)", r"\(-x = -8\)", REFUTED),
        (r"\(2x = 41 - 25\)", r"If \(2x = 36\), the sum is odd.", UNCHECKED),
        (r"\(R = 5^{-1} + 3^{-1} \equiv 9 \pmod{7}\)", r"\(R = 2\)", UNCHECKED),
        (r"\(x^2 = 9\)", r"\(x^2 = 4\)", UNCHECKED),  # perhaps another case
        (r"\(x = 3 \times 60\) minutes.", r"That is \(x = 3\) hours.", UNCHECKED),
        (r"\(2t = 3 \times 60\) minutes.", r"That is \(2t = 3\) hours.", UNCHECKED),
        (r"\(2t = 3 \times 60\) minutes.", r"So \(2t = 180\) minutes.", PROVED),
        (r"\(AB = 2 \cdot 50\) cm.", r"So \(AB = 1\) m.", UNCHECKED),
        (r"\(2t = 3 \times 60\) 分钟。", r"即 \(2t = 3\) 小时。", UNCHECKED),
        (r"\(2t = 3 \times 60\).", r"So \(2t = 170\), which is odd.", REFUTED),
        (r"For Tom \(3x = 12 + 3\).", r"For Ann \(3x = 27\).", UNCHECKED),
        (r"\(x^2 = 3 + 4\).", r"We need \(x^2 = 9\).", UNCHECKED),
        (r"\(2x = 4 + 5 \pmod 7\)", r"\(2x = 2\)", UNCHECKED),
        (r"\(1/x = x\).", r"So \(x = 5\).", REFUTED),
        (r"\(1/x = x\).", r"At \(x = 5\) the value is 3.", UNCHECKED),
        (r"步骤 1：\(2x = 41 - 25\)", r"步骤 2：所以 \(2x = 36\)", REFUTED),
    ],
)
def test_a_calculation_is_held_against_its_result(calculation, result, expected):
    assert last(calculation, result).verdict == expected


def test_a_case_is_no_contradiction():
    steps = [
        r"\(|x - 8| = 12\)",
        r"So \(x - 8 = 12\) or \(x - 8 = -12\).",
        r"If \(x = 1\), it fails.",
    ]
    assert all(check.verdict != REFUTED for check in solution(*steps))


def test_what_uses_a_wrong_result_rests_on_it():
    checks = solution(
        r"\(12 \times 7 = 94\)", r"\(3 + 4 = 7\)", r"\(94 + 6 = 100\)", "100 / 2 = 50"
    )
    assert [check.verdict for check in checks] == [REFUTED, PROVED, PROVED, PROVED]
    assert [check.rests_on for check in checks] == [None, None, 0, 0]


def test_a_claim_has_its_place_in_the_step():
    step = r"First \(2 + 2 = 4\), then \(3 \cdot 3 = 8\)."
    first, second = last(step).claims
    assert step[first.start : first.end] == first.claim == "2 + 2 = 4"
    assert step[second.start : second.end] == second.claim == r"3 \cdot 3 = 8"


def test_steps_in_chinese_are_checked():
    checks = solution(r"移项得 \(3x = 12\)。", "所以 $x = 5$。", statement="解方程 $3x+2=14$。")
    assert [check.verdict for check in checks] == [PROVED, REFUTED]


@pytest.mark.parametrize(
    "lines",
    [
        ("2^20000", "1"), ("1/2^20000", "1"), ("2000! + x", "x"), ("x = 2^20000", "x = 1"),
        ("x^2 = 2^20000", "x = 2^10000"), ("x > 2^20000", "x > 2^20001"),
    ],
)  # fmt: skip
def test_numbers_with_thousands_of_digits_are_told_apart(lines):
    assert check_derivation(lines)[1].verdict == REFUTED


@pytest.mark.slow
@pytest.mark.parametrize("text", [*RUNNING, *GROWING])
def test_no_text_makes_the_checker_raise(text):
    checker = StepChecker(text)
    for step in (
        text,
        rf"\({text}\)",
        f"{text} = {text}",
        rf"So \({text} = 1\) or \(x = {text}\).",
    ):
        checker.check(step)
    assert len(checker.checks) == 4
    assert len(check_derivation([text, f"{text}=1", f"x={text}"], text)) == 3
