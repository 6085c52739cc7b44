"""Makes one value from several comparisons and values in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as dataclass_replace
from fractions import Fraction

from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.tree import (
    Bracketed,
    Comparison,
    Const,
    Listing,
    Logic,
    NamedSet,
    Neg,
    Num,
    SetOperation,
    Sym,
    Unreadable,
    Value,
    free_names,
    is_term,
)

JoinedValue = tuple[str, Value]  # the connective before it: "", comma, semicolon, and, or


def join_comparisons(values: list[Value], ops: list[str]) -> Value:
    """0 < x < 1 becomes two comparisons, x = 3 + 4 = 7 becomes x = 7; what follows ≈ is dropped."""
    if "≈" in ops:
        first = ops.index("≈")
        if first or not _is_name(values[0]):
            values, ops = values[: first + 1], ops[:first]
        else:
            values, ops = values[:2], ["="]
    if not ops:
        return values[0]
    if all(op == "=" for op in ops):
        if isinstance(values[0], Sym) and any(_holds(side, values[0]) for side in values[1:-1]):
            raise Unreadable(FeedbackCode.UNREAD)  # x = 1 blah x = 2
        return Comparison("=", values[0], values[-1])
    parts = [_comparison(op, values[k], values[k + 1]) for k, op in enumerate(ops)]
    return parts[0] if len(parts) == 1 else Logic("and", tuple(parts))


def _comparison(op: str, left: Value, right: Value) -> Comparison:
    if op == "∈":
        return Comparison("in", left, _named_set(right))
    if op == "∉":
        return Comparison("in", left, SetOperation("minus", NamedSet("R"), right))
    return Comparison(op, left, right)


def _holds(value: Value, name: Sym) -> bool:
    return name.name in free_names(value)


def _named_set(value: Value) -> Value:
    """The numbers ℝ for the letter R after ∈."""
    is_set = isinstance(value, Sym) and value.name in ("R", "Q", "Z", "N")
    return NamedSet(value.name) if is_set and isinstance(value, Sym) else value


def _is_name(value: Value) -> bool:
    return is_term(value) and not isinstance(value, Num | Const) and bool(free_names(value))


def assemble_value(parts: Sequence[JoinedValue]) -> Value:
    """One value from the values between the connectives."""
    if not parts:
        raise Unreadable(FeedbackCode.EMPTY)
    if len(parts) == 1:
        return parts[0][1]
    if not any(_is_statement(value) for _, value in parts):
        if any(_is_set(value) for _, value in parts) and any(j == "or" for j, _ in parts):
            return _union([value for _, value in parts])
        return _grouped(parts)
    cases = [_together(case) for case in _cases(parts)]
    return cases[0] if len(cases) == 1 else Logic("or", tuple(cases))


def _is_statement(value: Value) -> bool:
    return isinstance(value, Comparison | Logic)


def _is_set(value: Value) -> bool:
    return isinstance(value, SetOperation)


def _union(values: list[Value]) -> Value:
    result = values[0]
    for value in values[1:]:
        result = SetOperation("union", result, value)
    return result


def _grouped(parts: Sequence[JoinedValue]) -> Value:
    if any(connective == ";" for connective, _ in parts) and any(
        connective == "," for connective, _ in parts
    ):
        groups: list[list[Value]] = []
        for connective, value in parts:
            if connective in ("", ";"):
                groups.append([])
            groups[-1].append(value)
        return Listing(
            tuple(g[0] if len(g) == 1 else Bracketed("(", tuple(g), ")") for g in groups)
        )
    either = any(connective == "or" for connective, _ in parts)
    return Listing(tuple(value for _, value in parts), either)


def _cases(parts: Sequence[JoinedValue]) -> list[list[Value]]:
    if rounds := _rounds([value for _, value in parts]):
        return rounds
    cases: list[list[Value]] = []
    for connective, value in parts:
        if connective in ("", "or") or _begins_case(connective, value, cases[-1]):
            cases.append([])
        cases[-1].append(value)
    return _with_names(cases)


def _rounds(values: list[Value]) -> list[list[Value]]:
    """x = 1, y = 4 and x = 4, y = 1 as two solutions: the names come round; else no cases."""
    lefts = [v.left for v in values if isinstance(v, Comparison) and v.op == "="]
    names = list(dict.fromkeys(lefts))
    many, each = len(values), len(names)
    if len(lefts) < many or not 1 < each < many or many % each or not all(map(_is_name, names)):
        return []
    if any(left != names[index % each] for index, left in enumerate(lefts)):
        return []
    return [values[start : start + each] for start in range(0, many, each)]


def _begins_case(connective: str, value: Value, case: list[Value]) -> bool:
    if connective == ",":
        return _exclude(case[-1], value)
    if connective != ";":
        return False
    # x = 2; y = 3 is one solution, x = 2; x = 3 are two, and x ≠ 2; x ≠ 3 leave both out.
    if all(isinstance(v, Comparison) and v.op == "!=" for v in (*case, value)):
        return False
    values = [*case, value]
    equations = [v for v in values if isinstance(v, Comparison) and v.op == "="]
    lefts = [equation.left for equation in equations]
    return len(equations) < len(values) or len(set(lefts)) < len(lefts)


def _exclude(first: Value, second: Value) -> bool:
    """Whether no number fulfils both, as in x < 1, x > 3: each is a case then."""
    bounds = [_bound(first), _bound(second)]
    if None in bounds:
        return False
    (name, is_upper, number), (other, other_is_upper, other_number) = filter(None, bounds)
    if name != other or is_upper == other_is_upper:
        return False
    return number < other_number if is_upper else number > other_number


def _bound(value: Value) -> tuple[Value, bool, Fraction] | None:
    """Of x < 3 the x, whether the number is an upper bound, and the number."""
    if not isinstance(value, Comparison) or value.op not in ("<", "<=", ">", ">="):
        return None
    for name, side, is_left in ((value.left, value.right, True), (value.right, value.left, False)):
        number = _written_number(side)
        if isinstance(name, Sym) and number is not None:
            return name, (value.op[0] == "<") == is_left, number
    return None


def _written_number(value: Value) -> Fraction | None:
    if isinstance(value, Neg):
        inner = _written_number(value.part)
        return None if inner is None else -inner
    return value.value if isinstance(value, Num) else None


def _with_names(cases: list[list[Value]]) -> list[list[Value]]:
    """x = 1 or 2 as x = 1 or x = 2, and n = 1, 2, 3 and x ≠ 1, 2 likewise."""
    last: Comparison | None = None
    for case in cases:
        for index, value in enumerate(case):
            if isinstance(value, Comparison):
                last = value if value.op in ("=", "!=") else None
            elif last is not None and not _is_statement(value):
                case[index] = dataclass_replace(last, right=value)
    return cases


def _together(values: list[Value]) -> Value:
    """x = 2, x = 3 are two solutions, while x = 2, y = 3 is one."""
    if len(values) == 1:
        return values[0]
    equations = [value for value in values if isinstance(value, Comparison) and value.op == "="]
    lefts = [equation.left for equation in equations]
    if len(equations) == len(values) and len(set(lefts)) < len(lefts):
        return Logic("or", tuple(values))
    return Logic("and", tuple(values))
