"""Quantities of a story that a line names: "width w, length w + 3", "Leo = L, Mia = L+5"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, unchecked
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.counting_words import with_decimal_points, with_digits
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

STEM = 4  # letters that a plural and what it is of have in common
_OTHER_WORDS = {"kids": "children", "kid": "child", "grown-ups": "adults", "niños": "infantil"}
MAX_NAMES = 4  # in one line
_NUMBER = r"\d{1,6}(?:\.\d{1,4})?"
_IS = r"\s{0,2}(?:=|:|：|is|are|ist|sind|est|es|为|是)?\s{0,2}"
_TERM = (
    rf"(?:(?P<factor>{_NUMBER}|1/\d|½)\s?[*·×]?\s?)?(?P<letter>[A-Za-z])(?P<divisor>/\d)?"
    rf"(?:\s?(?P<sign>[+−-])\s?(?P<summand>{_NUMBER}))?"
)
_NAMED = re.compile(
    rf"(?P<name>[^\d=:+*()]{{2,40}}?){_IS}(?<![A-Za-z]){_TERM}(?:\s?[^\W\d_]{{1,3}})?"
)
_AGE = re.compile(rf"(?:[^\W\d_]{{2,12}}{_IS})?{_TERM}")
_LETTER_FIRST = re.compile(rf"{_TERM}\s{{0,2}}(?:=|:|：)\s{{0,2}}(?P<name>[^\d=:+*()]{{2,40}})")
_COUNTED = re.compile(
    r"(?P<letter>[a-z])(?P<factor>)(?P<divisor>)(?P<sign>)\s(?P<name>[^\W\d_]{3,20})"
)
_REST = re.compile(  # 30 - x rabbits
    rf"(?P<total>{_NUMBER})\s?[-−]\s?(?P<letter>[a-z])\s(?P<name>[^\W\d_]{{3,20}})"
    rf"|(?P<name_first>[^\W\d_]{{3,20}}){_IS}(?P<total_behind>{_NUMBER})\s?[-−]\s?(?P<last>[a-z])"
)
_ALL_OF_THEM = (
    r"\s?(?:\w{1,12}\s)?(?:heads?|animals?|coins?|tickets?|notes?|stamps?|köpfe?|tiere?|münzen?"
    r"|karten|scheine?|têtes?|animaux|pièces?|billets?|cabezas?|animales|monedas?|entradas?|头)"
)
_PIECES = re.compile(
    r"\s?(?:[,;，；、]|\s{2,9}(?=[^\W\d_]{3})|\b(?:and|und|et|y|so|also|donc|entonces)\b)\s?"
)
_YEARS_ON = re.compile(  # in 20 years: d + 20 and 4d + 20
    r"(?:(?:in|dans|dentro de|en|nach) (\d{1,2}) ?(?:years?(?: time)?|jahren?|ans|años)"
    r"|(\d{1,2}) ?(?:years later|yrs? later|年后))\s?[:：,，]\s?(.{3,60})",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:so|then|and|let|say|the|his|her|its|their|also|dann|also|und|sei|die|der|das|ist|alors|donc|soit|la|le"
    r"|les|entonces|sea|el|los|设|则|那么|故)[,:]?\s{1,2}|^[设则]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.;!?。；！？]\s|[。；！？]|,\s(?:and|und|et|y)\s|，")
_TIMES = {"twice": 2, "double": 2, "triple": 3, "doppelt": 2, "dreifach": 3,
          "zweimal": 2, "dreimal": 3, "viermal": 4, "fünfmal": 5, "das doppelte": 2,
          "das dreifache": 3, "doble": 2}  # fmt: skip
_TIMES_WORD = re.compile(rf"\b(?:{'|'.join(_TIMES)})\b", re.IGNORECASE)
_HALF = words(r"half|halb\w{0,2}|hälfte|moitié|mitad", "一半")
_MANY = re.compile(rf"({_NUMBER})\s?(?:times|-?\s?mal|fois|veces|倍)", re.IGNORECASE)
_UNIT = r"\s?(?:[^\W\d_]{1,12}\s){0,2}"
_GREATER = (
    r"(?P<more>more|longer|older|higher|taller|larger|greater|bigger|wider|heavier|farther|dearer"
    r"|länger|älter|größer|mehr|höher|breiter|schwerer|teurer|weiter|plus|de plus|más|mayor)"
)
_SMALLER = (
    r"(?P<less>less|fewer|shorter|younger|smaller|lower|narrower|cheaper|lighter"
    r"|kürzer|jünger|kleiner|weniger|niedriger|schmaler|leichter|billiger|moins|de moins|menos"
    r"|menor)"
)
_DIFFERENCE = re.compile(
    rf"(?<![\d.])(?P<number>{_NUMBER}){_UNIT}(?:{_GREATER}|{_SMALLER})(?![^\W\d_])"
    rf"|(?:exceeds?|übertrifft|übersteigt|dépasse|supera|excede)[^\d.]{{0,40}}?"
    rf"\b(?P<over>by|um|de|en)\s(?P<number_over>{_NUMBER})"
    rf"|(?:(?P<zh_more>[多大长高重贵宽])|(?P<zh_less>[少小短矮轻低窄]))(?:了)?(?P<zh>{_NUMBER})",
    re.IGNORECASE,
)
_ADJECTIVES = (
    (words(r"length|länge|longueur|largo", "长"), words(r"long\w*|läng\w*|lang|largo", "长")),
    (words(r"width|breite|largeur|ancho", "宽"), words(r"wide\w*|breit\w*|large|ancho", "宽")),
    (words(r"height|höhe|hauteur|altura", "高"), words(r"high\w*|hoch|höher|haut|alto", "高")),
    (words(r"age|alter|âge|edad", "年龄"), words(r"old\w*|alt|älter|âgée?|años", "岁|大")),
)  # fmt: skip


@dataclass(frozen=True)
class _Term:
    """factor · letter + summand, and the words that it stands for."""

    name: str
    factor: Fraction
    summand: Fraction


def judge_named_terms(text: str, task: Task) -> ClaimResult | None:
    """Given where each part of the line names a quantity as the statement relates it; else None."""
    if _are_later_ages(text.strip(" .,;"), task):
        return unchecked(ClaimRelation.DEFINE)
    pieces = [piece for piece in _PIECES.split(text.strip(" .,;")) if piece]
    if not 0 < len(pieces) <= MAX_NAMES or task.equations:
        return None
    story = _told(task.text)
    if len(pieces) == 2 and _is_rest(pieces[0], pieces[1], story):
        pieces = pieces[:1]
    terms = [_read(piece) for piece in pieces]
    if all(term is not None and _is_told(term, story) for term in terms):
        return unchecked(ClaimRelation.DEFINE)
    return None


def _are_later_ages(text: str, task: Task) -> bool:
    """Whether so many years are added to letters, and to what the statement makes of them."""
    match, story = _YEARS_ON.fullmatch(text), _told(task.text)
    numbers = {Fraction(number) for number in re.findall(rf"(?<![\d.]){_NUMBER}", story)}
    years = Fraction(match[1] or match[2]) if match else None
    if match is None or years not in numbers:
        return False
    pieces = [piece for piece in _PIECES.split(match[3]) if piece]
    terms = [_AGE.fullmatch(piece.strip()) for piece in pieces]
    return 0 < len(terms) <= MAX_NAMES and all(
        term is not None
        and Fraction(term["summand"] or 0) == years
        and Fraction(term["factor"] or 1) in numbers | {Fraction(1)}
        and term["sign"] == "+"
        for term in terms
    )


def named_terms(text: str, task: Task) -> list[tuple[Fraction, Fraction]]:
    """Factor and summand of each quantity that the line names as the statement relates it."""
    if judge_named_terms(text, task) is None:
        return []
    pieces = [piece for piece in _PIECES.split(text.strip(" .,;")) if piece]
    return [(term.factor, term.summand) for piece in pieces if (term := _read(piece))]


def _is_rest(first: str, second: str, story: str) -> bool:
    """Whether x hens are counted first, and the others of 30 heads then."""
    named, rest = _read(first), _REST.fullmatch(second.strip())
    if named is None or rest is None or named.factor != 1 or named.summand:
        return False
    letter, total = rest["letter"] or rest["last"], rest["total"] or rest["total_behind"]
    is_of_all = re.search(rf"(?<![\d.]){re.escape(total)}{_ALL_OF_THEM}", story, re.IGNORECASE)
    has_letter = re.search(rf"(?<![A-Za-z]){letter}(?![A-Za-z])", first) is not None
    return (
        bool(is_of_all)
        and has_letter
        and _is_counted(rest["name"] or rest["name_first"], story.casefold())
    )


def _is_counted(name: str, story: str) -> bool:
    """Children and kids, where the story has child tickets."""
    name = name.casefold()
    return any(_stem(other)[:STEM] in story for other in (name, _OTHER_WORDS.get(name, name)))


def _told(text: str) -> str:
    text = with_decimal_points(with_digits(" ".join(plain_text(text).split())))
    return _TIMES_WORD.sub(lambda match: f"{_TIMES[match[0].casefold()]} times", text)


def _read(piece: str) -> _Term | None:
    piece = piece.strip()
    while (shorter := _OPENING.sub("", piece)) != piece:
        piece = shorter
    match = _NAMED.fullmatch(piece) or _LETTER_FIRST.fullmatch(piece) or _COUNTED.fullmatch(piece)
    if match is None:
        return None
    parts = match.groupdict()
    factor = Fraction(1, 2) if parts["factor"] == "½" else Fraction(parts["factor"] or 1)
    if parts["divisor"] and int(parts["divisor"][1:]):
        factor /= int(parts["divisor"][1:])
    summand = Fraction(parts.get("summand") or 0)
    return _Term(
        parts["name"].strip(), factor, -summand if parts["sign"] in ("-", "−") else summand
    )


def _is_told(term: _Term, story: str) -> bool:
    if term.factor == 1 and not term.summand:
        return _stem(term.name) in story.casefold() or any(
            name.search(term.name) for name, _ in _ADJECTIVES
        )
    return any(_relates(term, sentence) for sentence in _SENTENCE.split(story))


def _relates(term: _Term, sentence: str) -> bool:
    if term.factor == 1:
        return any(
            summand == (term.summand if is_subject else -term.summand)
            for summand, is_subject in _differences(sentence, term.name)
        )
    if term.summand:
        return False
    return any(
        factor == (term.factor if is_subject else 1 / term.factor)
        for factor, is_subject in _factors(sentence, term.name)
    )


def _differences(sentence: str, name: str) -> Iterator[tuple[Fraction, bool]]:
    """What is added, and whether the name is of what is so much greater."""
    for match in _DIFFERENCE.finditer(sentence):
        size = Fraction(match["number"] or match["number_over"] or match["zh"])
        is_less = bool(match["less"] or match["zh_less"])
        side = _side(name, sentence, match.start(), match.end(), match[0])
        if side is not None:
            yield (-size if is_less else size), side


def _factors(sentence: str, name: str) -> Iterator[tuple[Fraction, bool]]:
    for match in _MANY.finditer(sentence):
        side = _side(name, sentence, match.start(), match.end(), "")
        if side is not None and Fraction(match[1]):
            yield Fraction(match[1]), side
    for match in _HALF.finditer(sentence):
        side = _side(name, sentence, match.start(), match.end(), "")
        if side is not None:
            yield Fraction(1, 2), side


def _side(name: str, sentence: str, start: int, end: int, phrase: str) -> bool | None:
    """Whether the name is before the phrase, and not what it is compared with; None if neither."""
    for names, adjectives in _ADJECTIVES:
        if names.search(name):
            if adjectives.search(phrase):
                return True
            if adjectives.search(sentence, end):
                return False
    before, behind = sentence[:start].casefold(), sentence[end:].casefold()
    stem = _stem(name)
    compared = before.rfind("比")
    if compared >= 0 and stem in before:
        return before.rfind(stem) < compared
    if (stem in before) == (stem in behind):
        return None
    return stem in before


def _stem(name: str) -> str:
    """Enough of its last word to find it in the statement."""
    last = name.casefold().split()[-1]
    if "\u4e00" <= last[0] <= "\u9fff":
        return last[:2]
    return last[: max(3, min(len(last) - 1, 6))]
