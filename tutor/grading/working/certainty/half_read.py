"""Statements that are read too uncertainly to be refuted: notes, half-read words, exclamations."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.names import CONSTANTS, FUNCTIONS, GREEK, KNOWN_FUNCTIONS, ROOTS
from tutor.grading.parsing.tree import Comparison, Sym, Value, is_term
from tutor.grading.working.quantities.unit_words import unit_named
from tutor.grading.working.reading import Role, Statement
from tutor.grading.working.reading.dashes import begins_with_dash
from tutor.grading.working.reading.phrases import CUES, Cue

_RELATION = re.compile(r"[=<>≤≥≠≈≡∈]|\\(?:leq?|geq?|neq?|approx|equiv|in|lt|gt)(?![A-Za-z])")
_TENDS = re.compile(r"(?:→|->|⟶|\\to)\s*[-+]?(?:\d+(?:\.\d+)?|∞|\\infty|oo)(?![\w.])")
_WORD = re.compile(r"(?<![A-Za-z\\])[A-Za-zÀ-ÖØ-öø-ÿ]{3,}|[一-鿿]")
_NOTE = re.compile(r"(?<![A-Za-z\\])[A-Za-zÀ-ÖØ-öø-ÿ]{2,}|[一-鿿]")
_FUNCTIONS = tuple(sorted(KNOWN_FUNCTIONS | {"lim"}))
_IN_FORMULAS = frozenset(
    name.lower()
    for names in (_FUNCTIONS, FUNCTIONS, ROOTS, GREEK, CONSTANTS, ("and", "mod"))
    for name in names
)
_NO_WORDS = re.compile(r"\\(?:begin|end)\{[a-z*]+\}|[A-Z]\([^()]*\)")  # matrices, P(no six)
_CALLED_WITH_FACTOR = re.compile(r"[a-z](?:sin|cos|tan|ln|log)[a-z]?")
_EXCLAIMED = re.compile(r"[A-Za-z]\s*=\s*[-−]?\d+(?:\.\d+)?\s*!+\s*$")  # x = 4!
_INEQUALITY = re.compile(r"[<>≤≥‹›]|\\[lg]e")
_POINT = re.compile(r"[A-Z]?\(?\([^()]{1,30}[|;,][^()]{1,30}\)")
_COORDINATES = re.compile(  # those of B(0, -4)
    r"(?<![\w)])[A-Z][A-Za-z]?_?\d?\s?\(\s?(-?\d{1,6}(?:\.\d{1,4})?)\s?[|;,]\s?(-?\d{1,6}(?:\.\d{1,4})?)\s?\)"
)
_CUT = re.compile(r"(?<![A-Za-z])[A-Za-z]\.$|[A-Za-z\d]$")  # what is before b = 4 in a.b = 4
_ENDLESS = re.compile(r"\d\s?(?:\.{3}|…|\\[lc]?dots)")  # 0.3636…
_UNIT_FIRST = re.compile(r"\d+(?:\.\d+)?\s?[A-Za-z]{1,12}\s?=(?=[^=]*[A-Za-z])")  # 5 yrs = 4s
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}:[0-5]\d\s?=\s?\d{1,3}\s?(?:h|m|s|Std|uur)")  # 9:00–11:20
_LAST_WORD = re.compile(r"(?<![A-Za-zÀ-ÖØ-öø-ÿ\\])[A-Za-zÀ-ÖØ-öø-ÿ]{3,}\s+$")
_CONDITION = re.compile(r"[<>≤≥][^<>≤≥，,。；;]{1,40}[时時]")  # -1<x<3时f'<0
_TWO_EQUATIONS = re.compile(
    r"=[^=]{1,60}\s(?:minus|plus|less|moins|menos|más)\s[^=]{0,40}[A-Za-z][^=]{0,40}=",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"\s{0,9}(?:case|fall|cas|caso|if|wenn|si|for|für|pour|when|当|若|情况)(?![a-z])[^=<>≤≥]{0,30}"
    r"(?:[<>≤≥]|\\[lg]e)",
    re.IGNORECASE,
)
_SHARE_HEAD = re.compile(r"\d\s?%\s?:")  # 1% : 142.80/119 = 1.20
_DASH = re.compile(r"[^\W\d_]{2}\.?\s[–—]\s?")  # 4 workers – 24 : 4 = 6 days
_SPAN = re.compile(
    r"\d\s?[^\W\d_]{0,4}\s?(?:\s(?:to|until|bis|à|a|hasta)|[到至])\s?$"
)  # 8 to 11 = 3 h
_PER = re.compile(r"\s(?:per|pro|par|por)\s[^\W\d_]{1,12}\s?$")  # 2/16 per hr
_NUMBER_BEHIND = re.compile(r"[)\]]\s+\d")  # (x - 3)(x + 3)  2 squares
_FORMULA_SIGNS = re.compile(r"[\[\]=^/]")


def is_case(line: str) -> bool:
    """Whether a line holds in one case only: Case 2 (x < 3): 3 - x = 5."""
    return bool(_CASE.match(line))


def is_doubtful(line: str, statement: Statement) -> bool:
    """Whether a statement of this line may mean something else than it says."""
    before = line[: statement.start]
    is_point = bool(_POINT.fullmatch(statement.text))
    is_bare = (
        not is_point
        and not _RELATION.search(statement.text)
        and not before.rstrip().endswith(("=", "≈"))
    )
    text = _PER.sub("", statement.text)
    is_named = statement.continues and not statement.words and statement.role == Role.STEP
    return (
        is_case(line)
        or (is_named and bool(_LAST_WORD.search(before)))
        or (is_bare and (_has_note(before) or bool(_TENDS.search(line))))
        or bool(_EXCLAIMED.search(statement.text))
        or bool(_SHARE_HEAD.search(statement.text))
        or bool(_NUMBER_BEHIND.search(statement.text))
        or bool(_DASH.search(line[: statement.start + 1]))
        or (not before.strip() and begins_with_dash(line))
        or bool(_INEQUALITY.search(statement.supposed))
        or bool(_CONDITION.search(line))
        or bool(_FORMULA_SIGNS.search(statement.words))
        or is_misread(line, statement)
        or any(not _is_known(word) for word in _WORD.findall(_NO_WORDS.sub(" ", text)))
    )


def _has_note(before: str) -> bool:
    """Whether words stand there, and more than "so" or "on obtient"."""
    is_so = CUES.get(before.strip(" :,;").casefold()) is Cue.SO
    return bool(_NOTE.search(before)) and not is_so


def is_cut(line: str, statement: Statement) -> bool:
    """Whether it is the rest of a longer one: (x - 2) = 5 of g(x - 2) = 5, and of 8 to 11 = 3."""
    before = line[: statement.start]
    return bool(_CUT.search(before)) or bool(_SPAN.search(before))


def is_misread(line: str, statement: Statement) -> bool:
    """Whether nothing can be learned from it: it is cut out of a longer one, or never ends."""
    return (
        is_cut(line, statement)
        or bool(_TWO_EQUATIONS.search(statement.text))  # 2x + y = 8 minus x - y = 1
        or bool(_ENDLESS.search(statement.text))
        or bool(_CLOCK.search(statement.text))
        or (bool(statement.words) and bool(_UNIT_FIRST.match(statement.text)))
    )


def _is_known(word: str) -> bool:
    """sin, sinx, xcosx, LCM, hours; a segment ABC is known too."""
    lower = word.lower()
    is_unit = unit_named(word, str.islower) is not None
    is_called = lower.startswith(_FUNCTIONS) or bool(_CALLED_WITH_FACTOR.fullmatch(lower))
    return is_unit or lower in _IN_FORMULAS or is_called or not word[1:].islower()


def has_own_point(text: str, value: Value) -> bool:
    """Whether the line gives its coordinate to another point: y = -4, so B(0, -4)."""
    match value:
        case Comparison("=", Sym("x" | "y") as letter, right) if is_term(right):
            number = rational_value(right)
        case _:
            return False
    points = _COORDINATES.findall(text.replace("−", "-"))
    axis = "xy".index(letter.name)
    return number is not None and any(Fraction(point[axis]) == number for point in points)
