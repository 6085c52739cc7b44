"""That people are chosen in any order: "order doesn't matter, so combinations", "3 of 10"."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.working.knowledge.counting.ways import group_in
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_LENGTH = 90
MAX_REST = 12  # letters beside both, such as "so use"
_NO_ORDER = re.compile(
    r"(?:the )?order (?:does ?n[o']t|is not|isn't|doesnt|does not) (?:matter|count|important)"
    r"|order (?:is )?irrelevant|(?:die )?reihenfolge (?:ist )?(?:egal|nicht wichtig|unwichtig"
    r"|spielt keine rolle|zählt nicht)|ohne (?:beachtung der )?reihenfolge"
    r"|l'ordre (?:ne compte pas|n'a pas d'importance|n'importe pas|ne joue pas)"
    r"|(?:el orden )?no importa el orden|el orden no (?:importa|cuenta)|sin importar el orden"
    r"|(?:与)?顺序无关|不(?:考虑|计|讲)顺序|没有顺序|无序",
    re.IGNORECASE,
)
_COMBINATIONS = words(
    r"combinations?|combinatoire|combinaisons?|combinaciones|combinaci[oó]n|kombination(?:en)?",
    "组合数?",
)
_OTHER = words(
    r"permutations?|permutaciones|permutation(?:en)?|variaciones|variation(?:en)?|arrangements?"
    r"|arreglos?|order matters",
    "排列",
)
_CHOSEN = words(
    r"cho[os]{1,2}\w{0,3}|select\w{0,3}|pick\w{0,3}|committees?|teams?|wähl\w{0,2}|gewählt|auswähl\w{0,2}"
    r"|choisi\w{0,4}|comités?|élit|elig\w{1,3}|elegir|escog\w{1,3}|equipos?",
    "选",
)
_CHOICE = re.compile(
    r"(?:(?:so |also |donc |hay que |tengo que |we |i |on |il faut |man |要|需要?)\s?){0,3}"
    r"(?:choose|pick|select|choosing|coger|elegir|escoger|elijo|cojo|choisir|choisit|wähl\w{1,2}"
    r"|auswählen|选|选出)\s?(?P<size>\d{1,3})\s?(?:people|persons|personas|personnes|personen"
    r"|alumnos|人)?\s?(?:of|from|out of|de|entre|parmi|aus|von)\s?(?:the |den |les |los )?"
    r"(?P<whole>\d{1,3})(?:\s[^\W\d_]{3,14})?",
    re.IGNORECASE,
)


def tells_group_choice(text: str, task: Task) -> bool:
    """Whether the statement chooses a group of that size of as many, without any roles."""
    if len(text) > MAX_LENGTH or _OTHER.search(text):
        return False
    story = plain_text(task.text)
    if (choice := _CHOICE.fullmatch(text)) is not None:
        told = Fraction(choice["size"]), Fraction(choice["whole"])
        return told[0] < told[1] and set(told) == task.numbers and bool(_CHOSEN.search(story))
    if group_in(story) is None:
        return False
    rest = _COMBINATIONS.sub("", _NO_ORDER.sub("", text))
    is_short = not re.search(r"\d|=(?!>)", rest) and len(re.sub(r"\W", "", rest)) <= MAX_REST
    return bool(_NO_ORDER.search(text)) and is_short
