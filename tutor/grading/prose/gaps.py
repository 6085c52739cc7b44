"""Reads what stands between two formulas: does the second only go on from the first?"""

from __future__ import annotations

import re

MAX_GAP = 160  # characters; a longer gap tells something of its own

_SIGNS = re.compile(
    r"\\(?:[\]\[()\\,;:!]|q?quad(?![A-Za-z])|(?:begin|end)\{[a-z*]{1,12}\})|[$&{}\s.,;:*-]"
)
_ARROW = re.compile(
    r"\\(?:Rightarrow|implies|Longrightarrow|Leftrightarrow|iff|rightarrow|to)(?![A-Za-z])|[⇒⟹→]|=>"
)
_REWRITES = (
    r"simplif(?:y|ies|ied|ying)|expand(?:s|ed|ing)?|factor(?:s|ed|ing)?(?: out)?|reduc(?:es|ed|ing)"
    r"|distribut(?:e|ing)|(?:re)?writ(?:e|ten|ing)|expressed|combin(?:e|ing)(?: like terms)?"
    r"|rearrang(?:e|es|ing)"
)
# Words that conclude, and no others.
_CONCLUDES = re.compile(
    r"\b(?:so|then|thus|hence|therefore|now|next|and|we|get|have|find|obtain|this|which|that|is"
    r"|gives|yields|means|implies|giving|it|follows|to|the|equation|can|be|further|equivalent|both"
    r"|sides|terms|becomes|hand|step|first|second|finally|let's|let us|us|as|left|right|side"
    r"|into|expression|on|of|in|after|by|from|dividing|multiplying|subtracting|adding|\d{1,9}"
    r"|like|common|possible|where|moving|everything|all|one|collecting"
    rf"|{_REWRITES})\b",
    re.IGNORECASE,
)
_REWRITTEN = re.compile(
    rf"\b(?:{_REWRITES}|equivalent|get|obtain|gives|yields|means|implies|becomes|thus|so|hence|therefore)\b",
    re.IGNORECASE,
)


def is_beside(gap: str) -> bool:
    """Whether there are no words between the two formulas."""
    return len(gap) <= MAX_GAP and not _SIGNS.sub("", _ARROW.sub(" ", gap))


def is_concluded(gap: str) -> bool:
    """Whether an arrow or words such as "which simplifies to" lead from one to the other."""
    if len(gap) > MAX_GAP or not (_ARROW.search(gap) or _REWRITTEN.search(gap)):
        return False
    return not re.search(r"\w", _SIGNS.sub(" ", _CONCLUDES.sub(" ", _ARROW.sub(" ", gap))))


_IN_OTHER_WORDS = re.compile(
    r"\b(?:simplif|expand|factor|distribut|rewrit|written|expressed|combin|reduc|equivalent)",
    re.IGNORECASE,
)
_REARRANGES = re.compile(r"\b(?:rearrang|equivalent|moving)", re.IGNORECASE)
_OF_EQUATION = re.compile(r"\b(?:equation|both|sides|left|right)\b", re.IGNORECASE)
_OF_LEFT_SIDE = re.compile(r"\bleft(?:[- ]hand)? side\b", re.IGNORECASE)
_COMBINES = re.compile(r"\bcombin(?:e|ing) like terms:\s{0,3}(?:\\\[|\$\$)?\s{0,3}$", re.IGNORECASE)
_GIVES_FORM = re.compile(r"\b(?:to|as|into|get|have|obtain|gives|yields|becomes)$", re.IGNORECASE)


def is_rearranged(gap: str) -> bool:
    """Whether the second equation is only another form of the first: rearranging terms gives."""
    return bool(_REARRANGES.search(gap)) and is_concluded(gap)


def is_rewritten(gap: str) -> bool:
    """Whether the second formula is announced as another form, of the first one or of a whole."""
    is_whole = bool(_IN_OTHER_WORDS.search(gap)) and not _OF_EQUATION.search(gap)
    return is_whole and is_concluded(gap)


def rewrites_it(gap: str) -> bool:
    """Whether the first formula itself is announced in another form: which simplifies to."""
    if not is_rewritten(gap):
        return False
    return ("expression" not in gap and _ends_in_form(gap)) or bool(_COMBINES.search(gap))


def rewrites_left_side(gap: str) -> bool:
    """Whether the left side of the equation before it is announced in another form."""
    is_side = bool(_IN_OTHER_WORDS.search(gap) and _OF_LEFT_SIDE.search(gap))
    return is_side and is_concluded(gap) and _ends_in_form(gap)


def _ends_in_form(gap: str) -> bool:
    return bool(_GIVES_FORM.search(" ".join(_SIGNS.sub(" ", gap).split())))
