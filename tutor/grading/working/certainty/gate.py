"""The one gate that every refutation passes.

A contradiction shows that a statement is wrong only if the statement was read whole, if it is
claimed to hold, if its letters mean what they meant before, and if what it contradicts is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import permutations

from flint import arb

from tutor.grading.parsing.shapes import alternatives
from tutor.grading.parsing.tree import (
    ZERO,
    Call,
    Comparison,
    Div,
    Mul,
    Num,
    Pow,
    Sym,
    Unreadable,
    Value,
    free_names,
    walk,
)
from tutor.grading.parsing.units import NO_UNIT
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import zeros_near
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    FailingStatement,
    Slip,
    Witness,
)
from tutor.grading.steps.equation_slips import is_equivalent
from tutor.grading.steps.statements import comparisons, is_solved
from tutor.grading.steps.witnesses import failing_at
from tutor.grading.working.certainty.doubt import Doubt
from tutor.grading.working.certainty.half_read import has_own_point, is_case, is_doubtful
from tutor.grading.working.certainty.line_scope import LineScope
from tutor.grading.working.certainty.remainders import is_other_remainder
from tutor.grading.working.claim_reader import Claim
from tutor.grading.working.facts import STATEMENT, Fact
from tutor.grading.working.judges.contradiction_judge import agrees
from tutor.grading.working.judges.following import has_inequality
from tutor.grading.working.progress import Progress
from tutor.grading.working.reading import ReadLine, Statement

_TRIGONOMETRIC = frozenset(["sin", "cos", "tan", "cot", "arcsin", "arccos", "arctan"])
_BY_FACTS = frozenset(
    [
        ClaimRelation.EQUIVALENT,
        ClaimRelation.IMPLIES,
        ClaimRelation.SOLVE,
        ClaimRelation.SUBSTITUTE,
    ]
)
MAX_RADIANS = 7  # a greater number is one of degrees, probably
ROUNDED_SHARE = 0.005  # of two values that may be one, rounded
_ALONE = r"(?<![\w)²³⁴+*·/^-])(?<![+*·/^-]\s)"  # not the x of x² - 5x = 0
_BOUNDS = ("<", ">", "≤", "≥")  # of P' > 0 before, < 0 after
_RATIO = re.compile(r"\d{1,9}(?:\.\d{1,9})?\s?:\s?\d{1,9}(?:\.\d{1,9})?")
_INTEGRAL = re.compile(r"∫|\\int(?![a-z])|(?<![A-Za-z])int(?:egral)?(?![a-z])", re.IGNORECASE)
_PRODUCTS = re.compile(r"\d\s?[*·×]\s?\d{1,9}\s?:\s?\d{1,9}\s?[*·×]\s?\d")  # 3·12 : 4·12
_INDEXED = re.compile(r"(?<![A-Za-z\\])([a-z])_?\{?([1-9₁-₉])\}?\s?=")
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}:[0-5]\d(?!\d)")


@dataclass
class RefutationGate:
    """texts, lines: all of the working.

    knows_words: whether the result is about the very words beside the statement.
    """

    progress: Progress
    texts: Sequence[str]
    lines: Sequence[ReadLine]
    scope: LineScope = field(default_factory=lambda: LineScope.of(""))
    text: str = ""
    knows_words: bool = False

    def enter(self, text: str) -> None:
        """Go on to the next line."""
        self.text = text
        self.scope = LineScope.of(text)
        self.progress.has_case = self.progress.has_case or self.opens_case

    @property
    def opens_case(self) -> bool:
        return self.scope.opens_case or is_case(self.text)

    def reads_surely(self, statement: Statement) -> bool:
        """Whether the statement was read whole and is claimed to hold."""
        is_free = not statement.supposed and not self.progress.has_case
        return is_free and self._doubt_in_words(statement) is None

    def doubt(
        self, statement: Statement, claim: Claim, result: ClaimResult, budget: WorkBudget
    ) -> Doubt | None:
        """Why this refutation is not certain; None where it is."""
        value = _equation(claim)
        is_of_numbers = value is not None and not free_names(value)
        by_words = self._doubt_in_words(
            statement,
            is_of_numbers=is_of_numbers,
            names_behind=_is_telltale(result) and not claim.names,
        )
        if by_words is not None and not self.knows_words:
            return by_words
        if result.slip == Slip.LOST_ROOT and self.told_root_before(result.witness):
            return Doubt.CHOICE
        if self.progress.facts.task.is_story and _counts_parts(claim.terms):
            return Doubt.MEANING
        if _RATIO.fullmatch(statement.text.strip()) and _PRODUCTS.search(self._line_before):
            return Doubt.MEANING
        if "[" in statement.text and _INTEGRAL.search(self._line_before):
            return Doubt.MEANING  # π [e^(2x)/2], with its bounds in mind
        link = _first_link(claim) if result.relation in _BY_FACTS else None
        if link is not None and _is_near(link, self.progress.facts.facts, budget):
            return Doubt.ROUNDED
        if value is None:
            return None
        if is_of_numbers and self._is_denied():
            return Doubt.SCOPE
        is_root = result.slip == Slip.LOST_ROOT
        is_told = self._tells_lost_root(statement, result.witness)
        if is_root and (is_told or self.scope.is_described(statement)):
            return Doubt.CHOICE
        if self._is_of_other_index(statement, result):
            return Doubt.CHOICE
        if self._is_number_of_story(statement, claim, value) or self._is_share(claim):
            return Doubt.MEANING
        about = [f for f in self.progress.facts.facts if f.names & free_names(value)]
        if result.relation == ClaimRelation.SUBSTITUTE:
            put_in = free_names(value).union(*(fact.names for fact in about))
            about = [f for f in self.progress.facts.facts if f.names & put_in]
        if _is_condition(value, result, self.progress):
            return Doubt.CONDITION
        if result.slip != Slip.DEGREES_RADIANS and _has_plain_angle(value, about):
            return Doubt.ANGLE
        if result.relation not in _BY_FACTS:
            return None
        return self._doubt_of_premise(statement, value, about, result, budget)

    def _tells_lost_root(self, statement: Statement, witness: Witness | None) -> bool:
        """d = 2 (d = -2 only swaps the two)"""
        name = statement.text.partition("=")[0].strip()
        if witness is None or name not in witness.values:
            return False
        after = self.text[statement.start + len(statement.text) :].replace("−", "-")
        told = re.findall(rf"\b{re.escape(name)}\s?=\s?(±|[-+]?\d+)", after)
        root = witness.values[name]
        return any(text == "±" or re.match(rf"{re.escape(text)}(?!\d)", root) for text in told)

    def told_root_before(self, witness: Witness | None) -> bool:
        """x1 = 0 two lines before x2/3 = 2 ± 1."""
        before = "\n".join(self.texts[: self.progress.line]).replace("−", "-")
        return witness is not None and any(
            re.search(
                rf"{_ALONE}{re.escape(name)}_?[1-9₁-₉]?\s?=\s?{re.escape(root)}(?![\d.,/])",
                before,
            )
            for name, root in witness.values.items()
        )

    @property
    def _line_before(self) -> str:
        return self.texts[self.progress.line - 1] if self.progress.line else ""

    def _is_of_other_index(self, statement: Statement, result: ClaimResult) -> bool:
        """x2 = -1 after x1 = 3, and no equation that it contradicts: values of two points."""
        named, witness = _INDEXED.match(statement.text), result.witness
        if any(len(free_names(stated)) == 1 for stated in self.progress.facts.task.equations):
            return False
        if named is None or result.relation != ClaimRelation.SOLVE or witness is None:
            return False
        before = "\n".join((*self.texts[: self.progress.line], self.text[: statement.start]))
        others = {index for name, index in _INDEXED.findall(before) if name == named[1]}
        return not witness.values and bool(others - {named[2]})

    def _is_number_of_story(self, statement: Statement, claim: Claim, value: Value) -> bool:
        """1120 below "3 years 120": another quantity, perhaps."""
        task = self.progress.facts.task
        is_story = bool(task.text) and not task.expressions
        is_bare = not claim.operators and not statement.words and isinstance(value, Num)
        return is_story and is_bare and any(map(str.isalpha, self._line_before))

    def _is_share(self, claim: Claim) -> bool:
        """3/10 = 18 L and 85% = $68: a share of something, and how much that is."""
        if not self.progress.facts.task.is_story or claim.operators[:1] != ("=",):
            return False
        if all(side.unit != NO_UNIT for side in claim.sides[:2]):
            return False  # 2/3 h = 66 min
        amounts = [side for side in claim.sides[:2] if not _is_part(side.term)]
        return (
            len(amounts) == 1
            and isinstance(amounts[0].term, Num)
            and (amounts[0].unit != NO_UNIT or amounts[0].term.value > 1)
        )

    def _is_denied(self) -> bool:
        """-6 = 1, and the next line says that this cannot be."""
        following = self.progress.line + 1
        return following < len(self.texts) and LineScope.of(self.texts[following]).denies

    def _doubt_in_words(
        self, statement: Statement, *, is_of_numbers: bool = False, names_behind: bool = False
    ) -> Doubt | None:
        is_in_case = self.scope.has_case_head and not statement.supposed
        if is_in_case or self.scope.limits(statement, is_of_numbers=is_of_numbers):
            return Doubt.SCOPE
        is_half_read = (
            is_doubtful(self.text, statement)
            or self.scope.has_unread(statement, names_behind=names_behind)
            or self.scope.is_head(statement)
            or statement.text.startswith(_BOUNDS)
        )
        return Doubt.UNREAD if is_half_read or _has_clock(statement.text) else None

    def _doubt_of_premise(
        self,
        statement: Statement,
        value: Value,
        about: Sequence[Fact],
        result: ClaimResult,
        budget: WorkBudget,
    ) -> Doubt | None:
        if self.progress.has_case:
            return Doubt.SCOPE
        if is_other_remainder(value, self.progress.facts):
            return Doubt.SCOPE
        if statement.words and _defines_letter(value):
            return Doubt.MEANING
        if not all(_is_certain(fact, statement) for fact in about) and not (
            _contradicts_latest(value, about, result, budget)
        ):
            return Doubt.PREMISE
        if self._is_one_of_several(value, budget) or self._takes_range(value, budget):
            return Doubt.CHOICE
        if result.relation == ClaimRelation.SUBSTITUTE and (
            self._holds_somewhere(value, budget) or self._is_on_another(value, budget)
        ):
            return Doubt.CHOICE
        return Doubt.ROUNDED if _is_near(value, about, budget) else None

    def _is_on_another(self, value: Value, budget: WorkBudget) -> bool:
        """y = 4 for x = 2 on y = x², beside y = 4x - 1."""
        names = free_names(value)
        curves = (fact.value for fact in self.progress.facts.facts if names < fact.names)
        known = (self.progress.facts.with_values(curve) for curve in curves)
        is_of_point = has_own_point(self.text, value)
        return is_of_point or any(agrees(value, other, budget) for other in known)

    def _holds_somewhere(self, value: Value, budget: WorkBudget) -> bool:
        """V = 0 for one of the values that x may have."""
        written = self.progress.facts.with_definitions(value)
        names = free_names(written)
        if written == value or len(names) != 1:
            return False
        [name] = names
        known = self.progress.facts.about(names)
        zeros = zeros_near(written, name, budget)
        return any(
            failing_at(fact.value, {name: zero}, budget, FailingStatement.CLAIM) is None
            for zero in zeros
            for fact in known[-1:]
        )

    def _is_one_of_several(self, value: Value, budget: WorkBudget) -> bool:
        """x = 0 for x² = 5x, with x = 5 anywhere else."""
        names = free_names(value)
        stated = [fact.value for fact in self.progress.facts.facts if fact.names == names]
        sources = [known for known in stated if not is_solved(known)][:1]
        if len(names) != 1 or not sources or not agrees(value, sources[0], budget):
            return False
        others = (other for other in self._named_solutions() if free_names(other) == names)
        return any(
            agrees(other, sources[0], budget) and not agrees(other, value, budget)
            for other in others
        )

    def _takes_range(self, value: Value, budget: WorkBudget) -> bool:
        """3x ≥ 6, of 3x + 2 ≥ 8 or 3x + 2 ≤ -8."""
        known = (fact.value for fact in self.progress.facts.about(free_names(value)))
        ranges = [parts for parts in map(alternatives, known) if len(parts) > 1]
        return has_inequality(value) and any(
            is_equivalent(value, part, budget) for parts in ranges for part in parts
        )

    def _named_solutions(self) -> Iterator[Value]:
        for line in self.lines:
            for statement in line.statements:
                with suppress(Unreadable, RecursionError):
                    yield from _solutions(self.progress.read_statement(statement))


def _is_telltale(result: ClaimResult) -> bool:
    """Whether a usual mistake leads to the very numbers, whatever they count."""
    return result.slip == Slip.RUNNING_EQUALS or result.relation == ClaimRelation.EVALUATE


def _is_condition(value: Value, result: ClaimResult, progress: Progress) -> bool:
    """A' = 0, though A' = 80 - 4x: the x is sought for which it holds."""
    if result.relation in _BY_FACTS or not isinstance(value, Comparison) or value.right != ZERO:
        return False
    if result.slip == Slip.EXTREMUM_KIND or value.op in ("<", ">"):
        return False  # minimum at x = 0, cos α > 0
    if isinstance(value.left, Call) and _is_known_value(value.left, progress):
        return False  # F(1) = 0 for F(x) = x² + 1
    return isinstance(value.left, Sym | Call) and bool(progress.facts.names)


def _is_known_value(call: Call, progress: Progress) -> bool:
    """Whether it is a number: the function has no other letters, which could be sought."""
    function = progress.facts.definitions.functions.get(call.name.rstrip("'"))
    is_number = not any(map(free_names, call.args))
    return function is not None and is_number and free_names(function.body) <= {function.variable}


def _is_certain(fact: Fact, statement: Statement) -> bool:
    """Of x = 2: 9 = 3A, A = 2 the second has the condition of the first."""
    return fact.is_certain or (bool(fact.supposed) and fact.supposed == statement.supposed)


def _contradicts_latest(
    value: Value, about: Sequence[Fact], result: ClaimResult, budget: WorkBudget
) -> bool:
    """(x - 7)(x + 2) = 0 right behind x² + 5x - 14 = 0, however that was set up."""
    latest = about[-1] if about else None
    is_same_unknown = latest is not None and latest.names == free_names(value)
    if latest is None or not is_same_unknown or result.relation != ClaimRelation.EQUIVALENT:
        return False
    return latest.is_certain and not agrees(value, latest.value, budget)


def _defines_letter(value: Value) -> bool:
    """e² = 136 + 225, A = 12·5."""
    match value:
        case Comparison("=", Sym() | Pow(Sym(), Num())):
            return True
    return False


def _equation(claim: Claim) -> Value | None:
    if len(claim.terms) == 2 and None not in claim.terms:
        left, right = claim.terms
        return Comparison(claim.operators[0], left, right)  # type: ignore[arg-type]
    return claim.value


def _first_link(claim: Claim) -> Comparison | None:
    """x = 15/90 of x = 15/90 = 1/6"""
    match claim.terms:
        case (Sym() as name, number, _, *_) if number is not None and not free_names(number):
            return Comparison("=", name, number)
    return None


def _solutions(claim: Claim) -> Iterator[Value]:
    value = _equation(claim)
    if value is not None:
        yield from (part for part in comparisons(value) if is_solved(part))


def _is_part(term: Value | None) -> bool:
    """7/10, 10/10 or 85 %, and not 2.10 ÷ 500, which shares an amount."""
    match term:
        case Div(Num(top) as above, Num(bottom)):
            return 0 < top <= bottom != 1 and "." not in above.text
        case Call("percent", (Num(),)):
            return True
    return False


def _counts_parts(terms: Sequence[Value | None]) -> bool:
    """7/8 = 7·45, where one part of eight is 45."""
    match terms:
        case (Div(Num(top)) as share, Mul((Num() as first, Num() as second)), *_) if _is_part(
            share
        ):
            return any(
                factor.value == top != other.value > 1
                for factor, other in permutations((first, second))
            )
    return False


def _has_clock(text: str) -> bool:
    return len(_CLOCK.findall(text)) > 1


def _has_plain_angle(value: Value, about: Sequence[Fact]) -> bool:
    """sin 37 = 0.6 and h = 20 tan 35, which hold in degrees."""
    return any(
        _is_plain_angle(part)
        for known in (value, *(f.value for f in about))
        for part in walk(known)
    )


def _is_plain_angle(part: Value) -> bool:
    match part:
        case Call(name, (Num(number),)) if name in _TRIGONOMETRIC:
            return abs(number) > MAX_RADIANS
    return False


def _is_near(value: Value, about: Sequence[Fact], budget: WorkBudget) -> bool:
    """x > 1.3889 for x > 25/18: the value may be rounded."""
    names = free_names(value)
    known = [fact.value for fact in about if fact.names == names]
    told = [fact.value for fact in about if fact.names == names and fact.line != STATEMENT]
    calculated = [] if isinstance(value, Comparison) and isinstance(value.right, Num) else [value]
    numbers = [part for v in (*calculated, *told) for part in walk(v) if isinstance(part, Num)]
    if (
        len(names) != 1
        or has_inequality(value)
        or not any("." in number.text for number in numbers)
    ):
        return False
    [name] = names
    own = _zeros(value, name, budget)
    others = [zero for fact in known for zero in _zeros(fact, name, budget)]
    return bool(own) and all(any(_are_near(a, b) for b in others) for a in own)


def _zeros(value: Value, name: str, budget: WorkBudget) -> list[float]:
    """Where the sides of its comparisons meet."""
    return [
        float(zero.mid())
        for part in comparisons(value)
        for zero in zeros_near(Comparison("=", part.left, part.right), name, budget)
        if isinstance(zero, arb)
    ]


def _are_near(left: float, right: float) -> bool:
    return abs(left - right) <= ROUNDED_SHARE * max(abs(left), abs(right))
