"""How an administrator starts a process that is missing."""

from pathlib import Path

from django.conf import settings

from tutor.operations.processes import ProcessKind

UNIT_FOLDERS = [
    Path("/etc/systemd/system"),
    Path("/usr/local/lib/systemd/system"),
    Path("/usr/lib/systemd/system"),
]

COMMANDS = {
    ProcessKind.GENERATION: (
        "celery -A tutor.celery worker -Q generation -n generation@%h --pool threads -c 64"
    ),
    ProcessKind.GRADING: "celery -A tutor.celery worker -Q grading -n grading@%h",
    ProcessKind.READING: (
        "celery -A tutor.celery worker -Q reading -n reading@%h --pool threads -c 1"
    ),
    ProcessKind.BEAT: "celery -A tutor.celery beat",
    ProcessKind.WEB: "python -m tutor.web",
}
INTRODUCTIONS = {
    ProcessKind.GENERATION: "start one where the model is",
    ProcessKind.BEAT: "start it",
}


def how_to_start(kind: ProcessKind) -> str:
    """By the unit of `deploy/systemd`, unless this is a checkout in which none is installed."""
    introduction = INTRODUCTIONS.get(kind, "start one")
    if settings.IS_CHECKOUT and not are_units_installed():
        return f"{introduction}: {COMMANDS[kind]}"
    unit = "lemma-web@8001" if kind is ProcessKind.WEB else f"lemma-{kind}"
    return f"{introduction}: systemctl start {unit}"


def are_units_installed() -> bool:
    return any((folder / "lemma-grading.service").exists() for folder in UNIT_FOLDERS)
