"""Exercises on solutions with other numbers, from the page of a problem."""

import re
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_content, make_problem
from tutor import limits
from tutor.assignments.models import Assignment, ExerciseKind, Sitting
from tutor.attempts.access import access_for
from tutor.attempts.exercises import faded_example, made_exercises, tasks
from tutor.attempts.exercises.begun_solutions import BegunExamples
from tutor.attempts.exercises.faded_example import FadedExample, LineVerdict
from tutor.attempts.exercises.made_exercises import make_and_store, stored_exercises
from tutor.attempts.models import Attempt, ExerciseResult
from tutor.attempts.views import exercises as exercise_views
from tutor.grading import AnswerKey, Kind
from tutor.grading.exercises import client as exercise_client
from tutor.grading.exercises.proved_solution import proved_solution
from tutor.problems.models import Problem, ProblemVersion

HTMX = {"HX-Request": "true"}
FADED, WRONG = "faded-example", "wrong-line"


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch):
    """A busy machine may need seconds to start the child."""
    monkeypatch.setattr(exercise_client, "MAX_WAIT_S", 120.0)


@pytest.fixture
def problem(db) -> Problem:
    return make_problem(
        title="An equation",
        statement="Solve \\(7x - 4 = 3x + 16\\) for \\(x\\).",
        final_answer="5",
        solution="\\boxed{5}",
        hints=(),
    )


@pytest.fixture(scope="module")
def made_before():
    """What the first test has made, for the others."""
    return {}


@pytest.fixture
def exercises(alice, item, made_before):
    version = access_for(alice, item).version
    key = made_exercises._cache_key(version)
    for _ in range(3):  # on a busy machine they may take too long at first
        if made_before:
            break
        cache.delete(key)
        make_and_store(item, version)
        exercises = stored_exercises(version)
        if exercises.solutions:
            made_before.update(exercises.to_dict())
    cache.set(key, made_before)
    return stored_exercises(version)


@pytest.fixture
def page(client, alice, item, exercises):
    """Opens or posts to a page of Alice."""
    client.force_login(alice)

    def page(name, headers=HTMX, **posted):
        address = reverse(name, args=[item.code])
        if posted:
            return client.post(address, posted, headers=headers)
        return client.get(address, headers=headers)

    return page


def text_of(response):
    return " ".join(response.content.decode().split())


def typed_lines(response):
    return re.findall(r"<li>|<li class=.filled", response.content.decode())


def filled_in(response):
    """The lines that its form carries."""
    return re.search(r'name="filled" value="([^"]*)"', response.content.decode())[1]


def right_result(alice, item, kind=ExerciseKind.FADED, number=1, *, is_right=True):
    return ExerciseResult.objects.create(
        enrollment=access_for(alice, item).enrollment,
        item=item,
        kind=kind,
        number=number,
        is_right=is_right,
    )


# What is offered


def test_page_of_the_problem_asks_for_exercises_later(page, item):
    assert reverse("exercises", args=[item.code]) in text_of(page("item", headers={}))


@pytest.fixture
def makings(monkeypatch, alice, item, exercises):
    """For how many making was tried, in vain; those of Alice are not there yet."""
    cache.delete(made_exercises._cache_key(access_for(alice, item).version))
    calls = []
    monkeypatch.setattr(made_exercises, "make_exercises", lambda *_: calls.append(1))
    return calls


def test_a_page_waits_for_a_worker_that_makes_them(page, item, alice, run_tasks):
    version = access_for(alice, item).version
    cache.delete(made_exercises._cache_key(version))
    with run_tasks():
        shown = text_of(page("exercises"))
        assert "load delay" in shown
        assert "Complete a solution" not in shown
        assert page(FADED).status_code == 302  # "still being made"
        assert stored_exercises(version) is None  # no page makes them
    assert "Complete a solution" in text_of(page("exercises"))


