"""Addresses of scripts and styles: of the bundle that `npm run bundle` made, else of the sources.

A bundle of other sources is passed over, so that an edited file is never hidden by what was bundled
before. With DEBUG, pages load the sources. A process keeps the bundle that it began with: during an
update its files are there until it ends, and those of the new release are not there yet.
"""

import json
import logging
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypedDict

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
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


@dataclass(frozen=True)
class ServiceWorker:
    """version: another one for every other bundle."""

    version: str
    script: str


@dataclass(frozen=True)
class Bundle:
    files: dict[str, Bundled]
    worker: ServiceWorker


@register.simple_tag
def bundle(path: str) -> str:
    """The address of a script, a style or a library, such as js/page.js."""
    entry = _files().get(path)
    return static(f"{FOLDER}/{entry['file']}" if entry else path)


@register.simple_tag
def preloads(path: str) -> SafeString:
    """Links that have a browser load what a script imports before it has read the script."""
    entry = _files().get(path)
    names = (static(f"{FOLDER}/{name}") for name in entry["imports"]) if entry else ()
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', ((n,) for n in names))


def service_worker() -> ServiceWorker | None:
    """None without a bundle: sources have no names that change with their content."""
    current = current_bundle()
    return current.worker if current else None


@register.simple_tag
def worker_address() -> str:
    """Empty without a service worker."""
    worker = service_worker()
    return f"{reverse('service-worker')}?v={worker.version}" if worker else ""


def _files() -> dict[str, Bundled]:
    current = current_bundle()
    return current.files if current else {}


def current_bundle() -> Bundle | None:
    """The one that this process began with; None without a bundle of these sources."""
    try:
        return None if settings.DEBUG else _read(settings.STATIC_SOURCES / FOLDER)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=1)
def _read(folder: Path) -> Bundle | None:
    content = json.loads((folder / "manifest.json").read_text("utf-8"))
    if content["sources"] != _digest(folder.parent):
        logger.warning("static/bundled is not of these sources: run `npm run bundle`.")
        return None
    script = (folder / content["worker"]).read_text("utf-8")
    return Bundle(content["files"], ServiceWorker(content["version"], script))


def _digest(sources: Path) -> str:
    digest = sha256()
    for kind in ("css", "js"):
        for path in sorted((sources / kind).iterdir()):
            digest.update(path.read_bytes())
    return digest.hexdigest()
