"""Checks one link of a chain of equations: two neighbouring sides and the sign between them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.tree import (
    BigOperator,
    Bracketed,
    Call,
    Comparison,
    Const,
    Num,
    PlusMinus,
    Pow,
    Sym,
    Term,
    free_names,
    has_part,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.prose import cues, gaps
from tutor.grading.prose.formulas import Chain
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    StepVerdict,
    proved,
    unchecked,
)
from tutor.grading.steps.complex_values import compare_complex, has_imaginary
from tutor.grading.steps.definitions import Unresolved, calls_unknown
from tutor.grading.steps.equal_terms import antiderivative, is_indefinite
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.rounding import compare_numbers, convert_units
from tutor.grading.steps.worked.alternatives_checker import have_equal_values, with_both_signs
from tutor.grading.steps.worked.equation_checker import EquationChecker
from tutor.grading.steps.worked.forms import FormChecker, is_never_true
from tutor.grading.steps.worked.formulary import Formulary, fits
from tutor.grading.steps.worked.inequality_checker import InequalityChecker
from tutor.grading.steps.worked.known_facts import KnownFacts, sides
from tutor.grading.steps.worked.link import Link, check_numbers
from tutor.grading.steps.worked.lists import compare_lists
from tutor.grading.steps.worked.named_values import NamedValues

MAX_CLAIM_WORK_S = 0.3

EULER = Const("e")

_WORDS = re.compile(r"\\(?:text|textrm|textbf|mathrm|mbox)\s?\{[^{}]{0,80}?[A-Za-z]{3}")
# P(A) and P(A \cap B): the probability of an event, and no value of a polynomial P.
_EVENT = re.compile(
    r"(?:P|Pr)\s?(?:\\left)?\s?\((?:[A-Z'| ]|\\(?:cap|cup|mid|bar|overline|text|mathrm)(?![a-z])"
    r"|\{[^{}()]{1,60}\}){1,12}(?:\\right)?\)"
)
# An equation that is to be solved, or a property that a function may have.
_SEEKS = re.compile(
    r"\b(?:solv|want|need|requir|must|such that|where|set|equal|when|satisf|find|let|condition)",
    re.I,
)
_NOT_SUBSTITUTED = unchecked(ClaimRelation.SUBSTITUTE)


@dataclass
class LinkChecker:
    facts: KnownFacts

    def __post_init__(self) -> None:
        self.forms = FormChecker(self.facts)
        self.named = NamedValues(self.forms)
        self.formulary = Formulary(self.facts)
        self.equations = EquationChecker(self.facts, self.formulary)
        self.inequalities = InequalityChecker(self.facts)

    def check(self, link: Link) -> ClaimResult:
        """Raises WorkBudgetSpent and RecursionError."""
        with WorkBudget(MAX_CLAIM_WORK_S) as budget:
            result = self._check(link, budget)
        if not result.is_decided and link.index == 0 and _EVENT.fullmatch(link.left.text.strip()):
            return unchecked(ClaimRelation.DEFINE)
        is_refuted = result.verdict == StepVerdict.REFUTED
        if is_refuted and (link.left.is_cut_off or link.right.is_cut_off):
            return unchecked(result.relation)
        return result

    def _check(self, link: Link, budget: WorkBudget) -> ClaimResult:
        if link.index == 0 and (usual := self._usual_name(link, budget)) is not None:
            return usual
        if link.left.name and link.index == 0:
            return self.named.check(link, budget)
        if (listed := compare_lists(link, self.facts, budget)) is not None:
            return listed
        if link.left.term is None or link.right.term is None:
            relation = ClaimRelation.DEFINE if _only_names(link) else ClaimRelation.EQUAL
            return convert_units(link.left, link.right) or unchecked(relation)
        if self._has_letter_e(link.terms):
            return unchecked(ClaimRelation.EQUAL)
        if link.operator not in ("=", "≈", "~"):
            claim = Comparison(link.operator, *link.terms)
            result = self.inequalities.check(link.chain, claim, budget)
            is_same_unit = link.left.words == link.right.words
            return result if is_same_unit or free_names(claim) else unchecked(result.relation)
        if have_equal_values(*link.terms, budget):
            return proved(ClaimRelation.EQUAL)
        if not _variables(link.terms) and all(has_part(term, PlusMinus) for term in link.terms):
            return self._with_signs(link, budget)
        if not _variables(link.terms) and not calls_unknown(link.terms):
            if self.facts.has_imaginary_unit and all(map(has_imaginary, link.terms)):
                return compare_complex(*link.terms, budget)
            return check_numbers(link, self.facts, budget)
        if link.operator == "~":
            return unchecked(ClaimRelation.EQUAL)
        in_radians = replace(link, left=link.left.in_radians, right=link.right.in_radians)
        return self._symbolic(in_radians, budget)

    def _with_signs(self, link: Link, budget: WorkBudget) -> ClaimResult:
        """(1 ± √16)/2 = (1 ± 8)/2: refuted where neither order of the signs agrees."""
        before, after = map(with_both_signs, link.terms)
        wrong: list[ClaimResult] = []
        for order in (after, after[::-1]):
            pairs = zip(before, order, strict=False)
            results = [check_numbers(link.with_terms(*pair), self.facts, budget) for pair in pairs]
            wrong += [r for r in results if r.verdict == StepVerdict.REFUTED][:1]
        return wrong[0] if len(wrong) > 1 else unchecked(ClaimRelation.EQUAL)

    def check_rewritten(self, chain: Chain, after: EquationSide) -> ClaimResult | None:
        """An expression after words such as "which simplifies to"; None where none are meant."""
        equation, before = self.facts.latest_equation, self.facts.latest_side
        left = before.term if before and gaps.rewrites_it(chain.gap) else None
        if equation is not None and gaps.rewrites_left_side(chain.gap):
            left = sides(equation)[0]
        right = after.term
        if left is None or right is None or isinstance(left, Sym) or cues.is_supposed(chain):
            return None
        names = free_names(left)
        if names != free_names(right) or calls_unknown([left, right]):
            return None
        if names <= self.facts.values.keys():
            return self._rewritten_number(chain, left, right)
        if self.facts.restrict(names, equation):
            return None
        with WorkBudget(MAX_CLAIM_WORK_S) as budget:
            if same_value(left, right, budget).equal:
                return proved(ClaimRelation.EQUAL)
            result = self.forms.check(chain, left, right, budget)
            return result if result.is_decided else None

    def _rewritten_number(self, chain: Chain, before: Term, after: Term) -> ClaimResult | None:
        left, right = map(self.facts.with_values, (before, after))
        if isinstance(left, Num) or free_names(left) or free_names(right):
            return None
        link = Link(chain, 0, EquationSide("", left), EquationSide("", right), "=")
        with WorkBudget(MAX_CLAIM_WORK_S) as budget:
            result = check_numbers(link, self.facts, budget)
        return result if result.is_decided else None

    def _usual_name(self, link: Link, budget: WorkBudget) -> ClaimResult | None:
        r"""\\max = 4 and a_n = 3n - 3, whose left sides are no terms."""
        right = link.right.term
        name = link.left.text.strip().lstrip("\\").lower()
        if right is None or link.operator != "=":
            return None
        if name in ("max", "min") and not free_names(right):
            is_extreme = self.formulary.is_extreme(right, name, budget)
            return proved(ClaimRelation.SUBSTITUTE) if is_extreme else None
        return self.formulary.check_general_term(name, right, budget)

    def _has_letter_e(self, terms: tuple[Term, Term]) -> bool:
        """Whether e may be a variable: it is no base, or the text has no Euler's number."""
        parts = [part for term in terms for part in walk(term)]
        if not self.facts.has_euler_number:
            return EULER in parts
        bases = [part.base for part in parts if isinstance(part, Pow)]
        return parts.count(EULER) > bases.count(EULER)

    def _symbolic(self, link: Link, budget: WorkBudget) -> ClaimResult:
        left, right = link.terms
        if link.index == 0 and self._defines(link):
            return self._antiderivative(left, right, budget) or unchecked(ClaimRelation.DEFINE)
        if isinstance(left, BigOperator) and is_indefinite(left):
            return antiderivative(left, right, budget)
        try:
            resolved_left = self.facts.definitions.resolved(left)
            resolved_right = self.facts.definitions.resolved(right)
        except Unresolved:
            return self._unresolved(left, right, budget)
        assert is_term(resolved_left)  # noqa: S101 - for the type checker
        assert is_term(resolved_right)  # noqa: S101
        if resolved_left == resolved_right:
            return self._repeated_value(left)
        if _asks_for_variable(left) and not free_names(resolved_right):
            is_constant = not free_names(resolved_left)
            if is_constant and same_value(resolved_left, resolved_right, budget).equal:
                return proved(ClaimRelation.EVALUATE)
            return unchecked(ClaimRelation.DEFINE)
        return self._resolved(link.with_terms(resolved_left, resolved_right), link, budget)

    def _resolved(self, resolved: Link, written: Link, budget: WorkBudget) -> ClaimResult:
        """With the meaning of names in place of these."""
        is_as_written = resolved.terms == written.terms
        relation = ClaimRelation.EQUAL if is_as_written else ClaimRelation.EVALUATE
        if not _variables(resolved.terms):
            result = check_numbers(resolved, self.facts, budget)
            return replace(result, relation=relation) if result.is_decided else result
        if same_value(*resolved.terms, budget).equal:
            return proved(relation)
        return self._from_facts(resolved, written, budget)

    def _repeated_value(self, left: Term) -> ClaimResult:
        """f(4) = 4 for f(x) = x; or f(x) = x once more, as sure as what it repeats."""
        if not isinstance(left, Call):
            return unchecked(ClaimRelation.DEFINE)
        if not _asks_for_variable(left) or left.name in self.facts.given_functions:
            return proved(ClaimRelation.EVALUATE)
        return unchecked(ClaimRelation.DEFINE)

    def _antiderivative(self, left: Term, right: Term, budget: WorkBudget) -> ClaimResult | None:
        """F(x) = x^3 + x, where the problem has an integral or a function f."""
        match left:
            case Call("F", (Sym(variable),)):
                if self.formulary.is_antiderivative(right, variable, budget):
                    return proved(ClaimRelation.EVALUATE)
        return None

    def _unresolved(self, left: Term, right: Term, budget: WorkBudget) -> ClaimResult:
        """With an unknown function: proved only where it holds for every function."""
        if left == right:
            return unchecked(ClaimRelation.DEFINE)
        with suppress(Unresolved):
            before, after = map(self.facts.assumed.resolved, (left, right))
            if is_term(before) and is_term(after) and same_value(before, after, budget).equal:
                return proved(ClaimRelation.EVALUATE)
        left, right = self.facts.with_values(left), self.facts.with_values(right)
        if same_value(left, right, budget).equal:
            return proved(ClaimRelation.SUBSTITUTE)
        return unchecked(ClaimRelation.EQUAL)

    def _defines(self, link: Link) -> bool:
        left, right = link.terms
        if isinstance(left, Call) and cues.is_restricted(link.chain):
            return False
        if isinstance(left, Call) and not cues.is_supposed(link.chain):
            return self.facts.definitions.define(Comparison("=", left, right))
        is_alone = isinstance(left, Sym) and len(link.chain.sides) == 2
        return is_alone and cues.names_something(link.chain)

    def _from_facts(self, link: Link, written: Link, budget: WorkBudget) -> ClaimResult:
        """written: the link before its functions were written out."""
        written_left = written.terms[0]
        result = self._substituted(link, budget)
        if result.verdict == StepVerdict.PROVED:
            return result
        left, right = link.terms
        claim = Comparison("=", left, right)
        if not link.is_inner:
            result = self.equations.check(link.chain, claim, budget)
        elif self.facts.imply(claim):
            result = proved(ClaimRelation.IMPLIES)
        if result.is_decided or result.relation == ClaimRelation.DEFINE:
            return result
        if self._is_filled(link):
            return unchecked(ClaimRelation.DEFINE)
        is_derivative = isinstance(written_left, Call) and written_left.name.endswith("'")
        if is_derivative and _asks_for_variable(written_left):
            return self.forms.check_derivative(written_left, left, right, budget)
        if self.forms.are_meant(link) or self._is_value_elsewhere(link, written):
            return self.forms.check(link.chain, left, right, budget)
        if is_never_true(link) and not cues.is_denied(link.chain):
            return self.forms.check(link.chain, left, right, budget)
        return result

    def _is_value_elsewhere(self, link: Link, written: Link) -> bool:
        """f(-x) = 7x^2 - 1, and no equation to be solved."""
        left, right = written.terms
        if not isinstance(left, Call) or calls_unknown([right]) or _asks_for_variable(left):
            return False
        is_sought = bool(_SEEKS.search(link.chain.before))
        return link.index == 0 and not is_sought and self.facts.are_free(_variables(link.terms))

    def _substituted(self, link: Link, budget: WorkBudget) -> ClaimResult:
        left, right = (self.facts.with_values(term) for term in link.terms)
        if (left, right) != link.terms and self._are_equal(link, left, right, budget):
            return proved(ClaimRelation.SUBSTITUTE)
        if link.index == 0 and isinstance(link.terms[0], Sym):
            return _NOT_SUBSTITUTED
        for values in self.formulary.usual_values(_variables((left, right))):
            filled = [_filled(term, values) for term in (left, right)]
            if self._are_equal(link, filled[0], filled[1], budget):
                return proved(ClaimRelation.SUBSTITUTE)
        return _NOT_SUBSTITUTED

    def _are_equal(self, link: Link, left: Term, right: Term, budget: WorkBudget) -> bool:
        if _variables((left, right)):
            return bool(same_value(left, right, budget).equal)
        link = link.with_terms(left, right)
        result = compare_numbers(link.left, link.right, link.operator, budget, self.facts.rounded)
        return result.verdict == StepVerdict.PROVED

    def _is_filled(self, link: Link) -> bool:
        """Whether the right side is the left one, or a formula for it, with numbers put in."""
        left, right = link.terms
        if free_names(right):
            return False
        values = dict(self.facts.values)
        if link.index > 0:
            return bool(free_names(left)) and fits(left, right, values)
        formulas = [sides(known)[1] for known in self.facts.equations if sides(known)[0] == left]
        return any(free_names(formula) and fits(formula, right, values) for formula in formulas)


def _filled(term: Term, values: Mapping[str, Term]) -> Term:
    for name, value in values.items():
        term = substitute(term, Sym(name), value)
    return term


def _variables(terms: tuple[Term, Term]) -> frozenset[str]:
    return free_names(terms[0]) | free_names(terms[1])


def _only_names(link: Link) -> bool:
    """A formula of words, or a letter for a point: M = (2, 5)."""
    is_point = link.index == 0 and isinstance(link.left.term, Sym)
    is_point = is_point and isinstance(link.right.value, Bracketed)
    return is_point or _is_worded(link.left) or _is_worded(link.right)


def _is_worded(side: EquationSide) -> bool:
    """A formula of words, such as Number of pens × Price: it only tells what the numbers are."""
    return side.term is None and bool(_WORDS.search(side.text))


def _asks_for_variable(left: Term) -> bool:
    """f(x) or f'(x), with a variable in the brackets."""
    return isinstance(left, Call) and isinstance(left.args[0], Sym)
