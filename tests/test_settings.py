"""Settings that cannot be used stop the start with a sentence."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db.backends.postgresql.base import DatabaseWrapper


def check_with(tmp_path, **variables):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("TUTOR_", "REDIS_"))}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env=env | {"TUTOR_DATA_DIR": str(tmp_path)} | variables,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_with_nothing_set_it_works_and_keeps_its_secret_to_itself(tmp_path):
    assert check_with(tmp_path).returncode == 0
    secret = tmp_path / "secret_key"
    assert secret.stat().st_mode & 0o777 == 0o600
    key = secret.read_text()
    assert check_with(tmp_path).returncode == 0
    assert secret.read_text() == key


def test_a_file_in_the_data_folder_counts_too(tmp_path):
    (tmp_path / "lemma.env").write_text("# a comment\nTUTOR_MAX_NUM_SEQS=none\n")
    assert "TUTOR_MAX_NUM_SEQS='none'" in check_with(tmp_path).stderr


def test_a_file_that_cannot_be_read_is_named(tmp_path, read_settings):
    (tmp_path / "lemma.env").mkdir()
    with pytest.raises(SystemExit) as refused:
        read_settings()
    named = f"Lemma cannot start: {tmp_path / 'lemma.env'} cannot be read"
    assert str(refused.value).startswith(named)


def test_a_mark_that_an_editor_left_before_the_first_line_is_no_part_of_it(tmp_path, read_settings):
    (tmp_path / "lemma.env").write_text("TUTOR_MAX_NUM_SEQS=none\n", encoding="utf-8-sig")
    with pytest.raises(SystemExit) as refused:
        read_settings()
    assert "TUTOR_MAX_NUM_SEQS='none'" in str(refused.value)


def test_its_lines_are_those_of_a_shell(tmp_path, read_settings):
    lines = ["export TUTOR_COUNTRY=DE", 'TUTOR_TIME_ZONE="Europe/Berlin"', "", "; TUTOR_ABC=1"]
    (tmp_path / "lemma.env").write_text("\n".join(lines))
    values = read_settings()
    assert (values["COUNTRY"], values["TIME_ZONE"]) == ("DE", "Europe/Berlin")


@pytest.mark.parametrize("line", ["TUTOR_SIGNUP: no", "TUTOR_SIGNUP", "set TUTOR_SIGNUP=no"])
def test_a_line_that_sets_nothing_is_named(tmp_path, read_settings, line):
    (tmp_path / "lemma.env").write_text(f"# Goethe School\n{line}\n")
    with pytest.raises(SystemExit) as refused:
        read_settings()
    assert str(refused.value).endswith("lemma.env, line 2: need NAME=value or # a comment")


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"TUTOR_ENGINE": "openai"}, "TUTOR_OPENAI_URL='': TUTOR_ENGINE=openai needs the address"),
        (
            {"TUTOR_CORRECTIONS": "1", "TUTOR_OPENAI_TOOLS": "yes"},
            "TUTOR_CORRECTIONS needs a model that goes on from a text",
        ),
        ({"TUTOR_DEBUG": "maybe"}, "TUTOR_DEBUG='maybe': need yes or no"),
        (
            {"TUTOR_DEBUG": "yes", "TUTOR_ORIGINS": "https://lemma.example"},
            "unset it, or serve loopback only",
        ),
        ({"TUTOR_ORIGINS": "*"}, "need whole origins such as https://lemma.school.org"),
        ({"TUTOR_ORIGINS": "lemma.example"}, "need whole origins"),
        ({"TUTOR_ORIGINS": "https://lemma.example/lemma"}, "without a path"),
        ({"TUTOR_ORIGINS": "https://lemma.example:x"}, "without a path"),
        ({"TUTOR_ORIGINS": "ftp://lemma.example"}, "need whole origins"),
        ({"TUTOR_DATA_DIR": "/proc/lemma"}, "need a folder that Lemma may write to"),
        ({"TUTOR_ABC": "1"}, "no setting TUTOR_ABC. Remove it."),
        ({"TUTOR_SECRET_KEY": "short"}, "need at least 32 random characters"),
        ({"TUTOR_SECRET_KEY": "…  openssl rand -base64 48 printed it"}, "no spaces"),
        ({"REDIS_URL": "redis://10.1.2.3:6379/0"}, "needs a password"),
        ({"REDIS_URL": "10.1.2.3:6379"}, "REDIS_URL: need an address that begins with one of"),
        ({"REDIS_URL": "redis://:canary#1@10.1.2.3/0"}, "write # as %23"),
        ({"DATABASE_URL": "mysql://lemma@db/lemma"}, "postgres://…, postgresql://…, sqlite://…"),
        ({"DATABASE_URL": "postgres://lemma:canary#1@db/lemma"}, "write # as %23"),
        ({"DATABASE_URL": "postgres://lemma:7#canary@db/lemma"}, "write # as %23"),
        ({"DATABASE_URL": "postgres://lemma:7/canary@db/lemma"}, "/ as %2F"),
        ({"DATABASE_URL": "postgres://lemma:canary?@db/lemma"}, "? as %3F"),
        ({"TUTOR_TIME_ZONE": "Berlin"}, "'Berlin': need the name of a time zone"),
        ({"TUTOR_LOG_LEVEL": "loud"}, "need one of DEBUG, INFO, WARNING, ERROR"),
        ({"TUTOR_SIGN_UP": "no"}, "no setting TUTOR_SIGN_UP. Did you mean TUTOR_SIGNUP?"),
        ({"TUTOR_TRUSTED_PROXIES": "proxy"}, "need addresses or networks such as 10.0.0.5"),
        ({"TUTOR_TRUSTED_PROXIES": "10.0.0.1/8"}, "10.0.0.1/8 has host bits set"),
        (
            {"TUTOR_EMAIL_SECURITY": "none", "TUTOR_EMAIL_PASSWORD": "a"},
            "would send TUTOR_EMAIL_PASSWORD in the clear",
        ),
        ({"TUTOR_EMAIL_SECURITY": "ssl"}, "need one of starttls, tls, none"),
        (
            {"TUTOR_PAGES_AT_ONCE": "13", "DATABASE_URL": "postgres://lemma@db/lemma"},
            "need at most 12, three fewer than TUTOR_DATABASE_CONNECTIONS=15",
        ),
        ({"TUTOR_ENGINE": "abacus"}, "need one of vllm"),
        ({"TUTOR_QUANTIZATION": "gguf"}, "need one of"),
        ({"TUTOR_COUNTRY": "XX"}, "'XX': need the two letters of a country, such as DE or US"),
        ({"TUTOR_GPU_MEMORY_UTILIZATION": "90"}, "need a number above 0 and up to 1"),
        ({"TUTOR_BROKER_TIMEOUT": "2"}, "need seconds, above 0 and up to 1"),
        ({"TUTOR_TENSOR_PARALLEL_SIZE": "0"}, "need a whole number from 1"),
    ],
)
def test_what_cannot_be_used_is_said(read_settings, variables, sentence):
    with pytest.raises(SystemExit) as refused:
        read_settings(**variables)
    assert str(refused.value).startswith("Lemma cannot start: ")
    assert sentence in str(refused.value)
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize("program", [["celery", "-A", "tutor.celery", "report"], ["tutor.web"]])
def test_servers_and_workers_say_it_too(tmp_path, program):
    env = os.environ | {"TUTOR_DATA_DIR": str(tmp_path), "TUTOR_LOG_LEVEL": "loud"}
    refused = subprocess.run(
        [sys.executable, "-m", *program],
        cwd=settings.BASE_DIR,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert refused.returncode == 1
    assert "Lemma cannot start: TUTOR_LOG_LEVEL='loud'" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("url", "password"),
    [
        ("postgres://lemma:%23%2F%3F%40@db/lemma", "#/?@"),
        ("postgres://lemma@/lemma?host=/run/postgresql", ""),
    ],
)
def test_an_address_that_can_be_read_is_read(read_settings, url, password):
    database = read_settings(DATABASE_URL=url)["DATABASES"]["default"]
    assert (database["NAME"], database["PASSWORD"]) == ("lemma", password)


def end(process):
    """A signal that comes while a task is sent may be lost in it."""
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()


def test_beat_needs_no_folder_that_it_may_write_to(tmp_path):
    (tmp_path / "data").mkdir()
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    env = os.environ | {
        "TUTOR_DATA_DIR": str(tmp_path / "data"),
        "DATABASE_URL": f"sqlite:///{tmp_path}/data/lemma.sqlite3",
        "PYTHONPATH": str(settings.BASE_DIR),
        "TUTOR_LOG_LEVEL": "DEBUG",  # so that it says what it sends
    }
    migrate = [sys.executable, "manage.py", "migrate"]  # beat waits for it
    subprocess.run(migrate, cwd=settings.BASE_DIR, env=env, check=True, capture_output=True)
    with subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "tutor.celery", "beat"],
        cwd=locked,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as beat:
        assert beat.stderr
        try:
            lines = []
            for line in beat.stderr:
                lines.append(line)
                if "Sending due task" in line:
                    break
            else:
                pytest.fail("".join(lines))
        finally:
            end(beat)
    assert list(locked.iterdir()) == []


def test_pgbouncer_may_give_each_transaction_another_connection(read_settings):
    """A cursor at the server would be lost with its connection."""
    database = read_settings(DATABASE_URL="postgres://lemma@db:6432/lemma")["DATABASES"]["default"]
    assert database["DISABLE_SERVER_SIDE_CURSORS"]
    params = DatabaseWrapper(database | {"TIME_ZONE": None}, "here").get_connection_params()
    assert params["prepare_threshold"] is None  # nor does a prepared statement survive


@pytest.mark.parametrize(("value", "timeout_ms"), [("", 5000), ("?tcp_user_timeout=20000", 20000)])
def test_a_vanished_postgresql_is_given_up_soon_or_as_its_administrator_says(
    read_settings, value, timeout_ms
):
    url = f"postgresql://lemma@10.1.2.3/lemma{value}"
    database = read_settings(DATABASE_URL=url)["DATABASES"]["default"]
    params = DatabaseWrapper(database | {"TIME_ZONE": None}, "here").get_connection_params()
    assert (params["keepalives_idle"], params["tcp_user_timeout"]) == (2, timeout_ms)


@pytest.mark.parametrize(
    ("variables", "corrections"), [({}, 3), ({"TUTOR_OPENAI_TOOLS": "yes"}, 0)]
)
def test_corrections_are_on_unless_the_model_calls_tools(read_settings, variables, corrections):
    assert read_settings(**variables)["CORRECTIONS"] == corrections


@pytest.mark.parametrize(
    ("lines", "backend"), [("", "dummy"), ("TUTOR_EMAIL_HOST=mail.school.example", "smtp")]
)
def test_no_mail_is_ever_written_to_a_log(tmp_path, read_settings, lines, backend):
    (tmp_path / "lemma.env").write_text(lines)
    assert read_settings()["EMAIL_BACKEND"] == f"django.core.mail.backends.{backend}.EmailBackend"
