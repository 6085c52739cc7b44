"""Sentences about a figure, in English, with what is needed to say them in another language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Translate = Callable[[str], str]


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for translation; there is no Django here."""
    return sentence


@dataclass(frozen=True)
class Phrase:
    """values: what is put into the sentence; several of them are joined by commas."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, translate: Translate) -> str:
        filled = {name: _filling(value, translate) for name, value in self.values.items()}
        return translate(self.sentence) % filled


class FigureError(ValueError):
    """A figure that cannot be drawn, and why, for its author.

    line: from 1, within the figure; None where no single line is to blame.
    """

    def __init__(self, sentence: str, line: int | None = None, **values: object) -> None:
        super().__init__(sentence, values)
        self.phrase = Phrase(sentence, values)
        self.line = line

    def text(self, translate: Translate) -> str:
        reason = self.phrase.text(translate)
        if self.line is None:
            return reason
        at_line = translate(gettext_noop("line %(line)d of the figure: %(reason)s"))
        return at_line % {"line": self.line, "reason": reason}


def joined(phrases: list[Phrase], translate: Translate) -> str:
    return " ".join(phrase.text(translate) for phrase in phrases)


def _filling(value: object, translate: Translate) -> object:
    if isinstance(value, Phrase):
        return value.text(translate)
    if isinstance(value, tuple):
        return ", ".join(str(_filling(part, translate)) for part in value)
    return value
