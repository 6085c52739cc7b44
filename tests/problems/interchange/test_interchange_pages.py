"""The pages of import and export: nothing is stored unseen, and nobody's problem is touched."""

import html
import re
import time
from base64 import b64encode
from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, override
from PIL import Image

from tests.factories import make_content, make_problem, make_problem_with_parts
from tests.problems.interchange.test_moodle import answer, question, quiz
from tutor.assignments.models import ProblemSet
from tutor.grading import AnswerKey, Kind, Verdict, grade_response
from tutor.grading.mistakes.client import warm_up
from tutor.pictures.models import Picture
from tutor.problems.content import Content
from tutor.problems.interchange import child_client, figure_files, views
from tutor.problems.interchange.file_reader import read_file
from tutor.problems.interchange.jsonl import write_lines
from tutor.problems.models import Problem
from tutor.problems.records import ProblemRecord

IMPORT = reverse("problems-import")


@pytest.fixture
def carols(client, carol, section):
    client.force_login(carol)
    return client


def look(client, data, name="file.xml", **fields):
    sent = {"file": SimpleUploadedFile(name, data), "language": "en", "do": "look", **fields}
    return client.post(IMPORT, sent)


def confirm(client, page, **fields):
    lines = re.search(r'name="lines" value="([^"]*)"', page.content.decode())[1]
    return client.post(
        IMPORT, {"do": "store", "lines": html.unescape(lines), **fields}, follow=True
    )


def lines(*records):
    return "".join(write_lines(records)).encode()


def test_a_file_is_looked_at_first_and_taken_when_confirmed(carols, carol):
    ordering = question("ordering", "", name="An order")
    page = look(carols, quiz(question("numerical", answer("2")), ordering))
    shown = page.content.decode()
    assert "1 new problem" in shown
    assert "entries that are matched or put in order (“ordering” in the file)" in shown
    assert not Problem.objects.exists()
    assert "1 problem is imported." in confirm(carols, page).content.decode()
    problem = Problem.objects.get()
    assert (problem.owner, problem.is_shared, problem.slug) == (carol, False, "a-question")
    assert problem.current.content().key.value == "2"


def test_two_questions_of_one_name_become_two_problems(carols):
    repeated = question("numerical", answer("2"))
    confirm(carols, look(carols, quiz(repeated, repeated)))
    assert set(Problem.objects.values_list("slug", flat=True)) == {"a-question", "a-question-2"}


def test_a_file_that_comes_again_makes_nothing_twice(carols, carol):
    make_problem("a-question", title="Of a colleague")
    file = quiz(question("numerical", answer("2")), question("numerical", answer("3")))
    confirm(carols, look(carols, file))
    own = Problem.objects.filter(owner=carol)
    assert set(own.values_list("slug", flat=True)) == {"a-question-2", "a-question-3"}
    again = look(carols, file).content.decode()
    assert again.count("already in the catalogue") == 2
    assert 'name="lines"' not in again
    changed = look(carols, file.replace(b"3", b"4")).content.decode()
    assert "right answer: yours 3, in the file 4" in changed
    assert "1 new problem" not in changed


def test_two_lines_of_one_slug_are_a_mistake(carols):
    record = ProblemRecord("same", make_content())
    page = look(carols, lines(record, record), "a.jsonl")
    assert "line 1 has the slug same too" in page.content.decode()


def test_ones_own_problem_changes_and_a_colleagues_stays(carols, carol):
    own, foreign = make_problem("mine"), make_problem("theirs")
    Problem.objects.filter(pk=own.pk).update(owner=carol)
    Problem.objects.filter(pk=foreign.pk).update(is_shared=True)
    new = make_content(title="New")
    page = look(carols, lines(ProblemRecord("mine", new), ProblemRecord("theirs", new)), "a.jsonl")
    confirm(carols, page)
    titles = dict(Problem.objects.values_list("slug", "current__title"))
    assert titles == {"mine": "New", "theirs": "A sum", "theirs-2": "New"}
    again = look(carols, lines(ProblemRecord("mine", new)), "a.jsonl").content.decode()
    assert "already in the catalogue" in again
    assert 'name="lines"' not in again


