"""Does a quantity come to what is expected, or to what a usual mistake makes of it?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations

from tutor.grading.numeric.equivalence import same_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Const,
    Div,
    Matrix,
    Mul,
    Neg,
    Num,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import WorkBudget
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
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.steps.matrices import equal_entries, evaluate, has_matrix
from tutor.grading.steps.rounding import compare_numbers
from tutor.grading.working.knowledge.expected import ExpectedQuantity
from tutor.grading.working.knowledge.geometry import FIGURES

MAX_LETTERS = 5  # of a formula whose letters a working may have renamed
_INTERCEPTS = frozenset("bcntqdpk")  # letters for what a line has yet to get
_VARIABLES = frozenset("xyz")
MIN_LETTERS_OF_WORD = 3  # in the words before a value, such as mean

# What a letter of a working never stands for: d is a diameter, and no radius, v is no acceleration.
_OTHER_MEANINGS = {"d": "r", "D": "r", "h": "rs", "r": "h", "v": "at", "t": "asv", "m": "v"}
_LATER_MEMBER = re.compile(r"[a-z]_\{?(?!1\}?$)[1-9]\d{0,2}\}?")  # of a sequence
_SEGMENT = re.compile(r"(?<![A-Za-z\\])([A-OQ-Z])_\{([A-Z])\}")
_INDEX = re.compile(r"_\w{1,12}$")
_UNKNOWN = unchecked(ClaimRelation.EVALUATE)
_BESIDE_NAMES = frozenset(  # words that leave a name its meaning
    word
    for words in (
        "new its the a an asked required wanted perp perpendicular parallel of line lines straight",
        "neue neuer gesuchte die der den das senkrechten senkrechte parallelen parallele geraden",
        "la le les nouvelle droite perpendiculaire parallèle pour recta nueva paralela 新 的 直线",
    )
    for word in words.split()
)


@dataclass(frozen=True)
class ExpectationJudge:
    expected: tuple[ExpectedQuantity, ...]

    def knows(self, name: str) -> bool:
        """Whether the value of a quantity of this name is expected."""
        return any(_is_called(name, q) and q.value is not None for q in self.expected)

    def says_only(self, words: str) -> bool:
        """Whether words are a name of a quantity and nothing that could turn what they say."""
        plain = words.casefold()
        tokens = set(plain.split()) - _BESIDE_NAMES
        names = {plain} if len(tokens) > 1 else tokens  # average speed
        return bool(tokens) and any(names <= quantity.names for quantity in self.expected)

    def judge(self, name: str, side: EquationSide, budget: WorkBudget) -> ClaimResult:
        """`name` = side, where the name is a letter or words. Raises WorkBudgetSpent."""
        if side.term is None:
            return _UNKNOWN
        called = [_of_whole(name, q) for q in self.expected if _is_called(name, q)]
        candidates = _of_figure(name, [q for q in called if q is not None])
        plain = _INDEX.sub("", name)  # A_1 may be one of several areas: not refuted
        also = [q for q in self.expected if plain != name and _is_called(plain, q)]
        for quantity in (*candidates, *also):
            if self._is(quantity.formula, quantity.value, quantity, side, budget):
                return proved(ClaimRelation.EVALUATE)
        if isinstance(side.term, Sym) and len(name) > 1:
            return _UNKNOWN  # edge a only gives it a letter
        for quantity in candidates:
            slips = [
                mistake.slip
                for mistake in quantity.mistakes
                if mistake.may_be(side.term)
                and _has_letters_of(side.term, mistake.formula)
                and self._is(mistake.formula, mistake.value, quantity, side, budget)
            ]
            if slips:
                return _wrong(quantity, side.term, _likeliest(slips, side.term))
            if quantity.is_only and _is_other_number(quantity, side.term, budget):
                return _wrong(quantity, side.term, Slip.NONE)
            if _has_other_unit(quantity, side, budget):
                return _wrong(quantity, side.term, Slip.UNIT_CONVERSION)
        return _UNKNOWN

    def judge_equation(self, equation: Comparison, budget: WorkBudget) -> ClaimResult:
        """An equation in one unknown, which its expected value fulfils. Raises WorkBudgetSpent."""
        names = free_names(equation)
        left, right = equation.left, equation.right
        if equation.op != "=" or not is_term(left) or not is_term(right):
            return _UNKNOWN
        if len(names) > 1:
            curve = self._judge_curve(equation, names, budget)
            return curve if curve.is_decided else self._with_values(equation, names, budget)
        if not names:
            return _UNKNOWN
        [name] = names
        candidates = [q for q in self.expected if name in q.names and q.value is not None]
        for quantity in candidates:
            if _fulfils(equation, name, quantity.value, budget):
                return proved(ClaimRelation.EVALUATE)
        for quantity in candidates:
            for mistake in quantity.mistakes:
                if _fulfils(equation, name, mistake.value, budget):
                    texts = [latex(side) for side in (right, left)]
                    value = latex(quantity.value) if quantity.value is not None else ""
                    witness = Witness({name: value}, texts[1], texts[0])
                    return refuted(ClaimRelation.IMPLIES, witness, mistake.slip)
        return _UNKNOWN

    def _judge_curve(
        self, equation: Comparison, names: frozenset[str], budget: WorkBudget
    ) -> ClaimResult:
        """y - 9 = 6(x - 3), which y = 6x - 9 fulfils, and y = 6x + b, which fits it for some b."""
        curves = [q for q in self.expected if q.value is not None and free_names(q.value)]
        for quantity in curves:
            if _fits(equation, names, quantity, quantity.value, budget):
                return proved(ClaimRelation.EVALUATE)
        for quantity in curves:
            for mistake in quantity.mistakes:
                if _fits(equation, names, quantity, mistake.value, budget):
                    witness = Witness({}, latex(equation.left), latex(equation.right))
                    return refuted(ClaimRelation.IMPLIES, witness, mistake.slip)
        return _UNKNOWN

    def _with_values(
        self, equation: Comparison, names: frozenset[str], budget: WorkBudget
    ) -> ClaimResult:
        """a_7 - a_3 = 4d, which the numbers of all its letters fulfil."""
        value: Value = equation
        for name in names:
            values = {q.value for q in self.expected if name in q.names and q.value is not None}
            if not values:
                continue  # a parameter, such as k in b² - 4ac = k² - 784
            if len(values) != 1:
                return _UNKNOWN
            value = substitute(value, Sym(name), values.pop())
        assert isinstance(value, Comparison)  # noqa: S101 - it was one before
        assert is_term(value.left)  # noqa: S101 - terms put into a term make a term
        assert is_term(value.right)  # noqa: S101
        holds = same_value(value.left, value.right, budget).equal
        return proved(ClaimRelation.SUBSTITUTE) if holds else _UNKNOWN

    def _is(
        self,
        formula: Term | None,
        value: Term | None,
        quantity: ExpectedQuantity,
        side: EquationSide,
        budget: WorkBudget,
    ) -> bool:
        assert side.term is not None  # noqa: S101 - `judge` asks
        if isinstance(value, Matrix) or has_matrix(side.term):
            return value is not None and _is_matrix(value, side.term, budget)
        if names := free_names(side.term):
            if value is not None and free_names(value) == names:
                return same_value(value, side.term, budget).equal is True
            return formula is not None and is_renamed(formula, side.term, budget)
        if value is None:
            return False
        return any(_comes_to(value, reading, budget) for reading in _readings(side, quantity))


def _has_letters_of(term: Term, formula: Term | None) -> bool:
    """Whether x is no other name for a letter of a wrong formula: x + b is not a + b."""
    return formula is None or not (free_names(term) - free_names(formula)) & _VARIABLES


def _likeliest(slips: Sequence[Slip], term: Term) -> Slip:
    """π·6·10 has a radius doubled for squared; 2·π·3·10 comes from another formula."""
    if Slip.DOUBLED_FOR_SQUARED in slips and not free_names(term):
        has_two = any(isinstance(part, Num) and part.value == 2 for part in walk(term))
        others = [slip for slip in slips if slip != Slip.DOUBLED_FOR_SQUARED]
        if has_two and others:
            return others[0]
        return Slip.DOUBLED_FOR_SQUARED
    return Slip.SQUARE_FORGOTTEN if Slip.SQUARE_FORGOTTEN in slips else slips[0]


def _of_whole(name: str, quantity: ExpectedQuantity) -> ExpectedQuantity | None:
    """The area of the whole disc, twice that of its half; None for its other quantities."""
    half = FIGURES["semicircle"]
    if quantity.figure != half or half.search(name) or not FIGURES["circle"].search(name):
        return quantity
    if "area" not in quantity.names:
        return None
    wrong = [
        replace(mistake, formula=_doubled(mistake.formula), value=_doubled(mistake.value))
        for mistake in quantity.mistakes
    ]
    formula, value = _doubled(quantity.formula), _doubled(quantity.value)
    return replace(quantity, formula=formula, value=value, mistakes=tuple(wrong), figure=None)


def _doubled(term: Term | None) -> Term | None:
    return None if term is None else Mul((Num(Fraction(2)), term))


def _of_figure(name: str, quantities: list[ExpectedQuantity]) -> list[ExpectedQuantity]:
    """Without those of other figures than the one in the name: area of the triangle."""
    if not any(q.figure and q.figure.search(name) for q in quantities):
        return quantities
    return [q for q in quantities if q.figure is None or q.figure.search(name)]


def _is_called(name: str, quantity: ExpectedQuantity) -> bool:
    if name in quantity.names:
        return True
    words = name.casefold().split()
    whole = " ".join(words)
    return any(
        (
            len(other) >= MIN_LETTERS_OF_WORD
            and (other in words or (other in whole and " " in other))
        )
        or (len(other) >= 2 and "\u4e00" <= other[0] <= "\u9fff" and other in whole)
        for other in quantity.names
    )


def _is_other_number(quantity: ExpectedQuantity, term: Term, budget: WorkBudget) -> bool:
    """Whether a calculation with exact numbers is proven to give another one."""
    if quantity.value is None or free_names(term) or free_names(quantity.value):
        return False
    parts = list(walk(term))
    is_rounded = any(isinstance(part, Num) and "." in part.text for part in parts)
    is_called = any(isinstance(part, Call) for part in parts)  # m = y'(3)
    return (
        not is_rounded and not is_called and same_value(quantity.value, term, budget).equal is False
    )


def _has_other_unit(quantity: ExpectedQuantity, side: EquationSide, budget: WorkBudget) -> bool:
    """80 m/s, where 80 km/h is right."""
    is_same_kind = side.unit.dimension == quantity.unit.dimension != ()
    if not is_same_kind or side.unit.factor == quantity.unit.factor:
        return False
    value, term = quantity.value, side.term
    return value is not None and term is not None and same_value(value, term, budget).equal is True


def _readings(side: EquationSide, quantity: ExpectedQuantity) -> Iterator[EquationSide]:
    """The side in the unit of the expected value, and its bare number."""
    unit = side.unit
    if unit.dimension and unit.dimension == quantity.unit.dimension:
        factor = unit.factor / quantity.unit.factor
        if factor != 1 and side.term is not None:
            yield replace(side, term=Mul((side.term, Num(factor))))
            return
    yield side


def _is_matrix(value: Term, term: Term, budget: WorkBudget) -> bool:
    expected, written = evaluate(value, {}), evaluate(term, {})
    if expected is None or written is None:
        return False
    return equal_entries(expected, written, budget) is True


def _comes_to(value: Term, side: EquationSide, budget: WorkBudget) -> bool:
    assert side.term is not None  # noqa: S101 - `judge` asks
    term = side.term
    if isinstance(term, Call) and term.name == "degrees":
        value, term = in_degrees(value), term.args[0]
    plain = EquationSide("", term, percent=side.percent)
    result = compare_numbers(EquationSide("", value), plain, "=", budget, {})
    return result.verdict == StepVerdict.PROVED


def in_degrees(radians: Term) -> Term:
    """The number of degrees."""
    return Div(Mul((radians, Num(Fraction(180)))), Const("pi"))


def _fits(
    equation: Comparison,
    names: frozenset[str],
    quantity: ExpectedQuantity,
    value: Term | None,
    budget: WorkBudget,
) -> bool:
    """Whether the curve fulfils the equation, or does for some number in place of b, c, n, …"""
    if value is None:
        return False
    variables = free_names(value)
    for name in quantity.names & names - variables:
        others = names - variables - {name}
        if not variables <= names or len(variables) > 1:
            continue
        if not others:
            return _fulfils(equation, name, value, budget)
        if len(others) == 1 and others <= _INTERCEPTS:
            left, right = (
                substitute(side, Sym(name), value) for side in (equation.left, equation.right)
            )
            [variable] = variables
            at = [
                substitute(Add((left, Neg(right))), Sym(variable), Num(Fraction(number)))
                for number in (0, 1, 3)
            ]
            return all(same_value(at[0], other, budget).equal is True for other in at[1:])
    return False


def _fulfils(equation: Comparison, name: str, value: Term | None, budget: WorkBudget) -> bool:
    if value is None:
        return False
    left, right = (substitute(side, Sym(name), value) for side in (equation.left, equation.right))
    return same_value(left, right, budget).equal is True


def is_renamed(formula: Term, term: Term, budget: WorkBudget) -> bool:
    """Whether the term is the formula, perhaps with other letters.

    Letters that both have keep their meaning, so that t/s is not s/t.
    """
    names = free_names(formula), free_names(term)
    common = names[0] & names[1]
    letters, others = (sorted(part - common) for part in names)
    if len(letters) != len(others) or len(names[0]) > MAX_LETTERS:
        return False
    if any(map(_LATER_MEMBER.fullmatch, others)):
        return False  # a_2·r^4 for a_1·r^4
    fresh = [f"{name}\x00" for name in others]
    apart = _renamed(term, others, fresh)
    for order in permutations(others):
        budget.check()
        pairs = tuple(zip(letters, order, strict=True))
        if any(letter in _OTHER_MEANINGS.get(own, "") for letter, own in pairs):
            continue
        names_apart = [f"{own}\x00" for own in order]
        if same_value(_renamed(formula, letters, names_apart), apart, budget).equal:
            return True
    return False


def _renamed(term: Term, old: Sequence[str], new: Iterable[str]) -> Term:
    for before, after in zip(old, new, strict=True):
        term = substitute(term, Sym(before), Sym(after))
    return term


def _wrong(quantity: ExpectedQuantity, term: Term, slip: Slip) -> ClaimResult:
    has_formula = free_names(term) and quantity.formula is not None
    right = quantity.formula if has_formula else quantity.value
    texts = [_shown(part) if part is not None else "" for part in (right, term)]
    return refuted(ClaimRelation.EVALUATE, Witness({}, texts[1], texts[0]), slip)


def _shown(term: Term) -> str:
    """AB², where the segment is read as A_B."""
    return _SEGMENT.sub(r"\1\2", latex(term))
