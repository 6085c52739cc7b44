"""Formulas for the n-th member of an arithmetic or geometric sequence."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.grading.parsing.tree import Add, Comparison, Div, Mul, Neg, Pow, Sym, Term, Value
from tutor.grading.solver.move_names import MoveName
from tutor.grading.solver.moves import Move
from tutor.grading.solver.step import Position, Step
from tutor.grading.solver.term_builder import difference, number, product, total
from tutor.grading.solver.topics.word_problems.story import WordProblem
from tutor.grading.solver.topics.written_lines import written_lines
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.sequences import Sequence, members_in, sequence_of

_GENERAL = words(
    r"(?:general|n\s?-?th) (?:term|member)|explicit formula|formula for (?:the )?[a-z]_\{?n"
    r"|allgemeine[sn]? glied|bildungsgesetz|terme général|término general",
    "通项",
)


def find_general_term(position: Position) -> Iterator[Step]:
    """d = (19 - 7)/(7 - 3), then a_n = 7 + (n - 3)·3, then a_n = 3n - 2."""
    task = position.goal.task
    sequence = sequence_of(task) if WordProblem.of(task).mentions(_GENERAL) else None
    if sequence is None:
        return
    members, _, known_step = members_in(task)
    lines = written_lines(position)
    if not lines and known_step is None and len(members) == 2 and sequence.kind == "arithmetic":
        yield _step_of(members)
    elif not lines or _states(lines[-1], "d" if sequence.kind == "arithmetic" else "q"):
        yield _put_in(sequence, members)
    elif sequence.kind == "arithmetic" and lines[-1] == _put_in(sequence, members).value:
        yield Step(_line(sequence, _collected(sequence)), Move(MoveName.EXPAND_AND_COLLECT))


def _step_of(members: dict[int, Fraction]) -> Step:
    (low, first), (high, last) = sorted(members.items())
    rise = Add((number(last), Neg(number(first))))
    run = Add((number(high), Neg(number(low))))
    line = Comparison("=", Sym("d"), Div(rise, run))
    return Step(line, Move(MoveName.DIVIDE_DIFFERENCE_BY_STEPS))


def _states(line: Value, name: str) -> bool:
    match line:
        case Comparison("=", Sym(letter), right):
            return letter == name and not isinstance(right, Div)
    return False


def _line(sequence: Sequence, right: Term) -> Comparison:
    return Comparison("=", Sym(f"{sequence.letter}_n"), right)


def _put_in(sequence: Sequence, members: dict[int, Fraction]) -> Step:
    """From the first member that the statement gives."""
    index, member = min(members.items(), default=(1, sequence.first))
    before = difference(Sym("n"), number(index))
    right: Term = Mul((number(member), Pow(number(sequence.step), before)))
    if sequence.kind == "arithmetic":
        right = Add((number(member), Mul((before, number(sequence.step)))))
    return Step(_line(sequence, right), Move(MoveName.PUT_INTO_NTH_TERM))


def _collected(sequence: Sequence) -> Term:
    constant = sequence.first - sequence.step
    return total([product(number(sequence.step), Sym("n")), number(constant)])
