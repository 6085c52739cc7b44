from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def picture_folder(settings: Any, tmp_path: Path) -> Path:
    """Where pictures lie during a test."""
    pictures = {**settings.STORAGES["pictures"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "pictures": pictures}
    return tmp_path
