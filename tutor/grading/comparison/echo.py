"""Shows students how their answer was read, before it is graded."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress

from tutor.grading.answer_key import (
    NUMBERS,
    AnswerKey,
    Kind,
)
from tutor.grading.comparison.common_names import require_known_words
from tutor.grading.comparison.response_reader import read_response
from tutor.grading.feedback import FeedbackCode
from tutor.grading.kinds.table import ANSWER_KINDS
from tutor.grading.parsing.answers import read_answer, read_plain_answer
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.normalize import PlainText, normalize_text
from tutor.grading.parsing.tree import (
    Bracketed,
    Matrix,
    Unreadable,
    Value,
    Words,
    free_names,
    is_term,
)
from tutor.grading.parsing.words import answers_in_words, gives_up, plain_words

_ARROWS = re.compile(  # single ones belong to limits, unless a line begins with one
    r"<=++>|(?<![<=])=++>|[⇒⟹⇔⟺∴]|\\(?:Long(?:left)?right|Leftright|Right)arrow(?![a-z])"
    r"|\\(?:implies|iff|therefore)(?![a-z])|^\s*(?:-+>|[→⟶]|\\to(?![a-z]))"
)
MAX_BEGINNING = 300  # characters
_MISSING = r"\mathbf{Z}"  # a name that no student types
_BRACKET = re.compile(r"\\?[({\[\]})]")
_CLOSING = {"(": ")", "[": "]", "{": "}", r"\{": r"\}", r"\(": r"\)", r"\[": r"\]"}
_EQUALS = re.compile(r"(?<![<>!:≤≥=])=(?![=>])")
# x1 = 2, x2 = 3: names, no products
_INDEX = re.compile(
    r"((?:^|[,;]|\b(?:und|and|oder|or)\b)\s{0,4}[a-zA-Z])(?=\d{1,2}\s{0,4}=(?![=>]))"
)
_NUMBERED = re.compile(r"(?<![A-Za-z\\])([A-Za-z])(\d{1,2})(?!\d|[.,]\d)")
# x = 1 y = 2: after a bare number, the next equation and no product of 1 and y.
_NEXT_EQUATION = re.compile(
    r"(=\s{0,4}[-−]?\d[\d.,/]{0,20})(?<!,)\s{1,4}(?=[^\W\d_](?:_?\d{1,2})?\s{0,4}=(?![=>]))"
)


def understood(response: str, kind: Kind, *, decimal_comma: bool = False) -> str:
    """LaTeX of the response as the grader reads it; depends on the key's kind, never on its value.

    Raises Unreadable with feedback for the student.
    """
    plain = normalize_text(response)
    if kind in (Kind.TEXT, Kind.CHOICE):
        return latex(Words(plain_words(plain)))
    if gives_up(plain):
        raise Unreadable(FeedbackCode.GIVES_UP)
    try:
        if answer_kind := ANSWER_KINDS.get(kind):
            key = AnswerKey("", kind, decimal_comma=decimal_comma)
            return answer_kind.shown(answer_kind.read(plain, key))
        value = read_response(plain, kind, decimal_comma, kind == Kind.QUANTITY)
        if kind in NUMBERS and is_term(value) and free_names(value):
            value = read_plain_answer(plain, decimal_comma, units=True)
        if kind in NUMBERS and is_term(value) and free_names(value):
            require_known_words(plain)
        if isinstance(value, Words):
            return _shown_words(plain, response)
        return _in_braces(value) if kind == Kind.SET and is_term(value) else latex(value)
    except RecursionError:
        raise Unreadable(FeedbackCode.NESTED_TOO_DEEPLY) from None


def _shown_words(plain: PlainText, response: str) -> str:
    """As they were typed. Raises Unreadable where they answer no question about numbers."""
    if not answers_in_words(plain):
        raise Unreadable(FeedbackCode.UNREAD)
    return latex(Words(response.strip()))


def _in_braces(element: Value) -> str:
    return latex(Bracketed("{", (element,), "}"))


def is_lone_number(response: str, kind: Kind, *, decimal_comma: bool = False) -> bool:
    """Whether it is one number alone; depends on the key's kind, never on its value."""
    with suppress(Unreadable, RecursionError):
        value = read_response(normalize_text(response), kind, decimal_comma, kind == Kind.QUANTITY)
        return is_term(value) and not isinstance(value, Matrix) and not free_names(value)
    return False


def understood_beginning(response: str, kind: Kind, *, decimal_comma: bool = False) -> str:
    """LaTeX of an answer that breaks off, such as sqrt(50 or 3/, with a square for what is missing.

    Empty where nothing can be read. Raises nothing.
    """
    if _MISSING in response or len(response) > MAX_BEGINNING:
        return ""
    closing = _closing_brackets(response)
    for rest in (closing, _MISSING + closing, "{" + _MISSING + "}" + closing):
        with suppress(Unreadable):
            read = understood(response + rest, kind, decimal_comma=decimal_comma)
            return read.replace(_MISSING, r"\square ")
    return ""


def _closing_brackets(text: str) -> str:
    """Those that are missing at the end."""
    missing: list[str] = []
    for bracket in _BRACKET.findall(text):
        if bracket in _CLOSING:
            missing.append(_CLOSING[bracket])
        elif missing and missing[-1] == bracket:
            missing.pop()
    bars = "|" if text.count("|") % 2 else ""
    return bars + "".join(reversed(missing))


def understood_line(line: str, *, decimal_comma: bool = False) -> str:
    """LaTeX of a line of working as the checker reads it; empty for words and unreadable lines."""
    statements = [part.strip() for part in _ARROWS.split(_with_indices(line)) if part.strip()]
    try:
        read = [_statement(part, decimal_comma) for part in statements]
    except (Unreadable, RecursionError):
        return ""
    return r" \;\Rightarrow\; ".join(read) if all(read) else ""


def _with_indices(line: str) -> str:
    """Q_3 - Q_1 for Q3 - Q1, whose 1 is no factor; 2x2 alone stays a product."""
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for letter, number in _NUMBERED.findall(line):
        numbers[letter].add(number)
    names = {letter for letter, own in numbers.items() if len(own) > 1 and own & {"0", "1"}}
    return _NUMBERED.sub(
        lambda name: "_".join(name.groups()) if name[1] in names else name[0], line
    )


def _statement(text: str, decimal_comma: bool) -> str:
    text = _INDEX.sub(r"\1_", text)
    if _NEXT_EQUATION.search(text):
        equations = _NEXT_EQUATION.sub(r"\1\n", text).split("\n")
        read = [_statement(equation, decimal_comma) for equation in equations]
        return r" \land ".join(read) if all(read) else ""
    sides = _EQUALS.split(text)
    goes_on = len(sides) > 1 and not sides[0].strip()  # = 2x + 1, from the line before
    if goes_on or len(sides) > 2:
        values = [read_answer(side, decimal_comma) for side in sides[goes_on:]]
        if all(is_term(value) for value in values):
            return ("{} = " if goes_on else "") + " = ".join(map(latex, values))
    value = read_answer(text, decimal_comma)
    shown = "" if isinstance(value, Words) else latex(value)
    has_all = len(_EQUALS.findall(shown)) >= len(sides) - 1  # an answer keeps only the last side
    return shown if has_all else ""
