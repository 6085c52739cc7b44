"""Reads a response by the habits of one kind of answer, and by the names of its key."""

from __future__ import annotations

import math
import re
from contextlib import suppress

from tutor.grading.answer_key import AnswerKey, Kind
from tutor.grading.comparison.shown_working import without_working
from tutor.grading.comparison.typed_matrices import fold_matrix, fold_vector
from tutor.grading.feedback import FeedbackCode
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_plain_answer
from tutor.grading.parsing.names import split_word
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.notations import NAME_OF_DOMAIN
from tutor.grading.parsing.tree import (
    Bracketed,
    Call,
    Comparison,
    Const,
    Div,
    Matrix,
    Mul,
    Num,
    PlusMinus,
    Sym,
    Unreadable,
    Value,
    children,
    free_names,
    is_term,
    rebuild,
    substitute,
    walk,
)
from tutor.grading.parsing.units import read_unit

_NUMBERS = (Kind.NUMBER, Kind.QUANTITY)
_SINGLE = (*_NUMBERS, Kind.EXPRESSION)
_VECTORS = (Kind.TUPLE, Kind.MATRIX)
_ONE = (Kind.EQUATION, Kind.INEQUALITY, Kind.RATIO)
# 0,75 and 2,5 but not the thousands of 1,250; in "2, 5" there are two numbers.
_DECIMAL_COMMA = re.compile(
    r"(?<![\d,.;\[({|])(?:(\d{1,9}),(\d{1,2}|\d{4,9})|(0), ?(\d{1,9}))(?![\d,]|\.(?!\.))"
)
# x = 2,5 and 2,5 : 1; in (2,5; 4) and in the interval [2,5, 4)
_ONE_VALUE = re.compile(
    r"\s?(?:[A-Za-z]\s?(?:=|[<>]=?|\\[lg]eq?)\s?)?[-+]?\d{1,9},\d{1,9}(?:\s?:\s?[-+]?\d{1,9})?\s?"
)
_TWO_ENDS = re.compile(
    r"\s?[\[\](]\s?[-+]?\d{1,9}(?:,\d{1,9})?\s?(?:[;|]|,\s)\s?[-+]?\d{1,9}(?:,\d{1,9})?\s?[)\[\]]\s?"
)
_IN_BRACKETS = re.compile(r"\s?\(\s?[-+]?\d{1,9},\d{1,9}\s?\)\s?")  # (-2,5)
_BETWEEN_DIGITS = re.compile(r"(?<=\d),(?=\d)")
_SPACED_COMMA = re.compile(r"(?<=\d) ?, ?(?=\d)")
_THOUSANDS_OR_DECIMAL = re.compile(r"(?<![\d,.])[1-9]\d{0,2},\d{3}(?![\d,.])")
_POINT_OF_THOUSANDS = re.compile(r"(?<![\d,.])[1-9]\d{0,2}\.\d{3}(?![\d,.])")
_UNIT_BEHIND = re.compile(r"[\di}] {0,2}[A-Za-z]{1,4}(?:\^\{?[23]\}?)? ?\Z")
_NAME_OF_NUMBER = re.compile(  # S∞ = 16, cos α = -0.8, x -> 2: 5/4
    r"\A ?(?:lim ?_? ?\{?)?[a-z] ?(?:->|\\to ?) ?[-+]?(?:\d{1,9}|\\infty|inf(?:inity)?|oo)"
    r" ?[-+]?\}? ?[:=,]"
    r"|\A ?(?:S ?_? ?\{?\\infty ?\}?"
    r"|\\?(?:sin|cos|tan|cot) {0,2}(?:\\[a-z]{2,7}|[a-zA-Z]|\(\\?[a-z]{1,7} ?\))) {0,2}=(?!=)"
)
_MAY_BE_NAMED = re.compile(r"=|->|\\to(?![a-z])")
_MEMBER = re.compile(r" ?[A-Za-z][a-z] ?=")
_NUMBERED_NAME = re.compile(r"\A ?([A-Za-z])(\d{1,3}) ?=(?!=)")  # S20 = 820
_LENGTH_UNITS = re.compile(r"(?<=[\d)}]) ?(?:LE|FE|VE)\Z")
_BARE_UNITS = re.compile(r"(?<=[\d)}]) ?u(?:ds?)?\.?(?:\^\{?[23]\}?)?\Z")  # 5 u, of length
_SPACED_DECIMALS = re.compile(r"-?\d{1,9}\.(?:\d{3} ){1,4}\d{1,3}")
_NAMED_VECTOR = re.compile(r"\A ?[A-Z]{2} ?(?=\()")  # AB(3; -4)
_NUMBERED_SET = re.compile(r"\A ?[A-Z] ?_?\{?\d{1,3}\}? ?= ?(?=\\?\{)")  # T12 = {1; 2; 3}
_SUM_OF_VECTORS = re.compile(  # 2a - b = (3; -4)
    r"\A ?\d?[A-Za-z](?: ?[-+] ?\d?[A-Za-z]){1,3} ?= ?(?=\()"
)
_COMBINED = re.compile(  # A ∩ B = {2, 3}
    r"\A ?[A-Z](?: ?(?:\\cap|\\cup|\\setminus|\\) {0,2}[A-Z]){1,3} ?=(?!=)"
)
_DEGREES = re.compile(r"(?<=\d) ?(?:degrees?|deg|Grad|degrés|grados|度)(?![A-Za-z])")
_MONEY_LIST = re.compile(r"[$€£](?=\d)")
_LAKHS = re.compile(r"(?<![\d,.])\d{1,2}(?:,\d\d){1,4},\d{3}(?![\d,])")
_CROSS = re.compile(r"(?<=\d) ?[xX] ?(?=\d)")
_SHARE = re.compile(
    r"\A([A-Za-z]{1,2}(?:\([A-Za-z]\))? ?= ?)?(\d{1,9}) "
    r"(?:in|out of|of|von|sur|su|av|uit|из|de) (\d{1,9})\Z"
)
_MEASURED = re.compile(r"(\d{1,9}(?:\.\d{1,9})?) ?([A-Za-z]{1,12})")
_SEQUENCE = re.compile(r"\A\s?([abcuvtST])n ?=(?!=)")
_LETTERS = re.compile("[A-Za-z]")
_LETTERS_IN_A_ROW = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
_POINT_IN_BRACES = re.compile(r"\s?(?:[LS] ?= ?)?\\?\{ ?(\([^(){}]{1,80}\)) ?\\?\}")
_SAME_COORDINATES = re.compile(r"\s?([a-z]) ?= ?([a-z])(?: ?= ?([a-z]))? ?= ?([^=,;a-z]{1,40})")
# The condition in "1/x for x ≠ 0" and "1/x (x ≠ 0)"
_CONDITION = re.compile(
    r",? (?:for|if|with|where|when|für|mit|falls|wenn|pour|avec|si|para|con|per|och|dla|för|при) "
    r"([A-Za-z] ?(?:[<>]|!=|\\[lgn]e)[^,;]{1,30})\Z"
    r"|,? ?\(([A-Za-z] ?(?:[<>]|!=|\\[lgn]e)[^,;()]{1,30})\)\Z"
)
_METRES = re.compile(r"\A([A-Za-z]{0,2} ?=? ?)(\d{1,3}) ?m ?(\d\d)\Z")
_SPACED_LIST = re.compile(r"[-+]?\d{1,9}(?:\.\d{1,9})?(?: [-+]?\d{1,9}(?:\.\d{1,9})?){1,30}")
_TIMES = r" ?(?:\*|\\times|\\cdot|x) {0,2}"
_RAISED = r"(?:\^\{?\d\}?)?"
_FACTORS = re.compile(  # 84 = 2 × 2 × 3 × 7
    rf"\s?(?:(\d{{1,9}}) ?= ?)?(\d{{1,6}}{_RAISED}(?:{_TIMES}\d{{1,6}}{_RAISED}){{1,20}})\s?"
)
_FACTOR = re.compile(r"(\d+)(?:\^\{?(\d)\}?)?")
_QUOTIENT = re.compile(r"(?<=[\w)}\]]) ?: ?(?=[\w(\\])")
_ARROW = re.compile(r"\\(?:to|mapsto|rightarrow)\b|->|[|{]")
_GREEK = re.compile(r"\\(?:lambda|alpha|beta|mu|theta)(?![a-z])")
_SPACED_EQUATIONS = re.compile(  # x1=3 x2=1
    r"(?<=[\d)}]) (?=(?:[A-Za-z]|\\(?:lambda|alpha|beta|mu|theta) ?)(?:_?\d)? ?=)"
)
_LESS = re.compile(r"<|\\lt(?![A-Za-z])")
_OF_NUMBER = r"(?:[^<>=A-Za-z\\]|\\(?!lt(?![A-Za-z]))[A-Za-z]{1,12}|sqrt|pi)"
_IN_ORDER = re.compile(rf"{_OF_NUMBER}{{1,60}}(?:(?:{_LESS.pattern}){_OF_NUMBER}{{1,60}}){{1,20}}")
_NUMBERED_LETTER = re.compile(r"[A-Za-z]\d")
_GLUED_UNIT = re.compile(r"[-+]?\d{1,9}(?:\.\d{1,9})?([mgshtlLdNJWVAKCFTHBkMp])")


