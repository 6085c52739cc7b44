"""Areas, volumes and laws: the formula with the numbers of the statement put in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.grading.parsing.tree import Comparison, Div, Num, Sym, Term, children, rebuild, walk
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import TWO
from tutor.grading.solver.topics.word_problems.plan import Waypoint, answer, decimal, follow
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.working.knowledge import geometry, physics
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.quantity_names import NAMES
from tutor.grading.working.quantities.concepts import concepts_in
from tutor.grading.working.quantities.stated import StatedQuantity
from tutor.grading.working.task import Task

_SOUGHT = {
    "lateral": words(
        r"lateral(?: surface)?(?: area)?|curved surface(?: area)?|mantelfläche|mantels?"
        r"|aire latérale|área lateral",
        "侧面积",
    ),
    "surface": words(
        r"(?:total )?surface(?: area)?|oberfläche\w{0,8}|aire totale|superficie total|área total",
        "表面积|全面积",
    ),
    "perimeter": words(
        r"perimeters?|circumferences?|umfang\w{0,2}|périmètres?|circonférences?|perímetros?"
        r"|circunferencia|fenced?|fencing|zaun\w?",
        "周长",
    ),
    "arc": words(r"arc length|length of (?:the|an) arc|bogenlänge|longueur de l.arc"
                 r"|longitud del arco", "弧长"),
    "volume": words(
        r"volumes?|volumens?|rauminhalt\w{0,2}|capacity|contenance|how many (?:cubic|litres)"
        r"|how much (?:water|sand)|volúmen\w{0,2}|fassungsvermögen",
        "体积|容积",
    ),
    "area": words(
        r"areas?|flächeninhalt\w{0,2}|flächen?|aires?|superficies?|áreas?", "面积"
    ),
    "diagonal": words(r"diagonals?|diagonale[n]?|diagonales", "对角线"),
    "slant": words(r"slant heights?|mantellinie|génératrice|generatriz", "母线"),
    "radius": words(r"radi(?:us|i)|rayons?|radios?", "半径"),
    "height": words(r"heights?|how high|höhe|hauteur|altura", "高"),
    "side": words(r"sides?|edges?|seitenlänge|kantenlänge|seite|kante|côtés?|arêtes?|lados?|arista"
                  , "边长|棱长"),
    "width": words(r"width|breite|largeur|anchura|ancho", "宽"),
}  # fmt: skip
_INCOMPLETE = words(
    r"without (?:a )?(?:lid|top|base)|no lid|open(?:-topped| at the top| box| top)|hollow"
    r"|oben offen\w?|ohne deckel|sans couvercle|sin tapa|remaining|left over"
    r"|rest\w{0,3}|cut (?:out|off)",
    "无盖|空心|剩",
)
_SURFACES = ("surface", "lateral")
_LAW_WORDS = {
    "distance": words(r"how far|wie weit|welche strecke|quelle distance|qué distancia"
                      r"|how many (?:km|kilomet\w{2,3}|miles|metres)|distance|strecke|distancia",
                      "多远|路程|多少千米|多少米|距离"),
    "time": words(r"how long|wie lange|combien de temps|cuánto (?:tiempo|tarda)|how many (?:hours"
                  r"|minutes|seconds)|time|zeit|dauer|durée|tiempo", "多长时间|多久|几小时|时间"),
    "speed": words(r"speed|velocity|how fast|\w{0,14}geschwindigkeit|wie schnell|vitesse|velocidad",
                   "速度|时速"),
    "density": words(r"density|dichte|densité|masse volumique|densidad", "密度"),
    "mass": words(r"mass|weigh\w{0,2}|masse|wiegt|schwer|masa|pesa", "质量|重"),
    "volume": words(r"volume|volumen|rauminhalt", "体积"),
    "force": words(r"force|kraft|fuerza", "力"),
    "acceleration": words(r"accelerat\w{2,4}|beschleunigung|accélération|aceleración", "加速度"),
    "energy": words(r"work|energy|arbeit|energie|travail|énergie|trabajo|energía", "功"),
    "power": words(r"power|leistung|puissance|potencia", "功率"),
    "pressure": words(r"pressure|druck|pression|presión", "压强"),
    "voltage": words(r"voltage|spannung|tension|tensión", "电压"),
    "current": words(r"current|stromstärke|strom|intensité|corriente", "电流"),
    "resistance": words(r"resistance|widerstand|résistance|resistencia", "电阻"),
}  # fmt: skip
_LETTERS = {"area": "A", "perimeter": "P", "volume": "V", "surface": "S", "lateral": "M",
            "arc": "b", "diagonal": "d", "slant": "s", "radius": "r", "height": "h", "side": "a",
            "width": "w"}  # fmt: skip


def measure_figure(position: Position) -> Iterator[Step]:
    """π·7² for a circle, after r = 14/2."""
    task = position.goal.task
    story = WordProblem.of(task)
    if story.compares or story.mentions(_INCOMPLETE):
        return
    for sought in _sought(story):
        quantities = [
            quantity
            for quantity in geometry.expected(task)
            if quantity.names == NAMES[sought] and quantity.value is not None
        ]
        for quantity in quantities:
            assert quantity.value is not None  # noqa: S101 - the list has no other
            term = with_decimals(quantity.value)
            if _uses_all(term, story.quantities):
                yield from follow(_figure_plan(story, sought, term), position)
                return


def _sought(story: WordProblem) -> Iterator[str]:
    """What the words ask for: a concept that no number of the statement has."""
    given = {q.concept for q in story.quantities} | _given_concepts(story)
    for sought, pattern in _SOUGHT.items():
        concept = "area" if sought in _SURFACES else sought
        if sought not in given and concept not in given and story.mentions(pattern):
            yield sought


def _given_concepts(story: WordProblem) -> set[str]:
    """Those that stand right before a number."""
    return {
        concept
        for _, end, concept in concepts_in(story.text)
        for q in story.quantities
        if 0 <= q.start - end <= 3
    }


def with_decimals(term: Term) -> Term:
    """2.5 for a numeral 5/2."""
    if isinstance(term, Num):
        return term if term.value.denominator == 1 else decimal(term.value)
    if not children(term):
        return term
    changed: Term = rebuild(term, with_decimals)
    return changed


def _uses_all(term: Term, quantities: Sequence[StatedQuantity]) -> bool:
    """Whether each number of the statement, or its half, is put in."""
    numbers = {part.value for part in walk(term) if isinstance(part, Num)}
    return bool(quantities) and all(
        q.number in numbers or (q.concept == "diameter" and q.number / 2 in numbers)
        for q in quantities
    )


def _figure_plan(story: WordProblem, sought: str, term: Term) -> list[Waypoint]:
    diameters = [q for q in story.quantities if q.concept == "diameter"]
    numbers = {part.value for part in walk(term) if isinstance(part, Num)}
    plan: list[Waypoint] = []
    if len(diameters) == 1 and diameters[0].number not in numbers:
        diameter = decimal(diameters[0].number)
        halved = decimal(diameters[0].number / 2)
        line = Step(Comparison("=", Sym("r"), Div(diameter, TWO)), Move(MoveName.HALVE_DIAMETER))
        plan.append(Waypoint((line,), halved))
    is_circle = len(story.quantities) == 1 and any(
        q.concept in ("radius", "diameter") for q in story.quantities
    )
    move = MoveName.PUT_RADIUS_IN if is_circle else MoveName.PUT_INTO_FORMULA
    return [*plan, answer(term, move, name=_LETTERS[sought])]


def apply_law(position: Position) -> Iterator[Step]:
    """180/2.5 for 180 km in 2.5 h."""
    task = position.goal.task
    story = WordProblem.of(task)
    kinds = {physics.KINDS.get(q.unit.dimension, "") for q in story.amounts}
    if len(story.quantities) != 2 or len(kinds) != 2 or "" in kinds:
        return
    for law in physics.LAWS:
        missing = set(law) - kinds
        if not kinds <= set(law) or len(missing) != 1:
            continue
        [sought] = missing
        if not story.mentions(_LAW_WORDS[sought]):
            continue
        term = _law_term(task, story, sought)
        if term is not None:
            yield from follow([answer(term, MoveName.PUT_INTO_FORMULA)], position)
            return


def _law_term(task: Task, story: WordProblem, sought: str) -> Term | None:
    asked = [unit for unit in story.asked if unit.dimension]
    fitting = [
        q for q in physics.expected(task) if q.names == NAMES[sought] and q.value is not None
    ]
    fitting.sort(key=lambda q: q.unit not in asked)
    for quantity in fitting[:1]:
        assert quantity.value is not None  # noqa: S101 - the list has no other
        if not asked or quantity.unit in asked or asked[0].dimension != quantity.unit.dimension:
            return with_decimals(quantity.value)
    return None
