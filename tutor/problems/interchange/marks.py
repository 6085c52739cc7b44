"""Characters that mark a place in a text while it is read or written."""

import re

_MARKS = re.compile("[\ue000-\ue01f]")


def without_marks(text: str) -> str:
    """A text from elsewhere, which could have such characters itself."""
    return _MARKS.sub("", text)