def read_response(text: PlainText, kind: Kind, decimal_comma: bool, units: bool) -> Value:
    """As `read_plain_answer`. Raises Unreadable, also to ask what a decimal comma means."""
    if not decimal_comma and "," in text:
        _ask_about_comma(text, kind)
    value = read_plain_answer(PlainText(_folded(text, kind)), decimal_comma, units)
    if kind in _SINGLE:
        value = _as_permutations(value)
    elif kind in _VECTORS:
        value = _as_vector(value)
    return value


def number_alone(text: PlainText, decimal_comma: bool) -> PlainText:
    """16 for S∞ = 16, and 65° for 180° - 115° = 65°."""
    if not _MAY_BE_NAMED.search(text):
        return text
    return PlainText(without_working(_NAME_OF_NUMBER.sub("", text), decimal_comma))


def quantity_alone(text: PlainText, decimal_comma: bool) -> PlainText:
    """4π cm for "4π cm ≈ 12.57 cm"."""
    exact, _, rounded = text.partition("\\approx")
    has_unit = bool(rounded) and bool(_UNIT_BEHIND.search(exact))
    return number_alone(PlainText(exact) if has_unit else text, decimal_comma)


def with_subscripts(text: PlainText, right: Value) -> PlainText:
    """v_0 for v0, where the key has a v_0, and a_n for an, where it has members of a sequence."""
    for part in walk(right) if _MEMBER.match(text) else ():
        if isinstance(part, Call) and len(part.name) == 2 and part.name.endswith("_"):
            member = rf"\A ?{part.name[0]}([a-z])(?= ?=)"  # an = 3n - 1
            text = PlainText(re.sub(member, rf"{part.name}\1 ", text))
    if not _NUMBERED_LETTER.search(text):
        return text
    for name in free_names(right):
        stem, _, index = name.partition("_")
        if index.isdigit() and len(stem) == 1:
            before = "" if "\\" in text or len(stem) > 1 else r"(?<=[A-Za-z\d])|"
            pattern = rf"(?:{before}(?<![A-Za-z\\])){stem}{index}(?![\d.])"
            text = PlainText(re.sub(pattern, name + " ", text))
    return text


