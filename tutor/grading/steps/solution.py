"""The claims of a worked solution, each against what the solution has said before.

Text of a model says much that no algebra can judge. What is proved here follows by calculation;
what is refuted fails for values that can be written down; all else stays unchecked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tutor.grading.numeric.equivalence import same
from tutor.grading.numeric.rationals import exact
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.shapes import expand
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Const,
    Div,
    Fold,
    Logic,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.parsing.tree import Relation as Comparison
from tutor.grading.processes.deadline import Deadline, DeadlinePassed
from tutor.grading.prose import cues
from tutor.grading.prose.claims import cut_claims
from tutor.grading.prose.formulas import Chain
from tutor.grading.solving.inequalities import holds
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.definitions import Unresolved
from tutor.grading.steps.derivation import antiderivative, is_indefinite
from tutor.grading.steps.equation_side import EquationSide, read_side
from tutor.grading.steps.error_propagation import Tainted
from tutor.grading.steps.implication import implies, is_solved
from tutor.grading.steps.known_facts import KnownFacts, calls_unknown, sides
from tutor.grading.steps.rounding import compare_numbers
from tutor.grading.steps.slips import slip_between
from tutor.grading.steps.witnesses import where_they_differ
from tutor.grading.steps.wrong_derivatives import slip_in_derivative

WITHIN_S = 0.3  # of one claim
RECENT = 4  # equations in the same letters that a claim is held against

_MODULUS = re.compile(
    r"\\(?:pmod|mod|bmod|pod)\s*\{?\s*(\d{1,9})\s*\}?|\(\s*mod\s+(\d{1,9})\s*\)"
    r"|(?<=[\d)}])\s*(?:,\s*)?mod(?:ulo)?\s+(\d{1,9})"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim of a step with its place and what was found."""

    text: str
    start: int
    end: int
    result: ClaimResult
    seconds: float


@dataclass(frozen=True, slots=True)
class _Link:
    """Two neighbours in a chain of equations. index: 0 for the first link."""

    chain: Chain
    index: int
    left: EquationSide
    right: EquationSide
    operator: str

    @property
    def terms(self) -> tuple[Term, Term]:
        assert self.left.term is not None  # noqa: S101 - asked of readable sides only
        assert self.right.term is not None  # noqa: S101
        return self.left.term, self.right.term


