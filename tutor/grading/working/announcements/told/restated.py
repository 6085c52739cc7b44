"""Lines that tell in words what the statement tells: "7 people, choose 3", "A costs 160 per kg".

Each number must stand in the statement, among the words that the line has beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.parsing.currencies import with_currency_signs
from tutor.grading.parsing.unit_names import without_accents
from tutor.grading.parsing.units import read_unit
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, unchecked
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.counting_words import with_decimal_points, with_digits
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_PIECES = 4  # of a line
MAX_NUMBERS = 4  # in a piece
_NUMBER = re.compile(
    r"(?<![A-Za-z\d.,/])(?:\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d{1,6})?)(?![\d/,.]\d|[\d/])"
)
_TOKEN = re.compile(r"(?:[A-Z]\.){2,3}|[^\W\d_\u4e00-\u9fff]+|[\u4e00-\u9fff]+|[%$€£¥₹¤]")
_SIGNS = re.compile(r"[=<>≤≥≈+*·×÷^√?¿]|\d\s?[-−:/]\s?\d|\([^()\d]{0,80}\d[^()]{0,80}\)|→")
_NAMES_AMOUNT = re.compile(  # M.P. = ₹850
    r"(?<=[^\W\d_][^\W\d_])\.?\s?[=:]\s{0,4}(?=[₹¤$€£¥]?\d[\d.,]*\s?(?:[^\W\d_]|[%$€£¥,;]|\Z))"
    r"|(?<=[A-Z]\.)\s?[=:]\s{0,4}(?=[₹¤$€£¥]?\d[\d.,]*\s?(?:[^\W\d_]|[%$€£¥,;]|\Z))"
)
_OPEN = words(
    r"not|no|never|or|if|nicht|kein\w{0,2}|oder|wenn|pas|ou|si|non|sin|than|als|que|more|less|mehr"
    r"|weniger|plus|moins|más|menos|so|also|donc|entonces|luego|total|together|altogether|insgesamt"
    r"|left|rest\w{0,3}|quedan?|übrig|each|jede\w?|chaque|cada",
    "不|没|或|如果|所以|共|剩|每",
)
_PLAIN_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "choose",
        "chosen",
        "costs",
        "cost",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einen",
        "und",
        "von",
        "mit",
        "zu",
        "in",
        "im",
        "am",
        "auf",
        "aus",
        "bei",
        "fur",
        "for",
        "from",
        "have",
        "has",
        "he",
        "her",
        "his",
        "i",
        "is",
        "it",
        "its",
        "my",
        "of",
        "on",
        "pick",
        "picked",
        "pay",
        "pays",
        "paid",
        "select",
        "selected",
        "she",
        "take",
        "taken",
        "the",
        "there",
        "these",
        "they",
        "this",
        "to",
        "we",
        "with",
        "you",
        "already",
        "wahle",
        "wahlen",
        "ziehe",
        "ziehen",
        "zahle",
        "zahlt",
        "kostet",
        "kosten",
        "hat",
        "haben",
        "ist",
        "sind",
        "es",
        "gibt",
        "schon",
        "bereits",
        "me",
        "le",
        "la",
        "les",
        "un",
        "une",
        "des",
        "du",
        "de",
        "et",
        "avec",
        "dans",
        "sur",
        "par",
        "pour",
        "il",
        "elle",
        "on",
        "a",
        "ont",
        "choisit",
        "choisir",
        "prend",
        "prendre",
        "coute",
        "coutent",
        "est",
        "sont",
        "deja",
        "y",
        "ya",
        "con",
        "el",
        "los",
        "las",
        "lo",
        "en",
        "por",
        "se",
        "elige",
        "elegir",
        "elijo",
        "escoger",
        "saco",
        "hay",
        "tiene",
        "tenemos",
        "cuesta",
        "cuestan",
        "pago",
        "pagan",
        "paga",
        "son",
        "es",
        "al",
        "del",
        "given",
        "geg",
        "gegeben",
        "datos",
        "donnees",
        "know",
        "known",
        "need",
        "gegebene",
        "nimmt",
        "tire",
        "tirer",
        "toma",
        "tomar",
        "nombre",
        "number",
        "anzahl",
        "numero",
        "que",
    ]
)
_DISCOUNT = words(
    r"discount\w{0,2}|off|reduced|reduction|sale|rabatt|reduzier\w{1,3}|remise|reduction|soldes?"
    r"|descuento|rebaja\w{0,2}|rebajas",
    "折|降价|优惠",
)
_CHINESE_FILLER = re.compile(r"[的了有是为共从中取选出任个只名人在和与及把]")
_YEARLY = words(
    r"(?:every|each|per|a) year|per annum|annual(?:ly)?|yearly|p\.\s?a\.|jährlich\w{0,2}"
    r"|jedes jahr|pro jahr"
    r"|im jahr|chaque année|par an|annuel\w{0,3}|cada año|al año|anual\w{0,5}|por año",
    "每年|年利率",
)
_GROWTH = words(
    r"grows?|increases?|goes up|rises?|wächst|steigt|zunahme|nimmt|augmente\w{0,2}|croît|crece"
    r"|aumenta|sube",
    "增长|增加",
)
_PRICES = {"cp": words(r"buys?|bought|costs?|costing"), "sp": words(r"sells?|sold|selling")}
_PIECES = re.compile(r"[,;，；、]\s|[，；、]|(?<=[\w%])\s(?:and|und|et|y)\s(?=\d)")
_SENTENCE = re.compile(r"(?<![\dA-Z])[.?!]\s|\d\.\s(?=[A-Z])|[。？！]")
_MIN_STEM = 3


@dataclass(frozen=True, slots=True)
class _Told:
    """A number with the words between it and the numbers beside it, in its sentence."""

    number: Fraction
    before: str
    behind: str
    sentence: int

    @property
    def is_share(self) -> bool:
        return self.behind.lstrip(" \\").startswith("%")


def _tells_growth(text: str, story: str) -> bool:
    """each year it grows by 3%, of 3 % a year"""
    percent = re.findall(r"(\d{1,3}(?:\.\d{1,3})?)\s?%", text)
    if len(percent) != 1 or not (_YEARLY.search(text) and _GROWTH.search(text)):
        return False
    is_told = re.search(rf"(?<![\d.]){re.escape(percent[0])}\s?\\?%", story) is not None
    others = re.sub(r"(?<!\d)\d{1,9}(?:\.\d{1,9})?\s?%", "", text)
    return is_told and bool(_YEARLY.search(story)) and not re.search(r"\d|=", others)


def judge_restated(text: str, task: Task) -> ClaimResult | None:
    """Given where all that the line says stands in the statement; None for anything else."""
    if _tells_growth(text, " ".join(plain_text(task.text).split())):
        return unchecked(ClaimRelation.DEFINE)
    text = _NAMES_AMOUNT.sub(" ", with_currency_signs(text))
    if _SIGNS.search(text) or _OPEN.search(text) or not task.text:
        return None
    pieces = [piece for piece in _PIECES.split(text) if piece.strip()]
    if not 0 < len(pieces) <= MAX_PIECES or not re.search(r"[^\W\d_]{2}|[\u4e00-\u9fff]", text):
        return None
    story = _numbers(plain_text(task.text))
    if all(_is_told(_numbers(piece), story) for piece in pieces):
        return unchecked(ClaimRelation.DEFINE)
    return None


def _numbers(text: str) -> list[_Told]:
    text = with_decimal_points(with_digits(text))
    told = []
    for number_of_sentence, sentence in enumerate(_SENTENCE.split(text)):
        numbers = list(_NUMBER.finditer(sentence))
        ends = [0, *(match.end() for match in numbers)]
        starts = [*(match.start() for match in numbers), len(sentence)]
        gaps = [sentence[end:start] for end, start in zip(ends, starts, strict=True)]
        told += [
            _Told(Fraction(match[0].replace(",", "")), gaps[at], gaps[at + 1], number_of_sentence)
            for at, match in enumerate(numbers)
        ]
    return told


def _is_told(piece: Sequence[_Told], story: Sequence[_Told]) -> bool:
    """Whether one sentence of the statement has all its numbers, among the same words."""
    if not 0 < len(piece) <= MAX_NUMBERS:
        return False
    return any(
        all(any(t.number == own.number for t in told) for own in piece)
        and all(_is_gap_told(piece, told, gap) for gap in range(len(piece) + 1))
        for sentence in {told.sentence for told in story}
        if (told := [t for t in story if t.sentence == sentence])
    )


def _is_gap_told(piece: Sequence[_Told], story: Sequence[_Told], gap: int) -> bool:
    """Whether the words of a gap stand behind the number before it, or before the one behind it."""
    words_between = piece[gap].before if gap < len(piece) else piece[-1].behind
    left = [t for t in story if gap and t.number == piece[gap - 1].number]
    right = [t for t in story if gap < len(piece) and t.number == piece[gap].number]
    contexts = [t.behind for t in left] + [t.before for t in right]
    contexts += [t.before for t in left if t.is_share] + [t.behind for t in right if t.is_share]
    tokens = _tokens(words_between)
    tokens = tokens[_unit(tokens, left) :]
    return all(any(_stands(token, _folded(context)) for context in contexts) for token in tokens)


def _unit(tokens: Sequence[str], told: Sequence[_Told]) -> int:
    """1 where the words begin with the unit that the number before them has in the statement."""
    unit = read_unit(tokens[0]) if tokens and told else None
    if unit is None or not unit.is_known:
        return 0
    others = (read_unit(own[0]) for t in told if (own := _tokens(t.behind)))
    return int(any(other == unit for other in others))


def _tokens(gap: str) -> list[str]:
    tokens = []
    for match in _TOKEN.finditer(_folded(gap)):
        token = _CHINESE_FILLER.sub("", match[0])
        if token and (token.isupper() or token.casefold() not in _PLAIN_WORDS):
            tokens.append(token)
    return tokens


def _folded(text: str) -> str:
    return without_accents(text)


def _is_short_for(token: str, context: str) -> bool:
    """M.P. for the marked price, C.P. for what somebody bought a thing for."""
    letters = token.replace(".", "").casefold()
    initials = r"\w*\W+".join(letters)
    named = re.search(rf"\b{initials}", context.casefold()) is not None
    return named or (letters in _PRICES and _PRICES[letters].search(context) is not None)


def _stands(token: str, context: str) -> bool:
    if "\u4e00" <= token[0] <= "\u9fff":
        return all(sign in context for sign in token)
    if "." in token:
        return _is_short_for(token, context)
    if token.isupper() and len(token) < 4:  # A, AB
        return re.search(rf"(?<![^\W\d_]){re.escape(token)}(?![^\W\d_])", context) is not None
    if _DISCOUNT.search(token):
        return _DISCOUNT.search(context) is not None
    return token.casefold()[: max(_MIN_STEM, min(len(token) - 2, 5))] in context.casefold()
