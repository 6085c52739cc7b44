"""How many clicks from the first page the work of every week takes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.crawl.clicking import Visitor
from tests.factories import make_assignment, make_problem, make_section
from tutor.assignments.models import Assignment, Item, Override, ProblemSet
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment
from tutor.grading import Grade, Verdict
from tutor.problems.models import Problem, StoredKey

PROBLEMS = 10


@pytest.fixture
def homework(section):
    problems = [make_problem(f"sum-{n}", title=f"Sum {n}") for n in range(PROBLEMS)]
    Problem.objects.update(is_public=True, is_shared=True)
    return make_assignment(section, problems)


@pytest.fixture
def visit(client):
    def visit(user, address="/"):
        client.force_login(user)
        return Visitor(client, address)

    return visit


def solves_all(visitor, run_tasks):
    for number in range(PROBLEMS):
        with run_tasks():
            visitor.enter("response", "4")
        if number < PROBLEMS - 1:
            visitor.follow("Next problem")


def test_a_homework_takes_a_click_for_each_problem(visit, alice, homework, run_tasks):
    visitor = visit(alice)
    visitor.follow("Begin: Warming up")
    solves_all(visitor, run_tasks)
    assert Attempt.objects.filter(grade__verdict=Verdict.CORRECT).count() == PROBLEMS
    assert visitor.clicks <= PROBLEMS


def test_so_does_one_that_is_due_later(visit, alice, section, homework, run_tasks):
    sooner = make_assignment(section, [make_problem()], due_at=homework.due_at - timedelta(days=1))
    ProblemSet.objects.filter(pk=sooner.problem_set_id).update(title="Sooner")
    visitor = visit(alice)
    visitor.follow("Begin: Warming up")
    solves_all(visitor, run_tasks)
    assert visitor.clicks <= PROBLEMS


def test_a_homework_that_was_begun_goes_on_at_its_first_open_problem(visit, alice, homework):
    items = homework.problem_set.items.all()
    visitor = visit(alice, items[0].get_absolute_url())
    visitor.enter("response", "4")
    visitor = visit(alice)
    visitor.follow("Continue: Warming up")
    assert visitor.address == items[1].get_absolute_url()


def test_a_test_is_opened_before_it_begins(visit, alice, homework):
    Assignment.objects.update(time_limit_min=45)
    visitor = visit(alice)
    visitor.follow("Open: Warming up")
    assert visitor.address == homework.get_absolute_url()


@pytest.mark.parametrize("page", ["home", "gradebook-assignment"])
def test_three_more_days_for_one_student(visit, carol, alice, homework, page):
    is_home = page == "home"
    visitor = visit(carol, reverse(page, args=[] if is_home else [homework.code]))
    visitor.follow("Extensions")
    assert "<h1>Extensions</h1>" in visitor.response.content.decode()
    visitor.tick("alice")
    visitor.press("Give more days")
    override = Override.objects.get()
    assert override.enrollment.user == alice
    assert override.due_at == homework.due_at + timedelta(days=3)
    assert visitor.clicks <= 3


def test_an_assistant_is_offered_no_days_to_give(visit, carol, homework):
    Enrollment.objects.filter(user=carol).update(role=Enrollment.Role.ASSISTANT)
    for address in ("/", reverse("gradebook-assignment", args=[homework.code])):
        assert ">Extensions<" not in visit(carol, address).response.content.decode()


def test_a_wrong_key_is_repaired(visit, carol, alice, homework, run_tasks):
    Problem.objects.update(owner=carol)
    item = Item.objects.get(position=1)
    attempt = Attempt.objects.create(
        enrollment=Enrollment.objects.get(user=alice), item=item, number=1, response="5",
        version=item.problem.current, submitted_at=timezone.now(), language="en",
        action="5f0a1c86-0000-4000-8000-000000000000",
    )  # fmt: skip
    attempt.record(Grade(Verdict.UNDECIDED, 0, "deadline"))
    visitor = visit(carol)
    visitor.follow("1 answer needs grading")
    visitor.follow("Change the right answer")
    visitor.write("answer", "5")
    visitor.write("reason", "It was wrong.")
    visitor.press("Show what would change")
    with run_tasks():
        visitor.press("Correct and regrade")
    item.problem.refresh_from_db()
    assert StoredKey.objects.get(version=item.problem.current).value == "5"
    assert visitor.clicks <= 5


def test_a_set_is_made_of_ten_problems(visit, carol, homework):
    visitor = visit(carol)
    visitor.follow("Problem sets")
    visitor.write("title", "Sums of all kinds")
    visitor.press("Make a new set")
    visitor.enter("text", "sum")
    visitor.press(f"Add all {PROBLEMS}")
    made = ProblemSet.objects.get(title="Sums of all kinds")
    assert made.items.count() == PROBLEMS
    assert visitor.clicks <= 8


def collects_ten(visitor):
    visitor.follow("Problems")
    visitor.enter("text", "sum")
    visitor.press("Add to set")


def assigns_it(visitor):
    visitor.follow("Assign")
    visitor.press("Assign")
    assigned = Assignment.objects.exclude(problem_set__title="Warming up").get()
    assert assigned.problem_set.items.count() == PROBLEMS
    return assigned


def test_ten_problems_are_assigned(visit, carol, section, homework):
    visitor = visit(carol)
    collects_ten(visitor)
    assert assigns_it(visitor).section == section
    assert visitor.clicks <= 4


def test_ten_of_which_three_are_chosen_otherwise_are_assigned(visit, carol, section, homework):
    for number in range(3):
        make_problem(f"more-{number}", title=f"Sum of {number}")
    Problem.objects.update(is_public=True, is_shared=True)
    visitor = visit(carol)
    collects_ten(visitor)
    for number in range(3):
        visitor.press(f"Take Sum {number} out of the set")
        visitor.press(f"Sum of {number}")
    titles = {str(item.problem) for item in assigns_it(visitor).problem_set.items.all()}
    assert {f"Sum of {number}" for number in range(3)} < titles
    assert visitor.clicks <= 10


def test_the_class_that_got_something_last_is_proposed(visit, carol, section, homework):
    newer = make_section(teacher=carol, students=[], name="10c")
    make_section(teacher=carol, students=[], name="10d")
    make_assignment(newer, [])
    visitor = visit(carol)
    collects_ten(visitor)
    assert assigns_it(visitor).section == newer
    assert visitor.clicks <= 4


def test_all_problems_of_a_skill_are_assigned(visit, carol, section, homework):
    for problem in Problem.objects.all():
        problem.tag(["arithmetic.multiplication.whole_numbers"])
    visitor = visit(carol)
    for words in ("Problems", "By skill", "Multiplying whole numbers"):
        visitor.follow(words)
    visitor.press(f"Make a set of all {PROBLEMS}")
    visitor.follow("Assign to Mathematics, 10a")
    visitor.press("Assign")
    assigned = Assignment.objects.exclude(problem_set__title="Warming up").get()
    assert assigned.problem_set.items.count() == PROBLEMS
    assert visitor.clicks <= 6


def test_another_class_is_one_click_away(visit, carol, section, homework):
    other = make_section(teacher=carol, students=[], name="10c")
    visitor = visit(carol)
    collects_ten(visitor)
    visitor.follow("Assign")
    visitor.follow("Mathematics, 10c")
    visitor.press("Assign")
    assert Assignment.objects.exclude(problem_set__title="Warming up").get().section == other
    assert visitor.clicks <= 5
