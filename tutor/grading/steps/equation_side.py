r"""One side of an equation in prose: a number, perhaps with a unit, a currency or a per cent sign.

"8 hours", \$12.50, 3 \text{ boxes} \times 4 \text{ pens/box}: the words are set apart and told.
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
_CUT_OFF = re.compile(r"\.\.\.|…|\\[lc]?dots|f\s*\^\s*\{?\s*-\s*1")
_TIMES = re.compile(r"(?<=[\d)}])\s+[xX]\s+(?=[\d($.\\])|(?<=\d)[xX](?=\d)")
_KNOWN = frozenset(
    ["sin", "cos", "tan", "log", "ln", "sqrt", "pi", "exp", "lim", "max", "min", "gcd", "lcm",
     "cot", "sec", "csc", "mod", "arcsin", "arccos", "arctan", "sinh", "cosh"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EquationSide:
    """term: None where it could not be read. words: the units, in lower case, singular.

    name: the words of a side that is nothing but words. percent: it has a per cent sign.
    """

    text: str
    term: Term | None
    words: frozenset[str] = frozenset()
    name: str = ""
    percent: bool = False

    @property
    def in_radians(self) -> EquationSide:
        """116 degrees as a number of radians, which is how 116° is read."""
        if self.term is None or "degree" not in self.words:
            return self
        return replace(self, term=Call("degrees", (self.term,)))


def read_side(text: str, functions: frozenset[str] = frozenset()) -> EquationSide:
    """functions: the letters that stand for one."""
    words: set[str] = set()
    plain = _SPACES.sub(" ", _NOTE.sub("", text)).strip()
    if _CUT_OFF.search(plain):
        return EquationSide(text, None)
    if name := _only_words(plain):
        return EquationSide(text, None, name=name)
    if _MONEY.search(plain):
        words.add("$")
        plain = _MONEY.sub(" ", plain)
    plain = _TEXT.sub(lambda found: _set_apart(found, plain, words), plain)
    if "\x00" in plain:  # a word where a number should stand
        return EquationSide(text, None)
    plain = _COUNTED.sub(lambda found: _unit(found, words), plain)
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
    """A function that nobody defined and that may be a product, such as f(3)."""
    return any(isinstance(part, Call) and part.name.endswith("_") for part in walk(term))


def _unboxed(text: str) -> str:
    found = _BOX.search(text)
    if found and text.rstrip().endswith("}"):
        return text[: found.start()] + "(" + text[found.end() : text.rstrip().rindex("}")] + ")"
    return text


def _only_words(text: str) -> str:
    inner = _TEXT.sub(lambda found: f" {found[1]} ", text)
    if re.search(r"[\d\\^_+*/=<>{}()]", inner):
        return ""
    letters = re.findall(r"[A-Za-z]{2,}", inner)
    return " ".join(inner.lower().split()) if letters and letters[0] not in _KNOWN else ""


def _set_apart(found: re.Match[str], whole: str, words: set[str]) -> str:
    inner = found[1].strip()
    before = whole[: found.start()].rstrip(" ~\\,;:!{")
    if re.fullmatch(r"[\d.,/\s]+", inner) and inner:
        return f" {inner} "
    if not inner or re.fullmatch(r"[.,;:\s]*", inner):
        return " "
    if before and (before[-1].isalnum() or before[-1] in ")}]!%"):
        words.update(_singular(word) for word in _units(inner))
        return " "
    return "\x00"


def _units(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+", text.lower())


def _unit(found: re.Match[str], words: set[str]) -> str:
    first = re.match(r"[A-Za-z]+", found[2].lstrip("/ "))
    letters = first[0] if first else ""
    is_product = split_word(letters) is not None and not read_unit(letters)
    if letters in _KNOWN or len(letters) == 1 or is_product:
        return found[0]
    if found[2].startswith("/"):
        words.update(_singular(word) for word in _units(found[2]))
        return ""
    if not found[1]:
        return found[0]
    words.update(_singular(word) for word in _units(found[2]))
    return found[1]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("es") and word[:-2].endswith(("ch", "sh", "x", "ss", "o")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 2 else word
