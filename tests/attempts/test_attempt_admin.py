import re

import pytest
from django.urls import reverse

from accounts.models import User
from tests.factories import make_content
from tutor.attempts.access import version_for
from tutor.attempts.models import Attempt, GradeChange, StudentVariant
from tutor.solutions.requests.find_or_queue import request_solution


@pytest.fixture
def attempt(alice, item, hand_in):
    return hand_in(alice, "5")


def test_an_administrator_reads_attempts_and_what_was_judged(client, admin, attempt):
    client.force_login(admin)
    listed = client.get(reverse("admin:attempts_attempt_changelist"), {"q": "alice"})
    assert "A sum" in listed.content.decode()
    page = client.get(reverse("admin:attempts_attempt_change", args=[attempt.pk]))
    assert "not right" in page.content.decode()
    assert client.post(page.request["PATH_INFO"], {"response": "4"}).status_code == 403
    assert client.get(reverse("admin:attempts_attempt_add")).status_code == 403


def test_drawn_variants_are_listed(client, admin, alice, problem, item):
    problem.revise(make_content(statement="[[a]]?", parameters="a = 2..9"))
    item.problem.refresh_from_db()
    version_for(alice, item)
    client.force_login(admin)
    page = client.get(reverse("admin:attempts_studentvariant_changelist")).content.decode()
    assert "alice" in page


def test_with_a_student_goes_all_that_is_theirs(client, admin, alice, attempt):
    client.force_login(admin)
    chosen = {"action": "erase_people", "_selected_action": alice.pk}
    confirmed = {"confirmed": "Erase", "password": "pass-word-9"}
    client.post(reverse("admin:accounts_user_changelist"), chosen | confirmed)
    assert not User.objects.filter(pk=alice.pk).exists()
    assert not Attempt.objects.exists()
    assert not GradeChange.objects.exists()
    assert not StudentVariant.objects.exists()


def test_an_administrator_reads_the_list_in_chinese(client, admin, alice, attempt):
    User.objects.filter(pk=admin.pk).update(language="zh-hans")
    client.force_login(admin)
    page = client.get(reverse("admin:attempts_attempt_changelist")).content.decode()
    for words in ("判定", "不正确", "得分"):
        assert words in page
    assert "not right<" not in page


def test_a_filter_asks_in_words_whether_it_is_practice(client, admin, attempt):
    client.force_login(admin)
    address = reverse("admin:attempts_attempt_changelist")
    [practised] = [
        spec for spec in client.get(address).context["cl"].filter_specs if spec.title == "practice"
    ]
    choices = practised.choices(client.get(address).context["cl"])
    assert [choice["display"] for choice in choices] == ["All", "No", "Yes"]
    assert "A sum" in client.get(address, {"practice__isempty": "1"}).content.decode()
    assert "A sum" not in client.get(address, {"practice__isempty": "0"}).content.decode()


def test_an_attempt_is_read_under_headings_and_what_machines_need_is_closed(client, admin, attempt):
    attempt.working, attempt.mistake = ["2 + 2", "= 5"], {"name": "sign_error"}
    attempt.save(update_fields=["working", "mistake"])
    client.force_login(admin)
    page = client.get(reverse("admin:attempts_attempt_change", args=[attempt.pk])).content.decode()
    headings = ["What was answered", "How it was graded", "Help and feedback", "Technical details"]
    assert re.findall(r'class="fieldset-heading">([^<]+)<', page) == headings
    assert "<div>2 + 2</div><div>= 5</div>" in page
    read, _summary, closed = page.partition("<details><summary>")
    assert "Sign error" in read
    assert "Version of the checker" not in read
    assert "Version of the checker" in closed


def test_names_of_versions_and_solutions_have_a_title_and_numbers(client, admin, problem, item):
    version = problem.current
    assert str(version) == "A sum · Version 1"
    problem.revise(make_content(statement="[[a]]?", parameters="a = 2..9"))
    problem.refresh_from_db()
    assert str(problem.current.variant(3)).endswith(" · Variant 3")
    solution = request_solution(version, user=None)
    client.force_login(admin)
    for model, row in (("problems_problemversion", version), ("solutions_solution", solution)):
        page = client.get(reverse(f"admin:{model}_change", args=[row.pk])).content.decode()
        way = page.partition('class="breadcrumbs"')[2].partition("</nav>")[0]
        assert "A sum" in way
        assert problem.slug not in way
        assert solution.recipe not in way
