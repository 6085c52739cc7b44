"""What is typed for one kind of answer, in the notation that is read for all kinds."""

from __future__ import annotations

import math
import re

from tutor.grading.answer_key import Kind
from tutor.grading.comparison.typed_matrices import fold_matrix, fold_vector, without_transposition
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.notations import NAME_OF_DOMAIN
from tutor.grading.parsing.units import read_unit

_NUMBERED_NAME = re.compile(r"\A ?([A-Za-z])(\d{1,3}) ?=(?!=)")  # S20 = 820
_TURNS = re.compile(  # an angle, π/3 [2π]
    r"(?<=[\w)}]) ?\\?\[ ?2 ?(?:\\pi|π|pi) ?\\?\] ?\Z"
)
_LENGTH_UNITS = re.compile(r"(?<=[\d)}]) ?(?:LE|FE|VE)\Z")
_RANDS = re.compile(
    r"\s?(?:R|ZAR)\s?(\d{1,3}(?:[ ,]\d{3}){1,3}(?:\.\d{1,2})?|\d{1,9}(?:\.\d{1,2})?)\s?"
)
_CENTS = re.compile(r"(?<=\d) ?c\Z")
_BARE_UNITS = re.compile(r"(?<=[\d)}]) ?u(?:ds?)?\.?(?:\^\{?[23]\}?)?\Z")  # 5 u, of length
_IN_BASE_TEN = re.compile(r"(?<=\d) ?(?:\(? ?(?:in )?base (?:10|ten) ?\)?|_ ?\{? ?10 ?\}?)\Z")
_SPACED_DECIMALS = re.compile(r"-?\d{1,9}\.(?:\d{3} ){1,4}\d{1,3}")
_NAMED_VECTOR = re.compile(  # AB(3; -4), and A'(3; -4)
    r"\A ?(?:[A-Z]{2}|[A-Z](?:['′]{1,2}|_?\d|\^\{?\\prime\}?)) ?(?=\()"
)
_BOTH_SOLUTIONS = re.compile(  # x1/2 = ±4
    r"\A ?([a-z])_?\{?1 ?[/,] ?2\}? ?=(?= ?[^=]{0,40}(?:±|\\pm|\+-))"
)
# C(3; -4) is a point where one is asked for, and P(3, 4) too.
_NAMED_POINT = re.compile(r"\A ?[CP] ?(?=\()")
_SOLUTION_SET = re.compile(r"\A ?[A-Z] ?= ?(?=\\?\{)")  # S = {-1}
_NUMBERED_MEMBER = re.compile(r"(?<![A-Za-z\\])([a-z])(\d{1,3}) ?=(?!=)")  # u0 = 1, u1 = 3
_ANGLE_BRACKETS = re.compile(r"\A([-−+\d/.() ]{1,12})<([^<>=]{1,80})>\Z")  # 1/2 <1, 3>
_SPACED_VECTOR = re.compile(r"\s?\[([-+\d. ]{3,200})\]\s?")  # [-3 4]
_MATRIX_FUNCTION = re.compile(r"\A ?\\?(?:det|deg) ?(?:\( ?[A-Za-z] ?\)|[A-Za-z])? ?=(?!=)")
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
_FACTOR_SIGN = re.compile(
    r"\A ?(?:\\times|\*|[xX](?= ?\d)) {0,2}"
)  # ×1.05, as one multiplies by it
_CROSS = re.compile(r"(?<=\d) ?[xX] ?(?=\d)")
_SPACED_CROSS = re.compile(r"(?<=[\d}]) [xX] (?=\d)")  # 2^3 x 3^2, in a term that may have an x
_VALUE_OF_Y = re.compile(r"\A ?y ?\( ?[xt] ?\) ?(?==(?!=))")  # of the solution y(x) = 3e^x
_MEASURED = re.compile(r"(\d{1,9}(?:\.\d{1,9})?) ?([A-Za-z]{1,12})")
_SEQUENCE = re.compile(r"\A\s?([abcuvtST])n ?=(?!=)")
_LETTERS = re.compile("[A-Za-z]")
_BAR = re.compile(r"\s?\|\s?")
_BARRED = re.compile(r"[^|(){}\[\]]{1,30}(?:\|[^|(){}\[\]]{1,30}){1,40}")
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
_PLUS_MINUS = re.compile(r"(?<=[\w)}\]]) ?\+-")  # 5+-3, and not the two values of +-3
# x^2+-3x+-2 on one side of y = …, and not the two values of 5+-2 and x = a+-2
_ADDED_MINUS = re.compile(r"([A-Za-z](?:\^\{?\d\}?)?) ?\+- ?(?=\d)")
# The t of "t: y = x - 2" is the name of the line.
_NAME_OF_LINE = re.compile(
    r"\A\s?[A-Wa-w](?:_?\d)?(?: ?: ?(?=y ?=[^=:]*x[^=:]*\Z)|: (?=[^=:]*=[^=:]*\Z))"
)
_OF_FUNCTION = re.compile(r"\s?(?:y|[A-Za-z]\(?[A-Za-z]\)) ?=")
_FACTOR = re.compile(r"(\d+)(?:\^\{?(\d)\}?)?")
_QUOTIENT = re.compile(r"(?<=[\w)}\]]) ?: ?(?=[\w(\\])")
_ARROW = re.compile(r"\\(?:to|mapsto|rightarrow)\b|->|[|{]")
_GREEK = re.compile(r"\\(?:lambda|alpha|beta|mu|theta)(?![a-z])")
_NUMBERED_GREEK = re.compile(  # lambda1 = 3
    r"(?<![A-Za-z\\])(lambda|alpha|beta|mu|theta)(\d)(?= ?=)"
)
_SPACED_EQUATIONS = re.compile(  # x1=3 x2=1
    r"(?<=[\d)}]) (?=(?:[A-Za-z]|\\(?:lambda|alpha|beta|mu|theta) ?)(?:_?\d)? ?=)"
)
_SIGNS = str.maketrans("lg", "<>")
_SIGN = re.compile(r"[<>]|\\[lg]t(?![A-Za-z])")
_OF_NUMBER = r"(?:[^<>=A-Za-z\\]|\\(?![lg]t(?![A-Za-z]))[A-Za-z]{1,12}|sqrt|pi)"
_IN_ORDER = re.compile(rf"{_OF_NUMBER}{{1,60}}(?:(?:{_SIGN.pattern}){_OF_NUMBER}{{1,60}}){{1,20}}")


