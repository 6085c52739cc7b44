"""Pages of course material: upload, state, passages, removal, the switch, and access."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.materials.test_reading import pdf
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment, Section, SectionEvent
from tutor.materials.forms import MAX_MATERIAL_BYTES, MAX_MATERIALS
from tutor.materials.models import Citation, Material, Passage, Term

pytestmark = pytest.mark.django_db

SCRIPT = "# Triangles\n\nThe hypotenuse is the longest side.\n"
FILE = SCRIPT.encode()


@pytest.fixture
def url(client, carol, section):
    client.force_login(carol)
    return reverse("materials", args=[section.code])


def sent(data=FILE, name="triangles.md", **fields):
    return {"file": SimpleUploadedFile(name, data), **fields}


@pytest.fixture
def cited(alice, section, item, make_material):
    """Alice's wrong answer, for which a hint cited a passage."""
    Section.objects.update(cites_material=True)
    material = make_material(SCRIPT + "# Circles\n\nTwice the radius.\n")
    attempt = Attempt.objects.create(
        enrollment=Enrollment.objects.get(user=alice), item=item, version=item.problem.current,
        number=1, action=uuid4(), response="5", language="en",
    )  # fmt: skip
    passage = material.passages.get(position=1)
    Citation.objects.create(attempt=attempt, passage=passage, number=1)
    return passage


def test_what_is_uploaded_is_read_by_a_worker_and_shown(client, carol, section, url, run_tasks):
    assert "no material yet" in client.get(url).content.decode()
    with run_tasks():
        assert client.post(url, sent()).status_code == 302
        assert not Passage.objects.exists()
        waiting = client.get(url).content.decode()
        assert "waiting" in waiting
        assert "load delay" in waiting
        address = Material.objects.get().get_absolute_url()
        assert "Lemma is reading the file" in client.get(address).content.decode()
    material = Material.objects.get()
    assert (material.title, material.kind, material.uploaded_by) == ("triangles", "markdown", carol)
    page = client.get(address).content.decode()
    assert "The hypotenuse is the longest side." in page
    assert "Triangles" in page
    assert "load delay" not in client.get(url).content.decode()
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert SectionEvent.objects.get().act == "material"


def test_a_pdf_is_known_by_what_it_is_and_downloads_as_it_came(client, url, run_tasks):
    data = pdf("Some text.")
    with run_tasks():
        client.post(url, sent(data, "week 1.txt", title=" Week one "))
    material = Material.objects.get()
    assert (material.title, material.kind, material.state) == ("Week one", "pdf", "read")
    file = client.get(reverse("material-source", args=[material.code]))
    assert file.content == data
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == 'attachment; filename="week-one.pdf"'


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        (sent(title="\ufb2c" * 200), ("\u05e9\u05bc\u05c1" * 200)[:200]),
        (sent(name=" .md"), "Material"),
    ],
    ids=["longer when normal", "no name"],
)
def test_a_title_has_room_and_words(client, url, fields, title):
    client.post(url, fields)
    assert Material.objects.get().title == title


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "This field is required"),
        (sent(b""), "The file is empty"),
        (sent(b"PK\x03\x04", "script.docx"), "neither Markdown nor PDF"),
        (sent(b"x" * (MAX_MATERIAL_BYTES + 1)), "at most 10 MB"),
        (sent(title="a\0b"), "Null characters"),
    ],
    ids=["no file", "empty", "another kind", "too large", "no title"],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(client, url, fields, error):
    page = client.post(url, {"title": "", **fields})
    assert page.status_code == 200
    assert not Material.objects.exists()
    assert error in page.content.decode()


def test_a_section_has_room_for_so_many(client, section, url):
    Material.objects.bulk_create(
        Material(section=section, title=str(n), kind="markdown", size=1)
        for n in range(MAX_MATERIALS)
    )
    assert "Remove one first" in client.post(url, sent()).content.decode()
    assert Material.objects.count() == MAX_MATERIALS


