"""Usual wrong set-ups that the numbers and words of the statement tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations
from math import factorial

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Call,
    Const,
    Div,
    Matrix,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    free_names,
    is_term,
    walk,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.lines import PARALLEL
from tutor.grading.working.knowledge.points import named_points
from tutor.grading.working.knowledge.vectors import vectors_in
from tutor.grading.working.slip_names.scene import Scene, are_proportional, difference
from tutor.grading.working.task import read_task, stated_in

_RATIO = re.compile(
    r"(?<![\d:.])(\d{1,4}(?:\.\d{1,3})?)\s?(?::|\\colon|to|zu|∶)\s?(\d{1,4}(?:\.\d{1,3})?)(?!\d|\.\d)"
)
_RATIO_WORDS = words(r"ratio|verhältnis|rapport|razón|proporción|mixed? in", "比")
_SCALE = words(
    r"similar|scale|map|enlarge\w*|ähnlich\w*|maßstab|karte|semblables?|échelle|carte|semejantes?"
    r"|escala|mapa",
    "相似|比例尺|地图",
)
_PERPENDICULAR = words(
    r"perpendicular\w*|orthogonal\w*|right angles?|senkrecht\w*|rechtwinklig\w*|perpendiculaires?"
    r"|orthogonaux|ortogonal\w*",
    r"垂直|\\perp|⊥",
)
_TRIANGLE = words(r"triangles?|dreieck\w*|triángulos?", "三角形")
_FOUR_SIDES = words(
    r"quadrilaterals?|quadrangles?|kites?|parallelograms?|trapez\w*|viereck\w*|quadrilatère"
    r"|cuadriláteros?",
    "四边形|梯形",
)
_ROUND = words(
    r"circles?|turns?|rotat\w*|pie charts?|kreis\w*|cercles?|círculos?|points?", "圆|旋转"
)
_QUADRANT = words(r"quadrants?|quadranten?|cuadrantes?|obtuse|stumpf\w*|obtus\w*", "象限|钝角")
_INTERVAL = re.compile(
    r"(?:[<≤∈]|\\(?:in|le|leq|lt)\b|between|zwischen|entre)[^,;?.]{0,24}(?:\\pi|π|°|\\circ)"
)
_OF_REST = words(
    r"of (?:what|the (?:rest|remain\w+|leftover))|of those left|(?:vom|des) rests?"
    r"|(?:du|de ce qui) reste|del? resto|de lo que queda",
    "剩下的?|余下的?|其余的?",
)
_FRACTION = words(
    r"half|third|quarter|fifth|sixth|hälfte|drittel|viertel|fünftel|sechstel|tiers|quart|moitié"
    r"|mitad|tercio|tercera parte|cuarta parte",
    r"分之|一半|\\[dt]?frac",
)
DIGITS = words(
    r"digits?|\w{2,8}stellige\w?|ziffern?|chiffres|cifras|dígitos", "[两二三四五六]位数|数字"
)
_LIMIT = words(r"limits?|lim|grenzwert\w*|límite", "极限")
_SIDES = words(
    r"sides?|triangles?|angle between|dreieck\w*|seiten?|triangles?|côtés?|triángulos?|lados?",
    "三角形|△|边",
)
_MEAN = words(r"mean|average|durchschnitt\w*|mittelwert|moyenne|media|promedio", "平均")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):([0-5]\d)(?!\d)")
_OF_UNITS = frozenset(map(Fraction, ("3.6", "60", "3600", "1000", "10000", "1000000")))
_CODES = words(
    r"codes?|pins?|passwords?|locks?|phone|number plates?|passw\w+|schloss\w*|telefon\w*"
    r"|mots? de passe|cadenas|contraseñas?",
    "密码|电话|车牌|锁",
)
_WORD = re.compile(r"(?<![A-Za-z])([A-Z]{4,12})(?![A-Za-z])")
_ALMOST_PI = (Fraction("3.14"), Fraction("3.1416"), Fraction(22, 7))


def diameter_for_radius(scene: Scene) -> Slip:
    """A = π·14² and 2·π·14 for a diameter of 14"""
    quantities = stated_in(read_task(scene.statement))
    diameters = {q.number for q in quantities if q.concept == "diameter"}
    if not diameters or any(q.concept == "radius" for q in quantities):
        return Slip.NONE
    has_taken = any(_takes_for_radius(side, diameters) for side in scene.sides)
    return Slip.DIAMETER_FOR_RADIUS if has_taken or _is_radius(scene, diameters) else Slip.NONE


def _takes_for_radius(side: Term, diameters: set[Fraction]) -> bool:
    parts = list(walk(side))
    if not any(
        part == Const("pi") or rational_value(part) in _ALMOST_PI for part in parts if is_term(part)
    ):
        return False
    for part in parts:
        match part:
            case Pow(base, exponent) if rational_value(exponent) in (2, 3):
                if rational_value(base) in diameters:
                    return True
            case Mul(factors):
                values = [rational_value(factor) for factor in factors]
                if Fraction(2) in values and not diameters.isdisjoint(v for v in values if v):
                    return True
                if any(v is not None and v in {d * d for d in diameters} for v in values):
                    return True
    return False


def _is_radius(scene: Scene, diameters: set[Fraction]) -> bool:
    """r = 14"""
    claim = scene.comparison
    is_named = claim is not None and claim.left in (Sym("r"), Sym("R"))
    return (
        is_named
        and claim is not None
        and is_term(claim.right)
        and (rational_value(claim.right) in diameters)
    )


def part_for_whole(scene: Scene) -> Slip:
    """3/5 of the whole in a ratio of 3 : 5, and 16/7 where 16 are the part of 4 in 3 : 4"""
    match = _RATIO.search(scene.statement)
    if match is None or not _RATIO_WORDS.search(scene.statement) or _SCALE.search(scene.statement):
        return Slip.NONE
    parts = {Fraction(match[1]), Fraction(match[2])}
    is_confused = any(_divides_by_part(side, parts) for side in scene.sides)
    return Slip.PART_FOR_WHOLE if is_confused else Slip.NONE


def _divides_by_part(side: Term, parts: set[Fraction]) -> bool:
    """3/5, and whatever has the sum of the parts."""
    whole = sum(parts, Fraction(0))
    for part in walk(side):
        match part:
            case Div(_, bottom) if rational_value(bottom) == whole:
                return True
            case Div(top, bottom) if {rational_value(top), rational_value(bottom)} == parts:
                return True
            case Add(numbers) if {rational_value(number) for number in numbers} == parts:
                return True
    return False


def slanted_height(scene: Scene) -> Slip:
    """1/3·π·6²·10 for a cone with a slant height of 10"""
    quantities = stated_in(read_task(scene.statement))
    slants = {q.number for q in quantities if q.concept == "slant"}
    factors = {value for side in scene.sides for value in _factors(side)}
    return Slip.NONE if slants.isdisjoint(factors) else Slip.WRONG_HEIGHT


def _factors(side: Term) -> Iterator[Fraction]:
    for part in walk(side):
        match part:
            case Mul(parts):
                yield from (v for factor in parts if (v := rational_value(factor)) is not None)
            case Div(_, bottom) if (value := rational_value(bottom)) is not None:
                yield value


def added_coordinates(scene: Scene) -> Slip:
    """AB = A + B, and ((x₂ - x₁)/2, (y₂ - y₁)/2) for a midpoint"""
    points = list(named_points(scene.statement).values())
    pairs = [(a, b) for a, b in permutations(points, 2) if len(a) == len(b)]
    vectors = [_entries(side) for side in scene.sides if isinstance(side, Matrix)]
    sums = [tuple(x + y for x, y in zip(a, b, strict=True)) for a, b in pairs]
    is_sum = any(vector in sums for vector in vectors)
    return Slip.WRONG_FORMULA if is_sum else Slip.NONE


def signs_of_components(scene: Scene) -> Slip:
    """a - b = (2 - 1, -3 - 1) for a = (2, -3) and b = (-1, 1)"""
    task = read_task(scene.statement)
    vectors = [tuple(map(rational_value, v)) for v in vectors_in(task).values()]
    vectors += list(named_points(scene.statement).values())
    claimed = [_entries(side) for side in scene.sides if isinstance(side, Matrix)]
    is_mixed = any(
        len(a) == len(b) == len(entries) and all(map(_is_sum_or_difference, a, b, entries))
        for a, b in permutations(vectors, 2)
        for entries in claimed
    )
    return Slip.LOST_SIGN if is_mixed else Slip.NONE


def _is_sum_or_difference(a: Fraction | None, b: Fraction | None, entry: Fraction | None) -> bool:
    return None not in (a, b, entry) and entry in (a + b, a - b)  # type: ignore[operator]


def cosine_rule_sign(scene: Scene) -> Slip:
    """c² = 25 + 64 + 2·5·8·cos 60°"""
    is_added = any(isinstance(side, Add) and _adds_cosine(side) for side in scene.sides)
    return Slip.LOST_SIGN if is_added and _SIDES.search(scene.statement) else Slip.NONE


def _adds_cosine(total: Add) -> bool:
    """Two squares and a product with a cosine, all with a plus."""
    products = [part for part in total.parts if isinstance(part, Mul)]
    cosines = [p for p in products if any(isinstance(f, Call) and f.name == "cos" for f in p.parts)]
    has_minus = any(isinstance(part, Neg) for part in total.parts)
    return len(total.parts) == 3 and len(cosines) == 1 and not has_minus


def wrong_number_of_values(scene: Scene) -> Slip:
    """(4 + 8 + 9 + 11)/3"""
    for side in scene.sides:
        match side:
            case Div(Add(parts), Num(count)) if len(parts) > 2 and count > 2:
                if count != len(parts) and all(isinstance(part, Num) for part in parts):
                    return Slip.WRONG_COUNT if _MEAN.search(scene.statement) else Slip.NONE
    return Slip.NONE


def conversion(scene: Scene) -> Slip:
    """72·3.6 for 72 km/h in m/s: a factor of units that nobody stated, where it does not belong."""
    known = {*read_task(scene.statement).numbers, *map(rational_value, scene.terms)}
    factors = {value for side in scene.sides for value in _factors(side)} & _OF_UNITS
    return Slip.UNIT_CONVERSION if factors - known else Slip.NONE


def clock_times(scene: Scene) -> Slip:
    """20.20 - 18.45 for the time from 18:45 to 20:20"""
    times = {Fraction(f"{h}.{m}") for h, m in _CLOCK.findall(scene.statement)}
    has_times = any(
        sum(rational_value(p) in times for p in walk(side) if isinstance(p, Num)) > 1
        for side in scene.sides
    )
    return Slip.MINUTES_AS_DECIMALS if has_times else Slip.NONE


def known_limit(scene: Scene) -> Slip:
    """1 for sin 5x/x, and for (1 + 2/n)^n"""
    is_one = any(rational_value(side) == 1 for side in scene.sides[-1:])
    if not is_one or not _LIMIT.search(scene.statement):
        return Slip.NONE
    bodies = [*scene.sides[:-1]]
    bodies += [
        part.body
        for term in (*scene.terms, *scene.sides)
        for part in walk(term)
        if isinstance(part, BigOperator) and part.kind == "lim"
    ]
    if any(isinstance(body, Pow) and free_names(body.exponent) for body in bodies):
        return Slip.ONE_TO_INFINITY
    parts = (part for body in bodies for part in walk(body))
    has_sine = any(isinstance(part, Call) and part.name in ("sin", "tan") for part in parts)
    return Slip.WRONG_FORMULA if has_sine else Slip.NONE


def _entries(matrix: Matrix) -> tuple[Fraction | None, ...]:
    return tuple(
        rational_value(entry) if is_term(entry) else None for row in matrix.rows for entry in row
    )


def parallel_for_perpendicular(scene: Scene) -> Slip:
    """2·3 - 6m = 0 for parallel vectors (2, m) and (3, -6)"""
    vectors = list(vectors_in(read_task(scene.statement)).values())
    claim = scene.comparison
    if len(vectors) != 2 or claim is None or not len(vectors[0]) == len(vectors[1]) == 2:
        return Slip.NONE
    (a, b), (c, d) = vectors
    products: list[Term] = []
    if _PERPENDICULAR.search(scene.statement):
        products = [Add((Mul((a, d)), Neg(Mul((b, c)))))]
    elif PARALLEL.search(scene.statement) or "∥" in scene.statement:
        products = [Add((Mul((a, c)), Mul((b, d))))]
    is_other = any(are_proportional(product, difference(claim)) for product in products)
    return Slip.WRONG_FORMULA if is_other else Slip.NONE


def sum_of_angles(scene: Scene) -> Slip:
    """360° for the angles of a triangle, 180° for those of a quadrilateral"""
    is_triangle = _TRIANGLE.search(scene.statement) and not _FOUR_SIDES.search(scene.statement)
    is_four_sided = _FOUR_SIDES.search(scene.statement) and not _TRIANGLE.search(scene.statement)
    if _ROUND.search(scene.statement) or not (is_triangle or is_four_sided):
        return Slip.NONE
    wrong = Num(Fraction(360 if is_triangle else 180))
    has_wrong = any(wrong in set(walk(side)) for side in scene.sides)
    return Slip.WRONG_FORMULA if has_wrong else Slip.NONE


def other_quadrant(scene: Scene) -> Slip:
    """cos α = 12/13 though α lies in the second quadrant"""
    claim = scene.comparison
    is_ratio = claim is not None and isinstance(claim.left, Call) and not free_names(claim.right)
    is_limited = _QUADRANT.search(scene.statement) or _INTERVAL.search(scene.statement)
    return Slip.WRONG_BRANCH if is_ratio and is_limited else Slip.NONE


def share_of_whole(scene: Scene) -> Slip:
    """1/4 + 1/3 where the third is of what is left"""
    if not _OF_REST.search(scene.statement) or not _FRACTION.search(scene.statement):
        return Slip.NONE
    has_sum = any(isinstance(side, Add) and _has_two_shares(side) for side in scene.sides)
    return Slip.PERCENT_BASE if has_sum else Slip.NONE


def _has_two_shares(total: Add) -> bool:
    values = [rational_value(p.part if isinstance(p, Neg) else p) for p in total.parts]
    return sum(value is not None and 0 < value < 1 for value in values) > 1


def leading_zero(scene: Scene) -> Slip:
    """10·9·8 numbers of three digits"""
    is_number = DIGITS.search(scene.statement) and not _CODES.search(scene.statement)
    ten = Num(Fraction(10))
    has_ten = any(ten in set(walk(side)) for side in scene.sides)
    return Slip.LEADING_ZERO if is_number and has_ten else Slip.NONE


def alike_letters(scene: Scene) -> Slip:
    """6! for the letters of BANANA"""
    match = _WORD.search(scene.statement)
    if match is None or max(Counter(match[1]).values()) == 1:
        return Slip.NONE
    total = factorial(len(match[1]))
    values = {rational_value(part) for side in scene.sides for part in walk(side) if is_term(part)}
    return Slip.REPETITION_FORGOTTEN if total in values else Slip.NONE


_UNKNOWN = frozenset([Slip.NONE, Slip.SET_UP])
_GUESSED = _UNKNOWN | {Slip.WRONG_FORMULA, Slip.HALF_FORGOTTEN, Slip.OFF_BY_ONE}
_BY_CHANCE = frozenset([Slip.LOST_SIGN, Slip.ORDER_OF_OPERATIONS, Slip.ARITHMETIC])
SET_UP_RULES = (
    (_GUESSED | {Slip.SQUARE_FORGOTTEN}, diameter_for_radius),
    (_GUESSED | {Slip.SUM_FOR_PRODUCT}, part_for_whole),
    (_GUESSED, slanted_height),
    (_GUESSED | {Slip.LOST_SIGN}, added_coordinates),
    (_UNKNOWN | {Slip.ARITHMETIC}, signs_of_components),
    (_UNKNOWN | {Slip.SPLIT_SQUARE, Slip.ARITHMETIC}, known_limit),
    (_GUESSED, cosine_rule_sign),
    (_GUESSED | {Slip.LOST_SIGN}, wrong_number_of_values),
    (_GUESSED, clock_times),
    (_UNKNOWN | {Slip.SQUARE_FORGOTTEN, Slip.ROOT_FORGOTTEN}, conversion),
    (_GUESSED | _BY_CHANCE, parallel_for_perpendicular),
    (_GUESSED | {Slip.ARITHMETIC}, sum_of_angles),
    (_UNKNOWN | {Slip.LOST_ROOT, Slip.LOST_SIGN}, other_quadrant),
    (_GUESSED, share_of_whole),
    (_GUESSED, leading_zero),
    (_GUESSED, alike_letters),
)
