"""Arithmetic and geometric sequences, and those that a rule gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    ONE,
    Add,
    Call,
    Comparison,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    has_part,
    is_term,
    substitute,
    walk,
)
from tutor.grading.solving.inequalities import linear_coefficients
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import term_of, words
from tutor.grading.working.knowledge.statement_numbers import NUMBER, number_term, read_number
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

Kind = Literal["arithmetic", "geometric"]
MAX_INDEX = 60
MAX_BITS = 200  # of a member
FIRST_MEMBERS = 3  # that a statement may list
FIRST_INDICES = range(1, 21)
_ARITHMETIC = words(r"arithmetic|arithmetische?[nrs]?|arithmétique|aritmética|A\.?P\.?", "等差")
_GEOMETRIC = words(r"geometric|geometrische?[nrs]?|géométrique|geométrica|G\.?P\.?", "等比")
SUM = words(r"sum|add|series|summe|reihe|somme|série|suma|serie", "和")
_LISTED_NUMBER = r"[-−]?\d{1,9}(?:\.\d{1,9})?(?:/\d{1,9})?"  # a comma stands between two
_LISTED = re.compile(
    rf"({_LISTED_NUMBER}(?:\s?[,;，、]\s?{_LISTED_NUMBER}){{2,7}})\s?[,;，、]?\s?(?:\\l?dots|\\cdots|…|\.\.\.)"
)
_LISTED_ALONE = re.compile(rf"({_LISTED_NUMBER}(?:\s?[,;，、]\s?{_LISTED_NUMBER}){{3,7}})")
_SEQUENCE = words(r"sequence|zahlenfolge|folge|suite|sucesión", "数列")
_SERIES = re.compile(  # 9 - 3 + 1 - 1/3 + …
    rf"({NUMBER}(?:\s?[+−-]\s?{NUMBER}){{2,7}})\s?[+−-]\s?(?:\\l?dots|\\cdots|…|\.\.\.)\s?(?![+\d]|=)"
)
_SUMMAND = re.compile(r"(?:[−-]\s?)?\d[\d./]*")
_ASKED = re.compile(
    r"(?:first|erste[nr]?|premiers|primeros|前)\s*(\d{1,3})(?!\d)"
    r"|(?<![\d.])(\d{1,3})\s(?:premiers|primeros|ersten)",
    re.IGNORECASE,
)  # the first 12 terms
_FIRST = re.compile(
    r"(?:first term|starts? with|begins? with|erstes glied|beginnt mit|premier terme|primer término"
    r"|empieza (?:con|por)|commence par|首项)"
    rf"\D{{0,12}}?(?<![_₀₁\d])({NUMBER})(?![\d/])",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"(?:(?:common )?(?:difference|ratio)|differenz|quotient(?:en)?|raison|diferencia|razón"
    r"|公差|公比)"
    rf"(?:[\s:=为是]|is|ist|of|von|est|es|de|[dqrk]){{0,6}}?({NUMBER})(?![\d/])",
    re.IGNORECASE,
)
_GIVEN_MEMBER = re.compile(
    rf"(?<![a-z])([a-z])(?:_\{{?\s?|(?=\d))(\d{{1,3}})\s?\}}?\s?=\s?({NUMBER})(?![\d/*a-z])",
    re.IGNORECASE,
)
_GIVEN_STEP = re.compile(rf"(?<![a-zA-Z_\d])[dqr]\s?=\s?({NUMBER})(?![\d/*a-z])")
_POSITION = re.compile(  # the 20th term
    r"(?<![\d.])(\d{1,4})\s?(?:st|nd|rd|th|\.|er?|ère|e|ème|º|ª|°)?\s?"
    r"(?:term|member|glied|terme|término)|第\s?(\d{1,4})\s?项",
    re.IGNORECASE,
)
_TOLD_MEMBER = re.compile(  # the 4th term is 19
    r"(?:(?<![\d.])(\d{1,3})\s?(?:st|nd|rd|th|\.|er?|ère|e|ème|º|ª|°|\.º)?\s"
    r"(?:term|glied|terme|término)|第\s?(\d{1,3})\s?项)\s?(?:is|ist|est|vaut|es|vale|是|为|=)\s?"
    rf"({NUMBER})(?![\d/*a-z])",
    re.IGNORECASE,
)
_INDEXED = re.compile(r"([a-zA-Z])_(\d{1,4})")
_COUNT = re.compile(r"(?<![\d.])\d{1,3}(?!\.?\d)")
_DIFFERENCES = frozenset(
    ["d", "r", "common difference", "differenz", "raison", "diferencia", "公差"]
)
_RATIOS = frozenset(["q", "r", "k", "common ratio", "quotient", "raison", "razón", "公比"])
_SUM_WORDS = frozenset(["S", "s", "sum", "summe", "somme", "suma", "和"])


@dataclass(frozen=True)
class Sequence:
    """letter: of its members. step: the common difference or ratio. first: the member a_1.

    is_indexed: whether the statement tells which member is the first. begins_with: the index of
    the member that comes first, 0 or 1.
    """

    kind: Kind
    letter: str
    first: Fraction
    step: Fraction
    is_indexed: bool = True
    begins_with: int = 1

    def member(self, index: Term) -> Term:
        before = Add((index, Neg(ONE)))
        return self.after(before)

    def after(self, count: Term) -> Term:
        """The member that comes this many steps after the first."""
        first, step = number_term(self.first), number_term(self.step)
        if self.kind == "arithmetic":
            return Add((first, Mul((count, step))))
        return Mul((first, Pow(step, count)))

    def sum(self, count: Term) -> Term:
        """Of the first `count` members."""
        first, step = number_term(self.first), number_term(self.step)
        if self.kind == "arithmetic":
            return Div(Mul((count, Add((first, self.member(count))))), Num(Fraction(2)))
        if self.step == 1:
            return Mul((count, first))
        growth = Add((Pow(step, count), Neg(ONE)))
        return Div(Mul((first, growth)), Add((step, Neg(ONE))))


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    yield from _by_rule(task)
    sequence = sequence_of(task)
    if sequence is None:
        return
    numbers = {int(n) for n in _COUNT.findall(task.text)} | {
        int(index) for _, index in _INDEXED.findall(task.text)
    }
    indices = sorted(n for n in {*numbers, *FIRST_INDICES} if 0 < n <= 2000)[:MAX_INDEX]
    yield _step(sequence)
    yield from _positions(sequence, numbers)
    text = plain_text(task.text)
    positions = {int(match[1] or match[2]) for match in _POSITION.finditer(text)}
    is_only = sequence.is_indexed and len({match[0] for match in _GIVEN_MEMBER.findall(text)}) == 1
    yield from _members(sequence, indices, positions, is_only=is_only)
    if sequence.begins_with and (SUM.search(task.text) or "S_" in task.text):
        asked = _ASKED.search(text)
        yield from _sums(sequence, indices, int(asked[1] or asked[2]) if asked else None)


def sequence_of(task: Task) -> Sequence | None:
    text = plain_text(task.text)
    is_arithmetic, is_geometric = (
        bool(pattern.search(text)) for pattern in (_ARITHMETIC, _GEOMETRIC)
    )
    if is_arithmetic and is_geometric:
        return None
    listed = _listed(text, is_arithmetic, is_geometric) or _recursive(task)
    if listed is not None or not (is_arithmetic or is_geometric):
        return listed
    members, letter, known_step = members_in(task)
    first = _FIRST.search(text)
    if first and not members.keys() & {0, 1} and (number := read_number(first[1])) is not None:
        members[1] = number
    kind: Kind = "arithmetic" if is_arithmetic else "geometric"
    return _from_members(kind, letter, members, known_step)


def _recursive(task: Task) -> Sequence | None:
    """Of u_0 = 5 and u_(n+1) = 0.8 u_n; None for rules that make neither kind."""
    members, letter, _ = members_in(task)
    begins_with = min(members, default=-1)
    for equation in task.equations if begins_with in (0, 1) else ():
        match equation:
            case Comparison("=", Call(called, (index,)), body) if called == f"{letter}_":
                if not is_term(body) or _shift(index) != 1:
                    continue
                known = Sym("the member before")
                whole = substitute(body, Call(called, (Sym("n"),)), known)
                line = linear_coefficients(whole, known.name)
                factor, rest = map(rational_value, line) if line else (None, None)
                step = rest if factor == 1 else factor if rest == 0 else None
                if not step:
                    return None
                kind: Kind = "arithmetic" if factor == 1 and rest else "geometric"
                first = members[begins_with]
                if begins_with == 0:
                    first = first + step if kind == "arithmetic" else first * step
                return Sequence(kind, letter, first, step, begins_with=begins_with)
    return None


def members_in(task: Task) -> tuple[dict[int, Fraction], str, Fraction | None]:
    """The members that a statement gives, by index, their letter, and the step that it gives."""
    text = plain_text(task.text)
    members: dict[int, Fraction] = {}
    letter = "a"
    step = _STEP.search(text)
    known_step = read_number(step[1]) if step else None
    for name, index, written in _GIVEN_MEMBER.findall(text):
        number = read_number(written)
        if number is not None:
            letter, members[int(index)] = name, number
    for match in _TOLD_MEMBER.finditer(text):
        number = read_number(match[3])
        if number is not None:
            members.setdefault(int(match[1] or match[2]), number)
    for written in _GIVEN_STEP.findall(text):
        known_step = read_number(written)
    return members, letter, known_step


def _listed(text: str, is_arithmetic: bool, is_geometric: bool) -> Sequence | None:
    match = _LISTED.search(text) or (_SEQUENCE.search(text) and _LISTED_ALONE.search(text))
    series = _SERIES.search(text)
    if match:
        numbers = [read_number(part) for part in re.split(r"[,;，、]", match[1])]
    elif series is not None:
        numbers = [read_number("".join(part.split())) for part in _SUMMAND.findall(series[1])]
    else:
        return None
    members = [number for number in numbers if number is not None]
    if len(members) < max(len(numbers), 3):
        return None
    pairs = list(pairwise(members))
    differences = {after - before for before, after in pairs}
    if len(differences) == 1 and not is_geometric:
        return Sequence("arithmetic", "a", members[0], differences.pop(), is_indexed=False)
    if 0 in members or is_arithmetic:
        return None
    ratios = {after / before for before, after in pairs}
    if len(ratios) == 1:
        return Sequence("geometric", "a", members[0], ratios.pop(), is_indexed=False)
    return None


def _from_members(
    kind: Kind,
    letter: str,
    members: dict[int, Fraction],
    step: Fraction | None,
) -> Sequence | None:
    if not members:
        return None
    low, high = min(members), max(members)
    if step is None and kind == "arithmetic" and low < high:
        step = (members[high] - members[low]) / (high - low)
    if step is None and kind == "geometric" and low < high and members[low]:
        power = Pow(number_term(members[high] / members[low]), Div(ONE, _count(high - low)))
        step = rational_value(power)
    if step is None or (kind == "geometric" and not step) or low > MAX_INDEX:
        return None
    before = low - 1
    is_arithmetic = kind == "arithmetic"
    first = members[low] - before * step if is_arithmetic else members[low] / step**before
    return Sequence(kind, letter, first, step, begins_with=min(low, 1))


def _count(number: int) -> Term:
    return Num(Fraction(number))


def _step(sequence: Sequence) -> ExpectedQuantity:
    value = sequence.step
    if sequence.kind == "arithmetic":
        wrong = Mistake(Slip.LOST_SIGN, value=number_term(-value))
        return ExpectedQuantity(_DIFFERENCES, value=number_term(value), mistakes=(wrong,))
    mistakes = (
        [Mistake(Slip.INVERSE_RATIO, value=number_term(1 / value))] if abs(value) != 1 else []
    )
    if value < 0:
        mistakes.append(Mistake(Slip.LOST_SIGN, value=number_term(-value)))
    return ExpectedQuantity(_RATIOS, value=number_term(value), mistakes=tuple(mistakes))


def _positions(sequence: Sequence, numbers: set[int]) -> Iterator[ExpectedQuantity]:
    """Which member a number of the statement is: n = 23 for 95 in 7, 11, 15, …"""
    if sequence.kind != "arithmetic" or not sequence.step:
        return
    for member in sorted(numbers)[:MAX_INDEX]:
        index = (member - sequence.first) / sequence.step + 1
        if index.denominator == 1 and index > FIRST_MEMBERS:
            yield ExpectedQuantity(frozenset(["n"]), value=number_term(index))


def _indices(numbers: list[int]) -> Iterator[tuple[str, Term]]:
    yield "n", Sym("n")
    for number in numbers:
        yield str(number), Num(Fraction(number))


def _members(
    sequence: Sequence, indices: list[int], positions: set[int], *, is_only: bool
) -> Iterator[ExpectedQuantity]:
    """positions: those that the statement counts from the first member, as the 20th term.

    is_only: whether no other sequence has members of this letter.
    """
    for name, index in _indices(indices):
        mistakes: tuple[Mistake, ...] = ()
        is_counted = sequence.is_indexed or name in map(str, positions)
        if is_counted and sequence.step not in (0, 1):
            shifts: list[Term] = [ONE] if sequence.begins_with else [Neg(ONE)]
            if is_only and sequence.begins_with:
                shifts.append(Neg(ONE))
            wrong = [sequence.member(Add((index, shift))) for shift in shifts]
            mistakes = tuple(Mistake(Slip.OFF_BY_ONE, value=value) for value in wrong)
        names = frozenset([f"{sequence.letter}_{name}"])
        value = sequence.member(index)
        yield ExpectedQuantity(names, value=value, mistakes=mistakes, is_only=is_only)
        shifted = _formula(sequence, Add((index, ONE if sequence.begins_with else Neg(ONE))))
        slips = (Mistake(Slip.OFF_BY_ONE, formula=shifted),) if is_counted else ()
        yield ExpectedQuantity(names, formula=_formula(sequence, index), mistakes=slips)


def _formula(sequence: Sequence, index: Term) -> Term:
    """u_0 + nr, or a_1·q^(n - 1)"""
    first, start = Sym(f"{sequence.letter}_{sequence.begins_with}"), _count(sequence.begins_with)
    count = Add((index, Neg(start))) if sequence.begins_with else index
    if sequence.kind == "arithmetic":
        return Add((first, Mul((count, Sym("d")))))
    return Mul((first, Pow(Sym("q"), count)))


def _sums(sequence: Sequence, indices: list[int], count: int | None) -> Iterator[ExpectedQuantity]:
    for name, index in _indices(indices):
        names = {f"{letter}_{name}" for letter in "Ss"}
        is_asked = name == str(count)
        wrong = [(Slip.OFF_BY_ONE, sequence.sum(Add((index, Neg(ONE)))))]
        if sequence.kind == "geometric":
            wrong.append((Slip.OFF_BY_ONE, sequence.sum(Add((index, ONE)))))
        else:
            twice = Mul((Num(Fraction(2)), sequence.sum(index)))
            wrong.append((Slip.HALF_FORGOTTEN, twice))
        yield ExpectedQuantity(
            frozenset(names | _SUM_WORDS if is_asked else names),
            value=sequence.sum(index),
            mistakes=tuple(Mistake(slip, value=value) for slip, value in wrong),
        )
    yield _sum_formula(sequence.kind)
    if sequence.kind == "geometric" and abs(sequence.step) < 1:
        rest = Add((ONE, Neg(number_term(sequence.step))))
        value = Div(number_term(sequence.first), rest)
        yield ExpectedQuantity(frozenset(["S_oo", "S_∞", "S", "s"]), value=value)


def _sum_formula(kind: Kind) -> ExpectedQuantity:
    """In letters of its own."""
    names = _SUM_WORDS | {"S_n", "s_n"}
    if kind == "arithmetic":
        twice = Mistake(Slip.HALF_FORGOTTEN, term_of("n*(a+l)"))
        return ExpectedQuantity(names, term_of("n*(a+l)/2"), mistakes=(twice,))
    wrong = tuple(
        Mistake(Slip.OFF_BY_ONE, term_of(f"a*(r^({count})-1)/(r-1)")) for count in ("n-1", "n+1")
    )
    return ExpectedQuantity(names, term_of("a*(r^n-1)/(r-1)"), mistakes=wrong)


def _by_rule(task: Task) -> Iterator[ExpectedQuantity]:
    """The members of a_(n+1) = 2a_n + 1 and a_n = 2n - 1."""
    known: dict[tuple[str, int], Fraction] = {}
    for equation in task.equations:
        match equation:
            case Comparison("=", Sym(name), value) if is_term(value) and _INDEXED.fullmatch(name):
                number = rational_value(value)
                letter, _, index = name.partition("_")
                if number is not None:
                    known[letter, int(index)] = number
    for equation in task.equations:
        match equation:
            case Comparison("=", Sym(called), body) if called.endswith("_nth"):
                if is_term(body):
                    yield from _worked_out(called.removesuffix("_nth"), 0, body, dict(known))
            case Comparison("=", Call(called, (position,)), body) if called.endswith("_"):
                shift = _shift(position)
                if shift is not None and is_term(body):
                    yield from _worked_out(called[:-1], shift, body, dict(known))


def _shift(index: Value) -> int | None:
    """1 for n + 1, -1 for n - 1, 0 for n."""
    if not is_term(index) or free_names(index) != {"n"}:
        return None
    low, high = (rational_value(substitute(index, Sym("n"), Num(Fraction(n)))) for n in (0, 1))
    if low is None or high != low + 1 or low.denominator != 1:
        return None
    return int(low)


def _worked_out(
    letter: str, shift: int, body: Term, known: dict[tuple[str, int], Fraction]
) -> Iterator[ExpectedQuantity]:
    for index in range(13):
        if (letter, index) not in known:
            value = _with_known(substitute(body, Sym("n"), Num(Fraction(index - shift))), known)
            number = rational_value(value)
            if number is None:
                continue
            if index == 0 and not has_part(body, Call):
                continue
            known[letter, index] = number
        if known[letter, index].numerator.bit_length() > MAX_BITS:
            return
        yield ExpectedQuantity(
            frozenset([f"{letter}_{index}"]), value=number_term(known[letter, index])
        )


def _with_known(body: Term, known: dict[tuple[str, int], Fraction]) -> Term:
    for part in tuple(walk(body)):
        match part:
            case Call(name, (index,)) if name.endswith("_") and is_term(index):
                number = rational_value(index)
                member = None if number is None else known.get((name[:-1], int(number)))
                if member is not None:
                    body = substitute(body, part, number_term(member))
    return body