def test_one_worker_is_asked_however_often_the_page_asks(page, makings, run_tasks):
    with run_tasks():
        for name in ("exercises", FADED, WRONG):
            page(name)
    assert makings == [1]


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        (made_exercises, "MADE_A_MINUTE", 0),
        (made_exercises, "has_cpu_left", lambda _user_pk: False),
    ],
)
def test_who_asks_for_too_much_gets_exercises_later(
    page, makings, run_tasks, monkeypatch, module, name, value
):
    with monkeypatch.context() as patch, run_tasks():
        patch.setattr(module, name, value)
        assert "load delay" in text_of(page("exercises"))
    assert makings == []
    with run_tasks():
        page("exercises")
    assert makings == [1]


def test_the_making_is_charged(page, alice, makings, run_tasks, monkeypatch):
    charged = []
    monkeypatch.setattr(tasks, "charge_cpu_to", lambda pk: nullcontext(charged.append(pk)))
    with run_tasks():
        page("exercises")
    assert charged == [alice.pk]


def test_exercises_are_made_one_after_the_other(page, makings, run_tasks):
    with limits.run_alone("exercises", max_s=60), run_tasks():
        page("exercises")
    assert makings == []
    with run_tasks():
        page("exercises")  # not too soon: the worker has let it go
    assert makings == [1]


def test_what_could_not_be_made_is_not_tried_again_at_once(page, makings, run_tasks):
    with run_tasks():
        page("exercises")
    for name in ("exercises", FADED, "exercises", WRONG):
        assert "load delay" not in text_of(page(name))
    assert makings == [1]


def test_in_a_test_that_offers_them_they_have_its_clock(page, alice, item):
    access = access_for(alice, item)
    tests = Assignment.objects.filter(pk=access.assignment.pk)
    tests.update(time_limit_min=30, has_faded_examples=True)
    Sitting.objects.create(assignment=access.assignment, enrollment=access.enrollment)
    assert "Your time ends at" in text_of(page(FADED, headers={}))
    tests.update(time_limit_min=None)
    assert "Your time ends at" not in text_of(page(FADED, headers={}))


def test_a_solution_to_complete_is_offered(page):
    offered = text_of(page("exercises"))
    assert "Complete a solution" in offered
    assert "0 of 4 done" in offered


def test_wrong_lines_are_offered_only_after_right_ones(page, alice, item):
    assert "Find the wrong line" not in text_of(page("exercises"))
    right_result(alice, item)
    assert "Find the wrong line" in text_of(page("exercises"))


def test_wrong_lines_are_offered_after_the_right_answer(page, hand_in, alice):
    hand_in(alice, "5")
    assert "Find the wrong line" in text_of(page("exercises"))


def test_nothing_is_offered_where_nothing_is_proved(page, problem):
    problem.revise(make_content(statement="Why is the sky blue?"))
    offered = page("exercises")
    assert "hidden" in text_of(offered)
    assert "Complete a solution" not in text_of(offered)


def test_nothing_is_offered_where_the_author_has_another_answer(page, problem):
    problem.revise(make_content(statement=problem.current.statement, final_answer="6"))
    assert "Complete a solution" not in text_of(page("exercises"))


@pytest.mark.parametrize(
    ("fields", "is_offered"),
    [
        ({}, True),
        ({"has_faded_examples": False}, False),
        ({"attempts_allowed": 1}, False),
        ({"attempts_allowed": 1, "has_faded_examples": True}, True),
        ({"attempts_allowed": 2}, True),
    ],
)
def test_the_teacher_switches_them(page, fields, is_offered):
    Assignment.objects.update(**fields)
    assert ("Complete a solution" in text_of(page("exercises"))) == is_offered


def test_they_are_offered_after_a_test(page):
    past = timezone.now() - timedelta(hours=1)
    Assignment.objects.update(attempts_allowed=1, due_at=past, closes_at=None)
    assert "Complete a solution" in text_of(page("exercises"))


