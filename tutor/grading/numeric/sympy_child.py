"""The child process with SymPy, which builds its objects from trees and never from text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy  # type: ignore[import-untyped]

from tutor.grading.processes.child_process import answer_questions

MEMORY_BYTES = 1 << 30  # bytes of address space
CPU_S = 2  # on the processor, for one question

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


def serve() -> None:
    answer_questions(lambda question: same_value(*question), memory=MEMORY_BYTES, seconds=CPU_S)
