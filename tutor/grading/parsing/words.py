"""Words and letters as answers: Tuesday, no solution, (B), 故选 C."""

from __future__ import annotations

import re

from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.tree import Unreadable

_MACROS = re.compile(
    r"\\(?:text\w*|mathrm|mathbf|mbox|operatorname|boxed|fbox|left|right|quad|rm|bf)\b"
    r"|\\[,;:! ()\[\]]"
)
_ARTICLES = re.compile(r"^(?:an?|the|on|it is|it's|there (?:is|are))\s+")
_NOTHING = [
    f"no {real}{noun}{exist}"
    for real in ("", "real ")
    for noun in ("solution", "solutions", "root", "roots")
    for exist in ("", " exist", " exists")
]
_SAME = {
    **dict.fromkeys((*_NOTHING, "无解", "无实数解", "没有解"), "no solution"),
    **dict.fromkeys(("none", "empty set", "empty"), "no solution"),
    "does not exist": "dne",
    "不存在": "dne",
    "无意义": "undefined",
    "正确": "true",
    "错误": "false",
    "奇数": "odd",
    "偶数": "even",
    "是": "yes",
    "否": "no",
}
_WEEK = re.compile("星期|礼拜")
# Some of it would otherwise be a product of letters, or an answer such as "no solution".
_GIVES_UP = re.compile(
    r"(?:i )?(?:pass|skip|give up|idk|dunno|can't|cannot|(?:have )?no (?:idea|clue)"
    r"|(?:do not|don't|dont) (?:know|understand)|(?:am )?not sure)|i'm not sure"
    r"|我?(?:不会做?|不知道|不懂|不清楚|没有?思路|放弃|跳过)了?"
)
NO_ANSWER = "We read this as “I do not know”. Leave the field empty, or ask for help."
MAX_CHOICE = 300  # characters of an answer that starts with its letter
_LETTERS = re.compile(r"\(?\s*([A-Z](?:\s*+(?:(?:[,;、和&]|and)\s*+)?[A-Z])*+)\s*\)?")
_CHOICE = re.compile(
    r"\(?\s*([A-H](?:\s*+(?:(?:[,;和&]|and)\s*+)?[A-H])*+)\s*+\)?\s*+\.?"
    r"|(?:\(\s*([A-Ha-h])\s*\)|([A-Ha-h])\s*[.:、)])\s*(?:[\w$\\].*)?|([A-Ha-h])",
    re.DOTALL,
)


def plain_words(text: str, ignore_case: bool = True) -> str:
    """Spacing, articles and punctuation folded away."""
    words = _MACROS.sub(" ", normalize_text(text))
    words = re.sub(r"[${}*`\"]", " ", words)
    words = re.sub(r"(?<![\d])[.,;:!?]+|[.,;:!?]+(?!\d)", " ", words)
    words = " ".join(words.split())
    words = re.sub(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])", "", words)
    if not ignore_case:
        return words
    words = _ARTICLES.sub("", words.lower())
    words = _WEEK.sub("周", words)
    return _SAME.get(words, words)


def synonyms(text: str) -> list[str]:
    """The words of an answer and all that count as the same, plain."""
    words = plain_words(text)
    folded = [said for said, meant in _SAME.items() if meant == words]
    return [words, *(_WEEK.sub("周", said) for said in folded)]


def gives_up(text: str) -> bool:
    """Whether these are the words of somebody who has no answer."""
    try:
        return len(text) <= 40 and bool(_GIVES_UP.fullmatch(plain_words(text)))
    except Unreadable:
        return False


_ALL_REALS = {
    *("all real numbers", "all reals", "any real number", "all x", "any x", "all real x"),
    *("全体实数", "实数集", "任意实数"),
}


def means_all_reals(text: str) -> bool:
    return plain_words(text) in _ALL_REALS


def choice_letters(text: str) -> frozenset[str]:
    """The letters chosen in B, (B), B. 12, A and C; none when it names no choice."""
    try:
        plain = _MACROS.sub(" ", normalize_text(text, MAX_CHOICE))
    except Unreadable:
        return frozenset()
    plain = re.sub(r"[${}`]|\*\*", " ", plain).strip()
    plain = re.sub(
        r"^(?:答案|答|故选|我?选|选择|answer|option|choice)\s*[:：是为]?\s*", "", plain, flags=re.I
    )
    found = _CHOICE.fullmatch(plain.strip().removesuffix("."))
    if not found:
        return frozenset()
    if found[1]:
        return frozenset(re.sub(r"[^A-H]", "", found[1]))
    return frozenset((found[2] or found[3] or found[4]).upper())


def names_choices(text: str) -> bool:
    """Whether a key such as B, (B), AC or A, C, F is a choice and no expression."""
    if len(text) > MAX_CHOICE:
        return False
    plain = re.sub(r"[${}*`]", " ", _MACROS.sub(" ", text)).strip()
    found = _LETTERS.fullmatch(plain)
    if not found:
        return False
    letters = re.sub(r"[^A-Z]", "", found[1])
    return letters <= "H" * 20 and list(letters) == sorted(set(letters)) and max(letters) <= "H"
