"""Balls that are drawn from an urn: their colours, how many, and whether they are put back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.chances.probabilities import (
    expected_probability,
    is_product,
    is_sum,
)
from tutor.grading.working.knowledge.expected import ExpectedQuantity
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.small_numbers import COUNT, small_number
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

_COLOURS = {
    colour: number
    for number, group in enumerate(
        (
            "red|rote|roten|rot|rouges|rouge|rojas|rojos|roja|rojo|红",
            "blue|blaue|blauen|blau|bleues|bleus|bleue|azules|azul|蓝",
            "green|grüne|grünen|grün|vertes|verts|verte|verdes|verde|绿",
            "white|weiße|weißen|weiß|weisse|weissen|weiss|blanches|blanche|blancas|blanca|白",
            "black|schwarze|schwarzen|schwarz|noires|noire|negras|negra|黑",
            "yellow|gelbe|gelben|gelb|jaunes|jaune|amarillas|amarilla|黄",
        )
    )
    for colour in group.split("|")
}
_COLOUR = "|".join(sorted(_COLOURS, key=len, reverse=True))
_BALLS = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s{{0,3}}个?\s{{0,3}}(?:(?:boules|billes|jetons|bolas|fichas|canicas)\s)?({_COLOUR})",
    re.IGNORECASE,
)
_PART_OF_TOTAL = re.compile(  # of 12 balls, 5 are red
    r"(?:(?:of|von|sur|de|among|unter|parmi|entre)\s(?:the\s|den\s|les\s|las\s)?)?"
    rf"(?<![\d.])(\d{{1,3}})\s?(?:个|张|[^\W\d]{{2,15}})[^.。\d]{{0,40}}?(?<![\d.])(\d{{1,2}})\s?"
    rf"(?:个|张)?\s?(?:(?:of (?:them|which|these)|davon|are|sind|sont|son|是|为)\s?){{0,2}}"
    rf"({_COLOUR})",
    re.IGNORECASE,
)
_OF_TOTAL = words(
    r"of|von|sur|de|among|unter|parmi|entre|davon|denen|darunter|dont|cuales", "其中|中有"
)
_BESIDES = words(r"and|und|et|y|plus", "和")
_COLOUR_NAME = re.compile(rf"(?<![A-Za-z])({_COLOUR})(?![A-Za-z])", re.IGNORECASE)
_ALL = re.compile(
    rf"(?:both|all(?: of them)?|beide|alle|toutes?|deux|todas|ambas|都是?|全是?)"
    rf"[^.?。？]{{0,30}}?({_COLOUR})"
    rf"|(?:of|likely are|for) (?:two|three|2|3) ({_COLOUR})(?![a-z])"
    rf"|(?:两|二|三)(?:个)?球?(?:都|均)(?:是|为)({_COLOUR})",
    re.IGNORECASE,
)
_DRAWN = re.compile(
    rf"{COUNT}\s?(?:balls?|marbles?|counters?|beads?|sweets?|socks?|billes?|jetons?|canicas?|kugeln?"
    r"|boules?|bolas?|cards?|karten?|of them"
    r"|个(?!\s?[红蓝绿白黑黄])|are|werden|sont|se)|(?:draw|pick|take|ziehen|zieht|tire|sacan?|extraen?|取出?|摸出?)\s?"
    + COUNT,
    re.IGNORECASE,
)
_WITHOUT = words(
    r"without (?:replacement|replacing|putting)|(?:and|are) eaten"
    r"|(?:and )?eats? (?:it|them|both|two|three|2|3)|takes? (?:two|three|2|3)"
    r"|at once|together|simultaneously"
    r"|ohne zurücklegen|sans remise|sin (?:reempla(?:zo|zamiento|zar)"
    r"|reposición|devolución)|not replaced|gleichzeitig",
    "不放回|一次(?:随机|任意)?(?:摸|取)出|同时(?:摸|取)出?",
)
_WITH = words(
    r"with replacement|mit zurücklegen|avec remise|is replaced"
    r"|con (?:reemplazo|reemplazamiento|reposición|devolución)",
    "(?<!不)放回",
)


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    text = plain_text(task.text)
    yield from _draws(text)
    yield from _single_draws(text)
    yield from _pairs(text)


def counts_by_colour(text: str) -> dict[int, int]:
    """Of the balls that a statement has; -1 for the rest of 12 balls of which 5 are red."""
    counts = {_COLOURS[colour.casefold()]: int(number) for number, colour in _BALLS.findall(text)}
    part = _PART_OF_TOTAL.search(text)
    if len(counts) > 1 or part is None or not _OF_TOTAL.search(part[0]):
        return counts
    if _BESIDES.search(part[0]):
        return counts  # a bag of 12 marbles and 5 red buttons
    colour, total, number = _COLOURS[part[3].casefold()], int(part[1]), int(part[2])
    others = {_COLOURS[other.casefold()] for other in _COLOUR_NAME.findall(text)} - {colour}
    if number >= total or len(others) > 1 or not counts.items() <= {colour: number}.items():
        return counts
    return {colour: number, others.pop() if others else -1: total - number}


def colour_counts(text: str) -> list[int]:
    return list(counts_by_colour(text).values())


def colour_in(event: str) -> int | None:
    """The only colour that it names."""
    colours = {_COLOURS[colour.casefold()] for colour in _COLOUR_NAME.findall(event)}
    return colours.pop() if len(colours) == 1 else None


def colours_by_initial(text: str) -> dict[str, int]:
    """Without those that begin as another one does: B of blue and black."""
    colours: dict[str, set[int]] = {}
    for name in _COLOUR_NAME.findall(text):
        colours.setdefault(name[0].upper(), set()).add(_COLOURS[name.casefold()])
    return {initial: named.pop() for initial, named in colours.items() if len(named) == 1}


def is_with_replacement(text: str) -> bool:
    return bool(_WITH.search(text))


def is_without_replacement(text: str) -> bool:
    return bool(_WITHOUT.search(text))


_ONE_DRAWN = words(
    r"(?:one|a|an) (?:ball|marble|bead|counter|sweet|card)|one (?:of them )?is|at random"
    r"|eine kugel|zufällig"
    r"|une (?:boule|bille)|au hasard|una (?:bola|canica)|al azar",
    "任取|任意|随机|摸出|取出",
)
_ONE_DRAWN_IN_CHINESE = re.compile(r"(?:取|摸)出?(?:一|1)\s?[个球]")
_ASKED_COLOUR = re.compile(
    r"(?:it|is|sie|ist|soit|sea|(?:of|likely is|for) (?:an?|drawing an?|getting an?)|eine|une|una"
    r"|到|是|为)"
    rf"\s?({_COLOUR})",
    re.IGNORECASE,
)
_NOT = words(r"not|no|nicht|keine?|pas|non", "不|没")


def single_draw_in(text: str) -> tuple[int, tuple[int, ...]] | None:
    """How many balls have the colour that is asked for, and all numbers of balls."""
    counts = counts_by_colour(text)
    asked = _ASKED_COLOUR.findall(text)
    is_several = _number_drawn(text, counts) > 1
    is_single = bool(_ONE_DRAWN.search(text)) and not is_several
    is_single = is_single or bool(_ONE_DRAWN_IN_CHINESE.search(text))
    if len(counts) < 2 or not asked or not is_single or _NOT.search(text):
        return None
    favourable = counts.get(_COLOURS[asked[-1].casefold()])
    return (favourable, tuple(counts.values())) if favourable else None


def _number_drawn(text: str, counts: Mapping[int, int]) -> int:
    """2 of "5 of 12 balls are red, 2 balls are drawn"; 0 where nothing tells it."""
    numbers = [
        small_number(match[1] or match[2])
        for match in _DRAWN.finditer(text)
        if not _COLOUR_NAME.match(text, match.end() + 1)  # 5 are red
    ]
    numbers = [number for number in numbers if number != sum(counts.values())]
    others = [number for number in numbers if number not in counts.values()]
    return (others or numbers or [0])[0]


def _single_draws(text: str) -> Iterator[ExpectedQuantity]:
    draw = single_draw_in(text)
    if draw is not None:
        yield expected_probability(Fraction(draw[0], sum(draw[1])))


_SAME = words(
    r"same colou?r|gleiche\w{0,2} farbe|gleichfarbig\w{0,2}|même couleur|mismo color",
    "颜色相同|同色|相同颜色",
)
_DIFFERENT = words(
    r"different colou?rs?|(?:verschiedene|unterschiedliche)\w{0,2} farben?|verschiedenfarbig\w{0,2}"
    r"|couleurs? différentes?|(?:distinto|diferente) color|colores (?:distintos|diferentes)",
    "颜色不同|不同颜色|异色",
)


def _pairs(text: str) -> Iterator[ExpectedQuantity]:
    """Two balls of the same colour, or of two colours, as the statement asks."""
    counts = counts_by_colour(text)
    is_same, is_put_back = bool(_SAME.search(text)), is_with_replacement(text)
    is_told = is_same != bool(_DIFFERENT.search(text)) and is_put_back != is_without_replacement(
        text
    )
    total = sum(counts.values())
    if not is_told or len(counts) < 2 or _number_drawn(text, counts) != 2 or _NOT.search(text):
        return
    taken = 0 if is_put_back else 1
    same = sum(Fraction(n * (n - taken), total * (total - taken)) for n in counts.values())
    yield expected_probability(Fraction(same if is_same else 1 - same))


@dataclass(frozen=True, slots=True)
class Draw:
    """Several balls, all of them to be of one colour. favourable: balls of that colour."""

    total: int
    favourable: int
    times: int
    is_replaced: bool


def draw_in(text: str) -> Draw | None:
    """None where the words do not tell all of it."""
    counts = counts_by_colour(text)
    times, asked = _number_drawn(text, counts), _ALL.search(text)
    is_without, is_with = bool(_WITHOUT.search(text)), bool(_WITH.search(text))
    if len(counts) < 2 or asked is None or is_without == is_with:
        return None
    favourable = counts.get(_COLOURS[(asked[1] or asked[2] or asked[3]).lower()], 0)
    if not 2 <= times <= favourable:
        return None
    return Draw(sum(counts.values()), favourable, times, is_with)


def _draws(text: str) -> Iterator[ExpectedQuantity]:
    """Balls of one colour, with or without replacement."""
    draw = draw_in(text)
    if draw is None:
        return
    favourable, times, total = draw.favourable, draw.times, draw.total
    with_return = Fraction(favourable, total) ** times
    removed = Fraction(comb(favourable, times), comb(total, times))
    if draw.is_replaced:
        added = Fraction(favourable * times, total)
        yield expected_probability(with_return, (Slip.ADDED_PROBABILITIES, added, is_sum))
        return
    steps = (Fraction(favourable - n, total - n) for n in range(times))
    yield expected_probability(
        removed,
        (Slip.WITH_REPLACEMENT, with_return, is_product),
        (Slip.ADDED_PROBABILITIES, sum(steps, Fraction(0)), is_sum),
    )
