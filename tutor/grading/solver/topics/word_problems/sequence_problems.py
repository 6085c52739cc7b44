"""Members, sums and positions in arithmetic and geometric sequences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from tutor.grading.parsing.tree import ONE, Add, Div, Mul, Pow, Sym, Term
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import TWO, difference, number, unworked_difference
from tutor.grading.solver.topics.word_problems.plan import (
    Plan,
    Waypoint,
    answer,
    equation,
    follow,
)
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.sequences import Sequence, members_in, sequence_of
from tutor.grading.working.task import Task

_SUM = words(r"sums?|add|total|summe|somme|suma", "和")
_WHICH = words(
    r"which (?:term|number|member|one)|contains?|how many terms|what position|das wievielte"
    r"|welches glied"
    r"|wie viele glieder|quel rang|combien de termes|qué (?:término|lugar)|cuántos términos",
    "第几项|多少项|几项",
)
_STEP_ASKED = words(
    r"(?:find|calculate|determine|what is) (?:the )?(?:common )?(?:difference|ratio)"
    r"|(?:bestimme|berechne) (?:die differenz|den quotienten|d|q)"
    r"|(?:calculer|déterminer|trouver) la raison|(?:calcula|halla) la (?:diferencia|razón)",
    "求公差|求公比",
)
_INFINITE = words(r"infinit\w{0,4}|sum to infinity|unendlich\w{0,3}|infinie?|infinita", "无穷|无限")
_INDEX = re.compile(r"[a-z]_\{?(\d{1,3})\}?(?!\s?=)(?!\d)|S_\{?(\d{1,3})\}?")
_NTH = re.compile(
    r"(?<![\d.])(\d{1,3})(?:th|st|nd|rd|\.|e|ème|º|ª)?\s?-?\s?(?:term|member|glied|folgenglied|terme"
    r"|término)|第\s?(\d{1,3})\s?项|(?:term|terme|término|glied)\s(\d{1,3})(?!\d)",
    re.IGNORECASE,
)
_FIRST_OF = re.compile(
    r"(?:first|erste[nr]?|premiers|primeros|前)\s*(\d{1,3})(?!\d)|S_\{?(\d{1,3})\}?"
    r"|(?<![\d.])(\d{1,3})\s(?:premiers|primeros|ersten)",
    re.IGNORECASE,
)
_GAUSS = re.compile(
    r"(\d{1,4})\s?\+\s?(\d{1,4})\s?\+\s?(\d{1,4})\s?\+\s?(?:\\cdots|\\l?dots|…|\.{3}|⋯)\s?\+\s?(\d{1,4})"
)
_OPEN_SUM = re.compile(
    r"((?:-?\d{1,5}(?:/\d{1,4})?\s?\+\s?){2,6}-?\d{1,5}(?:/\d{1,4})?)\s?\+\s?(?:\\cdots|\\l?dots|…|\.{3}|⋯)"
)


def find_member_or_sum(position: Position) -> Iterator[Step]:
    task = position.goal.task
    story = WordProblem.of(task)
    if stage := _written_sum(story.text):
        yield from follow([stage], position)
        return
    sequence = sequence_of(task) or _of_open_sum(task)
    if sequence is None:
        return
    stage = _asked(task, story, sequence)
    if stage is not None:
        yield from follow([stage], position, *_by_last_member(story, sequence, stage))


def _by_last_member(story: WordProblem, sequence: Sequence, stage: Waypoint) -> Iterator[Plan]:
    """a_12 = 5 + 11·4 first, then the sum."""
    match = _FIRST_OF.search(story.text)
    if match and sequence.kind == "arithmetic" and story.mentions(_SUM):
        yield [_member(sequence, int(match[1] or match[2] or match[3])), stage]


def _asked(task: Task, story: WordProblem, sequence: Sequence) -> Waypoint | None:
    if story.mentions(_SUM) or "S_" in task.text:
        if story.mentions(_INFINITE):
            return _infinite_sum(sequence)
        match = _FIRST_OF.search(story.text)
        return _sum(sequence, int(match[1] or match[2] or match[3])) if match else None
    if story.mentions(_WHICH):
        return _position(story, sequence)
    if story.mentions(_STEP_ASKED) and (step := _step(task, sequence)):
        return step
    ordinals = [int(part) for groups in _NTH.findall(story.text) for part in groups[:2] if part]
    others = [int(groups[2]) for groups in _NTH.findall(story.text) if groups[2]]
    index = next(iter((*ordinals, *others)), 0)
    if not index:
        indices = [int(first or second) for first, second in _INDEX.findall(story.text)]
        index = indices[-1] if indices else 0
    return _member(sequence, index) if index > 1 else None


def _step(task: Task, sequence: Sequence) -> Waypoint | None:
    """(22 - 10)/(7 - 3) for the difference, 6/2 for the ratio of neighbours."""
    members, _, _ = members_in(task)
    if len(members) != 2:
        return None
    (low, first), (high, last) = sorted(members.items())
    if sequence.kind == "arithmetic":
        rise = unworked_difference(last, first)
        run = unworked_difference(Fraction(high), Fraction(low))
        return answer(Div(rise, run), MoveName.DIVIDE_DIFFERENCE_BY_STEPS, name="d")
    if high != low + 1:
        return None
    term = Div(number(last), number(first))
    return answer(term, MoveName.DIVIDE_NEIGHBOURS, name="q")


def _member(sequence: Sequence, index: int) -> Waypoint:
    """3 + (10 - 1)·4, 5·2^(6 - 1)"""
    first, step = number(sequence.first), number(sequence.step)
    before = difference(number(index), ONE)
    term: Term = Mul((first, Pow(step, before)))
    if sequence.kind == "arithmetic":
        term = Add((first, Mul((before, step))))
    name = f"{sequence.letter}_{index}"
    return answer(term, MoveName.PUT_INTO_NTH_TERM, name=name)


def _sum(sequence: Sequence, count: int) -> Waypoint:
    """2·(3⁵ - 1)/(3 - 1), and n·(first + last)/2."""
    first, step = number(sequence.first), number(sequence.step)
    size = number(count)
    if sequence.kind == "arithmetic":
        last = number(sequence.first + (count - 1) * sequence.step)
        term: Term = Div(Mul((size, Add((first, last)))), TWO)
    elif sequence.step > 1:
        term = Div(Mul((first, difference(Pow(step, size), ONE))), difference(step, ONE))
    else:
        term = Div(Mul((first, difference(ONE, Pow(step, size)))), difference(ONE, step))
    return answer(term, MoveName.PUT_INTO_SUM_FORMULA, name=f"S_{count}")


def _infinite_sum(sequence: Sequence) -> Waypoint | None:
    if sequence.kind != "geometric" or abs(sequence.step) >= 1:
        return None
    term = Div(number(sequence.first), difference(ONE, number(sequence.step)))
    return answer(term, MoveName.PUT_INTO_SUM_FORMULA, name="S")


def _position(story: WordProblem, sequence: Sequence) -> Waypoint | None:
    """95 = 7 + 4(n - 1)"""
    others = [
        q.number
        for q in story.quantities
        if q.number > sequence.first + 3 * sequence.step and sequence.step > 0
    ]
    if sequence.kind != "arithmetic" or not others:
        return None
    member = others[-1]
    index = (member - sequence.first) / sequence.step + 1
    if index.denominator != 1:
        return None
    step = difference(Sym("n"), ONE)
    right = Add((number(sequence.first), Mul((number(sequence.step), step))))
    return equation(number(member), right, "n", number(index), MoveName.PUT_INTO_NTH_TERM)


def _written_sum(text: str) -> Waypoint | None:
    """50·(1 + 50)/2 for 1 + 2 + 3 + … + 50."""
    match = _GAUSS.search(text)
    if match is None:
        return None
    first, second, third, last = (Fraction(part) for part in match.groups())
    step = second - first
    if not step or third - second != step:
        return None
    count = (last - first) / step + 1
    if count.denominator != 1:
        return None
    term = Div(Mul((number(count), Add((number(first), number(last))))), TWO)
    return answer(term, MoveName.PUT_INTO_SUM_FORMULA, name="S")


def _of_open_sum(task: Task) -> Sequence | None:
    """2 + 6 + 18 + …"""
    match = _OPEN_SUM.search(WordProblem.of(task).text)
    if match is None:
        return None
    members = [Fraction(part.strip()) for part in match[1].split("+")]
    steps = {after - before for before, after in pairwise(members)}
    if len(steps) == 1:
        return Sequence("arithmetic", "a", members[0], steps.pop(), is_indexed=False)
    if 0 in members:
        return None
    ratios = {after / before for before, after in pairwise(members)}
    if len(ratios) == 1:
        return Sequence("geometric", "a", members[0], ratios.pop(), is_indexed=False)
    return None
