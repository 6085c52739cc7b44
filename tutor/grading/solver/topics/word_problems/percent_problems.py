"""Shares, changes and old values in percent, interest and growth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.parsing.tree import ONE, Add, Call, Div, Mul, Pow, Sym
from tutor.grading.parsing.typed import typed
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import TWO, number
from tutor.grading.solver.topics.word_problems.plan import (
    Waypoint,
    answer,
    decimal,
    equation,
    follow,
    formula,
    intermediate,
)
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.percents import (
    ASKS_PERCENT,
    COMPOUND,
    DOWN,
    HALF_LIFE,
    SIMPLE,
    UP,
    change_of,
    is_after_change,
    is_part_of_unknown,
    share_in,
)
from tutor.grading.working.quantities.stated import StatedQuantity

_TIMES = ((("month", 1),), (("s", 1),))
_PRICE = words(
    r"price|costs?|paid|pays?|preis\w{0,3}|kost\w{1,4}|prix|coût\w{0,4}|precio|cuest\w{1,3}",
    "价|元",
)
_TAX = words(r"tax|vat|mehrwertsteuer|mwst|tva|iva|steuer|taxe|impuesto", "税")
_ASKS_CHANGE = words(
    r"save|saved|saving|by how (?:much|many \w{1,12}) (?:is|was|does|did|has|will)"
    r"|how much is the (?:discount|reduction|increase|interest|tax)"
    r"|how much (?:interest|tax|vat)|find the (?:discount|reduction|increase|interest)"
    r"|spart|ersparnis|wie hoch (?:ist|sind) (?:der rabatt|die zinsen|die mehrwertsteuer)"
    r"|wie viele? zinsen|économis\w{1,3}|montant de la (?:remise|réduction)|ahorr\w{1,3}",
    "便宜了|节省|利息",
)
_HOW_LONG = words(
    r"how (?:many (?:years|months|days|hours)|long)|when|after how many|wie viele jahre"
    r"|wie lange|nach wie ?vielen|wann"
    r"|combien d.ann|au bout de combien|cuántos|cuándo",
    "多少年|几年|多久",
)
_DIGITS = dict(zip("一二三四五六七八九", range(1, 10), strict=True))
_DISCOUNT = re.compile(
    r"打\s{0,2}([一二三四五六七八九\d](?:[.点]?[一二三四五六七八九\d])?)\s{0,2}折"
)
_PRICE_BEFORE = re.compile(
    r"(?:原价|标价|定价|原来售价)(?:是|为)?\s{0,2}(\d{1,6}(?:\.\d{1,2})?)\s{0,2}元"
)
_ASKS_PRICE_BEFORE = re.compile(r"(?:原价|标价|定价|进价|成本|便宜|节省|少付|利润)[^。]{0,8}多少")
_FROM_TO = re.compile(
    r"(?:from|von|de|desde|从)\s.{0,6}?\d.{0,20}?(?:to|auf|à|a|hasta|到|至|降为|升至)\s?.{0,6}?\d",
    re.IGNORECASE,
)
_MIXED = words(r"dissolved?|syrup|solution|alloy|lösung|gelöst|solución", "溶化|溶液|糖水|盐水")
# 50 g of sugar in 150 g of water: what is asked for comes first.
_DISSOLVED = re.compile(
    r"\d\s+k?g of (\w+) (?:in|into)\s+\d[\s\S]{1,160}(?:percent\w{0,3}|per cent|%)"
    r" of the \w+ is \1\b"
    r"|\d\s+k?g\s?(糖|盐)(?:放进|溶在|加入|放入)[\s\S]{1,80}含\2率",
    re.IGNORECASE,
)


def work_with_percents(position: Position) -> Iterator[Step]:
    story = WordProblem.of(position.goal.task)
    plans = (_concentration, _share, _change)
    for plan in (_plan(position, story), _discounted(story), *(plan(story) for plan in plans)):
        if plan:
            yield from follow(plan, position)
            return


def _plan(position: Position, story: WordProblem) -> list[Waypoint]:
    percents = story.percents
    times = [q for q in story.counted if q.unit.dimension in _TIMES]
    amounts = [q for q in story.amounts if q.unit.dimension not in _TIMES]
    if not percents or story.mentions(ASKS_PERCENT):
        return []
    changes = [change_of(position.goal.task, percent) for percent in percents]
    known = [change for change in changes if change is not None]
    if len(percents) == 1 and (story.mentions(COMPOUND) or story.mentions(SIMPLE)):
        return _grown(story, amounts, times, percents[0], known)
    if len(amounts) != 1:
        return []
    [amount] = amounts
    if not (story.mentions(UP) or story.mentions(DOWN)):
        return _part(story, amount, percents)
    if len(known) < len(percents):
        return []
    if is_after_change(position.goal.task, amount, percents[0]):
        return [_old_value(story, amount, known)]
    return _new_value(story, amount, known)


def _discounted(story: WordProblem) -> list[Waypoint]:
    """200·0.8 for 打八折, where the price before is given."""
    discounts = _DISCOUNT.findall(story.text)
    prices = _PRICE_BEFORE.findall(story.text)
    if len(discounts) != 1 or len(prices) != 1 or _ASKS_PRICE_BEFORE.search(story.text):
        return []
    digits = "".join(str(_DIGITS.get(sign, sign)) for sign in discounts[0] if sign not in ".点")
    factor = decimal(Fraction(int(digits), 10 ** len(digits)))
    term = Mul((decimal(Fraction(prices[0])), factor))
    return [answer(term, MoveName.MULTIPLY_BY, typed(factor))]


def _new_value(
    story: WordProblem, amount: StatedQuantity, changes: Sequence[Fraction]
) -> list[Waypoint]:
    """20 % of 350, then 350 - 70."""
    value = amount.number
    if len(changes) > 1:
        stages: list[Waypoint] = []
        for change in changes:
            factor = decimal(1 + change)
            term = Mul((decimal(value), factor))
            stages.append(intermediate(term, MoveName.MULTIPLY_BY, typed(factor)))
            value *= 1 + change
        return stages
    [change] = changes
    part = abs(change) * value
    term = Mul((decimal(abs(change)), decimal(value)))
    percent = typed(decimal(abs(change) * 100))
    first = intermediate(term, MoveName.WORK_OUT_PERCENT, percent, typed(decimal(value)))
    if story.mentions(_ASKS_CHANGE):
        return [first]
    last_move = MoveName.SUBTRACT_REDUCTION
    if change > 0:
        last_move = MoveName.ADD_TAX if story.mentions(_TAX) else MoveName.ADD_INCREASE
    last = formula("P+a" if change > 0 else "P-a", P=decimal(value), a=decimal(part))
    return [first, answer(last, last_move, name="p")]


def _old_value(story: WordProblem, amount: StatedQuantity, changes: Sequence[Fraction]) -> Waypoint:
    """0.7p = 84"""
    factor = Fraction(1)
    for change in changes:
        factor *= 1 + change
    letter = "p" if story.mentions(_PRICE) else "x"
    left = Mul((decimal(factor), Sym(letter)))
    value = decimal(amount.number / factor)
    return equation(left, decimal(amount.number), letter, value, MoveName.SET_UP_EQUATION)


def _part(
    story: WordProblem, amount: StatedQuantity, percents: Sequence[StatedQuantity]
) -> list[Waypoint]:
    """30 % of 45; 30 % of a number is 45."""
    if len(percents) != 1:
        return []
    percent = percents[0]
    share = percent.number / 100
    if not is_part_of_unknown(story.text, percent, amount):
        term = Mul((decimal(share), decimal(amount.number)))
        texts = typed(decimal(percent.number)), typed(decimal(amount.number))
        return [answer(term, MoveName.WORK_OUT_PERCENT, *texts, name="W")]
    left = Mul((decimal(share), Sym("x")))
    value = decimal(amount.number / share)
    return [equation(left, decimal(amount.number), "x", value, MoveName.SET_UP_EQUATION)]


def _concentration(story: WordProblem) -> list[Waypoint]:
    """50/(50 + 150) for 50 g of sugar in 150 g of water."""
    mention = _DISSOLVED.search(story.text)
    if mention is None or not story.mentions(ASKS_PERCENT) or len(story.quantities) != 2:
        return []
    first, second = story.quantities
    if first.unit != second.unit or not first.unit.dimension:
        return []
    part = Div(decimal(first.number), Add((decimal(first.number), decimal(second.number))))
    share = first.number / (first.number + second.number)
    return [answer(part, MoveName.DIVIDE_PART_BY_WHOLE, name="p"), _in_percent(share)]


def _share(story: WordProblem) -> list[Waypoint]:
    """18 of 24 in percent."""
    if not story.mentions(ASKS_PERCENT) or story.percents or story.mentions(_FROM_TO):
        return []
    if _MIXED.search(story.text):
        return []
    share = share_in(story.text)
    if share is None or len(story.amounts) != 2:
        return []
    part, whole = map(decimal, share)
    first = answer(Div(part, whole), MoveName.DIVIDE_PART_BY_WHOLE, name="p")
    return [first, _in_percent(share[0] / share[1])]


def _in_percent(value: Fraction) -> Waypoint:
    """75 %"""
    line = Call("percent", (decimal(value * 100),))
    return Waypoint((Step(line, Move(MoveName.WRITE_AS_PERCENTAGE)),), line)


def _change(story: WordProblem) -> list[Waypoint]:
    """From 64 to 80, in percent."""
    asks = story.mentions(ASKS_PERCENT) or "%" in story.text or "rozent" in story.text
    if not asks or story.percents or len(story.amounts) != 2:
        return []
    if not (story.mentions(UP) or story.mentions(DOWN)) or not _FROM_TO.search(story.text):
        return []
    old, new = (q.number for q in story.amounts)
    if not old or old == new:
        return []
    larger, smaller = decimal(max(old, new)), decimal(min(old, new))
    term = formula("(a-b)/c", a=larger, b=smaller, c=decimal(old))
    first = answer(term, MoveName.DIVIDE_CHANGE_BY_OLD_VALUE, name="p")
    return [first, _in_percent(abs(new - old) / old)]


def _grown(
    story: WordProblem,
    amounts: Sequence[StatedQuantity],
    times: Sequence[StatedQuantity],
    percent: StatedQuantity,
    changes: Sequence[Fraction],
) -> list[Waypoint]:
    """5000·1.04²; 5000·0.04·3 for simple interest; 2000·1.05^t = 3000."""
    rate = changes[0] if changes else percent.number / 100
    if not amounts:
        return []
    start = decimal(amounts[0].number)
    factor = decimal(1 + rate)
    if len(amounts) == 2 and story.mentions(_HOW_LONG):
        left = Mul((start, Pow(factor, Sym("t"))))
        right = decimal(amounts[1].number)
        return [equation(left, right, "t", None, MoveName.SET_UP_EQUATION)]
    if len(amounts) == 1 and not times and story.mentions(_ASKS_CHANGE):
        return _new_value(story, amounts[0], [abs(rate)])
    if len(amounts) != 1 or len(times) != 1 or times[0].number.denominator != 1:
        return []
    count = number(times[0].number)
    if story.mentions(SIMPLE):
        term = Mul((start, decimal(rate), count))
        return [answer(term, MoveName.PUT_INTO_FORMULA, name="I_0")]
    if times[0].number == 1:
        return _new_value(story, amounts[0], [rate])
    return [answer(Mul((start, Pow(factor, count))), MoveName.GROWTH_FACTOR, name="A")]


def halve(position: Position) -> Iterator[Step]:
    """80·(1/2)^(24/8) for a half-life of 8 hours."""
    story = WordProblem.of(position.goal.task)
    mention = HALF_LIFE.search(story.text)
    times = [q for q in story.quantities if q.unit.dimension in _TIMES]
    others = [q for q in story.amounts if q not in times]
    if mention is None or len(times) != 2 or len(others) != 1 or story.percents:
        return
    after = [q for q in times if q.start > mention.start()]
    life = after[0] if after else times[0]
    time = next(q for q in times if q is not life)
    periods = time.number * time.unit.factor / (life.number * life.unit.factor)
    first = formula("a/b", a=decimal(time.number), b=decimal(life.number))
    half = Pow(formula("a/b", a=ONE, b=TWO), decimal(periods))
    last = Mul((decimal(others[0].number), half))
    plan = [answer(last, MoveName.PUT_INTO_FORMULA, name="N")]
    if time.unit == life.unit:
        plan.insert(0, intermediate(first, MoveName.COUNT_HALF_LIVES, name="n"))
    yield from follow(plan, position)