def folded(text: PlainText, kind: Kind) -> str:
    """What `read_plain_answer` reads: 84 = 2^2 · 3 · 7 as the list 2, 2, 3, 7."""
    text = _without_names(_in_one_line(text, kind), kind)
    is_function = kind == Kind.EQUATION and _OF_FUNCTION.match(text) is not None
    if "+-" in text and (kind == Kind.EXPRESSION or is_function):
        text = PlainText(_ADDED_MINUS.sub(r"\1-", text))
    match kind:
        case Kind.MATRIX:
            return fold_matrix(text)
        case Kind.TUPLE:
            return _folded_tuple(text)
        case Kind.SET:
            return _folded_set(text)
        case Kind.LIST:
            return _folded_list(text)
        case Kind.RATIO if _LETTERS.search(text):
            return _folded_ratio(text)
        case Kind.NUMBER | Kind.QUANTITY:
            return _folded_number(text, kind)
        case Kind.EXPRESSION:
            return _folded_expression(text)
        case Kind.EQUATION if _has_quotient(text, kind):
            return _QUOTIENT.sub("/", text)
        case Kind.EQUATION:
            return _with_commas(text)
    return text


def _in_one_line(text: PlainText, kind: Kind) -> PlainText:
    """Only the lines of a matrix are its rows."""
    if "\n" in text and kind != Kind.MATRIX and r"\begin" not in text:
        return PlainText(text.strip().replace("\n", ", "))
    return text


def _without_names(text: PlainText, kind: Kind) -> PlainText:
    """Without AB before (3; -4), T12 = before {1; 2; 3}, and signs of money."""
    if kind == Kind.TUPLE:
        text = PlainText(_NAMED_POINT.sub("", _NAMED_VECTOR.sub("", text)))
        text = PlainText(_SUM_OF_VECTORS.sub("", text))
    if kind in (Kind.SET, Kind.INTERVAL):
        text = PlainText(_NUMBERED_SET.sub("", _COMBINED.sub("", NAME_OF_DOMAIN.sub("", text))))
    if kind in (Kind.SET, Kind.LIST, Kind.EQUATION):
        text = PlainText(_BOTH_SOLUTIONS.sub(r"\1 =", _NUMBERED_GREEK.sub(r"\\\1_\2", text)))
    if kind in (Kind.EQUATION, Kind.EXPRESSION) and ":" in text:
        text = PlainText(_NAME_OF_LINE.sub("", text))
    if kind == Kind.EQUATION:
        text = PlainText(_SOLUTION_SET.sub("", _VALUE_OF_Y.sub("y ", text)))
    if kind == Kind.LIST:
        text = PlainText(_NUMBERED_MEMBER.sub(r"\1_\2 =", text))
    if kind == Kind.NUMBER:
        text = PlainText(_MATRIX_FUNCTION.sub("", text))
    if kind in (Kind.SET, Kind.LIST):
        text = PlainText(_DEGREES.sub(r"^\\circ ", _MONEY_LIST.sub("", text)))
    return text


