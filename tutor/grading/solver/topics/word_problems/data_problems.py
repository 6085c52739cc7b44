"""Mean, median, range and variance of data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.parsing.tree import Add, Comparison, Div, Listing, Mul, Neg, Pow, Sym, Term
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import TWO, number, square_root, total
from tutor.grading.solver.topics.word_problems.plan import (
    Waypoint,
    answer,
    decimal,
    follow,
    intermediate,
)
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.statistics import (
    MIN_DATA,
    changed_mean_in,
    data_in,
    frequencies_in,
    missing_value_in,
)

_MEAN = words(
    r"means?|averages?|durchschnitt\w{0,4}|mittelwerte?s?|arithmetische[nrs]? mittel|moyennes?"
    r"|media|promedio",
    "平均",
)
_MEDIAN = words(r"medians?|zentralwert|médianes?|mediana", "中位数")
_RANGE = words(r"range|spannweite|étendue|rango|recorrido", "极差")
_VARIANCE = words(r"variances?|varianz|varianza", "方差")
_DEVIATION = words(
    r"standard deviation|standardabweichung|écart[- ]type|desviación (?:típica|estándar)", "标准差"
)
_SAMPLE = words(r"sample|n\s?-\s?1|stichprobe\w?|échantillon|muestra(?:l)?", "样本")


def describe_data(position: Position) -> Iterator[Step]:
    story = WordProblem.of(position.goal.task)
    lines = written_lines(position)
    if story.mentions(_MEDIAN):
        yield from _median(story, position, bool(lines))
        return
    plan = _plan(story)
    if plan:
        yield from follow(plan, position, *_sum_first(story))


def _plan(story: WordProblem) -> list[Waypoint]:
    if stages := _changed_mean(story) or _missing_value(story):
        return stages
    data = data_in(story.text)
    weighted = frequencies_in(story.text)
    if story.mentions(_VARIANCE) or story.mentions(_DEVIATION):
        return _spread(story, data) if len(data) >= MIN_DATA and not weighted else []
    if story.mentions(_RANGE) and len(data) >= MIN_DATA:
        term = total([decimal(max(data)), Neg(decimal(min(data)))])
        return [answer(term, MoveName.SUBTRACT_SMALLEST_FROM_LARGEST)]
    if not story.mentions(_MEAN):
        return []
    if weighted and len(story.counted) <= 2 * len(weighted) + 1:
        return [_weighted_mean(weighted)] if _is_table(story, weighted) else []
    if len(data) >= MIN_DATA and len(data) == len(story.quantities):
        return [_mean(data)]
    return []


def _is_table(story: WordProblem, weighted: Sequence[tuple[Fraction, int]]) -> bool:
    """Whether the statement has no number but these, and perhaps how many there are."""
    numbers = [q.number for q in story.counted]
    if len(numbers) == 2 * len(weighted) + 1:
        return sum(count for _, count in weighted) in numbers
    return len(numbers) == 2 * len(weighted)


def _sum(data: Sequence[Fraction]) -> Term:
    return _total([decimal(value) for value in data])


def _total(parts: Sequence[Term]) -> Term:
    """With its zeros, in the order of the data."""
    return Add(tuple(parts)) if len(parts) > 1 else parts[0]


def _mean(data: Sequence[Fraction]) -> Waypoint:
    term = Div(_sum(data), number(len(data)))
    return answer(term, MoveName.ADD_AND_DIVIDE_BY_NUMBER, name="m")


def _sum_first(story: WordProblem) -> Iterator[list[Waypoint]]:
    """4 + 8 + 6 + 10 = 28, then 28/4."""
    data = data_in(story.text)
    if len(data) >= MIN_DATA and len(data) == len(story.quantities):
        first = intermediate(_sum(data), MoveName.ADD)
        last = Div(decimal(sum(data, Fraction(0))), number(len(data)))
        yield [first, answer(last, MoveName.DIVIDE_SUM_BY_NUMBER, name="m")]


def _weighted_mean(weighted: Sequence[tuple[Fraction, int]]) -> Waypoint:
    parts = [Mul((number(count), decimal(value))) for value, count in weighted]
    count = sum(count for _, count in weighted)
    return answer(Div(_total(parts), number(count)), MoveName.ADD_AND_DIVIDE_BY_NUMBER, name="m")


def _changed_mean(story: WordProblem) -> list[Waypoint]:
    """The mean of four numbers is 12; a fifth, 22, is added."""
    change = changed_mean_in(story.text)
    if change is None:
        return []
    whole = Mul((number(change.count), decimal(change.mean)))
    first = intermediate(whole, MoveName.MULTIPLY_MEAN_BY_NUMBER)
    grown = Add((decimal(change.count * change.mean), decimal(change.value)))
    last = Div(grown, number(change.count + 1))
    return [first, answer(last, MoveName.ADD_NEW_VALUE, name="m")]


def _missing_value(story: WordProblem) -> list[Waypoint]:
    """The mean of five numbers is 8, and four of them are known."""
    missing = missing_value_in(story.text)
    if missing is None:
        return []
    count, mean, values = missing
    first = intermediate(Mul((number(count), decimal(mean))), MoveName.MULTIPLY_MEAN_BY_NUMBER)
    last = Add((decimal(count * mean), *(Neg(decimal(value)) for value in values)))
    return [first, answer(last, MoveName.SUBTRACT_KNOWN_VALUES, name="x")]


def _spread(story: WordProblem, data: Sequence[Fraction]) -> list[Waypoint]:
    """The mean, then the squared deviations from it."""
    mean = sum(data, Fraction(0)) / len(data)
    first = intermediate(Div(_sum(data), number(len(data))), MoveName.FIND_MEAN, name="m")
    squares = [Pow(total([decimal(value), Neg(decimal(mean))]), TWO) for value in data]
    count = len(data) - 1 if story.mentions(_SAMPLE) else len(data)
    variance: Term = Div(_total(squares), number(count))
    if story.mentions(_DEVIATION):
        variance = square_root(variance)
    return [first, answer(variance, MoveName.PUT_INTO_FORMULA)]


def _median(story: WordProblem, position: Position, is_begun: bool) -> Iterator[Step]:
    """The values in order, then the middle ones."""
    data = data_in(story.text)
    if len(data) < MIN_DATA or len(data) != len(story.quantities):
        return
    ordered = sorted(data)
    line = Listing(tuple(decimal(value) for value in ordered))
    half = len(data) // 2
    middle: Term = decimal(ordered[half])
    if len(data) % 2 == 0:
        middle = Div(Add((decimal(ordered[half - 1]), middle)), TWO)
    if not is_begun and ordered != data:
        yield Step(line, Move(MoveName.PUT_IN_ORDER))
    elif not is_begun or position.current == line:
        move = MoveName.TAKE_MIDDLE_VALUE if len(data) % 2 else MoveName.TAKE_MEAN_OF_MIDDLE
        yield Step(middle, Move(move))
        yield Step(Comparison("=", Sym("m"), middle), Move(move))
