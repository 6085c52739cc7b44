r"""Finds the values that a text mentions: its formulas and numbers, in digits or words.

Callers compare each value with what a hint must not reveal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tutor.grading.parsing.boxes import find_boxes
from tutor.grading.parsing.natural.chinese import fold_numbers
from tutor.grading.parsing.natural.english import fold_english
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.units import CHINESE_UNIT
from tutor.grading.prose.formulas import (
    TextSpan,
    blank_formulas,
    find_formulas,
    parse_chain,
    split_statements,
)

MAX_TEXT = 8_000  # characters; longer texts are refused

_BOLD = re.compile(r"\*\*(?=[^\s*])([^*\n]{1,300}?)(?<=\S)\*\*|`([^`\n]{1,300})`")
# The words before a value that the text gives, and after one that it calls right.
_GIVES = re.compile(
    r"(?:\b(?:is|are|be|becomes?|equals?(?: to)?|equal to|gives?|gets?|got|yields?|obtains?|makes?"
    r"|(?:simplifies|reduces|comes|leads|amounts|evaluates) to|answers?|results?|namely|i\.e\."
    r"|so|hence|thus|therefore|finally|find|choose|value|solutions?|roots?)"
    r"|[是为得故即]|等于|得到|得出|答案|结果|所以|因此|算出|求出|[:=≈])"
    r"[\s,;\"'(:]{0,60}+"
    r"(?:(?:exactly|just|simply|only|indeed|the number|about|then|you|we|数)[\s,:]{0,60}+){0,12}"
    r"\Z",
    re.IGNORECASE,
)
_CALLED_RIGHT = re.compile(
    r"[\s,)\"'.\x00]{0,6}(?:works\b|solves\b|is it\b|(?:is|are|was|would be|must be|\bas)\b.{0,24}?"
    r"\b(?:answers?|solutions?|roots?|results?|correct|right|value)\b"
    r"|(?![个条种组次])[^.]{0,6}(?:就?是[^.]{0,8}(?:答案|解|根|结果|正确)|正确|满足))",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d[\d,]*\d|\d)(?:\.\d+)?"
_NUMBERS = re.compile(
    rf"\\[dt]?frac\s*+(?:\{{\s*+-?{_NUMBER}\s*+\}}\s*+\{{\s*+{_NUMBER}\s*+\}}|\d\s*+\d)"
    rf"|{_NUMBER}\s*+/\s*+{_NUMBER}|(?:-\s*+)?{_NUMBER}\s*+(?:\\?%)?|-?\.\d+"
)
# What may follow a given value. The 6 in "there are 6 balls" only counts.
_ENDS = re.compile(
    r"\s*(?:[^\w\s]|\Z|[\u4e00-\u9fff\x00]"
    r"|(?:and|or|but|because|since|which|so|when|if|as|for|is|then|here|in|by)\b)"
)
_NAME = re.compile(
    r"\\?[A-Za-z]+'*+(?:_\{?\w++\}?)?(?:\s*+\(\s*+-?[\w.]++\s*+\))?'*+|\\angle\s*+\w+"
)
_LETTER = re.compile(r"[A-Za-z]")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_OR = re.compile(
    r"\\(?:text|mbox|textrm|mathrm)\s*\{[^{}]*\}|\\(?:lor|vee|quad|qquad)(?![a-z])"
    r"|\b(?:or|and)\b|[或和且]|,(?!\d{3}(?!\d))|;"
)
_ATOM = (
    rf"(?:[$€£¥]?{_NUMBER}(?:\s?%)?|\.\d+|\\[A-Za-z]+(?:\s*\{{[^{{}}]*\}})*"
    r"|(?:sqrt|sin|cos|tan|ln|log|lg|exp|pi)\b"
    r"|(?<![A-Za-z])[A-Za-z](?![A-Za-z])|[()\[\]{}|!'_])"
)
_SIGN = r"(?:\*\*?|[-+/^=<>,:]|<=|>=)"
_RUN = re.compile(rf"-?{_ATOM}(?:\s?(?:{_SIGN}\s?)*+{_ATOM})*")
_ALONE = re.compile(r"^[aAI]\s++(?=[\d\\(])|(?<![\s,:])[\s,:]++$")
_UNIT = re.compile(r"\s?(?:\\?[A-Za-z°%]{1,12}|[\u4e00-\u9fff]{1,4})(?:(?:\^\{?\d\}?)|/[A-Za-z]+)?")
_CHINESE_RUN = re.compile(
    r"(?<![第\d])(?!两[边侧端])负?(?:百分之|[零〇一二两三四五六七八九十百千万亿点又]|分之|根号(?=[零一二三四五六七八九十]))"
    r"{1,24}(?!角形|边形|元|次方程|次函数|次方|次项|次式|阶|维|项式|象限|字相乘)"
)
_CHINESE_SIGNS = [
    ("的平方", "^2"), ("平方", "^2"), ("的立方", "^3"), ("加上", "+"), ("加", "+"),
    ("减去", "-"), ("减", "-"), ("乘以", "*"), ("乘", "*"), ("除以", "/"),
    ("大于", ">"), ("小于", "<"), ("等于", "="),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MentionedValue:
    """A part of a text that may be a value.

    is_given: the text gives it as the value of something, or calls it right.
    """

    text: str
    is_given: bool = False


def mentioned_values(text: str) -> list[MentionedValue]:
    """Each value once. Raises Unreadable for a text that is too long or has control characters."""
    plain = _BOLD.sub(lambda bold: bold[1] or bold[2], normalize_text(text, MAX_TEXT))
    plain = re.sub(" {2,}", " ", plain)  # normalizing 1.5 × 10 leaves two around its sign
    is_given_by_text: dict[str, bool] = {}
    for value in _all_mentions(plain):
        piece = value.text.strip(" \t\n.,;:")
        if piece:
            is_given_by_text[piece] = is_given_by_text.get(piece, False) or value.is_given
    return [
        MentionedValue(piece, is_given_value) for piece, is_given_value in is_given_by_text.items()
    ]


def is_numeral(text: str) -> bool:
    """Whether the text is one number and not a calculation."""
    return bool(_NUMBERS.fullmatch(text))


def quoted_formulas(text: str) -> set[str]:
    """The statements of a text's formulas, without their spaces."""
    plain = normalize_text(text, MAX_TEXT)
    return {
        without_spaces(statement.text)
        for formula, _ in find_formulas(plain)
        for statement in split_statements(formula)
    }