def with_share(text: PlainText, right: Value) -> PlainText:
    """5/36 for 5 in 36, where the right answer is no whole number."""
    share = _SHARE.fullmatch(text) if " " in text else None
    number = rational_value(right) if share and is_term(right) else None
    if share is None or (number is not None and number.denominator == 1):
        return text
    return PlainText(f"{share[1] or ''}{share[2]}/{share[3]}")


def with_products(text: PlainText, right: Value) -> PlainText:
    """m l for ml, and m u for mu, where these letters are those of the key."""
    letters = {name for name in free_names(right) if len(name) == 1}
    if len(letters) < 2:
        return text

    def apart(run: re.Match[str]) -> str:
        return " ".join(run[0]) if letters.issuperset(run[0]) else run[0]

    return PlainText(_LETTERS_IN_A_ROW.sub(apart, text))


def _folded(text: PlainText, kind: Kind) -> str:
    if "\n" in text and kind != Kind.MATRIX and r"\begin" not in text:
        text = PlainText(text.strip().replace("\n", ", "))
    if kind == Kind.TUPLE:
        text = PlainText(_SUM_OF_VECTORS.sub("", _NAMED_VECTOR.sub("", text)))
    if kind in (Kind.SET, Kind.INTERVAL):
        text = PlainText(_NUMBERED_SET.sub("", _COMBINED.sub("", NAME_OF_DOMAIN.sub("", text))))
    if kind in (Kind.SET, Kind.LIST):
        text = PlainText(_DEGREES.sub(r"^\\circ ", _MONEY_LIST.sub("", text)))
    match kind:
        case Kind.MATRIX:
            return fold_matrix(text)
        case Kind.TUPLE if text.count("<") > 1 and _IN_ORDER.fullmatch(text):
            return f"({_LESS.sub(', ', text)})"
        case Kind.TUPLE if point := _POINT_IN_BRACES.fullmatch(text):
            return point[1]
        case Kind.TUPLE if same := _SAME_COORDINATES.fullmatch(text):
            return ", ".join(f"{name}={same[4]}" for name in same.groups()[:3] if name)
        case Kind.TUPLE | Kind.SET if "\\" not in text and text.count("=") > 1:
            return _SPACED_EQUATIONS.sub(", ", text)
        case Kind.TUPLE if ";" in text or text.count("{") > 2 or "[[" in text:
            return fold_matrix(text) if "," not in text or "[[" in text or "{{" in text else text
        case Kind.TUPLE:
            return fold_vector(text)
        case Kind.RATIO if _LETTERS.search(text):
            return _folded_ratio(text)
        case Kind.NUMBER | Kind.QUANTITY:
            return _folded_number(text, kind)
        case Kind.LIST if factors := _FACTORS.fullmatch(text):
            return _listed_factors(factors[2], factors[1]) or text
        case Kind.LIST | Kind.SET if _SPACED_LIST.fullmatch(text.strip()):
            return text.strip().replace(" ", ", ")
        case Kind.LIST if _IN_ORDER.fullmatch(text):
            return _LESS.sub(", ", text)
        case Kind.EXPRESSION if condition := _CONDITION.search(text):
            return f"{text[: condition.start()]}, {condition[1] or condition[2]}"
        case Kind.EXPRESSION if _SEQUENCE.match(text):
            return _SEQUENCE.sub(r"\1_n =", text)
        case Kind.EXPRESSION | Kind.EQUATION if _has_quotient(text, kind):
            return _QUOTIENT.sub("/", text)
        case Kind.EQUATION | Kind.LIST if "\\" not in _GREEK.sub("", text):
            return _SPACED_EQUATIONS.sub(", ", text)
    return text


