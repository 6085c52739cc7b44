"""Shares in a ratio, prices of so many things, maps, and units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.parsing.tree import Div, Mul, Pow, Term
from tutor.grading.parsing.typed import typed
from tutor.grading.parsing.units import Unit
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import number, total
from tutor.grading.solver.topics.word_problems.plan import (
    Waypoint,
    answer,
    decimal,
    follow,
    intermediate,
)
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import StatedQuantity

RATIO = re.compile(r"(?<![\d:.])(\d{1,7}(?:\.\d+)?(?:\s*:\s*\d{1,7}(?:\.\d+)?){1,3})(?![\d:])")
_SHARED = words(
    r"shar(?:e|ed|es|ing)|divid(?:e|ed|es|ing)|split|teil(?:e|en|t)|aufteil\w{0,3}|aufgeteilt"
    r"|verteil\w{0,3}|partag\w{1,4}|répart\w{1,5}|repart\w{1,4}|divid\w{2,4}|mixed?",
    "分|分配|分给",
)
_LARGER = words(
    r"larger|bigger|largest|biggest|greater|greatest|more|größere?[nrs]?|größte[nrs]?"
    r"|plus grande?|mayor",
    "较大|较多|最大|最多|大",
)
_SMALLER = words(
    r"smaller|smallest|less|least|kleinere?[nrs]?|kleinste[nrs]?|plus petite?|menor",
    "较小|较少|最小|最少|小",
)
_MAP = words(
    r"maps?|scale|model|karte[n]?|landkarte[n]?|maßstab|stadtplan|carte|plan|échelle|mapa|escala",
    "地图|比例尺",
)
_INVERSE = words(
    r"workers?|pumps?|taps?|machines?|arbeiter\w{0,3}|pumpen?|maschinen?|ouvriers?|robinets?"
    r"|obreros?|bombas?|grifos?|people (?:need|take)|painters?|maler\w?",
    "工人|水管|水泵|机器",
)
_CONVERT = words(
    r"convert|write|express|change|how many|rechne|wandle|gib|schreibe?|wie viele?|convertir"
    r"|convertis\w{0,3}|exprimer|combien|convierte|expresa|cuántos",
    "换算|化成|等于多少|合多少|是多少|写成",
)
_IN_PROPORTION = words(
    r"costs?|price|pays?|earns?|needs?|uses?|takes?|fills?|empt\w{1,3}|makes?|prints?|produces?"
    r"|recipe|kost\w{1,3}|brauch\w{1,3}|benötig\w{1,3}|verbrauch\w{1,3}|füll\w{1,3}|verdien\w{1,3}"
    r"|schaff\w{1,3}|coûte(?:nt)?|faut|consomme|rempli\w{1,3}|cuesta[n]?|necesita[n]?|consume"
    r"|llena[n]?|tarda[n]?|gasta",
    "元|价|需要?|用|耗",
)
_CHANCE = words(
    r"probabilit\w{1,4}|chances?|wahrscheinlich\w{0,6}|probabilité|probabilidad", "概率"
)
_NAMED_RATIO = re.compile(
    r"(?:ratio|verhältnis|rapport|razón) (?:of|von|de|entre) (?:the )?(\w{3,20}) (?:to|zu|à|a|y)"
    r" (?:the )?(\w{3,20})",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*([^\W\d_]{3,})")
_NO_NOUN = re.compile(
    r"and|und|the|for|are|how|what|cost|costs|kosten|wie|des|les|dans|und|each|more|less|than",
    re.IGNORECASE,
)
_CHINESE_LABEL = re.compile(
    r"\s*[个支本只名人次天年瓶袋张件辆台条杯箱斤米颗枚位周月块盒]([一-龥])?"
)
_COMPOUND_SIZE: dict[
    Fraction, tuple[Fraction | int, int]
] = {  # metres in the length, seconds in the time
    Fraction(5, 18): (1000, 3600),
    Fraction(1000, 60): (1000, 60),
    Fraction(1): (1, 1),
    Fraction(1, 100): (Fraction(1, 100), 1),
    Fraction(1000): (1000, 1),
    Fraction(1, 60): (1, 60),
}
_SPEED = (("m", 1), ("s", -1))


def share(position: Position) -> Iterator[Step]:
    """60 in the ratio 2 : 3: five parts, of 12 each."""
    story = WordProblem.of(position.goal.task)
    ratio = RATIO.search(story.text)
    if ratio is None or not story.mentions(_SHARED) or story.mentions(_MAP):
        return
    parts = [Fraction(part) for part in ratio[1].split(":")]
    outside = [q for q in story.amounts if not ratio.start() <= q.start < ratio.end()]
    if len(outside) != 1 or 0 in parts:
        return
    yield from follow(shares(story, outside[0].number, parts), position)


def shares(story: WordProblem, amount: Fraction, parts: Sequence[Fraction]) -> list[Waypoint]:
    count = sum(parts, Fraction(0))
    size = amount / count
    plan = [
        intermediate(total(decimal(part) for part in parts), MoveName.ADD_PARTS_OF_RATIO),
        intermediate(Div(decimal(amount), decimal(count)), MoveName.DIVIDE_BY_NUMBER_OF_PARTS),
    ]
    asks_larger, asks_smaller = story.mentions(_LARGER), story.mentions(_SMALLER)
    if asks_larger != asks_smaller:
        part = max(parts) if asks_larger else min(parts)
        name = (
            MoveName.MULTIPLY_BY_LARGER_PART if asks_larger else MoveName.MULTIPLY_BY_SMALLER_PART
        )
        return [*plan, intermediate(Mul((decimal(part), decimal(size))), name)]
    for part in parts:
        term = Mul((decimal(part), decimal(size)))
        plan.append(intermediate(term, MoveName.MULTIPLY_BY, typed(decimal(part))))
    return plan


def share_known_part(position: Position) -> Iterator[Step]:
    """Boys to girls are 4 : 5, and there are 12 boys."""
    story = WordProblem.of(position.goal.task)
    named = _NAMED_RATIO.search(story.text)
    ratio = RATIO.search(story.text)
    if named is None or ratio is None or ratio[1].count(":") != 1:
        return
    outside = [q for q in story.amounts if not ratio.start() <= q.start < ratio.end()]
    if len(outside) != 1 or len(story.amounts) != 3:
        return
    label = _LABEL.match(story.text, outside[0].end)
    names = [part.casefold()[:4] for part in named.groups() if part]
    if label is None or label[1].casefold()[:4] not in names:
        return
    parts = [Fraction(part) for part in ratio[1].split(":")]
    index = names.index(label[1].casefold()[:4])
    size = outside[0].number / parts[index]
    first = Div(decimal(outside[0].number), decimal(parts[index]))
    last = Mul((decimal(parts[1 - index]), decimal(size)))
    plan = [
        intermediate(first, MoveName.DIVIDE_BY, typed(decimal(parts[index]))),
        answer(last, MoveName.MULTIPLY_BY, typed(decimal(parts[1 - index])), name="x"),
    ]
    yield from follow(plan, position)


def measure_on_map(position: Position) -> Iterator[Step]:
    """7 cm on a map 1 : 50000."""
    story = WordProblem.of(position.goal.task)
    ratio = RATIO.search(story.text)
    if ratio is None or not story.mentions(_MAP):
        return
    parts = [Fraction(part) for part in ratio[1].split(":")]
    outside = [q for q in story.amounts if not ratio.start() <= q.start < ratio.end()]
    if len(outside) != 1 or parts[0] != 1 or len(parts) != 2:
        return
    [length] = outside
    scale = parts[1]
    if length.unit.dimension != (("m", 1),):
        return
    is_on_map = length.unit.factor <= Fraction(1, 10)
    term: Term = Mul((decimal(length.number), number(scale)))
    move, value = MoveName.MULTIPLY_BY, length.number * scale
    if not is_on_map:
        term = Div(decimal(length.number), number(scale))
        move, value = MoveName.DIVIDE_BY, length.number / scale
    plan = [intermediate(term, move, typed(number(scale)))]
    plan += _in_unit(story, value, length.unit)
    yield from follow(plan, position)


def _in_unit(story: WordProblem, value: Fraction, unit: Unit) -> Iterator[Waypoint]:
    """In the unit that is asked for, where it is another one."""
    asked = [other for other in story.asked if other.dimension == unit.dimension]
    if len(asked) == 1 and asked[0].factor != unit.factor:
        ratio = asked[0].factor / unit.factor
        if ratio > 1:
            term: Term = Div(decimal(value), decimal(ratio))
            yield intermediate(term, MoveName.DIVIDE_BY, typed(decimal(ratio)))
        else:
            term = Mul((decimal(value), decimal(1 / ratio)))
            yield intermediate(term, MoveName.MULTIPLY_BY, typed(decimal(1 / ratio)))


def take_in_proportion(position: Position) -> Iterator[Step]:
    """Five pens cost 7.50: one pen, then eight."""
    story = WordProblem.of(position.goal.task)
    quantities = [q for q in story.counted if not q.sign and not q.name]
    if len(quantities) != 3 or len(story.counted) != 3 or RATIO.search(story.text):
        return
    has_speed = any(len(q.unit.dimension) > 1 for q in quantities)
    is_other = story.mentions(_CHANCE) or story.follows_other_law
    if has_speed or is_other or not story.mentions(_IN_PROPORTION):
        return
    kinds = [_kind(story, q) for q in quantities]
    for index, other in enumerate(quantities):
        pair = [q for q in quantities if q is not other]
        labels = [kind for at, kind in enumerate(kinds) if at != index]
        if labels[0] == labels[1] and labels[0] and kinds[index] != labels[0]:
            yield from follow(_proportion(story, other, pair[0], pair[1]), position)
            return


def _proportion(
    story: WordProblem, other: StatedQuantity, known: StatedQuantity, asked: StatedQuantity
) -> list[Waypoint]:
    first, second = known.number, asked.number * asked.unit.factor / known.unit.factor
    number_of_first, number_of_second = typed(decimal(first)), typed(decimal(second))
    if all(_counts_workers(story, q) for q in (known, asked)):
        whole = Mul((decimal(first), decimal(other.number)))
        shared = Div(decimal(first * other.number), decimal(second))
        return [
            intermediate(whole, MoveName.MULTIPLY_BY, number_of_first),
            answer(shared, MoveName.DIVIDE_BY, number_of_second, name="x"),
        ]
    single = Div(decimal(other.number), decimal(first))
    if second == 1:
        return [answer(single, MoveName.DIVIDE_BY, number_of_first, name="x")]
    several = Mul((decimal(second), decimal(other.number / first)))
    return [
        intermediate(single, MoveName.DIVIDE_BY, number_of_first),
        answer(several, MoveName.MULTIPLY_BY, number_of_second, name="x"),
    ]


def _counts_workers(story: WordProblem, quantity: StatedQuantity) -> bool:
    """Of more workers each has less to do."""
    return _INVERSE.match(story.counted_text[quantity.end :].lstrip()) is not None


def _kind(story: WordProblem, quantity: StatedQuantity) -> str:
    """By its unit, or by what is counted; empty where no noun follows."""
    if quantity.unit.dimension:
        return str(quantity.unit.dimension)
    text = story.counted_text
    if label := _CHINESE_LABEL.match(text, quantity.end):
        return label[0].strip()
    label = _LABEL.match(text, quantity.end)
    return label[1].lower()[:4] if label and not _NO_NOUN.fullmatch(label[1]) else ""


def convert(position: Position) -> Iterator[Step]:
    """0.8 m² in cm²; 90 km/h in m/s."""
    story = WordProblem.of(position.goal.task)
    asked = [unit for unit in story.asked if unit.dimension]
    if len(story.quantities) != 1 or len(asked) != 1 or not story.mentions(_CONVERT):
        return
    quantity, target = story.quantities[0], asked[0]
    if quantity.unit.dimension != target.dimension or quantity.unit.factor == target.factor:
        return
    plan = [_converted(quantity, target)]
    yield from follow(plan, position)


def _converted(quantity: StatedQuantity, target: Unit) -> Waypoint:
    amount = decimal(quantity.number)
    if target.dimension == _SPEED:
        sizes = _COMPOUND_SIZE.get(quantity.unit.factor), _COMPOUND_SIZE.get(target.factor)
        if sizes[0] and sizes[1]:
            metres, seconds = (Fraction(sizes[0][n]) / Fraction(sizes[1][n]) for n in (0, 1))
            return answer(_scaled(amount, metres, seconds), MoveName.CHANGE_BOTH_UNITS)
    ratio = quantity.unit.factor / target.factor
    factor, is_product = (ratio, True) if ratio > 1 else (1 / ratio, False)
    [*_, (_, power)] = target.dimension
    base = _root(factor, power) if len(target.dimension) == 1 and power in (2, 3) else None
    size: Term = Pow(number(base), number(power)) if base else decimal(factor)
    text = f"{base} {'squared' if power == 2 else 'cubed'}" if base else typed(size)
    if is_product:
        return answer(Mul((amount, size)), MoveName.MULTIPLY_BY, text)
    return answer(Div(amount, size), MoveName.DIVIDE_BY, text)


def _scaled(amount: Term, length: Fraction, time: Fraction) -> Term:
    """90·1000/3600"""
    tops = [amount]
    bottoms: list[Term] = []
    for factor, above, below in ((length, tops, bottoms), (time, bottoms, tops)):
        if factor > 1:
            above.append(decimal(factor))
        elif factor < 1:
            below.append(decimal(1 / factor))
    top = tops[0] if len(tops) == 1 else Mul(tuple(tops))
    if not bottoms:
        return top
    return Div(top, bottoms[0] if len(bottoms) == 1 else Mul(tuple(bottoms)))


def _root(value: Fraction, degree: int) -> int | None:
    root = round(float(value) ** (1 / degree))
    return root if Fraction(root) ** degree == value else None
