"""Linear equations and inequalities, pairs of them, quadratic equations and polynomials."""

from fractions import Fraction
from math import isqrt
from random import Random

from tutor.distill.exercise import CHINESE, ENGLISH, Bilingual, Exercise, LessonStep, Wording, step
from tutor.distill.families.powers import extract_square, root
from tutor.distill.latex import added, fraction, polynomial, signed, term, total
from tutor.grading import AnswerKey
from tutor.grading.answer_key import Form, Kind

_ISOLATE = Bilingual("Isolate the unknown.", "移项求未知数。")
_FLIPPED = {"<": ">", ">": "<", "\\le": "\\ge", "\\ge": "\\le"}
_LETTERS = "xxxxxyt"


def linear_equations(rng: Random) -> Exercise:
    name = rng.choice(_LETTERS)
    wording = Wording(rng)
    formula, steps, value = _linear_equation(rng, name)
    shown = wording.formula(formula)
    unknown = wording.formula(name)
    answer = fraction(value)
    return Exercise(
        f"linear_equations:{formula.replace(name, 'x')}",
        {
            ENGLISH: wording.of(
                f"Solve {shown} for {unknown}.",
                f"Solve the equation {shown}.",
                f"Solve {shown}.",
                f"Find {unknown} if {shown}.",
                hints=(f"Give the value of {unknown}.", f"Find the value of {unknown}."),
            ),
            CHINESE: wording.of(
                f"解方程 {shown}。", f"解方程：{shown}。", f"求方程 {shown} 的解。",
                hints=(f"请填 {unknown} 的值。", f"求 {unknown} 的值。"),
            ),
        },
        _ISOLATE,
        steps,
        answer,
        AnswerKey(answer, Kind.NUMBER),
    )  # fmt: skip


_AS_INTERVAL = (
    "Give the set of solutions as an interval.",
    "Give the set of solutions as an interval; use \\(\\infty\\) where needed.",
)


def linear_inequalities(rng: Random) -> Exercise:
    wording = Wording(rng)
    a, b, c = (
        _nonzero(rng, 9),
        rng.randint(-12, 12),
        rng.choice([0, 0, _nonzero(rng, 6)]),
    )
    if a == c:
        return linear_inequalities(rng)
    sign = rng.choice(list(_FLIPPED))
    value = Fraction(rng.randint(-12, 12))
    d = int((a - c) * value) + b
    left, right = polynomial([a, b]), polynomial([c, d])
    if a < 0 < b and rng.random() < 0.7:
        left = f"{b}{term(a, 1)}"
    final = _FLIPPED[sign] if a < c else sign
    answer, interval = f"x{_sign(final)}{value}", _interval(final, int(value))
    steps = _steps_of_inequality((a, b), sign, (c, d), answer)
    as_interval = rng.random() < 0.35
    if as_interval:
        steps.append(step(f"x\\in{interval}"))
    shown = wording.formula(f"{left}{_sign(sign)}{right}")
    return Exercise(
        f"linear_inequalities:{polynomial([a, b])}{sign}{right}",
        _asking_for_interval(wording, shown) if as_interval else _asking_for_x(wording, shown),
        _ISOLATE,
        steps,
        interval if as_interval else answer,
        AnswerKey(interval, Kind.INTERVAL) if as_interval else AnswerKey(answer, Kind.INEQUALITY),
    )


def _steps_of_inequality(
    left: tuple[int, int], sign: str, right: tuple[int, int], answer: str
) -> list[LessonStep]:
    """ax + b < cx + d, by its coefficients."""
    (a, b), (c, d) = left, right
    steps = []
    if c or b:
        steps.append(step(f"{_collected(a, -c)}{_sign(sign)}{_minus(d, b)}"))
    steps.append(step(f"{term(a - c, 1)}{_sign(sign)}{d - b}"))
    if a - c != 1:
        words = Bilingual("The sign turns.", "不等号变向。") if a < c else Bilingual("", "")
        steps.append(LessonStep(words, (answer,)))
    return steps


def _asking_for_interval(wording: Wording, shown: str) -> dict[str, str]:
    ask, ask_zh = wording.rng.choice(_AS_INTERVAL), "请用区间表示解集。"
    return {
        ENGLISH: wording.of(
            f"Solve the inequality {shown}. {ask}",
            f"Solve the inequality {shown} over the real numbers. {ask}",
            f"Solve {shown}. {ask}",
        ),
        CHINESE: wording.of(f"解不等式 {shown}。{ask_zh}", f"解不等式：{shown}。{ask_zh}"),
    }


