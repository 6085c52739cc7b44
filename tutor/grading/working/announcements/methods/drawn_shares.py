"""Chances told by counting: "4 red out of 10, so 4/10", "then 5 blue left out of 9 so 5/9"."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.working.knowledge.chances.balls import (
    colour_in,
    counts_by_colour,
    is_without_replacement,
)
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_LENGTH = 90
_LEFT = words(
    r"left|remain\w{0,3}|übrig|verbleibend\w{0,2}|noch|restante?s?|reste\w?|quedan?", "剩下?|还有"
)
_OTHER_DRAW = words(
    r"then|second|2nd|now|dann|zweite\w?|2\.|jetzt|ensuite|deuxième|2e|2ème|maintenant"
    r"|despu[eé]s|luego|segund[ao]|2[ªº]|ahora",
    "第二次?|第2次?|然后|再",
)
_SHARE = re.compile(
    r"(?P<head>[^\d]{0,25}(?:(?:1|2)(?:er|re|st|nd|e|\.|ª|º)[^\d:]{0,15}[:,]?)?)\s?"
    r"(?P<part>\d{1,3})\s?(?P<colour>[^\W\d_]{2,14})?(?P<left>\s(?:left|remaining|übrig|restantes|marbles"
    r"|balls|boules|bolas|kugeln))?\s?(?:out of|of|sur|von|aus|de|unter|entre)\s?(?P<whole>\d{1,3})"
    r"(?:\s(?:left|in total|remaining|en tout))?\s?,?\s?(?:so|donc|also|entonces|luego|→|=>|⇒|="
    r"|:)\s?"
    r"(?:P\s?=\s?)?(?P<top>\d{1,3})\s?/\s?(?P<bottom>\d{1,3})",
    re.IGNORECASE,
)
_SAME_COLOUR = words(r"both|two|2|all|beide|zwei|les deux|deux|ambas?|ambos|dos|las dos", "都|两")
_KIND = re.compile(  # 10 chocolates, 3 of which are dark
    r"(?P<whole>\d{1,3})\s(?P<thing>[^\W\d_]{3,15})\s?,?\s?(?:and |und |y |et )?"
    r"(?:(?:of which |davon (?:sind )?|dont |de (?:los|las) cuales |of them )?(?P<part>\d{1,3})\s?"
    r"(?:of which|of them)?\s?(?:are|sind|son|sont)?\s?)(?P<kind>[^\W\d_]{3,14})",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"P\s?\(\s?(?:1st|first|1\.|erste[rns]?|1er|1re|1[ªº]|premi[eè]re?|primer[oa]?)\s?(?:one "
    r"|is |ist "
    r"|est |es )?(?P<kind>[^\W\d_]{3,14})\s?\)\s?=\s?(?P<top>\d{1,3})\s?/\s?(?P<bottom>\d{1,3})",
    re.IGNORECASE,
)


def is_drawn_share(text: str, task: Task) -> bool:
    """Whether counts and chance are those of the first draw, or of a second of the same colour."""
    story = plain_text(task.text)
    if len(text) > MAX_LENGTH:
        return False
    first = _FIRST.fullmatch(text)
    if first is not None:
        return _is_of_kind(first, story)
    share = _SHARE.fullmatch(text)
    counts = counts_by_colour(story) if share is not None else {}
    colour = colour_in(share["colour"] or share["head"]) if share is not None else None
    if share is None or colour not in counts:
        return False
    told = int(share["part"]), int(share["whole"])
    if (int(share["top"]), int(share["bottom"])) != told:
        return False
    part, whole = counts[colour], sum(counts.values())
    is_other = bool(_LEFT.search(text) or _OTHER_DRAW.search(share["head"]))
    if not is_other:
        return told == (part, whole)
    is_same = bool(_SAME_COLOUR.search(task.question)) and colour_in(task.question) == colour
    return is_same and is_without_replacement(story) and told == (part - 1, whole - 1)


def _is_of_kind(first: re.Match[str], story: str) -> bool:
    """Of 10 chocolates, 3 of which are dark."""
    told = list(_KIND.finditer(story))
    own = Fraction(int(first["top"]), int(first["bottom"])) if int(first["bottom"]) else None
    return (
        len(told) == 1
        and told[0]["kind"].casefold() == first["kind"].casefold()
        and (own == Fraction(int(told[0]["part"]), int(told[0]["whole"]) or 1))
    )
