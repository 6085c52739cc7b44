"""The production shape, without Docker: its files are read, and the commands in them are run."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import redis
import yaml
from django.conf import settings
from django.core.management import get_commands

from tests.services import FOLDER, redis_executable, wait_for
from tutor.celery import GENERATION

ROOT = settings.BASE_DIR
SECRETS = {
    "TUTOR_ORIGINS": "https://lemma.school.example",
    "TUTOR_SECRET_KEY": "k" * 48,
    "POSTGRES_PASSWORD": "canary-postgres",
    "REDIS_PASSWORD": "canary-redis",
}
VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}")


def compose(given: dict[str, str] = SECRETS) -> dict[str, Any]:
    """The file with its variables filled in, as Compose does it."""
    return filled(yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8")), given)


def filled(value: Any, given: dict[str, str]) -> Any:
    def fill(match: re.Match[str]) -> str:
        name, default = match[1], match[2]
        assert name in given or default is not None, f"{name} is needed"
        return given.get(name, default or "")

    match value:
        case dict():
            return {key: filled(part, given) for key, part in value.items()}
        case list():
            return [filled(part, given) for part in value]
        case str():
            return VARIABLE.sub(fill, value)
    return value


SERVICES = compose()["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}


def dockerfile() -> list[str]:
    """The instructions, each on one line, without comments."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return [line for line in "\n".join(lines).replace("\\\n", " ").splitlines() if line.strip()]


def image_commands() -> dict[str, list[str]]:
    """The command of each target that a service is built from."""
    commands, target = {}, ""
    for line in dockerfile():
        if match := re.fullmatch(r"FROM (\S+) AS (\S+)", line):
            target = match[2]
        elif line.startswith("CMD "):
            commands[target] = json.loads(line.removeprefix("CMD "))
    return commands


def command_of(service: dict[str, Any]) -> list[str]:
    command = service.get("command") or image_commands()[service["build"]["target"]]
    return shlex.split(command) if isinstance(command, str) else command


def environment_of(service: dict[str, Any], folder: Path) -> dict[str, str]:
    env = {name: os.environ[name] for name in ("PATH", "HOME")}
    service_env = {name: str(value) for name, value in service["environment"].items()}
    return {**env, **service_env, "TUTOR_DATA_DIR": str(folder)}


