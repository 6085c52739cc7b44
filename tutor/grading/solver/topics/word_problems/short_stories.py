"""Stories of one calculation with two numbers, where the words leave no doubt which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.parsing.tree import Add, Div, Mul, Neg
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.step import GoalKind, Position, Step
from tutor.grading.solver.term_builder import TWO, is_plain, number
from tutor.grading.solver.topics.word_problems.plan import Waypoint, answer, follow
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.working.knowledge.formulas import words

_HALF = re.compile(r"\A\s*what is half of\s+(\d{1,9})\s*[?.]", re.IGNORECASE)
_ASKS_TOTAL = words(r"how many .{1,40} (?:in total|altogether|in all)", "一共.{0,12}多少|共有多少")
_IN_TWO = words(
    r"in one .{1,80} in (?:another|the other)|in the first .{1,80} in the second", "和|又"
)
_ASKS_LEFT = words(
    r"how many .{1,40} (?:left|remain\w{0,3})|how many .{1,30} still (?:there|on)", "还剩|剩下多少"
)
_TAKES = words(
    r"gets? off|get out|eats?|ate|gives? .{0,20}|gave|sells?|sold|loses?|lost|leaves?|breaks?"
    r"|broke|uses?|used|flies away|fly away",
    "送给|用去|吃了|吃掉|卖出|卖掉|借走|拿走|下车|飞走",
)
_ADDS = words(
    r"(?<!nobody )(?<!no one )gets? on|buys?|bought|finds?|found|receives?|come|comes|joins?"
    r"|arrives?",
    "又买|买来|上车|飞来|拿来|得到",
)
_HOLDS = words(
    r"(?:a|an|one|each|every) \w{2,20} (?:holds|contains)", "每.{1,3}(?:装|有)(?!多少|几)"
)
_MULTIPLE = (
    re.compile(  # A box holds 6 eggs. How many eggs are in 4 boxes? 每盒装 8 个，5 盒一共多少个？
        r"\b(?:a|an|each|every)\s(\w{2,20})\s(?:holds|contains|has)\s{1,4}\d{1,6}\s.{1,80}?"
        r"\bhow many\s(?!\1)\w{2,20}\s(?:are|do|does).{1,30}?\d{1,6}\s{1,4}(?:full\s)?\1"
        r"|每(.)(?:装|有)\s{0,4}\d.{1,40}?\d\s{0,4}\2.{0,10}?一共",
        re.IGNORECASE,
    )
)
_SHARES = words(r"share .{1,40} equally|shared equally|divided equally", "平均分")
_ASKS_EACH = words(
    r"how many .{1,40} (?:does|will|can|is|are) .{0,20}each\b|each .{1,10}get", "每.{1,6}多少"
)
_OTHER_RULE = words(
    r"than|twice|half|double|times|third|quarter|percent|average|mean|per|ratio|more|fewer|less",
    "倍|一半|比|平均数|百分|多几|少几",
)


def calculate_once(position: Position) -> Iterator[Step]:
    if position.goal.kind != GoalKind.FIND and not _has_two_fractions(position):
        return
    text = position.goal.task.text
    half = _HALF.search(re.sub(r"\\[()]|\$", "", text))
    if half:
        whole = number(int(half[1]))
        yield from follow([answer(Div(whole, TWO), MoveName.DIVIDE_BY, "2")], position)
        return
    waypoint = _calculation(WordProblem.of(position.goal.task))
    if waypoint is not None:
        yield from follow([waypoint], position)


def _has_two_fractions(position: Position) -> bool:
    terms = position.goal.task.expressions
    are_fractions = all(isinstance(term, Div) and is_plain(term) for term in terms)
    return len(terms) == 2 and are_fractions and not position.goal.task.equations


def _calculation(story: WordProblem) -> Waypoint | None:
    text = story.counted_text[: _end_of_question(story.counted_text)]
    quantities = [quantity for quantity in story.counted if quantity.start < len(text)]
    values = [quantity.number for quantity in quantities]
    if len(values) != 2 or any(value <= 0 for value in values):
        return None
    if any(q.sign or q.name for q in quantities) or len({q.unit for q in quantities}) > 1:
        return None
    is_measured = bool(quantities[0].unit.dimension)
    if is_measured != any(value.denominator != 1 for value in values):
        return None
    if _OTHER_RULE.search(text) or len(re.findall(r"[?？]", text)) != 1:
        return None
    plans = [plan for plan in (_total, _rest, _multiple, _share) if plan(text, *values)]
    return plans[0](text, *values) if len(plans) == 1 else None


def _end_of_question(text: str) -> int:
    return max(text.rfind("?"), text.rfind("？")) + 1


def _total(text: str, first: Fraction, second: Fraction) -> Waypoint | None:
    is_sum = _ASKS_TOTAL.search(text) and _IN_TWO.search(text) and not _HOLDS.search(text)
    if not is_sum or _TAKES.search(text) or "每" in text:
        return None
    return answer(Add((number(first), number(second))), MoveName.ADD)


def _rest(text: str, first: Fraction, second: Fraction) -> Waypoint | None:
    is_rest = _ASKS_LEFT.search(text) and len(_TAKES.findall(text)) == 1
    if not is_rest or _ADDS.search(text) or _HOLDS.search(text) or first <= second:
        return None
    return answer(Add((number(first), Neg(number(second)))), MoveName.SUBTRACT)


def _multiple(text: str, first: Fraction, second: Fraction) -> Waypoint | None:
    """Of what one holds; the question is about several."""
    if not _MULTIPLE.search(text) or _TAKES.search(text):
        return None
    return answer(Mul((number(first), number(second))), MoveName.MULTIPLY)


def _share(text: str, first: Fraction, second: Fraction) -> Waypoint | None:
    low, high = sorted((first, second))
    if not (_SHARES.search(text) and _ASKS_EACH.search(text)) or _HOLDS.search(text):
        return None
    if low < 2 or low.denominator != 1 or (high / low).denominator != 1 or low == high:
        return None
    return answer(Div(number(high), number(low)), MoveName.DIVIDE_BY, str(low))
