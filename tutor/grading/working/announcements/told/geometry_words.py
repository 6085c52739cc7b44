"""What a figure of the statement has, in words: a hypotenuse, equal angles, half a chord."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved, unchecked
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

_HYPOTENUSE = re.compile(
    r"(?:(?:so|donc|also|in|dans|en|le|the|triangle|dreieck|△"
    r"|Rt△)\s)*(?P<triangle>[A-Z]{3})?[^\d=]{0,40}?"
    r"(?:hyp[oó]t[eé]n[ou]sen?|hipotenusa|斜边)(?:\s?(?:is|ist|est|c'est|es|是|为|=|:))?\s?(?:the "
    r"side |la |der |die )?"
    r"\[?(?P<side>[A-Z]{2})\]?",
    re.IGNORECASE,
)
_RIGHT_AT = re.compile(
    r"(?:right[- ]?angled? (?:at|in)|right angle (?:at|in)|rechtwinklig (?:bei|in)"
    r"|rechte[rn]? Winkel (?:bei|in)"
    r"|rectangle en|rectángulo en|ángulo recto en)\s([A-Z])(?![A-Za-z])"
    r"|(?:∠|angle |\\angle |Winkel )\s?([A-Z]{1,3})\s?=\s?90|(?<![A-Z])([A-Z]{1,3})\s?为直角"
)
_ISOSCELES = words(
    r"isosceles|gleichschenklig\w{0,2}|isocèle|isósceles|base angles|basiswinkel|two angles "
    r"are equal"
    r"|angles à la base|ángulos de la base",
    "等腰|底角",
)
_EQUAL_SIDES = re.compile(r"(?<![A-Z])([A-Z]{2})\s?=\s?([A-Z]{2})(?![A-Z])")
_EQUAL_ANGLES = re.compile(
    r"(?:∠|angle |\\angle )\s?([A-Z]{1,3})\s?=\s?(?:∠|angle |\\angle )?\s?([A-Z]{1,3})(?![A-Z])"
)
_ZERO_PRODUCT = re.compile(
    r"(?:\\vec|→)?\s?([a-zA-Z])\s?(?:[.·⋅*∙•]|\\cdot)\s?(?:\\vec)?\s?([a-zA-Z])\s?=\s?0\Z"
    r"|(?:dot|scalar) product (?:is|=|must be|has to be)?\s?(?:0|zero)\Z"
    r"|(?:skalarprodukt|produit scalaire|producto escalar)\s(?:ist|est|es|=|muss)?\s?(?:0|null"
    r"|nul|cero)(?: sein)?\Z"
    r"|(?:数量积|点积)(?:为|是|=|等于)?(?:0|零)\Z",
    re.IGNORECASE,
)
_VECTORS = words(r"vectors?|vektor\w{0,3}|vecteurs?|vector(?:es)?", "向量")
_PERPENDICULAR = words(
    r"perpendicular(?:es)?|orthogonal\w{0,2}|orthogonaux|ortogonales|senkrecht\w{0,2}"
    r"|perpendiculaires?",
    r"\\perp|⊥|垂直",
)
_HALF = re.compile(
    r"(?<![A-Z])([A-Z]{2})\s?=\s?(?:([A-Z]{2})\s?/\s?2|(?:1/2"
    r"|½)\s?[·×*]?\s?([A-Z]{2}))(?:\s?=\s?(\d+(?:\.\d+)?)\s?(?:cm|m)?)?\Z"
)
_BISECTS = words(
    r"bisect\w{0,3}|midpoint|perpendicular|halbier\w{1,3}|mittelpunkt|mitte|milieu|médiatrice"
    r"|punto medio"
    r"|mediatriz|perpendiculaire",
    "垂径|中点|平分|⊥",
)
_PYTHAGORAS = re.compile(
    r"(?:[^\d=]{0,24}[\s,，:：])?([A-Z])([A-Z])(?:²|\^2)\s?=\s?([A-Z])([A-Z])(?:²"
    r"|\^2)\s?[-−]\s?([A-Z])([A-Z])(?:²|\^2)"
    r"(?:\s?=\s?(\d+(?:\.\d+)?)\s?[-−]\s?(\d+(?:\.\d+)?)(?:\s?=\s?(\d+(?:\.\d+)?))?)?\Z"
)
_RIGHT_NAMED = words(
    r"right|pythagoras|rechtwinklig\w{0,2}|rectangle|rectángulo|pythagore|pitágoras",
    "Rt|直角|勾股|⊥",
)
_CONSTRUCTION = re.compile(
    r"(?:(?:解|so|we|also)\s?[:：,，]?\s?)?(?:(?:作|过|连接?|延长|取|设)[^\d=]{1,30}"
    r"|(?:draw|drop|construct|join|let|extend|produce)\s[^\d=]{2,60}[A-Z]{1,2}[^\d=]{0,30}"
    r"|(?:zeichne|verbinde|fälle|trace[rz]?|on trace|traza|traçons|une"
    r"|unimos)\s[^\d=]{2,60}[A-Z]{1,2}[^\d=]{0,30})"
)
_CLAIMS = words(
    r"so|then|therefore|hence|equal|parallel|also|dann|donc|alors|entonces|luego",
    "所以|则|∴|相等|平行|∥|得",
)


def judge_geometry_words(text: str, task: Task) -> ClaimResult | None:
    """Proved where the statement tells it, given for a construction; None for anything else."""
    text = text.strip(" .。!")
    story = " ".join(plain_text(task.text).split())
    if _CONSTRUCTION.fullmatch(text) and not _CLAIMS.search(text):
        return unchecked(ClaimRelation.DEFINE) if re.search("[A-Z]", story) else None
    is_right = (
        _is_hypotenuse(text, story)
        or _is_isosceles(text, story)
        or _is_zero_product(text, task)
        or _halves_chord(text, story)
        or _is_pythagoras(text, story)
    )
    return proved(ClaimRelation.IMPLIES) if is_right else None


def _is_hypotenuse(text: str, story: str) -> bool:
    """[AC] where the triangle ABC has its right angle at B."""
    told, named = _RIGHT_AT.search(story), _HYPOTENUSE.fullmatch(text)
    corners = re.search(r"(?<![A-Z])[A-Z]{3}(?![A-Z])", story)
    if told is None or named is None or corners is None:
        return False
    angle = told[1] or told[2] or told[3]
    right = angle if len(angle) == 1 else angle[1]
    others = set(corners[0]) - {right}
    is_triangle = named["triangle"] is None or set(named["triangle"].upper()) == set(corners[0])
    return right in corners[0] and is_triangle and set(named["side"].upper()) == others


def _is_isosceles(text: str, story: str) -> bool:
    """AB = AC, so two angles are equal."""
    if not _ISOSCELES.search(text) or re.search(r"\d", text):
        return False
    told = _EQUAL_SIDES.search(story)
    if told is None or not set(told[1]) & set(told[2]):
        return False
    sides, angles = _EQUAL_SIDES.findall(text), _EQUAL_ANGLES.findall(text)
    if any(
        {frozenset(a), frozenset(b)} != {frozenset(told[1]), frozenset(told[2])}
        for a, b in sides
        if len(a) == 2
    ):
        return False
    apex = set(told[1]) & set(told[2])
    base = (set(told[1]) | set(told[2])) - apex
    return all({a[len(a) // 2], b[len(b) // 2]} == base for a, b in angles)


def _is_zero_product(text: str, task: Task) -> bool:
    """perpendicular so a·b = 0"""
    match = _ZERO_PRODUCT.search(text)
    if (
        match is None
        or not _PERPENDICULAR.search(task.text)
        or re.search(r"\d", text[: match.start()])
    ):
        return False
    return bool(_VECTORS.search(task.text))


def _halves_chord(text: str, story: str) -> bool:
    """AC = AB/2 = 4, where AB = 8 is a chord of a circle."""
    match = _HALF.search(text)
    if match is None or not _BISECTS.search(text) or re.search(r"\d", text[: match.start()]):
        return False
    half, whole = match[1], match[2] or match[3]
    told = re.search(rf"(?<![A-Z]){whole}(?![A-Z])\D{{0,12}}?(\d+(?:\.\d+)?)", story)
    shares_end = bool(set(half) & set(whole))
    if (
        told is None
        or not shares_end
        or not re.search(r"chord|sehne|corde|cuerda|弦|⊙", story, re.IGNORECASE)
    ):
        return False
    return match[4] is None or 2 * Fraction(match[4]) == Fraction(told[1])


def _is_pythagoras(text: str, story: str) -> bool:
    """OC² = OA² - AC² = 25 - 16 = 9, where C has the right angle."""
    match = _PYTHAGORAS.fullmatch(text)
    if match is None or not _RIGHT_NAMED.search(text + story):
        return False
    leg, longest, other = (set(match.group(n, n + 1)) for n in (1, 3, 5))
    right = leg & other
    is_triangle = len(leg | longest | other) == 3 and len(right) == 1 and not right & longest
    if not is_triangle or match[7] is None:
        return is_triangle
    squares = {Fraction(n) ** 2 for n in re.findall(r"\d+(?:\.\d+)?", story)}
    squares |= {square / 4 for square in squares}
    first, second = Fraction(match[7]), Fraction(match[8])
    is_told = {first, second} <= squares and first > second
    return is_told and (match[9] is None or Fraction(match[9]) == first - second)
