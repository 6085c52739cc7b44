"""Sentences that say what a derivative or antiderivative is, as formulas."""

from __future__ import annotations

import re
from dataclasses import replace

from tutor.grading.working.reading.naming import FUNCTIONS
from tutor.grading.working.reading.statement import Role, Statement

_OF = r"\s{1,3}(?:of|von|zu|de|del?)\s{1,3}"
_IS = r"\s{0,3}(?:\b(?:is|ist|est|es|gives|ergibt|donne)\b|=|:|→|->)\s{0,3}"
_SENTENCES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:(?P<antiderivative>antiderivative|antideriv\.?|integral|primitive|primitiva"
        rf"|stammfunktion|stammfkt\.?)"
        rf"|derivative|deriv\.?|der\.|diff\.?|ableitung|ableit\.?|abl\.|dérivée|dériv\.?|derivada)"
        rf"(?:{_OF}|(?<=v)\s|(?<=\.)\s)(?P<before>[^=:;,]{{1,60}}?){_IS}"
        r"(?P<after>[^=:;,]{1,80}+)$",
        r"(?<![^=:;,，。])(?P<before>[^=:;,，。的]{1,60}?)\s?的"
        r"(?:(?P<antiderivative>原函数|不定积分)|导数|导函数)(?:是|为|=|等于)\s?(?P<after>[^=:;,，。]{1,80}+)$",
    )
)
_JOINT = re.compile(r"[,;，；]|\b(?:and|und|et|y)\b")
_PART = re.compile(r"(?:(?![,;，；]|\b(?:and|und|et|y)\b).)+")
_WORD = re.compile(r"(?<!\\)[A-Za-zÀ-ÖØ-öø-ÿ]{3,}|[\u4e00-\u9fff]")
_VARIABLE = re.compile(r"(?<![A-Za-z])[\dabck]?([xt])(?![A-Za-z])|(?:sin|cos|tan|ln|lg|log)([xt])")


def statement_in_words(text: str) -> Statement | None:
    """The derivative of x² is 2x as d/dx(x²) = 2x; None for any other line."""
    for sentence in _SENTENCES:
        match = sentence.search(text.rstrip(" .。!"))
        if match is None or _has_words(match["before"] + " " + match["after"]):
            continue
        if variable := _VARIABLE.search(match["before"]):
            name, body = variable[1] or variable[2], match["before"].strip()
            derivative = rf"\frac{{d}}{{d{name}}}\left({body}\right)"
            operated = rf"\int ({body}) d{name}" if match["antiderivative"] else derivative
            text = f"{operated} = {match['after'].strip()}"
            return Statement(text, match.start("before"), Role.STEP)
    return None


def statements_in_words(text: str) -> tuple[Statement, ...]:
    """Each of "deriv of x² is 2x, deriv of sin x is cos x"; none where a part is another one."""
    if (whole := statement_in_words(text)) is not None:
        return (whole,)
    statements: list[Statement] = []
    for part in _PART.finditer(text) if _JOINT.search(text) else ():
        statement = statement_in_words(part[0])
        if statement is None:
            return ()
        statements.append(replace(statement, start=part.start() + statement.start))
    return tuple(statements)


def _has_words(text: str) -> bool:
    words = (word.lower() for word in _WORD.findall(text))
    return any(word not in FUNCTIONS and word[:-1] not in FUNCTIONS for word in words)
