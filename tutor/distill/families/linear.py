"""Linear equations and inequalities in one unknown, and pairs of equations."""

from fractions import Fraction
from random import Random
from typing import NamedTuple

from tutor.distill.exercise import (
    CHINESE,
    ENGLISH,
    SILENT,
    Bilingual,
    Exercise,
    LessonStep,
    Phrases,
    Wording,
    step,
)
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
    return Exercise(
        f"linear_equations:{formula.replace(name, 'x')}",
        _asking_for_value(wording, formula, name),
        _ISOLATE,
        steps,
        AnswerKey(fraction(value), Kind.NUMBER),
    )


def _asking_for_value(wording: Wording, formula: str, name: str) -> dict[str, str]:
    shown, unknown = wording.formula(formula), wording.formula(name)
    ways = Phrases(
        (
            f"Solve {shown} for {unknown}.",
            f"Solve the equation {shown}.",
            f"Solve {shown}.",
            f"Find {unknown} if {shown}.",
        ),
        (f"解方程 {shown}。", f"解方程：{shown}。", f"求方程 {shown} 的解。"),
    )
    hints = Phrases(
        (f"Give the value of {unknown}.", f"Find the value of {unknown}."),
        (f"请填 {unknown} 的值。", f"求 {unknown} 的值。"),
    )
    return wording.in_both(ways, hints)


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
    a, b, c = nonzero(rng, 9), rng.randint(-12, 12), rng.choice([0, 0, nonzero(rng, 6)])
    if a == c:
        return linear_inequalities(rng)
    sign = rng.choice(list(_FLIPPED))
    bound = rng.randint(-12, 12)
    d = (a - c) * bound + b
    is_reversed = a < 0 < b and rng.random() < 0.7
    left, right = polynomial([a, b]), polynomial([c, d])
    shown = f"{f'{b}{term(a, 1)}' if is_reversed else left}{_sign(sign)}{right}"
    final = _FLIPPED[sign] if a < c else sign
    answer, interval = f"x{_sign(final)}{bound}", _interval(final, bound)
    identity = f"linear_inequalities:{left}{sign}{right}"
    steps = _steps_of_inequality((a, b), sign, (c, d), answer)
    if rng.random() < 0.35:
        statements = _asking_for_interval(wording, wording.formula(shown))
        steps.append(step(f"x\\in{interval}"))
        return Exercise(identity, statements, _ISOLATE, steps, AnswerKey(interval, Kind.INTERVAL))
    statements = _asking_for_x(wording, wording.formula(shown))
    return Exercise(identity, statements, _ISOLATE, steps, AnswerKey(answer, Kind.INEQUALITY))


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
        words = Bilingual("The sign turns.", "不等号变向。") if a < c else SILENT
        steps.append(LessonStep(words, (answer,)))
    return steps


def _asking_for_interval(wording: Wording, shown: str) -> dict[str, str]:
    ask, ask_zh = wording.rng.choice(_AS_INTERVAL), "请用区间表示解集。"
    ways = Phrases(
        (
            f"Solve the inequality {shown}. {ask}",
            f"Solve the inequality {shown} over the real numbers. {ask}",
            f"Solve {shown}. {ask}",
        ),
        (f"解不等式 {shown}。{ask_zh}", f"解不等式：{shown}。{ask_zh}"),
    )
    return wording.in_both(ways)


def _asking_for_x(wording: Wording, shown: str) -> dict[str, str]:
    ways = Phrases(
        (
            f"Solve the inequality {shown}.",
            f"Solve the inequality {shown} over the real numbers.",
            f"Solve {shown}.",
        ),
        (f"解不等式 {shown}。", f"解不等式：{shown}。"),
    )
    hints = Phrases(
        ("Give an inequality such as x < 3.", "Solve for x."), ("请用不等式表示解集。",)
    )
    return wording.in_both(ways, hints)


def linear_systems(rng: Random) -> Exercise:
    wording = Wording(rng)
    a, b, c, d = (nonzero(rng, 4) for _ in range(4))
    if rng.random() < 0.5:
        a, c = abs(a), abs(c)
    x, y = rng.randint(-5, 6), rng.randint(-5, 6)
    if a * d == b * c:
        return linear_systems(rng)
    first, second = _LinearForm(a, b, x, y), _LinearForm(c, d, x, y)
    return Exercise(
        f"linear_systems:{first.equation()} {second.equation()}",
        _asking_for_pair(wording, first.equation(), second.equation()),
        Bilingual("Eliminate y.", "消去 y。"),
        _steps_of_system(first, second),
        AnswerKey(f"({x},{y})", Kind.TUPLE),
    )


class _LinearForm(NamedTuple):
    """ax + by, and where it is looked at."""

    a: int
    b: int
    x: int
    y: int

    @property
    def value(self) -> int:
        return self.a * self.x + self.b * self.y

    def equation(self, factor: int = 1) -> str:
        parts = [term(self.a * factor, 1), term(self.b * factor, 1, "y")]
        return f"{total(parts)}={self.value * factor}"


def _asking_for_pair(wording: Wording, first: str, second: str) -> dict[str, str]:
    shown, shown_zh = _shown_system(wording, first, second)
    ways = Phrases(
        (f"Solve the system {shown}", f"Solve {shown}", f"Find x and y: {shown}"),
        (f"解方程组 {shown_zh}", f"解方程组：{shown_zh}"),
    )
    asked = wording.in_both(ways)
    return {
        ENGLISH: asked[ENGLISH].removesuffix(".")
        + " Give the solution as an ordered pair \\((x, y)\\).",
        CHINESE: asked[CHINESE] + " 请用有序数对 \\((x, y)\\) 作答。",
    }


def _steps_of_system(first: _LinearForm, second: _LinearForm) -> list[LessonStep]:
    """Multiplied, so that y is the same in both; subtracted; and x put into the first."""
    a, b, x, y = first
    p, q = second.b, first.b
    left, right = a * p, second.a * q
    above, below = first.value * p, second.value * q
    return [
        step(first.equation(p), en=f"First times \\({p}\\):", zh=f"①乘 \\({p}\\)："),
        step(second.equation(q), en=f"Second times \\({q}\\):", zh=f"②乘 \\({q}\\)："),
        step(f"({left}-{signed(right)})x={above}-{signed(below)}", en="Subtract:", zh="相减："),
        step(f"{term(left - right, 1)}={above - below}", f"x={x}"),
        step(
            f"{a}\\times{signed(x)}{_y_term(b)}={first.value}", en="Into the first:", zh="代入①："
        ),
        step(
            f"{a * x}{_y_term(b)}={first.value}",
            f"{term(b, 1, 'y')}={first.value}-{signed(a * x)}={b * y}",
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


def _y_term(b: int) -> str:
    """A term in y with its sign, to follow another term."""
    text = term(b, 1, "y")
    return text if text.startswith("-") else f"+{text}"


def nonzero(rng: Random, most: int) -> int:
    return rng.choice([-1, 1, 1]) * rng.randint(1, most)
