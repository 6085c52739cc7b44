"""Cuts a sentence into clauses, of which each word and each formula has a role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tutor.grading.parsing.units import read_unit
from tutor.grading.sentences.clauses import ARROWS, CONCLUDES, statements_of
from tutor.grading.sentences.lexicon import (
    COUNTING,
    FIRST_CHINESE,
    WordRole,
    chinese_words,
    is_read,
    phrases_in,
    role_of,
)
from tutor.grading.sentences.spans import SentencePart, pieces_of
from tutor.grading.sentences.words import REASONS

_BREAK = re.compile(rf"{ARROWS}|[,;:.!?\n()，。；：、]|\s[-–—]+\s")
_AND = frozenset(["and", "und", "et", "y", "then", "dann", "puis", "然后", "luego"])
_SINGLE_LETTERS = ("i", "I", "a", "A")
_MAY_BE_UNITS = (WordRole.UNKNOWN, WordRole.CHANGE, WordRole.MEASURE)
_ARTICLE = re.compile(
    r"(?<!\w)(?:the|an?|each|every|this|that|his|her|my|our|per)\Z", re.IGNORECASE
)
_ARGUMENT = re.compile(r"[A-Za-z]\([^\W\d_]{2,20}\)")  # P(red)
_CHECKED = re.compile(  # 2·6 + 7 = 19 works
    r"(?:works?|fits?|checks|true|stimmt|passt|wahr|vrai|juste|marche|funciona|cumple|成立)\b",
    re.IGNORECASE,
)
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu)['’](?=\w)")


@dataclass(frozen=True, slots=True)
class SentenceToken:
    """A word or a formula, and where it stands in the text."""

    role: WordRole
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WordClause:
    """A part of a sentence; it has a token. sign: what stands between it and the one before it."""

    text: str
    tokens: tuple[SentenceToken, ...]
    sign: str = ""

    @property
    def roles(self) -> str:
        """The roles of its tokens, a letter each."""
        return "".join(token.role for token in self.tokens)

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def has_value(self) -> bool:
        return any(token.role == WordRole.VALUE for token in self.tokens)

    @property
    def values(self) -> tuple[SentenceToken, ...]:
        """From its first value to the last one, with what stands between them."""
        return self.tokens[self.roles.find(WordRole.VALUE) : self.roles.rfind(WordRole.VALUE) + 1]

    @property
    def lead(self) -> str:
        """The roles before its first value."""
        return self.roles.partition(WordRole.VALUE)[0]

    @property
    def behind(self) -> str:
        """The roles behind its last value."""
        return self.roles.rpartition(WordRole.VALUE)[2]

    def text_of(self, *tokens: SentenceToken) -> str:
        """From the first of these tokens to the last one."""
        return self.text[tokens[0].start : tokens[-1].end]

    def after(self, before: WordClause) -> WordClause:
        """Both as one clause."""
        return WordClause(self.text, (*before.tokens, *self.tokens), before.sign)


def clauses_of(text: str, *, as_read: bool = False) -> list[WordClause]:
    """Cut at signs, and before words such as "so" and "because".

    as_read: the text was read as a whole, so that words such as "squared" are part of its value.
    """
    return list(_clauses(text, tokens_of(text, as_read=as_read)))


def _clauses(text: str, tokens: Sequence[SentenceToken]) -> Iterator[WordClause]:
    clause: list[SentenceToken] = []
    sign, end = "", 0
    for token in tokens:
        gap = text[end : token.start]
        if clause and (_BREAK.search(gap) or _begins_clause(text, token, end)):
            yield WordClause(text, tuple(clause), sign)
            clause = []
        if not clause:
            sign = gap
        clause.append(token)
        end = token.end
    if clause:
        yield WordClause(text, tuple(clause), sign)


def _begins_clause(text: str, token: SentenceToken, end: int) -> bool:
    """end: of the token before it."""
    if token.role == WordRole.VALUE:
        return False
    is_joint = text[token.start : token.end].lower() in _AND
    if _ARTICLE.search(text, max(0, end - 10), end):  # the car is no "car" of a reason
        return is_joint
    return is_joint or bool(CONCLUDES.match(text, token.start) or REASONS.match(text[end:]))


def before_reason(clauses: Sequence[WordClause]) -> Sequence[WordClause]:
    """Those before the first one that gives a reason for a value before it."""
    for i in range(1, len(clauses)):
        text = clauses[i].text
        is_told = CONCLUDES.match(text, clauses[i].start)
        is_check = _CHECKED.match(text, clauses[i].tokens[-1].start) and clauses[i].has_value
        is_reason = not is_told and (is_check or REASONS.match(text[clauses[i - 1].end :]))
        if is_reason and any(clause.has_value for clause in clauses[:i]):
            return clauses[:i]
    return clauses


def tokens_of(text: str, *, as_read: bool = False) -> list[SentenceToken]:
    tokens = [SentenceToken(role, start, end) for start, end, role in phrases_in(text)]
    for statement in statements_of(text):
        ends = [it.end for it in tokens if it.start < statement.end and statement.start < it.end]
        start = max(ends, default=statement.start)
        tokens.append(
            SentenceToken(WordRole.VALUE, start + (text[start : start + 1] == " "), statement.end)
        )
    known = tuple(tokens)
    for piece in pieces_of(text):
        if _ARGUMENT.match(text, max(0, piece.start - 2)):
            tokens.append(SentenceToken(WordRole.FORMULA, piece.start, piece.end))
            continue
        if any(token.start < piece.end and piece.start < token.end for token in known):
            continue
        if piece.is_word or piece.text in _SINGLE_LETTERS:
            tokens += _words(text, piece, as_read=as_read)
        else:
            is_sign = not any(map(str.isalnum, piece.text))
            is_name = as_read or is_sign or piece.is_name
            role = WordRole.FORMULA if is_name else WordRole.CHANGE
            tokens.append(SentenceToken(role, piece.start, piece.end))
    return sorted(tokens, key=lambda token: token.start)


def _words(text: str, piece: SentencePart, *, as_read: bool) -> Iterator[SentenceToken]:
    """The word; of Chinese characters, each word in them."""
    word, start = piece.text.lower().replace("’", "'"), piece.start
    if _ELIDED.match(word) and role_of(word) == WordRole.UNKNOWN:
        cut = word.index("'") + 1
        word, start = word[cut:], start + cut
    if word[0] in COUNTING and text[start - 1 : start].isdigit() and word[1:2] != "之":
        yield SentenceToken(WordRole.UNIT, start, start + 1)
        word, start = word[1:], start + 1
    is_chinese = not word or word >= FIRST_CHINESE
    for part, at in chinese_words(word) if is_chinese else [(word, 0)]:
        role = role_of(part)
        if as_read and text[start + len(word) : start + len(word) + 1] == "(":
            role = WordRole.FORMULA
        elif as_read:
            role = _role_in_value(part, role, piece.text)
        yield SentenceToken(role, start + at, start + at + len(part))


def _role_in_value(word: str, role: WordRole, typed: str) -> WordRole:
    if role == WordRole.CALCULATION:
        return role
    if role == WordRole.CHANGE and is_read(word):
        return WordRole.CALCULATION if word >= FIRST_CHINESE else WordRole.UNIT
    is_unit = (role in _MAY_BE_UNITS or word == "in") and (read_unit(word) or read_unit(typed))
    return WordRole.UNIT if is_unit else role
