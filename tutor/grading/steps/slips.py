"""Which usual mistake explains a line that does not follow?

Each slip is tried out: the mistake is made in the premise, and what comes out is compared with the
claim. A name is given only where they agree.
"""

from __future__ import annotations

from dataclasses import replace as replaced
from fractions import Fraction

from tutor.grading.numeric.equivalence import same
from tutor.grading.numeric.polynomials import quotient, zeros
from tutor.grading.numeric.rationals import exact
from tutor.grading.numeric.roots import consequence_of, polynomial_of
from tutor.grading.parsing.tree import (
    Add,
    Div,
    Logic,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
)
from tutor.grading.parsing.tree import Relation as Comparison
from tutor.grading.processes.deadline import Deadline
from tutor.grading.solving.equations import one_side
from tutor.grading.solving.linear_systems import LinearSystem, linear_row
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult
from tutor.grading.steps.implication import implies, statement
from tutor.grading.steps.multivariate import equations
from tutor.grading.steps.wrong_rules import WRONG_RULES, split_square

MAX_VARIANTS = 60
_TWO = Num(Fraction(2))

_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_STRICT = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}


def slip_between(premise: Value, claim: Value, deadline: Deadline) -> str:
    """The name of the slip by which the claim comes out of the premise; empty for none known."""
    if is_term(premise) and is_term(claim):
        return _of_terms(premise, claim, deadline)
    names = sorted(free_names(premise) | free_names(claim))
    if isinstance(premise, Comparison) and isinstance(claim, Comparison):
        if premise.op in _TURNED:
            return _of_inequalities(premise, claim, deadline)
        if len(names) == 1 and premise.op == claim.op == "=":
            return _of_equations(premise, claim, names[0], deadline)
    if isinstance(premise, Logic) and premise.op == "and":
        return _of_systems(premise, claim, names, deadline)
    if isinstance(premise, Comparison) and isinstance(claim, Logic) and len(names) == 1:
        return _of_equations(premise, claim, names[0], deadline)
    return ""


# Expressions


def _of_terms(premise: Term, claim: Term, deadline: Deadline) -> str:
    for name, variants in WRONG_RULES:
        for variant in variants(premise):
            deadline.check()
            if _agree(variant, claim, deadline):
                return name
    if _is_product_with_signs_changed(premise, claim, deadline):
        return "factor_sign"
    return _of_numbers(premise, claim, deadline)


def _agree(variant: Term, claim: Term, deadline: Deadline) -> bool:
    return same(variant, claim, deadline).equal is True


def _of_numbers(premise: Term, claim: Term, deadline: Deadline) -> str:
    """What is left when no rule was misused: a wrong sum, product or reduction."""
    if isinstance(premise, Div) and _has_common_factor(premise) and not isinstance(claim, Div):
        return "cancelled_term"
    ours, theirs = exact(premise), exact(claim)
    if ours is not None and theirs is not None:
        if isinstance(premise, Div) and isinstance(claim, Div) and _is_plain(premise):
            return "reduced_wrongly"
        return "lost_sign" if ours == -theirs else "arithmetic"
    names = sorted(free_names(premise) | free_names(claim))
    if len(names) == 1:
        one, other = quotient(premise, names[0]), quotient(claim, names[0])
        if one and other and one.bottom.degree() == other.bottom.degree() == 0:
            difference = one.top / one.bottom[0] - other.top / other.bottom[0]
            if sum(bool(difference[n]) for n in range(difference.degree() + 1)) == 1:
                return "arithmetic"
    return ""


def _is_plain(fraction: Div) -> bool:
    return isinstance(fraction.top, Num) and isinstance(fraction.bottom, Num)


def _has_common_factor(fraction: Div) -> bool:
    names = sorted(free_names(fraction))
    if len(names) != 1:
        return False
    top, bottom = quotient(fraction.top, names[0]), quotient(fraction.bottom, names[0])
    return bool(top and bottom and top.top.gcd(bottom.top).degree() > 0)


def _is_product_with_signs_changed(premise: Term, claim: Term, deadline: Deadline) -> bool:
    """x^2 + x - 6 as (x - 3)(x + 2): right but for the signs in the brackets."""
    top = claim.top if isinstance(claim, Div) else claim
    parts = top.parts if isinstance(top, Mul) else (top,)
    brackets = [index for index, part in enumerate(parts) if isinstance(part, Add)]
    if not isinstance(top, Mul) or not 0 < len(brackets) <= 4:
        return False
    for turned in range(1, 1 << len(brackets)):
        chosen = {index for bit, index in enumerate(brackets) if turned >> bit & 1}
        mended: Term = Mul(
            tuple(_sign_changed(part) if i in chosen else part for i, part in enumerate(parts))
        )
        mended = Div(mended, claim.bottom) if isinstance(claim, Div) else mended
        if _agree(mended, premise, deadline):
            return True
    return False


