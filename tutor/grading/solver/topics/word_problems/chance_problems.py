"""Probabilities along a path and by the complement, and numbers of choices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.parsing.tree import ONE, Add, Call, Div, Mul, Neg, Pow, Term
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import number
from tutor.grading.solver.topics.word_problems.plan import (
    Plan,
    Waypoint,
    answer,
    decimal,
    follow,
    formula,
    intermediate,
)
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.working.knowledge.chances.balls import draw_in, single_draw_in
from tutor.grading.working.knowledge.chances.trials import AT_LEAST_ONE, trial_in
from tutor.grading.working.knowledge.counting.ways import LETTERS_OF_WORD, group_in
from tutor.grading.working.knowledge.formulas import words

_CHANCE = words(
    r"probabilit\w{1,4}|chances?|likely|wahrscheinlich\w{0,6}|probabilité|probabilidad", "概率"
)
_DECIMAL = re.compile(r"(?<![\d.,])(0\.\d{1,4}|\d{1,2}/\d{1,2})(?!\.?\d)")
_BOTH = words(r"both|beide|les deux|tous les deux|ambos|ambas|los dos", "都|两人都|同时")
_NEITHER = words(
    r"neither|none|no (?:one|hit)|both miss|keine[rs]?|weder|aucun\w?|ni l.un|ninguno|ninguna",
    "都不|都没|均未|均不",
)
_NOT = words(r"not|no|won't|doesn't|nicht|keine?n?|ne|pas|ningún|ninguna", "不|没")
_INDEPENDENT = words(
    r"independent\w{0,2}|each|unabhängig\w{0,2}|indépendant\w{0,6}|independiente\w{0,6}",
    "独立|各|甲",
)
_EVENT = re.compile(r"P\s?\(\s?([A-Z](?:\s?(?:∩|∪|\\cap|\\cup|and|or|\|)\s?[A-Z])?)\s?\)"
                    r"(?:\s?=\s?(\d(?:\.\d{1,4})?(?:/\d{1,3})?))?")  # fmt: skip
_WAYS = words(
    r"how many (?:\w{1,12} )?(?:ways|arrangements|orders|possibilities|different)|in how many"
    r"|wie viele (?:\w{1,15} )?(?:möglichkeiten|reihenfolgen|anordnungen)|auf wie viele"
    r"|combien de (?:façons|manières)|de cuántas (?:maneras|formas)",
    "多少种|几种|排法|排列",
)
_ARRANGED = words(
    r"arrang\w{2,6}|lined? up|in a (?:row|line)|order(?:ed)?|(?:an)?ordnen|angeordnet"
    r"|nebeneinander|reihe|aligner?|ranger?|rangés?|ordenar|fila",
    "排成|排队|一排|站成|排列",
)


def find_chance(position: Position) -> Iterator[Step]:
    story = WordProblem.of(position.goal.task)
    text = story.text
    answers = _by_events(text)
    if answers is None and story.mentions(_CHANCE):
        answers = (
            _drawn(text)
            or _drawn_once(text)
            or _tried(text)
            or _independent(story)
            or _opposite(story)
        )
    if answers is not None:
        yield from follow([answers], position, *_by_steps(text))


def _by_steps(text: str) -> Iterator[Plan]:
    """(1/2)⁴ = 1/16, then 1 - 1/16."""
    trial = trial_in(text)
    if trial is not None and trial.is_at_least_once:
        none = Pow(_fraction(1 - trial.chance, text), number(trial.times))
        value = _fraction((1 - trial.chance) ** trial.times, text)
        last = answer(Add((ONE, Neg(value))), MoveName.SUBTRACT_FROM_ONE, name="P")
        yield [intermediate(none, MoveName.USE_COMPLEMENT, value=value), last]


def _drawn(text: str) -> Waypoint | None:
    """4/10 · 3/9 for two red balls of four among ten."""
    draw = draw_in(text)
    if draw is None:
        return None
    removed = 0 if draw.is_replaced else 1
    chances = [
        Div(number(draw.favourable - n * removed), number(draw.total - n * removed))
        for n in range(draw.times)
    ]
    return answer(Mul(tuple(chances)), MoveName.MULTIPLY_ALONG_PATH, name="P")


def _drawn_once(text: str) -> Waypoint | None:
    """5/(4 + 5 + 6) for a blue ball."""
    draw = single_draw_in(text)
    if draw is None:
        return None
    favourable, counts = draw
    total = Add(tuple(number(count) for count in counts))
    return answer(Div(number(favourable), total), MoveName.DIVIDE_FAVOURABLE_BY_ALL, name="P")


def _opposite(story: WordProblem) -> Waypoint | None:
    """1 - 0.3 for no rain."""
    chances = [Fraction(text) for text in _DECIMAL.findall(story.text)]
    if len(chances) != 1 or len(story.quantities) != 1 or not story.mentions(_NOT):
        return None
    term = Add((ONE, Neg(_fraction(chances[0], story.text))))
    return answer(term, MoveName.USE_COMPLEMENT, name="P")


def _tried(text: str) -> Waypoint | None:
    """1 - (1/2)⁴ for at least one head, (1/6)·(1/6) for two sixes."""
    trial = trial_in(text)
    if trial is None:
        return None
    if trial.is_at_least_once:
        none = Pow(_fraction(1 - trial.chance, text), number(trial.times))
        return answer(Add((ONE, Neg(none))), MoveName.USE_COMPLEMENT, name="P")
    chance = _fraction(trial.chance, text)
    if trial.times == 2:
        return answer(Mul((chance, chance)), MoveName.MULTIPLY_ALONG_PATH, name="P")
    term = Pow(chance, number(trial.times))
    return answer(term, MoveName.MULTIPLY_ALONG_PATH, name="P")


def _fraction(chance: Fraction, text: str) -> Term:
    """As a decimal where the statement has one."""
    return decimal(chance) if "0." in text else number(chance)


def _independent(story: WordProblem) -> Waypoint | None:
    """Two people who hit with 0.8 and 0.5."""
    chances = [Fraction(text) for text in _DECIMAL.findall(story.text)]
    is_whole = len(chances) == len([q for q in story.quantities if q.number < 1])
    if len(chances) != 2 or not is_whole or not story.mentions(_INDEPENDENT):
        return None
    first, second = (_fraction(chance, story.text) for chance in chances)
    missed = [Add((ONE, Neg(chance))) for chance in (first, second)]
    if story.mentions(AT_LEAST_ONE):
        term = Add((ONE, Neg(Mul(tuple(missed)))))
        return answer(term, MoveName.USE_COMPLEMENT, name="P")
    if story.mentions(_NEITHER):
        return answer(Mul(tuple(missed)), MoveName.MULTIPLY_ALONG_PATH, name="P")
    if story.mentions(_BOTH):
        return answer(Mul((first, second)), MoveName.MULTIPLY_ALONG_PATH, name="P")
    return None


def _by_events(text: str) -> Waypoint | None:
    """P(A ∪ B) = P(A) + P(B) - P(A ∩ B), and P(A | B) = P(A ∩ B)/P(B)."""
    known: dict[str, Fraction] = {}
    asked = ""
    for event, value in _EVENT.findall(text):
        name = _plain_event(event)
        if value:
            known[name] = Fraction(value)
        elif name not in known:
            asked = name
    letters = {a: _fraction(value, text) for a, value in known.items()}
    match asked:
        case "A∪B" if {"A", "B", "A∩B"} <= known.keys():
            term = formula("p+q-r", p=letters["A"], q=letters["B"], r=letters["A∩B"])
            return answer(term, MoveName.USE_ADDITION_RULE)
        case "A∩B" if {"A", "B", "A∪B"} <= known.keys():
            term = formula("p+q-r", p=letters["A"], q=letters["B"], r=letters["A∪B"])
            return answer(term, MoveName.USE_ADDITION_RULE)
        case "A|B" if {"B", "A∩B"} <= known.keys():
            term = formula("p/q", p=letters["A∩B"], q=letters["B"])
            return answer(term, MoveName.PUT_INTO_FORMULA)
        case "B|A" if {"A", "A∩B"} <= known.keys():
            term = formula("p/q", p=letters["A∩B"], q=letters["A"])
            return answer(term, MoveName.PUT_INTO_FORMULA)
    return None


def _plain_event(event: str) -> str:
    for word, sign in ((r"\cap", "∩"), (r"\cup", "∪"), ("and", "∩"), ("or", "∪"), (" ", "")):
        event = event.replace(word, sign)
    return event


def count_choices(position: Position) -> Iterator[Step]:
    story = WordProblem.of(position.goal.task)
    stage = _word(position.goal.task.text) or _group(story) or _row(story)
    if stage is not None:
        yield from follow([stage], position)


def _factorial(count: int) -> Term:
    return Call("factorial", (number(count),))


def _word(text: str) -> Waypoint | None:
    """11!/(4!·4!·2!) for the letters of MISSISSIPPI."""
    match = LETTERS_OF_WORD.search(text)
    if match is None:
        return None
    repeated = [_factorial(n) for n in Counter(match[1]).values() if n > 1]
    whole = _factorial(len(match[1]))
    if not repeated:
        return answer(whole, MoveName.COUNT_ARRANGEMENTS, name="N")
    below = repeated[0] if len(repeated) == 1 else Mul(tuple(repeated))
    return answer(Div(whole, below), MoveName.COUNT_ARRANGEMENTS, name="N")


def _group(story: WordProblem) -> Waypoint | None:
    """8!/(3!·5!)"""
    group = group_in(story.text)
    if group is None:
        return None
    size, people = group
    below = Mul((_factorial(size), _factorial(people - size)))
    return answer(Div(_factorial(people), below), MoveName.USE_COMBINATIONS, name="N")


def _row(story: WordProblem) -> Waypoint | None:
    """6! for six people in a row."""
    if not story.mentions(_WAYS) or not story.mentions(_ARRANGED) or len(story.counted) != 1:
        return None
    [count] = story.counted
    if count.number.denominator != 1 or not 2 <= count.number <= 20:
        return None
    return answer(_factorial(int(count.number)), MoveName.COUNT_ARRANGEMENTS, name="N")
