"""Moodle's texts with gaps, `{1:NUMERICAL:=2:0~%50%-2:0#A sign}`: each gap becomes a part."""

import html
import re
from decimal import Decimal

from django.utils.translation import gettext as _

from tutor.problems.content import InvalidRecord
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

_GAP = re.compile(r"\{(\d{0,3}):([A-Z_]{2,20}):((?:[^}\\]|\\.)*+)\}", re.DOTALL)
_SEPARATOR = re.compile(r"(?<!\\)~")
_FEEDBACK = re.compile(r"(?<!\\)#")
_SHARE = re.compile(r"=|%(-?\d{1,3}(?:\.\d{1,7})?)%")
_ESCAPED = re.compile(r"\\([}#~/\"\\])")
_NUMBERS = ("NUMERICAL", "NM")
_WORDS = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC")
_WITH_CASE = ("SHORTANSWER_C", "SAC", "MWC")
_CHOICES = re.compile(r"(?:MULTICHOICE|MC)_?[VHS]{0,2}")
_SEVERAL = re.compile(r"(?:MULTIRESPONSE|MR)_?[HS]{0,2}")


def read_gaps(source: str, draft: QuestionDraft) -> Fields:
    """The statement, with the letter of its part in each gap, and the parts."""
    gaps = list(_GAP.finditer(source))
    pieces, position = [], 0
    for n, match in enumerate(gaps):
        pieces += [source[position : match.start()], f"\ue012{n}\ue013"]
        position = match.end()
    text = draft.markdown("".join([*pieces, source[position:]]))
    for n in range(len(gaps)):
        text = text.replace(f"\ue012{n}\ue013", gap(n))
    parts = [
        (gap_prompt(n, draft.language), int(match[1] or "1"), _gap_fields(match, draft))
        for n, match in enumerate(gaps)
    ]
    return {"statement": text, **in_parts(parts)}


def _gap_fields(match: re.Match[str], draft: QuestionDraft) -> Fields:
    kind, body = match[2], match[3]
    answers = [_answer(text, draft, kind) for text in _SEPARATOR.split(body) if text.strip()]
    if kind in _NUMBERS:
        return numerical(answers, {})
    if kind in _WORDS:
        return short_answer(answers, draft.notes, as_word=False, ignore_case=kind not in _WITH_CASE)
    if _CHOICES.fullmatch(kind):
        return one_choice(answers)
    if _SEVERAL.fullmatch(kind):
        return several_choices(_shared(answers))
    problem = _("gaps of type “%(type)s” cannot be imported")
    raise InvalidRecord("kind", problem % {"type": kind})


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
