"""Markers of the usual chat templates inside a text that must not contain any."""

import re

_MARKER = re.compile(
    r"<[|｜][^<>|｜\n]{1,40}[|｜]>|</?think>|</?s>|\[/?(?:INST|SYSTEM_PROMPT)\]"
    r"|<(?:start|end)_of_turn>|<(?:bos|eos|pad|unk)>"
)


def defuse(text: str) -> str:
    """Break markers such as <|im_end|> up, so that a problem cannot speak as the tutor."""
    return _MARKER.sub(lambda match: f"{match[0][0]} {match[0][1:]}", text)