def test_page_of_what_is_not_offered_leads_back(page, item):
    Assignment.objects.update(has_faded_examples=False, has_wrong_lines=False)
    for name in (FADED, WRONG):
        response = page(name, headers={})
        assert response.status_code == 302
        assert response.url == item.get_absolute_url()


def test_students_of_other_classes_see_nothing(client, dan, item):
    client.force_login(dan)
    for name in ("exercises", FADED, WRONG):
        assert client.get(reverse(name, args=[item.code]), headers=HTMX).status_code == 404


# How they are made


def test_no_exercise_ends_in_the_answer(exercises):
    for solution in (*exercises.solutions, *exercises.wrong):
        assert "x = 5" not in [getattr(line, "line", line) for line in solution.lines]


def test_they_are_made_once(monkeypatch, exercises, alice, item):
    monkeypatch.setattr(made_exercises, "make_exercises", None)
    version = access_for(alice, item).version
    make_and_store(item, version)
    assert stored_exercises(version) == exercises


def test_parameters_of_the_author_give_the_numbers(alice, item, problem):
    content = make_content(
        title="An equation",
        statement=r"Solve \([[a]]x + [[b]] = [[c]]\) for \(x\).",
        parameters="a = 2..9\nr = 2..9\nb = 10..25\nc = a*r + b",
        key=AnswerKey("[[r]]", Kind.NUMBER),
        solution=r"\(x = \boxed{[[r]]}\)",
        hints=(),
    )
    problem.revise(content)
    item.refresh_from_db()
    version = access_for(alice, item).version
    make_and_store(item, version)
    own = stored_exercises(version)
    assert own.solutions
    for solution in own.solutions:
        assert re.match(r"Solve \\\(\d+x \+ \d+ = \d+\\\) for", solution.statement)
        assert solution.answer != own.answer
    assert not ProblemVersion.objects.filter(seed__gte=made_exercises.FIRST_SEED).exists()


# Completing a solution


def test_only_the_last_line_is_left_out_at_first(page, exercises):
    solution = exercises.solutions[0]
    response = page(FADED)
    assert len(typed_lines(response)) == len(solution.lines) - 1
    assert solution.lines[-1].latex not in response.content.decode()


def test_more_lines_are_left_out_after_success(page, exercises, alice, item):
    right_result(alice, item, number=1)
    response = page(FADED)
    assert "The last 2 lines of this solution are missing" in text_of(response)
    assert len(typed_lines(response)) == len(exercises.solutions[1].lines) - 2


def test_no_more_are_left_out_after_a_line_was_shown(page, alice, item):
    right_result(alice, item, number=1, is_right=False)
    assert "The last line of this solution is missing" in text_of(page(FADED))


def test_a_right_last_line_completes_it(page, exercises, alice):
    response = page(FADED, number=1, line=exercises.solutions[0].answer)
    assert "everything that was missing yourself" in text_of(response)
    assert "Proved" in text_of(response)
    result = ExerciseResult.objects.get()
    assert (result.kind, result.number, result.is_right) == ("faded", 1, True)
    assert result.enrollment.user == alice


def test_a_wrong_line_is_told_and_kept_in_the_field(page):
    response = page(FADED, number=1, line="x = 1000")
    assert "This line doesn’t follow" in text_of(response)
    assert 'value="x = 1000"' in text_of(response)
    assert not ExerciseResult.objects.exists()


def test_a_line_that_stands_there_is_no_progress(page, exercises):
    above = exercises.solutions[0].lines[-2].line
    response = page(FADED, number=1, line=above.replace(" ", ""))
    assert "is already there" in text_of(response)


@pytest.mark.parametrize(
    "line",
    [
        *("1=1", "2+2=4", "2+2=5", "x = x", "3 + 3 = 2 + 4", "7x - 4 = 7x - 4"),
        *("7*5 - 4 = 3*5 + 16", "7*4 - 4 = 3*4 + 16", "if x = 5 then 7x-4 = 3x+17"),
        *("(2x-3)(x+4)=2x^2+5x-12", "(2x-3)(x+4)=2x^2+6x-12", "2x=2x; 6*5=30", "6*5=31, x=9"),
    ],
)
def test_what_is_true_or_false_in_itself_is_not_judged(page, line):
    response = page(FADED, number=1, line=line)
    assert "This line does not go on from the lines above." in text_of(response)
    assert "doesn’t follow" not in text_of(response)
    assert f'value="{line}"' in text_of(response)
    assert 'class="filled"' not in text_of(response)