def _sign_changed(bracket: Term) -> Term:
    first, *rest = bracket.parts if isinstance(bracket, Add) else (bracket,)
    turned = [part.part if isinstance(part, Neg) else Neg(part) for part in rest]
    return Add((first, *turned))


# Equations in one letter


def _of_equations(premise: Comparison, claim: Value, name: str, deadline: Deadline) -> str:
    left, right = premise.left, premise.right
    if not (is_term(left) and is_term(right)):
        return ""
    if _is_zero_product(left, right, claim, deadline):
        return "zero_product"
    side = one_side(claim)
    if side is None:
        return ""
    if _is_part_of_solutions(premise, claim, name):
        return "lost_root"
    if name_of := _by_rewriting(premise, claim, deadline):
        return name_of
    if _has_sides_squared_apart(left, right, side, name):
        return "split_square"
    if isinstance(claim, Comparison) and _has_factor_sign_slip(premise, claim, deadline):
        return "factor_sign"
    line = _line_slip(left, right, claim, name)
    if line == "divided_wrongly":
        return line
    if (moved := _sign_slip(left, right, claim, deadline)) or line:
        return moved or line
    return _coefficient_slip(premise, claim, name)


def _is_zero_product(left: Term, right: Term, claim: Value, deadline: Deadline) -> bool:
    """ab = 0 as a = b"""
    if not (isinstance(left, Mul) and exact(right) == 0 and isinstance(claim, Comparison)):
        return False
    sides = (claim.left, claim.right)
    if not all(is_term(side) for side in sides) or len(left.parts) != 2:
        return False
    return all(
        any(_agree(factor, side, deadline) for factor in left.parts)  # type: ignore[arg-type]
        for side in sides
    )


def _is_part_of_solutions(premise: Value, claim: Value, name: str) -> bool:
    sides = one_side(premise), one_side(claim)
    before, after = (side and quotient(side, name) for side in sides)
    if not before or not after or after.top.degree() >= before.top.degree():
        return False
    ours, theirs = zeros(before), zeros(after)
    return theirs.degree() > 0 and not (ours % theirs) and ours != theirs


def _by_rewriting(premise: Comparison, claim: Value, deadline: Deadline) -> str:
    for name, variants in WRONG_RULES:
        for place in ("left", "right"):
            side = getattr(premise, place)
            for variant in variants(side):
                kept = (variant, premise.right) if place == "left" else (premise.left, variant)
                wrong = Comparison(premise.op, *kept)
                if _is_equivalent(wrong, claim, deadline):
                    return name
    return ""


def _is_equivalent(premise: Value, claim: Value, deadline: Deadline) -> bool:
    deadline.check()
    found = implies([premise], claim, deadline)
    return (
        found.relation in (ClaimRelation.EQUIVALENT, ClaimRelation.SOLVE)
        and found.verdict == "proved"
    )


def _has_sides_squared_apart(left: Term, right: Term, side: Term, name: str) -> bool:
    """√A = a + b as A = a^2 + b^2"""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Root) and isinstance(other, Add):
            for wrong in split_square(Pow(other, _TWO)):
                made = consequence_of(Add((one.inner, Neg(wrong))), name)
                if made is not None and made == polynomial_of(side, name):
                    return True
    return False


def _line_slip(left: Term, right: Term, claim: Value, name: str) -> str:
    """ax = b, and x said to be a/b, ab, b - a or -b/a"""
    if not (isinstance(claim, Comparison) and claim.left == Sym(name) and is_term(claim.right)):
        return ""
    row = linear_row(Add((left, Neg(right))), [name])
    value = exact(claim.right)
    if row is None or value is None or not row[0] or free_names(right):
        return ""
    slope, constant = row
    if value == -constant / slope:
        return "lost_sign"
    wrong = [slope * constant, constant - slope, constant + slope]
    wrong += [slope / constant, -slope / constant] if constant else []
    is_bare = not isinstance(left, Add) and abs(slope) != 1
    return "divided_wrongly" if is_bare and value in wrong else ""


def _sign_slip(left: Term, right: Term, claim: Value, deadline: Deadline) -> str:
    """A term that changed its side without changing its sign, or its sign without its side."""
    for at_left, terms in ((True, _summands(left)), (False, _summands(right))):
        for term in terms:
            if exact(term) == 0:
                continue
            # a + t = b, read as a - t = b, is what comes of moving t with its sign unchanged.
            twice = Neg(Mul((_TWO, term)))
            sides = (Add((left, twice)), right) if at_left else (left, Add((right, twice)))
            if _is_equivalent(Comparison("=", *sides), claim, deadline):
                return "moved_sign" if _has_moved(term, at_left, claim) else "lost_sign"
    return ""


def _summands(term: Term) -> list[Term]:
    if isinstance(term, Add):
        return [part for inner in term.parts for part in _summands(inner)]
    return [term]


