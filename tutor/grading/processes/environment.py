"""What child processes see of the environment: no secret."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

_ROOT = Path(__file__).parents[3]
BARE: Mapping[str, str] = MappingProxyType(
    {"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
)