def test_an_answer_that_was_corrected_here_is_kept_unless_the_tick_goes(carols, carol):
    make_problem("a-sum", title="A sum", final_answer="5")
    make_problem("other", title="Other", final_answer="7")
    Problem.objects.update(owner=carol)
    files = [
        ProblemRecord("a-sum", make_content(title="Better title", final_answer="6")),
        ProblemRecord("other", make_content(title="Better title", final_answer="7")),
    ]
    page = look(carols, lines(*files), "a.jsonl")
    shown = page.content.decode()
    assert "1 of yours has another right answer than the file" in shown
    assert "differs from yours in: title, right answer, solution" in shown.replace("reference ", "")
    assert "right answer: yours 5, in the file 6" in shown
    assert shown.count("Keep mine, and take nothing of this one from the file") == 2
    ticks = re.findall(r'name="keep" value="([^"]+)" form="store"( checked)?', shown)
    assert ticks == [("a-sum", " checked"), ("other", "")]

    confirm(carols, page, keep=["a-sum"])
    titles = dict(Problem.objects.values_list("slug", "current__title"))
    assert titles == {"a-sum": "A sum", "other": "Better title"}
    nothing = confirm(carols, look(carols, lines(files[0]), "a.jsonl"), keep=["a-sum"])
    assert "Nothing was imported" in nothing.content.decode()
    confirm(carols, look(carols, lines(files[0]), "a.jsonl"))
    assert Problem.objects.get(slug="a-sum").current.content().key.value == "6"


def test_an_import_ends_at_what_was_imported_and_a_set_of_it(carols, carol):
    make_problem("older", title="Older")
    Problem.objects.update(owner=carol)
    records = [ProblemRecord(f"new-{n}", make_content(title=f"New {n}")) for n in (2, 0, 1)]
    preview = look(carols, lines(*records), "Test 4.jsonl")
    assert '<input type="hidden" name="name" value="Test 4">' in preview.content.decode()
    page = confirm(carols, preview, name="Test 4")
    in_order = ["new-2", "new-0", "new-1"]  # of the file
    assert [problem.slug for problem in page.context["page"]] == in_order
    collect = reverse("problem-collect-imported")
    assert f'formaction="{collect}"' in page.content.decode()
    assert 'value="Test 4" maxlength' in page.content.decode()
    answer = carols.post(collect, {"into": "new", "title": "Test 4"})
    made = ProblemSet.objects.get()
    assert (answer.url, made.title) == (made.get_absolute_url(), "Test 4")
    assert [item.problem.slug for item in made.items.all()] == in_order


@pytest.mark.parametrize("sent", ["", "{", "\ud800", "<quiz/>", '{"slug": "x"}'])
def test_what_did_not_come_from_the_preview_is_not_stored(carols, sent):
    answer = carols.post(IMPORT, {"do": "store", "lines": sent.encode("utf-8", "replace").decode()})
    assert answer.status_code == 302
    assert not Problem.objects.exists()


def test_a_bad_file_is_named_at_its_field(carols):
    page = look(carols, b"<!DOCTYPE x><quiz/>").content.decode()
    assert "declares a document type" in page
    assert "no problem in this file" in look(carols, b"").content.decode()
    assert carols.post(IMPORT, {"do": "look"}).status_code == 200


@pytest.mark.parametrize("name", ["problems-import", "problems-export"])
def test_students_find_neither_page(client, alice, section, name):
    client.force_login(alice)
    assert client.get(reverse(name)).status_code == 404
    assert client.get(reverse("problems-export-file", args=["jsonl"])).status_code == 404
    assert client.post(IMPORT, {"do": "store", "lines": "{}"}).status_code == 404


