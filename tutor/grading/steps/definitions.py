"""The functions that a derivation or a statement has defined so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.parsing.names import KNOWN_FUNCTIONS, USUAL_FUNCTIONS
from tutor.grading.parsing.tree import (
    BigOperator,
    Call,
    Comparison,
    Div,
    Mul,
    Sym,
    Term,
    Value,
    children,
    free_names,
    is_term,
    rebuild,
    substitute,
    walk,
)

_CALLED = re.compile(
    r"(?<![A-Za-z\d\\)}\]'])([A-Za-z])'*\s*(?:\\left)?\("
    r"\s*(-?\d+(?:\.\d+)?|-?\\[dt]?frac\s*\{\d+\}\s*\{\d+\}|-?\d+/\d+|[A-Za-z])\s*"
    r"(?:\\right)?\)\s*(?:[=≈<>≤≥]|\\(?:approx|[gl]eq?)(?![A-Za-z]))"
)
_COUNTING = frozenset(["permutations", "gcd", "lcm"])  # only numeric.rationals knows these
MAX_DEPTH = 12  # of functions of functions
MAX_PARTS = 600  # of a statement with its functions written out

_QUOTIENT = re.compile(
    r"\\[dt]?frac\s*\{\s*d\s*([a-zA-Z])\s*\}\s*\{\s*d\s*([a-z])\s*\}"
    r"|(?<![A-Za-z\\])d([a-zA-Z])\s*/\s*d([a-z])(?![A-Za-z])"
)

_GAP = r"\s{0,4}"
_TWICE = rf"(?:²|\^{_GAP}\{{?{_GAP}2{_GAP}\}}?){_GAP}"
_SECOND_QUOTIENT = re.compile(
    rf"\\[dt]?frac{_GAP}\{{{_GAP}d{_GAP}{_TWICE}([a-zA-Z]){_GAP}\}}"
    rf"{_GAP}\{{{_GAP}d{_GAP}([a-z]){_GAP}{_TWICE}\}}"
    rf"|(?<![A-Za-z\\])d\s?{_TWICE}([a-zA-Z]){_GAP}/{_GAP}d\s?([a-z])\s?{_TWICE}(?![A-Za-z(])"
)


_DOTTED = re.compile(r"\\(d{1,2})ot(?![a-z])\s*(?:\{\s*([a-zA-Z])\s*\}|([a-zA-Z])(?![a-zA-Z]))")
_DOTS = str.maketrans({"ẏ": r"\dot{y}", "ẋ": r"\dot{x}", "ż": r"\dot{z}"})


def with_primes(text: str) -> str:
    """dy/dx as y', d²y/dx² as y'', dy/dt and ẏ as y'_t: not a fraction."""
    text = _SECOND_QUOTIENT.sub(lambda match: _as_prime(match, "''"), text.translate(_DOTS))
    return _DOTTED.sub(_by_time, _QUOTIENT.sub(_as_prime, text))


def _by_time(match: re.Match[str]) -> str:
    primes = "'" * len(match[1])
    return f"{match[2] or match[3]}{primes}_t"


def _as_prime(match: re.Match[str], primes: str = "'") -> str:
    letter, by = match[1] or match[3], match[2] or match[4]
    return f"{letter}{primes}" if by == "x" else f"{letter}{primes}_{by}"


class Unresolved(ValueError):
    """A function or derivative without a known definition."""


@dataclass(frozen=True, slots=True)
class Function:
    variable: str
    body: Term

    def at(self, argument: Term) -> Term:
        result: Term = substitute(self.body, Sym(self.variable), argument)
        return result

    def derived(self) -> Function:
        """Raises NotDifferentiable."""
        return Function(self.variable, differentiate(self.body, self.variable))


@dataclass
class Definitions:
    """functions: the defined ones; y = x^2 defines y as a function of x.

    sought: names of functions that the problem asks for, which no line defines.
    called: names that stand for functions, with or without a definition.
    parameters: letters that stand for numbers in f(x) = x² - kx.
    """

    functions: dict[str, Function] = field(default_factory=dict)
    sought: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()

    def learn_calls(self, text: str, numbers: frozenset[str]) -> None:
        """p(x) = x^2 or p(-1) = 2 in the text makes p a function; it is no product then.

        numbers: variables that are known to stand for numbers.
        """
        calls = _CALLED.findall(text)
        self.called |= {name for name, argument in calls if argument != name} - numbers

    def define(self, value: Value) -> bool:
        """Take the statement as the definition of a new function; whether it is one."""
        if not isinstance(value, Comparison) or value.op != "=" or not is_term(value.right):
            return False
        match value.left:
            case Call(name, (Sym(variable),)) if self._is_new(name):
                called = {part.name for part in walk(value.right) if isinstance(part, Call)}
                names = free_names(value.right)
                if name in called or not names - self.parameters <= {variable}:
                    return False
                if not names and name not in USUAL_FUNCTIONS:
                    return False  # P(A) = 0.3 says nothing of P(B)
                self.functions[name] = Function(variable, value.right)
                return True
        return False

    def _is_new(self, name: str) -> bool:
        known = name in KNOWN_FUNCTIONS or name in self.functions or name in self.sought
        return not known and "'" not in name

    def resolved(self, value: Value) -> Value:
        """The value with every function and derivative written out.

        Raises Unresolved for an unknown function, or when the result is too long.
        """
        return _checked(self._written(value))

    def _written(self, value: Value, depth: int = 0) -> Value:
        if depth > MAX_DEPTH:
            raise Unresolved
        match value:
            case Call(name, (argument,)) if name not in KNOWN_FUNCTIONS:
                function = self._function(name)
                _checked(function.body)
                called = function.at(self._written(argument, depth + 1))  # type: ignore[arg-type]
                return self._written(called, depth + 1)
            case Call(name) if name not in KNOWN_FUNCTIONS:
                raise Unresolved(name)
            case Mul((Div(Sym("d"), Mul((Sym("d"), Sym(variable)))), *rest)) if rest:
                body = rest[0] if len(rest) == 1 else Mul(tuple(rest))
                return self._derived(self._written(body, depth), variable)  # type: ignore[arg-type]
            case Sym(name) if "'" in name:
                return self._function(name).body
            case BigOperator():
                return value
        if not children(value):
            return value
        result: Value = rebuild(value, lambda part: self._written(part, depth))
        return result

    def _function(self, name: str) -> Function:
        name = self.without_variable(name)
        plain = name.rstrip("'")
        function = self.functions.get(plain)
        if function is None or (plain == "y" != name and self._is_parametric(function.variable)):
            raise Unresolved(name)
        try:
            for _ in range(min(len(name) - len(plain), 4)):
                function = function.derived()
        except NotDifferentiable:
            raise Unresolved(name) from None
        return function

    def _is_parametric(self, variable: str) -> bool:
        """x = t² and y = 2t: y' is dy/dx, and not the derivative by t."""
        function = self.functions.get("x")
        return function is not None and function.variable == variable

    def _derived(self, body: Term, variable: str) -> Term:
        try:
            return differentiate(body, variable)
        except NotDifferentiable:
            raise Unresolved from None

    def defines(self, name: str) -> bool:
        return self.without_variable(name).rstrip("'") in self.functions

    def without_variable(self, name: str) -> str:
        """y' for y'_t, which is dy/dt, where y is known as a function of t."""
        primed, _, by = name.partition("_")
        function = self.functions.get(primed.rstrip("'")) if primed.endswith("'") else None
        return primed if function is not None and by == function.variable else name

    def add_variable(self, name: str, body: Term) -> None:
        """y in y = x^2, so that y' and dy/dx are known."""
        names = free_names(body)
        if len(names) == 1:
            self.functions[name] = Function(next(iter(names)), body)


def calls_unknown(terms: Sequence[Value]) -> bool:
    """Whether they call a function that only the text defines."""
    known = KNOWN_FUNCTIONS | _COUNTING
    return any(isinstance(p, Call) and p.name not in known for term in terms for p in walk(term))


def _checked(written: Value) -> Value:
    """The value itself. Raises Unresolved where it is too long."""
    if sum(1 for _ in islice(walk(written), MAX_PARTS + 1)) > MAX_PARTS:
        raise Unresolved
    return written
