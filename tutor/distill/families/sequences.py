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
class Arithmetic:
    """The first term, what is added each time, and which term is asked for."""

    first: int
    gap: int
    n: int

    @property
    def last(self) -> int:
        return self.first + (self.n - 1) * self.gap

    @property
    def shown(self) -> str:
        return ", ".join(str(self.first + self.gap * i) for i in range(4)) + ", \\ldots"

    def gap_found(self) -> LessonStep:
        return step(f"d={self.first + self.gap}-{signed(self.first)}={self.gap}")

    def to_last(self) -> list[LessonStep]:
        name = f"a_{{{self.n}}}={self.first}"
        return [
            step(f"{name}+{self.n - 1}\\times{signed(self.gap)}"),
            step(f"{name}{added((self.n - 1) * self.gap)}={self.last}"),
        ]


class SequenceTask(NamedTuple):
    identity: str
    english: str
    chinese: str
    steps: list[LessonStep]
    key: AnswerKey
    plan: Bilingual = _ARITHMETIC


def sequences(chance: Random) -> Exercise:
    say = Wording(chance)
    gap = chance.choice([-1, 1, 1]) * chance.randint(1, 9)
    its = Arithmetic(chance.randint(-9, 12), gap, chance.randint(5, 20))
    kinds: list[Callable[[Wording, Arithmetic], SequenceTask]]
    kinds = [_term_of_list, _term, _sum, _next_terms, _formula, _geometric]
    task = chance.choice(kinds)(say, its)
    return Exercise(
        f"sequences:{task.identity}",
        {ENGLISH: task.english, CHINESE: task.chinese},
        task.plan,
        task.steps,
        task.key.value,
        task.key,
    )


def _term_of_list(say: Wording, its: Arithmetic) -> SequenceTask:
    listed = say.formula(its.shown)
    english = say.of(
        f"Find term number {its.n} of the arithmetic sequence {listed}.",
        f"An arithmetic sequence begins {listed}. Find its term number {its.n}.",
    )
    chinese = f"等差数列 {listed} 的第 {its.n} 项是多少？"
    steps = [its.gap_found(), *its.to_last()]
    return SequenceTask(_identity("term", its), english, chinese, steps, _number(its.last))


def _term(say: Wording, its: Arithmetic) -> SequenceTask:
    wanted_term = say.formula(f"a_{{{its.n}}}")
    first, gap = say.formula(f"a_1={its.first}"), say.formula(f"d={its.gap}")
    english = say.of(
        f"An arithmetic sequence has {first} and {gap}. Find {wanted_term}.",
        f"In an arithmetic sequence with {first} and {gap}, find {wanted_term}.",
    )
    chinese = f"等差数列的首项 {first}，公差 {gap}，求 {wanted_term}。"
    return SequenceTask(_identity("term", its), english, chinese, its.to_last(), _number(its.last))


def _sum(say: Wording, its: Arithmetic) -> SequenceTask:
    n, ends = its.n, its.first + its.last
    first, gap = say.formula(f"a_1={its.first}"), say.formula(f"d={its.gap}")
    english = say.of(
        f"An arithmetic sequence has {first} and {gap}. Find the sum of its first {n} terms.",
        f"Find the sum of the first {n} terms of the arithmetic sequence with {first} and {gap}.",
    )
    chinese = f"等差数列的首项 {first}，公差 {gap}，求前 {n} 项的和。"
    half = f"\\frac{{{n}\\times{signed(ends)}}}{{2}}=\\frac{{{n * ends}}}{{2}}"
    steps = [
        *its.to_last(),
        step(f"{its.first}{added(its.last)}={ends}"),
        *(multiply(n, abs(ends)) if ends else []),
        step(f"S_{{{n}}}={half}={n * ends // 2}"),
    ]
    return SequenceTask(_identity("sum", its), english, chinese, steps, _number(n * ends // 2))


def _next_terms(say: Wording, its: Arithmetic) -> SequenceTask:
    listed = say.formula(its.shown)
    english = say.of(
        f"Give the next three terms of the arithmetic sequence {listed}.",
        f"The sequence {listed} is arithmetic. Give the next three terms, in order.",
    )
    chinese = f"写出等差数列 {listed} 的后三项，用逗号隔开。"
    terms = [its.first + its.gap * i for i in range(4, 7)]
    steps = [its.gap_found(), *(step(f"{x - its.gap}{added(its.gap)}={x}") for x in terms)]
    return SequenceTask(f"next {its.first} {its.gap}", english, chinese, steps, _list(terms))


def _formula(say: Wording, its: Arithmetic) -> SequenceTask:
    listed, name = say.formula(its.shown), say.formula("a_n")
    english = say.of(
        f"Find a formula for term number n of the arithmetic sequence {listed}.",
        f"The arithmetic sequence {listed} is given. Give an expression in n for {name}.",
    )
    chinese = f"求等差数列 {listed} 的通项公式。只填关于 n 的表达式。"
    factor = {1: "+", -1: "-"}.get(its.gap, added(its.gap))
    answer = polynomial([its.gap, its.first - its.gap], "n")
    steps = [
        its.gap_found(),
        step(f"a_n={its.first}{factor}(n-1)"),
        step(f"a_n={answer}"),
    ]
    key = AnswerKey(answer, Kind.EXPRESSION)
    return SequenceTask(f"formula {its.first} {its.gap}", english, chinese, steps, key)


def _geometric(say: Wording, _its: Arithmetic) -> SequenceTask:
    start, ratio = say.chance.randint(1, 6), say.chance.choice([2, 2, 3, -2])
    count = say.chance.choice([1, 3])
    terms = [start * ratio**i for i in range(4 + count)]
    listed = say.formula(", ".join(map(str, terms[:4])) + ", \\ldots")
    next_terms = terms[4:]
    steps = [step(f"q={terms[1]}\\div{terms[0]}={ratio}")]
    steps += [step(f"{x // ratio}\\times{signed(ratio)}={x}") for x in next_terms]
    identity = f"geometric {start} {ratio} {count}"
    if count == 1:
        english = say.of(
            f"What is the next term of the geometric sequence {listed}?",
            f"Find the fifth term of the geometric sequence {listed}.",
        )
        chinese = f"等比数列 {listed} 的第 5 项是多少？"
        return SequenceTask(identity, english, chinese, steps, _number(next_terms[0]), _GEOMETRIC)
    english = say.of(
        f"Each term of the sequence {listed} is obtained from the one before in the same way."
        " Give the next three terms, in order, separated by commas.",
        f"Give the next three terms of the geometric sequence {listed}.",
    )
    chinese = f"写出等比数列 {listed} 的后三项，用逗号隔开。"
    return SequenceTask(identity, english, chinese, steps, _list(next_terms), _GEOMETRIC)


def _identity(kind: str, its: Arithmetic) -> str:
    return f"{kind} {its.first} {its.gap} {its.n}"


def _number(value: int) -> AnswerKey:
    return AnswerKey(str(value), Kind.NUMBER)


def _list(values: list[int]) -> AnswerKey:
    return AnswerKey(", ".join(map(str, values)), Kind.LIST, ordered=True)
