import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from tests.factories import make_assignment, make_content, make_problem
from tutor.assignments.models import ProblemSet
from tutor.problems.models import Problem
from tutor.solutions.requests.find_or_queue import request_solution


@pytest.fixture
def teacher(carol, section):
    return carol


@pytest.fixture
def data():
    """What the form sends for a problem that is well."""
    return {
        "action": "save",
        "title": "Thirds",
        "language": "en",
        "level": "2",
        "skills": "arithmetic.fractions",
        "statement": "Add \\(1/3\\) and \\(1/3\\).",
        "kind": "number",
        "value": "2/3",
        "form": "any",
        "name_optional": "on",
        "ignore_case": "on",
        "tests-answer": ["4/6", "2/6", ""],
        "tests-verdict": ["correct", "incorrect", "correct"],
        "expected-answer": ["2/6"],
        "expected-feedback": ["You added the denominators too."],
        "hints-text": ["Draw it.", "", "How many thirds are there?"],
        "solution": "**Step 1.** \\(\\boxed{2/3}\\)",
    }


def test_a_teacher_who_is_not_staff_writes_a_problem(client, teacher, data):
    client.force_login(teacher)
    response = client.post(reverse("problem-new"), data)
    problem = Problem.objects.get()
    assert response.url == problem.get_absolute_url()
    assert (problem.slug, problem.owner, problem.is_shared) == ("thirds", teacher, False)
    content = problem.current.content()
    assert content.hints == ("Draw it.", "How many thirds are there?")
    assert [test.answer for test in content.tests] == ["4/6", "2/6"]
    assert content.expected[0].feedback == "You added the denominators too."
    assert [skill.name for skill in problem.skills.all()] == ["arithmetic.fractions"]
    assert not teacher.is_staff


def test_the_text_decides_the_form_unless_the_teacher_does(client, teacher, data):
    client.force_login(teacher)
    data |= {"form": "", "statement": "Write \\(4/6\\) in lowest terms.", "tests-verdict": []}
    client.post(reverse("problem-new"), data | {"tests-answer": []})
    problem = Problem.objects.get()
    assert problem.current.content().key.form == "lowest_terms"
    edit = reverse("problem-edit", args=[problem.code])
    client.post(edit, data | {"tests-answer": [], "form": "any"})
    problem.refresh_from_db()
    assert problem.current.content().key.form == "any"


def test_the_preview_says_which_form_the_text_decides(client, teacher, data):
    client.force_login(teacher)
    data |= {"form": "", "statement": "Write \\(4/6\\) in lowest terms.", "try": "4/6"}
    page = client.post(reverse("problem-new"), data | {"action": "preview"}).content.decode()
    assert "so only this form counts" in page
    assert "not a fraction in lowest terms" in page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_new_problem_is_in_the_language_of_its_author(client, teacher, language):
    teacher.language = language
    teacher.save(update_fields=["language"])
    client.force_login(teacher)
    page = client.get(reverse("problem-new")).content.decode()
    assert f'<option value="{language}" selected>' in page


def test_skills_are_called_by_their_names_or_paths(client, teacher, data):
    client.force_login(teacher)
    data["skills"] = ["collecting like TERMS", "去括号", "my.own my.other", ""]
    client.post(reverse("problem-new"), data)
    problem = Problem.objects.get()
    assert {skill.name for skill in problem.skills.all()} == {
        "algebra.expressions.like_terms",
        "algebra.expanding",
        "my.own",
        "my.other",
    }
    editor = client.get(reverse("problem-edit", args=[problem.code])).content.decode()
    assert 'value="Collecting like terms"' in editor
    assert 'value="my.other"' in editor


