"""The answers that a text may give, where words or a calculation stand around the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tutor.grading.answer_key import AnswerKey, Kind, Verdict
from tutor.grading.comparison.shown_working import are_equal, last_statement, worked_out
from tutor.grading.parsing.answers import decimal_points
from tutor.grading.parsing.boxes import unwrap
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.sentences.answer_shapes import DEFINITION, EQUALS
from tutor.grading.sentences.based_numbers import based_number_behind
from tutor.grading.sentences.calculations import is_worked_out
from tutor.grading.sentences.cases import solutions_of_cases
from tutor.grading.sentences.choices import choice_in
from tutor.grading.sentences.clauses import statements_of
from tutor.grading.sentences.clauses_of_words import tokens_of
from tutor.grading.sentences.concepts import meaning_of
from tutor.grading.sentences.conclusions import is_taken_back, stated_beside
from tutor.grading.sentences.doubts import is_doubtful, is_negated
from tutor.grading.sentences.lexicon import WordRole
from tutor.grading.sentences.limits import limit_in
from tutor.grading.sentences.named_values import values_of_names
from tutor.grading.sentences.plain_sentences import PICTURES, settled
from tutor.grading.sentences.ranges import as_inequality
from tutor.grading.sentences.remainders import concluded_division, division_in
from tutor.grading.sentences.remarks import without_remark
from tutor.grading.sentences.rules import without_rules
from tutor.grading.sentences.solution_words import solutions_in_words
from tutor.grading.sentences.spans import pieces_of, without_commands
from tutor.grading.sentences.understood import StatedAnswer, answer_in

MAX_CHARACTERS = 240
_HAS_WORDS = re.compile(r"(?<![\\A-Za-z])[^\W\d_]{2}|\\(?:text|mathrm|mbox)|[\u4e00-\u9fff]")
_PARTLY_NAMED = re.compile(r"[^=]{1,30}\s(?:and|und|et|y)\s[^=]{1,12}=")  # 4 and y = -1
_EITHER = re.compile(r"\b(?:either|entweder|soit|o bien|beide[:,]?|both)\s", re.IGNORECASE)
_SAYS_EQUAL = re.compile(r"(?<![A-Za-z])(?<!o )(?<!ou )(?:égale?s? à|igual(?:es)? a)(?= ?[-+\d\\])")
_SAYS_WITHIN = re.compile(
    r"(?<=[a-z]) (?:is in|lies in|is between|liegt in|est dans|appartient à|pertenece a|está en)"
    r"(?= ?[\[\](])"
)
_STATABLE = (Kind.INTERVAL, Kind.INEQUALITY, Kind.SET, Kind.LIST, Kind.EQUATION, Kind.FAMILY)
_RANGES = (Kind.INTERVAL, Kind.INEQUALITY, Kind.SET)
_SEVERAL = (Kind.LIST, Kind.SET, Kind.TUPLE, Kind.EQUATION)
_LISTS = (Kind.LIST, Kind.SET)
_LETTER = re.compile(r"(?<![A-Za-z\\])[a-zA-Z](?![A-Za-z])")
_DIFFERS = re.compile(r"\A\s?[a-zA-Z]\s?(?:\\neq?(?![a-z])|≠|!=)[^=<>≠]{1,30}\Z")
_EITHER_RANGE = re.compile(  # x < -4 or x > 2
    r"\A[^=A-Z]{1,40}(?<=[\w)}] )(?:or|oder|ou|o) (?=[a-z] ?(?:[<>]|\\[lg]))[^=A-Z]{1,40}\Z"
    r"|\A[^=A-Z]{1,40}或者?(?=[a-z] ?(?:[<>]|\\[lg]))[^=A-Z]{1,40}\Z"
)
_ALTERNATIVES = frozenset(["or", "oder", "ou", "o", "或"])
_I = re.compile(r"(?<=\s)i(?= (?:th|gu|go|get|hop|bel|fou|rec|sup)[a-z]{0,9}\b)")  # i thnk
_MEASURE_BEHIND = re.compile(r" ?[^\W\d_]{1,10} ?")
_VALUES = re.compile(r"(?:[hdmsfN]|x{1,2}(?=h*l)|l|Vu?)*")  # Ann gets $24 and Ben gets $36


@dataclass(frozen=True, slots=True)
class PossibleAnswer:
    """An answer within a text. is_sure: nothing around it makes another answer of it.

    beside: what the text states as well; the answer counts only if all of it is right.
    """

    text: str
    is_sure: bool = True
    beside: tuple[str, ...] = ()
    is_closed: bool = False


def readings(
    text: str, key: AnswerKey, verdict: Verdict = Verdict.UNREADABLE
) -> Iterator[PossibleAnswer]:
    """The likely ones first; none for a formula alone. verdict: on the whole text."""
    if len(text) > MAX_CHARACTERS or key.kind == Kind.TEXT:
        return
    if verdict == Verdict.UNREADABLE and (last_word := settled(text)) != text.strip():
        if not _HAS_WORDS.search(last_word) or key.kind == Kind.CHOICE:
            yield PossibleAnswer(last_word, is_closed=True)
        text = last_word
    if key.kind == Kind.CHOICE:
        if verdict == Verdict.UNREADABLE and (letter := choice_in(text)):
            yield PossibleAnswer(letter)
    elif key.kind == Kind.TRUTH:
        if not is_negated(text) and len(meaning := meaning_of(PlainText(text))) == 1:
            yield PossibleAnswer(meaning[0])
    else:
        yield from _mathematical(text, key, verdict)


def _mathematical(text: str, key: AnswerKey, verdict: Verdict) -> Iterator[PossibleAnswer]:
    plain = PICTURES.sub("", text).strip()
    if plain != text:
        yield PossibleAnswer(plain)
    text = _I.sub("I", _SAYS_WITHIN.sub(" in", _SAYS_EQUAL.sub("=", plain)))
    if rest := without_remark(text, key.decimal_comma):
        yield PossibleAnswer(rest, is_closed=not _HAS_WORDS.search(rest))
        text = rest
    yield from _together(text, key)
    if key.kind in _RANGES and " in " in text:
        yield PossibleAnswer(text)
    if key.kind == Kind.NUMBER and (limit := limit_in(text)):
        yield from _unless_doubted(text, limit, key)
    if r"\approx" in text and (rounded := _rounded(text, key.decimal_comma)):
        yield PossibleAnswer(rounded, not is_doubtful(text))
    if not _HAS_WORDS.search(text) and "=" not in text:
        return
    if key.kind == Kind.RATIO and are_equal(ratios := EQUALS.split(text)):
        yield PossibleAnswer(ratios[-1].strip())
    bare = unwrap(without_commands(text).replace("∇", "grad "))
    yield from _ranges(bare, key)
    if verdict == Verdict.UNREADABLE and (last := last_statement(bare)):
        yield from _unless_doubted(bare, last, key)
    for final in _understood(without_commands(text).replace("∇", "gradient "), key):
        # Of a number, words that could be read as well make another one: 12万, 5 km per hour.
        is_other = verdict == Verdict.INCORRECT and key.kind in (Kind.NUMBER, Kind.QUANTITY)
        is_sure = not is_other or is_worked_out(final.text, key.decimal_comma)
        yield final if is_sure else replace(final, is_sure=False)
    yield from _among_words(_EITHER.sub("", bare) if key.kind in _SEVERAL else bare, key)


def _understood(text: str, key: AnswerKey) -> Iterator[PossibleAnswer]:
    """The answer of a sentence in which each word is understood."""
    bare = _EITHER.sub("", text) if key.kind in _SEVERAL else text
    stated = answer_in(bare, key.decimal_comma)
    if stated is None or is_taken_back(stated.behind, stated.value, key.decimal_comma):
        return
    for before, value in (*_rows(stated, key), *_last(stated, key, bare)):
        beside = stated_beside(before, value, key.decimal_comma)
        if beside is None or _is_doubted(before + value, value, len(before), key):
            continue
        yield PossibleAnswer(value.strip("= "), beside=beside, is_closed=True)


def _rows(stated: StatedAnswer, key: AnswerKey) -> Iterator[tuple[str, str]]:
    """What stands before, and the answer with the values before it, if it may have several."""
    may_be_several = key.kind in _SEVERAL or key.kind in _RANGES
    for start in stated.row if may_be_several else ():
        row = stated.before[start:] + stated.value
        if not _PARTLY_NAMED.match(row):
            yield stated.before[:start], row


def _last(stated: StatedAnswer, key: AnswerKey, typed: str) -> Iterator[tuple[str, str]]:
    """What stands before, as it was typed where that is clear, and the answer."""
    tail = stated.value + stated.unit + stated.behind
    before = typed.removesuffix(tail) if typed.endswith(tail) else stated.before
    name = f"{stated.name} = " if stated.name else ""
    yield before, name + stated.value + stated.unit
    if stated.unit and key.kind == Kind.EXPRESSION:
        yield before, name + stated.value


def _together(text: str, key: AnswerKey) -> Iterator[PossibleAnswer]:
    """Answers of several parts that stand apart in a sentence."""
    if key.kind == Kind.DIVISION:
        division = division_in(text) or concluded_division(text, key.decimal_comma)
        if division:
            yield PossibleAnswer(division, is_closed=True)
    if key.kind == Kind.BASED_NUMBER and (number := based_number_behind(text)):
        yield PossibleAnswer(number, is_closed=True)
    if key.kind in _SEVERAL and (values := values_of_names(text, key.decimal_comma)):
        yield PossibleAnswer(("; " if key.decimal_comma else ", ").join(values))
    if key.kind not in _LISTS or is_doubtful(text, may_choose=True):
        return
    if solutions := solutions_of_cases(text, key.decimal_comma):
        yield PossibleAnswer(", ".join(solutions))


def _rounded(text: str, decimal_comma: bool) -> str:
    r"""2.65 for \sqrt 7 \approx 2.65; "" where it does not come to that."""
    plain = decimal_points(text) if decimal_comma else text
    *sides, last = (side.strip() for side in EQUALS.split(plain))
    return EQUALS.split(text)[-1].strip() if worked_out(sides, last) else ""


def _ranges(text: str, key: AnswerKey) -> Iterator[PossibleAnswer]:
    """No solution, and at least 3."""
    if key.kind in _STATABLE and (stated := solutions_in_words(text)):
        yield PossibleAnswer(stated, is_closed=True)
    if key.kind in _RANGES and (range_ := as_inequality(text, _letter_of(key))):
        yield PossibleAnswer(range_, is_closed=True)


def _unless_doubted(text: str, answer: str, key: AnswerKey) -> Iterator[PossibleAnswer]:
    """The answer at the end of a text, unless something before it speaks against it."""
    at = text.rfind(answer)
    if _is_doubted(text, answer, at, key):
        return
    around = [piece for piece in statements_of(text) if piece.start < at < piece.end]
    start = around[0].start if around else at  # y = 3x + 2 for 3x + 2
    final = text[start:at] + answer
    before = _without_left_side(text[:start]) if final.startswith("=") else text[:start]
    beside = stated_beside(before, final, key.decimal_comma)
    if beside is not None:
        yield PossibleAnswer(answer, True, beside)


def _is_doubted(text: str, answer: str, at: int, key: AnswerKey) -> bool:
    """Whether a doubt stands in it; "x ≠ 1" and "x < 1 or x > 2" may be answers themselves."""
    may_choose = key.kind in _LISTS
    is_range = _DIFFERS.search(answer) or _EITHER_RANGE.search(answer)
    may_be_either = key.kind in _SEVERAL
    if not (key.kind in _RANGES and is_range) and is_doubtful(answer, may_choose=may_be_either):
        return True
    before, behind = without_rules(text[:at], answer), text[at + len(answer) :]
    return is_doubtful(f"{before}_{behind}", may_choose=may_choose)


def _without_left_side(before: str) -> str:
    """Without the "7.2 m" of "7.2 m = 720 cm"."""
    statements = statements_of(before)
    if statements and _MEASURE_BEHIND.fullmatch(statements[-1].behind):
        return before[: statements[-1].start]
    return before


def _letter_of(key: AnswerKey) -> str:
    """The letter of an inequality; x where the key has none, or several."""
    letters = set(_LETTER.findall(key.value))
    return letters.pop() if len(letters) == 1 else "x"


def _among_words(text: str, key: AnswerKey) -> Iterator[PossibleAnswer]:
    """Values between words: all of them for a key with several, or one that may be meant."""
    pieces = pieces_of(text)
    values = [piece.text for piece in pieces if piece.is_value]
    words = [piece.text.lower() for piece in pieces if piece.is_word]
    named = [DEFINITION.fullmatch(statement.text) for statement in statements_of(text)]
    names = {match[1] for match in named if match}
    if key.kind not in _SEVERAL and 1 < len(names) == len(named) and named[-1]:
        yield PossibleAnswer(named[-1][2].strip(), False)  # k = 3, y = 21
    if len(values) < 2 or _ALTERNATIVES.issuperset(words):
        return  # y = 2^x or y = 1000: another answer, and no sentence
    if key.kind in _SEVERAL:
        joined = ("; " if key.decimal_comma else ", ").join(v.strip(" $€£¥") for v in values)
        are_alike = len({"=" in value for value in values}) == 1 and not is_doubtful(text)
        yield PossibleAnswer(joined, are_alike and _are_told(text), is_closed=True)
    for value in dict.fromkeys((values[-1], values[0])):
        yield PossibleAnswer(value, False)


def _are_told(text: str) -> bool:
    """Whether only known words stand around the values, and those who have them."""
    roles = ""
    for token in tokens_of(text):
        is_somebody = token.role == WordRole.UNKNOWN and text[token.start].isupper()
        roles += "N" if is_somebody else token.role
    return bool(_VALUES.fullmatch(roles))
