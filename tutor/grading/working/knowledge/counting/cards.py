"""The chances of one card drawn from a pack: P(king) = 4/52, P(heart or king) = 16/52."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from tutor.grading.working.knowledge.formulas import words

CARDS = words(
    r"(?:playing )?cards?|pack|deck|(?:spiel)?karten?|kartenspiel|skatspiel|skatblatt|cartes?"
    r"|baraja|cartas?|naipes?",
    "扑克|纸牌|牌",
)
_SIZE = re.compile(r"(?<![\d.,])(52|32)(?![\d.,]*\d)")
_SEVERAL_DRAWN = re.compile(
    r"\b(?:two|three|four|five|[2-5]|zwei|drei|vier|fünf|deux|trois|quatre|cinq|dos|tres|cuatro"
    r"|cinco) (?:cards|karten|cartes|cartas|naipes)|(?<!\d)[两二三四五2-5]张",
    re.IGNORECASE,
)
RANKS = {
    rank: words(latin, chinese)
    for rank, latin, chinese in (
        ("ace", r"aces?|ass?|asse|ases", r"A(?![A-Za-z])"),
        ("king", r"kings?|könige?|rois?|rey(?:es)?", r"K(?![A-Za-z])"),
        ("queen", r"queens?|damen?|dames?|reinas?", r"Q(?![A-Za-z])"),
        ("jack", r"jacks?|knaves?|buben?|valets?|jotas?", r"J(?![A-Za-z])"),
    )
}
_PIPS = re.compile(r"(?<![\d/.])(10|[2-9])(?![\d/.])")
_SUITS = {
    suit: words(latin, chinese)
    for suit, latin, chinese in (
        ("heart", r"hearts?|herz\w{0,2}|cœurs?|coeurs?|corazon(?:es)?|corazón", "红桃|红心"),
        ("diamond", r"diamonds?|karo\w?|carreaux?|diamantes?", "方块|方片"),
        ("spade", r"spades?|pik\w?|piques?|picas?", "黑桃"),
        ("club", r"clubs?|kreuz\w?|trèfles?|tréboles?|trébol", "梅花"),
    )
}
_COLOURS = {
    words(r"red|rote?\w?|rouges?|roj[ao]s?", "红色"): ("heart", "diamond"),
    words(r"black|schwarze?\w?|noires?|negr[ao]s?", "黑色"): ("spade", "club"),
}
_PICTURES = words(
    r"(?:face|picture|court)(?: cards?)?|bildkarten?|bild(?:er)?|figures?|figuras?", "人头牌|花牌"
)
_OR = re.compile(r"\bor\b|\boder\b|\bou\b|\bo\b|∪|或")
_REFUSED = words(
    r"not|no|nicht|kein\w{0,2}|pas|given|both|then|dann|first|second|neither|puis|luego",
    r"不|没|\||¬",
)
_GERMAN = re.compile(r"(?<![A-Za-zÀ-ÿ])(Herz|Karo|Pik|Kreuz)-?(?=[A-Za-zÄÖÜäöü])", re.IGNORECASE)
_ALL_RANKS = (*RANKS, *map(str, range(2, 11)))
Card = tuple[str, str]


def chances_in_pack(event: str, statement: str) -> Iterator[Fraction]:
    """What the event may have as its chance; none where the words do not tell enough."""
    pack = _pack_of(statement)
    wanted = _named(event, pack)
    if wanted:
        yield Fraction(len(wanted), len(pack))


def counted_twice(event: str, statement: str) -> Fraction | None:
    """17/52 for a king or a heart, with the king of hearts in both; None where nothing is."""
    pack = _pack_of(statement)
    parts = [_named(part, pack) for part in _OR.split(event)]
    total = sum(map(len, parts))
    if not all(parts) or total == len(set().union(*parts)):
        return None
    return Fraction(total, len(pack))


def _pack_of(statement: str) -> set[Card]:
    """Of which one card is drawn; empty for any other statement."""
    size = _SIZE.search(statement)
    if size is None or not CARDS.search(statement) or _SEVERAL_DRAWN.search(statement):
        return set()
    return set(_cards(int(size[1])))


def _cards(size: int) -> Iterator[Card]:
    """Of 32 cards, the lowest are the sevens."""
    low = range(2, 7) if size == 32 else ()
    ranks = (rank for rank in _ALL_RANKS if rank not in map(str, low))
    return product(ranks, _SUITS)


def _named(event: str, pack: set[Card]) -> set[Card]:
    """Empty for an event that is not only about ranks and suits."""
    if _REFUSED.search(event):
        return set()
    groups = [_matching(part, pack) for part in _OR.split(_GERMAN.sub(r"\1 ", event))]
    return set().union(*groups) if all(groups) else set()


def _matching(words_of_event: str, pack: set[Card]) -> set[Card]:
    """The king of hearts, the red queens, the hearts."""
    ranks = {rank for rank, pattern in RANKS.items() if pattern.search(words_of_event)}
    ranks |= set(_PIPS.findall(words_of_event))
    if _PICTURES.search(words_of_event):
        ranks |= {"king", "queen", "jack"}
    suits = {suit for suit, pattern in _SUITS.items() if pattern.search(words_of_event)}
    for pattern, coloured in _COLOURS.items():
        suits |= set(coloured) if pattern.search(words_of_event) else set()
    if not ranks and not suits:
        return set()
    return {
        card for card in pack if (not ranks or card[0] in ranks) and card[1] in (suits or _SUITS)
    }
