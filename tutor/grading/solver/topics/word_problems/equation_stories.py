"""Stories that one equation tells: a fee and a price for each, ages, a missing number, a part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.parsing.answers import read_term
from tutor.grading.parsing.tree import (
    Add,
    Div,
    Mul,
    Neg,
    Sym,
    Term,
    free_names,
)
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.topics.word_problems.plan import (
    Waypoint,
    answer,
    decimal,
    equation,
    follow,
    intermediate,
)
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import StatedQuantity

_FEE = words(
    r"(?:basic|base|fixed|starting|entry|joining|standing|call-?out|flat) (?:fee|charge|price|rate)"
    r"|costs \d{1,4} \w{1,8} at the start|(?:einmalige )?grundgebühr|grundpreis|prise en charge"
    r"|tarifa fija",
    "起步费|基本费|固定费",
)
_EACH = words(
    r"(?:for )?(?:each|every|per|an hour|a month)|je|pro|jede[rnms]?|par|chaque|por", "每"
)
_LIMITED = words(
    r"at most|at least|budget|no more than|up to|höchstens|mindestens|au plus|como máximo",
    "至多|最多|至少|不超过",
)
_SAME_COST = words(
    r"(?:both )?cost the same|the same (?:price|cost)|gleich (?:viel|teuer)|cuestan lo mismo",
    "费用相同|花费相同|一样多",
)
_SINKS = words(
    r"(?:shorter|less|lower) (?:every|each|per)|(?:every|each) hour|burns down|kürzer",
    "每小时缩短|每分钟?缩短|缩短",
)
_WHEN = words(
    r"after how many|how many hours|nach wie vielen|au bout de combien", "多少小时|几小时"
)
_AGES = re.compile(
    r"in how many years.{1,80}\btimes as old|多少年后.{1,30}倍|几年后.{1,30}倍", re.IGNORECASE
)
_FRACTION_IN_TEXT = r"(\d{1,3}/\d{1,3})"
_PART_IS = re.compile(
    rf"{_FRACTION_IN_TEXT}\s+of [^.]{{1,60}} are (\w{{3,20}})\.[^.]{{0,30}}?(\d{{1,5}})\s+\2\b"
    rf"|(\S{{1,4}})占[^，。]{{1,8}}的\s*{_FRACTION_IN_TEXT}\s*，\s*\4有\s*(\d{{1,5}})",
    re.IGNORECASE,
)
_STILL_THERE = words(
    r"(?:still|left|remain\w{0,3}|not (?:yet )?(?:read|sold|used)|übrig|noch|reste\w{0,2}|quedan?)",
    "还剩|剩下",
)
_OF_IT = words(r"of (?:it|them|the|his|her|its)|davon|des|de (?:l|los|las)", "的")
_HOLDS = words(
    r"each \w{2,20} (?:holds|contains|takes|needs|is)|jede[rs]? \w{2,20} (?:fasst|enthält)",
    "每[杯瓶盒袋碗桶份段]",
)
_HOW_MANY = words(r"how many|wie viele|combien|cuántos|cuántas", "多少|几")
_BOX = re.compile(
    r"\\\((?P<left>[^()=]{0,80}(?:\([^()=]{1,30}\)[^()=]{0,40})?)=(?P<right>[^=]{1,80}?)\\\)"
)
_SQUARE = re.compile(r"\\square")


def set_up_equation(position: Position) -> Iterator[Step]:
    text = position.goal.task.text
    story = WordProblem.of(position.goal.task)
    waypoint = _box(text) or _two_fees(story) or _fee(story) or _sinking(story)
    waypoint = waypoint or _ages(story) or _part_of_whole(story)
    if waypoint is not None:
        yield from follow([waypoint], position)


def _of_unknown(left: Term, right: Term, value: Fraction) -> Waypoint | None:
    if value <= 0:
        return None
    return equation(left, right, "x", decimal(value), MoveName.SET_UP_EQUATION)


def _times_x(factor: Fraction) -> Term:
    return Sym("x") if factor == 1 else Mul((decimal(factor), Sym("x")))


def _box(text: str) -> Waypoint | None:
    r"""-15 + x = -10 for -15 + \square = -10."""
    if len(_SQUARE.findall(text)) != 1:
        return None
    match = next((m for m in _BOX.finditer(text) if _SQUARE.search(m[0])), None)
    if match is None:
        return None
    sides = [read_term(_SQUARE.sub("x", match[name])) for name in ("left", "right")]
    if sides[0] is None or sides[1] is None:
        return None
    left, right = sides
    if left is None or right is None or free_names(Add((left, right))) != {"x"}:
        return None
    return equation(left, right, "x", None, MoveName.SET_UP_EQUATION)


def _prices(story: WordProblem) -> list[StatedQuantity]:
    """All numbers, where each is an amount of one and the same money."""
    amounts = [q for q in story.quantities if not q.sign]
    is_money = all(q.unit.dimension for q in amounts) and len({q.unit for q in amounts}) == 1
    return amounts if is_money and len(amounts) == len(story.quantities) else []


def _fee(story: WordProblem) -> Waypoint | None:
    """9 + 2x = 21 for a fee of 9 euros, 2 euros for each kilometre, and 21 euros in all."""
    amounts = _prices(story)
    if len(amounts) != 3 or story.mentions(_LIMITED) or not story.mentions(_EACH):
        return None
    if not story.mentions(_FEE) or not story.mentions(_HOW_MANY):
        return None
    fee, price, whole = (q.number for q in amounts)
    if not fee < whole or not price:
        return None
    left = Add((decimal(fee), _times_x(price)))
    return _of_unknown(left, decimal(whole), (whole - fee) / price)


def _two_fees(story: WordProblem) -> Waypoint | None:
    """8 + 4x = 14 + 2x"""
    amounts = _prices(story)
    if len(amounts) != 4 or not story.mentions(_SAME_COST) or not story.mentions(_FEE):
        return None
    fee, price, other_fee, other_price = (q.number for q in amounts)
    if price == other_price:
        return None
    sides = [Add((decimal(a), _times_x(b))) for a, b in ((fee, price), (other_fee, other_price))]
    return _of_unknown(sides[0], sides[1], (other_fee - fee) / (price - other_price))


def _sinking(story: WordProblem) -> Waypoint | None:
    """14 - 0.5x = 12 for a candle of 14 cm that loses 0.5 cm every hour."""
    lengths = story.quantities
    if len(lengths) != 3 or len({q.unit for q in lengths}) != 1 or not lengths[0].unit.dimension:
        return None
    if not story.mentions(_SINKS) or not story.mentions(_WHEN):
        return None
    whole, loss, rest = (q.number for q in lengths)
    if not loss or not rest < whole:
        return None
    left = Add((decimal(whole), Neg(_times_x(loss))))
    return _of_unknown(left, decimal(rest), (whole - rest) / loss)


def _ages(story: WordProblem) -> Waypoint | None:
    """53 + x = 3(13 + x)"""
    if not _AGES.search(story.text) or len(story.counted) != 3:
        return None
    young, old = sorted(q.number for q in story.counted[:2])
    times = story.counted[2].number
    if times <= 1 or old <= young:
        return None
    x = Sym("x")
    left = Add((decimal(old), x))
    right = Mul((decimal(times), Add((decimal(young), x))))
    return _of_unknown(left, right, (old - times * young) / (times - 1))


def _part_of_whole(story: WordProblem) -> Waypoint | None:
    """2/3·x = 6, where two thirds are 6 girls."""
    match = _PART_IS.search(story.text)
    if match is None or len(story.quantities) != 2:
        return None
    share, part = Fraction(match[1] or match[5]), Fraction(match[3] or match[6])
    if not 0 < share < 1:
        return None
    return _of_unknown(Mul((_fraction(share), Sym("x"))), decimal(part), part / share)


def _fraction(value: Fraction) -> Term:
    return Div(decimal(Fraction(value.numerator)), decimal(Fraction(value.denominator)))


def take_fraction(position: Position) -> Iterator[Step]:
    """42 - 14 for what is left of 42 pages after a third; 12/(2/7) glasses of 2/7 litre."""
    story = WordProblem.of(position.goal.task)
    if len(story.quantities) != 2 or not story.mentions(_HOW_MANY) or _PART_IS.search(story.text):
        return
    shares = [q.number for q in story.quantities if 0 < q.number < 1 and not q.sign]
    wholes = [q.number for q in story.quantities if q.number > 1]
    if len(shares) != 1 or len(wholes) != 1 or shares[0].denominator == 1:
        return
    [share], [whole] = shares, wholes
    if story.mentions(_HOLDS) and not story.mentions(_STILL_THERE):
        term = Div(decimal(whole), _fraction(share))
        yield from follow([answer(term, MoveName.DIVIDE)], position)
    elif story.mentions(_STILL_THERE) and story.mentions(_OF_IT):
        part = Mul((_fraction(share), decimal(whole)))
        rest = Add((decimal(whole), Neg(decimal(share * whole))))
        plan = [intermediate(part, MoveName.MULTIPLY), intermediate(rest, MoveName.SUBTRACT)]
        yield from follow(plan, position)
