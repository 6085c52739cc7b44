"""Lines that only state a value, from which a check would tell whether that is the right one.

Whether a line is one is seen from its form alone, before anything is judged: what is said of such
lines must not depend on whether they are true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tutor.grading.numeric.polynomials import quotient
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.shapes import definition, is_name
from tutor.grading.parsing.tree import (
    Add,
    Div,
    Fold,
    Logic,
    Mul,
    Neg,
    Num,
    Pow,
    Quantity,
    Sym,
    Term,
    Unreadable,
    Value,
    Words,
    free_names,
    is_term,
    replace,
    walk,
)
from tutor.grading.parsing.tree import Relation as Comparison
from tutor.grading.prose.claims import cut_claims
from tutor.grading.prose.formulas import Piece, chain_of
from tutor.grading.steps.equation_side import read_side

_MAX_NUMBERS = 3  # in a value that is no calculation: 3/4, 2√3, whose index is a number too
_MAX_PIECES = 400  # of a line that is looked at
_SAMPLE = tuple(Fraction(n, 7) for n in (3, 11, 19, 37, 58))  # for letters that stand for nothing
_INEQUALITIES = {"<", "<=", ">", ">="}
_ARROWS = ("=>", "⇒", "⟹", "<=>", "⇔", "→", "->", "\\Right", "\\Leftright", "\\iff", "\\implies")


def before_value(lines: Sequence[str], statement: str) -> int:
    """How many lines stand before the first from whose mark a value could be read.

    Those after it may rest on it, and would tell what is not said of it. A single line is compared
    with the statement alone, and so is as good as an answer, unless it only repeats it.
    """
    stated = _Statement.by(statement)
    if len(lines) == 1:
        return int(stated.repeats(lines[0]))
    return next((n for n, line in enumerate(lines) if stated.tells(line)), len(lines))


@dataclass(frozen=True)
class _Statement:
    """The formulas of a statement."""

    formulas: tuple[Value, ...]

    @classmethod
    def by(cls, statement: str) -> _Statement:
        texts = (statement[chain.start : chain.end] for chain in cut_claims(statement))
        return cls(tuple(value for text in texts if (value := _read(text)) is not None))

    @property
    def letters(self) -> frozenset[str]:
        pieces = [piece for value in self.formulas for piece in walk(value)]
        integrated = {one.name for one in pieces if isinstance(one, Fold) and one.high is None}
        return frozenset[str](integrated).union(*map(free_names, self.formulas))

    def repeats(self, line: str) -> bool:
        value = _read(line)
        return not _is_calculation(line) if value is None else value in self.formulas

    def tells(self, line: str) -> bool:
        """Also where it cannot be told cheaply. Words and what cannot be read are not checked."""
        try:
            if self.repeats(line):
                return False
            return _read(line) is None or any(map(self._tells, _formulas(line)))
        except RecursionError:
            return True

    def _tells(self, value: Value) -> bool:
        if sum(1 for _ in walk(value)) > _MAX_PIECES:
            return True
        match value:
            case Logic("and", parts):
                return any(map(self._tells, parts))
            case Comparison(op, left, right) if is_term(left) and is_term(right):
                return self._compares(op, *_without_common(left, right))
        return not is_term(value) or not _letters(value)

    def _compares(self, op: str, left: Term, right: Term) -> bool:
        sides = [(left, _letters(left)), (right, _letters(right))]
        ours = sides[0][1] | sides[1][1]
        if not ours or op not in {"=", *_INEQUALITIES} or self._brings_in(left, right, ours):
            return True
        alone = [side for side, letters in sides if letters]
        if len(ours) > 1 or len(alone) > 1:
            return False
        return self._fixes(op, alone[0], *ours)

    def _brings_in(self, left: Term, right: Term, ours: frozenset[str]) -> bool:
        """Whether letters that nobody asked about stand among the others, where they cancel.

        u = x^2 gives a name, and x^3 + C has a constant.
        """
        new = ours - self.letters
        if not new or not self.formulas:
            return False
        if not self.letters:
            return True
        is_named = is_name(left) or is_name(right)
        added = {part.name for part in (*_parts(left), *_parts(right)) if isinstance(part, Sym)}
        return bool(ours - new) and not is_named and not new <= added

    def _fixes(self, op: str, side: Term, name: str) -> bool:
        """Whether a side in one letter, against a constant, leaves no work: x - 1, |x|, x^2.

        3x = 12 has still to be divided where that is the problem, and x^2 - 2x = 15 to be solved.
        """
        found = quotient(side, name)
        if found is None:
            return True  # it may be: √2 + x - x
        if found.bottom.degree() == 0:
            powers = [n for n in range(1, found.top.degree() + 1) if found.top[n]]
            if powers == [1]:
                is_alone = abs(found.top[1]) == abs(found.bottom[0])
                return is_alone or not self._is_linear(name) or self._is_new_kind(op)
            if len(powers) == 1:
                return True
        if self._is_new_kind(op):
            return True
        is_once = sum(part == Sym(name) for part in walk(side)) == 1
        return is_once or _is_in_factors(side, name)

    def _is_new_kind(self, op: str) -> bool:
        """Whether this is an inequality, and the statement has none."""
        asked = (part for value in self.formulas for part in walk(value))
        return op in _INEQUALITIES and not any(map(_is_inequality, asked))

    def _is_linear(self, name: str) -> bool:
        """Whether the equations in the letter that are stated, if there are any, are linear."""
        asked = [one for one in self.formulas if isinstance(one, Comparison)]
        return all(_degree(one, name) == 1 for one in asked if name in free_names(one))


def _degree(value: Comparison, name: str) -> int | None:
    """None where the two sides are no polynomials in this letter alone."""
    if not (is_term(value.left) and is_term(value.right)):
        return None
    found = quotient(Add((value.left, Neg(value.right))), name)
    if found is None or found.bottom.degree() > 0:
        return None
    return int(found.top.degree())


def _read(text: str) -> Value | None:
    """None for words, and for what is not read as a whole."""
    try:
        value = read_answer(text)
    except (Unreadable, RecursionError):
        return None
    return None if isinstance(value, Words) else value


def _is_calculation(line: str) -> bool:
    """Whether all sides are read though the whole is not: 3 cm + 4 cm = 7 cm in all."""
    chain = chain_of(Piece(line, 0))
    if chain is None or len(chain.sides) == 1:
        return False
    try:
        return all(read_side(side.text).term is not None for side in chain.sides if side.text)
    except (Unreadable, RecursionError):
        return False


def _formulas(line: str) -> Iterator[Value]:
    """What a line claims: a = b = c is each side with the next."""
    if any(arrow in line for arrow in _ARROWS):
        yield Logic("or", ())  # several lines in one
        return
    chain = chain_of(Piece(line, 0))
    sides = [_read(side.text) for side in chain.sides if side.text] if chain else []
    if chain and len(chain.operators) > 1 and len(sides) > 1:
        operators = chain.operators[1 - len(sides) :]
        for op, left, right in zip(operators, sides, sides[1:], strict=False):
            if left is not None and right is not None:
                yield Comparison(op, left, right)
    if (value := _read(line)) is not None:
        yield value


def _letters(term: Term) -> frozenset[str]:
    """Those on which its value depends: y in 3 + y - y is none, nor is x in 0x."""
    names = free_names(term)
    return frozenset(name for name in names if not _cancels(term, name, names - {name}))


def _cancels(term: Term, name: str, others: Iterable[str]) -> bool:
    for number, other in enumerate(sorted(others)):
        term = replace(term, Sym(other), Num(_SAMPLE[number % len(_SAMPLE)]))
    found = quotient(term, name)
    return found is not None and found.top * found.bottom[0] == found.bottom * found.top[0]


def _without_common(left: Term, right: Term) -> tuple[Term, Term]:
    """Without what is added on both sides: x of x + 5 = x + y."""
    ours, theirs = list(_parts(left)), list(_parts(right))
    for part in tuple(ours):
        if len(ours) + len(theirs) > 2 and part in theirs:
            ours.remove(part)
            theirs.remove(part)
    return _sum(ours), _sum(theirs)


def _parts(term: Term) -> tuple[Term, ...]:
    return term.parts if isinstance(term, Add) else (term,)


def _sum(parts: Sequence[Term]) -> Term:
    return parts[0] if len(parts) == 1 else Add(tuple(parts)) if parts else Num(Fraction(0))


def _is_in_factors(side: Term, name: str) -> bool:
    """Whether it is a product whose zeros one reads off: (x - 2)(x + 1)."""
    match side:
        case Neg(part) | Div(part, _) | Pow(part, _):
            return isinstance(side, Pow) or _is_in_factors(part, name)
        case Mul(parts):
            return sum(name in free_names(part) for part in parts) > 1 or any(
                _is_in_factors(part, name) for part in parts
            )
    return False


def _is_inequality(value: Value) -> bool:
    return isinstance(value, Comparison) and value.op in _INEQUALITIES


def is_bare_value(text: str) -> bool:
    """Whether a text is a value, perhaps with a name before it, or several: 3, x = 6/2, {1, 2}."""
    try:
        return _is_bare(read_answer(text))
    except (Unreadable, RecursionError):
        return False


def _is_bare(value: Value) -> bool:
    if named := definition(value):
        return not free_names(named[1])
    if isinstance(value, Logic):
        return all(map(_is_bare, value.parts))
    if isinstance(value, Quantity):
        return _is_bare(value.amount)
    if free_names(value) or isinstance(value, Comparison | Words):
        return False
    return not is_term(value) or _is_plain(value)


def _is_plain(value: Value) -> bool:
    pieces = list(walk(value))
    numbers = sum(isinstance(piece, Num) for piece in pieces)
    return numbers <= _MAX_NUMBERS and not any(isinstance(piece, Add) for piece in pieces)
