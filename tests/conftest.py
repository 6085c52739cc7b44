"""The standing cast, and tasks that run when a test says so."""

import gc
import os
import runpy
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase, override_settings

from accounts.models import User
from tests.emptying import empty_tables
from tests.factories import make_assignment, make_problem, make_section
from tests.scripted_engine import ScriptedEngine
from tutor.assignments.models import Assignment, Item
from tutor.courses.models import Section
from tutor.environment import sentence_at_start
from tutor.problems.models import Problem
from tutor.redis_client import connect
from tutor.solutions.dispatch.queues import queue_of

TESTS = Path(__file__).parent
# What the database decides: docs/contributing/tests.md says how these are chosen.
ON_POSTGRESQL = (
    "accounts/test_address.py",
    "accounts/test_user_names.py",
    "assignments/test_models.py",
    "assignments/test_problem_sets.py",
    "attempts/practising/",
    "attempts/results/",
    "attempts/test_draft.py",
    "attempts/test_running_tests.py",
    "attempts/test_sittings.py",
    "attempts/test_submitting.py",
    "courses/test_administration.py",
    "courses/test_invitations.py",
    "courses/test_joining.py",
    "courses/test_people.py",
    "courses/roster/test_roster.py",
    "crawl/test_every_address.py::test_empty_forms",
    "crawl/test_every_address.py::test_the_administration",
    "crawl/test_every_address.py::test_who_teaches_opens_every_page[carol]",
    "crawl/test_every_socket_message.py",
    "hostile/test_bodies.py::test_the_largest_file_of_a_teacher_is_taken",
    "hostile/test_callers.py::test_a_reset_mail_leads_to_the_origin_alone",
    "hostile/test_frames.py",
    "hostile/test_rosters.py",
    "materials/test_search.py",
    "notices/",
    "operations/backups/",
    "operations/checks/test_connections.py",
    "operations/checks/test_machine.py",
    "operations/test_admin_pages.py",
    "operations/test_doctor.py",
    "operations/test_operation_page.py",
    "operations/test_probes.py::test_few_connections_another_key_and_late_mail_are_named",
    "operations/test_sweeps.py",
    "privacy/",
    "problems/interchange/test_bundle.py::test_a_hostile_bundle",
    "problems/interchange/test_interchange_pages.py::test_a_bad_file",
    "problems/interchange/test_interchange_pages.py::test_what_did_not_come_from_the_preview",
    "problems/interchange/test_interchange_pages.py::test_what_leads_the_reader_in_circles",
    "problems/interchange/test_jsonl.py",
    "problems/test_admin.py",
    "solutions/dispatch/",
    "solutions/generation/test_heartbeat.py",
    "solutions/generation/test_readiness_samples.py",
    "solutions/log/",
    "solutions/requests/test_precompute.py",
    "solutions/test_db_connections.py",
    "teaching/test_counting.py",
    "teaching/gradebook/test_spreadsheets.py",
    "teaching/gradebook/test_gradebook.py",
    "teaching/test_mistakes.py",
    "teaching/test_regrading.py",
    "teaching/test_skills.py",
    "teaching/test_statistics.py",
    "teaching/test_stuck_students.py",
    "teaching/test_waiting.py",
    "test_queueing.py",
    "web/test_handler.py",
    "web/test_prepared.py",
)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """In CI a skipped test is a failed one, unless it needs a GPU or data from elsewhere."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    may_skip = item.get_closest_marker("gpu") or item.get_closest_marker("labelled")
    if report.skipped and os.environ.get("CI") and not may_skip:
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """On PostgreSQL, the files of which nothing runs there, since collecting all takes long."""
    if os.environ.get("TUTOR_TEST_POSTGRESQL") != "1" or collection_path.suffix != ".py":
        return None
    path = str(collection_path.relative_to(TESTS))
    is_test = collection_path.name.startswith("test_")
    files = tuple(path.partition("::")[0] for path in ON_POSTGRESQL)
    return True if is_test and not path.startswith(files) else None


def pytest_collection_finish() -> None:
    """What is loaded stays: the garbage collector would walk all tests again and again."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # .ci/checks.py looks for them there alone.
    browsing = [item.path for item in items if item.get_closest_marker("browser")]
    assert all(path.is_relative_to(TESTS / "browser") for path in browsing), browsing
    for mark in ("vllm", "alone", "slow"):
        files = {item.path for item in items if item.get_closest_marker(mark)}
        assert [file for file in files if f"mark.{mark}" not in file.read_text("utf-8")] == []
    if os.environ.get("TUTOR_TEST_POSTGRESQL") != "1":
        return
    assert all(map(_is_there, ON_POSTGRESQL))
    chosen = [item for item in items if _depends_on_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def _is_there(path: str) -> bool:
    """Whether there is still such a file or folder, with such a test: names change."""
    file, _, name = path.partition("::")
    if not name:
        return (TESTS / file).exists()
    return f"def {name.partition('[')[0]}" in (TESTS / file).read_text("utf-8")


def _depends_on_the_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    uses_it = item.get_closest_marker("django_db") or {"db", "transactional_db"} & {*fixtures}
    return bool(uses_it) and item.nodeid.removeprefix("tests/").startswith(ON_POSTGRESQL)


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """Thousands of people are made, and few sign in by their password."""
    quick = "django.contrib.auth.hashers.MD5PasswordHasher"
    with override_settings(PASSWORD_HASHERS=[quick, *settings.PASSWORD_HASHERS]):
        yield


@pytest.fixture
def read_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """Reads the settings in this process, with nothing set but what it is given."""

    def read(**variables: str) -> dict[str, Any]:
        for name in [name for name in os.environ if name.startswith(("TUTOR_", "REDIS_"))]:
            monkeypatch.delenv(name)
        for name, value in ({"TUTOR_DATA_DIR": str(tmp_path)} | variables).items():
            monkeypatch.setenv(name, value)
        with sentence_at_start():
            return runpy.run_path(str(settings.BASE_DIR / "tutor" / "settings.py"))

    return read


@pytest.fixture(autouse=True)
def _empty_redis() -> None:
    with connect() as client:
        client.flushall()


@pytest.fixture(autouse=True, scope="session")
def _quick_emptying() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_tables)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A cancelled task's thread may keep its connection, and PostgreSQL drops no database then."""
    yield
    if connection.vendor != "postgresql":
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True, scope="session")
def _close_broker_connections() -> Iterator[None]:
    from tutor.celery import app

    yield
    app.close()


