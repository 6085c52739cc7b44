"""The markers of the usual chat templates, where a text that is not the template's holds some."""

import re

_MARKER = re.compile(
    r"<[|｜][^<>|｜\n]{1,40}[|｜]>|</?think>|</?s>|\[/?(?:INST|SYSTEM_PROMPT)\]"
    r"|<(?:start|end)_of_turn>|<(?:bos|eos|pad|unk)>"
)


def defuse(text: str) -> str:
    """Take markers such as <|im_end|> apart, lest a problem speak for the tutor."""
    return _MARKER.sub(lambda found: f"{found[0][0]} {found[0][1:]}", text)