def test_a_condition_is_written_tried_and_opened_again(client, teacher, data):
    client.force_login(teacher)
    wanted = "answer is a multiple of [[a]]"
    form = data | {
        "parameters": "a = 6..9",
        "value": "2*[[a]]",
        "condition": wanted,
        "solution": r"\(\boxed{2 \cdot [[a]]}\)",
        "tests-answer": ["[[3*a]]", "[[a + 1]]"],
        "tests-verdict": ["correct", "incorrect"],
        "expected-answer": ["if answer = [[a + 1]]"],
        "try": "504",
    }
    trial = client.post(reverse("problem-new"), form | {"action": "preview"}).content.decode()
    assert "It was decided by the condition" in trial
    assert "Every answer counts for which this holds:" in trial
    client.post(reverse("problem-new"), form)
    problem = Problem.objects.get()
    assert problem.current.content().key.condition == wanted
    page = client.get(reverse("problem-edit", args=[problem.code]))
    assert page.context["form"]["condition"].value() == wanted
    assert escape(wanted) in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"value": ""}, "value", "required"),
        ({"condition": "answer is nice"}, "condition", "“nice” is not a property"),
        ({"condition": "answer > 1/0"}, "condition", "“1/0” has no value"),
        ({"condition": "answer = 9^9^9^9^9"}, "condition", "has no value, or too large a one"),
        ({"condition": "answer > 10"}, "condition", "the example 2/3 does not fulfil"),
        ({"condition": "answer > b"}, "condition", "A parameter is written [[b]]"),
        ({"condition": "x" * 1_001}, "condition", "at most"),
        ({"expected-answer": ["if answer is nice"]}, "expected", "“nice” is not a property"),
        (
            {"kind": "antiderivative", "value": "x^2 + C", "condition": "answer > 10"},
            "condition",
            "is judged by its own rules",
        ),
        ({"value": "2/"}, "value", "cannot be read"),
        ({"tolerance": "a lot"}, "value", "A tolerance is a decimal"),
        ({"form": "decimal_places"}, "value", "needs the number of places"),
        ({"choices-text": ["a", "b"]}, "choices", "has no choices"),
        ({"kind": "expression", "value": "pass"}, "value", "use the kind text (a word) or choice"),
        ({"kind": "choice", "value": "A"}, "choices", "at least two choices"),
        ({"skills": "Fractions!"}, "skills", "need names such as"),
        ({"tests-answer": ["1/3"], "tests-verdict": ["correct"]}, "tests", "1/3: must be correct"),
        ({"tests-answer": ["1"], "tests-verdict": ["great"]}, "tests", "need one of correct"),
        ({"expected-answer": ["6/9"]}, "expected", "6/9 is right by the key"),
        ({"expected-feedback": [" "]}, "expected", "say what the student is told"),
        ({"hints-text": ["x"] * 31}, "hints", "at most 30 rows"),
        ({"title": "a\x00"}, "title", "Null characters"),
        ({"statement": "x" * 8_001}, "statement", "at most 8,000 characters"),
        ({"parameters": "a = 2..9\nb = c + 1"}, "parameters", "line 2: c is not declared above"),
        ({"parameters": "a = 2..9\nrequire a > 9"}, "parameters", "line 2 (a > 9) does not hold"),
        ({"parameters": "a = 2..9", "value": "[[b]]"}, "value", "b is not declared above"),
        ({"parameters": "a = 2..9", "statement": "[[a:x]]"}, "statement", "unknown format x"),
    ],
)
def test_what_cannot_be_is_explained_at_its_field(client, teacher, data, changes, field, message):
    client.force_login(teacher)
    page = client.post(reverse("problem-new"), data | changes)
    assert page.status_code == 200
    assert message in " ".join(page.context["form"].errors[field])
    assert escape(message) in page.content.decode()
    assert not Problem.objects.exists()


def test_a_reference_solution_that_is_wrong_is_said_and_kept(client, teacher, data):
    client.force_login(teacher)
    wrong = data | {"solution": "\\(\\boxed{5/6}\\)"}
    page = client.post(reverse("problem-new"), wrong, follow=True).content.decode()
    assert "its final answer 5/6 is judged not right" in page
    assert Problem.objects.count() == 1


def test_the_preview_shows_an_unfinished_problem(client, teacher, data):
    client.force_login(teacher)
    form = {**data, "action": "preview", "title": "", "parameters": "a = 5..5"}
    form["statement"] = "What is [[a]]?"
    page = client.post(reverse("problem-new"), form).content.decode()
    assert "What is 5?" in page
    assert "title: This field is required." in page
    assert "<html" not in page
    assert not Problem.objects.exists()


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("4/6", "</svg> Correct</span>"),
        ("1/3", "You added the denominators too."),
        ("2/", "</svg> Not understood</span>"),
        ("9" * 3_000, "</svg> Not right</span>"),
    ],
)
def test_an_answer_can_be_tried_on_the_key(client, teacher, data, answer, message):
    client.force_login(teacher)
    page = client.post(reverse("problem-new"), {**data, "action": "preview", "try": answer})
    assert message in page.content.decode()


def test_an_answer_cannot_be_tried_on_no_key(client, teacher, data):
    client.force_login(teacher)
    form = {**data, "action": "preview", "try": "1", "value": ""}
    page = client.post(reverse("problem-new"), form).content.decode()
    assert "Write the right answer first." in page


def test_the_editor_opens_with_what_is_there(client, teacher, data):
    client.force_login(teacher)
    client.post(reverse("problem-new"), data)
    problem = Problem.objects.get()
    page = client.get(reverse("problem-edit", args=[problem.code]))
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert sent["tests"] == [
        {"answer": "4/6", "verdict": "correct"},
        {"answer": "2/6", "verdict": "incorrect"},
    ]
    client.post(reverse("problem-edit", args=[problem.code]), data)
    problem.refresh_from_db()
    assert problem.versions.count() == 1


