"""Which ratio fits two sides of a right triangle: "got hyp want opp so sin"."""

from __future__ import annotations

import re

from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

MAX_LENGTH = 90
_HYPOTENUSE, _OPPOSITE, _ADJACENT = "hypotenuse", "opposite", "adjacent"
_ROLES = {
    _HYPOTENUSE: words(r"hyp(?:ot[eé]n\w{2,3}|\.)?|h[iy]p(?:otenusa|\.)?|hy", "斜边"),
    _OPPOSITE: words(
        r"opp(?:os\w{2,4}|\.)?|op(?:uesto|\.)?|gegenkathete|gk|gegenüberliegend\w{0,2}"
        r"|gegenüber|frente",
        "对边|对着",
    ),
    _ADJACENT: words(
        r"adj(?:acent\w?|\.)?|ady(?:acente|\.)?|contiguo|ankathete|ak|anliegend\w{0,2}|next to",
        "邻边",
    ),
}
_RATIOS = {
    "sin": frozenset([_OPPOSITE, _HYPOTENUSE]),
    "cos": frozenset([_ADJACENT, _HYPOTENUSE]),
    "tan": frozenset([_OPPOSITE, _ADJACENT]),
}
_NAMES = {
    "sin": words(r"s[ie]n(?:e|us|o)?", "正弦"),
    "cos": words(r"cos(?:ine|inus|eno)?", "余弦"),
    "tan": words(r"tan(?:gent|gens|gente)?|tg", "正切"),
}
_MNEMONIC = re.compile(
    r"\b(?:soh|cah|toa|sohcahtoa|cahsohtoa)\b|\bsoh[- ]?cah[- ]?toa\b", re.IGNORECASE
)
_WANTS = r"(?:want|need|find|looking for|suche|gesucht|cherche|busco|quiero|pide|求)\W{0,3}"
_WANTED = re.compile(rf"{_WANTS}(?:the |die |la |el |le |l')?([^\W\d_]{{2,20}})", re.IGNORECASE)
_DENIED = words(r"not|no|nicht|pas|ni|or|oder|ou|o", "不|或")


def fits_ratio(text: str, task: Task) -> bool:
    """Whether the statement tells of exactly those two sides, and the ratio has them."""
    text = _MNEMONIC.sub(" ", text)
    if len(text) > MAX_LENGTH or re.search(r"[\d=]", text) or _DENIED.search(text):
        return False
    named = [name for name, pattern in _NAMES.items() if pattern.search(text)]
    sides = _sides_in(text)
    if len(named) != 1 or sides != _RATIOS[named[0]] or sides != _sides_in(task.text):
        return False
    wanted = _WANTED.search(text)
    return wanted is None or _sides_in(wanted[1]) <= _sides_in(task.question)


def _sides_in(text: str) -> frozenset[str]:
    return frozenset(side for side, pattern in _ROLES.items() if pattern.search(text))
