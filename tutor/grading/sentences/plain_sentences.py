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
_ORDINAL = re.compile(  # the fifth number, and not the fifth of 20
    r"\b((?:the|die|der|das|le|la|el|les|los|las|my|mein|mon|mi) )"
    r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,3}(?:st|nd|rd|th|e|ème|er|re|ª|º|\.)|seconde?|deuxième"
    r"|troisième|quatrième|cinquième|sixième|septième|huitième|neuvième|dixième|segund[oa]"
    r"|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|séptim[oa]|octav[oa]|noven[oa]) "
    r"(?=(?!of|von|des?|du|del|power|root|puissance|racine|potencia|raíz)[^\W\d_]{2,})",
    re.IGNORECASE,
)
_TERM_OF_SEQUENCE = re.compile(r"第 ?\d{1,3} ?项")
_WHERE_IT_GOES = re.compile(
    r"\bas [a-z] ?(?:->|→|\\to|approaches|tends to|goes to) ?[-+\w\\]{1,12}", re.IGNORECASE
)
_CONTRAST = re.compile(r",\s?(?:and )?(?:not|nicht|pas|y no|und nicht|et non) [^,;]{1,30}\Z")

_CROSSED_OUT = re.compile(
    r"~~[^~]{1,40}~~|<(del|s|strike)>[^<]{1,40}</\1>|\\(?:cancel|sout)\s?\{[^{}]{1,40}\}"
)
_MARKUP = re.compile(r"</?(?:b|i|u|p|em|strong|span|div)>")
_TRIED = (  # how a first try begins, and what leads on from it
    r"(?:at first|initially|originally|(?:first|before),? (?:i|it|we)\b|i first"
    r"|my (?:old|first) (?:answer|guess)|zuerst|anfangs|am anfang|d['’]abord|au début"
    r"|avant,? (?:j['’]|je)|j['’]avais|al principio|antes|primero (?:pensé|puse|me|creí)"
    r"|一开始|起初|开始|之前)"
)
_LEADS_ON = (
    r"(?:\b(?:but|now|finally|my new|aber|jetzt|mais|maintenant|pero|ahora)\b"
    r"(?:\s(?:en vérifiant|richtig(?= ist)"
    r"|(?:then )?i (?:noticed|realised|realized|saw)(?: that)?))?"
    r"|现在|但|检查后|最后)"
)
_FIRST_TRY = re.compile(
    rf"\A\s?{_TRIED}[^?\d]{{0,40}}-?\d[\d.,/]{{0,11}}[^?\d]{{0,40}}?{_LEADS_ON}", re.IGNORECASE
)
_RETRACTED = re.compile(  # 15 - wait, 12
    r"\A[^?]{1,40}?\s?(?:[-–,，]|\.{3}|…)\s?(?:no,? wait|wait,? no|wait|i mean|ach nein|euh,? non"
    r"|ah non|perdón|quiero decir|不对)\s?[,，:]\s?(?:改成|是)?",
    re.IGNORECASE,
)
_DENIED = re.compile(  # not 15 but 12
    r"\A\s?(?:(?:it['’]?s |it is )?not|(?:es ist )?nicht|ce n['’]est pas|no es|不是)\s?"
    r"-?\d[\d./]{0,11}\s?(?:,?\s?(?:but|sondern|mais|sino)|[,，](?:而?是|(?=我)))\s?",
    re.IGNORECASE,
)
_QUESTION = re.compile(  # How many? 12.
    r"\A\s?[¿]?(?:(?:[^?？\d]{0,30}\s)?(?:how (?:many|much)|what (?:do|is|are|comes)|wie ?viele?"
    r"|was (?:kommt|ist)|combien|que (?:trouve|vaut)|cuánt[oa]s?|qué (?:sale|da))"
    r"|[^?？\d]{0,12}(?:多少|几个))[^?？\d]{0,30}[?？]\s?",
    re.IGNORECASE,
)
_REPLACED = re.compile(  # 12 rather than 18
    r"(?<=\w) (?:not|nicht|pas|no|rather than|instead of|statt|anstatt|plutôt que|au lieu de"
    r"|en vez de|en lugar de) -?\d[\d.,/]{0,11}[ .!]{0,2}\Z|,?而[不非]是?\d[\d.,/]{0,11}\Z"
)


def settled(text: str) -> str:
    """What its writer goes on to say: 12 for "15 - wait, 12", without what was crossed out."""
    text = _MARKUP.sub("", _CROSSED_OUT.sub("", text))
    for beginning in (_FIRST_TRY, _RETRACTED, _DENIED, _QUESTION):
        text = beginning.sub("", text)
    return text.strip()


def plain_sentence(text: str) -> str:
    """3 * 4 = 12 for "3 mal 4 ist 12 😊"; without reminders, and without "not 13" at its end."""
    plain = REMINDER.sub(" ", PICTURES.sub(" ", without_commands(text)))
    plain = _BRACKETED_UNIT.sub(r"\1", plain)
    plain = _RESULT.sub(r"\1 = ", _OPERATION.sub(_with_sign, plain))
    plain = _WHERE_IT_GOES.sub(" ", _LOGARITHM.sub(r"\\log_{\1} ", plain))
    plain = _ORDINAL.sub(r"\1", _REPLACED.sub("", plain))
    return _CONTRAST.sub("", _TERM_OF_SEQUENCE.sub("值", _WHICH.sub("这个", plain)))


def _with_sign(operation: re.Match[str]) -> str:
    return f" {_SIGNS[operation[1].lower()]} "