def _has_moved(term: Term, at_left: bool, claim: Value) -> bool:
    """Whether the side on which the term stood holds no term of its kind any more."""
    if not isinstance(claim, Comparison):
        return True
    side = claim.left if at_left else claim.right
    if not is_term(side):
        return True
    letters = free_names(term)
    return not any(
        free_names(part) == letters and _power(part) == _power(term) and exact(part) != 0
        for part in _summands(side)
    )


def _power(term: Term) -> object:
    match term:
        case Neg(part):
            return _power(part)
        case Mul(parts):
            return tuple(_power(part) for part in parts if free_names(part))
        case Sym():
            return (Fraction(1),)
        case Pow(_, exponent):
            return (exact(exponent),)
    return ()


def _has_factor_sign_slip(premise: Comparison, claim: Comparison, deadline: Deadline) -> bool:
    if not (is_term(claim.left) and is_term(claim.right) and exact(claim.right) == 0):
        return False
    side = one_side(premise)
    return side is not None and _is_product_with_signs_changed(side, claim.left, deadline)


def _coefficient_slip(premise: Value, claim: Value, name: str) -> str:
    """Right but for one number."""
    sides = one_side(premise), one_side(claim)
    ours, theirs = (side and quotient(side, name) for side in sides)
    if not ours or not theirs or ours.bottom.degree() or theirs.bottom.degree():
        return ""
    one, other = ours.top, theirs.top
    if one.degree() != other.degree() or one.degree() < 1:
        return ""
    scale = one[one.degree()] / other[other.degree()]
    by_lead = sum(one[n] != scale * other[n] for n in range(one.degree()))
    by_constant = 2
    if one[0] != 0 and other[0] != 0:
        scale = one[0] / other[0]
        by_constant = sum(one[n] != scale * other[n] for n in range(1, one.degree() + 1))
    return "arithmetic" if 1 in (by_lead, by_constant) else ""


# Inequalities


def _of_inequalities(premise: Comparison, claim: Comparison, deadline: Deadline) -> str:
    turned = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
    if claim.op not in turned:
        return ""
    if _is_equivalent(premise, replaced(claim, op=turned[claim.op]), deadline):
        return "inequality_not_turned"
    if _is_equivalent(premise, replaced(claim, op=_STRICT[claim.op]), deadline):
        return "strict_changed"
    equal = [Comparison("=", side.left, side.right) for side in (premise, claim)]
    names = free_names(premise) | free_names(claim)
    if len(names) != 1:
        return ""
    return _of_equations(equal[0], equal[1], next(iter(names)), deadline)


# Systems


def _of_systems(premise: Logic, claim: Value, names: list[str], deadline: Deadline) -> str:
    ours, theirs = equations(premise), equations(claim)
    if ours is None or theirs is None:
        return ""
    before, after = LinearSystem.of(ours, names), LinearSystem.of(theirs, names)
    if before is None or after is None or not before.is_consistent or not after.is_consistent:
        return ""
    solved = len(after.rows) == len(names)
    if solved and all(isinstance(p, Comparison) and isinstance(p.left, Sym) for p in claim.parts):  # type: ignore[union-attr]
        right, said = before.solution(Fraction(0)), after.solution(Fraction(0))
        agreeing = sum(right[name] == said[name] for name in names)
        return "back_substitution" if 0 < agreeing < len(names) else "arithmetic"
    return "elimination"


def is_right_by_luck(premise: Value, claim: Value, deadline: Deadline) -> bool:
    """2x - 6 = 3x - 6 to 5x = 0: the sign was not turned, which changes nothing for x = 0."""
    if not (isinstance(premise, Comparison) and isinstance(claim, Comparison)):
        return False
    names = sorted(free_names(premise))
    sides = one_side(premise), one_side(claim)
    if len(names) != 1 or sides[0] is None or sides[1] is None:
        return False
    rows = [linear_row(side, names) for side in sides if side is not None]
    if None in rows or rows[0] is None or rows[1] is None or rows[0][1] or rows[1][1]:
        return False
    if abs(rows[0][0]) == abs(rows[1][0]) or isinstance(claim.left, Sym):
        return False
    moved = [
        rows[0][0] - 2 * row[0] for term in _terms_of(premise) if (row := linear_row(term, names))
    ]
    return any(abs(slope) == abs(rows[1][0]) for slope in moved)


def _terms_of(equation: Comparison) -> list[Term]:
    left, right = equation.left, equation.right
    assert is_term(left)  # noqa: S101 - for the type checker
    assert is_term(right)  # noqa: S101
    return [*_summands(left), *(Neg(term) for term in _summands(right))]


def explained(result: ClaimResult, premise: Value, claim: Value, deadline: Deadline) -> ClaimResult:
    """The finding with the slip that explains it, where one does."""
    return replaced(result, slip=slip_between(statement(premise), statement(claim), deadline))
