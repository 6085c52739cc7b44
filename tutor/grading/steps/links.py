"""Checks one link of a chain of equations: two neighbouring sides and the sign between them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Call,
    Comparison,
    Const,
    Div,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.processes.deadline import Deadline
from tutor.grading.prose import cues
from tutor.grading.prose.formulas import Chain
from tutor.grading.solving.inequalities import holds
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.steps.definitions import Unresolved
from tutor.grading.steps.equal_terms import antiderivative, is_indefinite
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.implication import implies
from tutor.grading.steps.known_facts import KnownFacts, calls_unknown, sides
from tutor.grading.steps.rounding import compare_numbers, convert_units
from tutor.grading.steps.slips import slip_between
from tutor.grading.steps.statements import is_solved
from tutor.grading.steps.witnesses import where_they_differ
from tutor.grading.steps.wrong_derivatives import slip_in_derivative

WITHIN_S = 0.3  # of one claim
MAX_PREMISES = 4  # the latest equations in the same variables that a claim is compared with

EULER = Const("e")

_NOT_SUBSTITUTED = unchecked(ClaimRelation.SUBSTITUTE)


@dataclass(frozen=True, slots=True)
class Link:
    """Two neighbours in a chain of equations. index: 0 for the first link."""

    chain: Chain
    index: int
    left: EquationSide
    right: EquationSide
    operator: str

    @property
    def terms(self) -> tuple[Term, Term]:
        assert self.left.term is not None  # noqa: S101 - only readable sides are asked for it
        assert self.right.term is not None  # noqa: S101
        return self.left.term, self.right.term

    def with_terms(self, left: Term, right: Term) -> Link:
        return replace(
            self, left=replace(self.left, term=left), right=replace(self.right, term=right)
        )


@dataclass
class LinkChecker:
    """named: words such as "Total", and the value that the latest claim about words gave them."""

    facts: KnownFacts
    named: tuple[str, Term] | None = None

    def check(self, link: Link) -> ClaimResult:
        """Raises DeadlinePassed and RecursionError."""
        with Deadline.within(WITHIN_S) as deadline:
            result = self._check(link, deadline)
        is_refuted = result.verdict == StepVerdict.REFUTED
        if is_refuted and (link.left.is_cut_off or link.right.is_cut_off):
            return unchecked(result.relation)
        return result

    def _check(self, link: Link, deadline: Deadline) -> ClaimResult:
        if link.left.name and link.index == 0:
            return self._named(link, deadline)
        if link.left.term is None or link.right.term is None:
            return convert_units(link.left, link.right) or unchecked(ClaimRelation.EQUAL)
        if self._has_letter_e(link.terms):
            return unchecked(ClaimRelation.EQUAL)
        if link.operator not in ("=", "≈", "~"):
            return _inequality(link, deadline)
        if not _variables(link.terms) and not calls_unknown(link.terms):
            return self._numbers(link, deadline)
        if link.operator == "~":
            return unchecked(ClaimRelation.EQUAL)
        in_radians = replace(link, left=link.left.in_radians, right=link.right.in_radians)
        return self._symbolic(in_radians, deadline)

    def _has_letter_e(self, terms: tuple[Term, Term]) -> bool:
        """Whether e may be a variable: it is no base, or the text has no Euler's number."""
        parts = [part for term in terms for part in walk(term)]
        if not self.facts.has_euler_number:
            return EULER in parts
        bases = [part.base for part in parts if isinstance(part, Pow)]
        return parts.count(EULER) > bases.count(EULER)

    def _numbers(self, link: Link, deadline: Deadline) -> ClaimResult:
        """Compare two numbers. A calculation that the text itself calls wrong refutes nothing."""
        result = compare_numbers(link.left, link.right, link.operator, deadline, self.facts.rounded)
        is_partial = any(
            side.text == "\x00" or "vmatrix" in side.text for side in link.chain.sides[:1]
        )
        is_scale = self.facts.has_scale and bool(link.left.words and link.right.words)
        is_refuted = result.verdict == StepVerdict.REFUTED
        if is_refuted and (is_partial or is_scale or cues.is_denied(link.chain)):
            return unchecked(result.relation)
        return result

    def _named(self, link: Link, deadline: Deadline) -> ClaimResult:
        """Total = 12 + 8, and then: Total = 20."""
        right = link.right.term
        if right is None or free_names(right) or calls_unknown([right]):
            return unchecked(ClaimRelation.DEFINE)
        before, self.named = self.named, (link.left.name, right)
        if before is None or before[0] != link.left.name or isinstance(before[1], Num):
            return unchecked(ClaimRelation.DEFINE)
        if not isinstance(right, Num):
            return unchecked(ClaimRelation.DEFINE)
        calculation = replace(link, left=EquationSide("", before[1]), operator="=")
        result = self._numbers(calculation, deadline)
        if result.verdict == StepVerdict.REFUTED and cues.has_unit(link.chain):
            return unchecked(ClaimRelation.DEFINE)  # in another unit, perhaps
        return result if result.is_decided else unchecked(ClaimRelation.DEFINE)

    def _symbolic(self, link: Link, deadline: Deadline) -> ClaimResult:
        left, right = link.terms
        if link.index == 0 and self._defines(link):
            return unchecked(ClaimRelation.DEFINE)
        if isinstance(left, BigOperator) and is_indefinite(left):
            return antiderivative(left, right, deadline)
        try:
            resolved_left = self.facts.definitions.resolved(left)
            resolved_right = self.facts.definitions.resolved(right)
        except Unresolved:
            return self._unresolved(left, right, deadline)
        assert is_term(resolved_left)  # noqa: S101 - for the type checker
        assert is_term(resolved_right)  # noqa: S101
        if resolved_left == resolved_right:
            return unchecked(ClaimRelation.DEFINE)
        if _asks_for_variable(left) and not free_names(resolved_right):
            return unchecked(ClaimRelation.DEFINE)
        resolved = link.with_terms(resolved_left, resolved_right)
        is_as_written = resolved.terms == (left, right)
        relation = ClaimRelation.EQUAL if is_as_written else ClaimRelation.EVALUATE
        if not _variables(resolved.terms):
            result = self._numbers(resolved, deadline)
            return replace(result, relation=relation) if result.is_decided else result
        if same_value(resolved_left, resolved_right, deadline).equal:
            return proved(relation)
        return self._from_facts(resolved, left, deadline)

    def _unresolved(self, left: Term, right: Term, deadline: Deadline) -> ClaimResult:
        """With an unknown function: proved only where it holds for every function."""
        if left == right:
            return unchecked(ClaimRelation.DEFINE)
        left, right = self.facts.with_values(left), self.facts.with_values(right)
        if same_value(left, right, deadline).equal:
            return proved(ClaimRelation.SUBSTITUTE)
        return unchecked(ClaimRelation.EQUAL)

    def _defines(self, link: Link) -> bool:
        left, right = link.terms
        if isinstance(left, Call) and not cues.is_supposed(link.chain):
            return self.facts.definitions.define(Comparison("=", left, right))
        is_alone = isinstance(left, Sym) and len(link.chain.sides) == 2
        return is_alone and cues.names_something(link.chain)

    def _from_facts(self, link: Link, written_left: Term, deadline: Deadline) -> ClaimResult:
        """written_left: the left side before its functions were written out."""
        result = self._substituted(link, deadline)
        if result.verdict == StepVerdict.PROVED:
            return result
        left, right = link.terms
        claim = Comparison("=", left, right)
        if link.index == 0:
            result = self._equation(link.chain, claim, deadline)
        elif self.facts.imply(claim):
            result = proved(ClaimRelation.IMPLIES)
        if result.is_decided or result.relation == ClaimRelation.DEFINE:
            return result
        is_derivative = isinstance(written_left, Call) and written_left.name.endswith("'")
        if is_derivative and _asks_for_variable(written_left):
            return self._derivative(written_left, left, right, deadline)
        if link.index > 0 and cues.is_simplified(link.chain):
            return self._identity(link.chain, left, right, deadline)
        return result

    def _substituted(self, link: Link, deadline: Deadline) -> ClaimResult:
        left, right = (self.facts.with_values(term) for term in link.terms)
        if (left, right) == link.terms:
            return _NOT_SUBSTITUTED
        if _variables((left, right)):
            is_equal = bool(same_value(left, right, deadline).equal)
        else:
            link = link.with_terms(left, right)
            result = compare_numbers(
                link.left, link.right, link.operator, deadline, self.facts.rounded
            )
            is_equal = result.verdict == StepVerdict.PROVED
        return proved(ClaimRelation.SUBSTITUTE) if is_equal else _NOT_SUBSTITUTED

    def _derivative(self, called: Term, left: Term, right: Term, deadline: Deadline) -> ClaimResult:
        """f'(x) = 3x^2, which is no equation to be solved."""
        assert isinstance(called, Call)  # noqa: S101 - for the type checker
        function = self.facts.definitions.functions[called.name.rstrip("'")]
        witness = where_they_differ(left, right, deadline)
        if witness is None or function.variable not in free_names(right):
            return unchecked(ClaimRelation.EVALUATE)
        slip = slip_in_derivative(function.body, right, function.variable, deadline)
        return refuted(ClaimRelation.EVALUATE, witness, slip)

    def _identity(self, chain: Chain, left: Term, right: Term, deadline: Deadline) -> ClaimResult:
        """Two forms of one expression, according to the words beside them."""
        names = free_names(left)
        if names != free_names(right) or cues.is_supposed(chain):
            return unchecked(ClaimRelation.EQUAL)
        witness = None
        if not names & self.facts.values.keys():
            witness = where_they_differ(left, right, deadline)
        if witness is None:
            return unchecked(ClaimRelation.EQUAL)
        return refuted(ClaimRelation.EQUAL, witness, slip_between(left, right, deadline))

    # Equations

    def _equation(self, chain: Chain, claim: Comparison, deadline: Deadline) -> ClaimResult:
        if claim in self.facts.equations:
            return unchecked(ClaimRelation.DEFINE)  # a repetition
        if (calculated := self._calculated(chain, claim, deadline)) is not None:
            return calculated
        names = free_names(claim)
        premises = self.facts.about(names)[-MAX_PREMISES:]
        for premise in reversed(premises):
            result = implies([premise], claim, deadline)
            if result.verdict == StepVerdict.PROVED:
                return replace(result, witness=None)
        if self.facts.imply(claim):
            solved = is_solved(claim)
            return proved(ClaimRelation.SOLVE if solved else ClaimRelation.IMPLIES)
        if self._is_implied_with_values(claim, deadline):
            return proved(ClaimRelation.SUBSTITUTE)
        if premises and self._continues(chain, premises[-1], claim):
            return contradiction(premises[-1], claim, deadline)
        return unchecked(ClaimRelation.IMPLIES)

    def _calculated(
        self, chain: Chain, claim: Comparison, deadline: Deadline
    ) -> ClaimResult | None:
        """S = 165 × 6/11, and then S = 90; 2x = 41 - 25, and then 2x = 16."""
        left, result_term = sides(claim)
        calculation = self._calculation_of(left, chain)
        if (
            not isinstance(calculation, Add | Mul | Div | Pow)
            or rational_value(calculation) is None
        ):
            return None
        if not isinstance(result_term, Num | Neg | Mul) or rational_value(result_term) is None:
            return None
        if cues.is_one_of_several(chain) or cues.is_supposed(chain):
            return None
        link = Link(chain, 0, EquationSide("", calculation), EquationSide("", result_term), "=")
        result = self._numbers(link, deadline)
        if result.verdict == StepVerdict.REFUTED and cues.has_unit(chain):
            return None  # in another unit, perhaps: x = 3 × 60 minutes, and then x = 3 hours
        return result if result.is_decided else None

    def _calculation_of(self, left: Term, chain: Chain) -> Term | None:
        """The right side of the formula just before this one, if it has the same left side."""
        if isinstance(left, Sym) and left.name == self.facts.latest_variable:
            return self.facts.values.get(left.name)
        latest = self.facts.latest_side
        if not self.facts.equations or latest is None or not cues.only_concludes(chain):
            return None
        known, value = sides(self.facts.equations[-1])
        return value if (known, value) == (left, latest.term) else None

    def _is_implied_with_values(self, claim: Comparison, deadline: Deadline) -> bool:
        """Whether an equation in more variables gives the claim, once known values are put in."""
        names = free_names(claim)
        for premise in reversed(self.facts.equations):
            if not names < free_names(premise):
                continue
            left, right = sides(premise)
            with_values = Comparison(
                "=", self.facts.with_values(left), self.facts.with_values(right)
            )
            if free_names(with_values) != names:
                continue
            if implies([with_values], claim, deadline).verdict == StepVerdict.PROVED:
                return True
        return False

    def _continues(self, chain: Chain, premise: Comparison, claim: Comparison) -> bool:
        """Whether the claim transforms the premise, and is not a new equation beside it."""
        if cues.is_supposed(chain) or cues.says_where(chain) or cues.names_something(chain):
            return False
        if cues.is_one_of_several(chain) or premise.left == claim.left:
            return False
        if len(free_names(claim)) != 1 or self.facts.equations[-1] != premise:
            return False
        if is_solved(premise):
            return False
        return not (is_solved(claim) and _has_decimals(premise))


