"""How well the model solves the problems of a set."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.attempts.test_variants import products
from tests.factories import make_problem
from tutor.assignments.models import ProblemSet
from tutor.courses.models import Enrollment
from tutor.solutions.dispatch.model_choice import recipe_code
from tutor.solutions.models import ReadinessSample, State
from tutor.teaching.readiness import readiness_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def problem_set(assignment, carol):
    ProblemSet.objects.update(owner=carol)
    return assignment.problem_set


@pytest.fixture
def address(problem_set):
    return reverse("readiness", args=[problem_set.code])


def sampled(version, *results, **fields):
    """Samples that ended with these verdicts and answers; of one meaning where they are equal."""
    firsts = {}
    for number, (verdict, answer) in enumerate(results, start=1):
        ReadinessSample.objects.create(
            version=version, recipe=recipe_code(), number=number, verdict=verdict,
            final_answer=answer, answers_like=firsts.setdefault(answer, number) if answer else 0,
            **({"state": State.ENDED, "outcome": "finished", "tokens": 100 * number,
                "seconds": float(number)} | fields),
        )  # fmt: skip


def test_the_report_says_what_the_samples_were(as_user, carol, address, problem_set, problem):
    sampled(
        problem.current,
        *[("incorrect", "5"), ("correct", "4"), ("incorrect", "5"), ("unreadable", "")],
    )
    [row] = readiness_of(list(problem_set.items.select_related("problem__current")))
    assert (row.count, row.right, row.percent_right, row.no_answer) == (4, 1, 25, 1)
    assert (row.agreed.text, row.agreed.count, row.agreed.verdict) == ("5", 2, "incorrect")
    assert (row.tokens, row.seconds, row.is_weak) == (250, 2.5, True)
    text = as_user(carol).get(address).content.decode()
    assert "25%" in text
    assert "2 of 4" in text
    assert 'class="failed"' in text
    table, _, details = text.partition("</table>")
    assert "Tokens" not in table
    assert "Tokens of a try" in details
    assert f"{problem.current.title}</span>: 250</li>" in details


def test_before_the_first_sample_no_figures_are_shown(as_user, carol, address, problem):
    text = as_user(carol).get(address).content.decode()
    assert "The model has not tried these problems yet." in text
    assert problem.current.title in text
    assert "Turn off" in text
    assert "Agreement" not in text
    sampled(problem.current, ("correct", "4"))
    text = as_user(carol).get(address).content.decode()
    assert "Agreement" in text
    assert "has not tried" not in text


def test_a_failure_of_the_engine_is_no_wrong_answer(problem_set, problem):
    sampled(problem.current, ("", ""), outcome="engine_failed")
    [row] = readiness_of(list(problem_set.items.select_related("problem__current")))
    assert (row.count, row.failed, row.is_weak, row.agreed) == (0, 1, False, None)


def test_an_undecided_sample_is_no_wrong_answer(problem_set, problem):
    sampled(problem.current, ("undecided", "5"), ("undecided", "5"))
    [row] = readiness_of(list(problem_set.items.select_related("problem__current")))
    assert (row.count, row.undecided, row.is_weak) == (2, 2, False)


def test_a_button_asks_for_samples_and_the_page_follows(
    as_user, carol, address, problem, django_capture_on_commit_callbacks, queued_tasks
):
    client = as_user(carol)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(address, {"do": "start", "count": "4"}, follow=True)
    text = page.content.decode()
    assert "4 tries are in progress." in text
    assert "0 of 4 tries finished" in text
    assert "No language model is running" in text
    assert queued_tasks() == 4
    assert (
        list(ReadinessSample.objects.values_list("version", flat=True)) == [problem.current.pk] * 4
    )
    ReadinessSample.objects.filter(number=1).update(state=State.ENDED, outcome="finished")
    piece = client.get(address, headers=HTMX)
    assert "1 of 4 tries finished" in piece.content.decode()
    assert "<html" not in piece.content.decode()
    assert "HX-Refresh" not in piece
    ReadinessSample.objects.update(state=State.ENDED, outcome="finished")
    assert client.get(address, headers=HTMX)["HX-Refresh"] == "true"
    again = client.post(address, {"do": "start", "count": "4"}, follow=True).content.decode()
    assert "There are enough tries already." in again


def test_samples_can_be_stopped(as_user, carol, address, problem):
    client = as_user(carol)
    client.post(address, {"do": "start", "count": "4"})
    ReadinessSample.objects.filter(number=1).update(state=State.ENDED, outcome="finished")
    client.post(address, {"do": "stop"})
    assert list(ReadinessSample.objects.values_list("number", flat=True)) == [1]


@pytest.mark.parametrize("count", ["", "x", "-1", "5", "4000"])
def test_another_number_is_refused_with_a_sentence(as_user, carol, address, count):
    page = as_user(carol).post(address, {"do": "start", "count": count}, follow=True)
    assert "Choose how often the model tries each problem." in page.content.decode()
    assert not ReadinessSample.objects.exists()


def test_samples_of_an_earlier_version_do_not_count(as_user, carol, address, problem):
    sampled(problem.current, ("correct", "4"))
    from tests.factories import make_content

    problem.revise(make_content(statement="What else?"))
    assert "100%" not in as_user(carol).get(address).content.decode()


def test_a_problem_with_parameters_is_sampled_by_its_first_variant(
    as_user, carol, address, problem
):
    problem.revise(products())
    problem.refresh_from_db()
    client = as_user(carol)
    assert "the first variant" in client.get(address).content.decode()
    client.post(address, {"do": "start", "count": "4"})
    assert {sample.version.seed for sample in ReadinessSample.objects.all()} == {1}
    assert "0 of 4 tries finished" in client.get(address).content.decode()


def test_the_models_help_is_turned_off_and_on(as_user, carol, address, item):
    client = as_user(carol)
    for act, is_on in (("help_off", False), ("help_on", True)):
        client.post(address, {"do": f"{act}:{item.code}"})
        item.refresh_from_db()
        assert item.has_model_help == is_on
    assert client.post(address, {"do": "help_off:x"}).status_code == 404


@pytest.mark.parametrize("who", ["alice", "dan"])
def test_others_get_404(as_user, request, address, who):
    client = as_user(request.getfixturevalue(who))
    assert client.get(address).status_code == 404
    assert client.post(address, {"do": "start", "count": "4"}).status_code == 404
    assert not ReadinessSample.objects.exists()


def test_an_assistant_reads_the_report_and_starts_nothing(as_user, bob, section, address):
    Enrollment.objects.filter(user=bob).update(role=Enrollment.Role.ASSISTANT)
    client = as_user(bob)
    text = client.get(address).content.decode()
    assert "Let the model try" not in text
    assert client.post(address, {"do": "start", "count": "4"}).status_code == 404
    assert client.post(address, {"do": "stop"}).status_code == 404
    assert not ReadinessSample.objects.exists()


def test_queries_do_not_grow_with_the_set(as_user, carol, problem_set, address):
    client = as_user(carol)
    counts = []
    for first in (0, 20):
        problems = [make_problem(f"p{n}") for n in range(first, first + 10)]
        template = make_problem(f"t{first}")
        template.revise(products())
        problem_set.append([*problems, template])
        for problem in problems:
            sampled(problem.current, ("correct", "4"))
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
