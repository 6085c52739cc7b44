"""What import contracts cannot see: the modules that a process loads, and how many are together."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

MAX_MODULES = 25  # in one folder
NAMES = "import sys; print(*sys.modules)"


def loaded_by(statements: str) -> set[str]:
    """The modules in a fresh process that has run `statements`."""
    printed = subprocess.run(
        [sys.executable, "-c", f"{statements}; {NAMES}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(printed.stdout.split())


@pytest.mark.parametrize(
    ("statements", "never"),
    [
        ("import tutor.grading", {"django", "celery", "redis", "sympy", "vllm", "torch"}),
        ("import tutor.engine.prompts", {"django", "celery", "redis", "sympy", "vllm", "torch"}),
        (
            "import tutor.asgi, tutor.urls",
            {
                *("vllm", "torch", "transformers", "sympy", "pypdf"),
                # What is computed in child processes, by the modules that load all the others.
                *("tutor.grading.working.checker", "tutor.grading.solver.solve"),
                *("tutor.grading.mistakes.explain", "tutor.grading.weighing.weigh"),
            },
        ),
        (
            "import tutor.engine.openai_engine",
            {"django", "celery", "vllm", "torch", "transformers"},
        ),
        # The teacher alone needs nothing to train with.
        ("import tutor.distill.lessons", {"django", "celery", "vllm", "torch", "tokenizers"}),
        (
            "import tutor.evaluation.commands",
            {"django", "celery", "redis", "sympy", "vllm", "torch", "transformers", "openai"},
        ),
        # Only starting an engine loads one.
        (
            "import tutor.asgi, tutor.solutions.generation.celery_worker",
            {"vllm", "torch", "transformers", "openai"},
        ),
    ],
)
def test_a_process_loads_only_what_it_needs(statements, never):
    assert not loaded_by(statements) & never


def test_no_folder_holds_too_many_modules():
    folders: Counter[Path] = Counter()
    for root in ("accounts", "tests", "tutor"):
        files = (settings.BASE_DIR / root).rglob("*.py")
        folders.update(file.parent for file in files if file.name != "__init__.py")
    assert folders
    assert [str(folder) for folder, count in folders.items() if count > MAX_MODULES] == []
