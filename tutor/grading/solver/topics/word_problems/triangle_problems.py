"""Right-angled triangles, the sine and the cosine rule, and sums of angles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Div,
    Logic,
    Mul,
    Neg,
    Pow,
    Sym,
    Term,
    Value,
    is_term,
    substitute,
)
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import TWO, is_plain, number, square_root
from tutor.grading.solver.topics.word_problems.plan import (
    Waypoint,
    decimal,
    equation,
    follow,
    formula,
)
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.geometry import FIGURES
from tutor.grading.working.knowledge.triangles.right_angled import (
    RIGHT_ANGLED,
    right_angled_sides,
)
from tutor.grading.working.quantities.stated import StatedQuantity

_HEIGHT = words(
    r"how high|height|high|wie hoch|höhe|hoch|haut\w{0,4}|altura|how tall|alto", "多高|高"
)
_SEEN = words(
    r"tree|tower|building|cliff|(?:flag)?pole|church|lighthouse|baum\w?|turm\w{0,2}|gebäude"
    r"|kirche|mast|arbre|tour|immeuble|árbol|torre|edificio|shadow|schatten|ombre|sombra",
    "树|塔|楼|旗杆|建筑|影",
)
_ELEVATION = words(
    r"angle of elevation|elevation|höhenwinkel|erhebungswinkel|unter einem winkel"
    r"|angle d.élévation|sous un angle|ángulo de elevación",
    "仰角",
)
_AWAY = words(
    r"away|from|distance|distant|entfern\w{0,4}|entfernung|abstand|mètres de|distancia|metros de"
    r"|shadow|schatten|ombre|sombra",
    "距|离|远|影",
)
_OPPOSITE = words(r"opposite|gegenüber\w{0,6}|gegenkathete|opposée?|opuest[oa]", "对边|所对")
_ADJACENT = words(r"adjacent|ankathete|anliegend\w{0,3}|adyacente|contigu[oa]", "邻边")
_HYPOTENUSE = words(r"hypotenuse[n]?|hypoténuse|hipotenusa", "斜边")
_TANGENT = words(r"tangente?", "切线")
_AREA = words(r"area|flächen?(?:inhalt)?|aire|área", "面积")
_GREEK = {"alpha": "a", "α": "a", "beta": "b", "β": "b", "gamma": "c", "γ": "c"}
_NAMED = re.compile(r"(?:find|calculate|berechne|bestimme|calculer|calcula\w{0,2}|求|side|length"
                    r"|seite|länge|côté|lado)\s+(?:the\s+)?(?:side\s+|length\s+)?([a-z])(?![a-z'’])",
                    re.IGNORECASE)  # fmt: skip
_NAMED_ANGLE = re.compile(
    r"(?:angle|winkel|∠|\\angle|ángulo|角)\s?([A-C]|alpha|beta|gamma|α|β|γ)\s?"
    r"(?:is|ist|of|von|est|es|是|为)?\s?$",
    re.IGNORECASE,
)
Quantities = Mapping[str, StatedQuantity]
_RULES = {  # by what is known and what is sought
    ("hypotenuse", "opposite"): ("sin", False),
    ("hypotenuse", "adjacent"): ("cos", False),
    ("adjacent", "opposite"): ("tan", False),
    ("opposite", "hypotenuse"): ("sin", True),
    ("adjacent", "hypotenuse"): ("cos", True),
    ("opposite", "adjacent"): ("tan", True),
}
SIDE_WORDS = (("hypotenuse", _HYPOTENUSE), ("opposite", _OPPOSITE), ("adjacent", _ADJACENT))
ASKS_ANGLE = words(
    r"(?:find|calculate|determine|what is|which) (?:the )?(?:size of (?:the )?)?(?:its )?"
    r"(?:acute )?angles?|(?:berechne|bestimme) (?:den |die )?winkel\w?|(?:calculer|déterminer)"
    r" (?:l'|l’)?angle|(?:calcula|halla) el ángulo|wie groß ist der winkel",
    "求.{0,4}角",
)
_DIRECTIONS = (
    words(r"east|west|osten|westen|est|ouest|este|oeste", "东|西"),
    words(r"north|south|norden|süden|nord|sud|norte|sur", "南|北"),
)
_ACROSS = words(
    r"(?:from )?(?:one|a) corner (?:straight )?to (?:the )?opposite (?:corner|one)"
    r"|von einer ecke .{0,20}gegenüberliegenden|d.un coin au coin opposé"
    r"|de una esquina a la (?:esquina )?opuesta",
    "一角到相对的?一角|对角",
)
_SHORTER = words(r"save[sd]?|shorter|how much (?:further|longer)|spart|kürzer", "少走|近多少")
RIGHT_ANGLE_AT = re.compile(
    r"right[- ]angled? at\W{1,4}([A-Z])\b|right angle at\W{1,4}([A-Z])\b"
    r"|(?:\\angle|∠|angle)\s*([A-Z])\s*(?:=|is)\s*90|rechte[rn]? Winkel bei\W{1,4}([A-Z])\b"
)
RATIO_MOVES = {"sin": MoveName.USE_SINE, "cos": MoveName.USE_COSINE, "tan": MoveName.USE_TANGENT}


def apply_pythagoras(position: Position) -> Iterator[Step]:
    """h² + 5² = 13²"""
    story = WordProblem.of(position.goal.task)
    has_angle = any(q.sign == "°" for q in story.quantities)
    if has_angle or story.compares or story.mentions(ASKS_ANGLE):
        return
    if not _has_right_angle(position) and not _has_two_legs(story):
        return
    yield from positive_root(position)
    sides = _sides(story)
    if len(sides) != 2 or len(story.amounts) != 2:
        return
    if story.mentions(_AREA) and all(q.concept == "leg" for q in sides):
        return  # half the product of the legs
    yield from follow([_pythagoras(story, sides)], position)


def has_negative_length(value: Value, position: Position) -> bool:
    """c = 13 or c = -13, where a side of a right-angled triangle is sought."""
    match value:
        case Logic("or", (Comparison("=", Sym(), first), Comparison("=", Sym(), second))) if (
            is_term(first) and is_term(second)
        ):
            story = WordProblem.of(position.goal.task)
            is_pair = Neg(first) == second or Neg(second) == first
            is_named = RIGHT_ANGLE_AT.search(position.goal.task.text) is not None
            return is_pair and (is_named or _has_right_angle(position) or _has_two_legs(story))
    return False


def _has_right_angle(position: Position) -> bool:
    """At a tangent only where it touches a circle, and not the graph of a function."""
    task = position.goal.task
    matches = [match[0] for match in RIGHT_ANGLED.finditer(WordProblem.of(task).text)]
    if any(_TANGENT.fullmatch(match) is None for match in matches):
        return True
    touches_circle = FIGURES["circle"].search(task.text) is not None
    return bool(matches) and touches_circle and not task.equations


def _sides(story: WordProblem) -> Sequence[StatedQuantity]:
    """The two that are known, as legs or hypotenuse; none where they are no lengths of one kind."""
    if _has_two_legs(story):
        return [replace(q, concept="leg") for q in story.amounts]
    sides = right_angled_sides(story.text, story.quantities)
    if len({q.unit.dimension for q in sides}) > 1 and not all(
        q.concept in ("leg", "hypotenuse") for q in story.amounts
    ):
        return []  # 12 rungs, 30 cm apart
    if len(sides) == 2 and story.mentions(_TANGENT) and story.mentions(FIGURES["circle"]):
        shorter, longer = sorted(sides, key=lambda q: q.number * q.unit.factor)
        return [replace(longer, concept="hypotenuse"), replace(shorter, concept="leg")]
    return sides


def _has_two_legs(story: WordProblem) -> bool:
    return _goes_round_corner(story) or _crosses_rectangle(story)


def _crosses_rectangle(story: WordProblem) -> bool:
    """From one corner of a rectangle straight to the opposite one, and nothing else is asked."""
    crosses = story.mentions(_ACROSS) and story.mentions(FIGURES["rectangle"])
    is_plain = len(story.quantities) == 2 and len({q.unit for q in story.amounts}) == 1
    return bool(crosses) and is_plain and not story.mentions(_SHORTER)


def _goes_round_corner(story: WordProblem) -> bool:
    """9 km east, then 12 km north."""
    return all(story.mentions(pattern) for pattern in _DIRECTIONS) and len(story.amounts) == 2


def _pythagoras(story: WordProblem, sides: Sequence[StatedQuantity]) -> Waypoint:
    legs = [q for q in sides if q.concept == "leg"]
    squares = [Pow(decimal(q.number), TWO) for q in legs]
    if len(legs) == 2:
        name = _letter(story, "c")
        value = square_root(Add(tuple(squares)))
        return equation(
            Pow(Sym(name), TWO), Add(tuple(squares)), name, value, MoveName.APPLY_PYTHAGORAS
        )
    [hypotenuse] = [q for q in sides if q not in legs]
    whole = Pow(decimal(hypotenuse.number), TWO)
    name = "h" if story.mentions(_HEIGHT) else _letter(story, "x")
    left = Add((Pow(Sym(name), TWO), squares[0]))
    value = square_root(Add((whole, Neg(squares[0]))))
    return equation(left, whole, name, value, MoveName.APPLY_PYTHAGORAS)


def _letter(story: WordProblem, usual: str) -> str:
    match = _NAMED.search(story.text)
    return match[1] if match else usual


def positive_root(position: Position) -> Iterator[Step]:
    """h = 12 after h² = 144: a length is positive."""
    lines = written_lines(position)
    match lines[-1] if lines else None:
        case Comparison("=", Pow(Sym() as name, exponent), square) | Comparison(
            "=", square, Pow(Sym() as name, exponent)
        ):
            if is_term(square) and rational_value(exponent) == 2 and is_plain(square):
                value = rational_value(square_root(square))
                root = square_root(square) if value is None else decimal(value)
                line = Comparison("=", name, root)
                yield Step(line, Move(MoveName.TAKE_SQUARE_ROOT))


def use_sine_or_cosine(position: Position) -> Iterator[Step]:
    """a/12 = sin(30°)"""
    story = WordProblem.of(position.goal.task)
    angles = [q for q in story.quantities if q.sign == "°" and q.number != 90]
    if len(angles) != 1 or len(story.amounts) != 1 or angles[0].number >= 90:
        return
    [length] = story.amounts
    pair = _sides_of(story, length)
    if pair not in _RULES:
        return
    function, is_below = _RULES[pair]
    name = "h" if story.mentions(_SEEN) and story.mentions(_HEIGHT) else _letter(story, "a")
    ratio = Call(function, (_degrees(angles[0].number),))
    known, unknown = decimal(length.number), Sym(name)
    quotient = Div(known, unknown) if is_below else Div(unknown, known)
    value = Div(known, ratio) if is_below else Mul((known, ratio))
    yield from follow([equation(quotient, ratio, name, value, RATIO_MOVES[function])], position)


def _degrees(value: Fraction) -> Term:
    return Call("degrees", (decimal(value),))


def _sides_of(story: WordProblem, length: StatedQuantity) -> tuple[str, str]:
    """Which side is known, and which is sought."""
    if story.mentions(_SEEN) and (story.mentions(_ELEVATION) or story.mentions(_AWAY)):
        is_height = length.concept == "height"
        return ("opposite", "adjacent") if is_height else ("adjacent", "opposite")
    if not story.mentions(RIGHT_ANGLED):
        return ("", "")
    mentions = [
        (match.start(), side)
        for side, pattern in SIDE_WORDS
        for match in pattern.finditer(story.text)
    ]
    sides = list(dict.fromkeys(side for _, side in mentions))
    if len(sides) != 2:
        return ("", "")
    nearest = min(mentions, key=lambda mention: abs(mention[0] - length.start))[1]
    return nearest, next(side for side in sides if side != nearest)


def use_triangle_rules(position: Position) -> Iterator[Step]:
    """c² = 5² + 8² - 2·5·8·cos(60°); b/sin(40°) = 7/sin(30°)"""
    story = WordProblem.of(position.goal.task)
    named = [(_angle_name(story, q), q) for q in story.quantities if q.sign == "°"]
    angles = {side_of(name): q for name, q in named if name}
    sides = {q.name: q for q in story.amounts if q.name in ("a", "b", "c")}
    if len(angles) + len(sides) != 3 or len(story.quantities) != 3:
        return
    yield from positive_root(position)
    yield from _with_cosine(position)
    if len(sides) == 2 and len(angles) == 1:
        [sought] = angles
        if sought not in sides:
            yield from follow([_cosine_rule(sought, angles, sides)], position)
    elif len(sides) == 1:
        [known] = sides
        others = [name for name in angles if name != known]
        if known in angles and len(others) == 1:
            yield from follow([_sine_rule(others[0], known, angles, sides)], position)


def _angle_name(story: WordProblem, angle: StatedQuantity) -> str:
    """A of A = 60° and "the angle A is 60°"."""
    before = _NAMED_ANGLE.search(story.text[max(angle.start - 24, 0) : angle.start])
    return angle.name or (before[1] if before else "")


_COSINES = {60: Fraction(1, 2), 90: Fraction(0), 120: Fraction(-1, 2)}


def _with_cosine(position: Position) -> Iterator[Step]:
    """c² = 5² + 8² - 2·5·8·1/2 for cos(60°)."""
    lines = written_lines(position)
    match lines[-1] if lines else None:
        case Comparison("=", Pow() as left, right) if is_term(right):
            for degrees, value in _COSINES.items():
                cosine = Call("cos", (Call("degrees", (number(degrees),)),))
                changed: Term = substitute(right, cosine, number(value))
                if changed != right:
                    line = Comparison("=", left, changed)
                    yield Step(line, Move(MoveName.VALUE_OF_COSINE))


def side_of(name: str) -> str:
    """The side opposite an angle."""
    return _GREEK.get(name, name.lower())


def _cosine_rule(sought: str, angles: Quantities, sides: Quantities) -> Waypoint:
    first, second = (decimal(q.number) for _, q in sorted(sides.items()))
    right = formula("b^2+c^2-2*b*c*cos(A)", b=first, c=second, A=_degrees(angles[sought].number))
    left = Pow(Sym(sought), TWO)
    return equation(left, right, sought, square_root(right), MoveName.USE_COSINE_RULE)


def _sine_rule(sought: str, known: str, angles: Quantities, sides: Quantities) -> Waypoint:
    sines = {name: Call("sin", (_degrees(angles[name].number),)) for name in (sought, known)}
    length = decimal(sides[known].number)
    left, right = Div(Sym(sought), sines[sought]), Div(length, sines[known])
    value = Div(Mul((length, sines[sought])), sines[known])
    return equation(left, right, sought, value, MoveName.USE_SINE_RULE)
