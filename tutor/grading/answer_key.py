"""What counts as right for a problem, and the grade of an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args, get_type_hints

from tutor.grading.feedback import RIGHT_BUT, Feedback

# Stored with every verdict. Raise it whenever an answer may be graded differently.
GRADER_VERSION = "33"
MAX_PLACES = 50
MAX_WRONG_SCORE = 0.99  # of an answer that is not wholly right


class InvalidKey(ValueError):
    """An unusable answer key; the message tells the teacher why."""


class Kind(StrEnum):
    NUMBER = "number"
    EXPRESSION = "expression"
    EQUATION = "equation"
    INEQUALITY = "inequality"
    LIST = "list"
    SET = "set"
    INTERVAL = "interval"
    TUPLE = "tuple"
    MATRIX = "matrix"
    RATIO = "ratio"
    CHOICE = "choice"
    QUANTITY = "quantity"
    TEXT = "text"
    # Judged by what they must satisfy, see grading.kinds
    ANTIDERIVATIVE = "antiderivative"
    GENERAL_SOLUTION = "general_solution"
    FAMILY = "family"
    LINE_OR_PLANE = "line_or_plane"
    DIRECTION = "direction"
    PIECEWISE = "piecewise"
    LOGIC = "logic"
    TRUTH = "truth"
    BASED_NUMBER = "based_number"
    DIVISION = "division"
    PERMUTATION = "permutation"


NUMBERS = (Kind.NUMBER, Kind.QUANTITY)  # the only letters in such answers are those of a unit
IN_WORDS = (Kind.CHOICE, Kind.TEXT)


class Form(StrEnum):
    ANY = "any"
    FACTORED = "factored"
    PRIME_POWERS = "prime_powers"
    EXPANDED = "expanded"
    LOWEST_TERMS = "lowest_terms"
    SIMPLIFIED_SURD = "simplified_surd"
    DECIMAL_PLACES = "decimal_places"
    SIGNIFICANT_FIGURES = "significant_figures"
    WORKED_OUT = "worked_out"
    DECIMAL = "decimal"
    FRACTION = "fraction"
    MIXED_NUMBER = "mixed_number"
    LOWEST_MIXED_NUMBER = "lowest_mixed_number"
    SCIENTIFIC = "scientific"
    PARTIAL_FRACTIONS = "partial_fractions"
    SINGLE_FRACTION = "single_fraction"
    COMPLETED_SQUARE = "completed_square"
    POLAR = "polar"
    CARTESIAN = "cartesian"
    SUBJECT = "subject"
    FREE_TEXT = "free_text"  # a person reads it


class Verdict(StrEnum):
    CORRECT = "correct"
    INCORRECT = "incorrect"
    UNREADABLE = "unreadable"
    UNDECIDED = "undecided"


class Rule(StrEnum):
    """What decided a grade. `tutor/problems/labels.py` has a sentence for each."""

    # No key, or no answer
    NO_KEY = "no_key"
    INVALID_KEY = "invalid_key"
    EMPTY = "empty"
    LEFT_EMPTY = "left_empty"  # one part of several
    NO_ANSWER = "no_answer"  # in the text of a model
    PARSE = "parse"
    DEADLINE = "deadline"  # the budget of work was spent
    # How the response was compared with the key
    STRUCTURE = "structure"
    EXACT = "exact"
    NUMBERS = "numbers"
    SYMBOLS = "symbols"
    TOLERANCE = "tolerance"
    ROUNDING = "rounding"
    BASE = "base"
    UNITS = "units"
    WORDS = "words"
    CHOICE = "choice"
    NAMES = "names"
    EQUATIONS = "equations"
    DOMAINS = "domains"
    INEQUALITIES = "inequalities"
    SYSTEMS = "systems"
    FAMILIES = "families"  # x = kπ for all whole k
    PROGRESSIONS = "progressions"  # families, compared member by member
    DERIVATIVES = "derivatives"
    SUBSTITUTION = "substitution"
    FLATS = "flats"  # lines and planes
    DIRECTIONS = "directions"
    PIECES = "pieces"
    TRUTH_TABLES = "truth_tables"
    DIVISIONS = "divisions"
    PERMUTATIONS = "permutations"
    SHARES = "shares"  # of several choices
    SETS = "sets"
    LISTS = "lists"
    LENGTHS = "lengths"
    BRACKETS = "brackets"
    SHAPE = "shape"  # of a matrix
    # What was looked at after the value
    FORM = "form"
    EXPECTED = "expected"  # a wrong answer that the author foresaw
    # Problems with parts
    PARTS = "parts"
    CARRIED = "carried"  # judged by the student's own earlier answers
    CONDITION = "condition"  # put into a condition of the author
    FREE_TEXT = "free_text"  # left to a teacher
    UNJUDGED = "unjudged"  # another part could not be read
    PERSON = ""  # a teacher decided


@dataclass(frozen=True, slots=True)
class Grade:
    """What the grader says about one answer.

    score: 0..1. answer: the text that was graded. parts: the grade of each part, if there are
    any. carried: the letters of the earlier parts by whose answers this part was judged.
    """

    verdict: Verdict
    score: float
    rule: Rule
    feedback: Feedback | None = None
    answer: str = ""
    parts: tuple[Grade, ...] = ()
    carried: tuple[str, ...] = ()

    @property
    def is_unfinished(self) -> bool:
        """Whether nothing in it is wrong, but it is not yet what was asked for."""
        is_wrong = self.verdict == Verdict.INCORRECT and not self.score
        return is_wrong and is_right_but(self.rule, self.feedback)


def is_right_but(rule: str, feedback: Feedback | None) -> bool:
    """Whether only the form, the unit or the like of a wrong answer is wrong."""
    code = feedback.code if feedback else None
    return rule == Rule.FORM or code in RIGHT_BUT


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """What counts as right for one problem.

    value: LaTeX, or typed as on a calculator.
    condition: decides instead of the value, which is one example then; see `grading.conditions`.
    places: decimals or figures that the form demands; an answer rounded that far is right.
    tolerance: how far off a number may be, a decimal such as "0.01"; None means exact.
    relative: the tolerance is a share of the value, not a distance.
    unit: the unit of `value`, such as "cm^2"; an answer in another unit is converted.
    unit_optional: an answer without the unit (also %, a currency or a degree sign) counts.
    equation: the differential equation that a general solution solves, such as "y' = 2y".
    constant_optional: an antiderivative without + C counts.
    name_optional: for x = 4 the answer 4 counts, and x = 4 for 4.
    any_letters: an answer in other letters counts, such as s = vt for d = vt.
    ordered: the order of a bare list 1, 2, 3 matters.
    decimal_comma: 2,5 is two and a half, and lists are separated by semicolons.
    ignore_case: Tuesday and tuesday are the same word.
    positive_letters: all letters stand for positive numbers, so that √(a²) is a.
    shares: what each of several choices is worth in percent, such as "50 -50 50"; they add up.
    ties_to_even: 0.125 rounds to 0.12; without it, to 0.13, away from zero.
    guessed: the kind was inferred from the text, so (1, 3) may be an interval too.
    """

    value: str
    kind: Kind
    form: Form = Form.ANY
    places: int | None = None
    tolerance: str | None = None
    relative: bool = False
    unit: str = ""
    unit_optional: bool = False
    equation: str = ""
    condition: str = ""
    shares: str = ""
    constant_optional: bool = False
    name_optional: bool = True
    any_letters: bool = False
    ordered: bool = False
    decimal_comma: bool = False
    ignore_case: bool = True
    positive_letters: bool = False
    ties_to_even: bool = False
    guessed: bool = False

    @classmethod
    def from_fields(cls, data: Mapping[str, object]) -> AnswerKey:
        """The value may be any text, even one with placeholders; `read_key` also checks it.

        Raises InvalidKey when a field is unknown or of the wrong type.
        """
        return cls(**_checked_fields(data))  # type: ignore[arg-type]

    def to_dict(self) -> dict[str, object]:
        """Value, kind, and every field that differs from its default."""
        chosen = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name in ("value", "kind") or getattr(self, field.name) != field.default
        }
        return {name: str(v) if isinstance(v, StrEnum) else v for name, v in chosen.items()}


def _json_types(annotation: Any) -> tuple[type, ...]:
    """The types that a field may have in JSON, by its annotation in `AnswerKey`."""
    types = get_args(annotation) or (annotation,)
    return tuple(str if issubclass(each, StrEnum) else each for each in types)


_TYPES = {name: _json_types(hint) for name, hint in get_type_hints(AnswerKey).items()}
_JSON_NAMES = {
    str: 'text in quotes, such as "0.5"',
    int: "a whole number",
    bool: "true or false",
    type(None): "null",
}
_SHARES = re.compile(r"-?\d{1,3}(?:\.\d{1,7})?(?: -?\d{1,3}(?:\.\d{1,7})?){0,29}")
_DECIMAL = re.compile(r"\d{1,30}(\.\d{1,30})?|\.\d{1,30}")


def _as_text(tolerance: object) -> object:
    """ "0.00001" for the number 0.00001"""
    if isinstance(tolerance, bool) or not isinstance(tolerance, int | float):
        return tolerance
    return f"{Decimal(str(tolerance)):f}"


def _checked_fields(data: Mapping[str, object]) -> dict[str, object]:
    for name in data:
        if name not in _TYPES:
            raise InvalidKey(f"An answer key has no field {name!r}; it has {', '.join(_TYPES)}.")
    data = {name: _as_text(value) if name == "tolerance" else value for name, value in data.items()}
    for name, value in data.items():
        types = _TYPES[name]
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            right = ", or ".join(_JSON_NAMES[each] for each in types)
            right = f"a number, {right}" if name == "tolerance" else right
            raise InvalidKey(f"The field {name!r} cannot be {value!r}; it must be {right}.")
    for name in ("value", "kind"):
        if name not in data:
            raise InvalidKey(f"An answer key needs the field {name!r}.")
    checked = dict(data)
    checked["kind"] = _member(Kind, "kind", str(data["kind"]))
    checked["form"] = _member(Form, "form", str(data.get("form", Form.ANY)))
    _check_texts(checked)
    _check_places(checked["form"], checked.get("places"))
    return checked


def _member(enum: type[Kind] | type[Form], name: str, value: str) -> StrEnum:
    try:
        return enum(value)
    except ValueError:
        raise InvalidKey(f"There is no {name} {value!r}; use {', '.join(enum)}.") from None


def _check_texts(checked: Mapping[str, object]) -> None:
    tolerance, shares = checked.get("tolerance"), checked.get("shares")
    if tolerance is not None and not _DECIMAL.fullmatch(str(tolerance)):
        raise InvalidKey(f"A tolerance is a decimal such as 0.01, not {tolerance!r}.")
    if shares and not _SHARES.fullmatch(str(shares)):
        raise InvalidKey(f"Shares are percents with spaces between them, not {shares!r}.")
    if checked["form"] == Form.FREE_TEXT and checked["kind"] != Kind.TEXT:
        raise InvalidKey("Free text is a form of the kind text.")


def _check_places(form: object, places: object) -> None:
    needs_places = form in (Form.DECIMAL_PLACES, Form.SIGNIFICANT_FIGURES)
    if needs_places and places is None:
        raise InvalidKey(f"The form {form} needs the number of places.")
    if places is not None and not needs_places:
        raise InvalidKey("Places are for the forms decimal_places and significant_figures.")
    minimum = 1 if form == Form.SIGNIFICANT_FIGURES else 0
    if isinstance(places, int) and not minimum <= places <= MAX_PLACES:
        raise InvalidKey(f"Places must be between {minimum} and {MAX_PLACES}, not {places}.")
