"""Derivatives, definite integrals and extrema of polynomials."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from tutor.distill.exercise import (
    CHINESE,
    ENGLISH,
    Bilingual,
    Exercise,
    LessonStep,
    Phrases,
    Wording,
    step,
)
from tutor.distill.families.polynomials import value_steps
from tutor.distill.latex import added, polynomial, signed, term, total
from tutor.grading import AnswerKey
from tutor.grading.answer_key import Kind


def derivatives(rng: Random) -> Exercise:
    degree = rng.choice([1, 2, 2, 3, 3, 4])
    lead = rng.choice([1, 1, 2, 3, 4, 5, -1, -2])
    coefficients = [lead, *(rng.choice([0, rng.randint(-9, 9)]) for _ in range(degree))]
    formula = polynomial(coefficients)
    answer = polynomial(_slopes(coefficients))
    unworked = total(_unworked_slopes(coefficients))
    return Exercise(
        f"derivatives:{formula}",
        _to_differentiate(Wording(rng), formula),
        Bilingual("Term by term.", "逐项求导。"),
        [step(f"f'(x)={text}") for text in dict.fromkeys((unworked, answer))],
        AnswerKey(answer, Kind.EXPRESSION),
    )


def _slopes(coefficients: Sequence[int]) -> list[int]:
    """The coefficients of the derivative."""
    degree = len(coefficients) - 1
    return [c * (degree - i) for i, c in enumerate(coefficients[:-1])]


def _unworked_slopes(coefficients: Sequence[int]) -> list[str]:
    """The derivative of each term that has one, its product not worked out: 3\\times2x."""
    degree = len(coefficients) - 1
    pieces = []
    for n, c in zip(range(degree, 0, -1), coefficients, strict=False):
        if c and n == 1:
            pieces.append(str(c))
        elif c:
            pieces.append(f"{c}\\times{term(n, n - 1)}" if abs(c) != 1 else term(c * n, n - 1))
    return pieces


def _to_differentiate(wording: Wording, formula: str) -> dict[str, str]:
    shown, curve = wording.formula(f"f(x)={formula}"), wording.formula(f"y={formula}")
    derivative = wording.formula("f'(x)")
    ways = Phrases(
        (
            f"Find the derivative of {shown}.",
            f"Differentiate {shown}.",
            f"Let {shown}. Find {derivative}.",
            f"Find the derivative of {curve}.",
        ),
        (f"求函数 {shown} 的导数。", f"求 {shown} 的导函数。", f"已知 {shown}，求 {derivative}。"),
    )
    return wording.in_both(ways, Phrases((f"Give an expression in x for {derivative}.",)))


def integrals(rng: Random) -> Exercise:
    degree = rng.choice([0, 1, 1, 2, 2])
    lead = rng.choice([1, 1, 2, 3])
    # The antiderivative has integer coefficients.
    antiderivative = [lead, *(rng.choice([0, rng.randint(-5, 5)]) for _ in range(degree)), 0]
    low = rng.choice([0, 0, 1, rng.randint(-3, 2)])
    high = rng.randint(low + 1, 4)
    integrand = _slopes(antiderivative)
    above, below = _value(antiderivative, high), _value(antiderivative, low)
    steps = [
        step(f"F(x)={polynomial(antiderivative)}"),
        *value_steps(antiderivative, high, "F"),
        *(value_steps(antiderivative, low, "F") if low else [step("F(0)=0")]),
        step(f"{above}-{signed(below)}={above - below}"),
    ]
    return Exercise(
        f"integrals:{polynomial(integrand)} {low} {high}",
        _to_integrate(Wording(rng), _integral(integrand, low, high)),
        Bilingual("Find an antiderivative.", "先求原函数。"),
        steps,
        AnswerKey(str(above - below), Kind.NUMBER),
    )


def _integral(coefficients: Sequence[int], low: int, high: int) -> str:
    formula = polynomial(coefficients)
    integrand = f"({formula})" if sum(map(bool, coefficients)) > 1 else formula
    return f"\\int_{_limit(low)}^{_limit(high)}{_gap(integrand)}\\,dx"


def _to_integrate(wording: Wording, integral: str) -> dict[str, str]:
    shown = wording.formula(wording.rng.choice(["", "\\displaystyle"]) + integral)
    ways = Phrases(
        (f"Calculate {shown}.", f"Evaluate {shown}.", f"Find {shown}."),
        (f"计算 {shown}。", f"求定积分 {shown}。", f"计算定积分 {shown} 的值。"),
    )
    return wording.in_both(ways, Phrases(("Give a whole number.", "Give the value.")))


def cubic_extrema(rng: Random) -> Exercise:
    cubic = _surd_cubic(rng) if rng.random() < 0.5 else _whole_cubic(rng)
    return cubic.exercise(rng)


class _CubicOnInterval(NamedTuple):
    """greatest, least: its exact values. identity: what tells it from others of its kind."""

    identity: str
    coefficients: list[int]
    low: int
    high: int
    steps: list[LessonStep]
    greatest: str
    least: str

    def exercise(self, rng: Random) -> Exercise:
        name = f"{self.identity} {self.low} {self.high}"
        return Exercise(
            f"cubic_extrema:{name}",
            self._statements(Wording(rng)),
            Bilingual("Critical points, then the ends.", "求驻点，再比较端点。"),
            [*self.steps, step(f"\\max={self.greatest}", f"\\min={self.least}")],
            AnswerKey(f"({self.greatest},{self.least})", Kind.TUPLE),
        )

    def _statements(self, wording: Wording) -> dict[str, str]:
        shown = wording.formula(f"f(x)={polynomial(self.coefficients)}")
        interval = wording.formula(f"[{self.low}, {self.high}]")
        english = (
            f"Find the maximum and the minimum value of {shown} on the interval {interval}.",
            f"Find the maximum and minimum of {shown} on {interval}.",
            f"Find the largest and the smallest value of {shown} on the interval {interval}.",
        )
        chinese = (
            f"求函数 {shown} 在区间 {interval} 上的最大值和最小值。",
            f"求 {shown} 在 {interval} 上的最大值与最小值。",
        )
        asked, asked_zh = wording.rng.choice(english), wording.rng.choice(chinese)
        return {
            ENGLISH: f"{asked} {wording.rng.choice(_PAIR)}",
            CHINESE: f"{asked_zh}请用有序数对（最大值，最小值）作答。",
        }


_PAIR = (
    "Give the two exact values as an ordered pair \\((\\text{maximum}, \\text{minimum})\\).",
    "Give the pair (maximum, minimum).",
)


def _whole_cubic(rng: Random) -> _CubicOnInterval:
    """Its critical points p < q are integers, and one of them is inside the interval."""
    p = rng.randint(-3, 2)
    q = p + rng.choice([2, 4])
    if q > 4:
        return _whole_cubic(rng)
    cubic = [1, -3 * (p + q) // 2, 3 * p * q, rng.randint(-9, 9)]
    low = rng.randint(max(-4, p - 2), q - 1)
    high = rng.randint(max(low + 2, p + 1), max(q + 1, low + 2))
    inside = [x for x in (p, q) if low < x < high]
    if high > 5 or not inside:
        return _whole_cubic(rng)
    points = sorted({low, *inside, high})
    values = [_value(cubic, x) for x in points]
    slope = polynomial([3, -3 * (p + q), 3 * p * q])
    steps = [
        step(f"f'(x)={slope}"),
        step(f"{slope}=3{_shifted(p)}{_shifted(q)}"),
        step(*(f"x_{i}={x}" for i, x in enumerate(inside, start=1)), en="Inside:", zh="区间内："),
        *(part for x in points for part in value_steps(cubic, x)),
    ]
    identity = f"whole {cubic[1]} {cubic[2]} {cubic[3]}"
    extrema = str(max(values)), str(min(values))
    return _CubicOnInterval(identity, cubic, low, high, steps, *extrema)


# For u^3 - ku, by k: how far its critical points are from 0, and its value there in two forms.
_SURDS = {
    1: ("\\frac{\\sqrt{3}}{3}", "\\frac{2\\sqrt{3}}{9}", 0.3849),
    2: ("\\frac{\\sqrt{6}}{3}", "\\frac{4\\sqrt{6}}{9}", 1.089),
    4: ("\\frac{2\\sqrt{3}}{3}", "\\frac{16\\sqrt{3}}{9}", 3.079),
    5: ("\\frac{\\sqrt{15}}{3}", "\\frac{10\\sqrt{15}}{9}", 4.303),
    6: ("\\sqrt{2}", "4\\sqrt{2}", 5.657),
}


def _surd_cubic(rng: Random) -> _CubicOnInterval:
    """f(x) = (x-m)^3 - k(x-m) + e with both critical points inside the interval."""
    k, m, e = rng.choice(list(_SURDS)), rng.randint(-2, 2), rng.randint(-5, 5)
    reach = 1 if k <= 2 else 2
    low, high = m - reach - rng.choice([0, 0, 1]), m + reach + rng.choice([0, 0, 1])
    cubic = [1, -3 * m, 3 * m * m - k, -(m**3) + k * m + e]
    _, height, size = _SURDS[k]
    ends = [_value(cubic, low), _value(cubic, high)]
    top = f"{e}+{height}" if e else height
    bottom = f"{e}-{height}" if e else f"-{height}"
    greatest = str(max(ends)) if max(ends) > e + size else top
    least = str(min(ends)) if min(ends) < e - size else bottom
    steps = [
        *_surd_critical_points(k, m),
        *value_steps(cubic, m),
        *_surd_critical_values(k, m, e),
        *value_steps(cubic, low),
        *value_steps(cubic, high),
    ]
    return _CubicOnInterval(f"surd {m} {k} {e}", cubic, low, high, steps, greatest, least)


def _surd_critical_points(k: int, m: int) -> list[LessonStep]:
    slope = [3, -6 * m, 3 * m * m - k]
    discriminant = f"{signed(slope[1])}^2-4\\times3\\times{signed(slope[2])}={12 * k}"
    return [
        step(f"f'(x)={polynomial(slope)}"),
        step(f"D={discriminant}"),
        step(f"x={m or ''}\\pm{_SURDS[k][0]}"),
    ]


def _surd_critical_values(k: int, m: int, e: int) -> list[LessonStep]:
    distance, height, size = _SURDS[k]
    rounded = round(size, 2)
    return [
        step(f"f(x)={_around(m, k, e)}"),
        step(f"f({m or ''}\\pm{distance})={e or ''}\\mp{height}"),
        step(f"{height}\\approx{size:.2f}"),
        step(f"{e}+{size:.2f}={e + rounded:.2f}", f"{e}-{size:.2f}={e - rounded:.2f}"),
    ]


def _around(m: int, k: int, e: int) -> str:
    base = _shifted(m) if m else "x"
    linear = f"-{'' if k == 1 else k}{base}"
    return f"{base}^3{linear}{added(e) if e else ''}"


def _value(coefficients: list[int], x: int) -> int:
    value = 0
    for c in coefficients:
        value = value * x + c
    return value


def _shifted(x: int) -> str:
    return f"(x{added(-x)})" if x else "x"


def _limit(x: int) -> str:
    return str(x) if 0 <= x <= 9 else f"{{{x}}}"


def _gap(integrand: str) -> str:
    return integrand if not integrand[0].isdigit() else f" {integrand}"
