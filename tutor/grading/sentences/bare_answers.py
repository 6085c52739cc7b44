"""What a student probably means whose sentence is not understood: its last value alone.

Nothing here knows the right answer, so that nothing is given away.
"""

from __future__ import annotations

import re
from contextlib import suppress

from tutor.grading.answer_key import Kind
from tutor.grading.comparison.echo import understood
from tutor.grading.comparison.lone_numbers import share_in
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.parsing.natural.english import NUMBER_WORDS, number_words_at
from tutor.grading.parsing.normalize import PlainText, normalize_text
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.sentences.answer_shapes import EQUALS, AnswerShape, shape_of
from tutor.grading.sentences.clauses_of_words import WordClause, before_reason, clauses_of
from tutor.grading.sentences.doubts import is_doubtful
from tutor.grading.sentences.lexicon import WordRole
from tutor.grading.sentences.plain_sentences import plain_sentence
from tutor.grading.sentences.understood import answer_in, is_named

MAX_CHARACTERS = 240  # of a sentence
MAX_BARE = 40
_NUMBERS = (Kind.NUMBER, Kind.QUANTITY)
_SHAPES = {
    Kind.NUMBER: (AnswerShape.NUMBER,),
    Kind.QUANTITY: (AnswerShape.NUMBER,),
    Kind.EXPRESSION: (AnswerShape.EXPRESSION, AnswerShape.NUMBER),
    Kind.EQUATION: (AnswerShape.RELATION, AnswerShape.NUMBER),
    Kind.INEQUALITY: (AnswerShape.RELATION,),
    Kind.RATIO: (AnswerShape.RATIO,),
    Kind.TUPLE: (AnswerShape.BRACKETS,),
    Kind.INTERVAL: (AnswerShape.BRACKETS,),
}
_OF_WORDS = (  # may be said of a sentence
    *(FeedbackCode.UNREAD, FeedbackCode.UNREAD_AT, FeedbackCode.UNREAD_PIECE),
    *(FeedbackCode.UNREAD_WORD, FeedbackCode.UNREAD_UNIT, FeedbackCode.NUMBERS_SIDE_BY_SIDE),
)
_WORD = re.compile(r"[^\W\d_]{2}|[\u4e00-\u9fff]")
_NUMBER = re.compile(r"\d")
# What is counted, behind its number: 8 divisors: 1, 2, 4, 8, 11, 22, 44, 88
_COUNTED = re.compile(
    r"(?<=[^\W\d_])(?:\s?[:=(]|,? (?:nämlich|namely|i\.e\.|d\.h\.|à savoir|a saber|即))\s?"
    r"-?\d{1,9}(?:(?:\s?[,;]\s?|\s)-?\d{1,9}){2,60}(?:\s?(?:\.\.\.|…))?\s?\)?[\s.]*\Z"
)
_TYPED = {"^{2}": "²", "^{3}": "³", r"\times ": "×", r"\approx": "≈"}


def understood_sentence(response: str, kind: Kind, *, decimal_comma: bool = False) -> str:
    """As `understood`, also of a sentence that states an answer.

    Raises Unreadable, which asks for the bare answer where a value stands in other words.
    """
    try:
        shown = understood(response, kind, decimal_comma=decimal_comma)
    except Unreadable as error:
        if error.feedback.code not in _OF_WORDS:
            raise
        return _understood_words(error, normalize_text(response), kind, decimal_comma)
    plain = normalize_text(response)
    if kind not in _NUMBERS or is_named(plain, decimal_comma):
        return shown
    return _understood_words(Unreadable(FeedbackCode.UNREAD), plain, kind, decimal_comma)


def _understood_words(error: Unreadable, text: PlainText, kind: Kind, decimal_comma: bool) -> str:
    asked = asks_for_answer(error.feedback, text, kind, decimal_comma)
    if asked is error.feedback:
        raise error
    stated = answer_in(text, decimal_comma)
    if stated is not None and not _NUMBER.search(stated.before):
        with suppress(Unreadable):
            return understood(
                (stated.value + stated.unit).strip("= "), kind, decimal_comma=decimal_comma
            )
    raise Unreadable(asked.code, **asked.params)


def asks_for_answer(
    feedback: Feedback, text: PlainText, kind: Kind, decimal_comma: bool
) -> Feedback:
    """What a student is told instead: to write only the answer that stands in their sentence."""
    bare = bare_answer(text, kind, decimal_comma) if feedback.code in _OF_WORDS else ""
    return Feedback(FeedbackCode.ONLY_ANSWER, {"text": bare}) if bare else feedback


def bare_answer(text: PlainText, kind: Kind, decimal_comma: bool) -> str:
    """The last value in a sentence, if it is of this kind and no other one follows; or ""."""
    if kind not in _SHAPES or len(text) > MAX_CHARACTERS or not _WORD.search(text):
        return ""
    if (share := share_in(text)) is not None:
        return _of_kind(share, kind, decimal_comma) if share else ""
    counted = _COUNTED.sub("", text) if kind in _NUMBERS else ""
    if _NUMBER.search(counted):
        text = PlainText(counted)
    plain = plain_sentence(text)
    clauses = clauses_of(plain)
    told = before_reason(clauses)
    values = [token for clause in told for token in clause.tokens if token.role == WordRole.VALUE]
    is_last = len(values) == 1 or not any(clause.has_value for clause in clauses[len(told) :])
    final = next((clause for clause in reversed(told) if clause.has_value), None)
    if final is None or not is_last or is_doubtful(plain[final.start :]):
        return ""
    return _of_kind(_last_value(final, kind), kind, decimal_comma)


def _last_value(clause: WordClause, kind: Kind) -> str:
    """With its unit, if the kind has one; of a calculation, what it comes to."""
    at = clause.roles.rfind(WordRole.VALUE)
    last = at
    while clause.roles[last + 1 : last + 2] == WordRole.UNIT and kind == Kind.QUANTITY:
        last += 1
    text = clause.text_of(*clause.tokens[at : last + 1])
    if text.isalpha() and kind in _NUMBERS:
        return _whole_number_word(clause, at)
    return EQUALS.split(text)[-1].strip() if kind in _NUMBERS else text.strip("= ")


def _whole_number_word(clause: WordClause, at: int) -> str:
    """Three quarters, not three; empty where the word behind it may belong to the number."""
    start = clause.tokens[at].start
    word = clause.text_of(clause.tokens[at])
    number = max(word, number_words_at(clause.text, start), key=len)
    behind = [token for token in clause.tokens[at + 1 :] if token.start >= start + len(number)]
    if not behind:
        return number
    is_counted = clause.text_of(behind[0]).removesuffix("s") in NUMBER_WORDS
    return "" if is_counted or behind[0].role == WordRole.CALCULATION else number


def _of_kind(text: str, kind: Kind, decimal_comma: bool) -> str:
    if len(text) > MAX_BARE or shape_of(text) not in _SHAPES[kind]:
        return ""
    with suppress(Unreadable):
        understood(text, kind, decimal_comma=decimal_comma)
        for sign, typed in _TYPED.items():
            text = text.replace(sign, typed)
        return text
    return ""
