"""The child process of `algebra`: SymPy's answers, as LaTeX."""

from __future__ import annotations

from typing import Any

import sympy  # type: ignore[import-untyped]

from tutor.grading.numeric.sympy_child import to_sympy
from tutor.grading.processes.child_process import answer_questions

MEMORY = 1 << 30  # bytes of address space
SECONDS = 5  # on the processor, for one question: its asker kills sooner
MAX_LENGTH = 600  # characters of a result

_NO_VALUE = (sympy.nan, sympy.zoo)
_UNDONE = (sympy.Integral, sympy.Derivative, sympy.Limit, sympy.Sum, sympy.Product)
_ELEMENTARY = {
    "sin",
    "cos",
    "tan",
    "cot",
    "sec",
    "csc",
    "asin",
    "acos",
    "atan",
    "acot",
    "asec",
    "acsc",
    "sinh",
    "cosh",
    "tanh",
    "asinh",
    "acosh",
    "atanh",
    "exp",
    "log",
    "Abs",
    "sign",
}
_MAX_ROOT = 60  # characters; a longer one is said in decimals
_COMPARISONS = {
    "=": sympy.Eq,
    "<": sympy.Lt,
    "<=": sympy.Le,
    ">": sympy.Gt,
    ">=": sympy.Ge,
}


class Unfound(ArithmeticError):
    """Why there is no result: the rest of a sentence that begins with the question."""


def answer(question: Any) -> dict[str, str]:
    operation, *given = question
    try:
        result = _solved(*given) if operation == "solve" else _worked(operation, *given)
    except Unfound as error:
        return {"reason": str(error)}
    if len(result) > MAX_LENGTH:
        return {"reason": "has a result that is too long to write"}
    return {"result": result}


def _worked(operation: str, tree: Any, letter: str) -> str:
    expression = to_sympy(tree)
    if expression.has(*_NO_VALUE):
        raise Unfound("has no value")
    match operation:
        case "simplify":
            result = sympy.simplify(expression.doit())
        case "expand":
            result = sympy.expand(expression)
        case "factor":
            result = sympy.factor(expression)
        case "differentiate":
            result = sympy.simplify(sympy.diff(expression, _symbol(letter)))
        case "integrate":
            return f"{_latex(_antiderivative(expression, _symbol(letter)))} + C"
        case "evaluate":
            return _with_decimals(sympy.simplify(expression.doit()))
        case _:
            raise ValueError(operation)
    _check(result)
    return _latex(result)


def _antiderivative(expression: Any, letter: Any) -> Any:
    antiderivative = sympy.integrate(expression, letter)
    _check(antiderivative)
    if not {type(part).__name__ for part in antiderivative.atoms(sympy.Function)} <= _ELEMENTARY:
        raise Unfound("has no antiderivative in elementary functions that I can find")
    if not expression.has(sympy.log):  # of a negative number, too, 1/x has an antiderivative
        antiderivative = antiderivative.replace(
            sympy.log, lambda inner: sympy.log(sympy.Abs(inner))
        )
    return antiderivative


def _with_decimals(value: Any) -> str:
    _check(value)
    if not value.is_real:
        raise Unfound("has no real value")
    if value.is_Rational:
        return _latex(value)
    return rf"{_latex(value)} \approx {sympy.N(value, 12)}"


def _check(result: Any) -> None:
    if result.has(*_NO_VALUE):
        raise Unfound("has no value")
    if result.has(*_UNDONE):
        raise Unfound("has no formula that I can find")


# Equations


def _solved(relations: Any, letters: list[str]) -> str:
    statements = [
        _COMPARISONS[op](to_sympy(left), to_sympy(right)) for op, left, right in relations
    ]
    symbols = [_symbol(letter) for letter in letters]
    if len(statements) == 1 and len(symbols) == 1:
        return _solved_one(statements[0], symbols[0])
    if any(op != "=" for op, _, _ in relations):
        raise Unfound("is no system of equations: I solve inequalities one by one")
    return _solved_together(
        [statement for statement in statements if statement is not sympy.true], symbols
    )


def _solved_one(statement: Any, letter: Any) -> str:
    if statement in (sympy.true, sympy.false):
        return "every real number" if statement == sympy.true else "no real solution"
    solutions = sympy.solveset(statement, letter, sympy.Reals)
    if isinstance(statement, sympy.Eq) and solutions.has(sympy.Intersection, sympy.CRootOf):
        solutions = _real_roots(statement, letter)
    if isinstance(solutions, sympy.FiniteSet):
        solutions = [value for value in solutions if _holds(statement, {letter: value})]
        solutions.sort(key=sympy.N)
        return _alternatives([{letter: value} for value in solutions])
    if solutions in (sympy.S.EmptySet, sympy.S.Reals):
        return "every real number" if solutions == sympy.S.Reals else "no real solution"
    if solutions.has(sympy.ConditionSet, sympy.Complement, sympy.Intersection, *_NO_VALUE):
        raise Unfound("has no solution that I can find")
    return rf"{_latex(letter)} \in {_latex(solutions)}"


def _real_roots(statement: Any, letter: Any) -> Any:
    difference = statement.lhs - statement.rhs
    if not difference.is_polynomial(letter) or len(difference.free_symbols) > 1:
        raise Unfound("has no solution that I can find")
    return sympy.FiniteSet(*sympy.real_roots(difference, letter))


def _solved_together(statements: list[Any], symbols: list[Any]) -> str:
    if sympy.false in statements:
        return "no real solution"
    if not statements:
        return "every choice of real numbers"
    # For polynomials, SymPy finds all solutions.
    if not all((statement.lhs - statement.rhs).is_polynomial(*symbols) for statement in statements):
        raise Unfound("is no system of polynomials, which alone I can solve")
    solutions = sympy.solve(statements, symbols, dict=True)
    return _alternatives(
        [solution for solution in solutions if all(_holds(s, solution) for s in statements)]
    )


def _holds(statement: Any, solution: dict[Any, Any]) -> bool:
    """Whether both sides are the same real number there; assumed if letters remain.

    SymPy has logarithms of negative numbers; at school they are undefined.
    """
    sides = [side.subs(solution) for side in (statement.lhs, statement.rhs)]
    if any(side.free_symbols for side in sides):
        return True
    left, right = (sympy.N(side, 40) for side in sides)
    logarithms = [statement.lhs.atoms(sympy.log), statement.rhs.atoms(sympy.log)]
    inner = [sympy.N(log.args[0].subs(solution)) for logs in logarithms for log in logs]
    if not all(value.is_extended_positive for value in inner):
        return False
    return bool(left.is_real and right.is_real and abs(left - right) < 10**-20 * (1 + abs(left)))


def _alternatives(solutions: list[dict[Any, Any]]) -> str:
    return " or ".join(map(_assigned, solutions)) or "no real solution"


def _assigned(solution: dict[Any, Any]) -> str:
    pairs = sorted(solution.items(), key=lambda pair: str(pair[0]))
    return ", ".join(_equal(name, value) for name, value in pairs)


def _equal(name: Any, value: Any) -> str:
    value = sympy.simplify(value)
    written = _latex(value)
    if value.is_number and (len(written) > _MAX_ROOT or value.has(sympy.CRootOf)):
        return rf"{_latex(name)} \approx {sympy.N(value, 12)}"
    return f"{_latex(name)} = {written}"


def _symbol(name: str) -> Any:
    return sympy.Symbol(name, real=True)


def _latex(value: Any) -> str:
    return str(sympy.latex(value, ln_notation=True, inv_trig_style="full"))


def serve() -> None:
    answer_questions(answer, memory=MEMORY, seconds=SECONDS)