def _has_quotient(text: str, kind: Kind) -> bool:
    """Whether a colon divides, as in x:2 + 3; in an equation A:B = 2:3 it makes ratios."""
    if ":" not in text or _ARROW.search(text):
        return False
    return kind == Kind.EXPRESSION or text.count(":") == 1 or "+" in text or "-" in text


def _folded_number(text: PlainText, kind: Kind) -> str:
    """12,34,567 as lakhs and crores, 6x6 as a product, 1m75 as metres."""
    folded = _LAKHS.sub(lambda number: number[0].replace(",", ""), text.replace("+-", "+ -"))
    if "=" in folded:
        folded = _NUMBERED_NAME.sub(r"\1_\2 =", folded)
    if " " in folded and _SPACED_DECIMALS.fullmatch(folded):
        folded = folded.replace(" ", "")
    folded = _LENGTH_UNITS.sub("", folded) if folded.endswith("E") else folded
    folded = _BARE_UNITS.sub("", folded) if kind == Kind.NUMBER else folded
    if "x" in folded or "X" in folded:
        folded = _CROSS.sub("*", folded)
    return _METRES.sub(r"\1\2.\3 m", folded) if kind == Kind.QUANTITY else folded


def _listed_factors(product: str, whole: str | None) -> str:
    """2, 2, 3, 7 for 2^2 · 3 · 7, which is 84; empty where it is another number."""
    factors = [base for base, power in _FACTOR.findall(product) for _ in range(int(power or 1))]
    if whole is None and len(set(factors)) == len(factors):
        return ""  # 2*3*5 may stand for 30 as well as for the primes up to 5
    is_right = whole is None or math.prod(map(int, factors)) == int(whole)
    return ", ".join(factors) if is_right else ""


