"""Polynomials: factors, zeros, values and products."""

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
from tutor.distill.families.linear import nonzero
from tutor.distill.families.powers import extract_square, root
from tutor.distill.latex import added, polynomial, signed, term, total
from tutor.grading import AnswerKey
from tutor.grading.answer_key import Form, Kind

_SET_OF_SOLUTIONS = Phrases(
    (
        "Give the set of solutions, such as \\(\\{1, 2\\}\\).",
        "Give the set of their exact values.",
    ),
    ("请写出解集。", "请写出解集，例如 \\(\\{1, 2\\}\\)。"),
)


def factoring(rng: Random) -> Exercise:
    kinds = [_monic, _monic, _monic, _difference_of_squares, _with_common_factor]
    worked = rng.choice(kinds)(rng)
    wording = Wording(rng)
    shown = wording.formula(worked.formula)
    ways = Phrases(
        (
            f"Factor {shown}.",
            f"Factorise {shown}.",
            f"Factor {shown} completely.",
            f"Factor {shown} completely over the integers.",
        ),
        (
            f"分解因式：{shown}。",
            f"把 {shown} 分解因式。",
            f"将多项式 {shown} 因式分解。",
            f"在整数范围内把 {shown} 分解因式。",
        ),
    )
    plan = Bilingual("Look for two numbers with this sum and product.", "找两数，看和与积。")
    key = AnswerKey(worked.answer, Kind.EXPRESSION, form=Form.FACTORED)
    return Exercise(f"factoring:{worked.formula}", wording.in_both(ways), plan, worked.steps, key)


def _monic(rng: Random) -> WorkedFormula:
    return _factored(nonzero(rng, 9), nonzero(rng, 9))


def _difference_of_squares(rng: Random) -> WorkedFormula:
    p = rng.randint(1, 12)
    formula, answer = f"x^2-{p * p}", f"(x-{p})(x+{p})"
    return WorkedFormula(formula, [step(f"{p * p}={p}^2"), step(f"{formula}={answer}")], answer)


def _with_common_factor(rng: Random) -> WorkedFormula:
    k, p, q = rng.randint(2, 6), rng.randint(1, 6), nonzero(rng, 6)
    if q == p:
        q = -p
    inner = _factored(p, q)
    formula, answer = polynomial([k, k * (p + q), k * p * q]), f"{k}{inner.answer}"
    steps = [step(f"{formula}={k}({inner.formula})"), *inner.steps, step(f"{formula}={answer}")]
    return WorkedFormula(formula, steps, answer)


def quadratic_equations(rng: Random) -> Exercise:
    """Whole roots, found with the discriminant."""
    p, q = rng.randint(-9, 9), rng.randint(-9, 9)
    b, c, between = -p - q, p * q, abs(p - q)
    low, high = sorted((p, q))
    steps = [_discriminant(b, c)]
    if p == q:
        steps.append(step(f"x=\\frac{{{-b}}}{{2}}={p}"))
    else:
        steps.append(step(f"\\sqrt{{{between**2}}}={between}"))
        steps.append(step(f"x_1=\\frac{{{-b}-{between}}}{{2}}=\\frac{{{-b - between}}}{{2}}={low}"))
        steps.append(
            step(f"x_2=\\frac{{{-b}+{between}}}{{2}}=\\frac{{{-b + between}}}{{2}}={high}")
        )
    answer = f"\\{{{low}\\}}" if p == q else f"\\{{{low},{high}\\}}"
    return _roots_exercise(rng, b, c, steps, answer)