@pytest.mark.parametrize(
    ("statement", "given", "line", "verdict"),
    [
        (r"Calculate \(\frac{1}{2} + \frac{1}{4}\).", 1, "2 + 2 = 4", LineVerdict.DETACHED),
        (r"Calculate \(\frac{1}{2} + \frac{1}{4}\).", 1, "2 + 2 = 5", LineVerdict.DETACHED),
        (r"Calculate \(\frac{1}{2} + \frac{1}{4}\).", 1, "1/2 + 1/4 = 2/6", LineVerdict.WRONG),
        (r"Calculate \(\frac{1}{2} + \frac{1}{4}\).", 1, "= 2/6", LineVerdict.WRONG),
        (r"Calculate \(\frac{1}{2} + \frac{1}{4}\).", 1, "= 3/4", LineVerdict.FOLLOWS),
        (r"Calculate \(\frac{1}{2} + \frac{1}{4}\).", 1, "1/2 + 1/4 = 3/4", LineVerdict.FOLLOWS),
        (r"Expand \((x - 2)^3\).", 1, "x + x = 2x", LineVerdict.DETACHED),
        (r"Expand \((x - 2)^3\).", 1, "(x - 3)^3 = x^3 - 9x^2 + 27x - 27", LineVerdict.DETACHED),
        (r"Expand \((x - 2)^3\).", 1, "(x - 3)^3 = x^3 - 9x^2 + 27x - 9", LineVerdict.DETACHED),
        (r"Expand \((x - 2)^3\).", 1, "(x - 2)^3 = x^3 - 8", LineVerdict.WRONG),
        (r"Solve \(7x - 4 = 3x + 16\) for \(x\).", 1, "7x = 3x + 12", LineVerdict.WRONG),
        (r"Solve \(7x - 4 = 3x + 16\) for \(x\).", 1, "7x = 3x + 20", LineVerdict.FOLLOWS),
        (r"Solve \(7x - 4 = 3x + 16\) for \(x\).", 1, "14x - 8 = 6x + 32", LineVerdict.FOLLOWS),
        (r"Solve \(7x - 4 = 3x + 16\) for \(x\).", 1, "4x = 12", LineVerdict.WRONG),
        (r"Solve \((x - 2)(x + 3) = 0\).", 1, "x + 2 = 0 or x - 3 = 0", LineVerdict.WRONG),
        (r"Solve \((x - 2)(x + 3) = 0\).", 1, "{2, -3}", LineVerdict.FOLLOWS),
        (r"Solve \((x - 2)(x + 3) = 0\).", 1, "2, -3", LineVerdict.FOLLOWS),
        (r"Solve \((x - 2)(x + 3) = 0\).", 1, r"\{2; -3\}", LineVerdict.FOLLOWS),
        (r"Solve \((x - 2)(x + 3) = 0\).", 1, "{2, 3}", LineVerdict.WRONG),
        (r"Solve \((x - 2)(x + 3) = 0\).", 1, "{2}", LineVerdict.WRONG),
    ],
)
def test_a_term_has_to_keep_its_value(statement, given, line, verdict):
    solution = proved_solution(statement)
    example = FadedExample(solution, len(solution.lines) - given)
    example.fill(line)
    assert example.verdict == verdict


