r"""Cuts an answer into steps while it streams: a step is one block of Markdown.

A blank line ends a block, unless it lies within a displayed formula or a fenced block. The
blank lines stay with the step that they end, so the steps' texts add up to the answer exactly.
"""

from collections.abc import Iterator

# A formula that is never closed must not swallow the rest of the answer.
LONGEST_FORMULA = 4_000  # characters


class StepCutter:
    """Fed text as it comes; yields it in pieces, each with the number of its step."""

    def __init__(self, step: int = 0) -> None:
        self.step = step
        self._newlines = 0  # since the last visible character
        self._any_text = False  # blank lines before it belong to the first step
        self._previous = ""
        self._line = ""  # the visible beginning of this line
        self._fence = ""
        self._formula = ""  # what closes the open displayed formula
        self._formula_length = 0

    def feed(self, text: str) -> Iterator[tuple[int, str]]:
        """Pairs of step and text; a step is complete as soon as a later one is named."""
        start = 0
        for position, character in enumerate(text):
            if self._begins_step(character):
                if position > start:
                    yield self.step, text[start:position]
                self.step += 1
                start = position
            self._pass(character)
        if start < len(text):
            yield self.step, text[start:]

    def _begins_step(self, character: str) -> bool:
        return (
            self._newlines >= 2
            and self._any_text
            and not character.isspace()
            and not self._fence
            and not self._formula
        )

    def _pass(self, character: str) -> None:
        if character == "\n":
            self._newlines += 1
            self._end_line()
        elif not character.isspace():
            self._newlines = 0
            self._any_text = True
        if character != "\n" and len(self._line) < 8 and (self._line or not character.isspace()):
            self._line += character
        if not self._fence:
            self._follow_formula(character)
        # The second half of one delimiter is not the first half of the next.
        self._previous = "" if self._previous + character in _DELIMITERS else character

    def _end_line(self) -> None:
        mark = self._line[:3]
        if self._fence:
            self._fence = "" if mark == self._fence else self._fence
        elif mark in {"```", "~~~"}:
            self._fence = mark
        self._line = ""

    def _follow_formula(self, character: str) -> None:
        pair = self._previous + character
        if not self._formula:
            self._formula = {"\\[": "\\]", "$$": "$$"}.get(pair, "")
            self._formula_length = 0
            return
        self._formula_length += 1
        if pair == self._formula or self._formula_length > LONGEST_FORMULA:
            self._formula = ""


_DELIMITERS = frozenset({"\\[", "\\]", "$$", "\\\\"})


def cut_steps(answer: str) -> list[str]:
    """The steps of a complete answer; joined they are the answer again."""
    steps: list[str] = []
    for step, text in StepCutter().feed(answer):
        if step == len(steps):
            steps.append("")
        steps[step] += text
    return steps
