"""Sums of two dice, numbers of successes, diagonals in space, areas by two sides and an angle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import comb

from tutor.grading.parsing.tree import ONE, Add, Call, Div, Mul, Num, Pow, Term
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import TWO, number, square_root
from tutor.grading.solver.topics.word_problems.plan import answer, decimal, follow
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.working.knowledge.formulas import words

_CHANCE = words(r"probabilit\w{1,4}|chances?|wahrscheinlich\w{0,6}|probabilidad", "概率")
_DICE_SUM = re.compile(
    r"\btwo (?:fair |ordinary |normal |six-sided ){0,2}dice\b.{1,200}?\b(?:add up to|sum is"
    r"|sum of|total is|total of|sum equals)\s{1,3}(\d{1,2})"
    r"|两[颗枚个].{0,12}骰子.{1,80}?和(?:为|是|等于)\s{0,3}(\d{1,2})",
    re.IGNORECASE,
)
_BOUND = words(
    r"at least|at most|more|less|fewer|greater|not|no|none|given|without|don't|fails?|doesn't",
    "至少|至多|不|没|大于|小于|超过|已知",
)
_EXACTLY = re.compile(r"(?:\bexactly|\bgenau|恰好?有?)\s{0,3}(\d{1,2})(?![\d.])", re.IGNORECASE)
_INDEPENDENT = words(r"independent\w{0,2}|unabhängig\w{0,2}", "独立")
_DIAGONAL = words(
    r"space diagonal|(?:body|long) diagonal|raumdiagonale|diagonal\w{0,2} .{0,40}opposite corner"
    r"|longest .{0,30}(?:rod|stick|pole|pencil|straw)",
    "体对角线|最长.{0,12}棒",
)
_CUBE = words(r"cube|würfels?|cubo", "正方体|立方体")
_CUBOID = words(r"cuboid|rectangular (?:box|prism)|box|quader\w?", "长方体")
_AREA = words(r"area|fläche|flächeninhalt|aire|área", "面积")
_SIDE = re.compile(r"(?<![A-Za-z])([A-Z])([A-Z])\s{0,3}=\s{0,3}(\d{1,4}(?:\.\d{1,3})?)(?![\d^.])")
_ANGLE = re.compile(
    r"(?:\\angle\s{0,2}|∠\s?|angle\s{1,2})([A-Z]{1,3})\s{0,3}(?:=|is)\s{0,3}(\d{1,3})"
    r"(?:\s?°|\^\s?\{?\\circ)"
)
_MAX_TRIALS = 20
_MARKUP = re.compile(r"\\[()]|\$")


def find_sum_of_dice(position: Position) -> Iterator[Step]:
    """6/36 for the sum 7"""
    text = _MARKUP.sub("", position.goal.task.text)
    dice = _DICE_SUM.search(text)
    if not dice or not _CHANCE.search(text) or _BOUND.search(_question(text)):
        return
    total = int(dice[1] or dice[2])
    if 2 <= total <= 12:
        term = Div(number(6 - abs(7 - total)), number(36))
        plan = [answer(term, MoveName.DIVIDE_FAVOURABLE_BY_ALL, name="P")]
        yield from follow(plan, position)


def count_successes(position: Position) -> Iterator[Step]:
    """5·0.9⁴·0.1 for exactly four of five"""
    story = WordProblem.of(position.goal.task)
    text = story.text
    exact = _EXACTLY.findall(text)
    is_asked = len(exact) == 1 and story.mentions(_CHANCE) and story.mentions(_INDEPENDENT)
    if not is_asked or _BOUND.search(_question(text)):
        return
    end = max(text.rfind("?"), text.rfind("？"), 0) or len(text)
    values = [quantity.number for quantity in story.quantities if quantity.start < end]
    chances = [value for value in values if 0 < value < 1]
    counts = sorted(value for value in values if value >= 1 and value.denominator == 1)
    if len(values) != 3 or len(chances) != 1 or len(counts) != 2 or counts[0] != int(exact[0]):
        return
    successes, trials = (value.numerator for value in counts)
    if successes == trials or trials > _MAX_TRIALS:
        return
    chance = decimal(chances[0])
    factors = (
        number(comb(trials, successes)),
        _power(chance, successes),
        _power(decimal(1 - chances[0]), trials - successes),
    )
    yield from follow([answer(Mul(factors), MoveName.USE_BINOMIAL_FORMULA, name="P")], position)


def _power(base: Term, exponent: int) -> Term:
    return base if exponent == 1 else Pow(base, number(exponent))


def _question(text: str) -> str:
    """The sentence that asks; all of the text where none does."""
    end = max(text.rfind("?"), text.rfind("？"))
    start = max(text.rfind(mark, 0, max(end, 0)) for mark in (". ", "。", ".\n"))
    return text[start + 1 : end] if end > 0 else text


def find_space_diagonal(position: Position) -> Iterator[Step]:
    """√(6² + 6² + 6²)"""
    story = WordProblem.of(position.goal.task)
    edges = [quantity.number for quantity in story.quantities]
    if not story.mentions(_DIAGONAL) or len({q.unit for q in story.quantities}) != 1:
        return
    if story.mentions(_CUBE) and len(edges) == 1:
        edges *= 3
    elif not story.mentions(_CUBOID) or len(edges) != 3:
        return
    if all(edge > 0 for edge in edges):
        term = square_root(Add(tuple(Pow(decimal(edge), TWO) for edge in edges)))
        yield from follow([answer(term, MoveName.APPLY_PYTHAGORAS, name="d")], position)


def find_triangle_area(position: Position) -> Iterator[Step]:
    """1/2·3·5·sin(120°) for AB = 3, AC = 5 and ∠A = 120°"""
    text = position.goal.task.text
    sides, angles = _SIDE.findall(_MARKUP.sub("", text)), _ANGLE.findall(_MARKUP.sub("", text))
    if len(sides) != 2 or len(angles) != 1 or not _AREA.search(text):
        return
    corner = angles[0][0] if len(angles[0][0]) == 1 else angles[0][0][1:2]
    ends = [{first, second} for first, second, _ in sides]
    if ends[0] & ends[1] != {corner} or not 0 < int(angles[0][1]) < 180:
        return
    half: Term = Div(ONE, TWO)
    lengths = [Num(Fraction(length), length) for _, _, length in sides]
    sine = Call("sin", (Call("degrees", (number(int(angles[0][1])),)),))
    term = Mul((half, *lengths, sine))
    yield from follow([answer(term, MoveName.USE_SINE, name="A")], position)
