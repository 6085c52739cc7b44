"""Would a hint say the stored answer? By mathematics, in digits or words, whole or in parts.

A hint says the answer where a formula or number of it is equivalent to the stored one, or where
all parts of a set, a tuple, an interval or the like stand in it. Some answers cannot be kept out of
any sentence: 0, 1 and 2, and what the problem's own text says. Of these only a value that the
hint gives counts: boxed, said to be the answer, or equal to a name or a calculation. A formula that
the problem's text has word for word is never a leak.

What is disguised counts as well: what each decoder of `disguises` reads is held against the answer.

Numbers are compared whatever their form, since 6/8 tells 3/4. Expressions are compared as an
answer would be: to multiply out one must be shown a product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tutor.grading.answer_key import AnswerKey, Form, Kind, Rule, Verdict
from tutor.grading.comparison.keys import key_value
from tutor.grading.comparison.numbers import same_number
from tutor.grading.grade import grade_response
from tutor.grading.leaks import disguises
from tutor.grading.leaks.values import rounded
from tutor.grading.numeric.equivalence import same_value
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.boxes import find_boxes
from tutor.grading.parsing.normalize import normalize_text
from tutor.grading.parsing.shapes import as_matrix, expand_plus_minus, is_name
from tutor.grading.parsing.tree import (
    Comparison,
    Quantity,
    Term,
    Unreadable,
    Value,
    children,
    free_names,
    is_term,
)
from tutor.grading.parsing.words import choice_letters, plain_words, synonyms
from tutor.grading.processes.deadline import Deadline, DeadlinePassed
from tutor.grading.prose.mentioned_values import (
    MentionedValue,
    is_numeral,
    mentioned_values,
    quoted_formulas,
    without_spaces,
)

WITHIN_S = 1.5  # of one hint
EACH_S = 0.2  # of one comparison
_EVERYWHERE = (0, 1, 2)  # numbers that no explanation does without
_LONGEST_CODE = 60  # characters of a decoded text: what is longer is a whole hint, turned around
_MOST_VALUES = 8
_SENTENCE = re.compile(r"(?<!\d)[.!?;\n]|(?<=\d)[.!?;\n](?=\s|$)")
_ANNOUNCED = re.compile(
    r"(?:answer|choice|option|is|are|答案|选项?|是|为|(?<![\s:(])[\s(]*+:)[\s:(]*+\Z", re.IGNORECASE
)
_LETTER = (
    r"(?:\b(?i:option|choice|answer(?: is)?:?)|答案[是为:]?|故?选项?)\s*\(?{letter}\b"
    r"|\({letter}\)|\b{letter}\)|\b{letter}\s+is\b|{letter}\s*(?:正确|对)|\A\W*{letter}\W*\Z"
)


def leak_in(
    hint: str,
    key: AnswerKey,
    statement: str = "",
    choices: Sequence[str] = (),
    within_s: float = WITHIN_S,
) -> str:
    """The piece of the hint that says the stored answer; empty where none does.

    statement, choices: what the student has read anyway. What cannot be read or decided in time
    counts as a leak.
    """
    disguises.prepare()
    deadline = Deadline.within(within_s)
    try:
        if key.kind == Kind.CHOICE:
            return _choice_in(hint, key, choices) or _choice_disguised_in(hint, key, choices)
        if key.kind == Kind.TEXT:
            return _words_in(hint, key, statement) or _words_disguised_in(hint, key)
        search = _Search.of(key, "\n\n".join([statement, *choices]), deadline)
        return search.leak_in(hint) or search.disguised_in(hint)
    except (Unreadable, DeadlinePassed, RecursionError):
        return hint[:80]


@dataclass
class _Search:
    """known: the problem's text; quoted: its formulas. told: whether a mention tells nothing, of
    the whole answer and of each of its parts."""

    key: AnswerKey
    answer: Value
    parts: list[Term]
    deadline: Deadline
    known: str = ""
    quoted: frozenset[str] = frozenset()
    is_told: bool = False
    parts_told: tuple[bool, ...] = ()

    @classmethod
    def of(cls, key: AnswerKey, known: str, deadline: Deadline) -> _Search:
        answer = key_value(key)
        if not free_names(answer):
            key = replace(
                rounded(key) if key.places is not None else key, form=Form.ANY, places=None
            )
        search = cls(key, answer, list(dict.fromkeys(_parts(answer))), deadline, known)
        # What the question asks to work out is equal to the answer too, and does not tell it.
        said = (
            [one for one in mentioned_values(known) if is_numeral(one.text)]
            if known.strip()
            else []
        )
        search.is_told = _is_everywhere(answer) or any(map(search.is_answer, said))
        search.parts_told = tuple(
            _is_everywhere(part) or any(search.is_part(one, part) for one in said)
            for part in search.parts
        )
        search.quoted = frozenset(quoted_formulas(known)) if known.strip() else frozenset()
        return search

    def leak_in(self, hint: str) -> str:
        said = [
            one for one in mentioned_values(hint) if without_spaces(one.text) not in self.quoted
        ]
        for one in said:
            if (one.is_given or not self.is_told) and self.is_answer(one):
                return one.text
        return self._parts_in(said)

    def _parts_in(self, said: list[MentionedValue]) -> str:
        """A part that is given, or all of them beside one another."""
        found = {
            number: [one for one in said if self.is_part(one, part)]
            for number, part in enumerate(self.parts)
        }
        for number, pieces in found.items():
            given = [one.text for one in pieces if one.is_given]
            if given and not self.parts_told[number]:
                return given[0]
        if not found or not all(found.values()):
            return ""
        news = any(not told for told in self.parts_told)
        all_given = all(any(one.is_given for one in pieces) for pieces in found.values())
        if not (news or all_given):
            return ""
        return ", ".join(pieces[0].text for pieces in found.values())

    def disguised_in(self, hint: str) -> str:
        """A number of the answer, or all numbers of which it is made, in disguise."""
        shown = disguises.plain(hint)
        if shown != hint and (leak := self.leak_in(shown)):
            return leak
        wanted = {number: text for text, number in self._numbers() if number is not None}
        for reading in disguises.decoded(hint):
            is_name = any(disguises.is_name_of(reading, number) for number in wanted)
            if is_name or self._is_said_outright(reading):
                return reading[:80]
        if not wanted:
            return ""
        said = disguises.numbers_in(hint, self.known)
        found = {
            number
            for number in wanted
            if abs(number) in said or number in said or disguises.names_number(hint, number)
        }
        if not self.parts and not self.is_told and found:
            return wanted[found.pop()]
        return self._parts_disguised(hint, found)

    def _is_said_outright(self, reading: str) -> bool:
        """Whether a decoded text is the answer, or says it as a short sentence would."""
        words = reading.strip()
        if not 0 < len(words) <= _LONGEST_CODE or not any(char.isalnum() for char in words):
            return False
        is_said = any(self.is_answer(one) for one in mentioned_values(words)[:_MOST_VALUES])
        return is_said and not self.quoted & {without_spaces(words)}

    def _numbers(self) -> list[tuple[str, Fraction | None]]:
        terms = self.parts or ([self.answer] if is_term(self.answer) else [])
        return [
            (str(value), value) for term in terms if (value := rational_value(term)) is not None
        ]

    def _parts_disguised(self, hint: str, found: set[Fraction]) -> str:
        """All parts, of which at least one that the problem does not tell is in disguise."""
        if not self.parts or not found:
            return ""
        said = mentioned_values(hint)
        news, pieces = False, []
        for part, told in zip(self.parts, self.parts_told, strict=True):
            value = rational_value(part)
            if value is not None and value in found:
                news = news or not told
                pieces.append(str(value))
            elif any(self.is_part(one, part) for one in said):
                pieces.append("…")
            else:
                return ""
        return ", ".join(pieces) if news else ""

    def is_answer(self, said: MentionedValue) -> bool:
        left_s = self.deadline.left_s
        if not left_s:
            raise DeadlinePassed
        grade = grade_response(said.text, self.key, min(EACH_S, left_s))
        if grade.verdict == Verdict.UNDECIDED:  # a 0/0 has no value that could be the answer
            return grade.rule == Rule.DEADLINE or bool(free_names(self.answer))
        return grade.verdict == Verdict.CORRECT

    def is_part(self, said: MentionedValue, part: Term) -> bool:
        try:
            value = read_answer(said.text, self.key.decimal_comma)
        except Unreadable:
            return False
        value = value.amount if isinstance(value, Quantity) else value
        if not is_term(value) or free_names(value) != free_names(part):
            return False
        left_s = self.deadline.left_s
        if not left_s:
            raise DeadlinePassed
        each = Deadline.within(min(EACH_S, left_s))
        if free_names(part):
            return same_value(part, value, each).equal is not False
        return same_number(part, value, self.key, each).equal is not False


def _is_everywhere(value: Value) -> bool:
    return is_term(value) and not free_names(value) and rational_value(value) in _EVERYWHERE


def _parts(value: Value) -> Iterator[Term]:
    """The entries, ends, sides or amount of which an answer is made; not an expression's own."""
    value = expand_plus_minus(value)
    value = as_matrix(value) or value
    if isinstance(value, Quantity):
        yield value.amount
    elif isinstance(value, Comparison):
        for side in (value.left, value.right):
            if not is_term(side):
                yield from _parts(side)
            elif not is_name(side):
                yield side
    elif not is_term(value) or as_matrix(value) is not None:
        for part in children(value):
            yield from [part] if is_term(part) and not is_name(part) else _inner(part)


