"""The first page of a class: how far it is with each assignment."""

from datetime import timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from tests.factories import make_assignment, make_problem, make_problem_with_parts
from tests.teaching.gradebooks import make_due_assignment
from tutor.attempts.models import Attempt, Draft, GivenHelp, WorkingCheck
from tutor.grading import Verdict
from tutor.teaching.progress.charts import bar_chart, distribution
from tutor.teaching.progress.class_progress import progress_in

EARLY = timedelta(days=2)  # before it was due


def test_it_says_how_many_have_begun_and_finished(as_user, alice, bob, carol, section, answered):
    first, second = (make_due_assignment(section, slug) for slug in ("a", "b"))
    items = list(first.problem_set.items.all())
    for item in items:
        answered(alice, "4", Verdict.CORRECT, item=item, ago=EARLY)
    answered(bob, "4", Verdict.CORRECT, item=items[0], ago=EARLY)
    rows = {row.assignment: row for row in progress_in(section)}
    both = rows[first]
    assert (both.students, both.begun, both.finished, both.mean) == (2, 2, 1, 75)
    assert (rows[second].begun, rows[second].mean) == (0, None)
    page = as_user(carol).get(reverse("section", args=[section.code])).content.decode()
    assert "75%" in page
    assert "1 of 2" in page
    assert "bar-chart" not in page  # one date is no progress


def test_what_is_open_comes_first_the_soonest_due_at_the_top(as_user, carol, section):
    now = timezone.now()
    days = {
        "over": (-9, -2),
        "long over": (-9, -5),
        "later": (2, 4),
        "soon": (-1, 1),
        "open": (-3, 6),
    }
    for title, (opens, due) in days.items():
        row = make_assignment(section, [make_problem(title.replace(" ", "-"))])
        row.problem_set.title = title
        row.problem_set.save()
        dates = {"opens_at": now + timedelta(days=opens), "due_at": now + timedelta(days=due)}
        type(row).objects.filter(pk=row.pk).update(**dates, closes_at=None)
    page = as_user(carol).get(section.get_absolute_url())
    titles = [row.assignment.title for row in page.context["rows"]]
    assert titles == ["soon", "open", "later", "over", "long over"]


def test_chinese_sentences_stand_without_a_space_between_them(as_user, carol, section):
    make_due_assignment(section, "a")
    carol.language = "zh-hans"
    carol.save()
    page = as_user(carol).get(reverse("section", args=[section.code])).content.decode()
    assert "至少回答了一道题。“已完成”" in page


def test_the_means_of_what_was_due_stand_beside_one_another(
    as_user, alice, carol, section, problem, answered
):
    for slug, response in (("a", "4"), ("b", "5")):
        [item, _other] = make_due_assignment(section, slug).problem_set.items.all()
        answered(alice, response, Verdict.CORRECT, item=item, ago=EARLY)
    [item] = make_assignment(section, [problem]).problem_set.items.all()
    answered(alice, "4", Verdict.CORRECT, item=item)
    page = as_user(carol).get(reverse("section", args=[section.code]))
    assert [bar.number for bar in page.context["chart"].bars] == ["50%", "50%"]
    assert "100% so far" in page.content.decode()


def test_results_are_spread_over_bins_and_the_best_stand_alone():
    percents = [Decimal(text) for text in ("0", "19.9", "20", "99.9", "100")]
    bins = distribution(percents)
    assert [count for _label, count in bins] == [2, 1, 0, 0, 1, 1]
    heights = [bar.height for bar in bar_chart(bins).bars]
    assert heights[1] * 2 == heights[0] == max(heights)


def test_how_it_went_has_the_chart_and_its_table(as_user, alice, carol, item, assignment, answered):
    answered(alice, "4", Verdict.CORRECT)
    page = as_user(carol).get(reverse("statistics", args=[assignment.code]))
    assert page.context["bins"][-1] == ("100", 1)
    assert "bar-chart" in page.content.decode()


