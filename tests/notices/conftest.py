from tests.teaching.conftest import answered, as_user  # noqa: F401  (fixtures of these tests too)
