r"""One side of an equation in prose: a number, perhaps with a unit, a currency or a per cent sign.

"8 hours", \$12.50, 3 \text{ boxes} \times 4 \text{ pens/box}: number and words are separated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.names import split_word
from tutor.grading.parsing.tree import Call, Term, Unreadable, is_term, walk
from tutor.grading.parsing.units import read_unit
from tutor.grading.steps.definitions import with_primes

_BOX = re.compile(r"\\(?:boxed|fbox)\s*\{")
_TEXT = re.compile(
    r"\\(?:text|mathrm|textrm|mbox|operatorname|textbf|mathbf|textit)\s*\{([^{}]*)\}"
    r"(?:\s*\^\s*(?:\{\s*-?\d\s*\}|\d|\{?\\circ\}?))?"
)
_MONEY = re.compile(r"\\?\$|€|£|¥|\\pounds(?![A-Za-z])|US\$")
_PERCENT = re.compile(r"\\?%")
_COUNTED = re.compile(
    r"(?<=[\d)}!])(\s*)((?:[A-Za-z][A-Za-z'’]+(?:\s*/\s*[A-Za-z]+)*|/\s*[A-Za-z]+)"
    r"(?:[ -](?!(?:and|or|times|plus|minus|by|of|x)\b)[A-Za-z'’]+(?:\s*/\s*[A-Za-z]+)*){0,4}"
    r"\.?(?:\^\{?-?\d\}?|[²³])?)"
    r"(?=\s*(?:[-+*/×÷x=<>≤≥≈)^]|\\|$))"
)
_NOTE = re.compile(
    r"\((?![^()]*=)[A-Za-z]{2}[^()\d+*/^\\]{0,60}\)(?=\s*(?:[-+*/×÷=x]|$))"
    r"|\(\s*\\text\s*\{[^{}]*\}\s*\)"
)
_SPACES = re.compile(r"\\[ ,;:!]|~")
_CUT_OFF = re.compile(r"\.\.\.|…|\\[lc]?dots|f\s*+\^\s*+(?:\{\s*+)?-\s*+1")
_TIMES = re.compile(r"(?<=[\d)}])\s+[xX]\s+(?=[\d($.\\])|(?<=\d)[xX](?=\d)")
_KNOWN = frozenset(
    ["sin", "cos", "tan", "log", "ln", "sqrt", "pi", "exp", "lim", "max", "min", "gcd", "lcm",
     "cot", "sec", "csc", "mod", "arcsin", "arccos", "arctan", "sinh", "cosh"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EquationSide:
    """term: None where it could not be read. words: the units, in lower case, singular.

    name: the text of a side that has only words. percent: whether it has a per cent sign.
    """

    text: str
    term: Term | None
    words: frozenset[str] = frozenset()
    name: str = ""
    percent: bool = False

    @property
    def in_radians(self) -> EquationSide:
        """116 degrees in radians, as 116° is read."""
        if self.term is None or "degree" not in self.words:
            return self
        return replace(self, term=Call("degrees", (self.term,)))


def read_side(text: str, functions: frozenset[str] = frozenset()) -> EquationSide:
    """functions: the names that stand for functions."""
    words: set[str] = set()
    plain = _SPACES.sub(" ", _NOTE.sub("", text)).strip()
    if _CUT_OFF.search(plain):
        return EquationSide(text, None)
    if name := _only_words(plain):
        return EquationSide(text, None, name=name)
    if _MONEY.search(plain):
        words.add("$")
        plain = _MONEY.sub(" ", plain)
    plain = _TEXT.sub(lambda match: _set_apart(match, plain, words), plain)
    if "\x00" in plain:  # a word instead of a number
        return EquationSide(text, None)
    plain = _COUNTED.sub(lambda match: _without_unit(match, words), plain)
    percent = bool(_PERCENT.search(plain))
    plain = _TIMES.sub(r"\\times ", _unboxed(plain))
    try:
        value = read_expression(with_primes(plain), functions)
    except (Unreadable, RecursionError):
        return EquationSide(text, None, frozenset(words))
    if not is_term(value) or _is_odd(value):
        return EquationSide(text, None, frozenset(words))
    return EquationSide(text, value, frozenset(words), percent=percent)


def _is_odd(term: Term) -> bool:
    """An undefined function, such as f(3), that may also be a product."""
    return any(isinstance(part, Call) and part.name.endswith("_") for part in walk(term))


def _unboxed(text: str) -> str:
    match = _BOX.search(text)
    if match and text.rstrip().endswith("}"):
        return text[: match.start()] + "(" + text[match.end() : text.rstrip().rindex("}")] + ")"
    return text


def _only_words(text: str) -> str:
    inner = _TEXT.sub(lambda match: f" {match[1]} ", text)
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
