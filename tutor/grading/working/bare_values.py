"""Finds lines that only state a value: the check of such a line would reveal a right answer.

The form of a line alone decides, before anything is checked, so that the decision reveals nothing
about which lines are true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.numeric import operation_work
from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.shapes import definition, is_name
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Comparison,
    Div,
    Logic,
    Mul,
    Neg,
    Num,
    Pow,
    Quantity,
    Sym,
    Term,
    Unreadable,
    Value,
    Words,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import has_work_left, note_work
from tutor.grading.prose.claims import cut_claims
from tutor.grading.prose.formulas import TextSpan, parse_chain
from tutor.grading.steps.equation_side import read_side

_MAX_NUMBERS = 3  # in a value that is no calculation: 3/4; in 2√3 the index counts as well
_MAX_PIECES = 400  # of a longer line we assume that it states a value
_SAMPLE = tuple(Fraction(n, 7) for n in (3, 11, 19, 37, 58))  # values put in for variables
_INEQUALITIES = {"<", "<=", ">", ">="}
_ARROWS = ("=>", "⇒", "⟹", "<=>", "⇔", "→", "->", "\\Right", "\\Leftright", "\\iff", "\\implies")


def before_value(lines: Sequence[str], statement: str) -> int:
    """How many lines come before the first one whose mark would reveal a value.

    Later lines may rest on that one, so their marks would reveal it too. A single line is compared
    with the statement alone: its mark would be that of an answer, unless it repeats the statement.
    """
    if len(lines) == 1:
        return int(_Problem.read(statement).repeats(lines[0]))
    return before_bare_value(lines, statement)


def before_bare_value(lines: Sequence[str], statement: str) -> int:
    """How many lines come before the first one that only states a value.

    Of lines beyond the budget of work that is open we assume it.
    """
    problem = _Problem.read(statement)
    for number, line in enumerate(lines):
        note_work(operation_work.READING * len(line))
        if not has_work_left() or problem.reveals(line):
            return number
    return len(lines)


@dataclass(frozen=True)
class _Problem:
    """formulas: those of its statement."""

    formulas: tuple[Value, ...]

    @classmethod
    def read(cls, statement: str) -> _Problem:
        texts = (statement[chain.start : chain.end] for chain in cut_claims(statement))
        return cls(tuple(value for text in texts if (value := _read(text)) is not None))

    @property
    def variables(self) -> frozenset[str]:
        pieces = [piece for value in self.formulas for piece in walk(value)]
        integrated = {
            fold.name for fold in pieces if isinstance(fold, BigOperator) and fold.high is None
        }
        return frozenset[str](integrated).union(*map(free_names, self.formulas))

    def repeats(self, line: str) -> bool:
        value = _read(line)
        return not _is_calculation(line) if value is None else value in self.formulas

    def reveals(self, line: str) -> bool:
        """Whether the mark of this line would reveal a value; also where that is hard to decide."""
        try:
            if self.repeats(line):
                return False
            return _read(line) is None or any(map(self._is_revealing, _formulas(line)))
        except RecursionError:
            return True

    def _is_revealing(self, value: Value) -> bool:
        if sum(1 for _ in walk(value)) > _MAX_PIECES:
            return True
        match value:
            case Logic("and", parts):
                return any(map(self._is_revealing, parts))
            case Comparison(op, left, right) if is_term(left) and is_term(right):
                return self._compares(op, *_without_common(left, right))
        return not is_term(value) or not _variables(value)

    def _compares(self, op: str, left: Term, right: Term) -> bool:
        sides = [(left, _variables(left)), (right, _variables(right))]
        names = sides[0][1] | sides[1][1]
        if not names or op not in {"=", *_INEQUALITIES}:
            return True
        if self._has_foreign_variables(left, right, names):
            return True
        varying = [side for side, variables in sides if variables]
        if len(names) > 1 or len(varying) > 1:
            return False
        return self._fixes(op, varying[0], *names)

    def _has_foreign_variables(self, left: Term, right: Term, names: frozenset[str]) -> bool:
        """Whether variables that the problem does not have were mixed in, where they may cancel.

        Allowed are u = x^2, which gives a name, and x^3 + C, which has a constant.
        """
        new = names - self.variables
        if not new or not self.formulas:
            return False
        if not self.variables:
            return True
        is_named = is_name(left) or is_name(right)
        added = {part.name for part in (*_parts(left), *_parts(right)) if isinstance(part, Sym)}
        return bool(names - new) and not is_named and not new <= added

    def _fixes(self, op: str, side: Term, name: str) -> bool:
        """Whether a side in one variable, equal to a constant, leaves no work: x - 1, |x|, x^2.

        3x = 12 leaves a division where the problem is linear, and x^2 - 2x = 15 is still unsolved.
        """
        fraction = rational_function(side, name)
        if fraction is None:
            return True  # it may: √2 + x - x
        if fraction.bottom.degree() == 0:
            powers = [n for n in range(1, fraction.top.degree() + 1) if fraction.top[n]]
            if powers == [1]:
                is_alone = abs(fraction.top[1]) == abs(fraction.bottom[0])
                return is_alone or not self._is_linear(name) or self._is_new_kind(op)
            if len(powers) == 1:
                return True
        if self._is_new_kind(op):
            return True
        is_once = sum(part == Sym(name) for part in walk(side)) == 1
        return is_once or _is_in_factors(side, name)

    def _is_new_kind(self, op: str) -> bool:
        """Whether this is an inequality while the problem has none."""
        parts = (part for value in self.formulas for part in walk(value))
        return op in _INEQUALITIES and not any(map(_is_inequality, parts))

    def _is_linear(self, name: str) -> bool:
        """Whether all equations of the problem in this variable are linear."""
        equations = [value for value in self.formulas if isinstance(value, Comparison)]
        return all(_degree(value, name) == 1 for value in equations if name in free_names(value))


def _degree(value: Comparison, name: str) -> int | None:
    """None where the sides are not polynomials in this variable alone."""
    if not (is_term(value.left) and is_term(value.right)):
        return None
    fraction = rational_function(Add((value.left, Neg(value.right))), name)
    if fraction is None or fraction.bottom.degree() > 0:
        return None
    return int(fraction.top.degree())


def _read(text: str) -> Value | None:
    """None for words, and for text that is not read as a whole."""
    try:
        value = read_answer(text)
    except (Unreadable, RecursionError):
        return None
    return None if isinstance(value, Words) else value


def _is_calculation(line: str) -> bool:
    """Whether each side can be read, though the whole line cannot: 3 cm + 4 cm = 7 cm in all."""
    chain = parse_chain(TextSpan(line, 0))
    if chain is None or len(chain.sides) == 1:
        return False
    try:
        return all(read_side(side.text).term is not None for side in chain.sides if side.text)
    except (Unreadable, RecursionError):
        return False


def _formulas(line: str) -> Iterator[Value]:
    """The claims of a line: a = b = c has two."""
    if any(arrow in line for arrow in _ARROWS):
        yield Logic("or", ())  # several lines in one
        return
    chain = parse_chain(TextSpan(line, 0))
    sides = [_read(side.text) for side in chain.sides if side.text] if chain else []
    if chain and len(chain.operators) > 1 and len(sides) > 1:
        operators = chain.operators[1 - len(sides) :]
        for op, left, right in zip(operators, sides, sides[1:], strict=False):
            if left is not None and right is not None:
                yield Comparison(op, left, right)
    if (value := _read(line)) is not None:
        yield value


def _variables(term: Term) -> frozenset[str]:
    """The variables on which its value depends: not y in 3 + y - y, and not x in 0x."""
    names = free_names(term)
    return frozenset(name for name in names if not _cancels(term, name, names - {name}))


def _cancels(term: Term, name: str, other_names: Iterable[str]) -> bool:
    for number, other in enumerate(sorted(other_names)):
        term = substitute(term, Sym(other), Num(_SAMPLE[number % len(_SAMPLE)]))
    fraction = rational_function(term, name)
    if fraction is None:
        return False
    return bool(fraction.top * fraction.bottom[0] == fraction.bottom * fraction.top[0])


def _without_common(left: Term, right: Term) -> tuple[Term, Term]:
    """Both sides without common summands: x in x + 5 = x + y."""
    left_parts, right_parts = list(_parts(left)), list(_parts(right))
    for part in tuple(left_parts):
        if len(left_parts) + len(right_parts) > 2 and part in right_parts:
            left_parts.remove(part)
            right_parts.remove(part)
    return _sum(left_parts), _sum(right_parts)


def _parts(term: Term) -> tuple[Term, ...]:
    return term.parts if isinstance(term, Add) else (term,)


def _sum(parts: Sequence[Term]) -> Term:
    return parts[0] if len(parts) == 1 else Add(tuple(parts)) if parts else Num(Fraction(0))


def _is_in_factors(side: Term, name: str) -> bool:
    """Whether it is a product that shows its zeros: (x - 2)(x + 1)."""
    match side:
        case Neg(part) | Div(part, _) | Pow(part, _):
            return isinstance(side, Pow) or _is_in_factors(part, name)
        case Mul(parts):
            return sum(name in free_names(part) for part in parts) > 1 or any(
                _is_in_factors(part, name) for part in parts
            )
    return False


def _is_inequality(value: Value) -> bool:
    return isinstance(value, Comparison) and value.op in _INEQUALITIES


def is_bare_value(text: str) -> bool:
    """Whether a text is one or more values, perhaps with a name: 3, x = 6/2, {1, 2}."""
    try:
        return _is_bare(read_answer(text))
    except (Unreadable, RecursionError):
        return False


def _is_bare(value: Value) -> bool:
    if named := definition(value):
        return not free_names(named[1])
    if isinstance(value, Logic):
        return all(map(_is_bare, value.parts))
    if isinstance(value, Quantity):
        return _is_bare(value.amount)
    if free_names(value) or isinstance(value, Comparison | Words):
        return False
    return not is_term(value) or _is_plain(value)


def _is_plain(value: Value) -> bool:
    pieces = list(walk(value))
    numbers = sum(isinstance(piece, Num) for piece in pieces)
    return numbers <= _MAX_NUMBERS and not any(isinstance(piece, Add) for piece in pieces)