@pytest.mark.parametrize(
    "statement",
    [
        r"Solve \(5x - 7 = 2x + 8\) for \(x\).",
        r"Solve the inequality \(2(x - 1) > 5x + 4\).",
        r"Find all real solutions of \(x^2 - 2x - 15 = 0\).",
        r"Expand \((x - 2)^3\).",
        r"Calculate \(\frac{1}{2} + \frac{1}{4}\). Give a fraction in lowest terms.",
        r"A circle has the diameter \(6\). What is its area? Give the exact value in terms of "
        r"\(\pi\).",
    ],
)
def test_the_lines_of_a_solution_bring_it_closer(statement):
    solution = proved_solution(statement)
    example = FadedExample(solution, len(solution.lines) - 1)
    for line in solution.texts[1:]:
        example.fill(line)
        assert example.verdict == LineVerdict.FOLLOWS
    example.check()
    assert example.is_done


def test_a_right_line_on_the_way_goes_on(page, exercises):
    solution = exercises.solutions[0]
    left, right = solution.lines[-2].line.split(" = ")
    response = page(FADED, number=1, line=f"{right} = {left}")
    assert "the solution goes on" in text_of(response)
    assert f"{right} = {left}" in text_of(response)
    response = page(FADED, number=1, filled=filled_in(response), line=solution.answer)
    assert "everything that was missing yourself" in text_of(response)


def test_a_shown_line_is_noted(page, exercises):
    response = page(FADED, number=1, show="1")
    assert "without having a line shown" in text_of(response)
    assert exercises.solutions[0].lines[-1].latex.replace(" ", "") in text_of(response).replace(
        " ", ""
    )
    assert not ExerciseResult.objects.get().is_right


def test_what_was_shown_stays_after_a_reload(client, page, exercises, alice, item):
    right_result(alice, item, number=1)
    response = page(FADED, number=2, show="1")
    address = response.headers["HX-Replace-Url"]
    shown = exercises.solutions[1].lines[-2]
    again = text_of(client.get(address))
    assert shown.line in again
    for text in (text_of(response), again):
        line = text[text.index('<li class="filled"') :].partition("</li>")[0]
        assert ">Shown</span>" in line
        assert "Proved" not in line
    answer = exercises.solutions[1].answer
    for lines in ({}, {"filled": filled_in(response)}):  # also from a form that does not know of it
        ended = text_of(page(FADED, number=2, line=answer, **lines))
        assert "everything that was missing yourself" not in ended
        assert "without having a line shown" in ended


def test_own_lines_stay_after_a_reload(page, exercises):
    left, right = exercises.solutions[0].lines[-2].line.split(" = ")
    page(FADED, number=1, line=f"{right} = {left}")
    assert f"{right} = {left}" in text_of(page(FADED, headers={}))
    page(FADED, number=1, line=exercises.solutions[0].answer)
    assert f"{right} = {left}" not in text_of(page(FADED, headers={}))


def test_only_the_first_result_counts(page, exercises):
    page(FADED, number=1, show="1")
    page(FADED, number=1, line=exercises.solutions[0].answer)
    assert not ExerciseResult.objects.get().is_right


def test_words_and_long_lines_are_not_taken(page):
    assert "could not be checked" in text_of(page(FADED, number=1, line="because I said so"))
    assert "500" in text_of(page(FADED, number=1, line="1" * 501))
    assert not ExerciseResult.objects.exists()


def test_only_lines_that_were_taken_are_judged_again(page, exercises, item):
    line = exercises.solutions[1].lines[-2].line
    begun = BegunExamples({}, f"0/{item.code}/2")  # of somebody else
    example = FadedExample(exercises.solutions[1], 2)
    example.put([line], [])
    for forged in ("5*5-7=2*5+8", "x = 1", line, begun.signed(example)):
        response = page(FADED, number=2, filled=forged, line="x")
        assert 'class="filled"' not in response.content.decode()


@pytest.fixture
def checks(monkeypatch):
    """How often lines were checked, or compared with the end."""
    calls = []

    def counting(check):
        def call(*args):
            calls.append(args)
            return check(*args)

        return call

    for name in ("check_lines", "is_solved"):
        monkeypatch.setattr(faded_example, name, counting(getattr(faded_example, name)))
    return calls


