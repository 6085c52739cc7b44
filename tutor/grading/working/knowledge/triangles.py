"""Triangles: angle sums, Pythagoras, the cosine rule, and right-angled trigonometry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Num,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudgetSpent
from tutor.grading.prose.formulas import find_formulas, split_statements
from tutor.grading.solving.linear_systems import linear_row
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.figures.right_triangles import right_corner, squares_of_sides
from tutor.grading.working.knowledge.formulas import (
    Formula,
    as_concept,
    expected_by,
    mistakes_in,
    put_in,
    term_of,
    words,
)
from tutor.grading.working.knowledge.geometry import FIGURES
from tutor.grading.working.quantities.stated import StatedQuantity, plain_text
from tutor.grading.working.task import Task, stated_in

RIGHT_ANGLED = words(
    r"right[- ](?:angled )?triangles?|right-angled|hypotenuse|rechtwinklig\w*|rectangle en"
    r"|triangle rectangle|hypoténuse|triángulos? rectángulos?|hipotenusa|ladder|leiter|échelle"
    r"|escalera|pythagor\w+",
    "直角三角形|斜边|梯子|勾股",
)
_WITH_DIAGONALS = words(
    r"diagonal\w*|cones?|kegels?|cônes?|conos?|pyramid\w*|pirámide", "对角线|圆锥|棱锥"
)
_LADDER = words(r"ladder|leiter|échelle|escalera|rope|seil|string|kite|wire|plank|ramp", "梯子|绳")
_ASKS_SLANT = words(
    r"how long (?:is|must|should|does)|(?:find|calculate|what is) the length of the"
    r" (?:ladder|rope|wire|ramp|string|cable)|wie lang (?:ist|muss)|quelle est la longueur"
    r"|calculer la longueur|qué longitud tiene|cuánto mide",
    "梯子?(?:的?长|有多长)|多长",
)
_TANGENT = words(r"tangents?|tangenten?|tangentes", "切线")
_CIRCLE = words(
    r"circles?|radius|cent(?:re|er)|kreis\w*|mittelpunkt|cercle|rayon|círculo|circunferencia|radio",
    "圆|半径",
)
ANGLES = words(r"angles?|winkel\w*|innenwinkel\w*|ángulos?", "角")
_QUADRILATERAL = words(
    r"quadrilateral|viereck\w*|quadrilatère|cuadrilátero|parallelogram\w*", "四边形"
)
_PENTAGON = words(r"pentagon|fünfeck\w*|pentagone|pentágono", "五边形")
_HEIGHT_SEEN = words(
    r"tree|tower|building|cliff|pole|flagpole|church|baum|turm|gebäude|haus|kirche|mast|arbre|tour"
    r"|immeuble|árbol|torre|edificio",
    "树|塔|楼|旗杆|建筑",
)
_AWAY = words(
    r"away|from|horizontal\w*|distance|entfern\w*|entfernung|abstand|distante?|mètres de|distancia"
    r"|waagrecht\w*|waagerecht\w*",
    "距|离|远|水平",
)
_SLOPE = words(
    r"slope|hang|gradient|ramp|rises?|steigt|steigung\w*|steigungswinkel|pente|pendiente|sube|road",
    "坡|倾斜",
)
_LISTED = re.compile(
    r"(?:\bare|\bsind|\bsont|\bson|\bmiden|\bmesurent|为|是)\s*([^.;。；?]{3,60})(?=[.;。；?]|$)"
)
_SEPARATORS = re.compile(r",|、|，|\band\b|\bund\b|\bet\b|\by\b|和")
_UP = words(r"rises?|up|high|steigt|hoch|höhe|monte|hauteur|sube|altura|vertical\w*|um", "高|上升")
_SIDES = frozenset(
    ["c", "b", "a", "d", "x", "h", "hypotenuse", "l", "P_T", "A_B", "A_C", "B_C", "y"]
)
_ANGLE_NAMES = frozenset(["alpha", "beta", "gamma", "theta", "x", "A", "B", "C", "phi", "angle"])
_RULE = "b^2+c^2-2*b*c*cos(A)"
_RULE_MISTAKES = (
    (Slip.LOST_SIGN, "b^2+c^2+2*b*c*cos(A)"),
    (Slip.WRONG_FORMULA, "b^2+c^2-b*c*cos(A)"),
    (Slip.WRONG_FORMULA, "b^2+c^2-2*b*c*sin(A)"),
    (Slip.WRONG_FORMULA, "b^2-c^2-2*b*c*cos(A)"),
)
_LEGS = (
    Formula(_SIDES, "√(a^2+b^2)", {"a": "leg", "b": "leg"}, ((Slip.WRONG_FORMULA, "√(a^2-b^2)"),)),
    Formula(
        _SIDES,
        "√(c^2-a^2)",
        {"c": "hypotenuse", "a": "leg"},
        ((Slip.WRONG_FORMULA, "√(c^2+a^2)"), (Slip.SPLIT_ROOT, "c-a")),
    ),
)
_SQUARES = frozenset(f"{name}^2" for name in (*_SIDES, "s", "e", "f", "g", "D"))
_SQUARES_OF_SEGMENTS = frozenset(name for name in _SQUARES if "_" in name)
_LAWS = ("a^2+b^2", "c^2-a^2")
_SPLIT = (
    Mistake(Slip.SPLIT_SQUARE, term_of("(a+b)^2")),
    Mistake(Slip.SPLIT_SQUARE, term_of("a+b")),
)
_SEEN = (
    Formula(
        frozenset(["h", "x", "y", "H", "height", "höhe", "hauteur", "altura", "高"]),
        "d*tan(α)",
        {"d": "away", "alpha": "angle"},
        (
            (Slip.DIVIDED_WRONGLY, "d/tan(α)"),
            (Slip.WRONG_FORMULA, "d*sin(α)"),
            (Slip.WRONG_FORMULA, "d*cos(α)"),
            (Slip.WRONG_FORMULA, "d/cos(α)"),
            (Slip.WRONG_FORMULA, "d/sin(α)"),
        ),
    ),
)


_STRING = (
    replace(
        _SEEN[0],
        names=_SEEN[0].names - {"x", "y"},  # which may be the other leg
        text="d*sin(α)",
        wrong=tuple((Slip.WRONG_FORMULA, other) for other in ("d*cos(α)", "d*tan(α)", "d/sin(α)")),
    ),
)
_FROM_GROUND = re.compile(
    r"(?:angle|winkel|ángulo|°|circ)[^.?]{0,40}?(?:ground|horizontal|boden|sol\b|suelo|地面|水平)"
    r"|(?:地面|水平面?)[^。]{0,6}(?:成|夹角)",
    re.IGNORECASE,
)
_ASKS_HEIGHT = words(
    r"how high|height|how far up|wie hoch|höhe|quelle hauteur|hauteur|altura|qué altura",
    "多高|高度",
)


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
    quantities = stated_in(task)
    text = plain_text(task.text)
    if ANGLES.search(text):
        yield from _angle_sums(task, text, quantities)
    yield from _polygon_sums(text)
    if _has_right_angle(task, text) or _WITH_DIAGONALS.search(text):
        yield from expected_by(_LEGS, task, right_angled_sides(text, quantities))
        squares = _SQUARES - _SQUARES_OF_SEGMENTS if right_corner(task.text) else _SQUARES
        yield from (ExpectedQuantity(squares, term_of(law), None, _SPLIT) for law in _LAWS)
        yield from squares_of_sides(task.text, quantities)
    yield from _by_angle(text, quantities)
    if FIGURES["triangle"].search(text):
        yield from _cosine_rule(quantities)
        yield from _sine_rule(quantities)
    if _LADDER.search(text) and _FROM_GROUND.search(text) and _ASKS_HEIGHT.search(text):
        lengths = [as_concept(q, "away") for q in quantities if _is_length(q)]
        angles = [as_concept(q, "angle") for q in quantities if q.sign == "°"]
        if len(lengths) == len(angles) == 1:
            yield from expected_by(_STRING, task, [*lengths, *angles])
    if _HEIGHT_SEEN.search(text) and _AWAY.search(text):
        away = [
            as_concept(q, "away") for q in quantities if _is_length(q) and q.concept != "height"
        ]
        angles = [q for q in quantities if q.sign == "°"]
        if len(away) == len(angles) == 1:
            yield from expected_by(_SEEN, task, [*away, *angles])
    if _SLOPE.search(text):
        yield from _slope(text, quantities)


def _has_right_angle(task: Task, text: str) -> bool:
    """Also between a radius and a tangent; not in the tangent of a graph."""
    if RIGHT_ANGLED.search(text) or right_corner(task.text):
        return True
    has_graph = any({"x", "y"} <= free_names(e) or _is_function(e) for e in task.equations)
    return bool(_TANGENT.search(text) and _CIRCLE.search(text)) and not has_graph


def _is_function(equation: Value) -> bool:
    return isinstance(equation, Comparison) and isinstance(equation.left, Call)


def _is_length(q: StatedQuantity) -> bool:
    return not q.sign and q.unit.dimension in ((), (("m", 1),))


def right_angled_sides(text: str, quantities: Sequence[StatedQuantity]) -> list[StatedQuantity]:
    """Legs and hypotenuses; the ladder is one, and so is the distance to a tangent's centre."""
    lengths = [q for q in quantities if _is_length(q)]
    sides = [q for q in lengths if q.concept in ("leg", "hypotenuse")]
    if len(sides) == 2 and len({q.concept for q in sides}) + len(lengths) > 3:
        return sides
    if all(q.concept == "leg" for q in sides) and len(sides) == 2:
        return sides
    corner = right_corner(text)
    if corner and len(lengths) == 2 and all(len(q.name) == 2 for q in lengths):
        kinds = ["leg" if corner in q.name else "hypotenuse" for q in lengths]
        return [as_concept(q, kind) for q, kind in zip(lengths, kinds, strict=True)]
    named = {q.name: q for q in lengths}
    if {"a", "b", "c"} >= named.keys() and len(named) == 2 and len(lengths) == 2:
        return [as_concept(q, "hypotenuse" if n == "c" else "leg") for n, q in named.items()]
    if len(lengths) != 2:
        return sides
    longer = max(lengths, key=lambda q: q.number * q.unit.factor)
    shorter = next(q for q in lengths if q is not longer)
    if _ASKS_SLANT.search(text) and not corner:
        return [as_concept(q, "leg") for q in (shorter, longer)]
    is_slanted = any(q.concept == "hypotenuse" for q in lengths) or bool(
        _LADDER.search(text) or _TANGENT.search(text)
    )
    if is_slanted:
        return [as_concept(longer, "hypotenuse"), as_concept(shorter, "leg")]
    return sides


