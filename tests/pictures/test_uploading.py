"""A teacher adds a picture to a text."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.pictures.test_clean_file import png, svg
from tutor.pictures.models import Picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(client, section, carol):
    def post(data, alt="a red square", accept="application/json"):
        file = SimpleUploadedFile("../../etc/passwd.svg", data)
        form = {"file": file, "alt": alt}
        return client.post(reverse("picture-new"), form, headers={"Accept": accept})

    client.force_login(carol)
    return post


def test_the_answer_is_the_line_that_shows_it(upload):
    answer = upload(svg("<foreignObject/><path/>"), "an interval [0, 1)\nand a point").json()
    picture = Picture.objects.get()
    assert answer["markdown"] == picture.markdown("an interval [0, 1) and a point")
    assert "foreignObject" in answer["remark"]
    page = upload(png(), accept="text/html")
    assert Picture.objects.latest("pk").markdown("a red square") in page.content.decode()


@pytest.mark.parametrize(
    ("data", "alt", "field"),
    [(b"%PDF-1.7", "a page", "file"), (png(), " ", "alt"), (png(), "", "alt"), (b"", "x", "file")],
    ids=["PDF", "blank", "wordless", "empty"],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_stored(upload, data, alt, field):
    assert list(upload(data, alt).json()["errors"]) == [field]
    assert not Picture.objects.exists()


def test_students_cannot_store_pictures(upload, client, alice):
    client.force_login(alice)
    assert upload(png()).status_code == 404
    assert not Picture.objects.exists()
