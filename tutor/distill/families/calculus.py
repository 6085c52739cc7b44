"""Derivatives, definite integrals and extrema of polynomials."""

from random import Random

from tutor.distill.exercise import CHINESE, ENGLISH, Bilingual, Exercise, LessonStep, Wording, step
from tutor.distill.families.polynomials import value_steps
from tutor.distill.latex import added, polynomial, signed, term, total
from tutor.grading import AnswerKey
from tutor.grading.answer_key import Kind


def derivatives(rng: Random) -> Exercise:
    degree = rng.choice([1, 2, 2, 3, 3, 4])
    lead = rng.choice([1, 1, 2, 3, 4, 5, -1, -2])
    rest = [rng.choice([0, rng.randint(-9, 9)]) for _ in range(degree)]
    coefficients = [lead, *rest]
    formula = polynomial(coefficients)
    factors = [(c, degree - i) for i, c in enumerate(coefficients) if c and i < degree]
    pieces = []
    for c, n in factors:
        if n == 1:
            pieces.append(str(c))
        else:
            pieces.append(f"{c}\\times{term(n, n - 1)}" if abs(c) != 1 else term(c * n, n - 1))
    answer = polynomial([c * (degree - i) for i, c in enumerate(coefficients[:-1])])
    unworked = total(pieces)
    steps = [] if unworked == answer else [step(f"f'(x)={unworked}")]
    steps.append(step(f"f'(x)={answer}"))
    wording = Wording(rng)
    shown = wording.formula(f"f(x)={formula}")
    curve = wording.formula(f"y={formula}")
    derivative = wording.formula("f'(x)")
    return Exercise(
        f"derivatives:{formula}",
        {
            ENGLISH: wording.of(
                f"Find the derivative of {shown}.",
                f"Differentiate {shown}.",
                f"Let {shown}. Find {derivative}.",
                f"Find the derivative of {curve}.",
                hints=(f"Give an expression in x for {derivative}.",),
            ),
            CHINESE: wording.of(
                f"求函数 {shown} 的导数。",
                f"求 {shown} 的导函数。",
                f"已知 {shown}，求 {derivative}。",
            ),
        },
        Bilingual("Term by term.", "逐项求导。"),
        steps,
        answer,
        AnswerKey(answer, Kind.EXPRESSION),
    )


def integrals(rng: Random) -> Exercise:
    degree = rng.choice([0, 1, 1, 2, 2])
    lead = rng.choice([1, 1, 2, 3])
    # The antiderivative has integer coefficients.
    rest = [rng.choice([0, rng.randint(-5, 5)]) for _ in range(degree)]
    whole = [lead, *rest, 0]
    coefficients = [c * (len(whole) - 1 - i) for i, c in enumerate(whole[:-1])]
    low = rng.choice([0, 0, 1, rng.randint(-3, 2)])
    high = rng.randint(low + 1, 4)
    formula = polynomial(coefficients)
    above, below = (
        sum(c * x ** (len(whole) - 1 - i) for i, c in enumerate(whole)) for x in (high, low)
    )
    integrand = f"({formula})" if sum(map(bool, coefficients)) > 1 else formula
    integral = f"\\int_{_limit(low)}^{_limit(high)}{_gap(integrand)}\\,dx"
    steps = [
        step(f"F(x)={polynomial(whole)}"),
        *value_steps(whole, high, "F"),
        *(value_steps(whole, low, "F") if low else [step("F(0)=0")]),
        step(f"{above}-{signed(below)}={above - below}"),
    ]
    wording = Wording(rng)
    shown = wording.formula(rng.choice(["", "\\displaystyle"]) + integral)
    answer = str(above - below)
    return Exercise(
        f"integrals:{formula} {low} {high}",
        {
            ENGLISH: wording.of(
                f"Calculate {shown}.", f"Evaluate {shown}.", f"Find {shown}.",
                hints=("Give a whole number.", "Give the value."),
            ),
            CHINESE: wording.of(
                f"计算 {shown}。", f"求定积分 {shown}。", f"计算定积分 {shown} 的值。"
            ),
        },
        Bilingual("Find an antiderivative.", "先求原函数。"),
        steps,
        answer,
        AnswerKey(answer, Kind.NUMBER),
    )  # fmt: skip


def cubic_extrema(rng: Random) -> Exercise:
    return _surd_cubic(rng) if rng.random() < 0.5 else _whole_cubic(rng)


