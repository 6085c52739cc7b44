"""Drills: arithmetic facts, many to a line.

A solution has few facts among many words, and the student must see each hundreds of times.
"""

from collections.abc import Callable
from random import Random

from tutor.distill.latex import added, signed, term

FACTS_A_LINE = 14


def drill(rng: Random, largest: int) -> str:
    """Equations whose right sides follow from their left sides, no number above `largest`."""
    return ", ".join(f"\\({_fact(rng, largest)}\\)" for _ in range(FACTS_A_LINE))


Fact = tuple[str, int]  # the equation, and its largest number


def _fact(rng: Random, largest: int) -> str:
    while True:
        equation, its_largest = rng.choice(_KINDS)(rng, largest)
        if its_largest <= largest:
            return equation


def _sum(rng: Random, largest: int) -> Fact:
    a, b = (rng.randint(0, rng.choice([9, 20, 99, 99, largest])) for _ in range(2))
    a = -a if rng.random() < 0.2 else a
    b = -b if rng.random() < 0.5 else b
    return f"{a}{added(b)}={a + b}", max(abs(a), abs(b), abs(a + b))


def _product(rng: Random, largest: int) -> Fact:
    a, b = _factors(rng, largest)
    signed_b = -b if rng.random() < 0.15 else b
    return f"{a}\\times{signed(signed_b)}={a * signed_b}", a * b


def _quotient(rng: Random, largest: int) -> Fact:
    a, b = _factors(rng, largest)
    return f"{a * b}\\div{b}={a}", a * b


def _whole_fraction(rng: Random, largest: int) -> Fact:
    a, b = _factors(rng, largest)
    signed_a = -a if rng.random() < 0.3 else a
    return f"\\frac{{{signed_a * b}}}{{{b}}}={signed_a}", a * b


def _square(rng: Random, largest: int) -> Fact:
    a, _b = _factors(rng, largest)
    equations = [f"{a}^2={a * a}", f"{a * a}={a}\\times{a}", f"\\sqrt{{{a}\\times{a}}}={a}"]
    return rng.choice(equations), a * a


def _like_terms(rng: Random, _largest: int) -> Fact:
    a, b = (rng.choice([-1, 1]) * rng.randint(1, 9) for _ in range(2))
    b = 2 * a if a == -b else b
    plus = "+" if b > 0 else ""
    return f"{term(a, 1)}{plus}{term(b, 1)}={term(a + b, 1)}", abs(a) + abs(b)


def _factors(rng: Random, largest: int) -> tuple[int, int]:
    """From the multiplication table, or one from it and any other that fits."""
    a, b = rng.randint(1, 12), rng.randint(1, 12)
    if rng.random() < 0.25:
        a = rng.randint(1, max(1, largest // b))
    return a, b


_KINDS: tuple[Callable[[Random, int], Fact], ...] = (
    *[_sum] * 8,
    *[_product] * 2,
    *[_quotient] * 2,
    _whole_fraction,
    *[_square] * 2,
    _like_terms,
)
