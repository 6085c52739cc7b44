import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.demo import install
from tutor.demo.install import SetupFailed, Stage, check_disk, explain_npm, explain_pip, run_logged

UNREACHABLE = "http://127.0.0.1:1/"


def test_an_older_python_can_read_it():
    ast.parse(Path(install.__file__).read_text("utf-8"), feature_version=(3, 8))


def test_another_python_is_told_which_one_is_needed():
    program = (
        "import sys; sys.version_info = (3, 10, 4); sys.argv[0] = 'install.py'\n"
        f"import runpy; runpy.run_path({install.__file__!r}, run_name='__main__')"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ended.returncode == 1
    assert "needs Python 3.11 to 3.13" in ended.stderr
    assert "make demo PYTHON=python3." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_it_names_a_network_that_pip_cannot_use(tmp_path):
    command = [sys.executable, "-m", "pip", "--isolated", "--retries", "0", "download", "six"]
    command += ["--index-url", UNREACHABLE, "--dest", str(tmp_path)]
    with (
        pytest.raises(SetupFailed, match="pip cannot reach its package index"),
        Stage("x") as stage,
    ):
        run_logged(stage, command, tmp_path / "pip.log", explain_pip)


def test_it_names_a_network_that_npm_cannot_use(tmp_path):
    command = ["npm", "view", "katex", "--registry", UNREACHABLE, "--fetch-retries", "0"]
    with pytest.raises(SetupFailed, match="npm cannot reach its"), Stage("x") as stage:
        run_logged(stage, command, tmp_path / "npm.log", explain_npm)


@pytest.mark.parametrize(
    ("output", "part"),
    [
        ("ERROR: No matching distribution found for torch==2.13.0+cpu", "PIP_EXTRA_INDEX_URL"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "The disk is full"),
    ],
)
def test_it_says_what_to_do_about_what_pip_says(output, part):
    assert part in str(explain_pip(output))


def test_it_shows_the_last_lines_of_a_failure_it_does_not_know(tmp_path):
    command = ["sh", "-c", "echo first; echo 'the reason' >&2; exit 3"]
    with pytest.raises(SetupFailed) as caught, Stage("x") as stage:
        run_logged(stage, command, tmp_path / "sh.log", explain_pip)
    assert "status 3" in str(caught.value)
    assert "the reason" in str(caught.value)
    assert str(tmp_path / "sh.log") in str(caught.value)


def test_it_names_a_disk_that_is_too_small(tmp_path):
    check_disk(tmp_path, 0.001)
    with pytest.raises(SetupFailed, match=r"needs 1000000 GB of free disk and has \d+\.\d GB"):
        check_disk(tmp_path, 1_000_000)


@pytest.fixture
def folder(tmp_path):
    """A folder to install into, with the installer and the files that it reads."""
    (tmp_path / "tutor" / "demo").mkdir(parents=True)
    shutil.copy(install.__file__, tmp_path / "tutor" / "demo")
    for name in ("pyproject.toml", "package-lock.json"):
        shutil.copy(install.ROOT / name, tmp_path)
    return tmp_path


def run_installer(folder: Path) -> "subprocess.CompletedProcess[str]":
    env = {name: value for name, value in os.environ.items() if name[:4] not in {"PIP_", "TUTO"}}
    env |= {"PIP_INDEX_URL": UNREACHABLE, "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    command = [sys.executable, "tutor/demo/install.py", "--engine", "cpu"]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)


@pytest.mark.slow
def test_without_a_network_it_ends_in_one_sentence(folder):
    ended = run_installer(folder)
    assert ended.returncode == 1
    assert "pip cannot reach its package index" in ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
    assert (folder / "var" / "log" / "pip.log").exists()


@pytest.mark.slow
def test_what_is_installed_is_not_installed_again(folder):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / ".venv"], check=True)
    (folder / "node_modules").mkdir()
    (folder / "static" / "bundled").mkdir(parents=True)
    program = (
        "import sys; sys.path.insert(0, 'tutor/demo'); import install, hashlib\n"
        "install._write_stamp(install.VENV / 'lemma-installed.json', {'extras': ['cpu', 'demo'],"
        " 'packages': install.packages_fingerprint(), 'python': list(sys.version_info[:2])})\n"
        "lock = hashlib.sha256((install.ROOT / 'package-lock.json').read_bytes()).hexdigest()\n"
        "install._write_stamp(install.ROOT / 'node_modules' / 'lemma-installed.json',"
        " {'lock': lock})\n"
        "install._write_stamp(install.ROOT / 'static' / 'bundled' / 'lemma-bundled.json',"
        " {'sources': install.pages_fingerprint()})"
    )
    subprocess.run([sys.executable, "-c", program], cwd=folder, check=True)
    ended = run_installer(folder)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")

    project = folder / "pyproject.toml"
    project.write_text(project.read_text().replace("~=8.1.0", "~=8.1.1"))
    changed = run_installer(folder)  # this environment has no pip: trying is what counts
    assert "Python packages" in changed.stdout
