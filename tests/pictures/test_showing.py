"""Only who is shown a text with a picture gets its bytes."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_problem
from tests.pictures.test_clean_file import png, svg
from tutor.grading import AnswerKey, Kind
from tutor.pictures.storing import store_picture
from tutor.problems.checks import missing_pictures
from tutor.problems.printing import pictures_in, printed
from tutor.typesetting.pdf import make_pdf

pytestmark = pytest.mark.django_db
OF_A_REQUEST = re.compile(rb"(?:pictures(?:/|%2F))?[0-9A-Za-z]{32,}[^\s\"&<]*")
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


def answer_to(client, address):
    """What a browser gets, without the address and the tokens that a page has of its request."""
    response = client.get(address)
    if response.status_code == 200:
        return response.status_code, response.content
    return response.status_code, OF_A_REQUEST.sub(b"", response.content)


def test_the_picture_of_a_solution_is_as_secret_as_its_text(client, alice, carol, section, picture):
    drawn = store_picture(png(), carol)
    problem = make_problem(
        statement=f"What is 2 + 2? {picture.markdown('two dots')}",
        solution=rf"{drawn.markdown('four dots')} \(\boxed{{4}}\)",
    )
    item = make_assignment(section, [problem], help_policy="never").problem_set.items.get()
    client.force_login(carol)
    shown = sources(client.get(problem.get_absolute_url()))
    [teachers] = [address for address, alt in shown if alt == "four dots"]
    assert answer_to(client, teachers) == (200, drawn.read())

    client.force_login(alice)
    [(statements, alt)] = sources(client.get(item.get_absolute_url()))
    assert alt == "two dots"
    _path, _mark, seal = statements.partition("?")
    unknown = reverse("picture", args=[f"{'0' * 32}.png"])
    missing = answer_to(client, f"{unknown}?{seal}")
    assert missing[0] == 404
    stored = reverse("picture", args=[drawn.name])
    for address in (teachers, stored, f"{stored}?{seal}"):
        assert answer_to(client, address) == missing


def test_the_picture_of_a_choice_is_for_those_who_may_choose(
    client, alice, bob, carol, section, picture
):
    choices = (picture.markdown("a line"), store_picture(png(), carol).markdown("a square"))
    problem = make_problem(key=AnswerKey("A", Kind.CHOICE), choices=choices)
    item = make_assignment(section, [problem]).problem_set.items.get()
    client.force_login(alice)
    shown = sources(client.get(item.get_absolute_url()))
    assert [alt for _address, alt in shown] == ["a line", "a square"]
    assert [client.get(address).status_code for address, _alt in shown] == [200, 200]
    unknown = reverse("picture", args=[f"{'0' * 32}.png"])
    for other in (bob, None):
        client.logout() if other is None else client.force_login(other)
        missing = answer_to(client, unknown)
        assert {answer_to(client, address) for address, _alt in shown} == {missing}


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
