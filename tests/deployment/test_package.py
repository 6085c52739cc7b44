"""`pip install .` makes all of Lemma, wherever it is started from."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

PAGE = """
import tutor
from tutor.problems.bank.topic_files import read_topic, topic_files
from django.test import Client
from django.contrib.staticfiles import finders
page = Client(HTTP_ACCEPT_LANGUAGE="zh-CN").get("/accounts/login/", headers={"host": "localhost"})
text = page.content.decode()  # without Lemma's templates it would be allauth's page
print(page.status_code, "用户名" in text, 'class="wordmark"' in text)
print(bool(finders.find("css/base.css")))
print(bool(finders.find("vendor/katex/katex.min.js")), len(topic_files()) > 50)
print(bool(read_topic(topic_files()[0])), tutor.__file__)
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Lemma as pip installs it, beside the dependencies that are here already."""
    wheels, site = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    no_network = ["--no-deps", "--no-build-isolation", "--no-index"]
    build = [*pip, "wheel", *no_network, "-w", str(wheels), str(settings.BASE_DIR)]
    subprocess.run(build, check=True)
    [wheel] = wheels.glob("*.whl")
    subprocess.run([*pip, "install", *no_network, "--target", str(site), str(wheel)], check=True)
    return site


@pytest.fixture
def lemma(site: Path, tmp_path: Path) -> Run:
    env = {name: value for name, value in os.environ.items() if not name.startswith("TUTOR_")}

    def run(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-P", "-m", "tutor.commands", *arguments],
            cwd=tmp_path,
            env=env | {"PYTHONPATH": str(site)} | variables,
            capture_output=True,
            text=True,
        )

    return run


def test_an_installed_lemma_has_its_pages_words_and_problems(lemma, site, tmp_path):
    data = {"TUTOR_DATA_DIR": str(tmp_path / "data")}
    assert lemma("migrate", **data).returncode == 0
    starter = site / "tutor" / "problems" / "starter" / "algebra.jsonl"
    imported = lemma("import_problems", str(starter), **data)
    assert "algebra.jsonl: 31 problems, 31 new or changed" in imported.stdout
    shown = lemma("shell", "--no-imports", "-c", PAGE, **data)
    assert shown.stdout.split() == [
        "200", *["True"] * 6, str(site / "tutor" / "__init__.py"),
    ], shown.stderr  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_it_asks_where_to_keep_its_data(lemma):
    refused = lemma("check")
    assert refused.returncode == 1
    assert "TUTOR_DATA_DIR: say in which folder Lemma keeps its data" in refused.stderr