def _inner(part: Value) -> Iterator[Term]:
    return iter(()) if is_term(part) else _parts(part)


# Answers in words


def _plain_words(text: str, ignore_case: bool = True) -> str:
    return plain_words(normalize_text(text), ignore_case)


def _choice_letters(text: str) -> frozenset[str]:
    try:
        return choice_letters(normalize_text(text))
    except Unreadable:
        return frozenset()


def _choice_in(hint: str, key: AnswerKey, choices: Sequence[str]) -> str:
    letters = sorted(_choice_letters(key.value))
    plain = normalize_text(hint, 8_000)
    for box in find_boxes(plain):
        if _choice_letters(box.content) & set(letters):
            return box.content
    named = [letter for letter in letters if re.search(_LETTER.format(letter=letter), plain)]
    if named:
        return ", ".join(named)
    texts = [_plain_words(choice) for choice in choices]
    right = {ord(letter) - ord("A") for letter in letters}
    said = {
        number for number, text in enumerate(texts) if text and _says(_plain_words(plain), text)
    }
    # Who weighs all choices against one another gives none of them away.
    return ", ".join(choices[number] for number in sorted(said)) if said and said <= right else ""


def _words_in(hint: str, key: AnswerKey, statement: str) -> str:
    wanted = synonyms(normalize_text(key.value))
    is_told = any(_says(_plain_words(normalize_text(statement, 8_000)), words) for words in wanted)
    for box in find_boxes(hint):
        if _plain_words(box.content) in wanted:
            return box.content
    for sentence in _SENTENCE.split(normalize_text(hint, 8_000)):
        plain = _plain_words(sentence, ignore_case=False).lower()
        for words in wanted:
            for found in re.finditer(_word(words), plain):
                before, after = plain[: found.start()], plain[found.end() :].strip(" )}$")
                if not is_told or (not after and _ANNOUNCED.search(before)):
                    return words
    return ""