def _by_angle(text: str, quantities: Sequence[StatedQuantity]) -> Iterator[ExpectedQuantity]:
    """A side from another one and an angle, by sine, cosine or tangent."""
    if not RIGHT_ANGLED.search(text):
        return
    angles = [q for q in quantities if q.sign == "°" and q.number != 90]
    sides = list(filter(_is_length, quantities))
    if len(angles) != 1 or len(sides) != 1:
        return
    sought, known = _roles(text, sides[0])
    if (known, sought) not in _FORMULAS:
        return
    numbers: dict[str, Term] = {
        "k": Num(sides[0].number),
        "alpha": Call("degrees", (Num(angles[0].number),)),
    }
    right = put_in(term_of(_FORMULAS[known, sought]), numbers)
    others = [other for other in _FORMULAS.values() if other != _FORMULAS[known, sought]]
    wrong = (put_in(term_of(other), numbers) for other in others)
    mistakes = tuple(Mistake(Slip.WRONG_RATIO, None, value) for value in wrong)
    yield ExpectedQuantity(_NAMES[sought] | _LETTERS, None, right, mistakes, sides[0].unit)


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


def _angle_sums(
    task: Task, text: str, quantities: Sequence[StatedQuantity]
) -> Iterator[ExpectedQuantity]:
    total = angle_sum_in(text)
    if total is None:
        return
    terms = angle_terms_in(task)
    if terms and terms[-1] in terms[:-1]:
        terms.pop()  # find x
    names = frozenset[str]().union(*map(free_names, terms)) if terms else frozenset[str]()
    if len(names) == 1 and len(terms) == total // 180 + 2:
        [name] = names
        row = linear_row(Add(tuple(terms)), [name])
        if row is not None and row[0]:
            others = [other for other in (180, 360, 540, 90) if other != total]
            right, *wrong = (
                Call("degrees", (Num((other + row[1]) / row[0]),)) for other in (total, *others)
            )
            mistakes = tuple(Mistake(Slip.WRONG_FORMULA, None, value) for value in wrong)
            yield ExpectedQuantity(frozenset([name]), None, right, mistakes)
            plain = tuple(replace(m, value=_plain(m.value)) for m in mistakes)
            yield ExpectedQuantity(frozenset([name]), None, _plain(right), plain)
    angles = [q.number for q in quantities if q.sign == "°"]
    if len(angles) == total // 180 + 1:
        known = sum(angles, Fraction(0))
        right = Call("degrees", (Num(total - known),))
        other_total = 360 if total == 180 else 180
        wrong_value = Call("degrees", (Num(abs(other_total - known)),))
        mistake = Mistake(Slip.WRONG_FORMULA, None, wrong_value)
        yield ExpectedQuantity(_ANGLE_NAMES, None, right, (mistake,))
        plain_mistake = replace(mistake, value=_plain(wrong_value))
        yield ExpectedQuantity(_ANGLE_NAMES, None, _plain(right), (plain_mistake,))


