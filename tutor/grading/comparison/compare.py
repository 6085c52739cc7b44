"""Is a response equal to the key? By what the two are, then by their parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tutor.grading.answer_key import AnswerKey, Kind, Rule
from tutor.grading.comparison import points, predicates
from tutor.grading.comparison.numbers import same_number
from tutor.grading.comparison.quantities import same_quantity
from tutor.grading.comparison.renaming import with_argument_of
from tutor.grading.comparison.same_names import names_agree, paired_by_name
from tutor.grading.comparison.set_shares import share_of_set
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.numeric.equivalence import Equality, same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.shapes import Solutions, as_matrix, expand_plus_minus, solutions
from tutor.grading.parsing.tree import (
    Bracketed,
    Comparison,
    Listing,
    Logic,
    Mul,
    Num,
    Quantity,
    Ratio,
    TimeOfDay,
    Value,
    Words,
    children,
    free_names,
    is_term,
)
from tutor.grading.parsing.words import plain_words
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solving.equations import same_equation, same_inequality
from tutor.grading.solving.linear_systems import same_linear_system
from tutor.grading.solving.real_sets import Undecidable, equal_sets
from tutor.grading.solving.set_notation import describes_set, may_be_interval, real_set, unknown_of

MAX_LIST = 60
_SETS = (Kind.SET, Kind.INTERVAL)

EQUAL = Equality(True, Rule.STRUCTURE)
UNEQUAL = Equality(False, Rule.STRUCTURE)


class AnswerComparer:
    """Compares responses with keys, by the conventions of one key, in one budget."""

    def __init__(self, conventions: AnswerKey, budget: WorkBudget) -> None:
        self.conventions = conventions
        self.budget = budget

    def whole(self, key: Value, response: Value) -> Equality:
        """Two whole answers: one of them may leave out names, units and brackets."""
        if key == response:
            return self.in_base(key, response)
        response = self._in_brackets_of(key, response)
        if self._asks_for_point and (partly := self.some_coordinates(key, response)) is not None:
            return partly
        key, response = self._spelled_out(key, response)
        if predicates.are_matrices_in_other_order(key, response):
            return Equality(None, Rule.NUMBERS)
        return EQUAL if key == response else self._by_type(key, response)

    def _asks_for(self, kind: Kind) -> bool:
        return self.conventions.kind == kind and not self.conventions.guessed

    @property
    def _asks_for_point(self) -> bool:
        return self._asks_for(Kind.TUPLE)

    def _in_brackets_of(self, key: Value, response: Value) -> Value:
        """The response with the brackets and the argument that the key has."""
        if self.conventions.kind == Kind.EXPRESSION and is_term(key):
            response = predicates.without_condition(response)
        response = with_argument_of(key, response)
        if self._asks_for_point:
            return points.in_brackets(response, key)
        if self._asks_for(Kind.LIST) and isinstance(key, Listing):
            return points.without_brackets(response, key)
        return response

    def _spelled_out(self, key: Value, response: Value) -> tuple[Value, Value]:
        """Both with ± as two values, vectors by their components, and sets without a name."""
        if self.conventions.kind in (Kind.TUPLE, Kind.MATRIX) and is_term(response):
            response = points.as_components(response, points.length_of(key))
        key, response = expand_plus_minus(key), expand_plus_minus(response)
        if isinstance(response, Comparison) and "L" not in free_names(key):
            is_nameless = self.conventions.kind in _SETS and not isinstance(key, Comparison)
            response = predicates.bare_set(response, any_name=is_nameless)
        key = predicates.bare_set(key)
        if self.conventions.kind == Kind.INTERVAL:
            return predicates.as_union(key), predicates.as_union(response)
        return key, response

    def _by_type(self, key: Value, response: Value) -> Equality:
        if isinstance(key, Words) or isinstance(response, Words):
            return self.words(key, response)
        if isinstance(key, TimeOfDay) or isinstance(response, TimeOfDay):
            return self.clocks(key, response)
        if isinstance(key, Quantity) or isinstance(response, Quantity):
            return same_quantity(key, response, self.conventions, self.budget)
        key, response = predicates.as_set(key, response), predicates.as_set(response, key)
        if self._asks_for_point:
            return self.named(key, response)
        if self.are_sets(key, response):
            as_sets = self.real_sets(key, response)
            if as_sets.equal is not None or not predicates.has_equations(key, response):
                return as_sets
        return self.named(key, response)

    def are_sets(self, key: Value, response: Value) -> bool:
        """Whether the two are sets of numbers, and not points or lists."""
        if describes_set(key) or describes_set(response):
            return True
        is_interval = self.conventions.kind in (Kind.INTERVAL, Kind.INEQUALITY)
        return predicates.is_closed_point(key, response) or (is_interval and may_be_interval(key))

    def in_base(self, key: Value, response: Value) -> Equality:
        """54 is the value of 204_5, but not the answer."""
        bases = [v.text.partition("_")[2] if isinstance(v, Num) else "" for v in (key, response)]
        if bases[0] and bases[0] != bases[1]:
            feedback = Feedback(FeedbackCode.OTHER_BASE, {"base": bases[0]})
            return Equality(False, Rule.BASE, feedback)
        return EQUAL

    # Sets of numbers

    def real_sets(self, key: Value, response: Value) -> Equality:
        both = (key, response)
        if not all(describes_set(v) or may_be_interval(v) or predicates.is_listed(v) for v in both):
            return UNEQUAL
        unknowns = {unknown_of(value) for value in both if isinstance(value, Comparison | Logic)}
        if any(predicates.is_family(value) for value in both):
            return self.other_sets(key, response)
        if None not in unknowns and len(unknowns) > 1:
            return Equality(False, Rule.NAMES, Feedback(FeedbackCode.OTHER_VARIABLE))
        try:
            key_set, response_set = (real_set(value, self.budget) for value in both)
            if equal_sets(key_set, response_set, self.budget):
                return Equality(True, Rule.SETS)
            if (closed := predicates.with_zero(response)) != response:
                return self.real_sets(key, closed)
            right = share_of_set(key_set, response_set, self.budget)
        except Undecidable:
            return self.other_sets(key, response)
        feedback = Feedback(FeedbackCode.OTHER_ENDS) if right.only_ends else None
        return Equality(False, Rule.SETS, feedback, right.share)

    def other_sets(self, key: Value, response: Value) -> Equality:
        """Sets that cannot be worked out as sets of numbers: by their parts."""
        if type(key) is not type(response):
            brackets = isinstance(key, Bracketed) or isinstance(response, Bracketed)
            stated = isinstance(key, Logic | Comparison) or isinstance(response, Logic | Comparison)
            return UNEQUAL if brackets or not stated else Equality(None, Rule.SETS)
        if isinstance(key, Comparison | Logic):
            return self.statements(key, response)
        if isinstance(key, Bracketed):
            return self.groups(key, response)
        parts = [children(value) for value in (key, response)]
        if (
            len(parts[0]) != len(parts[1])
            or not parts[0]
            or predicates.operator_of(key) != predicates.operator_of(response)
        ):
            return UNEQUAL
        return self.all_equal(zip(*parts, strict=True))

    def statements(self, key: Value, response: Value) -> Equality:
        if isinstance(key, Comparison) and isinstance(response, Comparison):
            if key.op == response.op == "!=":
                key_equation = Comparison("=", key.left, key.right)
                response_equation = Comparison("=", response.left, response.right)
                return same_equation(key_equation, response_equation, self.budget)
            if key.op == response.op == "in":
                return self.sides(key, response)
        if isinstance(key, Logic) and isinstance(response, Logic) and key.op == response.op:
            matched = self.unordered(key.parts, response.parts)
            if matched:
                return matched
        if predicates.is_family(key) or predicates.is_family(response):
            return Equality(None, Rule.FAMILIES)
        if free_names(key) != free_names(response):
            return Equality(False, Rule.NAMES)
        return same_inequality(key, response, self.budget)

    # Equations, lists, points

    def named(self, key: Value, response: Value) -> Equality:
        if predicates.is_equation(key) and predicates.is_equation(response):
            as_equations = same_equation(key, response, self.budget)
            if as_equations or as_equations.rule == Rule.DOMAINS:
                return as_equations
            if predicates.is_proper_equation(key) or predicates.is_proper_equation(response):
                is_known = as_equations.equal is not None
                return as_equations if is_known else self.systems(key, response)
            if as_equations.equal is None and predicates.may_be_rearranged(key, response):
                return as_equations
        key_solutions = solutions(self._proved_value(key))
        response_solutions = solutions(self._proved_value(response))
        if key_solutions is None or response_solutions is None:
            return self.systems(key, response)
        in_order = self.conventions.ordered and isinstance(key, Listing)
        in_order = in_order and isinstance(response, Listing)
        repeated = self.conventions.kind == Kind.LIST and predicates.may_repeat(key)
        if self.conventions.guessed:  # of points and equations it may be the set of solutions
            repeated = repeated and predicates.are_numbers(key, response)
        return self.lists(key_solutions, response_solutions, in_order=in_order, repeated=repeated)

    def systems(self, key: Value, response: Value) -> Equality:
        if isinstance(key, Logic) and isinstance(response, Logic) and key.op == response.op:
            matched = self.unordered(key.parts, response.parts)
            return matched or Equality(same_linear_system(key, response), Rule.SYSTEMS)
        if isinstance(key, Comparison) and isinstance(response, Comparison):
            sides = self.sides(key, response)
            if not sides and predicates.are_equations(key, response):
                return Equality(None, Rule.EQUATIONS)
            return sides
        return UNEQUAL

    def sides(self, key: Comparison, response: Comparison) -> Equality:
        return self.all_equal(((key.left, response.left), (key.right, response.right)))

    def lists(
        self, key: Solutions, response: Solutions, *, in_order: bool, repeated: bool
    ) -> Equality:
        """repeated: the values are a list that has some of them more than once, not a set."""
        key, response = predicates.as_cases(key, response), predicates.as_cases(response, key)
        if not names_agree(key, response, is_optional=self.conventions.name_optional):
            return Equality(False, Rule.NAMES, Feedback(FeedbackCode.OTHER_NAME))
        if (as_points := self.point_and_value(key, response)) is not None:
            return as_points
        if key.together and response.together:
            pairs = paired_by_name(key, response)
            return self.all_equal(pairs) if pairs is not None else UNEQUAL
        if len(key.values) == len(response.values) == 1:
            return self.part(key.values[0], response.values[0])
        if key.together != response.together and predicates.has_several_names(key, response):
            return UNEQUAL  # "x = 2 or y = 3" says less than "x = 2 and y = 3"
        if in_order:
            if len(key.values) != len(response.values):
                return UNEQUAL
            return self.all_equal(zip(key.values, response.values, strict=True))
        return self.unordered(key.values, response.values, repeated=repeated)

    def point_and_value(self, key: Solutions, response: Solutions) -> Equality | None:
        """x = 2 and y = 3 beside one value, which may be a point; None where none is beside one."""
        if key.together and len(response.values) == 1 and (point := points.as_point(key)):
            return self.part(point.values[0], response.values[0])
        if response.together and len(key.values) == 1 and (point := points.as_point(response)):
            as_written = self.part(key.values[0], point.values[0])
            if as_written.equal is False and not points.has_an_order(response):
                in_any_order = self.unordered(children(key.values[0]), children(point.values[0]))
                return Equality(None, Rule.NAMES) if in_any_order.equal else as_written
            return as_written
        return None

    def unordered(
        self, key: Sequence[Value], response: Sequence[Value], *, repeated: bool = False
    ) -> Equality:
        """Each value of the key equals one of the response, and none of these is left.

        repeated: a value counts as often as it is there, not once as in a set.
        """
        if max(len(key), len(response)) > MAX_LIST:
            return Equality(None, Rule.LISTS)
        remaining = list(response) if repeated else self.distinct(response)
        key = key if repeated else self.distinct(key)
        count = len(remaining)
        missing, is_unsure, rule = 0, False, Rule.STRUCTURE
        for value in key:
            results = [self.part(value, other) for other in remaining]
            match = next((index for index, result in enumerate(results) if result), None)
            if match is None:
                missing += 1
                is_unsure = is_unsure or any(result.equal is None for result in results)
                continue
            rule = results[match].rule if results[match].rule != Rule.STRUCTURE else rule
            remaining.pop(match)
        if not missing and not remaining:
            return Equality(True, rule)
        if is_unsure and len(key) == count:
            return Equality(None, Rule.LISTS)
        return _partly_right(len(key), missing, len(remaining))

    def distinct(self, values: Sequence[Value]) -> list[Value]:
        """A set has each of its elements once."""
        different: list[Value] = []
        for value in values:
            if not any(self.part(other, value) for other in different):
                different.append(value)
        return different

    # Single values

    def some_coordinates(self, key: Value, response: Value) -> Equality | None:
        """How many coordinates of a point are right in x = 2; None if it names all, or none."""
        if not isinstance(key, Bracketed):
            return None
        named = points.named_coordinates(response, len(key.parts))
        if not 0 < len(named) < len(key.parts):
            return None
        results = (self.part(key.parts[index], value) for index, value in named.items())
        right, asked = sum(map(bool, results)), len(key.parts)
        params = {"right": right, "asked": asked}
        feedback = Feedback(FeedbackCode.VALUES_MISSING, params) if right else None
        return Equality(False, Rule.LISTS, feedback, right / asked)

    def part(self, key: Value, response: Value) -> Equality:
        """One element of a list, one coordinate, one entry."""
        if key == response:
            return EQUAL
        if isinstance(key, Ratio) or isinstance(response, Ratio):
            return self.ratios(key, response)
        if as_matrix(key) is not None or as_matrix(response) is not None:
            return self.matrices(key, response)
        if is_term(key) and is_term(response):
            return same_number(key, response, self.conventions, self.budget)
        if isinstance(key, Bracketed) and isinstance(response, Bracketed):
            return self.groups(key, response)
        if is_term(key) or is_term(response):
            return self.alone(key, response)
        return self.whole(key, response)

    def alone(self, key: Value, response: Value) -> Equality:
        """A set or bracket with a single element against the element."""
        for value, other in ((key, response), (response, key)):
            if is_term(value) and isinstance(other, Bracketed) and len(other.parts) == 1:
                if predicates.is_braces(other):
                    return UNEQUAL
                inner = other.parts[0]
                return self.part(value, inner) if is_term(inner) else UNEQUAL
        if isinstance(key, Quantity) or isinstance(response, Quantity):
            return same_quantity(key, response, self.conventions, self.budget)
        if isinstance(key, Comparison | Logic) or isinstance(response, Comparison | Logic):
            return self.named(key, response)
        if isinstance(key, Bracketed) and self.conventions.kind == Kind.TUPLE:
            feedback = Feedback(FeedbackCode.OTHER_LENGTH, {"n": len(key.parts)})
            return Equality(False, Rule.STRUCTURE, feedback)
        return UNEQUAL

    def groups(self, key: Value, response: Value) -> Equality:
        if not isinstance(key, Bracketed) or not isinstance(response, Bracketed):
            return UNEQUAL
        if predicates.is_braces(key) and predicates.is_braces(response):
            return self.unordered(key.parts, response.parts)
        if not (predicates.same_brackets(key, response) or self._is_vector(key, response)):
            return Equality(False, Rule.BRACKETS, Feedback(FeedbackCode.OTHER_BRACKETS))
        if len(key.parts) != len(response.parts):
            feedback = Feedback(FeedbackCode.OTHER_LENGTH, {"n": len(key.parts)})
            return Equality(False, Rule.LENGTHS, feedback)
        result = self.all_equal(zip(key.parts, response.parts, strict=True))
        if result.equal is False and any(
            predicates.is_stated(part) for part in (*key.parts, *response.parts)
        ):
            return Equality(None, Rule.SYSTEMS)  # other equations may have the same solutions
        return result

    def _is_vector(self, key: Bracketed, response: Bracketed) -> bool:
        """[-3, 4] for (-3, 4), unless the key is guessed and may be an open interval."""
        is_asked = self.conventions.kind == Kind.TUPLE and not self.conventions.guessed
        brackets = (key.opening, key.closing, response.opening, response.closing)
        return is_asked and brackets == ("(", ")", "[", "]")

    def all_equal(self, pairs: Iterable[tuple[Value, Value]]) -> Equality:
        """Right where every pair is; otherwise with the share of right pairs."""
        results = [self.part(key, response) for key, response in pairs]
        if not results:
            return EQUAL
        share = sum(map(bool, results)) / len(results)
        rules = (result.rule for result in results if result.rule != Rule.STRUCTURE)
        rule = next(rules, Rule.STRUCTURE)
        if any(result.equal is False for result in results):
            return Equality(False, rule, share=share)
        return Equality(None if share < 1 else True, rule)

    def matrices(self, key: Value, response: Value) -> Equality:
        key_matrix = as_matrix(key) or predicates.as_column(key, as_matrix(response))
        response_matrix = as_matrix(response) or predicates.as_column(response, key_matrix)
        if key_matrix is None or response_matrix is None:
            return UNEQUAL
        rows, columns = predicates.shape(key_matrix)
        if (rows, columns) != predicates.shape(response_matrix):
            feedback = Feedback(FeedbackCode.OTHER_SHAPE, {"rows": rows, "columns": columns})
            return Equality(False, Rule.SHAPE, feedback)
        key_entries = [entry for row in key_matrix.rows for entry in row]
        response_entries = [entry for row in response_matrix.rows for entry in row]
        return self.all_equal(zip(key_entries, response_entries, strict=True))

    def ratios(self, key: Value, response: Value) -> Equality:
        key_ratio, response_ratio = predicates.as_ratio(key), predicates.as_ratio(response)
        if key_ratio is None or response_ratio is None:
            return UNEQUAL
        if len(key_ratio.parts) != len(response_ratio.parts):
            return UNEQUAL
        key_first, *key_rest = key_ratio.parts
        response_first, *response_rest = response_ratio.parts
        parts = (key_ratio.parts, response_ratio.parts)
        is_one_sided = any(sum(rational_value(p) != 0 for p in own) < 2 for own in parts)
        if rational_value(key_first) == 0 or rational_value(response_first) == 0 or is_one_sided:
            return EQUAL if key_ratio == response_ratio else UNEQUAL  # 18:00 is not 10:00
        return self.all_equal(
            (Mul((key_part, response_first)), Mul((response_part, key_first)))
            for key_part, response_part in zip(key_rest, response_rest, strict=True)
        )

    # Clocks, words

    def clocks(self, key: Value, response: Value) -> Equality:
        key, response = predicates.as_clock(key), predicates.as_clock(response)
        if isinstance(key, TimeOfDay) and isinstance(response, TimeOfDay):
            return EQUAL if key.minutes == response.minutes else UNEQUAL
        key, response = predicates.time_as_ratio(key), predicates.time_as_ratio(response)
        if isinstance(key, TimeOfDay) or isinstance(response, TimeOfDay):
            return UNEQUAL
        return self.whole(key, response)

    def words(self, key: Value, response: Value) -> Equality:
        key_words, response_words = predicates.words_of(key), predicates.words_of(response)
        if key_words is None or response_words is None:
            return UNEQUAL
        ignore_case = self.conventions.ignore_case
        texts = [PlainText(words) for words in (key_words, response_words)]
        key_plain, response_plain = (plain_words(text, ignore_case) for text in texts)
        return Equality(key_plain == response_plain, Rule.WORDS)

    def _proved_value(self, value: Value) -> Value:
        """3 + 4 = 7 says 7, once it is true."""
        if not isinstance(value, Comparison) or value.op != "=" or free_names(value):
            return value
        left, right = value.left, value.right
        if (
            is_term(left)
            and is_term(right)
            and left != right
            and same_value(left, right, self.budget)
        ):
            return right
        return value


def _partly_right(count: int, missing: int, extra: int) -> Equality:
    """Of a key with `count` values: some are missing, or there are extra ones."""
    right = count - missing
    if not right or count == 1:
        return Equality(False, Rule.LISTS)
    params = {"right": right, "asked": count}
    if not missing:
        feedback = Feedback(FeedbackCode.ONE_VALUE_TOO_MANY)
    elif extra:
        feedback = Feedback(FeedbackCode.VALUES_WRONG, params)
    else:
        feedback = Feedback(FeedbackCode.VALUES_MISSING, params)
    return Equality(False, Rule.LISTS, feedback, max(0.0, (right - extra) / count))
