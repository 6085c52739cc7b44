r"""One side of an equation in prose: a number, perhaps with a unit, a currency or a per cent sign.

"8 hours", \$12.50, 3 \text{ boxes} \times 4 \text{ pens/box}: number and words are separated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tutor.grading.numeric.amounts import Amount, read_amount
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.names import split_word
from tutor.grading.parsing.shorthand import fold_repeating
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.parsing.units import CHINESE_UNIT, NO_UNIT, Unit, read_unit
from tutor.grading.steps.definitions import with_primes

_BOX = re.compile(r"\\(?:boxed|fbox)\s*\{")
_TEXT = re.compile(
    r"\\(?:text|mathrm|textrm|mbox|operatorname|textbf|mathbf|textit)\s*\{([^{}]*)\}"
    r"(?:\s*\^\s*(?:\{\s*-?\d\s*\}|\d|\{?\\circ\}?))?"
)
_MONEY = re.compile(r"\\?\$|€|£|¥|\\pounds(?![A-Za-z])|US\$")
_PERCENT = re.compile(r"\\?%")
_COUNTED = re.compile(
    r"(?<=[\d)}!π])(\s*)((?:[A-Za-z][A-Za-z'’]+(?:\s*/\s*[A-Za-z]+)*|/\s*[A-Za-z]+)"
    r"(?:[ -](?!(?:and|or|times|plus|minus|by|of|x)\b)[A-Za-z'’]+(?:\s*/\s*[A-Za-z]+)*){0,4}"
    r"\.?(?:\^\{?-?\d\}?|[²³])?)"
    r"(?=\s*(?:[-+*/×÷x=<>≤≥≈)^]|\\|$))"
)
_HAN_COUNTED = re.compile(rf"(?<=[\d)%}}])\s?({CHINESE_UNIT.pattern})")
# A letter after a number and a space: 5 m, 5 m/s.
_LETTER_UNIT = re.compile(
    r"(?<=[\d)])\s+([A-Za-zμΩ](?:/[A-Za-z]{1,4})?)(?:\^\{?[23]\}?|[²³])?"
    r"(?=\s*(?:[-+*/×÷=<>≤≥≈)^\d]|$))"
)
# Where a division sign stands as well, 3/4 is one number: 3/4 ÷ 1/2.
_DIVIDED = re.compile(r"÷|\\div(?![A-Za-z])| / ")
_TIGHT_FRACTION = re.compile(r"(?<![\w.)/^√])(?<!√ )((?:\d{1,9} )?\d{1,9}/\d{1,9})(?![\w.(/])")
# As in 4,5 cm; x = 4,5 may be a list.
_DECIMAL_COMMA = re.compile(
    r"(?<![\d,.(\[{])(\d{1,6},\d{1,6})(?=\s?(?:[A-Za-z€%°·×*/]|\\(?:text|cdot|times|mathrm|,)))"
)
# 18,600 beside a sign or in a fraction: elsewhere in brackets, a comma may part two numbers.
_GROUPED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3}){1,4}(?![\d,])")
_BEFORE_GROUPED = re.compile(
    r"(?:[$€£¥] ?|frac ?\{|\} ?\{|[\d)}%] ?[-+*/×·] ?|\\(?:times|cdot) ?)$"
)
_AFTER_GROUPED = re.compile(r" ?(?:[-+*/×·]|\\(?:times|cdot))")
_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")
_NOTE = re.compile(
    r"\((?![^()]*=)[A-Za-z]{2}[^()\d+*/^\\]{0,60}\)(?=\s*(?:[-+*/×÷=x]|$))"
    r"|\([\u4e00-\u9fff][^()\d+*^\\]{0,30}\)"
    r"|\(\s*\\text\s*\{[^{}]*\}\s*\)"
)
_SPACES = re.compile(r"(?<!\\)\\[ ,;:!]|~|\\tag\*?\{[^{}]{0,20}\}")
# a_n as the name of one number, where it is no summand of a sum over n.
_GENERAL = re.compile(r"(?<![A-Za-z\\])([A-Za-z])_(?:\{\s?([nkijm])\s?\}|([nkijm])(?![A-Za-z]))")
# x1 as the name of one number, and not as x · 1.
_NUMBERED = re.compile(r"(?<![A-Za-z\d\\])([A-Za-z])(\d)(?![\d.^_A-Za-z])")
_BOUND = re.compile(r"\\(?:sum|prod|lim|int|bigcup|bigcap)(?![A-Za-z])")
_CUT_OFF = re.compile(r"\.\.\.|…|\\[lc]?dots|f\s*+\^\s*+(?:\{\s*+)?-\s*+1")
_GLUED_TEXT = re.compile(r"\\(?:text|mathrm|textrm|mathit)\s*\{\s*([A-Za-z])\s*\}")
_ANGLE = r"\s?(?:\(\s?\d{1,3}(?:\.\d{1,9})?°?\s?\)|\d{1,3}(?:\.\d{1,9})?(?![\w.]))"
_TIMES = re.compile(  # 5 x 6, 1/3 x π x 6² and 2x7x9xcos60
    rf"(?:(?<=[\d)}}²³π])|(?<=\bpi))\s+[xX]\s+(?=[\d($.\\π]|pi\b|√\s?\d|(?:sin|cos|tan){_ANGLE})"
    rf"|(?<=\d)[xX](?=\d)|(?<=\d[xX]\d)[xX](?=(?:sin|cos|tan){_ANGLE})"
    rf"|(?<=\d[xX]\d\d)[xX](?=(?:sin|cos|tan){_ANGLE})"
)
# The 400 of: Time to heat up to 400 degrees.
_AMID_WORDS = re.compile(
    r"\b((?:to|of|in|at|for|last|next|with|after|first) )\d{1,9} (?=[a-z]{2})", re.IGNORECASE
)
_KNOWN = frozenset(
    ["sin", "cos", "tan", "log", "ln", "sqrt", "pi", "exp", "lim", "max", "min", "gcd", "lcm",
     "cot", "sec", "csc", "mod", "arcsin", "arccos", "arctan", "sinh", "cosh"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EquationSide:
    """term: None where it could not be read. words: the units, in lower case, singular.

    name: the text of a side that has only words. percent: whether it has a per cent sign.
    amount: what it comes to with its units, where all of them are known. value: the pair or set
    that it is, where it is no term.
    unit: of the term's value, where the reader tells units from variables.
    """

    text: str
    term: Term | None
    words: frozenset[str] = frozenset()
    name: str = ""
    percent: bool = False
    amount: Amount | None = field(default=None, compare=False)
    value: Value | None = None
    unit: Unit = NO_UNIT

    @property
    def is_cut_off(self) -> bool:
        """Whether dots end one of its numbers: 0.333…"""
        return bool(_CUT_OFF.search(self.text))

    @property
    def in_radians(self) -> EquationSide:
        """116 degrees in radians, as 116° is read."""
        if self.term is None or "degree" not in self.words:
            return self
        return replace(self, term=Call("degrees", (self.term,)))


def read_side(
    text: str,
    functions: frozenset[str] = frozenset(),
    *,
    variables: frozenset[str] = frozenset(),
    is_typed: bool = False,
) -> EquationSide:
    """functions, variables: the letters that stand for functions and for numbers.

    is_typed: it stands between words, where a single letter may be a unit (5 m).
    """
    words: set[str] = set()
    plain = fold_repeating(_SPACES.sub(" ", _NOTE.sub("", text)).strip())
    if _CUT_OFF.search(plain):
        return EquationSide(text, None)
    if name := _only_words(plain):
        return EquationSide(text, None, name=name)
    plain = _DECIMAL_COMMA.sub(_with_point, _GROUPED.sub(_ungrouped, plain))
    plain = _without_units(plain, words, variables, is_typed)
    if "\x00" in plain:  # a word instead of a number
        return EquationSide(text, None)
    percent = bool(_PERCENT.search(plain))
    try:
        value = read_expression(with_primes(_with_full_signs(plain)), functions)
    except (Unreadable, RecursionError):
        amount = read_amount(_unboxed(text)) if words else None  # 1 h 30 min
        return EquationSide(text, None, frozenset(words), amount=amount)
    if not is_term(value):
        return EquationSide(text, None, frozenset(words), value=value)
    if _is_odd(value):
        return EquationSide(text, None, frozenset(words))
    amount = read_amount(_unboxed(text)) if words and not free_names(value) else None
    if amount is None and isinstance(value, Add) and any(len(word) == 1 for word in words - {"$"}):
        return EquationSide(text, None)  # 3 m + 5: is m a unit?
    return EquationSide(text, value, frozenset(words), percent=percent, amount=amount)


def _with_full_signs(plain: str) -> str:
    """Indices, fractions and products as they are meant, where a side writes them in short."""
    plain = _NUMBERED.sub(r"\1_\2", plain)
    if not _BOUND.search(plain):
        plain = _GENERAL.sub(r"\1_{\2\3th}", plain)
    if _DIVIDED.search(plain):
        plain = _TIGHT_FRACTION.sub(r"(\1)", plain)
    return _TIMES.sub(r"\\times ", _unboxed(plain))


def _with_point(number: re.Match[str]) -> str:
    return number[1] if _THOUSANDS.fullmatch(number[1]) else number[1].replace(",", ".")


def _ungrouped(number: re.Match[str]) -> str:
    before = number.string[max(0, number.start() - 12) : number.start()]
    is_beside = _BEFORE_GROUPED.search(before) or _AFTER_GROUPED.match(number.string, number.end())
    is_argument = re.search(r"[A-Za-z]\(\s?$", before)
    return number[0].replace(",", "") if is_beside and not is_argument else number[0]


def _without_units(text: str, words: set[str], variables: frozenset[str], is_typed: bool) -> str:
    """The formula alone; adds the singulars of its units to `words`."""
    if _MONEY.search(text):
        words.add("$")
        text = _MONEY.sub(" ", text)
    text = _GLUED_TEXT.sub(_as_letter(text, variables), text)
    text = _TEXT.sub(lambda match: _set_apart(match, text, words), text)
    text = _COUNTED.sub(lambda match: _without_unit(match, words), text)

    def without(match: re.Match[str]) -> str:
        if match[1][0] in variables or (match[1].isascii() and read_unit(match[1]) is None):
            return match[0]
        words.add(match[1])
        return " "

    text = _HAN_COUNTED.sub(without, text)
    return _LETTER_UNIT.sub(without, text) if is_typed else text


def _as_letter(text: str, variables: frozenset[str]) -> Callable[[re.Match[str]], str]:
    r"""A function that rewrites \mathrm{c} as c, unless it is the unit of a number."""

    def letter(match: re.Match[str]) -> str:
        before = text[: match.start()].rstrip(" ")
        follows = before[-1:].isdigit() or before[-1:] in (")", "}")
        may_be_unit = follows and match[1] not in variables and read_unit(match[1]) is not None
        return match[0] if may_be_unit else f" {match[1]} "

    return letter


def _is_odd(term: Term) -> bool:
    """An undefined function, such as f(3), that may also be a product."""
    return any(isinstance(part, Call) and part.name.endswith("_") for part in walk(term))


def _unboxed(text: str) -> str:
    match = _BOX.search(text)
    if match and text.rstrip().endswith("}"):
        return text[: match.start()] + "(" + text[match.end() : text.rstrip().rindex("}")] + ")"
    return text


def _only_words(text: str) -> str:
    inner = _TEXT.sub(lambda match: f" {match[1]} ", _AMID_WORDS.sub(r"\1", text))
    if re.search(r"[\d\\^_+*/=<>{}()]", inner):
        return ""
    letters = re.findall(r"[A-Za-z]{2,}", inner)
    return " ".join(inner.lower().split()) if letters and letters[0] not in _KNOWN else ""


def _set_apart(match: re.Match[str], whole: str, words: set[str]) -> str:
    """Add the words of a \\text to `words`; what remains of it in the formula."""
    inner = match[1].strip()
    before = whole[: match.start()].rstrip(" ~\\,;:!{")
    if re.fullmatch(r"[\d.,/\s]+", inner) and inner:
        return f" {inner} "
    if not inner or re.fullmatch(r"[.,;:\s]*", inner):
        return " "
    if before and (before[-1].isalnum() or before[-1] in ")}]!%"):
        words.update(_singular(word) for word in _words(inner))
        return " "
    return "\x00"


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+", text.lower())


def _without_unit(match: re.Match[str], words: set[str]) -> str:
    """Add a counted unit to `words`; what remains of it in the formula."""
    first = re.match(r"[A-Za-z]+", match[2].lstrip("/ "))
    letters = first[0] if first else ""
    is_product = split_word(letters) is not None and not read_unit(letters)
    if letters in _KNOWN or len(letters) == 1 or is_product:
        return match[0]
    if match[2].startswith("/"):
        words.update(_singular(word) for word in _words(match[2]))
        return ""
    if not match[1]:
        return match[0]
    words.update(_singular(word) for word in _words(match[2]))
    return match[1]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("es") and word[:-2].endswith(("ch", "sh", "x", "ss", "o")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 2 else word