_ORDINALS = [
    ("first", "1st", "one", "erste", "premi", "primer", "第一", "一"),
    ("second", "2nd", "two", "zweite", "deuxième", "segund", "第二", "二"),
    ("third", "3rd", "three", "dritte", "troisième", "tercer", "第三", "三"),
    ("fourth", "4th", "four", "vierte", "quatrième", "cuart", "第四", "四"),
    ("fifth", "5th", "five", "fünfte", "cinquième", "quint", "第五", "五"),
    ("sixth", "6th", "six", "sechste", "sixième", "sext", "第六", "六"),
]
_CALLED = [  # in the alphabets that are spoken over the radio, and in Greek
    ("alpha", "alfa", "able"), ("bravo", "beta", "baker"), ("charlie", "gamma"),
    ("delta", "dog"), ("echo", "epsilon", "easy"), ("foxtrot", "zeta", "fox"),
]  # fmt: skip
_OPTION = (
    r"(?:options?|choices?|answers?|alternatives?|possibilit\w+|statements?"
    r"|möglichkeit|antwort|réponse|opción|respuesta|选项|个|项)"
)


def _choice_disguised_in(hint: str, key: AnswerKey, choices: Sequence[str]) -> str:
    """By its place, by a name of its letter, by code, or by leaving out all the others."""
    letters = _choice_letters(key.value)
    right = [_plain_words(choices[ord(letter) - ord("A")]) for letter in letters if choices]
    for reading in disguises.decoded(hint):
        said = reading.strip()[:_LONGEST_CODE]
        if _choice_letters(said) == letters or (len(said) > 3 and _plain_words(said) in right):
            return said
    count = max(len(choices), ord(max(letters, default="A")) - ord("A") + 1)
    plain = disguises.plain(hint)
    named = {
        chr(ord("A") + place)
        for place in range(min(count, len(_ORDINALS)))
        if _names_place(plain, place, count)
    }
    if named and named <= letters:
        return ", ".join(sorted(named))
    return _left_over(plain, letters, count)