def _asking_for_x(wording: Wording, shown: str) -> dict[str, str]:
    return {
        ENGLISH: wording.of(
            f"Solve the inequality {shown}.",
            f"Solve the inequality {shown} over the real numbers.",
            f"Solve {shown}.",
            hints=("Give an inequality such as x < 3.", "Solve for x."),
        ),
        CHINESE: wording.of(
            f"解不等式 {shown}。", f"解不等式：{shown}。", hints=("请用不等式表示解集。",)
        ),
    }


def linear_systems(rng: Random) -> Exercise:
    wording = Wording(rng)
    a, b, c, d = (_nonzero(rng, 4) for _ in range(4))
    if rng.random() < 0.5:
        a, c = abs(a), abs(c)
    x, y = rng.randint(-5, 6), rng.randint(-5, 6)
    if a * d == b * c:
        return linear_systems(rng)
    e, f = a * x + b * y, c * x + d * y
    first, second = f"{_linear_form(a, b)}={e}", f"{_linear_form(c, d)}={f}"
    steps = _steps_of_system((a, b, e), (c, d, f), x, y)
    answer = f"({x},{y})"
    shown, shown_zh = _shown_system(wording, first, second)
    hint = "Give the solution as an ordered pair \\((x, y)\\)."
    return Exercise(
        f"linear_systems:{first} {second}",
        {
            ENGLISH: wording.of(
                f"Solve the system {shown}", f"Solve {shown}", f"Find x and y: {shown}"
            ).removesuffix(".")
            + f" {hint}",
            CHINESE: wording.of(f"解方程组 {shown_zh}", f"解方程组：{shown_zh}")
            + " 请用有序数对 \\((x, y)\\) 作答。",
        },
        Bilingual("Eliminate y.", "消去 y。"),
        steps,
        answer,
        AnswerKey(answer, Kind.TUPLE),
    )


def _steps_of_system(
    first: tuple[int, int, int], second: tuple[int, int, int], x: int, y: int
) -> list[LessonStep]:
    """ax + by = e and cx + dy = f, by their coefficients."""
    (a, b, e), (c, d, f) = first, second
    p, q = d, b  # p times the first equation minus q times the second has no y
    k, r = a * p - c * q, e * p - f * q
    return [
        step(
            f"{_linear_form(a * p, b * p)}={e * p}",
            en=f"First times \\({p}\\):",
            zh=f"①乘 \\({p}\\)：",
        ),
        step(
            f"{_linear_form(c * q, d * q)}={f * q}",
            en=f"Second times \\({q}\\):",
            zh=f"②乘 \\({q}\\)：",
        ),
        step(f"({a * p}-{signed(c * q)})x={e * p}-{signed(f * q)}", en="Subtract:", zh="相减："),
        step(f"{term(k, 1)}={r}", f"x={x}"),
        step(f"{a}\\times{signed(x)}{_y_term(b)}={e}", en="Into the first:", zh="代入①："),
        step(
            f"{a * x}{_y_term(b)}={e}",
            f"{term(b, 1, 'y')}={e}-{signed(a * x)}={e - a * x}",
            f"y={y}",
        ),
    ]


def _shown_system(wording: Wording, first: str, second: str) -> tuple[str, str]:
    """In English and in Chinese: as a sentence, or as cases."""
    shown = f"{wording.formula(first)} and {wording.formula(second)}"
    shown_zh = f"{wording.formula(first)}，{wording.formula(second)}"
    if wording.rng.random() >= 0.5:
        return shown, shown_zh
    rows = f"{wording.formula(first)} \\\\ {wording.formula(second)}"
    cases = f"\\begin{{cases}} {rows} \\end{{cases}}"
    for mark in ("\\(", "\\)", "$"):
        cases = cases.replace(mark, "")
    cases = wording.rng.choice([f"\\[{cases}\\]", f"\\({cases}\\)"])
    return cases, cases


