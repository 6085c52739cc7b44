"""Two teachers of a section: both can read its problems, whoever wrote them."""

import pytest
from django.urls import reverse

from tests.conftest import make_user
from tests.factories import make_content
from tutor.assignments.models import ProblemSet
from tutor.courses.models import Enrollment
from tutor.grading import Verdict
from tutor.problems.models import Problem


@pytest.fixture
def problem(problem, carol):
    """A problem of Carol's that she has not shared."""
    Problem.objects.update(owner=carol, is_shared=False)
    problem.refresh_from_db()
    return problem


@pytest.fixture
def erin(section):
    erin = make_user("erin")
    Enrollment.objects.create(section=section, user=erin, role=Enrollment.Role.TEACHER)
    return erin


@pytest.fixture
def pages(problem, assignment):
    return [problem.get_absolute_url(), reverse("regrade-problem", args=[problem.code])]


def test_a_co_teacher_reads_the_problems_of_the_class(client, erin, problem, pages):
    client.force_login(erin)
    assert [client.get(page).status_code for page in pages] == [200, 200]
    assert problem.current.title in client.get(reverse("problems")).content.decode()


def test_a_co_teacher_regrades(client, erin, alice, problem, answered, pages, run_tasks):
    attempt = answered(alice, "5")
    problem.revise(make_content(final_answer="5"))
    client.force_login(erin)
    with run_tasks():
        order = {"action": "apply", "reason": "The key was wrong.", "other_wordings": "on"}
        client.post(pages[1], order)
    attempt.refresh_from_db()
    assert attempt.verdict == Verdict.CORRECT


def test_a_co_teacher_edits_what_the_class_uses_and_a_colleague_wrote(
    client, erin, dan, carol, problem, assignment
):
    client.force_login(erin)
    editor = reverse("problem-edit", args=[problem.code])
    ProblemSet.objects.update(owner=carol)
    assert client.get(editor).status_code == 200
    assert client.get(assignment.problem_set.get_absolute_url()).context["may_edit"]
    Problem.objects.update(owner=dan, is_shared=True)  # who teaches elsewhere
    ProblemSet.objects.update(owner=dan)
    assert client.get(editor).status_code == 404
    assert not client.get(assignment.problem_set.get_absolute_url()).context["may_edit"]


@pytest.mark.parametrize("who", ["alice", "dan", "assistant", "former"])
def test_others_get_404(client, request, section, pages, who):
    if who in ("alice", "dan"):
        user = request.getfixturevalue(who)
    else:
        user = make_user("eve", may_teach=True)
        Enrollment.objects.create(section=section, user=user, role=who)
    client.force_login(user)
    assert [client.get(page).status_code for page in pages] == [404, 404]
