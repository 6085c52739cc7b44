from tests.solutions.conftest import in_thread, start_worker  # noqa: F401  (fixtures here too)
