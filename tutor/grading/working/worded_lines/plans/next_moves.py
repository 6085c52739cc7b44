"""What is done next, where it can be checked: "multiply both sides by 4", "first the division"."""

from __future__ import annotations

import re
from contextlib import suppress

from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Comparison,
    Div,
    Mul,
    Pow,
    Term,
    Unreadable,
    is_term,
    walk,
)
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.vectors import INVERSE, matrices_in
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task
from tutor.grading.working.worded_lines.plans.denominators import bottoms, divides

_MULTIPLY = re.compile(
    r"(?:(?:解|so|now|we|i|je|on|wir|ich|lo|solution)\s?[:：,]?\s?)*"
    r"(?:multiply(?:ing)?(?: both sides| through(?:out)?| each term| everything| all(?: "
    r"terms)?)?(?: by)"
    r"|(?:beide seiten |alles )?(?:multipliziere|mal nehmen|multiplizieren)(?: beide seiten| "
    r"alles)?(?: mit)"
    r"|multipli(?:e|ons|er|co|camos|car)(?: les deux membres| tout| chaque terme| todo| ambos "
    r"(?:lados|miembros))?(?: par| por)"
    r"|(?:方程)?(?:的)?(?:两边|两侧|左右两边)(?:同时)?(?:都)?(?:同)?(?:乘以?|去分母,?乘以?))\s?"
    r"(?P<factor>[\dA-Za-z(][^=]{0,40})",
    re.IGNORECASE,
)
_PRODUCTS_FIRST = re.compile(
    r"(?:punkt\s?(?:rechnung)?\s?(?:geht\s)?vor\s?strich(?:rechnung)?(?:\s?(?:beachten|!))?"
    r"|(?:(?:first|primero|d'abord|zuerst)\s(?:do\s|on fait\s|se hacen?\s|hago\s)?|先算?\s?)?"
    r"(?:(?:the|la|las|le|les|die|on fait|on calcule|se hacen?|hago|do)\s)*"
    r"(?:multiplications?|multiplicaci(?:ón|ones)|multiplikation(?:en)?|divisions?|división"
    r"|divisiones|乘除?法?|除法?)"
    r"(?:\s(?:and|y|et|und|or|ou|o)\s(?:(?:the|la|las|le|les|die)\s)*"
    r"(?:multiplications?|multiplicaci(?:ón|ones)|multiplikation(?:en)?|divisions?|división"
    r"|divisiones))?"
    r"(?:\s(?:first|primero|en premier|d'abord|zuerst|before .{3,20}|avant .{3,20}|antes de "
    r".{3,20}))?|bodmas|bidmas|pemdas|先乘除,?后加减)",
    re.IGNORECASE,
)
_ORDER = words(
    r"first|primero|premier|d'abord|zuerst|vor|before|avant|antes|bodmas|bidmas|pemdas", "先"
)
_COSINE_RULE = re.compile(
    r"(?:(?:use|using|by|apply|nach|mit|d'après|par|por|usando|aplico|on utilise|由|用|利用)\s?)?"
    r"(?:the |dem |le |la |el )?(?:cosine rule|law of cosines|kosinussatz|cosinussatz"
    r"|théorème d'al-kashi|al-kashi"
    r"|teorema del coseno|余弦定理)(?: to find [a-z]{1,2})?"
    r"(?:[,:]?\s?\(?(?:weil|da|because|since|car|parce que|porque|ya que)\s(?:wir |we "
    r"|on )?(?:haben |have "
    r"|know |got |a |connaît |tenemos |tengo |hay )?(?:2|two|zwei|deux|dos) (?:seiten|sides"
    r"|côtés|lados)"
    r"\s?(?:\+|and|und|et|y|&) (?:the |den |der |l'|el )?(?:eingeschl\w{0,9}\.?|included"
    r"|zwischen\w{0,10}"
    r"|compris|comprendido)? ?(?:angle|winkel|ángulo)(?: between(?: them)?| compris"
    r"| comprendido| dazwischen)?\)?)?",
    re.IGNORECASE,
)
_SWAPS = re.compile(
    r"(?:we |to find the inverse,? )?(?:swap|exchange|interchange|tausche|vertausche|on "
    r"échange|intercambio)\s[^\d=]{0,40}"
    r"(?:diagonal\w{0,2}|hauptdiagonale|diagonale principale|a and d)[^\d=]{0,20}"
    r"(?:change|negate|sign|vorzeichen|signe|signo)[^\d=]{0,40}",
    re.IGNORECASE,
)
_ZERO_PRODUCT = re.compile(
    r"(?:c'est une |it is a |es una |das ist eine? )?(?:équation[- ]produit(?:[- ]nul)?|zero "
    r"product(?: property| rule)?"
    r"|(?:satz vom )?nullprodukt(?:satz)?|ecuación producto(?: nulo)?|producto nulo)"
    r"|(?:un produit (?:de facteurs )?est nul|a product is (?:zero|0)|ein produkt ist (?:null"
    r"|0|gleich null)|un producto es (?:cero|0))"
    r"[^\d=]{0,80}(?:0|zéro|zero|null|nul|nulle?|cero)?",
    re.IGNORECASE,
)


