import pytest
from django.urls import reverse


@pytest.fixture
def url(client, carol, section):
    """The page on which the teacher adds a list."""
    client.force_login(carol)
    return reverse("roster", args=[section.code])
