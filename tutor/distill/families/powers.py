"""Powers, roots, surds and the laws of exponents."""

from math import isqrt
from random import Random

from tutor.distill.exercise import (
    Bilingual,
    Exercise,
    LessonStep,
    Phrases,
    Wording,
    WorkedFormula,
    step,
)
from tutor.distill.latex import signed
from tutor.grading import AnswerKey
from tutor.grading.answer_key import Form, Kind

_SQUAREFREE = [2, 3, 5, 6, 7, 10, 11]
_POWERS = (
    [(base, 2) for base in range(-12, 21) if abs(base) > 1]
    + [(base, 3) for base in range(-9, 11) if abs(base) > 1]
    + [(2, n) for n in range(4, 11)]
    + [(3, 4), (3, 5), (10, 4), (10, 5), (-2, 4), (-2, 5), (-3, 4), (5, 4), (4, 4)]
)
_SINGLE_SURD = (
    " Give a single simplified surd of the form \\(a\\sqrt{b}\\),"
    " with \\(b\\) as small as possible."
)


def powers_and_roots(rng: Random) -> Exercise:
    worked = rng.choice(_KINDS)(rng)
    wording = Wording(rng)
    shown = wording.formula(worked.formula)
    english = [f"Calculate {shown}.", f"What is {shown}?", f"Simplify {shown}."]
    if worked.formula.count("sqrt") == 2:
        english.append(f"Simplify {shown}.{_SINGLE_SURD}")
    chinese = [f"计算 {shown}。", f"计算：{shown}。", f"化简 {shown}。"]
    return Exercise(
        f"powers_and_roots:{worked.formula}",
        wording.in_both(Phrases(english, chinese)),
        Bilingual("Powers and roots.", "乘方与开方。"),
        worked.steps,
        AnswerKey(worked.answer, worked.kind, form=worked.form),
    )


def extract_square(number: int) -> tuple[int, int]:
    """The largest a, and b, with number = a^2 b."""
    a = next(a for a in range(isqrt(number), 0, -1) if number % (a * a) == 0)
    return a, number // (a * a)


def root(outside: int, inside: int) -> str:
    head = {1: "", -1: "-"}.get(outside, str(outside))
    return f"{head}\\sqrt{{{inside}}}"


def _power(rng: Random) -> WorkedFormula:
    base, exponent = rng.choice(_POWERS)
    formula = f"{signed(base)}^{exponent if exponent < 10 else f'{{{exponent}}}'}"
    steps = [step(f"{base**n}\\times{signed(base)}={base ** (n + 1)}") for n in range(1, exponent)]
    return WorkedFormula(formula, steps, str(base**exponent))


def _root_of_square(rng: Random) -> WorkedFormula:
    n = rng.randint(2, 20)
    formula = f"\\sqrt{{{n * n}}}"
    return WorkedFormula(formula, [step(f"{formula}=\\sqrt{{{n}\\times{n}}}={n}")], str(n))


def _root_of_product(rng: Random) -> WorkedFormula:
    n = rng.randint(2, 12)
    formula = f"\\sqrt{{{n}\\times{n}}}"
    return WorkedFormula(formula, [step(f"{formula}={n}")], str(n))


def _cube_root(rng: Random) -> WorkedFormula:
    n = rng.randint(2, 10)
    formula = f"\\sqrt[3]{{{n**3}}}"
    factors = f"{n}\\times{n}\\times{n}"
    return WorkedFormula(formula, [step(f"{formula}=\\sqrt[3]{{{factors}}}={n}")], str(n))


def _surd(rng: Random) -> WorkedFormula:
    a, b = rng.randint(2, 9), rng.choice(_SQUAREFREE)
    formula = f"\\sqrt{{{a * a * b}}}"
    return WorkedFormula(formula, [_surd_step(a, b)], root(a, b), form=Form.SIMPLIFIED_SURD)


def _sum_of_surds(rng: Random) -> WorkedFormula:
    b, a, c = rng.choice(_SQUAREFREE[:5]), rng.randint(2, 7), rng.randint(2, 7)
    sign = rng.choice("+-")
    if a == c and sign == "-":
        c = 8
    answer = root(a + c if sign == "+" else a - c, b)
    steps = [_surd_step(a, b), _surd_step(c, b)]
    steps.append(step(f"{root(a, b)}{sign}{root(c, b)}={answer}"))
    formula = f"\\sqrt{{{a * a * b}}}{sign}\\sqrt{{{c * c * b}}}"
    return WorkedFormula(formula, steps, answer, form=Form.SIMPLIFIED_SURD)


def _exponent_law(rng: Random) -> WorkedFormula:
    """a^m a^n, a^m : a^n or (a^m)^n, where a is a letter or a small number."""
    base = rng.choice("abx235")
    most, least = (3, 1) if base.isdigit() else (9, 2)
    m, n = rng.randint(least, most), rng.randint(least, most)
    operation = rng.choice(["\\times", "\\div", "power"])
    if operation == "power":
        if base.isdigit() and m * n > 4:
            return _exponent_law(rng)
        formula, sum_, exponent = f"({base}^{m})^{n}", f"{m}\\times{n}", m * n
    elif operation == "\\times":
        formula, sum_, exponent = f"{base}^{m}\\times {base}^{n}", f"{m}+{n}", m + n
    else:
        if m <= n:
            m, n = n + 1, m
        formula, sum_, exponent = f"{base}^{m}\\div {base}^{n}", f"{m}-{n}", m - n
    if base.isdigit():
        formula = formula.replace(" ", "")
    return _with_power(formula, step(f"{sum_}={exponent}"), base, exponent)


def _with_power(formula: str, first: LessonStep, base: str, exponent: int) -> WorkedFormula:
    power = base if exponent == 1 else f"{base}^{{{exponent}}}"
    steps = [first, step(f"{formula}={power}")]
    if not base.isdigit():
        return WorkedFormula(formula, steps, power, Kind.EXPRESSION)
    answer = str(int(base) ** exponent)
    if exponent > 1:
        steps.append(step(f"{power}={answer}"))
    return WorkedFormula(formula, steps, answer)


def _surd_step(a: int, b: int) -> LessonStep:
    return step(f"\\sqrt{{{a * a * b}}}=\\sqrt{{{a * a}\\times{b}}}={root(a, b)}")


_KINDS = [
    _power,
    _root_of_square,
    _root_of_product,
    _surd,
    _surd,
    _sum_of_surds,
    _exponent_law,
    _cube_root,
]
