"""What a student is told about an answer or the end of a solution: a code with parameters.

Its sentence is here in English. Pages show the one in the reader's language, which they look up by
the English one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto


class FeedbackCode(StrEnum):
    """One code for each sentence."""

    TEXT = auto()  # the author's own words, or a sentence stored before there were codes
    # The answer cannot be read
    OPERATION_ON_LIST = auto()
    BASE_NOT_A_NUMBER = auto()
    BASE_OUT_OF_RANGE = auto()
    NOT_IN_BASE = auto()
    NUMBER_TOO_LONG = auto()
    DEGREE_WITHOUT_NUMBER = auto()
    INTEGRAL_WITHOUT_DX = auto()
    RAGGED_MATRIX = auto()
    CASES = auto()
    BREAKS_OFF = auto()
    NESTED_TOO_DEEPLY = auto()
    TOO_MANY_DIVISIONS = auto()
    TOO_MANY_COMPARISONS = auto()
    NUMBERS_SIDE_BY_SIDE = auto()
    UNIT_WITHOUT_NUMBER = auto()
    UNREAD = auto()
    UNREAD_AT = auto()
    UNREAD_PIECE = auto()
    UNREAD_WORD = auto()
    UNREAD_UNIT = auto()
    UNREAD_CHOICE = auto()
    DECIMAL_COMMA = auto()
    ONLY_ANSWER = auto()
    OPEN_FRACTION = auto()
    FLAT_POWER = auto()
    BOTH_SIGNS = auto()
    UNIT_ASKED = auto()
    DIVISION_BY_ZERO = auto()
    OTHER_CASE = auto()
    UNREAD_TRUTH = auto()
    UNREAD_PIECES = auto()
    UNREAD_VECTOR = auto()
    UNREAD_FLAT = auto()
    ELEMENT_TWICE = auto()
    NOT_TEXT = auto()
    TOO_LONG = auto()
    TOO_MANY_CHARACTERS = auto()
    EMPTY = auto()
    GIVES_UP = auto()
    NO_FINAL_ANSWER = auto()
    # The answer is not the right one
    OTHER_BASE = auto()
    OTHER_VARIABLE = auto()
    OTHER_NAME = auto()
    OTHER_BRACKETS = auto()
    OTHER_BORDER = auto()
    OTHER_ENDS = auto()
    OTHER_LENGTH = auto()
    OTHER_SHAPE = auto()
    VALUES_MISSING = auto()
    VALUES_WRONG = auto()
    ONE_VALUE_TOO_MANY = auto()
    ONE_VALUE_ASKED = auto()
    EQUATION_ASKED = auto()
    CHOICE_MISSING = auto()
    NOT_A_QUANTITY = auto()
    UNIT_MISSING = auto()
    UNIT_MISFITS = auto()
    OTHER_DIMENSION = auto()
    OTHER_UNIT = auto()
    NO_SUCH_UNIT = auto()
    NOTHING_TO_CARRY = auto()
    # Near misses of the kinds that are judged by what they must satisfy
    CONSTANT_MISSING = auto()
    INTEGRAL_NOT_WORKED_OUT = auto()
    DIFFERENTIATED = auto()
    DERIVATIVE_TIMES = auto()
    OTHER_DERIVATIVE = auto()
    ABSOLUTE_VALUE_MISSING = auto()
    NOT_A_SOLUTION = auto()
    NO_FREE_CONSTANT = auto()
    CONSTANTS_TOO_FEW = auto()
    CONSTANTS_TOO_MANY = auto()
    FAMILY_LETTER_MISSING = auto()
    FAMILY_NOT_ALL_INTEGERS = auto()
    FAMILY_PART = auto()
    FAMILY_PARTLY = auto()
    FAMILY_TOO_MANY = auto()
    ZERO_VECTOR = auto()
    FLAT_DIMENSION = auto()
    FLAT_PARALLEL = auto()
    FLAT_DIRECTION = auto()
    PIECES_BORDER = auto()
    PIECES_DOMAIN = auto()
    PIECES_PARTLY = auto()
    LOGIC_NEGATED = auto()
    LOGIC_CONVERSE = auto()
    SETS_COMPLEMENT = auto()
    DIGIT_TOO_LARGE = auto()
    PERMUTATION_INVERSE = auto()
    QUOTIENT_SWAPPED = auto()
    QUOTIENT_WRONG = auto()
    REMAINDER_WRONG = auto()
    REMAINDER_MISSING = auto()
    REMAINDER_TOO_LARGE = auto()
    NOT_A_REMAINDER = auto()
    # The value is right, but not the form
    UNSOLVED_INEQUALITY = auto()
    RATIO_NOT_IN_LOWEST_TERMS = auto()
    NOT_IN_LOWEST_TERMS = auto()
    NOT_FACTORED = auto()
    NOT_EXPANDED = auto()
    ROOTS_NOT_SIMPLIFIED = auto()
    NOT_WITH_PLACES = auto()
    NOT_A_WHOLE_NUMBER = auto()
    NOT_A_DECIMAL_WITH_FIGURES = auto()
    OTHER_FIGURES = auto()
    NOT_WORKED_OUT = auto()
    COPIED_FORMULA = auto()
    NOT_AN_INTERVAL = auto()
    NOT_A_PLAIN_DECIMAL = auto()
    NOT_A_PLAIN_FRACTION = auto()
    NOT_A_MIXED_NUMBER = auto()
    NOT_A_LOWEST_MIXED_NUMBER = auto()
    NOT_PRIME_POWERS = auto()
    NOT_SCIENTIFIC = auto()
    NOT_PARTIAL_FRACTIONS = auto()
    NOT_SINGLE_FRACTION = auto()
    NOT_COMPLETED_SQUARE = auto()
    NOT_POLAR = auto()
    NOT_CARTESIAN = auto()
    NOT_THE_SUBJECT = auto()
    NOT_A_LINE_OF_FORM = auto()
    NOT_AN_EQUATION = auto()
    NOT_IN_DEGREES = auto()
    NOT_IN_RADIANS = auto()
    NOT_IN_PERCENT = auto()
    # A solution ended before the model was done
    RECIPE_GONE = auto()
    PROBLEM_TOO_LONG = auto()
    SERVER_AWAY = auto()
    MODEL_GONE = auto()


# What is right as far as it goes.
RIGHT_BUT = (
    FeedbackCode.UNIT_MISSING,
    FeedbackCode.UNIT_MISFITS,
    FeedbackCode.NOT_A_REMAINDER,
    FeedbackCode.INTEGRAL_NOT_WORKED_OUT,
)
# What asks "Did you mean …?" with the text that may be meant.
ASKS_WHETHER_MEANT = (
    *(FeedbackCode.DECIMAL_COMMA, FeedbackCode.ONLY_ANSWER),
    *(FeedbackCode.OPEN_FRACTION, FeedbackCode.FLAT_POWER, FeedbackCode.BOTH_SIGNS),
)
# What says already what to type instead, so that examples would say less.
SAYS_WHAT_TO_TYPE = (
    *(FeedbackCode.ONLY_ANSWER, FeedbackCode.DECIMAL_COMMA, FeedbackCode.OTHER_CASE),
    *(FeedbackCode.UNREAD_VECTOR, FeedbackCode.DIVISION_BY_ZERO, FeedbackCode.UNREAD_CHOICE),
    FeedbackCode.UNIT_ASKED,
)
# What is said of another kind of answer than was asked for, whatever its value is.
OTHER_KIND = (
    FeedbackCode.OTHER_LENGTH,
    FeedbackCode.OTHER_SHAPE,
    FeedbackCode.NOT_A_QUANTITY,
    FeedbackCode.OTHER_DIMENSION,
)


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for translation; there is no Django here."""
    return sentence