def _names_place(hint: str, place: int, count: int) -> bool:
    letter = chr(ord("A") + place)
    ordinal = "|".join(_ORDINALS[place])
    if place == count - 1:
        ordinal += "|last|letzte|derni|últim|最后"
    if place == count - 2:
        ordinal += "|last but one|second[- ]to[- ]last|penultimate|倒数第二"
    before, after = chr(ord(letter) - 1), chr(ord(letter) + 1)
    ways = [
        rf"(?<!\w)(?:{ordinal})\w{{0,3}}\s*(?:of the\s+)?(?:\w+\s+)?{_OPTION}",
        rf"{_OPTION}\s*(?:number|no\.?|nr\.?|nummer|#|号)?\s*"
        rf"(?:{place + 1}(?!\d)|(?:{ordinal})(?!\w))",
        rf"\bthe\s+(?:{ordinal})\s+one\b|#\s*{place + 1}\b",
        rf"(?<!\w){place + 1}(?:st|nd|rd|th)\s+(?:one|from)\b",
        rf"(?<!\w)(?:{'|'.join(_CALLED[place])})(?!\w)",
        rf"(?-i:\b{letter})\s+(?:as in|for|like in|wie|comme)\s+\w+",
    ]
    if place:
        ways.append(rf"(?:after|follows|following|next to|behind)\s+\(?(?-i:{before})\b")
    if place < count - 1:
        ways.append(rf"(?:before|precedes|preceding)\s+\(?(?-i:{after})\b")
    if 0 < place < count - 1:
        ways.append(rf"between\s+\(?(?-i:{before})\)?\s+and\s+\(?(?-i:{after})\b")
    return any(re.search(way, hint, re.IGNORECASE) for way in ways)


def _left_over(hint: str, letters: frozenset[str], count: int) -> str:
    """Where a sentence says no to every other letter."""
    everything = {chr(ord("A") + place) for place in range(count)}
    for sentence in _SENTENCE.split(hint):
        said = set(re.findall(r"(?<![\w])[A-F](?![\w'])", sentence))
        is_denied = re.search(
            r"\b(?:not|neither|nor|wrong|except|rule out|exclude)\b|不|排除|错", sentence
        )
        if count > 1 and is_denied and said & everything == everything - letters:
            return sentence.strip()[:80]
    return ""


def _words_disguised_in(hint: str, key: AnswerKey) -> str:
    wanted = [words for words in synonyms(normalize_text(key.value)) if len(words) > 2]
    for reading in disguises.decoded(hint):
        for words in wanted:
            if _says(_plain_words(reading), words) or _squeezed_in(words, reading):
                return words
    return ""


def _squeezed_in(words: str, reading: str) -> bool:
    """For initials and letters apart, that know no blanks. A short word comes by chance."""
    whole = re.sub(r"\W", "", words).lower()
    return (
        len(whole) > 3
        and whole in re.sub(r"\W", "", reading).lower()
        and " " not in reading.strip()
    )


def _says(text: str, words: str) -> bool:
    return bool(re.search(_word(words), text))


def _word(words: str) -> str:
    is_latin = bool(re.search(r"[A-Za-z0-9]", words))
    return rf"(?<![A-Za-z0-9]){re.escape(words)}(?![A-Za-z0-9])" if is_latin else re.escape(words)