_POLYGONS = {
    number: words(latin, chinese)
    for number, latin, chinese in (
        (5, r"pentagon|fünfeck\w*|pentagone|pentágono", "五边形"),
        (6, r"hexagon|sechseck\w*|hexagone|hexágono", "六边形"),
        (7, r"heptagon|siebeneck\w*|heptagone|heptágono", "七边形"),
        (8, r"octagon|achteck\w*|octogone|octógono", "八边形"),
        (9, r"nonagon|neuneck\w*|ennéagone|eneágono", "九边形"),
        (10, r"decagon|zehneck\w*|décagone|decágono", "十边形"),
    )
}
_ANGLE_SUMS = frozenset(
    ["angle sum", "sum", "winkelsumme", "summe", "somme", "suma", "内角和", "内角"]
)


def _polygon_sums(text: str) -> Iterator[ExpectedQuantity]:
    """(n - 2)·180° for the angles of a polygon."""
    sides = [number for number, pattern in _POLYGONS.items() if pattern.search(text)]
    if len(sides) != 1:
        return
    right = Num(Fraction(180 * (sides[0] - 2)))
    yield ExpectedQuantity(_ANGLE_SUMS, None, right)
    yield ExpectedQuantity(_ANGLE_SUMS, None, Call("degrees", (right,)))