def test_a_file_that_could_not_be_read_says_why(client, url, make_material):
    material = make_material(b"%PDF- nothing", kind="pdf")
    page = client.get(material.get_absolute_url()).content.decode()
    assert "Lemma could not read the file. The file is damaged." in page
    assert "Try again" in page
    assert "failed" in client.get(url).content.decode()


def test_material_is_used_only_while_a_teacher_has_it_on(client, section, url):
    assert not section.cites_material
    assert "do not use the material" in client.get(url).content.decode()
    for do, state in (("on", True), ("on", True), ("off", False)):
        client.post(reverse("material-switch", args=[section.code]), {"do": do})
        section.refresh_from_db()
        assert section.cites_material == state
    acts = SectionEvent.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["material_on", "material_off"]


def test_what_is_removed_is_found_no_more(client, url, make_material, section):
    material = make_material(SCRIPT)
    assert "longest side" in client.get(url, {"q": "hypotenuse"}).content.decode()
    client.post(reverse("material-change", args=[material.code]), {"do": "remove"})
    assert not Material.objects.exists()
    assert not Term.objects.exists()
    assert SectionEvent.objects.get().detail == "Script"


def test_what_is_found_can_be_tried(client, url, make_material):
    make_material(SCRIPT + "# Circles\n\nTwice the radius.\n")
    page = client.get(url, {"q": "which side is the hypotenuse"}).content.decode()
    assert "longest side" in page
    assert "Twice the radius" not in page
    assert "No passage contains" in client.get(url, {"q": "matrices"}).content.decode()


def test_an_assistant_looks_and_changes_nothing(client, bob, section, make_material):
    Enrollment.objects.filter(user=bob).update(role="assistant")
    material = make_material(SCRIPT)
    client.force_login(bob)
    url = reverse("materials", args=[section.code])
    page = client.get(url).content.decode()
    assert 'type="file"' not in page
    assert "Switch on" not in page
    assert client.get(material.get_absolute_url()).status_code == 200
    assert client.post(url, sent()).status_code == 404
    for name, code in (("material-switch", section.code), ("material-change", material.code)):
        assert client.post(reverse(name, args=[code]), {"do": "remove"}).status_code == 404
    assert Material.objects.exists()


@pytest.mark.parametrize("name", ["alice", "bob", "dan"])
def test_no_student_and_no_stranger_sees_material(request, client, name, section, cited):
    client.force_login(request.getfixturevalue(name))
    material = cited.material
    for address in (
        reverse("materials", args=[section.code]),
        material.get_absolute_url(),
        reverse("material-source", args=[material.code]),
    ):
        assert client.get(address).status_code == 404, address


def test_a_student_opens_the_passage_to_which_a_hint_pointed_and_no_other(client, alice, cited):
    client.force_login(alice)
    page = client.get(cited.get_absolute_url()).content.decode()
    assert "The hypotenuse is the longest side." in page
    assert "Back to the problem" in page
    other = cited.material.passages.get(position=2)
    assert client.get(other.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ["bob", "dan"])
def test_others_get_404_for_a_passage(request, client, name, cited):
    client.force_login(request.getfixturevalue(name))
    assert client.get(cited.get_absolute_url()).status_code == 404


def test_a_student_gets_404_after_leaving_or_switching_off(client, alice, cited):
    client.force_login(alice)
    Section.objects.update(cites_material=False)
    assert client.get(cited.get_absolute_url()).status_code == 404
    Section.objects.update(cites_material=True)
    Enrollment.objects.filter(user=alice).update(role="former")
    assert client.get(cited.get_absolute_url()).status_code == 404


def test_the_teacher_opens_every_passage(client, carol, cited):
    client.force_login(carol)
    for passage in Passage.objects.all():
        assert client.get(passage.get_absolute_url()).status_code == 200


def test_a_teacher_who_is_erased_leaves_the_material(client, carol, make_material, section):
    material = make_material(SCRIPT)
    Material.objects.update(uploaded_by=carol)
    carol.delete()
    material.refresh_from_db()
    assert material.uploaded_by is None
