"""Makes a PDF from Typst's markup, in a child process."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from tutor.typesetting.child import HAN, NO_CHINESE

MAX_TYPESETTING_S = 40
_ROOT = Path(__file__).parents[2]
NO_FILES: Mapping[str, bytes] = MappingProxyType({})


class NoPdf(Exception):
    """The typesetter failed. Its message is for the log, not for a page."""


class NoChineseFont(NoPdf):
    """The text has Chinese characters, and no font of this machine has them."""


def has_chinese(text: str) -> bool:
    """Whether a font with Chinese characters is needed to print it."""
    return HAN.search(text) is not None


def make_pdf(source: str, fonts: Path, files: Mapping[str, bytes] = NO_FILES) -> bytes:
    """The PDF. Raises NoPdf.

    fonts: a folder of fonts beside those of the system; it need not exist. files: pictures that
    the source names.
    """
    with tempfile.TemporaryDirectory(prefix="lemma-print-") as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        return _typeset(source, [folder, *([str(fonts)] if fonts.is_dir() else [])])


def _environment() -> dict[str, str]:
    """No secret, but where a person's own fonts are."""
    fonts = {name: os.environ[name] for name in ("HOME", "XDG_DATA_HOME") if name in os.environ}
    return {"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "LC_ALL": "C.UTF-8", **fonts}


def _typeset(source: str, arguments: list[str]) -> bytes:
    command = [sys.executable, "-m", "tutor.typesetting.child", *arguments]
    try:
        done = subprocess.run(  # noqa: S603  # our own module and folder
            command,
            input=source.encode(),
            capture_output=True,
            timeout=MAX_TYPESETTING_S,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise NoPdf(f"took longer than {MAX_TYPESETTING_S} s") from error
    if done.returncode == NO_CHINESE:
        raise NoChineseFont("no font with Chinese characters")
    if done.returncode:
        raise NoPdf(f"status {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-500:]}")
    return done.stdout