def judge_plan(text: str, task: Task) -> ClaimResult | None:
    """Proved where what it says to do is right here; None for anything else."""
    text = text.strip(" .。!:：")
    is_right = (
        _multiplies(text, task)
        or _orders(text, task)
        or _fits_cosine_rule(text, task)
        or _swaps_diagonal(text, task)
        or _is_zero_product(text, task)
    )
    return proved(ClaimRelation.EVALUATE) if is_right else None


def _multiplies(text: str, task: Task) -> bool:
    """By a multiple of each denominator of the equation."""
    match = _MULTIPLY.fullmatch(text)
    factor = None if match is None else _read(match["factor"])
    parts = [part for e in task.equations if isinstance(e, Comparison) for part in bottoms(e)]
    return factor is not None and bool(parts) and all(divides(part, factor) for part in parts)


def _read(text: str) -> Term | None:
    with suppress(Unreadable, RecursionError):
        value = read_expression(text.strip())
        return value if is_term(value) else None
    return None


def _orders(text: str, task: Task) -> bool:
    """First the products, where the term has products within a sum."""
    if not _PRODUCTS_FIRST.fullmatch(text) or not _ORDER.search(text):
        return False
    terms = (*task.expressions, *(e.right for e in task.equations if isinstance(e, Comparison)))
    sums = (part for term in terms for part in walk(term) if isinstance(part, Add))
    return any(
        isinstance(p, Mul | Div) for total in sums for part in total.parts for p in walk(part)
    )


_CORNER_OF = {"α": "A", "β": "B", "γ": "C", r"\alpha": "A", r"\beta": "B", r"\gamma": "C"}
_GREEK_LETTER = re.compile(r"[αβγ]|\\(?:alpha|beta|gamma)(?![a-z])")


def _fits_cosine_rule(text: str, task: Task) -> bool:
    """Where two sides and the angle between them are told, or three sides."""
    if not _COSINE_RULE.fullmatch(text):
        return False
    story = " ".join(plain_text(task.text).split())
    sides = re.findall(r"(?<![A-Za-z])([A-Z]{2}|[a-z])\s?=\s?\d", story)
    angle = re.search(
        r"(?:angle|∠|\\angle|Winkel|ángulo|\\widehat\{?|角)\s?\{?([A-Z]{1,3})\}?\s?="
        r"|(?<![A-Za-z])([A-Z])\s?=\s?\d{1,3}\s?(?:°|\^)",
        _GREEK_LETTER.sub(lambda letter: _CORNER_OF[letter[0]], story),
    )
    if len(set(sides)) == 3 and angle is None:
        return True
    if len(set(sides)) != 2 or angle is None:
        return False
    corner = angle[1] or angle[2]
    corner = corner if len(corner) == 1 else corner[1:2]
    if all(len(side) == 2 for side in sides):
        return all(corner in side for side in sides)
    return corner.lower() not in sides


def _swaps_diagonal(text: str, task: Task) -> bool:
    """Of a matrix with two rows, whose inverse is sought."""
    matrices = list(matrices_in(task.text).values())
    is_small = len(matrices) == 1 and len(matrices[0].rows) == 2
    return is_small and bool(_SWAPS.fullmatch(text)) and bool(INVERSE.search(task.text))


def _is_zero_product(text: str, task: Task) -> bool:
    """Of (3x - 5)(x + 2) = 0."""
    if not _ZERO_PRODUCT.fullmatch(text):
        return False
    return any(
        isinstance(e, Comparison) and e.right == ZERO and isinstance(e.left, Mul | Pow)
        for e in task.equations
    )
