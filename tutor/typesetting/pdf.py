"""Makes a PDF from Typst's markup, in a child process."""

import subprocess
import sys
from pathlib import Path

from tutor.typesetting.child import HAN, NO_CHINESE

MAX_S = 40


class NoPdf(Exception):
    """The typesetter failed. Its message is for the log, not for a page."""


class NoChineseFont(NoPdf):
    """The text has Chinese characters, and no font of this machine has them."""


def has_chinese(text: str) -> bool:
    """Whether a font with Chinese characters is needed to print it."""
    return HAN.search(text) is not None


def make_pdf(source: str, fonts: Path) -> bytes:
    """`fonts`: a folder of fonts beside those of the system; it need not exist. Raises NoPdf."""
    command = [
        sys.executable,
        "-m",
        "tutor.typesetting.child",
        *([str(fonts)] if fonts.is_dir() else []),
    ]
    try:
        done = subprocess.run(  # noqa: S603  # our own module and folder
            command, input=source.encode(), capture_output=True, timeout=MAX_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NoPdf(f"took longer than {MAX_S} s") from error
    if done.returncode == NO_CHINESE:
        raise NoChineseFont("no font with Chinese characters")
    if done.returncode:
        raise NoPdf(f"status {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-500:]}")
    return done.stdout
