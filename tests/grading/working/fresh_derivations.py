"""Derivations of eleven families, drawn anew from a seed and labelled by construction.

Each carries one mistake of a known kind or none. Truth is settled here with whole numbers and
fractions alone: no line is labelled by the code that the tests examine.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random


@dataclass(frozen=True)
class Derivation:
    """lines: the first is given. slip: the mistake's name, empty without one.

    bad: which line does not follow from the one before it, None where all do.
    """

    lines: list[str]
    bad: int | None = None
    slip: str = ""


def linear(chance: Random) -> Derivation | None:
    """a(x+b) = cx+d, expanded, collected, divided."""
    x = chance.choice("xyt")
    a, c = pick(chance, 2, 12), signed(chance, 9)
    b, d = signed(chance, 12), signed(chance, 30)
    mistake = chance.choice(["", "", "half_distributed", "moved_sign", "divided_wrongly"])
    constant, factor = a * b, a - c
    if mistake == "half_distributed":
        constant = b
    rest = d - constant
    if mistake == "moved_sign":
        factor, rest = chance.choice([(a + c, rest), (factor, d + constant)])
    if not rest or abs(factor) < 2 or abs(rest) == abs(factor):
        return None
    root = Fraction(factor, rest) if mistake == "divided_wrongly" else Fraction(rest, factor)
    lines = [
        f"{a}({x}{b:+d})={terms((c, x), (d, ''))}",
        f"{a}{x}{constant:+d}={terms((c, x), (d, ''))}",
        f"{terms((factor, x))}={rest}",
        f"{x}={number(root)}",
    ]
    bad = {"half_distributed": 1, "moved_sign": 2, "divided_wrongly": 3}.get(mistake)
    return Derivation(lines, bad, mistake)


def quadratic(chance: Random) -> Derivation | None:
    """x^2+bx+c = e, brought to 0, factored, solved."""
    x = chance.choice("xyn")
    p, q, right = signed(chance, 11), signed(chance, 11), signed(chance, 9)
    mistake = chance.choice(["", "", "lost_root", "factor_sign", "lost_sign", "zero_product"])
    b, c = -(p + q), p * q
    if p == q or not b or not c + right:
        return None
    shown = -b if mistake == "lost_sign" else b
    if mistake == "lost_sign" or mistake == "factor_sign":
        p, q = -p, -q
    solved = f"{x}={p} \\text{{ or }} {x}={q}"
    if mistake == "lost_root":
        solved = f"{x}={p}"
    if mistake == "zero_product":
        solved = f"{x}{-p:+d}={x}{-q:+d}"
    lines = [
        f"{terms((1, x + '^2'), (b, x), (c + right, ''))}={right}",
        f"{terms((1, x + '^2'), (shown, x), (c, ''))}=0",
        f"({x}{-p:+d})({x}{-q:+d})=0",
        solved,
    ]
    bad = {"lost_sign": 1, "factor_sign": 2, "lost_root": 3, "zero_product": 3}.get(mistake)
    return Derivation(lines, bad, mistake)


def square(chance: Random) -> Derivation | None:
    """(x+a)^2 = r^2, both roots taken."""
    a, r = signed(chance, 14), pick(chance, 2, 15)
    mistake = chance.choice(["", "", "lost_root", "split_square"])
    given = f"(x{a:+d})^2={r * r}"
    if mistake == "lost_root":
        return Derivation([given, f"x{a:+d}={r}", f"x={r - a}"], 1, mistake)
    if mistake == "split_square":
        rest = r * r - a * a
        return Derivation([given, f"x^2+{a * a}={r * r}", f"x^2={rest}"], 1, mistake)
    return Derivation([given, f"x{a:+d}=\\pm {r}", f"x={r - a} \\text{{ or }} x={-r - a}"])


def radical(chance: Random) -> Derivation | None:
    """sqrt(x+a) = x-b, squared (which only implies), the false root then left out."""
    root, value = pick(chance, 2, 14), pick(chance, 1, 6)
    a, b = value * value - root, root - value
    if not a or b < 1:
        return None
    given = f"\\sqrt{{x{a:+d}}}=x-{b}"
    if chance.random() < 0.35:
        rest = b * b - a
        lines = [given, f"x{a:+d}=x^2+{b * b}", f"{terms((1, 'x^2'), (-1, 'x'), (rest, ''))}=0"]
        return Derivation(lines, 1, "split_square")
    other = b * b - a  # the product of the roots is b^2-a
    if other % root:
        return None
    false = other // root
    if false == root:
        return None
    lines = [
        given,
        f"x{a:+d}=x^2-{2 * b}x+{b * b}",
        f"{terms((1, 'x^2'), (-2 * b - 1, 'x'), (other, ''))}=0",
        f"x={root} \\text{{ or }} x={false}",
        f"x={root}",
    ]
    return Derivation(lines) if false - b < 0 else None


def expand(chance: Random) -> Derivation | None:
    """(ax+b)^2-(cx+d)(x+e), expanded, collected."""
    a, b = signed(chance, 9), signed(chance, 9)
    c, d, e = signed(chance, 9), signed(chance, 9), signed(chance, 9)
    mistake = chance.choice(["", "", "split_square", "middle_term", "minus_bracket", "arithmetic"])
    first = [a * a, 2 * a * b, b * b]
    if mistake == "split_square":
        first[1] = 0
    if mistake == "middle_term":
        first[1] = a * b
    second = [c, c * e + d, d * e]
    result = [left - right for left, right in zip(first, second, strict=True)]
    if mistake == "minus_bracket":
        if not second[1] and not second[2]:
            return None
        result = [first[0] - second[0], first[1] + second[1], first[2] + second[2]]
    if mistake == "arithmetic":
        result[chance.randrange(3)] += chance.choice([-10, -2, -1, 1, 2, 10])
    lines = [
        f"({terms((a, 'x'), (b, ''))})^2-({terms((c, 'x'), (d, ''))})(x{e:+d})",
        f"{quadratic_terms(first)}-({quadratic_terms(second)})",
        quadratic_terms(result),
    ]
    bad = {"split_square": 1, "middle_term": 1, "minus_bracket": 2, "arithmetic": 2}.get(mistake)
    return Derivation(lines, bad, mistake)


def fraction(chance: Random) -> Derivation | None:
    """a/b+c/d over the product of the denominators, added, reduced."""
    a, c = pick(chance, 1, 15), pick(chance, 1, 15)
    b, d = pick(chance, 2, 15), pick(chance, 2, 15)
    given = f"\\frac{{{a}}}{{{b}}}+\\frac{{{c}}}{{{d}}}"
    mistake = chance.choice(["", "", "added_denominators", "arithmetic", "reduced_wrongly"])
    if mistake == "added_denominators":
        sum_of = Fraction(a + c, b + d)
        return Derivation([given, f"\\frac{{{a}+{c}}}{{{b}+{d}}}", number(sum_of)], 1, mistake)
    numerator, denominator = a * d + c * b, b * d
    common = math.gcd(numerator, denominator)
    lines = [given, f"\\frac{{{a}\\cdot {d}+{c}\\cdot {b}}}{{{b}\\cdot {d}}}"]
    if mistake == "arithmetic":
        numerator += chance.choice([-1, 1, 10, -10])
        if numerator < 1:
            return None
        lines.append(f"\\frac{{{numerator}}}{{{denominator}}}")
        return Derivation(lines, 2, mistake)
    lines.append(f"\\frac{{{numerator}}}{{{denominator}}}")
    if mistake == "reduced_wrongly":
        if common < 2:
            return None
        wrong = f"\\frac{{{numerator // common + 1}}}{{{denominator // common}}}"
        return Derivation([*lines, wrong], 3, mistake)
    if common > 1:
        lines.append(number(Fraction(numerator, denominator)))
    return Derivation(lines)


def inequality(chance: Random) -> Derivation | None:
    """-ax+b < c, moved, divided by a negative number."""
    a, b, c = pick(chance, 2, 12), signed(chance, 15), signed(chance, 25)
    sign = chance.choice(["<", ">", "\\le", "\\ge"])
    turned = {"<": ">", ">": "<", "\\le": "\\ge", "\\ge": "\\le"}
    strict = {"<": "\\ge", ">": "\\le", "\\le": ">", "\\ge": "<"}
    mistake = chance.choice(["", "", "inequality_not_turned", "strict_changed", "moved_sign"])
    rest = c + b if mistake == "moved_sign" else c - b
    if not rest:
        return None
    last = turned[sign]
    if mistake == "inequality_not_turned":
        last = sign
    if mistake == "strict_changed":
        last = strict[sign]
    lines = [
        f"-{a}x{b:+d} {sign} {c}",
        f"-{a}x {sign} {rest}",
        f"x {last} {number(Fraction(-rest, a))}",
    ]
    bad = {"moved_sign": 1, "inequality_not_turned": 2, "strict_changed": 2}.get(mistake)
    return Derivation(lines, bad, mistake)


def system(chance: Random) -> Derivation | None:
    """Two linear equations: y is eliminated, and x put in."""
    a, b, c, d = (signed(chance, 8) for _ in range(4))
    x, y = signed(chance, 9), signed(chance, 9)
    factor = a * d - b * c
    if not factor or abs(factor) == 1 or abs(b) == abs(d):
        return None
    e, f = a * x + b * y, c * x + d * y
    upper, lower = (f"{terms((p, 'x'), (q, 'y'))}={r}" for p, q, r in ((a, b, e), (c, d, f)))
    right = factor * x
    mistake = chance.choice(["", "", "elimination", "back_substitution"])
    if mistake == "elimination":  # one product added that is to be subtracted
        wrong = a * d + b * c
        if not wrong or wrong * x == right:
            return None
        return Derivation(
            [f"{upper},\\ {lower}", f"{terms((wrong, 'x'))}={right},\\ {upper}"], 1, mistake
        )
    value = y + chance.choice([-2, -1, 1, 2]) if mistake else y
    lines = [
        f"{upper},\\ {lower}",
        f"{terms((factor, 'x'))}={right},\\ {upper}",
        f"x={x},\\ y={value}",
    ]
    return Derivation(lines, 2 if mistake else None, mistake)


def log(chance: Random) -> Derivation | None:
    """ln a + n ln b, the power taken in, the two put together."""
    a, b, n = pick(chance, 2, 15), pick(chance, 2, 12), pick(chance, 2, 4)
    mistake = chance.choice(["", "", "log_of_sum", "power_of_log"])
    power = n * b if mistake == "power_of_log" else b**n
    if mistake == "power_of_log" and n * b == b**n:
        return None
    whole = a + power if mistake == "log_of_sum" else a * power
    if mistake == "log_of_sum" and a + power == a * power:
        return None
    lines = [f"\\ln {a}+{n}\\ln {b}", f"\\ln {a}+\\ln {power}", f"\\ln {whole}"]
    return Derivation(lines, {"power_of_log": 1, "log_of_sum": 2}.get(mistake), mistake)


def cancel(chance: Random) -> Derivation | None:
    """(x^2+bx+c)/(x-p), factored, cancelled."""
    p, q = signed(chance, 13), signed(chance, 13)
    mistake = chance.choice(["", "", "factor_sign", "cancelled_term"])
    given = f"\\frac{{{quadratic_terms([1, -(p + q), p * q])}}}{{x{-p:+d}}}"
    if mistake == "factor_sign":
        q = -q
    lines = [given, f"\\frac{{(x{-q:+d})(x{-p:+d})}}{{x{-p:+d}}}", f"x{-q:+d}"]
    if mistake == "cancelled_term":
        if q in {p, 1}:
            return None
        lines[2] = chance.choice([f"x{-p:+d}", f"x{1 - q:+d}"])
    return Derivation(lines, {"factor_sign": 1, "cancelled_term": 2}.get(mistake), mistake)


def derivative(chance: Random) -> Derivation | None:
    """x^n f(kx), by the product and the chain rule."""
    n, k = pick(chance, 2, 8), pick(chance, 2, 9)
    function, derived, sign = chance.choice(
        [("\\sin", "\\cos", 1), ("\\sin", "\\cos", 1), ("\\cos", "\\sin", -1)]
    )
    mistake = chance.choice(["", "", "product_rule", "chain_rule", "power_rule"])
    outer = n + 1 if mistake == "power_rule" else n - 1
    inner = 1 if mistake == "chain_rule" else k
    first = f"{n}{power_of_x(outer)}{function}({k}x)"
    second = f"{terms((sign * inner, f'x^{{{n}}}'))}{derived}({k}x)"
    if mistake == "product_rule":
        line = f"{sign * n * k}{power_of_x(n - 1)}{derived}({k}x)"
    else:
        line = f"{first}{'+' if sign > 0 else ''}{second}"
    lines = [f"f(x)=x^{{{n}}}{function}({k}x)", f"f'(x)={line}"]
    return Derivation(lines, 1 if mistake else None, mistake)


FAMILIES: dict[str, Callable[[Random], Derivation | None]] = {
    family.__name__: family
    for family in (
        linear, quadratic, square, radical, expand, fraction, inequality, system, log, cancel,
        derivative,
    )
}  # fmt: skip


def derivations(family: str, seed: int, count: int) -> list[Derivation]:
    chance = Random(f"{family} {seed}")
    results: list[Derivation] = []
    while len(results) < count:
        derivation = FAMILIES[family](chance)
        if derivation is not None:
            results.append(derivation)
    return results


def pick(chance: Random, low: int, high: int) -> int:
    return chance.randint(low, high)


def signed(chance: Random, high: int) -> int:
    """From -high to high, but not 0."""
    return chance.choice([-1, 1]) * chance.randint(1, high)


def number(value: Fraction) -> str:
    sign = "-" if value < 0 else ""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{sign}\\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def terms(*pairs: tuple[int, str]) -> str:
    """A sum as one writes it: neither 1x nor +0."""
    written = ""
    for factor, letters in pairs:
        if not factor:
            continue
        shown = f"{factor:+d}" if not letters or abs(factor) != 1 else f"{factor:+d}"[0]
        written += shown + letters
    return written.removeprefix("+") or "0"


def quadratic_terms(factors: list[int]) -> str:
    a, b, c = factors
    return terms((a, "x^2"), (b, "x"), (c, ""))


def power_of_x(n: int) -> str:
    return "x" if n == 1 else f"x^{{{n}}}"
