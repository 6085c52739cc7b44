"""What Django's own check of a deployment says, and what browsers are told about https."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

HOST = "lemma.school.example"
CHECK = """
import django; django.setup()
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
"""
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
        ("host", "max-age=31536000"),
        ("subdomains", "max-age=31536000; includeSubDomains"),
        ("preload", "max-age=31536000; includeSubDomains; preload"),
    ],
)
def test_browsers_are_sent_to_https_and_told_to_stay_there(tmp_path, hsts, header):
    """And Django's check finds nothing to say."""
    ended = run(tmp_path, "-c", CHECK + ASK, TUTOR_HSTS=hsts)
    checked, plain, secure = ended.stdout.splitlines()
    assert "no issues" in checked, ended.stderr
    assert plain == "301 https:// None"
    assert secure == f"302 /static/ {header}"


def test_without_https_nobody_is_sent_anywhere(tmp_path):
    ended = run(tmp_path, "-c", ASK, TUTOR_ORIGINS=f"http://{HOST}")
    assert ended.stdout.splitlines() == ["302 /static/ None"] * 2


def test_browsers_are_told_nothing_where_that_is_off(tmp_path):
    ended = run(tmp_path, "-c", ASK, TUTOR_HSTS="off")
    assert ended.stdout.splitlines() == ["301 https:// None", "302 /static/ None"]