def _folded_ratio(text: PlainText) -> str:
    """1:200 for 1 cm : 2 m."""
    parts = [_MEASURED.fullmatch(part.strip()) for part in text.replace(" to ", ":").split(":")]
    measured = [(part[1], read_unit(part[2])) for part in parts if part]
    units = [unit for _, unit in measured if unit is not None]
    if not 1 < len(units) == len(parts) or len({unit.dimension for unit in units}) > 1:
        return text
    factors = [unit.factor / units[0].factor for unit in units]
    return ":".join(f"({n})*({f})" for (n, _), f in zip(measured, factors, strict=True))


def _ask_about_comma(text: PlainText, kind: Kind) -> None:
    """Raises Unreadable where a comma can only be that of a decimal."""
    if kind == Kind.INTERVAL or (kind == Kind.TUPLE and (";" in text or "|" in text)):
        if _TWO_ENDS.fullmatch(text) and _BETWEEN_DIGITS.search(text):
            meant = _BETWEEN_DIGITS.sub(".", text).replace(";", ",").replace("|", ",")
            raise Unreadable(FeedbackCode.DECIMAL_COMMA, text=meant.strip())
        return
    if kind in _SINGLE and _IN_BRACKETS.fullmatch(text):
        raise Unreadable(FeedbackCode.DECIMAL_COMMA, text=text.replace(",", ".").strip())
    if ";" in text or not (kind in _SINGLE or (kind in _ONE and _ONE_VALUE.fullmatch(text))):
        return
    comma = _DECIMAL_COMMA.search(text)
    if comma and text.count("(", 0, comma.start()) == text.count(")", 0, comma.start()):
        meant = _DECIMAL_COMMA.sub(lambda n: f"{n[1] or n[3]}.{n[2] or n[4]}", text)
        raise Unreadable(FeedbackCode.DECIMAL_COMMA, text=meant.strip())


def other_decimal(text: PlainText, key: AnswerKey) -> Value | None:
    """The value with the other decimal sign, where that may be meant.

    1,250 may be one and a quarter as well as a thousand, 2,5 one number or two, and so may 2, 5
    where one number is asked for. With a decimal comma, 1.234 may be little more than one.
    """
    if key.decimal_comma:
        may_be_meant = _POINT_OF_THOUSANDS.search(text)
    else:
        if key.kind in _NUMBERS:
            text = PlainText(_SPACED_COMMA.sub(",", text))
        is_lone = text.count(",") == 1 and "(" not in text and _BETWEEN_DIGITS.search(text)
        may_be_meant = is_lone or _THOUSANDS_OR_DECIMAL.search(text)
    with suppress(Unreadable):
        return read_plain_answer(text, not key.decimal_comma, units=True) if may_be_meant else None
    return None  # {1,2.50} is read with one sign alone


def has_glued_unit(text: PlainText) -> bool:
    """Whether 3t may be three tonnes, three times t, or a slip of the finger."""
    return bool(_GLUED_UNIT.fullmatch(text.strip()))


def _as_permutations(value: Value) -> Value:
    """P(7, 3) is a number of permutations where a number is asked for, and a point elsewhere."""
    match value:
        case Comparison("=", Sym("P"), Bracketed("(", (Num() as many, Num() as few), ")")):
            return Call("permutations", (many, few))
    return value


