"""`manage.py doctor --mail ADDRESS` sends one, over each kind of connection."""

import json
import os
import ssl
import subprocess
import sys

import pytest
import trustme
from django.conf import settings

from tests.mail_server import MailServer
from tutor.operations.check_result import FailedCheck
from tutor.operations.checks.mail import check_mail, send_test_mail


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def server_tls(authority):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


def result_of(address, **variables):
    command = [sys.executable, "manage.py", "doctor", "--json", "--mail", address]
    run = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env={**os.environ, "TUTOR_EMAIL_FROM": "lemma@school.example", **variables},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.stdout, run.stderr
    return {result["name"]: result for result in json.loads(run.stdout)["checks"]}["mail sent"]


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_doctor_sends_a_test_email(security, authority, server_tls, tmp_path):
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    server = MailServer(security, server_tls)
    try:
        result = result_of(
            "admin@example.org",
            TUTOR_EMAIL_HOST="127.0.0.1",
            TUTOR_EMAIL_PORT=str(server.port),
            TUTOR_EMAIL_SECURITY=security,
            SSL_CERT_FILE=str(tmp_path / "ca.pem"),
        )
    finally:
        server.stop()
    assert result["is_well"], result
    [(recipients, text)] = server.messages
    assert recipients == ["admin@example.org"]
    assert "sent by the Lemma at http://localhost:8000" in text


def test_an_untrusted_certificate_is_reported(server_tls):
    server = MailServer("starttls", server_tls)
    try:
        result = result_of(
            "admin@example.org", TUTOR_EMAIL_HOST="127.0.0.1", TUTOR_EMAIL_PORT=str(server.port)
        )
    finally:
        server.stop()
    assert not result["is_well"]
    assert "certificate verify failed" in result["detail"]
    assert server.messages == []


def test_doctor_names_the_missing_mail_setting():
    result = result_of("admin@example.org")
    assert (result["is_well"], result["remedy"]) == (False, "set TUTOR_EMAIL_HOST")


def test_a_mail_server_that_refuses_is_reported(settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    settings.DEFAULT_FROM_EMAIL = "lemma@school.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with pytest.raises(FailedCheck, match=r"127\.0\.0\.1:9, starttls: .*refused"):
        check_mail()


def test_a_sender_that_nobody_knows_is_reported_before_a_mail_is_lost(settings):
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "127.0.0.1", "Lemma <lemma@localhost>"
    with pytest.raises(FailedCheck) as failed:
        check_mail()
    assert failed.value.remedy == "set TUTOR_EMAIL_FROM"


def test_no_mail_is_sent_to_what_is_no_address(settings, mailoutbox):
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "127.0.0.1", "lemma@school.example"
    with pytest.raises(FailedCheck, match="'nobody' is no email address"):
        send_test_mail("nobody")
    assert mailoutbox == []
