"""A response and its key with the same letters, where both mean the same."""

from __future__ import annotations

import re

from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.names import split_word
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Const,
    Mul,
    Num,
    Sym,
    Unreadable,
    Value,
    children,
    free_names,
    has_constant,
    is_term,
    rebuild,
    substitute,
    walk,
)

_MEMBER = re.compile(r" ?[A-Za-z][a-z] ?=")
_LETTERS_IN_A_ROW = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
_CROSSED = re.compile(r"\d{1,9}(?: ?x ?\d{1,9}){1,30}")
_WRITTEN_SMALL = frozenset("xyztn")
_NUMBERED_LETTER = re.compile(r"[A-Za-z]\d")


def with_subscripts(text: PlainText, right: Value) -> PlainText:
    """v_0 for v0, where the key has a v_0, and a_n for an, where it has members of a sequence."""
    for part in walk(right) if _MEMBER.match(text) else ():
        if isinstance(part, Call) and len(part.name) == 2 and part.name.endswith("_"):
            member = rf"\A ?{part.name[0]}([a-z])(?= ?=)"  # an = 3n - 1
            text = PlainText(re.sub(member, rf"{part.name}\1 ", text))
    if not _NUMBERED_LETTER.search(text):
        return text
    for name in free_names(right):
        stem, _, index = name.partition("_")
        if index.isdigit() and len(stem) == 1:
            before = "" if "\\" in text or len(stem) > 1 else r"(?<=[A-Za-z\d])|"
            pattern = rf"(?:{before}(?<![A-Za-z\\])){stem}{index}(?![\d.])"
            text = PlainText(re.sub(pattern, name + " ", text))
    return text


def with_products(text: PlainText, right: Value) -> PlainText:
    """m l for ml, and m u for mu, where these letters are those of the key."""
    letters = {name for name in free_names(right) if len(name) == 1}
    if len(letters) < 2:
        return text

    def apart(run: re.Match[str]) -> str:
        return " ".join(run[0]) if letters.issuperset(run[0]) else run[0]

    return PlainText(_LETTERS_IN_A_ROW.sub(apart, text))


def with_crosses(text: PlainText, right: Value) -> PlainText:
    """2*2*3 for 2x2x3, where the key has no x."""
    is_product = _CROSSED.fullmatch(text.strip()) and "x" not in free_names(right)
    return PlainText(text.replace("x", "*")) if is_product else text


def require_known_words(text: PlainText) -> None:
    """Raises Unreadable where letters in a row are no name, as in 5 en 36."""
    for word in _LETTERS_IN_A_ROW.findall(text):
        pieces = split_word(word)
        if pieces and len(pieces) > 1 and all(len(piece) == 1 for piece in pieces):
            raise Unreadable(FeedbackCode.UNREAD_WORD, text=word)


def with_usual_case(right: Value, given: Value) -> Value:
    """The response with x for X, as phones write it at the start, where the key has no X."""
    names = free_names(right)
    for name in free_names(given) - names:
        if (small := name.lower()) in names & _WRITTEN_SMALL:
            given = substitute(given, Sym(name), Sym(small))
    return given


def require_case(text: PlainText, right: Value, given: Value) -> None:
    """Raises Unreadable where A was written for the only letter a, or Q = 2P for q = 2p."""
    names, others = free_names(right), free_names(given)
    is_typed_in_capitals = isinstance(right, Comparison) and names == {
        other.lower() for other in others if other.isupper()
    }
    if (
        names == others
        or len(names) != len(others)
        or not (len(names) == 1 or is_typed_in_capitals)
    ):
        return
    meant = {name.lower(): name for name in names}
    if meant.keys() == {other.lower() for other in others}:
        for other in others:
            text = PlainText(text.replace(other, meant[other.lower()]))
        raise Unreadable(FeedbackCode.OTHER_CASE, text=text)


def with_same_names(right: Value, given: Value) -> tuple[Value, Value]:
    """Both with g(h+x) as a product where one of them has g as a quantity."""
    right, given = _with_letters(right, given)
    names, others = free_names(right), free_names(given)
    if names != others:
        right, given = _with_same_letters(right, given, names ^ others)
    called = _called(right, given)
    if called:
        quantities = called & (names | others) - _functions(right)
        for name in quantities:
            right, given = _as_product(right, name), _as_product(given, name)
    return right, given


def _with_letters(right: Value, given: Value) -> tuple[Value, Value]:
    """Both with I as a letter, where one of them says what I is, as in I = U/R."""
    of_one = _letters_in(right) ^ _letters_in(given)
    for letter in ("I", "i", "e"):
        if letter in of_one:
            constant, name = Const(letter.lower()), Sym(letter)
            right, given = (substitute(value, constant, name) for value in (right, given))
    return right, given


def _letters_in(value: Value) -> set[str]:
    return {part.name for part in walk(value) if isinstance(part, Sym)}


def _with_same_letters(right: Value, given: Value, names: frozenset[str]) -> tuple[Value, Value]:
    """Both with a plain a for a vector a, where only one of them has an arrow or bold letters.

    names: those that are in one of the two.
    """
    for name in names:
        if not name.startswith("bold "):
            continue
        letter = name.removeprefix("bold ")
        plain = Const("i") if letter == "i" else Sym(letter)
        right, given = (substitute(value, Sym(name), plain) for value in (right, given))
    return right, given


def with_imaginary_unit(right: Value, given: Value) -> Value:
    """The response with i for j, as engineers write it, where the key has i and no j."""
    is_meant = has_constant(right, "i") and "j" not in free_names(right)
    return substitute(given, Sym("j"), Const("i")) if is_meant else given


def _called(*values: Value) -> frozenset[str]:
    """The names of one letter that are written as functions."""
    names: set[str] = set()
    for value in values:
        for part in walk(value):
            if isinstance(part, Call) and len(part.name) == 1 and len(part.args) == 1:
                names.add(part.name)
    return frozenset(names)


def _functions(value: Value) -> frozenset[str]:
    """Those that can be nothing else: nobody writes g(x) for g times x."""
    calls = (part for part in walk(value) if isinstance(part, Call) and len(part.args) == 1)
    return frozenset(call.name for call in calls if isinstance(call.args[0], Sym | Num))


def _as_product(value: Value, name: str) -> Value:
    if children(value):
        value = rebuild(value, lambda part: _as_product(part, name))
    if isinstance(value, Call) and value.name == name and is_term(value.args[0]):
        return Mul((Sym(name), value.args[0]))
    return value
