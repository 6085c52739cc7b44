"""Does this machine have the room and the files that its processes need?

Each check returns what it found, or raises Unwell.
"""

import shutil

from django.conf import settings

from tutor.operations.findings import Unwell

LEAST_FREE_GB = 1.0


def check_disk() -> str:
    free_gb = shutil.disk_usage(settings.DATA_DIR).free / 1e9
    if free_gb < LEAST_FREE_GB:
        raise Unwell(f"{free_gb:.1f} GB free in {settings.DATA_DIR}", "make room there")
    return f"{free_gb:.0f} GB free in {settings.DATA_DIR}"


def check_libraries() -> str:
    wanted = settings.BROWSER_LIBRARIES
    missing = [
        name for name, folder in wanted.items() if not (settings.NODE_MODULES / folder).is_dir()
    ]
    if missing:
        raise Unwell(f"missing: {', '.join(missing)}", f"npm ci in {settings.BASE_DIR}")
    return f"{len(wanted)} browser libraries in {settings.NODE_MODULES}"
