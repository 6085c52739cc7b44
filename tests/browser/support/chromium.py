"""Where Chromium is: Debian's, where there is one, else the one that Playwright installed."""

import shutil
from typing import Any

QUIET = [
    "--no-sandbox",  # containers run tests as root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch_options() -> dict[str, Any]:
    return {"executable_path": shutil.which("chromium"), "args": QUIET}
