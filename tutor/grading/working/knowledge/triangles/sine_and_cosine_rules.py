"""Triangles without a right angle: the cosine rule and the sine rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tutor.grading.parsing.tree import Call, Num, Term
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import mistakes_in, put_in, term_of
from tutor.grading.working.knowledge.geometry import FIGURES
from tutor.grading.working.quantities.stated import StatedQuantity, plain_text
from tutor.grading.working.task import Task, stated_in

_RULE = "b^2+c^2-2*b*c*cos(A)"
_RULE_MISTAKES = (
    (Slip.LOST_SIGN, "b^2+c^2+2*b*c*cos(A)"),
    (Slip.WRONG_FORMULA, "b^2+c^2-b*c*cos(A)"),
    (Slip.WRONG_FORMULA, "b^2+c^2-2*b*c*sin(A)"),
    (Slip.WRONG_FORMULA, "b^2-c^2-2*b*c*cos(A)"),
)


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    if FIGURES["triangle"].search(plain_text(task.text)):
        quantities = stated_in(task)
        yield from _cosine_rule(quantities)
        yield from _sine_rule(quantities)


def _cosine_rule(quantities: Sequence[StatedQuantity]) -> Iterator[ExpectedQuantity]:
    """Two sides and the angle between them, named as usual."""
    squares = frozenset(["a^2", "b^2", "c^2"])
    yield ExpectedQuantity(squares, term_of(_RULE), None, mistakes_in(_RULE, _RULE_MISTAKES))
    angles = {_corner(q.name): q for q in quantities if q.sign == "°" and q.name}
    sides = {q.name: q for q in quantities if not q.sign and q.name in ("a", "b", "c")}
    for sought in "abc":
        others = [side for name, side in sides.items() if name != sought]
        if sought in sides or sought not in angles or len(others) != 2:
            continue
        numbers: dict[str, Term] = {
            "b": Num(others[0].number),
            "c": Num(others[1].number),
            "A": Call("degrees", (Num(angles[sought].number),)),
        }
        values = [(m.slip, m.formula) for m in mistakes_in(_RULE, _RULE_MISTAKES)]
        mistakes = [Mistake(s, None, put_in(f, numbers)) for s, f in values if f is not None]
        right = put_in(term_of(_RULE), numbers)
        yield ExpectedQuantity(frozenset([f"{sought}^2"]), None, right, tuple(mistakes))
        rooted = tuple(replace(m, value=_root(m.value)) for m in mistakes if m.value is not None)
        forgotten = Mistake(Slip.ROOT_FORGOTTEN, None, right)
        name = frozenset([sought])
        yield ExpectedQuantity(name, None, _root(right), (*rooted, forgotten))


def _sine_rule(quantities: Sequence[StatedQuantity]) -> Iterator[ExpectedQuantity]:
    """A side and its angle, and the angle of the side that is sought."""
    angles = {_corner(q.name): q for q in quantities if q.sign == "°" and q.name}
    sides = {q.name: q for q in quantities if not q.sign and q.name in ("a", "b", "c")}
    for sought, known in ((s, k) for s in angles for k in sides if s != k and k in angles):
        numbers: dict[str, Term] = {
            "a": Num(sides[known].number),
            "A": Call("degrees", (Num(angles[known].number),)),
            "B": Call("degrees", (Num(angles[sought].number),)),
        }
        wrong = [(Slip.INVERSE_RATIO, "a*sin(A)/sin(B)"), (Slip.WRONG_FORMULA, "a*B/A")]
        mistakes = tuple(Mistake(slip, None, put_in(term_of(t), numbers)) for slip, t in wrong)
        value = put_in(term_of("a*sin(B)/sin(A)"), numbers)
        yield ExpectedQuantity(frozenset([sought]), None, value, mistakes)


def _root(term: Term) -> Term:
    return put_in(term_of("√(q)"), {"q": term})


def _corner(name: str) -> str:
    """The side opposite an angle."""
    greek = {"alpha": "a", "α": "a", "beta": "b", "β": "b", "gamma": "c", "γ": "c"}
    return greek.get(name, name.lower())
