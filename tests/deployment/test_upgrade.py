"""The previous version runs on the newest schema, so servers can be updated one by one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
CODE = ("manage.py", "pyproject.toml", "accounts", "tutor", "templates", "static", "locale")
VERSIONS = re.findall(
    r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
)
VISIT = """
from django.test import Client
from accounts.models import User

for name in ("alice", "carol"):
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username=name))
    page = client.get("/")
    links = r'href="(/(?:assignments|items|sections|problems)/[^"#?]*)"'
    addresses = set(re.findall(links, page.content.decode()))
    assert addresses, page
    for address in {"/", *addresses}:
        answer = client.get(address)
        assert answer.status_code == 200, (name, address, answer.status_code)
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def before(code_before: Path) -> Path:
    (code_before / "node_modules").symlink_to(ROOT / "node_modules")
    topics = code_before / "tutor" / "problems" / "bank" / "topics"
    for topic in sorted(topics.glob("*.toml"))[2:]:  # two show what all do
        topic.unlink()
    return code_before


@pytest.fixture(scope="module")
def code_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The previous version's code; while there is only one version, a copy of this one."""
    folder = tmp_path_factory.mktemp("before")
    if len(VERSIONS) > 1:
        archive = subprocess.run(  # the tag has to be there: `git fetch --tags`
            ["git", "archive", f"v{VERSIONS[1]}"], cwd=ROOT, stdout=subprocess.PIPE, check=True
        ).stdout
        subprocess.run(["tar", "-x", "-C", folder], input=archive, check=True)
        return folder
    ignored = shutil.ignore_patterns("__pycache__", "*.safetensors")
    for name in CODE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def manage(tmp_path_factory: pytest.TempPathFactory):
    env = {name: value for name, value in os.environ.items() if not name.startswith("TUTOR_")}
    env.pop("DATABASE_URL", None)
    env["TUTOR_DATA_DIR"] = str(tmp_path_factory.mktemp("data"))

    def manage(code: Path, *arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=code,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return manage


def test_the_previous_version_writes_and_shows_pages_on_the_newest_schema(before, manage):
    manage(ROOT, "migrate")
    manage(before, "load_demo")
    visit = f"import re\n{VISIT}"
    manage(before, "shell", "-c", visit)
    manage(ROOT, "shell", "-c", visit)