def _plain(term: Term | None) -> Term | None:
    return term.args[0] if isinstance(term, Call) else term


def angle_sum_in(text: str) -> int | None:
    if _QUADRILATERAL.search(text):
        return 360
    if _PENTAGON.search(text):
        return 540
    return 180 if FIGURES["triangle"].search(text) else None


def angle_terms_in(task: Task) -> list[Term]:
    """x, 2x and 3x, or x, x + 20° and 40°, as the statement lists them."""
    terms: list[Term] = []
    texts = [s.text for formula, _ in find_formulas(task.text) for s in split_statements(formula)]
    if not texts and (listed := _LISTED.search(task.text)):
        texts = _SEPARATORS.split(listed[1])
    for text in texts:
        try:
            value = read_expression(re.sub(r"\^\s?\{?\s?\\circ\s?\}?|°", "", text))
        except (Unreadable, RecursionError, WorkBudgetSpent):
            continue
        if is_term(value):
            terms.append(value)
    return terms


def _slope(text: str, quantities: Sequence[StatedQuantity]) -> Iterator[ExpectedQuantity]:
    """A slope that rises 3 m on 4 m."""
    lengths = [q for q in quantities if _is_length(q)]
    if len(lengths) != 2 or any(q.sign == "°" for q in quantities):
        return
    mentions = [match.start() for match in _UP.finditer(text)]
    if not mentions:
        return
    is_horizontal = bool(_AWAY.search(text))
    rise = min(lengths, key=lambda q: min(abs(q.start - at) for at in mentions))
    run = next(q for q in lengths if q is not rise)
    height, width = (Num(q.number * q.unit.factor) for q in (rise, run))
    right = _inverse("arctan", height, width)
    if run.concept == "length" and not is_horizontal:
        right = _inverse("arcsin", height, width)
    elif not is_horizontal:
        return
    mistakes = (
        Mistake(Slip.DEGREES_RADIANS, None, Call("degrees", (right,))),
        Mistake(Slip.INVERSE_RATIO, None, _inverse("arctan", width, height)),
        Mistake(Slip.WRONG_FORMULA, None, _inverse("arcsin", height, width)),
        Mistake(Slip.WRONG_FORMULA, None, _inverse("arctan", height, width)),
    )
    yield ExpectedQuantity(_ANGLE_NAMES, None, right, mistakes)


def _inverse(function: str, top: Term, bottom: Term) -> Term:
    return put_in(term_of(f"{function}(p/q)"), {"p": top, "q": bottom})
