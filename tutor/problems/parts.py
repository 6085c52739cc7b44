"""Parts a), b), c) of a problem: each with a prompt, a key and a share of the points.

The right answer of a later part may be written in those before it: 2*a in part b) is twice the
answer to a). A student's own answer takes its place where that was wrong, see `grading.carrying`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from tutor.grading import AnswerKey, Grade, InvalidKey, Kind, Unreadable, read_key
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

MOST_SHARE = 1_000
_IN_WORDS = (Kind.CHOICE, Kind.TEXT)


class InvalidParts(ValueError):
    """A part that cannot be used; a sentence for the teacher, which names the part."""


@dataclass(frozen=True)
class Part:
    """key: its value is empty where it is worked out from `carried`.

    share: of the points, by weight. carried: the right answer in terms of those to earlier parts,
    each under its letter. carried_percent: what an answer is worth that follows from a wrong one.
    """

    prompt: str
    key: AnswerKey
    share: int = 1
    choices: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    carried: str = ""
    carried_percent: int = 100

    def for_grading(self) -> PartKey:
        return PartKey(self.key, self.share, self.carried, self.carried_percent / 100)

    def to_dict(self) -> dict[str, Any]:
        """As an exchange file writes it, without what is the default."""
        data = {**asdict(self), "key": self.key.to_dict()}
        data |= {"choices": list(self.choices), "hints": list(self.hints)}
        if not self.carried:
            del data["carried_percent"]
        return {name: value for name, value in data.items() if value not in ([], "")}


Row = Mapping[str, Any]


def asked_row(part: Part) -> dict[str, Any]:
    """What students may read of a part, as its version stores it."""
    return {
        "prompt": part.prompt,
        "share": part.share,
        "choices": list(part.choices),
        "hints": list(part.hints),
        "carried_percent": part.carried_percent,
        "is_carried": bool(part.carried),
    }


def key_row(part: Part, worked_out: str) -> dict[str, Any]:
    """What they may not, as the table of stored answers keeps it."""
    return {"key": part.key.to_dict(), "carried": part.carried, "worked_out": worked_out}


def part_of(asked: Row, answer: Row) -> Part:
    """The inverse of both."""
    return Part(
        prompt=asked["prompt"],
        key=AnswerKey.unread(answer["key"]),
        share=asked["share"],
        choices=tuple(asked["choices"]),
        hints=tuple(asked["hints"]),
        carried=answer["carried"],
        carried_percent=asked["carried_percent"],
    )


def part_key(asked: Row, answer: Row) -> PartKey:
    """Raises grading.InvalidKey where a row was written past the checks."""
    key = read_key({**answer["key"], "value": answer["worked_out"]})
    return replace(part_of(asked, answer).for_grading(), key=key)


def filled_parts(
    parts: Sequence[Part], filled: Callable[[str], str], parameters: Iterable[str] = ()
) -> tuple[Part, ...]:
    """The parts with values in place of their placeholders, and every right answer worked out.

    parameters: their names. Raises InvalidParts.
    """
    found: list[Part] = []
    for place, part in enumerate(parts):
        try:
            found.append(_filled(part, filled, found, len(parts), set(parameters)))
        except (InvalidKey, Unreadable, InvalidParts) as error:
            reason = _("part %(letter)s): %(reason)s") % {"letter": LETTERS[place], "reason": error}
            raise InvalidParts(reason) from error
    return tuple(found)


def _filled(
    part: Part, filled: Callable[[str], str], earlier: list[Part], count: int, parameters: set[str]
) -> Part:
    part = replace(
        part,
        prompt=filled(part.prompt),
        choices=tuple(map(filled, part.choices)),
        hints=tuple(map(filled, part.hints)),
        carried=filled(part.carried),
        key=replace(part.key, value=filled(part.key.value)),
    )
    if (part.key.kind == Kind.CHOICE) != bool(part.choices) or len(part.choices) == 1:
        raise InvalidParts(_("a choice needs at least two choices, and nothing else has any"))
    if part.carried:
        _check_carried(part, earlier, count, parameters)
    data = part.key.to_dict()
    if part.carried and not part.key.value.strip():
        data["value"] = worked_out(part, earlier)
    return replace(part, key=read_key(data))


def worked_out(part: Part, earlier: Sequence[Part]) -> str:
    """What follows from the right answers before. Raises InvalidParts."""
    try:
        return written(right_answer(part.for_grading(), [one.for_grading() for one in earlier]))
    except NoValue:
        reason = _("%(formula)s has no value for the right answers to the parts before")
        raise InvalidParts(reason % {"formula": part.carried}) from None


def _check_carried(part: Part, earlier: Sequence[Part], count: int, parameters: set[str]) -> None:
    if part.key.kind in _IN_WORDS:
        raise InvalidParts(_("a choice or a word follows from no calculation"))
    formula = read_answer(part.carried, part.key.decimal_comma)
    before, names = LETTERS[: len(earlier)], free_names(formula)
    for letter in LETTERS[len(earlier) : count]:
        if letter in names:
            reason = _("%(letter)s is no part before this one, so nothing follows from it")
            raise InvalidParts(reason % {"letter": letter})
    if other := _other_meaning(formula, before):
        reason = _("%(letter)s has a meaning of its own here, so that part cannot be carried on")
        raise InvalidParts(reason % {"letter": other})
    used = letters_in(formula, len(earlier))
    if not used:
        raise InvalidParts(_("what follows must name a part before it, as in 2*a"))
    for letter in used:
        if letter in parameters:
            reason = _("%(letter)s is a parameter as well as a part: rename the parameter")
            raise InvalidParts(reason % {"letter": letter})
        if earlier[LETTERS.index(letter)].key.kind not in CARRIED_KINDS:
            reason = _("the answer to %(letter)s) is no number or expression to go on with")
            raise InvalidParts(reason % {"letter": letter})
    worked_out(part, earlier)


def _other_meaning(formula: Value, letters: str) -> str:
    """e and i as numbers, and f in f(2)."""
    pieces = [piece for piece in walk(formula) if isinstance(piece, Const | Call)]
    named = (piece.name for piece in pieces if len(piece.name) == 1 and piece.name in letters)
    return next(named, "")


def statement_with(statement: str, parts: Sequence[Part]) -> str:
    """All that is asked, in one text: for paper, for the model, for a look at an old attempt."""
    asked = [f"{letter}) {_asked(part)}" for letter, part in zip(LETTERS, parts, strict=False)]
    return "\n\n".join([statement, *asked])


def _asked(part: Part) -> str:
    lettered = [f"({chr(ord('A') + n)}) {text}" for n, text in enumerate(part.choices)]
    return "\n\n".join([part.prompt, *lettered])


def hints_of(parts: Sequence[Part]) -> list[str]:
    """Each under the letter of its part."""
    lettered = zip(LETTERS, parts, strict=False)
    return [f"{letter}) {hint}" for letter, part in lettered for hint in part.hints]


_LETTERED = re.compile(rf"(?:^|(?<=[\s;,]))([{LETTERS}])\)")


def responses_in(text: str, count: int) -> list[str]:
    """The responses in a text such as "a) 8 b) 64", up to the last part that it names.

    Raises InvalidParts.
    """
    before, *said = _LETTERED.split(text.strip())
    letters, texts = said[::2], said[1::2]
    in_order = letters == sorted(set(letters)) and all(one in LETTERS[:count] for one in letters)
    if before.strip() or not letters or not in_order:
        raise InvalidParts(_("say to which part each answer belongs, such as a) 8 b) 64"))
    responses = [""] * (LETTERS.index(letters[-1]) + 1)
    for letter, response in zip(letters, texts, strict=True):
        responses[LETTERS.index(letter)] = response.strip(" \t\r\n;,")
    return responses


def grade_said(text: str, parts: Sequence[Part]) -> Grade:
    """What is said to the last part that a text names, by what it says to those before.

    Raises InvalidParts.
    """
    responses = responses_in(text, len(parts))
    keys = [part.for_grading() for part in parts[: len(responses)]]
    return grade_parts(responses, keys).parts[-1]
