"""Problems in parts that other systems ask in one question: pairs, and places in an order."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from tutor.grading import Kind
from tutor.problems.content import Content
from tutor.problems.interchange.figure_files import has_picture
from tutor.problems.interchange.questions import gap


def are_pairs(content: Content) -> bool:
    """Whether all parts choose one of the same sorted choices, and nothing else is said."""
    if not content.parts:
        return False
    first = content.parts[0]
    return (
        not content.expected
        and list(first.choices) == sorted(set(first.choices))
        and all(
            part == replace(first, prompt=part.prompt, key=part.key)
            and part.key.kind == Kind.CHOICE
            and len(re.findall("[A-Z]", part.key.value)) == 1
            and not any(map(has_picture, part.choices))
            for part in content.parts
        )
        and (first.share, first.hints, first.carried, first.drawing) == (1, (), "", "")
        and not any(gap(n) in content.statement for n in range(len(content.parts)))
    )


def are_places(content: Content) -> bool:
    """Whether the pairs say what comes first, second … of all choices."""
    parts = content.parts
    return are_pairs(content) and (
        [part.prompt for part in parts]
        == [place_prompt(n, content.language) for n in range(1, len(parts) + 1)]
        and len({part.key.value.strip() for part in parts}) == len(parts[0].choices) == len(parts)
    )


def place_prompt(number: int, language: str) -> str:
    with override(language):
        return _("What comes at place %(n)d?") % {"n": number}
