"""What stands around a number in an answer: the calculation before it, and the reason behind it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from contextlib import suppress

from flint import arb

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.evaluate import Evaluator
from tutor.grading.numeric.intervals import BASE_BITS, Undefined, precision
from tutor.grading.parsing.answers import decimal_points, read_expression
from tutor.grading.parsing.tree import Call, Sym, Unreadable, free_names, is_term
from tutor.grading.processes.work_budget import WorkBudget, WorkBudgetSpent

MAX_CHARACTERS = 120
MAX_WORK_S = 0.02
MAX_TERMS_WORK_S = 0.05
_EXACT = 1e-9  # of its size
EQUALS_SIGN = re.compile(r"(?<![<>!=~])=(?![=>])")
_POWER = r"(?:\^?\{?[23]\}?)?"
_UNIT = re.compile(
    r"(?<=[\d)}]) ?(?:\^\\circ|[€$£¥]|(?!sqrt|pi|[CP]\d)[A-Za-zµ\u4e00-\u9fff]{1,9}"
    rf"{_POWER}(?:/[A-Za-z]{{1,4}}{_POWER})?|\([A-Za-z\u4e00-\u9fff]{{1,4}}\)\Z)(?![A-Za-z(])"
)
_MONEY = re.compile(r"(?<![\w\\$])[$€£¥] ?(?=\d)")  # $68
_CHOICES = re.compile(r"(?<![\d.])(\d{1,4}) ?C ?(\d{1,4})(?![\d.])")
_COLON = re.compile(r"(?<=[\d)]) ?: ?(?=[\d(])")
_CROSS = re.compile(r"(?<=[\d)]) ?[xX] ?(?=[\d(])")
_FUNCTION_VALUE = re.compile(r"(?<![A-Za-z\\\d)}])[ABD-OQ-Zfgh]'{0,2}\([^(),;]{1,12}\)")  # F(3)
_FACTORIALS = re.compile(r"!(?=\d)")
_DECIMALS = re.compile(r"[^\d.]{0,12}\d{1,15}\.(\d{1,12})(?!\d)[^\d]{0,40}(?:[23]\}?)?")
_INVERSE = re.compile(r" ?\\?(?:arc(?:sin|cos|tan)|(?:sin|cos|tan) ?\^ ?\{? ?-1)")
_AMOUNT = re.compile(
    r" ?(?:[$€£¥] ?)?[-+]?(?:\d{1,15}(?:\.\d{1,12})?(?: ?/ ?\d{1,12}| \d{1,9}/\d{1,9})?"
    r"|\\[dt]?frac ?\{\d{1,12}\}\{\d{1,12}\})(?![\d./])"
    r"[^=+*/]{0,40}(?:/[^=+*\d]{1,12}[\d{}^]{0,4})?"
)
_PLAIN = re.compile(r" ?[-+]?\d{1,15}(?:\.\d{1,12})? ?")
_REASON = re.compile(
    r"(?<=[\w)}\]]),? (?:because|since|weil|denn|car|parce que|puisque|porque|ya que)\b.{1,200}\Z"
    r"|(?<=[\w)}\]])[,，]? ?因为.{1,200}\Z",
    re.DOTALL | re.IGNORECASE,
)
_SO = re.compile(
    r" ?(?:[,;，；] ?)?(?:\b(?:so|thus|hence|therefore|also|donc|luego|entonces)\b|=>|⇒|所以"
    r"|\\Rightarrow|\\to(?![a-z]))[,:]? ?|[,;，；] ?"
)
_LEADING_WORD = re.compile(
    r"[是为]|等于|\b(?:is|are|line|equals|so|thus|hence|therefore|ist|sind|also|daher|est|sont|donc"
    r"|es|son|luego|entonces|(?:at|bei|en)(?= [a-z] ?=| ?\())\b,?",
    re.IGNORECASE,
)
_BOUNDING = re.compile(r"\b(?:at|bei|en)\b", re.IGNORECASE)  # at most, bei höchstens
_DENIED = re.compile(
    r"\b(?:not|no|never|nicht|kein\w{0,2}|pas|ni|wrong|falsch|faux)\b|n['’]t\b|[不非]",
    re.IGNORECASE,
)
_DELIMITED = re.compile(r"\\(?:text|\(|\[)")
_LETTER = re.compile("[A-Za-z]")
_SAYS_MORE = re.compile(
    rf"[,;:?!.。](?=\s)|{_DENIED.pattern}|\b(?:if|wenn|falls|either|entweder|or|oder|ou|nto"
    r"|isnt|arent|wasnt|doesnt)\b|=>|->|\\to(?![a-z])|\d \d"
    r"|\d (?:and|then|und|dann|et|puis|y|luego|so)\b",
    re.IGNORECASE,
)
_OR = re.compile(r"\b(?:or|oder|ou)\b|或", re.IGNORECASE)
_CONTENT = re.compile(r"[A-Za-z]{2,}|[\u4e00-\u9fff]|=|\d")
_COMPOSED = re.compile(
    r"\A ?\(? ?[fgh] ?(?:\\circ ?|∘ ?)?\(? ?[fgh] ?\)? ?\(? ?[a-z] ?\)? ?\)? ?=(?!=)"
)
_VALUE_OF_LETTER = re.compile(r" ?([a-z]) ?=(?!=)([^=]{1,40})")


def without_reason_behind(text: str) -> str:
    """5 for "5, because 2^5 = 32"."""
    return _REASON.sub("", text) if " " in text or "因" in text else text


def last_statement(text: str) -> str:
    """5 for "log base 2 of 32 is 5", x = 5 for "vertical asymptote at x = 5"; "" for nothing else.

    What stands before it is not understood, so that it counts only where it is right.
    """
    if len(text) > MAX_CHARACTERS or _DENIED.search(text) or _DELIMITED.search(text):
        return ""
    words = list(_LEADING_WORD.finditer(text))
    sign = EQUALS_SIGN.search(text)
    lead = words[-1] if words else sign
    if (
        lead is None
        or _OR.search(text[: lead.start()])
        or not _CONTENT.search(text[: lead.start()])
    ):
        return ""
    rest = text[lead.end() :].strip()
    is_wrong = contradicts(rest, _SO.split(text[: lead.start()]))
    return "" if is_wrong or _BOUNDING.search(rest) else rest


def without_working(text: str, decimal_comma: bool) -> str:
    """65° for 180° - 115° = 65°, and x = 8 for "2x = 16, so x = 8".

    The whole text where its sides differ. The last number may be rounded: 20/3 = 6.67 cm.
    """
    if len(text) > MAX_CHARACTERS or not EQUALS_SIGN.search(text):
        return text
    read = decimal_points(text) if decimal_comma else text
    *before, last = _SO.split(read)
    if before and _solves(last, before):
        return last.replace(".", ",") if decimal_comma else last
    *sides, last = EQUALS_SIGN.split(read)
    return EQUALS_SIGN.split(text)[-1].strip() if worked_out(sides, last) else text


def last_of_equals(text: str, decimal_comma: bool) -> str:
    """x² - 2x - 15 for x² + 3x - 5x - 15 = x² - 2x - 15, and for fg(x) = x² - 2x - 15.

    The whole text where the terms differ.
    """
    text = _COMPOSED.sub("", text)
    if len(text) > MAX_CHARACTERS or not EQUALS_SIGN.search(text):
        return text
    sides = EQUALS_SIGN.split(decimal_points(text) if decimal_comma else text)
    with (
        suppress(Unreadable, RecursionError, WorkBudgetSpent),
        WorkBudget(MAX_TERMS_WORK_S) as budget,
    ):
        terms = [term for side in sides if is_term(term := read_expression(side))]
        are_compound = len(terms) == len(sides) and not isinstance(terms[0], Sym | Call)
        if are_compound and all(same_value(terms[-1], t, budget).equal is True for t in terms[:-1]):
            return EQUALS_SIGN.split(text)[-1].strip()
    return text


def _solves(last: str, equations: Sequence[str]) -> bool:
    """Whether x = 8 fulfils every equation before it."""
    given = _VALUE_OF_LETTER.fullmatch(last)
    value = value_of(given[2]) if given is not None else None
    if given is None or value is None:
        return False
    held = [holds(equation, given[1], value) for equation in filter(str.strip, equations)]
    return all(each is True for each in held)


def contradicts(last: str, equations: Sequence[str]) -> bool:
    """Whether x = 8 does not fulfil one before it, or a calculation before 8 comes to another."""
    given = _VALUE_OF_LETTER.fullmatch(last)
    value = value_of(given[2] if given is not None else last)
    if value is None:
        return False
    if given is not None:
        return any(holds(equation, given[1], value) is False for equation in equations)
    if any(_is_false(equation) for equation in equations):
        return True
    numbers = [value_of(equation) for equation in equations if not _UNIT.search(equation)]
    return any(number is not None and not _are_close([number, value]) for number in numbers)


def _is_false(equation: str) -> bool:
    """Whether it is a calculation that comes to another number than it says."""
    *sides, last = EQUALS_SIGN.split(equation)
    values = [value_of(side) for side in (*sides, last)]
    return bool(sides) and None not in values and not worked_out(sides, last)


def holds(equation: str, letter: str, value: float) -> bool | None:
    """None for what is no equation in this letter."""
    sides = [value_of(side, (letter, value)) for side in EQUALS_SIGN.split(equation)]
    return None if len(sides) < 2 or None in sides else _are_close(_numbers(sides))


def worked_out(sides: Sequence[str], last: str) -> bool:
    """The first sides may have letters before a calculation: ∫f dx = 0 - (-1) = 1."""
    if not _AMOUNT.fullmatch(last) or _DENIED.search(last):
        return False
    if all(_PLAIN.fullmatch(side) for side in sides):
        return False  # 0 = 0 works nothing out
    claimed = value_of(last)
    is_angle = claimed is not None and ("circ" in last or claimed > math.pi)
    values = [_value_of_side(side, in_degrees=is_angle) for side in sides]
    while len(values) > 1 and values[0] is None and _is_name(sides[len(sides) - len(values)]):
        values = values[1:]
    if claimed is None or None in values or not values:
        return False
    decimals = _DECIMALS.fullmatch(last)
    tolerance = 0.5000001 * 10.0 ** -len(decimals[1]) if decimals else 0.0
    return _are_close([*_numbers(values), claimed], tolerance)


def _value_of_side(side: str, *, in_degrees: bool) -> float | None:
    """36.9 for sin^-1(3/5) in degrees; what is no angle stays as it is."""
    value = value_of(side)
    is_angle = value is not None and in_degrees and _INVERSE.match(side)
    return math.degrees(value) if is_angle and value is not None else value


def _is_name(side: str) -> bool:
    """Whether it may be what is worked out, and says nothing itself: "not m" and "I got 9. m"."""
    return bool(_LETTER.search(side)) and not _SAYS_MORE.search(side)


def are_equal(sides: Sequence[str]) -> bool:
    """Whether these calculations come to the same number, and are more than numbers."""
    values = [value_of(side) for side in sides]
    is_work = not all(_PLAIN.fullmatch(side) for side in sides)
    return is_work and None not in values and _are_close(_numbers(values))


def _numbers(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _are_close(values: Sequence[float], tolerance: float = 0.0) -> bool:
    if not all(map(math.isfinite, values)):
        return False
    return max(values) - min(values) <= max(tolerance, _EXACT * max(map(abs, values)))


def value_of(calculation: str, letter: tuple[str, float] | None = None) -> float | None:
    """None with letters that are no units, but for the one whose value is told."""
    if letter is None and _FUNCTION_VALUE.search(calculation):
        return None
    with suppress(Unreadable, RecursionError, Undefined, WorkBudgetSpent, OverflowError):
        plain = _CROSS.sub("*", _COLON.sub("/", _MONEY.sub("", calculation)))
        plain = _UNIT.sub("", plain) if letter is None else plain
        plain = _CHOICES.sub(r"C(\1,\2)", _FACTORIALS.sub("!*", plain))
        term = read_expression(plain)
        known = {letter[0]: arb(letter[1])} if letter else {}
        if is_term(term) and free_names(term) <= known.keys():
            with precision(BASE_BITS), WorkBudget(MAX_WORK_S) as budget:
                value = Evaluator(known, budget, real=True).value(term)
                return float(value.mid()) if isinstance(value, arb) else None
    return None