@pytest.mark.parametrize("why", ["long", "often", "cpu"])
def test_a_refused_line_costs_nothing(page, exercises, alice, item, checks, monkeypatch, why):
    left, right = exercises.solutions[0].lines[-2].line.split(" = ")
    taken = page(FADED, number=1, line=f"{right} = {left}")
    assert checks
    checks.clear()
    line = exercises.solutions[0].answer
    if why == "long":
        line = "x" * 501
    elif why == "often":
        monkeypatch.setattr(exercise_views, "LINES_A_MINUTE", 0)
    else:
        monkeypatch.setattr(limits, "has_cpu_left", lambda _user_pk: False)
    response = page(FADED, number=1, filled=filled_in(taken), line=line)
    assert checks == []
    assert f"{right} = {left}" in text_of(response)  # it stays, and is told nothing
    assert "Complete, and" not in text_of(response)
    assert not ExerciseResult.objects.exists()
    if why != "long":
        page(FADED, headers={})
        assert checks == []


def test_exercise_that_does_not_exist_is_not_found(page):
    assert page(FADED, number=99, line="x = 1").status_code == 404


def test_it_earns_nothing(page, exercises):
    page(FADED, number=1, line=exercises.solutions[0].answer)
    assert not Attempt.objects.exists()


# Finding the wrong line


@pytest.fixture
def wrong(exercises, alice, item):
    right_result(alice, item)
    return exercises.wrong[0]


def test_it_says_that_it_is_wrong_on_purpose(page, wrong):
    response = text_of(page(WRONG))
    assert "wrong on purpose" in response
    assert response.count('type="radio"') == len(wrong.lines)
    assert "Proved" not in response
    assert wrong.right.latex not in response


def test_the_wrong_line_is_found(page, wrong):
    number = wrong.wrong_index + 1
    response = text_of(page(WRONG, number=1, chosen=number))
    assert f"Yes, line {number} is the wrong one." in response
    assert "The sign should change" in response
    assert "What line" in response
    assert ExerciseResult.objects.get(kind="wrong_line").is_right


def test_another_line_is_not_the_wrong_one(page, wrong):
    other = 1 if wrong.wrong_index else 2
    response = text_of(page(WRONG, number=1, chosen=other))
    assert f"Not line {other}. Look once more" in response
    assert 'type="radio"' in response
    assert wrong.right.latex not in response
    response = text_of(page(WRONG, number=1, chosen=other, missed=other))
    assert f"Not line {other}: line {wrong.wrong_index + 1} is the first wrong one." in response
    assert not ExerciseResult.objects.get(kind="wrong_line").is_right


def test_the_second_try_may_find_the_wrong_line(page, wrong):
    number = wrong.wrong_index + 1
    other = 1 if wrong.wrong_index else 2
    page(WRONG, number=1, chosen=other)
    response = text_of(page(WRONG, number=1, chosen=number, missed=other))
    assert f"Yes, line {number} is the wrong one." in response
    assert not ExerciseResult.objects.get(kind="wrong_line").is_right


def test_nothing_chosen_is_no_result(page, wrong):
    assert "Choose a line first." in text_of(page(WRONG, number=1))
    assert not ExerciseResult.objects.filter(kind="wrong_line").exists()


def test_wrong_lines_wait_for_right_ones(page):
    assert page(WRONG, headers={}).status_code == 302


# What teachers see


def test_teacher_sees_how_many_were_done(client, carol, alice, item):
    right_result(alice, item, number=1)
    right_result(alice, item, number=2, is_right=False)
    right_result(alice, item, ExerciseKind.WRONG_LINE)
    section = Assignment.objects.get().section
    client.force_login(carol)
    address = reverse("student-item", args=[section.code, "alice", item.code])
    shown = text_of(client.get(address))
    assert "Solutions completed: 2, of which 1 without a line shown" in shown
    assert "Wrong lines looked for: 1, of which 1 found at once" in shown
