"""Does a response say the same as the key? By what the two are, then by their parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.grading.answer_key import AnswerKey, Kind, Rule, counted
from tutor.grading.comparison import predicates
from tutor.grading.comparison.numbers import same_number
from tutor.grading.comparison.quantities import same_quantity
from tutor.grading.numeric.equivalence import Equality, same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.shapes import Solutions, as_matrix, expand_plus_minus, solutions
from tutor.grading.parsing.tree import (
    Bracketed,
    Call,
    Comparison,
    Listing,
    Logic,
    Matrix,
    Mul,
    Num,
    Quantity,
    Ratio,
    Sym,
    TimeOfDay,
    Value,
    Words,
    free_names,
    is_term,
)
from tutor.grading.parsing.words import plain_words
from tutor.grading.processes.deadline import Deadline
from tutor.grading.solving.equations import same_equation, same_inequality
from tutor.grading.solving.real_sets import Undecidable, equal_sets
from tutor.grading.solving.set_notation import describes_set, may_be_interval, real_set, unknown_of

MAX_LIST = 60


@dataclass(frozen=True, slots=True)
class Judgement:
    """equal: None when nobody knows. share: how much of the answer is right, 0..1."""

    equal: bool | None
    rule: Rule
    feedback: str = ""
    share: float = 0.0


YES = Judgement(True, Rule.STRUCTURE, share=1.0)
NO = Judgement(False, Rule.STRUCTURE)


def judged(answer: Equality) -> Judgement:
    return Judgement(answer.equal, answer.rule, share=float(answer.equal is True))


class AnswerComparer:
    """One key's conventions and one call's deadline."""

    def __init__(self, key: AnswerKey, deadline: Deadline) -> None:
        self.key = key
        self.deadline = deadline

    def whole(self, key: Value, response: Value) -> Judgement:
        """Of two whole answers: names, units and brackets may be left to the other side."""
        if key == response:
            return self.in_base(key, response)
        if self.key.kind == Kind.TUPLE and not self.key.guessed:
            response = predicates.in_brackets(response, key)
        key, response = expand_plus_minus(key), expand_plus_minus(response)
        key, response = predicates.elements(key), predicates.elements(response)
        if key == response:
            return YES
        if isinstance(key, Words) or isinstance(response, Words):
            return self.words(key, response)
        if isinstance(key, TimeOfDay) or isinstance(response, TimeOfDay):
            return self.clocks(key, response)
        if isinstance(key, Quantity) or isinstance(response, Quantity):
            return self.quantities(key, response)
        key, response = predicates.as_set(key, response), predicates.as_set(response, key)
        if self.key.kind == Kind.TUPLE and not self.key.guessed:
            return self.named(key, response)
        if (
            describes_set(key)
            or describes_set(response)
            or predicates.is_closed_point(key, response)
        ):
            found = self.real_sets(key, response)
            if found.equal is not None or not predicates.has_equations(key, response):
                return found
        return self.named(key, response)

    def in_base(self, key: Value, response: Value) -> Judgement:
        """54 is the value of 204_5, but not the answer."""
        bases = [v.text.partition("_")[2] if isinstance(v, Num) else "" for v in (key, response)]
        if bases[0] and bases[0] != bases[1]:
            return Judgement(False, Rule.BASE, f"The answer belongs in base {bases[0]}.")
        return YES

    # Sets of numbers

    def real_sets(self, key: Value, response: Value) -> Judgement:
        both = (key, response)
        if not all(describes_set(v) or may_be_interval(v) or predicates.is_listed(v) for v in both):
            return NO
        unknowns = {unknown_of(value) for value in both if isinstance(value, Comparison | Logic)}
        if any(predicates.is_family(value) for value in both):
            return self.other_sets(key, response)
        if None not in unknowns and len(unknowns) > 1:
            return Judgement(
                False, Rule.NAMES, "The answer is about another letter than asked for."
            )
        try:
            ours, theirs = (real_set(value, self.deadline) for value in both)
            found = equal_sets(ours, theirs, self.deadline)
            return Judgement(found, Rule.SETS, share=float(found))
        except Undecidable:
            return self.other_sets(key, response)

    def other_sets(self, key: Value, response: Value) -> Judgement:
        """Sets that are no sets of numbers we can work out: by their parts."""
        if type(key) is not type(response):
            brackets = isinstance(key, Bracketed) or isinstance(response, Bracketed)
            stated = isinstance(key, Logic | Comparison) or isinstance(response, Logic | Comparison)
            return NO if brackets or not stated else Judgement(None, Rule.SETS)
        if isinstance(key, Comparison | Logic):
            return self.statements(key, response)
        if isinstance(key, Bracketed):
            return self.groups(key, response)
        parts = [predicates.parts(value) for value in (key, response)]
        if (
            len(parts[0]) != len(parts[1])
            or not parts[0]
            or predicates.op(key) != predicates.op(response)
        ):
            return NO
        return self.all(zip(*parts, strict=True))

    def statements(self, key: Value, response: Value) -> Judgement:
        if isinstance(key, Comparison) and isinstance(response, Comparison):
            if key.op == response.op == "!=":
                ours, theirs = (Comparison("=", v.left, v.right) for v in (key, response))
                return judged(same_equation(ours, theirs, self.deadline))
            if key.op == response.op == "in":
                return self.all(((key.left, response.left), (key.right, response.right)))
        if isinstance(key, Logic) and isinstance(response, Logic) and key.op == response.op:
            matched = self.unordered(key.parts, response.parts)
            if matched.equal:
                return matched
        if predicates.is_family(key) or predicates.is_family(response):
            return Judgement(None, Rule.FAMILIES)
        if free_names(key) != free_names(response):
            return Judgement(False, Rule.NAMES)
        return judged(same_inequality(key, response, self.deadline))

    # Equations, lists, points

    def named(self, key: Value, response: Value) -> Judgement:
        if predicates.is_equation(key) and predicates.is_equation(response):
            found = same_equation(key, response, self.deadline)
            if found or found.rule == Rule.DOMAINS:
                return judged(found)
            if predicates.equation_proper(key) or predicates.equation_proper(response):
                return judged(found) if found.equal is not None else self.systems(key, response)
            if found.equal is None and predicates.rearranged(key, response):
                return judged(found)
        ours, theirs = solutions(_proved_value(key, self)), solutions(_proved_value(response, self))
        if ours is None or theirs is None:
            return self.systems(key, response)
        return self.lists(ours, theirs, key, response)

    def systems(self, key: Value, response: Value) -> Judgement:
        if isinstance(key, Logic) and isinstance(response, Logic) and key.op == response.op:
            matched = self.unordered(key.parts, response.parts)
            if matched.equal:
                return matched
            return Judgement(None, Rule.SYSTEMS)
        if isinstance(key, Comparison) and isinstance(response, Comparison):
            sides = self.all(((key.left, response.left), (key.right, response.right)))
            if not sides.equal and predicates.are_equations(key, response):
                return Judgement(None, Rule.EQUATIONS)
            return sides
        return NO

    def lists(self, ours: Solutions, theirs: Solutions, key: Value, response: Value) -> Judgement:
        if not self.names_agree(ours, theirs):
            return Judgement(False, Rule.NAMES, "The value belongs to another name.")
        for one, other in ((ours, theirs), (theirs, ours)):
            if one.together and (point := predicates.point(one)) and len(other.values) == 1:
                ours, theirs = (point, other) if one is ours else (other, point)
                return self.part(ours.values[0], theirs.values[0])
        if ours.together and theirs.together:
            pairs = self.by_name(ours, theirs)
            return self.all(pairs) if pairs is not None else NO
        ordered = self.key.ordered and isinstance(key, Listing) and isinstance(response, Listing)
        if len(ours.values) == len(theirs.values) == 1:
            return self.part(ours.values[0], theirs.values[0])
        if ordered:
            if len(ours.values) != len(theirs.values):
                return NO
            return self.all(zip(ours.values, theirs.values, strict=True))
        return self.unordered(ours.values, theirs.values)

    def names_agree(self, ours: Solutions, theirs: Solutions) -> bool:
        named = [{name for name in s.names if name is not None} for s in (ours, theirs)]
        if named[0] and named[1]:
            simple = [{n for n in names if isinstance(n, Sym)} for names in named]
            if len(named[0]) == len(named[1]) == 1:
                one, other = (next(iter(names)) for names in named)
                if predicates.is_size_of(one, other) or predicates.is_size_of(other, one):
                    return False
                if isinstance(one, Call) and isinstance(other, Call):
                    return one.name == other.name
                return one == other or not (isinstance(one, Sym) and isinstance(other, Sym))
            return simple[0] == simple[1] or not (simple[0] and simple[1])
        return self.key.name_optional or not (named[0] or named[1])

    def by_name(self, ours: Solutions, theirs: Solutions) -> list[tuple[Value, Value]] | None:
        said = dict(zip(theirs.names, theirs.values, strict=True))
        if set(ours.names) != set(said):
            return None
        return [(value, said[name]) for name, value in zip(ours.names, ours.values, strict=True)]

    def unordered(self, ours: Sequence[Value], theirs: Sequence[Value]) -> Judgement:
        """Each of ours met by one of theirs, and none left over."""
        if max(len(ours), len(theirs)) > MAX_LIST:
            return Judgement(None, Rule.LISTS)
        ours, theirs = self.distinct(ours), self.distinct(theirs)
        left = list(theirs)
        missing, unsure, rule = 0, False, Rule.STRUCTURE
        for value in ours:
            found = [self.part(value, other) for other in left]
            met = next((k for k, judgement in enumerate(found) if judgement.equal), None)
            if met is None:
                missing += 1
                unsure = unsure or any(judgement.equal is None for judgement in found)
                continue
            rule = found[met].rule if found[met].rule != Rule.STRUCTURE else rule
            left.pop(met)
        if not missing and not left:
            return Judgement(True, rule, share=1.0)
        if unsure and len(ours) == len(theirs):
            return Judgement(None, Rule.LISTS)
        return _partly(len(ours), missing, len(left))

    def distinct(self, values: Sequence[Value]) -> list[Value]:
        """A set says each of its elements once."""
        kept: list[Value] = []
        for value in values:
            if not any(self.part(other, value).equal for other in kept):
                kept.append(value)
        return kept

    # Single values

    def part(self, key: Value, response: Value) -> Judgement:
        """One element of a list, one coordinate, one entry."""
        if key == response:
            return YES
        if isinstance(key, Ratio) or isinstance(response, Ratio):
            return self.ratios(key, response)
        ours, theirs = as_matrix(key), as_matrix(response)
        if ours is not None or theirs is not None:
            return self.matrices(ours, theirs, key, response)
        if is_term(key) and is_term(response):
            return judged(same_number(key, response, self.key, self.deadline))
        if isinstance(key, Bracketed) and isinstance(response, Bracketed):
            return self.groups(key, response)
        if is_term(key) or is_term(response):
            return self.alone(key, response)
        return self.whole(key, response)

    def alone(self, key: Value, response: Value) -> Judgement:
        """A set or bracket with a single element against the element."""
        for one, other in ((key, response), (response, key)):
            if is_term(one) and isinstance(other, Bracketed) and len(other.parts) == 1:
                if predicates.is_braces(other):
                    return NO
                inner = other.parts[0]
                return self.part(one, inner) if is_term(inner) else NO
        if isinstance(key, Quantity) or isinstance(response, Quantity):
            return self.quantities(key, response)
        if isinstance(key, Comparison | Logic) or isinstance(response, Comparison | Logic):
            return self.named(key, response)
        return NO

    def groups(self, key: Value, response: Value) -> Judgement:
        if not isinstance(key, Bracketed) or not isinstance(response, Bracketed):
            return NO
        if predicates.is_braces(key) and predicates.is_braces(response):
            return self.unordered(key.parts, response.parts)
        if predicates.brackets(key) != predicates.brackets(response):
            return Judgement(False, Rule.BRACKETS, "The brackets differ from those asked for.")
        if len(key.parts) != len(response.parts):
            needed = counted(len(key.parts), "entry", "entries")
            return Judgement(False, Rule.LENGTHS, f"It needs {needed}.")
        found = self.all(zip(key.parts, response.parts, strict=True))
        if found.equal is False and any(
            predicates.is_stated(part) for part in (*key.parts, *response.parts)
        ):
            return Judgement(None, Rule.SYSTEMS)  # other equations may have the same solutions
        return found

    def all(self, pairs: object) -> Judgement:
        """Right where every pair is; the share of right ones else."""
        found = [self.part(ours, theirs) for ours, theirs in pairs]  # type: ignore[attr-defined]
        if not found:
            return YES
        right = sum(judgement.equal is True for judgement in found) / len(found)
        rule = next((j.rule for j in found if j.rule != Rule.STRUCTURE), Rule.STRUCTURE)
        if any(judgement.equal is False for judgement in found):
            return Judgement(False, rule, share=right if right < 1 else 0)
        return Judgement(None if right < 1 else True, rule, share=right)

    def matrices(
        self, ours: Matrix | None, theirs: Matrix | None, key: Value, response: Value
    ) -> Judgement:
        ours = ours or predicates.column(key, theirs)
        theirs = theirs or predicates.column(response, ours)
        if ours is None or theirs is None:
            return NO
        shapes = [(len(m.rows), len(m.rows[0])) for m in (ours, theirs)]
        if shapes[0] != shapes[1]:
            rows, columns = shapes[0]
            needed = f"{counted(rows, 'row')} and {counted(columns, 'column')}"
            return Judgement(False, Rule.SHAPE, f"It needs {needed}.")
        entries = [[entry for row in m.rows for entry in row] for m in (ours, theirs)]
        return self.all(zip(*entries, strict=True))

    def ratios(self, key: Value, response: Value) -> Judgement:
        ours, theirs = predicates.ratio(key), predicates.ratio(response)
        if ours is None or theirs is None or len(ours.parts) != len(theirs.parts):
            return NO
        a, b = ours.parts[0], theirs.parts[0]
        if rational_value(a) == 0 or rational_value(b) == 0:
            return Judgement(a == b and ours == theirs, Rule.STRUCTURE)
        pairs = zip(ours.parts[1:], theirs.parts[1:], strict=True)
        return self.all((Mul((x, b)), Mul((y, a))) for x, y in pairs)

    # Units, clocks, words

    def quantities(self, key: Value, response: Value) -> Judgement:
        found = same_quantity(key, response, self.key, self.deadline)
        return Judgement(found.equal, found.rule, found.feedback, float(found.equal is True))

    def clocks(self, key: Value, response: Value) -> Judgement:
        if isinstance(key, TimeOfDay) and isinstance(response, TimeOfDay):
            return YES if key.minutes == response.minutes else NO
        ours, theirs = predicates.as_ratio(key), predicates.as_ratio(response)
        if isinstance(ours, TimeOfDay) or isinstance(theirs, TimeOfDay):
            return NO
        return self.whole(ours, theirs)

    def words(self, key: Value, response: Value) -> Judgement:
        texts = [predicates.said(value) for value in (key, response)]
        if texts[0] is None or texts[1] is None:
            return NO
        ours, theirs = (
            plain_words(PlainText(text), self.key.ignore_case) for text in texts if text
        )
        return Judgement(ours == theirs, Rule.WORDS, share=float(ours == theirs))


def _partly(asked: int, missing: int, extra: int) -> Judgement:
    right = asked - missing
    share = max(0.0, (right - extra) / asked) if asked > 1 else 0.0
    if not right or asked == 1:
        return Judgement(False, Rule.LISTS)
    if missing and not extra:
        return Judgement(False, Rule.LISTS, f"{right} of {asked} values found.", share)
    wrong = "One value too many." if not missing else f"{right} of {asked} values are right."
    return Judgement(False, Rule.LISTS, wrong, share)


def _proved_value(value: Value, comparison: AnswerComparer) -> Value:
    """3 + 4 = 7 says 7, once it is true."""
    if not isinstance(value, Comparison) or value.op != "=" or free_names(value):
        return value
    left, right = value.left, value.right
    numbers = is_term(left) and is_term(right) and left != right
    if numbers and same_value(left, right, comparison.deadline):  # type: ignore[arg-type]
        return right
    return value
