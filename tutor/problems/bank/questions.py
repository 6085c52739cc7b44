"""What a problem asks, one thing at a time: each of its parts as a problem of its own."""

from collections.abc import Iterator
from dataclasses import replace

from tutor.problems.content import Content
from tutor.problems.expected import expected_in
from tutor.problems.parts import statement_with


def questions_of(content: Content) -> Iterator[Content]:
    """The problem itself where it has no parts. Each part has the whole statement."""
    if not content.parts:
        yield content
        return
    statement = statement_with(content.statement, content.parts)
    for number, part in enumerate(content.parts):
        yield replace(
            content,
            statement=statement,
            key=part.key,
            choices=part.choices,
            hints=(*content.hints, *part.hints),
            drawing=part.drawing,
            expected=tuple(expected_in(number, content.expected, len(content.parts))),
            tests=(),
            parts=(),
        )
