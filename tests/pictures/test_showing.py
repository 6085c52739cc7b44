"""Only who is shown a text with a picture gets its bytes."""

import re

import pytest

from tests.factories import make_assignment, make_problem
from tests.pictures.test_clean_file import png, svg
from tutor.pictures.storing import store_picture

pytestmark = pytest.mark.django_db
SOURCE = re.compile(r'<img class="picture" src="([^"]+)" alt="([^"]*)"')


@pytest.fixture
def picture(carol):
    return store_picture(svg("<path d='M0 0h4'/>"), carol)


@pytest.fixture
def item(section, picture):
    problem = make_problem(
        statement=f"What is 2 + 2? {picture.markdown('two dots')}",
        hints=(f"Look: {store_picture(png(), None).markdown('a hint')}",),
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