def _as_vector(value: Value) -> Value:
    match value:
        case Call("binomial", (first, second)):
            return Matrix(((first,), (second,)))
        case Comparison("=", name, right):
            return Comparison("=", name, _as_vector(right))
    return value


def divides_by_zero(value: Value) -> bool:
    return any(isinstance(part, Div) and rational_value(part.bottom) == 0 for part in walk(value))


def has_plus_minus(value: Value) -> bool:
    return any(isinstance(part, PlusMinus) for part in walk(value))


def require_known_words(text: PlainText) -> None:
    """Raises Unreadable where letters in a row are no name, as in 5 en 36."""
    for word in _LETTERS_IN_A_ROW.findall(text):
        pieces = split_word(word)
        if pieces and len(pieces) > 1 and all(len(piece) == 1 for piece in pieces):
            raise Unreadable(FeedbackCode.UNREAD_WORD, text=word)


def require_case(text: PlainText, right: Value, given: Value) -> None:
    """Raises Unreadable where X was written for the only letter x."""
    others = free_names(given)
    names = free_names(right) if len(others) == 1 else others
    if len(names) == 1 and names != others:
        (name,), (other,) = names, others
        if name.lower() == other.lower():
            meant = text.replace(other, name)
            raise Unreadable(FeedbackCode.OTHER_CASE, text=meant)


# Names


def with_same_names(right: Value, given: Value) -> tuple[Value, Value]:
    """Both with g(h+x) as a product where one of them has g as a quantity."""
    right, given = _with_letters(right, given)
    names, others = free_names(right), free_names(given)
    if names != others:
        right, given = _with_same_letters(right, given, names ^ others)
    called = _called(right, given)
    if called:
        quantities = called & (names | others) - _functions(right)
        for name in quantities:
            right, given = _as_product(right, name), _as_product(given, name)
    return right, given


def _with_letters(right: Value, given: Value) -> tuple[Value, Value]:
    """Both with I as a letter, where one of them says what I is, as in I = U/R."""
    for letter in ("I", "i", "e"):
        name = Sym(letter)
        if (name in walk(right)) != (name in walk(given)):
            right, given = (
                substitute(value, Const(letter.lower()), name) for value in (right, given)
            )
    return right, given


def _with_same_letters(right: Value, given: Value, names: frozenset[str]) -> tuple[Value, Value]:
    """Both with a plain a for a vector a, where only one of them has an arrow or bold letters.

    names: those that are in one of the two.
    """
    for name in names:
        if not name.startswith("bold "):
            continue
        letter = name.removeprefix("bold ")
        plain = Const("i") if letter == "i" else Sym(letter)
        right, given = (substitute(value, Sym(name), plain) for value in (right, given))
    return right, given


def with_imaginary_unit(right: Value, given: Value) -> Value:
    """The response with i for j, as engineers write it, where the key has i and no j."""
    is_meant = Const("i") in walk(right) and "j" not in free_names(right)
    return substitute(given, Sym("j"), Const("i")) if is_meant else given


def _called(*values: Value) -> frozenset[str]:
    """The names of one letter that are written as functions."""
    names: set[str] = set()
    for value in values:
        for part in walk(value):
            if isinstance(part, Call) and len(part.name) == 1 and len(part.args) == 1:
                names.add(part.name)
    return frozenset(names)


def _functions(value: Value) -> frozenset[str]:
    """Those that can be nothing else: nobody writes g(x) for g times x."""
    calls = (part for part in walk(value) if isinstance(part, Call) and len(part.args) == 1)
    return frozenset(call.name for call in calls if isinstance(call.args[0], Sym | Num))


def _as_product(value: Value, name: str) -> Value:
    if children(value):
        value = rebuild(value, lambda part: _as_product(part, name))
    if isinstance(value, Call) and value.name == name and is_term(value.args[0]):
        return Mul((Sym(name), value.args[0]))
    return value