@pytest.mark.parametrize("kind", ["jsonl", "csv", "xml", "qti"])
def test_the_files_hold_what_one_may_read_and_come_back(carols, carol, dan, kind):
    make_problem("shared")
    make_problem("mine", title="Other")
    Problem.objects.filter(slug="shared").update(is_shared=True)
    Problem.objects.filter(slug="mine").update(owner=carol)
    secret = make_problem("of-dan")
    Problem.objects.filter(pk=secret.pk).update(owner=dan)
    answer = carols.get(reverse("problems-export-file", args=[kind]))
    assert "attachment" in answer.headers["Content-Disposition"]
    records = {problem.record.slug: problem.record for problem in read_file(answer.content, "en")}
    assert records == {
        problem.slug: problem.record() for problem in Problem.objects.exclude(pk=secret.pk)
    }
    narrowed = carols.get(reverse("problems-export-file", args=[kind], query={"text": "Other"}))
    assert [problem.record.slug for problem in read_file(narrowed.content, "en")] == ["mine"]
    assert carols.get(reverse("problems-export-file", args=["exe"])).status_code == 404


def test_the_page_of_export_says_what_moodle_cannot_hold(carols):
    make_problem("a-line", title="A line", kind="line_or_plane", final_answer="y = x")
    make_problem("a-set", title="A set", kind="set", final_answer="{1, 2}")
    make_problem_with_parts("carried", title="Carried")
    Problem.objects.update(is_shared=True)
    response = carols.get(reverse("problems-export"))
    page, context = response.content.decode(), response.context
    assert "A line: other systems cannot judge an answer of the kind" in page
    assert page.count("Carried: a part uses the answers to earlier ones") == 1
    assert context["compared_by_letters"] == ["A set"]
    assert (context["moodle_count"], context["qti_count"]) == (1, 3)


def test_the_page_of_export_takes_as_many_queries_for_many_problems(carols):
    counts = []
    for count in (2, 30):
        for n in range(count):
            make_problem(f"p-{count}-{n}", parameters="a = 2..9", statement="[[a]]?")
        Problem.objects.update(is_shared=True)
        with CaptureQueriesContext(connection) as queries:
            assert carols.get(reverse("problems-export")).context["moodle_count"] >= count
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_of_export_picks_numbers_only_where_they_decide(carols, monkeypatch):
    numbers = {"parameters": "a = 2..9", "statement": "[[a]]?"}
    make_problem("a-number", title="A number", key=AnswerKey("[[a]]", Kind.NUMBER), **numbers)
    key = AnswerKey("[[a]]", Kind.NUMBER, condition="answer > 1")
    make_problem("a-test", title="A test", key=key, **numbers)
    Problem.objects.update(is_shared=True)
    drawn = []
    variant = Content.variant
    monkeypatch.setattr(
        Content, "variant", lambda self, seed: drawn.append(self.title) or variant(self, seed)
    )
    page = carols.get(reverse("problems-export"))
    assert drawn == ["A number"]
    assert page.context["moodle_left_out"][0][0] == "A test"
    assert page.context["moodle_count"] == 1


