"""Do two names mean the same? AB is BA and not AC, f(2) is not f(3), y' is dy/dx."""

from __future__ import annotations

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import Solutions
from tutor.grading.parsing.tree import Call, Div, Mul, Sym, Value, is_term

# What a solution set is called in schools; these names mean the same.
SOLUTION_SETS = frozenset(["L", "S", "M", "IL"])
# f(x) = 2 says the same as f(t) = 2, while f(a) is the value at a.
VARIABLES = frozenset(map(Sym, [*"hkmnpqrstuvwxyz", "theta", "phi"]))
_CURVES = [{"y", function} for function in "fgh"]  # y' is f'(x)


def names_agree(key: Solutions, response: Solutions, *, is_optional: bool) -> bool:
    """is_optional: whether one of them may leave all names out."""
    names = [{name for name in s.names if name is not None} for s in (key, response)]
    if not (names[0] and names[1]):
        return is_optional or not (names[0] or names[1])
    if not (key.together or response.together):
        names[1] = {without_number(name, names[0]) for name in names[1]}
        names[0] = {without_number(name, names[1]) for name in names[0]}
    if len(names[0]) == len(names[1]) == 1:
        return may_name_the_same(*(next(iter(group)) for group in names))
    symbols = [{name for name in group if isinstance(name, Sym)} for group in names]
    return symbols[0] == symbols[1] or not (symbols[0] and symbols[1])


def paired_by_name(key: Solutions, response: Solutions) -> list[tuple[Value, Value]] | None:
    """The values of each name; None where they have different names."""
    values = dict(zip(response.names, response.values, strict=True))
    if set(key.names) != set(values):
        return None
    return [(value, values[name]) for name, value in zip(key.names, key.values, strict=True)]


def may_name_the_same(name: Value, other: Value) -> bool:
    """Whether what is called `name` in one answer may be called `other` in another."""
    if _is_size_of(name, other) or _is_size_of(other, name):
        return False
    first, second = _designation(name), _designation(other)
    if first[0] == second[0] == "derivative" and {first[1], second[1]} in _CURVES:
        return _same_details(first[2:], second[2:])
    if first[0] == second[0]:
        return _same_details(first[1:], second[1:])
    kinds = {first[0], second[0]}
    if "member" in kinds and kinds & {"letter", "segment"}:
        return False
    return "derivative" not in kinds


def without_number(name: Value, plain: set[Value]) -> Value:
    """x for x_1, where the other answer calls it x."""
    if isinstance(name, Sym):
        stem, _, index = name.name.partition("_")
        if index.isdigit() and Sym(stem) in plain:
            return Sym(stem)
    return name


def _same_details(details: tuple[object, ...], others: tuple[object, ...]) -> bool:
    """None stands for a detail that was left out, as the x of y'."""
    return all(a == b or None in (a, b) for a, b in zip(details, others, strict=True))


def _designation(name: Value) -> tuple[object, ...]:
    """The kind of name, and what tells it from others of its kind."""
    match name:
        case Sym(text):
            return _letter(text)
        case Mul(parts) if all(isinstance(part, Sym) for part in parts):
            return "segment", _either_way("".join(part.name for part in parts))  # type: ignore[union-attr]
        case Call("abs", (part,)):
            return _designation(part) if isinstance(part, Mul) else ("size", part)
        case Call(text, args) if text.endswith("'"):
            stem = text.rstrip("'")
            return "derivative", stem, args[0], len(text) - len(stem)
        case Call(text, args) if text.endswith("_"):
            return "member", text[:-1], _exact(args[0])
        case Call(text, args):
            return "call", text, tuple("" if arg in VARIABLES else _exact(arg) for arg in args)
        case Div(top, bottom):
            return "quotient", top, bottom
    return "other", name


def _letter(text: str) -> tuple[object, ...]:
    if text.startswith("line "):
        return "segment", _either_way(text[5:])
    if "/d" in text and text.startswith("d"):
        above, _, below = text.partition("/d")
        return "derivative", above[1:], Sym(below), 1
    stem, _, index = text.rstrip("'").partition("_")
    if text.endswith("'"):
        return "derivative", text.rstrip("'"), None, len(text) - len(text.rstrip("'"))
    return ("member", stem, index) if index else ("letter", text)


def _either_way(letters: str) -> str:
    """AB is BA, and the angle ABC is CBA but not ACB."""
    return min(letters, letters[::-1])


def _exact(argument: Value) -> object:
    """f(1/2) is f(0.5)."""
    number = rational_value(argument) if is_term(argument) else None
    if number is None:
        return argument
    return str(number.numerator) if number.denominator == 1 else number


def _is_size_of(size: Value, value: Value) -> bool:
    """|x| is a name of its own and says less than x; |AB| is AB."""
    return (
        isinstance(size, Call)
        and size.name == "abs"
        and size.args[0] == value
        and isinstance(value, Sym)
    )
