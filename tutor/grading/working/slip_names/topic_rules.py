"""The usual mistake of a topic, where only the kind of problem and of line tell it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import gcd

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Term,
    Value,
    free_names,
    walk,
)
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.geometry import FIGURES
from tutor.grading.working.slip_names.percent_rules import other_amount, other_base
from tutor.grading.working.slip_names.scene import Scene
from tutor.grading.working.slip_names.set_up_rules import SET_UP_RULES

_RIGHT_ANGLE = words(
    r"right(?:-angled)? triangles?|right-angled|pythagoras|hypotenuse|ladder|leans?|ramp|mast|cable"
    r"|kite"
    r"|diagonal|rechtwinklig\w*|leiter|hypothénuse|triangle rectangle|échelle|rectángulo"
    r"|hipotenusa|escalera",
    "直角三角形|斜边|梯子",
)
_LENGTH = words(
    r"vectors?|vektor\w{0,3}|vecteurs?|vector(?:es)?|points?|punkte?n?|puntos?|distance|abstand"
    r"|distancia|magnitude|norme?|betrag",
    r"向量|距离|\\vec|模",
)
_TRIANGLE = words(
    r"triangle|angle|kite|ladder|elevation|shadow|ramp|\w{0,12}dreieck\w*|\w{0,12}winkel\w*"
    r"|schatten|rampe|ombre|triángulo|ángulo|sombra|rampa",
    r"三角形|仰角|俯角|影子|△|∠|\\triangle|\\angle",
)
_PAIRS = words(
    r"handshakes?|shakes? hands|choose|chosen|select\w*|picks?|committee|team|take|combinations?"
    r"|auswähl\w*|wählen|händ\w*|choisir|poignées?|elegir|escoger",
    "选出?|挑选|握手|组合",
)
_CHANCE = words(r"probability|chances?|likely|wahrscheinlich\w*|probabilité|probabilidad", "概率")
ONE_OF_EACH = words(
    r"one(?: \w{2,12})? of each|exactly|different colou?rs?|one (?:red|green|blue|white|black)"
    r"|(?:of|in) each colou?r|(?:de|von) (?:chaque|cada|jeder) (?:couleur|color|farbe)|je eine"
    r"|genau|verschieden\w*|exactement|exactamente|precisely",
    "恰好|各一|不同颜色",
)
_EITHER = words(r"or|neither|at least one|union|oder|weder|ou|o", r"或|至少|\\cup|∪")
_OVERLAP = words(r"both|beides?|ni|les deux|ambos|ambas", r"都|\\cap|∩")
_MEAN = words(
    r"mean|average|expected|durchschnitt\w*|mittelwert|notendurchschnitt|moyenne|media|promedio",
    "平均|期望",
)
_MEDIAN = words(r"median|zentralwert|médiane|mediana", "中位数")
_SIMILAR = words(
    r"similar|scale|same shape|enlarge\w*|times as (?:tall|long|big|high)|model|ähnlich\w*|maßstab"
    r"|doubled|tripled|trebled|halved|verdoppelt|verdreifacht|halbiert|doublée?s?|triplée?s?|duplican?|triplican?"
    r"|semblables?|échelle|semejantes?|escala",
    "相似|比例尺|放大",
)
_AREA = words(r"area|volume|surface|fläche\w*|volumen|aire|área", "面积|体积")
_POLYGON = words(
    r"polygon|pentagon|hexagon|heptagon|octagon|decagon|interior angles?|\w{0,12}eck\w*|polygone"
    r"|hexagone|octogone|polígono|hexágono|octógono",
    "边形|内角和",
)
_WORKERS = words(
    r"workers?|painters?|machines?|taps?|pumps?|men|arbeiter\w*|maschinen?|maler|pumpen?|ouvriers?"
    r"|robinets?|obreros?|máquinas?|pintores",
    "工人|台机器|水泵|人.{0,6}天",
)
_POLAR = words(
    r"polar|(?:trigonometric|exponential) form|argument|(?:polar|exponential)form|polaire"
    r"|forme (?:trigonométrique|exponentielle)|forma (?:trigonométrica|exponencial)",
    "极坐标|三角形式|指数形式|辐角",
)
_INFINITE = r"(?:∞|\b(?:oo|inf(?:ini(?:ty|to)?)?|unendlich)\b|无穷大?)"
FORMLESS = re.compile(
    rf"(?:{_INFINITE}|(?<![\d.])0)\)?\s?/\s?\(?[-+−]?(?:{_INFINITE}|0(?![\d.]))"
    rf"|{_INFINITE}\)?\s?[-−]\s?\(?\+?{_INFINITE}"
    rf"|{_INFINITE}\s?[·*×]\s?0(?![\d.])|(?<![\d.])0\s?[·*×]\s?\(?\+?{_INFINITE}",
    re.IGNORECASE,
)
_POWER_OF_ONE = re.compile(  # 1^∞ is 1, and in words
    rf"(?<![\d.,])(?:1|one|uno|un|eins)\s?(?:\^\s?[({{]{{0,2}}\s?\+?{_INFINITE}[)}}]{{0,2}}"
    r"|(?:raised )?to (?:the|any) (?:power(?: of)? )?(?:∞|infinity|anything|power)"
    r"|elevado a (?:(?:el|un )?infinito|lo que sea|∞|cualquier (?:cosa|número|potencia))"
    r"|hoch (?:∞|unendlich|irgend ?etwas|egal was|alles)"
    r"|(?:à la )?puissance (?:l['’]infini|∞|n['’]importe quoi|quelconque)"
    r"|的(?:无穷大?次方|任何次方|任意次方|无限次方))"
    r"\s?(?:=|→|is|equals|stays|gives|es|vale|da|ist|bleibt|ergibt|est|fait|vaut"
    r"|[都还]?[是得]|等于)"
    r"\s?(?:always |immer |toujours |siempre )?(?:1|one|uno|eins)(?![\d.,/^]\d)",
    re.IGNORECASE,
)
_CONGRUENCE = re.compile(
    r"(-?\d{0,6})\s?[a-z]\s?(?:≡|\\equiv)\s?(-?\d{1,6})\s?(?:\\p?mod|\(mod)\s?\{?\s?(\d{1,6})"
)
_ANGLE_RULES = frozenset(["sin", "cos", "tan"])


def added_for_hypotenuse(scene: Scene) -> Slip:
    """x² = 17² + 8², though 17 is the hypotenuse."""
    has_squares = any(_adds_squares(side) for side in scene.sides)
    halved = (FIGURES["isosceles"], FIGURES["equilateral"])  # by its height
    is_halved = any(figure.search(scene.statement) for figure in halved)
    is_right = is_halved or _RIGHT_ANGLE.search(scene.statement)
    return Slip.HYPOTENUSE if has_squares and is_right else Slip.NONE


def _adds_squares(term: Term) -> bool:
    inner = term.inner if isinstance(term, Root) else term
    parts = inner.parts if isinstance(inner, Add) else ()
    return len(parts) == 2 and all(map(_is_square, parts))


def _is_square(term: Term) -> bool:
    return isinstance(term, Pow) and rational_value(term.exponent) == 2


def subtracted_square(scene: Scene) -> Slip:
    """√(9 + 16 - 144) for the length of (3, 4, -12)"""
    is_length = bool(_LENGTH.search(scene.statement)) and not _RIGHT_ANGLE.search(scene.statement)
    return Slip.NEGATIVE_SQUARE if is_length and any(map(_subtracts, scene.sides)) else Slip.NONE


def _subtracts(side: Term) -> bool:
    inner = side.inner if isinstance(side, Root) else None
    return isinstance(inner, Add) and any(
        isinstance(part, Neg) and not free_names(part) and isinstance(_root(part.part), Num)
        for part in inner.parts
    )


def _root(term: Term) -> Term | None:
    """Of 144 and 12²."""
    if isinstance(term, Pow):
        return term.base if _is_square(term) else None
    value = rational_value(Root(term, Num(Fraction(2))))
    return None if value is None else Num(value)


def other_ratio(scene: Scene) -> Slip:
    """sin 28° = s/15 where s lies beside the angle."""
    has_ratio = any(
        isinstance(part, Call) and part.name in _ANGLE_RULES
        for side in scene.sides
        for part in walk(side)
    )
    return Slip.WRONG_RATIO if has_ratio and _TRIANGLE.search(scene.statement) else Slip.NONE


def order_counted(scene: Scene) -> Slip:
    """12·11 handshakes"""
    if _CHANCE.search(scene.statement) or not _PAIRS.search(scene.statement):
        return Slip.NONE
    return Slip.ORDER_COUNTED if any(map(_is_falling, scene.sides)) else Slip.NONE


def _is_falling(term: Term) -> bool:
    """12·11, 10·9·8"""
    parts = term.parts if isinstance(term, Mul) else ()
    values = [part.value for part in parts if isinstance(part, Num)]
    steps = {a - b for a, b in pairwise(values)}
    return len(values) == len(parts) > 1 and len(steps) == 1 and abs(steps.pop()) == 1


def order_forgotten(scene: Scene) -> Slip:
    """4/10 · 6/9 for one of each, and (1/2)²(1/2)² for 2 of 4."""
    is_mixed = _CHANCE.search(scene.statement) and ONE_OF_EACH.search(scene.statement)
    is_product = any(isinstance(side, Mul | Pow | Div) for side in scene.sides)
    return Slip.ORDER_FORGOTTEN if is_mixed and is_product else Slip.NONE


def counted_twice(scene: Scene) -> Slip:
    """P(A or B) = P(A) + P(B), and 18 + 12 pupils who do one or both."""
    return _added(scene) if _EITHER.search(scene.statement) else Slip.NONE


def overlap_counted_twice(scene: Scene) -> Slip:
    """0.5 + 0.4 where it is told that 20 % do both; two taps that fill a tank have no overlap."""
    text = scene.statement
    is_share = _CHANCE.search(text) or "%" in text or "cap" in text or "∩" in text
    return _added(scene) if is_share and _OVERLAP.search(text) else Slip.NONE


def _added(scene: Scene) -> Slip:
    sums = [side for side in scene.sides if isinstance(side, Add) and len(side.parts) == 2]
    is_sum = any(map(_has_no_minus, sums)) and _adds_given(sums, scene)
    return Slip.COUNTED_TWICE if is_sum else Slip.NONE


def _has_no_minus(term: Term) -> bool:
    return all(rational_value(part) is None or rational_value(part) > 0 for part in walk(term))  # type: ignore[arg-type, operator]


def _adds_given(sums: Sequence[Add], scene: Scene) -> bool:
    """Two chances, or two numbers of the statement."""
    return any(
        all(isinstance(part, Call) or _is_chance(part, scene) for part in term.parts)
        for term in sums
    )


def _is_chance(term: Term, scene: Scene) -> bool:
    value = rational_value(term)
    if value is None:
        return False
    is_counted = bool(_CHANCE.search(scene.statement)) or str(value) in scene.statement
    return 0 < value < 1 or (value.denominator == 1 and is_counted)


def unweighted(scene: Scene) -> Slip:
    """(71 + 81)/2 for 12 and 18 pupils."""
    is_mean = _MEAN.search(scene.statement) and not _MEDIAN.search(scene.statement)
    has_sum = any(_is_plain_mean(side) for side in scene.sides)
    return Slip.UNWEIGHTED if is_mean and has_sum else Slip.NONE


def _is_plain_mean(term: Term) -> bool:
    match term:
        case Div(Add(parts), bottom):
            return rational_value(bottom) == len(parts)
    return False


def not_sorted(scene: Scene) -> Slip:
    is_median = _MEDIAN.search(scene.statement)
    value = rational_value(scene.sides[-1]) if scene.sides else None
    if not is_median or value is None:
        return Slip.NONE
    numbers = [Fraction(n) for n in re.findall(r"(?<![\d.])\d{1,6}(?:\.\d{1,4})?", scene.statement)]
    half = len(numbers) // 2
    middles = (numbers[half], sum(numbers[half - 1 : half + 1]) / 2) if len(numbers) > 2 else ()
    return Slip.NOT_SORTED if value in middles else Slip.NONE


def linear_for_area(scene: Scene) -> Slip:
    """20:S = 2:3 for areas of similar figures."""
    is_similar = _SIMILAR.search(scene.statement) and _AREA.search(scene.statement)
    return Slip.SQUARE_FORGOTTEN if is_similar else Slip.NONE


def angle_sum(scene: Scene) -> Slip:
    has_half_turn = any(
        Num(Fraction(180)) in walk(s) or Num(Fraction(360)) in walk(s) for s in scene.sides
    )
    return Slip.WRONG_FORMULA if has_half_turn and _POLYGON.search(scene.statement) else Slip.NONE


def _has_sum(side: Term) -> bool:
    """(10 + 15)/2; no 10 - 24, as 10 workers – 24 days is read."""
    totals = [part for part in walk(side) if isinstance(part, Add)]
    return any(not any(isinstance(part, Neg) for part in total.parts) for total in totals)


def inverse_proportion(scene: Scene) -> Slip:
    """6·5/3 days for 5 workers, where 3 workers need 6 days"""
    is_proportion = not any(map(_has_sum, scene.sides))
    is_of_workers = _WORKERS.search(scene.statement) and is_proportion
    return Slip.INVERSE_RATIO if is_of_workers else Slip.NONE


def index_for_steps(scene: Scene) -> Slip:
    """3·2⁸ for the 8th term, which is seven steps from the first"""
    match = _INDEX.search(scene.statement)
    index = next(filter(None, match.groups()), "") if match else ""
    if not index or not _SEQUENCE.search(scene.statement):
        return Slip.NONE
    number = Num(Fraction(int(index)))
    terms = (*scene.sides, *(scene.terms[:1] if scene.goes_on else ()))
    is_taken = any(_has_steps(part, number) for term in terms for part in walk(term))
    return Slip.OFF_BY_ONE if is_taken else Slip.NONE


def _has_steps(part: Value, number: Num) -> bool:
    """a·r^8, a + 8·d and a - 8·d"""
    match part:
        case Pow(_, Num(exponent)):
            return exponent == number.value
        case Add(summands):
            bare = [part.part if isinstance(part, Neg) else part for part in summands]
            products = [part.parts for part in bare if isinstance(part, Mul)]
            return any(Num(f.value) == number for p in products for f in p if isinstance(f, Num))
    return False


def says_power_of_one(text: str) -> bool:
    """Whether a line says of a limit that 1 to the power of infinity is 1."""
    return _POWER_OF_ONE.search(text) is not None


def indeterminate(scene: Scene) -> Slip:
    return Slip.INDETERMINATE if FORMLESS.search(scene.text) else Slip.NONE


def other_quadrant(scene: Scene) -> Slip:
    return Slip.WRONG_BRANCH if _POLAR.search(scene.statement) else Slip.NONE


def modulus_kept(scene: Scene) -> Slip:
    """4x ≡ 6 (mod 10) to 2x ≡ 3 (mod 10)"""
    before, after = (_CONGRUENCE.search(text) for text in (scene.statement, scene.text))
    if before is None or after is None or before[3] != after[3]:
        return Slip.NONE
    (a, b), (c, d) = (tuple(int(m[n] or 1) for n in (1, 2)) for m in (before, after))
    is_divided = bool(c and d) and a * d == b * c and abs(a) > abs(c)
    return Slip.MODULUS_KEPT if is_divided and gcd(a // c, int(before[3])) > 1 else Slip.NONE


_INDEX = re.compile(
    r"(?<!\d)(\d{1,3})(?:st|nd|rd|th|-?te[sn]?|\.|[eº°]|ème|i[eè]me)?\s(?:term|glied|terme|término)"
    r"|第\s?(\d{1,3})\s?项|[a-z]_\{?(\d{1,3})\}?",
    re.IGNORECASE,
)
_SEQUENCE = words(
    r"sequence|progression|(?:zahlen)?folge|suite|sucesión|progresión|arithmetic|geometric", "数列"
)
_UNKNOWN = frozenset([Slip.NONE, Slip.SET_UP])
_GUESSED = _UNKNOWN | {Slip.WRONG_FORMULA, Slip.HALF_FORGOTTEN, Slip.OFF_BY_ONE}
# With one of these the stored answer comes out of many a calculation.
_BY_CHANCE = frozenset([Slip.INVERSE_RATIO, Slip.SQUARE_FORGOTTEN, Slip.ROOT_FORGOTTEN])
TOPIC_RULES: tuple[tuple[frozenset[Slip], Callable[[Scene], Slip]], ...] = (
    (_GUESSED | {Slip.ARITHMETIC}, other_amount),
    *SET_UP_RULES,
    (_GUESSED | {Slip.ARITHMETIC}, index_for_steps),
    (_GUESSED | _BY_CHANCE, indeterminate),
    (_GUESSED, modulus_kept),
    (_GUESSED, added_for_hypotenuse),
    (_GUESSED, subtracted_square),
    (_GUESSED, other_ratio),
    (_GUESSED | _BY_CHANCE, order_forgotten),
    (_GUESSED, order_counted),
    (_GUESSED | _BY_CHANCE, counted_twice),
    (_GUESSED | _BY_CHANCE, overlap_counted_twice),
    (_GUESSED, not_sorted),
    (_GUESSED | _BY_CHANCE, unweighted),
    (_UNKNOWN | {Slip.HALF_FORGOTTEN}, linear_for_area),
    (_GUESSED, angle_sum),
    (_UNKNOWN | {Slip.ARITHMETIC}, inverse_proportion),
    (_UNKNOWN, other_base),
    (_UNKNOWN, other_quadrant),
)