def test_an_edit_shows_its_difference(client, teacher, data):
    client.force_login(teacher)
    client.post(reverse("problem-new"), data)
    problem = Problem.objects.get()
    request_solution(problem.current, user=None)
    changed = data | {"title": "Two thirds", "tests-answer": ["8/12"], "hints-text": ["Draw it."]}
    client.post(reverse("problem-edit", args=[problem.code]), changed)
    page = client.get(reverse("problem-versions", args=[problem.code])).content.decode()
    assert "<ins>Two t</ins>" not in page  # words, not letters
    assert "<del>Thirds</del><ins>Two thirds</ins>" in page
    assert "<del>2/3</del>" not in page


def test_a_search_finds_by_words_skill_kind_and_language(client, teacher, data):
    client.force_login(teacher)
    client.post(reverse("problem-new"), data)
    hanzi = make_problem("hanzi", title="分数", language="zh-hans")
    Problem.objects.filter(pk=hanzi.pk).update(is_shared=True)
    listed = {
        "text=thirds": ["thirds"],
        "text=Add 1/3": ["thirds"],
        "skill=arithmetic": ["thirds"],
        "skill=arith": ["thirds"],
        "skill=calculus": [],
        "text=fractions": ["thirds"],
        "text=分数&language=any": ["hanzi", "thirds"],
        "kind=number": ["thirds"],
        "kind=number&language=any&sort=newest": ["hanzi", "thirds"],
        "kind=choice": [],
        "language=zh-hans": ["hanzi"],
        "mine=1": ["thirds"],
        "text=%00&page=99&language=any": ["thirds", "hanzi"],
        "kind=riddle": [],
    }
    for query, slugs in listed.items():
        page = client.get(reverse("problems") + "?" + query)
        assert [problem.slug for problem in page.context["page"]] == slugs, query


def test_a_problem_with_parameters_is_shown_with_numbers(client, teacher):
    problem = make_problem("sum", parameters="a = 7..7\nb = 2", statement="What is [[a]] + [[b]]?")
    Problem.objects.update(is_shared=True)
    client.force_login(teacher)
    page = client.get(reverse("problems"), {"text": "sum"}).content.decode()
    assert "What is 7 + 2?" in page
    problem_set = ProblemSet.objects.create(title="Sums", owner=teacher)
    page = client.get(problem_set.get_absolute_url(), {"text": "sum"}).content.decode()
    assert "What is 7 + 2?" in page
    assert problem.current.is_template


def test_the_catalogue_takes_the_same_queries_however_long_it_is(
    client, teacher, data, django_assert_num_queries
):
    client.force_login(teacher)
    for number in range(3):
        client.post(reverse("problem-new"), data | {"title": f"Thirds {number}"})
    with django_assert_num_queries(9):
        client.get(reverse("problems"))
    for number in range(20):
        client.post(reverse("problem-new"), data | {"title": f"More {number}", "is_shared": "on"})
    with django_assert_num_queries(9):
        client.get(reverse("problems"))


PAGES = ["problem", "problem-edit", "problem-versions", "problem-variants"]


@pytest.fixture
def hers(teacher):
    """Carol's own problem, which she shares with nobody."""
    problem = make_problem("hers", parameters="a = 2..5", statement="[[a]]", final_answer="4")
    problem.owner = teacher
    problem.save(update_fields=["owner"])
    return problem


@pytest.mark.parametrize("person", ["teacher", "admin"])
def test_her_own_problem_is_open_to_a_teacher_and_to_administrators(client, request, hers, person):
    client.force_login(request.getfixturevalue(person))
    for name in PAGES:
        assert client.get(reverse(name, args=[hers.code])).status_code == 200, name


@pytest.mark.parametrize("name", ["alice", "bob", "dan"])
def test_others_get_404(client, request, hers, name):
    client.force_login(request.getfixturevalue(name))
    for page in PAGES:
        assert client.get(reverse(page, args=[hers.code])).status_code == 404, page
    assert client.post(reverse("problem-copy", args=[hers.code])).status_code == 404
    assert client.post(reverse("problem-edit", args=[hers.code]), {}).status_code == 404
    assert Problem.objects.count() == 1


def test_a_shared_one_can_be_read_and_copied_but_not_edited(client, dan, hers):
    hers.is_shared = True
    hers.save(update_fields=["is_shared"])
    client.force_login(dan)
    page = client.get(reverse("problem", args=[hers.code])).content.decode()
    assert "Only its owner and the administration can change this problem." in page
    assert client.get(reverse("problem-edit", args=[hers.code])).status_code == 404
    response = client.post(reverse("problem-copy", args=[hers.code]))
    copied = Problem.objects.get(owner=dan)
    assert response.url == reverse("problem-edit", args=[copied.code])
    assert copied.current.content() == hers.current.content()
    assert not copied.is_shared


