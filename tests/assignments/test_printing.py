"""A problem set on paper: who gets it, and that key and sheets belong together."""

import re
import subprocess
from dataclasses import replace
from functools import partial

import pytest
from django.urls import reverse

from tests.factories import (
    make_assignment,
    make_content,
    make_parts,
    make_problem,
    make_problem_with_parts,
)
from tutor.assignments import sheets
from tutor.assignments.models import ProblemSet
from tutor.assignments.views.printing import without_font
from tutor.courses.models import Enrollment
from tutor.grading import AnswerKey, Kind
from tutor.typesetting.pdf import NoChineseFont, NoPdf, make_pdf
from tutor.typesetting.text import to_markup


def pdf(problem_set, part, **query):
    return reverse("set-print-file", args=[problem_set.code, part], query=query)


@pytest.fixture
def with_numbers(section, carol):
    """A set whose first problem has parameters, and whose second has choices."""
    key = AnswerKey("[[a+1]]", Kind.NUMBER)
    sums = make_problem("sums", parameters="a = 2..9", statement="[[a]] + 1?", key=key)
    choice = make_problem(
        "choice", kind="choice", final_answer="B", choices=(r"\(x^2\)", "two"), hints=()
    )
    problem_set = make_assignment(section, [sums, choice]).problem_set
    ProblemSet.objects.filter(pk=problem_set.pk).update(owner=carol)
    return problem_set


