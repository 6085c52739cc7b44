r"""Cuts an answer into steps while it streams: a step is a block of Markdown.

A blank line ends a block, and so does a line that begins a numbered item ("2.", "**Step 2:**",
"###"), unless either lies within a displayed formula or a fenced block. A title stays with the
block below it. Blank lines stay with the step that they end, so the steps joined are exactly the
answer.
"""

import re
from collections.abc import Iterator
from itertools import chain

# A formula that is never closed must not take in the rest of the answer.
MAX_FORMULA = 4_000  # characters

_NUMBER = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
# The beginning of an item, and what may still become one.
_ITEM = re.compile(
    rf"""
    [#]{{1,6}}\s
    | (?:[*]{{2}})? (?:
        [0-9]{{1,2}} (?: [.)][\s*] | [、．] )
        | [Ss]tep[ ][0-9]{{1,2}} [:.)*]
        | (?: 第{_NUMBER}步 | 步骤[ ]?{_NUMBER} ) [:：,，.．、*]
      )
    | [(][0-9]{{1,2}}[)]\s
    | （[0-9]{{1,2}}）
    """,
    re.VERBOSE,
)
_PERHAPS_ITEM = re.compile(
    rf"""
    [#]{{1,6}}
    | [*]{{1,2}}
    | (?:[*]{{2}})? (?:
        [0-9]{{1,2}} [.)]?
        | [Ss] | [Ss]t | [Ss]te | [Ss]tep | [Ss]tep[ ][0-9]{{0,2}}
        | 第 | 第{_NUMBER}步? | 步 | 步骤[ ]?{_NUMBER}?
      )
    | [(] | [(][0-9]{{1,2}}[)]?
    | （ | （[0-9]{{1,2}}
    """,
    re.VERBOSE,
)
_MAX_ITEM = 12  # characters
# A line that announces a block: a heading, a line in bold type, or a rule.
_TITLE = re.compile(r"#{1,6}\s.*|\*\*[^*$\\]+\*\*[:：.]?|-{3,}|\*{3,}|_{3,}")
_MAX_TITLE = 200


class StepCutter:
    """Cuts text as it arrives; yields pieces, each with the number of its step.

    held: the end of the text so far, if the next characters decide to which step it belongs.
    """

    def __init__(self) -> None:
        self.step = 0
        self.held = ""
        self._newlines = 0  # since the last visible character
        self._only_titles = True  # in this step, or blank lines before the first
        self._previous = ""
        self._line = ""  # the beginning of this line, from its first visible character on
        self._fence = ""
        self._formula = ""  # what closes the open displayed formula
        self._formula_length = 0

    def feed(self, text: str) -> Iterator[tuple[int, str]]:
        """Pairs of step number and text; a step is complete as soon as a later one begins."""
        text, self.held = self.held + text, ""
        start = 0
        for position, character in enumerate(text):
            if self._may_begin_item():
                head = text[position : position + _MAX_ITEM]
                if position + len(head) == len(text) and _PERHAPS_ITEM.fullmatch(head):
                    text, self.held = text[:position], head
                    break
                begins_step = _ITEM.match(head) is not None
            else:
                begins_step = self._ends_blank_lines(character)
            if begins_step:
                if position > start:
                    yield self.step, text[start:position]
                self.step += 1
                self._only_titles = True
                start = position
            self._advance(character)
        if start < len(text):
            yield self.step, text[start:]

    def finish(self) -> Iterator[tuple[int, str]]:
        """The text that was held back, once the answer has ended."""
        if self.held:
            yield self.step, self.held
        self.held = ""

    def _may_begin_item(self) -> bool:
        return self._previous == "\n" and self._newlines == 1 and self._may_end_step()

    def _ends_blank_lines(self, character: str) -> bool:
        return self._newlines >= 2 and not character.isspace() and self._may_end_step()

    def _may_end_step(self) -> bool:
        return not (self._only_titles or self._fence or self._formula)

    def _advance(self, character: str) -> None:
        if character == "\n":
            self._newlines += 1
            self._end_line()
        elif not character.isspace():
            self._newlines = 0
        if (
            character != "\n"
            and len(self._line) < _MAX_TITLE
            and (self._line or not character.isspace())
        ):
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
        if self._line and not _TITLE.fullmatch(self._line.rstrip()):
            self._only_titles = False
        self._line = ""

    def _follow_formula(self, character: str) -> None:
        pair = self._previous + character
        if not self._formula:
            self._formula = {"\\[": "\\]", "$$": "$$"}.get(pair, "")
            self._formula_length = 0
            return
        self._formula_length += 1
        if pair == self._formula or self._formula_length > MAX_FORMULA:
            self._formula = ""


_DELIMITERS = frozenset({"\\[", "\\]", "$$", "\\\\"})


def cut_steps(answer: str) -> list[str]:
    """The steps of a complete answer; joined, they are the answer."""
    steps: list[str] = []
    cutter = StepCutter()
    for step, text in chain(cutter.feed(answer), cutter.finish()):
        if step == len(steps):
            steps.append("")
        steps[step] += text
    return steps
