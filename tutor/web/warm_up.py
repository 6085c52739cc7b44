"""What a web server loads before it listens, so that its first page is as fast as the others."""

from pathlib import Path

from django.template import engines
from django.urls import get_resolver

from tutor.bundles import current_bundle


def warm_up() -> None:
    """Imports every view, compiles every template, and keeps the bundle of now."""
    current_bundle()
    _ = get_resolver().url_patterns
    templates = engines["django"]
    for folder in map(Path, templates.dirs):
        for path in folder.rglob("*.html"):
            templates.get_template(str(path.relative_to(folder)))