@pytest.mark.parametrize("part", ["problems", "key"])
def test_a_teacher_gets_a_pdf(client, carol, with_numbers, part):
    client.force_login(carol)
    assert client.get(reverse("set-print", args=[with_numbers.code])).status_code == 200
    answer = client.get(pdf(with_numbers, part, variants=3, solutions="on"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert "private" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("who", ["alice", "dan"])
@pytest.mark.parametrize("part", ["problems", "key"])
def test_others_get_404(client, request, with_numbers, who, part):
    client.force_login(request.getfixturevalue(who))
    assert client.get(pdf(with_numbers, part)).status_code == 404
    assert client.get(reverse("set-print", args=[with_numbers.code])).status_code == 404


@pytest.mark.parametrize("teaches_elsewhere", [False, True])
def test_an_assistant_prints_sheets_and_no_key(
    client, bob, dan, section, with_numbers, teaches_elsewhere
):
    assistant = dan if teaches_elsewhere else bob
    Enrollment.objects.update_or_create(
        section=section, user=assistant, defaults={"role": Enrollment.Role.ASSISTANT}
    )
    client.force_login(assistant)
    assert client.get(pdf(with_numbers, "problems")).status_code == 200
    assert client.get(pdf(with_numbers, "key", solutions="on")).status_code == 404
    page = client.get(reverse("set-print", args=[with_numbers.code])).content.decode()
    assert pdf(with_numbers, "key") not in page
    assert pdf(with_numbers, "problems") in page


def test_a_student_who_teaches_elsewhere_does_not_get_the_key(client, dan, section, with_numbers):
    Enrollment.objects.create(section=section, user=dan)
    client.force_login(dan)
    assert client.get(pdf(with_numbers, "key")).status_code == 404


def test_sheets_differ_and_the_key_has_their_codes(with_numbers):
    items = sheets.items_with_content(with_numbers)
    sheet_list = sheets.sheets(items, 4)
    assert [sheet.number for sheet in sheet_list] == [1, 2, 3, 4]
    assert len({sheet.items[0][1].statement for sheet in sheet_list}) == 4
    problems = sheets.problems_markup(with_numbers, sheet_list)
    key = sheets.key_markup(with_numbers, sheet_list, with_solutions=False)
    for sheet in sheet_list:
        code = sheet.code.replace("-", "\\-")
        assert code in problems
        page = next(part for part in key.split("#pagebreak") if code in part)
        assert f"${sheet.items[0][1].key.value}$" in page
        assert "2\\.] " in page
    assert sheets.sheets(items, 4) == sheet_list


def test_the_sheets_hold_no_answer(section, make_secret_problem):
    problem_set = make_assignment(section, [make_secret_problem("31415")]).problem_set
    variants = sheets.sheets(sheets.items_with_content(problem_set), 1)
    assert "31415" not in sheets.problems_markup(problem_set, variants)
    assert "31415" in sheets.key_markup(problem_set, variants, with_solutions=False)


def test_an_edited_problem_changes_the_code(with_numbers):
    [before] = sheets.sheets(sheets.items_with_content(with_numbers), 1)
    item = with_numbers.items.last()
    item.problem.revise(make_content(final_answer="5", statement="New?"))
    [after] = sheets.sheets(sheets.items_with_content(with_numbers), 1)
    assert before.code != after.code


def test_without_parameters_there_is_one_sheet(item):
    assert len(sheets.sheets(sheets.items_with_content(item.problem_set), 5)) == 1


def test_few_values_give_few_sheets(section):
    problem = make_problem("few", parameters="a = 1..2", statement="[[a]]?")
    problem_set = make_assignment(section, [problem]).problem_set
    assert len(sheets.sheets(sheets.items_with_content(problem_set), 5)) == 2


@pytest.mark.parametrize("variants", ["0", "11", "x", "", "9" * 5_000])
def test_what_cannot_be_printed_is_said(client, carol, with_numbers, variants):
    client.force_login(carol)
    page = client.get(pdf(with_numbers, "problems", variants=variants), follow=True)
    assert "Choose 1 to 10 sheets." in page.content.decode()
    assert client.get(pdf(with_numbers, "exe")).status_code == 404


def test_chinese_needs_a_font_and_says_so(tmp_path):
    """Either there is one, and it is in the file, or nothing is made."""
    listed = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, text=True).stdout
    if listed.strip():
        assert re.search(rb"/FontName ?/\w+", make_pdf("中文", tmp_path))
    else:
        with pytest.raises(NoChineseFont):
            make_pdf("中文", tmp_path)


def test_a_document_that_breaks_the_typesetter_is_an_error_of_its_own(tmp_path):
    with pytest.raises(NoPdf, match="status"):
        make_pdf("#panic()", tmp_path)
    with pytest.raises(NoPdf, match="status"):
        make_pdf("#let f(x) = f(x) + f(x)\n#f(1)", tmp_path)
    with pytest.raises(NoPdf, match="status"):
        make_pdf("#while true { }", tmp_path)


def test_parts_have_a_line_and_an_answer_each(section, carol, tmp_path):
    problem_set = make_assignment(section, [make_problem_with_parts()]).problem_set
    [sheet] = sheets.sheets(sheets.items_with_content(problem_set), 1)
    statements = sheets.problems_markup(problem_set, [sheet])
    assert "How large is the area" in statements
    assert re.findall(r"(\w)\\\) Answer", statements) == ["a", "b", "c"]
    key = sheets.key_markup(problem_set, [sheet], with_solutions=False)
    assert all(line in key for line in (r"a\) $7$", r"b\) $49$", r"c\) A"))
    assert make_pdf(statements, tmp_path).startswith(b"%PDF")
    assert make_pdf(key, tmp_path).startswith(b"%PDF")


def test_a_drawn_answer_has_its_grid_on_the_sheet_and_its_drawing_in_the_key(section, tmp_path):
    line = make_problem("line", kind="equation", final_answer="y = x + 1", drawing="line")
    problem_set = make_assignment(section, [line]).problem_set
    [sheet] = sheets.sheets(sheets.items_with_content(problem_set), 1)
    grid = sheets.problems_markup(problem_set, [sheet])
    drawn = sheets.key_markup(problem_set, [sheet], with_solutions=False)
    images = [re.findall(r"image\(.*", markup) for markup in (grid, drawn)]
    assert [len(shown) for shown in images] == [1, 1]
    assert images[0] != images[1]
    assert "60%" not in grid  # no line to write on
    assert make_pdf(grid, tmp_path).startswith(b"%PDF")
    assert make_pdf(drawn, tmp_path).startswith(b"%PDF")


def test_the_key_says_what_each_part_is_worth_and_what_is_carried_forward(section):
    first, second, third = make_parts().parts
    parts = (first, replace(second, carried_percent=50), third)
    problem_set = make_assignment(section, [make_problem_with_parts(parts=parts)]).problem_set
    problem_set.items.update(points=4)
    [(item, content)] = sheets.items_with_content(problem_set)
    assert sheets._part_answers(item, content) == [
        r"a) \(7\) (1 point)",
        r"b) \(49\) (2 points); 50% if it follows from wrong earlier answers: \(a^{2}\)",
        "c) A (1 point)",
    ]


def test_a_class_with_decimal_commas_gets_them_on_paper(client, carol, section, tmp_path):
    key = AnswerKey("2.5", Kind.NUMBER)
    problem = make_problem("b", statement=r"What is \(1.25 + 1.25\)?", key=key)
    problem_set = make_assignment(section, [problem]).problem_set
    ProblemSet.objects.filter(pk=problem_set.pk).update(owner=carol)
    section.convention = "FR"
    section.save()
    client.force_login(carol)
    page = client.get(reverse("set-print", args=[problem_set.code]))
    assert 'name="decimal_comma" id="id_decimal_comma" checked' in page.content.decode()
    items = sheets.items_with_content(problem_set)
    [plain], [comma] = sheets.sheets(items, 1), sheets.sheets(items, 1, decimal_comma=True)
    for written in (sheets.problems_markup, partial(sheets.key_markup, with_solutions=False)):
        assert written(problem_set, [comma]) != written(problem_set, [plain])
        assert make_pdf(written(problem_set, [comma]), tmp_path).startswith(b"%PDF")
    assert comma.code == plain.code


def test_without_a_chinese_font_the_problems_that_need_one_are_named(section):
    problems = [
        make_problem("english", title="Plain"),
        make_problem("chinese", title="Sums", statement="一加一等于几？"),
        make_problem("solved", title="Solved", solution=r"答案 \(\boxed{4}\)"),
    ]
    problem_set = make_assignment(section, problems).problem_set
    sheet_list = sheets.sheets(sheets.items_with_content(problem_set), 1)
    names = sheets.chinese_problems(sheet_list, of_key=False, with_solutions=True)
    assert names == ["2. Sums"]
    assert "these problems need: 2. Sums. The administrator" in without_font(names)
    assert sheets.chinese_problems(sheet_list, of_key=True, with_solutions=True) == ["3. Solved"]
    assert sheets.chinese_problems(sheet_list, of_key=True, with_solutions=False) == []
    assert "the language of this page" in without_font([])


@pytest.mark.parametrize(
    ("kind", "value", "unit", "printed"),
    [
        (Kind.NUMBER, "pi/6", "", r"\(\frac{\pi}{6}\)"),
        (Kind.NUMBER, "1 1/2", "", r"\(1 + \frac{1}{2}\)"),
        (Kind.NUMBER, r"\boxed{7}", "", r"\(\boxed{7}\)"),
        (Kind.EXPRESSION, "x^10", "", r"\(x^{10}\)"),
        (Kind.SET, "{1, 2}", "", r"\(\left\{ 1,\, 2 \right\}\)"),
        (Kind.INEQUALITY, "x<=3", "", r"\(x \le 3\)"),
        (Kind.MATRIX, "[[1,2],[3,4]]", "", r"\(\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}\)"),
        (Kind.QUANTITY, "9.81", "m/s^2", r"\(9.81\,\text{m/s}^{2}\)"),
        (Kind.QUANTITY, "12.5", "%", r"\(12.5\text{\%}\)"),
        (Kind.LOGIC, "p and not q", "", r"\(p \land \lnot q\)"),
        (Kind.TEXT, "even", "", "even"),
    ],
)
def test_the_key_prints_answers_as_they_are_read(kind, value, unit, printed):
    content = make_content(key=AnswerKey(value, kind, unit=unit))
    assert sheets._answer(content.key) == printed
    assert "#raw(" not in to_markup(printed)
