"""Divisions with a remainder: 7 R 2, or 23 = 3 * 7 + 2; of numbers and of polynomials."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeGuard

from tutor.grading.answer_key import AnswerKey, InvalidKey, Rule
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.kinds.answer_kind import AnswerKind
from tutor.grading.kinds.reading import read_tree
from tutor.grading.numeric.equivalence import Equality, same_value
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.shapes import expand_plus_minus
from tutor.grading.parsing.tree import (
    ZERO,
    Add,
    Comparison,
    Div,
    Mul,
    Ratio,
    Term,
    Unreadable,
    Value,
    is_term,
)
from tutor.grading.processes.work_budget import WorkBudget

_TEXT = re.compile(r"\\(?:text|mathrm|operatorname) ?\{([^{}]{0,40})\}")
_STYLES = re.compile(r"\\(?:text|mathrm|operatorname|quad|qquad)(?![a-z])|\\[ ,;:!]|[$~]")
_REMAINDER = re.compile(
    r"(?<![A-Za-z])(?:remainders?|remain|rem|mod|rest|reste|resto|residuo"
    r"|reszta|rester|maradék|zbytek|kalan|jäännös|остаток|ост|r)(?![A-Za-z])\.?"
    r"|(?<=[\w)}] )re?(?:m[aein]|s[ti]|m?i?nd)[a-z]{0,9}(?= [-+\d(a-z])"  # however it is spelled
    r"|(?<=[\d)}])r(?=[ \d])|余数|余|(?:\.{2,12}|\\[lc]?dots(?: ?\\[lc]?dots)?|…{1,3}|⋯{1,2})",
    re.IGNORECASE,
)
_QUOTIENT = re.compile(
    r"\A\s*+(?:quotient|quotienten|cociente|商|q|ergebnis|answer)?\s*+(?:is|ist|est|es|是|为)?\s*+[:=]?"
    r"\s*+(?=[^=]*\Z)",
    re.IGNORECASE,
)
_LINKS = {
    *("and", "with", "und", "mit", "et", "avec", "y", "con"),
    *("a", "an", "the", "einem", "der", "un", "el", "le"),
}
_AFTER_REMAINDER = re.compile(
    r"\A\s*+(?:of|is|ist|est|es|是|为|de|von)?\s*+[:=]?\s*+", re.IGNORECASE
)
_HALF = 0.5  # for the quotient or the remainder alone


@dataclass(frozen=True, slots=True)
class Division:
    """dividend, divisor: None where only the result was written. remainder: None for a fraction.

    is_swappable: in 23 = 3 * 7 + 2 either factor may be the quotient.
    """

    quotient: Term
    remainder: Term | None
    dividend: Term | None = None
    divisor: Term | None = None
    is_swappable: bool = False


class DivisionKind(AnswerKind[Division]):
    def read(self, text: PlainText, key: AnswerKey) -> Division:
        plain = " ".join(_STYLES.sub(" ", _TEXT.sub(r" \1 ", text)).split()).strip(" .")
        pieces = _REMAINDER.split(plain)
        if len(pieces) == 1:
            return _without_word(read_tree(plain, key))
        if len(pieces) != 2:
            raise Unreadable(FeedbackCode.UNREAD)
        left, right = pieces
        divided, _, result = left.rpartition("=")
        if re.fullmatch(r"\s*+(?:q|quotient|商)\s*+", divided, re.IGNORECASE):
            divided = ""
        quotient = _QUOTIENT.sub("", _without_link(result))
        dividend, divisor = _divided(divided, key)
        remainder = _term(_AFTER_REMAINDER.sub("", right), key)
        return Division(_term(quotient, key), remainder, dividend, divisor)

    def check(self, right: Division, key: AnswerKey) -> None:
        if right.remainder is None:
            raise InvalidKey("Write quotient and remainder like 7 R 2, or 23 : 3 = 7 R 2.")
        if right.dividend is not None and right.divisor is not None:
            product = Add((Mul((right.divisor, right.quotient)), right.remainder))
            if not same_value(product, right.dividend, WorkBudget(0.5)):
                raise InvalidKey(
                    "The divisor times the quotient plus the remainder is not the rest."
                )

    def compare(
        self, right: Division, given: Division, key: AnswerKey, budget: WorkBudget
    ) -> Equality:
        if given.remainder is None:
            return self._without_remainder(right, given, budget)
        if given.is_swappable:
            given = _turned(right, given, budget)
        for wanted, own in ((right.dividend, given.dividend), (right.divisor, given.divisor)):
            if wanted is None or own is None:
                continue
            if same_value(wanted, own, budget).equal is not True:
                return Equality(False, Rule.DIVISIONS)
        return self._results(right, given, budget)

    def _results(self, right: Division, given: Division, budget: WorkBudget) -> Equality:
        def same(left: Term, other: Term | None) -> bool | None:
            return False if other is None else same_value(left, other, budget).equal

        remainder = right.remainder or ZERO
        results = (same(right.quotient, given.quotient), same(remainder, given.remainder))
        if None in results:
            return Equality(None, Rule.DIVISIONS)
        if all(results):
            return Equality(True, Rule.DIVISIONS)
        if same(right.quotient, given.remainder) and same(remainder, given.quotient):
            return _wrong(FeedbackCode.QUOTIENT_SWAPPED)
        if results[0]:
            return _wrong(FeedbackCode.REMAINDER_WRONG, _HALF)
        if results[1]:
            return _wrong(FeedbackCode.QUOTIENT_WRONG, _HALF)
        if _says_the_same(right, given, budget):
            return _wrong(FeedbackCode.REMAINDER_TOO_LARGE)
        return Equality(False, Rule.DIVISIONS)

    def _without_remainder(self, right: Division, given: Division, budget: WorkBudget) -> Equality:
        remainder = right.remainder or ZERO
        if same_value(right.quotient, given.quotient, budget):
            if same_value(remainder, ZERO, budget):
                return Equality(True, Rule.DIVISIONS)
            return _wrong(FeedbackCode.REMAINDER_MISSING, _HALF)
        if right.divisor is not None:
            value = Add((right.quotient, Div(remainder, right.divisor)))
            if same_value(value, given.quotient, budget):
                return _wrong(FeedbackCode.NOT_A_REMAINDER)
        return Equality(False, Rule.DIVISIONS)

    def shown(self, answer: Division) -> str:
        divided = ""
        if answer.dividend is not None and answer.divisor is not None:
            divided = rf"{latex(Ratio((answer.dividend, answer.divisor)))} = "
        if answer.remainder is None:
            return divided + latex(answer.quotient)
        return rf"{divided}{latex(answer.quotient)} \;\mathrm{{R}}\; {latex(answer.remainder)}"


def _wrong(code: FeedbackCode, share: float = 0.0) -> Equality:
    return Equality(False, Rule.DIVISIONS, Feedback(code), share)


def _turned(right: Division, given: Division, budget: WorkBudget) -> Division:
    """The factors of 23 = 3 * 7 + 2 in the order of the key."""
    divisor = given.divisor
    is_quotient = divisor is not None and same_value(right.quotient, divisor, budget)
    if divisor is None or not is_quotient:
        return given
    return Division(divisor, given.remainder, given.dividend, given.quotient)


def _says_the_same(right: Division, given: Division, budget: WorkBudget) -> bool:
    """Whether the quotient and the remainder give the dividend, as 6 R 5 does for 23 : 3."""
    if right.divisor is None or right.remainder is None or given.remainder is None:
        return False
    totals = [
        Add((Mul((right.divisor, division.quotient)), division.remainder))
        for division in (right, given)
        if division.remainder is not None
    ]
    return bool(same_value(totals[0], totals[1], budget))


def _without_word(value: Value) -> Division:
    """23 = 3 * 7 + 2, or a quotient alone. Raises Unreadable."""
    if isinstance(value, Comparison) and value.op == "=":
        for dividend, product in ((value.left, value.right), (value.right, value.left)):
            match product:
                case Add((Mul((divisor, quotient)), remainder)) if _is_plain(dividend):
                    return Division(quotient, remainder, dividend, divisor, is_swappable=True)
                case Mul((divisor, quotient)) if _is_plain(dividend):
                    return Division(quotient, ZERO, dividend, divisor, is_swappable=True)
        value = value.right
    if not _is_plain(value):
        raise Unreadable(FeedbackCode.UNREAD)
    return Division(value, None)


def _is_plain(value: Value) -> TypeGuard[Term]:
    return is_term(value) and expand_plus_minus(value) == value


def _divided(text: str, key: AnswerKey) -> tuple[Term | None, Term | None]:
    """The dividend and the divisor in 23 : 3 = …"""
    if not text.strip():
        return None, None
    value = read_tree(text, key)
    match value:
        case Ratio((dividend, divisor)) | Div(dividend, divisor):
            return dividend, divisor
    raise Unreadable(FeedbackCode.UNREAD)


def _term(text: str, key: AnswerKey) -> Term:
    value = read_tree(
        text.strip().removeprefix("{").removesuffix("}") if _is_braced(text) else text, key
    )
    if not is_term(value):
        raise Unreadable(FeedbackCode.UNREAD)
    return value


def _without_link(text: str) -> str:
    """Without the comma or the words that lead to the remainder, as in "7 with a"."""
    words = text.rstrip(" ,;").split()
    while words and words[-1].lower() in _LINKS:
        words.pop()
    return " ".join(words).rstrip(" ,;")


def _is_braced(text: str) -> bool:
    return text.strip().startswith("{") and text.strip().endswith("}")
