"""What kind of value is this, and how else can it be read? Asked before values are compared."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from tutor.grading.comparison.same_names import SOLUTION_SETS, without_number
from tutor.grading.parsing.shapes import Solutions, definition
from tutor.grading.parsing.tree import (
    ONE,
    Bracketed,
    Call,
    Comparison,
    Div,
    Listing,
    Logic,
    Matrix,
    Mul,
    NamedSet,
    Num,
    Pow,
    Quantity,
    Ratio,
    SetOperation,
    Sym,
    Term,
    TimeOfDay,
    Value,
    Words,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.parsing.units import read_unit
from tutor.grading.solving.set_notation import describes_set, may_be_interval

_WHOLE_NUMBERS = (NamedSet("Z"), NamedSet("N"), NamedSet("Z+"), NamedSet("N+"))


def words_of(value: Value) -> str | None:
    """The words of a value; None for a value that is not words."""
    if isinstance(value, Words):
        return value.text
    if value == NamedSet("empty"):
        return "no solution"
    return value.name if isinstance(value, Sym) else None


def as_set(value: Value, other: Value) -> Value:
    """R is the set of real numbers if the other answer is a set."""
    is_set = describes_set(other) or may_be_interval(other)
    if is_set and isinstance(value, Sym) and value.name in ("R", "Z", "N"):
        return NamedSet(value.name)
    return value


def without_condition(value: Value) -> Value:
    """1/x for the answer 1/x, x ≠ 0."""
    if not isinstance(value, Logic) or value.op != "and" or not is_term(value.parts[0]):
        return value
    first, *rest = value.parts
    names = free_names(first)
    are_conditions = all(describes_set(part) and free_names(part) <= names for part in rest)
    return first if are_conditions else value


def with_zero(value: Value) -> Value:
    """ℝ⁺ with zero, as schools in France mean it."""
    for sign in "+-":
        value = substitute(value, NamedSet(f"R{sign}"), NamedSet(f"R{sign}0"))
    return value


def as_union(value: Value) -> Value:
    """The union of intervals that are written in a row: (1, 2), (3, 4)."""
    if not isinstance(value, Listing) or not all(may_be_interval(part) for part in value.parts):
        return value
    first, *rest = value.parts
    return reduce(lambda left, right: SetOperation("union", left, right), rest, first)


def bare_set(value: Value, *, any_name: bool = False) -> Value:
    """The set in x ∈ {2, 3}, x ∈ ℝ and L = {2, 3}; with any name also in D(f) = ℝ."""
    if not isinstance(value, Comparison) or not isinstance(value.left, Sym | Call):
        return value
    right = as_set(value.right, NamedSet("R"))
    is_set = isinstance(right, NamedSet) or (isinstance(right, Bracketed) and is_braces(right))
    if any_name and value.op == "=":
        return right if is_set or describes_set(right) or may_be_interval(right) else value
    if not isinstance(value.left, Sym):
        return value
    if value.op == "=" and value.left.name == "L" and is_term(value.right):
        return value.right  # L = {-3}
    if value.op == "=" and value.left.name in SOLUTION_SETS:
        is_set = is_set or describes_set(right) or may_be_interval(right)
    else:
        is_set = is_set and value.op == "in"
    return right if is_set else value


def may_repeat(value: Value) -> bool:
    """Whether it is a list such as 2, 2, 3, and not "2 or 3"."""
    return isinstance(value, Listing) and not value.either


def are_numbers(*values: Value) -> bool:
    """Whether all are lists of numbers."""
    return all(isinstance(value, Listing) and all(map(is_term, value.parts)) for value in values)


def is_listed(value: Value) -> bool:
    """A set of points, or solutions: x = 1 or x = 2."""
    if isinstance(value, Comparison | Logic):
        return True
    return isinstance(value, Bracketed) and is_braces(value)


def is_stated(value: Value) -> bool:
    return isinstance(value, Comparison | Logic)


def is_family(value: Value) -> bool:
    """Infinitely many solutions, such as x = kπ, k ∈ ℤ."""
    parts = value.parts if isinstance(value, Logic) else ()
    return any(
        isinstance(part, Comparison) and part.op == "in" and part.right in _WHOLE_NUMBERS
        for part in parts
    )


def is_closed_point(key: Value, response: Value) -> bool:
    """Whether one is [2, 2] and the other {2}."""
    braces = [isinstance(v, Bracketed) and is_braces(v) for v in (key, response)]
    closed = [isinstance(v, Bracketed) and brackets(v) == ("[", "]") for v in (key, response)]
    return any(braces) and any(closed)


def has_equations(key: Value, response: Value) -> bool:
    return any(isinstance(p, Comparison) and p.op == "=" for v in (key, response) for p in walk(v))


def is_equation(value: Value) -> bool:
    return isinstance(value, Comparison) or (isinstance(value, Logic) and value.op == "or")


def are_equations(*values: Value) -> bool:
    """Whether all are equations in the same variables, and so may be equivalent."""
    variables = [free_names(value) for value in values]
    return (
        bool(variables[0])
        and len(set(variables)) == 1
        and all(isinstance(value, Comparison) and value.op == "=" for value in values)
    )


def may_be_rearranged(key: Value, response: Value) -> bool:
    """Whether both may be one equation solved for different variables: y = e^x and x = ln y."""
    names = [definition(value) for value in (key, response)]
    if names[0] is None or names[1] is None or names[0][0] == names[1][0]:
        return False
    return are_equations(key, response)


def is_proper_equation(value: Value) -> bool:
    """An equation, and not a list of named values such as x = 1."""
    if isinstance(value, Comparison):
        return definition(value) is None and bool(free_names(value))
    return isinstance(value, Logic) and any(is_proper_equation(part) for part in value.parts)


def as_cases(solutions: Solutions, other: Solutions) -> Solutions:
    """x_1 = 2, x_2 = 3 as two solutions, where the other answer has them of one x."""
    plain = {name for name in other.names if name is not None}
    names = tuple(name and without_number(name, plain) for name in solutions.names)
    if names == solutions.names or len(set(names)) > 1 or other.together:
        return solutions
    return Solutions(solutions.values, names)


def has_several_names(*answers: Solutions) -> bool:
    """Whether each of the answers gives values of several names."""
    return all(len({name for name in answer.names if name is not None}) > 1 for answer in answers)


def as_clock(value: Value) -> Value:
    """14 h 30 min as the time 14:30; other values as they are."""
    if not isinstance(value, Quantity) or not isinstance(value.amount, Num):
        return value
    unit = read_unit(value.unit)
    minutes = value.amount.value * unit.factor / 60 if unit else Fraction(-1)
    is_time = unit is not None and unit.dimension == (("s", 1),)
    return TimeOfDay(int(minutes), "") if is_time and minutes.denominator == 1 else value


def time_as_ratio(value: Value) -> Value:
    """The ratio 7:32 for the time 7:32; other values as they are."""
    if not isinstance(value, TimeOfDay) or value.half:
        return value
    hours, minutes = divmod(value.minutes, 60)
    return Ratio(tuple(Num(Fraction(part), str(part)) for part in (hours, minutes)))


def is_braces(value: Bracketed) -> bool:
    return value.opening in ("{", "{set")


def brackets(value: Bracketed) -> tuple[str, str]:
    same_bracket = {"⟨": "(", "⟩": ")", "{set": "{", "set}": "}"}
    opening, closing = value.opening, value.closing
    return same_bracket.get(opening, opening), same_bracket.get(closing, closing)


def same_brackets(key: Bracketed, response: Bracketed) -> bool:
    """( ) and [ ] mean the same where there is no interval: of ⟨4, -6⟩, or of three entries."""
    kinds = {brackets(key), brackets(response)}
    are_long = len(key.parts) > 2 and len(response.parts) > 2
    is_vector = key.opening == "⟨" or are_long
    return len(kinds) == 1 or (is_vector and kinds == {("(", ")"), ("[", "]")})


def operator_of(value: Value) -> str:
    return str(getattr(value, "op", ""))


def shape(value: Matrix) -> tuple[int, int]:
    """Rows and columns."""
    return len(value.rows), len(value.rows[0])


def as_column(value: Value, other: Matrix | None) -> Matrix | None:
    """The column for (1, 2), if the other answer is a column, and the rows of ((1, 2), (3, 4))."""
    if other is None or not isinstance(value, Bracketed) or value.opening not in ("(", "⟨", "["):
        return None
    if len(other.rows[0]) == 1:
        return Matrix(tuple((part,) for part in value.parts))
    rows = tuple(part.parts for part in value.parts if isinstance(part, Bracketed))
    is_whole = len(rows) == len(value.parts) and len({len(row) for row in rows}) == 1
    return Matrix(rows) if is_whole else None


def as_ratio(value: Value) -> Ratio | None:
    """The ratio a:b, for a/b as well."""
    if isinstance(value, Ratio):
        return value
    if isinstance(value, Div):
        return Ratio((value.top, value.bottom))
    return Ratio((value, ONE)) if isinstance(value, Num) else None


def are_matrices_in_other_order(key: Value, response: Value) -> bool:
    """BA⁻¹ for A⁻¹B: capital letters with an inverse among them may be matrices."""
    own, others = _matrix_factors(key), _matrix_factors(response)
    if own is None or others is None or own == others:
        return False
    has_inverse = any(isinstance(factor, Pow) for factor in own)
    return has_inverse and len(free_names(key)) > 1


def _matrix_factors(value: Value) -> list[Term] | None:
    if not isinstance(value, Mul):
        return None
    bases = [factor.base if isinstance(factor, Pow) else factor for factor in value.parts]
    are_names = all(isinstance(base, Sym) and base.name.isupper() for base in bases)
    return list(value.parts) if are_names else None
