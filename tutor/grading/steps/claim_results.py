"""The result of checking a claim: a verdict, the relation that was checked, and a witness.

The values of the enumerations are stored with solutions and attempts, and sent to browsers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.tree import Sym


class StepVerdict(StrEnum):
    PROVED = "proved"
    REFUTED = "refuted"
    UNCHECKED = "unchecked"


class ClaimRelation(StrEnum):
    """How a claim relates to what came before it."""

    EQUAL = "equal"  # two expressions have the same value
    EQUIVALENT = "equivalent"  # two statements have the same solutions
    IMPLIES = "implies"  # every solution of the premise is one of the claim
    SUBSTITUTE = "substitute"  # known values put into what is known
    DEFINE = "define"  # a name for something, which nothing can refute
    EVALUATE = "evaluate"  # a defined function, derivative or integral worked out
    APPROXIMATE = "approximate"  # equal when rounded as written
    SOLVE = "solve"  # the solutions of a statement
    RESTATE = "restate"  # a result from above once more


# Relations of two expressions; the others hold between two statements.
RELATIONS_OF_SIDES = frozenset(
    [
        ClaimRelation.EQUAL,
        ClaimRelation.SUBSTITUTE,
        ClaimRelation.EVALUATE,
        ClaimRelation.APPROXIMATE,
    ]
)
# Relations of a statement to those before it.
RELATIONS_OF_STATEMENTS = frozenset(
    [ClaimRelation.EQUIVALENT, ClaimRelation.IMPLIES, ClaimRelation.SOLVE]
)


class Slip(StrEnum):
    """A usual mistake that explains a refuted claim. Each has an example."""

    NONE = ""  # none was recognised
    OTHER = "other"  # stored by a later version, under a name that this one does not know
    MOVED_SIGN = "moved_sign"  # x + 3 = 5 to x = 5 + 3
    LOST_SIGN = "lost_sign"  # x - 3 = 5 to x + 3 = 5
    HALF_DISTRIBUTED = "half_distributed"  # 2(x + 3) = 2x + 3
    MINUS_BRACKET = "minus_bracket"  # -(x + 3) = -x + 3
    MIDDLE_TERM = "middle_term"  # (x + 3)^2 = x^2 + 3x + 9
    SPLIT_SQUARE = "split_square"  # (x + 3)^2 = x^2 + 9
    SPLIT_ROOT = "split_root"  # √(a + b) = √a + √b
    FACTOR_SIGN = "factor_sign"  # x^2 + x - 6 = (x - 3)(x + 2)
    ZERO_PRODUCT = "zero_product"  # (x - 2)(x + 5) = 0 to x - 2 = x + 5
    LOST_ROOT = "lost_root"  # x^2 = 9 to x = 3
    DIVIDED_WRONGLY = "divided_wrongly"  # 2x = 6 to x = 12
    CANCELLED_TERM = "cancelled_term"  # (x^2 + x)/x = x^2
    REDUCED_WRONGLY = "reduced_wrongly"  # 6/8 = 2/4
    ADDED_DENOMINATORS = "added_denominators"  # 1/2 + 1/3 = 2/5
    LOG_OF_SUM = "log_of_sum"  # ln(a + b) = ln a + ln b
    POWER_OF_LOG = "power_of_log"  # 2 ln a = ln(2a)
    LOGARITHM_DROPPED = "logarithm_dropped"  # lg x = 1 to x = 1
    INEQUALITY_NOT_TURNED = "inequality_not_turned"  # -2x < 6 to x < -3
    STRICT_CHANGED = "strict_changed"  # x < 3 to x <= 3
    ELIMINATION = "elimination"  # x + y = 5 and x - y = 1 to 2x = 4
    BACK_SUBSTITUTION = "back_substitution"  # x = 2 and x + y = 5 to x = 2 and y = 4
    PRODUCT_RULE = "product_rule"  # (x sin x)' = cos x
    QUOTIENT_RULE = "quotient_rule"  # (x/sin x)' = 1/cos x
    CHAIN_RULE = "chain_rule"  # (sin 2x)' = cos 2x
    POWER_RULE = "power_rule"  # (x^3)' = 3x^3
    ORDER_OF_OPERATIONS = "order_of_operations"  # 2 + 3·4 = 20
    NEGATIVE_SQUARE = "negative_square"  # (-3)^2 = -9
    EXPONENT_RULE = "exponent_rule"  # x^2·x^3 = x^6
    POWER_OF_POWER = "power_of_power"  # (x^2)^3 = x^5
    POWER_OF_PRODUCT = "power_of_product"  # (2x)^3 = 2x^3
    POWER_AS_PRODUCT = "power_as_product"  # 2^3 = 6
    COMMON_DENOMINATOR = "common_denominator"  # 1/2 + 1/3 = 1/6 + 1/6
    CANCELLED_WRONG_FACTOR = "cancelled_wrong_factor"  # (x + 1)(x + 2)/(x + 3) = x + 2
    ROUNDED_THE_WRONG_WAY = "rounded_the_wrong_way"  # 28.27 ≈ 28.2
    DECIMAL_PLACE = "decimal_place"  # 5 % of 660 = 3.3
    PERCENT_BASE = "percent_base"  # 20 % more and 20 % less taken of the same amount
    RUNNING_EQUALS = "running_equals"  # 33 - 7 = 26 + 12 = 38
    UNIT_CONVERSION = "unit_conversion"  # 1 h = 100 min
    MINUTES_AS_DECIMALS = "minutes_as_decimals"  # 1 h 20 min = 1.2 h
    SLOPE_INVERTED = "slope_inverted"  # (x2 - x1)/(y2 - y1)
    INVERSE_RATIO = "inverse_ratio"  # h/10 = 2.4/1.8 instead of 1.8/2.4
    WRONG_FORMULA = "wrong_formula"  # A = 2πr for the area of a circle
    HALF_FORGOTTEN = "half_forgotten"  # A = bh for a triangle
    SQUARE_FORGOTTEN = "square_forgotten"  # A = πr
    DOUBLED_FOR_SQUARED = "doubled_for_squared"  # 3^2 = 6
    ROOT_FORGOTTEN = "root_forgotten"  # c = a^2 + b^2
    ROOT_AS_DIVISION = "root_as_division"  # √36 = 18
    DIVIDED_FOR_LOG = "divided_for_log"  # 2^x = 32 to x = 16
    OFF_BY_ONE = "off_by_one"  # a_20 = a_1 + 20d
    WRONG_COUNT = "wrong_count"  # a mean divided by the wrong number
    WITH_REPLACEMENT = "with_replacement"  # 3/8·3/8, though the first ball stays out
    ADDED_PROBABILITIES = "added_probabilities"  # 1/4 + 1/4 for both
    REPETITION_FORGOTTEN = "repetition_forgotten"  # 5! for the letters of LEVEL
    ORDER_COUNTED = "order_counted"  # 7·6 for pairs
    SUM_FOR_PRODUCT = "sum_for_product"  # 3 + 4 for 3 choices and 4 choices
    DEGREES_RADIANS = "degrees_radians"  # sin 30 in radians
    WRONG_BRANCH = "wrong_branch"  # x = 30° though x is obtuse
    QUADRATIC_INEQUALITY = "quadratic_inequality"  # x^2 < 9 to x < 3
    UNION_FOR_INTERSECTION = "union_for_intersection"  # x > 2 for x > 2 and x > 3
    OTHER_LETTER_NOT_CONSTANT = "other_letter_not_constant"  # ∂(x^2 y)/∂x = 2x
    INTEGRAL_RULE = "integral_rule"  # ∫x^2 dx = 2x
    CONSTANT_FORGOTTEN = "constant_forgotten"  # ∫2x dx = x^2
    CONSTANT_LATE = "constant_late"  # ln y = 4x + C to y = e^(4x) + C
    ENTRY_BY_ENTRY = "entry_by_entry"  # matrices multiplied entry by entry
    ONE_TO_INFINITY = "one_to_infinity"  # (1 + 2/n)^n to 1
    NOT_INVERTED = "not_inverted"  # (3/4)/(2/5) = 3/4·2/5
    COMPOSITION_ORDER = "composition_order"  # f(g(x)) = g(f(x))
    ONE_SIDE = "one_side"  # x^2 - 6x = 11 to x^2 - 6x + 9 = 11
    UNLIKE_TERMS = "unlike_terms"  # 3 + 2x = 5x
    TERM_LOST = "term_lost"  # 12a - 18b + 6 = 6(2a - 3b)
    ABSOLUTE_VALUE = "absolute_value"  # |x + 3| < 5 to x + 3 < 5
    HYPOTENUSE = "hypotenuse"  # x^2 = 17^2 + 8^2 though 17 is the hypotenuse
    WRONG_RATIO = "wrong_ratio"  # sin 28° = s/15 where s lies beside the angle
    ORDER_FORGOTTEN = "order_forgotten"  # 4/10·6/9 for one of each colour
    COUNTED_TWICE = "counted_twice"  # P(A or B) = P(A) + P(B)
    UNWEIGHTED = "unweighted"  # (71 + 81)/2 for 12 and 18 pupils
    NOT_SORTED = "not_sorted"  # 9 as the median of 7, 3, 9, 4, 15
    INDETERMINATE = "indeterminate"  # oo/oo = 1
    MODULUS_KEPT = "modulus_kept"  # 4x = 6 (mod 10) to 2x = 3 (mod 10)
    EXTREMUM_KIND = "extremum_kind"  # a minimum called a maximum
    ENDS_FORGOTTEN = "ends_forgotten"  # the greatest value, sought between the ends only
    OUTSIDE_INTERVAL = "outside_interval"  # the greatest value on [0, 3] at x = -1
    SAME_LETTER = "same_letter"  # 2k + 1 and 2k + 1 for any two odd numbers
    PROOF_BY_EXAMPLE = "proof_by_example"  # true for 1, 2 and 3, so for all
    CONVERSE = "converse"  # proved from what was to be proved
    EXTRANEOUS_ROOT = "extraneous_root"  # x = 3 for an equation with x - 3 below a line
    CONSTANT_KEPT = "constant_kept"  # (x^2 + 3)' = 2x + 3
    NOT_PUT_BACK = "not_put_back"  # u = e^x and u = 2 to x = 2
    DIAMETER_FOR_RADIUS = "diameter_for_radius"  # A = π·14^2 for a diameter of 14
    PART_FOR_WHOLE = "part_for_whole"  # 3/5 of the whole in a ratio of 3 : 5
    OTHER_PART = "other_part"  # 5·80 g of sugar for flour : sugar = 5 : 3
    WRONG_HEIGHT = "wrong_height"  # the slant height of a cone for its height
    LEADING_ZERO = "leading_zero"  # 10·9·8 numbers of three digits
    IMAGE_FOR_PREIMAGE = "image_for_preimage"  # f(1) for the x with f(x) = 1
    COPIED_WRONGLY = "copied_wrongly"  # 27·1.08 for a price of 1.80
    ARITHMETIC = "arithmetic"  # 17 + 8 = 24
    SET_UP = "set_up"  # 60/45 for the share that 45 is of 60: only the answer shows it

    @classmethod
    def _missing_(cls, value: object) -> Slip:
        return cls.OTHER


class FailingStatement(StrEnum):
    """Which of two statements a witness refutes; it fulfils the other one."""

    CLAIM = "claim"
    PREMISE = "premise"


class WitnessReason(StrEnum):
    """What a witness shows about a refuted claim."""

    SIDES = "sides"  # two numbers differ
    SIDES_AT = "sides_at"  # two expressions differ for the values
    LINES = "lines"  # as SIDES, where each side is a line of its own
    LINES_AT = "lines_at"
    PROBLEM = "problem"  # as LINES, where the first line is compared with the problem
    PROBLEM_AT = "problem_at"
    CLAIM_FAILS = "claim_fails"  # the premise holds for the values, the claim does not
    CLAIM_FAILS_SIDES = "claim_fails_sides"  # and what its two sides come to
    PREMISE_FAILS = "premise_fails"  # the claim holds for the values, the premise does not
    PREMISE_FAILS_SIDES = "premise_fails_sides"


@dataclass(frozen=True, slots=True)
class Witness:
    """Values for which one of two statements holds and the other does not.

    values: the names of variables, and LaTeX of their values; a number that ends in \\ldots is
    cut off. Empty where the claim has no variables.
    left, right: LaTeX of the values of the two sides of the failing statement.
    """

    values: dict[str, str]
    left: str
    right: str
    failing: FailingStatement = FailingStatement.CLAIM

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Self:
        failing = FailingStatement(fields.get("failing", FailingStatement.CLAIM))
        return cls(fields["values"], fields["left"], fields["right"], failing)

    @property
    def assignment(self) -> str:
        """LaTeX of the values: x = 2,\\; y = 3."""
        named = ((latex(Sym(name)).strip(), value) for name, value in self.values.items())
        return r",\; ".join(f"{name} = {value}" for name, value in named)

    def reason(self, relation: str) -> WitnessReason | None:
        """None where the witness has too little to show for a claim of this relation."""
        has_sides = bool(self.left and self.right)
        if not self.values:
            return WitnessReason.SIDES if has_sides else None
        if relation in RELATIONS_OF_SIDES:
            return WitnessReason.SIDES_AT if has_sides else None
        if self.failing == FailingStatement.PREMISE:
            return WitnessReason.PREMISE_FAILS_SIDES if has_sides else WitnessReason.PREMISE_FAILS
        return WitnessReason.CLAIM_FAILS_SIDES if has_sides else WitnessReason.CLAIM_FAILS


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """slip: the usual mistake that explains a refuted claim.

    The witness of a proved implication is a value for which the converse fails.
    """

    verdict: StepVerdict
    relation: ClaimRelation
    witness: Witness | None = None
    slip: Slip = Slip.NONE

    @property
    def is_decided(self) -> bool:
        return self.verdict != StepVerdict.UNCHECKED


def proved(relation: ClaimRelation, converse: Witness | None = None) -> ClaimResult:
    return ClaimResult(StepVerdict.PROVED, relation, converse)


def refuted(relation: ClaimRelation, witness: Witness, slip: Slip = Slip.NONE) -> ClaimResult:
    return ClaimResult(StepVerdict.REFUTED, relation, witness, slip)


def unchecked(relation: ClaimRelation) -> ClaimResult:
    return ClaimResult(StepVerdict.UNCHECKED, relation)


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """A claim with its result. start, end: its position in the text of the step, in characters.

    seconds: how long the check took.
    """

    verdict: StepVerdict
    relation: ClaimRelation
    claim: str
    start: int
    end: int
    witness: Witness | None = None
    slip: Slip = Slip.NONE
    seconds: float = 0.0

    @classmethod
    def of(cls, result: ClaimResult, text: str, start: int, seconds: float) -> Self:
        end = start + len(text)
        return cls(
            result.verdict,
            result.relation,
            text,
            start,
            end,
            result.witness,
            result.slip,
            seconds,
        )

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Self:
        witness = fields["witness"]
        typed = {
            "verdict": StepVerdict(fields["verdict"]),
            "relation": ClaimRelation(fields["relation"]),
            "witness": None if witness is None else Witness.from_dict(witness),
            "slip": Slip(fields.get("slip", Slip.NONE)),
        }
        return cls(**{**fields, **typed})

    @property
    def is_definition(self) -> bool:
        """Whether it only gives a name or repeats something: there is nothing to prove."""
        return self.verdict == StepVerdict.UNCHECKED and self.relation == ClaimRelation.DEFINE
