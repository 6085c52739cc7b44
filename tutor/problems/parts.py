"""Parts a), b), c) of a problem: each with a prompt, a key and a share of the points.

The right answer to a later part may use earlier ones: 2*a in part b) is twice the answer to a).
If a student's answer to a) was wrong, it is used instead, see `grading.multipart`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from tutor.figures import without_figures
from tutor.grading import ANSWER_KINDS, AnswerKey, Grade, InvalidKey, Kind, Unreadable, read_key
from tutor.grading.answer_key import IN_WORDS
from tutor.grading.multipart import (
    CARRIED_KINDS,
    LETTERS,
    NoValue,
    PartKey,
    grade_parts,
    letters_in,
    right_answer,
    written,
)
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import Call, Const, Value, free_names, walk
from tutor.problems.conditions import check_condition_of_key
from tutor.problems.drawing import InvalidDrawing, read_drawing
from tutor.problems.labels import KIND_NAMES, with_advice
from tutor.problems.parameters import FILLED

MAX_SHARE = 1_000
Row = Mapping[str, Any]
_FENCE = re.compile(r"\s*(?:```|~~~)")
_LETTERED = re.compile(rf"(?:^|(?<=[\s;,]))([{LETTERS}])\)")


class InvalidParts(ValueError):
    """A part that cannot be used. The message is for the teacher and names the part."""


@dataclass(frozen=True)
class Part:
    """One part of a problem.

    key: its value is empty where it is computed from `carried`. share: weight of its points.
    carried: a formula for the right answer, with the letters of earlier parts for their answers.
    carried_percent: what an answer is worth that follows from a wrong earlier one.
    drawing: what is drawn as its answer, see `tutor.problems.drawing`; empty for nothing.
    """

    prompt: str
    key: AnswerKey
    share: int = 1
    choices: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    carried: str = ""
    carried_percent: int = 100
    drawing: str = ""

    def for_grading(self) -> PartKey:
        credit = self.carried_percent / 100
        return PartKey(self.key, self.share, self.carried, credit, without_figures(self.prompt))

    def as_read(self, change: Callable[[str], str]) -> "Part":
        """With `change` made in the texts that students read."""
        return replace(
            self,
            prompt=change(self.prompt),
            choices=tuple(map(change, self.choices)),
            hints=tuple(map(change, self.hints)),
        )

    def to_dict(self) -> dict[str, Any]:
        """As an exchange file writes it; defaults are left out."""
        data = {**asdict(self), "key": self.key.to_dict()}
        data |= {"choices": list(self.choices), "hints": list(self.hints)}
        if not self.carried:
            del data["carried_percent"]
        return {name: value for name, value in data.items() if value not in ([], "")}


def prompt_row(part: Part) -> dict[str, Any]:
    """The columns of a part that students may read, as its version stores them."""
    return {
        "prompt": part.prompt,
        "share": part.share,
        "choices": list(part.choices),
        "hints": list(part.hints),
        "carried_percent": part.carried_percent,
        "is_carried": bool(part.carried),
        "drawing": part.drawing,
    }


def key_row(part: Part, worked_out: str) -> dict[str, Any]:
    """The columns that students may not read, as the table of stored answers keeps them."""
    return {"key": part.key.to_dict(), "carried": part.carried, "worked_out": worked_out}


def part_of(prompt: Row, answer: Row) -> Part:
    """The inverse of `prompt_row` and `key_row`."""
    return Part(
        prompt=prompt["prompt"],
        key=AnswerKey.from_fields(answer["key"]),
        share=prompt["share"],
        choices=tuple(prompt["choices"]),
        hints=tuple(prompt["hints"]),
        carried=answer["carried"],
        carried_percent=prompt["carried_percent"],
        drawing=prompt.get("drawing", ""),
    )


def part_key(prompt: Row, answer: Row) -> PartKey:
    """Raises grading.InvalidKey where a row was written past the checks."""
    key = read_key({**answer["key"], "value": answer["worked_out"]})
    return replace(part_of(prompt, answer).for_grading(), key=key)


def filled_parts(
    parts: Sequence[Part], filled: Callable[[str], str], parameters: Iterable[str] = ()
) -> tuple[Part, ...]:
    """The parts with their placeholders filled, and every right answer computed.

    parameters: their names. Raises InvalidParts.
    """
    filled_so_far: list[Part] = []
    for index, part in enumerate(parts):
        try:
            filled_so_far.append(_filled(part, filled, filled_so_far, len(parts), set(parameters)))
        except (InvalidKey, Unreadable, InvalidParts) as error:
            advice = with_advice(error, part.key.value, part.key.kind, set(parameters))
            values = {"letter": LETTERS[index], "reason": advice}
            raise InvalidParts(_("part %(letter)s): %(reason)s") % values) from error
    return tuple(filled_so_far)


def _filled_key(key: AnswerKey, filled: Callable[[str], str]) -> AnswerKey:
    texts: dict[str, Any] = {name: filled(getattr(key, name)) for name in FILLED}
    return replace(key, **texts)


def _filled(
    part: Part, filled: Callable[[str], str], earlier: list[Part], count: int, parameters: set[str]
) -> Part:
    part = replace(
        part,
        prompt=filled(part.prompt),
        choices=tuple(map(filled, part.choices)),
        hints=tuple(map(filled, part.hints)),
        carried=filled(part.carried),
        drawing=filled(part.drawing),
        key=_filled_key(part.key, filled),
    )
    check_condition_of_key(part.key)
    if part.key.condition and part.carried:
        raise InvalidParts(_("a part has either a condition or a formula that uses earlier parts"))
    if (part.key.kind == Kind.CHOICE) != bool(part.choices) or len(part.choices) == 1:
        raise InvalidParts(_("a choice needs at least two choices, and nothing else has any"))
    if part.drawing:
        _check_drawing(part)
    if part.carried:
        _check_carried(part, earlier, count, parameters)
    data = part.key.to_dict()
    if part.carried and not part.key.value.strip():
        data["value"] = carried_value(part, earlier)
    return replace(part, key=read_key(data))


def _check_drawing(part: Part) -> None:
    try:
        read_drawing(part.drawing).check(part.key.kind)
    except InvalidDrawing as error:
        raise InvalidParts(_("drawing: %(reason)s") % {"reason": error}) from error


def carried_value(part: Part, earlier: Sequence[Part]) -> str:
    """The value of `carried` for the right answers to earlier parts. Raises InvalidParts."""
    try:
        return written(
            right_answer(part.for_grading(), [part_before.for_grading() for part_before in earlier])
        )
    except NoValue:
        reason = _("%(formula)s has no value for the right answers to the earlier parts")
        raise InvalidParts(reason % {"formula": part.carried}) from None


def _check_carried(part: Part, earlier: Sequence[Part], count: int, parameters: set[str]) -> None:
    if part.key.kind in IN_WORDS:
        raise InvalidParts(_("a choice or a word follows from no calculation"))
    if part.key.kind in ANSWER_KINDS:
        reason = _("an answer of the kind “%(kind)s” is not worked out from earlier ones")
        raise InvalidParts(reason % {"kind": KIND_NAMES[part.key.kind]})
    formula = read_answer(part.carried, part.key.decimal_comma)
    before, names = LETTERS[: len(earlier)], free_names(formula)
    if later := next((letter for letter in LETTERS[len(earlier) : count] if letter in names), ""):
        reason = _("%(letter)s is not an earlier part, so nothing can follow from it")
        raise InvalidParts(reason % {"letter": later})
    if other := _other_meaning(formula, before):
        reason = _("%(letter)s has a fixed meaning here, so later parts cannot use that answer")
        raise InvalidParts(reason % {"letter": other})
    used = letters_in(formula, len(earlier))
    if not used:
        raise InvalidParts(_("the formula must use an earlier part, as in 2*a"))
    for letter in used:
        _check_used(letter, earlier[LETTERS.index(letter)], parameters)
    carried_value(part, earlier)


def _check_used(letter: str, part: Part, parameters: set[str]) -> None:
    if letter in parameters:
        reason = _("%(letter)s is a parameter as well as a part: rename the parameter")
        raise InvalidParts(reason % {"letter": letter})
    if part.key.kind not in CARRIED_KINDS:
        reason = _("the answer to %(letter)s) is not a number or expression to go on with")
        raise InvalidParts(reason % {"letter": letter})


def _other_meaning(formula: Value, letters: str) -> str:
    """A part letter that the formula uses otherwise: e or i as a number, f in f(2)."""
    pieces = [piece for piece in walk(formula) if isinstance(piece, Const | Call)]
    named = (piece.name for piece in pieces if len(piece.name) == 1 and piece.name in letters)
    return next(named, "")


def statement_with(statement: str, parts: Sequence[Part]) -> str:
    """The statement with the prompts of all parts: for paper, the model and old attempts."""
    prompts = [
        f"{letter}) {_prompt_with_choices(part)}"
        for letter, part in zip(LETTERS, parts, strict=False)
    ]
    return "\n\n".join([statement, *prompts])


def _prompt_with_choices(part: Part) -> str:
    lettered = [f"({chr(ord('A') + n)}) {text}" for n, text in enumerate(part.choices)]
    return "\n\n".join([part.prompt, *lettered])


def hints_of(parts: Sequence[Part]) -> list[str]:
    """The hints to all parts, each with its part's letter: above it, if it begins with a figure."""
    rows = [
        (letter, hint) for letter, part in zip(LETTERS, parts, strict=False) for hint in part.hints
    ]
    return [
        f"{letter})\n\n{hint}" if _FENCE.match(hint) else f"{letter}) {hint}"
        for letter, hint in rows
    ]


def responses_in(text: str, count: int) -> list[str]:
    """The responses in a text such as "a) 8 b) 64", up to the last part that it names.

    Raises InvalidParts.
    """
    before, *answers = _LETTERED.split(text.strip())
    letters, texts = answers[::2], answers[1::2]
    in_order = letters == sorted(set(letters)) and all(
        letter in LETTERS[:count] for letter in letters
    )
    if before.strip() or not letters or not in_order:
        raise InvalidParts(_("say to which part each answer belongs, such as a) 8 b) 64"))
    responses = [""] * (LETTERS.index(letters[-1]) + 1)
    for letter, response in zip(letters, texts, strict=True):
        responses[LETTERS.index(letter)] = response.strip(" \t\r\n;,")
    return responses


def grade_lettered(text: str, parts: Sequence[Part]) -> Grade:
    """Grade the last part that a text such as "a) 8 b) 64" answers, given its earlier answers.

    Raises InvalidParts.
    """
    responses = responses_in(text, len(parts))
    keys = [part.for_grading() for part in parts[: len(responses)]]
    return grade_parts(responses, keys).parts[-1]
