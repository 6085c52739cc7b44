"""Infinitely many solutions at equal distances: x = pi/4 + k pi for whole k, and x = 3 mod 7."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from tutor.grading.answer_key import AnswerKey, InvalidKey, Rule
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.kinds.answer_kind import AnswerKind
from tutor.grading.kinds.progressions import Progression, contains, overlap_of
from tutor.grading.kinds.reading import fold_connectives, read_tree, split_declaration
from tutor.grading.numeric.equivalence import Equality, same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.shapes import definition, expand_plus_minus
from tutor.grading.parsing.tree import (
    ONE,
    ZERO,
    Add,
    Bracketed,
    Call,
    Comparison,
    Listing,
    Logic,
    Mul,
    NamedSet,
    Neg,
    Num,
    Pow,
    SetBuilder,
    SetOperation,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    rebuild,
    substitute,
    walk,
)
from tutor.grading.processes.deadline import Deadline
from tutor.grading.solving.real_sets import Undecidable

TWO = Num(Fraction(2))
MAX_PARTS = 24
_MODULUS = re.compile(r"\\[pb]?mod(?![a-z])|(?<![a-z])mod(?:ulo|ulus)?(?![a-z])|模")
_FRENCH = re.compile(r"\\?\[([^][,;]{1,60})\\?\](?= *(?:$|or|,|;))")  # x = 1 [7]
_TYPED_SET = re.compile(r"\A([^{}|]{0,20}\\in +)\{([^{}|:]*+[|:][^{}]*+)\}\Z")  # in {2k | k in Z}
_SEVERAL = re.compile(r"(?:\bor\b|\\lor\b|\\vee\b|或|;|,)(?=[^,;]{0,80}(?:\\equiv|=))")


@dataclass(frozen=True, slots=True)
class NamedTerm:
    """One branch of a family. name: what it is a value of; None where none was written."""

    name: Value | None
    op: str
    term: Term
    modulus: Term | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """letters: those that were declared to be whole numbers. domain: Z or N; empty if unsaid."""

    branches: tuple[NamedTerm, ...]
    letters: tuple[str, ...] = ()
    domain: str = ""

    @property
    def names(self) -> set[Value]:
        return {branch.name for branch in self.branches if branch.name is not None}


class FamilyKind(AnswerKind[Family]):
    def read(self, text: PlainText, key: AnswerKey) -> Family:
        body, declaration = split_declaration(text)
        pieces = _with_moduli(fold_connectives(body))
        branches: list[NamedTerm] = []
        letters, domain = declaration.letters, declaration.domain
        for piece, modulus in pieces:
            value = read_tree(piece, key)
            value, inner_letters, inner_domain = _without_membership(value)
            letters, domain = letters + inner_letters, domain or inner_domain
            modulus_term = None if modulus is None else _modulus_term(modulus, key)
            branches += [replace(b, modulus=modulus_term) for b in _branches(value)]
        if not branches or len(branches) > MAX_PARTS:
            raise Unreadable(FeedbackCode.UNREAD)
        return Family(tuple(branches), letters, domain)

    def check(self, right: Family, key: AnswerKey) -> None:
        if right.domain == "N":
            raise InvalidKey("The letter of a family must stand for all whole numbers, k ∈ ℤ.")
        try:
            deadline = Deadline.within(1.0)
            parts = _progressions(right, deadline)
            if not parts or any(part.step is None for part in parts):
                raise InvalidKey(
                    "A family repeats at equal distances: write it like x = pi/4 + k*pi, "
                    "or like x = 3 mod 7."
                )
            overlap_of(parts, parts, deadline)
        except Undecidable:
            raise InvalidKey(
                "The distances of a family must be numbers, and multiples of one another."
            ) from None

    def compare(self, right: Family, given: Family, key: AnswerKey, deadline: Deadline) -> Equality:
        if {b.op for b in right.branches} != {b.op for b in given.branches}:
            return Equality(False, Rule.PROGRESSIONS)
        if (named := _names_differ(right, given, key)) is not None:
            return named
        try:
            return _compared(right, given, key, deadline)
        except Undecidable:
            return Equality(None, Rule.PROGRESSIONS)

    def shown(self, answer: Family) -> str:
        written = r" \;\lor\; ".join(map(_shown_branch, answer.branches))
        if not answer.letters:
            return written
        letters = ", ".join(latex(Sym(letter)) for letter in answer.letters)
        return rf"{written},\; {letters} \in \mathbb{{{answer.domain or 'Z'}}}"


def _compared(right: Family, given: Family, key: AnswerKey, deadline: Deadline) -> Equality:
    key_parts = _progressions(right, deadline)
    parts = _progressions(given, deadline)
    if not parts:
        return Equality(False, Rule.PROGRESSIONS)
    singles = [part.offset for part in parts if part.step is None]
    if singles:
        are_members = all(contains(key_parts, single, deadline) for single in singles)
        feedback = Feedback(FeedbackCode.FAMILY_LETTER_MISSING) if are_members else None
        return Equality(False, Rule.PROGRESSIONS, feedback)
    overlap = overlap_of(key_parts, parts, deadline)
    if overlap and not overlap.missing and not overlap.extra:
        if given.domain == "N":
            feedback = Feedback(FeedbackCode.FAMILY_NOT_ALL_INTEGERS)
            return Equality(False, Rule.PROGRESSIONS, feedback, 0.5)
        return Equality(True, Rule.PROGRESSIONS)
    if overlap is None or not overlap.shared:
        return _without_degrees(key_parts, parts, key, deadline)
    count = overlap.shared + overlap.missing
    share = max(0.0, (overlap.shared - overlap.extra) / count)
    if not overlap.extra:
        code = FeedbackCode.FAMILY_PART
    else:
        code = FeedbackCode.FAMILY_PARTLY if overlap.missing else FeedbackCode.FAMILY_TOO_MANY
    return Equality(False, Rule.PROGRESSIONS, Feedback(code), share)


def _without_degrees(
    key_parts: list[Progression], parts: list[Progression], key: AnswerKey, deadline: Deadline
) -> Equality:
    """45 + 180k where 45° + 180°k is asked for."""
    in_degrees = [[_has_degrees(part.step) for part in group] for group in (key_parts, parts)]
    if all(in_degrees[0]) and not any(in_degrees[1]):
        signed = [
            Progression(_degrees(part.offset), part.step and _degrees(part.step)) for part in parts
        ]
        overlap = overlap_of(key_parts, signed, deadline)
        if overlap and not overlap.missing and not overlap.extra:
            feedback = None if key.unit_optional else Feedback(FeedbackCode.UNIT_MISSING)
            return Equality(key.unit_optional, Rule.UNITS, feedback)
    return Equality(False, Rule.PROGRESSIONS)


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


# Reading


def _with_moduli(text: str) -> list[tuple[str, str | None]]:
    """The pieces of an answer, each with the text of its modulus."""
    if "=" in text or r"\equiv" in text:
        text = _FRENCH.sub(r" mod \1", text)
    text = _TYPED_SET.sub(r"\1\\{\2\\}", text)
    moduli = list(_MODULUS.finditer(text))
    if not moduli:
        return [(text, None)]
    if len(moduli) == 1:
        modulus = moduli[0]
        return [(_before_modulus(text[: modulus.start()]), _bare(text[modulus.end() :]))]
    pieces = _SEVERAL.split(text)
    if len(pieces) > MAX_PARTS or any(len(_MODULUS.findall(piece)) != 1 for piece in pieces):
        raise Unreadable(FeedbackCode.UNREAD)
    return [pair for piece in pieces for pair in _with_moduli(piece)]


def _before_modulus(text: str) -> str:
    text = text.rstrip(" ,\\;~")
    return (
        text[:-1].rstrip(" ,\\;")
        if text.count("(") > text.count(")") and text[-1:] == "("
        else text
    )


def _bare(text: str) -> str:
    """Without the brackets and full stops around a modulus."""
    text = text.strip(" .,;$~")
    if text.count(")") > text.count("(") and text.endswith(")"):
        text = text[:-1].strip()
    while text[:1] + text[-1:] in ("{}", "()"):
        text = text[1:-1].strip()
    return text


def _modulus_term(text: str, key: AnswerKey) -> Term:
    value = read_tree(text, key)
    if not is_term(value) or free_names(value):
        raise Unreadable(FeedbackCode.UNREAD_PIECE, text=text[:20])
    return value


def _without_membership(value: Value) -> tuple[Value, tuple[str, ...], str]:
    """The value without k in Z, the letters for which that is said, and the set."""
    if isinstance(value, Bracketed) and value.opening in ("{", "{set") and len(value.parts) == 1:
        return _without_membership(value.parts[0])
    if isinstance(value, SetBuilder):
        element = value.element
        if isinstance(element, Comparison) and element.op == "in":
            element = element.left
        rest, letters, domain = _without_membership(value.condition)
        if isinstance(rest, Comparison) and rest.op == "=" and isinstance(element, Sym):
            return rest, letters, domain
        return (element if letters else rest), letters, domain
    if isinstance(value, Comparison) and value.op == "in":
        if isinstance(value.left, Sym) and (domain := _domain_of(value.right)):
            return value, (value.left.name,), domain
        if isinstance(value.right, Bracketed | SetBuilder):
            rest, letters, domain = _without_membership(value.right)
            return _named(value.left, rest), letters, domain
    if not isinstance(value, Logic):
        return value, (), ""
    return _without_memberships(value)


def _without_memberships(value: Logic) -> tuple[Value, tuple[str, ...], str]:
    rest: list[Value] = []
    letters: tuple[str, ...] = ()
    domain = ""
    for part in value.parts:
        inner, names, inner_domain = _without_membership(part)
        letters, domain = letters + names, domain or inner_domain
        if not (isinstance(inner, Comparison) and inner.op == "in" and names):
            rest.append(inner)
    if not rest:
        raise Unreadable(FeedbackCode.UNREAD)
    return (rest[0] if len(rest) == 1 else Logic("or", tuple(rest))), letters, domain


def _domain_of(value: Value) -> str:
    if isinstance(value, NamedSet | Sym) and value.name[:1] in ("Z", "N"):
        return "Z" if value.name == "Z" else "N"
    return ""


def _named(name: Value, value: Value) -> Value:
    return Comparison("=", name, value) if is_term(value) else value


def _branches(value: Value) -> list[NamedTerm]:
    """Raises Unreadable for what is no value, such as an interval."""
    value = expand_plus_minus(value)
    if isinstance(value, Logic | Listing):
        return [branch for part in value.parts for branch in _branches(part)]
    if isinstance(value, Bracketed) and value.opening in ("{", "{set"):
        return [branch for part in value.parts for branch in _branches(part)]
    if isinstance(value, SetOperation) and value.op == "union":
        return [*_branches(value.left), *_branches(value.right)]
    if isinstance(value, Comparison) and value.op in ("=", "!="):
        pair = definition(Comparison("=", value.left, value.right))
        if pair is not None:
            named = _branches(pair[1])
            return [NamedTerm(pair[0], value.op, branch.term) for branch in named]
    if is_term(value):
        return [NamedTerm(None, "=", value)]
    raise Unreadable(FeedbackCode.UNREAD)


# Progressions


def _progressions(family: Family, deadline: Deadline) -> list[Progression]:
    """Raises Undecidable where a branch does not repeat at equal distances."""
    parts: list[Progression] = []
    for branch in family.branches:
        parts += _progressions_of(branch, family, deadline)
    return parts


def _progressions_of(branch: NamedTerm, family: Family, deadline: Deadline) -> list[Progression]:
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
        return [_linear(half, letter, deadline) for half in halves]
    return [_linear(branch.term, letter, deadline)]


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


def _linear(term: Term, letter: Sym, deadline: Deadline) -> Progression:
    """Raises Undecidable where the term is not offset + step * letter."""
    offset: Term = substitute(term, letter, ZERO)
    step = Add((substitute(term, letter, ONE), Neg(offset)))
    if not same_value(term, Add((offset, Mul((step, letter)))), deadline):
        raise Undecidable
    return Progression(offset, None if same_value(step, ZERO, deadline) else step)


def _shown_branch(branch: NamedTerm) -> str:
    value: Value = branch.term
    if branch.name is not None:
        sign = branch.op if branch.modulus is None else "="
        value = Comparison(sign, branch.name, branch.term)
    written = latex(value)
    if branch.modulus is None:
        return written
    return written.replace(" = ", r" \equiv ", 1) + rf" \pmod{{{latex(branch.modulus)}}}"