SENTENCES = {
    FeedbackCode.OPERATION_ON_LIST: gettext_noop(
        "A list, a set or a comparison cannot be added or multiplied."
    ),
    FeedbackCode.BASE_NOT_A_NUMBER: gettext_noop("A number's base is a number, as in 204_5."),
    FeedbackCode.BASE_OUT_OF_RANGE: gettext_noop("A base lies between 2 and 36."),
    FeedbackCode.NOT_IN_BASE: gettext_noop("%(text)s is not a number in base %(base)s."),
    FeedbackCode.NUMBER_TOO_LONG: gettext_noop("The number is too long to read."),
    FeedbackCode.DEGREE_WITHOUT_NUMBER: gettext_noop("A degree sign needs a number before it."),
    FeedbackCode.INTEGRAL_WITHOUT_DX: gettext_noop("An integral needs its dx."),
    FeedbackCode.RAGGED_MATRIX: gettext_noop("The rows of the matrix have different lengths."),
    FeedbackCode.CASES: gettext_noop("A value that depends on cases cannot be compared."),
    FeedbackCode.BREAKS_OFF: gettext_noop(
        "The answer breaks off: something is missing at its end."
    ),
    FeedbackCode.NESTED_TOO_DEEPLY: gettext_noop(
        "The answer has too many brackets, fractions or roots inside one another."
    ),
    FeedbackCode.TOO_MANY_DIVISIONS: gettext_noop("The answer has too many divisions in a row."),
    FeedbackCode.TOO_MANY_COMPARISONS: gettext_noop(
        "The answer has too many comparisons in a row."
    ),
    FeedbackCode.NUMBERS_SIDE_BY_SIDE: gettext_noop(
        "Two numbers stand side by side without a sign between them."
    ),
    FeedbackCode.UNIT_WITHOUT_NUMBER: gettext_noop("A unit needs one number before it."),
    FeedbackCode.UNREAD: gettext_noop("We could not read the answer."),
    FeedbackCode.UNREAD_AT: gettext_noop("We could not read the answer at %(text)s."),
    FeedbackCode.UNREAD_PIECE: gettext_noop("We could not read %(text)s."),
    FeedbackCode.UNREAD_WORD: gettext_noop("We could not read the word %(text)s."),
    FeedbackCode.UNREAD_UNIT: gettext_noop("We do not know the unit of this answer."),
    FeedbackCode.DECIMAL_COMMA: gettext_noop(
        "Did you mean %(text)s? Here a decimal is written with a point."
    ),
    FeedbackCode.ONLY_ANSWER: gettext_noop("Write only the answer. Did you mean %(text)s?"),
    FeedbackCode.OPEN_FRACTION: gettext_noop(
        "Did you mean %(text)s? Without these brackets, the letter is not below the line."
    ),
    FeedbackCode.FLAT_POWER: gettext_noop(
        "Did you mean %(text)s? Type ^ before an exponent; without it, this is a product."
    ),
    FeedbackCode.BOTH_SIGNS: gettext_noop(
        "Did you mean %(text)s? Here +- is read as ±: plus, and also minus."
    ),
    FeedbackCode.UNIT_ASKED: gettext_noop("Write the number with its unit."),
    FeedbackCode.DIVISION_BY_ZERO: gettext_noop("The answer divides by zero, which has no value."),
    FeedbackCode.OTHER_CASE: gettext_noop(
        "Did you mean %(text)s? Capital and small letters mean different things."
    ),
    FeedbackCode.UNREAD_CHOICE: gettext_noop(
        "We could not read a choice. Answer with its letter, such as B."
    ),
    FeedbackCode.UNREAD_TRUTH: gettext_noop(
        "We could not read this as true or false. Answer with one of these words."
    ),
    FeedbackCode.UNREAD_VECTOR: gettext_noop(
        "We could not read this as a vector. Write it like (1, -2, 3)."
    ),
    FeedbackCode.UNREAD_FLAT: gettext_noop(
        "We could not read this as a line or a plane. Write it like (1,2,3) + t(1,0,-1), or as "
        "an equation."
    ),
    FeedbackCode.UNREAD_PIECES: gettext_noop(
        "We could not read this as pieces with their conditions. Write them like x^2 if x < 0; "
        "x if x >= 0."
    ),
    FeedbackCode.ELEMENT_TWICE: gettext_noop(
        "In a permutation each element goes to exactly one element, and none comes twice."
    ),
    FeedbackCode.NOT_TEXT: gettext_noop("The answer contains characters that Lemma cannot read."),
    FeedbackCode.TOO_LONG: gettext_noop("The answer is too long to read."),
    FeedbackCode.TOO_MANY_CHARACTERS: gettext_noop(
        "The answer is longer than %(limit)s characters."
    ),
    FeedbackCode.EMPTY: gettext_noop("You typed no answer."),
    FeedbackCode.GIVES_UP: gettext_noop("Lemma reads this as “I do not know”."),
    FeedbackCode.NO_FINAL_ANSWER: gettext_noop("No final answer was found."),
    FeedbackCode.OTHER_BASE: gettext_noop("Write the answer in base %(base)s."),
    FeedbackCode.OTHER_VARIABLE: gettext_noop(
        "The answer uses another letter than the one asked for."
    ),
    FeedbackCode.OTHER_NAME: gettext_noop(
        "The answer gives the value of another letter, not of the letter asked for."
    ),
    FeedbackCode.OTHER_BRACKETS: gettext_noop("The brackets differ from those asked for."),
    FeedbackCode.OTHER_BORDER: gettext_noop(
        "All is right but the border: check whether it is part of the answer."
    ),
    FeedbackCode.OTHER_ENDS: gettext_noop(
        "All is right but the endpoints: check which of them are included."
    ),
    FeedbackCode.OTHER_LENGTH: gettext_noop(
        "The answer needs %(n)s entries. This one has another number of them."
    ),
    FeedbackCode.OTHER_SHAPE: gettext_noop("The matrix needs the size %(rows)s × %(columns)s."),
    FeedbackCode.VALUES_MISSING: gettext_noop("%(right)s of %(asked)s values found."),
    FeedbackCode.VALUES_WRONG: gettext_noop("%(right)s of %(asked)s values are right."),
    FeedbackCode.ONE_VALUE_TOO_MANY: gettext_noop("One value too many."),
    FeedbackCode.ONE_VALUE_ASKED: gettext_noop("One value is asked for. You gave more than one."),
    FeedbackCode.EQUATION_ASKED: gettext_noop(
        "An equation is asked for. Write both of its sides: … = …"
    ),
    FeedbackCode.CHOICE_MISSING: gettext_noop("One choice or more is missing."),
    FeedbackCode.NOT_A_QUANTITY: gettext_noop("The answer is a number with a unit."),
    FeedbackCode.UNIT_MISSING: gettext_noop("The number is right, but its unit is missing."),
    FeedbackCode.UNIT_MISFITS: gettext_noop(
        "The number is right, but its unit measures something else than what was asked for."
    ),
    FeedbackCode.OTHER_DIMENSION: gettext_noop(
        "The unit measures something else than what was asked for."
    ),
    FeedbackCode.OTHER_UNIT: gettext_noop("The problem asks for another unit."),
    FeedbackCode.NO_SUCH_UNIT: gettext_noop("Nothing here is measured in this unit."),
    FeedbackCode.NOTHING_TO_CARRY: gettext_noop(
        "Your answers to the parts before give no value to compare this one with."
    ),
    FeedbackCode.CONSTANT_MISSING: gettext_noop(
        "The derivative is right, but the constant is missing: + C."
    ),
    FeedbackCode.INTEGRAL_NOT_WORKED_OUT: gettext_noop("The integral is still to be worked out."),
    FeedbackCode.DIFFERENTIATED: gettext_noop(
        "The function was differentiated, but it is to be integrated."
    ),
    FeedbackCode.DERIVATIVE_TIMES: gettext_noop(
        "A factor is wrong: the derivative of the answer is %(factor)s times the function."
    ),
    FeedbackCode.OTHER_DERIVATIVE: gettext_noop(
        "The derivative of the answer is not the function that was to be integrated."
    ),
    FeedbackCode.ABSOLUTE_VALUE_MISSING: gettext_noop(
        "The answer has no value for some numbers where the function has one: a logarithm may "
        "need an absolute value."
    ),
    FeedbackCode.NOT_A_SOLUTION: gettext_noop(
        "Put into the differential equation, the answer does not satisfy it."
    ),
    FeedbackCode.NO_FREE_CONSTANT: gettext_noop(
        "This is one solution. The general solution has a free constant for each order."
    ),
    FeedbackCode.CONSTANTS_TOO_FEW: gettext_noop(
        "These are solutions, but not all: the general solution needs %(n)s free constants."
    ),
    FeedbackCode.CONSTANTS_TOO_MANY: gettext_noop(
        "These are solutions, but they have more than %(n)s free constants: some can be joined."
    ),
    FeedbackCode.FAMILY_LETTER_MISSING: gettext_noop(
        "These are solutions, but there are infinitely many: they repeat, so add k times the "
        "period."
    ),
    FeedbackCode.FAMILY_NOT_ALL_INTEGERS: gettext_noop(
        "The letter must stand for all whole numbers, the negative ones too."
    ),
    FeedbackCode.FAMILY_PART: gettext_noop(
        "All of these are solutions, but some solutions are missing."
    ),
    FeedbackCode.FAMILY_PARTLY: gettext_noop(
        "Some of these are solutions, some are not, and some solutions are missing."
    ),
    FeedbackCode.FAMILY_TOO_MANY: gettext_noop(
        "All solutions are there, but also numbers that are not solutions."
    ),
    FeedbackCode.ZERO_VECTOR: gettext_noop("The zero vector has no direction."),
    FeedbackCode.FLAT_DIMENSION: gettext_noop(
        "A line has one parameter, and a plane has two that point in different directions."
    ),
    FeedbackCode.FLAT_PARALLEL: gettext_noop(
        "It is parallel to the right answer, but goes through other points."
    ),
    FeedbackCode.FLAT_DIRECTION: gettext_noop(
        "It goes through a right point, but its direction is wrong."
    ),
    FeedbackCode.PIECES_BORDER: gettext_noop(
        "The pieces are right, but not at their borders: look at < and ≤."
    ),
    FeedbackCode.PIECES_DOMAIN: gettext_noop("The conditions do not cover the right numbers."),
    FeedbackCode.PIECES_PARTLY: gettext_noop("%(right)s of %(asked)s pieces are right."),
    FeedbackCode.LOGIC_NEGATED: gettext_noop(
        "This is true exactly where the right answer is false."
    ),
    FeedbackCode.LOGIC_CONVERSE: gettext_noop("The arrow points the other way."),
    FeedbackCode.SETS_COMPLEMENT: gettext_noop(
        "This is exactly what does not belong to the right answer."
    ),
    FeedbackCode.DIGIT_TOO_LARGE: gettext_noop("Base %(base)s does not have one of these digits."),
    FeedbackCode.PERMUTATION_INVERSE: gettext_noop(
        "This is the inverse: each element goes back to where it came from."
    ),
    FeedbackCode.QUOTIENT_SWAPPED: gettext_noop("Quotient and remainder are swapped."),
    FeedbackCode.QUOTIENT_WRONG: gettext_noop("The remainder is right, the quotient is not."),
    FeedbackCode.REMAINDER_WRONG: gettext_noop("The quotient is right, the remainder is not."),
    FeedbackCode.REMAINDER_MISSING: gettext_noop(
        "The quotient is right, the remainder is missing."
    ),
    FeedbackCode.REMAINDER_TOO_LARGE: gettext_noop("The divisor fits in more often."),
    FeedbackCode.NOT_A_REMAINDER: gettext_noop(
        "The value is right, but it is not written as a quotient with its remainder."
    ),
    FeedbackCode.UNSOLVED_INEQUALITY: gettext_noop(
        "The inequality is equivalent to the answer, but it is not solved."
    ),
    FeedbackCode.RATIO_NOT_IN_LOWEST_TERMS: gettext_noop(
        "The value is right, but it is not a ratio of whole numbers in lowest terms."
    ),
    FeedbackCode.NOT_IN_LOWEST_TERMS: gettext_noop(
        "The value is right, but it is not a fraction in lowest terms."
    ),
    FeedbackCode.NOT_FACTORED: gettext_noop(
        "The value is right, but it is not factored as far as possible."
    ),
    FeedbackCode.NOT_EXPANDED: gettext_noop(
        "The value is right, but it is not multiplied out and collected."
    ),
    FeedbackCode.NOT_PARTIAL_FRACTIONS: gettext_noop(
        "The value is right, but it is not split into partial fractions as far as possible."
    ),
    FeedbackCode.NOT_SINGLE_FRACTION: gettext_noop(
        "The value is right, but it is not one single fraction."
    ),
    FeedbackCode.NOT_COMPLETED_SQUARE: gettext_noop(
        "The value is right, but the square is not completed: a(x + p)^2 + q."
    ),
    FeedbackCode.NOT_POLAR: gettext_noop(
        "The value is right, but it is not in polar form with a positive modulus."
    ),
    FeedbackCode.NOT_CARTESIAN: gettext_noop(
        "The value is right, but it is not in the form a + bi."
    ),
    FeedbackCode.NOT_WORKED_OUT: gettext_noop("The value is right, but it is not worked out."),
    FeedbackCode.COPIED_FORMULA: gettext_noop(
        "This is the formula of the problem. Write what it comes to."
    ),
    FeedbackCode.NOT_AN_INTERVAL: gettext_noop(
        "These are the right numbers. Write them as an interval, such as [2, 5)."
    ),
    FeedbackCode.NOT_A_PLAIN_DECIMAL: gettext_noop(
        "The value is right, but it is not written as a decimal."
    ),
    FeedbackCode.NOT_A_PLAIN_FRACTION: gettext_noop(
        "The value is right, but it is not written as a fraction of two whole numbers."
    ),
    FeedbackCode.NOT_A_MIXED_NUMBER: gettext_noop(
        "The value is right, but it is not written as a mixed number."
    ),
    FeedbackCode.NOT_A_LOWEST_MIXED_NUMBER: gettext_noop(
        "The value is right, but it is not a mixed number in lowest terms."
    ),
    FeedbackCode.NOT_PRIME_POWERS: gettext_noop(
        "The value is right, but it is not a product of powers of different primes."
    ),
    FeedbackCode.NOT_SCIENTIFIC: gettext_noop(
        "The value is right, but it is not in scientific notation: one digit from 1 to 9 before "
        "the point, times a power of ten."
    ),
    FeedbackCode.NOT_THE_SUBJECT: gettext_noop(
        "The equation is right, but %(text)s does not stand alone on one side."
    ),
    FeedbackCode.NOT_AN_EQUATION: gettext_noop(
        "This is one side of the equation. Write the whole equation."
    ),
    FeedbackCode.NOT_A_LINE_OF_FORM: gettext_noop(
        "This is the right line, but it is not written as %(text)s."
    ),
    FeedbackCode.NOT_IN_DEGREES: gettext_noop(
        "The value is right, but the problem asks for degrees. Write it like 30°."
    ),
    FeedbackCode.NOT_IN_RADIANS: gettext_noop(
        "The value is right, but the problem asks for radians. Write it without °, like pi/6."
    ),
    FeedbackCode.NOT_IN_PERCENT: gettext_noop(
        "The value is right, but the problem asks for a percentage. Write it like 35%%."
    ),
    FeedbackCode.ROOTS_NOT_SIMPLIFIED: gettext_noop(
        "The value is right, but its roots are not simplified."
    ),
    FeedbackCode.NOT_WITH_PLACES: gettext_noop(
        "The value is right, but it is not a decimal with %(n)s places after the point."
    ),
    FeedbackCode.NOT_A_WHOLE_NUMBER: gettext_noop(
        "The value is right, but it is not written as a whole number."
    ),
    FeedbackCode.NOT_A_DECIMAL_WITH_FIGURES: gettext_noop(
        "The value is right, but it is not a decimal with %(n)s significant figures."
    ),
    FeedbackCode.OTHER_FIGURES: gettext_noop(
        "The value is right, but it does not have %(n)s significant figures."
    ),
    FeedbackCode.RECIPE_GONE: gettext_noop(
        "Lemma’s settings have changed meanwhile. Ask for the solution again."
    ),
    FeedbackCode.PROBLEM_TOO_LONG: gettext_noop("The problem is too long for the model."),
    FeedbackCode.SERVER_AWAY: gettext_noop(
        "The model could not be reached for ten minutes. Ask for the solution again."
    ),
    FeedbackCode.MODEL_GONE: gettext_noop(
        "Lemma uses another model by now. Ask for the solution again."
    ),
}
SENTENCES_FOR_ONE = {  # where n is 1
    FeedbackCode.OTHER_ENDS: gettext_noop(
        "All is right but the endpoints: check which of them are included."
    ),
    FeedbackCode.OTHER_LENGTH: gettext_noop(
        "The answer needs 1 entry. This one has another number of them."
    ),
    FeedbackCode.NOT_WITH_PLACES: gettext_noop(
        "The value is right, but it is not a decimal with 1 place after the point."
    ),
    FeedbackCode.NOT_A_DECIMAL_WITH_FIGURES: gettext_noop(
        "The value is right, but it is not a decimal with 1 significant figure."
    ),
    FeedbackCode.OTHER_FIGURES: gettext_noop(
        "The value is right, but it does not have 1 significant figure."
    ),
}
EXAMPLES = gettext_noop("Try a number, a fraction such as 3/4, or an expression such as 2x+1.")
EXAMPLES_OF = {  # kinds of answers
    "quantity": gettext_noop("A number with its unit is asked for, such as 5 cm^2."),
    "equation": gettext_noop("An equation is asked for, such as y = 2x+1."),
    "inequality": gettext_noop("An inequality is asked for, such as x > 3."),
}


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a student is told about an answer, or about a solution that ended early.

    params: the values in the sentence. with_examples: whether a second sentence shows what
    answers look like. kind: of answer, where it has examples of its own. As text it is English.
    """

    code: FeedbackCode
    params: Mapping[str, str | int] = field(default_factory=dict)
    with_examples: bool = False
    kind: str = ""

    @classmethod
    def text(cls, text: str) -> Feedback:
        """Words that no code stands for."""
        return cls(FeedbackCode.TEXT, {"text": text})

    @classmethod
    def from_json(cls, stored: str) -> Feedback | None:
        """None for an empty text. Grades of former releases stored the English sentence."""
        if not stored:
            return None
        try:
            data = json.loads(stored)
            code = FeedbackCode(data["code"])
            return cls(code, data["params"], data["with_examples"], data.get("kind", ""))
        except (ValueError, TypeError, KeyError):
            return _FORMER.get(stored) or cls.text(stored)

    def to_json(self) -> str:
        data = {"code": self.code, "params": self.params, "with_examples": self.with_examples}
        data |= {"kind": self.kind} if self.kind else {}
        return json.dumps(data, ensure_ascii=False)

    @property
    def meant(self) -> str:
        """The answer that may be meant instead; empty where nothing is asked."""
        return str(self.params["text"]) if self.code in ASKS_WHETHER_MEANT else ""

    @property
    def opening(self) -> str:
        """How its JSON begins, whatever its parameters are."""
        return json.dumps({"code": self.code})[:-1]

    @property
    def template(self) -> str:
        """The English sentence, which is also the name of its translations."""
        if self.code == FeedbackCode.TEXT:
            return "%(text)s"
        of_one = SENTENCES_FOR_ONE.get(self.code) if self.params.get("n") == 1 else None
        return of_one or SENTENCES[self.code]

    @property
    def examples(self) -> str:
        """The second sentence in English; empty without one."""
        return EXAMPLES_OF.get(self.kind, EXAMPLES) if self.with_examples else ""

    def __str__(self) -> str:
        return f"{self.template % self.params} {self.examples}".rstrip()


# Sentences as they were stored before they had codes; those with values in them stay text.
_FORMER = {
    str(feedback): feedback
    for code, sentence in SENTENCES.items()
    if "%(" not in sentence
    for feedback in (Feedback(code), Feedback(code, with_examples=True))
}
_FORMER |= {
    "The model is asked in another way by now. Ask for it again.": Feedback(
        FeedbackCode.RECIPE_GONE
    ),
    "The model's server was away for ten minutes. Ask for it again.": Feedback(
        FeedbackCode.SERVER_AWAY
    ),
    "The model that it was asked of is not there any more. Ask for it again.": Feedback(
        FeedbackCode.MODEL_GONE
    ),
    "There is no answer.": Feedback(FeedbackCode.EMPTY),
    f"There is no answer. {EXAMPLES}": Feedback(FeedbackCode.EMPTY, with_examples=True),
}
