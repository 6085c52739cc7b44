"""Where students answer a problem, for its preview: no answer to it is known here."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.utils.safestring import SafeString

from tutor.figures import FigureError
from tutor.grading import AnswerKey, Form, Kind
from tutor.grading.multipart import LETTERS
from tutor.problems.checked_key import takes_several
from tutor.problems.content import Content
from tutor.problems.drawing import InvalidDrawing, read_drawing
from tutor.problems.editing.record_fields import part_fields
from tutor.problems.labels import typing_help

Fields = Mapping[str, str]


@dataclass(frozen=True)
class AnswerPlace:
    """The place for one answer.

    letter, prompt: of the part; empty where there are no parts. choices: what is chosen from;
    without any, an answer is typed. grid: on which it is drawn; empty for none. help: how an answer
    of this kind is typed; empty where numbers and formulas are.
    """

    letter: str = ""
    prompt: str = ""
    choices: tuple[str, ...] = ()
    takes_several: bool = False
    grid: SafeString | str = ""
    help: str = ""
    types_comma: bool = False
    is_free_text: bool = False

    @property
    def lettered_choices(self) -> list[tuple[str, str]]:
        return [(chr(ord("A") + n), text) for n, text in enumerate(self.choices)]


def places_of(variant: Content) -> list[AnswerPlace]:
    """Of a problem with its numbers filled in."""
    if not variant.parts:
        return [_answer_place("", "", variant.key, variant.choices, variant.drawing)]
    return [
        _answer_place(letter, part.prompt, part.key, part.choices, part.drawing)
        for letter, part in zip(LETTERS, variant.parts, strict=False)
    ]


def places_in_form(
    whole: Fields, choices: Sequence[str], parts: list[dict[str, str]], filled: Callable[[str], str]
) -> list[AnswerPlace]:
    """Of a form of which some fields cannot be used yet.

    whole: the fields of the answer, where there are no parts. filled: a function that fills in
    numbers.
    """
    if not parts:
        return [_unfinished("", "", whole, choices, filled)]
    return [
        _unfinished(letter, row["prompt"], row, fields["choices"], filled)
        for letter, row, fields in zip(LETTERS, parts, part_fields(parts), strict=False)
    ]


def _answer_place(
    letter: str, prompt: str, key: AnswerKey, choices: tuple[str, ...], drawing: str
) -> AnswerPlace:
    is_free_text = key.form == Form.FREE_TEXT
    return AnswerPlace(
        letter,
        prompt,
        choices if key.kind == Kind.CHOICE else (),
        takes_several(key),
        _grid(drawing),
        typing_help(key.kind, ";" if key.decimal_comma else ",", is_free_text=is_free_text),
        key.decimal_comma,
        is_free_text,
    )


def _unfinished(
    letter: str, prompt: str, fields: Fields, choices: Sequence[str], filled: Callable[[str], str]
) -> AnswerPlace:
    kind = Kind(fields.get("kind") or Kind.EXPRESSION)
    options = tuple(filled(text) for text in choices) if kind == Kind.CHOICE else ()
    return AnswerPlace(
        letter,
        filled(prompt),
        options,
        grid=_grid(filled(fields.get("drawing", ""))),
        help=typing_help(kind, ","),
    )


def _grid(drawing: str) -> SafeString | str:
    """Empty also for one that cannot be drawn, which the remarks name."""
    if drawing.strip():
        with suppress(InvalidDrawing, FigureError):
            return read_drawing(drawing).svg
    return ""
