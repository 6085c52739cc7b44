"""The foot of each page promises no more than the settings keep."""

import pytest


@pytest.mark.parametrize(
    ("server", "is_at_school"),
    [
        ("", True),
        ("http://127.0.0.1:8001/v1", True),
        ("http://localhost:8001/v1", True),
        ("http://192.168.1.7/v1", True),
        ("https://models.example.com/v1", False),
        ("http://8.8.8.8/v1", False),
    ],
)
def test_the_foot_says_where_the_model_runs(client, db, settings, server, is_at_school):
    settings.OPENAI_URL = server
    page = client.get("/no-such-page/").content.decode()
    assert ("its language model run on your school’s own machines" in page) is is_at_school
    assert ("has chosen the server of its language model" in page) is not is_at_school
    assert "leaves them" not in page
