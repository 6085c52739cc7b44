"""Moodle's texts with gaps, `{1:NUMERICAL:=2:0~%50%-2:0#A sign}`: each gap becomes a part."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, zip_longest

from tutor.grading.multipart import LETTERS
from tutor.problems.interchange.drafts import QuestionDraft
from tutor.problems.interchange.questions import (
    Fields,
    QuestionAnswer,
    gap,
    gap_prompt,
    in_parts,
    number,
    numerical,
    one_choice,
    several_choices,
    short_answer,
)
from tutor.problems.interchange.unknown_kinds import unknown_kind

PART = "part"  # how our own export calls a prompt and its gap
_GAP_BEGINS = re.compile(r"\{(\d{0,3}):([A-Z_]{2,20}):")
_GAP_ENDS = re.compile(r"((?:[^}\\]|\\.)*+)\}", re.DOTALL)
_SEPARATOR = re.compile(r"(?<!\\)~")
_FEEDBACK = re.compile(r"(?<!\\)#")
_SHARE = re.compile(r"=|%(-?\d{1,3}(?:\.\d{1,7})?)%")
_ESCAPED = re.compile(r"\\([}#~/\"\\])")
_OWN_PART = re.compile(
    f'<div class="{PART}">((?:[^\ue012<]|<(?!/?div))*+)\ue012(\\d+)\ue013(?:</p>)?</div>'
)
_NUMBERS = ("NUMERICAL", "NM")
_WORDS = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC")
_WITH_CASE = ("SHORTANSWER_C", "SAC", "MWC")
_CHOICES = re.compile(r"(?:MULTICHOICE|MC)_?[VHS]{0,2}")
_SEVERAL = re.compile(r"(?:MULTIRESPONSE|MR)_?[HS]{0,2}")


@dataclass(frozen=True)
class ClozeGap:
    """share: of the points. body: its answers, as they are written."""

    share: int
    kind: str
    body: str


def read_gaps(source: str, draft: QuestionDraft, files: Mapping[str, bytes]) -> Fields:
    """The statement, with the letter of its part in each gap, and the parts."""
    gaps, texts = _split(source)
    marks = [f"\ue012{n}\ue013" for n in range(len(gaps))]
    whole = "".join(chain.from_iterable(zip_longest(texts, marks, fillvalue="")))
    prompts = {int(row[2]): draft.markdown(row[1], files) for row in _OWN_PART.finditer(whole)}
    text = draft.markdown(_OWN_PART.sub("", whole), files)
    for n in range(len(gaps)):
        text = text.replace(f"\ue012{n}\ue013", gap(n))
    parts = [
        (
            prompts.get(n) or gap_prompt(n, draft.language),
            source_gap.share,
            _gap_fields(source_gap, LETTERS[n : n + 1], draft),
        )
        for n, source_gap in enumerate(gaps)
    ]
    return {"statement": text, **in_parts(parts)}


def _split(source: str) -> tuple[list[ClozeGap], list[str]]:
    """The gaps, and the texts around them."""
    gaps, texts, position = [], [], 0
    while begin := _GAP_BEGINS.search(source, position):
        end = _GAP_ENDS.match(source, begin.end())
        if end is None:
            break  # nothing that begins later ends either
        gaps.append(ClozeGap(int(begin[1] or "1"), begin[2], end[1]))
        texts.append(source[position : begin.start()])
        position = end.end()
    return gaps, [*texts, source[position:]]


def _gap_fields(source: ClozeGap, letter: str, draft: QuestionDraft) -> Fields:
    kind = source.kind
    answers = [_answer(text, draft, kind) for text in _SEPARATOR.split(source.body) if text.strip()]
    if kind in _NUMBERS:
        return numerical(answers, {})
    if kind in _WORDS:
        return short_answer(
            answers,
            draft.notes,
            ignore_case=kind not in _WITH_CASE,
            options=draft.options(letter),
            writes_commas=draft.writes_commas,
        )
    if _CHOICES.fullmatch(kind):
        return one_choice(answers)
    if _SEVERAL.fullmatch(kind):
        return several_choices(_shared(answers))
    raise unknown_kind(kind)


def _answer(source: str, draft: QuestionDraft, kind: str) -> QuestionAnswer:
    text, _sign, feedback = _parted(source.strip())
    share = _SHARE.match(text)
    percent = Decimal(0)
    if share:
        percent = Decimal(share[1]) if share[1] else Decimal(100)
        text = text[share.end() :]
    text, feedback = (_ESCAPED.sub(r"\1", piece).strip() for piece in (text, feedback))
    if kind in _NUMBERS:
        text, _sign, tolerance = html.unescape(text).partition(":")
        return QuestionAnswer(
            text.strip(), percent, draft.markdown(feedback), number(tolerance or "0", "tolerance")
        )
    text = html.unescape(text) if kind in _WORDS else draft.markdown(text)
    return QuestionAnswer(text, percent, draft.markdown(feedback))


def _parted(source: str) -> tuple[str, str, str]:
    """Text, sign and feedback."""
    match = _FEEDBACK.search(source)
    return (source[: match.start()], "#", source[match.end() :]) if match else (source, "", "")


def _shared(answers: list[QuestionAnswer]) -> list[QuestionAnswer]:
    """In a gap, each of several right choices counts in full: together they have the points."""
    right = sum(answer.percent for answer in answers if answer.percent > 0)
    if right <= 0:
        return answers
    return [
        QuestionAnswer(answer.text, answer.percent * 100 / right, answer.feedback)
        for answer in answers
    ]
