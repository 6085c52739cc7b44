import re

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_content, make_problem
from tests.solutions.generation.test_hints import Saying
from tests.solutions.generation.test_readiness_samples import boxed
from tutor.assignments.models import Assignment
from tutor.courses.models import Enrollment
from tutor.grading import AnswerKey, Kind
from tutor.problems.models import ReferenceSolution
from tutor.solutions.models import Preparation, Solution, State
from tutor.solutions.requests.precompute import ask_to_prepare, prepare_solutions


@pytest.fixture
def address(assignment):
    return reverse("preparing", args=[assignment.code])


def test_a_teacher_asks_and_sees_how_far_it_is(client, carol, assignment, address, run_tasks):
    client.force_login(carol)
    page = client.get(address).content.decode()
    assert "0 of 1 solution ready" in page
    assert '<td class="number">1</td><td class="number">0</td>' in page  # variants, ready
    assert "Prepare solutions" in page
    with run_tasks():
        client.post(address, {"do": "prepare"})
    assert Preparation.objects.get().assignment == assignment
    assert {solution.state for solution in Solution.objects.all()} == {State.QUEUED}
    assert Solution.objects.count() == 4
    piece = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" in piece
    assert "<html" not in piece
    Solution.objects.update(
        state=State.ENDED, outcome="finished", verdict="correct", final_answer="4"
    )
    page = client.get(address).content.decode()
    assert "1 of 1 solution ready" in page
    assert "Problems that the model cannot solve" not in page
    assert "hx-get" not in page


def test_a_teacher_stops_the_preparation(client, carol, assignment, address):
    Preparation.objects.create(assignment=assignment)
    client.force_login(carol)
    assert client.post(address, {"do": "stop"}).status_code == 302
    assert not Preparation.objects.exists()


def test_asking_twice_is_asking_once(client, carol, address):
    client.force_login(carol)
    for _ in range(2):
        client.post(address, {"do": "prepare"})
    assert Preparation.objects.count() == 1


@pytest.mark.parametrize("name", ["alice", "dan"])
def test_students_and_other_teachers_get_404(client, request, name, address):
    client.force_login(request.getfixturevalue(name))
    assert client.get(address).status_code == client.post(address).status_code == 404
    assert not Preparation.objects.exists()


def test_an_assignment_that_offers_no_solutions_says_so(client, carol, assignment, address):
    never = Assignment.HelpPolicy.NEVER
    Assignment.objects.update(help_policy=never, step_policy=never)
    client.force_login(carol)
    page = client.get(address).content.decode()
    assert "never shows worked solutions" in page
    assert "Prepare solutions" not in page


def test_the_gradebook_links_to_the_page(client, carol, assignment, address):
    client.force_login(carol)
    page = client.get(reverse("gradebook-assignment", args=[assignment.code])).content.decode()
    assert address in page


def test_problems_that_the_model_gets_wrong_are_listed_with_its_answers(
    client, carol, assignment, address, start_worker, transactional_db
):
    ask_to_prepare(assignment)
    prepare_solutions()
    worker = start_worker(Saying(boxed("5"), boxed("10/2"), boxed("3"), "I give up."))
    for _ in range(4):
        worker.solve()
    client.force_login(carol)
    page = client.get(address).content.decode()
    assert "0 of 1 solution ready" in page
    listed = page.partition("Problems that the model cannot solve</h2>")[2]
    assert "<code>5</code> ×2" in listed
    assert "<code>3</code>" in listed
    assert "No answer ×1" in listed
    assert "10/2" not in listed
    assert "your reference solution if they ask for it" in listed
    assert page.count("Problems that the model cannot solve</h2>") == 1
    ReferenceSolution.objects.update(text="")
    assert (
        "could not solve it: there is no reference solution" in client.get(address).content.decode()
    )


def test_a_wrong_solution_is_listed_while_others_are_worked_out(client, carol, section, problem):
    assignment = make_assignment(section, [problem, make_problem("later")])
    ask_to_prepare(assignment)
    prepare_solutions()
    Solution.objects.filter(version=problem.current).update(
        state=State.ENDED, outcome="finished", verdict="incorrect", final_answer="5", answers_like=1
    )
    client.force_login(carol)
    address = reverse("preparing", args=[assignment.code])
    piece = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" in piece
    assert "Problems that the model cannot solve</h2>" in piece


def test_a_variant_is_named_by_its_number(client, carol, section):
    template = make_problem("t")
    parameters = "a = 2..99"
    key = AnswerKey("[[a]]", Kind.NUMBER)
    template.revise(make_content(statement="[[a]]?", key=key, parameters=parameters))
    assignment = make_assignment(section, [template])
    ask_to_prepare(assignment)
    prepare_solutions()
    Solution.objects.update(state=State.ENDED, outcome="looping")
    wrong = Solution.objects.filter(version__seed=2)
    wrong.update(outcome="finished", verdict="incorrect", final_answer="1", answers_like=1)
    Solution.objects.filter(version__seed=1).update(verdict="correct", final_answer="1")
    client.force_login(carol)
    page = client.get(reverse("preparing", args=[assignment.code])).content.decode()
    assert "variant 2" in page
    assert "variant 1<" not in page
    assert "<code>1</code> ×4" in page


def test_an_assistant_can_follow_what_it_links_to(client, bob, assignment, address):
    Enrollment.objects.filter(user=bob).update(role="assistant")
    ask_to_prepare(assignment)
    prepare_solutions()
    Solution.objects.update(state=State.ENDED, outcome="looping")
    client.force_login(bob)
    wrong = client.get(address).content.decode().split("Problems that the model cannot solve", 1)[1]
    links = re.findall('<th scope="row"><a href="([^"]+)"', wrong)
    assert links
    assert {client.get(link).status_code for link in links} == {200}
