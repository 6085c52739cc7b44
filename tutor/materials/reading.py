"""Read the text of an uploaded file, within bounds of time, memory and size."""

import json
import subprocess
import sys
from dataclasses import dataclass

from tutor.grading.processes import environment
from tutor.materials import pdf_answers
from tutor.materials.cutting import PassageText, cut_markdown, cut_pages
from tutor.materials.models import Material
from tutor.text_gate import UnacceptableText, accept_text, storable

TIMEOUT_S = 60
_REASONS = {
    pdf_answers.LOCKED: Material.Reason.LOCKED,
    pdf_answers.TOO_LONG: Material.Reason.TOO_LONG,
    pdf_answers.TOO_HARD: Material.Reason.TOO_HARD,
}


class NotRead(Exception):
    def __init__(self, reason: Material.Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Reading:
    """pages: None of a text without pages."""

    passages: list[PassageText]
    pages: int | None = None
    empty_pages: int = 0


def read(kind: str, data: bytes) -> Reading:
    """Raises NotRead."""
    reading = _read_pdf(data) if kind == Material.Kind.PDF else _read_markdown(data)
    if not reading.passages:
        raise NotRead(Material.Reason.NO_TEXT)
    return reading


def _read_markdown(data: bytes) -> Reading:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotRead(Material.Reason.NOT_UTF8) from error
    return Reading(cut_markdown(_accepted(text)))


def _read_pdf(data: bytes) -> Reading:
    command = [sys.executable, "-m", "tutor.materials.pdf_child"]
    try:
        done = subprocess.run(  # noqa: S603  # our own module
            command,
            input=data,
            stdout=subprocess.PIPE,  # some 20 MB at most: the child counts its characters
            stderr=subprocess.DEVNULL,  # a small file can make gigabytes of warnings
            timeout=TIMEOUT_S,
            check=False,
            env=environment.BARE,
        )
    except subprocess.TimeoutExpired as error:
        raise NotRead(Material.Reason.TOO_HARD) from error
    if done.returncode < 0:  # ended by its limits
        raise NotRead(Material.Reason.TOO_HARD)
    if done.returncode:
        raise NotRead(_REASONS.get(done.returncode, Material.Reason.BROKEN))
    pages = [_accepted(text) for text in json.loads(done.stdout)]
    return Reading(cut_pages(pages), len(pages), sum(not text.strip() for text in pages))


def _accepted(text: str) -> str:
    try:
        return accept_text(storable(text), limit=pdf_answers.MAX_CHARACTERS)
    except UnacceptableText as error:
        raise NotRead(Material.Reason.TOO_LONG) from error
