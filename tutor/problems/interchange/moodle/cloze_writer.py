"""A problem with parts as one of Moodle's texts with gaps, of which `cloze` reads it back."""

import html
import re

from django.utils.translation import gettext as _

from tutor.figures import blocks_in
from tutor.grading import AnswerKey, Form, Kind
from tutor.problems.content import Content
from tutor.problems.expected import Expected, expected_in
from tutor.problems.interchange.exportable import is_decimal
from tutor.problems.interchange.figure_files import has_picture
from tutor.problems.interchange.html_markdown import to_html
from tutor.problems.interchange.marks import without_marks
from tutor.problems.interchange.moodle.cloze import PART
from tutor.problems.interchange.moodle.told_answers import (
    letters_in,
    told_choices,
    typed_answers,
)
from tutor.problems.interchange.questions import gap
from tutor.problems.parts import Part

_SPECIAL = re.compile(r"([}#~\\])")
_MARK = re.compile("\ue012\\d+\ue013")


def why_not_gaps(content: Content) -> str:
    """Why the parts cannot be gaps; empty where they can."""
    if any(part.key.form == Form.FREE_TEXT for part in content.parts):
        return _("a gap takes no free text")
    if any(part.key.unit for part in content.parts):
        return _("a gap knows no units")
    texts = [row.feedback for row in content.expected]
    texts += [text for part in content.parts for text in part.choices]
    return _("a gap takes no pictures") if any(map(has_picture, texts)) else ""


def text_with_gaps(content: Content, pictures: str) -> str:
    """HTML. pictures: the folder of pictures, as it begins their addresses.

    A gap stands where the statement says the letter of its part; else below, behind the prompt.
    """
    text, below, gaps = without_marks(content.statement), "", {}
    for n, part in enumerate(content.parts):
        mark = f"\ue012{n}\ue013"
        rows = expected_in(n, content.expected, len(content.parts))
        gaps[mark] = f"{{{part.share}:{_gap(part, rows)}}}"
        if gap(n) in text:
            text = text.replace(gap(n), mark, 1)
        else:
            below += (
                f'\n<div class="{PART}">{_prompt(without_marks(part.prompt), mark, pictures)}</div>'
            )
    written = to_html(text, pictures) + below
    return _MARK.sub(lambda mark: gaps[mark[0]], written)


def _prompt(text: str, mark: str, pictures: str) -> str:
    """With its gap behind it; below a figure, whose last line has room for nothing else."""
    ends_with_figure = any(block.end == len(text) for block in blocks_in(text))
    return to_html(f"{text}\n\n{mark}" if ends_with_figure else f"{text} {mark}", pictures)


def _gap(part: Part, rows: list[Expected]) -> str:
    if part.key.kind == Kind.CHOICE:
        kind = "MULTIRESPONSE" if len(letters_in(part.key)) > 1 else "MULTICHOICE"
        answers = [
            _answer(_html(choice.text), choice.percent, _html(choice.feedback))
            for choice in told_choices(part.key, part.choices, rows)
        ]
        return f"{kind}:{'~'.join(answers)}"
    answers = [
        _answer(_typed(row), str(row.percent), _html(row.feedback), _tolerance(row, part.key))
        for row in typed_answers(part.key, rows)
    ]
    return f"{_kind(part.key)}:{'~'.join(answers)}"


def _kind(key: AnswerKey) -> str:
    if is_decimal(key):
        return "NUMERICAL"
    return "SHORTANSWER" if key.ignore_case else "SHORTANSWER_C"


def _answer(text: str, percent: str, feedback: str, tolerance: str = "") -> str:
    share = "=" if percent == "100" else f"%{percent}%"
    remark = f"#{_escaped(feedback)}" if feedback else ""
    return f"{share}{_escaped(text)}{tolerance}{remark}"


def _tolerance(row: Expected, key: AnswerKey) -> str:
    return f":{row.tolerance or '0'}" if is_decimal(key) else ""


def _typed(row: Expected) -> str:
    return html.escape(row.answer, quote=False)


def _html(markdown: str) -> str:
    """One paragraph needs no tags of its own."""
    written = to_html(markdown)
    inner = written.removeprefix("<p>").removesuffix("</p>")
    return inner if "<p>" not in inner else written


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
