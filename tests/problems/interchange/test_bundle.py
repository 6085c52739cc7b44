"""Problems travel with their pictures in a ZIP; hostile ones are refused by name."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import make_problem
from tests.pictures.test_clean_file import png, svg
from tutor.pictures.models import Picture
from tutor.pictures.storing import store_picture
from tutor.problems.interchange.bundle import lines_of_bundle
from tutor.problems.interchange.imported import UnusableFile
from tutor.problems.interchange.jsonl import write_records
from tutor.problems.models import Problem

pytestmark = pytest.mark.django_db
NAME = f"{'a' * 32}.png"
LINE = f'{{"statement": "![a square](picture:{NAME})"}}\n'.encode()


def bundle(**files):
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_problems_come_back_with_their_pictures(client, carol, section):
    client.force_login(carol)
    photo = store_picture(png(30, 20, "JPEG"), carol)
    problem = make_problem(statement=f"How wide? {photo.markdown('a photo')}")
    problem.owner = carol
    problem.save()
    response = client.get(reverse("problems-export-file", args=["zip"]))
    exported = b"".join(response.streaming_content)
    Problem.objects.all().delete()
    Picture.objects.all().delete()
    file = SimpleUploadedFile("problems.zip", exported)
    page = client.post(reverse("problems-import"), {"file": file, "language": "en"})
    lines = page.context["lines"]
    client.post(reverse("problems-import"), {"do": "store", "lines": lines})
    assert Picture.objects.get().markdown("a photo") in Problem.objects.get().current.statement
    again = SimpleUploadedFile("problems.zip", exported)
    page = client.post(reverse("problems-import"), {"file": again, "language": "en"})
    assert len(page.context["plan"].same) == 1
    assert Picture.objects.count() == 1


def test_a_picture_that_is_missing_refuses_its_problem(client, carol, section):
    client.force_login(carol)
    problem = make_problem(statement=f"![a square](picture:{NAME})")
    lines = "".join(write_records([problem]))
    file = SimpleUploadedFile("problems.jsonl", lines.encode())
    page = client.post(reverse("problems-import"), {"file": file, "language": "en"})
    [row] = page.context["plan"].refused
    assert NAME in row.problem.reason


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({"problems.jsonl": LINE, "../../etc/passwd": b"x"}, "etc/passwd"),
        ({"problems.jsonl": LINE, "/pictures/x.png": png()}, "/pictures/x.png"),
        ({"problems.jsonl": LINE, "pictures/run.exe": b"MZ"}, "run.exe"),
        ({"problems.jsonl": LINE, f"pictures/{NAME}": b"MZ"}, NAME),
        ({"problems.jsonl": LINE, f"pictures/{NAME}": svg("<g>" * 99 + "</g>" * 99)}, NAME),
        ({"problems.jsonl": bytes(50 * 1024**2)}, "40 MB"),
        ({"problems.jsonl": LINE} | {f"{n:0100}": b"" for n in range(200)}, "200"),
        ({"problems.jsonl.txt": LINE}, "problems.jsonl.txt"),
        ({}, "damaged"),
    ],
    ids=["outside", "absolute", "foreign", "no picture", "deep", "bomb", "many", "other", "empty"],
)
def test_a_hostile_bundle_is_refused_by_name_and_leaves_nothing(carol, files, named):
    data = bundle(**files)
    with pytest.raises(UnusableFile, match=named.replace(".", r"\.")):
        lines_of_bundle(data if files else data[:10], carol)
    assert not Picture.objects.exists()


def test_a_damaged_bundle_is_refused(carol):
    whole = bundle(**{"problems.jsonl": LINE, f"pictures/{NAME}": png(200, 200)})
    for damaged in (whole[:-30], whole[:60] + b"\xff" * 20 + whole[80:]):
        with pytest.raises(UnusableFile):
            lines_of_bundle(damaged, carol)
    assert not Picture.objects.exists()