def test_an_archived_one_is_found_in_the_archive_alone(client, teacher, hers):
    client.force_login(teacher)
    change = reverse("problem-change", args=[hers.code])
    for act, listed, archived in (("archive", [], [hers]), ("restore", [hers], [])):
        client.post(change, {"do": act})
        for query, problems in (("", listed), ("?mine=archived", archived)):
            assert list(client.get(reverse("problems") + query).context["page"]) == problems


def test_only_its_author_deletes_it_while_no_set_has_it(client, teacher, dan, section, hers):
    change, delete = reverse("problem-change", args=[hers.code]), {"do": "delete"}
    Problem.objects.update(is_shared=True)
    client.force_login(dan)
    assert client.post(change, delete).status_code == 404
    client.force_login(teacher)
    assignment = make_assignment(section, [hers])
    assert "archive instead" in client.post(change, delete, follow=True).content.decode()
    assignment.delete()
    ProblemSet.objects.all().delete()
    asked = "Delete this problem and all its versions?"
    assert asked in client.get(hers.get_absolute_url()).content.decode()
    client.post(change, delete)
    assert not Problem.objects.exists()


@pytest.mark.parametrize("name", ["alice", "bob"])
def test_students_find_no_catalogue(client, request, section, name):
    make_problem()
    Problem.objects.update(is_shared=True)
    client.force_login(request.getfixturevalue(name))
    for page in ("problems", "problem-new"):
        assert client.get(reverse(page)).status_code == 404, page
    assert reverse("problems") not in client.get(reverse("home")).content.decode()


def test_visitors_are_asked_to_sign_in(client, db, problem):
    for page in PAGES:
        assert client.get(reverse(page, args=[problem.code])).url.startswith("/accounts/login")


def test_content_that_is_written_is_read_the_same(problem):
    content = make_content(parameters="a = 1..3", statement="[[a]] and [[1, 2],[3, 4]]")
    problem.revise(content)
    problem.refresh_from_db()
    assert problem.current.content() == content


def test_a_quantity_without_a_unit_is_refused_at_the_unit(client, teacher, data):
    client.force_login(teacher)
    data |= {"kind": "quantity", "value": "5", "solution": r"\(\boxed{5}\)", "tests-answer": [""]}
    form = client.post(reverse("problem-new"), data).context["form"]
    assert list(form.errors) == ["unit"]
    assert "needs a unit, such as cm" in form.errors["unit"][0]
    assert not Problem.objects.exists()
    assert client.post(reverse("problem-new"), data | {"unit": "cm"}).status_code == 302
    assert Problem.objects.get().current.content().key.unit == "cm"


def test_a_solution_that_is_only_the_answer_follows_it(client, teacher, data):
    data |= {"solution": r"\(\boxed{2/3}\)", "value": "2/3", "tests-answer": [""]}
    client.force_login(teacher)
    client.post(reverse("problem-new"), data)
    problem = Problem.objects.get()
    edit = reverse("problem-edit", args=[problem.code])
    none_expected = {"expected-answer": [""], "expected-feedback": [""]}
    client.post(edit, data | none_expected | {"value": "1/3"})
    problem.refresh_from_db()
    assert problem.current.reference_solution.text == r"\(\boxed{1/3}\)"
    worked_out = {"value": "1/3", "solution": r"\(1/3 + 1/3 = \boxed{2/3}\)"}
    page = client.post(edit, data | none_expected | worked_out, follow=True)
    assert f'href="{edit}#id_solution">Edit the solution</a>' in page.content.decode()


def test_without_a_solution_the_answer_alone_is_one(client, teacher, data):
    client.force_login(teacher)
    client.post(reverse("problem-new"), data | {"solution": ""})
    assert Problem.objects.get().current.reference_solution.text == r"\(\boxed{2/3}\)"


def test_rare_fields_are_folded_away_unless_they_hold_something(client, teacher, data):
    client.force_login(teacher)
    names = ["Many answers are right", "Tests", "Expected answers", "Source, licence and category"]

    def opened(page: str) -> list[str]:
        return re.findall(r'<details class="folded"[^>]* open>\s*<summary>([^<]*)', page)

    assert opened(client.get(reverse("problem-new")).content.decode()) == []
    empty = {"statement": "", "expected-answer": [""], "expected-feedback": [""], "source": "me"}
    page = client.post(reverse("problem-new"), data | empty).content.decode()
    assert opened(page) == [name for name in names if name in ("Tests", names[-1])]
