from tests.solutions.conftest import in_thread, start_worker, wait_until  # noqa: F401  (here too)