def run(command: list[str], env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run it in this virtual environment, whatever the PATH says."""
    program, *arguments = command
    launcher = [sys.executable] if program == "python" else [sys.executable, "-m", program]
    return subprocess.run(
        [*launcher, *arguments], cwd=ROOT, env=env, capture_output=True, text=True
    )


def test_all_but_the_one_with_the_gpu_are_given_the_same():
    web = OURS["web"]["environment"]
    others = {name: s["environment"] for name, s in OURS.items() if name != "generation"}
    assert all(environment == web for environment in others.values())


@pytest.mark.parametrize("name", ["web", "generation"])
def test_the_settings_accept_what_each_service_is_given(name, tmp_path):
    env = environment_of(OURS[name], tmp_path)
    ended = run(["python", "manage.py", "check", "--deploy", "--fail-level", "ERROR"], env)
    assert ended.returncode == 0, ended.stderr
    program = (
        "from django.conf import settings as s; print(s.IS_HTTPS, s.DEBUG, s.REDIS_URL,"
        " s.DATABASES['default']['HOST'], s.MODEL or s.DEFAULT_MODEL)"
    )
    shown = run(["python", "-c", program], {**env, "DJANGO_SETTINGS_MODULE": "tutor.settings"})
    assert shown.stdout.split() == [
        "True", "False", "redis://:canary-redis@redis:6379/0", "postgres",
        "deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["grading", "beat", "generation"])
def test_each_command_is_one_that_this_version_of_celery_has(name, tmp_path):
    # `--help` at the end: every option before it has to be known by then.
    env = environment_of(OURS[name], tmp_path)
    command = command_of(OURS[name])
    assert run([*command, "--help"], env).returncode == 0
    assert run([*command, "--no-such-option", "--help"], env).returncode != 0


def test_the_database_is_made_by_the_command_for_it(tmp_path):
    env = environment_of(OURS["migrate"], tmp_path)
    here = {"DATABASE_URL": f"sqlite:///{tmp_path}/lemma.sqlite3"}
    ended = run(command_of(OURS["migrate"]), {**env, **here})
    assert ended.returncode == 0, ended.stderr
    assert "Applying solutions.0001_initial... OK" in ended.stdout


def test_the_web_server_has_the_options_it_is_started_with(tmp_path):
    program, *arguments = image_commands()["app"]
    assert (program, arguments[:2]) == ("python", ["-m", "tutor.web"])
    assert run([program, *arguments, "--help"], environment_of(OURS["web"], tmp_path)).stdout
    assert run([program, *arguments, "--no-such-option"], {}).returncode == 2


def test_each_queue_has_a_worker():
    commands = [command_of(service) for service in OURS.values()]
    queues = {command[command.index("-Q") + 1] for command in commands if "-Q" in command}
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    assert queues == {GENERATION, settings.CELERY_TASK_DEFAULT_QUEUE, *routed}
    assert sum("beat" in command for command in commands) == 1


def test_celery_starts_with_the_settings_of_production(tmp_path):
    env = environment_of(OURS["grading"], tmp_path)
    ended = run(["celery", "-A", "tutor.celery", "report"], env)
    assert ended.returncode == 0, ended.stderr
    assert "broker_url:" in ended.stdout.lower()


@pytest.mark.parametrize("level", ["WARNING", "DEBUG"])
def test_celery_logs_as_the_settings_say_and_not_its_own_option(tmp_path, level):
    program = (
        "import logging; from tutor.celery import app;"
        " app.log.setup_logging_subsystem(loglevel='INFO');"
        " loggers = [logging.getLogger(name) for name in (None, 'celery', 'celery.task')];"
        " writing = [h for one in loggers for h in one.handlers if hasattr(h, 'stream')];"
        " print(logging.getLevelName(loggers[-1].getEffectiveLevel()),"
        " *(type(handler.formatter).__name__ for handler in writing))"
    )
    env = environment_of(OURS["grading"], tmp_path)
    ended = run(
        ["python", "-c", program], {**env, "TUTOR_LOG_LEVEL": level, "TUTOR_LOG_FORMAT": "json"}
    )
    assert ended.stdout.split() == [level, "JsonFormatter"], ended.stderr


def test_the_web_server_alone_is_published_and_to_its_own_machine():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert list(published) == ["web"]
    assert published["web"] == ["127.0.0.1:8000:8000"]
    assert not any("network_mode" in service for service in SERVICES.values())


def test_nothing_starts_before_what_it_needs():
    for name in ("web", "grading", "beat", "generation", "generation-by-server"):
        assert SERVICES[name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "redis": {"condition": "service_healthy"},
        }
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_the_gpu_is_asked_for_by_the_generation_worker_only():
    devices = SERVICES["generation"]["deploy"]["resources"]["reservations"]["devices"]
    assert devices == [{"driver": "nvidia", "count": "all", "capabilities": ["gpu"]}]
    assert SERVICES["generation"]["profiles"] == ["gpu"]
    assert [name for name, service in SERVICES.items() if "deploy" in service] == ["generation"]


def test_a_model_at_a_server_needs_neither_the_gpu_nor_its_image():
    service = SERVICES["generation-by-server"]
    assert service["profiles"] == ["server"]
    assert service["build"]["target"] == "app"
    assert command_of(service) == command_of(SERVICES["generation"])


def test_models_lie_in_a_volume_or_in_a_folder_that_is_named():
    def models(given: dict[str, str]) -> str:
        return compose({**SECRETS, **given})["services"]["generation"]["volumes"][0]

    assert models({}) == "models:/models"
    assert models({"TUTOR_MODELS": "/srv/models"}) == "/srv/models:/models"


def test_what_the_evaluation_finds_is_kept_for_the_pages():
    declared = compose()["volumes"]
    for name in ("web", "generation", "generation-by-server"):
        assert "evaluation:/lemma/var/evaluation" in SERVICES[name]["volumes"]
    assert {"evaluation", "models"} <= set(declared)


def test_pictures_are_kept_for_pages_and_for_the_sweep():
    for name in ("web", "grading"):
        assert "pictures:/lemma/var/pictures" in SERVICES[name]["volumes"]
    assert "pictures" in compose()["volumes"]


def test_whoever_asks_for_solutions_knows_the_weights_that_are_loaded():
    services = compose({**SECRETS, "TUTOR_QUANTIZATION": "fp8"})["services"]
    quantizations = {services[name]["environment"].get("TUTOR_QUANTIZATION") for name in OURS}
    assert quantizations == {"fp8"}


def test_no_container_can_do_more_than_it_has_to():
    for name, service in SERVICES.items():
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}, name
        assert "privileged" not in service, name
    # vLLM compiles into its home, and takes the memory that the machine has.
    other_services = {name: service for name, service in SERVICES.items() if name != "generation"}
    assert all(service["read_only"] and service["mem_limit"] for service in other_services.values())


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - {"migrate"}))
def test_every_lasting_container_is_asked_how_it_is(name):
    [how, *command] = SERVICES[name]["healthcheck"]["test"]
    assert how == "CMD"
    if "build" in SERVICES[name]:
        kind = "generation" if name.startswith("generation") else name
        where = ["--address", "http://127.0.0.1:8000"] if name == "web" else []
        assert command == ["python", "manage.py", "healthy", kind, *where]


def test_what_lasts_is_started_again_and_has_time_to_stop():
    lasting = SERVICES.keys() - {"migrate"}
    assert {SERVICES[name]["restart"] for name in lasting} == {"unless-stopped"}
    for name in OURS.keys() - {"migrate", "beat"}:  # Docker's own ten seconds are too few
        wanted = "15s" if name == "web" else "1m"
        assert SERVICES[name]["stop_grace_period"] == wanted, name


def test_what_is_not_there_is_not_called_healthy(tmp_path):
    for name in ("web", "grading", "beat", "generation"):
        command = SERVICES[name]["healthcheck"]["test"][1:]
        env = {"PATH": os.environ["PATH"], "TUTOR_DATA_DIR": str(tmp_path)}
        process = run(command, env)
        assert process.returncode == 1, name
        assert process.stdout.count("\n") + process.stderr.count("\n") == 1, process.stderr


def test_every_secret_is_needed_and_none_has_a_default():
    for name in SECRETS:
        incomplete = {key: value for key, value in SECRETS.items() if key != name}
        with pytest.raises(AssertionError, match=name):
            compose(incomplete)


def test_redis_asks_for_its_password_and_keeps_what_it_is_told():
    lines = compose()["configs"]["redis"]["content"].replace("/data", str(FOLDER / "compose"))
    (FOLDER / "compose").mkdir()
    socket = FOLDER / "compose.sock"
    server = subprocess.Popen([redis_executable(), "-"], stdin=subprocess.PIPE, text=True)
    try:
        server.stdin.write(f"{lines}\nport 0\nunixsocket {socket}\nlogfile /dev/null\n")
        server.stdin.close()
        with redis.Redis(unix_socket_path=str(socket), password="canary-redis") as client:
            wait_for(client)
            assert client.config_get("appendonly") == {"appendonly": "yes"}
        with (
            redis.Redis(unix_socket_path=str(socket)) as stranger,
            pytest.raises(redis.AuthenticationError),
        ):
            stranger.ping()
    finally:
        server.terminate()
        server.wait()


def test_the_image_has_every_file_that_it_copies():
    copied = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    stages = {match[1] for line in dockerfile() if (match := re.search(r" AS (\S+)$", line))}
    for line in dockerfile():
        words = line.split()
        if words[0] == "COPY" and not words[1].startswith("--from="):
            for source in set(words[1:-1]) - {"."}:
                assert (ROOT / source).is_file()
                assert source.partition("/")[0] in copied
        elif words[0] == "COPY":
            assert words[1].removeprefix("--from=") in stages
    assert {service["build"]["target"] for service in OURS.values()} <= stages
    for name in ("accounts", "tutor", "templates", "static", "manage.py"):
        assert name in copied


def test_the_images_run_as_an_ordinary_user():
    last_user = {}
    target = ""
    for line in dockerfile():
        if match := re.fullmatch(r"FROM (\S+) AS (\S+)", line):
            target = match[2]
        elif line.startswith("USER "):
            last_user[target] = line.removeprefix("USER ")
    assert last_user == {"app": "lemma", "gpu": "lemma"}


def test_the_images_install_only_what_has_its_locked_content():
    installed = [line for line in dockerfile() if re.search(r"\b(pip|npm|npx|uv)3? ", line)]
    assert installed == [
        "RUN npm ci --omit=dev --ignore-scripts",
        "RUN npm run bundle",
        "RUN pip install --require-hashes --requirement deploy/requirements.txt",
        "RUN pip install --require-hashes --requirement deploy/requirements-gpu.txt",
    ]


def test_every_image_to_begin_with_can_be_named_by_its_digest():
    names = ("PYTHON_IMAGE", "NODE_IMAGE", "REDIS_IMAGE", "POSTGRES_IMAGE")
    images = {name: f"{name.lower()}@sha256:{'0' * 64}" for name in names}
    services = compose({**SECRETS, **images})["services"]
    built_on = {name: images[name] for name in names[:2]}
    assert all(services[name]["build"]["args"] == built_on for name in OURS)
    others = {name: services[name]["image"] for name in services.keys() - OURS.keys()}
    assert others == {"redis": images["REDIS_IMAGE"], "postgres": images["POSTGRES_IMAGE"]}
    stages = [line.split()[1::2] for line in dockerfile() if line.startswith("FROM ")]
    bases = {base for base, _ in stages} - {stage for _, stage in stages}
    assert bases == {f"${{{name}}}" for name in built_on}


def test_static_files_are_collected_as_in_the_image(tmp_path):
    env = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "TUTOR_DATA_DIR": str(tmp_path)}
    ended = run(["python", "manage.py", "collectstatic", "--no-input"], env)
    assert ended.returncode == 0, ended.stderr
    collected = tmp_path / "static"
    for library in settings.BROWSER_LIBRARIES:
        suffixes = {path.suffix for path in (collected / "vendor" / library).rglob("*")}
        assert suffixes & {".js", ".mjs", ".woff2"}, library
    styles = collected / "css"
    named = [
        address
        for sheet in styles.glob("*.css")
        for address in re.findall(r'url\("(\.[^"]+)"\)', sheet.read_text("utf-8"))
    ]
    assert "../vendor/bootstrap/css/bootstrap.min.css" in named
    assert [address for address in named if not (styles / address).is_file()] == []


def explained_settings() -> set[str]:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    return {
        name
        for line in page.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    }


def test_the_documentation_explains_every_variable_and_no_other():
    read = re.findall(
        r'\benv\.\w+\((?:\s*#.*\n)?\s*"(\w+)"', (ROOT / "tutor" / "settings.py").read_text("utf-8")
    )
    assert explained_settings() == {*read, "TUTOR_DATA_DIR"}


def test_what_is_set_beside_the_file_reaches_every_service():
    made_of_passwords = {"DATABASE_URL", "REDIS_URL"}
    expected = explained_settings() - {"TUTOR_DATA_DIR", "TUTOR_DEBUG"} - made_of_passwords
    of_the_card = {
        "TUTOR_DTYPE",
        "TUTOR_GPU_MEMORY_UTILIZATION",
        "TUTOR_MAX_MODEL_LEN",
        "TUTOR_MAX_NUM_SEQS",
        "TUTOR_TENSOR_PARALLEL_SIZE",
    }
    given = {name: f"given for {name}" for name in expected}
    services = compose({**SECRETS, **given})["services"]
    for name in OURS:
        left_out = set() if name == "generation" else of_the_card
        environment = services[name]["environment"].items()
        assert {key: value for key, value in environment if key in expected} == {
            key: value for key, value in given.items() if key not in left_out
        }


def test_the_documentation_names_all_commands_and_no_other():
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    texts = [page.read_text("utf-8") for page in pages]
    named = {name for text in texts for name in re.findall(r"(?:manage\.py|lemma) (\w+)`", text)}
    page = (ROOT / "docs" / "administrator.md").read_text("utf-8")
    table = page.partition("\n## Commands\n")[2].partition("\n## ")[0]
    cells = [line.split(" | ")[0] for line in table.splitlines() if line.startswith("| `")]
    listed = {name for cell in cells for name in re.findall(r"`([a-z_]+)", cell)}
    assert listed | named <= set(get_commands())
    commands = {name for name, app in get_commands().items() if app.startswith("tutor.")}
    assert commands - listed == {"load_demo_answers"}  # `load_demo` calls it
