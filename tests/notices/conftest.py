from tests.teaching.conftest import answered  # noqa: F401  (a fixture of these tests too)