@dataclass
class SolutionChecker:
    """Fed the steps in their order.

    named: words, and what the claim before said they are. learnt: the letter that the claim
    before, in this step, was about. last: the last formula, for one that begins with =.
    """

    stated: KnownFacts = field(default_factory=KnownFacts)
    suspects: Tainted = field(default_factory=Tainted)
    number: int = -1  # of the latest step
    named: tuple[str, Term] | None = None
    learnt: str = ""
    last: EquationSide | None = None

    def state(self, text: str) -> None:
        """What the problem says: taken for granted."""
        self.stated.context.sought = cues.functions_sought(text)
        self.stated.learn_calls(text)
        for chain in cut_claims(text):
            read = [read_side(side.text, self.stated.context.called) for side in chain.sides]
            for left, right, operator in zip(read, read[1:], chain.operators, strict=False):
                if left.term is not None and right.term is not None and operator == "=":
                    self.stated.note(left.term, right.term)

    def step(self, text: str) -> list[Judged]:
        self.learnt = ""
        self.number += 1
        self.suspects.rests_on = None
        self.stated.learn_calls(text)
        return [judged for chain in cut_claims(text) for judged in self._chain(chain, text)]

    @property
    def rests_on(self) -> int | None:
        """The first refuted step on which the latest one rests."""
        return self.suspects.rests_on

    def _chain(self, chain: Chain, text: str) -> Iterator[Judged]:
        if chain.is_alternatives:
            yield self._alternatives(chain)
            return
        read, modulus = _read(chain, self.stated.context.called)
        if not chain.operators:
            self.last = read[0]
            return
        if not chain.sides[0].text:
            if self.last is None or modulus:
                return
            read[0] = self.last
        results: list[ClaimResult] = []
        for index, operator in enumerate(chain.operators):
            began_at = time.monotonic()
            link = _Link(chain, index, read[index], read[index + 1], operator)
            try:
                found = _congruent(link, modulus) if modulus else self._link(link)
            except (DeadlinePassed, RecursionError):
                found = unchecked(ClaimRelation.EQUAL)
            results.append(found)
            start, end = chain.sides[index].start, chain.sides[index + 1].end
            yield Judged(text[start:end], start, end, found, time.monotonic() - began_at)
        self.suspects.follow(self.number, [side.term for side in read], results)
        self._learn(chain, read, results)
        if modulus:
            self.last = None

    # x = 2 or x = 3

    def _alternatives(self, chain: Chain) -> Judged:
        began_at = time.monotonic()
        found = unchecked(ClaimRelation.SOLVE)
        try:
            claim = expand(read_expression(chain.sides[0].text))
            found = self._solutions(chain, claim, Deadline.within(WITHIN_S))
        except (Unreadable, DeadlinePassed, RecursionError):
            pass
        piece = chain.sides[0]
        return Judged(piece.text, piece.start, piece.end, found, time.monotonic() - began_at)

    def _solutions(self, chain: Chain, claim: Value, deadline: Deadline) -> ClaimResult:
        names = free_names(claim)
        known = self.stated.about(names)
        if not isinstance(claim, Logic) or len(names) != 1 or not known:
            return unchecked(ClaimRelation.SOLVE)
        for last in range(len(known), max(0, len(known) - RECENT), -1):
            found = implies(known[:last], claim, deadline)
            if found.verdict == StepVerdict.PROVED:
                return replace(found, witness=None)
        if self._is_about_the_last(chain, claim, known[-1]):
            return _contradicting(known[-1], claim, deadline)
        return unchecked(ClaimRelation.SOLVE)

    def _is_about_the_last(self, chain: Chain, claim: Value, equation: Comparison) -> bool:
        """Whether a list of solutions can only be that of the equation just before it."""
        letters = sorted(free_names(claim))
        if cues.is_supposed(chain) or cues.says_where(chain) or cues.goes_on_with_a_list(chain):
            return False
        if self.stated.equations[-1] != equation or is_solved(equation, letters):
            return False
        return is_solved(claim, letters)  # else "or" may only say it in other words

    # One link

    def _link(self, link: _Link) -> ClaimResult:
        deadline = Deadline.within(WITHIN_S)
        if link.left.name and link.index == 0:
            return self._named(link, deadline)
        if link.left.term is None or link.right.term is None or _has_letter_e(link.terms):
            return unchecked(ClaimRelation.EQUAL)
        if link.operator not in ("=", "≈", "~"):
            return _compared(link, deadline)
        if not _letters(link.terms) and not calls_unknown(link.terms):
            return self._numbers(link, deadline)
        if link.operator == "~":
            return unchecked(ClaimRelation.EQUAL)
        in_radians = replace(link, left=link.left.in_radians, right=link.right.in_radians)
        return self._symbolic(in_radians, deadline)

    def _numbers(self, link: _Link, deadline: Deadline) -> ClaimResult:
        """A calculation that the text itself calls wrong refutes nothing."""
        found = compare_numbers(link.left, link.right, link.operator, deadline, self.stated.rounded)
        partial = any(
            side.text == "\x00" or "vmatrix" in side.text for side in link.chain.sides[:1]
        )
        if found.verdict == StepVerdict.REFUTED and (partial or cues.is_denied(link.chain)):
            return unchecked(found.relation)
        return found

    def _named(self, link: _Link, deadline: Deadline) -> ClaimResult:
        """Total = 12 + 8, and then: Total = 20."""
        right = link.right.term
        if right is None or free_names(right) or calls_unknown([right]):
            return unchecked(ClaimRelation.DEFINE)
        before, self.named = self.named, (link.left.name, right)
        if before is None or before[0] != link.left.name or isinstance(before[1], Num):
            return unchecked(ClaimRelation.DEFINE)
        if not isinstance(right, Num):
            return unchecked(ClaimRelation.DEFINE)
        found = self._numbers(
            replace(link, left=EquationSide("", before[1]), operator="="), deadline
        )
        if found.verdict == StepVerdict.REFUTED and cues.has_unit(link.chain):
            return unchecked(ClaimRelation.DEFINE)  # in another unit, perhaps
        return found if found.is_decided else unchecked(ClaimRelation.DEFINE)

    def _symbolic(self, link: _Link, deadline: Deadline) -> ClaimResult:
        left, right = link.terms
        if link.index == 0 and self._defines(link):
            return unchecked(ClaimRelation.DEFINE)
        if isinstance(left, Fold) and is_indefinite(left):
            return antiderivative(left, right, deadline)
        try:
            ours = self.stated.context.resolved(left)
            theirs = self.stated.context.resolved(right)
        except Unresolved:
            return self._unresolved(left, right, deadline)
        assert is_term(ours)  # noqa: S101 - for the type checker
        assert is_term(theirs)  # noqa: S101
        if ours == theirs or (_asks_for_letter(left) and not free_names(theirs)):
            return unchecked(ClaimRelation.DEFINE)
        written = replace(
            link, left=replace(link.left, term=ours), right=replace(link.right, term=theirs)
        )
        relation = (
            ClaimRelation.EQUAL if (ours, theirs) == (left, right) else ClaimRelation.EVALUATE
        )
        if not _letters((ours, theirs)):
            found = self._numbers(written, deadline)
            return replace(found, relation=relation) if found.is_decided else found
        if same(ours, theirs, deadline).equal:
            return proved(relation)
        return self._by_what_is_known(written, left, deadline)

    def _unresolved(self, left: Term, right: Term, deadline: Deadline) -> ClaimResult:
        """With functions that nothing is known of, only what is the same for all of them holds."""
        if left == right:
            return unchecked(ClaimRelation.DEFINE)
        ours, theirs = self.stated.with_values(left), self.stated.with_values(right)
        if same(ours, theirs, deadline).equal:
            return proved(ClaimRelation.SUBSTITUTE)
        return unchecked(ClaimRelation.EQUAL)

    def _defines(self, link: _Link) -> bool:
        left, right = link.terms
        if isinstance(left, Call) and not cues.is_supposed(link.chain):
            return self.stated.context.define(Comparison("=", left, right))
        is_alone = isinstance(left, Sym) and len(link.chain.sides) == 2
        return is_alone and cues.names_something(link.chain)

    def _by_what_is_known(self, link: _Link, left: Term, deadline: Deadline) -> ClaimResult:
        found = self._substituted(link, deadline)
        if found.verdict == StepVerdict.PROVED:
            return found
        ours, theirs = link.terms
        claim = Comparison("=", ours, theirs)
        if link.index == 0:
            found = self._equation(link.chain, claim, deadline)
        elif self.stated.implies(claim):
            found = proved(ClaimRelation.IMPLIES)
        if found.is_decided or found.relation == ClaimRelation.DEFINE:
            return found
        if isinstance(left, Call) and left.name.endswith("'") and _asks_for_letter(left):
            return self._derivative(left, ours, theirs, deadline)
        if link.index > 0 and cues.is_simplified(link.chain):
            return self._identity(link.chain, ours, theirs, deadline)
        return found

    def _substituted(self, link: _Link, deadline: Deadline) -> ClaimResult:
        ours, theirs = (self.stated.with_values(term) for term in link.terms)
        if (ours, theirs) == link.terms:
            return unchecked(ClaimRelation.SUBSTITUTE)
        left, right = replace(link.left, term=ours), replace(link.right, term=theirs)
        if not _letters((ours, theirs)):
            rounded = self.stated.rounded
            equal = compare_numbers(left, right, link.operator, deadline, rounded).verdict
            return (
                ClaimResult(equal, ClaimRelation.SUBSTITUTE)
                if equal == "proved"
                else _NOT_SUBSTITUTED
            )
        equal_terms = same(ours, theirs, deadline).equal
        return proved(ClaimRelation.SUBSTITUTE) if equal_terms else _NOT_SUBSTITUTED

    def _derivative(self, left: Call, ours: Term, theirs: Term, deadline: Deadline) -> ClaimResult:
        """f'(x) = 3x^2, which is no equation to be solved."""
        function = self.stated.context.functions[left.name.rstrip("'")]
        witness = where_they_differ(ours, theirs, deadline)
        if witness is None or function.letter not in free_names(theirs):
            return unchecked(ClaimRelation.EVALUATE)
        slip = slip_in_derivative(function.body, theirs, function.letter, deadline)
        return refuted(ClaimRelation.EVALUATE, witness, slip)

    def _identity(self, chain: Chain, ours: Term, theirs: Term, deadline: Deadline) -> ClaimResult:
        """Two ways to write one expression, as the words beside it say."""
        names = free_names(ours)
        if names != free_names(theirs) or cues.is_supposed(chain):
            return unchecked(ClaimRelation.EQUAL)
        witness = None
        if not names & self.stated.values.keys():
            witness = where_they_differ(ours, theirs, deadline)
        if witness is None:
            return unchecked(ClaimRelation.EQUAL)
        return refuted(ClaimRelation.EQUAL, witness, slip_between(ours, theirs, deadline))

    # Equations

    def _equation(self, chain: Chain, claim: Comparison, deadline: Deadline) -> ClaimResult:
        if claim in self.stated.equations:
            return unchecked(ClaimRelation.DEFINE)  # said again
        if found := self._worked_out(chain, claim, deadline):
            return found
        names = free_names(claim)
        known = self.stated.about(names)[-RECENT:]
        for premise in reversed(known):
            found = implies([premise], claim, deadline)
            if found.verdict == StepVerdict.PROVED:
                return replace(found, witness=None)
        if self.stated.implies(claim):
            solved = is_solved(claim, sorted(names))
            return proved(ClaimRelation.SOLVE if solved else ClaimRelation.IMPLIES)
        if self._follows_with_values(claim, deadline):
            return proved(ClaimRelation.SUBSTITUTE)
        if known and self._came_of(chain, known[-1], claim):
            return _contradicting(known[-1], claim, deadline)
        return unchecked(ClaimRelation.IMPLIES)

    def _worked_out(
        self, chain: Chain, claim: Comparison, deadline: Deadline
    ) -> ClaimResult | None:
        """S = 165 × 6/11, and then S = 90; 2x = 41 - 25, and then 2x = 16."""
        left, after = sides(claim)
        before = self._calculation_of(left, chain)
        worked = isinstance(before, Add | Mul | Div | Pow) and isinstance(after, Num | Neg | Mul)
        if before is None or not worked or exact(before) is None or exact(after) is None:
            return None
        if cues.is_one_of_several(chain) or cues.is_supposed(chain):
            return None
        link = _Link(chain, 0, EquationSide("", before), EquationSide("", after), "=")
        found = self._numbers(link, deadline)
        if found.verdict == StepVerdict.REFUTED and cues.has_unit(chain):
            return None  # in another unit, perhaps: x = 3 × 60 minutes, and then x = 3 hours
        return found if found.is_decided else None

    def _calculation_of(self, left: Term, chain: Chain) -> Term | None:
        """What the formula just before this one says that the left side is."""
        if isinstance(left, Sym) and left.name == self.learnt:
            return self.stated.values.get(left.name)
        if not self.stated.equations or self.last is None or not cues.only_concludes(chain):
            return None
        known, value = sides(self.stated.equations[-1])
        return value if (known, value) == (left, self.last.term) else None

    def _follows_with_values(self, claim: Comparison, deadline: Deadline) -> bool:
        """From an equation in more letters, once the known ones are put in."""
        names = free_names(claim)
        for premise in reversed(self.stated.equations):
            if not names < free_names(premise):
                continue
            left, right = sides(premise)
            written = Comparison("=", self.stated.with_values(left), self.stated.with_values(right))
            if free_names(written) != names:
                continue
            if implies([written], claim, deadline).verdict == StepVerdict.PROVED:
                return True
        return False

    def _came_of(self, chain: Chain, premise: Comparison, claim: Comparison) -> bool:
        """Whether the claim is what became of the premise, and no new equation beside it."""
        if cues.is_supposed(chain) or cues.says_where(chain) or cues.names_something(chain):
            return False
        if cues.is_one_of_several(chain) or premise.left == claim.left:
            return False
        letters = sorted(free_names(claim))
        if len(letters) != 1 or self.stated.equations[-1] != premise:
            return False
        if is_solved(premise, letters):
            return False
        return not (is_solved(claim, letters) and _has_decimals(premise))

    # What is learnt

    def _learn(self, chain: Chain, read: list[EquationSide], results: list[ClaimResult]) -> None:
        self.last = read[-1]
        if cues.is_supposed(chain) or chain.noted:
            return
        first = read[0].term
        self.learnt = first.name if isinstance(first, Sym) else ""
        for before, side, operator, found in zip(
            read, read[1:], chain.operators, results, strict=False
        ):
            self._learn_rounding(before, side, found)
            if operator != "=" or side.term is None:
                return
            if found.verdict == StepVerdict.REFUTED and first is not None:
                self.stated.forget(free_names(first))
            if first is not None:
                self.stated.note(first, side.term)

    def _learn_rounding(self, before: EquationSide, side: EquationSide, found: ClaimResult) -> None:
        if found.relation != ClaimRelation.APPROXIMATE or before.term is None or side.term is None:
            return
        value = exact(side.term)
        if value is not None and not free_names(before.term):
            self.stated.rounded[value] = before.term


