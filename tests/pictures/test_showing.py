"""Only who is shown a text with a picture gets its bytes."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_problem
from tests.pictures.test_clean_file import png, svg
from tutor.pictures.storing import store_picture
from tutor.problems.checks import missing_pictures
from tutor.problems.printing import pictures_in, printed
from tutor.typesetting.pdf import make_pdf

pytestmark = pytest.mark.django_db
SOURCE = re.compile(r'<img class="picture" src="([^"]+)" alt="([^"]*)"')


@pytest.fixture
def picture(carol):
    return store_picture(svg("<path d='M0 0h4'/>"), carol)


@pytest.fixture
def item(section, picture):
    problem = make_problem(
        statement=f"What is 2 + 2? {picture.markdown('two dots')}",
        hints=(f"Look: {store_picture(png(), None).markdown('a row of dots')}",),
    )
    return make_assignment(section, [problem]).problem_set.items.get()


def sources(page):
    return [(src.replace("&amp;", "&"), alt) for src, alt in SOURCE.findall(page.content.decode())]


def test_a_student_gets_the_picture_of_the_statement_and_nobody_else(
    client, alice, bob, carol, item, picture
):
    client.force_login(alice)
    [(address, alt)] = sources(client.get(item.get_absolute_url()))
    assert alt == "two dots"
    image = client.get(address)
    assert image.content == picture.read()
    assert image.headers["Content-Type"] == "image/svg+xml"
    assert image.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in image.headers["Content-Security-Policy"]
    assert "attachment" in image.headers["Content-Disposition"]
    assert image.headers["Cache-Control"] == "private, max-age=86400, immutable"
    assert client.get(address.partition("?")[0]).status_code == 404
    client.logout()
    assert client.get(address).status_code == 404
    for other in (bob, carol):
        client.force_login(other)
        assert client.get(address).status_code == 404


def test_the_picture_of_a_hint_is_as_secret_as_its_text(client, alice, bob, item):
    client.force_login(alice)
    assert [alt for _, alt in sources(client.get(item.get_absolute_url()))] == ["two dots"]
    page = client.post(
        reverse("help", args=[item.code]), {"level": "hint", "number": 1}, follow=True
    )
    [address] = [address for address, alt in sources(page) if alt == "a row of dots"]
    assert client.get(address).status_code == 200
    client.force_login(bob)
    assert client.get(address).status_code == 404


def test_models_and_solvers_read_no_addresses(item):
    version = item.version
    assert "[two dots]" in version.statement_in_words
    assert "dots" not in version.statement_without_figures
    assert "picture:" not in version.statement_in_words


def test_a_picture_that_is_not_stored_is_said_to_be_missing(client, carol, section, item):
    client.force_login(carol)
    problem = item.problem
    written = f"![a square](picture:{'0' * 32}.png)"
    problem.revise(replace(problem.current.content(), statement=written))
    problem.is_shared = True
    problem.save()
    page = client.get(problem.get_absolute_url()).content.decode()
    assert "This picture is missing: a square" in page
    [defect] = missing_pictures(problem.current.content())
    assert (defect.field, defect.blocks) == ("statement", True)


def test_pictures_are_printed(item, tmp_path):
    text = item.version.statement
    assert len(pictures_in([text])) == 1
    pdf = make_pdf(printed(text), tmp_path / "fonts", pictures_in([text]))
    assert pdf.startswith(b"%PDF")
    assert b"two dots" in printed(text).encode()
