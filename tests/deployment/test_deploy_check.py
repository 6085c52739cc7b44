"""What Django's own check of a deployment says, and what browsers are told about https."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

HOST = "lemma.school.example"
ASK = """
import django; django.setup()
from django.test import Client
for proto in ("http", "https"):
    page = Client().get("/favicon.ico", headers={"host": "HOST", "x-forwarded-proto": proto})
    told = page.headers
    print(page.status_code, told["location"][:8], told.get("strict-transport-security"))
""".replace("HOST", HOST)


def run(tmp_path, *command: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    env = {name: os.environ[name] for name in ("PATH", "HOME")}
    env = {
        **env,
        "DJANGO_SETTINGS_MODULE": "tutor.settings",
        "TUTOR_DATA_DIR": str(tmp_path),
        "TUTOR_ORIGINS": f"https://{HOST}",
        **variables,
    }
    return subprocess.run(
        [sys.executable, *command], cwd=settings.BASE_DIR, env=env, capture_output=True, text=True
    )


def check(tmp_path, **variables: str) -> "subprocess.CompletedProcess[str]":
    command = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    return run(tmp_path, *command, **variables)


@pytest.mark.parametrize("hsts", ["", "host", "subdomains", "preload"])
def test_it_finds_nothing_to_say(tmp_path, hsts):
    ended = check(tmp_path, TUTOR_HSTS=hsts)
    assert ended.returncode == 0, ended.stderr
    assert "no issues" in ended.stderr + ended.stdout


def test_it_says_what_was_switched_off(tmp_path):
    for variables, code in (
        ({"TUTOR_HSTS": "off"}, "security.W004"),
        ({"TUTOR_HTTPS_REDIRECT": "no"}, "security.W008"),
    ):
        ended = check(tmp_path, **variables)
        assert ended.returncode == 1
        assert code in ended.stderr


@pytest.mark.parametrize(
    ("hsts", "header"),
    [
        ("", "max-age=31536000"),
        ("subdomains", "max-age=31536000; includeSubDomains"),
        ("preload", "max-age=31536000; includeSubDomains; preload"),
        ("off", "None"),
    ],
)
def test_browsers_are_sent_to_https_and_told_to_stay_there(tmp_path, hsts, header):
    plain, secure = run(tmp_path, "-c", ASK, TUTOR_HSTS=hsts).stdout.splitlines()
    assert plain == "301 https:// None"
    assert secure == f"302 /static/ {header}"


def test_without_https_nobody_is_sent_anywhere(tmp_path):
    ended = run(tmp_path, "-c", ASK, TUTOR_ORIGINS=f"http://{HOST}")
    assert ended.stdout.splitlines() == ["302 /static/ None"] * 2
