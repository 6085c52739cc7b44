"""Reads families of solutions: several branches, each with a letter or a modulus."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tutor.grading.answer_key import AnswerKey
from tutor.grading.feedback import FeedbackCode
from tutor.grading.kinds.reading import fold_connectives, read_tree, split_declaration
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.shapes import definition, expand_plus_minus
from tutor.grading.parsing.tree import (
    Bracketed,
    Call,
    Comparison,
    Listing,
    Logic,
    NamedSet,
    Quantity,
    SetBuilder,
    SetOperation,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
)

MAX_PARTS = 24
_MODULUS = re.compile(r"\\[pb]?mod(?![a-z])|(?<![a-z])mod(?:ulo|ulus)?(?![a-z])|模")
_FRENCH = re.compile(r"\\?\[([^][,;]{1,60})\\?\](?= *(?:$|or|,|;))")  # x = 1 [7]
_ANGLE = r"(\d{0,3} ?\\?pi|\d{2,3} ?\^ ?\{?\\circ ?\}?) ?"
_FRENCH_ANGLE = re.compile(rf"(?<=[\w)}}]) {{0,2}}\\?\[{_ANGLE}\\?\](?= *(?:$|or|,|;))")
_ANGLE_BEHIND = re.compile(rf"(?<=[\w)}}]) {{0,2}}\({_ANGLE}\)(?= *(?:$|or|,|;))")  # x = pi/6 (2pi)
_COUNTER = re.compile(r"(?<![A-Za-z\\])[j-np-wz](?![A-Za-z])")  # k in k(2pi), which is a factor
_TYPED_SET = re.compile(r"\A([^{}|]{0,20}\\in +)\{([^{}|:]*+[|:][^{}]*+)\}\Z")  # in {2k | k in Z}
_SEVERAL = re.compile(r"(?:\bor\b|\\lor\b|\\vee\b|或|;|,)(?=[^,;]{0,80}(?:\\equiv|=|mod))")


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


def read_family(text: PlainText, key: AnswerKey) -> Family:
    """Raises Unreadable."""
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


def _with_moduli(text: str) -> list[tuple[str, str | None]]:
    """The pieces of an answer, each with the text of its modulus."""
    text = (_FRENCH if "=" in text or r"\equiv" in text else _FRENCH_ANGLE).sub(r" mod \1", text)
    if not _COUNTER.search(text):
        text = _ANGLE_BEHIND.sub(r" mod \1", text)
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
    value = _with_degree_sign(read_tree(text, key))
    if not is_term(value) or free_names(value):
        raise Unreadable(FeedbackCode.UNREAD_PIECE, text=text[:20])
    return value


def _with_degree_sign(value: Value) -> Value:
    """360° as a term, of which the degree sign is a part and no unit."""
    if isinstance(value, Quantity) and value.unit in (r"^\circ", "°"):
        return Call("degrees", (value.amount,))
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
    value = expand_plus_minus(_with_degree_sign(value))
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