_NOT_SUBSTITUTED = unchecked(ClaimRelation.SUBSTITUTE)


def _read(chain: Chain, functions: frozenset[str]) -> tuple[list[EquationSide], int]:
    """The sides, and the modulus of a congruence or 0."""
    found = _MODULUS.search(chain.sides[-1].text + chain.after[:20])
    if found is None:
        return [read_side(side.text, functions) for side in chain.sides], 0
    texts = [_MODULUS.sub("", side.text).strip(" ()\\") for side in chain.sides]
    return [read_side(text, functions) for text in texts], int(found[1] or found[2] or found[3])


def _contradicting(premise: Comparison, claim: Value, deadline: Deadline) -> ClaimResult:
    """Refuted where no solution of either is one of the other."""
    found = implies([premise], claim, deadline)
    if found.witness is None or found.verdict != StepVerdict.REFUTED:
        return unchecked(found.relation)
    if implies([claim], premise, deadline).verdict != StepVerdict.REFUTED:
        return unchecked(found.relation)
    return refuted(found.relation, found.witness, slip_between(premise, claim, deadline))


def _letters(terms: tuple[Term, Term]) -> frozenset[str]:
    return free_names(terms[0]) | free_names(terms[1])


def _asks_for_letter(left: Term) -> bool:
    """f(x) or f'(x), with a letter in the bracket."""
    return isinstance(left, Call) and isinstance(left.args[0], Sym)


