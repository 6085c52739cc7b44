"""Speed, density, force and other laws with units: each quantity is known by its unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import Formula, as_concept, expected_by, words
from tutor.grading.working.knowledge.quantity_names import NAMES
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.quantities.stated import StatedQuantity
from tutor.grading.working.task import Task, stated_in

KINDS = {
    (("m", 1), ("s", -1)): "speed",
    (("s", 1),): "time",
    (("month", 1),): "period",
    (("m", 1),): "distance",
    (("kg", 1),): "mass",
    (("kg", 1), ("m", -3)): "density",
    (("m", 3),): "volume",
    (("m", 2),): "area",
    (("kg", 1), ("m", 1), ("s", -2)): "force",
    (("m", 1), ("s", -2)): "acceleration",
    (("kg", 1), ("m", 2), ("s", -2)): "energy",
    (("kg", 1), ("m", 2), ("s", -3)): "power",
    (("kg", 1), ("m", -1), ("s", -2)): "pressure",
    (("A", -1), ("kg", 1), ("m", 2), ("s", -3)): "voltage",
    (("A", 1),): "current",
    (("A", -2), ("kg", 1), ("m", 2), ("s", -3)): "resistance",
}
_MEETING = words(
    r"towards? each other|toward one another|meet|entgegen"
    r"|treffen|begegnen|rencontr\w+|encuentr\w+",
    "相向|相遇",
)
_W = Slip.WRONG_FORMULA


def _law(
    whole: str, first: str, second: str
) -> tuple[tuple[str, str, tuple[tuple[Slip, str], ...]], ...]:
    """c = ab, solved for each letter."""
    a, b, c = first, second, whole
    return (
        (c, f"{a}*{b}", ((_W, f"{a}/{b}"), (_W, f"{b}/{a}"), (_W, f"{a}+{b}"))),
        (a, f"{c}/{b}", ((_W, f"{c}*{b}"), (Slip.INVERSE_RATIO, f"{b}/{c}"))),
        (b, f"{c}/{a}", ((_W, f"{c}*{a}"), (Slip.INVERSE_RATIO, f"{a}/{c}"))),
    )


# The letter of each quantity in our formulas.
_LETTERS = {
    "speed": "v",
    "distance": "s",
    "time": "t",
    "mass": "m",
    "density": "q",
    "volume": "V",
    "force": "F",
    "acceleration": "a",
    "energy": "W",
    "power": "P",
    "pressure": "p",
    "area": "A",
    "voltage": "U",
    "current": "J",
    "resistance": "R",
}
LAWS = (
    ("distance", "speed", "time"),
    ("mass", "density", "volume"),
    ("force", "mass", "acceleration"),
    ("energy", "force", "distance"),
    ("energy", "power", "time"),
    ("force", "pressure", "area"),
    ("voltage", "resistance", "current"),
    ("power", "voltage", "current"),
    ("speed", "acceleration", "time"),
)


def _formulas() -> Iterator[Formula]:
    for law in LAWS:
        kinds = {_LETTERS[kind]: kind for kind in law}
        for sought, text, wrong in _law(*kinds):
            used = {letter: kind for letter, kind in kinds.items() if letter != sought}
            yield Formula(NAMES[kinds[sought]], text, used, wrong)
    yield Formula(NAMES["kinetic energy"], "1/2*m*v^2", {"m": "mass", "v": "speed"})


FORMULAS = tuple(_formulas())


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    quantities = [as_concept(q, _kind(q)) for q in stated_in(task) if not q.sign]
    speeds = [q for q in quantities if q.concept == "speed"]
    yield from _average_speed(task, speeds)
    if len(speeds) > 1:
        quantities = [q for q in quantities if q.concept != "speed"]
        if len(speeds) == 2 and speeds[0].unit == speeds[1].unit and _MEETING.search(task.text):
            quantities.append(replace(speeds[0], number=speeds[0].number + speeds[1].number))
    single = Counter(q.concept for q in quantities)
    quantities = [q for q in quantities if single[q.concept] == 1]
    kinds = {q.concept for q in quantities}
    told = [NAMES[kind] for kind in kinds if kind in NAMES]
    for formula in FORMULAS:
        if formula.names in told or (_is_uniform(formula) and "acceleration" in kinds):
            continue  # with v₀ = 3 m/s and a = 2 m/s², in 6 s, neither a = v/t nor s = vt
        if len(kinds & set(formula.letters.values())) == len(set(formula.letters.values())):
            yield from expected_by([formula], task, quantities)


def _is_uniform(formula: Formula) -> bool:
    """s = vt, v = s/t or t = s/v, of a motion at one speed."""
    return set(formula.letters.values()) < {"distance", "speed", "time"}


_AVERAGE = words(r"average|durchschnitt\w*|moyenne|media|promedio", "平均")
_BACK = words(
    r"back|returns?|home|same (?:way|road|route|distance)|zurück|rück\w*|retour|vuelta|regres\w+",
    "返回|原路|往返",
)
_AVERAGES = frozenset(
    ["average", "avg", "average speed", "durchschnitt", "durchschnittsgeschwindigkeit", "moyenne"]
) | {"vitesse moyenne", "velocidad media", "promedio", "平均速度", "平均"}


def _average_speed(task: Task, speeds: Sequence[StatedQuantity]) -> Iterator[ExpectedQuantity]:
    """There and back: not the mean of the two speeds."""
    if len(speeds) != 2 or speeds[0].unit != speeds[1].unit or speeds[0] == speeds[1]:
        return
    first, second = (speed.number for speed in speeds)
    if first != second and _AVERAGE.search(task.text) and _BACK.search(task.text):
        right = number_term(2 * first * second / (first + second))
        wrong = (Mistake(Slip.WRONG_FORMULA, value=number_term((first + second) / 2)),)
        yield ExpectedQuantity(_AVERAGES, value=right, mistakes=wrong, unit=speeds[0].unit)


def _kind(quantity: StatedQuantity) -> str:
    return KINDS.get(quantity.unit.dimension, "")
