"""Writes a value as LaTeX, so that people see how an answer was read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tutor.grading.parsing.names import GREEK, SHORT_PROSE, USUAL_FUNCTIONS, split_word
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Bracketed,
    Call,
    Comparison,
    Const,
    Div,
    Listing,
    Logic,
    Matrix,
    Mul,
    NamedSet,
    Neg,
    Num,
    PlusMinus,
    Pow,
    Quantity,
    Ratio,
    Root,
    SetBuilder,
    SetOperation,
    Sym,
    Term,
    TimeOfDay,
    Value,
    Words,
)

# How tightly a term binds: within a tighter one, a looser one needs brackets.
SUM, PRODUCT, POWER = 0, 1, 2

_RELATIONS = {"!=": r"\ne", "<=": r"\le", ">=": r"\ge", "in": r"\in"}
_SET_SIGNS = {"union": r"\cup", "intersection": r"\cap", "minus": r"\setminus"}
_BRACKETS = {"{": r"\{", "{set": r"\{", "}": r"\}", "set}": r"\}", "⟨": r"\langle", "⟩": r"\rangle"}
_CONSTANTS = {"pi": r"\pi", "oo": r"\infty"}
_NAMED = {name: rf"\{name}" for name in ("sin", "cos", "tan", "cot", "sec", "csc", "ln", "lg")}
_NAMED |= {name: rf"\{name}" for name in ("sinh", "cosh", "tanh", "coth", "exp", "log", "arg")}
_NAMED |= {name: rf"\{name}" for name in ("min", "max", "gcd", "det")}
_NAMED |= {"asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan", "gamma": r"\Gamma"}
_NAMED |= {"sign": r"\operatorname{sgn}", "re": r"\operatorname{Re}", "im": r"\operatorname{Im}"}
_NAMED |= {f"a{name}": rf"\operatorname{{ar{name}}}" for name in ("sinh", "cosh", "tanh")}
_NAMED |= {f"a{name}": rf"\operatorname{{arc{name}}}" for name in ("cot", "sec", "csc")}
_NAMED |= {f"{name}^-1": f"{name}^{{-1}}" for name in "fgh"}
_NAMED |= {"cis": r"\operatorname{cis}"}
_AROUND = {
    "abs": (r"\left|", r"\right|"),
    "floor": (r"\lfloor ", r"\rfloor "),
    "ceil": (r"\lceil ", r"\rceil "),
}
_BEHIND = {"factorial": "!", "percent": r"\%", "degrees": r"^{\circ}"}
_DECIMAL = re.compile(r"\d*+(?:\.\d*+)?")
_LAST_LETTERS = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{1,4}$")
_END_OF_FACTOR = re.compile(r"(?:\d|\\right\)|\\pi|[^A-Za-z]\})$")
_CLOSE_FACTOR = re.compile(r"[A-Za-z](?![A-Za-z])|\\(?:pi|sqrt|left\()")
_SPECIAL = re.compile(r"[\\{}$&#%_^~]")


def latex(value: Value) -> str:
    """The value in the notation of a textbook, with signs for "and" and "or"."""
    match value:
        case Comparison(op, left, right):
            return f"{latex(left)} {_RELATIONS.get(op, op)} {latex(right)}"
        case Logic(op, parts):
            return rf" \{'land' if op == 'and' else 'lor'} ".join(_within(part) for part in parts)
        case Listing(parts, either):
            return (r" \lor " if either else r",\; ").join(map(latex, parts))
        case Bracketed(opening, parts, closing):
            inside = r",\, ".join(map(latex, parts))
            return rf"\left{_bracket(opening)} {inside} \right{_bracket(closing)}"
        case SetBuilder(element, condition):
            return rf"\left\{{ {latex(element)} \mid {latex(condition)} \right\}}"
        case SetOperation(op, left, right):
            return f"{latex(left)} {_SET_SIGNS[op]} {latex(right)}"
        case NamedSet(name):
            return _named_set(name)
        case Quantity(amount, unit):
            return rf"{latex(amount)}{unit_latex(unit)}"
        case Ratio(parts):
            return " : ".join(_bracketed(part, SUM) for part in parts)
        case TimeOfDay(minutes, _half):
            return rf"\text{{{minutes // 60}:{minutes % 60:02}}}"
        case Words(text):
            return _text(text)
        case Add(parts):
            return _sum(parts)
        case Mul(parts):
            return _product(parts)
        case Neg(part):
            return f"-{latex(part)}" if isinstance(part, Mul) else f"-{_bracketed(part, PRODUCT)}"
        case PlusMinus(part, sign):
            return rf"\{'pm' if sign > 0 else 'mp'} {_bracketed(part, PRODUCT)}"
        case Div(top, bottom):
            return rf"\frac{{{latex(top)}}}{{{latex(bottom)}}}"
        case Pow(base, exponent):
            return _power(base, exponent)
        case Root(inner, index):
            degree = "" if latex(index) == "2" else f"[{latex(index)}]"
            return rf"\sqrt{degree}{{{latex(inner)}}}"
        case Matrix(rows):
            return _matrix(rows, "pmatrix")
        case BigOperator():
            return _big_operator(value)
        case Call(name, args):
            return _call(name, args)
        case Num():
            return _number(value)
        case Const(name):
            return _CONSTANTS.get(name, name)
        case Sym(name):
            return _name(name)
    raise TypeError(f"not a value: {value!r}")


def _tightness(term: Value) -> int:
    match term:
        case Add() | PlusMinus():
            return SUM
        case Neg() | Mul() | BigOperator():
            return PRODUCT
    return POWER


def _bracketed(term: Value, tightness: int) -> str:
    """The term, in brackets unless it binds more tightly than `tightness`."""
    written = latex(term)
    return written if _tightness(term) > tightness else rf"\left({written}\right)"


def _within(part: Value) -> str:
    return rf"\left({latex(part)}\right)" if isinstance(part, Logic) else latex(part)


def _sum(parts: tuple[Term, ...]) -> str:
    written = latex(parts[0])
    for part in parts[1:]:
        if isinstance(part, Neg | PlusMinus):
            written += f" {latex(part)}"
        else:
            written += f" + {latex(part)}"
    return written


def _product(parts: tuple[Term, ...]) -> str:
    written = _factor(parts[0])
    for part in parts[1:]:
        factor = _factor(part)
        # 2·3 is not 23, and 2·½ is not a mixed number.
        apart = factor[0].isdigit() or factor.startswith(r"\frac")
        written += r" \cdot " if apart else _gap(written, factor)
        written += factor
    return written


def _gap(before: str, factor: str) -> str:
    """None in 3x, ab, 2√3, 2(x + 1) and (x + 1)(x - 1); thin before a function and a word."""
    if letters := _LAST_LETTERS.search(before):
        is_close = _may_follow(letters[0], factor)
    else:
        is_close = bool(_END_OF_FACTOR.search(before) and _CLOSE_FACTOR.match(factor))
    if is_close and before.endswith(r"\pi") and factor[0].isalpha():
        return " "
    return "" if is_close else r"\,"


def _may_follow(letters: str, factor: str) -> bool:
    """Whether no function and no word comes of it: f(x + 1), ln, by."""
    if factor.startswith(r"\left("):
        return letters not in USUAL_FUNCTIONS
    run = letters + factor[0]
    is_letter = factor[0].isalpha() and not factor[1:2].isalpha()
    return is_letter and split_word(run) == tuple(run) and run not in SHORT_PROSE


def _factor(part: Term) -> str:
    if isinstance(part, Mul):
        return _product(part.parts)
    return _bracketed(part, PRODUCT)


def _power(base: Term, exponent: Term) -> str:
    raised = f"^{{{latex(exponent)}}}"
    if isinstance(base, Call) and base.name in _NAMED and len(base.args) == 1:
        return f"{_NAMED[base.name]}{raised}{_arguments(base.args)}"
    simple = isinstance(base, Num | Const | Sym) and "^" not in latex(base)
    return (latex(base) if simple else rf"\left({latex(base)}\right)") + raised


def _call(name: str, args: tuple[Term, ...]) -> str:
    if name == "log" and len(args) == 2:
        return rf"\log_{{{latex(args[1])}}}{_arguments(args[:1])}"
    if name == "binomial" and len(args) == 2:
        return rf"\binom{{{latex(args[0])}}}{{{latex(args[1])}}}"
    if name == "permutations" and len(args) == 2:
        return rf"A_{{{latex(args[0])}}}^{{{latex(args[1])}}}"
    if name == "det" and isinstance(args[0], Matrix):
        return _matrix(args[0].rows, "vmatrix")
    if name == "between":  # [F]_a^b
        body, *ends = map(latex, args)
        return rf"\left[{body}\right]_{{{ends[0]}}}^{{{ends[1]}}}"
    if name in _AROUND and len(args) == 1:
        opening, closing = _AROUND[name]
        return f"{opening}{latex(args[0])}{closing}"
    if name in _BEHIND and len(args) == 1:
        inner = args[0]
        simple = isinstance(inner, Num | Const | Sym)
        return (latex(inner) if simple else rf"\left({latex(inner)}\right)") + _BEHIND[name]
    if name.endswith("_"):
        return f"{_name(name[:-1])}_{{{latex(args[0])}}}"
    return (_NAMED.get(name) or _name(name)) + _arguments(args)


def _arguments(args: Iterable[Term]) -> str:
    return rf"\left({', '.join(map(latex, args))}\right)"


def _big_operator(operator: BigOperator) -> str:
    low = "" if operator.low is None else latex(operator.low)
    high = "" if operator.high is None else f"^{{{latex(operator.high)}}}"
    body = _bracketed(operator.body, SUM)
    if operator.kind == "int":
        return rf"\int{f'_{{{low}}}' if low else ''}{high} {body} \,d{_name(operator.name)}"
    if operator.kind == "lim":
        return rf"\lim_{{{_name(operator.name)} \to {low}}} {body}"
    return rf"\{operator.kind}_{{{_name(operator.name)} = {low}}}{high} {body}"


def _matrix(rows: tuple[tuple[Value, ...], ...], environment: str) -> str:
    inside = r" \\ ".join(" & ".join(map(latex, row)) for row in rows)
    return rf"\begin{{{environment}}} {inside} \end{{{environment}}}"


def _number(number: Num) -> str:
    text = number.text.lower()
    if text and _DECIMAL.fullmatch(text):
        return text
    if "_" in text:
        digits, _, base = text.partition("_")
        return f"{digits}_{{{base}}}"
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        return rf"{mantissa} \cdot 10^{{{exponent}}}"
    top, bottom = number.value.numerator, number.value.denominator
    return str(top) if bottom == 1 else rf"\frac{{{top}}}{{{bottom}}}"


def _name(name: str) -> str:
    if "/d" in name:
        above, _, below = name.partition("/")
        return rf"\frac{{{above}}}{{{below}}}"
    name, _, index = name.partition("_")
    if name.startswith("event "):
        return name[6:]
    if name.startswith("line "):
        return rf"\overline{{{_letters(name[5:])}}}"
    if name.startswith("bold "):
        return rf"\mathbf{{{_letters(name[5:])}}}"
    stem = name.rstrip("'")
    written = _letters(stem) + "'" * (len(name) - len(stem))
    return written + (f"_{{{_letters(index)}}}" if index else "")


def _letters(name: str) -> str:
    if name in GREEK:
        return rf"\{name} "
    if len(name) < 2 or name.isdigit():
        return name
    return rf"\mathrm{{{name}}}" if name.isalnum() and name.isascii() else _text(name)


def _named_set(name: str) -> str:
    if name == "empty":
        return r"\varnothing"
    letter, sign = name[:1], name[1:]
    return rf"\mathbb{{{letter}}}" + (f"^{{{sign}}}" if sign else "")


def _bracket(sign: str) -> str:
    return _BRACKETS.get(sign, sign)


def unit_latex(unit: str) -> str:
    """cm^2, \\text{km/h} or 厘米: upright, with its powers raised."""
    plain = re.sub(r"\\(?:text|mathrm|mbox|operatorname|textrm|textbf|textnormal)\b", "", unit)
    plain = re.sub(
        r"\\(?:circ|degree)\b", "°", re.sub(r"\^\s*+(?:\{\s*+)?(?=\\circ|\\degree)", "", plain)
    )
    plain = re.sub(r"\\(?:cdot|times)\b\s*|\*", "·", plain)
    plain = re.sub(r"\\[,;:! ]|[{}~$]|\\(?=[%$])", "", plain).strip()
    pieces = re.split(r"\^\s*(-?\d+)", plain)
    written = "".join(
        f"^{{{piece}}}" if index % 2 else _text(piece)
        for index, piece in enumerate(pieces)
        if piece
    )
    return written if plain[:1] in ("%", "°") else rf"\,{written}"


def _text(text: str) -> str:
    safe = _SPECIAL.sub(lambda character: _ESCAPED.get(character[0], "\\" + character[0]), text)
    return rf"\text{{{safe}}}"


_ESCAPED = {"\\": r"\textbackslash ", "^": r"\textasciicircum ", "~": r"\textasciitilde "}
