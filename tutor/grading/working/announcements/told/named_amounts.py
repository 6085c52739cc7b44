"""Amounts with the unknown in them: "padre 40+x, hijo 10+x", "x = kg cheap, 20 - x = kg dear"."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved, unchecked
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.counting_words import with_decimal_points, with_digits
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_LENGTH = 110
MAX_PIECES = 3
_PIECES = re.compile(r"\s?(?:[,;，；、]\s?|\b(?:and|und|et|y)\b\s?)")
_NAME = r"(?P<name>[^\W\d_]{1,20}(?:\s[A-Za-z])?)"
_AGE = re.compile(
    rf"(?:the |der |die |le |la |el |his |ihr |sein )?{_NAME}\s?[:：=]?\s?"
    rf"(?:(?P<age>\d{{1,3}})\s?\+\s?(?P<letter>[a-z])|(?P<last>[a-z])\s?\+\s?(?P<behind>\d{{1,3}}))",
    re.IGNORECASE,
)
_YEARS_SOUGHT = words(
    r"in how many years|how many years|wie ?vielen? jahren|in wie vielen|dans combien d['’]années"
    r"|dans combien d['’]ans|dentro de cuántos años|cuántos años (?:deben|tienen que) pasar",
    "几年后|多少年后|经过多少年",
)
_FIRST = re.compile(r"(?P<letter>[a-z])\s?(?:=|:|：)\s?(?P<words>[^=\d+*/]{2,50})")
_REST = re.compile(
    r"\(?(?P<total>\d{1,5}(?:\.\d{1,3})?)\s?[-−]\s?(?P<letter>[a-z])\)?\s?(?:=|:|：)?\s?"
    r"(?P<words>[^=\d+*/]{2,50})"
)
_UNIT = re.compile(
    r"(?<![^\W\d_])(kg|g|l|ml|litres?|liters?|litros?|kilos?|t|€|克|千克|升)(?![^\W\d_])"
)
_RATE = re.compile(
    rf"(?:(?:in|per|pro|por|par|each|every|one|1|en)\s(?:einer?\s|une\s|una\s|1\s)?"
    rf"(?:h|hour|std\.?|stunde|heure|hora|day|tag|jour|día|min|minute)\s)?"
    rf"{_NAME}\s?(?:[:：=]|does|fills|makes|schafft|füllt|leert|macht|fait|remplit|vide|hace|llena"
    rf"|vacía|每(?:小时|天|分钟)?完?成?|的?效率)?\s?"
    rf"(?:(?:in|per|pro|por|par|each|en|a|/)\s?(?:einer?\s|une\s|una\s|1\s)?"
    rf"(?:h|hour|std\.?|stunde|heure|hora|day|tag|jour|día|min|minute)\s?[:=]?\s?)?"
    rf"1\s?/\s?(?P<time>\d{{1,3}})(?:\s?(?:of the |des |du |del |de la )?(?:\w{{3,12}}))?"
    rf"(?:\s?(?:/|per|pro|por|par|each)\s?(?:h|hour|std\.?|stunde|heure|hora|day|tag|jour|día|min))?",
    re.IGNORECASE,
)
_TIMES = (
    r"\s?(?:h|hours?|std\.?|stunden?|heures?|horas?|days?|tage?n?|jours?|días?|min\w{0,4}"
    r"|小时|天|分钟)"
)


def judge_named_amounts(text: str, task: Task) -> ClaimResult | None:
    """Given, or proved for rates of work, where the statement has it so; None otherwise."""
    pieces = [piece.strip() for piece in _PIECES.split(text.strip(" .。")) if piece.strip()]
    if len(text) > MAX_LENGTH or not 1 < len(pieces) <= MAX_PIECES:
        return None
    story = with_decimal_points(with_digits(" ".join(plain_text(task.text).split())))
    if _are_later_ages(pieces, story) or _are_parts(pieces, story):
        return unchecked(ClaimRelation.DEFINE)
    is_right = _are_rates(pieces, " ".join(plain_text(task.text).split()))
    return proved(ClaimRelation.EVALUATE) if is_right else None


def _are_later_ages(pieces: list[str], story: str) -> bool:
    """Whether the same number of years is added to the age of each."""
    ages = [_AGE.fullmatch(piece) for piece in pieces]
    letters = {age["letter"] or age["last"] for age in ages if age}
    if not _YEARS_SOUGHT.search(story) or None in ages or len(letters) != 1:
        return False
    return all(_stands_near(age["name"], age["age"] or age["behind"], story) for age in ages if age)


def _stands_near(name: str, number: str, story: str) -> bool:
    """Whether it is the first number behind the name, in its clause."""
    stem = re.escape(name.split()[0][: max(2, min(len(name) - 1, 5))])
    told = re.search(rf"(?<![^\W\d_]){stem}[^\W\d_]*[^\d.?!]{{0,30}}?(?P<n>\d{{1,4}})(?![\d.]*\d)",
                     story, re.IGNORECASE)  # fmt: skip
    return told is not None and told["n"] == number


def _are_parts(pieces: list[str], story: str) -> bool:
    """x of one kind, and the others of all the kilograms that the statement tells."""
    if len(pieces) != 2:
        return False
    first, rest = _FIRST.fullmatch(pieces[0]), _REST.fullmatch(pieces[1])
    if first is None or rest is None or first["letter"] != rest["letter"]:
        return False
    units = [_UNIT.search(part["words"]) for part in (first, rest)]
    if None in units or units[0][1] != units[1][1] or first["words"] == rest["words"]:  # type: ignore[index]
        return False
    unit = re.escape(units[0][1])  # type: ignore[index]
    amounts = re.findall(
        rf"(?<![\d.])(\d{{1,5}}(?:\.\d{{1,3}})?)\s{{0,2}}{unit}(?![^\W\d_/])", story
    )
    return set(map(Fraction, amounts)) == {Fraction(rest["total"])}


def _are_rates(pieces: list[str], story: str) -> bool:
    """1/6 an hour for A, who needs 6 hours."""
    rates = [_RATE.fullmatch(piece) for piece in pieces]
    if None in rates or len({rate["name"] for rate in rates if rate}) < len(rates):
        return False
    return all(_takes(rate["name"], rate["time"], story) for rate in rates if rate)


def _takes(name: str, time: str, story: str) -> bool:
    last = re.escape(name.split()[-1])
    told = re.search(
        rf"(?<![^\W\d_]){last}(?![A-Za-z])[^\d.?!]{{0,50}}?(?P<n>\d{{1,3}}){_TIMES}(?![^\W\d_])",
        story,
        re.IGNORECASE,
    )
    return told is not None and told["n"] == time
