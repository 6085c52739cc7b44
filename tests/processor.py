"""How fast this machine's processor is now, for limits of processor time."""

import time
from collections.abc import Callable
from fractions import Fraction

_ORDINARY_S = 0.0055  # of processor time, for the calculation below on an ordinary server
_TIMES = 20  # a longer time than a busy machine gives to each in turn


def takes_longer(cpu_s_of: Callable[[], float], limit_s: float) -> bool:
    """Whether something takes longer three times, on an ordinary server.

    Beside others the same work takes longer now and then.
    """
    return not any(is_within(cpu_s_of(), limit_s) for _ in range(3))


def is_within(cpu_s: float, limit_s: float) -> bool:
    """Whether what took this long just now keeps to the limit on an ordinary server."""
    return cpu_s <= limit_s or cpu_s <= limit_s * slowness()


def slowness() -> float:
    """How many times as long as on an ordinary server a calculation takes now; at least 1."""
    return max(1.0, min(_calculation_s() for _ in range(5)) / _ORDINARY_S)


def lateness() -> float:
    """How many times as long as on an idle ordinary server a calculation takes now by the clock."""
    began_at = time.monotonic()
    for _ in range(_TIMES):
        _calculation_s()
    return max(1.0, (time.monotonic() - began_at) / _TIMES / _ORDINARY_S)


def _calculation_s() -> float:
    before_s = time.thread_time()
    total = Fraction(0)
    for divisor in range(1, 260):
        total += Fraction(1, divisor) * divisor % 7
    texts = {str(number): (number, str(number)) for number in range(20_000)}
    assert sum(len(text) for _, text in texts.values()) == 88_890
    return time.thread_time() - before_s
