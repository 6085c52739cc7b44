"""Arithmetic that shares no line with the grader: SymPy's parser and numbers, for trusted text."""

import re

import sympy
from sympy.parsing.sympy_parser import (
    convert_xor,
    implicit_multiplication_application,
    parse_expr,
    standard_transformations,
)

_RULES = (*standard_transformations, convert_xor, implicit_multiplication_application)
_NEAR = 1e-4  # cut-off decimals are only so good


def expression(text: str) -> sympy.Expr:
    text = re.sub(r"\\ldots|\\left|\\right|\\[,;!]", "", text).replace(r"\cdot", "*")
    while r"\frac" in text:
        text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", text)
    text = re.sub(r"\\sqrt\{([^{}]*)\}", r"sqrt(\1)", text)
    text = re.sub(r"\\ln\s+(\d+)", r"log(\1)", text).replace("\\", " ")
    return parse_expr(text.replace("{", "(").replace("}", ")"), transformations=_RULES)


def value(text: str, values: dict[str, str]) -> complex:
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
    if found := re.fullmatch(r"\\\{(.*)\\\}", statement):
        (at,) = values.values()
        return any(not differ(value(at, {}), value(one, {})) for one in found[1].split(","))
    left, sign, right = re.split(r"(\\le(?!f)|\\ge|<|>|=)", statement, maxsplit=1)
    ours, theirs = value(left, values), value(right, values)
    equal = not differ(ours, theirs)
    match sign:
        case "=":
            return equal
        case "<" | "\\le":
            return (equal and sign != "<") or (not equal and ours.real < theirs.real)
    return (equal and sign != ">") or (not equal and ours.real > theirs.real)