def factoring(rng: Random) -> Exercise:
    kind = rng.choice(["monic", "monic", "monic", "square", "common"])
    if kind == "monic":
        p, q = _nonzero(rng, 9), _nonzero(rng, 9)
        formula, answer, steps = _factored(p, q)
    elif kind == "square":
        p = rng.randint(1, 12)
        formula = f"x^2-{p * p}"
        answer = f"(x-{p})(x+{p})"
        steps = [step(f"{p * p}={p}^2"), step(f"{formula}={answer}")]
    else:
        k, p, q = rng.randint(2, 6), rng.randint(1, 6), _nonzero(rng, 6)
        if q == p:
            q = -p
        inner = polynomial([1, p + q, p * q])
        formula = polynomial([k, k * (p + q), k * p * q])
        steps = [step(f"{formula}={k}({inner})"), *_factored(p, q)[2]]
        answer = f"{k}{_bracket(p)}{_bracket(q)}" if p != q else f"{k}{_bracket(p)}^2"
        steps.append(step(f"{formula}={answer}"))
    wording = Wording(rng)
    shown = wording.formula(formula)
    return Exercise(
        f"factoring:{formula}",
        {
            ENGLISH: wording.of(
                f"Factor {shown}.", f"Factorise {shown}.", f"Factor {shown} completely.",
                f"Factor {shown} completely over the integers.",
            ),
            CHINESE: wording.of(
                f"分解因式：{shown}。", f"把 {shown} 分解因式。", f"将多项式 {shown} 因式分解。",
                f"在整数范围内把 {shown} 分解因式。",
            ),
        },
        Bilingual("Look for two numbers with this sum and product.", "找两数，看和与积。"),
        steps,
        answer,
        AnswerKey(answer, Kind.EXPRESSION, form=Form.FACTORED),
    )  # fmt: skip


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
    value = a * x * x + b * x + c
    formula = wording.formula(f"f(x)={shown}")
    asked_value = wording.formula(f"f({x})")
    return Exercise(
        f"polynomial_values:{shown} {x}",
        {
            ENGLISH: wording.of(
                f"Let {formula}. Calculate {asked_value}.",
                f"Given {formula}, find {asked_value}.",
                f"If {formula}, what is {asked_value}?",
                hints=("Give an integer.",),
            ),
            CHINESE: wording.of(
                f"已知 {formula}，求 {asked_value}。", f"设 {formula}，计算 {asked_value}。"
            ),
        },
        Bilingual("Put the value in.", "代入求值。"),
        value_steps([a, b, c], x),
        str(value),
        AnswerKey(str(value), Kind.NUMBER),
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
    a, c = rng.choice([1, 1, 2, 3]), rng.choice([1, 1, 2, 3])
    b, d = _nonzero(rng, 9), _nonzero(rng, 9)
    left, right = f"({polynomial([a, b])})", f"({polynomial([c, d])})"
    formula = left + right
    if rng.random() < 0.2:
        c, d = a, b
        formula = f"{left}^2"
    products = [term(a * c, 2), term(a * d, 1), term(b * c, 1), str(b * d)]
    answer = polynomial([a * c, a * d + b * c, b * d])
    wording = Wording(rng)
    shown = wording.formula(formula)
    return Exercise(
        f"expansion:{formula}",
        {
            ENGLISH: wording.of(
                f"Expand {shown}.",
                f"Expand {shown} and collect like terms.",
                f"Multiply out {shown}.",
                hints=("Give a sum of terms without brackets.",),
            ),
            CHINESE: wording.of(f"展开 {shown}。", f"计算 {shown}，结果写成多项式。"),
        },
        Bilingual("Each term times each term.", "逐项相乘。"),
        [step(f"{formula}={total(products)}"), step(f"{formula}={answer}")],
        answer,
        AnswerKey(answer, Kind.EXPRESSION, form=Form.EXPANDED),
    )


def _linear_equation(rng: Random, name: str) -> tuple[str, list[LessonStep], Fraction]:
    """An equation in one unknown, the steps to its solution, and the solution."""
    kind = rng.choice(["plus", "times", "two", "two", "both", "both", "bracket", "over"])
    x = rng.randint(-12, 15)
    a, b, c = _nonzero(rng, 9), rng.randint(-15, 15) or 4, _nonzero(rng, 9)
    if kind == "plus":
        left = f"{name}{added(b)}"
        return (
            f"{left}={x + b}",
            [step(f"{name}={_minus(x + b, b)}"), step(f"{name}={x}")],
            Fraction(x),
        )
    if kind == "over":
        a = abs(a) + 1
        left = f"\\frac{{{name}}}{{{a}}}{added(b)}"
        steps = [step(f"\\frac{{{name}}}{{{a}}}={_minus(x + b, b)}={x}")]
        return f"{left}={x + b}", [*steps, step(f"{name}={x}\\times{a}={a * x}")], Fraction(a * x)
    if kind == "bracket":
        a = a if abs(a) > 1 else 3
        inside = f"({name}{added(b)})"
        steps = [step(f"{name}{added(b)}={_quotient(a * (x + b), a)}={x + b}")]
        steps += [step(f"{name}={_minus(x + b, b)}={x}")]
        return f"{a}{inside}={a * (x + b)}", steps, Fraction(x)
    if kind == "times":
        a, b, c = (a if abs(a) > 1 else 4), 0, 0
    elif kind == "two":
        c = 0
        a = a if abs(a) > 1 else 5
    elif a == c:
        c = -c
    value = Fraction(x)
    d = (a - c) * x + b
    if kind == "two" and rng.random() < 0.25:
        d += rng.randint(1, 6)
        value = Fraction(d - b, a)
    steps = []
    if b or c:
        steps.append(step(f"{_collected(a, -c, name)}={_minus(d, b)}"))
        steps.append(step(f"{term(a - c, 1, name)}={d - b}"))
    if a - c != 1:
        divided = _quotient(d - b, a - c)
        steps.append(step(f"{name}={divided}"))
        if fraction(value) != divided:
            steps.append(step(f"{name}={fraction(value)}"))
    return f"{polynomial([a, b], name)}={polynomial([c, d], name)}", steps, value


def _quotient(top: int, bottom: int) -> str:
    return f"\\frac{{{top}}}{{{bottom}}}"


def _collected(a: int, c: int, name: str = "x") -> str:
    """The terms of the unknown on one side: 3x-5x."""
    return total([term(k, 1, name) for k in (a, c) if k])


def _minus(left: int, right: int) -> str:
    """left - right, written as when right moves to the other side."""
    return f"{left}{added(-right)}" if right else str(left)


def _sign(sign: str) -> str:
    return f"{sign} " if sign.startswith("\\") else sign


def _interval(sign: str, bound: int) -> str:
    return {
        "<": f"(-\\infty,{bound})",
        "\\le": f"(-\\infty,{bound}]",
        ">": f"({bound},\\infty)",
        "\\ge": f"[{bound},\\infty)",
    }[sign]


def _linear_form(a: int, b: int) -> str:
    return total([term(a, 1), term(b, 1, "y")])


def _y_term(b: int) -> str:
    """A term in y with its sign, to follow another term."""
    text = term(b, 1, "y")
    return text if text.startswith("-") else f"+{text}"


def _factored(p: int, q: int) -> tuple[str, str, list[LessonStep]]:
    """The polynomial x^2 + (p+q)x + pq, its factors, and the steps that find them."""
    formula = polynomial([1, p + q, p * q])
    product = _product(p, q)
    check = step(f"{p}{added(q)}={p + q}", f"{p}\\times{signed(q)}={p * q}")
    return formula, product, [_pairs(p, q), check, step(f"{formula}={product}")]


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
    hint = "Give the set of solutions, such as \\(\\{1, 2\\}\\)."
    return Exercise(
        f"quadratic:{formula}",
        {
            ENGLISH: wording.of(
                f"Solve {shown}.",
                f"Solve the equation {shown}.",
                f"Find all real solutions of {shown}.",
                f"Find the roots of {shown}.",
                hints=(hint, "Give the set of their exact values."),
            ),
            CHINESE: wording.of(
                f"解方程 {shown}。",
                f"解方程：{shown}。",
                f"求方程 {shown} 的所有实数解。",
                hints=("请写出解集。", "请写出解集，例如 \\(\\{1, 2\\}\\)。"),
            ),
        },
        Bilingual("Use the discriminant.", "用判别式。"),
        steps,
        answer,
        AnswerKey(answer, Kind.SET),
    )


def _nonzero(rng: Random, most: int) -> int:
    return rng.choice([-1, 1, 1]) * rng.randint(1, most)
