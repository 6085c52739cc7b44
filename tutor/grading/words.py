"""Words and letters as answers: Tuesday, no solution, (B), 故选 C."""

from __future__ import annotations

import re

from tutor.grading.terms import Unreadable
from tutor.grading.text import clean

_MACROS = re.compile(
    r"\\(?:text\w*|mathrm|mathbf|mbox|operatorname|boxed|fbox|left|right|quad|rm|bf)\b"
    r"|\\[,;:! ()\[\]]"
)
_ARTICLES = re.compile(r"^(?:an?|the|on|it is|it's)\s+")
_SAME = [
    ("星期", "周"), ("礼拜", "周"), ("周天", "周日"), ("无实数解", "no solution"),
    ("无解", "no solution"), ("没有解", "no solution"), ("no solutions", "no solution"),
    ("does not exist", "dne"), ("不存在", "dne"), ("无意义", "undefined"), ("正确", "true"),
    ("错误", "false"), ("no real solution", "no solution"),
]  # fmt: skip
_LETTERS = re.compile(r"\(?\s*([A-Z](?:\s*(?:,|;|、|and|和|&)?\s*[A-Z])*)\s*\)?")
_CHOICE = re.compile(
    r"\(?\s*([A-H](?:\s*(?:,|;|and|和|&)?\s*[A-H])*)\s*\)?\s*\.?"
    r"|\(?\s*([A-Ha-h])\s*\)?\s*(?:[.):、]\W.*|[.):、][\u4e00-\u9fff\d].*)?",
    re.DOTALL,
)


def plain_words(text: str, ignore_case: bool = True) -> str:
    """Spacing, articles and punctuation folded away."""
    words = _MACROS.sub(" ", clean(text))
    words = re.sub(r"[${}*`\"]", " ", words)
    words = re.sub(r"(?<![\d])[.,;:!?]+|[.,;:!?]+(?!\d)", " ", words)
    words = " ".join(words.split())
    words = re.sub(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])", "", words)
    if not ignore_case:
        return words
    words = _ARTICLES.sub("", words.lower())
    for one, other in _SAME:
        words = other if words == one else words.replace(one, other) if one in "星期礼拜" else words
    return words


def choice_letters(text: str) -> frozenset[str]:
    """The letters chosen in B, (B), B. 12, A and C; none when it names no choice."""
    try:
        plain = _MACROS.sub(" ", clean(text))
    except Unreadable:
        return frozenset()
    plain = re.sub(r"[${}*`]", " ", plain).strip()
    plain = re.sub(
        r"^(?:答案|答|故选|选|选择|answer|option|choice)\s*[:：是为]?\s*", "", plain, flags=re.I
    )
    found = _CHOICE.fullmatch(plain.strip().removesuffix("."))
    if not found:
        return frozenset()
    if found[2]:
        return frozenset(found[2].upper())
    return frozenset(re.sub(r"[^A-H]", "", found[1]))


def names_choices(text: str) -> bool:
    """Whether a key such as B, (B), AC or A, C, F is a choice and no expression."""
    plain = re.sub(r"[${}*`]", " ", _MACROS.sub(" ", text)).strip()
    found = _LETTERS.fullmatch(plain)
    if not found:
        return False
    letters = re.sub(r"[^A-Z]", "", found[1])
    return letters <= "H" * 20 and list(letters) == sorted(set(letters)) and max(letters) <= "H"
