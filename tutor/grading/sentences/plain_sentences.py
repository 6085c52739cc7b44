"""Rewrites a sentence so that its calculations have signs, without what adds nothing to it."""

from __future__ import annotations

import re

from tutor.grading.sentences.doubts import REMINDER
from tutor.grading.sentences.spans import without_commands

PICTURES = re.compile("[\u2600-\u27bf\ufe0f\U0001f300-\U0001faff]")  # ☺ and 👍
_SIGNS = {
    "geteilt durch": "/", "durch": "/", "mal": "*", "plus": "+", "minus": "-", "divisé par": "/",
    "fois": "*", "moins": "-", "multiplié par": "*", "entre": "/", "dividido por": "/",
    "dividido entre": "/", "por": "*", "multiplicado por": "*", "más": "+", "menos": "-",
}  # fmt: skip
_OPERATION = re.compile(
    rf"(?<=\d) ({'|'.join(sorted(_SIGNS, key=len, reverse=True))}) (?=-?\d)", re.IGNORECASE
)
_RESULT = re.compile(
    r"([-+*/] ?\d[\d.,]{0,12}) (?:ist gleich|ist|sind|gibt|macht|ergibt|est|fait|font|égale|égal"
    r"|vaut|es|son|da|dan|hace|hacen) (?=-?\d)",
    re.IGNORECASE,
)
_LOGARITHM = re.compile(r"\blog(?:arithm)?,? (?:to )?(?:the )?base (\d{1,3}) of (?=\d)")
_BRACKETED_UNIT = re.compile(r"(?<=\d) ?\(([\u4e00-\u9fff]{1,6})\)")  # 25（平方厘米）
_WHICH = re.compile(r"第[一二三四五六七八九十\d]{1,2}个")
_TERM_OF_SEQUENCE = re.compile(r"第 ?\d{1,3} ?项")
_WHERE_IT_GOES = re.compile(
    r"\bas [a-z] ?(?:->|→|\\to|approaches|tends to|goes to) ?[-+\w\\]{1,12}", re.IGNORECASE
)
_CONTRAST = re.compile(r",\s?(?:and )?(?:not|nicht|pas|y no|und nicht|et non) [^,;]{1,30}\Z")


_REPLACED = re.compile(  # 12 rather than 18
    r"(?<=\w) (?:not|nicht|pas|no|rather than|instead of|statt|anstatt|plutôt que|au lieu de"
    r"|en vez de|en lugar de) -?\d[\d.,/]{0,11}[ .!]{0,2}\Z|,?而[不非]是?\d[\d.,/]{0,11}\Z"
)


def plain_sentence(text: str) -> str:
    """3 * 4 = 12 for "3 mal 4 ist 12 😊"; without reminders, and without "not 13" at its end."""
    plain = REMINDER.sub(" ", PICTURES.sub(" ", without_commands(text)))
    plain = _BRACKETED_UNIT.sub(r"\1", plain)
    plain = _RESULT.sub(r"\1 = ", _OPERATION.sub(_with_sign, plain))
    plain = _WHERE_IT_GOES.sub(" ", _LOGARITHM.sub(r"\\log_{\1} ", plain))
    plain = _REPLACED.sub("", plain)
    return _CONTRAST.sub("", _TERM_OF_SEQUENCE.sub("值", _WHICH.sub("这个", plain)))


def _with_sign(operation: re.Match[str]) -> str:
    return f" {_SIGNS[operation[1].lower()]} "
