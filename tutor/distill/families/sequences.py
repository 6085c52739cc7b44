"""Arithmetic and geometric sequences."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from tutor.distill.exercise import CHINESE, ENGLISH, Bilingual, Exercise, LessonStep, Wording, step
from tutor.distill.families.arithmetic import multiply
from tutor.distill.latex import added, polynomial, signed
from tutor.grading import AnswerKey
from tutor.grading.answer_key import Kind

_ARITHMETIC = Bilingual("An arithmetic sequence.", "等差数列。")
_GEOMETRIC = Bilingual("A geometric sequence.", "等比数列。")


@dataclass(frozen=True)
class ArithmeticSequence:
    """An arithmetic sequence of n terms; the exercise is about the n-th."""

    first: int
    difference: int
    n: int

    @property
    def last(self) -> int:
        return self.first + (self.n - 1) * self.difference

    @property
    def shown(self) -> str:
        return ", ".join(str(self.first + self.difference * i) for i in range(4)) + ", \\ldots"

    def difference_step(self) -> LessonStep:
        return step(f"d={self.first + self.difference}-{signed(self.first)}={self.difference}")

    def steps_to_last(self) -> list[LessonStep]:
        name = f"a_{{{self.n}}}={self.first}"
        return [
            step(f"{name}+{self.n - 1}\\times{signed(self.difference)}"),
            step(f"{name}{added((self.n - 1) * self.difference)}={self.last}"),
        ]


class SequenceTask(NamedTuple):
    identity: str
    english: str
    chinese: str
    steps: list[LessonStep]
    key: AnswerKey
    plan: Bilingual = _ARITHMETIC


def sequences(rng: Random) -> Exercise:
    wording = Wording(rng)
    difference = rng.choice([-1, 1, 1]) * rng.randint(1, 9)
    sequence = ArithmeticSequence(rng.randint(-9, 12), difference, rng.randint(5, 20))
    kinds: list[Callable[[Wording, ArithmeticSequence], SequenceTask]]
    kinds = [_term_of_list, _term, _sum, _next_terms, _formula, _geometric]
    task = rng.choice(kinds)(wording, sequence)
    return Exercise(
        f"sequences:{task.identity}",
        {ENGLISH: task.english, CHINESE: task.chinese},
        task.plan,
        task.steps,
        task.key,
    )


def _term_of_list(wording: Wording, sequence: ArithmeticSequence) -> SequenceTask:
    listed = wording.formula(sequence.shown)
    english = wording.of(
        f"Find term number {sequence.n} of the arithmetic sequence {listed}.",
        f"An arithmetic sequence begins {listed}. Find its term number {sequence.n}.",
    )
    chinese = f"等差数列 {listed} 的第 {sequence.n} 项是多少？"
    steps = [sequence.difference_step(), *sequence.steps_to_last()]
    return SequenceTask(
        _identity("term", sequence), english, chinese, steps, _number(sequence.last)
    )


def _term(wording: Wording, sequence: ArithmeticSequence) -> SequenceTask:
    last_term = wording.formula(f"a_{{{sequence.n}}}")
    first, difference = (
        wording.formula(f"a_1={sequence.first}"),
        wording.formula(f"d={sequence.difference}"),
    )
    english = wording.of(
        f"An arithmetic sequence has {first} and {difference}. Find {last_term}.",
        f"In an arithmetic sequence with {first} and {difference}, find {last_term}.",
    )
    chinese = f"等差数列的首项 {first}，公差 {difference}，求 {last_term}。"
    return SequenceTask(
        _identity("term", sequence),
        english,
        chinese,
        sequence.steps_to_last(),
        _number(sequence.last),
    )


def _sum(wording: Wording, sequence: ArithmeticSequence) -> SequenceTask:
    n, ends = sequence.n, sequence.first + sequence.last
    first, difference = (
        wording.formula(f"a_1={sequence.first}"),
        wording.formula(f"d={sequence.difference}"),
    )
    english = wording.of(
        f"An arithmetic sequence has {first} and {difference}."
        f" Find the sum of its first {n} terms.",
        f"Find the sum of the first {n} terms of the arithmetic sequence"
        f" with {first} and {difference}.",
    )
    chinese = f"等差数列的首项 {first}，公差 {difference}，求前 {n} 项的和。"
    half = f"\\frac{{{n}\\times{signed(ends)}}}{{2}}=\\frac{{{n * ends}}}{{2}}"
    steps = [
        *sequence.steps_to_last(),
        step(f"{sequence.first}{added(sequence.last)}={ends}"),
        *(multiply(n, abs(ends)) if ends else []),
        step(f"S_{{{n}}}={half}={n * ends // 2}"),
    ]
    return SequenceTask(_identity("sum", sequence), english, chinese, steps, _number(n * ends // 2))


def _next_terms(wording: Wording, sequence: ArithmeticSequence) -> SequenceTask:
    listed = wording.formula(sequence.shown)
    english = wording.of(
        f"Give the next three terms of the arithmetic sequence {listed}.",
        f"The sequence {listed} is arithmetic. Give the next three terms, in order.",
    )
    chinese = f"写出等差数列 {listed} 的后三项，用逗号隔开。"
    terms = [sequence.first + sequence.difference * i for i in range(4, 7)]
    steps = [
        sequence.difference_step(),
        *(step(f"{x - sequence.difference}{added(sequence.difference)}={x}") for x in terms),
    ]
    return SequenceTask(
        f"next {sequence.first} {sequence.difference}", english, chinese, steps, _list(terms)
    )


def _formula(wording: Wording, sequence: ArithmeticSequence) -> SequenceTask:
    listed, name = wording.formula(sequence.shown), wording.formula("a_n")
    english = wording.of(
        f"Find a formula for term number n of the arithmetic sequence {listed}.",
        f"The arithmetic sequence {listed} is given. Give an expression in n for {name}.",
    )
    chinese = f"求等差数列 {listed} 的通项公式。只填关于 n 的表达式。"
    factor = {1: "+", -1: "-"}.get(sequence.difference, added(sequence.difference))
    answer = polynomial([sequence.difference, sequence.first - sequence.difference], "n")
    steps = [
        sequence.difference_step(),
        step(f"a_n={sequence.first}{factor}(n-1)"),
        step(f"a_n={answer}"),
    ]
    key = AnswerKey(answer, Kind.EXPRESSION)
    return SequenceTask(
        f"formula {sequence.first} {sequence.difference}", english, chinese, steps, key
    )


def _geometric(wording: Wording, _sequence: ArithmeticSequence) -> SequenceTask:
    start, ratio = wording.rng.randint(1, 6), wording.rng.choice([2, 2, 3, -2])
    count = wording.rng.choice([1, 3])
    terms = [start * ratio**i for i in range(4 + count)]
    listed = wording.formula(", ".join(map(str, terms[:4])) + ", \\ldots")
    next_terms = terms[4:]
    steps = [step(f"q={terms[1]}\\div{terms[0]}={ratio}")]
    steps += [step(f"{x // ratio}\\times{signed(ratio)}={x}") for x in next_terms]
    identity = f"geometric {start} {ratio} {count}"
    if count == 1:
        english = wording.of(
            f"What is the next term of the geometric sequence {listed}?",
            f"Find the fifth term of the geometric sequence {listed}.",
        )
        chinese = f"等比数列 {listed} 的第 5 项是多少？"
        return SequenceTask(identity, english, chinese, steps, _number(next_terms[0]), _GEOMETRIC)
    english = wording.of(
        f"Each term of the sequence {listed} is obtained from the one before in the same way."
        " Give the next three terms, in order, separated by commas.",
        f"Give the next three terms of the geometric sequence {listed}.",
    )
    chinese = f"写出等比数列 {listed} 的后三项，用逗号隔开。"
    return SequenceTask(identity, english, chinese, steps, _list(next_terms), _GEOMETRIC)


def _identity(kind: str, sequence: ArithmeticSequence) -> str:
    return f"{kind} {sequence.first} {sequence.difference} {sequence.n}"


def _number(value: int) -> AnswerKey:
    return AnswerKey(str(value), Kind.NUMBER)


def _list(values: list[int]) -> AnswerKey:
    return AnswerKey(", ".join(map(str, values)), Kind.LIST, ordered=True)
