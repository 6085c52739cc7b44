"""Shares in a ratio, similar figures, shadows, and prices of so many things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.parsing.tree import Num
from tutor.grading.parsing.units import NO_UNIT, Unit
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.quantity_names import NAMES
from tutor.grading.working.quantities.counting_words import with_digits
from tutor.grading.working.quantities.stated import (
    StatedQuantity,
    plain_text,
    stated_quantities,
)
from tutor.grading.working.task import Task, stated_in, values_in_cases

_RATIO = re.compile(r"(?<![\d:.])(\d{1,4}(?:\.\d+)?(?:\s*:\s*\d{1,4}(?:\.\d+)?){1,3})(?![\d:])")
_DIVIDED = words(
    r"shar\w+|divid\w+|split|ratio|teil\w+|verhältnis|aufgeteilt|partag\w+|rapport|repart\w+|razón",
    "分|按|比",
)
_SIMILAR = words(r"similar|ähnlich\w*|semblables?|semejantes?|scale|maßstab|échelle|escala", "相似")
_SMALL = words(r"small\w*|klein\w*|petite?s?|pequeñ\w+|menor", "小")
_LARGE = words(r"large\w*|big\w*|groß\w*|grande?s?|mayor", "大")
_SHADOW = words(r"shadows?|schatten|ombres?|sombras?", "影子?长?")
_LONG = re.compile(r"\s?(?:long|de long|de largo|lang)(?![^\W\d_])", re.IGNORECASE)  # of a stick
_INVERSE = words(
    r"workers?|pumps?|taps?|machines?|painters?|arbeiter|maler|bagger|pumpen?|maschinen?|ouvriers?"
    r"|peintres?|robinets?|obreros?|pintores|bombas?|grifos?",
    "工人|水管|水泵",
)
_COSTS = words(
    r"costs?|price|pays?|cost|kost\w+|preis|bezahl\w+|coût\w*|prix|cuest\w+|precio", "元|价"
)
_PAIR = re.compile(
    r"([^\W\d_]{3,20}|[\u4e00-\u9fff])(?:\s(?:to|and|zu|und|et|à|y|a)\s|\s?[:和与]\s?)"
    r"([^\W\d_]{3,20}|[\u4e00-\u9fff])"
)
_STEM = 5  # letters that the forms of a name have in common
_BEHIND = 25  # characters behind an amount that say what it is of
_LABEL = re.compile(r"\s*([^\W\d_]{3,})")
_LARGER = frozenset(
    [
        "larger share",
        "bigger share",
        "largest share",
        "greater share",
        "larger",
        "größerer anteil",
        "größerer teil",
        "la plus grande part",
        "grande part",
        "parte mayor",
        "mayor",
        "较大",
        "较多",
    ]
)
_SMALLER = frozenset(
    [
        "smaller share",
        "smallest share",
        "smaller",
        "kleinerer anteil",
        "kleinerer teil",
        "la plus petite part",
        "petite part",
        "parte menor",
        "menor",
        "较小",
        "较少",
    ]
)
_PART = frozenset(
    ["1 part", "one part", "part", "ein teil", "1 teil", "une part", "una parte", "一份"]
)
_SECOND = frozenset(["A_2", "V_2"])
_CORRESPONDING = words(
    r"corresponding|matching|entsprechend\w{0,2}|homologues?|correspondants?|homólog\w{0,2}"
    r"|correspondientes?",
    "对应",
)
_FACTOR = frozenset(["k", "scale factor", "streckfaktor", "maßstab", "rapport", "razón", "相似比"])
_HEIGHTS = frozenset(["h", "H", "x", "y", "height", "höhe", "hauteur", "altura", "高"])
_INVERSELY = re.compile(r"inverse|umgekehrt|anti|inversa|反", re.IGNORECASE)
_LETTER = r"(?:\\\(|\$)?\s?([a-zA-Z])\s?(?:\\\)|\$)?"
_IN_PROPORTION = re.compile(  # y is inversely proportional to x
    rf"(?<![A-Za-z\\]){_LETTER}\s(?:(?:is|ist|est|es)\s(?:[^\W\d_]{{1,20}}\s){{0,2}}"
    r"(?:anti)?(?:proportional|proportionnel(?:le)?|proporcional)|varies\s(?:inversely|directly))"
    rf"\s(?:[^\W\d_]{{1,20}}\s)?(?:to|as|with|zu|à|a)\s{_LETTER}(?![A-Za-z])"
    rf"|(?<![A-Za-z\\]){_LETTER}与{_LETTER}成[正反]比例"
)
_OF_POWER = words(r"square|cube|root|quadrat\w*|carré|cuadrado|raíz", "平方|立方")
_UNKNOWN = frozenset(["x", "y", "p", "P", "price", "cost", "preis", "prix", "precio", "t", "time"])


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    quantities = stated_in(task)
    text = plain_text(task.text)
    ratio = _RATIO.search(text)
    parts = [Fraction(part) for part in ratio[1].split(":")] if ratio else []
    if ratio and 0 not in parts:
        outside = [q for q in quantities if not ratio.start() <= q.start < ratio.end()]
        if _SIMILAR.search(text) and len(parts) == 2:
            yield from _similar(text, parts, outside)
        elif _is_whole(text, ratio, outside):
            yield from _shares(outside[0].number, parts)
    elif _SIMILAR.search(text) and _CORRESPONDING.search(text):
        sides = [q for q in quantities if _dimension(q) == 1]
        outside = [q for q in quantities if q not in sides]
        if len(sides) == 2 and all(q.number for q in sides):
            yield from _similar(text, [q.number for q in sides], outside)
    yield from _letters_in_proportion(task.text)
    if _SHADOW.search(text):
        yield from _shadows(text, quantities)
    if _COSTS.search(text) or _INVERSE.search(text):
        counted = with_digits(text)
        yield from _proportion(counted, stated_quantities(counted, task.letters))


def parts_of_ratio(text: str) -> Fraction:
    """7 of 3 : 4, the only ratio; 0 without one."""
    ratios = _RATIO.findall(text)
    return (
        sum(map(Fraction, ratios[0].split(":")), Fraction(0)) if len(ratios) == 1 else Fraction(0)
    )


def _letters_in_proportion(text: str) -> Iterator[ExpectedQuantity]:
    """k and y for "y is inversely proportional to x, and y = 12 when x = 5", also at x = 8."""
    related, cases = _IN_PROPORTION.search(text), values_in_cases(text)
    if related is None or len(cases) != 1 or _OF_POWER.search(text):
        return
    first, second = filter(None, related.groups())
    given = cases[0]
    if given.keys() != {first, second} or 0 in given.values():
        return
    y, x = given[first], given[second]
    is_inverse = bool(_INVERSELY.search(related[0]))
    constant, wrong = (y * x, y / x) if is_inverse else (y / x, y * x)
    slips = [(Slip.INVERSE_RATIO, wrong), (Slip.INVERSE_RATIO, x / y)]
    yield _quantity(frozenset("k"), constant, slips)
    told = rf"(?<![a-z]){second}\s?=\s?(\d{{1,6}}(?:\.\d{{1,4}})?)(?!\d)"
    positions = [Fraction(number) for number in re.findall(told, text)]
    for position in set(positions) - {x, Fraction(0)}:
        right, turned = (y * x / position, y * position / x)
        value, other_way = (right, turned) if is_inverse else (turned, right)
        yield _quantity(frozenset([first]), value, [(Slip.INVERSE_RATIO, other_way)])


def _is_whole(text: str, ratio: re.Match[str], amounts: Sequence[StatedQuantity]) -> bool:
    """Whether one amount is divided, unlike 350 g of flour where flour to sugar is 5 : 2."""
    if len(amounts) != 1 or not _DIVIDED.search(text):
        return False
    parts = [name[:_STEM].casefold() for name in _last_pair(text[: ratio.start()])]
    behind = re.split(r"[.?!;。？！]", text[amounts[0].end :][:_BEHIND])[0].casefold()
    return sum(part in behind for part in parts) != 1


def _last_pair(text: str) -> tuple[str, ...]:
    """flour and sugar, of "the ratio of flour to sugar is" """
    pairs = _PAIR.findall(text)
    return pairs[-1] if pairs else ()


def _shares(total: Fraction, parts: Sequence[Fraction]) -> Iterator[ExpectedQuantity]:
    """560 € in the ratio 3 : 5."""
    whole = sum(parts, Fraction(0))
    for names, part in ((_LARGER, max(parts)), (_SMALLER, min(parts))):
        other = whole - part
        wrong = [total * p / q for p in parts for q in parts if p != q] + [total / part]
        slips = [(Slip.WRONG_FORMULA, value) for value in wrong]
        slips.append((Slip.INVERSE_RATIO, total * other / whole))
        yield _quantity(names, total * part / whole, slips)
    yield _quantity(_PART, total / whole, [(Slip.WRONG_FORMULA, total / p) for p in parts])


def _similar(
    text: str, parts: Sequence[Fraction], quantities: Sequence[StatedQuantity]
) -> Iterator[ExpectedQuantity]:
    """Sides in the ratio 1 : 3, and the area or volume of one figure."""
    ratio = max(parts) / min(parts)
    for value in (ratio, 1 / ratio):
        yield _quantity(_FACTOR, value, [])
    for sought, concept, power in (("area", "area", 2), ("volume", "volume", 3), ("side", "", 1)):
        given = [q for q in quantities if _dimension(q) == power or q.concept == concept != ""]
        if len(given) != 1:
            continue
        [quantity] = given
        factor = ratio if _is_of_small(text, quantity) else 1 / ratio
        number = quantity.number
        slips = [(Slip.INVERSE_RATIO, number / factor**power)]
        if power > 1:
            slips.insert(0, (Slip.SQUARE_FORGOTTEN, number * factor))
            slips.append((Slip.DOUBLED_FOR_SQUARED, number * factor * power))
        if power == 3:
            slips.append((Slip.WRONG_FORMULA, number * factor**2))
        yield _quantity(NAMES[sought] | _SECOND, number * factor**power, slips, quantity.unit)


def _dimension(quantity: StatedQuantity) -> int:
    match quantity.unit.dimension:
        case (("m", power),):
            return power
    return 0


def _is_of_small(text: str, quantity: StatedQuantity) -> bool:
    """Whether the nearest such word says that this is of the smaller figure."""
    near = [
        (max(quantity.start - match.end(), match.start() - quantity.end), is_small)
        for pattern, is_small in ((_SMALL, True), (_LARGE, False))
        for match in pattern.finditer(text)
    ]
    return min(near)[1] if near else True


def _shadows(text: str, quantities: Sequence[StatedQuantity]) -> Iterator[ExpectedQuantity]:
    """A man and his shadow, and the shadow of a tree."""
    lengths = [q for q in quantities if _dimension(q) == 1]
    known = [q for q in lengths if q.concept == "height"]
    known = known or [q for q in lengths if _LONG.match(text, q.end)]
    shadows = [q for q in lengths if q not in known]
    if len(known) != 1 or len(shadows) != 2:
        return
    near, far = sorted(shadows, key=lambda q: abs(q.start - known[0].start))
    sizes = [q.number * q.unit.factor for q in (known[0], near, far)]
    height, own, other = sizes
    unit = known[0].unit
    value = height * other / own
    slips = [(Slip.INVERSE_RATIO, other * own / height), (Slip.INVERSE_RATIO, height * own / other)]
    slips.append((Slip.WRONG_FORMULA, other + height - own))
    slips = [(slip, wrong / unit.factor) for slip, wrong in slips]
    yield _quantity(_HEIGHTS, value / unit.factor, slips, unit)


def _proportion(text: str, quantities: Sequence[StatedQuantity]) -> Iterator[ExpectedQuantity]:
    """3 kg cost 7.50 €: so much for 5 kg. 4 workers need 6 days: so long for 3."""
    kinds = [(_kind(text, q), q) for q in quantities if not q.sign]
    if len(kinds) != 3:
        return
    for index, (kind, other) in enumerate(kinds):
        pair = [(k, q) for at, (k, q) in enumerate(kinds) if at != index]
        if pair[0][0] == pair[1][0] != kind and kind and pair[0][0]:
            first, second = (q.number * q.unit.factor for _, q in pair)
            is_inverse = all(_counts_workers(text, q) for _, q in pair)
            ratio = first / second if is_inverse else second / first
            number = other.number
            slips = [(Slip.INVERSE_RATIO, number / ratio), (Slip.WRONG_FORMULA, number * second)]
            yield _quantity(_UNKNOWN, number * ratio, slips, other.unit)
            return


def _counts_workers(text: str, quantity: StatedQuantity) -> bool:
    """Of more workers each has less to do."""
    return _INVERSE.match(text[quantity.end :].lstrip()) is not None


def _kind(text: str, quantity: StatedQuantity) -> str:
    """By its unit, or by what is counted."""
    if quantity.unit != NO_UNIT:
        return str(quantity.unit.dimension)
    label = _LABEL.match(text, quantity.end)
    return label[1].lower()[:4] if label else ""


def _quantity(
    names: frozenset[str],
    value: Fraction,
    slips: Sequence[tuple[Slip, Fraction]],
    unit: Unit = NO_UNIT,
) -> ExpectedQuantity:
    mistakes = tuple(Mistake(slip, None, Num(wrong)) for slip, wrong in slips if wrong != value)
    return ExpectedQuantity(names, None, Num(value), mistakes, unit)
