"""Infinitely many solutions at equal distances: x = pi/4 + k pi for whole k, and x = 3 mod 7."""

from __future__ import annotations

from fractions import Fraction

from tutor.grading.answer_key import AnswerKey, InvalidKey, Rule
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.kinds.answer_kind import AnswerKind
from tutor.grading.kinds.family_reader import Family, NamedTerm, read_family
from tutor.grading.kinds.progressions import Progression, contains, overlap_of
from tutor.grading.numeric.equivalence import Equality, same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Add,
    Call,
    Comparison,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Value,
    free_names,
    rebuild,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.real_sets import Undecidable

TWO = Num(Fraction(2))
LEAST_PERIOD = 30  # degrees, of the families that schools ask for


class FamilyKind(AnswerKind[Family]):
    def read(self, text: PlainText, key: AnswerKey) -> Family:
        return read_family(text, key)

    def check(self, right: Family, key: AnswerKey) -> None:
        if right.domain == "N":
            raise InvalidKey("The letter of a family must stand for all whole numbers, k ∈ ℤ.")
        try:
            budget = WorkBudget(1.0)
            parts = progressions_of(right, budget)
            if not parts or any(part.step is None for part in parts):
                raise InvalidKey(
                    "A family repeats at equal distances: write it like x = pi/4 + k*pi, "
                    "or like x = 3 mod 7."
                )
            overlap_of(parts, parts, budget)
        except Undecidable:
            raise InvalidKey(
                "The distances of a family must be numbers, and multiples of one another."
            ) from None

    def compare(self, right: Family, given: Family, key: AnswerKey, budget: WorkBudget) -> Equality:
        if {b.op for b in right.branches} != {b.op for b in given.branches}:
            return Equality(False, Rule.PROGRESSIONS)
        if (named := _names_differ(right, given, key)) is not None:
            return named
        try:
            return _compared(right, given, key, budget)
        except Undecidable:
            return Equality(None, Rule.PROGRESSIONS)

    def shown(self, answer: Family) -> str:
        written = r" \;\lor\; ".join(map(_shown_branch, answer.branches))
        if not answer.letters:
            return written
        letters = ", ".join(latex(Sym(letter)) for letter in answer.letters)
        return rf"{written},\; {letters} \in \mathbb{{{answer.domain or 'Z'}}}"


def _compared(right: Family, given: Family, key: AnswerKey, budget: WorkBudget) -> Equality:
    key_parts = progressions_of(right, budget)
    parts = progressions_of(given, budget)
    if not parts:
        return Equality(False, Rule.PROGRESSIONS)
    singles = [part.offset for part in parts if part.step is None]
    if singles:
        are_members = all(contains(key_parts, single, budget) for single in singles)
        feedback = Feedback(FeedbackCode.FAMILY_LETTER_MISSING) if are_members else None
        return Equality(False, Rule.PROGRESSIONS, feedback)
    overlap = overlap_of(key_parts, parts, budget)
    if overlap and not overlap.missing and not overlap.extra:
        if given.domain == "N":
            feedback = Feedback(FeedbackCode.FAMILY_NOT_ALL_INTEGERS)
            return Equality(False, Rule.PROGRESSIONS, feedback, 0.5)
        return Equality(True, Rule.PROGRESSIONS)
    if overlap is None or not overlap.shared:
        return _without_degrees(key_parts, parts, key, budget)
    count = overlap.shared + overlap.missing
    share = max(0.0, (overlap.shared - overlap.extra) / count)
    if not overlap.extra:
        code = FeedbackCode.FAMILY_PART
    else:
        code = FeedbackCode.FAMILY_PARTLY if overlap.missing else FeedbackCode.FAMILY_TOO_MANY
    return Equality(False, Rule.PROGRESSIONS, Feedback(code), share)


def _without_degrees(
    key_parts: list[Progression], parts: list[Progression], key: AnswerKey, budget: WorkBudget
) -> Equality:
    """45 + 180k where 45° + 180°k is asked for, or the other way round."""
    is_signed, is_given = (
        [_has_degrees(part.step) for part in group] for group in (key_parts, parts)
    )
    if all(is_signed) and not any(is_given):
        overlap = overlap_of(key_parts, _in_degrees(parts), budget)
        if overlap and not overlap.missing and not overlap.extra:
            feedback = None if key.unit_optional else Feedback(FeedbackCode.UNIT_MISSING)
            return Equality(key.unit_optional, Rule.UNITS, feedback)
    if all(is_given) and not any(is_signed) and all(map(_may_be_degrees, key_parts)):
        overlap = overlap_of(_in_degrees(key_parts), parts, budget)
        if overlap and not overlap.missing and not overlap.extra:
            return Equality(True, Rule.UNITS)
    return Equality(False, Rule.PROGRESSIONS)


