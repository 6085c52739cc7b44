"""What a teacher is told about a condition that cannot be used, in English.

Pages show the sentence in the reader's language, which they look up by the English one.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, auto


class ConditionFault(StrEnum):
    """One code for each sentence."""

    EMPTY = auto()
    TOO_LONG = auto()
    TOO_MANY_TESTS = auto()
    UNKNOWN_WORD = auto()
    UNREAD_EXPRESSION = auto()
    UNKNOWN_PROPERTY = auto()
    INCOMPLETE = auto()
    OPEN_BRACKET = auto()
    WITHOUT_ANSWER = auto()
    LETTER_WITHOUT_VALUE = auto()
    WITHOUT_LETTER = auto()
    BY_WHAT = auto()
    NO_VALUE = auto()
    NO_POINT = auto()
    NO_RELATION = auto()
    NO_VECTOR = auto()
    NO_DEGREE = auto()
    TOO_MUCH_WORK = auto()


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for translation, which pages do."""
    return sentence


CONDITION_SENTENCES = {
    ConditionFault.EMPTY: gettext_noop(
        "The condition is empty: write for example “answer > 10” or "
        "“answer is a multiple of (1, -2, 0)”."
    ),
    ConditionFault.TOO_LONG: gettext_noop("A condition has at most %(limit)s characters."),
    ConditionFault.TOO_MANY_TESTS: gettext_noop("A condition has at most %(limit)s tests."),
    ConditionFault.UNKNOWN_WORD: gettext_noop(
        "“%(word)s” is not a word of conditions. Variables are single letters, a product is "
        "written a*b, and a parameter [[a]]."
    ),
    ConditionFault.UNREAD_EXPRESSION: gettext_noop("“%(text)s” cannot be read: %(reason)s"),
    ConditionFault.UNKNOWN_PROPERTY: gettext_noop(
        "“%(text)s” is not a property that an answer can have. Write for example “is 5”, “is "
        "even”, “is a whole number”, “is divisible by 6”, “is a multiple of (1, 2)”, “is "
        "perpendicular to (1, 2)” or “is a polynomial in x with roots 1 and 2”."
    ),
    ConditionFault.INCOMPLETE: gettext_noop(
        "“%(text)s” is not a whole test: write for example “answer > 10”, “answer is even” or "
        "“answer at x = 2 is 5”."
    ),
    ConditionFault.OPEN_BRACKET: gettext_noop("The brackets in “%(text)s” do not match."),
    ConditionFault.WITHOUT_ANSWER: gettext_noop(
        "“%(text)s” does not mention the answer: write for example “answer > 10”."
    ),
    ConditionFault.LETTER_WITHOUT_VALUE: gettext_noop(
        "The letter %(letter)s in “%(text)s” has no value. A parameter is written [[%(letter)s]]."
    ),
    ConditionFault.WITHOUT_LETTER: gettext_noop(
        "“%(text)s” has no variable: write a function such as x^2."
    ),
    ConditionFault.BY_WHAT: gettext_noop(
        "“%(text)s” is not a whole test: write for example “answer differs from x^2 by a constant”."
    ),
    ConditionFault.NO_VALUE: gettext_noop("“%(text)s” has no value, or too large a one."),
    ConditionFault.NO_POINT: gettext_noop(
        "“%(text)s” does not say where: write the value of each letter, such as “at x = 1, y = 2”."
    ),
    ConditionFault.NO_RELATION: gettext_noop(
        "“%(text)s” is not an equation or an inequality, such as y = 2x + 1."
    ),
    ConditionFault.NO_VECTOR: gettext_noop("“%(text)s” is not a vector such as (1, -2, 0)."),
    ConditionFault.NO_DEGREE: gettext_noop(
        "“%(text)s” is not a degree: write a whole number from 0 to %(limit)s."
    ),
    ConditionFault.TOO_MUCH_WORK: gettext_noop("“%(text)s” takes too long to work out."),
}


class InvalidCondition(ValueError):
    """A condition that cannot be used; as text it is English."""

    def __init__(self, fault: ConditionFault, **params: str | int) -> None:
        super().__init__(fault, params)
        self.fault = fault
        self.params: Mapping[str, str | int] = params

    @property
    def template(self) -> str:
        return CONDITION_SENTENCES[self.fault]

    def __str__(self) -> str:
        return self.template % self.params