def _whole_cubic(rng: Random) -> Exercise:
    """A cubic whose critical points p < q are integers."""
    p = rng.randint(-3, 2)
    q = p + rng.choice([2, 4])
    if q > 4:
        return _whole_cubic(rng)
    cubic = [1, -3 * (p + q) // 2, 3 * p * q, rng.randint(-9, 9)]
    low = rng.randint(max(-4, p - 2), q - 1)
    high = rng.randint(max(low + 2, p + 1), max(q + 1, low + 2))
    if high > 5:
        return _whole_cubic(rng)
    slope = [3, -3 * (p + q), 3 * p * q]
    inside = [x for x in (p, q) if low < x < high]
    if not inside:
        return _whole_cubic(rng)
    points = sorted({low, *inside, high})
    values = [_value(cubic, x) for x in points]
    parts = f"3{_shifted(p)}{_shifted(q)}"
    steps = [
        step(f"f'(x)={polynomial(slope)}"),
        step(f"{polynomial(slope)}={parts}"),
        step(*(f"x_{i}={x}" for i, x in enumerate(inside, start=1)), en="Inside:", zh="区间内："),
        *(part for x in points for part in value_steps(cubic, x)),
    ]
    return _extrema(
        rng, f"whole {cubic[1]} {cubic[2]} {cubic[3]} {low} {high}", cubic, low, high,
        steps, str(max(values)), str(min(values)),
    )  # fmt: skip


# For u^3 - ku, by k: how far its critical points are from 0, and its value there in two forms.
_SURDS = {
    1: ("\\frac{\\sqrt{3}}{3}", "\\frac{2\\sqrt{3}}{9}", 0.3849),
    2: ("\\frac{\\sqrt{6}}{3}", "\\frac{4\\sqrt{6}}{9}", 1.089),
    4: ("\\frac{2\\sqrt{3}}{3}", "\\frac{16\\sqrt{3}}{9}", 3.079),
    5: ("\\frac{\\sqrt{15}}{3}", "\\frac{10\\sqrt{15}}{9}", 4.303),
    6: ("\\sqrt{2}", "4\\sqrt{2}", 5.657),
}


def _surd_cubic(rng: Random) -> Exercise:
    """f(x) = (x-m)^3 - k(x-m) + e with both critical points inside the interval."""
    k, m, e = rng.choice(list(_SURDS)), rng.randint(-2, 2), rng.randint(-5, 5)
    reach = 1 if k <= 2 else 2
    low, high = m - reach - rng.choice([0, 0, 1]), m + reach + rng.choice([0, 0, 1])
    cubic = [1, -3 * m, 3 * m * m - k, -(m**3) + k * m + e]
    distance, height, size = _SURDS[k]
    slope = [3, -6 * m, 3 * m * m - k]
    discriminant = 12 * k
    ends = [_value(cubic, low), _value(cubic, high)]
    top = f"{e}+{height}" if e else height
    bottom = f"{e}-{height}" if e else f"-{height}"
    greatest = str(max(ends)) if max(ends) > e + size else top
    least = str(min(ends)) if min(ends) < e - size else bottom
    points = f"{m}\\pm{distance}" if m else f"\\pm{distance}"
    steps = [
        step(f"f'(x)={polynomial(slope)}"),
        step(f"D={signed(slope[1])}^2-4\\times3\\times{signed(slope[2])}={discriminant}"),
        step(f"x={points}"),
        *value_steps(cubic, m),
        step(f"f(x)={_around(m, k, e)}"),
        step(f"f({m or ''}\\pm{distance})={e or ''}\\mp{height}"),
        step(f"{height}\\approx{size:.2f}"),
        step(
            f"{e}+{size:.2f}={e + round(size, 2):.2f}", f"{e}-{size:.2f}={e - round(size, 2):.2f}"
        ),
        *value_steps(cubic, low),
        *value_steps(cubic, high),
    ]
    identity = f"surd {m} {k} {e} {low} {high}"
    return _extrema(rng, identity, cubic, low, high, steps, greatest, least)


def _around(m: int, k: int, e: int) -> str:
    base = _shifted(m) if m else "x"
    linear = f"-{'' if k == 1 else k}{base}"
    return f"{base}^3{linear}{added(e) if e else ''}"


def _extrema(
    rng: Random, identity: str, cubic: list[int], low: int, high: int,
    steps: list[LessonStep], greatest: str, least: str,
) -> Exercise:  # fmt: skip
    wording = Wording(rng)
    shown = wording.formula(f"f(x)={polynomial(cubic)}")
    interval = wording.formula(f"[{low}, {high}]")
    answer = f"({greatest},{least})"
    steps = [*steps, step(f"\\max={greatest}", f"\\min={least}")]
    pair = "Give the two exact values as an ordered pair \\((\\text{maximum}, \\text{minimum})\\)."
    hints = (pair, "Give the pair (maximum, minimum).")
    english = rng.choice(
        [
            f"Find the maximum and the minimum value of {shown} on the interval {interval}.",
            f"Find the maximum and minimum of {shown} on {interval}.",
            f"Find the largest and the smallest value of {shown} on the interval {interval}.",
        ]
    )
    chinese = rng.choice(
        [
            f"求函数 {shown} 在区间 {interval} 上的最大值和最小值。",
            f"求 {shown} 在 {interval} 上的最大值与最小值。",
        ]
    )
    return Exercise(
        f"cubic_extrema:{identity}",
        {
            ENGLISH: f"{english} {rng.choice(hints)}",
            CHINESE: f"{chinese}请用有序数对（最大值，最小值）作答。",
        },
        Bilingual("Critical points, then the ends.", "求驻点，再比较端点。"),
        steps,
        answer,
        AnswerKey(answer, Kind.TUPLE),
    )


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
