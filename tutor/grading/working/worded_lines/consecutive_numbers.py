"""Consecutive numbers that a line writes with one letter: "numbers: n, n + 2 and n + 4".

Also their sum, as the statement tells it: n + (n + 2) + (n + 4) = 87.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    refuted,
    unchecked,
)
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.counting_words import numbers_in_words
from tutor.grading.working.task import Task

_MEMBER = r"(?:2\s?)?[a-z](?:\s?[+−-]\s?\d{1,2})?"
_LINE = re.compile(
    rf"(?:[^\W\d_]{{2}}[^\d=:：()]{{0,40}}?[\s:：=为是]\s?)?(?P<members>\(?{_MEMBER}\)?"
    rf"(?:\s?(?:,|，|、|and|und|et|y|和|与)\s?\(?{_MEMBER}\)?){{1,4}})"
    r"(?:\s(?:with|mit|avec|con)\s[a-z]\s[^\W\d_]{3,10}| even| odd| gerade| ungerade)?[\s.]{0,2}"
)
_SUM = re.compile(  # n + (n+2) + (n+4) = 87
    rf"(?:[^\W\d_]{{3,12}}\s?:\s?)?(?P<members>\(?{_MEMBER}\)?(?:\s?\+\s?\({_MEMBER}\)){{1,4}})"
    r"\s?=\s?(?P<total>\d{1,6})[\s.]{0,2}"
)
_TOTAL = words(r"sums?|add(?:s|ed)?(?: up)? to|summe|somme|suma", "和")
_TERM = re.compile(r"(?<![A-Za-z\d])(2?)\s?([a-z])(?![A-Za-z])(?:\s?([+−-])\s?(\d{1,2}))?")
_SPANISH_AND = re.compile(r"\sy\s")
CONSECUTIVE = words(
    r"consecutive|in a row|aufeinander\w{0,10}|consécuti\w{1,4}|consecutiv\w{1,3}", "连续|相邻"
)
_PARITY = r"(?:even|odd|(?:un)?gerade\w{0,2}|(?:im)?pairs?|(?:im)?pares?)"
_BY_TWOS = re.compile(  # not "the sum of two consecutive integers is odd"
    rf"(?:consecutive|aufeinander\w{{0,10}}|consécuti\w{{1,4}}|consecutiv\w{{1,3}})"
    rf"\s(?:(?!is|ist|est|es\b)[^\W\d_]{{2,12}}\s)?{_PARITY}(?![^\W\d_])"
    rf"|(?<![^\W\d_]){_PARITY}\s(?:[^\W\d_]{{2,12}}\s)?"
    r"(?:consecutive|in a row|aufeinander|consécuti|consecutiv)"
    r"|(?:连续|相邻)的?[两三四五]?个?[偶奇]",
    re.IGNORECASE,
)
_APART = re.compile(
    r"(?:differ by|unterscheiden sich um|differenz (?:von|ist)|diffèrent de"
    r"|difieren en|相差|差为)\s?(\d{1,2})",
    re.IGNORECASE,
)


def judge_consecutive(text: str, task: Task) -> ClaimResult | None:
    """Given where they are as far apart as the statement says; refuted for even x and x + 1."""
    step = _step(task.text)
    line = _LINE.fullmatch(text.strip()) or _told_sum(text.strip(), task)
    if step is None or line is None:
        return None
    listed = _SPANISH_AND.sub(",", line["members"])
    members = [match.groups() for match in _TERM.finditer(listed)]
    terms = {(factor, letter) for factor, letter, _, _ in members}
    letters = {letter for _, letter in terms}
    if len(letters) > 1:
        return None
    offsets = [int((sign or "+").replace("−", "-") + (size or "0")) for _, _, sign, size in members]
    gaps = {later - earlier for earlier, later in pairwise(offsets)}
    if len(terms) != 1 or not _has_count(offsets, task):
        return None
    if gaps == {1} and step == 2 and ("2", *letters) not in terms:
        return refuted(ClaimRelation.DEFINE, Witness({}, "1", "2"), Slip.SET_UP)
    return unchecked(ClaimRelation.DEFINE) if gaps == {step} else None


def _told_sum(text: str, task: Task) -> re.Match[str] | None:
    """n + (n + 2) + (n + 4) = 87, where the statement says that their sum is 87."""
    line = _SUM.fullmatch(text)
    is_told = line is not None and Fraction(line["total"]) in task.numbers
    return line if is_told and _TOTAL.search(task.text) else None


def _step(text: str) -> int | None:
    if apart := _APART.search(text):
        return int(apart[1])
    if CONSECUTIVE.search(text) is None:
        return None
    return 2 if _BY_TWOS.search(text) else 1


def _has_count(offsets: list[int], task: Task) -> bool:
    small = {Fraction(number) for number in range(2, 6)} & set(numbers_in_words(task.text))
    return not small or Fraction(len(offsets)) in small