def test_a_teacher_tries_an_assignment_and_leaves_no_attempt(as_user, dan, carol, item, assignment):
    start = reverse("try", args=[assignment.code])
    assert as_user(dan).get(start).status_code == 404
    teacher = as_user(carol)
    page = teacher.get(start, follow=True)
    address = page.redirect_chain[-1][0]
    verdicts = [
        teacher.post(address, {"response": answer}).context["preview"].trial.grade.verdict
        for answer in ("8/2", "5")
    ]
    assert verdicts == [Verdict.CORRECT, Verdict.INCORRECT]
    assert not Attempt.objects.exists()


def test_a_teacher_tries_it_in_the_boxes_that_students_have(as_user, carol, section):
    problems = [make_problem(final_answer="{1, 2}", kind="set"), make_problem_with_parts()]
    assignment = make_assignment(section, problems)
    teacher = as_user(carol)
    page = teacher.get(reverse("try", args=[assignment.code]), follow=True)
    assert 'data-shape="set"' in page.content.decode()
    address = reverse("try-item", args=[assignment.code, assignment.problem_set.items.last().code])
    trial = teacher.post(address, {"part-a": "1", "part-b": "2"}).context["preview"].trial
    assert [letter for letter, _part in trial.parts] == ["a", "b"]


def test_the_page_of_a_trial_is_that_of_a_student(as_user, alice, carol, section):
    problem = make_problem(final_answer="4", hints=("Count.", "Count on."))
    assignment = make_assignment(section, [problem, make_problem("second")])
    assignment.attempts_allowed = 3
    assignment.time_limit_min = 20
    assignment.save()
    [first, _second] = assignment.problem_set.items.all()
    trial = as_user(carol).get(reverse("try-item", args=[assignment.code, first.code]))
    page = trial.content.decode()
    assert "You are trying this as a student. Nothing is kept." in page
    assert "Students have 20 minutes here" in page
    assert first.get_absolute_url() not in page  # nothing leads to the page of a student

    assignment.time_limit_min = None
    assignment.save()
    page = as_user(carol).get(trial.wsgi_request.path).content.decode()
    student = as_user(alice).get(first.get_absolute_url()).content.decode()
    pieces = ('class="workbench"', 'class="set-bar"', "1 of 2", "Problem 1 · Points: 1",
              'id="help"', "Show a hint", 'data-part="working"', "Check my working",
              "Submit my last line as the answer", "3 attempts left", 'data-part="keys"',
              "response_form", 'data-part="open-shortcuts"')  # fmt: skip
    assert [piece for piece in pieces if piece not in student] == []
    assert [piece for piece in pieces if piece not in page] == []


def test_hints_readings_and_checks_of_a_trial_leave_nothing(
    as_user, dan, carol, section, monkeypatch
):
    monkeypatch.setattr("tutor.attempts.views.working.MAX_CHECK_WORK_S", 60.0)
    problem = make_problem(statement="Solve \\(2x = 8\\).", final_answer="4", hints=("One", "Two"))
    assignment = make_assignment(section, [problem])
    codes = [assignment.code, assignment.problem_set.items.get().code]
    teacher = as_user(carol)

    def send(name, **data):
        response = teacher.post(reverse(name, args=codes), data, headers={"HX-Request": "1"})
        return response.content.decode()

    assert "One" in send("try-help", level="hint", number="1")
    assert "Two" in send("try-help", level="hint", number="2")
    assert r"\frac{8}{2}" in send("try-draft", response="8/2")
    assert "data-text" in send("try-working", working="2x = 8\nx = 4")
    assert 'data-part="summary"' in send("try-check", working="2x = 8\nx = 4")
    piece = send("try-item", working="2x = 8\nx = 4", last_line="yes")
    assert 'class="standing right"' in piece
    assert "<html" not in piece
    stored = (Attempt, Draft, GivenHelp, WorkingCheck)
    assert [model for model in stored if model.objects.exists()] == []
    for name in ("try-draft", "try-working", "try-check", "try-help"):
        assert as_user(dan).post(reverse(name, args=codes)).status_code == 404
