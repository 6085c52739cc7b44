"""Which lines of working are accepted."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from tutor.text_gate import UnacceptableText, accept_text

MAX_LINES = 40
MAX_LINE_CHARACTERS = 500
MAX_DRAFT_CHARACTERS = (
    2 * MAX_LINES * MAX_LINE_CHARACTERS
)  # a draft may be longer than what may be submitted

_LINE_END = re.compile(r"\r\n|\r|\n")


def accept_lines(text: str) -> list[str]:
    """As typed, with blank lines. Raises UnacceptableText for text that a database cannot store."""
    try:
        accepted = accept_text(text, limit=MAX_DRAFT_CHARACTERS)
    except UnacceptableText as error:
        raise UnacceptableText(
            _("Your working cannot be taken: %(reason)s.") % {"reason": error}
        ) from None
    return _LINE_END.split(accepted) if accepted else []


def accept_working(text: str) -> tuple[str, ...]:
    """The lines without blank ones. Raises UnacceptableText where they are too many or too long."""
    lines = accept_lines(text)
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE_CHARACTERS:
            message = _(
                "Line %(number)s of your working has %(length)s characters; a line may have "
                "%(most)s. Nothing is lost: shorten it, and try again."
            )
            values = {"number": number, "length": len(line), "most": MAX_LINE_CHARACTERS}
            raise UnacceptableText(message % values)
    working = tuple(line for line in lines if line.strip())
    if len(working) > MAX_LINES:
        message = _(
            "Your working has %(lines)s lines; at most %(most)s are allowed. Nothing is lost: "
            "leave some out, and try again."
        )
        raise UnacceptableText(message % {"lines": len(working), "most": MAX_LINES})
    return working


def is_checkable(working: Sequence[str]) -> bool:
    """Whether there are lines, and no more than may be submitted."""
    return 0 < len(working) <= MAX_LINES and max(map(len, working)) <= MAX_LINE_CHARACTERS
