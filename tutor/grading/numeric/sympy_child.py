"""The child process with SymPy, which builds its objects from trees and never from text."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import sympy  # type: ignore[import-untyped]
from sympy.core.cache import CACHE  # type: ignore[import-untyped]

from tutor.grading.processes.child_process import answer_questions, run_forked

MEMORY_BYTES = 384 << 20  # of address space; 90 MB of it are loaded code
CPU_S = 4  # on the processor, for one question and this process itself; a fork works it out
LOOK_EVERY_S = 0.005  # of processor time, at the number of calls

_SAME_NAME = [
    *("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch"),
    *("asin", "acos", "atan", "acot", "asinh", "acosh", "atanh", "exp", "floor", "factorial"),
    *("binomial", "gamma", "sign", "gcd", "lcm", "re", "im", "arg"),
]
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: getattr(sympy, name) for name in _SAME_NAME},
    "ln": sympy.log,
    "log": sympy.log,
    "lg": lambda x: sympy.log(x, 10),
    "lb": lambda x: sympy.log(x, 2),
    "abs": sympy.Abs,
    "ceil": sympy.ceiling,
    "min": sympy.Min,
    "max": sympy.Max,
    "degrees": lambda x: x * sympy.pi / 180,
    "percent": lambda x: x / 100,
    "permutations": lambda n, k: sympy.factorial(n) / sympy.factorial(n - k),
}
_CONSTANTS = {"pi": sympy.pi, "e": sympy.E, "i": sympy.I, "oo": sympy.oo}


def to_sympy(tree: Any) -> Any:
    kind, *parts = tree
    match kind:
        case "num":
            return sympy.Rational(*parts)
        case "const":
            return _CONSTANTS[parts[0]]
        case "sym":
            return sympy.Symbol(parts[0], real=True)
        case "add" | "mul":
            operation = sympy.Add if kind == "add" else sympy.Mul
            return operation(*(to_sympy(part) for part in parts))
        case "neg":
            return -to_sympy(parts[0])
        case "div":
            return to_sympy(parts[0]) / to_sympy(parts[1])
        case "pow":
            return to_sympy(parts[0]) ** to_sympy(parts[1])
        case "root":
            return sympy.root(to_sympy(parts[0]), to_sympy(parts[1]))
        case "call":
            name, *args = parts
            function = _FUNCTIONS.get(name) or sympy.Function(name)
            return function(*(to_sympy(arg) for arg in args))
    return _big_operator(kind, *parts)


def _big_operator(kind: str, body: Any, name: str, low: Any, high: Any) -> Any:
    variable = sympy.Symbol(name, real=True)
    inner, *bounds = (None if part is None else to_sympy(part) for part in (body, low, high))
    match kind:
        case "lim":
            return sympy.limit(inner, variable, bounds[0], dir="+-")
        case "int" if bounds[0] is None:
            return sympy.integrate(inner, variable)
        case "int":
            return sympy.integrate(inner, (variable, *bounds))
        case "sum":
            return sympy.summation(inner, (variable, *bounds))
        case "prod":
            return sympy.product(inner, (variable, *bounds))
    raise ValueError(kind)


def same_value(left: Any, right: Any) -> bool | None:
    left_value, right_value = to_sympy(left), to_sympy(right)
    if left_value == right_value:
        return True
    if any(value.has(sympy.oo, sympy.zoo, sympy.nan) for value in (left_value, right_value)):
        return None
    answer = (left_value - right_value).equals(0)
    return answer if isinstance(answer, bool) else None


def calls() -> int:
    """How often SymPy has asked its caches so far: a measure of its work that no clock changes."""
    counts = (function.cache_info() for function in CACHE)
    return sum(count.hits + count.misses for count in counts)


def compare_within(left: Any, right: Any, max_calls: int) -> dict[str, object]:
    """`same_value` and the calls that it took; the process ends where they are too many."""
    last = calls() + max_calls

    def look(*_: object) -> None:
        if calls() > last:
            os._exit(0)

    signal.signal(signal.SIGVTALRM, look)
    signal.setitimer(signal.ITIMER_VIRTUAL, LOOK_EVERY_S, LOOK_EVERY_S)
    try:
        is_same = same_value(left, right)
    except Exception:  # noqa: BLE001 - SymPy raises exceptions of every kind
        is_same = None
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    look()
    return {"same": is_same, "calls": calls() - last + max_calls}


def _answer(question: Any) -> object:
    left, right, max_calls, cpu_s = question
    return run_forked(lambda: compare_within(left, right, max_calls), cpu_s)


def _load() -> None:
    """Has SymPy import what it imports only when it is needed, and fill its caches."""
    x, n = sympy.Symbol("x", real=True), sympy.Symbol("n", real=True)
    sympy.limit((1 - sympy.cos(x)) / x**2, x, 0)
    sympy.integrate(x * sympy.sin(x), x)
    sympy.summation(x, (x, 1, n))


def serve() -> None:
    _load()
    answer_questions(_answer, memory=MEMORY_BYTES, seconds=CPU_S)
