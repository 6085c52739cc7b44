"""Makes `pip install .` whole: puts the browser libraries that npm installed into the wheel.

Hatchling runs it while it builds a wheel. An editable installation reads them where they are.
"""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BrowserLibraries(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        names = runpy.run_path(str(root / "tutor" / "browser_libraries.py"))["BROWSER_LIBRARIES"]
        for folder in names.values():
            source = root / "node_modules" / folder
            if not source.is_dir():
                raise SystemExit(
                    f"{source} is missing: run `npm ci --omit=dev` first, for Lemma's pages need it"
                )
            build_data["force_include"][str(source)] = f"tutor/shipped/node_modules/{folder}"
        bundled = root / "static" / "bundled"
        if not bundled.is_dir():
            raise SystemExit(f"{bundled} is missing: run `npm run bundle` first")