def _folded_tuple(text: PlainText) -> str:
    if len(_SIGN.findall(text)) > 1 and (numbers := _numbers_in_order(text)):
        return f"({numbers})"
    if point := _POINT_IN_BRACES.fullmatch(text):
        return point[1]
    if vector := _SPACED_VECTOR.fullmatch(text):
        return f"({_with_separators(vector[1])})"
    if same := _SAME_COORDINATES.fullmatch(text):
        return ", ".join(f"{name}={same[4]}" for name in same.groups()[:3] if name)
    if _has_plain_equations(text):
        return _SPACED_EQUATIONS.sub(", ", text)
    if ";" in text:
        text = PlainText(without_transposition(text))
    if ";" in text or text.count("{") > 2 or "[[" in text:
        return fold_matrix(text) if "," not in text or "[[" in text or "{{" in text else text
    return fold_vector(_ANGLE_BRACKETS.sub(r"\1(\2)", text))


def _with_separators(entries: str) -> str:
    """3, 4 for 3 4."""
    plain = entries.strip()
    return plain.replace(" ", ", ") if _SPACED_LIST.fullmatch(plain) else entries


def _folded_set(text: PlainText) -> str:
    text = _without_bars(text)
    if _has_plain_equations(text):
        return _SPACED_EQUATIONS.sub(", ", text)
    return _with_separators(text)


def _without_bars(text: PlainText) -> PlainText:
    """1; 18; 2 for 1|18|2, where no bar stands at an end, as around an absolute value."""
    return PlainText(_BAR.sub("; ", text)) if _BARRED.fullmatch(text) else text


def _folded_list(text: PlainText) -> str:
    text = _without_bars(text)
    if factors := _FACTORS.fullmatch(text):
        return _listed_factors(factors[2], factors[1]) or text
    if _SPACED_LIST.fullmatch(text.strip()):
        return text.strip().replace(" ", ", ")
    return _numbers_in_order(text) or _with_commas(text)


def _numbers_in_order(text: str) -> str:
    """The numbers of 1 < 2 < 3 or of 3 > 2 > 1 as a list; empty for anything else."""
    signs = {sign[0].lstrip("\\")[0].translate(_SIGNS) for sign in _SIGN.finditer(text)}
    return _SIGN.sub(", ", text) if len(signs) == 1 and _IN_ORDER.fullmatch(text) else ""


def _folded_expression(text: PlainText) -> str:
    if condition := _CONDITION.search(text):
        return f"{text[: condition.start()]}, {condition[1] or condition[2]}"
    if _SEQUENCE.match(text):
        return _SEQUENCE.sub(r"\1_n =", text)
    text = PlainText(_SPACED_CROSS.sub("*", text))
    return _QUOTIENT.sub("/", text) if _has_quotient(text, Kind.EXPRESSION) else text


def _has_plain_equations(text: str) -> bool:
    return "\\" not in text and text.count("=") > 1


def _with_commas(text: str) -> str:
    """x1=3, x2=1 for x1=3 x2=1; with a macro it may be one equation."""
    return text if "\\" in _GREEK.sub("", text) else _SPACED_EQUATIONS.sub(", ", text)


def _has_quotient(text: str, kind: Kind) -> bool:
    """Whether a colon divides, as in x:2 + 3; in an equation A:B = 2:3 it makes ratios."""
    if ":" not in text or _ARROW.search(text):
        return False
    return kind == Kind.EXPRESSION or text.count(":") == 1 or "+" in text or "-" in text


def _folded_number(text: PlainText, kind: Kind) -> str:
    """12,34,567 as lakhs and crores, 6x6 as a product, 1m75 as metres."""
    folded = _LAKHS.sub(lambda number: number[0].replace(",", ""), _PLUS_MINUS.sub("+ -", text))
    if "=" in folded:
        folded = _NUMBERED_NAME.sub(r"\1_\2 =", folded)
    if " " in folded and _SPACED_DECIMALS.fullmatch(folded):
        folded = folded.replace(" ", "")
    if kind == Kind.QUANTITY:
        folded = _CENTS.sub(" cents", folded)
    if rands := _RANDS.fullmatch(folded):
        folded = f"{rands[1].replace(' ', '').replace(',', '')} rand"
    folded = _TURNS.sub("", folded) if "[" in folded else folded
    if kind == Kind.NUMBER:
        folded = _LENGTH_UNITS.sub("", folded) if folded.endswith("E") else folded
        folded = _IN_BASE_TEN.sub("", _FACTOR_SIGN.sub("", _BARE_UNITS.sub("", folded)))
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
