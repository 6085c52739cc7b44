from dataclasses import replace

import pytest
from django.urls import reverse

from tests.factories import make_parts, make_problem, make_problem_with_parts
from tutor.problems.content import AnswerTest
from tutor.problems.expected import Expected
from tutor.problems.models import Problem
from tutor.solutions.requests.find_or_queue import request_solution


@pytest.fixture
def form_data():
    return {
        "slug": "thirds",
        "title": "Thirds",
        "language": "en",
        "level": "2",
        "statement": "Add \\(1/3\\) and \\(1/3\\).",
        "choices": "",
        "key_kind": "number",
        "key_value": "2/3",
        "key_form": "any",
        "key_options": "{}",
        "hints": "First.\n---\nSecond.",
        "solution": "\\(\\boxed{2/3}\\)",
        "source": "",
        "licence": "",
        "versions-TOTAL_FORMS": "0",
        "versions-INITIAL_FORMS": "0",
    }


def test_a_teacher_with_rights_writes_a_problem(client, admin, form_data):
    client.force_login(admin)
    response = client.post(reverse("admin:problems_problem_add"), form_data)
    assert response.status_code == 302
    problem = Problem.objects.get()
    assert problem.current.hints == ["First.", "Second."]
    assert problem.current.stored_key.value == "2/3"
    assert problem.owner == admin


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("key_value", "", "This field is required."),
        ("key_options", '{"colour": "red"}', "colour"),
        ("key_options", "[1]", "need an object"),
        ("key_options", "{", "Enter a valid JSON."),
        ("key_options", '{"tolerance": ' + "1" * 5_000 + "}", "Enter a valid JSON."),
        ("level", "9", "less than or equal to 5"),
        ("choices", "a\n---\nb", "has no choices"),
        ("title", "a\x00", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_is_explained_at_its_field(client, admin, form_data, field, value, message):
    client.force_login(admin)
    page = client.post(reverse("admin:problems_problem_add"), form_data | {field: value})
    assert page.status_code == 200
    at = "key_value" if field == "key_options" and "JSON" not in message else field
    assert message in str(page.context["adminform"].form.errors[at])
    assert not Problem.objects.exists()


def test_editing_a_problem_in_use_keeps_what_was_seen(client, admin, form_data):
    problem = make_problem("thirds")
    old = problem.current
    request_solution(old, user=None)
    client.force_login(admin)
    url = reverse("admin:problems_problem_change", args=[problem.pk])
    assert "What is" in client.get(url).content.decode()
    assert client.post(url, form_data).status_code == 302
    problem.refresh_from_db()
    assert (problem.current.number, problem.current.title) == (2, "Thirds")
    old.refresh_from_db()
    assert old.title == "A sum"


def test_editing_keeps_what_the_form_does_not_show(client, admin, form_data):
    more = {
        "parameters": "a = 2..9",
        "expected": (Expected("[[a]]", "One third is not [[a]]."),),
        "tests": (AnswerTest("4/6", "correct"),),
    }
    problem = make_problem("thirds", **more)
    client.force_login(admin)
    url = reverse("admin:problems_problem_change", args=[problem.pk])
    client.post(url, form_data | {"owner": admin.pk, "is_shared": "on"})
    problem.refresh_from_db()
    content = problem.current.content()
    assert content.title == "Thirds"
    assert {name: getattr(content, name) for name in more} == more
    assert (problem.owner, problem.is_shared) == (admin, True)


def test_a_problem_lists_its_versions_without_their_variants(client, admin):
    problem = make_problem("thirds", parameters="a = 2..9", statement="[[a]]?")
    problem.current.variant(3)
    client.force_login(admin)
    page = client.get(reverse("admin:problems_problem_change", args=[problem.pk]))
    (formset,) = page.context["inline_admin_formsets"]
    assert [form.instance for form in formset.formset] == [problem.current]


@pytest.mark.parametrize(
    "name",
    [
        "problems_problem",
        "problems_problemversion",
        "problems_skill",
        "courses_section",
        "courses_course",
        "courses_enrollment",
        "courses_studentgroup",
        "courses_sectionevent",
        "assignments_override",
        "assignments_sitting",
        "assignments_calendarfeed",
        "assignments_problemset",
        "assignments_assignment",
        "attempts_attempt",
        "attempts_studentvariant",
        "solutions_solution",
        "solutions_solutionview",
        "accounts_user",
    ],
)
def test_every_list_opens(client, admin, item, name):
    request_solution(item.problem.current, user=None)
    client.force_login(admin)
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200


def test_who_is_not_staff_is_kept_out(client, alice):
    url = reverse("admin:index")
    assert client.get(url, follow=True).redirect_chain[-1][0].startswith(reverse("account_login"))
    client.force_login(alice)
    assert client.get(url, follow=True).status_code == 403


def test_a_problem_that_nothing_uses_can_be_deleted(client, admin):
    problem = make_problem()
    client.force_login(admin)
    url = reverse("admin:problems_problem_delete", args=[problem.pk])
    client.post(url, {"post": "yes"})
    assert not Problem.objects.exists()


def test_a_problem_with_parts_keeps_them(client, admin, form_data):
    first, area, last = make_parts().parts
    area = replace(area, key=replace(area.key, value=""))
    problem = make_problem_with_parts(parts=(first, last, area), solution=r"\(\boxed{49}\)")
    client.force_login(admin)
    address = reverse("admin:problems_problem_change", args=[problem.pk])
    assert client.get(address).status_code == 200
    data = form_data | {"slug": problem.slug, "key_value": "5", "statement": "Another square."}
    assert client.post(address, data).status_code == 302
    content = Problem.objects.get().current.content()
    assert content.parts == (first, last, area)
    assert content.statement == "Another square."


def test_problems_are_searched_by_skill_and_no_list_of_skills_is_beside_them(client, admin):
    make_problem("lines").tag(["functions.linear.slope"])
    make_problem("sums", title="Sums")
    client.force_login(admin)
    address = reverse("admin:problems_problem_changelist")
    page = client.get(address, {"q": "linear.slope"})
    assert [problem.slug for problem in page.context["cl"].queryset] == ["lines"]
    assert "skills__id__exact" not in page.content.decode()
