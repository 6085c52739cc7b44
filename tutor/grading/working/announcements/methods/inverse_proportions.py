"""That two quantities are inversely proportional: "es inversa: más obreros, menos días"."""

from __future__ import annotations

import re

from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

MAX_LENGTH = 110
_INVERSE = words(
    r"(?:it'?s |is |das ist |ist |c'est |es )?(?:(?:an? |una |eine )?(?:regla de tres |"
    r"proporci(?:ó|o)n |relaci(?:ó|o)n |règle de trois )?(?:inversa|inverse)"
    r"(?: proportion| proportionality)?"
    r"|inversely proportional|inversement proportionnel\w{0,3}|antiproportional\w{0,2}"
    r"|umgekehrt(?: proportional)?|inversamente proporcional(?:es)?|indirekt proportional)",
    "反比例|成反比",
)
_WORKERS = (
    r"(?:workers?|men|people|pumps?|taps?|machines?|painters?|arbeiter|pumpen?|maschinen?|bagger|leute"
    r"|maler|ouvriers?|pompes?|robinets?|peintres?|obreros?|bombas?|grifos?|máquinas?|trabajadores"
    r"|pintores|工人|水泵|机器|人)"
)
_TIME = (
    r"(?:days?|hours?|minutes?|time|tagen?|tage?|stunden?|minuten|zeit|jours?|heures?|temps"
    r"|d[ií]as?|horas?|minutos?|tiempo|天|小时|分钟|时间)"
)
_REASON = re.compile(
    rf"(?:(?P<more>more|mehr|plus (?:de |d')|m[aá]s|越多)|(?:less|fewer|weniger|moins (?:de |d')"
    rf"|menos))\s?(?:(?P<time>{_TIME})|{_WORKERS})(?![^\W\d_])",
    re.IGNORECASE,
)
_DIRECT = words(r"direct\w{0,2}|direkt|proportionnelle|no|not|nicht|pas", "正比|不")
_AMOUNT = words(r"more|mehr|plus|m[aá]s|less|fewer|weniger|moins|menos", "多|少")
_ASKS_TIME = re.compile(
    rf"{_TIME}|how long|wie lange|combien de temps|mettr|tard|多久|几天|多长时间", re.IGNORECASE
)


def is_inverse(text: str, task: Task) -> bool:
    """Whether more workers need less time, as the reason says where there is one."""
    if len(text) > MAX_LENGTH or not _INVERSE.search(text) or _DIRECT.search(text):
        return False
    if re.search(r"\d", text) or not re.search(_WORKERS, task.text, re.IGNORECASE):
        return False
    if not _ASKS_TIME.search(task.question):
        return False
    reasons = list(_REASON.finditer(text))
    if len(reasons) != len(_AMOUNT.findall(text)):
        return False
    return not reasons or {(bool(r["more"]), bool(r["time"])) for r in reasons} in (
        {(True, False), (False, True)},
        {(False, False), (True, True)},
    )
