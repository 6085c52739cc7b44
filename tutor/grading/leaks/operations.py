"""What the descriptions of a number calculate.

Each raises ValueError or ZeroDivisionError where its numbers have no result.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import islice

Operation = Callable[..., Fraction | int]
_MAX_POWER, _MAX_FACTORIAL, _MAX_PRIME = 64, 20, 10_000


def add(first: Fraction, second: Fraction) -> Fraction:
    return first + second


def subtract(first: Fraction, second: Fraction) -> Fraction:
    return first - second


def subtract_from(first: Fraction, second: Fraction) -> Fraction:
    return second - first


def distance(first: Fraction, second: Fraction) -> Fraction:
    return abs(first - second)


def multiply(first: Fraction, second: Fraction) -> Fraction:
    return first * second


def divide(first: Fraction, second: Fraction) -> Fraction:
    return first / second


def times(factor: Fraction | int) -> Operation:
    return lambda number: factor * number


def opposite(number: Fraction) -> Fraction:
    return -number


def plus(summand: int) -> Operation:
    return lambda number: number + summand


def fraction_of(number: Fraction, bottom: Fraction, top: Fraction) -> Fraction:
    return number * top / bottom


def percent_of(percent: Fraction, number: Fraction) -> Fraction:
    return percent * number / 100


def percent_more(percent: Fraction, number: Fraction) -> Fraction:
    return number * (100 + percent) / 100


def percent_less(percent: Fraction, number: Fraction) -> Fraction:
    return number * (100 - percent) / 100


def middle(first: Fraction, second: Fraction) -> Fraction:
    return (first + second) / 2


def between(first: Fraction, second: Fraction) -> Fraction:
    """The only integer between them. Raises ValueError if there are several."""
    if not 0 < second - first <= 2:
        raise ValueError(second - first)
    return middle(first, second)


def root(number: Fraction) -> int:
    """Raises ValueError where it is no integer."""
    root = math.isqrt(int(number))
    if root * root != number:
        raise ValueError(number)
    return root


def cube_root(number: Fraction) -> int:
    root = round(abs(number) ** (1 / 3))
    if root**3 != abs(number):
        raise ValueError(number)
    return root if number > 0 else -root


def square(number: Fraction) -> Fraction:
    return number * number


def cube(number: Fraction) -> Fraction:
    return number**3


def power(base: Fraction, exponent: Fraction) -> Fraction:
    if not (0 <= exponent <= _MAX_POWER and abs(base) <= 10**6 and exponent == int(exponent)):
        raise ValueError(exponent)
    return base ** int(exponent)


def reciprocal(number: Fraction) -> Fraction:
    return 1 / number


def factorial(number: Fraction) -> int:
    if number > _MAX_FACTORIAL:
        raise ValueError(number)
    return math.factorial(int(number))


def gcd(first: Fraction, second: Fraction) -> int:
    return math.gcd(int(first), int(second))


def lcm(first: Fraction, second: Fraction) -> int:
    return math.lcm(int(first), int(second))


def _is_prime(number: int) -> bool:
    return number > 1 and all(number % factor for factor in range(2, math.isqrt(number) + 1))


def prime_above(number: Fraction) -> int:
    if abs(number) > _MAX_PRIME:
        raise ValueError(number)
    return next(
        prime for prime in range(math.floor(number) + 1, 2 * _MAX_PRIME) if _is_prime(prime)
    )


def prime_below(number: Fraction) -> int:
    if not 2 < number <= _MAX_PRIME:
        raise ValueError(number)
    return next(prime for prime in range(math.ceil(number) - 1, 1, -1) if _is_prime(prime))


def prime_between(first: Fraction, second: Fraction) -> int:
    """Raises ValueError unless there is exactly one."""
    prime = prime_above(first)
    if not prime < second <= prime_above(Fraction(prime)):
        raise ValueError(second)
    return prime


def nth_prime(index: Fraction) -> int:
    if not 0 < index <= 200:
        raise ValueError(index)
    return next(islice(filter(_is_prime, range(2, 2_000)), int(index) - 1, None))


def even_above(number: Fraction) -> int:
    return 2 * (math.floor(number / 2) + 1)


def odd_above(number: Fraction) -> int:
    return 2 * math.floor((number + 1) / 2) + 1


def last_two(number: Fraction) -> int:
    return int(number) % 100


def without_last(number: Fraction) -> int:
    return int(number) // 10


def without_first(number: Fraction) -> int:
    return int(str(int(number))[1:])


def part_of(part: Fraction, number: Fraction) -> Fraction:
    """Raises ValueError for a whole number of things."""
    if part.denominator == 1:
        raise ValueError(part)
    return part * number


def digit_sum(number: Fraction) -> int:
    return sum(map(int, str(abs(int(number)))))


def sum_from(first: Fraction, last: Fraction) -> Fraction:
    return (first + last) * (last - first + 1) / 2


def square_above(number: Fraction) -> int:
    return int((math.isqrt(int(number)) + 1) ** 2)


def remainder(number: Fraction, divisor: Fraction) -> Fraction:
    return number % divisor


def rounded(number: Fraction, unit: Fraction) -> Fraction:
    return math.floor(number / unit + Fraction(1, 2)) * unit


def tens_and_ones(tens: Fraction, ones: Fraction) -> Fraction:
    return 10 * tens + ones


def appended(end: Fraction, number: Fraction) -> int:
    return int(f"{int(number)}{abs(int(end))}")


def ones_and_tens(ones: Fraction, tens: Fraction) -> Fraction:
    """Raises ValueError unless a digit and tens are added, as in German words."""
    if not 0 < ones < 10 <= tens < 100 or tens % 10:
        raise ValueError(tens)
    return ones + tens


def scores(count: Fraction, more: Fraction | int = 0) -> Fraction:
    """Ninety for four score and ten."""
    return 20 * count + more


# Done to a number of the problem, these are a method and no description of its answer.
METHODS = frozenset(
    {
        root,
        cube_root,
        opposite,
        reciprocal,
        factorial,
        last_two,
        without_last,
        without_first,
    }
)
