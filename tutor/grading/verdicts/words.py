"""Judges an answer in words, by its letters and then by what it says."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.answer_key import AnswerKey, Grade, Rule, Verdict
from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.boxes import unwrap
from tutor.grading.parsing.figure_names import figure_name
from tutor.grading.parsing.normalize import PlainText, normalize_text
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.parsing.words import clock_time, plain_words, without_reason
from tutor.grading.sentences.concepts import is_meaning, meaning_of
from tutor.grading.sentences.words import denies

_NUMERAL = re.compile(r"-?\d++(?:[.,]\d++)?")
_CONCLUSION = re.compile(
    r"[,;.]? ?\b(?:so|therefore|thus|hence|also|daher|folglich|donc|luego|entonces)\b|所以|因此"
)
_NUMBER = r"[-−]?\d{1,9}(?:\.\d{1,9}|/\d{1,9})?"
_NAMED_VALUE = re.compile(rf"([^\W\d_]{{2,20}})\s?(?:[=:]|is|ist|est|es)?\s?({_NUMBER})")
_NEXT_VALUE = r"(?:\s?[,;]?\s(?:and |und |et |y )?)?"
_NAMED_VALUES = re.compile(rf"\s?(?:{_NAMED_VALUE.pattern}{_NEXT_VALUE}){{2,9}}")
_WORD = re.compile(r"[^\W\d_]+")


_LEADING_REASON = re.compile(  # comme 9 + 16 = 25, le triangle est rectangle
    r"\A\s?(?:since|as|because|da|weil|comme|puisque|como|porque|因为|由于)\b"
    r"(?![^,]{0,80}\b(?:not|no|nicht|kein|pas)\b)[^,]{1,80},\s?",
    re.IGNORECASE,
)
_AGREEMENT = frozenset(["yes", "true"])
_DISAGREEMENT = frozenset(["no", "false"])
_CLASSES = re.compile(
    r"\A(?:(?:an?|the|une?|le|la|un|el|es un|es una|c'est une?|est une?|das ist ein) )?"
    r"(?:triangle|triángulo|dreieck|angle|ángulo|winkel|number|número|nombre) (?=\w)",
    re.IGNORECASE,
)


def grade_words(response: PlainText, key: AnswerKey) -> Grade:
    """Raises Unreadable where there is no word."""
    if not plain_words(response, key.ignore_case):
        raise Unreadable(FeedbackCode.EMPTY)
    right = key.value
    is_same = _is_same_time(right, response) or _is_same_figure(right, response)
    is_same = is_same or _has_same_values(right, response)
    if is_same or _has_words_of(key, response):
        return Grade(Verdict.CORRECT, 1, Rule.WORDS)
    verdict = _verdict_on_meaning(response, key) if key.ignore_case else Verdict.INCORRECT
    return Grade(verdict, float(verdict == Verdict.CORRECT), Rule.WORDS)


def _has_words_of(key: AnswerKey, response: PlainText) -> bool:
    """Whether it is written as in the key, perhaps in dollar signs or with a reason behind it."""
    right = plain_words(normalize_text(key.value), key.ignore_case)
    bare = PlainText(_CLASSES.sub("", response))
    texts = (response, PlainText(unwrap(response)), without_reason(response), bare)
    return any(plain_words(text, key.ignore_case) == right for text in texts)


def _is_same_time(right: str, response: PlainText) -> bool:
    time = clock_time(right)
    return time is not None and time == clock_time(response)


def _is_same_figure(right: str, response: PlainText) -> bool:
    name = figure_name(right)
    return name is not None and name == figure_name(response)


def _has_same_values(right: str, response: PlainText) -> bool:
    """median 8, mean 7.5 for mean = 7.5, median = 8."""
    values = _named_values(right)
    return len(values) > 1 and values == _named_values(response)


def _named_values(text: str) -> dict[str, Fraction]:
    """Empty where the text has anything else."""
    if not _NAMED_VALUES.fullmatch(text):
        return {}
    pairs = _NAMED_VALUE.findall(text)
    return {name.casefold(): Fraction(number.replace("−", "-")) for name, number in pairs}


def _verdict_on_meaning(response: PlainText, key: AnswerKey) -> Verdict:
    """A sentence that has the right words among others is not understood."""
    right, given = meaning_of(normalize_text(key.value)), meaning_of(response)
    if right and (right == given or _concludes(right, response)):
        return Verdict.CORRECT
    bare = PlainText(_LEADING_REASON.sub("", response))
    if right and bare != response and meaning_of(bare) == right:
        return Verdict.CORRECT
    if {*right, *given} <= _AGREEMENT or {*right, *given} <= _DISAGREEMENT:
        return Verdict.CORRECT
    if _has_numbers_of(key.value, response):
        return Verdict.UNDECIDED  # centre (1, -2), r = 3 in other words
    others = set(given) - set(right)
    is_denied = any(denies(word) or is_meaning(word) for word in others)
    is_open = right and set(right) < set(given) and not is_denied
    return Verdict.UNDECIDED if is_open else Verdict.INCORRECT


def _concludes(right: tuple[str, ...], response: PlainText) -> bool:
    """Whether it says so at its end, behind a reason that denies nothing."""
    *before, conclusion = _CONCLUSION.split(response)
    if not before or meaning_of(PlainText(conclusion)) != right:
        return False
    return not any(map(denies, _WORD.findall(before[0])))


def _has_numbers_of(right: str, response: PlainText) -> bool:
    """Whether it has the two or more numbers of a right answer in words, in their order."""
    numbers = _NUMERAL.findall(normalize_text(right))
    return len(numbers) > 1 and numbers == _NUMERAL.findall(response)
