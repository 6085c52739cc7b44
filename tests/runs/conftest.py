import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from tests.runs.making import RIGHT, SUMS, WRONG, make_run


@pytest.fixture
def runs_folder(settings: Any, tmp_path: Path) -> Path:
    settings.EVALUATION_DIR = tmp_path / "evaluation"
    return tmp_path / "evaluation"


@pytest.fixture(scope="session")
def made_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "evaluation" / "first"
    options = ["--samples", "2", "--runs", "2"]
    make_run(folder, SUMS, RIGHT, WRONG, options=options, reasoning="Hm.\n\nWell.")
    return folder


@pytest.fixture
def run_folder(runs_folder: Path, made_run: Path) -> Path:
    """A whole run of three problems, of which the model gets some right."""
    shutil.copytree(made_run, runs_folder / "first")
    return runs_folder / "first"


@pytest.fixture
def teacher(as_user: Callable[[User], Any], dan: User) -> Any:
    """The client of somebody who teaches somewhere."""
    return as_user(dan)