def test_queries_do_not_grow_with_the_file(carols):
    counts = []
    for count in (2, 30):
        records = [ProblemRecord(f"p-{count}-{n}", make_content()) for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            look(carols, lines(*records), "a.jsonl")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("kind", ["xml", "qti"])
def test_the_web_server_draws_no_figure_of_a_file(carols, monkeypatch, kind):
    make_problem("p", statement="```figure\nfraction bar\n7/29\n```")
    Problem.objects.update(is_shared=True)
    monkeypatch.setattr(figure_files, "draw_alone", None)
    written = carols.get(reverse("problems-export-file", args=[kind])).content
    monkeypatch.undo()
    [problem] = read_file(written, "en")
    assert problem.record == Problem.objects.get().record()


def test_a_file_that_takes_too_long_to_write_is_refused(carols, monkeypatch):
    make_problem("p", title="Other")
    Problem.objects.update(is_shared=True)
    monkeypatch.setattr(child_client, "MAX_CHILD_S", 0.01)
    address = reverse("problems-export-file", args=["xml"], query={"text": "Other"})
    page = carols.get(address, follow=True)
    assert page.redirect_chain == [(reverse("problems-export", query={"text": "Other"}), 302)]
    assert "Writing this file takes too long" in page.content.decode()


@pytest.mark.parametrize("kind", ["jsonl", "csv", "xml", "qti", "zip"])
def test_who_exports_often_in_a_minute_waits(carols, monkeypatch, kind):
    make_problem("p", title="Other")
    Problem.objects.update(is_shared=True)
    address = reverse("problems-export-file", args=[kind])
    monkeypatch.setattr(views, "EXPORTS_A_MINUTE", 1)
    first = carols.get(address)
    assert first.status_code == 200
    assert first.getvalue()  # to the end, which closes the file
    monkeypatch.setattr(views, "file_content", None)  # nothing is written
    monkeypatch.setattr(views, "write_bundle", None)
    page = carols.get(address, follow=True)
    assert page.redirect_chain == [(reverse("problems"), 302)]
    assert "Wait a moment" in page.content.decode()


def test_a_heavy_file_costs_the_web_server_nothing(carols):
    heavy = '<a b="' * 20_000  # which HTML's own parser reads in quadratic time
    data = quiz(question("numerical", answer("2"), text=heavy))
    before_s = time.process_time()
    page = look(carols, data)
    assert time.process_time() - before_s < 1
    assert "at most 40,000 are read" in page.content.decode()


def with_picture(encoded):
    text = '<p>How many?</p><img alt="a line" src="@@PLUGINFILE@@/a%20line.png">'
    source = question("numerical", answer("2"), text=text)
    file = f'<file name="a line.png" encoding="base64">{encoded}</file>'
    return quiz(source.replace("</questiontext>", f"{file}</questiontext>"))


def test_a_picture_is_stored_and_shown(carols, carol):
    pixels = BytesIO()
    Image.new("RGB", (3, 2)).save(pixels, "PNG")
    confirm(carols, look(carols, with_picture(b64encode(pixels.getvalue()).decode())))
    picture = Picture.objects.uploaded_by(carol).get()
    statement = Problem.objects.get().current.statement
    assert statement == f"How many?\n\n{picture.markdown('a line')}"


def test_a_question_whose_picture_is_refused_says_so(carols):
    page = look(carols, with_picture("AAAA")).content.decode()
    assert "the image “a line.png”: This file is not a picture" in page
    assert 'name="lines"' not in page
    assert not Picture.objects.exists()


def test_a_table_to_fill_in_can_be_downloaded(carols):
    table = carols.get(reverse("problems-import-template"))
    assert "attachment" in table.headers["Content-Disposition"]
    assert "3 new problems" in look(carols, table.content, "table.csv").content.decode()


def test_what_leads_the_reader_in_circles_is_not_read(carols, monkeypatch):
    monkeypatch.setattr(child_client, "MAX_CHILD_S", 0.01)
    page = look(carols, quiz(question("numerical", answer("2"))))
    assert "Reading this file takes too long" in page.content.decode()
    assert not Problem.objects.exists()


def test_sentences_about_a_file_are_in_the_readers_language(carols, carol):
    carol.language = "zh-hans"
    carol.save(update_fields=["language"])
    with override("zh-hans"):
        problem = gettext("There is no problem in this file.")
    assert problem in html.unescape(look(carols, b"<quiz/>").content.decode())


def test_the_preview_says_what_becomes_of_gift(carols):
    file = b"::Slope::Of 2x - 5? {=2 ~-5 ~5 ~x}\n\n::Root::Of x^2 \\= 49? {=7 =x\\=7}\n"
    shown = look(carols, file, "a.gift").content.decode()
    assert "2 questions come without a solution" in shown
    assert "1 question gets its choices in another order" in shown
    assert "<td>choice</td>" in shown
    assert "<td>number</td>" in shown


def test_the_preview_says_what_the_right_choice_is_and_how_far_off_a_number_may_be(carols):
    file = b"::Ten::10 + 7? {~16 ~18 =17}\n\n::Root::Root of 50? {#7.07:0.01}\n"
    shown = look(carols, file, "a.gift").content.decode()
    assert "<td>17</td>" in shown
    assert "<td>7.07 ± 0.01</td>" in shown


def test_the_preview_shows_what_is_asked_and_what_lemma_refutes(carols):
    warm_up()
    file = b"::Bracket::Expand 2x(x+3) {=2x^2+3x}\n\n::Sum::Expand 3(x+1) {=3x+3}\n"
    shown = look(carols, file, "a.gift")
    assert [len(row.doubts) for row in shown.context["plan"].rows] == [1, 0]
    page = shown.content.decode()
    assert "Expand 2x(x+3)</div>" in page
    assert page.count("The statement contradicts the right answer") == 1
    assert page.count("<td>expression, expanded</td>") == 2


def test_what_lemma_refutes_is_told_until_it_is_corrected(carols, section):
    warm_up()
    file = b"::Product::Calculate 7 * 8. {#54}\n\n::Sum::Calculate 3 + 4. {#7}\n"
    page = confirm(carols, look(carols, file, "a.gift"))
    doubt = "The statement contradicts the right answer."
    assert page.content.decode().count(doubt) == 1  # at "Your last import"
    added = carols.post(reverse("problem-collect-imported"), {"into": "new", "title": "Test"})
    [problem_set] = ProblemSet.objects.all()
    assign = f"{reverse('assign', args=[section.code])}?set={problem_set.code}"
    for address in (added.url, assign):
        assert carols.get(address).content.decode().count(doubt) == 1
    sent = {name: field.value() for name, field in _fields(carols.get(assign).context["form"])}
    page = carols.post(assign, {**sent, "problem_set": problem_set.pk}, follow=True)
    assert "The statement of “Product” contradicts its right answer." in page.content.decode()
    problem = Problem.objects.get(current__title="Product")
    problem.revise(replace(problem.current.content(), key=AnswerKey("56", Kind.NUMBER)))
    assert doubt not in carols.get(added.url).content.decode()


def _fields(form):
    """What the browser would send of it."""
    return [
        (name, form[name]) for name in form.fields if form[name].value() not in (None, [], False)
    ]


TABLE = b'title,statement,answer\nA third,"A third of a number is 2,5. Which one?","7,5"\n'
GIFT = b"::A third::A third of a number is 2,5. Which one? {=7,5}\n"
MOODLE = quiz(question("shortanswer", answer("7,5"), text="A third of a number is 2,5."))


@pytest.mark.parametrize("file", [TABLE, GIFT, MOODLE], ids=["table", "gift", "moodle"])
def test_the_preview_says_whether_a_comma_makes_one_number_or_two_values(carols, file):
    page = look(carols, file)
    [row] = page.context["plan"].rows
    assert row.problem.record.content.key.kind == Kind.LIST
    assert "“7,5” is read as the two values 7 and 5." in page.content.decode()
    page = look(carols, file, decimals=",")
    [row] = page.context["plan"].rows
    assert grade_response("7.5", row.problem.record.content.key).verdict == Verdict.CORRECT
    assert "“7,5” is read as one number." in page.content.decode()
    assert "7; 5" in page.content.decode()


def test_nothing_is_said_where_the_file_names_the_kind_or_writes_values_apart(carols):
    header = b"title,statement,kind,answer\n"
    rows = (b'A,Roots?,list,"7,5"\n', b'B,Roots?,,"7, 5"\n', b"C,Roots?,,7;5\n")
    for row in rows:
        page = look(carols, header + row, "a.csv")
        [new] = page.context["plan"].new
        assert new.problem.advice == []


@pytest.mark.parametrize(("country", "decimals"), [("DE", ","), ("US", ""), ("comma", ",")])
def test_the_decimal_numbers_of_a_file_are_those_of_the_teachers_classes(
    carols, section, country, decimals
):
    type(section).objects.update(convention=country)
    assert carols.get(IMPORT).context["form"]["decimals"].value() == decimals


def test_a_figure_is_only_named_in_the_preview(carols):
    content = make_content(statement="How much?\n\n```figure\nfraction bar\n7/29\n```")
    page = look(carols, lines(ProblemRecord("bar", content)), "a.jsonl").content.decode()
    assert "fraction bar\n7/29\n```</div>" not in page
    assert "with a figure" in page
