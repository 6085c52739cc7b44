"""Cuts a text into the statements that stand one after another in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tutor.grading.sentences.spans import SentencePart, pieces_of

MAX_STATEMENTS = 12
ARROWS = (
    r"(?:<|(?<!=))=++>|(?<!-)-++>|[→⇒⟹⇔∴]"
    r"|\\(?:Rightarrow|implies|therefore|iff|to|mapsto|rightarrow)(?![a-z])"
)
_IDEST = r"\bi\.? ?e\.|\bd\. ?h\.|\bc\.-à-d\.|\bviz\.|\bnamely\b|\bnämlich\b"
_BREAK = re.compile(
    rf"(?P<open>[(\[{{])|(?P<close>[)\]}}])|(?P<joint>,? ?(?:{_IDEST}),?|{ARROWS}|[;；\n]"
    r"|(?<![.?。])[.?。]++(?=[\s$])|!(?=\s[^\W\d_])|(?<!!)!{2}!*+|,(?!\d)|(?<!\d),|(?<=\w): "
    r"|,(?=\d{1,4}[a-z(][^,;=]{0,20}=)"
    r"|(?<=\s)(?:and|und|et|y(?!\s?[-=<>+*/^]))(?=\s)|(?<=[\d)])\s(?=[A-Za-z](?:_?\d)?\s?=))"
)
SO = (  # what follows comes of what stands before
    r"\b(?:so|thus|hence|therefore|also|daher|somit|folglich|donc|ainsi|luego|entonces|quindi"
    r"|dunque|logo|portanto|damit|deshalb|deswegen|darum|das heißt|par conséquent|d'où"
    r"|c'est pourquoi|as[ií] que|por (?:lo )?tanto|por eso|o sea|es decir"
    r"|(?:which|that|this) (?:means|gives|makes))\b|所以|因此|故|那么|算出来|最后|结果|于是"
)
CONCLUDES = re.compile(
    rf"{ARROWS}|[:!?\n]|\.(?=\s)|{_IDEST}|{SO}|\b(?:then|dann|alors)\b|得", re.IGNORECASE
)
_SINGLE_ARROW = re.compile(r"-+>|→|\\(?:to|rightarrow)")
_LONE_LETTER = re.compile(r"\s*[A-Za-z]\s*")
_NUMBER_AT_END = re.compile(r"(?:\A|[\s,(])-?\d[\d./]{0,15}\s?\Z")
_NUMBER_FIRST = re.compile(r"\s?-?\d[\d./]{0,15}(?:[,;]|\.?\s?\Z|\s[^\W\d_])")
_CONTENT = re.compile(r"[\w∞∅π]")
_STRIPPED = " \t\n,;:.?"


@dataclass(frozen=True, slots=True)
class TypedStatement:
    """A formula between words and signs. before: what stands between it and the one before it."""

    text: str
    start: int
    end: int
    before: str
    behind: str


def statements_of(text: str, pieces: Sequence[SentencePart] | None = None) -> list[TypedStatement]:
    """In their order; none where there are too many."""
    spans: list[tuple[int, int]] = []
    for piece in pieces_of(text) if pieces is None else pieces:
        if not piece.is_word:
            spans += [span for span in _cut(text, piece) if _says_something(text, span)]
    if len(spans) > MAX_STATEMENTS:
        return []
    edges = [0, *(at for span in spans for at in span), len(text)]
    return [
        TypedStatement(
            text[start:end], start, end, text[edges[2 * i] : start], text[end : edges[2 * i + 3]]
        )
        for i, (start, end) in enumerate(spans)
    ]


def _says_something(text: str, span: tuple[int, int]) -> bool:
    inner = text[slice(*span)]
    return SentencePart(inner, *span, False).is_value and bool(_CONTENT.search(inner))


def _cut(text: str, piece: SentencePart) -> Iterator[tuple[int, int]]:
    """Where its parts are that stand between signs such as an arrow, outside of brackets."""
    depth, start = 0, piece.start
    for sign in _BREAK.finditer(text, piece.start, piece.end):
        if sign["open"]:
            depth += 1
        elif sign["close"]:
            depth = max(0, depth - 1)
        elif not depth and not _goes_on(text[start : sign.start()], sign[0], text[sign.end() :]):
            yield from _stripped(text, start, sign.start())
            start = sign.end()
    yield from _stripped(text, start, piece.end)


def _goes_on(left: str, sign: str, right: str) -> bool:
    """Whether x -> 2 says where x goes, and a comma stands in a row of numbers."""
    if sign.isspace():  # x1=3 x2=1, and not 3000 m = 3 km
        return "=" not in left
    if sign == "," or sign.isalpha():
        return "=" not in left and bool(_NUMBER_AT_END.search(left) and _NUMBER_FIRST.match(right))
    return bool(_LONE_LETTER.fullmatch(left)) and bool(_SINGLE_ARROW.fullmatch(sign))


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in _STRIPPED:
        start += 1
    while start < end and text[end - 1] in _STRIPPED:
        end -= 1
    if start < end:
        yield start, end
