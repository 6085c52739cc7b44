"""Letters for what the statement gives: "C=2000, r=0.05, t=3", "n=8, k=3", "Hyp = 12, α = 35°"."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, unchecked
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.counting_words import with_decimal_points, with_digits
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_PIECES = 5
_NUMBER = r"\d{1,9}(?:\.\d{1,6})?"
_PIECES = re.compile(r"\s?(?:[,;，；、]\s?|\s{2,}|\b(?:and|und|et|y)\b\s?)")
_OPENING = re.compile(
    r"^\s?(?:geg(?:eben)?\.?|given|donn[ée]+e?s?|datos|gegebene?s?|已知|with|mit|avec|con|here|hier|ici)"
    r"\s?[:：]?\s?(?=[A-Za-zα-γ])",
    re.IGNORECASE,
)
_LETTER = re.compile(
    rf"(?P<name>[A-Za-zα-γ](?:_?0|₀)?|[A-Za-z][a-z]{{1,11}}\.?)\s?[=:：]\s?"
    rf"(?P<number>{_NUMBER})\s?(?P<unit>%|°|[€$£元]|[A-Za-zé年个]{{0,8}})"
)
_CHOSEN = re.compile(  # cojo 3
    r"(?:i |we |je |on |ich |wir )?(?:choose|pick|take|cojo|elijo|escojo|elegir|tomo|wähle|nehme"
    rf"|ziehe|choisis|prends|choisit|选|取|选出|取出)\s?(?P<number>{_NUMBER})(?:\s?个)?",
    re.IGNORECASE,
)
_SOUGHT = re.compile(
    r"(?:[A-Za-z]{1,3}|[^\W\d_]{3,14}\.?)\s?=\s?(?:[a-z]|\?)\s?"
    r"(?:gesucht|sought|unknown|wanted|ges\.?|cherchée?|inconnue?|buscad[oa]|incógnita|\?|所求|未知)?",
    re.IGNORECASE,
)
_INTEREST = words(
    r"interest|invest\w{0,4}|compounded|deposit\w{0,3}|(?:ver)?zins\w{0,5}|intérêts?|interés"
    r"|placée?|depositan?",
    "利率|利息|存款|年利",
)
_COUNTS = words(
    r"how many|in how many|wie ?viele|combien|cuánt[ao]s|de cuántas", "多少种|几种|多少个"
)
_CHOICES = words(
    r"committees?|choose|chosen|select\w{0,2}|ways|auswähl\w{0,4}|ausgewählt|wähl\w{1,3}"
    r"|möglichkeiten|comités?|choisi\w{0,3}|façons|elegir\w{0,3}|formar|formas|maneras|équipes?"
    r"|teams?",
    "选|排法|种",
)
_YEARS = r"\s{0,3}(?:years?|jahren?|ans|années|años|年)"
_MONEY = r"(?:[€$£¥₹¤元]|euros?|dollars?)"
_CAPITAL, _RATE, _SPAN = frozenset("CKPAVGSB"), frozenset("ripqtj"), frozenset("ntTNa")
_HYPOTENUSE = words(r"hyp(?:ot[eé]nuse|\.)?|hipotenusa|hip\.?|hyp", "斜边")
_RIGHT_TRIANGLES = words(
    r"right[- ]?(?:angled )?triangle|rechtwinklig\w{0,2}|rectangle|rectángulo", "直角三角形"
)
_ANGLES = frozenset(["α", "β", "γ", "a", "A", "B", "C", "θ", "angle", "winkel", "ángulo"])


def judge_given_letters(text: str, task: Task) -> ClaimResult | None:
    """Given where each letter has its number of the statement; None for anything else."""
    pieces = [p.strip() for p in _PIECES.split(_OPENING.sub("", text.strip(" .。"))) if p.strip()]
    if not 0 < len(pieces) <= MAX_PIECES:
        return None
    story = with_decimal_points(with_digits(plain_text(task.text)))
    is_told = (
        _tells_interest(pieces, story)
        or _tells_choice(pieces, story, task)
        or _tells_triangle(pieces, story)
    )
    return unchecked(ClaimRelation.DEFINE) if is_told else None


def _tells_interest(pieces: list[str], story: str) -> bool:
    matches = [_LETTER.fullmatch(piece) for piece in pieces]
    names = {match["name"] for match in matches if match}
    if not _INTEREST.search(story) or None in matches or len(names) < len(matches):
        return False
    return all(_is_of_interest(match, story, names) for match in matches if match)


def _is_of_interest(match: re.Match[str], story: str, names: set[str]) -> bool:
    """Capital with its currency, the rate in percent or as a decimal, and the years."""
    name, number = match["name"].rstrip("_0₀"), re.escape(match["number"])
    capital = rf"(?<![\d.]){number}\s{{0,3}}{_MONEY}|{_MONEY}\s{{0,3}}{number}(?![\d.]*\d)"
    if name in _CAPITAL and match["unit"] != "%":
        return re.search(capital, story) is not None
    years = re.search(rf"(?<![\d.]){number}{_YEARS}", story, re.IGNORECASE) is not None
    if name in _SPAN and years and match["unit"] != "%":
        return True
    percents = {Fraction(p) for p in re.findall(rf"({_NUMBER})\s{{0,3}}%", story)}
    told = Fraction(match["number"]) * (1 if match["unit"] == "%" else 100)
    is_plain = name == "p" and match["unit"] == "" and Fraction(match["number"]) in percents
    return name in _RATE and (told in percents or is_plain) and len(percents) == 1


def _tells_choice(pieces: list[str], story: str, task: Task) -> bool:
    """n of the things, and how many of them are chosen."""
    if len(pieces) != 2 or not (_COUNTS.search(story) and _CHOICES.search(story)):
        return False
    whole = re.fullmatch(r"n\s?=\s?(\d{1,3})", pieces[0])
    part = re.fullmatch(r"[krpm]\s?=\s?(?P<number>\d{1,3})", pieces[1]) or _CHOSEN.fullmatch(
        pieces[1]
    )
    if whole is None or part is None or len(task.numbers) != 2:
        return False
    numbers = Fraction(whole[1]), Fraction(part["number"])
    return numbers[0] > numbers[1] and set(numbers) == set(task.numbers)


def _tells_triangle(pieces: list[str], story: str) -> bool:
    """The hypotenuse and the angle as they are told, and a side that is sought."""
    if not _RIGHT_TRIANGLES.search(story):
        return False
    kinds = [_kind_in_triangle(piece, story) for piece in pieces]
    return all(kinds) and any(kind != "sought" for kind in kinds)


def _kind_in_triangle(piece: str, story: str) -> str:
    match = _LETTER.fullmatch(piece)
    if match is None:
        return "sought" if _SOUGHT.fullmatch(piece) else ""
    number = rf"(?<![\d.]){re.escape(match['number'])}(?![\d.]*\d)"
    if _HYPOTENUSE.fullmatch(match["name"].rstrip(".")):
        named = re.search(rf"{_HYPOTENUSE.pattern}", story, re.IGNORECASE)
        behind = story[named.end() :] if named else ""
        first = re.search(_NUMBER, behind)
        return "side" if first is not None and re.fullmatch(number, first[0]) else ""
    is_angle = match["name"] in _ANGLES and match["unit"] == "°"
    return "angle" if is_angle and re.search(rf"{number}\s?(?:°|\^)", story) else ""
