"""Addresses of scripts and styles: of the bundle that `npm run bundle` made, else of the sources.

A bundle of other sources is passed over, so that an edited file is never hidden by what was bundled
before. With DEBUG, pages load the sources.
"""

import json
import logging
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypedDict

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()
logger = logging.getLogger(__name__)

FOLDER = "bundled"


class Bundled(TypedDict):
    """file: its name. imports: of the scripts that it imports at once. fonts: that it may need."""

    file: str
    imports: list[str]
    fonts: list[str]


@register.simple_tag
def bundle(path: str) -> str:
    """The address of a script, a style or a library, such as js/page.js."""
    entry = _manifest().get(path)
    return static(f"{FOLDER}/{entry['file']}" if entry else path)


@register.simple_tag
def preloads(path: str) -> SafeString:
    """Links that have a browser load what a script imports before it has read the script."""
    entry = _manifest().get(path)
    names = (static(f"{FOLDER}/{name}") for name in entry["imports"]) if entry else ()
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', ((n,) for n in names))


def _manifest() -> dict[str, Bundled]:
    """Empty without a bundle of these sources."""
    path = settings.STATIC_SOURCES / FOLDER / "manifest.json"
    try:
        return {} if settings.DEBUG else _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=1)
def _read(manifest: Path, _changed_at: int) -> dict[str, Bundled]:
    content = json.loads(manifest.read_text("utf-8"))
    if content["sources"] != _digest(settings.STATIC_SOURCES):
        logger.warning("static/bundled is not of these sources: run `npm run bundle`.")
        return {}
    files: dict[str, Bundled] = content["files"]
    return files


def _digest(sources: Path) -> str:
    digest = sha256()
    for kind in ("css", "js"):
        for path in sorted((sources / kind).iterdir()):
            digest.update(path.read_bytes())
    return digest.hexdigest()
