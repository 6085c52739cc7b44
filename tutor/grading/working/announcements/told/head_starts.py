"""How far or how long one traveller is ahead of another, and their relative speed."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task, stated_in

_CLOCK = re.compile(r"(?<![\d.:])(\d{1,2})[.:h]([0-5]\d)(?!\d)(?:\s?(a\.?m|p\.?m))?", re.IGNORECASE)
_AHEAD = re.compile(
    r"[^\d=]{0,60}?(?P<minutes>\d{1,3})\s?(?:min(?:utes?|uten|utos)?|分钟?)[^\d=]{0,30}",
    re.IGNORECASE,
)
_AHEAD_WORDS = words(
    r"ahead|earlier|later|before|after|head start|start|vorsprung|früher|später|d'avance"
    r"|avance|plus tôt|plus tard"
    r"|retard|antes|después|ventaja|más tarde",
    "早|晚|先|后",
)
_RELATIVE = re.compile(
    r"(?:(?:the|la|die|el)\s)?(?:relative speed|closing speed|speed difference"
    r"|relativgeschwindigkeit"
    r"|geschwindigkeitsunterschied|vitesse relative|velocidad relativa|(?:相对速度|速度差"
    r"|速度和))\s?[=:：]?\s?"
    r"(?P<first>\d{1,4}(?:\.\d+)?)\s?(?P<sign>[-−+])\s?(?P<second>\d{1,4}(?:\.\d+)?)"
    r"(?:\s?=\s?(?P<value>\d{1,4}(?:\.\d+)?))?\s?(?:km/h|kmph|m/s|mph|千米/时|km/时|米/秒)?",
    re.IGNORECASE,
)
_SAME_WAY = words(
    r"catch\w{0,2}(?: up)?|caught|overtak\w{1,3}|same direction|same road|holt|einholen"
    r"|überholt|eingeholt|rattrap\w{1,4}"
    r"|alcanza\w{0,3}|misma dirección|même sens",
    "追|同向",
)
_TOWARDS = words(
    r"towards|toward|opposite|meet|entgegen|begegnen|treffen|se croisent|se rencontrent|l'un "
    r"vers l'autre"
    r"|se encuentran|uno hacia el otro|sentidos opuestos",
    "相向|相遇|反向|背向",
)


def judge_head_start(text: str, task: Task) -> ClaimResult | None:
    """Proved by the times and speeds of the statement; None for anything else."""
    text = text.strip(" .。,")
    is_right = _is_ahead(text, task) or _is_relative(text, task)
    return proved(ClaimRelation.EVALUATE) if is_right else None


def _is_ahead(text: str, task: Task) -> bool:
    """30 min, between 7.15 and 7.45."""
    match = _AHEAD.fullmatch(text)
    if match is None or not _AHEAD_WORDS.search(text):
        return False
    times = [_minutes(clock) for clock in _CLOCK.finditer(plain_text(task.text))]
    return len(times) == 2 and abs(times[1] - times[0]) == int(match["minutes"])


def _minutes(clock: re.Match[str]) -> int:
    hours = int(clock[1]) + 12 * (bool(clock[3]) and clock[3][0] in "pP" and int(clock[1]) < 12)
    return 60 * hours + int(clock[2])


def _is_relative(text: str, task: Task) -> bool:
    """100 - 80 = 20, where the faster one catches up; the sum where they meet."""
    match = _RELATIVE.fullmatch(text)
    if match is None:
        return False
    speeds = {q.number for q in stated_in(task) if dict(q.unit.dimension).get("s") == -1}
    first, second = Fraction(match["first"]), Fraction(match["second"])
    is_sum = match["sign"] == "+"
    fits = _TOWARDS if is_sum else _SAME_WAY
    value = first + second if is_sum else first - second
    is_value = match["value"] is None or Fraction(match["value"]) == value
    return {first, second} == speeds and value > 0 and is_value and bool(fits.search(task.text))