def _in_degrees(parts: list[Progression]) -> list[Progression]:
    return [Progression(_degrees(part.offset), part.step and _degrees(part.step)) for part in parts]


def _may_be_degrees(part: Progression) -> bool:
    """30 + 360n, of a key whose writer has left the sign out."""
    step = None if part.step is None else rational_value(part.step)
    return step is not None and step != 0 and step % LEAST_PERIOD == 0


def _degrees(term: Term) -> Term:
    return Call("degrees", (term,))


def _has_degrees(term: Term | None) -> bool:
    return term is not None and any(
        isinstance(part, Call) and part.name == "degrees" for part in walk(term)
    )


def _names_differ(right: Family, given: Family, key: AnswerKey) -> Equality | None:
    if right.names and given.names and right.names != given.names:
        return Equality(False, Rule.NAMES, Feedback(FeedbackCode.OTHER_NAME))
    if not key.name_optional and bool(right.names) != bool(given.names):
        return Equality(False, Rule.NAMES)
    return None


def progressions_of(family: Family, budget: WorkBudget) -> list[Progression]:
    """Raises Undecidable where a branch does not repeat at equal distances."""
    parts: list[Progression] = []
    for branch in family.branches:
        parts += _of_branch(branch, family, budget)
    return parts


def _of_branch(branch: NamedTerm, family: Family, budget: WorkBudget) -> list[Progression]:
    names = free_names(branch.term)
    letters = sorted(names & set(family.letters)) or sorted(names)
    if len(letters) > 1 or names - set(letters):
        raise Undecidable
    if not letters:
        return [Progression(branch.term, branch.modulus)]
    if branch.modulus is not None:
        raise Undecidable
    letter = Sym(letters[0])
    if any(_alternates(part, letter) for part in walk(branch.term)):
        twice = Mul((TWO, letter))
        halves = [
            _settled(substitute(branch.term, letter, new), letter)
            for new in (twice, Add((twice, ONE)))
        ]
        return [_linear(half, letter, budget) for half in halves]
    return [_linear(branch.term, letter, budget)]


def _alternates(part: Value, letter: Sym) -> bool:
    """Whether it is (-1)^k."""
    return (
        isinstance(part, Pow)
        and rational_value(part.base) == -1
        and letter.name in free_names(part.exponent)
    )


def _settled(term: Term, letter: Sym) -> Term:
    """With 1 or -1 for each power of -1 whose exponent is even or odd for every whole number."""
    if isinstance(term, Pow) and rational_value(term.base) == -1:
        exponents = [
            rational_value(substitute(term.exponent, letter, Num(Fraction(k)))) for k in (0, 1, 2)
        ]
        if any(value is None or value.denominator != 1 for value in exponents):
            raise Undecidable
        parities = {value.numerator % 2 for value in exponents if value is not None}
        if len(parities) > 1:
            raise Undecidable
        return Neg(ONE) if parities == {1} else ONE
    settled: Term = rebuild(term, lambda part: _settled(part, letter))
    return settled


def _linear(term: Term, letter: Sym, budget: WorkBudget) -> Progression:
    """Raises Undecidable where the term is not offset + step * letter."""
    offset: Term = substitute(term, letter, ZERO)
    step = Add((substitute(term, letter, ONE), Neg(offset)))
    if not same_value(term, Add((offset, Mul((step, letter)))), budget):
        raise Undecidable
    return Progression(offset, None if same_value(step, ZERO, budget) else step)


def _shown_branch(branch: NamedTerm) -> str:
    value: Value = branch.term
    if branch.name is not None:
        sign = branch.op if branch.modulus is None else "="
        value = Comparison(sign, branch.name, branch.term)
    written = latex(value)
    if branch.modulus is None:
        return written
    return written.replace(" = ", r" \equiv ", 1) + rf" \pmod{{{latex(branch.modulus)}}}"
