"""Arithmetic that shares no line with the grader: SymPy's parser and numbers, for trusted text.

SymPy is imported by the functions: tests run them in a process of their own, since others look
whether the grader has loaded it.
"""

import re
from typing import Any

_NEAR = 1e-4  # cut-off decimals are only so good


def expression(text: str) -> Any:
    from sympy.parsing import sympy_parser as parser

    text = re.sub(r"\\ldots|\\left|\\right|\\[,;!]", "", text).replace(r"\cdot", "*")
    while r"\frac" in text:
        text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", text)
    text = re.sub(r"\\sqrt\{([^{}]*)\}", r"sqrt(\1)", text)
    text = re.sub(r"\\ln\s+(\d+)", r"log(\1)", text).replace("\\", " ")
    rules = (
        *parser.standard_transformations,
        parser.convert_xor,
        parser.implicit_multiplication_application,
    )
    return parser.parse_expr(text.replace("{", "(").replace("}", ")"), transformations=rules)


def value(text: str, values: dict[str, str]) -> complex:
    import sympy

    point = {sympy.Symbol(name): expression(at) for name, at in values.items()}
    point[sympy.Symbol("i")] = sympy.I
    return complex(sympy.N(expression(text).subs(point)))


def differ(left: complex, right: complex) -> bool:
    return abs(left - right) > _NEAR * max(1, abs(left), abs(right))


def holds(statement: str, values: dict[str, str]) -> bool:
    """Whether equations and inequalities, joined by commas, "or" and ±, hold there."""
    if r"\text{ or }" in statement:
        return any(holds(part, values) for part in statement.split(r"\text{ or }"))
    if ",\\ " in statement:
        return all(holds(part, values) for part in statement.split(",\\ "))
    if r"\pm" in statement:
        return any(holds(statement.replace(r"\pm", sign), values) for sign in "+-")
    if numbers := re.fullmatch(r"\\\{(.*)\\\}", statement):
        (at,) = values.values()
        return any(not differ(value(at, {}), value(number, {})) for number in numbers[1].split(","))
    left, sign, right = re.split(r"(\\le(?!f)|\\ge|<|>|=)", statement, maxsplit=1)
    left_value, right_value = value(left, values), value(right, values)
    equal = not differ(left_value, right_value)
    match sign:
        case "=":
            return equal
        case "<" | "\\le":
            return (equal and sign != "<") or (not equal and left_value.real < right_value.real)
    return (equal and sign != ">") or (not equal and left_value.real > right_value.real)


def derivative_at(body: str, variable: str, at: str) -> complex:
    import sympy

    name = sympy.Symbol(variable)
    return complex(sympy.N(sympy.diff(expression(body), name).subs(name, expression(at))))


def is_witness(before: str, claim: str, values: dict[str, str], failing: str) -> bool:
    """Whether one of two lines of a derivation holds for the values, and the other does not."""
    if before.startswith("f(x)="):
        right = value(claim.partition("=")[2], values)
        return differ(derivative_at(before[5:], "x", values["x"]), right)
    if not re.search(r"[=<>]|\\[gl]e(?!f)|\\\{", claim):
        return differ(value(before, values), value(claim, values))
    holding, fails = (before, claim) if failing == "claim" else (claim, before)
    return holds(holding, values) and not holds(fails, values)


def no_witnesses(lines: list[tuple[str, str, dict[str, str], str]]) -> list[object]:
    return [line for line in lines if not is_witness(*line)]


def unlike(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of the pairs of numbers that are not equal."""
    return [pair for pair in pairs if differ(value(pair[0], {}), value(pair[1], {}))]