def without_spaces(formula: str) -> str:
    """The formula without spaces, sizes of brackets and punctuation at its ends."""
    return re.sub(r"\s|\\[,;:! ]|\\left|\\right", "", formula).strip(".,;")


def _all_mentions(text: str) -> Iterator[MentionedValue]:
    for box in find_boxes(text):
        yield MentionedValue(box.content, is_given=True)
        yield from (MentionedValue(part, is_given=True) for part in _OR.split(box.content))
    for formula, _ in find_formulas(text):
        opening = re.compile(r"(?:\\\[|\\\(|\$\$?)\s*\Z")
        before = opening.sub("", text[max(0, formula.start - 60) : formula.start])
        after = re.sub(r"^\s*(?:\\\]|\\\)|\$\$?)", "", text[formula.end : formula.end + 60])
        yield from _in_formula(formula, _is_given(before, after))
    prose = blank_formulas(text)
    for version in dict.fromkeys((prose, _words_as_signs(prose))):
        yield from _in_prose(version)


def _in_formula(formula: TextSpan, is_given: bool) -> Iterator[MentionedValue]:
    for statement in split_statements(formula):
        yield from _in_statement(statement.text, is_given)


def _in_statement(statement: str, is_given: bool) -> Iterator[MentionedValue]:
    yield MentionedValue(statement, is_given)
    parts = [part for part in _OR.split(statement) if part.strip()]
    for part in dict.fromkeys([statement, *parts]):
        if part != statement and _is_balanced(part):
            yield MentionedValue(part, is_given)
        chain = parse_chain(TextSpan(part, 0))
        sides = [side.text for side in chain.sides] if chain and chain.operators != ("or",) else []
        for index, side in enumerate(sides if len(sides) > 1 else []):
            other_sides = [*sides[:index], *sides[index + 1 :]]
            yield MentionedValue(side, is_given or any(map(_gives_value, other_sides)))
    for number in _NUMBERS.finditer(statement):
        yield from (
            MentionedValue(number[0]),
            MentionedValue(number[0].lstrip("- ")),
        )  # x - 3 mentions 3 as well


def _is_balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("()", "[]", "{}"))


def _gives_value(side: str) -> bool:
    """Whether this side gives the value of the other: a name, or a calculation of numbers."""
    side = side.strip()
    return bool(_NAME.fullmatch(side)) or not _LETTER.search(_COMMAND.sub("", side))


def _is_given(before: str, after: str) -> bool:
    return bool((_GIVES.search(before) and _ENDS.match(after)) or _CALLED_RIGHT.match(after))


def _in_prose(text: str) -> Iterator[MentionedValue]:
    for match in _RUN.finditer(text):
        run = _ALONE.sub("", match[0])
        start = match.start() + match[0].index(run) if run else match.start()
        before, after = text[max(0, start - 60) : start], text[match.end() : match.end() + 60]
        if run and (re.search(r"\d", run) or len(run) > 1):
            yield from _in_statement(run, _is_given(before, after))
        for number in _NUMBERS.finditer(run):
            at, end = start + number.start(), start + number.end()
            is_given = _is_given(text[max(0, at - 60) : at], text[end : end + 60])
            yield MentionedValue(number[0], is_given)
            if number.end() == len(run) and (unit := _UNIT.match(after)):
                yield MentionedValue(number[0] + unit[0], is_given)


def _words_as_signs(text: str) -> str:
    """The prose with English and Chinese numbers and operators rewritten in signs."""
    text = re.sub("一半|半(?=[个.,]|$)", "1/2", text)
    text = _CHINESE_RUN.sub(lambda run: fold_numbers(run[0], CHINESE_UNIT), text)
    for word, sign in _CHINESE_SIGNS:
        text = text.replace(word, sign)
    return fold_english(text)