def quadratic_formula(rng: Random) -> Exercise:
    """Irrational roots."""
    b, c = rng.randint(-9, 9), rng.randint(-9, 9)
    discriminant = b * b - 4 * c
    if c == 0 or discriminant < 2 or isqrt(discriminant) ** 2 == discriminant:
        return quadratic_formula(rng)
    outside, inside = extract_square(discriminant)
    surd = root(outside, inside)
    steps = [_discriminant(b, c)]
    if outside > 1:
        steps.append(step(f"\\sqrt{{{discriminant}}}={surd}"))
    top = str(-b) if b else ""
    if outside % 2 == 0 and b % 2 == 0:
        half, middle = root(outside // 2, inside), str(-b // 2) if b else ""
        steps.append(step(f"x=\\frac{{{top}\\pm{surd}}}{{2}}={middle}\\pm{half}"))
        low, high = f"{middle}-{half}", f"{middle}+{half}".removeprefix("+")
    else:
        steps.append(step(f"x=\\frac{{{top}\\pm{surd}}}{{2}}"))
        low = f"\\frac{{{top}-{surd}}}{{2}}"
        high = f"\\frac{{{top}+{surd}}}{{2}}".replace("{+", "{")
    return _roots_exercise(rng, b, c, steps, f"\\{{{low},{high}\\}}")


def _discriminant(b: int, c: int) -> LessonStep:
    products = f"{signed(b)}^2-4\\times{signed(c)}"
    return step(f"D={products}={b * b}{added(-4 * c)}={b * b - 4 * c}")


def polynomial_values(rng: Random) -> Exercise:
    if rng.random() < 0.5:
        return _expansion(rng)
    wording = Wording(rng)
    a, b, c = rng.choice([1, 1, 2, 3, -1, -2]), rng.randint(-9, 9), rng.randint(-12, 12)
    x = rng.randint(-6, 6)
    shown = polynomial([a, b, c])
    formula, value = wording.formula(f"f(x)={shown}"), wording.formula(f"f({x})")
    ways = Phrases(
        (
            f"Let {formula}. Calculate {value}.",
            f"Given {formula}, find {value}.",
            f"If {formula}, what is {value}?",
        ),
        (f"已知 {formula}，求 {value}。", f"设 {formula}，计算 {value}。"),
    )
    return Exercise(
        f"polynomial_values:{shown} {x}",
        wording.in_both(ways, Phrases(("Give an integer.",))),
        Bilingual("Put the value in.", "代入求值。"),
        value_steps([a, b, c], x),
        AnswerKey(str(a * x * x + b * x + c), Kind.NUMBER),
    )


def value_steps(coefficients: list[int], x: int, name: str = "f") -> list[LessonStep]:
    """Calculate each term, then add them from the left."""
    if x == 0:
        return [step(f"{name}(0)={coefficients[-1]}")]
    top = len(coefficients) - 1
    parts, values = [], []
    for i, c in enumerate(coefficients):
        if not c:
            continue
        power, value = top - i, x ** (top - i)
        head = f"{c}\\times" if abs(c) != 1 or power == 0 else ("-" if c < 0 else "")
        parts.append(str(c) if power == 0 else f"{head}{signed(value)}")
        values.append(c * value)
    texts = [total(parts)]
    if texts[0] != total([str(v) for v in values]):
        texts.append(total([str(v) for v in values]))
    while len(values) > 1:
        values = [values[0] + values[1], *values[2:]]
        texts.append(total([str(v) for v in values]))
    return [step(f"{name}({x})=" + "=".join(texts or ["0"]))]


def _expansion(rng: Random) -> Exercise:
    worked = _expanded(rng)
    wording = Wording(rng)
    shown = wording.formula(worked.formula)
    ways = Phrases(
        (
            f"Expand {shown}.",
            f"Expand {shown} and collect like terms.",
            f"Multiply out {shown}.",
        ),
        (f"展开 {shown}。", f"计算 {shown}，结果写成多项式。"),
    )
    return Exercise(
        f"expansion:{worked.formula}",
        wording.in_both(ways, Phrases(("Give a sum of terms without brackets.",))),
        Bilingual("Each term times each term.", "逐项相乘。"),
        worked.steps,
        AnswerKey(worked.answer, Kind.EXPRESSION, form=Form.EXPANDED),
    )


def _expanded(rng: Random) -> WorkedFormula:
    """(ax+b)(cx+d) as a sum."""
    a, c = rng.choice([1, 1, 2, 3]), rng.choice([1, 1, 2, 3])
    b, d = nonzero(rng, 9), nonzero(rng, 9)
    left, right = f"({polynomial([a, b])})", f"({polynomial([c, d])})"
    formula = left + right
    if rng.random() < 0.2:
        c, d = a, b
        formula = f"{left}^2"
    products = [term(a * c, 2), term(a * d, 1), term(b * c, 1), str(b * d)]
    answer = polynomial([a * c, a * d + b * c, b * d])
    steps = [step(f"{formula}={total(products)}"), step(f"{formula}={answer}")]
    return WorkedFormula(formula, steps, answer)


def _factored(p: int, q: int) -> WorkedFormula:
    """The polynomial x^2 + (p+q)x + pq as a product."""
    formula = polynomial([1, p + q, p * q])
    product = _product(p, q)
    check = step(f"{p}{added(q)}={p + q}", f"{p}\\times{signed(q)}={p * q}")
    return WorkedFormula(formula, [_pairs(p, q), check, step(f"{formula}={product}")], product)


def _pairs(p: int, q: int) -> LessonStep:
    """Try pairs of factors of the last term until one has the right sum or difference."""
    size, tried = abs(p * q), []
    for low in range(1, isqrt(size) + 1):
        if size % low:
            continue
        high = size // low
        middle = low + high if p * q > 0 else high - low
        tried.append(f"{low}+{high}={middle}" if p * q > 0 else f"{high}-{low}={middle}")
        if middle == abs(p + q):
            break
    return LessonStep(Bilingual("Pairs:", "试："), tuple(tried))


def _product(p: int, q: int) -> str:
    return f"{_bracket(p)}^2" if p == q else f"{_bracket(p)}{_bracket(q)}"


def _bracket(p: int) -> str:
    return f"(x{added(p)})" if p else "x"


def _roots_exercise(rng: Random, b: int, c: int, steps: list[LessonStep], answer: str) -> Exercise:
    formula = f"{polynomial([1, b, c])}=0"
    wording = Wording(rng)
    shown = wording.formula(formula)
    ways = Phrases(
        (
            f"Solve {shown}.",
            f"Solve the equation {shown}.",
            f"Find all real solutions of {shown}.",
            f"Find the roots of {shown}.",
        ),
        (f"解方程 {shown}。", f"解方程：{shown}。", f"求方程 {shown} 的所有实数解。"),
    )
    statements = wording.in_both(ways, _SET_OF_SOLUTIONS)
    plan = Bilingual("Use the discriminant.", "用判别式。")
    return Exercise(f"quadratic:{formula}", statements, plan, steps, AnswerKey(answer, Kind.SET))
