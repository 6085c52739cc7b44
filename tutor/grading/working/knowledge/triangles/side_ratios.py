"""A side of a right-angled triangle from another one and an angle: sine, cosine, tangent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.parsing.tree import Call, Num, Term
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import put_in, term_of, words
from tutor.grading.working.knowledge.triangles.right_angled import RIGHT_ANGLED, is_length
from tutor.grading.working.quantities.stated import StatedQuantity, plain_text
from tutor.grading.working.task import Task, stated_in

_ROLES = {
    "hypotenuse": words(r"hypotenuse|hypoténuse|hipotenusa", "斜边"),
    "opposite": words(
        r"opposite|gegenkathete|gegenüber\w*|opposé|côté opposé|cateto opuesto|opuesto", "对边"
    ),
    "adjacent": words(
        r"adjacent|next to|beside|ankathete|adyacente|contiguo|côté adjacent", "邻边"
    ),
}
_NAMES = {
    "hypotenuse": frozenset(["h_y", "hypotenuse", "hypoténuse", "hipotenusa", "斜边"]),
    "opposite": frozenset(["o_p", "opposite", "opposite side", "gegenkathete", "对边"]),
    "adjacent": frozenset(["a_d", "adjacent", "adjacent side", "ankathete", "邻边"]),
}
_LETTERS = frozenset(["x", "y", "s", "l"])  # for what is sought
# From the known side to the one that is sought.
_FORMULAS = {
    ("hypotenuse", "opposite"): "k*sin(α)",
    ("hypotenuse", "adjacent"): "k*cos(α)",
    ("adjacent", "opposite"): "k*tan(α)",
    ("opposite", "adjacent"): "k/tan(α)",
    ("opposite", "hypotenuse"): "k/sin(α)",
    ("adjacent", "hypotenuse"): "k/cos(α)",
}
_SENTENCES = re.compile(r"(?<=[.?!。？])\s*")
_ASKS = words(
    r"how long|find|calculate|work out|what is|determine|wie lang|berechne\w*|bestimme"
    r"|quelle|calculer|déterminer|calcula|halla|cuánto",
    "求|多长|多少",
)


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    """Where one side and one angle beside the right one are told."""
    text, quantities = plain_text(task.text), stated_in(task)
    if not RIGHT_ANGLED.search(text):
        return
    angles = [q for q in quantities if q.sign == "°" and q.number != 90]
    sides = list(filter(is_length, quantities))
    if len(angles) != 1 or len(sides) != 1:
        return
    sought, known = _roles(text, sides[0])
    if (known, sought) in _FORMULAS:
        yield _expected_side(sought, known, sides[0], angles[0])


def _expected_side(
    sought: str, known: str, side: StatedQuantity, angle: StatedQuantity
) -> ExpectedQuantity:
    numbers: dict[str, Term] = {
        "k": Num(side.number),
        "alpha": Call("degrees", (Num(angle.number),)),
    }
    formula = _FORMULAS[known, sought]
    right, *wrong = (
        put_in(term_of(text), numbers)
        for text in (formula, *(other for other in _FORMULAS.values() if other != formula))
    )
    mistakes = tuple(Mistake(Slip.WRONG_RATIO, None, value) for value in wrong)
    return ExpectedQuantity(_NAMES[sought] | _LETTERS, None, right, mistakes, side.unit)


def _roles(text: str, side: StatedQuantity) -> tuple[str, str]:
    """Of what is sought and of the side; "" for what the words leave open."""
    sentences = _SENTENCES.split(text)
    asking = " ".join(s for s in sentences if _ASKS.search(s))
    telling = " ".join(s for s in sentences if not _ASKS.search(s)) or asking
    asked = [role for role, pattern in _ROLES.items() if pattern.search(asking)]
    told = [role for role, pattern in _ROLES.items() if pattern.search(telling)]
    if telling == asking or len(asked) != 1:
        return "", ""
    known = side.concept if side.concept in _ROLES else "".join(told) if len(told) == 1 else ""
    return asked[0], known
