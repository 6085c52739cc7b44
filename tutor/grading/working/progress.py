"""What is known of a working so far, and what later lines may use."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.shapes import expand_plus_minus
from tutor.grading.parsing.tree import (
    BigOperator,
    Call,
    Comparison,
    Const,
    Listing,
    Logic,
    Matrix,
    Mul,
    Num,
    Pow,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    has_part,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.once import cached_property
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    unchecked,
)
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.working.claim_reader import Claim, is_solution_set, read_claim
from tutor.grading.working.congruences import Congruences
from tutor.grading.working.dotted_sums import DottedSum
from tutor.grading.working.expectation_judge import ExpectationJudge
from tutor.grading.working.facts import STATEMENT, Facts
from tutor.grading.working.knowledge import quadratics, vectors
from tutor.grading.working.knowledge.chances.balls import colour_counts
from tutor.grading.working.knowledge.counting.expansions import asked_term, asks_for_term
from tutor.grading.working.knowledge.ratios import parts_of_ratio
from tutor.grading.working.knowledge.sequences import sequence_of
from tutor.grading.working.knowledge.sources import expected_of
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.notation import (
    limit_of,
    sequence_letters,
    with_letter_e,
    with_members,
)
from tutor.grading.working.quantities.counting_words import numbers_in_words
from tutor.grading.working.quantities.measured_values import MeasuredValues
from tutor.grading.working.quantities.numbered_members import with_numbered_members
from tutor.grading.working.quantities.segments import Segments
from tutor.grading.working.reading import Role, Statement
from tutor.grading.working.reading.function_families import parameter_indices, without_indices
from tutor.grading.working.side_names import name_of
from tutor.grading.working.stated_angles import StatedAngles
from tutor.grading.working.task import read_task, stated_in
from tutor.grading.working.telltale import WrongCalculations

MAX_STATEMENT_WORK_S = 0.5
_USUAL_NUMBERS = frozenset(map(Fraction, (1, 2, 10, 60, 100, 180, 360, 1000)))
_SET = re.compile(r"=\s*(?:\\?\{|[\[\](])")  # of "solution = (2, 5]"
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3}){1,3}(?![\d.,]\d)")  # 18 000
# 8s = 400, where s is a length and not a second
_PRODUCT = re.compile(r"\s?-?\d{1,6}(?:\.\d{1,6})?([a-z])\s?=\s?-?\d{1,9}(?:\.\d{1,9})?\s?")
_NUMBERED_NAME = re.compile(  # but x1 and x2 are solutions
    r"\s?([A-Za-su-w][1-9])\s?(?:²|\^2)?\s?=(?!=)"
)
_OF_VERTEX = re.compile(r"(?<![A-Za-z\\])([xy])([SsVv])(?=\s?=)")  # xS = (1 + 5)/2
_FACTORS = frozenset("uvw")  # functions of which a product or quotient is made
GIVEN = unchecked(ClaimRelation.DEFINE)
UNDECIDED = unchecked(ClaimRelation.IMPLIES)
_SLOPES = frozenset("mk")  # m₁ and m₂ are those of two lines, and no solutions


@dataclass
class Progress:
    """What is known, and where the working stands.

    line: the number of the line that is being checked, from 0. terms: expressions that stood alone
    or ended a chain, the latest last. bare_terms: those that stood alone.
    named_terms: those that words stand for. antiderivative: the latest that is known.
    name: of the quantity that the latest chain gives. cases: equations that hold in one case only.
    following: the statements after the one that is judged.
    calculated: the words before the calculation of a letter that the statement does not have.
    has_letter_e: whether e is a letter of the working, and not the number.
    reads_surely: whether the statement that is judged was read whole and holds in every case.
    has_case: whether the line holds in a case that it or a line before has opened.
    named_numbers: of terms such as n + 4 that lines give to quantities of the statement.
    numbered_names: such as h1, which is no product.
    """

    statement: str
    line: int = 0
    terms: list[Term] = field(default_factory=list)
    bare_terms: list[Term] = field(default_factory=list)
    named_terms: list[Term] = field(default_factory=list)
    antiderivative: Term | None = None
    name: str = ""
    cases: list[Value] = field(default_factory=list)
    following: Sequence[Statement] = ()
    calculated: dict[str, str] = field(default_factory=dict)
    has_letter_e: bool = False
    reads_surely: bool = True
    has_case: bool = False
    named_numbers: set[Fraction] = field(default_factory=set)
    numbered_names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.facts = Facts.of(read_task(self.statement))
        self.indices = parameter_indices(self.statement)
        self.statement = without_indices(self.statement, self.indices)
        self._begin()
        self._read_claim = functools.cache(read_claim)  # each judge reads a statement anew
        self.limit = limit_of(self.statement)
        self.sequence_letters = sequence_letters(self.statement)
        self.sequence = sequence_of(self.facts.task)
        self.dotted_sum = DottedSum.of(self.statement)
        task = self.facts.task
        for equation in (*vectors.equations_of(task), *quadratics.equations_of(task)):
            self.facts.add(equation, STATEMENT)
        self.wrong_calculations = WrongCalculations.of(self.facts.task)
        self.congruences = Congruences.of(self.statement)
        self.expectations = ExpectationJudge(expected_of(self.facts.task))
        self.measured = MeasuredValues(stated_in(self.facts.task))
        self.segments = Segments.of(self.statement, self.measured.stated)
        for name, length in self.segments.by_name.items():
            self.facts.values.setdefault(name, number_term(length))
            self.measured.unit_of.setdefault(name, self.segments.unit)
        self.angles = StatedAngles.of(self.measured.stated)
        for angle in self.angles.equations:
            if angle not in task.equations:
                self.facts.add(angle, STATEMENT)

    def _begin(self) -> None:
        """With the expressions of the statement, of which one term may be all that is asked."""
        task = self.facts.task
        if asks_for_term(task):
            asked = asked_term(task)
            self.terms += [asked] if asked is not None else []
            self.facts.expression = None
        else:
            self.terms.extend(reversed(task.expressions))

    def read(self, text: str) -> Claim:
        called = self.facts.definitions.called
        letters = replace(self.facts.task.letters, variables=self.facts.names)
        text = self._with_numbered_names(without_indices(text, self.indices))
        if (product := _PRODUCT.fullmatch(text)) and product[1] in letters.variables:
            letters = replace(letters, used=letters.used - {product[1]})
        if self.has_letter_e:
            text = with_letter_e(text)
        if self.sequence is not None:
            text = with_numbered_members(text, self.sequence.letter, self.statement)
        text = _OF_VERTEX.sub(r"\1_\2", with_members(text, self.sequence_letters))
        totals: dict[str, Term] = {}
        if self.dotted_sum is not None:
            text, totals = self.dotted_sum.replaced(text)
        unknowns = self._unknowns()
        if not is_solution_set(text):
            unknowns |= self._substituted()
        claim = self._read_claim(text, called, unknowns, self.limit, letters)
        return self.angles.in_degrees(claim.with_values(totals))

    def _with_numbered_names(self, text: str) -> str:
        """h_1 for h1, once a line has begun with h1 = or h1² =."""
        if defined := _NUMBERED_NAME.match(text):
            self.numbered_names.add(defined[1])
        for name in self.numbered_names:
            text = re.sub(rf"(?<![\w\\]){name}(?![\d.])", f"{name[0]}_{{{name[1]}}}", text)
        return text

    def learn_calls(self, statement: Statement) -> None:
        self.facts.definitions.learn_calls(statement.text, self._numbers())

    def read_statement(self, statement: Statement) -> Claim:
        is_set = statement.role == Role.ANSWER and _SET.match(statement.text)
        return self.read(f"L {statement.text}" if is_set else statement.text)

    def _numbers(self) -> frozenset[str]:
        """Variables that are known to stand for numbers, so that x(2) is a product."""
        names = frozenset[str]().union(*(fact.names for fact in self.facts.facts))
        return names.difference(self.facts.definitions.functions)

    def _unknowns(self) -> frozenset[str]:
        """The variables for which equations are to be solved."""
        told = (e for e in self.facts.task.equations if not has_part(e, Matrix))  # but A = (1 2 …)
        stated = frozenset[str]().union(*map(free_names, told))
        if len(stated) == 1:
            return stated
        equations = [f for f in self.facts.facts if isinstance(f.value, Comparison | Logic)]
        names = frozenset[str]().union(*(fact.names for fact in equations))
        slopes = _SLOPES if self.facts.task.asks_for_curve else frozenset[str]()
        return (names or self.facts.task.names) - slopes

    def _substituted(self) -> frozenset[str]:
        """z after z = eˣ, of which z₁ and z₂ are values."""
        names = frozenset[str]()
        for fact in self.facts.facts:
            match fact.value:
                case Comparison("=", Sym(name), right) if free_names(right) and len(name) == 1:
                    names |= {name}
        return names

    def name_of(self, side: EquationSide, continues: bool) -> str:
        """Of A = …, of p% = …, and of a chain that goes on from the line before."""
        if not continues:
            self.name = name_of(side.term)
        return self.name

    def has_new_numbers(self, term: Term) -> bool:
        """rabbits: 24 ÷ 4 = 6, where nobody told of a 4: right, and perhaps not their number."""
        results = {value for known in self.terms if (value := _number_of(known)) is not None}
        parts = {Fraction(part) for r in results for part in (r.numerator, r.denominator)}
        told = self.told_numbers | self.facts.task.factors | _USUAL_NUMBERS
        counts = {n for n in self.told_numbers if n.denominator == 1 and n > 2}
        balls = Fraction(sum(self._balls))
        counts |= {r for r in results if r.denominator == 1 and r > 2} | {balls}
        before = {n - 1 for n in counts}  # 11 weeks after the first of 12
        shares = {n / balls for n in self._balls} if balls else set()
        shares |= {balls, parts_of_ratio(self.statement)}
        known = results | parts | told | before | shares
        return not {part.value for part in walk(term) if isinstance(part, Num)} <= known

    @cached_property
    def _balls(self) -> list[int]:
        """In an urn, of each colour."""
        return colour_counts(self.statement)

    @cached_property
    def told_numbers(self) -> frozenset[Fraction]:
        """Those of the statement, also in words."""
        in_words = numbers_in_words(self.statement)
        stated = (quantity.number for quantity in self.measured.stated)
        grouped = (Fraction("".join(n.split())) for n in _THOUSANDS.findall(self.statement))
        return self.facts.task.numbers.union(in_words, stated, grouped)

    def with_known(self, term: Term) -> Term:
        functions = self.facts.definitions.functions
        for name in sorted(free_names(term) & functions.keys() & _FACTORS):
            term = substitute(term, Sym(name), functions[name].body)
        value = self.facts.with_values(self.facts.with_definitions(term))
        assert is_term(value)  # noqa: S101 - terms put into a term make a term
        return value

    def suppose(self, text: str) -> None:
        try:
            claim = self.read(text)
        except (Unreadable, RecursionError):
            return
        if len(claim.terms) == 2 and None not in claim.terms:
            left, right = claim.terms
            self.facts.add(Comparison(claim.operators[0], left, right), self.line)  # type: ignore[arg-type]

    def said_besides(self) -> Iterator[Value]:
        """What lines before and after the statement say, such as z = -2i."""
        yield from (fact.value for fact in self.facts.facts)
        for statement in self.following:
            with suppress(Unreadable, RecursionError):
                claim = self.read_statement(statement)
                ends = claim.terms[:1] + claim.terms[-1:]
                if claim.value is not None:
                    yield claim.value
                elif len(ends) == 2 and None not in ends:
                    operator = claim.operators[0] if len(claim.operators) == 1 else "="
                    yield Comparison(operator, *ends)  # type: ignore[arg-type]

    def take(self, value: Value, result: ClaimResult, statement: Statement) -> None:
        if result.verdict == StepVerdict.REFUTED:
            self.facts.forget(free_names(value))
        elif result.is_decided and self._is_evaluation(value):
            return
        if value in self.cases:
            return  # it holds in one case only
        self.learn_value(value, statement, is_sure=result.is_decided)

    def learn(self, claim: Claim, statement: Statement) -> None:
        if claim.value is not None:
            self.learn_value(claim.value, statement)
            return
        for left, right, operator in zip(
            claim.terms, claim.terms[1:], claim.operators, strict=False
        ):
            if left is not None and right is not None and operator == "=":
                equation = Comparison("=", left, right)
                self.facts.definitions.define(equation)
                self.learn_value(equation, statement)

    def learn_value(self, value: Value, statement: Statement, *, is_sure: bool = False) -> None:
        if is_term(value) or (isinstance(value, Listing) and all(map(is_term, value.parts))):
            return
        if self._is_place_of_limit(value):
            return  # x = 0 gives 0/0, and nothing else holds there alone
        if self._vectors and any(map(self._multiplies_vectors, walk(value))):
            return  # a·b = 0, and yet neither a nor b is zero
        if isinstance(value, Comparison) and value.op == "=":
            left, right = value.left, value.right
            if isinstance(left, Sym) and is_term(right) and free_names(right) - {left.name}:
                self.facts.definitions.add_variable(left.name, right)
        self.facts.add(
            expand_plus_minus(value),
            self.line,
            statement.label,
            supposed=statement.supposed,
            is_certain=is_sure or (self.reads_surely and not self._is_chosen(value)),
        )

    def _is_place_of_limit(self, value: Value) -> bool:
        limits = [
            term
            for term in self.facts.task.expressions
            if isinstance(term, BigOperator) and term.kind == "lim"
        ]
        match value:
            case Comparison("=", Sym(name), position):
                return any(limit.name == name and limit.low == position for limit in limits)
        return False

    def _multiplies_vectors(self, part: Value) -> bool:
        if not isinstance(part, Mul | Pow):
            return False
        names = {name.removeprefix("bold ") for name in free_names(part)} & self._vectors
        return len(names) > 1 or (bool(names) and isinstance(part, Pow))

    @cached_property
    def _vectors(self) -> frozenset[str]:
        """Names of vectors."""
        return frozenset(vectors.vectors_in(self.facts.task))

    def _is_chosen(self, value: Value) -> bool:
        """y = 0, and no number of the statement: perhaps only for what comes next."""
        match value:
            case Comparison("=", Sym(), Num(number)):
                return number not in self.told_numbers
        return False

    def learn_undecided(self, statement: Statement) -> None:
        """A line that could not be decided in time counts as a premise like any other.

        One that only another notation made readable is not read here, and tells nothing.
        """
        try:
            claim = self.read_statement(statement)
        except (Unreadable, RecursionError):
            self.facts.expression = None
            return
        if claim.operators:
            last = claim.terms[-1]
        else:
            last = claim.value if claim.value is not None and is_term(claim.value) else None
        if last is not None:
            self.terms.append(last)
            self.facts.expression = last
        self.learn(claim, statement)

    def _is_evaluation(self, value: Value) -> bool:
        """f(2) = 5, y' = 2x: it tells nothing new of a variable."""
        if not isinstance(value, Comparison):
            return False
        name = value.left.name if isinstance(value.left, Call | Sym) else ""
        return (
            self.facts.definitions.defines(name) and not isinstance(value.left, Sym)
        ) or "'" in name


def _number_of(term: Term) -> Fraction | None:
    """16 of 16 and of 16π."""
    match term:
        case Mul((Num(value), *others)) if all(isinstance(part, Const) for part in others):
            return value
    return rational_value(term)
