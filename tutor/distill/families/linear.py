"""Linear equations and inequalities in one unknown, and pairs of equations."""

from fractions import Fraction
from random import Random

from tutor.distill.exercise import CHINESE, ENGLISH, Bilingual, Exercise, LessonStep, Wording, step
from tutor.distill.latex import added, fraction, polynomial, signed, term, total
from tutor.grading import AnswerKey
from tutor.grading.answer_key import Kind

_ISOLATE = Bilingual("Isolate the unknown.", "移项求未知数。")
_FLIPPED = {"<": ">", ">": "<", "\\le": "\\ge", "\\ge": "\\le"}
_LETTERS = "xxxxxyt"

# The equation, the steps to its solution, and the solution
_Solved = tuple[str, list[LessonStep], Fraction]


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


def _linear_equation(rng: Random, name: str) -> _Solved:
    kind = rng.choice(["plus", "times", "two", "two", "both", "both", "bracket", "over"])
    x = rng.randint(-12, 15)
    a, b, c = nonzero(rng, 9), rng.randint(-15, 15) or 4, nonzero(rng, 9)
    match kind:
        case "plus":
            return _sum(name, x, b)
        case "over":
            return _quotient_and_sum(name, x, abs(a) + 1, b)
        case "bracket":
            return _product(name, x, a if abs(a) > 1 else 3, b)
        case "times":
            return _on_both_sides(name, x, (a if abs(a) > 1 else 4, 0), 0)
        case "two":
            a = a if abs(a) > 1 else 5
            beyond = rng.randint(1, 6) if rng.random() < 0.25 else 0
            return _on_both_sides(name, x, (a, b), 0, beyond)
    return _on_both_sides(name, x, (a, b), -c if a == c else c)


def _sum(name: str, x: int, b: int) -> _Solved:
    steps = [step(f"{name}={_minus(x + b, b)}"), step(f"{name}={x}")]
    return f"{name}{added(b)}={x + b}", steps, Fraction(x)


def _quotient_and_sum(name: str, x: int, a: int, b: int) -> _Solved:
    """x: the value of the quotient."""
    quotient = f"\\frac{{{name}}}{{{a}}}"
    steps = [
        step(f"{quotient}={_minus(x + b, b)}={x}"),
        step(f"{name}={x}\\times{a}={a * x}"),
    ]
    return f"{quotient}{added(b)}={x + b}", steps, Fraction(a * x)


def _product(name: str, x: int, a: int, b: int) -> _Solved:
    steps = [
        step(f"{name}{added(b)}={_quotient(a * (x + b), a)}={x + b}"),
        step(f"{name}={_minus(x + b, b)}={x}"),
    ]
    return f"{a}({name}{added(b)})={a * (x + b)}", steps, Fraction(x)


def _on_both_sides(name: str, x: int, left: tuple[int, int], c: int, beyond: int = 0) -> _Solved:
    """ax + b = cx + d, solved by x where nothing is added to d beyond that."""
    a, b = left
    d = (a - c) * x + b + beyond
    value = Fraction(d - b, a) if beyond else Fraction(x)
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


_AS_INTERVAL = (
    "Give the set of solutions as an interval.",
    "Give the set of solutions as an interval; use \\(\\infty\\) where needed.",
)


def linear_inequalities(rng: Random) -> Exercise:
    wording = Wording(rng)
    a, b, c = (
        nonzero(rng, 9),
        rng.randint(-12, 12),
        rng.choice([0, 0, nonzero(rng, 6)]),
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
    a, b, c, d = (nonzero(rng, 4) for _ in range(4))
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


def nonzero(rng: Random, most: int) -> int:
    return rng.choice([-1, 1, 1]) * rng.randint(1, most)