def contradiction(premise: Comparison, claim: Value, deadline: Deadline) -> ClaimResult:
    """Refuted where premise and claim have no solution in common."""
    result = implies([premise], claim, deadline)
    if result.witness is None or result.verdict != StepVerdict.REFUTED:
        return unchecked(result.relation)
    if implies([claim], premise, deadline).verdict != StepVerdict.REFUTED:
        return unchecked(result.relation)
    return refuted(result.relation, result.witness, slip_between(premise, claim, deadline))


def check_congruence(link: Link, modulus: int) -> ClaimResult:
    """Whether two whole numbers leave the same remainder."""
    if link.left.term is None or link.right.term is None:
        return unchecked(ClaimRelation.EQUAL)
    values = [rational_value(term) for term in link.terms]
    whole = [int(value) for value in values if value is not None and value.denominator == 1]
    if len(whole) < 2:
        return unchecked(ClaimRelation.EQUAL)
    left, right = (number % modulus for number in whole)
    if left == right:
        return proved(ClaimRelation.EQUAL)
    return refuted(ClaimRelation.EQUAL, Witness({}, str(left), str(right)), Slip.ARITHMETIC)


def _inequality(link: Link, deadline: Deadline) -> ClaimResult:
    """An inequality between numbers: proved where it holds."""
    if _variables(link.terms) or link.operator not in ("<", "<=", ">", ">=", "!="):
        return unchecked(ClaimRelation.EQUAL)
    if holds(Comparison(link.operator, *link.terms), {}, deadline):
        return proved(ClaimRelation.EQUAL)
    return unchecked(ClaimRelation.EQUAL)


def _variables(terms: tuple[Term, Term]) -> frozenset[str]:
    return free_names(terms[0]) | free_names(terms[1])


def _asks_for_variable(left: Term) -> bool:
    """f(x) or f'(x), with a variable in the brackets."""
    return isinstance(left, Call) and isinstance(left.args[0], Sym)


def _has_decimals(value: Value) -> bool:
    """Numbers that may have been rounded."""
    return any(isinstance(part, Num) and "." in part.text for part in walk(value))
