"""The browser libraries: name under /static/vendor/, folder under node_modules/.

A file of JSON has them, for `deploy/bundle.mjs` reads them too.
"""

import json
from pathlib import Path

BROWSER_LIBRARIES: dict[str, str] = json.loads(
    Path(__file__).with_suffix(".json").read_text("utf-8")
)

# Names of bundled files, which change with their content: browsers keep them for good.
IMMUTABLE = r"/bundled/[\w.-]+-[\w-]{8}\.[a-z0-9.]+$"