def make_user(username: str, **fields: Any) -> User:
    return User.objects.create_user(username, f"{username}@example.org", "pass-word-9", **fields)


@pytest.fixture
def alice(db: None) -> User:
    """A student."""
    return make_user("alice")


@pytest.fixture
def bob(db: None) -> User:
    """Her classmate."""
    return make_user("bob")


@pytest.fixture
def carol(db: None) -> User:
    """Their teacher."""
    return make_user("carol")


@pytest.fixture
def dan(db: None) -> User:
    """A teacher elsewhere, who sees nothing of theirs."""
    dan = make_user("dan")
    make_section(teacher=dan, students=[], name="9c")
    return dan


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_superuser("admin", "admin@example.org", "pass-word-9")


@pytest.fixture
def as_user(client: Any) -> Callable[[User], Any]:
    """The client, signed in as somebody."""

    def as_user(user: User) -> Any:
        client.force_login(user)
        return client

    return as_user


@pytest.fixture
def section(alice: User, bob: User, carol: User) -> Section:
    return make_section(teacher=carol, students=[alice, bob])


@pytest.fixture
def problem(db: None) -> Problem:
    return make_problem()


@pytest.fixture
def assignment(section: Section, problem: Problem) -> Assignment:
    return make_assignment(section, [problem])


@pytest.fixture
def item(assignment: Assignment) -> Item:
    return assignment.problem_set.items.get()


RunTasks = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def run_tasks(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> RunTasks:
    """`with run_tasks():` runs the tasks that were queued on commit inside the block."""
    from tutor.celery import app

    app.loader.import_default_modules()  # tasks are sent by name

    @contextmanager
    def running() -> Iterator[None]:
        app.conf.task_always_eager = True
        try:
            with django_capture_on_commit_callbacks(execute=True):
                yield
        finally:
            app.conf.task_always_eager = False

    return running


@pytest.fixture
def queued_tasks() -> Callable[[], int]:
    """How many messages wait for the model of the scripted workers."""

    def count() -> int:
        with connect() as client:
            return int(client.llen(queue_of(ScriptedEngine.model)))  # type: ignore[arg-type]

    return count


@pytest.fixture
def make_secret_problem(db: None) -> Callable[[str], Problem]:
    """A problem whose stored answer is a canary that stands nowhere else."""

    def make(answer: str) -> Problem:
        return make_problem(
            "a-secret", final_answer=answer, statement="Which number?", hints=("Guess.",)
        )

    return make
