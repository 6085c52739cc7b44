"""The services of systemd: their files are read, and the programs in them are asked."""

import re
import shlex
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path

import pytest
from django.conf import settings

from tutor.celery import GENERATION

FOLDER = settings.BASE_DIR / "deploy" / "systemd"
UNITS = sorted(FOLDER.glob("*.service"))
LASTING = [unit for unit in UNITS if unit.name != "lemma-backup.service"]
PROGRAMS = {
    "/opt/lemma/venv/bin/python": [],
    "/opt/lemma/venv/bin/celery": ["-m", "celery"],
    "/opt/lemma/venv/bin/lemma": ["-m", "tutor.commands"],
}


def read(path: Path) -> RawConfigParser:
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # names have capitals
    parser.read_string(path.read_text("utf-8"))
    return parser


def command_of(unit: Path) -> list[str]:
    line = read(unit)["Service"]["ExecStart"].replace("%%", "%").replace("%i", "8001")
    program, *arguments = shlex.split(line)
    return [sys.executable, *PROGRAMS[program], *arguments]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_each_service_starts_a_program_with_options_that_it_knows(unit):
    def run(*options: str) -> int:
        command = [*command_of(unit), *options]
        return subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True).returncode

    assert run("--help") == 0
    assert run("--no-such-option") != 0


@pytest.mark.parametrize("unit", LASTING, ids=lambda unit: unit.name)
def test_what_lasts_is_started_again_for_ever_and_stopped_in_time(unit):
    parser = read(unit)
    assert parser["Service"]["Restart"] == "always"
    assert parser["Unit"]["StartLimitIntervalSec"] == "0"
    assert parser["Unit"]["PartOf"] == parser["Install"]["WantedBy"] == "lemma.target"
    assert 10 <= int(parser["Service"]["TimeoutStopSec"]) <= 60
    assert "MemoryMax" in parser["Service"]


def test_all_run_as_a_user_who_may_change_nothing_but_the_data():
    common = read(FOLDER / "lemma-.service.d" / "common.conf")
    service = common["Service"]
    assert (service["User"], service["StateDirectory"]) == ("lemma", "lemma")
    assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("yes", "strict")
    assert {"postgresql.service", "redis-server.service"} <= {*common["Unit"]["After"].split()}
    assert not any(re.search(r"^(User|Group)=", unit.read_text(), re.M) for unit in UNITS)


def test_a_web_server_that_stops_lets_its_port_go():
    """nginx asks the other one at once then; at a port that is held, all wait for the restart."""
    assert [*FOLDER.glob("*.socket")] == []
    assert command_of(FOLDER / "lemma-web@.service")[-4:] == [
        *("--bind", "127.0.0.1"),
        *("--port", "8001"),
    ]


def test_nginx_asks_the_web_servers_that_the_manual_starts():
    nginx = (settings.BASE_DIR / "deploy" / "nginx" / "lemma.conf").read_text("utf-8")
    asked = re.findall(r"server 127\.0\.0\.1:(\d+) max_fails=0;", nginx)
    assert re.findall(r"lemma-web@(\d+)", commands_below("5. Services")) == asked
    assert len(asked) > 1


def test_each_queue_has_a_service():
    lines = " ".join(read(unit)["Service"]["ExecStart"] for unit in UNITS)
    queues = {queue for named in re.findall(r"-Q (\S+)", lines) for queue in named.split(",")}
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    assert queues == {GENERATION, settings.CELERY_TASK_DEFAULT_QUEUE, *routed}


def test_the_manual_names_files_that_are_there():
    manual = (settings.BASE_DIR / "docs" / "production.md").read_text("utf-8")
    named = {path.rstrip("/*") for path in re.findall(r"deploy/[\w./*@-]*[\w/*]", manual)}
    assert len(named) > 4
    missing = [path for path in named if not (settings.BASE_DIR / path).exists()]
    assert missing == []
    services = set(re.findall(r"\blemma-[a-z]+(?:@|\.timer)?", manual)) - {"lemma-tutor"}
    assert services <= {path.name.removesuffix(".service") for path in FOLDER.iterdir()}


def commands_below(title: str) -> str:
    """The first block of commands in a section of the manual."""
    manual = (settings.BASE_DIR / "docs" / "production.md").read_text("utf-8")
    return manual.partition(f"\n## {title}\n")[2].split("```")[1]


def test_an_update_restarts_every_service_and_the_workers_first():
    """A new web server may ask for something that an old worker does not know."""
    commands = commands_below("Updates")
    before, _, restarts = commands.partition("daemon-reload\n")
    assert -1 < before.index("pip install") < before.index("lemma migrate")
    restarted = re.findall(r"lemma-\w+@?", restarts)
    workers = [unit.stem for unit in LASTING if not unit.stem.endswith("@")]
    assert sorted(restarted[: len(workers)]) == workers
    assert restarted[len(workers) :] == ["lemma-web@"] * 2  # one after the other


def test_the_manual_enables_every_service():
    enabled = {*re.findall(r"lemma-\w+@?", commands_below("5. Services"))} | {"lemma-generation"}
    assert enabled == {unit.stem for unit in UNITS}  # the backup by its timer