def _has_letter_e(terms: tuple[Term, Term]) -> bool:
    """e that no power is taken of may be any number that somebody called e."""
    parts = [part for term in terms for part in walk(term)]
    bases = [part.base for part in parts if isinstance(part, Pow)]
    return parts.count(Const("e")) > bases.count(Const("e"))


def _has_decimals(value: Value) -> bool:
    """Numbers that may have been rounded."""
    return any(isinstance(part, Num) and "." in part.text for part in walk(value))


def _congruent(link: _Link, modulus: int) -> ClaimResult:
    if link.left.term is None or link.right.term is None:
        return unchecked(ClaimRelation.EQUAL)
    values = [exact(term) for term in link.terms]
    whole = [int(value) for value in values if value is not None and value.denominator == 1]
    if len(whole) < 2:
        return unchecked(ClaimRelation.EQUAL)
    remainders = [number % modulus for number in whole]
    if remainders[0] == remainders[1]:
        return proved(ClaimRelation.EQUAL)
    return refuted(ClaimRelation.EQUAL, Witness({}, *map(str, remainders)), "arithmetic")


def _compared(link: _Link, deadline: Deadline) -> ClaimResult:
    """An inequality between numbers: proved where it holds."""
    if _letters(link.terms) or link.operator not in ("<", "<=", ">", ">=", "!="):
        return unchecked(ClaimRelation.EQUAL)
    if holds(Comparison(link.operator, *link.terms), {}, deadline):
        return proved(ClaimRelation.EQUAL)
    return unchecked(ClaimRelation.EQUAL)
